//! Tables of what was read and reconciled.

use super::{
    super::{
        Holds::{Bytes, Integer, Json, Real, Words},
        Kind::Derived,
        Table,
    },
    column::{NONE, col, opt, refer},
};

pub(super) const READINGS: Table = Table {
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
};

pub(super) const ACCOUNTS: Table = Table {
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
};

pub(super) const CLAIMS: Table = Table {
    name: "claims",
    kind: Derived,
    doc: "One reported statement: this slot is this value, for these people, as of then, says so-and-so, in these \
     words.",
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
    indexes: &[&["id"], &["report"], &["slot"], &["account"]],
};

pub(super) const QUOTES: Table = Table {
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
};

pub(super) const NAMES: Table = Table {
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
};

pub(super) const INCIDENTS: Table = Table {
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
        opt("radius", Real, "Metres within which the place lies."),
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
    // One index has all that lists are filtered and ordered by: rows are wide, with a dossier in each.
    indexes: &[&[
        "day_from",
        "case_id",
        "day_to",
        "passing",
        "country",
        "kind",
        "disputed",
        "judged",
        "killed_best",
        "killed",
        "voices",
    ]],
};

pub(super) const INCIDENT_REPORTS: Table = Table {
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
};

pub(super) const FINDINGS: Table = Table {
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
        col(
            "stakes",
            Integer,
            "How much is at stake in a decision on it: a number to order by, tolls far apart first.",
        ),
        col(
            "judged",
            Integer,
            "How many of its claims a person decided on.",
        ),
    ],
    key: &["case_id", "id"],
    unique: NONE,
    indexes: &[&["verdict", "stakes", "judged"]],
};

pub(super) const RELATIONS: Table = Table {
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
};

pub(super) const NEAR_DUPLICATES: Table = Table {
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
};

pub(super) const ORIGINS: Table = Table {
    name: "origins",
    kind: Derived,
    doc: "The origins of what is said of an incident, once copies are seen through.",
    columns: &[
        refer("case_id", Words, ("incidents", "case_id"), "The incident."),
        col("id", Words, "Its id, `o:` and twenty digits."),
        col("label", Words, "Its name, as printed."),
        col(
            "kind",
            Words,
            "`speaker`, `publisher`, `agency`, `unnamed` (which is no voice).",
        ),
        col(
            "interested",
            Integer,
            "1 where it is a party to what is reported, speaking for itself.",
        ),
        col("claims", Integer, "How many claims are its own."),
        col("reports", Integer, "How many reports carry it."),
    ],
    key: &["case_id", "id"],
    unique: NONE,
    indexes: NONE,
};

pub(super) const LINEAGE: Table = Table {
    name: "lineage",
    kind: Derived,
    doc: "Which report of an incident leans on which, or on an outlet that is not among the reports.",
    columns: &[
        refer("case_id", Words, ("incidents", "case_id"), "The incident."),
        col("number", Integer, "Its place in the dossier, from 0."),
        refer("report", Words, ("reports", "id"), "The report that leans."),
        opt("of", Words, "The one that it leans on."),
        opt("named", Words, "The outlet that it leans on, by name."),
        col(
            "kind",
            Words,
            "`copies`, `shares_passages`, `cites`, `same_agency`.",
        ),
    ],
    key: &["case_id", "number"],
    unique: NONE,
    indexes: &[&["report"]],
};
