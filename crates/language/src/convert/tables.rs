//! Everything in the package that is no weight: tokenizer rules, norms, labels, attribute rules, lemma tables.

use super::{error::ConvertError, msgpack::Value};
use crate::{
    prepared::{LemmaData, Look, RuleData, Test, TokenizerData},
    strings::string_id,
};

/// Attribute numbers that spaCy uses as keys.
const ORTH: u64 = 65;
const NORM: u64 = 67;

pub(super) fn json(path: &'static str, bytes: &[u8]) -> Result<serde_json::Value, ConvertError> {
    serde_json::from_slice(bytes).map_err(|_| ConvertError::Unexpected {
        path,
        problem: "not JSON",
    })
}

/// Turns `None` into an error about this file.
fn expect<T>(
    path: &'static str,
    problem: &'static str,
    found: Option<T>,
) -> Result<T, ConvertError> {
    found.ok_or(ConvertError::Unexpected { path, problem })
}

pub(super) fn tokenizer(path: &'static str, data: &Value) -> Result<TokenizerData, ConvertError> {
    let regex = |key| Some(data.get(key)?.str()?.to_owned());
    let piece = |token: &Value| {
        let find = |key: u64| {
            let (_, value) = token.map()?.iter().find(|(k, _)| k.int() == Some(key))?;
            Some(value.str()?.to_owned())
        };
        Some((find(ORTH)?, find(NORM)))
    };
    let read = || {
        let mut exceptions: Vec<_> = data
            .get("exceptions")?
            .map()?
            .iter()
            .map(|(chunk, tokens)| {
                let tokens: Option<Vec<_>> = tokens.list()?.iter().map(piece).collect();
                Some((chunk.str()?.to_owned(), tokens?))
            })
            .collect::<Option<_>>()?;
        exceptions.sort();
        let whole = exceptions.iter().all(|(chunk, tokens): &(String, Vec<_>)| {
            let joined: String = tokens
                .iter()
                .map(|(orth, _): &(String, _)| &**orth)
                .collect();
            joined == *chunk
        });
        if !whole || data.get("token_match") != Some(&Value::Nil) {
            return None;
        }
        Some(TokenizerData {
            prefix: regex("prefix_search")?,
            suffix: regex("suffix_search")?,
            infix: regex("infix_finditer")?,
            url: regex("url_match")?,
            exceptions,
        })
    };
    expect(path, "not a spaCy tokenizer", read())
}

pub(super) fn norms(path: &'static str, data: &Value) -> Result<Vec<(u64, String)>, ConvertError> {
    let read = || {
        let table = data.get("lexeme_norm")?.map()?.iter();
        let mut norms: Vec<_> = table
            .map(|(key, norm)| Some((key.int()?, norm.str()?.to_owned())))
            .collect::<Option<_>>()?;
        norms.sort();
        Some(norms)
    };
    expect(path, "no table of norms", read())
}

pub(super) fn labels(path: &'static str, bytes: &[u8]) -> Result<Vec<String>, ConvertError> {
    let data = json(path, bytes)?;
    let labels = data["labels"].as_array().and_then(|labels| {
        let labels = labels.iter().map(|label| Some(label.as_str()?.to_owned()));
        labels.collect()
    });
    expect(path, "no labels", labels)
}

/// Kind and label of every action: kinds in order, labels by (frequency, name) descending. `skip` are kinds without
/// outputs.
pub(super) fn moves(
    path: &'static str,
    data: &Value,
    skip: &[u8],
) -> Result<Vec<(u8, String)>, ConvertError> {
    let text = expect(path, "no moves", data.get("moves").and_then(Value::str))?;
    let moves = json(path, text.as_bytes())?;
    let read = || {
        let mut out = Vec::new();
        for (kind, labels) in moves.as_object()? {
            let kind: u8 = kind.parse().ok()?;
            if skip.contains(&kind) {
                continue;
            }
            for (label, frequency) in labels.as_object()? {
                out.push((kind, frequency.as_i64()?, label.clone()));
            }
        }
        out.sort_by(|a, b| (a.0, &b.1, &b.2).cmp(&(b.0, &a.1, &a.2)));
        Some(
            out.into_iter()
                .map(|(kind, _, label)| (kind, label))
                .collect(),
        )
    };
    expect(path, "odd moves", read())
}

pub(super) fn rules(path: &'static str, data: &Value) -> Result<Vec<RuleData>, ConvertError> {
    let read = || data.list()?.iter().map(rule).collect();
    expect(path, "an attribute rule this program does not know", read())
}

fn rule(data: &Value) -> Option<RuleData> {
    let token = |token: &Value| token.map()?.iter().map(condition).collect();
    let pattern = |pattern: &Value| pattern.list()?.iter().map(token).collect();
    let patterns: Option<Vec<Vec<_>>> = data.get("patterns")?.list()?.iter().map(pattern).collect();
    let mut out = RuleData {
        patterns: patterns?,
        index: u32::try_from(data.get("index")?.int()?).ok()?,
        ..RuleData::default()
    };
    let shortest = out.patterns.iter().map(Vec::len).min()?;
    if out.index as usize >= shortest {
        return None;
    }
    for (name, value) in data.get("attrs")?.map()? {
        let slot = match name.str()? {
            "TAG" => &mut out.tag,
            "POS" => &mut out.pos,
            "MORPH" => &mut out.morph,
            "LEMMA" => &mut out.lemma,
            "DEP" => &mut out.dep,
            _ => return None,
        };
        *slot = Some(value.str()?.to_owned());
    }
    Some(out)
}

fn condition((name, value): &(Value, Value)) -> Option<(Look, Test)> {
    let look = match name.str()? {
        "TAG" => Look::Tag,
        "LOWER" => Look::Lower,
        "DEP" => Look::Dep,
        "IS_SPACE" => Look::IsSpace,
        _ => return None,
    };
    let words = |list: &Value| {
        let words = list.list()?.iter().map(|word| Some(word.str()?.to_owned()));
        words.collect::<Option<Vec<String>>>()
    };
    let test = match value {
        Value::Str(word) => Test::In(vec![word.clone()]),
        Value::Bool(yes) => Test::Is(*yes),
        Value::Map(entries) => {
            let [(kind, argument)] = &entries[..] else {
                return None;
            };
            match kind.str()? {
                "IN" => Test::In(words(argument)?),
                "NOT_IN" => Test::NotIn(words(argument)?),
                "REGEX" => Test::Regex(argument.str()?.to_owned()),
                _ => return None,
            }
        }
        _ => return None,
    };
    (matches!(test, Test::Is(_)) == (look == Look::IsSpace)).then_some((look, test))
}

/// The parts of speech that may have lemma tables.
const LEMMATISED: &[&str] = &[
    "adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "num", "part", "pron", "propn",
    "punct", "sconj", "sym", "verb", "x",
];

pub(super) fn lemmas(path: &'static str, data: &Value) -> Result<Vec<LemmaData>, ConvertError> {
    let read = || {
        let rules = data.get("lemma_rules")?.map()?;
        let exceptions = data.get("lemma_exc").map_or(Some(&[][..]), Value::map)?;
        let index = data.get("lemma_index").map_or(Some(&[][..]), Value::map)?;
        let mut out = Vec::new();
        for pos in LEMMATISED {
            let id = string_id(pos);
            let find = |entries: &[(Value, Value)]| {
                let found = entries.iter().find(|(key, _)| key.int() == Some(id));
                found.map(|(_, value)| value.clone())
            };
            let mut table = LemmaData {
                pos: (*pos).to_owned(),
                ..LemmaData::default()
            };
            for rule in find(rules)
                .iter()
                .flat_map(|v| v.list().unwrap_or_default())
            {
                let [old, new] = rule.list()? else {
                    return None;
                };
                table
                    .rules
                    .push((old.str()?.to_owned(), new.str()?.to_owned()));
            }
            for (form, lemmas) in find(exceptions)
                .iter()
                .flat_map(|v| v.map().unwrap_or_default())
            {
                let lemmas = lemmas.list()?.iter().map(|l| Some(l.str()?.to_owned()));
                let lemmas: Option<Vec<_>> = lemmas.collect();
                table.exceptions.push((form.str()?.to_owned(), lemmas?));
            }
            for form in find(index)
                .iter()
                .flat_map(|v| v.list().unwrap_or_default())
            {
                table.index.push(string_id(form.str()?));
            }
            table.exceptions.sort();
            table.index.sort_unstable();
            if !(table.rules.is_empty() && table.exceptions.is_empty() && table.index.is_empty()) {
                out.push(table);
            }
        }
        Some(out)
    };
    expect(path, "odd lemma tables", read())
}
