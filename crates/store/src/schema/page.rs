//! The page that explains the tables, made from the list of them.

use std::fmt::Write as _;

use super::{Holds, TABLES, VERSION, VIEWS};

/// The page in Markdown; `docs/casebook-tables.md` is it, which a test holds.
pub fn page() -> String {
    let mut out = format!(
        "# The tables of a casebook\n\n\
         Schema {VERSION}. `crates/store` makes this page from its list of tables; `make schema` renews it.\n\n\
         A casebook is a folder: `casebook.sqlite`, which any SQLite program opens, and `bytes/`, the reports as \
         received, each in gzip under the SHA-256 of its content. In PostgreSQL the tables are the same and the bytes \
         lie in one more, `stored_bytes`.\n\n\
         What a table is for says when it changes. *Kept*: what came in and what people decided; rows are added, \
         never changed. *Given*: what the program once decided and stands by. *Derived*: what was read and \
         reconciled; it may be deleted and `crossbearing run` makes it again, the same to the byte. *Working*: what \
         the program needs to go on. *Access*: who may log in and who is logged in; it goes into no export, and of it \
         only the accounts go with `copy-casebook`.\n\n\
         Offsets count Unicode code points. Times are UTC. An empty column says that nothing is known.\n\n\
         Numbers are what sources report, by the rule named; a casebook does not say what happened.\n\n\
         ## Views\n\n"
    );
    for view in VIEWS {
        let _ = writeln!(out, "- `{}`: {}", view.name, view.doc);
    }
    out.push_str("\n## Tables\n");
    for table in TABLES {
        let _ = writeln!(
            out,
            "\n### {} ({})\n\n{}\n\n| column | holds | |\n|---|---|---|",
            table.name,
            table.kind.name(),
            table.doc
        );
        for column in table.columns {
            let holds = match column.holds {
                Holds::Integer => "whole number",
                Holds::Real => "number",
                Holds::Words => "words",
                Holds::Json => "JSON",
                Holds::Time => "time",
                Holds::Bytes => "bytes",
            };
            let mark = if table.key.contains(&column.name) {
                ", key"
            } else if column.optional {
                ", may be empty"
            } else {
                ""
            };
            let to = column
                .refers
                .map(|(table, of)| format!(" A row of `{table}` by `{of}`."))
                .unwrap_or_default();
            let _ = writeln!(
                out,
                "| `{}` | {holds}{mark} | {}{to} |",
                column.name, column.doc
            );
        }
    }
    out
}
