//! A row a claim: value, speaker, stance, words, report, and where it stands.

use std::collections::BTreeMap;

use model::{
    Claim, ClaimId, Container, Count, Dossier, Finding, Position, Quote, ReportCard, Value,
};

use super::{
    column::{Table, TypedColumn, typed},
    parts::{code, end, label, place, precision, start},
};
use crate::export::cell::{
    Cell,
    Kind::{Decimal, Flag, Integer, Text, Time},
};

/// The table.
pub(in crate::export) const CLAIMS: Table = Table {
    heads: || typed(COLUMNS),
    rows,
};

/// A claim with what the dossier says around it.
struct Row<'a> {
    dossier: &'a Dossier,
    claim: &'a Claim,
    /// Whether it is of another happening.
    background: bool,
    card: Option<&'a ReportCard>,
    /// The finding that holds it, and the position.
    held: Option<(&'a Finding, &'a Position)>,
}

type Of = fn(&Row<'_>) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[TypedColumn<Of>] = &[
    ("case", Text, "the incident's name for good", |it| it.dossier.incident.case.as_str().into()),
    ("claim", Text, "its id", |it| it.claim.id.as_str().into()),
    ("finding", Text, "the finding that holds it; empty for \
        none", |it| it.held.map(|(finding, _)| finding.id.as_str()).into()),
    ("stands", Text, "whether its value stands there, was replaced or was set aside", stands),
    ("background", Flag, "whether it is of another happening that the report mentions", |it| it.background.into()),
    ("slot", Text, "what it is about", |it| it.claim.slot.name().into()),
    ("value", Text, "the value in plain words", |it| label(Some(&it.claim.value))),
    ("code", Text, "the value as a code, where it is one of a closed list", |it| code(Some(&it.claim.value))),
    ("low", Integer, "smallest number that the words allow", |it| count(it).map(|count| count.low).into()),
    ("high", Integer, "largest number; empty for no limit", |it| count(it).and_then(|count| count.high).into()),
    ("stated", Integer, "the number in the words themselves", |it| count(it).and_then(|count| count.stated).into()),
    ("bound", Text, "how the words limit it", |it| count(it).map_or(Cell::Empty, |count| Cell::code(count.bound))),
    ("start", Time, "of a time: its first moment, local time", |it| start(when(it))),
    ("end", Time, "of a time: the moment when it is over, local time", |it| end(when(it))),
    ("precision", Text, "of a time: how finely it is known", |it| precision(when(it))),
    ("latitude", Decimal, "of a place: degrees north",
        |it| place(Some(&it.claim.value)).and_then(|place| place.lat).into()),
    ("longitude", Decimal, "of a place: degrees east",
        |it| place(Some(&it.claim.value)).and_then(|place| place.lon).into()),
    ("role", Text, "the part that those counted play", |it| it.claim.scope.role.name().into()),
    ("side", Text, "the party they belong to", |it| it.claim.scope.side.as_ref().into()),
    ("age", Text, "their age", |it| it.claim.scope.age.name().into()),
    ("sex", Text, "their sex", |it| it.claim.scope.sex.map(model::Sex::name).into()),
    ("nationality", Text, "their nationality", |it| it.claim.scope.nationality.as_ref().into()),
    ("kind", Text, "what they are: a noun", |it| it.claim.scope.kind.as_ref().into()),
    ("as_of", Time, "the time at which the figure stood, local time", |it| start(it.claim.as_of.as_ref())),
    ("stance", Text, "with what commitment it is said", |it| Cell::code(it.claim.stance.kind)),
    ("speaker", Text, "who says it first", |it| Cell::words(it.claim.speaker().label())),
    ("speaker_kind", Text, "what the speaker is", |it| Cell::code(it.claim.speaker().kind)),
    ("party", Flag, "whether the speaker is a party to the events", |it| it.claim.speaker().interested.into()),
    ("through", Text, "who passes it on, from the speaker to the publisher",
        |it| Cell::list(it.claim.speakers.iter().skip(1).map(model::Speaker::label))),
    ("direct", Flag, "whether the words stand between quotation marks", |it| it.claim.direct.into()),
    ("quote", Text, "the words that carry the value", |it| quote(it).map(|quote| quote.exact.as_str()).into()),
    ("quote_start", Integer, "their first code point in the report's text",
        |it| quote(it).map(|quote| quote.start).into()),
    ("quote_end", Integer, "one past their last", |it| quote(it).map(|quote| quote.end).into()),
    ("report", Text, "id of the report", |it| it.claim.report.as_str().into()),
    ("source", Text, "who published it", |it| it.card.and_then(|card| card.report.source.name.as_ref()).into()),
    ("published", Time, "when, local time", |it| start(it.card.and_then(|card| card.report.published.as_ref()))),
    ("title", Text, "its headline", |it| it.card.and_then(|card| card.report.title.as_ref()).into()),
    ("url", Text, "its address", |it| it.card.and_then(|card| card.report.url.as_ref()).into()),
    ("container", Text, "the file of several reports that it was found in",
        |it| container(it).map_or(Cell::Empty, |it| Cell::words(it.path.join("/")))),
    ("member", Text, "its name there, or its number",
        |it| container(it).map_or(Cell::Empty, |it| it.member.as_ref().map_or(it.index.into(), Cell::from))),
    ("rule", Text, "the reading rule that made the claim", |it| (&it.claim.rule).into()),
    ("reader", Text, "the version of the reader", |it| (&it.claim.reader).into()),
];

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    let mut held: BTreeMap<&ClaimId, (&Finding, &Position)> = BTreeMap::new();
    for finding in &dossier.findings {
        for position in &finding.positions {
            for claim in &position.claims {
                held.entry(claim).or_insert((finding, position));
            }
        }
    }
    let main = dossier.claims.iter().map(|claim| (claim, false));
    let background = dossier.background.iter().map(|claim| (claim, true));
    main.chain(background)
        .map(|(claim, background)| {
            let row = Row {
                dossier,
                claim,
                background,
                card: dossier.report(&claim.report),
                held: held.get(&claim.id).copied(),
            };
            COLUMNS.iter().map(|(.., cell)| cell(&row)).collect()
        })
        .collect()
}

fn stands(row: &Row<'_>) -> Cell {
    match row.held {
        None => Cell::Empty,
        Some((_, position)) if position.standing => "stands".into(),
        Some((_, position)) if position.replaced => "replaced".into(),
        Some(_) => "set aside".into(),
    }
}

fn count<'a>(row: &Row<'a>) -> Option<&'a Count> {
    row.claim.value.count()
}

fn when<'a>(row: &Row<'a>) -> Option<&'a model::When> {
    match &row.claim.value {
        Value::When(when) => Some(when),
        _ => None,
    }
}

fn quote<'a>(row: &Row<'a>) -> Option<&'a Quote> {
    row.claim.quotes.first()
}

fn container<'a>(row: &Row<'a>) -> Option<&'a Container> {
    row.card?.report.container.as_ref()
}
