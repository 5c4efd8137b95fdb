//! What stands in the rows of each table: a column is one line, with what it holds.

mod claims;
mod column;
mod findings;
mod incidents;
mod parts;

pub(super) use claims::CLAIMS;
pub(super) use column::Table;
pub(super) use findings::FINDINGS;
pub(super) use incidents::INCIDENTS;
