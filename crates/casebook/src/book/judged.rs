//! What people decided, brought to bear on what the reader says.
//!
//! A judgement on a claim is on the words that the claim rests on. A later reader may give the claim another id or read
//! something else there: the judgement is kept, brought to bear on the claim on the same slot whose words overlap, and
//! told where nothing is left that it fits.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Account, AccountKind, Claim, Decision, Judged as Mark, Note, Quote, Reading, ReportId, Severity,
};
use store::judgements::{Judgement, holding};

/// The reader's note that a report has nothing in scope.
pub const OUT_OF_SCOPE: &str = "out-of-scope";

/// Judgements that hold, by what they are on.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Report → judgements on its claims, in order.
    claims: BTreeMap<String, Vec<Judgement>>,
    /// What is said of pairs of reports.
    pub pairs: Vec<model::Judgement>,
}

impl Judged {
    /// Sorts the judgements of a casebook.
    pub fn of(all: &[Judgement]) -> Self {
        let mut out = Self::default();
        for judgement in holding(all) {
            match judgement.decided.kind.as_str() {
                "accept" | "reject" | "correct" => {
                    if let Some(before) = claim_before(judgement) {
                        out.on_claim(&before, judgement);
                    }
                }
                "add" => {
                    if let Some(claim) = claim_added(judgement) {
                        out.on_claim(&claim, judgement);
                    }
                }
                _ => out.pairs.extend(pairs(judgement)),
            }
        }
        // A later decision on two reports stands in the place of an earlier one.
        let mut seen = BTreeSet::new();
        out.pairs.reverse();
        out.pairs
            .retain(|it| seen.insert((it.a.clone(), it.b.clone())));
        out.pairs.reverse();
        out
    }

    fn on_claim(&mut self, claim: &Claim, judgement: &Judgement) {
        let own = self.claims.entry(claim.report.to_string()).or_default();
        own.push(judgement.clone());
    }

    /// How many bear on some reports.
    pub fn count<'a>(&self, reports: impl IntoIterator<Item = &'a str>) -> usize {
        let reports: BTreeSet<&str> = reports.into_iter().collect();
        let on_claims: usize = reports
            .iter()
            .filter_map(|report| self.claims.get(*report))
            .map(Vec::len)
            .sum();
        let on_pairs = self
            .pairs
            .iter()
            .filter(|pair| reports.contains(pair.a.as_str()) || reports.contains(pair.b.as_str()))
            .count();
        on_claims + on_pairs
    }
}

/// The claim as it stood when it was judged.
fn claim_before(judgement: &Judgement) -> Option<Claim> {
    serde_json::from_str(judgement.decided.before.as_deref()?).ok()
}

/// The claim that a person added.
fn claim_added(judgement: &Judgement) -> Option<Claim> {
    let json = judgement.decided.value.as_deref();
    serde_json::from_str(json.filter(|_| judgement.decided.kind == "add")?).ok()
}

/// Which reports a judgement on incidents or reports joins or parts. Of a set that stays together each is joined with
/// its first; sets that are parted are parted at their firsts.
fn pairs(judgement: &Judgement) -> Vec<model::Judgement> {
    let sets: Vec<Vec<ReportId>> = judgement
        .decided
        .before
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    let pair = |decision, a: &ReportId, b: &ReportId| model::Judgement {
        decision,
        a: a.clone().min(b.clone()),
        b: a.clone().max(b.clone()),
        why: judgement.decided.reason.clone(),
        by: judgement.who.clone(),
    };
    let between = match judgement.decided.kind.as_str() {
        "same" | "merge" => Decision::Same,
        _ => Decision::Different,
    };
    let mut out = Vec::new();
    for set in &sets {
        let Some((first, rest)) = set.split_first() else {
            continue;
        };
        out.extend(rest.iter().map(|other| pair(Decision::Same, first, other)));
    }
    let firsts: Vec<&ReportId> = sets.iter().filter_map(|set| set.first()).collect();
    let joins = judgement.decided.kind == "move";
    for (at, a) in firsts.iter().enumerate() {
        for (other, b) in firsts.iter().enumerate().skip(at + 1) {
            // What is moved stands first: it is parted from the second set and joined with the third.
            match (joins, at, other) {
                (true, 0, 2) => out.push(pair(Decision::Same, a, b)),
                (true, 1, 2) => {}
                _ => out.push(pair(between, a, b)),
            }
        }
    }
    out
}

/// Brings judgements to bear on a reading: added claims go to the account of what the report is about, rejected ones to
/// an account of the background, corrected ones say what they were corrected to, all carry a mark. What fits nothing
/// any more is told.
pub fn apply(reading: &mut Reading, judged: &Judged) -> Vec<Note> {
    let mut notes = Vec::new();
    let Some(own) = judged.claims.get(reading.report.id.as_str()) else {
        return notes;
    };
    let mut rejected: Vec<Claim> = Vec::new();
    for judgement in own {
        if let Some(claim) = claim_added(judgement) {
            if let Err(why) = add(reading, claim, judgement) {
                notes.push(no_longer(judgement, why));
            }
            continue;
        }
        let Some(before) = claim_before(judgement) else {
            continue;
        };
        let Some((account, at)) = find(reading, &before) else {
            notes.push(no_longer(
                judgement,
                "the reader now finds no such claim in these words",
            ));
            continue;
        };
        let claims = &mut reading.accounts[account].claims;
        let claim = &mut claims[at];
        if claim.id != before.id
            && claim.value != before.value
            && judgement.decided.kind == "accept"
        {
            notes.push(no_longer(
                judgement,
                "the reader now reads something else in these words",
            ));
            continue;
        }
        if let Err(why) = bring(claim, judgement) {
            notes.push(no_longer(judgement, &why));
            continue;
        }
        if judgement.decided.kind == "reject" {
            rejected.push(claims.remove(at));
        }
    }
    if !rejected.is_empty() {
        set_aside(reading, rejected);
    }
    notes
}

/// The claim that a judgement is on: the same one, or one on the same slot and people whose words overlap.
fn find(reading: &Reading, before: &Claim) -> Option<(usize, usize)> {
    let all = || {
        reading
            .accounts
            .iter()
            .enumerate()
            .flat_map(|(account, own)| {
                own.claims
                    .iter()
                    .enumerate()
                    .map(move |(at, claim)| (account, at, claim))
            })
    };
    let same = all().find(|(_, _, claim)| claim.id == before.id);
    let near = || {
        all()
            .filter(|(_, _, claim)| {
                claim.slot == before.slot && claim.scope.key() == before.scope.key()
            })
            .find(|(_, _, claim)| overlap(claim.quotes.first(), before.quotes.first()))
    };
    same.or_else(near).map(|(account, at, _)| (account, at))
}

fn overlap(a: Option<&Quote>, b: Option<&Quote>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.text == b.text && a.start < b.end && b.start < a.end,
        _ => false,
    }
}

/// Puts an added claim where the report tells of what it is about.
fn add(reading: &mut Reading, mut claim: Claim, judgement: &Judgement) -> Result<(), &'static str> {
    let same = |own: &&Claim| own.id == claim.id;
    if reading
        .accounts
        .iter()
        .flat_map(|it| &it.claims)
        .any(|own| same(&own))
    {
        return Err("the reader now finds this claim itself");
    }
    if claim
        .quotes
        .iter()
        .any(|quote| quote.text != *reading.text.id())
    {
        return Err("the report's text is another now");
    }
    let main = reading
        .accounts
        .iter()
        .position(|it| it.kind == AccountKind::Main);
    let at = main.unwrap_or_else(|| {
        let report = reading.report.id.clone();
        reading.accounts.insert(
            0,
            Account {
                id: Account::id_of(&report, reading.accounts.len()),
                report,
                kind: AccountKind::Main,
                label: String::new(),
                claims: Vec::new(),
            },
        );
        // The reader found nothing in scope; a person did.
        reading.notes.retain(|note| note.code != OUT_OF_SCOPE);
        0
    });
    let account = &mut reading.accounts[at];
    claim.account = account.id.clone();
    bring(&mut claim, judgement).map_err(|_| "nothing of it can be read")?;
    let place = |it: &Claim| (it.quote().start, it.quote().end);
    let before = account
        .claims
        .partition_point(|own| place(own) <= place(&claim));
    account.claims.insert(before, claim);
    Ok(())
}

/// Marks a claim, and puts what it was corrected to in its place.
fn bring(claim: &mut Claim, judgement: &Judgement) -> Result<(), String> {
    let decided = &judgement.decided;
    let mut mark = Mark {
        judgement: judgement.id.clone(),
        kind: decided.kind.clone(),
        who: judgement.who.clone(),
        reason: decided.reason.clone(),
        field: decided.field.clone(),
        said: None,
    };
    if decided.kind == "correct" {
        let to = decided.value.as_deref().unwrap_or("null");
        let wrong =
            |error: serde_json::Error| format!("what it was corrected to does not fit: {error}");
        match decided.field.as_deref() {
            Some("value") => {
                mark.said = Some(claim.value.label());
                claim.value = serde_json::from_str(to).map_err(wrong)?;
            }
            Some("scope") => {
                mark.said = Some(store::results::who(&claim.scope));
                claim.scope = serde_json::from_str(to).map_err(wrong)?;
            }
            Some("stance") => {
                mark.said = serde_json::to_value(claim.stance.kind)
                    .ok()
                    .and_then(|it| it.as_str().map(str::to_owned));
                claim.stance.kind = serde_json::from_str(to).map_err(wrong)?;
            }
            Some("speaker") => {
                mark.said = Some(store::results::chain(claim, None));
                claim.speakers = serde_json::from_str(to).map_err(wrong)?;
            }
            other => {
                return Err(format!(
                    "nothing of a claim is called {}",
                    other.unwrap_or("nothing")
                ));
            }
        }
    }
    claim.judged = Some(mark);
    Ok(())
}

/// Puts rejected claims where they count for nothing and can still be seen.
fn set_aside(reading: &mut Reading, mut claims: Vec<Claim>) {
    let number = reading.accounts.len();
    let id = Account::id_of(&reading.report.id, number);
    for claim in &mut claims {
        claim.account = id.clone();
    }
    reading.accounts.push(Account {
        id,
        report: reading.report.id.clone(),
        kind: AccountKind::Background,
        label: String::new(),
        claims,
    });
}

fn no_longer(judgement: &Judgement, why: &str) -> Note {
    Note {
        severity: Severity::Warning,
        code: "judgement-does-not-fit".to_owned(),
        subject: judgement.id.clone(),
        message: format!(
            "what {} decided ({}, {}) is kept and has no effect: {why}",
            judgement.who, judgement.decided.kind, judgement.decided.subject
        ),
        hint: Some("look at the report again and decide anew".to_owned()),
        quote: None,
    }
}

/// The reports that judgements after a number bear on.
pub(super) fn reports_of(all: &[Judgement], after: i64) -> BTreeSet<String> {
    let by: BTreeMap<&str, &Judgement> = all.iter().map(|it| (it.id.as_str(), it)).collect();
    let mut out = BTreeSet::new();
    for judgement in all.iter().filter(|it| it.seq > after) {
        let mut own = judgement;
        // An undoing bears on what it undoes, or brings back.
        while own.decided.kind == "undo" {
            match by.get(own.decided.subject.as_str()) {
                Some(undone) if undone.seq < own.seq => own = undone,
                _ => break,
            }
        }
        let claim = claim_before(own).or_else(|| claim_added(own));
        out.extend(claim.map(|claim| claim.report.to_string()));
        let reports = pairs(own).into_iter().flat_map(|pair| [pair.a, pair.b]);
        out.extend(reports.map(|id| id.to_string()));
    }
    out
}
