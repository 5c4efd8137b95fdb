//! The hashed names of families of features. The weights know a family by its name in quotes, which stays.

use crate::learned::hash;

/// A predicate in its role.
pub const PREDICATE: u64 = hash("p");
/// The same with the head of the candidate.
pub const PREDICATE_NOUN: u64 = hash("pn");
/// The same with a preposition below it and its object.
pub const PREDICATE_PREPOSITION: u64 = hash("pp");
/// The same with another word below it.
pub const PREDICATE_ARGUMENT: u64 = hash("po");
/// The same with negation and modal verbs.
pub const PREDICATE_MOOD: u64 = hash("pm");
/// The same with the word that it hangs on.
pub const PREDICATE_ABOVE: u64 = hash("pu");
/// The role alone.
pub const PREDICATE_ROLE: u64 = hash("pa");
/// How the candidate is worded, and what its words say.
pub const KIND: u64 = hash("kind");
/// Its head.
pub const NOUN: u64 = hash("noun");
/// A word below its head.
pub const CHILD: u64 = hash("child");
/// A preposition below its head, with its object.
pub const WITH: u64 = hash("with");
/// The words right behind it.
pub const NEXT: u64 = hash("next");
/// The word right before it.
pub const BEFORE: u64 = hash("before");
/// How many it counts.
pub const SIZE: u64 = hash("size");
/// Which rules count it.
pub const RULE: u64 = hash("rule");
/// Whether rules count the same people elsewhere.
pub const CHAIN: u64 = hash("chain");
/// A predicate of the same people elsewhere.
pub const CHAIN_PREDICATE: u64 = hash("chainp");
/// A word of its sentence.
pub const SAID: u64 = hash("said");
/// A word behind it that may be a predicate.
pub const AHEAD: u64 = hash("ahead");
/// The same before it.
pub const BEHIND: u64 = hash("behind");
/// A word of the sentences beside.
pub const NEAR: u64 = hash("near");
/// Where its sentence stands in the report.
pub const WHERE: u64 = hash("where");
/// How often the report has words of a kind.
pub const SIGN: u64 = hash("sign");
/// How its head hangs in the sentence.
pub const HEAD: u64 = hash("head");
/// It stands in the title.
pub const TITLE: u64 = hash("title");
/// How its number stands to another of its sentence.
pub const BESIDE: u64 = hash("beside");
/// How its number stands to those of the title.
pub const TITLED: u64 = hash("titled");
/// How often its number is said.
pub const AGAIN: u64 = hash("again");
/// A predicate of anybody in the report.
pub const BAG: u64 = hash("bag");
