//! A line of a model, held to the text: what comes out is a claim whose words, value and speaker stand there.

use std::collections::BTreeSet;

use model::{
    BlockKind, Claim, PartyKind, Quote, Reading, Scope, Slot, Span, Speaker, StanceKind, Text,
    Value, ValueKind,
};

use super::{lines::Line, numbers::Numbers, prompt};
use crate::book::review::{LONGEST, Parts, found, places, said};

/// The rule of claims that a model proposed and a person took.
pub const PROPOSED: &str = "proposed";

/// Why a line is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refused {
    /// It is no object with a slot and a quote, or was cut off.
    Unread,
    /// The answer holds too many lines.
    TooMany,
    /// Nobody asked about that slot, or there is none.
    Slot,
    /// Its quote does not stand in what was sent.
    QuoteNotThere,
    /// Its quote stands there several times, and it does not say which is meant.
    QuoteSeveral,
    /// Its quote is too long.
    QuoteLong,
    /// Its value does not stand in its quote.
    ValueNotThere,
    /// It counts people that no claim can count.
    Scope,
    /// It is said in a way that no claim can be said.
    Stance,
    /// Its speaker does not stand in the text.
    SpeakerNotThere,
    /// The reader found it, or a person added it.
    Known,
    /// It was proposed before.
    Before,
}

impl Refused {
    /// All, in order.
    pub const ALL: [Self; 12] = [
        Self::Unread,
        Self::TooMany,
        Self::Slot,
        Self::QuoteNotThere,
        Self::QuoteSeveral,
        Self::QuoteLong,
        Self::ValueNotThere,
        Self::Scope,
        Self::Stance,
        Self::SpeakerNotThere,
        Self::Known,
        Self::Before,
    ];

    /// Its name in figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::TooMany => "too-many",
            Self::Slot => "slot",
            Self::QuoteNotThere => "quote-not-there",
            Self::QuoteSeveral => "quote-several-times",
            Self::QuoteLong => "quote-too-long",
            Self::ValueNotThere => "value-not-there",
            Self::Scope => "scope",
            Self::Stance => "stance",
            Self::SpeakerNotThere => "speaker-not-there",
            Self::Known => "known",
            Self::Before => "proposed-before",
        }
    }

    /// Why, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unread => "is no line that was asked for, or was cut off",
            Self::TooMany => "is one too many in one answer",
            Self::Slot => "is about nothing that was asked",
            Self::QuoteNotThere => "quotes words that do not stand in the report",
            Self::QuoteSeveral => "quotes words that stand there several times",
            Self::QuoteLong => "quotes too much",
            Self::ValueNotThere => "says what does not stand in its own quote",
            Self::Scope => "counts people that no claim counts",
            Self::Stance => "is said as nothing can be said",
            Self::SpeakerNotThere => "names a speaker who does not stand in the report",
            Self::Known => "is what the reader found, or a person added",
            Self::Before => "was proposed before",
        }
    }
}

/// Holds lines to one report.
pub struct Held<'a> {
    reading: &'a Reading,
    /// Claims that were proposed on it before.
    before: &'a [Claim],
    pipeline: &'a language::Pipeline,
    /// Who proposes: stands where claims name their reader.
    by: &'a str,
    /// Claims that were taken from this answer and those before it.
    taken: Vec<Claim>,
    ids: BTreeSet<String>,
}

impl<'a> Held<'a> {
    /// For a report; `by` is who proposes.
    pub fn new(
        reading: &'a Reading,
        before: &'a [Claim],
        pipeline: &'a language::Pipeline,
        by: &'a str,
    ) -> Self {
        Self {
            reading,
            before,
            pipeline,
            by,
            taken: Vec::new(),
            ids: BTreeSet::new(),
        }
    }

    /// The claims that were taken.
    pub fn taken(self) -> Vec<Claim> {
        self.taken
    }

    /// Takes a line of the answer on a piece of the text, or says why not.
    pub fn take(&mut self, line: &Line, piece: Span) -> Result<(), Refused> {
        let claim = self.claim(line, piece)?;
        let mut known = self.reading.accounts.iter().flat_map(|it| &it.claims);
        if found(self.reading, &claim) || known.any(|it| alike(it, &claim)) {
            return Err(Refused::Known);
        }
        let mut before = self.before.iter().chain(&self.taken);
        if before.any(|it| alike(it, &claim)) || !self.ids.insert(claim.id.to_string()) {
            return Err(Refused::Before);
        }
        self.taken.push(claim);
        Ok(())
    }

    fn claim(&self, line: &Line, piece: Span) -> Result<Claim, Refused> {
        let slot = Slot::from_name(&line.slot).filter(|slot| prompt::is_asked(*slot));
        let slot = slot.ok_or(Refused::Slot)?;
        let text = &self.reading.text;
        let span = quoted(text, line, piece)?;
        let scope = match line.scope.as_str() {
            "" => Scope::default(),
            words => {
                let scope = said::scope(words).map_err(|_| Refused::Scope)?;
                // Whose words those are is nobody in the report.
                Scope {
                    words: String::new(),
                    ..scope
                }
            }
        };
        let kind = match line.stance.as_str() {
            "" => StanceKind::Asserted,
            words => said::stance(words).map_err(|_| Refused::Stance)?,
        };
        let speakers = self.speakers(&line.speaker)?;
        let (value, span) = self.value(slot, line, span)?;
        let quote = text.quote(span);
        Ok(Parts {
            slot,
            value,
            scope,
            as_of: None,
            kind,
            speakers,
            quote,
            rule: PROPOSED,
            reader: self.by,
            // A model lists whatever number it sees; that it stands there does not make it the report's own.
            own: false,
        }
        .of(self.reading))
    }

    /// What is said, and the words that it is said in.
    fn value(&self, slot: Slot, line: &Line, span: Span) -> Result<(Value, Span), Refused> {
        let nowhere = Refused::ValueNotThere;
        let kind = prompt::kind(slot.spec()).ok_or(Refused::Slot)?;
        let text = &self.reading.text;
        let around = || Numbers::around(text, span, self.pipeline);
        let value = match kind {
            ValueKind::Count => {
                let found = around().count(&line.value, slot == Slot::Age);
                return found
                    .map(|(count, span)| (Value::Count(count), span))
                    .ok_or(nowhere);
            }
            ValueKind::When => {
                let day = line.value.parse().map_err(|_| nowhere)?;
                let published = self.reading.report.published.as_ref();
                around().day(day, published).map(Value::When)
            }
            kind => {
                let quote = &text.as_str()[span.range()];
                let words = match line.value.as_str() {
                    "" if kind == ValueKind::Words => Some(quote),
                    words => standing(quote, words),
                };
                words.and_then(|words| said::value(kind, PartyKind::Unknown, words).ok())
            }
        };
        Ok((value.ok_or(nowhere)?, span))
    }

    /// Who says it, each in words of the report.
    fn speakers(&self, words: &str) -> Result<Vec<Speaker>, Refused> {
        let nobody = Refused::SpeakerNotThere;
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let outlet = self.reading.report.source.name.as_deref();
        let mut chain = said::speakers(&[], words).map_err(|_| nobody)?;
        let text = self.reading.text.as_str();
        for speaker in &mut chain {
            if outlet == Some(speaker.name.as_str()) {
                continue;
            }
            speaker.name = standing(text, &speaker.name).ok_or(nobody)?.to_owned();
            if let Some(body) = &mut speaker.affiliation {
                *body = standing(text, body).ok_or(nobody)?.to_owned();
            }
        }
        Ok(chain)
    }
}

/// Where a line's quote stands in a piece of a text.
fn quoted(text: &Text, line: &Line, piece: Span) -> Result<Span, Refused> {
    if line.quote.chars().count() > LONGEST {
        return Err(Refused::QuoteLong);
    }
    if !line.quote.chars().any(char::is_alphanumeric) {
        return Err(Refused::QuoteNotThere);
    }
    let furniture = |span: &Span| {
        text.blocks().iter().any(|block| {
            block.kind == BlockKind::Boilerplate
                && block.span.start() < span.end()
                && span.start() < block.span.end()
        })
    };
    let sent = &text.as_str()[piece.range()];
    let spans: Vec<Span> = places(sent, &line.quote)
        .into_iter()
        .map(|span| Span::new(piece.start() + span.start(), piece.start() + span.end()))
        .filter(|span| !furniture(span))
        .collect();
    match (spans.as_slice(), line.at) {
        ([], _) => Err(Refused::QuoteNotThere),
        ([only], _) => Ok(*only),
        (several, Some(at)) => {
            let far = |span: &&Span| {
                let own = text.code_points_before(span.start());
                own.abs_diff(text.code_points_before(piece.start()) + at)
            };
            several
                .iter()
                .min_by_key(far)
                .copied()
                .ok_or(Refused::QuoteNotThere)
        }
        _ => Err(Refused::QuoteSeveral),
    }
}

/// Words as they stand in a text, whole, whatever the white space between them.
fn standing<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let whole = |span: &Span| {
        let before = text[..span.start()].chars().next_back();
        let after = text[span.end()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let found = places(text, words).into_iter().find(whole)?;
    Some(&text[found.range()])
}

/// Whether two claims say one thing of the same people in the same words, for whoever decides.
fn alike(a: &Claim, b: &Claim) -> bool {
    let over = |a: &Quote, b: &Quote| a.text == b.text && a.start < b.end && b.start < a.end;
    let value = match (&a.value, &b.value) {
        (Value::Count(a), Value::Count(b)) => (a.low, a.high) == (b.low, b.high),
        (a, b) => a.label().to_lowercase() == b.label().to_lowercase(),
    };
    value
        && a.slot == b.slot
        && a.scope.key() == b.scope.key()
        && a.quotes.iter().any(|own| over(own, b.quote()))
}

#[cfg(test)]
mod tests {
    use model::Block;

    use super::*;

    const BODY: &str = "Fixture Wire reports. At least seven villagers were killed in Varda on Monday, said Mara Vell \
                        of the district hospital. Two people were hurt. Two people were hurt again on Tuesday. A \
                        fighter of the Hill Guard set a house on fire.";

    fn reading() -> Reading {
        let furniture = "Nine people like this page.";
        let whole = format!("{BODY}\n\n{furniture}");
        let block = |start: usize, end: usize, kind| Block {
            span: Span::new(start, end),
            kind,
        };
        let blocks = vec![
            block(0, BODY.len(), BlockKind::Paragraph),
            block(BODY.len() + 2, whole.len(), BlockKind::Boilerplate),
        ];
        let text = Text::new(whole, blocks);
        let mut input = reader::Input {
            name: "fixture".to_owned(),
            bytes: b"Two people were hurt in Varda on Monday.".to_vec(),
            ..reader::Input::default()
        };
        input.given.published = Some("2031-03-05".to_owned());
        let mut report = reader::text::extract(&input).unwrap().report;
        report.text = text.id().clone();
        Reading::new(report, text, Vec::new(), Vec::new())
    }

    /// What becomes of a line `slot | value | quote | scope | speaker | stance`.
    fn check(pipeline: &language::Pipeline, line: &str, wanted: Result<&str, Refused>) {
        let reading = reading();
        let part: Vec<&str> = line.split('|').map(str::trim).collect();
        let get = |at: usize| part.get(at).copied().unwrap_or_default().to_owned();
        let own = Line {
            slot: get(0),
            value: get(1),
            quote: get(2),
            scope: get(3),
            speaker: get(4),
            stance: get(5),
            at: get(6).parse().ok(),
        };
        let mut held = Held::new(&reading, &[], pipeline, "some-model");
        let all = Span::new(0, reading.text.as_str().len());
        let done = held.take(&own, all);
        let taken = held.taken();
        match wanted {
            Ok(label) => {
                assert_eq!(done, Ok(()), "{line}");
                let claim = &taken[0];
                assert_eq!(claim.value.label(), label, "{line}");
                assert_eq!(
                    (claim.rule.as_str(), claim.reader.as_str()),
                    (PROPOSED, "some-model")
                );
                assert_eq!(
                    claim.own, None,
                    "{line}: nobody said that it is the figure of its report"
                );
                // The words are those of the text, to the letter.
                let quote = claim.quote();
                let exact: String = reading
                    .text
                    .as_str()
                    .chars()
                    .skip(quote.start)
                    .take(quote.end - quote.start)
                    .collect();
                assert_eq!(exact, quote.exact, "{line}");
            }
            Err(why) => assert_eq!((done, taken.len()), (Err(why), 0), "{line}"),
        }
    }

    #[test]
    fn only_what_stands_in_the_text_becomes_a_claim() {
        let Some(own) = testing::pipeline() else {
            return;
        };
        let check = |line: &str, wanted| check(own, line, wanted);
        check(
            "killed | 7 | At least seven villagers were killed",
            Ok("at least 7"),
        );
        check(
            "killed | seven | seven  villagers\nwere killed | civilian | Mara Vell (district hospital) | claimed",
            Ok("at least 7"),
        );
        check(
            "when | 2031-03-03 | killed in Varda on Monday",
            Ok("3 March 2031"),
        );
        check("where | Varda | killed in Varda on Monday", Ok("Varda"));
        check(
            "actor | Hill Guard | A fighter of the Hill Guard set a house on fire",
            Ok("Hill Guard"),
        );
        check("injured | 2 | Two people were hurt again", Ok("2"));
        check("injured | 2 | Two people were hurt | | | | 150", Ok("2"));
        // Lies.
        check(
            "killed | 8 | At least seven villagers were killed",
            Err(Refused::ValueNotThere),
        );
        check(
            "killed | seventy | At least seven villagers were killed",
            Err(Refused::ValueNotThere),
        );
        check(
            "killed | | At least seven villagers were killed",
            Err(Refused::ValueNotThere),
        );
        check(
            "killed | 9 | nine villagers were killed",
            Err(Refused::QuoteNotThere),
        );
        check(
            "killed | 7 | at least seven villagers were killed",
            Err(Refused::QuoteNotThere),
        );
        check("killed | 7 | …", Err(Refused::QuoteNotThere));
        check(
            "injured | 2 | Two people were hurt",
            Err(Refused::QuoteSeveral),
        );
        check(
            "injured | 9 | Nine people like this page",
            Err(Refused::QuoteNotThere),
        );
        check(
            "event | bombing | seven villagers were killed",
            Err(Refused::Slot),
        );
        check(
            "victims | 7 | seven villagers were killed",
            Err(Refused::Slot),
        );
        check(
            "killed | 7 | seven villagers were killed | martians",
            Err(Refused::Scope),
        );
        check(
            "killed | 7 | seven villagers were killed | | | surely",
            Err(Refused::Stance),
        );
        check(
            "killed | 7 | seven villagers were killed | | Ana Brod",
            Err(Refused::SpeakerNotThere),
        );
        check(
            "killed | 7 | seven villagers were killed | | Mara Vell (the army)",
            Err(Refused::SpeakerNotThere),
        );
        check(
            "killed | 7 | seven villagers were killed | | Mara Ve",
            Err(Refused::SpeakerNotThere),
        );
        check(
            "when | 2031-03-04 | killed in Varda on Monday",
            Err(Refused::ValueNotThere),
        );
        check(
            "when | soon | killed in Varda on Monday",
            Err(Refused::ValueNotThere),
        );
        check(
            "where | Kelmoor | killed in Varda on Monday",
            Err(Refused::ValueNotThere),
        );
        check(
            "where | Var | killed in Varda on Monday",
            Err(Refused::ValueNotThere),
        );
        check(
            "actor | the army | A fighter of the Hill Guard set a house on fire",
            Err(Refused::ValueNotThere),
        );
    }

    #[test]
    fn nothing_is_proposed_twice_or_that_is_known() {
        let Some(pipeline) = testing::pipeline() else {
            return;
        };
        let mut reading = reading();
        let all = Span::new(0, reading.text.as_str().len());
        let line = |quote: &str| Line {
            slot: "killed".to_owned(),
            value: "7".to_owned(),
            quote: quote.to_owned(),
            ..Line::default()
        };
        let mut held = Held::new(&reading, &[], pipeline, "some-model");
        assert_eq!(held.take(&line("At least seven villagers"), all), Ok(()));
        let same = line("At least seven villagers were killed");
        assert_eq!(held.take(&same, all), Err(Refused::Before));
        let taken = held.taken();
        let mut held = Held::new(&reading, &taken, pipeline, "another-model");
        assert_eq!(held.take(&same, all), Err(Refused::Before));
        // A bound that is left out makes no other claim.
        let bare = line("seven villagers were killed");
        assert_eq!(held.take(&bare, all), Err(Refused::Before));
        let account = model::Account {
            id: taken[0].account.clone(),
            report: reading.report.id.clone(),
            kind: model::AccountKind::Main,
            label: String::new(),
            claims: taken,
        };
        reading.accounts.push(account);
        let mut held = Held::new(&reading, &[], pipeline, "some-model");
        assert_eq!(held.take(&same, all), Err(Refused::Known));
        assert!(held.taken().is_empty());
    }

    #[test]
    fn every_reason_has_a_name_and_words() {
        let names: BTreeSet<&str> = Refused::ALL.iter().map(|it| it.name()).collect();
        let words: BTreeSet<&str> = Refused::ALL.iter().map(|it| it.words()).collect();
        assert_eq!((names.len(), words.len()), (12, 12));
    }
}
