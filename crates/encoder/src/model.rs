//! A model: its weights, laid out for this machine.
//!
//! What comes in: the bytes of one container, or of two, where the tensors of the second take the place of those of the
//! same name in the first. What goes out: [`Model`].

use std::borrow::Cow;

use crate::{
    Vocabulary,
    file::{Error, File, Kind, Tensor, VOCABULARY, WORDS},
    kernel::{GROUP, Kernel, Linear},
};

/// Numbers that one head of attention works on, in every model of this family.
pub(crate) const HEAD: usize = 32;

/// A sentence encoder. It never changes: threads may share it, each with a [`crate::Scratch`] of its own.
#[derive(Debug)]
pub struct Model {
    files: Files,
    vocabulary: Vocabulary,
    pub(crate) kernel: Kernel,
    /// Numbers a piece, a multiple of 64.
    pub(crate) hidden: usize,
    /// What one unit of each piece's embedding is worth.
    pub(crate) word_scale: Vec<f32>,
    /// Embeddings of the positions, that of the first token type added.
    pub(crate) positions: Vec<f32>,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
}

/// One layer of the network.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) query: Linear,
    pub(crate) key: Linear,
    pub(crate) value: Linear,
    pub(crate) mix: Linear,
    pub(crate) mix_norm: Norm,
    pub(crate) widen: Linear,
    pub(crate) narrow: Linear,
    pub(crate) norm: Norm,
}

/// What a vector is multiplied with and what is added, once it has mean 0 and variance 1.
#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Model {
    /// Reads a model from a container that [`crate::quantise`] made, and perhaps a second one with tensors of its own:
    /// those take the place of the base's of the same name, and others can be had from [`Model::tensor`]. A matrix in
    /// eight bits brings its scale along in the same file.
    ///
    /// # Errors
    /// If a file is no container or is cut, a tensor is absent or of another type or shape, a width is not a multiple
    /// of 64, or the vocabulary is not that of the embeddings.
    pub fn read(
        base: impl Into<Cow<'static, [u8]>>,
        tuned: Option<Cow<'static, [u8]>>,
    ) -> Result<Self, Error> {
        Self::read_for(Kernel::detect(), base.into(), tuned)
    }

    /// The same for an instruction set that is not the best one. `kernel` must be one of [`Kernel::all`]; any other is
    /// taken for [`Kernel::Plain`].
    ///
    /// # Errors
    /// As [`Model::read`].
    pub fn read_for(
        kernel: Kernel,
        base: Cow<'static, [u8]>,
        tuned: Option<Cow<'static, [u8]>>,
    ) -> Result<Self, Error> {
        let known = Kernel::all().contains(&kernel);
        let kernel = if known { kernel } else { Kernel::Plain };
        let files = Files {
            base: File::read(base)?,
            tuned: tuned.map(File::read).transpose()?,
        };
        let (_, text) = files.need(VOCABULARY)?;
        let problem = "it is not UTF-8";
        let text = std::str::from_utf8(text.bytes).map_err(|_| Error::Vocabulary { problem })?;
        let vocabulary = Vocabulary::read(text)?;

        let (file, words) = files.need(WORDS)?;
        let hidden = match *words.shape {
            [_, hidden] if hidden > 0 && hidden.is_multiple_of(GROUP) => hidden,
            _ => return Err(words.odd("a matrix of rows of a multiple of 64".into())),
        };
        let words = words.expect(Kind::I8, &[vocabulary.len(), hidden])?;
        let word_scale = scale(file, words)?;

        let (_, types) = files.need("embeddings.token_type_embeddings.weight")?;
        let types = match *types.shape {
            [count, width] if count > 0 && width == hidden && types.kind == Kind::F32 => {
                types.floats()
            }
            _ => return Err(types.odd(format!("F32 [1 or more, {hidden}]"))),
        };
        let (_, positions) = files.need("embeddings.position_embeddings.weight")?;
        let mut positions = match *positions.shape {
            [_, width] if width == hidden && positions.kind == Kind::F32 => positions.floats(),
            _ => return Err(positions.odd(format!("F32 [1 or more, {hidden}]"))),
        };
        for row in positions.chunks_exact_mut(hidden) {
            for (number, of_type) in row.iter_mut().zip(&types) {
                *number += of_type;
            }
        }

        let norm = files.norm("embeddings", hidden)?;
        let mut layers = Vec::new();
        loop {
            let of = |name: &str| format!("encoder.layer.{}.{name}", layers.len());
            let wide = match files.get(&of("intermediate.dense.weight")) {
                Some((_, tensor)) => match *tensor.shape {
                    [wide, _] if wide > 0 && wide.is_multiple_of(GROUP) => wide,
                    _ => return Err(tensor.odd("a matrix of a multiple of 64 rows".into())),
                },
                None => break,
            };
            let linear = |name, outputs, inputs| files.linear(kernel, &of(name), outputs, inputs);
            layers.push(Layer {
                query: linear("attention.self.query", hidden, hidden)?,
                key: linear("attention.self.key", hidden, hidden)?,
                value: linear("attention.self.value", hidden, hidden)?,
                mix: linear("attention.output.dense", hidden, hidden)?,
                mix_norm: files.norm(&of("attention.output"), hidden)?,
                widen: linear("intermediate.dense", wide, hidden)?,
                narrow: linear("output.dense", hidden, wide)?,
                norm: files.norm(&of("output"), hidden)?,
            });
        }
        if layers.is_empty() {
            let name = "encoder.layer.0.intermediate.dense.weight".to_owned();
            return Err(Error::Absent { name });
        }
        Ok(Self {
            vocabulary,
            kernel,
            hidden,
            word_scale,
            positions,
            norm,
            layers,
            files,
        })
    }

    /// The pieces that the model knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Numbers that [`Model::encode`] gives for each piece.
    pub fn width(&self) -> usize {
        self.hidden
    }

    /// The most pieces that [`Model::encode`] takes, those that open and end the input included.
    pub fn longest(&self) -> usize {
        self.positions.len() / self.hidden
    }

    /// How many layers there are.
    pub fn layers(&self) -> usize {
        self.layers.len()
    }

    /// The instruction set in use.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// The shape and the numbers of a tensor by its name in the files, the second file first; in rows. What is stored
    /// in eight bits is multiplied out. `None` if there is none of this name, or it is neither of floats nor a matrix
    /// with a scale.
    pub fn tensor(&self, name: &str) -> Option<(&[usize], Vec<f32>)> {
        let (file, tensor) = self.files.get(name)?;
        match tensor.kind {
            Kind::F32 => Some((tensor.shape, tensor.floats())),
            Kind::I8 => {
                let scale = scale(file, tensor).ok()?;
                let width = tensor.bytes.len().checked_div(scale.len())?;
                let numbers = tensor.signed().enumerate();
                let numbers = numbers.map(|(at, n)| f32::from(n) * scale[at / width]);
                Some((tensor.shape, numbers.collect()))
            }
            Kind::U8 | Kind::I64 => None,
        }
    }

    /// The embeddings of the pieces, `hidden` whole numbers each.
    pub(crate) fn words(&self) -> &[u8] {
        // Reading has found it.
        self.files.get(WORDS).map_or(&[], |(_, words)| words.bytes)
    }
}

/// The one or two containers of a model.
#[derive(Debug)]
struct Files {
    base: File<'static>,
    tuned: Option<File<'static>>,
}

impl Files {
    /// A tensor, with the file it comes from.
    fn get(&self, name: &str) -> Option<(&File<'static>, Tensor<'_>)> {
        let files = self.tuned.iter().chain([&self.base]);
        files
            .filter_map(|file| Some((file, file.get(name)?)))
            .next()
    }

    fn need(&self, name: &str) -> Result<(&File<'static>, Tensor<'_>), Error> {
        self.get(name).ok_or_else(|| Error::Absent {
            name: name.to_owned(),
        })
    }

    fn vector(&self, name: &str, len: usize) -> Result<Vec<f32>, Error> {
        let (_, tensor) = self.need(name)?;
        Ok(tensor.expect(Kind::F32, &[len])?.floats())
    }

    fn norm(&self, name: &str, len: usize) -> Result<Norm, Error> {
        Ok(Norm {
            weight: self.vector(&format!("{name}.LayerNorm.weight"), len)?,
            bias: self.vector(&format!("{name}.LayerNorm.bias"), len)?,
        })
    }

    fn linear(
        &self,
        kernel: Kernel,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Linear, Error> {
        let (file, weights) = self.need(&format!("{name}.weight"))?;
        let weights = weights.expect(Kind::I8, &[outputs, inputs])?;
        let scale = scale(file, weights)?;
        let bias = self.vector(&format!("{name}.bias"), outputs)?;
        Ok(Linear::new(kernel, weights.bytes, scale, bias, inputs))
    }
}

/// The scales of the rows of a matrix, from the file that holds it.
fn scale(file: &File<'static>, of: Tensor<'_>) -> Result<Vec<f32>, Error> {
    let rows = of.shape.first().copied().unwrap_or(0);
    let scale = file.need(&format!("{}.scale", of.name))?;
    Ok(scale.expect(Kind::F32, &[rows])?.floats())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Scratch, file::Draft, testing::small_model};

    const PIECES: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb";

    #[test]
    fn a_model_knows_its_shape() {
        let model = Model::read(small_model(PIECES), None).unwrap();
        assert_eq!(
            (model.width(), model.longest(), model.layers()),
            (64, 64, 2)
        );
        assert_eq!(model.vocabulary().id("b"), Some(5));
        let (shape, numbers) = model.tensor(WORDS).unwrap();
        assert_eq!((shape, numbers.len()), (&[6, 64][..], 6 * 64));
        assert!(numbers.iter().all(|n| n.abs() <= 0.5));
        assert!(model.tensor("head.weight").is_none());
        assert!(model.tensor(VOCABULARY).is_none());
    }

    #[test]
    fn the_second_file_wins() {
        let base = small_model(PIECES);
        let mut tuned = Draft::default();
        let name = "encoder.layer.1.output.LayerNorm.bias";
        tuned.floats(name.into(), &[64], &[9.0; 64]);
        tuned.floats("head.weight".into(), &[1, 2], &[0.5, -0.5]);
        let tuned = Model::read(base.clone(), Some(tuned.finish().into())).unwrap();
        assert_eq!(tuned.tensor(name).unwrap().1, [9.0; 64]);
        assert_eq!(
            tuned.tensor("head.weight"),
            Some((&[1, 2][..], vec![0.5, -0.5]))
        );
        let plain = Model::read(base, None).unwrap();
        let (mut one, mut other) = (Scratch::default(), Scratch::default());
        let moved = tuned.encode(&[2, 4, 3], &mut one);
        let old = plain.encode(&[2, 4, 3], &mut other);
        assert!(moved.iter().zip(old).all(|(a, b)| a - b > 5.0));
    }

    #[test]
    fn what_is_absent_or_of_another_shape_is_named() {
        let base = small_model(PIECES);
        let read = |name: &str, shape: &[usize], numbers: &[f32]| {
            let mut tuned = Draft::default();
            tuned.floats(name.into(), shape, numbers);
            let read = Model::read(base.clone(), Some(tuned.finish().into()));
            read.unwrap_err().to_string()
        };
        assert_eq!(
            read("embeddings.LayerNorm.bias", &[2], &[0.0; 2]),
            "the weights embeddings.LayerNorm.bias are F32 [2], not F32 [64]"
        );
        assert_eq!(
            read(
                "encoder.layer.2.intermediate.dense.weight",
                &[64, 1],
                &[0.0; 64]
            ),
            "the weights lack encoder.layer.2.attention.self.query.weight"
        );
        assert_eq!(
            read("vocab", &[1], &[0.0]),
            "the vocabulary cannot be used: no [UNK] in it"
        );
        assert_eq!(
            Model::read(Draft::default().finish(), None)
                .unwrap_err()
                .to_string(),
            "the weights lack vocab"
        );
    }

    #[test]
    fn a_damaged_file_never_panics() {
        let whole = small_model(PIECES);
        for at in (0..whole.len()).step_by(97) {
            let _ = Model::read(whole[..at].to_vec(), None).unwrap_err();
        }
        // The header, byte by byte: whatever still reads as a model can be run.
        let header = 8 + u64::from_le_bytes(*whole.first_chunk().unwrap()) as usize;
        for at in (0..header).step_by(13) {
            let mut bytes = whole.clone();
            bytes[at] = bytes[at].wrapping_add(1);
            if let Ok(model) = Model::read(bytes, None) {
                model.encode(&[2, 3], &mut Scratch::default());
            }
        }
    }
}
