//! What a language model proposed, taken or left by a person.
//!
//! Taken, it becomes a claim by a judgement of kind `add`, like one that a person found: its rule says that it was
//! proposed, its reader by which model and prompt, the judgement by whom it was taken. Left, a judgement of kind
//! `reject` on the proposal says so, and it is not proposed again.

use store::{
    Error,
    database::Database,
    judgements::Decided,
    proposals::{self, Proposal},
    results,
};

use super::hand;

/// Whether an id is that of a proposal.
pub fn is_one(id: &str) -> bool {
    id.starts_with("p:")
}

/// The proposal, where nobody has decided on it.
///
/// # Errors
///
/// [`Error::Conflict`] where somebody has.
pub fn undecided(database: &mut dyn Database, id: &str) -> Result<Proposal, Error> {
    let proposal = proposals::one(database, id)?;
    match proposals::decided(database, &proposal.id)? {
        None => Ok(proposal),
        Some(judgement) => Err(Error::Conflict {
            subject: proposal.id,
            who: judgement.who,
            since: format!("{}: {}", judgement.decided.kind, judgement.decided.reason),
        }),
    }
}

/// Takes it, or leaves it.
pub fn decide(
    database: &mut dyn Database,
    out: &mut Decided,
    id: &str,
    accept: bool,
) -> Result<(), Error> {
    let Proposal { id, mut claim, .. } = undecided(database, id)?;
    let report = claim.report.to_string();
    out.other = Some(report.clone());
    if !accept {
        out.kind = "reject".to_owned();
        out.value = serde_json::to_string(&claim).ok();
        out.subject = id;
        return Ok(());
    }
    // The report may have been read anew since, and a row be changed by others than this program.
    let refused = |why: String| Err(Error::Refused(why));
    let Some(reading) = results::readings(database, std::slice::from_ref(&report))?.pop() else {
        return refused(format!(
            "{report}: this report was not read yet\n  hint: `crossbearing run` reads what is waiting"
        ));
    };
    let stands = |quote: &model::Quote| {
        let text = &reading.text;
        let span = text.byte_at(quote.start).zip(text.byte_at(quote.end));
        let words = span.and_then(|(start, end)| text.as_str().get(start..end));
        quote.text == *text.id() && words == Some(quote.exact.as_str())
    };
    if claim.quotes.is_empty() || !claim.quotes.iter().all(stands) {
        return refused(format!(
            "{id}: its words do not stand in the report\n  hint: reject it; `crossbearing audit verify` looks whether \
             the casebook was changed"
        ));
    }
    if hand::found(&reading, &claim) {
        return refused(format!(
            "{id}: the reader finds this claim itself by now\n  hint: accept that one; reject this"
        ));
    }
    if let Some(main) = reading.main() {
        claim.account = main.id.clone();
    }
    out.kind = "add".to_owned();
    out.value = serde_json::to_string(&claim).ok();
    out.subject = claim.id.to_string();
    Ok(())
}
