//! Which words of a report mean the same person or body.
//!
//! What comes in: files in one of two shapes, told apart by their keys. *MUC-4* in the five-role form (`doctext`,
//! `templates`): the key gives for each perpetrator, organisation and victim the strings that the text has for it, with
//! the place of the first of each; a string is one mention. The wire is in lower case: `recase` puts capitals back
//! before it is read, so the figure says less of names than of nouns and acronyms. *Gun Violence Archive* (`reports`,
//! `gold.participants`): mixed case; mentions are the places of a participant's full name and of the bare last name, so
//! the figure is of persons' names only. Neither marks pronouns, and neither marks every mention.
//!
//! What goes out, over pairs of marked mentions: `coref_recall`, of the pairs that are one in the key, those that the
//! reader holds for one party; `coref_precision`, of the pairs that the reader holds for one, those that the key does
//! not have as two entities beside each other (two of one role in one template, two participants of one incident);
//! `coref_f1`; `wrong_merges`, the number of such entity pairs put together; `names_found`, of the organisations and
//! participants named, those whose name is a mention of a party with a name.

mod gva;
mod item;
mod muc;
mod pairs;
mod recase;

pub use item::{Entity, Item};
pub use pairs::score;
