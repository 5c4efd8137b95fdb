//! Views: the tables that people ask for.

use crate::database::Dialect;

/// A view.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// What a row is.
    pub doc: &'static str,
    /// The query; `HEX(x)` stands for the bytes of x in hexadecimal.
    query: &'static str,
}

impl View {
    /// The query in an engine's SQL.
    pub fn query(&self, dialect: Dialect) -> String {
        let (before, after) = match dialect {
            Dialect::Sqlite => ("lower(hex(", "))"),
            Dialect::Postgres => ("encode(", ", 'hex')"),
        };
        let mut out = String::new();
        let mut rest = self.query;
        while let Some(at) = rest.find("HEX(") {
            out.push_str(&rest[..at]);
            let inner = &rest[at + 4..];
            let end = inner.find(')').unwrap_or(inner.len());
            out.push_str(before);
            out.push_str(&inner[..end]);
            out.push_str(after);
            rest = inner.get(end + 1..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }
}

/// All views.
pub const VIEWS: &[View] = &[
    View {
        name: "incident_list",
        doc: "One row an incident: when, where, what, killed and injured from lowest to highest, and what is disputed.",
        query: "SELECT case_id, title, day_from, day_to, place, country, latitude, longitude, radius, kind, killed, \
         killed_low, \
                killed_best, killed_high, injured, injured_low, injured_best, injured_high, reports, voices, \
                 disputed, passing, \
                judged, version FROM incidents",
    },
    View {
        name: "claim_list",
        doc: "One row a claim, with its words, who says it, the report and the incident that it is part of. A claim of \
              no incident has an empty case_id.",
        query: "SELECT c.id AS claim, ir.case_id, c.slot, c.low, c.high, c.bound, c.words, c.who, c.as_of, c.stance, \
                c.speakers, c.quote, r.id AS report, r.source_name AS outlet, r.published_day, r.title, r.url, c.rule, \
                c.reader, a.kind AS account_kind FROM claims c JOIN reports r ON r.id = c.report JOIN accounts a ON \
                a.id = c.account LEFT JOIN incident_reports ir ON ir.report = c.report AND ((ir.account IS NULL AND \
                a.kind = 'main') OR ir.account = c.account)",
    },
    View {
        name: "report_list",
        doc: "One row a report, with its last capture.",
        query: "SELECT r.seq, r.id, r.title, r.source_name AS outlet, r.published_day, r.url, r.language, \
                (SELECT min(n.\"of\") FROM near_duplicates n WHERE n.report = r.id) AS near_duplicate_of, c.received, \
                 c.method, c.address, HEX(c.sha256) AS sha256, c.bytes \
                FROM reports r JOIN captures c ON c.seq = (SELECT max(l.seq) FROM captures l WHERE l.report = r.id) ",
    },
    View {
        name: "custody_list",
        doc: "The log with its hashes in hexadecimal.",
        query: "SELECT seq, at, what, who, subject, detail, HEX(digest) AS digest, HEX(hash) AS hash FROM log",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_shown_in_hexadecimal() {
        let view = View {
            name: "v",
            doc: "",
            query: "SELECT HEX(a.b) AS c, HEX(d) FROM t",
        };
        assert_eq!(
            view.query(Dialect::Sqlite),
            "SELECT lower(hex(a.b)) AS c, lower(hex(d)) FROM t"
        );
        assert_eq!(
            view.query(Dialect::Postgres),
            "SELECT encode(a.b, 'hex') AS c, encode(d, 'hex') FROM t"
        );
    }
}
