//! A hand-built dossier of a fictional incident in a fictional country, and an empty one.
//!
//! It covers what a publisher must not get wrong: a disputed toll, bounds that agree, a revised toll, a party's own claim, a
//! denial, an older incident, names from right to left, overlapping claims, unknown dates, and a hostile report.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use model::*;

/// A dossier and its texts.
pub type Made = (Dossier, BTreeMap<TextId, Text>);

/// A dossier of one report from which nothing was read.
pub fn empty() -> Made {
    let mut maker = Maker::default();
    let report = maker.report(
        "A",
        Some("Lake Tribune"),
        PartyKind::Outlet,
        Some("Market prices rise again"),
        Some(date(2023, 3, 14)),
        None,
        &[(
            BlockKind::Paragraph,
            "Grain cost more in Dunmere on Tuesday than a week before.",
        )],
    );
    let mut dossier = maker.dossier("Nothing in scope was found in 1 report", Vec::new());
    dossier.notes.push(Note {
        severity: Severity::Warning,
        code: "no-claims".into(),
        subject: "A".into(),
        message: "no claim about an incident was read from this report".into(),
        hint: Some("check that it is in English and about violence".into()),
        quote: None,
    });
    let _ = report;
    (dossier, maker.texts)
}

/// An attack on a market told by five reports, one of them hostile to the page it is printed on.
pub fn market() -> Made {
    use BlockKind::*;
    let mut m = Maker::default();
    let a = m.report(
        "A",
        Some("Lake Tribune"),
        PartyKind::Outlet,
        Some("Dozens feared dead in Dunmere market blast"),
        Some(date(2023, 3, 14)),
        Some("https://lake-tribune.example/2023/03/14/dunmere"),
        &[
            (Title, "Dozens feared dead in Dunmere market blast"),
            (Paragraph, "At least 30 people were killed on Tuesday morning when a truck bomb exploded at the Old Mill market in Dunmere, the mayor’s office said."),
            (Paragraph, "More than 60 others were wounded, according to Saint Anna hospital. “We have no beds left,” said Ilse Marren, its director."),
            (Paragraph, "The Northern Front denied that it was behind the attack. A 2019 bombing of the same market killed 11 people."),
            (Boilerplate, "Sign up for our morning newsletter."),
        ],
    );
    let b = m.report(
        "B",
        Some("Merrow Press Agency"),
        PartyKind::Agency,
        Some("Market attack kills 34, says interior ministry"),
        Some(date(2023, 3, 15)),
        Some("https://mpa.example/tollan/market-attack"),
        &[
            (Title, "Market attack kills 34, says interior ministry"),
            (Paragraph, "The interior ministry of Tollan said on Wednesday that 34 people, including seven children, died in Tuesday’s attack on a market in Dunmere."),
            (Paragraph, "A spokesman claimed that troops killed 12 Northern Front fighters in a raid after the blast."),
            (Paragraph, "The aid group Open Roads urged both sides to let ambulances through to the old town, where some 400 people are trapped. Some 900 people had left the town by Wednesday, it said."),
        ],
    );
    let c = m.report(
        "C",
        Some("Coast Radio"),
        PartyKind::Outlet,
        Some("34 dead in market attack"),
        Some(date(2023, 3, 15)),
        Some("https://coast-radio.example/news/34-dead"),
        &[
            (Title, "34 dead in market attack"),
            (Paragraph, "The interior ministry of Tollan said on Wednesday that 34 people, including seven children, died in Tuesday’s attack on a market in Dunmere, Merrow Press Agency reported."),
            (Paragraph, "A Coast Radio reporter counted at least 65 wounded people in two clinics."),
        ],
    );
    let d = m.report(
        "D",
        Some("صوت البحيرة"),
        PartyKind::Outlet,
        Some("Hospital counts 51 dead after Dunmere blast"),
        Some(date(2023, 3, 16)),
        Some("https://sawt.example/51"),
        &[
            (Title, "Hospital counts 51 dead after Dunmere blast"),
            (Paragraph, "Doctor ليلى حداد of Saint Anna hospital counted 51 bodies by Thursday and said that two car bombs, not one truck, went off."),
            (Paragraph, "About 1,200 people have fled to Harrow and nine boys are held as suspects in the city jail without charge, their families said."),
        ],
    );
    let e = m.report(
        "E",
        None,
        PartyKind::Unknown,
        Some("<script>alert('title')</script> & co."),
        None,
        Some("javascript:alert('url')"),
        &[(
            Paragraph,
            "<img src=x onerror=alert(1)> Up to 70 people are reported to have died 🙂 in Dunmere.",
        )],
    );

    let mayor = speaker(
        SpeakerKind::Body,
        "mayor’s office",
        None,
        PartyKind::Authority,
    );
    let hospital = speaker(
        SpeakerKind::Body,
        "Saint Anna hospital",
        None,
        PartyKind::Authority,
    );
    let mut ministry = speaker(
        SpeakerKind::Body,
        "interior ministry of Tollan",
        None,
        PartyKind::State,
    );
    ministry.interested = true;
    let mut spokesman = speaker(
        SpeakerKind::Role,
        "spokesman",
        Some("interior ministry of Tollan"),
        PartyKind::State,
    );
    spokesman.interested = true;
    let mut front = speaker(
        SpeakerKind::Body,
        "Northern Front",
        None,
        PartyKind::ArmedGroup,
    );
    front.interested = true;
    let doctor = speaker(
        SpeakerKind::Person,
        "ليلى حداد",
        Some("Saint Anna hospital"),
        PartyKind::Authority,
    );
    let director = speaker(
        SpeakerKind::Person,
        "Ilse Marren",
        Some("Saint Anna hospital"),
        PartyKind::Authority,
    );
    let aid = speaker(SpeakerKind::Body, "Open Roads", None, PartyKind::Ngo);
    let unnamed = speaker(SpeakerKind::Unnamed, "", None, PartyKind::Unknown);
    let families = speaker(SpeakerKind::Role, "families", None, PartyKind::Witness);
    let agency = speaker(
        SpeakerKind::Body,
        "Merrow Press Agency",
        None,
        PartyKind::Agency,
    );

    let n = |words: &str, n: u64, bound: Bound| Value::Count(Count::said(n, bound, words));
    let tuesday = When::day(
        date(2023, 3, 14),
        "Tuesday",
        "weekday on or before publication",
    );

    let fear = m
        .claim(
            a,
            Slot::Killed,
            Value::Count(Count::range(24, None, Bound::Vague, "Dozens")),
            "Dozens feared dead",
            &[],
        )
        .stance(StanceKind::Possible, "feared")
        .done();
    let k30 = m
        .claim(
            a,
            Slot::Killed,
            n("At least 30", 30, Bound::AtLeast),
            "At least 30 people were killed",
            &[&mayor],
        )
        .done();
    let truck = m
        .claim(
            a,
            Slot::Means,
            Value::Thing {
                code: "truck_bomb".into(),
                words: "a truck bomb".into(),
                count: Some(Count::said(1, Bound::Exact, "a")),
            },
            "a truck bomb exploded at the Old Mill market",
            &[&mayor],
        )
        .done();
    let whole = m
        .claim(
            a,
            Slot::Event,
            Value::Kind {
                code: "explosion".into(),
                words: "exploded".into(),
            },
            "a truck bomb exploded at the Old Mill market in Dunmere",
            &[&mayor],
        )
        .done();
    let market = Value::Place(Place {
        id: None,
        name: "Dunmere".into(),
        site: Some("Old Mill market".into()),
        parts: vec!["Dunmere".into(), "Tollan".into()],
        country: Some("XT".into()),
        lat: Some(1.25),
        lon: Some(-33.5),
        radius_m: Some(300),
        precision: PlacePrecision::Site,
        words: "the Old Mill market in Dunmere".into(),
    });
    let place = m
        .claim(
            a,
            Slot::Where,
            market.clone(),
            "the Old Mill market in Dunmere",
            &[&mayor],
        )
        .done();
    let when = m
        .claim(
            a,
            Slot::When,
            Value::When(tuesday.clone()),
            "on Tuesday morning",
            &[&mayor],
        )
        .done();
    let hurt = m
        .claim(
            a,
            Slot::Injured,
            n("More than 60", 60, Bound::MoreThan),
            "More than 60 others were wounded",
            &[&hospital],
        )
        .done();
    let beds = m
        .claim(
            a,
            Slot::Statement,
            Value::Words {
                words: "We have no beds left".into(),
            },
            "“We have no beds left,”",
            &[&director],
        )
        .direct()
        .done();
    let denial = m
        .claim(
            a,
            Slot::Responsibility,
            Value::Party(Party::named("Northern Front", PartyKind::ArmedGroup)),
            "The Northern Front denied that it was behind the attack",
            &[&front],
        )
        .stance(StanceKind::Denied, "denied")
        .done();
    let old = m
        .claim(
            a,
            Slot::Killed,
            n("11", 11, Bound::Exact),
            "A 2019 bombing of the same market killed 11 people",
            &[],
        )
        .background()
        .done();

    let k34 = m
        .claim(
            b,
            Slot::Killed,
            n("34", 34, Bound::Exact),
            "34 people, including seven children, died",
            &[&ministry],
        )
        .standing_at(When::day(
            date(2023, 3, 15),
            "on Wednesday",
            "weekday of publication",
        ))
        .done();
    let kids = m
        .claim(
            b,
            Slot::Killed,
            n("seven", 7, Bound::Exact),
            "seven children",
            &[&ministry],
        )
        .scope(Scope {
            age: AgeGroup::Children,
            words: "children".into(),
            ..Scope::default()
        })
        .done();
    let raid = m
        .claim(
            b,
            Slot::Killed,
            n("12", 12, Bound::Exact),
            "troops killed 12 Northern Front fighters",
            &[&spokesman],
        )
        .scope(Scope {
            role: Role::Fighter,
            side: Some("p:northern-front".into()),
            words: "Northern Front fighters".into(),
            ..Scope::default()
        })
        .stance(StanceKind::Claimed, "claimed")
        .done();
    let trapped = m
        .claim(
            b,
            Slot::AtRisk,
            n("some 400", 400, Bound::About),
            "some 400 people are trapped",
            &[&aid],
        )
        .done();
    let appeal = m
        .claim(
            b,
            Slot::Appeal,
            Value::Act {
                code: "access".into(),
                words: "let ambulances through to the old town".into(),
            },
            "urged both sides to let ambulances through to the old town",
            &[&aid],
        )
        .addressee(Party::named("both sides", PartyKind::Unknown))
        .done();
    let k34c = m
        .claim(
            c,
            Slot::Killed,
            n("34", 34, Bound::Exact),
            "34 people, including seven children, died",
            &[&ministry, &agency],
        )
        .done();
    let kidsc = m
        .claim(
            c,
            Slot::Killed,
            n("seven", 7, Bound::Exact),
            "seven children",
            &[&ministry, &agency],
        )
        .scope(Scope {
            age: AgeGroup::Children,
            words: "children".into(),
            ..Scope::default()
        })
        .done();
    let left = m
        .claim(
            b,
            Slot::Displaced,
            n("Some 900", 900, Bound::About),
            "Some 900 people had left the town",
            &[&aid],
        )
        .standing_at(When::day(
            date(2023, 3, 15),
            "by Wednesday",
            "weekday of publication",
        ))
        .done();
    let clinics = m
        .claim(
            c,
            Slot::Injured,
            n("at least 65", 65, Bound::AtLeast),
            "at least 65 wounded people",
            &[],
        )
        .done();
    let k51 = m
        .claim(
            d,
            Slot::Killed,
            n("51", 51, Bound::Exact),
            "counted 51 bodies by Thursday",
            &[&doctor],
        )
        .standing_at(When::day(
            date(2023, 3, 16),
            "by Thursday",
            "weekday of publication",
        ))
        .done();
    let cars = m
        .claim(
            d,
            Slot::Means,
            Value::Thing {
                code: "car_bomb".into(),
                words: "two car bombs".into(),
                count: Some(Count::said(2, Bound::Exact, "two")),
            },
            "two car bombs, not one truck, went off",
            &[&doctor],
        )
        .done();
    let fled = m
        .claim(
            d,
            Slot::Displaced,
            n("About 1,200", 1200, Bound::About),
            "About 1,200 people have fled to Harrow",
            &[&families],
        )
        .done();
    let boys = m
        .claim(
            d,
            Slot::Held,
            n("nine", 9, Bound::Exact),
            "nine boys are held as suspects in the city jail",
            &[&families],
        )
        .scope(Scope {
            age: AgeGroup::Children,
            sex: Some(Sex::Male),
            role: Role::Detainee,
            words: "boys".into(),
            ..Scope::default()
        })
        .done();
    let charge = m
        .claim(
            d,
            Slot::DetentionWithoutCharge,
            Value::Words {
                words: "held as suspects in the city jail without charge".into(),
            },
            "held as suspects in the city jail without charge",
            &[&families],
        )
        .done();
    let k70 = m
        .claim(
            e,
            Slot::Killed,
            n("Up to 70", 70, Bound::AtMost),
            "Up to 70 people are reported to have died",
            &[&unnamed],
        )
        .stance(StanceKind::Reported, "are reported to")
        .done();

    let o_mayor = m.origin(
        OriginKind::Speaker,
        "mayor’s office",
        false,
        &[&k30, &truck, &whole, &place, &when],
    );
    let o_hospital = m.origin(
        OriginKind::Speaker,
        "Saint Anna hospital",
        false,
        &[&hurt, &beds, &k51, &cars],
    );
    let o_ministry = m.origin(
        OriginKind::Speaker,
        "interior ministry of Tollan",
        true,
        &[&k34, &kids, &raid, &k34c, &kidsc],
    );
    let o_front = m.origin(OriginKind::Speaker, "Northern Front", true, &[&denial]);
    let o_aid = m.origin(
        OriginKind::Speaker,
        "Open Roads",
        false,
        &[&trapped, &appeal, &left],
    );
    let o_families = m.origin(
        OriginKind::Speaker,
        "families",
        false,
        &[&fled, &boys, &charge],
    );
    let o_paper = m.origin(OriginKind::Publisher, "Lake Tribune", false, &[&fear]);
    let o_radio = m.origin(OriginKind::Publisher, "Coast Radio", false, &[&clinics]);
    let o_none = m.origin(
        OriginKind::Unnamed,
        "unnamed reports in report E",
        false,
        &[&k70],
    );

    let everybody = Scope::default();
    let toll = Finding {
        id: FindingId::of(&[b"toll"]),
        slot: Slot::Killed,
        scope: everybody.clone(),
        verdict: Verdict::Disputed,
        why: "{34} and {51} share no number, on the same scope, by independent origins".into(),
        positions: vec![
            position(&m, &[&k51], &[&o_hospital]),
            Position {
                interested: true,
                ..position(&m, &[&k34, &k34c], &[&o_ministry])
            },
            position(&m, &[&k70], &[&o_none]),
            Position {
                standing: false,
                why: "a day older than the ministry’s and the hospital’s figures".into(),
                ..position(&m, &[&k30], &[&o_mayor])
            },
            Position {
                standing: false,
                why: "a headline; the report’s own text gives the figure".into(),
                ..position(&m, &[&fear], &[&o_paper])
            },
        ],
        numbers: Some(Numbers {
            interval: range(
                Some(34),
                None,
                Some(51),
                &[&k34, &k34c, &k51],
                &[
                    (&k30, "revised by a later figure"),
                    (&k70, "nobody named vouches for it"),
                    (&fear, "a headline"),
                ],
            ),
            ucdp: range(
                Some(34),
                Some(34),
                Some(51),
                &[&k34, &k34c, &k51],
                &[(&k70, "nobody named vouches for it")],
            ),
            acled: range(None, Some(34), None, &[&k34], &[]),
            ibc: range(
                Some(34),
                None,
                Some(51),
                &[&k34, &k51],
                &[(&k34c, "same origin as the agency’s figure")],
            ),
            airwars: range(Some(30), None, Some(70), &[&k30, &k34, &k51, &k70], &[]),
            latest: range(Some(34), None, Some(51), &[&k34, &k51], &[]),
        }),
        relations: vec![
            relation(
                &k34,
                &k51,
                RelationKind::Contradicts,
                "{34} and {51} share no number",
            ),
            relation(
                &k30,
                &k34,
                RelationKind::Compatible,
                "34 lies inside [30, ∞)",
            ),
            relation(
                &k34,
                &k30,
                RelationKind::Revises,
                "a later figure of the same running count",
            ),
            relation(
                &k34,
                &k34c,
                RelationKind::SameOrigin,
                "both carry the ministry’s statement in the agency’s words",
            ),
            relation(
                &kids,
                &k34,
                RelationKind::PartOf,
                "children among everybody, in one sentence",
            ),
            relation(
                &raid,
                &k34,
                RelationKind::ScopeDiffers,
                "fighters killed in the raid, not people killed by the blast",
            ),
        ],
    };
    let one = |slot: Slot,
               verdict,
               why: &str,
               m: &Maker,
               claims: &[&ClaimId],
               origins: &[&OriginId],
               numbers| Finding {
        id: FindingId::of(&[slot.name().as_bytes(), claims[0].as_str().as_bytes()]),
        slot,
        scope: m
            .claims
            .iter()
            .find(|it| it.id == *claims[0])
            .unwrap()
            .scope
            .clone(),
        verdict,
        why: why.into(),
        positions: vec![position(m, claims, origins)],
        numbers,
        relations: Vec::new(),
    };
    let exact =
        |n: u64, claims: &[&ClaimId]| Some(same(range(Some(n), Some(n), Some(n), claims, &[])));
    let means = Finding {
        id: FindingId::of(&[b"means"]),
        slot: Slot::Means,
        scope: everybody.clone(),
        verdict: Verdict::Disputed,
        why: "one truck bomb, two car bombs".into(),
        positions: vec![
            position(&m, &[&truck], &[&o_mayor]),
            position(&m, &[&cars], &[&o_hospital]),
        ],
        numbers: None,
        relations: vec![relation(
            &cars,
            &truck,
            RelationKind::Contradicts,
            "the speaker says: not one truck",
        )],
    };
    let findings = vec![
        toll,
        Finding {
            positions: vec![Position {
                interested: true,
                ..position(&m, &[&kids, &kidsc], &[&o_ministry])
            }],
            ..one(
                Slot::Killed,
                Verdict::SingleOrigin,
                "one origin in two reports",
                &m,
                &[&kids, &kidsc],
                &[&o_ministry],
                exact(7, &[&kids, &kidsc]),
            )
        },
        Finding {
            positions: vec![Position {
                interested: true,
                ..position(&m, &[&raid], &[&o_ministry])
            }],
            ..one(
                Slot::Killed,
                Verdict::Unconfirmed,
                "only a party to the events says so",
                &m,
                &[&raid],
                &[&o_ministry],
                exact(12, &[&raid]),
            )
        },
        Finding {
            positions: vec![
                position(&m, &[&hurt], &[&o_hospital]),
                position(&m, &[&clinics], &[&o_radio]),
            ],
            relations: vec![relation(
                &clinics,
                &hurt,
                RelationKind::Compatible,
                "both are lower bounds; [65, ∞) lies inside [61, ∞)",
            )],
            ..one(
                Slot::Injured,
                Verdict::Corroborated,
                "two independent origins give bounds that can hold together",
                &m,
                &[&hurt],
                &[&o_hospital],
                Some(same(range(Some(65), None, None, &[&hurt, &clinics], &[]))),
            )
        },
        one(
            Slot::Held,
            Verdict::SingleOrigin,
            "one origin",
            &m,
            &[&boys],
            &[&o_families],
            exact(9, &[&boys]),
        ),
        one(
            Slot::AtRisk,
            Verdict::SingleOrigin,
            "one origin",
            &m,
            &[&trapped],
            &[&o_aid],
            Some(same(range(Some(360), None, Some(440), &[&trapped], &[]))),
        ),
        Finding {
            positions: vec![
                position(&m, &[&fled], &[&o_families]),
                Position {
                    standing: false,
                    why: "a later figure of the same running count took its place".into(),
                    ..position(&m, &[&left], &[&o_aid])
                },
            ],
            relations: vec![relation(
                &fled,
                &left,
                RelationKind::Revises,
                "a day later, of the same running count",
            )],
            ..one(
                Slot::Displaced,
                Verdict::Revised,
                "the figure of Thursday follows that of Wednesday",
                &m,
                &[&fled],
                &[&o_families],
                Some(same(range(
                    Some(1080),
                    None,
                    Some(1320),
                    &[&fled],
                    &[(&left, "revised by a later figure")],
                ))),
            )
        },
        means,
        one(
            Slot::Event,
            Verdict::SingleOrigin,
            "one origin",
            &m,
            &[&whole],
            &[&o_mayor],
            None,
        ),
        one(
            Slot::When,
            Verdict::SingleOrigin,
            "one origin",
            &m,
            &[&when],
            &[&o_mayor],
            None,
        ),
        one(
            Slot::Where,
            Verdict::SingleOrigin,
            "one origin",
            &m,
            &[&place],
            &[&o_mayor],
            None,
        ),
        one(
            Slot::Responsibility,
            Verdict::Unconfirmed,
            "denied by the party named, and nobody else is named for it",
            &m,
            &[&denial],
            &[&o_front],
            None,
        ),
        one(
            Slot::DetentionWithoutCharge,
            Verdict::SingleOrigin,
            "one origin",
            &m,
            &[&charge],
            &[&o_families],
            None,
        ),
        one(
            Slot::Appeal,
            Verdict::SingleOrigin,
            "one origin",
            &m,
            &[&appeal],
            &[&o_aid],
            None,
        ),
        one(
            Slot::Statement,
            Verdict::SingleOrigin,
            "one origin",
            &m,
            &[&beds],
            &[&o_hospital],
            None,
        ),
    ];
    let mut dossier = m.dossier(
        "Explosion at the Old Mill market, Dunmere, Tue 14 March 2023",
        findings,
    );
    dossier.incident.title_claims = vec![whole.clone(), place.clone(), when.clone()];
    dossier.incident.event = Some(Value::Kind {
        code: "explosion".into(),
        words: "exploded".into(),
    });
    dossier.incident.place = Some(market);
    dossier.incident.when = Some(tuesday.clone());
    dossier.timeline = vec![
        TimelineEntry {
            when: tuesday,
            what: "a truck bomb exploded at the Old Mill market in Dunmere".into(),
            claims: vec![whole, when],
        },
        TimelineEntry {
            when: When::day(date(2023, 3, 15), "on Wednesday", ""),
            what: "34 people, including seven children, died".into(),
            claims: vec![k34],
        },
        TimelineEntry {
            when: When::day(date(2023, 3, 16), "by Thursday", ""),
            what: "counted 51 bodies by Thursday".into(),
            claims: vec![k51],
        },
    ];
    dossier.lineage = vec![
        Lineage {
            report: m.ids[c].clone(),
            on: Some(m.ids[b].clone()),
            named: Some("Merrow Press Agency".into()),
            kind: LineageKind::Copies,
            overlap: Some(0.93),
            why: "26 of 28 five-word passages are the same".into(),
        },
        Lineage {
            report: m.ids[e].clone(),
            on: None,
            named: Some("The Daily <b>Ferry</b>".into()),
            kind: LineageKind::Cites,
            overlap: None,
            why: "says that the other reported it".into(),
        },
    ];
    dossier.notes = vec![
        Note {
            severity: Severity::Warning,
            code: "no-publication-date".into(),
            subject: "E".into(),
            message: "the report gives no publication date, so weekdays in it are not resolved"
                .into(),
            hint: Some("add a line `Published: 2023-03-14` at the top of the file".into()),
            quote: None,
        },
        Note {
            severity: Severity::Info,
            code: "boilerplate".into(),
            subject: "A".into(),
            message: "1 block is page furniture and was not read".into(),
            hint: None,
            quote: None,
        },
    ];
    let _ = old;
    (dossier, m.texts)
}

/// Makes reports, claims and origins and keeps them.
#[derive(Default)]
struct Maker {
    texts: BTreeMap<TextId, Text>,
    cards: Vec<ReportCard>,
    ids: Vec<ReportId>,
    claims: Vec<Claim>,
    background: Vec<Claim>,
    origins: Vec<Origin>,
}

impl Maker {
    #[expect(
        clippy::too_many_arguments,
        reason = "a report has that many parts, and a fixture shows them all"
    )]
    fn report(
        &mut self,
        letter: &str,
        source: Option<&str>,
        kind: PartyKind,
        title: Option<&str>,
        published: Option<Date>,
        url: Option<&str>,
        blocks: &[(BlockKind, &str)],
    ) -> usize {
        let (mut all, mut spans) = (String::new(), Vec::new());
        for (kind, words) in blocks {
            let start = all.len();
            all.push_str(words);
            spans.push(Block {
                span: Span::new(start, all.len()),
                kind: *kind,
            });
            all.push_str("\n\n");
        }
        let text = Text::new(all, spans);
        let id = ReportId::of(&[text.as_str().as_bytes(), letter.as_bytes()]);
        self.cards.push(ReportCard {
            letter: letter.into(),
            report: Report {
                id: id.clone(),
                source: Source {
                    id: source.map_or("s:unnamed-1".into(), |it| {
                        Party::slug(it).replace("p:", "s:")
                    }),
                    name: source.map(Into::into),
                    kind,
                },
                title: title.map(Into::into),
                byline: None,
                url: url.map(Into::into),
                published: published.map(|it| When::day(it, it.to_string(), "given by the file")),
                language: Some("en".into()),
                media_type: "text/plain".into(),
                encoding: "UTF-8".into(),
                text: text.id().clone(),
            },
            claims: 0,
        });
        self.texts.insert(text.id().clone(), text);
        self.ids.push(id);
        self.ids.len() - 1
    }

    fn claim(
        &mut self,
        report: usize,
        slot: Slot,
        value: Value,
        words: &str,
        said_by: &[&Speaker],
    ) -> Making<'_> {
        let card = &self.cards[report];
        let text = &self.texts[&card.report.text];
        let at = text
            .as_str()
            .find(words)
            .expect("the words are in the text");
        let quote = text.quote(Span::new(at, at + words.len()));
        let mut speakers: Vec<Speaker> = said_by.iter().map(|it| (*it).clone()).collect();
        let name = card.report.source.name.clone().unwrap_or_default();
        speakers.push(speaker(
            SpeakerKind::Publisher,
            &name,
            None,
            card.report.source.kind,
        ));
        let scope = Scope::default();
        let claim = Claim {
            id: Claim::id_of(&card.report.id, slot, &scope, &value, &quote),
            slot,
            value,
            scope,
            as_of: None,
            stance: Stance::asserted(),
            speakers,
            direct: false,
            actor: None,
            addressee: None,
            quotes: vec![quote],
            report: card.report.id.clone(),
            account: AccountId::of(&[card.report.id.as_str().as_bytes()]),
            rule: format!("{slot}/by-hand"),
            reader: "0.1.0".into(),
        };
        Making {
            maker: self,
            claim,
            report,
            background: false,
        }
    }

    fn origin(
        &mut self,
        kind: OriginKind,
        label: &str,
        interested: bool,
        claims: &[&ClaimId],
    ) -> OriginId {
        let id = OriginId::of(&[label.as_bytes()]);
        let mut reports: Vec<_> = claims
            .iter()
            .filter_map(|id| self.claims.iter().find(|claim| claim.id == **id))
            .map(|claim| claim.report.clone())
            .collect();
        reports.sort();
        reports.dedup();
        self.origins.push(Origin {
            id: id.clone(),
            kind,
            label: label.into(),
            interested,
            claims: claims.iter().map(|it| (*it).clone()).collect(),
            why: if reports.len() > 1 {
                vec![format!("the same speaker in {} reports", reports.len())]
            } else {
                Vec::new()
            },
            reports,
        });
        id
    }

    fn dossier(&mut self, title: &str, findings: Vec<Finding>) -> Dossier {
        for card in &mut self.cards {
            card.claims = self
                .claims
                .iter()
                .filter(|it| it.report == card.report.id)
                .count();
        }
        Dossier {
            schema: SCHEMA_VERSION.into(),
            version: "0.1.0".into(),
            incident: IncidentCard {
                id: IncidentId::of(&[title.as_bytes()]),
                title: title.into(),
                title_claims: Vec::new(),
                event: None,
                place: None,
                when: None,
            },
            reports: self.cards.clone(),
            origins: self.origins.clone(),
            lineage: Vec::new(),
            findings,
            claims: self.claims.clone(),
            background: self.background.clone(),
            timeline: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// A claim being made.
struct Making<'a> {
    maker: &'a mut Maker,
    claim: Claim,
    report: usize,
    background: bool,
}

impl Making<'_> {
    fn scope(mut self, scope: Scope) -> Self {
        self.claim.scope = scope;
        self
    }

    fn stance(mut self, kind: StanceKind, cue: &str) -> Self {
        let text = &self.maker.texts[&self.maker.cards[self.report].report.text];
        let at = text.as_str().find(cue).expect("the cue is in the text");
        let cue = Some(text.quote(Span::new(at, at + cue.len())));
        self.claim.stance = Stance { kind, cue };
        self
    }

    fn standing_at(mut self, when: When) -> Self {
        self.claim.as_of = Some(when);
        self
    }

    fn direct(mut self) -> Self {
        self.claim.direct = true;
        self
    }

    fn addressee(mut self, party: Party) -> Self {
        self.claim.addressee = Some(party);
        self
    }

    fn background(mut self) -> Self {
        self.background = true;
        self
    }

    fn done(mut self) -> ClaimId {
        self.claim.id = Claim::id_of(
            &self.claim.report,
            self.claim.slot,
            &self.claim.scope,
            &self.claim.value,
            &self.claim.quotes[0],
        );
        let id = self.claim.id.clone();
        if self.background {
            self.maker.background.push(self.claim);
        } else {
            self.maker.claims.push(self.claim);
        }
        id
    }
}

fn speaker(
    kind: SpeakerKind,
    name: &str,
    affiliation: Option<&str>,
    party_kind: PartyKind,
) -> Speaker {
    let body = affiliation.unwrap_or(name);
    Speaker {
        kind,
        name: name.into(),
        affiliation: affiliation.map(Into::into),
        party: (!body.is_empty()).then(|| Party::slug(body)),
        party_kind,
        interested: false,
        quote: None,
    }
}

fn position(m: &Maker, claims: &[&ClaimId], origins: &[&OriginId]) -> Position {
    let value = m
        .claims
        .iter()
        .find(|it| it.id == *claims[0])
        .unwrap()
        .value
        .clone();
    Position {
        value,
        claims: claims.iter().map(|it| (*it).clone()).collect(),
        origins: origins.iter().map(|it| (*it).clone()).collect(),
        interested: false,
        standing: true,
        why: String::new(),
    }
}

fn relation(a: &ClaimId, b: &ClaimId, kind: RelationKind, why: &str) -> Relation {
    Relation {
        a: a.clone(),
        b: b.clone(),
        kind,
        why: why.into(),
    }
}

fn range(
    low: Option<u64>,
    best: Option<u64>,
    high: Option<u64>,
    used: &[&ClaimId],
    aside: &[(&ClaimId, &str)],
) -> RuleRange {
    RuleRange {
        low,
        best,
        high,
        used: used.iter().map(|it| (*it).clone()).collect(),
        set_aside: aside
            .iter()
            .map(|(id, why)| ((*id).clone(), (*why).to_owned()))
            .collect(),
    }
}

fn same(range: RuleRange) -> Numbers {
    Numbers {
        interval: range.clone(),
        ucdp: range.clone(),
        acled: range.clone(),
        ibc: range.clone(),
        airwars: range.clone(),
        latest: range,
    }
}
