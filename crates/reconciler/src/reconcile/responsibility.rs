//! Who claims it, who denies it, who is blamed for it.

use model::{Basis, Mark, Party, PartyKind, RelationKind, StanceKind, Value};

use super::found::Found;
use crate::ledger::{Entry, Ledger};

/// What a claim does with responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// The party says that it did it.
    Claimed,
    /// Somebody else says that it did it.
    Attributed,
    /// It says that it did not, or somebody says so.
    Denied,
}

impl Mode {
    /// The word.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Claimed => "claimed by",
            Mode::Attributed => "attributed to",
            Mode::Denied => "denied for",
        }
    }
}

/// Tells claimed from attributed by who speaks: the party itself, or another.
pub fn mode(ledger: &Ledger<'_>, entry: &Entry<'_>) -> Mode {
    if entry.denied() {
        return Mode::Denied;
    }
    let Value::Party(party) = &entry.claim.value else {
        return Mode::Attributed;
    };
    let own = entry
        .claim
        .speakers
        .first()
        .and_then(|speaker| ledger.names.of_speaker(speaker))
        .is_some_and(|speaker| ledger.names.akin(&speaker, &party.name));
    // A charge is claimed, too: by those who bring it, of the one it names.
    let charge = entry.claim.evidence.basis == Basis::Charged;
    if own || entry.claim.stance.kind == StanceKind::Claimed && entry.own() && !charge {
        Mode::Claimed
    } else {
        Mode::Attributed
    }
}

/// Relates two claims about responsibility.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    let (Value::Party(x), Value::Party(y)) = (&a.claim.value, &b.claim.value) else {
        return None;
    };
    let nobody = |entry: &Entry<'_>| entry.claim.evidence.has(Mark::Nobody);
    if nobody(a) || nobody(b) {
        return None;
    }
    let one = ledger.names.akin(&x.name, &y.name);
    let modes = (mode(ledger, a), mode(ledger, b));
    if a.possible() || b.possible() {
        return (one && (modes.0 == Mode::Denied) != (modes.1 == Mode::Denied)).then(|| {
            Found::new(
                RelationKind::Tension,
                "suspected by one, denied by the other",
            )
        });
    }
    if one && a.origin == b.origin && modes.0 != modes.1 {
        let what = format!(
            "one voice: {} by one, {} by the other, and it may speak of two acts",
            verb(modes.0),
            verb(modes.1)
        );
        let kind = if a.report == b.report {
            RelationKind::SameOrigin
        } else {
            RelationKind::Tension
        };
        return Some(Found::new(kind, what));
    }
    match modes {
        (Mode::Denied, Mode::Denied) => None,
        (Mode::Denied, _) | (_, Mode::Denied) if one => Some(Found::new(
            RelationKind::Contradicts,
            format!(
                "{} is {} it by one and {} by the other",
                x.name,
                verb(modes.0),
                verb(modes.1)
            ),
        )),
        (Mode::Denied, _) | (_, Mode::Denied) => None,
        _ if one && modes.0 != modes.1 => Some(Found::new(
            RelationKind::Compatible,
            format!("{} claims it and is said by others to have done it", x.name),
        )),
        _ if one => None,
        (Mode::Claimed, Mode::Claimed) => Some(Found::new(
            RelationKind::Tension,
            format!("{} and {} each claim it", x.name, y.name),
        )),
        _ if a.origin == b.origin => None,
        // Several people may have had a part in one deed: naming one names no other wrongly.
        _ if people(x, a) || people(y, b) => None,
        // "Gunmen" may be anybody's.
        _ if unnamed(a) || unnamed(b) => None,
        _ => Some(Found::new(
            RelationKind::Contradicts,
            format!("one names {}, the other {}", x.name, y.name),
        )),
    }
}

/// Whether the words leave open who it was: "gunmen", "unidentified militants", "a suspected group".
fn unnamed(entry: &Entry<'_>) -> bool {
    entry.claim.evidence.has(Mark::Unnamed)
}

/// Whether a party is somebody and not a body: a person, or whoever is charged; or a body that is only told of as
/// having a part.
fn people(party: &Party, entry: &Entry<'_>) -> bool {
    matches!(entry.claim.evidence.basis, Basis::Charged | Basis::Doer)
        || matches!(party.kind, PartyKind::Person | PartyKind::Witness)
}

fn verb(mode: Mode) -> &'static str {
    match mode {
        Mode::Claimed => "said to claim",
        Mode::Attributed => "said to have done",
        Mode::Denied => "said not to have done",
    }
}
