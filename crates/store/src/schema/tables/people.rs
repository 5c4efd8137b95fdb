//! Tables of the desk: who may log in, who is logged in, which programs may ask, and what people keep of its lists.

use super::{
    super::{
        Holds::{Bytes, Integer, Time, Words},
        Kind::{Access, Working},
        Table,
    },
    column::{NONE, col, opt, opt_refer, refer},
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

pub(super) const TOKENS: Table = Table {
    name: "tokens",
    kind: Access,
    doc: "By which programs may ask the desk for something. A token's own words are shown once and not kept, so that a \
          copy of the casebook lets nobody in.",
    columns: &[
        col(
            "id",
            Words,
            "Its name in the log and in settings, `a:` and ten digits.",
        ),
        col("hash", Bytes, "SHA-256 of the token."),
        opt_refer(
            "person",
            Words,
            ("people", "name"),
            "Whose it is: it may never do more than they may. Empty for one made where there were no accounts.",
        ),
        col(
            "purpose",
            Words,
            "What it is for, in the words of whoever made it.",
        ),
        col(
            "scopes",
            Words,
            "What may be done with it, with commas: `read`, `add`, `review`.",
        ),
        col("added", Time, "When it was made."),
        opt("ends", Time, "When it ends."),
        opt("used", Time, "When it was last used, to some minutes."),
    ],
    key: &["id"],
    unique: &[&["hash"]],
    indexes: &[&["person"]],
};

pub(super) const VISITS: Table = Table {
    name: "visits",
    kind: Access,
    doc: "Up to where in the log somebody has seen what changed.",
    columns: &[
        col("person", Words, "Who."),
        col(
            "seen",
            Integer,
            "Number of the log's last entry that they have seen.",
        ),
        col("at", Time, "When they said so."),
    ],
    key: &["person"],
    unique: NONE,
    indexes: NONE,
};

pub(super) const SAVED_VIEWS: Table = Table {
    name: "saved_views",
    kind: Working,
    doc: "Lists of incidents that people come back to, by what they are narrowed to.",
    columns: &[
        col("name", Words, "Its name."),
        col(
            "query",
            Words,
            "What the list is narrowed to and ordered by, as it stands in the address behind the question mark.",
        ),
        col("who", Words, "Who saved it."),
        col("added", Time, "When."),
    ],
    key: &["name"],
    unique: NONE,
    indexes: NONE,
};
