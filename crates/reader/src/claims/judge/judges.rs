//! Who judges: the rules alone, the linear models, or the encoder.

use super::{
    super::{draft::Draft, passes::Passes},
    candidates::Candidate,
    encoded, features, linear,
    verdict::Verdict,
};

/// Who judges.
pub enum Judge {
    /// Nobody: the rules' claims stand as they are.
    Rules,
    /// The linear models.
    Linear(Box<linear::Weights>),
    /// The encoder.
    Encoded(Box<encoded::Encoded>),
}

impl Judge {
    /// Its name, as the version of a reading has it.
    pub fn name(&self) -> &'static str {
        match self {
            Judge::Rules => "rules",
            Judge::Linear(_) => "linear",
            Judge::Encoded(_) => "encoder",
        }
    }

    /// Judges the candidates of a report.
    pub(super) fn judge(
        &self,
        cx: &Passes<'_>,
        drafts: &[Draft],
        candidates: &[Candidate],
    ) -> Option<Vec<Verdict>> {
        match self {
            Judge::Rules => None,
            Judge::Linear(weights) => Some(
                features::all(cx, drafts, candidates)
                    .iter()
                    .map(|features| weights.judge(features))
                    .collect(),
            ),
            Judge::Encoded(encoded) => Some(encoded.judge(cx, drafts, candidates)),
        }
    }
}
