//! The encoder as a judge: a small pretrained encoder, its upper layers tuned, with one linear head a question.
//!
//! Comes in: a text with its candidates. Goes out: a verdict a candidate. The report is cut into [`windows`]; of a
//! candidate the heads see what the encoder made of the first and the last wordpiece of its words and of the word that
//! heads it.

use encoder::{Model, Piece, Scratch};

use super::{
    candidates::{Candidate, place},
    features,
    linear::Weights,
    verdict::{CLASSES, STANCES, Verdict},
    windows,
};
use crate::{
    claims::{draft::Draft, passes::Passes},
    learned::{sigmoid, softmax, weights::File},
};

/// The tuned layers and heads that come with the program: a container as [`encoder::Model::read`] takes it. Its
/// features are what the heads tell apart; [`Encoded::new`] holds their number to the code's.
pub static TUNED: File = File {
    path: "crates/reader/data/judge/tuned.safetensors",
    stage: "judge-encoder",
    features: HEAD_CLASSES,
    bytes: include_bytes!("../../../data/judge/tuned.safetensors"),
};

/// What the heads tell apart, in the order of their classes.
#[rustfmt::skip]
pub const HEAD_CLASSES: &[&str] = &[
    "slot: none", "killed", "injured", "missing", "escaped", "freed", "captured", "surrendered", "held",
    "hostages", "at_risk",
    "displaced",
    "background: no", "yes",
    "own: no", "yes",
    "whole: no", "yes",
    "stance: asserted", "reported", "claimed", "possible", "denied", "unconfirmed",
];

/// One linear layer over what is seen of a candidate: class-major weights and a bias a class.
struct Head {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// Why a model cannot judge.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// A head is not there or of another size.
    #[error("the judge's weights have no tensor {name} of {rows} by {columns}")]
    Absent {
        /// Its name.
        name: &'static str,
        /// Rows wanted.
        rows: usize,
        /// Columns wanted.
        columns: usize,
    },
}

/// An encoder with its heads.
pub struct Encoded {
    model: Model,
    heads: [Head; 5],
    /// The linear judge, which sees the parse and the rules.
    linear: Weights,
}

/// How much the linear judge counts beside the encoder, of 1: their log-chances are added with these weights. On events
/// left out of training the two together do better than either for anything from 0.2 to 0.5.
const LINEAR: f32 = 0.3;

/// Chance of "nobody" by the linear judge from which on the encoder is not asked: most sentences of most reports count
/// nobody.
const SURE: f32 = 0.75;

/// Chances of two judges taken together; they sum to 1.
fn both<const N: usize>(encoded: &[f32; N], linear: &[f32; N]) -> [f32; N] {
    let log = |chance: f32| chance.max(1e-6).ln();
    let mut out = [0.0; N];
    for ((out, a), b) in out.iter_mut().zip(encoded).zip(linear) {
        *out = (1.0 - LINEAR) * log(*a) + LINEAR * log(*b);
    }
    softmax(&mut out);
    out
}

/// The questions, by the names of their tensors, with their classes.
const HEADS: [(&str, &str, usize); 5] = [
    ("head.slot.weight", "head.slot.bias", CLASSES),
    ("head.background.weight", "head.background.bias", 2),
    ("head.own.weight", "head.own.bias", 2),
    ("head.whole.weight", "head.whole.bias", 2),
    ("head.stance.weight", "head.stance.bias", STANCES.len()),
];

impl Encoded {
    /// Takes a model whose tuned part holds the heads.
    ///
    /// # Errors
    /// If a head is not there or of another size.
    pub fn new(model: Model, linear: Weights) -> Result<Self, HeadError> {
        let columns = 3 * model.width();
        let head = |(weight, bias, rows): (&'static str, &'static str, usize)| {
            let found = model
                .tensor(weight)
                .filter(|(shape, _)| **shape == [rows, columns])
                .zip(model.tensor(bias).filter(|(shape, _)| **shape == [rows]));
            match found {
                Some(((_, weights), (_, bias))) => Ok(Head { weights, bias }),
                None => Err(HeadError::Absent {
                    name: weight,
                    rows,
                    columns,
                }),
            }
        };
        let heads = [
            head(HEADS[0])?,
            head(HEADS[1])?,
            head(HEADS[2])?,
            head(HEADS[3])?,
            head(HEADS[4])?,
        ];
        Ok(Self {
            model,
            heads,
            linear,
        })
    }

    /// Judges candidates, which are in order of their words.
    pub(super) fn judge(
        &self,
        cx: &Passes<'_>,
        drafts: &[Draft],
        candidates: &[Candidate],
    ) -> Vec<Verdict> {
        let linear: Vec<Verdict> = features::all(cx, drafts, candidates)
            .iter()
            .map(|seen| self.linear.judge(seen))
            .collect();
        let open: Vec<bool> = linear
            .iter()
            .map(|verdict| verdict.slots[0] < SURE)
            .collect();
        let encoded = self.encode(cx, candidates, &open);
        encoded
            .into_iter()
            .zip(linear)
            .map(|(own, linear)| match own {
                Some(own) => own.with(&linear),
                None => linear,
            })
            .collect()
    }

    /// What the encoder alone says of each candidate; `None` for what its windows cut off, and for windows in which
    /// none is `open`.
    fn encode(
        &self,
        cx: &Passes<'_>,
        candidates: &[Candidate],
        open: &[bool],
    ) -> Vec<Option<Verdict>> {
        let vocabulary = self.model.vocabulary();
        let text = cx.doc.text();
        let mut pieces: Vec<Vec<Piece>> = Vec::new();
        for sentence in cx.doc.sentences() {
            let bytes = cx.doc.bytes(sentence);
            let mut own = Vec::new();
            vocabulary.pieces(&text[bytes.clone()], &mut own);
            for piece in &mut own {
                piece.start += bytes.start;
                piece.end += bytes.start;
            }
            pieces.push(own);
        }
        let mut out: Vec<Option<Verdict>> = vec![None; candidates.len()];
        let mut scratch = Scratch::default();
        let mut next = 0;
        let mut seen = Vec::with_capacity(3 * self.model.width());
        for window in windows::cut(&pieces, vocabulary.cls(), vocabulary.sep()) {
            let from = next;
            while next < candidates.len()
                && cx.doc.token(candidates[next].tokens.start).sentence_index()
                    < window.sentences.end
            {
                next += 1;
            }
            if !open[from..next].contains(&true) {
                continue;
            }
            let states = self.model.encode(&window.ids, &mut scratch);
            let width = self.model.width();
            for at in from..next {
                let (words, head, _) = place(cx, &candidates[at]);
                let Some((first, last)) = window.places(&words) else {
                    continue;
                };
                let head = window.places(&head).map_or(last, |(first, _)| first);
                seen.clear();
                for place in [first, last, head] {
                    seen.extend_from_slice(&states[place * width..(place + 1) * width]);
                }
                out[at] = Some(self.verdict(&seen));
            }
        }
        out
    }

    fn verdict(&self, seen: &[f32]) -> Verdict {
        let [slot, background, own, whole, stance] = &self.heads;
        let yes = |head: &Head| {
            let mut out = [0.0; 2];
            head.scores(seen, &mut out);
            sigmoid(out[1] - out[0])
        };
        let mut slots = [0.0; CLASSES];
        slot.scores(seen, &mut slots);
        softmax(&mut slots);
        let mut stances = [0.0; STANCES.len()];
        stance.scores(seen, &mut stances);
        softmax(&mut stances);
        Verdict {
            slots,
            background: yes(background),
            own_figure: yes(own),
            whole: yes(whole),
            stances,
        }
    }
}

impl Verdict {
    /// This and the linear judge's taken together.
    fn with(&self, linear: &Verdict) -> Verdict {
        let yes = |a: f32, b: f32| both(&[1.0 - a, a], &[1.0 - b, b])[1];
        Verdict {
            slots: both(&self.slots, &linear.slots),
            background: yes(self.background, linear.background),
            own_figure: yes(self.own_figure, linear.own_figure),
            whole: yes(self.whole, linear.whole),
            stances: both(&self.stances, &linear.stances),
        }
    }
}

impl Head {
    /// A sum a class, in one fixed order.
    fn scores(&self, seen: &[f32], out: &mut [f32]) {
        for ((out, row), bias) in out
            .iter_mut()
            .zip(self.weights.chunks_exact(seen.len()))
            .zip(&self.bias)
        {
            let mut lanes = [0.0_f32; 8];
            for (row, seen) in row.chunks_exact(8).zip(seen.chunks_exact(8)) {
                for lane in 0..8 {
                    lanes[lane] += row[lane] * seen[lane];
                }
            }
            *out = bias + lanes.iter().sum::<f32>();
        }
    }
}
