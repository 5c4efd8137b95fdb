//! Tables of the desk: who may log in, and who is logged in.

use super::{
    super::{
        Holds::{Bytes, Integer, Time, Words},
        Kind::Access,
        Table,
    },
    column::{NONE, col, opt, refer},
};

pub(super) const PEOPLE: Table = Table {
    name: "people",
    kind: Access,
    doc: "Who may log in to the desk. What became of an account is in the log.",
    columns: &[
        col(
            "name",
            Words,
            "The name, in small letters, that is typed to log in and that stands in the log.",
        ),
        col("role", Words, "`reader`, `reviewer` or `admin`."),
        col(
            "password",
            Words,
            "The password's Argon2id hash, in the PHC form.",
        ),
        col("added", Time, "When the account was made."),
        opt("seen", Time, "When somebody last logged in to it."),
    ],
    key: &["name"],
    unique: NONE,
    indexes: NONE,
};

pub(super) const SESSIONS: Table = Table {
    name: "sessions",
    kind: Access,
    doc: "Who is logged in. The cookie's own words are not kept, so that a copy of the casebook logs nobody in.",
    columns: &[
        col("hash", Bytes, "SHA-256 of the cookie."),
        refer("person", Words, ("people", "name"), "Whose it is."),
        col("began", Time, "When the person logged in."),
        col("used", Time, "When it was last used, to some minutes."),
    ],
    key: &["hash"],
    unique: NONE,
    indexes: &[&["person"]],
};

pub(super) const FAILED_LOGINS: Table = Table {
    name: "failed_logins",
    kind: Access,
    doc: "Names with which logging in failed, whether or not there is such an account, for locking out who guesses.",
    columns: &[
        col(
            "name",
            Bytes,
            "SHA-256 of the name as typed: some type a password there.",
        ),
        col("failures", Integer, "How often in a row."),
        col("last", Time, "When last."),
    ],
    key: &["name"],
    unique: NONE,
    indexes: NONE,
};
