//! Tables of what a language model proposes: no claims, until a person takes one.

use super::{
    super::{
        Holds::{Integer, Json, Time, Words},
        Kind::Working,
        Table,
    },
    column::{NONE, col, opt, refer},
};

pub(super) const PROPOSALS: Table = Table {
    name: "proposals",
    kind: Working,
    doc: "What a language model proposes that a report says. It is no claim and counts nowhere: a judgement of kind \
          `add` makes one of it, one of kind `reject` says that it is none.",
    columns: &[
        col("seq", Integer, "Number in order, from 1."),
        col(
            "id",
            Words,
            "`p:` and the twenty digits of the claim that it would be.",
        ),
        refer("report", Words, ("reports", "id"), "The report."),
        col("claim", Json, "The claim that it would be."),
        col("model", Words, "The model, as it was asked for."),
        col(
            "prompt",
            Words,
            "Hash of what the model was told to do, twelve digits.",
        ),
        col("at", Time, "When it was proposed."),
    ],
    key: &["seq"],
    unique: &[&["id"]],
    indexes: &[&["report"]],
};

pub(super) const PROPOSAL_REQUESTS: Table = Table {
    name: "proposal_requests",
    kind: Working,
    doc: "Which texts a language model was asked about, so that none is sent twice, and what that cost.",
    columns: &[
        col("text", Words, "Id of the text."),
        col("model", Words, "The model, as it was asked for."),
        col(
            "prompt",
            Words,
            "Hash of what the model was told to do, twelve digits.",
        ),
        col("host", Words, "Where the text was sent."),
        col("at", Time, "When."),
        col(
            "requests",
            Integer,
            "In how many requests: a long text goes in pieces.",
        ),
        opt(
            "tokens_in",
            Integer,
            "Tokens sent, as the server counts them.",
        ),
        opt(
            "tokens_out",
            Integer,
            "Tokens of the answers, as the server counts them.",
        ),
        col("milliseconds", Integer, "Time that the answers took."),
        col(
            "proposed",
            Integer,
            "Proposals that were held to the text and kept.",
        ),
        col(
            "refused",
            Json,
            "Of the lines that were not: how many, by reason.",
        ),
    ],
    key: &["text", "model", "prompt"],
    unique: NONE,
    indexes: NONE,
};
