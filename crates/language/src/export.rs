//! A parse as CoNLL-U or JSON, for use outside this program.
//!
//! What comes in: a [`Doc`]. What goes out: text. Offsets are in Unicode code points, not bytes: half-open `start|end`
//! ranges.

use std::fmt::Write;

use serde_json::json;

use crate::{Doc, Pos, Token};

/// Number of code points before a byte, for bytes asked in rising order.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            count: 0,
        }
    }

    fn at(&mut self, byte: usize) -> usize {
        self.count += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.count
    }
}

/// Start and end of every token in code points.
fn spans(doc: &Doc) -> Vec<(usize, usize)> {
    let mut points = CodePoints::new(doc.text());
    doc.tokens()
        .map(|token| {
            let bytes = token.bytes();
            (points.at(bytes.start), points.at(bytes.end))
        })
        .collect()
}

/// UPOS as CoNLL-U writes it; what UD has no tag for is `X`.
fn upos(pos: Pos) -> &'static str {
    match pos {
        Pos::Adj => "ADJ",
        Pos::Adp => "ADP",
        Pos::Adv => "ADV",
        Pos::Aux => "AUX",
        Pos::Conj | Pos::Cconj => "CCONJ",
        Pos::Det => "DET",
        Pos::Intj => "INTJ",
        Pos::Noun => "NOUN",
        Pos::Num => "NUM",
        Pos::Part => "PART",
        Pos::Pron => "PRON",
        Pos::Propn => "PROPN",
        Pos::Punct => "PUNCT",
        Pos::Sconj => "SCONJ",
        Pos::Sym => "SYM",
        Pos::Verb => "VERB",
        Pos::X | Pos::Space => "X",
    }
}

/// A field: never empty, never with a tab or line end in it.
fn field(text: &str) -> String {
    if text.is_empty() {
        return "_".to_owned();
    }
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    text.chars()
        .flat_map(|c| {
            let escaped: Box<dyn Iterator<Item = char>> = if c.is_control() {
                Box::new(c.escape_default())
            } else {
                Box::new(std::iter::once(c))
            };
            escaped
        })
        .collect()
}

/// `B-`, `I-` or nothing and the label of the entity a token is in.
fn entity(token: Token<'_>) -> Option<String> {
    let entity = token.entity()?;
    let begins = entity.start as usize == token.i;
    Some(format!(
        "{}-{}",
        if begins { 'B' } else { 'I' },
        entity.label
    ))
}

/// Writes a parse as CoNLL-U.
///
/// White-space tokens are left out and what hangs on one hangs on its head instead, so that every line is a word. MISC
/// holds `start_char` and `end_char` in code points of the text, the entity as `NER=B-GPE` or `NER=I-GPE`, and
/// `SpaceAfter=No`. The dependency labels are the model's own (ClearNLP's for English), not those of Universal
/// Dependencies; a root's is `root`.
pub fn to_conllu(doc: &Doc) -> String {
    let spans = spans(doc);
    let mut out = String::new();
    for (number, sentence) in doc.sentences().enumerate() {
        let words: Vec<usize> = sentence
            .clone()
            .filter(|&i| !doc.token(i).is_space())
            .collect();
        if words.is_empty() {
            continue;
        }
        let text = doc.slice(words[0]..words[words.len() - 1] + 1);
        let _ = writeln!(out, "# sent_id = {}", number + 1);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "# text = {}", field(&text));
        for (at, &i) in words.iter().enumerate() {
            let token = doc.token(i);
            // A head that is white space, or in another sentence, cannot be named.
            let head = token.ancestors().find(|head| !head.is_space());
            let head = head.and_then(|head| words.binary_search(&head.i).ok());
            let (start, end) = spans[i];
            let mut misc = format!("start_char={start}|end_char={end}");
            if let Some(entity) = entity(token) {
                misc.push_str("|NER=");
                misc.push_str(&entity);
            }
            let next = doc.text()[token.bytes().end..].chars().next();
            if next.is_some_and(|c| !c.is_whitespace()) {
                misc.push_str("|SpaceAfter=No");
            }
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{misc}",
                at + 1,
                field(token.text()),
                field(token.lemma()),
                upos(token.pos()),
                field(token.tag()),
                head.map_or(0, |head| head + 1),
                if head.is_none() {
                    "root".to_owned()
                } else {
                    field(token.dep())
                },
            );
        }
        out.push('\n');
    }
    out
}

/// Writes a parse as JSON, in the shape of spaCy's own `Doc.to_json` with the noun chunks added: `text`, `ents`,
/// `sents`, `chunks`, `tokens`. Every `start` and `end` is in code points of the text, `head` is the `id` of a token
/// (its own at a root).
pub fn to_json(doc: &Doc) -> String {
    let spans = spans(doc);
    let range = |tokens: std::ops::Range<usize>| (spans[tokens.start].0, spans[tokens.end - 1].1);
    let tokens = doc.tokens().map(|token| {
        let (start, end) = spans[token.i];
        json!({
            "id": token.i,
            "start": start,
            "end": end,
            "text": token.text(),
            "lemma": token.lemma(),
            "pos": token.pos(),
            "tag": token.tag(),
            "dep": token.dep(),
            "head": token.head().i,
        })
    });
    let sentences = doc.sentences().map(|sentence| {
        let (start, end) = range(sentence);
        json!({"start": start, "end": end})
    });
    let entities = doc.entities().iter().map(|entity| {
        let tokens = entity.start as usize..entity.end as usize;
        let (start, end) = range(tokens.clone());
        json!({"start": start, "end": end, "label": entity.label, "text": doc.slice(tokens)})
    });
    let chunks = doc.noun_chunks().map(|chunk| {
        let (start, end) = range(chunk.clone());
        json!({"start": start, "end": end, "text": doc.slice(chunk)})
    });
    json!({
        "text": doc.text(),
        "ents": entities.collect::<Vec<_>>(),
        "sents": sentences.collect::<Vec<_>>(),
        "chunks": chunks.collect::<Vec<_>>(),
        "tokens": tokens.collect::<Vec<_>>(),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, TokenData};

    fn doc() -> Doc {
        let text = "In Tolvaé 🕯️.\n";
        let words = [
            ("In", Pos::Adp, "IN", "ROOT", 0),
            ("Tolvaé", Pos::Propn, "NNP", "pobj", 0),
            ("🕯️", Pos::Noun, "NN", "dep", 4),
            (".", Pos::Punct, ".", "punct", 0),
            ("\n", Pos::Space, "_SP", "dep", 3),
        ];
        let mut from = 0;
        let tokens = words.map(|(word, pos, tag, dep, head)| {
            let start = from + text[from..].find(word).unwrap();
            from = start + word.len();
            TokenData {
                start: start as u32,
                end: from as u32,
                head,
                tag: tag.into(),
                pos,
                dep: dep.into(),
                lemma: word.to_lowercase().into(),
                lower: word.to_lowercase().into(),
                sent_start: start == 0,
                entity: 0,
            }
        });
        let entity = Entity {
            start: 1,
            end: 2,
            label: "GPE".into(),
        };
        Doc::new(text, tokens.to_vec(), vec![entity])
    }

    #[test]
    fn conllu_counts_code_points() {
        let expected = "# sent_id = 1\n\
            # text = In Tolvaé 🕯️.\n\
            1\tIn\tin\tADP\tIN\t_\t0\troot\t_\tstart_char=0|end_char=2\n\
            2\tTolvaé\ttolvaé\tPROPN\tNNP\t_\t1\tpobj\t_\tstart_char=3|end_char=9|NER=B-GPE\n\
            3\t🕯️\t🕯️\tNOUN\tNN\t_\t4\tdep\t_\tstart_char=10|end_char=12|SpaceAfter=No\n\
            4\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\tstart_char=12|end_char=13\n\n";
        assert_eq!(to_conllu(&doc()), expected);
    }

    #[test]
    fn json_counts_code_points() {
        let json: serde_json::Value = serde_json::from_str(&to_json(&doc())).unwrap();
        assert_eq!(json["tokens"][2]["start"], 10);
        assert_eq!(json["tokens"][2]["end"], 12);
        assert_eq!(
            json["ents"][0],
            json!({"start": 3, "end": 9, "label": "GPE", "text": "Tolvaé"})
        );
        assert_eq!(json["chunks"][0]["text"], "Tolvaé");
        assert_eq!(json["sents"][0]["end"], 14);
    }

    #[test]
    fn nothing_is_written_of_nothing() {
        assert_eq!(to_conllu(&Doc::default()), "");
    }
}
