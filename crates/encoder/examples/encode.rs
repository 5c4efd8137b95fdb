//! Cuts and encodes texts: `encode MODEL TEXTS VECTORS < …`. TEXTS holds a JSON string a line. Prints for each line one
//! JSON object: `ids` and `spans` (bytes) of its pieces, and for the first VECTORS lines the `vectors` of the pieces,
//! `[CLS]` and `[SEP]` included.

use std::{
    env,
    error::Error,
    fs,
    io::{BufWriter, Write},
};

use encoder::{Model, Scratch};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [model, texts, vectors] = &arguments[..] else {
        return Err("usage: encode MODEL TEXTS VECTORS".into());
    };
    let (model, vectors) = (Model::read(fs::read(model)?, None)?, vectors.parse()?);
    let vocabulary = model.vocabulary();
    let mut scratch = Scratch::default();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (at, line) in fs::read_to_string(texts)?.lines().enumerate() {
        let text: String = serde_json::from_str(line)?;
        let mut pieces = Vec::new();
        vocabulary.pieces(&text, &mut pieces);
        let ids: Vec<u32> = pieces.iter().map(|piece| piece.id).collect();
        let spans: Vec<_> = pieces
            .iter()
            .map(|piece| (piece.start, piece.end))
            .collect();
        let mut row = serde_json::json!({"ids": ids, "spans": spans});
        if at < vectors {
            let mut input = vec![vocabulary.cls()];
            input.extend(ids.iter().take(model.longest() - 2));
            input.push(vocabulary.sep());
            let numbers = model.encode(&input, &mut scratch);
            row["vectors"] = numbers.chunks_exact(model.width()).collect();
        }
        serde_json::to_writer(&mut out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
