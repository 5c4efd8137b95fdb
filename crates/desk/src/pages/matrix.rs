//! The claim matrix as a page shows it: a table for each section of findings, a row for each slot and scope, a column
//! for each independent voice.

use casebook::publish::{
    numbers,
    view::{
        View,
        matrix::{self, Stand},
    },
    words,
};
use model::{Claim, Finding, SlotGroup, StanceKind, Verdict};
use schemars::JsonSchema;
use serde::Serialize;

use super::phrase::words_at;
use crate::frame::short;

/// Voices that have a column; further ones are shown when asked for.
const COLUMNS: usize = 10;
/// Characters of a value in a cell.
const VALUE: usize = 160;
/// Characters of words shown in a cell.
const QUOTE: usize = 700;

/// A table.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MatrixTable")]
pub struct Table {
    /// Short code, used in anchors.
    pub key: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Whether it is open before anybody asks.
    #[serde(skip)]
    pub open: bool,
    /// The columns.
    pub voices: Vec<Voice>,
    /// Voices without a column.
    pub more: usize,
    /// The rows: what several voices speak of, what is disputed, and what is said of everybody.
    pub rows: Vec<Row>,
    /// What a single voice says of some people or of one thing, a row each with its one cell.
    pub single: Vec<Alone>,
}

/// What a single voice says.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MatrixSingle")]
pub struct Alone {
    /// The voice.
    pub voice: String,
    /// What it says.
    #[serde(flatten)]
    pub row: Row,
}

/// A column.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MatrixVoice")]
pub struct Voice {
    /// As printed.
    pub name: String,
    /// What makes it one voice.
    pub kind: &'static str,
    /// Whether it is a party to the events, speaking for itself.
    pub interested: bool,
    /// The outlets that carry it, with the letters of their reports.
    pub outlets: Vec<(String, String)>,
}

/// A row.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MatrixRow")]
pub struct Row {
    /// Id of the finding.
    pub id: String,
    /// Its anchor.
    #[serde(skip)]
    pub anchor: String,
    /// What it is about.
    pub slot: &'static str,
    /// Whom it counts; empty where that is said by the slot.
    pub scope: String,
    /// How what is said stands together, in a word.
    pub verdict: &'static str,
    /// The word's symbol.
    #[serde(skip)]
    pub glyph: &'static str,
    /// What the word means.
    #[serde(skip)]
    pub means: &'static str,
    /// Its name in style sheets.
    #[serde(skip)]
    pub class: &'static str,
    /// Why.
    pub why: String,
    /// What the rule `interval` gives, for counts.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub interval: String,
    /// A cell for each voice; `None` where it is silent.
    pub cells: Vec<Option<Cell>>,
    /// Voices that speak, and voices in all.
    pub speaking: (usize, usize),
}

/// A cell.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MatrixCell")]
pub struct Cell {
    /// How it stands to the others, in a word.
    pub stand: &'static str,
    /// Its symbol.
    #[serde(skip)]
    pub glyph: &'static str,
    /// What the word means.
    #[serde(skip)]
    pub means: &'static str,
    /// Name in style sheets.
    #[serde(skip)]
    pub class: &'static str,
    /// What is said.
    pub said: Vec<Said>,
}

/// What a voice says.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "MatrixSaid")]
pub struct Said {
    /// The value.
    pub value: String,
    /// Whether it still stands.
    pub standing: bool,
    /// Why not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The claims.
    pub claims: Vec<Words>,
}

/// The words of a claim.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "ClaimInWords")]
pub struct Words {
    /// Id of the claim.
    pub id: String,
    /// Its label in the dossier: `B3`.
    pub label: String,
    /// How firmly it is said; empty for what is plainly stated.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub hedge: &'static str,
    /// As of when; empty where nothing says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub as_of: String,
    /// Who says so, from the one who knows to the outlet.
    pub chain: Vec<String>,
    /// What stands before the words, the words, what stands after them.
    pub quote: [String; 3],
    /// Language of the words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Whether a person decided on it.
    pub judged: bool,
    /// Where the words stand in the report.
    pub href: String,
}

/// The tables of a dossier, that of disputed findings first.
pub fn tables(view: &View, all: bool) -> Vec<Table> {
    let sections = view.sections();
    sections
        .iter()
        .map(|section| {
            let several = |finding: &&Finding| {
                let mut heard = finding.positions.iter().flat_map(|it| &it.origins);
                let first = heard.next();
                let alone = heard.all(|it| Some(it) == first);
                !alone || finding.scope.is_all() || finding.verdict == Verdict::Disputed
            };
            let findings = &section.findings;
            let (compared, single): (Vec<_>, Vec<_>) = findings.iter().copied().partition(several);
            let matrix = view.matrix(&compared);
            let columns = match all {
                true => matrix.voices.len(),
                false => matrix.voices.len().min(COLUMNS),
            };
            let counts = findings
                .iter()
                .any(|finding| finding.slot.group() == SlotGroup::Counts);
            Table {
                key: section.key,
                title: section.title,
                about: section.about,
                open: section.key == "disagree" || counts,
                voices: matrix.voices[..columns].iter().map(voice).collect(),
                more: matrix.voices.len() - columns,
                rows: matrix
                    .lines
                    .iter()
                    .map(|line| row(view, line, &matrix.voices, columns))
                    .collect(),
                single: single.iter().map(|it| alone(view, it)).collect(),
            }
        })
        .collect()
}

fn voice(voice: &matrix::Voice) -> Voice {
    let outlets = voice.outlets.iter();
    Voice {
        name: short(&voice.origin.label, 80),
        kind: words::origin_kind(voice.origin.kind),
        interested: voice.origin.interested,
        outlets: outlets
            .map(|(name, letters)| (short(name, 60), letters.join(", ")))
            .collect(),
    }
}

/// A finding of one voice; one of nobody's, which the model allows, has no cell.
fn alone(view: &View, finding: &Finding) -> Alone {
    let matrix = view.matrix(&[finding]);
    let named = matrix.voices.first();
    Alone {
        voice: named
            .map(|it| short(&it.origin.label, 80))
            .unwrap_or_default(),
        row: row(view, &matrix.lines[0], &matrix.voices, matrix.voices.len()),
    }
}

fn row(view: &View, line: &matrix::Line, voices: &[matrix::Voice], columns: usize) -> Row {
    let finding = line.finding;
    let counts = finding.slot.group() == SlotGroup::Counts;
    let scope = match !finding.scope.is_all() || counts {
        true => short(&view.scope(&finding.scope), 120),
        false => String::new(),
    };
    let interval = finding
        .numbers
        .as_ref()
        .map(|all| numbers::rule(all, model::RuleName::Interval))
        .filter(|rule| rule.gave())
        .map(|rule| rule.says())
        .unwrap_or_default();
    Row {
        id: finding.id.to_string(),
        anchor: finding.id.as_str().replace(':', "-"),
        slot: words::slot(finding.slot),
        scope,
        verdict: words::verdict(finding.verdict),
        glyph: words::verdict_glyph(finding.verdict),
        means: words::verdict_meaning(finding.verdict),
        class: verdict_class(finding.verdict),
        why: words::reason(&finding.why),
        interval,
        speaking: (
            line.speaking(voices),
            voices.iter().filter(|it| it.origin.is_voice()).count(),
        ),
        cells: line.cells[..columns]
            .iter()
            .map(|cell| cell.as_ref().map(|cell| shown(view, finding, cell)))
            .collect(),
    }
}

/// The name of a verdict in style sheets.
pub fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disputed => "disputed",
        Verdict::Revised => "revised",
        Verdict::Corroborated => "corroborated",
        Verdict::SingleOrigin => "single",
        Verdict::Unconfirmed => "unconfirmed",
    }
}

fn shown(view: &View, finding: &Finding, cell: &matrix::Cell) -> Cell {
    let class = match cell.stand {
        Stand::Agrees => "agrees",
        Stand::Differs => "differs",
        Stand::Alone => "alone",
        Stand::Beside => "beside",
        Stand::SetAside => "aside",
    };
    let said = cell.said.iter().map(|(position, claims)| Said {
        value: short(&value(view, finding, position, claims), VALUE),
        standing: position.standing,
        why: words::reason(&position.why),
        claims: claims.iter().map(|claim| of_claim(view, claim)).collect(),
    });
    Cell {
        stand: cell.stand.word(),
        glyph: cell.stand.glyph(),
        means: cell.stand.meaning(),
        class,
        said: said.collect(),
    }
}

/// What is held on one thing, and by whom.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "DisputeSide")]
pub struct Side {
    /// What it is about, where that is another thing: that people are safe, against that they were killed.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub elsewhere: &'static str,
    /// What is said.
    #[serde(flatten)]
    pub said: Said,
    /// The voices that say it.
    pub voices: Vec<String>,
}

/// The positions of a finding that stand, each with its voices and claims, and what stands against them elsewhere.
pub fn sides(view: &View, finding: &Finding) -> Vec<Side> {
    let standing = finding.positions.iter().filter(|it| it.standing);
    let side = |position: &model::Position| {
        let claims = view.by_place(&position.claims);
        let voices = view.origin_labels(position);
        Side {
            elsewhere: "",
            said: Said {
                value: short(&value(view, finding, position, &claims), VALUE),
                standing: true,
                why: String::new(),
                claims: claims.iter().map(|claim| of_claim(view, claim)).collect(),
            },
            voices: voices.iter().map(|it| short(&it.label, 80)).collect(),
        }
    };
    let mut out: Vec<Side> = standing.map(side).collect();
    // What stands against it from another finding is a side of the dispute, too.
    let against = view.against(finding).into_iter();
    let mut met: Vec<&str> = Vec::new();
    for (_, claim) in against.filter(|(it, _)| it.kind == model::RelationKind::Contradicts) {
        if met.contains(&claim.id.as_str()) {
            continue;
        }
        met.push(claim.id.as_str());
        let voices = view.dossier.origins.iter();
        let voices = voices.filter(|it| it.claims.contains(&claim.id));
        out.push(Side {
            elsewhere: words::slot(claim.slot),
            said: Said {
                value: short(&words::grouped(&claim.value.label()), VALUE),
                standing: true,
                why: String::new(),
                claims: vec![of_claim(view, claim)],
            },
            voices: voices.map(|it| short(&it.label, 80)).collect(),
        });
    }
    out
}

/// The value as this voice says it: counts and dates as the program writes them, anything else in its own words.
fn value(view: &View, finding: &Finding, position: &model::Position, claims: &[&Claim]) -> String {
    let own = match finding.slot.group() {
        SlotGroup::Counts => position.value.label(),
        _ => claims
            .first()
            .map(|claim| claim.value.label())
            .unwrap_or_default(),
    };
    let own = own.trim();
    if own.is_empty() {
        return view.said(position);
    }
    words::grouped(own)
}

/// A claim in words.
pub fn of_claim(view: &View, claim: &Claim) -> Words {
    let quote = claim.quote();
    let (before, after) = view.context(quote);
    let card = view.report(&claim.report);
    Words {
        id: claim.id.to_string(),
        label: view.label(&claim.id).to_owned(),
        hedge: match claim.stance.kind {
            StanceKind::Asserted => "",
            kind => words::stance(kind),
        },
        as_of: claim.as_of.as_ref().map(words::when).unwrap_or_default(),
        chain: view
            .chain(claim)
            .iter()
            .map(|it| short(&it.label(), 120))
            .collect(),
        quote: [before, short(&quote.exact, QUOTE), after],
        language: card
            .and_then(|card| card.report.language.clone())
            .unwrap_or_default(),
        judged: claim.judged.is_some(),
        href: words_at(claim.report.as_str(), claim.id.as_str()),
    }
}
