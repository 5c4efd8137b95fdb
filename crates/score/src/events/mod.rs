//! Large events told by several outlets: claims, each report's own toll, the figures at the top, disputes, where and
//! when.
//!
//! What comes in: a folder of events, each with reports, `claims.jsonl` and `event.json`. What goes out, as shares:
//!
//! - `killed_toll`, `injured_toll`: the dossier's vote of a report is its own figure; `silent_toll`: it has none where
//!   the report gives none.
//! - `killed_headline`, `injured_headline`: the figure at the top is one that can be defended; `…_ucdp_best` the same
//!   of the rule `ucdp`; `verdict`: of the finding on everybody.
//! - `count_claims_found`, `other_claims_found`: gold claims with a claim of their slot, report and words, of their
//!   value for counts, in the main account or the background as the gold has it. `speaker`, `stance`, `bound`: right on
//!   those. `count_precision`: counts said that the gold has.
//! - `dispute_recall`, `dispute_precision` over slots; `responsibility`: those named; `date`, `place` (a name, or a
//!   point near enough).
//! - `pool_b3_…`: B-cubed over all reports in one heap; `twins_b3_…` with a twin of each event, the same words in
//!   another town.
//!
//! - with a language model: the same with all that it proposes, and `proposals_…`: how many, how many lines were
//!   refused, requests, tokens as its server counts them, seconds. `proposals_right`: those that the gold has.
//!
//! Slots that careful readers use for one another (`freed` and `escaped`; `held`, `hostages` and `captured`) count as
//! one. A gold claim takes the best of the claims that nobody took before it, in the order of the file.

mod claims;
mod comparison;
mod disputes;
mod figure;
mod fit;
mod gold;
mod measure;
mod names;
mod proposed;
mod tally;
mod twins;

pub use measure::{score, score_proposed};
