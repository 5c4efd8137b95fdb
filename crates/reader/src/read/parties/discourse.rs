//! What the text has spoken of so far, and which party of it a definite noun or a pronoun means.

use language::{Doc, Pos, Token};
use model::PartyKind;

use super::{
    build::Builder,
    called::{self, Called},
    genders,
    lexicon::Class,
    phrase,
};

/// How many parties back a search goes: keeps a long text linear.
const MEMORY: usize = 40;

/// Sentences beyond which a party has faded.
const REACH: usize = 14;

/// A party as last met.
#[derive(Clone, Copy, Debug)]
struct Met {
    party: usize,
    sentence: usize,
    subject: bool,
    speaker: bool,
    /// In quotation marks.
    quoted: bool,
}

/// What the text has spoken of so far.
pub struct Discourse {
    met: Vec<Met>,
    /// Whether each token stands in quotation marks.
    quoted: Vec<bool>,
}

impl Discourse {
    /// Nothing yet of this text.
    pub fn of(doc: &Doc) -> Self {
        Self {
            met: Vec::new(),
            quoted: quoted(doc),
        }
    }

    /// Remembers that a party is spoken of at a token.
    pub fn meet(&mut self, b: &Builder<'_>, party: usize, token: usize) {
        let head = b.doc.token(token);
        let subject = is_subject(b, head);
        let speaker = subject && phrase::is_saying(head.head().lemma());
        self.met.push(Met {
            party,
            sentence: head.sentence_index(),
            subject,
            speaker,
            quoted: self.quoted[token],
        });
    }

    fn recent(&self) -> impl Iterator<Item = &Met> {
        self.met.iter().rev().take(MEMORY)
    }

    /// The party that a definite noun means, among those met.
    pub fn definite(&self, b: &Builder<'_>, called: &Called) -> Option<usize> {
        let i = called.tokens.end - 1;
        let here = b.doc.token(i).sentence_index();
        let mut best: Option<(i64, usize)> = None;
        for met in self.recent() {
            let away = here - met.sentence.min(here);
            if away > REACH {
                break;
            }
            let Some(fit) = fits(b, met.party, called) else {
                continue;
            };
            let mut score = fit - 2 * away as i64;
            score += if met.subject { 3 } else { 0 };
            score += if met.speaker { 1 } else { 0 };
            if b.drafts[met.party].named {
                score += 2;
            }
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, met.party));
            }
        }
        best.map(|(_, party)| party)
    }

    /// The party that a pronoun means.
    pub fn pronoun(&self, b: &Builder<'_>, token: Token<'_>) -> Option<usize> {
        match token.lower() {
            "he" | "him" | "his" => self.person(b, token, Some(false)),
            "she" | "her" | "hers" => self.person(b, token, Some(true)),
            "it" | "its" => self.body(b, token, false),
            "they" | "their" | "them" => self.body(b, token, true),
            _ => None,
        }
    }

    fn person(&self, b: &Builder<'_>, token: Token<'_>, female: Option<bool>) -> Option<usize> {
        let here = token.sentence_index();
        let speaks = is_subject(b, token) && phrase::is_saying(token.head().lemma());
        let mut best: Option<(i64, usize)> = None;
        for met in self.recent() {
            let away = here - met.sentence.min(here);
            if away > 6 {
                break;
            }
            let draft = &b.drafts[met.party];
            let agrees = draft.female.is_none() || draft.female == female;
            if draft.class != Class::Person || draft.plural || !agrees {
                continue;
            }
            let mut score = -3 * away as i64;
            score += if met.subject { 4 } else { 0 };
            score += if met.speaker && speaks { 6 } else { 0 };
            score += if draft.female == female { 2 } else { 0 };
            let unlikely = draft.female.is_none()
                && draft.named
                && genders::likely(&draft.name).is_some_and(|likely| Some(likely) != female);
            score -= if unlikely { 8 } else { 0 };
            score += if draft.named { 1 } else { 0 };
            // Who is spoken of in a quotation is seldom "he" outside it, and who speaks seldom "he" in what he says.
            let quoted = self.quoted[token.i];
            score -= if met.quoted && !quoted { 5 } else { 0 };
            score -= if quoted && met.speaker && !met.quoted {
                5
            } else {
                0
            };
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, met.party));
            }
        }
        best.map(|(_, party)| party)
    }

    /// "it" and "they": only where the clause shows it.
    fn body(&self, b: &Builder<'_>, token: Token<'_>, plural: bool) -> Option<usize> {
        let agrees = |party: usize| {
            let draft = &b.drafts[party];
            match (draft.class, plural) {
                (Class::Person, true) => draft.plural,
                (Class::Person, false) => false,
                (_, true) => true,
                (_, false) => !draft.plural,
            }
        };
        let possessive = token.tag() == "PRP$";
        // In what a clause of saying reports, or possessed in the same clause: that clause's subject.
        let mut steps = 0;
        for verb in token.ancestors() {
            steps += 1;
            if steps > 12 {
                break;
            }
            if !matches!(verb.pos(), Pos::Verb | Pos::Aux) {
                continue;
            }
            let Some(subject) = phrase::subject(verb) else {
                continue;
            };
            if subject.i == token.i || subject.subtree().contains(&token.i) {
                continue;
            }
            if subject.i > token.i && !phrase::is_saying(verb.lemma()) {
                continue;
            }
            let party = party_of(b, subject);
            match party {
                Some(party)
                    if agrees(party)
                        && (possessive
                            || phrase::is_saying(verb.lemma())
                            || verb.i != token.head().i) =>
                {
                    return Some(party);
                }
                // The nearest clause has another subject, which may as well be meant.
                _ if possessive && subject.pos() != Pos::Pron => return None,
                _ if !phrase::is_saying(verb.lemma())
                    && is_plural(subject) == plural
                    && subject.pos() == Pos::Noun =>
                {
                    return None;
                }
                _ => {}
            }
        }
        // The subject of the sentence before, if this opens its own sentence as subject.
        let opens = is_subject(b, token) && token.i < token.sentence().start + 6;
        if !opens || possessive {
            return None;
        }
        let before = token.sentence_index().checked_sub(1)?;
        let root = b
            .doc
            .sentence(before)
            .map(|i| b.doc.token(i))
            .find(|t| t.is_root())?;
        let subject = phrase::subject(root)?;
        party_of(b, subject).filter(|&party| agrees(party))
    }
}

/// Whether each token stands between quotation marks; a mark left open ends with its line.
fn quoted(doc: &Doc) -> Vec<bool> {
    let mut open = false;
    let mut at = 0;
    doc.tokens()
        .map(|token| {
            let bytes = token.bytes();
            open &= !doc.text()[at..bytes.start].contains('\n');
            at = bytes.end;
            match token.text() {
                "“" | "``" => open = true,
                "”" => open = false,
                "\"" | "''" => open = !open,
                text if text.contains('\n') => open = false,
                _ => {}
            }
            open
        })
        .collect()
}

fn is_plural(token: Token<'_>) -> bool {
    matches!(token.tag(), "NNS" | "NNPS")
}

/// The party of a subject: its own mention, or the one its phrase holds.
fn party_of(b: &Builder<'_>, subject: Token<'_>) -> Option<usize> {
    b.party_at(subject.i).or_else(|| {
        (subject.dep() == "csubj")
            .then(|| subject.subtree().take(8).find_map(|i| b.party_at(i)))
            .flatten()
    })
}

/// Whether the token, or the phrase it ends, is a subject.
fn is_subject(b: &Builder<'_>, token: Token<'_>) -> bool {
    let mut at = token;
    for _ in 0..3 {
        match at.dep() {
            "nsubj" | "nsubjpass" | "csubj" => return true,
            "compound" | "nmod" | "conj"
                if b.party_at(at.head().i).is_some() || at.dep() == "conj" =>
            {
                at = at.head()
            }
            "dobj" if at.head().dep() == "csubj" => return true,
            _ => return false,
        }
    }
    false
}

/// Nouns of armed groups that are in it for gain, and of no side.
const CRIMINAL: &[&str] = &[
    "cartel",
    "gang",
    "gangster",
    "bandit",
    "pirate",
    "mafia",
    "drug trafficker",
    "drug ring",
    "trafficking ring",
    "crime ring",
    "crime syndicate",
];

/// How well a party fits a definite noun; `None` if it cannot be meant.
fn fits(b: &Builder<'_>, party: usize, called: &Called) -> Option<i64> {
    use PartyKind::*;
    let draft = &b.drafts[party];
    let noun = called.noun.as_str();
    let person = called.meaning.class == Class::Person;
    if person != (draft.class == Class::Person) || (person && called.plural != draft.plural) {
        return None;
    }
    let same_noun = draft.noun == noun
        || draft
            .name
            .to_lowercase()
            .split([' ', '-'])
            .any(|word| word == noun)
        || draft
            .role
            .as_ref()
            .is_some_and(|role| called::calls(role, noun));
    if person {
        return (same_noun && !called.modified).then_some(6);
    }
    if called.plural && matches!(called.meaning.class, Class::Body) && draft.named {
        return None;
    }
    if !called.plural && draft.plural && !draft.named {
        return None;
    }
    let kind = draft.kind;
    let fit = match (noun, called.meaning.kind) {
        (_, ArmedGroup) => {
            // "the armed rebels" are no gang spoken of before.
            let alike = draft.noun.is_empty()
                || CRIMINAL.contains(&noun) == CRIMINAL.contains(&draft.noun.as_str());
            kind == ArmedGroup && alike && !(called.modified && noun == "forces")
        }
        ("group" | "organisation" | "organization" | "body" | "movement" | "network", Unknown) => {
            matches!(kind, ArmedGroup | Ngo | Monitor | Political | Unknown | Un)
                && (kind != Un || noun != "group")
        }
        ("charity" | "ngo", _) => kind == Ngo || kind == Unknown,
        (_, Ngo) => matches!(kind, Ngo | Monitor | Unknown),
        ("watchdog" | "observatory" | "monitor" | "monitoring group" | "war monitor", _) => {
            matches!(kind, Monitor | Ngo | Unknown)
        }
        ("agency", _) => matches!(kind, Un | Agency | State | Ngo | Authority),
        (_, Agency) => matches!(kind, Agency | Outlet),
        (_, Outlet) => matches!(kind, Outlet | Agency) && noun != "media",
        (
            "committee" | "council" | "commission" | "association" | "union" | "foundation"
            | "office" | "institute" | "party" | "ministry" | "department" | "army" | "military"
            | "navy" | "government" | "embassy" | "hospital" | "court" | "coalition" | "militia"
            | "alliance" | "campaign" | "company" | "administration" | "regime" | "police",
            _,
        ) => same_noun,
        _ => same_noun,
    };
    let own = usize::from(same_noun) as i64 * 4;
    // "the ministry": a lone definite noun means a fuller name before; a modified one ("the state army") must share its
    // words.
    if called.modified && !same_noun && called.meaning.kind != kind {
        return None;
    }
    fit.then_some(3 + own + i64::from(kind == called.meaning.kind))
}
