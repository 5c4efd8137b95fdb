//! The tables of a casebook, as data: what the engines are told, what the schema page says, what is hashed, copied and
//! exported all comes from one list.

mod ddl;
mod migrate;
mod page;
mod tables;
mod views;

pub use ddl::{SEARCHED, create};
pub use migrate::{VERSION, bring_up, made_new, version_of};
pub use page::page;
pub use tables::{TABLES, table};
pub use views::{VIEWS, View};

/// What a table is for, which says when it may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What came in and what people decided. Rows are added and never changed; only a purge takes one out.
    Kept,
    /// What the program decided and must stand by: the names of incidents, and in which steps reports were linked.
    Given,
    /// What was read and reconciled: may be deleted and comes again, the same to the byte.
    Derived,
    /// What the program needs to go on: changes in place and proves nothing.
    Working,
    /// Who may come in and who is in: it stays with the casebook and goes into no export.
    Access,
}

impl Kind {
    /// Its name on the schema page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Given => "given",
            Self::Derived => "derived",
            Self::Working => "working",
            Self::Access => "access",
        }
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// Words.
    Words,
    /// JSON.
    Json,
    /// A time: `2031-03-04T05:06:07.890Z`.
    Time,
    /// Bytes.
    Bytes,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it may be empty.
    pub optional: bool,
    /// Table and column that it names a row of.
    pub refers: Option<(&'static str, &'static str)>,
    /// What it says, in a sentence.
    pub doc: &'static str,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub kind: Kind,
    /// What a row is, in a sentence.
    pub doc: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Columns that say which row it is. A single whole number is the row's number.
    pub key: &'static [&'static str],
    /// Further columns of which no two rows have the same.
    pub unique: &'static [&'static [&'static str]],
    /// Columns that rows are looked up by.
    pub indexes: &'static [&'static [&'static str]],
}

impl Table {
    /// The names of its columns, with commas.
    pub fn list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        names
            .iter()
            .map(|name| quoted(name))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The statement that adds a row.
    pub fn insert(&self) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|n| format!("?{n}")).collect();
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.name,
            self.list(),
            places.join(", ")
        )
    }

    /// The statement that adds a row unless there is one with its key.
    pub fn insert_if_new(&self) -> String {
        format!("{} ON CONFLICT DO NOTHING", self.insert())
    }

    /// The query that gives all rows in order of their keys, with an optional condition in front of the order.
    pub fn select(&self, condition: &str) -> String {
        let key: Vec<String> = self.key.iter().map(|name| quoted(name)).collect();
        let filter = if condition.is_empty() {
            String::new()
        } else {
            format!(" WHERE {condition}")
        };
        // Byte order, whatever the server's language is.
        format!(
            "SELECT {} FROM {}{filter} ORDER BY {}",
            self.list(),
            self.name,
            key.join(", ")
        )
    }

    /// The place of a column among the others.
    ///
    /// # Panics
    ///
    /// When the table has no such column, which is a mistake in the code.
    pub fn at(&self, column: &str) -> usize {
        let found = self.columns.iter().position(|own| own.name == column);
        found.unwrap_or_else(|| panic!("table {} has no column {column}", self.name))
    }
}

/// A name that stands in SQL; `end` and the like are words of the language.
pub fn quoted(name: &str) -> String {
    match name {
        "end" | "start" | "value" | "values" | "at" | "number" | "who" | "text" | "when"
        | "exact" | "key" | "kind" | "into" | "of" | "next" => format!("\"{name}\""),
        _ => name.to_owned(),
    }
}
