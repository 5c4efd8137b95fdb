//! The regular expressions of a tokenizer, run without a regex engine.
//!
//! What comes in: the alternations that spaCy writes for prefixes, suffixes and infixes. What goes out: matches. The
//! grammar is what those files use: one level of groups, `+` and `?` after a character, one-character look-around,
//! anchors. Every search takes time linear in what it consumes; spaCy's own engine may backtrack.

use crate::unicode::{is_decimal, is_space, is_word};

/// A set of characters.
#[derive(Clone, Debug, Default)]
struct Set {
    /// The ASCII part as bits.
    ascii: u128,
    /// Sorted, inclusive, without ASCII.
    ranges: Vec<(char, char)>,
    tests: Vec<fn(char) -> bool>,
    negated: bool,
}

impl Set {
    fn add(&mut self, first: char, last: char) {
        for c in first as u32..=(last as u32).min(127) {
            self.ascii |= 1 << c;
        }
        if !last.is_ascii() {
            self.ranges.push((first.max('\u{80}'), last));
        }
    }

    fn close(&mut self) {
        self.ranges.sort_unstable();
        let mut merged: Vec<(char, char)> = Vec::new();
        for &(first, last) in &self.ranges {
            match merged.last_mut() {
                Some(end) if first as u32 <= end.1 as u32 + 1 => end.1 = end.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        self.ranges = merged;
    }

    fn has(&self, c: char) -> bool {
        let listed = if c.is_ascii() {
            self.ascii >> c as u32 & 1 == 1
        } else {
            let at = self.ranges.partition_point(|&(first, _)| first <= c);
            at > 0 && c <= self.ranges[at - 1].1
        };
        (listed || self.tests.iter().any(|test| test(c))) != self.negated
    }
}

#[derive(Clone, Debug)]
enum Node {
    One(Set),
    Plus(Set),
    Maybe(Set),
    Either(Vec<Vec<Node>>),
}

/// One alternative of a pattern.
#[derive(Clone, Debug, Default)]
struct Branch {
    at_start: bool,
    at_end: bool,
    /// Sets that the characters before must be in, in text order.
    behind: Vec<Set>,
    body: Vec<Node>,
    /// What must (or must not) follow; the end of the text is in no set.
    ahead: Option<(bool, Set)>,
}

/// A compiled alternation.
#[derive(Debug)]
pub(crate) struct Pattern {
    branches: Vec<Branch>,
    /// Branches that can begin with an ASCII character, per character; one more list for the rest.
    by_first: Vec<Vec<u16>>,
    /// The same for the last character.
    by_last: Vec<Vec<u16>>,
}

/// Index into `by_first` and `by_last`.
fn bucket(c: char) -> usize {
    (c as usize).min(128)
}

impl Pattern {
    /// Compiles an expression; `None` if it uses what is not supported.
    pub(crate) fn new(expression: &str) -> Option<Self> {
        let mut parser = Parser {
            rest: expression.chars().collect::<Vec<_>>(),
            at: 0,
        };
        let mut branches = Vec::new();
        loop {
            branches.push(parser.branch()?);
            match parser.next() {
                Some('|') => {}
                None => break,
                Some(_) => return None,
            }
        }
        if branches.len() > usize::from(u16::MAX) {
            return None;
        }
        let mut by_first = vec![Vec::new(); 129];
        let mut by_last = vec![Vec::new(); 129];
        for (i, branch) in branches.iter().enumerate() {
            for c in 0..129u8 {
                // Bucket 128 stands for all that is not ASCII; which of it is left to the match itself.
                let c = char::from(c);
                if !c.is_ascii() || may_edge(&branch.body, c, true) {
                    by_first[bucket(c)].push(i as u16);
                }
                if !c.is_ascii() || may_edge(&branch.body, c, false) {
                    by_last[bucket(c)].push(i as u16);
                }
            }
        }
        Some(Self {
            branches,
            by_first,
            by_last,
        })
    }

    /// Length in bytes of the match that starts the text: the first alternative that fits wins. 0 for none.
    pub(crate) fn prefix(&self, text: &str) -> usize {
        self.at(text, 0).unwrap_or(0)
    }

    /// Length in bytes of the longest match that ends the text, which is what a leftmost search for `…$` finds. 0 for
    /// none.
    pub(crate) fn suffix(&self, text: &str) -> usize {
        let Some(last) = text.chars().next_back() else {
            return 0;
        };
        let mut longest = 0;
        for &i in &self.by_last[bucket(last)] {
            let branch = &self.branches[usize::from(i)];
            if !branch.at_end {
                continue;
            }
            back(&branch.body, text, text.len(), &mut |start| {
                let fits = !(branch.at_start && start > 0) && follows(&branch.behind, text, start);
                if fits {
                    longest = longest.max(text.len() - start);
                }
                false
            });
        }
        longest
    }

    /// Whether the pattern matches anywhere, as `re.search` does.
    pub(crate) fn search(&self, text: &str) -> bool {
        let starts = text.char_indices().map(|(at, _)| at);
        starts
            .chain([text.len()])
            .any(|at| self.at(text, at).is_some())
    }

    /// Byte ranges of all matches, left to right, as `re.finditer` gives them; empty ones are left out.
    pub(crate) fn find_all(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            match self.at(text, at) {
                Some(length) if length > 0 => {
                    found.push((at, at + length));
                    at += length;
                }
                _ => at += text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        found
    }

    /// Length of the match that starts at byte `at`.
    fn at(&self, text: &str, at: usize) -> Option<usize> {
        let list = match text[at..].chars().next() {
            Some(c) => &self.by_first[bucket(c)],
            None => return self.branches.iter().find_map(|b| b.at(text, at)),
        };
        list.iter()
            .find_map(|&i| self.branches[usize::from(i)].at(text, at))
    }
}

impl Branch {
    fn at(&self, text: &str, at: usize) -> Option<usize> {
        if self.at_start && at > 0 || !follows(&self.behind, text, at) {
            return None;
        }
        let mut end = None;
        forth(&self.body, text, at, &mut |stop| {
            let next = text[stop..].chars().next();
            let fits = !(self.at_end && next.is_some())
                && self
                    .ahead
                    .as_ref()
                    .is_none_or(|(wanted, set)| next.is_some_and(|c| set.has(c)) == *wanted);
            if fits {
                end = Some(stop - at);
            }
            fits
        });
        end
    }
}

/// Whether the characters before `at` are in these sets.
fn follows(behind: &[Set], text: &str, at: usize) -> bool {
    let mut before = text[..at].chars();
    behind
        .iter()
        .rev()
        .all(|set| before.next_back().is_some_and(|c| set.has(c)))
}

/// Whether a match may begin (or end) with `c`; may say yes too often.
fn may_edge(body: &[Node], c: char, first: bool) -> bool {
    let edge = if first { body.first() } else { body.last() };
    match edge {
        Some(Node::One(set) | Node::Plus(set)) => set.has(c),
        Some(Node::Either(options)) => options.iter().any(|option| may_edge(option, c, first)),
        Some(Node::Maybe(_)) | None => true,
    }
}

/// Matches forwards from `at`, in the order of a backtracking engine, until `done` is content.
fn forth(body: &[Node], text: &str, at: usize, done: &mut dyn FnMut(usize) -> bool) -> bool {
    let Some((node, rest)) = body.split_first() else {
        return done(at);
    };
    let step = |set: &Set, at: usize| {
        let c = text[at..].chars().next()?;
        set.has(c).then(|| at + c.len_utf8())
    };
    match node {
        Node::One(set) => step(set, at).is_some_and(|at| forth(rest, text, at, done)),
        Node::Maybe(set) => {
            step(set, at).is_some_and(|at| forth(rest, text, at, done))
                || forth(rest, text, at, done)
        }
        Node::Plus(set) => {
            let mut stops = Vec::new();
            let mut stop = at;
            while let Some(next) = step(set, stop) {
                stops.push(next);
                stop = next;
            }
            stops
                .iter()
                .rev()
                .any(|&stop| forth(rest, text, stop, done))
        }
        Node::Either(options) => options
            .iter()
            .any(|option| forth(option, text, at, &mut |stop| forth(rest, text, stop, done))),
    }
}

/// Matches backwards from `at`.
fn back(body: &[Node], text: &str, at: usize, done: &mut dyn FnMut(usize) -> bool) -> bool {
    let Some((node, rest)) = body.split_last() else {
        return done(at);
    };
    let step = |set: &Set, at: usize| {
        let c = text[..at].chars().next_back()?;
        set.has(c).then(|| at - c.len_utf8())
    };
    match node {
        Node::One(set) => step(set, at).is_some_and(|at| back(rest, text, at, done)),
        Node::Maybe(set) => {
            step(set, at).is_some_and(|at| back(rest, text, at, done)) || back(rest, text, at, done)
        }
        Node::Plus(set) => {
            let mut stops = Vec::new();
            let mut stop = at;
            while let Some(next) = step(set, stop) {
                stops.push(next);
                stop = next;
            }
            stops.iter().rev().any(|&stop| back(rest, text, stop, done))
        }
        Node::Either(options) => options
            .iter()
            .any(|option| back(option, text, at, &mut |stop| back(rest, text, stop, done))),
    }
}

struct Parser {
    rest: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn eat(&mut self, text: &str) -> bool {
        let fits = self.rest[self.at..]
            .iter()
            .copied()
            .take(text.len())
            .eq(text.chars());
        if fits {
            self.at += text.len();
        }
        fits
    }

    fn branch(&mut self) -> Option<Branch> {
        let mut branch = Branch {
            at_start: self.eat("^"),
            ..Branch::default()
        };
        if self.eat("(?<=") {
            while !self.eat(")") {
                branch.behind.push(self.set()?);
            }
        }
        branch.body = self.nodes()?;
        for (start, wanted) in [("(?=", true), ("(?!", false)] {
            if self.eat(start) {
                branch.ahead = Some((wanted, self.set()?));
                self.eat(")").then_some(())?;
            }
        }
        branch.at_end = self.eat("$");
        Some(branch)
    }

    fn nodes(&mut self) -> Option<Vec<Node>> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' || c == '$' {
                break;
            }
            if self.eat("(?:") {
                let mut options = vec![self.nodes()?];
                while self.eat("|") {
                    options.push(self.nodes()?);
                }
                self.eat(")").then_some(())?;
                nodes.push(Node::Either(options));
            } else if c == '(' {
                break;
            } else {
                let set = self.set()?;
                nodes.push(match self.peek() {
                    Some('+') => {
                        self.at += 1;
                        Node::Plus(set)
                    }
                    Some('?') => {
                        self.at += 1;
                        Node::Maybe(set)
                    }
                    Some('*' | '{') => return None,
                    _ => Node::One(set),
                });
            }
        }
        Some(nodes)
    }

    /// A single character, escape or bracketed set.
    fn set(&mut self) -> Option<Set> {
        let mut set = Set::default();
        match self.next()? {
            '[' => {
                set.negated = self.eat("^");
                let mut first = true;
                while first || self.peek()? != ']' {
                    first = false;
                    let Some(from) = self.character(&mut set)? else {
                        continue;
                    };
                    let is_range = self.peek() == Some('-')
                        && self.rest.get(self.at + 1).is_some_and(|&c| c != ']');
                    let to = if is_range {
                        self.at += 1;
                        self.character(&mut set)??
                    } else {
                        from
                    };
                    set.add(from, to);
                }
                self.at += 1;
            }
            '.' => set.negated = true,
            '(' | ')' | '|' | '^' | '$' | '+' | '*' | '?' => return None,
            _ => {
                self.at -= 1;
                if let Some(c) = self.character(&mut set)? {
                    set.add(c, c);
                }
            }
        }
        set.close();
        Some(set)
    }

    /// A character, escaped or not; `Some(None)` for a class escape, which is added to the set.
    #[allow(clippy::option_option)]
    fn character(&mut self, set: &mut Set) -> Option<Option<char>> {
        let c = self.next()?;
        if c != '\\' {
            return Some(Some(c));
        }
        let digits = match self.next()? {
            'd' => {
                set.tests.push(is_decimal);
                return Some(None);
            }
            'w' => {
                set.tests.push(is_word);
                return Some(None);
            }
            's' => {
                set.tests.push(is_space);
                return Some(None);
            }
            'n' => return Some(Some('\n')),
            't' => return Some(Some('\t')),
            'x' => 2,
            'u' => 4,
            'U' => 8,
            c if !c.is_alphanumeric() => return Some(Some(c)),
            _ => return None,
        };
        let code = self.rest.get(self.at..self.at + digits)?;
        self.at += digits;
        let code = u32::from_str_radix(&code.iter().collect::<String>(), 16).ok()?;
        // A lone surrogate cannot stand in a text; any character outside the set's use will do.
        Some(Some(char::from_u32(code).unwrap_or('\u{fffd}')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_take_the_first_alternative() {
        let pattern = Pattern::new(r"^§|^\+(?![0-9])|^…|^……|^\.\.+|^US\$").unwrap();
        for (text, length) in [
            ("§1", 2),
            ("+a", 1),
            ("+1", 0),
            ("……", 3),
            ("....x", 4),
            (".", 0),
            ("US$5", 3),
            ("", 0),
        ] {
            assert_eq!(pattern.prefix(text), length, "{text}");
        }
    }

    #[test]
    fn suffixes_take_the_longest() {
        let pattern =
            Pattern::new(r"\.\.+$|'s$|(?<=[0-9])(?:m|km|m²)$|(?<=[a-z)])\.$|(?<=[A-Z][A-Z])\.$")
                .unwrap();
        for (text, length) in [
            ("5km", 2),
            ("5m²", 3),
            ("km", 0),
            ("so...", 3),
            ("so.", 1),
            ("S.", 0),
            ("US.", 1),
            ("it's", 2),
        ] {
            assert_eq!(pattern.suffix(text), length, "{text}");
        }
    }

    #[test]
    fn infixes_are_found_in_order() {
        let pattern =
            Pattern::new(r"\.\.+|…|(?<=[a-z])(?:-|--|~)(?=[a-z])|(?<=[0-9])[+\-\*^](?=[0-9-])")
                .unwrap();
        assert_eq!(pattern.find_all("a-b--c...d"), [(1, 2), (3, 5), (6, 9)]);
        assert_eq!(pattern.find_all("1-2-a"), [(1, 2)]);
        assert!(pattern.find_all("-a-").is_empty());
    }

    #[test]
    fn the_unsupported_is_refused() {
        for expression in ["a{2}", "(a)", "a*", "[", "(?:a", r"\q", r"\u12"] {
            assert!(Pattern::new(expression).is_none(), "{expression}");
        }
    }
}
