//! What stands in the rows of each table: a column is one line, with what it holds.

mod acled;
mod claims;
mod column;
mod findings;
mod ged;
mod gtd;
mod ibc;
mod incidents;
mod mrm;
mod parts;
mod record;
mod reports;
mod sdg16;

pub(super) use acled::ACLED;
pub(super) use claims::CLAIMS;
pub(super) use column::{Head, Table};
pub(super) use findings::FINDINGS;
pub(super) use ged::GED;
pub(super) use gtd::GTD;
pub(super) use ibc::IBC;
pub(super) use incidents::INCIDENTS;
pub(super) use mrm::MRM;
pub(super) use record::{Record, last_day};
pub(super) use reports::REPORTS;
pub(super) use sdg16::SDG16;
