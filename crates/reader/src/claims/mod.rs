//! Claims, one file a slot.

use model::Reading;

use crate::{read::Read, text::Extracted};

/// Makes the claims of one report and sorts them into accounts.
pub fn claim(_extracted: Extracted, _read: &Read) -> Reading {
    unimplemented!()
}
