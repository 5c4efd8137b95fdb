//! One report: its text with the claims where they stand, and how it was received. Nothing of the original is run or
//! shown as it was: only its plain text.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use askama::Template;
use axum::{
    Extension,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    response::{IntoResponse as _, Redirect, Response},
};
use casebook::{
    book::{BY_HAND, propose::PROPOSED},
    publish::{
        view::highlights::{self, Mark},
        words,
    },
};
use model::{AccountKind, BlockKind, Claim, Judged, Reading, Slot, SlotGroup, StanceKind, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{
    Store,
    arrivals::{self, Received},
    lists, lookup, results,
};

use super::{
    decided::{self, Decided},
    incidents::{self, asked},
    phrase::anchor,
};
use crate::{
    desk::Desk,
    frame::{self, Frame, moment, short, web},
    refusal::Refusal,
    visitor::Visitor,
};

/// Bytes of a text that are shown before anybody asks for all of it.
const SHOWN: usize = 150_000;

/// What is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// `all`: the whole text.
    text: String,
}

/// A claim in the margin.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ClaimOfReport")]
struct Margin {
    id: String,
    /// Its number in the order of the text.
    n: usize,
    /// Anchor of its words in the text.
    #[serde(skip)]
    anchor: String,
    slot: &'static str,
    value: String,
    who: String,
    hedge: &'static str,
    speakers: String,
    quote: String,
    /// Family of slots: `counts`, `happening`, `people`, `words`.
    family: &'static str,
    /// Whether it tells of another happening than the report is about.
    other: bool,
    rule: String,
    /// How many decisions people made on it.
    decided: usize,
    /// What a person decided on it, in words; empty for what the machine read and nobody decided on.
    #[serde(skip_serializing_if = "String::is_empty")]
    person: String,
    /// Whether a person added it.
    added: bool,
}

/// Words with the same claims over all of them.
struct Piece {
    text: String,
    /// Name in style sheets; empty where no claim is over it.
    class: String,
    /// The claims over it, by number.
    over: String,
    /// Anchors of claims whose words begin here.
    begins: Vec<String>,
    /// Claims whose words end here: number and what they are about.
    ends: Vec<(usize, &'static str)>,
}

struct Paragraph {
    class: &'static str,
    /// What the block is, for those who do not see it.
    what: &'static str,
    pieces: Vec<Piece>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Report")]
pub struct Shown {
    id: String,
    title: String,
    outlet: String,
    byline: String,
    published: String,
    language: String,
    media_type: String,
    encoding: String,
    url: String,
    /// Whether the address is one that a browser may follow.
    #[serde(skip)]
    follow: bool,
    captures: Vec<Received>,
    /// Where it was found, where that is a file of several.
    container: String,
    notes: Vec<String>,
    claims: Vec<Margin>,
    /// Why there are no claims; empty where there are some.
    unread: &'static str,
    /// Address and title of each incident that it tells of.
    incidents: Vec<(String, String)>,
    /// The text, whole.
    text: String,
    #[serde(skip)]
    paragraphs: Vec<Paragraph>,
    /// Whether more of the text is left out.
    #[serde(skip)]
    cut: bool,
    /// What people decided on the report itself.
    decided: Vec<Decided>,
    #[serde(skip)]
    seen: i64,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    frame: Frame,
    it: Shown,
}

impl Page {
    /// What a claim can be about, in families: name and words of each slot.
    fn slots(&self) -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
        let families = [
            (SlotGroup::Counts, "How many"),
            (SlotGroup::Happening, "What happened"),
            (SlotGroup::People, "People"),
            (SlotGroup::Words, "Statements and appeals"),
        ];
        let slots = |group: SlotGroup| {
            let own = Slot::having(move |spec| spec.group == group);
            own.map(|slot| (slot.name(), words::slot(slot))).collect()
        };
        families.map(|(group, title)| (title, slots(group))).into()
    }

    fn at_time(&self, at: &str) -> String {
        moment(at)
    }
}

/// The page and its JSON.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    path: Result<Path<String>, PathRejection>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let (id, asked) = (incidents::named(path)?, asked(query)?);
    let json = id.ends_with(".json");
    let begin = id.strip_suffix(".json").unwrap_or(&id).to_owned();
    let all = asked.text == "all";
    let (own, found) = desk
        .pool
        .with(move |store| find(store, &begin, all, json))
        .await?;
    let Some(shown) = found else {
        let ending = if json { ".json" } else { "" };
        return Ok(Redirect::permanent(&format!("/reports/{own}{ending}")).into_response());
    };
    if json {
        return frame::json(&shown);
    }
    let title = match shown.title.as_str() {
        "" => "Report without a headline",
        title => title,
    };
    frame::html(&Page {
        frame: Frame::new(&visitor, "report", &short(title, 120))?
            .with_json()
            .with_forms(shown.seen),
        it: shown,
    })
}

/// The id of the report that begins so; and the report, where that is all of the id.
pub fn find(
    store: &mut Store,
    begin: &str,
    all: bool,
    json: bool,
) -> Result<(String, Option<Shown>), Refusal> {
    let id = lookup::report_id(store.database(), begin)?;
    let found = match id == begin {
        true => Some(shown(store, &id, all, json)?),
        false => None,
    };
    Ok((id, found))
}

fn shown(store: &mut Store, id: &str, all: bool, json: bool) -> Result<Shown, Refusal> {
    let database = store.database();
    let stored = arrivals::report(database, id)?;
    let captures = arrivals::captures(database, id)?;
    let mut reading = results::readings(database, &[id.to_owned()])?.pop();
    let on_claims = match &mut reading {
        Some(reading) => decided::bring(database, reading)?,
        None => HashMap::new(),
    };
    let cases = results::cases_of(database, id)?;
    let titles = lists::titles(database, &cases)?;
    let incidents = titles
        .into_iter()
        .map(|(case, title)| (format!("/incidents/{case}"), short(&title, 160)));
    let (report, text) = (&stored.report, &stored.text);
    let claims = reading.as_ref().map(claims).unwrap_or_default();
    let (marks, _) = highlights::marks(text, claims.iter().copied());
    let numbers = numbered(&claims, &marks);
    let outlet = report.source.name.clone().unwrap_or_default();
    let margin = numbers.iter().zip(1..).map(|((claim, other), n)| Margin {
        decided: on_claims.get(claim.id.as_str()).copied().unwrap_or(0),
        ..margin(claim, *other, n, &outlet)
    });
    let (paragraphs, cut) = match json {
        true => (Vec::new(), false),
        false => paragraphs(text, &marks, &numbers, if all { usize::MAX } else { SHOWN }),
    };
    let url = report.url.clone().unwrap_or_default();
    let own = decided::on(database, id)?;
    let seen = lists::seen(database)?;
    Ok(Shown {
        id: id.to_owned(),
        title: short(
            report.title.as_deref().unwrap_or_default(),
            if json { usize::MAX } else { 500 },
        ),
        byline: short(report.byline.as_deref().unwrap_or_default(), 200),
        published: report
            .published
            .as_ref()
            .map(words::when)
            .unwrap_or_default(),
        language: report.language.clone().unwrap_or_default(),
        media_type: report.media_type.clone(),
        encoding: report.encoding.clone(),
        follow: web(&url),
        url: short(&url, 2_000),
        container: report.container.as_ref().map(place).unwrap_or_default(),
        notes: stored
            .notes
            .iter()
            .map(|note| note.message.clone())
            .collect(),
        unread: match &reading {
            None => {
                "This report was not read yet, or could not be: `crossbearing run` reads what is waiting."
            }
            Some(_) if claims.is_empty() => {
                "Nothing in this report was read as a claim on violence."
            }
            Some(_) => "",
        },
        claims: margin.collect(),
        incidents: incidents.collect(),
        text: if json {
            text.as_str().to_owned()
        } else {
            String::new()
        },
        decided: own,
        seen,
        captures,
        outlet,
        paragraphs,
        cut,
    })
}

/// The claims of a reading, each with whether it tells of another happening than the report is about.
fn claims(reading: &Reading) -> Vec<(&Claim, bool)> {
    let accounts = reading.accounts.iter();
    accounts
        .flat_map(|account| {
            let rejected = |it: &Claim| it.judged.as_ref().is_some_and(|it| it.kind == "reject");
            // What the report does not say stands beside the rest of the background, and is of no other incident.
            let other = move |it| account.kind != AccountKind::Main && !rejected(it);
            account
                .claims
                .iter()
                .map(move |claim| (claim, other(claim)))
        })
        .collect()
}

/// The claims in the order of the text; those whose words were not found come last.
fn numbered<'a>(claims: &[(&'a Claim, bool)], marks: &[Mark<'a>]) -> Vec<(&'a Claim, bool)> {
    let mut seen = HashSet::new();
    let placed = marks
        .iter()
        .filter(|it| it.first)
        .map(|it| (it.claim, it.other));
    placed
        .chain(claims.iter().copied())
        .filter(|(claim, _)| seen.insert(claim.id.as_str()))
        .collect()
}

fn margin(claim: &Claim, other: bool, n: usize, outlet: &str) -> Margin {
    let who = decided::whom(&claim.scope);
    Margin {
        id: claim.id.to_string(),
        n,
        anchor: anchor(claim.id.as_str()),
        slot: words::slot(claim.slot),
        value: short(&words::grouped(&claim.value.label()), 160),
        who: if who == "all" { String::new() } else { who },
        hedge: match claim.stance.kind {
            StanceKind::Asserted => "",
            kind => words::stance(kind),
        },
        speakers: short(
            &results::chain(claim, Some(outlet).filter(|it| !it.is_empty())),
            200,
        ),
        quote: short(&claim.quote().exact, 300),
        family: highlights::family(claim.slot.group()),
        other,
        rule: claim.rule.clone(),
        decided: 0,
        person: match &claim.judged {
            Some(it) if it.kind == "add" && claim.rule == PROPOSED => {
                format!("proposed by a model, accepted by {}", short(&it.who, 60))
            }
            Some(it) => by_person(it),
            None => String::new(),
        },
        added: claim.rule == BY_HAND || claim.rule == PROPOSED,
    }
}

/// What a person decided on a claim, in words.
fn by_person(judged: &Judged) -> String {
    let who = short(&judged.who, 60);
    match judged.kind.as_str() {
        "add" => format!("added by {who}"),
        "accept" => format!("accepted by {who}"),
        "reject" => format!("{who} decided: the report does not say this"),
        _ => {
            let said = judged.said.as_deref().unwrap_or_default();
            format!("corrected by {who}; read as: {}", short(said, 120))
        }
    }
}

fn place(container: &model::Container) -> String {
    let mut out = container.path.join(" › ");
    if let Some(member) = &container.member {
        out.push_str(&format!(" › {member}"));
    }
    format!("{out} (no. {})", container.index)
}

/// The text in paragraphs, up to so many bytes and to the last words of a claim, and whether more of it is left out.
fn paragraphs(
    text: &Text,
    marks: &[Mark],
    numbers: &[(&Claim, bool)],
    most: usize,
) -> (Vec<Paragraph>, bool) {
    let number: std::collections::HashMap<&str, usize> = numbers
        .iter()
        .zip(1..)
        .map(|((claim, _), n)| (claim.id.as_str(), n))
        .collect();
    let n = |claim: &Claim| number.get(claim.id.as_str()).copied().unwrap_or(0);
    let longest = highlights::longest(marks);
    // Whatever the length, no words of a claim are left out.
    let last = marks.iter().map(|it| it.span.end()).max().unwrap_or(0);
    let mut placed = HashSet::new();
    let mut out = Vec::new();
    let (mut bytes, mut cut) = (0, false);
    for block in highlights::blocks(text) {
        bytes += block.span.len();
        let past = bytes > most && block.span.start() >= last;
        if past && !out.is_empty() {
            return (out, true);
        }
        let class = match block.kind {
            BlockKind::Title => "title",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "",
            BlockKind::ListItem => "item",
            BlockKind::Quotation => "quotation",
            BlockKind::Caption => "caption",
            BlockKind::Boilerplate => "furniture",
        };
        let mut pieces = Vec::new();
        for piece in highlights::pieces(&block, marks, longest) {
            let begins = highlights::beginning(&piece, &mut placed);
            let ends = piece
                .over
                .iter()
                .filter(|it| it.span.end() == piece.span.end());
            let over: Vec<String> = piece
                .over
                .iter()
                .map(|it| n(it.claim).to_string())
                .collect();
            let mut class = piece.family().unwrap_or_default().to_owned();
            if piece.over.len() > 1 {
                class.push_str(" deep");
            }
            if !piece.over.is_empty() && piece.over.iter().all(|it| it.other) {
                class.push_str(" other");
            }
            let mut shown = text.slice(piece.span).to_owned();
            // A text without line breaks is one block.
            if bytes > most && piece.span.start() >= last {
                cut |= shown.len() > most / 4;
                shown = short(&shown, most / 4);
            }
            pieces.push(Piece {
                text: shown,
                class,
                over: over.join(" "),
                begins: begins.iter().map(|it| anchor(it.id.as_str())).collect(),
                ends: ends
                    .map(|it| (n(it.claim), words::slot(it.claim.slot)))
                    .collect(),
            });
        }
        out.push(Paragraph {
            class,
            what: words::block(block.kind).unwrap_or_default(),
            pieces,
        });
        if cut {
            return (out, true);
        }
    }
    (out, false)
}
