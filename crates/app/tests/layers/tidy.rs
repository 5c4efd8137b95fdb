//! How wide lines, and how long functions and files may be.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{spanned::Spanned, visit::Visit};

use crate::{CRATES, sources};

/// Columns a line may have.
const COLUMNS: usize = 120;
/// Lines a function may have.
const FUNCTION: usize = 120;
/// Lines a file may have.
const FILE: usize = 600;

/// Set to shorten the lists of what is not yet as it should be.
const BLESS: &str = "CROSSBEARING_BLESS";

fn list(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/layers")
        .join(name)
}

/// Holds a committed list of known faults against those found: none may be new, and none may stand there that is
/// mended.
pub fn only_shrinks(file: &str, head: &str, found: &[String]) {
    let path = list(file);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let known: BTreeSet<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let now: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let new: Vec<&str> = now.difference(&known).copied().collect();
    assert!(
        new.is_empty(),
        "not in {file}, and must not be:\n{}",
        new.join("\n")
    );
    let mended: Vec<&str> = known.difference(&now).copied().collect();
    if mended.is_empty() {
        return;
    }
    if std::env::var_os(BLESS).is_some() {
        let lines: Vec<&str> = now.into_iter().collect();
        fs::write(&path, format!("{head}{}\n", lines.join("\n"))).unwrap();
        return;
    }
    panic!(
        "mended; take them out of {file} (make bless):\n{}",
        mended.join("\n")
    );
}

/// The lengths of functions.
#[derive(Default)]
struct Functions(Vec<usize>);

impl Functions {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (first, last) = (signature.span().start().line, block.span().end().line);
        self.0.push(last + 1 - first);
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
        self.add(&it.sig, &it.block);
        syn::visit::visit_item_fn(self, it);
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        self.add(&it.sig, &it.block);
        syn::visit::visit_impl_item_fn(self, it);
    }

    fn visit_trait_item_fn(&mut self, it: &'ast syn::TraitItemFn) {
        if let Some(block) = &it.default {
            self.add(&it.sig, block);
        }
        syn::visit::visit_trait_item_fn(self, it);
    }
}

/// Lines too wide, functions too long and files too long among these.
fn counts(files: &[(String, String)]) -> [usize; 3] {
    let mut out = [0; 3];
    for (name, text) in files {
        out[0] += text
            .lines()
            .filter(|line| line.chars().count() > COLUMNS)
            .count();
        let mut functions = Functions::default();
        functions
            .visit_file(&syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}")));
        out[1] += functions
            .0
            .iter()
            .filter(|lines| **lines > FUNCTION)
            .count();
        out[2] += usize::from(text.lines().count() > FILE);
    }
    out
}

const HEAD: &str = "# Crate, lines over 120 columns, functions over 120 lines, files over 600 lines. \
    A number may only fall; `make bless` lowers it.\n";

#[test]
fn lines_functions_and_files_only_become_shorter() {
    let path = list("tidy.txt");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let known: BTreeMap<&str, Vec<usize>> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next()?;
            Some((name, words.map(|word| word.parse().unwrap()).collect()))
        })
        .collect();
    let (mut longer, mut shorter, mut page) = (Vec::new(), Vec::new(), HEAD.to_owned());
    for (name, _) in CRATES {
        let now = counts(&sources(name));
        page += &format!("{name} {} {} {}\n", now[0], now[1], now[2]);
        let what = [
            "lines over 120 columns",
            "functions over 120 lines",
            "files over 600 lines",
        ];
        for (at, what) in what.iter().enumerate() {
            let before = known
                .get(name)
                .and_then(|all| all.get(at))
                .copied()
                .unwrap_or(0);
            let said = format!("{name}: {} {what}, {before} before", now[at]);
            match now[at].cmp(&before) {
                std::cmp::Ordering::Greater => longer.push(said),
                std::cmp::Ordering::Less => shorter.push(said),
                std::cmp::Ordering::Equal => {}
            }
        }
    }
    assert!(longer.is_empty(), "{}", longer.join("\n"));
    if !shorter.is_empty() && std::env::var_os(BLESS).is_some() {
        fs::write(&path, page).unwrap();
        return;
    }
    assert!(
        shorter.is_empty(),
        "shorter than tidy.txt says; lower it there (make bless):\n{}",
        shorter.join("\n")
    );
}

#[test]
fn what_is_too_long_is_counted() {
    let body = |lines: usize| format!("fn f() {{\n{}}}\n", "    g();\n".repeat(lines));
    let count = |text: String| counts(&[("a.rs".to_owned(), text)]);
    assert_eq!(count(body(FUNCTION - 2)), [0, 0, 0]);
    assert_eq!(count(body(FUNCTION - 1)), [0, 1, 0]);
    let method = format!("impl S {{\n{}}}\n", body(FUNCTION));
    assert_eq!(count(method), [0, 1, 0]);
    assert_eq!(count(body(5).repeat(FILE / 7 + 1)), [0, 0, 1]);
    let wide = |n: usize| format!("// {}\n", "é".repeat(n - 3));
    assert_eq!(count(wide(COLUMNS)), [0, 0, 0]);
    assert_eq!(count(wide(COLUMNS + 1)), [1, 0, 0]);
}
