//! Rules of the slot from which more follows than what they state.

use model::Basis;

use crate::claims::draft::Rule;

/// Rule of whoever says that they did it.
pub const CLAIMED: Rule = Rule::new("responsibility/claimed", Basis::ClaimedDeed);
/// Rule of a deed that nobody has claimed.
pub const UNCLAIMED: Rule = Rule::new("responsibility/unclaimed", Basis::Unclaimed);
/// Rule of a denial.
pub const DENIED: Rule = Rule::new("responsibility/denied", Basis::Stated);
/// Rule of those whom the law holds for the deed.
pub const CHARGED: Rule = Rule::new("responsibility/charged", Basis::Charged);
/// Rule of bodies that do the deed in the report's own words.
pub const DOER: Rule = Rule::new("responsibility/doer", Basis::Doer);
