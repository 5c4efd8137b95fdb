//! The fourth pass: how much the sentence of each place says that something violent happened there.
//!
//! Comes in: the places of a text. Goes out: a weight for each, and the token that stands for what happened. Courts,
//! jails and hospitals of what came later do not count. It knows nothing of which event that is.

use std::ops::{Deref, Range};

use language::{Pos, Token};
use model::{BlockKind, PartyKind};

use super::super::{annotated::Annotated, event_kinds, grammar, harm::Harmed, person_nouns};
use crate::read::places::PlaceMention;

/// A text with what is told of each place.
pub struct Placed<'a> {
    harmed: &'a Harmed<'a>,
    violence: Vec<(i32, usize)>,
}

impl<'a> Deref for Placed<'a> {
    type Target = Harmed<'a>;

    fn deref(&self) -> &Harmed<'a> {
        self.harmed
    }
}

impl<'a> Placed<'a> {
    /// Weighs what is told of each place of a text.
    pub fn of(harmed: &'a Harmed<'a>) -> Self {
        let places = harmed.read.places.iter();
        Self {
            violence: places.map(|mention| violence(harmed, mention)).collect(),
            harmed,
        }
    }

    /// How much is told of the place with this index, and the token that stands for what happened: 22 beside a violent
    /// word, 18 under a verb of arriving or taking place, 20 as a dateline, 2 otherwise; 0 for where people were
    /// treated, held or tried.
    pub fn violence_at(&self, index: usize) -> (i32, usize) {
        self.violence.get(index).copied().unwrap_or((0, 0))
    }
}

/// Verbs whose place is where the event was found or met.
pub const ARRIVAL: &[&str] = &[
    "respond", "arrive", "find", "discover", "report", "call", "dispatch", "hear", "happen",
    "occur", "take", "unfold", "begin", "start", "erupt", "receive", "strike", "hit", "target",
];

/// Verbs of what the police and the courts do afterwards, elsewhere.
pub const LATER: &[&str] = &[
    "arrest",
    "charge",
    "appear",
    "plead",
    "convict",
    "sentence",
    "book",
    "jail",
    "hold",
    "transport",
    "fly",
    "airlift",
    "rush",
    "bury",
    "work",
    "bear",
    "live",
    "move",
    "graduate",
    "attend",
];

/// The violent word nearest to some tokens in their sentence.
pub fn violent_beside(cx: &Annotated<'_>, tokens: &Range<usize>) -> Option<usize> {
    let at = tokens.start;
    let sentence = cx.doc.token(at).sentence();
    let violent = |i: &usize| {
        let token = cx.doc.token(*i);
        event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0 || token.pos() == Pos::Verb)
            && event_kinds::is_news(token)
    };
    (1..=MAX_APART)
        .flat_map(|step| [at.checked_sub(step), Some(at + step)])
        .flatten()
        .filter(|i| sentence.contains(i) && !tokens.contains(i))
        .find(violent)
}

/// How far a violent word may stand from a place of its sentence, in tokens: farther than any sentence is long that
/// somebody wrote.
const MAX_APART: usize = 400;

/// How much the sentence of a place says that the event was there, and the token that stands for it: 22 beside a
/// violent word, 18 under a verb of arriving or taking place, 20 as a dateline, 2 otherwise; 0 for where people were
/// treated, held or tried.
fn violence(cx: &Annotated<'_>, mention: &PlaceMention) -> (i32, usize) {
    let first = cx.doc.token(mention.tokens.start);
    if is_home(cx, mention) {
        return (0, first.i);
    }
    let violent = violent_beside(cx, &mention.tokens);
    let verb = clause_verb(first, mention);
    let lemma = verb.map_or("", |verb| verb.lemma());
    if LATER.contains(&lemma)
        || is_treatment(cx, mention) && violent.is_none_or(|event| !strikes(cx, event, mention))
    {
        return (0, first.i);
    }
    let violence = match (violent, ARRIVAL.contains(&lemma)) {
        (Some(_), _) => 22,
        (None, true) => 18,
        (None, false) if is_dateline(cx, &mention.tokens) => 20,
        (None, false) => 2,
    };
    let event = violent.or(verb.map(|verb| verb.i)).unwrap_or(first.i);
    (violence, event)
}

/// Whether the place opens a paragraph as the place of writing: "DARMUK, Jan. 3 (Agency) —", "DARMUK -".
pub fn is_dateline(cx: &Annotated<'_>, tokens: &Range<usize>) -> bool {
    let first = cx.doc.token(tokens.start);
    let opens = first.i == first.sentence().start || first.text().chars().all(char::is_uppercase);
    let dash = (tokens.end..(tokens.end + 9).min(cx.doc.len()))
        .map(|i| cx.doc.token(i))
        .take_while(|token| token.pos() != Pos::Verb)
        .any(|token| matches!(token.text(), "-" | "–" | "—" | "--"));
    opens && dash && first.sentence_index() < 6
}

/// Whether a town is named in the name of an outlet or agency: no place of the event, but the ranker has learned to
/// weigh it.
pub fn is_press(cx: &Annotated<'_>, tokens: &Range<usize>) -> bool {
    cx.party_at(tokens.start)
        .is_some_and(|info| matches!(info.party.kind, PartyKind::Outlet | PartyKind::Agency))
}

/// Whether words that a list of places knows are none here: a part of an outlet's or agency's name, a seat
/// ("London-based"), the common word that opens a sentence ("More than 100", "Man stabbed").
pub fn is_no_place(cx: &Annotated<'_>, tokens: &Range<usize>) -> bool {
    let first = cx.doc.token(tokens.start);
    if let Some(mention) = cx.read.parties.at(tokens.start) {
        let info = &cx.read.parties.parties[mention.party];
        let press = matches!(
            info.party.kind,
            PartyKind::Outlet | PartyKind::Agency | PartyKind::Un
        );
        let bytes = first.bytes();
        let title = cx.text.blocks().iter().any(|block| {
            block.kind == BlockKind::Title && block.span.range().contains(&bytes.start)
        });
        let press = press && !title;
        let within = mention.tokens.start <= tokens.start && tokens.end <= mention.tokens.end;
        if press
            && info.named
            && within
            && (mention.tokens.len() > tokens.len() || info.party.kind == PartyKind::Un)
        {
            return true;
        }
    }
    let word = |at: usize| {
        if at < cx.doc.len() {
            cx.doc.token(at).lower()
        } else {
            ""
        }
    };
    if word(tokens.end) == "-" && word(tokens.end + 1) == "based" || word(tokens.end) == "-based" {
        return true;
    }
    tokens.len() == 1
        && first.i == first.sentence().start
        && !first.text().chars().all(char::is_uppercase)
        && (matches!(first.pos(), Pos::Adv | Pos::Det | Pos::Num | Pos::Pron)
            || matches!(first.tag(), "JJR" | "JJS" | "RBR")
            || person_nouns::lookup(first.lower()).is_some())
        && first.entity_label() != "GPE"
}

/// The verb of the clause that a place stands in.
fn clause_verb<'a>(first: Token<'a>, mention: &PlaceMention) -> Option<Token<'a>> {
    first.ancestors().take(8).find(|above| {
        matches!(above.pos(), Pos::Verb | Pos::Aux) && !mention.tokens.contains(&above.i)
    })
}

/// Whether a place is where somebody lives: "Orla Denby, of the 400 block of Mill Lane".
fn is_home(cx: &Annotated<'_>, mention: &PlaceMention) -> bool {
    let mut at = mention.tokens.start;
    let mut before = || {
        at = at.checked_sub(1)?;
        Some(cx.doc.token(at))
    };
    let mut token = before();
    if token.is_some_and(|token| matches!(token.lower(), "the" | "a")) {
        token = before();
    }
    let Some(of) = token.filter(|token| matches!(token.lower(), "of" | "from" | "in" | "at"))
    else {
        return false;
    };
    let Some(previous) = before() else {
        return false;
    };
    let lives = matches!(previous.lemma(), "live" | "resident" | "reside");
    let person = previous.text() == ","
        || previous.entity_label() == "PERSON"
        || person_nouns::lookup(&person_nouns::singular(previous.lower())).is_some()
        || matches!(previous.lower(), "old" | ")");
    lives || matches!(of.lower(), "of" | "from") && person
}

/// Whether the place treats the hurt or holds the arrested: a hospital, a court, a jail.
fn is_treatment(cx: &Annotated<'_>, mention: &PlaceMention) -> bool {
    mention.tokens.clone().any(|i| {
        matches!(
            cx.doc.token(i).lower(),
            "hospital" | "court" | "courthouse" | "medical" | "jail" | "clinic"
        )
    })
}

/// Whether the event is done to the place: "an air strike on the hospital".
fn strikes(cx: &Annotated<'_>, event: usize, mention: &PlaceMention) -> bool {
    let token = cx.doc.token(event);
    let object = grammar::object(token).is_some_and(|object| mention.tokens.contains(&object.i));
    let on = token
        .children()
        .filter(|child| {
            child.dep() == "prep"
                && matches!(
                    child.lower(),
                    "on" | "at" | "against" | "in" | "near" | "outside"
                )
        })
        .any(|on| {
            on.child("pobj")
                .is_some_and(|object| mention.tokens.contains(&object.i))
        });
    object || on
}
