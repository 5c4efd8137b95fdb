//! Violations planted in sources made for it, so that it is known that the checker sees each kind.

use crate::{imports::Crate, strays, violations};

/// A crate of three rooms in this order, `early`, `late` and `last`; `planted` stands in `early/mod.rs`, `inner` in
/// `early/inner.rs`.
fn planted(planted: &str, inner: &str) -> Crate {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    Crate::parse(&[
        file(
            "lib.rs",
            "pub mod early;\npub mod late;\npub mod last;\npub use late::Passed;\npub struct Root;",
        ),
        file("early/mod.rs", &format!("mod inner;\n{planted}")),
        file("early/inner.rs", inner),
        file(
            "late/mod.rs",
            "pub mod deep;\npub struct Passed;\npub struct Late;\npub fn call() {}\npub enum Kind { One }",
        ),
        file(
            "late/deep.rs",
            "pub struct Deep;\npub fn early() -> crate::early::Own { todo() }",
        ),
        file("last.rs", "pub use crate::late::Late as Renamed;"),
    ])
}

const ORDER: &[&str] = &["early", "late", "last"];

/// Planted in the room or in a file of it, these words use a later room, and are seen once.
fn check_seen(words: &str) {
    for (at, of) in [
        ("early/mod.rs:2", planted(words, "")),
        (
            "early/inner.rs:1",
            planted("", &words.replace("super::", "super::super::")),
        ),
    ] {
        let (found, _) = violations(&of, ORDER, &[]);
        let here = found.iter().any(|fault| fault.starts_with(at));
        assert!(here, "{words:?} at {at} gives {found:?}");
    }
}

/// These words use nothing of a later room.
fn check_allowed(words: &str) {
    let (found, _) = violations(&planted(words, ""), ORDER, &[]);
    assert_eq!(found, Vec::<String>::new(), "{words}");
}

#[test]
fn a_plain_import_is_seen() {
    check_seen("use crate::late::Late;");
    check_seen("use crate::late;");
}

#[test]
fn an_import_in_a_group_is_seen() {
    check_seen("use crate::{late::{self}, last};");
    check_seen("use crate::{early::Own, late::{deep::Deep, Late}};\npub struct Own;");
}

#[test]
fn an_import_by_super_is_seen() {
    check_seen("use super::late::Late;");
    check_seen("use super::{late::deep};");
}

#[test]
fn a_re_export_is_seen_for_the_room_that_defines_the_name() {
    check_seen("use crate::Passed;");
    check_seen("pub use crate::late::Late;");
    check_seen("use crate::last::Renamed;");
}

#[test]
fn an_import_under_another_name_is_seen() {
    check_seen("use crate::late as elsewhere;");
    check_seen("use crate::late::Late as Own;");
    check_seen("use crate as whole; fn f() { whole::late::call() }");
}

#[test]
fn an_import_of_all_is_seen() {
    check_seen("use crate::late::*;");
    check_seen("use crate::*; fn f(_: Passed) {}");
}

#[test]
fn a_path_is_seen_where_it_is_used() {
    check_seen("fn f() { crate::late::call(); }");
    check_seen("fn f(_: Vec<crate::late::Late>) {}");
    check_seen("fn f() -> bool { matches!(1, crate::late::Kind::One) }");
    check_seen("fn f() { println!(\"{}\", super::late::deep::early()); }");
    check_seen("struct S; impl S { fn f() { use crate::late::Late; } }");
    check_seen("mod within { fn f() { crate::late::call(); } }");
    check_seen("fn f<T: Into<crate::late::Late>>() {}");
}

#[test]
fn a_name_of_the_root_is_seen() {
    check_seen("use crate::Root;");
}

#[test]
fn tests_comments_words_and_own_names_are_no_use() {
    check_allowed("#[cfg(test)]\nmod tests { use crate::late::Late; }");
    check_allowed("#[cfg(test)]\nfn f() { crate::late::call(); }");
    check_allowed("// use crate::late::Late;\nconst WORDS: &str = \"crate::late::Late\";");
    check_allowed("pub(crate) struct Own;\nuse crate::early::inner;");
    check_allowed("fn f(late: u8) -> u8 { late }");
    check_allowed("use std::late::Late; fn f() { std::late::call() }");
}

#[test]
fn a_known_arrow_back_is_left_out_and_counted() {
    let of = planted("use crate::late::{Late, Passed};", "");
    let back = [("early", "late"), ("early", "last")];
    assert_eq!(violations(&of, ORDER, &back), (Vec::new(), vec![2, 0]));
}

#[test]
fn a_room_without_a_place_is_told() {
    let of = planted("", "");
    assert_eq!(strays(&of, ORDER), Vec::<String>::new());
    assert_eq!(
        strays(&of, &["early", "late", "gone"]),
        [
            "last has no place in the order of rooms",
            "there is no gone: take it out of the order of rooms"
        ]
    );
}

#[test]
fn a_circle_is_seen() {
    let circle = |words: &str, inner: &str| planted(words, inner).circles();
    assert_eq!(circle("pub struct Own;", ""), Vec::<Vec<String>>::new());
    // Passing a name on closes none; using it does.
    assert_eq!(
        circle("pub use crate::late::deep::Deep;\npub struct Own;", ""),
        Vec::<Vec<String>>::new()
    );
    assert_eq!(
        circle("fn f(_: crate::late::deep::Deep) {}\npub struct Own;", ""),
        [["early/mod.rs", "late/deep.rs"]]
    );
    assert_eq!(
        circle(
            "pub struct Own(inner::Inner);",
            "use crate::late::deep;\npub struct Inner(deep::Deep);"
        ),
        [["early/inner.rs", "early/mod.rs", "late/deep.rs"]]
    );
}
