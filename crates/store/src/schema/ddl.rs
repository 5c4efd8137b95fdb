//! The tables in the SQL of each engine.

use std::fmt::Write as _;

use super::{Column, Holds, TABLES, Table, VIEWS, quoted};
use crate::database::Dialect;

/// Indexes of words: name, and what their rows' numbers are.
pub const SEARCHED: [(&str, &str); 3] = [
    ("search_reports", "reports"),
    ("search_claims", "claims"),
    ("search_names", "names"),
];

/// The statements that make a casebook's tables, views and indexes.
pub fn create(dialect: Dialect) -> String {
    let mut out = String::new();
    for table in TABLES {
        make(&mut out, table, dialect);
    }
    for (name, _) in SEARCHED {
        // Words come folded; no positions are kept, a third of the index with them: phrases are looked for in the
        // texts.
        let _ = match dialect {
            Dialect::Sqlite => writeln!(
                out,
                "CREATE VIRTUAL TABLE {name} USING fts5(words, content='', contentless_delete=1, detail=none, \
                 tokenize=ascii);\n\
                 INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 16777216);"
            ),
            Dialect::Postgres => writeln!(
                out,
                "CREATE TABLE {name} (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);\n\
                 CREATE INDEX {name}_words ON {name} USING GIN (words);"
            ),
        };
    }
    // Whether a page was fetched before is asked by its address; of a file that is never asked.
    out.push_str(
        "CREATE INDEX captures_fetched ON captures (address) WHERE method IN ('http', 'feed', 'feed-text');\n",
    );
    if dialect == Dialect::Postgres {
        // What lies in files beside an SQLite casebook.
        out.push_str(
            "CREATE TABLE stored_bytes (sha256 BYTEA PRIMARY KEY, packed BYTEA NOT NULL);\n",
        );
    }
    for view in VIEWS {
        let _ = writeln!(out, "CREATE VIEW {} AS {};", view.name, view.query(dialect));
    }
    out
}

fn make(out: &mut String, table: &Table, dialect: Dialect) {
    let own_number =
        matches!(table.key, [one] if table.columns[table.at(one)].holds == Holds::Integer);
    let mut parts: Vec<String> = Vec::new();
    for column in table.columns {
        let mut part = format!("{} {}", quoted(column.name), kind(column, dialect));
        if own_number && table.key == [column.name] {
            part.push_str(" PRIMARY KEY");
        } else if !column.optional {
            part.push_str(" NOT NULL");
        }
        if let Some((to, of)) = column.refers {
            let _ = write!(part, " REFERENCES {to}({})", quoted(of));
        }
        parts.push(part);
    }
    let list = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        names.join(", ")
    };
    if !own_number {
        parts.push(format!("PRIMARY KEY ({})", list(table.key)));
    }
    for names in table.unique {
        parts.push(format!("UNIQUE ({})", list(names)));
    }
    let tail = match dialect {
        Dialect::Sqlite => " STRICT",
        Dialect::Postgres => "",
    };
    let _ = writeln!(
        out,
        "CREATE TABLE {} (\n  {}\n){tail};",
        table.name,
        parts.join(",\n  ")
    );
    for names in table.indexes {
        let _ = writeln!(
            out,
            "CREATE INDEX {}_{} ON {} ({});",
            table.name,
            index_name(names),
            table.name,
            list(names)
        );
    }
}

/// The columns of an index in its name; of many the first, as PostgreSQL cuts long names.
fn index_name(names: &[&str]) -> String {
    match names {
        [first, .., _] if names.len() > 4 => format!("{first}_and_more"),
        names => names.join("_"),
    }
}

fn kind(column: &Column, dialect: Dialect) -> &'static str {
    match (column.holds, dialect) {
        (Holds::Integer, Dialect::Sqlite) => "INTEGER",
        (Holds::Integer, Dialect::Postgres) => "BIGINT",
        (Holds::Real, Dialect::Sqlite) => "REAL",
        (Holds::Real, Dialect::Postgres) => "DOUBLE PRECISION",
        (Holds::Words | Holds::Json | Holds::Time, Dialect::Sqlite) => "TEXT",
        // Byte order, so that both engines sort alike whatever the server's language is.
        (Holds::Words | Holds::Json | Holds::Time, Dialect::Postgres) => "TEXT COLLATE \"C\"",
        (Holds::Bytes, Dialect::Sqlite) => "BLOB",
        (Holds::Bytes, Dialect::Postgres) => "BYTEA",
    }
}
