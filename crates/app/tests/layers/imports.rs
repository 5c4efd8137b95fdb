//! Which file of a crate uses which: parsed, not searched for.
//!
//! What comes in: the sources of one crate. What goes out: [`Arrow`]s between its files, each to the file that
//! *defines* the name: grouped imports, `super::`, `self::`, renames, globs, re-exports and paths written out in
//! expressions, types and arguments of macros are all followed. What only tests see (`#[cfg(test)]`) is left out.
//! Names of other crates are Cargo's business.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, ImplItem, Item, Macro, UseTree, Visibility,
    spanned::Spanned,
    visit::{self, Visit},
};

/// One use of a name that another file defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    /// The module that uses the name, as `read::times`; empty for the root of the crate.
    pub from: String,
    /// The module that defines it.
    pub to: String,
    /// File of `from`, below `src`.
    pub file: String,
    /// Line, counted from one.
    pub line: usize,
    /// The path as written.
    pub path: String,
    /// The name is only passed on (`pub use`).
    pub passed_on: bool,
}

/// The modules of one crate.
#[derive(Debug, Default)]
pub struct Crate {
    modules: BTreeMap<String, Module>,
}

#[derive(Debug, Default)]
struct Module {
    file: String,
    /// Names of items that stand here.
    items: BTreeSet<String>,
    /// Names brought in, each with its path.
    bound: BTreeMap<String, Vec<String>>,
    /// Paths before `::*`.
    globs: Vec<Vec<String>>,
    /// All paths, imports among them; what is no import once.
    paths: Vec<Written>,
    written: BTreeSet<Vec<String>>,
}

#[derive(Debug)]
struct Written {
    words: Vec<String>,
    line: usize,
    import: bool,
    passed_on: bool,
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Module(String),
    /// An item of this module.
    Item(String),
}

impl Crate {
    /// Parses the files of `src`, each with its path from there.
    ///
    /// # Panics
    /// If a file is no Rust.
    pub fn parse(files: &[(String, String)]) -> Self {
        let mut out = Self::default();
        let mut tests = Vec::new();
        for (file, text) in files {
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let mut walk = Walk {
                modules: &mut out.modules,
                at: module_of(file),
                file,
                tests: &mut tests,
            };
            walk.enter();
            walk.visit_file(&parsed);
        }
        let test = |name: &str| tests.iter().any(|test| lies_in(name, test));
        out.modules.retain(|name, _| !test(name));
        out
    }

    /// The names of all modules; the root's is empty.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.modules.keys().map(String::as_str)
    }

    /// Every use of another file's name.
    pub fn arrows(&self) -> Vec<Arrow> {
        let mut out = BTreeSet::new();
        for (from, module) in &self.modules {
            for written in &module.paths {
                let found = self.resolve(from, &written.words, &mut BTreeSet::new());
                let to = match found {
                    // A single word that is no import may be a variable of that name, never a module.
                    Some(Target::Module(_)) if written.words.len() == 1 && !written.import => {
                        continue;
                    }
                    Some(Target::Module(to) | Target::Item(to)) => to,
                    None => continue,
                };
                if self.modules[&to].file != module.file {
                    out.insert(Arrow {
                        from: from.clone(),
                        to,
                        file: module.file.clone(),
                        line: written.line,
                        path: written.words.join("::"),
                        passed_on: written.passed_on,
                    });
                }
            }
        }
        out.into_iter().collect()
    }

    /// The files that use each other in a circle, a list a circle. A name that is only passed on closes none.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let arrows = self.arrows();
        for arrow in arrows.iter().filter(|arrow| !arrow.passed_on) {
            let to = self.modules[&arrow.to].file.as_str();
            next.entry(arrow.file.as_str()).or_default().insert(to);
        }
        // Few files: what each can reach is asked one by one.
        let reached = |start: &str| {
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            let mut open: Vec<&str> = next.get(start).into_iter().flatten().copied().collect();
            while let Some(file) = open.pop() {
                if seen.insert(file) {
                    open.extend(next.get(file).into_iter().flatten());
                }
            }
            seen
        };
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            next.keys().map(|file| (*file, reached(file))).collect();
        let mut circles = BTreeSet::new();
        for (file, seen) in reach.iter().filter(|(file, seen)| seen.contains(*file)) {
            let back = |other: &&&str| reach.get(**other).is_some_and(|seen| seen.contains(file));
            let circle: Vec<String> = seen.iter().filter(back).map(ToString::to_string).collect();
            circles.insert(circle);
        }
        circles.into_iter().collect()
    }

    fn resolve(
        &self,
        from: &str,
        words: &[String],
        seen: &mut BTreeSet<(String, String)>,
    ) -> Option<Target> {
        let (first, mut rest) = words.split_first()?;
        let mut at = match first.as_str() {
            "crate" | "$crate" => Target::Module(String::new()),
            "self" => Target::Module(from.to_owned()),
            "super" => Target::Module(parent(from)),
            name => self.look_up(from, name, seen)?,
        };
        while let (Target::Module(module), Some((word, more))) = (&at, rest.split_first()) {
            at = match word.as_str() {
                "super" => Target::Module(parent(module)),
                "self" => at,
                // What no item is seen of was made by a macro; it stands in that module.
                word => match self.look_up(module, word, seen) {
                    Some(found) => found,
                    None if self.modules.contains_key(module) => return Some(at),
                    None => return None,
                },
            };
            rest = more;
        }
        match &at {
            Target::Module(module) | Target::Item(module) => {
                self.modules.contains_key(module).then_some(at)
            }
        }
    }

    fn look_up(
        &self,
        from: &str,
        name: &str,
        seen: &mut BTreeSet<(String, String)>,
    ) -> Option<Target> {
        if !seen.insert((from.to_owned(), name.to_owned())) {
            return None;
        }
        let module = self.modules.get(from)?;
        let child = join(from, name);
        let found = if self.modules.contains_key(&child) {
            Some(Target::Module(child))
        } else if module.items.contains(name) {
            Some(Target::Item(from.to_owned()))
        } else if let Some(path) = module.bound.get(name) {
            self.resolve(from, path, seen)
        } else {
            module.globs.iter().find_map(|path| {
                let Some(Target::Module(of)) = self.resolve(from, path, seen) else {
                    return None;
                };
                self.look_up(&of, name, seen)
            })
        };
        seen.remove(&(from.to_owned(), name.to_owned()));
        found
    }
}

/// Whether a module is `room` or lies in it.
pub fn lies_in(module: &str, room: &str) -> bool {
    module
        .strip_prefix(room)
        .is_some_and(|rest| rest.is_empty() || room.is_empty() || rest.starts_with("::"))
}

/// The module that a file holds: `read::times` for `read/times/mod.rs` and `read/times.rs`.
fn module_of(file: &str) -> String {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    match stem {
        "lib" | "main" => String::new(),
        stem => stem.replace('/', "::"),
    }
}

fn parent(module: &str) -> String {
    module
        .rsplit_once("::")
        .map_or(String::new(), |(parent, _)| parent.to_owned())
}

fn join(module: &str, name: &str) -> String {
    match module {
        "" => name.to_owned(),
        module => format!("{module}::{name}"),
    }
}

/// Reads one file into modules.
struct Walk<'a> {
    modules: &'a mut BTreeMap<String, Module>,
    /// The module being read.
    at: String,
    file: &'a str,
    /// Modules that only tests see.
    tests: &'a mut Vec<String>,
}

impl Walk<'_> {
    fn enter(&mut self) {
        let module = self.modules.entry(self.at.clone()).or_default();
        module.file = self.file.to_owned();
    }

    fn module(&mut self) -> &mut Module {
        self.modules.entry(self.at.clone()).or_default()
    }

    fn wrote(&mut self, words: Vec<String>, line: usize) {
        let module = self.module();
        if module.written.insert(words.clone()) {
            module.paths.push(Written {
                words,
                line,
                import: false,
                passed_on: false,
            });
        }
    }

    fn imported(&mut self, words: Vec<String>, line: usize, passed_on: bool) {
        self.module().paths.push(Written {
            words,
            line,
            import: true,
            passed_on,
        });
    }

    fn import(&mut self, tree: &UseTree, before: &mut Vec<String>, passed_on: bool) {
        let line = tree.span().start().line;
        let (word, name) = match tree {
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, before, passed_on);
                }
                return;
            }
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.import(&path.tree, before, passed_on);
                before.pop();
                return;
            }
            UseTree::Glob(_) => {
                self.module().globs.push(before.clone());
                self.imported(before.clone(), line, passed_on);
                return;
            }
            UseTree::Name(name) => (name.ident.to_string(), name.ident.to_string()),
            UseTree::Rename(name) => (name.ident.to_string(), name.rename.to_string()),
        };
        let mut path = before.clone();
        // `use a::b::{self}` brings in `b`.
        let name = match (word.as_str(), name.as_str(), before.last()) {
            ("self", "self", Some(last)) => last.clone(),
            _ => name,
        };
        if word != "self" || before.is_empty() {
            path.push(word);
        }
        self.module().bound.insert(name, path.clone());
        self.imported(path, line, passed_on);
    }

    /// Paths among the arguments of a macro, which are no syntax yet.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut colons, mut line) = (0, 0);
        for token in tokens {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.end_path(&mut path, line);
                        line = word.span().start().line;
                    }
                    path.push(word.to_string());
                }
                TokenTree::Group(group) => {
                    self.end_path(&mut path, line);
                    self.tokens(group.stream());
                }
                _ => self.end_path(&mut path, line),
            }
            colons = 0;
        }
        self.end_path(&mut path, line);
    }

    fn end_path(&mut self, path: &mut Vec<String>, line: usize) {
        let words = std::mem::take(path);
        if words.len() > 1 {
            self.wrote(words, line);
        }
    }
}

/// Whether an item is there only in tests.
fn in_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut test = attribute.path().is_ident("test");
        if attribute.path().is_ident("cfg") {
            // `cfg(test)` alone: what `cfg(any(test, …))` holds may be shipped.
            let _ = attribute.parse_nested_meta(|meta| {
                test |= meta.path.is_ident("test");
                Ok(())
            });
        }
        test
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

fn name(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(it) => it.ident.to_string(),
        Item::Enum(it) => it.ident.to_string(),
        Item::Fn(it) => it.sig.ident.to_string(),
        Item::Macro(it) => it.ident.as_ref()?.to_string(),
        Item::Static(it) => it.ident.to_string(),
        Item::Struct(it) => it.ident.to_string(),
        Item::Trait(it) => it.ident.to_string(),
        Item::Type(it) => it.ident.to_string(),
        _ => return None,
    })
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if in_tests(attributes(item)) {
            if let Item::Mod(module) = item {
                let name = join(&self.at, &module.ident.to_string());
                self.tests.push(name);
            }
            return;
        }
        if let Some(name) = name(item) {
            self.module().items.insert(name);
        }
        match item {
            Item::Use(import) => {
                if import.leading_colon.is_none() {
                    let passed_on = !matches!(import.vis, Visibility::Inherited);
                    self.import(&import.tree, &mut Vec::new(), passed_on);
                }
            }
            Item::Mod(module) if module.content.is_some() => {
                let outer = self.at.clone();
                self.at = join(&outer, &module.ident.to_string());
                self.enter();
                visit::visit_item_mod(self, module);
                self.at = outer;
            }
            item => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes: &[Attribute] = match item {
            ImplItem::Fn(it) => &it.attrs,
            ImplItem::Const(it) => &it.attrs,
            _ => &[],
        };
        if !in_tests(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let words = path.segments.iter().map(|word| word.ident.to_string());
            let line = path.span().start().line;
            self.wrote(words.collect(), line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    /// `pub(crate)` uses nothing.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}
