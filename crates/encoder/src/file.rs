//! The container of the weights: safetensors, as published models come.
//!
//! What comes in: bytes. What goes out: tensors by name. Eight bytes say how long the header is; the header is JSON and
//! gives type, shape and place of each tensor; the numbers follow, little-endian.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use serde::{Deserialize, Serialize};

/// Name under which the list of word pieces lies in the container: one a line, as bytes.
pub const VOCABULARY: &str = "vocab";

/// Name of the embeddings of the pieces.
pub(crate) const WORDS: &str = "embeddings.word_embeddings.weight";

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes do not begin with a header of this format.
    #[error("not a file of weights")]
    Header,
    /// A tensor ends after the file does, or has another size than its shape says.
    #[error("the file of weights is cut or damaged at {name}")]
    Cut {
        /// Name of the tensor.
        name: String,
    },
    /// A tensor that must be there is not.
    #[error("the weights lack {name}")]
    Absent {
        /// Name of the tensor.
        name: String,
    },
    /// A tensor is of another type or shape.
    #[error("the weights {name} are {found}, not {wanted}")]
    Shape {
        /// Name of the tensor.
        name: String,
        /// What was found: type and shape.
        found: String,
        /// What was wanted.
        wanted: String,
    },
    /// The vocabulary is no list of word pieces.
    #[error("the vocabulary cannot be used: {problem}")]
    Vocabulary {
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// Type of a tensor's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Kind {
    F32,
    I64,
    I8,
    U8,
}

impl Kind {
    fn size(self) -> usize {
        match self {
            Kind::F32 => 4,
            Kind::I64 => 8,
            Kind::I8 | Kind::U8 => 1,
        }
    }
}

/// A tensor's line in the header.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Entry {
    dtype: Kind,
    shape: Vec<usize>,
    /// Half-open, from the end of the header.
    data_offsets: (usize, usize),
}

/// One tensor, where it lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tensor<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: Kind,
    pub(crate) shape: &'a [usize],
    pub(crate) bytes: &'a [u8],
}

impl Tensor<'_> {
    /// Fails unless type and shape are these.
    pub(crate) fn expect(self, kind: Kind, shape: &[usize]) -> Result<Self, Error> {
        if self.kind == kind && self.shape == shape {
            return Ok(self);
        }
        Err(self.odd(format!("{kind:?} {shape:?}")))
    }

    /// The error for a tensor that is not what was wanted.
    pub(crate) fn odd(self, wanted: String) -> Error {
        Error::Shape {
            name: self.name.to_owned(),
            found: format!("{:?} {:?}", self.kind, self.shape),
            wanted,
        }
    }

    /// The numbers of a tensor of kind F32.
    pub(crate) fn floats(self) -> Vec<f32> {
        let (numbers, _) = self.bytes.as_chunks();
        numbers.iter().map(|&b| f32::from_le_bytes(b)).collect()
    }

    /// The numbers of a tensor of kind I8.
    pub(crate) fn signed(&self) -> impl Iterator<Item = i8> {
        self.bytes.iter().map(|&byte| byte.cast_signed())
    }
}

/// A file of weights, its header read and checked.
#[derive(Debug)]
pub(crate) struct File<'a> {
    bytes: Cow<'a, [u8]>,
    tensors: BTreeMap<String, (Kind, Vec<usize>, Range<usize>)>,
}

impl<'a> File<'a> {
    /// Reads the header and checks that every tensor lies within the file.
    pub(crate) fn read(bytes: Cow<'a, [u8]>) -> Result<Self, Error> {
        let length = bytes.first_chunk().ok_or(Error::Header)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| Error::Header)?;
        let start = length.checked_add(8).ok_or(Error::Header)?;
        let header = bytes.get(8..start).ok_or(Error::Header)?;
        let mut header: BTreeMap<String, serde_json::Value> =
            serde_json::from_slice(header).map_err(|_| Error::Header)?;
        header.remove("__metadata__");
        let mut tensors = BTreeMap::new();
        for (name, entry) in header {
            let entry: Entry = serde_json::from_value(entry).map_err(|_| Error::Header)?;
            let (from, to) = entry.data_offsets;
            let size = entry
                .shape
                .iter()
                .try_fold(entry.dtype.size(), |size, &n| size.checked_mul(n));
            let range = start.checked_add(from).zip(start.checked_add(to));
            match range {
                Some((from, to)) if from <= to && to <= bytes.len() && size == Some(to - from) => {
                    tensors.insert(name, (entry.dtype, entry.shape, from..to));
                }
                _ => return Err(Error::Cut { name }),
            }
        }
        Ok(Self { bytes, tensors })
    }

    /// The tensor of this name.
    pub(crate) fn get(&self, name: &str) -> Option<Tensor<'_>> {
        let (name, (kind, shape, range)) = self.tensors.get_key_value(name)?;
        Some(Tensor {
            name,
            kind: *kind,
            shape,
            bytes: &self.bytes[range.clone()],
        })
    }

    /// The tensor of this name, which must be there.
    pub(crate) fn need(&self, name: &str) -> Result<Tensor<'_>, Error> {
        self.get(name).ok_or_else(|| Error::Absent {
            name: name.to_owned(),
        })
    }

    /// All names, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }
}

/// A file of weights in the making. The same tensors give the same bytes, in whatever order they come.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    tensors: BTreeMap<String, (Kind, Vec<usize>, Vec<u8>)>,
}

impl Draft {
    /// Adds a tensor of whole numbers or bytes.
    pub(crate) fn bytes(&mut self, name: String, kind: Kind, shape: &[usize], bytes: Vec<u8>) {
        self.tensors.insert(name, (kind, shape.to_vec(), bytes));
    }

    /// Adds a tensor of floats.
    pub(crate) fn floats(&mut self, name: String, shape: &[usize], numbers: &[f32]) {
        let bytes = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        self.bytes(name, Kind::F32, shape, bytes);
    }

    /// The file.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut at = 0;
        let header: BTreeMap<&str, Entry> = self
            .tensors
            .iter()
            .map(|(name, (dtype, shape, bytes))| {
                let from = at;
                at += bytes.len();
                let entry = Entry {
                    dtype: *dtype,
                    shape: shape.clone(),
                    data_offsets: (from, at),
                };
                (name.as_str(), entry)
            })
            .collect();
        // A map of names to numbers always has a JSON form.
        let mut header = serde_json::to_vec(&header).unwrap_or_default();
        while !header.len().is_multiple_of(8) {
            header.push(b' ');
        }
        let mut out = Vec::with_capacity(8 + header.len() + at);
        out.extend((header.len() as u64).to_le_bytes());
        out.extend(header);
        for (_, _, bytes) in self.tensors.values() {
            out.extend(bytes);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut draft = Draft::default();
        draft.floats("b".into(), &[2], &[1.5, -2.0]);
        draft.bytes("a".into(), Kind::I8, &[1, 3], vec![1, 255, 0]);
        draft.finish()
    }

    #[test]
    fn what_is_written_is_read() {
        let file = File::read(sample().into()).unwrap();
        assert_eq!(file.names().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(file.get("b").unwrap().floats(), [1.5, -2.0]);
        assert!(file.get("a").unwrap().signed().eq([1, -1, 0]));
        assert!(file.get("c").is_none());
    }

    #[test]
    fn a_cut_file_is_an_error_wherever_it_is_cut() {
        let whole = sample();
        for end in 0..whole.len() {
            let error = File::read(whole[..end].to_vec().into()).err();
            assert!(
                matches!(error, Some(Error::Header | Error::Cut { .. })),
                "cut at {end}"
            );
        }
    }

    #[test]
    fn a_header_that_lies_is_an_error() {
        for header in [
            r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
            r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
            r#"{"a":{"dtype":"I8","shape":[18446744073709551615,9],"data_offsets":[0,4]}}"#,
            r#"{"a":{"dtype":"I8","shape":[1],"data_offsets":[18446744073709551615,0]}}"#,
            r#"{"a":{"dtype":"X9","shape":[4],"data_offsets":[0,4]}}"#,
            "[]",
        ] {
            let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
            bytes.extend(header.bytes());
            bytes.extend([0; 4]);
            assert!(File::read(bytes.into()).is_err(), "{header}");
        }
    }
}
