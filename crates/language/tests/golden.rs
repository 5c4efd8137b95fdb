//! Our parse of a sample of sentences against Python spaCy's, which `scripts/golden.py` wrote down. Needs the prepared
//! model.

use language::Doc;
use serde_json::Value;

/// What spaCy said of a sentence, in the shape [`ours`] gives, one line a token, entity and noun chunk.
fn theirs(entry: &Value) -> Vec<String> {
    let rows = |key: &str| entry[key].as_array().unwrap().iter();
    let mut lines: Vec<String> = rows("tokens").map(|row| format!("token {row}")).collect();
    lines.extend(rows("entities").map(|row| format!("entity {row}")));
    lines.extend(rows("chunks").map(|row| format!("chunk {row}")));
    lines
}

fn ours(doc: &Doc) -> Vec<String> {
    let points = |byte: usize| doc.text()[..byte].chars().count();
    let mut starts = vec![0; doc.len()];
    for sentence in doc.sentences() {
        starts[sentence.start] = 1;
    }
    let mut lines = Vec::new();
    for token in doc.tokens() {
        let row = serde_json::json!([
            points(token.bytes().start),
            points(token.bytes().end),
            token.tag(),
            token.pos(),
            token.head().i,
            token.dep(),
            token.lemma(),
            starts[token.i]
        ]);
        lines.push(format!("token {row}"));
    }
    for entity in doc.entities() {
        let row = serde_json::json!([entity.start, entity.end, entity.label]);
        lines.push(format!("entity {row}"));
    }
    for chunk in doc.noun_chunks() {
        lines.push(format!("chunk [{},{}]", chunk.start, chunk.end));
    }
    lines
}

fn entries() -> Vec<Value> {
    serde_json::from_str(include_str!("golden.json")).unwrap()
}

#[test]
fn golden_sentences_parse_as_in_python() {
    let Some(pipeline) = testing::pipeline() else {
        return;
    };
    for entry in entries() {
        let text = entry["text"].as_str().unwrap();
        assert_eq!(ours(&pipeline.parse_text(text)), theirs(&entry), "{text:?}");
    }
}

#[test]
fn neither_company_nor_order_changes_a_parse() {
    let Some(pipeline) = testing::pipeline() else {
        return;
    };
    let entries = entries();
    let texts: Vec<&str> = entries
        .iter()
        .rev()
        .map(|entry| entry["text"].as_str().unwrap())
        .collect();
    let text = texts.join("\u{2029}");
    let mut at = 0;
    let paragraphs: Vec<_> = texts
        .iter()
        .map(|text| {
            let start = at;
            at += text.len() + '\u{2029}'.len_utf8();
            start..start + text.len()
        })
        .collect();
    let together = pipeline.parse(&text, &paragraphs);
    let alone: Vec<Doc> = texts.iter().map(|text| pipeline.parse_text(text)).collect();
    let words = |doc: &Doc| -> Vec<String> {
        let tokens = doc.tokens();
        tokens
            .map(|t| {
                let to_head = t.head().i as i64 - t.i as i64;
                format!(
                    "{} {} {} {} {to_head} {}",
                    t.text(),
                    t.tag(),
                    t.dep(),
                    t.lemma(),
                    t.entity_label()
                )
            })
            .collect()
    };
    let expected: Vec<String> = alone.iter().flat_map(words).collect();
    assert_eq!(words(&together), expected);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(pipeline.parse(&text, &paragraphs), together));
        }
    });
}
