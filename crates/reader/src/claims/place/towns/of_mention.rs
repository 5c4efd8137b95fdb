//! What one mention of a town says: where it stands, and how its words hang on the event, on the police, on a site or
//! on a person's home.

use std::ops::Range;

use language::{Pos, Token};
use model::BlockKind;

use super::features::{Row, TownFeature};
use crate::{
    claims::{
        annotated::Annotated,
        event_kinds, person_nouns,
        place::violence::{self, ARRIVAL, LATER},
    },
    read::places::{Implied, TownKind, TownMention, begins_with_capital},
};

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
pub(super) struct Page<'a, 'b> {
    cx: &'a Annotated<'b>,
    /// Tokens of the headline before its dash, and behind it.
    title: Range<usize>,
    pub(super) tail: Range<usize>,
    /// Sentence of the first token below the headline.
    first_sentence: usize,
    /// Tokens that tell a violent event, in order.
    violent: Vec<usize>,
    /// Streets: the tokens of the whole expression, in order.
    streets: Vec<Range<usize>>,
}

impl<'a, 'b> Page<'a, 'b> {
    pub(super) fn of(cx: &'a Annotated<'b>) -> Self {
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
                event_kinds::kind_of(token)
                    .is_some_and(|(_, rank)| rank > 0 || token.pos() == Pos::Verb)
                    && event_kinds::is_news(token)
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
    pub(super) fn features(&self, mention: &TownMention) -> Vec<f32> {
        let seen = self.seen(mention);
        let mut row = Row::new();
        self.standing(mention, &seen, &mut row);
        let (within, hung) = self.hanging(mention, &seen, &mut row);
        self.home(&seen, &mut row);
        self.site(mention, &seen, &mut row);
        self.surroundings(mention, &seen, &mut row);
        row.set(TownFeature::PersonIn, mention.person && within);
        row.set(TownFeature::HangsIn, hung && within && !seen.tail);
        row.set(
            TownFeature::UnknownIn,
            mention.kind == TownKind::Unknown && within,
        );
        let holds = |feature: TownFeature| row.holds(feature);
        let scene = (holds(TownFeature::In) || holds(TownFeature::BehindStreet))
            && (holds(TownFeature::Violent)
                || holds(TownFeature::Arrival)
                || holds(TownFeature::StreetNear))
            && ![
                TownFeature::Hospital,
                TownFeature::Court,
                TownFeature::School,
                TownFeature::Home,
                TownFeature::HomeNoun,
                TownFeature::Later,
                TownFeature::Background,
                TownFeature::TitleTail,
            ]
            .iter()
            .any(|&f| holds(f));
        row.set(TownFeature::Scene, scene);
        row.set(
            TownFeature::SceneLead,
            scene && (seen.title || seen.depth < 3),
        );
        row.0[TownFeature::Evidence as usize] =
            (mention.evidence.clamp(-10, 15) as f32 + 10.0) / 25.0;
        row.0[TownFeature::Early as usize] = if seen.tail {
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
        row.set(TownFeature::Title, seen.title);
        row.set(TownFeature::TitleTail, seen.tail);
        row.set(
            TownFeature::Lead,
            !seen.title && !seen.tail && seen.depth < 3,
        );
        let dateline = !seen.tail && violence::is_dateline(self.cx, &mention.tokens);
        row.set(TownFeature::Dateline, dateline);
        row.set(
            TownFeature::CountyDateline,
            dateline && mention.kind == TownKind::County,
        );
        row.set(TownFeature::Police, seen.police);
        row.set(
            TownFeature::CountyPolice,
            seen.police && mention.kind == TownKind::County,
        );
        row.set(
            TownFeature::PartPolice,
            seen.police && mention.kind == TownKind::Part,
        );
        row.set(TownFeature::OtherBody, mention.in_name && !seen.police);
        // The event beside it.
        let from = self.violent.partition_point(|&i| i < seen.sentence.start);
        let beside = self.violent[from..]
            .iter()
            .take_while(|&&i| i < seen.sentence.end)
            .filter(|i| !mention.tokens.contains(i))
            .map(|&i| i.abs_diff(seen.at))
            .min();
        row.set(TownFeature::Violent, beside.is_some());
        row.set(TownFeature::ViolentNear, beside.is_some_and(|far| far <= 8));
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
        row.set(TownFeature::In, within && !seen.tail);
        row.set(
            TownFeature::InFirst,
            within && !seen.tail && (seen.title || seen.depth == 0),
        );
        row.set(TownFeature::Near, led(&["near", "outside"]));
        row.set(TownFeature::Of, led(&["of"]));
        row.set(TownFeature::From, led(&["from"]));
        row.set(TownFeature::To, led(&["to", "toward", "towards", "into"]));
        let governor = seen.governor();
        let hung = self.is_violent(governor.i)
            || governor.dep() == "pobj" && self.is_violent(governor.head().head().i);
        row.set(TownFeature::Hangs, hung && !seen.tail);
        let verb = seen
            .first
            .ancestors()
            .take(8)
            .find(|above| matches!(above.pos(), Pos::Verb | Pos::Aux) && above.i != seen.at);
        let lemma = verb.map_or("", |verb| verb.lemma());
        row.set(TownFeature::Arrival, !seen.tail && ARRIVAL.contains(&lemma));
        row.set(TownFeature::Later, LATER.contains(&lemma));
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
        row.set(TownFeature::Home, home);
        row.set(
            TownFeature::HomeNoun,
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
                "hospital" | "clinic" | "infirmary" => TownFeature::Hospital,
                "center" | "centre"
                    if site > 0
                        && matches!(self.cx.doc.token(site - 1).lower(), "medical" | "health") =>
                {
                    TownFeature::Hospital
                }
                "jail" | "prison" | "courthouse" | "penitentiary" => TownFeature::Court,
                "school" | "college" | "university" | "academy" | "campus" => TownFeature::School,
                _ => TownFeature::Site,
            };
            row.set(kind, true);
        }
        if mention.in_name {
            let has = |words: &[&str]| seen.behind.iter().any(|word| words.contains(word));
            row.set(
                TownFeature::Hospital,
                has(&["hospital", "medical", "clinic"]),
            );
            row.set(
                TownFeature::Court,
                has(&["court", "jail", "courthouse", "prison"]),
            );
            row.set(
                TownFeature::School,
                has(&["school", "schools", "university", "college", "elementary"]),
            );
        }
    }

    /// Streets near it, and what else its own words say.
    fn surroundings(&self, mention: &TownMention, seen: &Seen<'_>, row: &mut Row) {
        let street = self.streets.partition_point(|street| street.end <= seen.at);
        let holds = self
            .streets
            .get(street)
            .is_some_and(|street| street.contains(&seen.at));
        row.set(TownFeature::BehindStreet, holds && !mention.in_street);
        let in_sentence = |street: &Range<usize>| {
            street.start < seen.sentence.end && seen.sentence.start < street.end
        };
        row.set(
            TownFeature::StreetNear,
            self.streets.get(street).is_some_and(in_sentence)
                || street > 0 && in_sentence(&self.streets[street - 1]),
        );
        row.set(TownFeature::InStreet, mention.in_street);
        row.set(
            TownFeature::Area,
            seen.behind
                .first()
                .is_some_and(|word| matches!(*word, "area" | "community"))
                || seen.last.lower() == "area",
        );
        row.set(
            TownFeature::Quarter,
            mention.kind == TownKind::Part
                || seen.behind.first().is_some_and(|word| {
                    matches!(*word, "neighborhood" | "neighbourhood" | "section" | "side")
                }),
        );
        row.set(TownFeature::Qualified, mention.qualified);
        row.set(TownFeature::Person, mention.person);
        row.set(TownFeature::Doubtful, mention.doubtful);
        row.set(TownFeature::Tied, mention.tied);
        row.set(
            TownFeature::Possessive,
            seen.behind
                .first()
                .is_some_and(|word| matches!(*word, "'s" | "’s")),
        );
        row.set(
            TownFeature::Background,
            self.is_background(seen.sentence.clone()),
        );
    }

    /// Marks what a town rests on that is not named itself.
    pub(super) fn imply(&self, mention: &TownMention, out: &mut [f32]) {
        let Some(basis) = mention.implied else {
            return;
        };
        let feature = match basis {
            Implied::Around => TownFeature::HoldsPlace,
            Implied::Joint => TownFeature::Joint,
            Implied::Host => TownFeature::Host,
            Implied::Section => TownFeature::Section,
            Implied::Slug => TownFeature::Slug,
        };
        out[feature as usize] = 1.0;
        if basis == Implied::Around {
            let part = self.features(mention);
            if part[TownFeature::Quarter as usize] > 0.0 {
                out[TownFeature::HoldsQuarter as usize] = 1.0;
            }
            if part[TownFeature::Scene as usize] > 0.0 {
                out[TownFeature::HoldsScene as usize] = 1.0;
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
