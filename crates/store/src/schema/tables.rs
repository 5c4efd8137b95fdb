//! The list of tables.

use super::{
    Column,
    Holds::{self, Bytes, Integer, Json, Real, Time, Words},
    Kind::{Derived, Given, Kept, Working},
    Table,
};

const fn col(name: &'static str, holds: Holds, doc: &'static str) -> Column {
    Column {
        name,
        holds,
        optional: false,
        refers: None,
        doc,
    }
}

const fn opt(name: &'static str, holds: Holds, doc: &'static str) -> Column {
    Column {
        optional: true,
        ..col(name, holds, doc)
    }
}

const fn refer(
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

const NONE: &[&[&str]] = &[];

/// A table by its name.
///
/// # Panics
///
/// When there is none, which is a mistake in the code.
pub fn table(name: &str) -> &'static Table {
    let found = TABLES.iter().find(|table| table.name == name);
    found.unwrap_or_else(|| panic!("no table {name}"))
}

/// All tables; one stands after those that it names rows of.
pub const TABLES: &[Table] = &[
    Table {
        name: "settings",
        kind: Working,
        doc: "What holds for the casebook as a whole.",
        columns: &[
            col("name", Words, "Which setting."),
            col("value", Words, "What it is set to."),
        ],
        key: &["name"],
        unique: NONE,
        indexes: NONE,
    },
    Table {
        name: "texts",
        kind: Kept,
        doc: "The plain text of a report, as it was taken from the bytes once. Quotes count its Unicode code points.",
        columns: &[
            col("id", Words, "Hash of the text, `t:` and twenty digits."),
            col(
                "text",
                Words,
                "The text; page furniture is marked in `blocks`, not cut.",
            ),
            col(
                "blocks",
                Json,
                "Its blocks: `[start, end, kind]`, in code points, the end left out.",
            ),
            col(
                "made_by",
                Words,
                "Version of the program that took it from the bytes.",
            ),
        ],
        key: &["id"],
        unique: NONE,
        indexes: NONE,
    },
    Table {
        name: "reports",
        kind: Kept,
        doc: "One thing that a source published.",
        columns: &[
            col(
                "seq",
                Integer,
                "Number in the order in which reports were added, from 1.",
            ),
            col(
                "id",
                Words,
                "Hash of bytes and address, `r:` and twenty digits.",
            ),
            refer("text", Words, ("texts", "id"), "Its plain text."),
            col("source", Words, "Id of the outlet or channel."),
            opt("source_name", Words, "Its name."),
            opt("title", Words, "The headline."),
            opt("byline", Words, "Who wrote it."),
            opt("url", Words, "Its address."),
            opt(
                "published",
                Json,
                "When it was published, with precision and words; only the words where it is the day of the next column.",
            ),
            opt("published_day", Words, "The day of it, `2031-03-04`."),
            opt("language", Words, "Its language, where the page says it."),
            col(
                "report",
                Json,
                "What else is known of it, as the program writes a report.",
            ),
            opt("notes", Json, "What was odd about the bytes or the page."),
        ],
        key: &["seq"],
        unique: &[&["id"]],
        indexes: &[&["published_day"]],
    },
    Table {
        name: "captures",
        kind: Kept,
        doc: "One time at which bytes were received: the start of the chain of custody. The same bytes received twice \
              are two captures of one report.",
        columns: &[
            col("seq", Integer, "Number in order, from 1."),
            refer(
                "report",
                Words,
                ("reports", "id"),
                "The report that the bytes are.",
            ),
            col("sha256", Bytes, "SHA-256 of the bytes as received."),
            col("bytes", Integer, "How many bytes."),
            col(
                "media_type",
                Words,
                "What they are, as found or as the server said.",
            ),
            opt(
                "address",
                Words,
                "File name or address they were asked for at.",
            ),
            opt(
                "final_address",
                Words,
                "Address that gave them, after redirects.",
            ),
            opt("redirects", Json, "Addresses in between."),
            col("received", Time, "When they were received."),
            col("method", Words, "How: `file`, `stdin`, `http`, `archive`."),
            col("tool", Words, "Version of the program that received them."),
            opt("operator", Words, "Who ran it."),
            opt("status", Integer, "Status of the HTTP response."),
            opt(
                "headers",
                Json,
                "Headers of the response: `[[name, value]]`.",
            ),
            opt(
                "container",
                Json,
                "The files that hold it, outermost first, and its place in each.",
            ),
        ],
        key: &["seq"],
        unique: NONE,
        indexes: &[&["report"]],
    },
    Table {
        name: "judgements",
        kind: Kept,
        doc: "What a person decided. The latest one on a thing holds, unless a later one takes it back.",
        columns: &[
            col("seq", Integer, "Number in order, from 1."),
            col(
                "id",
                Words,
                "Hash of the judgement, `j:` and twenty digits.",
            ),
            col("at", Time, "When."),
            col("who", Words, "Who decided."),
            col(
                "kind",
                Words,
                "`accept`, `reject`, `correct` (a claim), `same`, `different` (two reports), `merge`, `split`, `move` \
                 (incidents), `undo`.",
            ),
            col(
                "subject",
                Words,
                "What it is on: id of a claim, report, incident, or of the judgement undone.",
            ),
            opt("other", Words, "The second report or incident."),
            opt(
                "field",
                Words,
                "What was corrected: `value`, `scope`, `stance`, `speaker`.",
            ),
            opt(
                "value",
                Json,
                "What it was corrected to, or which reports were split off.",
            ),
            col("reason", Words, "Why."),
            opt(
                "before",
                Json,
                "What stood there when it was decided: a better reader may say something else later.",
            ),
        ],
        key: &["seq"],
        unique: &[&["id"]],
        indexes: &[&["subject"]],
    },
    Table {
        name: "tombstones",
        kind: Kept,
        doc: "What a purge took out: that it was there, what its bytes hashed to, and why it went.",
        columns: &[
            col("seq", Integer, "Number that the report had."),
            col("report", Words, "Id of the report."),
            col("text", Words, "Id of its text."),
            col(
                "gone",
                Json,
                "What went with it: `captures` with number and SHA-256, `judgements` on its claims by id.",
            ),
            col("at", Time, "When it was purged."),
            col("who", Words, "By whom."),
            col("reason", Words, "Why."),
        ],
        key: &["seq"],
        unique: &[&["report"]],
        indexes: NONE,
    },
    Table {
        name: "log",
        kind: Kept,
        doc: "Everything that happened, in order. Each entry's hash is over the one before it and its own content, so \
              that none can be changed, taken out or put in without all later ones failing.",
        columns: &[
            col("seq", Integer, "Number in order, from 1."),
            col("at", Time, "When."),
            col(
                "what",
                Words,
                "What happened: `made`, `added`, `received`, `read`, `linked`, `reconciled`, `judged` …",
            ),
            col("who", Words, "Who ran the program, or who decided."),
            col("subject", Words, "Id of what it happened to."),
            opt("detail", Json, "What else is to be known."),
            opt("digest", Bytes, "SHA-256 of the rows that it vouches for."),
            col(
                "hash",
                Bytes,
                "SHA-256 of the hash before and of this entry.",
            ),
        ],
        key: &["seq"],
        unique: NONE,
        indexes: NONE,
    },
    Table {
        name: "steps",
        kind: Given,
        doc: "Each time that reports were linked: up to which report and which judgement. What is derived is made again \
              by the same steps.",
        columns: &[
            col("number", Integer, "Number in order, from 1."),
            col(
                "reader",
                Words,
                "Version of the reader whose readings were linked.",
            ),
            col("reports_to", Integer, "Number of the last report in it."),
            col(
                "judgements_to",
                Integer,
                "Number of the last judgement in it.",
            ),
            col(
                "anew",
                Integer,
                "1 where all reports were linked anew, whatever was linked before.",
            ),
        ],
        key: &["number"],
        unique: NONE,
        indexes: NONE,
    },
    Table {
        name: "cases",
        kind: Given,
        doc: "The lasting name of an incident, given once, and what became of it.",
        columns: &[
            col("id", Words, "The case id, `k:` and twenty digits."),
            col("step", Integer, "The step in which it was given."),
            col(
                "state",
                Words,
                "`open`, `merged` (into another), `empty` (no report tells of it any more).",
            ),
            opt("merged_into", Words, "The case that it went into."),
            opt("split_from", Words, "The case that it was split off."),
        ],
        key: &["id"],
        unique: NONE,
        indexes: NONE,
    },
    Table {
        name: "case_members",
        kind: Given,
        doc: "What an open case is made of: by this an incident is known again.",
        columns: &[
            refer("case_id", Words, ("cases", "id"), "The case."),
            col(
                "part",
                Words,
                "Id of a report, or of the account in a report that tells of it in passing.",
            ),
            opt("published", Words, "When the report was published."),
        ],
        key: &["case_id", "part"],
        unique: NONE,
        indexes: &[&["part"]],
    },
    Table {
        name: "readings",
        kind: Derived,
        doc: "What one version of the reader made of a report, whole.",
        columns: &[
            refer("report", Words, ("reports", "id"), "The report."),
            col("reader", Words, "Version of the reader."),
            opt(
                "reading",
                Bytes,
                "The reading as JSON, in gzip; empty where reading failed.",
            ),
            opt("failed", Words, "Why reading failed."),
            opt(
                "scope",
                Words,
                "Why nothing in it was read: nothing violent, another language.",
            ),
        ],
        key: &["report"],
        unique: NONE,
        indexes: &[&["reader"]],
    },
    Table {
        name: "accounts",
        kind: Derived,
        doc: "One report's version of one happening.",
        columns: &[
            col("id", Words, "Its id, `a:` and twenty digits."),
            refer("report", Words, ("reports", "id"), "The report."),
            col("number", Integer, "Its place in the report, from 0."),
            col("kind", Words, "`main`, `further`, `period`, `background`."),
            col(
                "label",
                Words,
                "What it is about, where the report says it.",
            ),
        ],
        key: &["id"],
        unique: NONE,
        indexes: &[&["report"]],
    },
    Table {
        name: "claims",
        kind: Derived,
        doc: "One reported statement: this slot is this value, for these people, as of then, says so-and-so, in these words.",
        columns: &[
            col(
                "seq",
                Integer,
                "Number of the report times 65,536, plus the claim's place in the report.",
            ),
            col("id", Words, "Its id, `c:` and twenty digits."),
            refer("report", Words, ("reports", "id"), "The report."),
            refer(
                "account",
                Words,
                ("accounts", "id"),
                "The account that it is part of.",
            ),
            col("slot", Words, "What it is about: `killed`, `where` …"),
            opt(
                "low",
                Integer,
                "Of a count: the lowest number that its words allow.",
            ),
            opt(
                "high",
                Integer,
                "Of a count: the highest; empty where there is no upper end.",
            ),
            opt(
                "bound",
                Words,
                "Of a count: how it was said, `exact`, `at_least` …",
            ),
            opt("words", Words, "The words of the value."),
            col(
                "who",
                Words,
                "Whom it counts or is about, in words; `all` where nothing narrows it.",
            ),
            opt("as_of", Words, "As of when, in the reader's reckoning."),
            col(
                "stance",
                Words,
                "How firmly: `asserted`, `reported`, `claimed`, `possible`, `denied`, `unconfirmed`.",
            ),
            col(
                "speakers",
                Words,
                "Who says so, from the one who knows to the outlet that prints it.",
            ),
            col("quote", Words, "The words that it rests on."),
            col("rule", Words, "The rule that made it."),
            col("reader", Words, "The version of the reader that made it."),
            col("claim", Json, "The claim, whole."),
        ],
        key: &["seq"],
        unique: NONE,
        indexes: &[&["id"], &["report"], &["slot"]],
    },
    Table {
        name: "quotes",
        kind: Derived,
        doc: "The words that a claim rests on, and where they stand in which text.",
        columns: &[
            refer("claim_seq", Integer, ("claims", "seq"), "The claim."),
            col(
                "number",
                Integer,
                "Its place among the claim's quotes, from 0.",
            ),
            refer("text", Words, ("texts", "id"), "The text."),
            col("start", Integer, "First code point."),
            col("end", Integer, "One past the last code point."),
            col("exact", Words, "The words."),
        ],
        key: &["claim_seq", "number"],
        unique: NONE,
        indexes: NONE,
    },
    Table {
        name: "names",
        kind: Derived,
        doc: "Persons, bodies and places that a report's claims name.",
        columns: &[
            col(
                "seq",
                Integer,
                "Number of the report times 65,536, plus the name's place in the report.",
            ),
            refer("report", Words, ("reports", "id"), "The report."),
            col("kind", Words, "`speaker`, `party` or `place`."),
            col("name", Words, "The name as the report writes it."),
        ],
        key: &["seq"],
        unique: NONE,
        indexes: &[&["report"]],
    },
    Table {
        name: "incidents",
        kind: Derived,
        doc: "One row an incident: what is reported of it. Numbers are claims of the sources, by the rule named.",
        columns: &[
            refer("case_id", Words, ("cases", "id"), "Its lasting name."),
            col(
                "version",
                Words,
                "Hash of what it is made of, `i:` and twenty digits.",
            ),
            col("title", Words, "A line on it."),
            opt("day_from", Words, "First day, `2031-03-04`."),
            opt("day_to", Words, "Last day."),
            opt("place", Words, "Where, as named."),
            opt("country", Words, "Country, where the place is known."),
            opt("latitude", Real, "Degrees north."),
            opt("longitude", Real, "Degrees east."),
            opt("kind", Words, "What kind of event."),
            opt(
                "killed",
                Integer,
                "Killed: the figure on the first screen of the dossier.",
            ),
            opt("killed_low", Integer, "Killed: lowest, by the rule `ucdp`."),
            opt("killed_best", Integer, "Killed: best, by the rule `ucdp`."),
            opt(
                "killed_high",
                Integer,
                "Killed: highest, by the rule `ucdp`.",
            ),
            opt(
                "injured",
                Integer,
                "Injured: the figure on the first screen.",
            ),
            opt(
                "injured_low",
                Integer,
                "Injured: lowest, by the rule `ucdp`.",
            ),
            opt("injured_best", Integer, "Injured: best."),
            opt("injured_high", Integer, "Injured: highest."),
            col("reports", Integer, "How many reports tell of it."),
            col("voices", Integer, "How many independent voices."),
            col(
                "disputed",
                Words,
                "Slots on which voices differ, with commas; empty where none.",
            ),
            col(
                "passing",
                Integer,
                "1 where reports tell of it in passing only.",
            ),
            col("judged", Integer, "How many judgements bear on it."),
            col("dossier", Bytes, "The dossier as JSON, in gzip."),
        ],
        key: &["case_id"],
        unique: NONE,
        indexes: &[&["day_from"], &["country"]],
    },
    Table {
        name: "incident_reports",
        kind: Derived,
        doc: "Which reports tell of which incident.",
        columns: &[
            refer("case_id", Words, ("incidents", "case_id"), "The incident."),
            refer("report", Words, ("reports", "id"), "The report."),
            opt(
                "account",
                Words,
                "The account that tells of it, where the report is about something else.",
            ),
        ],
        key: &["case_id", "report"],
        unique: NONE,
        indexes: &[&["report"]],
    },
    Table {
        name: "findings",
        kind: Derived,
        doc: "What stands on one slot of an incident.",
        columns: &[
            refer("case_id", Words, ("incidents", "case_id"), "The incident."),
            col("id", Words, "Its id, `f:` and twenty digits."),
            col("number", Integer, "Its place in the dossier, from 0."),
            col("slot", Words, "What it is about."),
            col("who", Words, "Whom it counts or is about."),
            col(
                "verdict",
                Words,
                "`single-origin`, `corroborated`, `revised`, `disputed`.",
            ),
            col("positions", Integer, "How many different values stand."),
            col("voices", Integer, "How many independent voices speak."),
        ],
        key: &["case_id", "id"],
        unique: NONE,
        indexes: NONE,
    },
    Table {
        name: "relations",
        kind: Derived,
        doc: "How two claims of an incident bear on each other.",
        columns: &[
            refer("case_id", Words, ("incidents", "case_id"), "The incident."),
            col("number", Integer, "Its place in the dossier, from 0."),
            col("finding", Words, "The finding."),
            col("a", Words, "One claim."),
            col("b", Words, "The other."),
            col(
                "kind",
                Words,
                "`compatible`, `contradicts`, `revises`, `part_of` …",
            ),
            col("why", Words, "Why."),
        ],
        key: &["case_id", "number"],
        unique: NONE,
        indexes: NONE,
    },
    Table {
        name: "near_duplicates",
        kind: Derived,
        doc: "Reports of an incident that copy another one, in nearly all their words.",
        columns: &[
            refer("case_id", Words, ("incidents", "case_id"), "The incident."),
            refer("report", Words, ("reports", "id"), "The report."),
            refer("of", Words, ("reports", "id"), "The one that it copies."),
            opt(
                "overlap",
                Real,
                "Share of its runs of five words that the other has, 0 to 1.",
            ),
        ],
        key: &["case_id", "report", "of"],
        unique: NONE,
        indexes: &[&["report"]],
    },
    Table {
        name: "feeds",
        kind: Working,
        doc: "Feeds that are watched.",
        columns: &[
            col("address", Words, "Its address."),
            opt("title", Words, "Its title."),
            opt("etag", Words, "What the server called its last state."),
            opt("modified", Words, "When the server said it had changed."),
            opt("checked", Time, "When it was asked last."),
            opt("next", Time, "When it may be asked again."),
            col("failures", Integer, "How often in a row it failed."),
            opt("error", Words, "Why it failed last."),
        ],
        key: &["address"],
        unique: NONE,
        indexes: NONE,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tables_stand_after_those_they_name() {
        let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
        for table in TABLES {
            for column in table.columns {
                if let Some(to) = column.refers {
                    assert!(seen.contains(&to), "{}.{}", table.name, column.name);
                }
                assert!(
                    column.doc.ends_with('.') || column.doc.ends_with('…'),
                    "{}",
                    column.doc
                );
            }
            seen.extend(table.columns.iter().map(|column| (table.name, column.name)));
            for name in table
                .key
                .iter()
                .chain(table.unique.iter().copied().flatten())
            {
                table.at(name);
            }
            for name in table.indexes.iter().copied().flatten() {
                table.at(name);
            }
        }
    }
}
