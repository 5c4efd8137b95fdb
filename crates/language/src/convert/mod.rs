//! Makes the prepared model file from a spaCy package.
//!
//! What comes in: a look-up from a path in the package's model folder (`tok2vec/model`) to the bytes of that file. What
//! goes out: the bytes of the prepared file. It fetches and unpacks nothing itself.

mod error;
mod msgpack;
mod network;
mod tables;

pub use error::ConvertError;
use msgpack::Value;

use crate::prepared::Prepared;

/// The files of the model folder (the one that holds `config.cfg`) that [`convert`] asks for.
pub const MODEL_FILES: &[&str] = &[
    "meta.json",
    "tokenizer",
    "vocab/lookups.bin",
    "tok2vec/model",
    "tagger/cfg",
    "tagger/model",
    "parser/moves",
    "parser/model",
    "attribute_ruler/patterns",
    "lemmatizer/lookups/lookups.bin",
    "ner/moves",
    "ner/model",
];

/// Converts a spaCy 3.8 CNN pipeline to a prepared model file; the same package gives the same bytes.
///
/// # Errors
/// If a file is missing or is not of the expected shape.
pub fn convert(files: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Vec<u8>, ConvertError> {
    let read = |path: &'static str| files(path).ok_or(ConvertError::Missing { path });
    let pack = |path: &'static str| {
        Value::read(&read(path)?).ok_or(ConvertError::Unexpected {
            path,
            problem: "not msgpack",
        })
    };
    let meta: serde_json::Value = tables::json("meta.json", &read("meta.json")?)?;
    let text = |key: &str| meta[key].as_str().unwrap_or_default().to_owned();
    let (shared, own) = (pack("tok2vec/model")?, pack("ner/model")?);
    let prepared = Prepared {
        name: format!("{}_{}", text("lang"), text("name")),
        version: text("version"),
        tokenizer: tables::tokenizer("tokenizer", &pack("tokenizer")?)?,
        norms: tables::norms("vocab/lookups.bin", &pack("vocab/lookups.bin")?)?,
        tags: tables::labels("tagger/cfg", &read("tagger/cfg")?)?,
        parser_moves: tables::moves("parser/moves", &pack("parser/moves")?, &[])?,
        ner_moves: tables::moves("ner/moves", &pack("ner/moves")?, &[0])?,
        rules: tables::rules(
            "attribute_ruler/patterns",
            &pack("attribute_ruler/patterns")?,
        )?,
        lemmas: tables::lemmas(
            "lemmatizer/lookups/lookups.bin",
            &pack("lemmatizer/lookups/lookups.bin")?,
        )?,
        shared: network::encoder("tok2vec/model", &shared)?,
        own: network::encoder("ner/model", &own)?,
        tagger: network::linear("tagger/model", &pack("tagger/model")?, "softmax", 0)?,
        parser: network::transitions("parser/model", &pack("parser/model")?)?,
        ner: network::transitions("ner/model", &own)?,
    };
    network::check(&prepared)?;
    Ok(prepared.to_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_file_is_named() {
        assert_eq!(
            convert(&|_| None),
            Err(ConvertError::Missing { path: "meta.json" })
        );
    }

    #[test]
    fn broken_files_are_errors() {
        for bytes in [&b""[..], b"{}", b"\x80", b"\xc6\xff\xff\xff\xff"] {
            assert!(convert(&|_| Some(bytes.to_vec())).is_err());
        }
    }
}
