//! Tables and their columns.

use model::Dossier;

use crate::export::cell::Cell;

/// A table over dossiers.
pub(in crate::export) struct Table {
    /// Name of each column and what it holds.
    pub columns: fn() -> Vec<(String, String)>,
    /// The rows of a dossier; each has a cell a column.
    pub rows: fn(&Dossier) -> Vec<Vec<Cell>>,
}

impl Table {
    /// Name of each column and what it holds.
    pub fn columns(&self) -> Vec<(String, String)> {
        (self.columns)()
    }
}

/// A column: its name, what it holds, and its cell, for rows of one kind.
pub(super) type Column<F> = (&'static str, &'static str, F);

/// Names and meanings of columns.
pub(super) fn heads<F>(columns: &[Column<F>]) -> Vec<(String, String)> {
    let heads = columns.iter();
    heads
        .map(|(name, holds, _)| ((*name).to_owned(), (*holds).to_owned()))
        .collect()
}
