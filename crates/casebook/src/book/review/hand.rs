//! A claim that a person finds in a report where the reader found none.
//!
//! Its words are looked for in the report's own text, so that a claim made by hand has a quote like every other.

use model::{
    Account, Claim, Evidence, FoundBy, PartyKind, Quote, Reading, Scope, Slot, Span, Speaker,
    SpeakerKind, Stance, StanceKind, Text, Value, ValueKind, When,
};
use store::{Error, arrivals, database::Database, lookup, results};

use super::said;

/// The rule of claims that a person made; where claims name the reader that made them, too.
pub const BY_HAND: &str = "by-hand";

/// Characters of the words of a claim, at most.
pub const LONGEST: usize = 2_000;

/// A claim as a person writes it; what is left empty is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    /// The report.
    pub report: String,
    /// What it is about, by the slot's name: `killed`.
    pub slot: String,
    /// What it says, in words: `at least 12`. Empty: the words themselves, where the slot takes words.
    pub value: String,
    /// Whom it counts: `civilian, children`. Empty: everybody.
    pub scope: String,
    /// How firmly it is said: `claimed`. Empty: plainly.
    pub stance: String,
    /// Who says it: `Name (Body)`. Empty: the outlet itself.
    pub speaker: String,
    /// The day at which a figure stood. Empty: the words do not say.
    pub as_of: String,
    /// The words that say so, as they stand in the report.
    pub words: String,
    /// About where they begin, in code points: of words that stand there more than once the nearest are meant.
    pub at: Option<usize>,
}

impl Hand {
    /// The claim.
    pub(super) fn claim(&self, database: &mut dyn Database) -> Result<Claim, Error> {
        let refused = |why: String| Err(Error::Refused(why));
        let id = lookup::report_id(database, &self.report)?;
        let stored = arrivals::report(database, &id)?;
        let Some(reading) = results::readings(database, std::slice::from_ref(&id))?.pop() else {
            return refused(format!(
                "{id}: this report was not read yet\n  hint: `crossbearing run` reads what is waiting"
            ));
        };
        let name = self.slot.trim();
        let Some(slot) = Slot::from_name(name) else {
            let all: Vec<&str> = Slot::ALL.iter().map(|it| it.name()).collect();
            return refused(format!(
                "{name}: no claim is about that\n  hint: {}",
                all.join(", ")
            ));
        };
        let quote = self.quote(&stored.text)?;
        let value = self.value(slot, &quote)?;
        let scope = match self.scope.trim() {
            "" => Scope::default(),
            words => said::scope(words)?,
        };
        let kind = match self.stance.trim() {
            "" => StanceKind::Asserted,
            words => said::stance(words)?,
        };
        let as_of = match self.as_of.trim() {
            "" => None,
            words => Some(said::day(words)?),
        };
        let speakers = match self.speaker.trim() {
            "" => Vec::new(),
            words => said::speakers(&[], words)?,
        };
        let claim = Parts {
            slot,
            value,
            scope,
            as_of,
            kind,
            speakers,
            quote,
            rule: BY_HAND,
            reader: BY_HAND,
            // The figure that a person finds for everybody is the one that the report gives.
            own: true,
        }
        .of(&reading);
        if found(&reading, &claim) {
            return refused(format!(
                "{}: the reader found this claim in these words\n  hint: accept or correct that one",
                claim.id
            ));
        }
        let made = store::judgements::on(database, claim.id.as_str())?;
        let holding = store::judgements::all_about(database, &made)?;
        if store::judgements::holding(&holding)
            .iter()
            .any(|it| it.decided.kind == "add")
        {
            return refused(format!(
                "{}: this claim was added to the report already\n  hint: decide on that one, or undo its adding",
                claim.id
            ));
        }
        Ok(claim)
    }

    fn value(&self, slot: Slot, quote: &Quote) -> Result<Value, Error> {
        let kinds = slot.spec().values;
        let words = match self.value.trim() {
            "" if kinds.contains(&ValueKind::Words) => quote.exact.as_str(),
            words => words,
        };
        let mut first = None;
        // Of the kinds that the slot takes, the first that the words can be.
        for kind in kinds {
            match said::value(*kind, PartyKind::Unknown, words) {
                Ok(value) => return Ok(value),
                Err(error) => first = first.or(Some(error)),
            }
        }
        Err(first.unwrap_or_else(|| Error::Refused("nothing can be said there".to_owned())))
    }

    /// The words in the report.
    fn quote(&self, text: &Text) -> Result<Quote, Error> {
        let refused = |why: &str| Err(Error::Refused(why.to_owned()));
        let words = self.words.trim();
        if words.is_empty() {
            return refused(
                "a claim needs the words that say so\n  hint: copy them from the report as they stand there",
            );
        }
        if words.chars().count() > LONGEST {
            return Err(Error::Refused(format!(
                "the words are too many\n  hint: {LONGEST} characters at most; those that carry the value are enough"
            )));
        }
        let found = places(text.as_str(), words);
        let far = |span: &Span, at: usize| text.code_points_before(span.start()).abs_diff(at);
        match (found.as_slice(), self.at) {
            ([], _) => refused(
                "these words do not stand in the report\n  hint: copy them from its text as they stand there",
            ),
            ([only], _) => Ok(text.quote(*only)),
            (several, Some(at)) => {
                let nearest = several.iter().min_by_key(|span| far(span, at));
                Ok(text.quote(*nearest.unwrap_or(&several[0])))
            }
            (several, None) => Err(Error::Refused(format!(
                "these words stand {} times in the report\n  hint: take some of the words around them, too",
                several.len()
            ))),
        }
    }
}

/// What a claim is made of that no reader found.
pub struct Parts<'a> {
    /// What it is about.
    pub slot: Slot,
    /// What it says.
    pub value: Value,
    /// Whom it counts.
    pub scope: Scope,
    /// The day at which a figure stood.
    pub as_of: Option<When>,
    /// How firmly it is said.
    pub kind: StanceKind,
    /// Who says it, without the outlet.
    pub speakers: Vec<Speaker>,
    /// The words.
    pub quote: Quote,
    /// What takes the place of a rule of the reader.
    pub rule: &'a str,
    /// Who found it.
    pub reader: &'a str,
    /// Whether a figure for everybody is taken for the one that the report gives.
    pub own: bool,
}

impl Parts<'_> {
    /// The claim, in the account of what the report is about.
    pub fn of(self, reading: &Reading) -> Claim {
        let report = &reading.report;
        let source = &report.source;
        let (slot, scope, value, quote) = (self.slot, self.scope, self.value, self.quote);
        let mut speakers = self.speakers;
        speakers.retain(|it| source.name.as_deref() != Some(it.name.as_str()));
        speakers.push(Speaker {
            kind: SpeakerKind::Publisher,
            name: source.name.clone().unwrap_or_default(),
            affiliation: None,
            party: Some(source.id.clone()),
            party_kind: source.kind,
            interested: false,
            quote: None,
        });
        let counted = slot.spec().found_by == FoundBy::FinderAndJudge && scope.is_all();
        Claim {
            id: Claim::id_of(&report.id, slot, &scope, &value, &quote),
            slot,
            own: (self.own && counted && value.count().is_some()).then_some(1_000),
            value,
            scope,
            as_of: self.as_of,
            stance: Stance {
                kind: self.kind,
                cue: None,
            },
            speakers,
            direct: quoted(&quote),
            actor: None,
            addressee: None,
            quotes: vec![quote],
            report: report.id.clone(),
            account: match reading.main() {
                Some(main) => main.id.clone(),
                None => Account::id_of(&report.id, reading.accounts.len()),
            },
            evidence: Evidence::default(),
            rule: self.rule.to_owned(),
            reader: self.reader.to_owned(),
            course: None,
            judged: None,
        }
    }
}

/// Whether the reader found a claim itself.
pub fn found(reading: &Reading, claim: &Claim) -> bool {
    let mut all = reading.accounts.iter().flat_map(|it| &it.claims);
    all.any(|it| it.id == claim.id)
}

/// Whether words stand between quotation marks.
fn quoted(quote: &Quote) -> bool {
    let opens = |c: char| matches!(c, '"' | '“' | '«' | '„' | '”');
    let closes = |c: char| matches!(c, '"' | '”' | '»' | '“');
    quote.prefix.trim_end().ends_with(opens) && quote.suffix.trim_start().starts_with(closes)
}

/// Characters that pages leave out, for they steer what stands around them.
fn left_out(c: char) -> bool {
    matches!(c, '\r' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Where words stand in a text, whatever the white space between them: a page shows line breaks as spaces.
pub fn places(text: &str, words: &str) -> Vec<Span> {
    let wanted: Vec<char> = words.chars().filter(|c| !left_out(*c)).collect();
    let mut out: Vec<Span> = Vec::new();
    for (start, first) in text.char_indices() {
        let inside = out.last().is_some_and(|it: &Span| start < it.end());
        if inside || Some(&first) != wanted.first() {
            continue;
        }
        if let Some(end) = ends(&text[start..], &wanted) {
            out.push(Span::new(start, start + end));
        }
    }
    out
}

/// Where words end that a text begins with; `None` where it begins otherwise.
fn ends(text: &str, wanted: &[char]) -> Option<usize> {
    let mut own = text
        .char_indices()
        .filter(|(_, c)| !left_out(*c))
        .peekable();
    let mut wanted = wanted.iter().peekable();
    let mut end = 0;
    while let Some(c) = wanted.next() {
        if c.is_whitespace() {
            while wanted.next_if(|c| c.is_whitespace()).is_some() {}
            own.next_if(|(_, c)| c.is_whitespace())?;
            while own.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        let (at, found) = own.next()?;
        if found != *c {
            return None;
        }
        end = at + found.len_utf8();
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &str) -> Vec<String> {
        let one = |span: Span| text[span.range()].to_owned();
        places(text, words).into_iter().map(one).collect()
    }

    #[test]
    fn words_are_found_whatever_the_white_space_between_them() {
        let text = "At least\n  seven people were killed, and seven people hurt.";
        assert_eq!(found(text, "least seven"), ["least\n  seven"]);
        assert_eq!(found(text, "seven  people").len(), 2);
        assert_eq!(found(text, "seven people wer"), ["seven people wer"]);
        assert!(found(text, "eight").is_empty());
        assert!(found(text, "leastseven").is_empty());
        assert!(found(text, "hurt. Nobody").is_empty());
        // What a page leaves out is passed over on both sides.
        assert_eq!(
            found("قال \u{202b}سبعة\u{202c} قتلى", "قال سبعة قتلى").len(),
            1
        );
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
    }

    #[test]
    fn the_nearest_of_several_is_meant() {
        let text = Text::new("Two died. Later two died. Two died.".to_owned(), Vec::new());
        let hand = |words: &str, at: Option<usize>| {
            let hand = Hand {
                words: words.to_owned(),
                at,
                ..Hand::default()
            };
            hand.quote(&text)
        };
        assert_eq!(hand("two died", None).unwrap().start, 16);
        let several = hand("Two died", None).unwrap_err().to_string();
        assert!(several.contains("stand 2 times"), "{several}");
        assert_eq!(hand("Two died", Some(30)).unwrap().start, 26);
        assert_eq!(hand("Two died", Some(2)).unwrap().start, 0);
        assert_eq!(hand("Two died", Some(usize::MAX)).unwrap().start, 26);
        assert!(hand(" ", None).is_err() && hand(&"x".repeat(2_001), None).is_err());
    }

    #[test]
    fn words_in_quotation_marks_are_the_speakers_own() {
        let text = Text::new("He said: “seven died.” Seven died.".to_owned(), Vec::new());
        let quote = |words: &str| text.quote(places(text.as_str(), words)[0]);
        assert!(quoted(&quote("seven died.")));
        assert!(!quoted(&quote("Seven died.")));
    }
}
