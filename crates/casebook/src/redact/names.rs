//! Which names a public copy may say, and which it hides.
//!
//! A name stays where the model says that it is public: a body, a place, an official or spokesperson of a body. Every
//! other word with a capital that is no ordinary word is taken for a name of somebody, and hidden; so is every word of
//! a script without capitals. The parts of a hidden name are then hidden wherever they stand, however written.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::LazyLock,
};

use super::{
    contacts,
    tokens::{Case, Token, folded, tokens},
};

/// What is said in place of a name; the later wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Withheld,
    Place,
    Dead,
    Witness,
    Survivor,
    Child,
}

impl What {
    /// The words, without brackets.
    pub fn words(self) -> &'static str {
        match self {
            Self::Withheld => "a person",
            Self::Place => "a place",
            Self::Dead => "a person reported dead",
            Self::Witness => "a witness",
            Self::Survivor => "a survivor",
            Self::Child => "a child",
        }
    }

    /// The words as they stand in a text.
    pub fn bracketed(self) -> &'static str {
        match self {
            Self::Withheld => "[name withheld]",
            Self::Place => "[a place]",
            Self::Dead => "[a person reported dead]",
            Self::Witness => "[a witness]",
            Self::Survivor => "[a survivor]",
            Self::Child => "[a child]",
        }
    }
}

static ORDINARY: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    include_str!("ordinary.txt")
        .split_whitespace()
        .map(folded)
        .collect()
});
/// Ordinary words that are names of people too: before a name they are part of it.
const AMBIGUOUS: &[&str] = &[
    "april", "may", "june", "august", "march", "will", "king", "prince", "red", "young", "little",
];
/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "bint", "ben", "abu", "um", "umm", "abd", "de", "da", "di", "du",
    "del", "der", "van", "von", "den", "la", "le", "mac", "ul", "ud", "e", "y", "o",
];
const BEFORE_NAMES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "named",
    "called",
    "son",
    "sons",
    "daughter",
    "daughters",
    "wife",
    "husband",
    "brother",
    "brothers",
    "sister",
    "sisters",
    "mother",
    "father",
    "uncle",
    "aunt",
    "cousin",
    "nephew",
    "niece",
    "grandson",
    "granddaughter",
    "neighbour",
    "neighbor",
    "friend",
    "old",
    "survivor",
    "victim",
    "resident",
    "witness",
    "eyewitness",
];
const CHILDREN: &[&str] = &[
    "boy",
    "girl",
    "baby",
    "infant",
    "toddler",
    "child",
    "schoolboy",
    "schoolgirl",
];

/// A run of words that is hidden.
pub(super) struct Run {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes.
    pub bytes: Range<usize>,
}

/// Which names may be said, and which are hidden.
#[derive(Default)]
pub(super) struct Names {
    /// Names that may be said, folded, by their first word, the longest first.
    public: BTreeMap<String, Vec<Vec<String>>>,
    /// Parts of names that are those of persons for sure: no public name may hold them.
    strong: BTreeMap<String, What>,
    /// Parts of what may be names.
    weak: BTreeMap<String, What>,
    /// Last words of names of persons that may be said: they are said unless somebody hidden has them too.
    last: BTreeSet<String>,
    /// Words that are written small somewhere.
    small: BTreeSet<String>,
}

fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(word)
}

/// Whether a part is long enough to be looked for by itself.
fn is_part(word: &str) -> bool {
    let least = if word.is_ascii() { 3 } else { 2 };
    word.chars().count() >= least && !is_ordinary(word) && !PARTICLES.contains(&word)
}

/// The words of a name that have a capital, or are of a script that has none.
fn capitals(name: &str) -> impl Iterator<Item = &str> {
    tokens(name)
        .into_iter()
        .filter(|it| it.case != Case::Small)
        .map(|it| &name[it.range])
}

fn words_of(name: &str) -> Vec<String> {
    tokens(name)
        .into_iter()
        .map(|it| it.folded)
        .filter(|it| !it.is_empty())
        .collect()
}

impl Names {
    /// Lets a name be said, unless a person for sure has a part of it.
    pub fn allow(&mut self, name: &str) -> bool {
        let words = words_of(name);
        if words.iter().any(|it| self.strong.contains_key(it)) {
            return false;
        }
        let Some(first) = words.first() else {
            return true;
        };
        let known = self.public.entry(first.clone()).or_default();
        if !known.contains(&words) {
            known.push(words);
            known.sort_by_key(|it| std::cmp::Reverse(it.len()));
        }
        true
    }

    /// Lets a person be named, in full or by the last name.
    pub fn allow_person(&mut self, name: &str) {
        let last = words_of(name).pop().filter(|it| is_part(it));
        if self.allow(name) {
            self.last.extend(last);
        }
    }

    /// Whether a name may be said.
    pub fn allows(&self, name: &str) -> bool {
        let words = words_of(name);
        let known = words.first().and_then(|first| self.public.get(first));
        known.is_some_and(|all| all.contains(&words)) || words.is_empty()
    }

    /// Hides a name of a person, whatever else it is the name of.
    pub fn hide(&mut self, name: &str, what: What) {
        for word in words_of(name).into_iter().filter(|it| is_part(it)) {
            let known = self.strong.entry(word).or_insert(what);
            *known = what.max(*known);
        }
        let strong = &self.strong;
        for known in self.public.values_mut() {
            known.retain(|words| !words.iter().any(|it| strong.contains_key(it)));
        }
    }

    /// Says what parts of a name are told as, where it is hidden.
    pub fn describe(&mut self, name: &str, what: What) {
        for word in words_of(name).into_iter().filter(|it| is_part(it)) {
            if let Some(known) = self.strong.get_mut(&word) {
                *known = what.max(*known);
            } else {
                let known = self.weak.entry(word).or_insert(what);
                *known = what.max(*known);
            }
        }
    }

    /// Hides what has a capital in a name, whatever else it is the name of.
    pub fn hide_capitals(&mut self, name: &str, what: What) {
        capitals(name).for_each(|word| self.hide(word, what));
    }

    /// Says what the capitalised words of a name are told as, unless they may be said.
    pub fn describe_capitals(&mut self, name: &str, what: What) {
        for word in capitals(name)
            .filter(|word| !self.allows(word))
            .collect::<Vec<_>>()
        {
            self.describe(word, what);
        }
    }

    /// Says what the one hidden name in a text is told as; nothing where there are several.
    pub fn describe_one(&mut self, text: &str, what: What) {
        let runs = self.runs(text, &tokens(text));
        if let [run] = &runs[..]
            && self.what(&text[run.bytes.clone()]) != What::Place
        {
            self.describe(&text[run.bytes.clone()], what);
        }
    }

    /// The hidden names in a text of people who are grown up: by their age, or because the text counts adults alone.
    pub fn adults(&self, text: &str, grown: bool) -> Vec<String> {
        let tokens = tokens(text);
        let runs = self.runs(text, &tokens);
        let of_age = |run: &&Run| {
            let age = age_after(text, &tokens, run).or_else(|| age_before(&tokens, run));
            age.map_or(grown, |age| age >= 18)
        };
        runs.iter()
            .filter(of_age)
            .map(|run| text[run.bytes.clone()].to_owned())
            .collect()
    }

    /// Whether a name holds an ordinary word.
    pub fn has_ordinary(name: &str) -> bool {
        words_of(name).iter().any(|it| is_ordinary(it))
    }

    /// Whether the name of a site holds a part of a hidden name.
    pub fn in_host(&self, host: &str) -> bool {
        let plain: String = host.to_lowercase().chars().filter(|c| *c != '-').collect();
        let parts = self.strong.keys().chain(self.weak.keys());
        parts
            .filter(|it| it.chars().count() >= 3)
            .any(|part| plain.contains(part.as_str()))
    }

    /// What a name is told as.
    pub fn what(&self, name: &str) -> What {
        let of = |it: String| self.strong.get(&it).or(self.weak.get(&it)).copied();
        words_of(name)
            .into_iter()
            .filter_map(of)
            .max()
            .unwrap_or(What::Withheld)
    }

    /// Learns which words are written small. A text without capitals tells no name from a word: all of its words that
    /// are not ordinary are hidden.
    pub fn learn_words(&mut self, text: &str) {
        let cased = text
            .chars()
            .filter(|c| c.is_uppercase() || c.is_lowercase())
            .count();
        let capitals = text.chars().filter(|c| c.is_uppercase()).count();
        let without_capitals = cased >= 40 && capitals * 200 < cased;
        let contacts = contacts::spans(text);
        for token in tokens(text) {
            let within = contacts
                .iter()
                .any(|it| it.start < token.range.end && token.range.start < it.end);
            if within || token.folded.is_empty() || token.case != Case::Small {
                continue;
            }
            if !without_capitals {
                self.small.insert(token.folded);
            } else if is_part(&token.folded) {
                self.weak.entry(token.folded).or_insert(What::Withheld);
            }
        }
    }

    /// Learns the names that a text holds. To be called for all texts, twice: what one shows as a name is one in
    /// others.
    pub fn learn_names(&mut self, text: &str) {
        let tokens = tokens(text);
        for run in self.runs(text, &tokens) {
            let (person, what) = self.cues(text, &tokens, &run);
            let name = &text[run.bytes.clone()];
            let was = self.what(name);
            if person {
                self.hide(name, what.max(was));
            } else {
                self.describe(name, what.max(was));
            }
        }
    }

    /// Whether words around a run say that it names a person, and what they say of the person.
    fn cues(&self, text: &str, tokens: &[Token], run: &Run) -> (bool, What) {
        let (person, age) = (person_before(tokens, run), age_after(text, tokens, run));
        let aged = age.or_else(|| age_before(tokens, run));
        let before = run
            .tokens
            .start
            .checked_sub(1)
            .map_or("", |at| tokens[at].folded.as_str());
        let child = aged.is_some_and(|age| age < 18) || CHILDREN.contains(&before);
        (
            person || aged.is_some() || child,
            if child { What::Child } else { What::Withheld },
        )
    }

    /// Tokens that lie in a name that may be said: 0 for none, 1 for a name of one word, 2 for a longer one.
    fn kept(&self, tokens: &[Token]) -> Vec<u8> {
        let mut out = vec![0; tokens.len()];
        let mut at = 0;
        while at < tokens.len() {
            let known = self
                .public
                .get(&tokens[at].folded)
                .map_or(&[][..], Vec::as_slice);
            let fits = |words: &&Vec<String>| {
                let here = tokens.get(at..at + words.len());
                here.is_some_and(|here| {
                    here.iter()
                        .zip(words.iter())
                        .all(|(token, word)| token.folded == *word)
                        && here.iter().skip(1).all(|token| token.joins)
                })
            };
            match known.iter().find(fits).map(Vec::len) {
                Some(n) => {
                    out[at..at + n].fill(if n > 1 { 2 } else { 1 });
                    at += n;
                }
                None => {
                    let word = &tokens[at].folded;
                    let hidden = self.strong.contains_key(word) || self.weak.contains_key(word);
                    out[at] = u8::from(self.last.contains(word) && !hidden);
                    at += 1;
                }
            }
        }
        out
    }

    /// Whether a word is a part of a hidden name, or holds one.
    fn holds_hidden(&self, token: &Token) -> bool {
        let word = token.folded.as_str();
        if word.is_empty() || token.case == Case::Small && is_ordinary(word) {
            return false;
        }
        let is = |part: &str| self.strong.contains_key(part) || self.weak.contains_key(part);
        if is(word) {
            return true;
        }
        let bare = ["al", "el", "abu", "abd"]
            .iter()
            .filter_map(|it| word.strip_prefix(it));
        bare.into_iter().any(|rest| is_part(rest) && is(rest))
            || !is_ordinary(word) && within(word).any(is)
    }

    fn unknown(&self, token: &Token) -> bool {
        let word = token.folded.as_str();
        if self.holds_hidden(token) {
            return true;
        }
        let named = match token.case {
            Case::Small => false,
            Case::None => true,
            Case::Capital => !(is_ordinary(word) || token.begins && self.small.contains(word)),
        };
        // A letter alone is a report's, as in "report B", or an initial, which goes with its name; figures with
        // letters, as in 7th, are no names.
        named && word.chars().count() > usize::from(word.is_ascii())
    }

    /// The runs of words that are hidden, in order.
    pub fn runs(&self, text: &str, tokens: &[Token]) -> Vec<Run> {
        let kept = self.kept(tokens);
        let mut hidden: Vec<bool> = tokens
            .iter()
            .zip(&kept)
            .map(|(token, kept)| *kept == 0 && self.unknown(token))
            .collect();
        // What stands beside a hidden word with a capital of its own is part of the name.
        let joins = |at: usize| {
            let token = &tokens[at];
            let capital = token.case != Case::Small;
            let ordinary =
                is_ordinary(&token.folded) && !AMBIGUOUS.contains(&token.folded.as_str());
            capital && !ordinary && kept[at] < 2 && !token.folded.is_empty()
        };
        for at in 1..tokens.len() {
            if hidden[at - 1] && !hidden[at] && tokens[at].joins && joins(at) {
                hidden[at] = true;
            }
        }
        for at in (0..tokens.len().saturating_sub(1)).rev() {
            let next = hidden[at + 1] && tokens[at + 1].joins;
            let particle = PARTICLES.contains(&tokens[at].folded.as_str());
            let between = particle && at > 0 && hidden[at - 1] && tokens[at].joins;
            let article = particle
                && matches!(
                    text[tokens[at].range.end..].chars().next(),
                    Some('-' | '‐' | '‑')
                );
            if next && !hidden[at] && kept[at] < 2 && (joins(at) || between || article) {
                hidden[at] = true;
            }
        }
        let mut out: Vec<Run> = Vec::new();
        for (at, token) in tokens.iter().enumerate().filter(|(at, _)| hidden[*at]) {
            match out.last_mut() {
                Some(last) if last.tokens.end == at && token.joins => {
                    last.tokens.end = at + 1;
                    last.bytes.end = token.range.end;
                }
                _ => out.push(Run {
                    tokens: at..at + 1,
                    bytes: token.range.clone(),
                }),
            }
        }
        out
    }

    /// Whether a text holds a part of a name that is hidden, outside of names that may be said.
    pub fn leaks(&self, text: &str) -> bool {
        let tokens = tokens(text);
        let kept = self.kept(&tokens);
        tokens
            .iter()
            .zip(kept)
            .any(|(token, kept)| kept == 0 && self.holds_hidden(token))
    }
}

/// What a word holds that is as long as a name that is looked for inside of others: "minatorvald" holds "torvald". Of a
/// word longer than any name all of it is looked at that far.
fn within(word: &str) -> impl Iterator<Item = &str> {
    const LEAST: usize = 5;
    const MOST: usize = 48;
    let ends: Vec<usize> = word
        .char_indices()
        .map(|(at, _)| at)
        .chain([word.len()])
        .collect();
    let starts = 0..ends.len().saturating_sub(LEAST);
    starts.flat_map(move |from| {
        let last = ends.len().min(from + MOST);
        let ends = ends[from..last].to_vec();
        (LEAST..ends.len()).map(move |to| &word[ends[0]..ends[to]])
    })
}

fn person_before(tokens: &[Token], run: &Run) -> bool {
    let before = run
        .tokens
        .start
        .checked_sub(1)
        .map(|at| tokens[at].folded.as_str());
    before.is_some_and(|it| BEFORE_NAMES.contains(&it))
}

/// "Mina Torvald, 9," and "Mina Torvald (9)".
fn age_after(text: &str, tokens: &[Token], run: &Run) -> Option<u32> {
    let next = tokens.get(run.tokens.end)?;
    let gap = &text[run.bytes.end..next.range.start];
    let after = text[next.range.end..].chars().next();
    let closes = after.is_none_or(|c| matches!(c, ',' | '.' | ')' | ';' | '\n'));
    next.number
        .filter(|n| *n <= 115 && closes && matches!(gap.trim(), "," | "(" | "-" | "–"))
}

/// "nine-year-old Mina Torvald".
fn age_before(tokens: &[Token], run: &Run) -> Option<u32> {
    let at = run.tokens.start;
    let word = |back: usize| {
        at.checked_sub(back)
            .map_or("", |it| tokens[it].folded.as_str())
    };
    let old = (1..=2).find(|it| word(*it) == "old")?;
    (word(old + 1) == "year" || word(old + 1) == "month").then_some(())?;
    let number = at.checked_sub(old + 2).and_then(|it| tokens[it].number)?;
    Some(if word(old + 1) == "month" { 0 } else { number })
}
