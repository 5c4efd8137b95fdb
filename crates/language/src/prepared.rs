//! The prepared model file: everything the pipeline needs, in the shape it needs it.
//!
//! What comes in: a converted package, or the bytes of a prepared file. What goes out: the other one. The file is a
//! header (magic, format version, checksum of the rest) and one postcard record. It knows nothing of spaCy's own files.

use serde::{Deserialize, Serialize};

use crate::strings::murmur64a;

const MAGIC: &[u8; 8] = b"CBLANG\r\n";
/// Raised whenever the record below changes shape.
pub(crate) const FORMAT: u32 = 1;
const HEADER: usize = 8 + 4 + 8;

/// Why bytes are no prepared model this program can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// It does not start like a prepared model.
    #[error("not a prepared model; make one with `crossbearing prepare`")]
    NotAModel,
    /// Another release of this program wrote it.
    #[error(
        "prepared model has format {found}, this program reads {FORMAT}; run `crossbearing prepare` again"
    )]
    Version {
        /// The format found.
        found: u32,
    },
    /// Bytes are missing or changed.
    #[error("prepared model is damaged; run `crossbearing prepare` again")]
    Damaged,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Prepared {
    pub name: String,
    pub version: String,
    pub tokenizer: TokenizerData,
    /// Norms by string id, sorted.
    pub norms: Vec<(u64, String)>,
    pub tags: Vec<String>,
    /// Kind and label of each parser action, in output order.
    pub parser_moves: Vec<(u8, String)>,
    pub ner_moves: Vec<(u8, String)>,
    pub rules: Vec<RuleData>,
    pub lemmas: Vec<LemmaData>,
    pub shared: EncoderData,
    pub own: EncoderData,
    pub tagger: LinearData,
    pub parser: TransitionData,
    pub ner: TransitionData,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TokenizerData {
    pub prefix: String,
    pub suffix: String,
    pub infix: String,
    pub url: String,
    /// Chunk and its tokens: each with its norm if it has one of its own. Sorted by chunk.
    pub exceptions: Vec<(String, Vec<ExceptionToken>)>,
}

/// A token of an exception and its norm.
pub(crate) type ExceptionToken = (String, Option<String>);

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Look {
    Tag,
    Lower,
    Dep,
    IsSpace,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Test {
    In(Vec<String>),
    NotIn(Vec<String>),
    Regex(String),
    Is(bool),
}

/// What one token of a pattern must be.
pub(crate) type TokenTests = Vec<(Look, Test)>;

/// One attribute rule: where any of the patterns matches, the token at `index` in the match gets the values.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct RuleData {
    pub patterns: Vec<Vec<TokenTests>>,
    pub index: u32,
    pub tag: Option<String>,
    pub pos: Option<String>,
    pub morph: Option<String>,
    pub lemma: Option<String>,
    pub dep: Option<String>,
}

/// Lemma tables of one part of speech (lower-case UPOS).
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct LemmaData {
    pub pos: String,
    /// Suffix and what takes its place.
    pub rules: Vec<(String, String)>,
    /// Sorted by form.
    pub exceptions: Vec<(String, Vec<String>)>,
    /// Sorted ids of the known base forms.
    pub index: Vec<u64>,
}

/// What of a token a hashed embedding table looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Feature {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TableData {
    pub feature: Feature,
    pub seed: u32,
    pub rows: u32,
    /// `rows × width`.
    pub weights: Vec<f32>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct EncoderData {
    pub width: u32,
    pub pieces: u32,
    pub tables: Vec<TableData>,
    pub mix: MaxoutData,
    pub blocks: Vec<MaxoutData>,
}

/// A maxout layer with its layer norm: `w` is `outputs × pieces × inputs`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MaxoutData {
    pub w: Vec<f32>,
    pub b: Vec<f32>,
    pub gain: Vec<f32>,
    pub shift: Vec<f32>,
}

/// `w` is `outputs × inputs`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LinearData {
    pub w: Vec<f32>,
    pub b: Vec<f32>,
}

/// A transition model: a linear squeeze of the token vectors, a lower layer that is summed over the state's features,
/// an upper one that scores the actions.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TransitionData {
    pub squeeze: LinearData,
    pub features: u32,
    pub hidden: u32,
    pub pieces: u32,
    /// `features × hidden × pieces × hidden`.
    pub lower: LinearData,
    /// `features × hidden × pieces`, for features that are absent.
    pub pad: Vec<f32>,
    pub upper: LinearData,
}

impl Prepared {
    /// Checks that all layers fit together; else which file is at fault and why.
    pub(crate) fn fits(&self) -> Result<(), (&'static str, &'static str)> {
        const ODD: &str = "layers of sizes this program does not know";
        let width = self.shared.width as usize;
        for (path, encoder) in [("tok2vec/model", &self.shared), ("ner/model", &self.own)] {
            let fits = encoder.width as usize == width
                && width.is_multiple_of(16)
                && encoder.pieces == 3
                && !encoder.blocks.is_empty()
                && encoder.tables.iter().all(|table| {
                    table.rows > 0 && table.weights.len() == table.rows as usize * width
                })
                && encoder
                    .mix
                    .fits(width, encoder.pieces as usize, encoder.tables.len() * width)
                && encoder
                    .blocks
                    .iter()
                    .all(|block| block.fits(width, encoder.pieces as usize, 3 * width));
            fits.then_some(()).ok_or((path, ODD))?;
        }
        let tagger = self.tagger.fits(self.tags.len(), width) && !self.tags.is_empty();
        tagger.then_some(()).ok_or(("tagger/model", ODD))?;
        let parser = self.parser.features == 8 && self.parser.fits(self.parser_moves.len(), width);
        parser.then_some(()).ok_or(("parser/model", ODD))?;
        let ner = self.ner.features == 3 && self.ner.fits(self.ner_moves.len(), width);
        ner.then_some(()).ok_or(("ner/model", ODD))
    }

    /// Writes the prepared file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let body = postcard::to_allocvec(self).unwrap_or_default();
        let mut out = Vec::with_capacity(HEADER + body.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&FORMAT.to_le_bytes());
        out.extend_from_slice(&murmur64a(&body, 0).to_le_bytes());
        out.extend_from_slice(&body);
        out
    }

    /// Reads a prepared file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (header, body) = bytes
            .split_at_checked(HEADER)
            .ok_or(FormatError::NotAModel)?;
        if &header[..8] != MAGIC {
            return Err(FormatError::NotAModel);
        }
        let found = u32::from_le_bytes([header[8], header[9], header[10], header[11]]);
        if found != FORMAT {
            return Err(FormatError::Version { found });
        }
        if header[12..] != murmur64a(body, 0).to_le_bytes() {
            return Err(FormatError::Damaged);
        }
        postcard::from_bytes(body).map_err(|_| FormatError::Damaged)
    }
}

impl MaxoutData {
    fn fits(&self, outputs: usize, pieces: usize, inputs: usize) -> bool {
        self.w.len() == outputs * pieces * inputs
            && self.b.len() == outputs * pieces
            && self.gain.len() == outputs
            && self.shift.len() == outputs
    }
}

impl LinearData {
    fn fits(&self, outputs: usize, inputs: usize) -> bool {
        self.w.len() == outputs * inputs && self.b.len() == outputs
    }
}

impl TransitionData {
    fn fits(&self, actions: usize, width: usize) -> bool {
        let (features, hidden) = (self.features as usize, self.hidden as usize);
        let pieces = self.pieces as usize;
        actions > 0
            && hidden > 0
            && hidden.is_multiple_of(16)
            && (1..=4).contains(&pieces)
            && hidden * pieces <= 512
            && self.squeeze.fits(hidden, width)
            && self.lower.w.len() == features * hidden * pieces * hidden
            && self.lower.b.len() == hidden * pieces
            && self.pad.len() == features * hidden * pieces
            && self.upper.fits(actions, hidden)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_bytes_are_refused() {
        assert_eq!(
            Prepared::from_bytes(b"hello").unwrap_err(),
            FormatError::NotAModel
        );
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&99u32.to_le_bytes());
        bytes.extend_from_slice(&[0; 20]);
        assert_eq!(
            Prepared::from_bytes(&bytes).unwrap_err(),
            FormatError::Version { found: 99 }
        );
        bytes[8] = FORMAT as u8;
        assert_eq!(
            Prepared::from_bytes(&bytes).unwrap_err(),
            FormatError::Damaged
        );
    }
}
