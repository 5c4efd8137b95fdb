//! Our word pieces of a sample of sentences against the `tokenizers` package's, which `scripts/parity_encoder.py
//! --golden` wrote down, and the bytes that the encoder gives. Needs the prepared encoder.

use encoder::{Kernel, Model, Scratch};
use serde_json::Value;

fn sentences() -> Vec<Value> {
    serde_json::from_str(include_str!("golden.json")).unwrap()
}

#[test]
fn word_pieces_are_those_of_the_package() {
    let Some(model) = testing::encoder() else {
        return;
    };
    for entry in sentences() {
        let text = entry["text"].as_str().unwrap();
        let mut pieces = Vec::new();
        model.vocabulary().pieces(text, &mut pieces);
        let ids: Vec<u32> = pieces.iter().map(|piece| piece.id).collect();
        let spans: Vec<_> = pieces
            .iter()
            .map(|piece| [piece.start, piece.end])
            .collect();
        assert_eq!(serde_json::json!(ids), entry["ids"], "{text:?}");
        assert_eq!(serde_json::json!(spans), entry["spans"], "{text:?}");
    }
}

#[test]
fn vectors_are_these_bytes_on_every_machine() {
    let Some(bytes) = testing::encoder_bytes() else {
        return;
    };
    for kernel in Kernel::all() {
        let model = Model::read_for(kernel, bytes.to_vec().into(), None).unwrap();
        let text = sentences()[0]["text"].as_str().unwrap().to_owned();
        let mut pieces = Vec::new();
        model.vocabulary().pieces(&text, &mut pieces);
        let mut ids = vec![model.vocabulary().cls()];
        ids.extend(pieces.iter().map(|piece| piece.id));
        ids.push(model.vocabulary().sep());
        let mut scratch = Scratch::default();
        let vectors = model.encode(&ids, &mut scratch);
        assert_eq!(vectors.len(), ids.len() * 384);
        assert_eq!(
            testing::hash(vectors),
            3_602_187_820_290_301_164,
            "{kernel:?}"
        );
    }
}
