//! Tables of what came in, what was decided, and what the program needs to go on.

use super::{
    super::{
        Holds::{Bytes, Integer, Json, Time, Words},
        Kind::{Given, Kept, Working},
        Table,
    },
    column::{NONE, col, opt, refer},
};

pub(super) const SETTINGS: Table = Table {
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
};

pub(super) const TEXTS: Table = Table {
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
};

pub(super) const REPORTS: Table = Table {
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
            "When it was published, with precision and words; only the words where it is the day of the next \
             column; empty where the words are that day.",
        ),
        opt("published_day", Words, "The day of it, `2031-03-04`."),
        opt("language", Words, "Its language, where the page says it."),
        col(
            "report",
            Json,
            "What else is known of it, as the program writes a report, without what is usual: UTF-8, plain text, an \
             outlet.",
        ),
        opt("notes", Json, "What was odd about the bytes or the page."),
    ],
    key: &["seq"],
    unique: &[&["id"]],
    indexes: NONE,
};

pub(super) const CAPTURES: Table = Table {
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
        col(
            "method",
            Words,
            "How: `file`, `stdin`, `http`, `archive`, `pasted`, `feed` (the page of an item), `feed-text` (what its \
             feed holds of it).",
        ),
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
            "The files that hold it, outermost first, and its place in each; or the feed and item that led to it.",
        ),
    ],
    key: &["seq"],
    unique: NONE,
    indexes: &[&["report"]],
};

pub(super) const JUDGEMENTS: Table = Table {
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
            "`accept`, `reject`, `correct`, `add` (a claim), `same`, `different` (two reports), `merge`, `split`, \
             `move` (incidents), `undo`.",
        ),
        col(
            "subject",
            Words,
            "What it is on: id of a claim, proposal, report, incident, or of the judgement undone.",
        ),
        opt(
            "other",
            Words,
            "The second report or incident; the report to which a claim is added, or proposed.",
        ),
        opt(
            "field",
            Words,
            "What was corrected: `value`, `scope`, `stance`, `speaker`.",
        ),
        opt(
            "value",
            Json,
            "What it was corrected to, the claim that was added, or which reports were split off.",
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
    indexes: &[&["subject"], &["other"]],
};

pub(super) const TOMBSTONES: Table = Table {
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
};

pub(super) const LOG: Table = Table {
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
    indexes: &[&["subject", "seq"]],
};

pub(super) const STEPS: Table = Table {
    name: "steps",
    kind: Given,
    doc: "Each time that reports were linked: up to which report and which judgement. What is derived is made \
     again \
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
};

pub(super) const CASES: Table = Table {
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
};

pub(super) const CASE_MEMBERS: Table = Table {
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
};

pub(super) const FEEDS: Table = Table {
    name: "feeds",
    kind: Working,
    doc: "Feeds that are watched.",
    columns: &[
        col("address", Words, "Its address."),
        opt("title", Words, "Its title."),
        opt("etag", Words, "What the server called its last state."),
        opt("modified", Words, "When the server said it had changed."),
        col("added", Time, "When it came onto the list."),
        opt("checked", Time, "When it was asked last."),
        opt("next", Time, "When it may be asked again."),
        col("failures", Integer, "How often in a row it failed."),
        opt("error", Words, "Why it failed last."),
    ],
    key: &["address"],
    unique: NONE,
    indexes: NONE,
};

pub(super) const FEED_ITEMS: Table = Table {
    name: "feed_items",
    kind: Working,
    doc: "Items that feeds told of, so that none is fetched twice. They stay when a feed is taken off the list.",
    columns: &[
        col("feed", Words, "Address of the feed."),
        col(
            "item",
            Words,
            "Hash of what the feed calls it, twenty digits.",
        ),
        opt(
            "link_hash",
            Words,
            "Hash of its link, twenty digits: another feed may tell of it too.",
        ),
        opt(
            "link",
            Words,
            "Its link; empty once its report is taken, whose captures have it.",
        ),
        opt("published", Words, "When it was published, says the feed."),
        col("seen", Time, "When it was first seen."),
        col(
            "state",
            Words,
            "`waiting` to be fetched, `taken`, `known` (it came in another way), `passed` over, `failed` for good.",
        ),
        opt("report", Words, "Id of the report that came of it."),
        col("tries", Integer, "How often it was tried in vain."),
        opt("next", Time, "When it may be tried again."),
        opt("error", Words, "Why it failed last."),
    ],
    key: &["feed", "item"],
    unique: NONE,
    indexes: &[&["link_hash"]],
};
