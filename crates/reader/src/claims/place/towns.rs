//! The towns a report may put its happening in, and what its words say for each.
//!
//! What comes in: the town mentions of a text. What goes out: [`Candidate`]s, one a town, each with its mentions and
//! its features: where it stands (dateline, headline, lead), how its words hang on the happening, on the police, on a
//! hospital or a court, on a person's home, how often it is named, and whether it agrees with the divisions and the
//! publisher named. Features are general: no name of a town or person is one. It does not choose ([`super::ranker`]
//! does).

use std::{collections::BTreeMap, ops::Range};

use language::{Pos, Token};
use model::BlockKind;

use super::told::{self, ARRIVAL, LATER};
use crate::{
    claims::{annotated::Annotated, happenings, person_nouns},
    read::places::{Implied, TownKind, TownMention, Towns, begins_with_capital, town_key},
};

macro_rules! features {
    ($($name:ident: $words:literal,)*) => {
        /// A feature of a candidate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum F { $(#[doc = $words] $name),* }

        /// Names of the features, in the order of [`Candidate::features`].
        pub const FEATURES: &[&str] = &[$(stringify!($name)),*];
    };
}

features! {
    Title: "In the headline.",
    TitleTail: "In what follows the headline behind a dash or bar: the outlet and its town.",
    Lead: "In one of the first three sentences below the headline.",
    Early: "One by the sentence it first stands in.",
    Dateline: "As the place of writing before a dash.",
    Police: "In the name of the police, the sheriff or the fire brigade.",
    PoliceShare: "Share of all such names that are this town's.",
    OtherBody: "In the name of another body.",
    Violent: "In a sentence that tells a violent happening.",
    ViolentNear: "Within eight tokens of it.",
    Hangs: "On the violent word itself: 'shot in X', 'the X shooting'.",
    In: "Behind 'in'.",
    InFirst: "Behind 'in' in the first sentence below the headline or in the headline.",
    Near: "Behind 'near' or 'outside'.",
    Of: "Behind 'of'.",
    From: "Behind 'from'.",
    To: "Behind 'to' or 'toward'.",
    Arrival: "In a clause that tells that it took place or that the police came.",
    Later: "In a clause that tells what came after: arrest, court, burial.",
    Home: "Where a person is from: 'a man from X', 'of X'.",
    HomeNoun: "Before a noun for a person: 'an X man'.",
    Hospital: "In or behind the name of a hospital.",
    Court: "In or behind the name of a court or jail.",
    School: "In or behind the name of a school or university.",
    Site: "In or behind the name of another site.",
    BehindStreet: "Right behind a street: 'Mill Street in X'.",
    StreetNear: "In a sentence with a street.",
    InStreet: "In the words of a street.",
    Area: "Before 'area' or 'community'.",
    Quarter: "Before 'neighbourhood', 'section' or 'side'.",
    QuarterWithin: "The same, beside a larger town.",
    Scene: "Behind 'in' or a street, where it happened or the police came, and neither hospital, court, school nor home.",
    SceneLead: "The same in the headline or the first three sentences.",
    SceneOther: "Another town is the scene.",
    DatelineScene: "Both dateline and scene.",
    HangsIn: "On the violent word by 'in'.",
    Qualified: "Behind a compass word or 'downtown'.",
    Person: "Looks like the name of a person.",
    Doubtful: "Too doubtful a place for the rest of the reader.",
    Evidence: "Points of evidence that it is a place, a tenth.",
    Tied: "What holds it is named behind a comma.",
    Possessive: "Before an 's.",
    Background: "In a sentence about another case.",
    Mentions: "Logarithm of the number of mentions.",
    Share: "Share of all mentions.",
    Most: "Named most.",
    First: "Named first.",
    FirstBody: "Named first below the headline.",
    Town: "A populated place of the gazetteer.",
    County: "A county or district.",
    Part: "A quarter in no gazetteer.",
    Unknown: "In no gazetteer.",
    Large: "Logarithm of the inhabitants over 10,000, a quarter.",
    Small: "Fewer than 5,000 inhabitants.",
    Alternate: "Never under its main name.",
    InState: "In a first-level division named by itself.",
    OtherState: "Not in any of those that are named.",
    InCounty: "In a county that is named.",
    HoldsTown: "A county with a town among the candidates.",
    Abroad: "In another country than most of the text.",
    Within: "Beside a larger town that is named too.",
    WithinPolice: "Beside a larger town whose police are named.",
    Around: "Beside a smaller town that is named too.",
    Publisher: "Its name is in that of the publisher.",
    OnlyTail: "Named nowhere but behind the headline.",
    OnlyTitle: "Named nowhere but in the headline.",
    OnlyHome: "Named only as where a person is from.",
    OnlySite: "Named only with a hospital, court or school.",
    OnlyBody: "Named only in names of bodies other than the police.",
    OnlyDoubtful: "Named only doubtfully.",
    OnlyLate: "First named after the eighth sentence.",
    Words: "Words of the name, less one.",
    DatelineOther: "Another town is the dateline.",
    CountyDateline: "A county as the dateline.",
    CountyPolice: "A county as that of the sheriff.",
    PartPolice: "A quarter in the name of the police.",
    DatelineIn: "The dateline, and behind 'in' in the body too.",
    SoleTown: "The only town of the gazetteer.",
    UnknownIn: "In no gazetteer, and behind 'in'.",
    PersonIn: "Looks like a person's name, yet stands behind 'in'.",
    Division: "Its name may as well be that of a division or country.",
    HoldsPlace: "A smaller place is named that lies by it or in it.",
    HoldsQuarter: "Such a place that the text calls a neighbourhood or section.",
    HoldsScene: "Such a place that is the scene.",
    Joint: "A county or town is named whose name begins with its own.",
    Host: "In the publisher's name as the report's web address has it.",
    Section: "A section of the publication by the report's web address.",
    Slug: "Behind 'in' in the page's own name in the web address.",
    OnlyHolds: "Not named itself, but a place in or by it.",
    OnlyAddress: "Named in the web address alone.",
    AddressAlone: "Named in the web address alone, and the text names no town.",
}

/// A town that the happening may have taken place in.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Indices into the mentions of the text, in order.
    pub mentions: Vec<usize>,
    /// Indices into the towns that the text or the address implies.
    pub implied: Vec<usize>,
    /// What each mention says by itself, as `features`.
    pub each: Vec<Vec<f32>>,
    /// All features, as [`FEATURES`] names them.
    pub features: Vec<f32>,
}

/// Mentions looked at, at most: what a report names after so many is not its happening's place.
const MOST: usize = 600;

/// Candidates compared pair by pair, at most.
const PAIRS: usize = 60;

/// The candidates of a text, in the order of their first mention.
pub fn candidates(cx: &Annotated<'_>) -> Vec<Candidate> {
    let all = &cx.read.towns.mentions;
    let mentions = &all[..all.len().min(MOST)];
    let page = Page::of(cx);
    let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate() {
        if told::is_no_place(cx, &mention.tokens) && !told::is_press(cx, &mention.tokens) {
            continue;
        }
        groups.entry(key(mention)).or_default().0.push(i);
    }
    for (i, mention) in cx.read.towns.implied.iter().enumerate().take(MOST) {
        groups.entry(key(mention)).or_default().1.push(i);
    }
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = groups.into_values().collect();
    groups.sort_by_key(|(named, implied)| {
        (
            named.first().copied().unwrap_or(usize::MAX),
            implied.first().copied(),
        )
    });
    let mut out: Vec<Candidate> = groups
        .into_iter()
        .map(|(group, implied)| {
            let each: Vec<Vec<f32>> = group.iter().map(|&i| page.features(&mentions[i])).collect();
            let mut features = vec![0.0; FEATURES.len()];
            for &i in &implied {
                page.imply(&cx.read.towns.implied[i], &mut features);
            }
            for one in &each {
                for (all, &value) in features.iter_mut().zip(one) {
                    *all = f32::max(*all, value);
                }
            }
            Candidate {
                mentions: group,
                implied,
                each,
                features,
            }
        })
        .collect();
    together(cx, mentions, &page, &mut out);
    out
}

/// What is one town: the record, or the name.
fn key(mention: &TownMention) -> String {
    match &mention.place.id {
        Some(id) => id.clone(),
        None => town_key(&mention.place.name),
    }
}

/// The features of one mention.
struct Row(Vec<f32>);

impl Row {
    fn set(&mut self, feature: F, holds: bool) {
        if holds {
            self.0[feature as usize] = 1.0;
        }
    }

    fn holds(&self, feature: F) -> bool {
        self.0[feature as usize] > 0.0
    }
}

/// Where a mention stands.
struct Seen<'d> {
    at: usize,
    first: Token<'d>,
    last: Token<'d>,
    sentence: Range<usize>,
    /// Sentences below the headline.
    depth: usize,
    title: bool,
    /// In the headline, behind its dash.
    tail: bool,
    police: bool,
    head: Token<'d>,
    /// The preposition above it.
    prep: Option<&'d str>,
    /// The word before it.
    before: Option<&'d str>,
    /// The words behind it.
    behind: Vec<&'d str>,
}

impl<'d> Seen<'d> {
    /// What it hangs on, through its preposition.
    fn governor(&self) -> Token<'d> {
        if self.prep.is_some() {
            self.head.head()
        } else {
            self.head
        }
    }
}

/// The parts of a report that features ask about, found once.
struct Page<'a, 'b> {
    cx: &'a Annotated<'b>,
    /// Tokens of the headline before its dash, and behind it.
    title: Range<usize>,
    tail: Range<usize>,
    /// Sentence of the first token below the headline.
    first_sentence: usize,
    /// Tokens that tell a violent happening, in order.
    violent: Vec<usize>,
    /// Streets: the tokens of the whole expression, in order.
    streets: Vec<Range<usize>>,
}

impl<'a, 'b> Page<'a, 'b> {
    fn of(cx: &'a Annotated<'b>) -> Self {
        let doc = cx.doc;
        let title = cx
            .text
            .blocks()
            .iter()
            .find(|block| block.kind == BlockKind::Title)
            .map_or(0..0, |block| doc.tokens_in(block.span.range()));
        let cut = (title.start + 3..title.end)
            .find(|&i| {
                matches!(doc.token(i).text(), "-" | "|" | "–" | "—" | "::" | "»")
                    && doc
                        .token(i)
                        .previous()
                        .is_some_and(|before| before.bytes().end < doc.token(i).bytes().start)
            })
            .unwrap_or(title.end);
        let first_sentence = if title.end < doc.len() {
            doc.token(title.end).sentence_index()
        } else {
            0
        };
        let violent = doc
            .tokens()
            .filter(|&token| {
                happenings::kind_of(token)
                    .is_some_and(|(_, rank)| rank > 0 || token.pos() == Pos::Verb)
                    && happenings::is_told(token)
            })
            .map(|token| token.i)
            .collect();
        let streets = cx
            .read
            .places
            .iter()
            .filter(|mention| mention.place.precision == model::PlacePrecision::Street)
            .map(|mention| mention.tokens.clone())
            .collect();
        Self {
            cx,
            tail: cut..title.end,
            title: title.start..cut,
            first_sentence,
            violent,
            streets,
        }
    }

    /// What one mention says.
    fn features(&self, mention: &TownMention) -> Vec<f32> {
        let seen = self.seen(mention);
        let mut row = Row(vec![0.0; FEATURES.len()]);
        self.standing(mention, &seen, &mut row);
        let (within, hung) = self.hanging(mention, &seen, &mut row);
        self.home(&seen, &mut row);
        self.site(mention, &seen, &mut row);
        self.ground(mention, &seen, &mut row);
        row.set(F::PersonIn, mention.person && within);
        row.set(F::HangsIn, hung && within && !seen.tail);
        row.set(F::UnknownIn, mention.kind == TownKind::Unknown && within);
        let holds = |feature: F| row.holds(feature);
        let scene = (holds(F::In) || holds(F::BehindStreet))
            && (holds(F::Violent) || holds(F::Arrival) || holds(F::StreetNear))
            && ![
                F::Hospital,
                F::Court,
                F::School,
                F::Home,
                F::HomeNoun,
                F::Later,
                F::Background,
                F::TitleTail,
            ]
            .iter()
            .any(|&f| holds(f));
        row.set(F::Scene, scene);
        row.set(F::SceneLead, scene && (seen.title || seen.depth < 3));
        row.0[F::Evidence as usize] = (mention.evidence.clamp(-10, 15) as f32 + 10.0) / 25.0;
        row.0[F::Early as usize] = if seen.tail {
            0.0
        } else {
            1.0 / (1.0 + seen.depth as f32)
        };
        row.0
    }

    /// Where a mention stands, and the words beside it.
    fn seen(&self, mention: &TownMention) -> Seen<'_> {
        let doc = self.cx.doc;
        let at = mention.tokens.start;
        let first = doc.token(at);
        let last = doc.token(mention.tokens.end.max(at + 1) - 1);
        let sentence = first.sentence();
        let head = last.head();
        Seen {
            at,
            first,
            last,
            depth: first.sentence_index().saturating_sub(self.first_sentence),
            title: self.title.contains(&at),
            tail: self.tail.contains(&at),
            police: is_police(&last, mention),
            head,
            prep: (head.pos() == Pos::Adp && head.i < at).then(|| head.lower()),
            before: (at > 0).then(|| doc.token(at - 1).lower()),
            behind: (last.i + 1..(last.i + 6).min(sentence.end))
                .map(|i| doc.token(i).lower())
                .collect(),
            sentence,
        }
    }

    /// Where it stands in the report, the bodies it names, and the violence beside it.
    fn standing(&self, mention: &TownMention, seen: &Seen<'_>, row: &mut Row) {
        row.set(F::Title, seen.title);
        row.set(F::TitleTail, seen.tail);
        row.set(F::Lead, !seen.title && !seen.tail && seen.depth < 3);
        let dateline = !seen.tail && told::is_dateline(self.cx, &mention.tokens);
        row.set(F::Dateline, dateline);
        row.set(
            F::CountyDateline,
            dateline && mention.kind == TownKind::County,
        );
        row.set(F::Police, seen.police);
        row.set(
            F::CountyPolice,
            seen.police && mention.kind == TownKind::County,
        );
        row.set(F::PartPolice, seen.police && mention.kind == TownKind::Part);
        row.set(F::OtherBody, mention.in_name && !seen.police);
        // The happening beside it.
        let from = self.violent.partition_point(|&i| i < seen.sentence.start);
        let beside = self.violent[from..]
            .iter()
            .take_while(|&&i| i < seen.sentence.end)
            .filter(|i| !mention.tokens.contains(i))
            .map(|&i| i.abs_diff(seen.at))
            .min();
        row.set(F::Violent, beside.is_some());
        row.set(F::ViolentNear, beside.is_some_and(|far| far <= 8));
    }

    /// The preposition and the verb it hangs on; whether it is a place that something is in, and whether violence is
    /// above it.
    fn hanging(&self, mention: &TownMention, seen: &Seen<'_>, row: &mut Row) -> (bool, bool) {
        let Seen { prep, before, .. } = *seen;
        let qualified_before =
            (seen.at > 1 && mention.qualified).then(|| self.cx.doc.token(seen.at - 2).lower());
        let led = |words: &[&str]| {
            prep.is_some_and(|word| words.contains(&word))
                || before.is_some_and(|word| words.contains(&word))
                || qualified_before.is_some_and(|word| words.contains(&word))
        };
        let within = !mention.in_name && led(&["in", "inside"]);
        row.set(F::In, within && !seen.tail);
        row.set(
            F::InFirst,
            within && !seen.tail && (seen.title || seen.depth == 0),
        );
        row.set(F::Near, led(&["near", "outside"]));
        row.set(F::Of, led(&["of"]));
        row.set(F::From, led(&["from"]));
        row.set(F::To, led(&["to", "toward", "towards", "into"]));
        let governor = seen.governor();
        let hung = self.is_violent(governor.i)
            || governor.dep() == "pobj" && self.is_violent(governor.head().head().i);
        row.set(F::Hangs, hung && !seen.tail);
        let verb = seen
            .first
            .ancestors()
            .take(8)
            .find(|above| matches!(above.pos(), Pos::Verb | Pos::Aux) && above.i != seen.at);
        let lemma = verb.map_or("", |verb| verb.lemma());
        row.set(F::Arrival, !seen.tail && ARRIVAL.contains(&lemma));
        row.set(F::Later, LATER.contains(&lemma));
        (within, hung)
    }

    /// Whether it is where a person lives.
    fn home(&self, seen: &Seen<'_>, row: &mut Row) {
        let person = |token: Token<'_>| {
            token.entity_label() == "PERSON"
                || person_nouns::lookup(&person_nouns::singular(token.lower())).is_some()
        };
        let Seen {
            head, prep, before, ..
        } = *seen;
        let home = prep.is_some_and(|word| matches!(word, "of" | "from")) && person(seen.governor())
            // "Ana Vell, 24, of Darmuk".
            || before.is_some_and(|word| matches!(word, "of" | "from"))
                && seen.at >= 2
                && self.cx.doc.token(seen.at - 2).text() == ",";
        row.set(F::Home, home);
        row.set(
            F::HomeNoun,
            seen.last.dep() != "pobj"
                && head.i > seen.last.i
                && head.i <= seen.last.i + 3
                && person(head)
                && !seen.police,
        );
    }

    /// The site that it belongs to, or is named in.
    fn site(&self, mention: &TownMention, seen: &Seen<'_>, row: &mut Row) {
        if let Some(site) = mention.of_site {
            let word = self.cx.doc.token(site).lower();
            let kind = match word {
                "hospital" | "clinic" | "infirmary" => F::Hospital,
                "center" | "centre"
                    if site > 0
                        && matches!(self.cx.doc.token(site - 1).lower(), "medical" | "health") =>
                {
                    F::Hospital
                }
                "jail" | "prison" | "courthouse" | "penitentiary" => F::Court,
                "school" | "college" | "university" | "academy" | "campus" => F::School,
                _ => F::Site,
            };
            row.set(kind, true);
        }
        if mention.in_name {
            let has = |words: &[&str]| seen.behind.iter().any(|word| words.contains(word));
            row.set(F::Hospital, has(&["hospital", "medical", "clinic"]));
            row.set(F::Court, has(&["court", "jail", "courthouse", "prison"]));
            row.set(
                F::School,
                has(&["school", "schools", "university", "college", "elementary"]),
            );
        }
    }

    /// Streets near it, and what else its own words say.
    fn ground(&self, mention: &TownMention, seen: &Seen<'_>, row: &mut Row) {
        let street = self.streets.partition_point(|street| street.end <= seen.at);
        let holds = self
            .streets
            .get(street)
            .is_some_and(|street| street.contains(&seen.at));
        row.set(F::BehindStreet, holds && !mention.in_street);
        let in_sentence = |street: &Range<usize>| {
            street.start < seen.sentence.end && seen.sentence.start < street.end
        };
        row.set(
            F::StreetNear,
            self.streets.get(street).is_some_and(in_sentence)
                || street > 0 && in_sentence(&self.streets[street - 1]),
        );
        row.set(F::InStreet, mention.in_street);
        row.set(
            F::Area,
            seen.behind
                .first()
                .is_some_and(|word| matches!(*word, "area" | "community"))
                || seen.last.lower() == "area",
        );
        row.set(
            F::Quarter,
            mention.kind == TownKind::Part
                || seen.behind.first().is_some_and(|word| {
                    matches!(*word, "neighborhood" | "neighbourhood" | "section" | "side")
                }),
        );
        row.set(F::Qualified, mention.qualified);
        row.set(F::Person, mention.person);
        row.set(F::Doubtful, mention.doubtful);
        row.set(F::Tied, mention.tied);
        row.set(
            F::Possessive,
            seen.behind
                .first()
                .is_some_and(|word| matches!(*word, "'s" | "’s")),
        );
        row.set(F::Background, self.is_background(seen.sentence.clone()));
    }

    /// Marks what a town rests on that is not named itself.
    fn imply(&self, mention: &TownMention, out: &mut [f32]) {
        let Some(basis) = mention.implied else {
            return;
        };
        let feature = match basis {
            Implied::Around => F::HoldsPlace,
            Implied::Joint => F::Joint,
            Implied::Host => F::Host,
            Implied::Section => F::Section,
            Implied::Slug => F::Slug,
        };
        out[feature as usize] = 1.0;
        if basis == Implied::Around {
            let part = self.features(mention);
            if part[F::Quarter as usize] > 0.0 {
                out[F::HoldsQuarter as usize] = 1.0;
            }
            if part[F::Scene as usize] > 0.0 {
                out[F::HoldsScene as usize] = 1.0;
            }
        }
    }

    fn is_violent(&self, i: usize) -> bool {
        self.violent.binary_search(&i).is_ok()
    }

    /// Whether the sentence says itself that it tells of another case or of a sum over many.
    fn is_background(&self, sentence: Range<usize>) -> bool {
        sentence.take(120).any(|i| {
            matches!(
                self.cx.doc.token(i).lower(),
                "unrelated" | "separate" | "previous" | "earlier" | "homicides" | "similar"
            )
        })
    }
}

/// Whether the name is that of the police, the sheriff or the fire brigade, or of those who speak for them.
fn is_police(last: &Token<'_>, mention: &TownMention) -> bool {
    const FORCES: &[&str] = &[
        "police",
        "sheriff",
        "sheriffs",
        "deputies",
        "deputy",
        "detectives",
        "officers",
        "officer",
        "firefighters",
        "fire",
        "troopers",
        "pd",
        "cops",
        "paramedics",
        "authorities",
        "investigators",
        "coroner",
    ];
    let doc = last.doc();
    if mention.tokens.len() > 1 && last.lower() == "police" {
        return true;
    }
    for i in last.i + 1..(last.i + 4).min(doc.len()) {
        let token = doc.token(i);
        let word = token.lower();
        if FORCES.contains(&word) {
            return true;
        }
        if !matches!(
            word,
            "county" | "city" | "metro" | "metropolitan" | "township" | "co." | "'s" | "’s"
        ) && !begins_with_capital(token)
        {
            return false;
        }
    }
    false
}

/// What all candidates of a report give together.
struct Shared<'a> {
    mentions: &'a [TownMention],
    towns: &'a Towns,
    total: usize,
    most: usize,
    all_police: usize,
    publisher: String,
    /// The town that the running text names first.
    first_body: Option<usize>,
    /// The town that dates the report.
    dateline: Option<usize>,
    /// Towns that a list knows and the report names.
    known: usize,
    counties: Vec<u32>,
    /// Towns whose police is named.
    forces: Vec<bool>,
    /// The best-known mention of each.
    heads: Vec<TownMention>,
    /// Towns that are told of as the scene.
    scenes: usize,
}

/// Mentions of a town that name its police.
fn police(one: &Candidate) -> usize {
    one.each
        .iter()
        .filter(|each| each[F::Police as usize] > 0.0)
        .count()
}

impl<'a> Shared<'a> {
    fn of(
        cx: &'a Annotated<'_>,
        mentions: &'a [TownMention],
        page: &Page<'_, '_>,
        candidates: &[Candidate],
    ) -> Self {
        let towns = &cx.read.towns;
        let total: usize = candidates.iter().map(|one| one.mentions.len()).sum();
        let most = candidates
            .iter()
            .map(|one| one.mentions.len())
            .max()
            .unwrap_or(0);
        let all_police: usize = candidates.iter().map(police).sum();
        let publisher = publisher(cx, page);
        let first_body = candidates
            .iter()
            .enumerate()
            .filter_map(|(i, one)| {
                let at = one.mentions.iter().map(|&m| mentions[m].tokens.start);
                Some((at.filter(|&at| at >= page.tail.end).min()?, i))
            })
            .min()
            .map(|(_, i)| i);
        let dateline = candidates
            .iter()
            .position(|one| one.features[F::Dateline as usize] > 0.0);
        let heads: Vec<&TownMention> = candidates.iter().map(|one| head(cx, one)).collect();
        let known = heads
            .iter()
            .zip(candidates.iter())
            .filter(|(head, one)| head.kind == TownKind::Town && !one.mentions.is_empty())
            .count();
        let counties: Vec<u32> = heads
            .iter()
            .filter(|head| head.kind == TownKind::County)
            .filter_map(|head| head.district)
            .collect();
        let forces: Vec<bool> = candidates.iter().map(|one| police(one) > 0).collect();
        let heads: Vec<TownMention> = heads.into_iter().cloned().collect();
        let scenes = candidates
            .iter()
            .filter(|one| one.features[F::Scene as usize] > 0.0)
            .count();
        Self {
            mentions,
            towns,
            total,
            most,
            all_police,
            publisher,
            first_body,
            dateline,
            known,
            counties,
            forces,
            heads,
            scenes,
        }
    }

    /// What holds of one town beside the others.
    fn flags(&self, i: usize, one: &Candidate) -> [(F, bool); 31] {
        let head = &self.heads[i];
        let named = !one.mentions.is_empty();
        let holds = |feature: F| one.features[feature as usize] > 0.0;
        let only = |features: &[F]| {
            named
                && one
                    .each
                    .iter()
                    .all(|each| features.iter().any(|&f| each[f as usize] > 0.0))
        };
        [
            (F::Most, named && one.mentions.len() == self.most),
            (F::First, named && i == 0),
            (F::FirstBody, self.first_body == Some(i)),
            (F::Town, head.kind == TownKind::Town),
            (F::County, head.kind == TownKind::County),
            (F::Part, head.kind == TownKind::Part),
            (F::Unknown, head.kind == TownKind::Unknown),
            (
                F::Small,
                head.kind == TownKind::Town && head.population < 5_000,
            ),
            (
                F::Alternate,
                named && one.mentions.iter().all(|&m| self.mentions[m].alternate),
            ),
            (
                F::InState,
                head.region
                    .is_some_and(|region| self.towns.regions.contains_key(&region)),
            ),
            (
                F::OtherState,
                head.kind == TownKind::Town
                    && !self.towns.regions.is_empty()
                    && head
                        .region
                        .is_some_and(|region| !self.towns.regions.contains_key(&region)),
            ),
            (
                F::InCounty,
                head.kind == TownKind::Town
                    && head
                        .district
                        .is_some_and(|district| self.counties.contains(&district)),
            ),
            (
                F::HoldsTown,
                head.kind == TownKind::County
                    && self.heads.iter().any(|other| {
                        other.kind == TownKind::Town && other.district == head.district
                    }),
            ),
            (
                F::Abroad,
                head.kind == TownKind::Town && head.place.country != self.towns.country,
            ),
            (F::OnlyTail, only(&[F::TitleTail])),
            (F::OnlyTitle, only(&[F::Title, F::TitleTail])),
            (F::OnlyHome, only(&[F::Home, F::HomeNoun])),
            (F::OnlySite, only(&[F::Hospital, F::Court, F::School])),
            (F::OnlyBody, only(&[F::OtherBody])),
            (F::OnlyDoubtful, only(&[F::Doubtful])),
            (F::OnlyLate, named && one.features[F::Early as usize] < 0.12),
            (
                F::DatelineOther,
                self.dateline.is_some_and(|other| other != i),
            ),
            (
                F::DatelineIn,
                one.features[F::Dateline as usize] > 0.0 && one.features[F::In as usize] > 0.0,
            ),
            (
                F::SceneOther,
                self.scenes > usize::from(one.features[F::Scene as usize] > 0.0),
            ),
            (
                F::DatelineScene,
                one.features[F::Dateline as usize] > 0.0 && one.features[F::Scene as usize] > 0.0,
            ),
            (
                F::SoleTown,
                named && head.kind == TownKind::Town && self.known == 1,
            ),
            (F::Division, head.division),
            (F::OnlyHolds, !named && holds(F::HoldsPlace)),
            (
                F::OnlyAddress,
                !named && !holds(F::HoldsPlace) && !holds(F::Joint),
            ),
            (
                F::AddressAlone,
                !named
                    && (holds(F::Host) || holds(F::Section) || holds(F::Slug))
                    && self.known == 0,
            ),
            (F::Publisher, {
                let name: String = town_key(&head.place.name)
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect();
                name.len() >= 4 && self.publisher.contains(&name)
            }),
        ]
    }

    /// Its share of the mentions, and how large and how long-named it is.
    fn shares(&self, i: usize, one: &mut Candidate) {
        let head = &self.heads[i];
        let police = police(one);
        let count = one.mentions.len() as f32;
        one.features[F::Mentions as usize] = count.ln_1p();
        one.features[F::Share as usize] = count / self.total.max(1) as f32;
        one.features[F::PoliceShare as usize] = police as f32 / self.all_police.max(1) as f32;
        one.features[F::Large as usize] = if head.kind == TownKind::Town {
            (head.population.max(10_000) as f32 / 10_000.0).log10() / 4.0
        } else {
            0.0
        };
        one.features[F::Words as usize] =
            (head.place.name.split(' ').count().min(5) as f32 - 1.0) / 4.0;
    }

    /// Larger and smaller towns close by.
    fn neighbours(&self, i: usize, one: &mut Candidate) {
        let head = &self.heads[i];
        for (j, other) in self.heads.iter().enumerate().take(PAIRS) {
            if i == j || head.kind != TownKind::Town || other.kind != TownKind::Town {
                continue;
            }
            let beside = head
                .place
                .distance_m(&other.place)
                .is_some_and(|metres| metres < 30_000.0);
            if beside && other.population > head.population.saturating_mul(2) {
                one.features[F::Within as usize] = 1.0;
                if one.features[F::Quarter as usize] > 0.0 {
                    one.features[F::QuarterWithin as usize] = 1.0;
                }
                if self.forces[j] {
                    one.features[F::WithinPolice as usize] = 1.0;
                }
            }
            if beside && head.population > other.population.saturating_mul(2) {
                one.features[F::Around as usize] = 1.0;
            }
        }
    }
}

/// The features that take all mentions and candidates together.
fn together(
    cx: &Annotated<'_>,
    mentions: &[TownMention],
    page: &Page<'_, '_>,
    candidates: &mut [Candidate],
) {
    let shared = Shared::of(cx, mentions, page, candidates);
    for (i, one) in candidates.iter_mut().enumerate() {
        for (feature, holds) in shared.flags(i, one) {
            one.features[feature as usize] = f32::from(u8::from(holds));
        }
        shared.shares(i, one);
        shared.neighbours(i, one);
    }
}

/// The mention that stands for the candidate: the first that is not doubtful; of a town not named, what implies it.
fn head<'a>(cx: &'a Annotated<'_>, candidate: &Candidate) -> &'a TownMention {
    let mentions = &cx.read.towns.mentions;
    let named = || candidate.mentions.iter().map(|&i| &mentions[i]);
    named()
        .find(|mention| !mention.doubtful)
        .or_else(|| named().next())
        .unwrap_or_else(|| &cx.read.towns.implied[candidate.implied[0]])
}

/// The name that a claim of the candidate gives.
pub fn name(cx: &Annotated<'_>, candidate: &Candidate) -> String {
    head(cx, candidate).place.name.clone()
}

/// The words that a candidate rests on; none for one that the address alone gives.
pub fn words<'a>(cx: &'a Annotated<'_>, candidate: &Candidate) -> &'a str {
    let tokens = head(cx, candidate).tokens.clone();
    if tokens.is_empty() {
        ""
    } else {
        cx.doc.slice(tokens)
    }
}

/// The place that a claim of the candidate gives.
pub fn place(cx: &Annotated<'_>, candidate: &Candidate) -> model::Place {
    head(cx, candidate).place.clone()
}

/// Letters and digits of the publisher's name and of what follows the headline, folded.
fn publisher(cx: &Annotated<'_>, page: &Page<'_, '_>) -> String {
    let mut out = String::new();
    let tail = if page.tail.is_empty() {
        ""
    } else {
        cx.doc.slice(page.tail.clone())
    };
    for part in [cx.report.source.name.as_deref().unwrap_or(""), tail] {
        out.extend(town_key(part).chars().filter(|c| c.is_alphanumeric()));
        out.push(' ');
    }
    out
}

/// A town that the event may have taken place in, as the trainer of the ranker sees it.
#[derive(Clone, Debug)]
pub struct TownCandidate {
    /// Name, as a claim would say it.
    pub name: String,
    /// Features, as [`FEATURES`] names them.
    pub features: Vec<f32>,
    /// Words of its first mention.
    pub words: String,
}

/// The towns that a report names, with their features: what the trainer of the ranker learns from.
pub fn named(cx: &Annotated<'_>) -> Vec<TownCandidate> {
    candidates(cx)
        .into_iter()
        .map(|candidate| TownCandidate {
            name: name(cx, &candidate),
            words: words(cx, &candidate).to_owned(),
            features: candidate.features,
        })
        .collect()
}
