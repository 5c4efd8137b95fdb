//! From published weights to the container that [`crate::Model`] reads.
//!
//! What comes in: a safetensors file of f32 weights under their usual names, and the list of word pieces. What goes
//! out: the same weights with every matrix in eight bits, a quarter of the size. The same input gives the same bytes.

use crate::{
    Vocabulary,
    file::{Draft, Error, File, Kind, VOCABULARY, WORDS},
};

/// Makes the container from a safetensors file of f32 weights and the text of its `vocab.txt`; a file of tuned weights,
/// which goes beside another, has no vocabulary.
///
/// The embeddings of pieces and every matrix of the layers become whole numbers from -127 to 127 with one scale a row
/// (`NAME.scale`); everything else stays as it is. The pooler, which sentence encoders do not use, is left out.
///
/// # Errors
/// If the file is not safetensors, is cut, or holds weights that are not f32; if the vocabulary is none.
pub fn quantise(weights: &[u8], vocabulary: Option<&str>) -> Result<Vec<u8>, Error> {
    if let Some(text) = vocabulary {
        Vocabulary::read(text)?;
    }
    let file = File::read(weights.into())?;
    let mut draft = Draft::default();
    for name in file.names() {
        if name.starts_with("pooler.") || name.ends_with("position_ids") {
            continue;
        }
        let tensor = file.need(name)?;
        if tensor.kind != Kind::F32 {
            return Err(tensor.odd("F32".to_owned()));
        }
        let numbers = tensor.floats();
        let in_bytes = name == WORDS || name.starts_with("encoder.");
        match *tensor.shape {
            [rows, columns] if in_bytes && columns > 0 => {
                let mut whole = Vec::with_capacity(rows * columns);
                let mut scales = Vec::with_capacity(rows);
                for row in numbers.chunks_exact(columns) {
                    let scale = row.iter().fold(0.0_f32, |max, n| max.max(n.abs())) / 127.0;
                    let by = if scale > 0.0 { 1.0 / scale } else { 0.0 };
                    let round = |n: &f32| ((n * by).round_ties_even() as i8).cast_unsigned();
                    whole.extend(row.iter().map(round));
                    scales.push(scale);
                }
                draft.floats(format!("{name}.scale"), &[rows], &scales);
                draft.bytes(name.to_owned(), Kind::I8, tensor.shape, whole);
            }
            _ => draft.floats(name.to_owned(), tensor.shape, &numbers),
        }
    }
    if let Some(text) = vocabulary {
        let text = text.as_bytes().to_vec();
        draft.bytes(VOCABULARY.to_owned(), Kind::U8, &[text.len()], text);
    }
    Ok(draft.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: Option<&str> = Some("[UNK]\n[CLS]\n[SEP]\n");

    #[test]
    fn rows_keep_their_own_scale() {
        let mut draft = Draft::default();
        let matrix = [127.0, -63.4, 0.0, 0.0, 254.0, 1.1];
        draft.floats("encoder.x.weight".into(), &[3, 2], &matrix);
        draft.floats("encoder.x.bias".into(), &[2], &[0.25, 3.0]);
        draft.floats("head.weight".into(), &[1, 2], &[0.25, 3.0]);
        draft.floats("pooler.dense.bias".into(), &[1], &[1.0]);
        let made = quantise(&draft.finish(), PIECES).unwrap();
        let file = File::read(made.into()).unwrap();
        let names: Vec<_> = file.names().collect();
        let (bias, weight) = ("encoder.x.bias", "encoder.x.weight");
        let scale = "encoder.x.weight.scale";
        assert_eq!(names, [bias, weight, scale, "head.weight", "vocab"]);
        let whole: Vec<i8> = file.get(weight).unwrap().signed().collect();
        assert_eq!(whole, [127, -63, 0, 0, 127, 1]);
        assert_eq!(file.get(scale).unwrap().floats(), [1.0, 0.0, 2.0]);
        assert_eq!(file.get(bias).unwrap().floats(), [0.25, 3.0]);
        assert_eq!(file.get("head.weight").unwrap().kind, Kind::F32);
    }

    #[test]
    fn what_is_not_f32_is_refused() {
        let mut draft = Draft::default();
        draft.bytes("x".into(), Kind::U8, &[1], vec![1]);
        let error = quantise(&draft.finish(), None).unwrap_err();
        assert_eq!(error.to_string(), "the weights x are U8 [1], not F32");
        assert!(quantise(b"no such thing", PIECES).is_err());
        assert!(quantise(&Draft::default().finish(), Some("a\nb")).is_err());
    }
}
