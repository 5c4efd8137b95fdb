//! Tables and their columns.

use model::Dossier;

use crate::export::cell::{Cell, Kind};

/// A table over dossiers.
pub(in crate::export) struct Table {
    /// The columns.
    pub heads: fn() -> Vec<Head>,
    /// The rows of a dossier; each has a cell a column.
    pub rows: fn(&Dossier) -> Vec<Vec<Cell>>,
}

impl Table {
    /// Name of each column and what it holds.
    pub fn columns(&self) -> Vec<(String, String)> {
        let heads = (self.heads)().into_iter();
        heads.map(|head| (head.name, head.holds)).collect()
    }
}

/// What is said of a column.
pub(in crate::export) struct Head {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: String,
    /// What its cells are; `None` in tables shaped as others', whose codebooks say it.
    pub kind: Option<Kind>,
}

/// A column: its name, what it holds, and its cell, for rows of one kind.
pub(super) type Column<F> = (&'static str, &'static str, F);

/// The same with what its cells are.
pub(super) type TypedColumn<F> = (&'static str, Kind, &'static str, F);

/// What is said of columns.
pub(super) fn heads<F>(columns: &[Column<F>]) -> Vec<Head> {
    let heads = columns.iter();
    heads
        .map(|(name, holds, _)| Head {
            name: (*name).to_owned(),
            holds: (*holds).to_owned(),
            kind: None,
        })
        .collect()
}

/// What is said of columns whose cells are of one kind each.
pub(super) fn typed<F>(columns: &[TypedColumn<F>]) -> Vec<Head> {
    let heads = columns.iter();
    heads
        .map(|(name, kind, holds, _)| Head {
            name: (*name).to_owned(),
            holds: (*holds).to_owned(),
            kind: Some(*kind),
        })
        .collect()
}
