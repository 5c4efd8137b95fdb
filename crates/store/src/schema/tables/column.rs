//! Columns in a line each.

use super::super::{Column, Holds};

pub(super) const fn col(name: &'static str, holds: Holds, doc: &'static str) -> Column {
    Column {
        name,
        holds,
        optional: false,
        refers: None,
        doc,
    }
}

pub(super) const fn opt(name: &'static str, holds: Holds, doc: &'static str) -> Column {
    Column {
        optional: true,
        ..col(name, holds, doc)
    }
}

pub(super) const fn refer(
    name: &'static str,
    holds: Holds,
    to: (&'static str, &'static str),
    doc: &'static str,
) -> Column {
    Column {
        refers: Some(to),
        ..col(name, holds, doc)
    }
}

pub(super) const fn opt_refer(
    name: &'static str,
    holds: Holds,
    to: (&'static str, &'static str),
    doc: &'static str,
) -> Column {
    Column {
        optional: true,
        ..refer(name, holds, to, doc)
    }
}

pub(super) const NONE: &[&[&str]] = &[];
