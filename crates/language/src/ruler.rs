//! Attribute rules: part of speech, morphology and some lemmas from tag, word and label.
//!
//! What comes in: tags, lower-case forms and labels of a paragraph. What goes out: the same with part of speech,
//! morphology and fixed lemmas. Every rule matches what the tagger and parser have set; a later rule overwrites an
//! earlier one.

use std::collections::HashMap;

use crate::{
    doc::Pos,
    prepared::{Look, RuleData, Test},
    tokenizer::Pattern,
};

/// What the rules see and set of a token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes<'a> {
    pub tag: &'a str,
    pub lower: &'a str,
    pub dep: &'a str,
    pub is_space: bool,
    pub pos: Pos,
    pub morph: &'a str,
    pub lemma: Option<&'a str>,
}

struct Rule {
    patterns: Vec<Vec<Vec<Condition>>>,
    index: usize,
    tag: Option<Box<str>>,
    pos: Option<Pos>,
    morph: Option<Box<str>>,
    lemma: Option<Box<str>>,
    dep: Option<Box<str>>,
}

enum Condition {
    In(Look, Vec<String>),
    NotIn(Look, Vec<String>),
    Regex(Look, Pattern),
    Space(bool),
}

impl Condition {
    fn new((look, test): (Look, Test)) -> Option<Self> {
        Some(match test {
            Test::In(words) => Condition::In(look, words),
            Test::NotIn(words) => Condition::NotIn(look, words),
            Test::Regex(expression) => Condition::Regex(look, Pattern::new(&expression)?),
            Test::Is(yes) => Condition::Space(yes),
        })
    }

    fn holds(&self, token: &Attributes) -> bool {
        let value = |look: &Look| match look {
            Look::Tag => token.tag,
            Look::Lower => token.lower,
            Look::Dep | Look::IsSpace => token.dep,
        };
        match self {
            Condition::In(look, words) => words.iter().any(|word| word == value(look)),
            Condition::NotIn(look, words) => !words.iter().any(|word| word == value(look)),
            Condition::Regex(look, pattern) => pattern.search(value(look)),
            Condition::Space(yes) => token.is_space == *yes,
        }
    }
}

/// The rules, in order.
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// Rules by the tag that their first token must have, those by its lower-case form, and those that name neither.
    by_tag: HashMap<String, Vec<(u16, u16)>>,
    by_lower: HashMap<String, Vec<(u16, u16)>>,
    others: Vec<(u16, u16)>,
}

impl Ruler {
    /// Compiles the rules; `None` if one cannot be.
    pub(crate) fn new(data: Vec<RuleData>) -> Option<Self> {
        let mut ruler = Ruler {
            rules: Vec::new(),
            by_tag: HashMap::new(),
            by_lower: HashMap::new(),
            others: Vec::new(),
        };
        for (number, rule) in data.into_iter().enumerate() {
            for (variant, pattern) in rule.patterns.iter().enumerate() {
                let key = (number as u16, variant as u16);
                let words = |wanted: Look| {
                    pattern.first()?.iter().find_map(|(look, test)| match test {
                        Test::In(words) if *look == wanted => Some(words),
                        _ => None,
                    })
                };
                // The lower-case form is the rarer of the two.
                let (index, words) = match (words(Look::Lower), words(Look::Tag)) {
                    (Some(words), _) => (&mut ruler.by_lower, words),
                    (None, Some(words)) => (&mut ruler.by_tag, words),
                    (None, None) => {
                        ruler.others.push(key);
                        continue;
                    }
                };
                for word in words {
                    index.entry(word.clone()).or_default().push(key);
                }
            }
            let compile = |pattern: Vec<Vec<(Look, Test)>>| {
                let tokens = pattern.into_iter().map(|token| {
                    token
                        .into_iter()
                        .map(Condition::new)
                        .collect::<Option<Vec<_>>>()
                });
                tokens.collect::<Option<Vec<_>>>()
            };
            let patterns = rule
                .patterns
                .into_iter()
                .map(compile)
                .collect::<Option<_>>()?;
            ruler.rules.push(Rule {
                patterns,
                index: rule.index as usize,
                tag: rule.tag.map(Into::into),
                pos: rule.pos.map(|pos| pos_of(&pos)),
                morph: rule.morph.map(|morph| match &*morph {
                    "_" => "".into(),
                    _ => morph.into(),
                }),
                lemma: rule.lemma.map(Into::into),
                dep: rule.dep.map(Into::into),
            });
        }
        Some(ruler)
    }

    /// Applies the rules to a paragraph.
    pub(crate) fn apply<'a>(&'a self, tokens: &mut [Attributes<'a>]) {
        let mut matches: Vec<(u16, u32)> = Vec::new();
        for i in 0..tokens.len() {
            let token = &tokens[i];
            let tagged = self.by_tag.get(token.tag).into_iter().flatten();
            let worded = self.by_lower.get(token.lower).into_iter().flatten();
            for &(number, variant) in tagged.chain(worded).chain(&self.others) {
                let rule = &self.rules[usize::from(number)];
                let pattern = &rule.patterns[usize::from(variant)];
                let holds = tokens.get(i..i + pattern.len()).is_some_and(|found| {
                    let mut pairs = found.iter().zip(pattern);
                    pairs.all(|(token, wanted)| wanted.iter().all(|c| c.holds(token)))
                });
                if holds {
                    matches.push((number, (i + rule.index) as u32));
                }
            }
        }
        matches.sort_unstable();
        for (number, at) in matches {
            let rule = &self.rules[usize::from(number)];
            let token = &mut tokens[at as usize];
            if let Some(tag) = &rule.tag {
                token.tag = tag;
            }
            if let Some(pos) = rule.pos {
                token.pos = pos;
            }
            if let Some(morph) = &rule.morph {
                token.morph = morph;
            }
            if let Some(lemma) = &rule.lemma {
                token.lemma = Some(lemma);
            }
            if let Some(dep) = &rule.dep {
                token.dep = dep;
            }
        }
    }
}

/// The part of speech of a name as spaCy writes it.
fn pos_of(name: &str) -> Pos {
    match name {
        "ADJ" => Pos::Adj,
        "ADP" => Pos::Adp,
        "ADV" => Pos::Adv,
        "AUX" => Pos::Aux,
        "CONJ" => Pos::Conj,
        "CCONJ" => Pos::Cconj,
        "DET" => Pos::Det,
        "INTJ" => Pos::Intj,
        "NOUN" => Pos::Noun,
        "NUM" => Pos::Num,
        "PART" => Pos::Part,
        "PRON" => Pos::Pron,
        "PROPN" => Pos::Propn,
        "PUNCT" => Pos::Punct,
        "SCONJ" => Pos::Sconj,
        "SYM" => Pos::Sym,
        "VERB" => Pos::Verb,
        "SPACE" => Pos::Space,
        _ => Pos::X,
    }
}
