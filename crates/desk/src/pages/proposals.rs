//! What a language model proposed and nobody decided on, as the review page shows it.

use casebook::publish::words;
use model::{BlockKind, Span, StanceKind, Text};
use schemars::JsonSchema;
use serde::Serialize;
use store::{
    Error, arrivals,
    database::Database,
    lists,
    proposals::{self, Proposal},
    results,
};

use super::decided;
use crate::frame::short;

/// Proposals on a page; the next come when these are decided on.
const EACH: usize = 10;
/// Characters of a sentence on either side of the words.
const AROUND: usize = 240;

/// A proposal.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "Proposal")]
pub struct Shown {
    /// Its id, `p:` and twenty digits.
    pub id: String,
    #[serde(skip)]
    pub anchor: String,
    /// What it is about.
    pub slot: &'static str,
    /// What it says.
    pub value: String,
    /// Whom it counts; empty for everybody.
    pub who: String,
    /// How firmly it is said; empty where it is said plainly.
    pub hedge: &'static str,
    /// Who says so.
    pub speakers: String,
    /// The sentence: what stands before the words, the words, what stands after them.
    pub quote: [String; 3],
    /// Id of the report.
    pub report: String,
    /// Its headline.
    pub title: String,
    /// Address and title of each incident that the report tells of.
    pub incidents: Vec<(String, String)>,
    /// The model that proposed it.
    pub model: String,
    /// Hash of what the model was told to do.
    pub prompt: String,
    /// When.
    pub at: String,
}

/// How many wait, and the first of them.
///
/// # Errors
///
/// What the engine says.
pub fn waiting(database: &mut dyn Database) -> Result<(u64, Vec<Shown>), Error> {
    let all = proposals::waiting_in_all(database)?;
    let mut out = Vec::new();
    if all > 0 {
        for proposal in proposals::waiting(database, 0, EACH)? {
            out.push(shown(database, &proposal)?);
        }
    }
    Ok((all, out))
}

fn shown(database: &mut dyn Database, proposal: &Proposal) -> Result<Shown, Error> {
    let claim = &proposal.claim;
    let report = claim.report.as_str();
    let stored = arrivals::report(database, report)?;
    let cases = results::cases_of(database, report)?;
    let incidents = lists::titles(database, &cases)?.into_iter();
    let who = decided::whom(&claim.scope);
    let outlet = stored.report.source.name.as_deref();
    Ok(Shown {
        id: proposal.id.clone(),
        anchor: proposal.id.replace(':', "-"),
        slot: words::slot(claim.slot),
        value: short(&words::grouped(&claim.value.label()), 160),
        who: if who == "all" { String::new() } else { who },
        hedge: match claim.stance.kind {
            StanceKind::Asserted => "",
            kind => words::stance(kind),
        },
        speakers: short(&results::chain(claim, outlet), 200),
        quote: sentence(&stored.text, claim.quote()),
        report: report.to_owned(),
        title: short(stored.report.title.as_deref().unwrap_or(report), 160),
        incidents: incidents
            .map(|(case, title)| (format!("/incidents/{case}"), short(&title, 160)))
            .collect(),
        model: short(&proposal.model, 200),
        prompt: short(&proposal.prompt, 40),
        at: proposal.at.clone(),
    })
}

/// The words in their sentence. Words that do not stand in the text where they should, stand alone.
fn sentence(text: &Text, quote: &model::Quote) -> [String; 3] {
    let span = text.byte_at(quote.start).zip(text.byte_at(quote.end));
    let all = text.as_str();
    let stands = span.filter(|(start, end)| all.get(*start..*end) == Some(&quote.exact));
    let Some((start, end)) = stands else {
        return [String::new(), short(&quote.exact, 1_000), String::new()];
    };
    let block = text.blocks().iter().find(|block| {
        let own = block.span;
        block.kind != BlockKind::Boilerplate && own.start() <= start && start < own.end()
    });
    let whole = block.map_or(Span::new(start, end), |block| block.span);
    let ends = |part: &str| {
        let stops = [". ", "! ", "? ", ".” ", ".\" "];
        let at = |stop: &&str| part.rfind(*stop).map(|at| at + stop.len());
        stops.iter().filter_map(at).max()
    };
    let before = &all[whole.start()..start];
    let before = &before[ends(before).unwrap_or(0)..];
    let after = all.get(end..whole.end().max(end)).unwrap_or_default();
    let stop = after.find(['.', '!', '?']).map_or(after.len(), |at| at + 1);
    [
        last(before, AROUND),
        short(&quote.exact, 2_000),
        short(&after[..stop], AROUND),
    ]
}

/// The last characters of words.
fn last(words: &str, most: usize) -> String {
    let n = words.chars().count();
    match n > most {
        true => format!("…{}", words.chars().skip(n - most).collect::<String>()),
        false => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use model::Block;

    use super::*;

    #[test]
    fn words_stand_in_their_sentence() {
        let whole =
            "It was Monday. At least seven people were killed in Varda, said the mayor. Two fled.";
        let block = Block {
            span: Span::new(0, whole.len()),
            kind: BlockKind::Paragraph,
        };
        let text = Text::new(whole.to_owned(), vec![block]);
        let check = |words: &str, before: &str, after: &str| {
            let start = whole.find(words).unwrap();
            let quote = text.quote(Span::new(start, start + words.len()));
            assert_eq!(sentence(&text, &quote), [before, words, after]);
        };
        check(
            "seven people",
            "At least ",
            " were killed in Varda, said the mayor.",
        );
        check("It was Monday", "", ".");
        check("Two fled.", "", "");
        // A quote that is not of this text.
        let other = Text::new("Nine died elsewhere.".to_owned(), Vec::new());
        let quote = other.quote(Span::new(0, 9));
        assert_eq!(sentence(&text, &quote), ["", "Nine died", ""]);
    }
}
