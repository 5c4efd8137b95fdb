//! Victims: how many of the people told of count as killed and as hurt in the report's own happening.
//!
//! Comes in: a text with all that was read off it, and the claims that the rules of [`super::killed`] and
//! [`super::injured`] made. Every phrase of people is a candidate ([`candidates`]); candidates that are the same people
//! are joined ([`chains`]); each gets features ([`features`]) and two scores; a group's number gets three more: is it
//! that of the killed, of the hurt, of all who were shot? The numbers that the claims could give are weighed against
//! each other ([`options`]), then the killed and the hurt together ([`pairs`]), and what stands is made a claim of its
//! own in the words that give it ([`settle`]). Nothing found in words, no number.
//!
//! The weights in `crates/reader/data/victims` were learned on reports of shootings, with the numbers of killed and
//! hurt of each as labels and, for some, age and name of those involved (the stage `victims` of `crossbearing-learn`,
//! which says what they earn on reports that they have not seen). What a whole report's words make likely ([`Sizes`])
//! only weighs the options. They speak only to reports that tell of shots and not of a war; every other report keeps
//! what the rules say.

pub mod candidates;
mod chains;
pub mod features;
pub mod options;
pub mod pairs;
mod settle;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use model::{Basis, BlockKind, Slot};

use super::{
    counted,
    draft::{Draft, Other},
    injured, killed, other,
    passes::Passes,
};
use crate::learned::{
    Features, Linear, softmax,
    trees::Trees,
    weights::{self, File, WeightsError},
};

use self::features::FEATURES;
pub use candidates::{Candidate, Form};
pub use options::Ground;
pub(super) use settle::settle;

/// The two slots, in the order of all pairs in this room.
pub const SLOTS: [Slot; 2] = [Slot::Killed, Slot::Injured];

/// The weights: what scores candidates, groups and whole reports, and what chooses by those scores.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Scores candidates, a slot of [`SLOTS`] each.
    pub classifiers: [Linear; 2],
    /// Scores the numbers of groups: as that of the killed, of the hurt, of all who were shot.
    pub tallies: [Linear; 3],
    /// How many a whole report's words make likely, as [`Sizes`]: killed, hurt, both together.
    pub sizes: [Linear; 3],
    /// Scores the options of a slot.
    pub judges: [Trees; 2],
    /// Scores the two numbers together.
    pub pairs: Trees,
}

impl Weights {
    /// Whether the files of this build fit its code.
    ///
    /// # Errors
    /// If one does not.
    pub fn check() -> Result<(), WeightsError> {
        weights::checked(&SHIPPED)
    }

    /// Reads the files of this build.
    ///
    /// # Errors
    /// If one does not fit the code.
    pub fn load() -> Result<Self, WeightsError> {
        let [
            own,
            hurt,
            tally_own,
            tally_hurt,
            tally_both,
            size_own,
            size_hurt,
            size_both,
            trees @ ..,
        ] = &FILES;
        let [killed, injured, both] = trees;
        Ok(Self {
            classifiers: [own.linear(1)?, hurt.linear(1)?],
            tallies: [
                tally_own.linear(1)?,
                tally_hurt.linear(1)?,
                tally_both.linear(1)?,
            ],
            sizes: [
                size_own.linear(SIZES)?,
                size_hurt.linear(SIZES)?,
                size_both.linear(SIZES)?,
            ],
            judges: [killed.trees()?, injured.trees()?],
            pairs: both.trees()?,
        })
    }

    /// Scores a report.
    pub fn score(&self, sample: &Sample) -> Scored {
        let all = |model: &Linear| -> Vec<f32> {
            let features = sample.features.iter();
            features.map(|of| model.probability(of)).collect()
        };
        Scored {
            own: [0, 1].map(|slot| all(&self.classifiers[slot])),
            tallies: [0, 1, 2].map(|of| tallies(&self.tallies[of], sample)),
            sizes: [0, 1, 2].map(|of| sizes(&self.sizes[of], &sample.report)),
        }
    }

    /// Chooses both numbers of a report by its scores.
    pub fn choose(&self, sample: &Sample, scored: &Scored) -> [Settled; 2] {
        let killed = judged(&sample.options(0, scored, None), &self.judges[0]);
        let settled_killed = settled(&killed);
        let options = sample.options(1, scored, Some(&settled_killed));
        let injured = judged(&options, &self.judges[1]);
        let pairs = pairs::pairs(sample, scored, &[killed, injured]);
        pairs::judged(&pairs, &self.pairs).each_ref().map(settled)
    }
}

macro_rules! file {
    ($name:literal, $features:expr) => {
        File {
            path: concat!("crates/reader/data/victims/", $name),
            stage: "victims",
            features: $features,
            bytes: include_bytes!(concat!("../../../data/victims/", $name)),
        }
    };
}

/// The files of the weights, in the order of [`Weights`].
pub static FILES: [File; 11] = [
    file!("killed.linear", FEATURES),
    file!("injured.linear", FEATURES),
    file!("killed-tally.linear", FEATURES),
    file!("injured-tally.linear", FEATURES),
    file!("both-tally.linear", FEATURES),
    file!("killed-size.linear", FEATURES),
    file!("injured-size.linear", FEATURES),
    file!("both-size.linear", FEATURES),
    file!("killed.trees", options::KILLED),
    file!("injured.trees", options::INJURED),
    file!("both.trees", pairs::FIGURES),
];

static SHIPPED: LazyLock<Result<Weights, WeightsError>> = LazyLock::new(Weights::load);

/// The weights that come with the program.
///
/// # Panics
/// If a file does not fit the code: [`crate::weights::check`] says so first.
pub fn shipped() -> &'static Weights {
    weights::shipped(&SHIPPED)
}

/// What the weights say of a report before anything is chosen.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// How likely each candidate is of the people of a slot of [`SLOTS`], 0–1.
    pub own: [Vec<f32>; 2],
    /// How likely each group's number is that of the killed, of the hurt, of all who were shot; 0 for what is no group.
    pub tallies: [Vec<f32>; 3],
    /// How many the words make likely: killed, hurt, both together.
    pub sizes: [Sizes; 3],
}

impl Scored {
    /// The scores of some candidates, with these sizes.
    fn narrowed(&self, kept: &[usize], sizes: [Sizes; 3]) -> Self {
        let of = |all: &Vec<f32>| kept.iter().map(|&at| all[at]).collect();
        Self {
            own: self.own.each_ref().map(of),
            tallies: self.tallies.each_ref().map(of),
            sizes,
        }
    }
}

/// Scores the numbers of a report's groups; 0 for what is no group.
pub fn tallies(model: &Linear, sample: &Sample) -> Vec<f32> {
    let all = sample.candidates.iter().zip(&sample.features);
    all.map(|(candidate, features)| match candidate.n {
        Some(2..) => model.probability(features),
        _ => 0.0,
    })
    .collect()
}

/// What a rule counted in the report's own happening.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// Smallest number.
    pub low: u64,
    /// Counts everybody, not a part of the people.
    pub all: bool,
    /// A plural without a number.
    pub bare: bool,
    /// How it was come by.
    pub basis: Basis,
}

/// A report as the weights see it.
pub struct Sample {
    /// Candidates in order.
    pub candidates: Vec<Candidate>,
    /// Chain of each.
    pub chains: Vec<usize>,
    /// Features of each.
    pub features: Vec<Features>,
    /// What is said of each: the features of its predicates.
    pub said: Vec<Vec<u64>>,
    /// Sentence of each.
    pub sentences: Vec<usize>,
    /// Scene of each: 0 the report's own happening; `None` in a sum over several.
    pub scenes: Vec<Option<usize>>,
    /// What the rules counted, a list a slot of [`SLOTS`].
    pub ruled: [Vec<Ruled>; 2],
    /// Whether the text tells of shots, so that weights learned on shootings speak to it.
    pub shots: bool,
    /// Sentences of the title; they come first.
    pub title: usize,
    /// Features of the whole report.
    pub report: Features,
}

impl Sample {
    /// The candidates of one scene.
    fn in_scene(&self, scene: usize) -> Vec<usize> {
        (0..self.candidates.len())
            .filter(|&at| self.scenes[at] == Some(scene))
            .collect()
    }

    /// The scenes of the report's own happening: the first, and where it has nobody beneath the title, the first that
    /// has; none where all is told in sums.
    fn own_scenes(&self) -> Vec<usize> {
        let beneath = || {
            let all = self.scenes.iter().zip(&self.sentences);
            all.filter(|(_, sentence)| **sentence >= self.title)
                .filter_map(|(scene, _)| *scene)
        };
        if beneath().any(|scene| scene == 0) {
            return vec![0];
        }
        beneath().next().map_or(Vec::new(), |scene| vec![0, scene])
    }

    /// The report's own happening, with its candidates.
    fn own(&self, cx: &Passes<'_>, drafts: &[Draft]) -> (Self, Vec<usize>) {
        let scenes = self.own_scenes();
        let kept: Vec<usize> = (0..self.candidates.len())
            .filter(|&at| scenes.is_empty() || self.scenes[at].is_some_and(|s| scenes.contains(&s)))
            .collect();
        (self.narrowed(cx, drafts, 0, &scenes, &kept), kept)
    }

    /// What is left of a report when only some of its scenes are looked at, all where none are given, as those of one
    /// happening.
    fn narrowed(
        &self,
        cx: &Passes<'_>,
        drafts: &[Draft],
        scene: usize,
        scenes: &[usize],
        kept: &[usize],
    ) -> Self {
        let said = kept.iter().flat_map(|&at| self.said[at].iter().copied());
        Self {
            candidates: kept.iter().map(|&at| self.candidates[at].clone()).collect(),
            chains: kept.iter().map(|&at| self.chains[at]).collect(),
            features: kept.iter().map(|&at| self.features[at].clone()).collect(),
            said: kept.iter().map(|&at| self.said[at].clone()).collect(),
            sentences: kept.iter().map(|&at| self.sentences[at]).collect(),
            scenes: kept.iter().map(|&at| self.scenes[at]).collect(),
            ruled: SLOTS.map(|slot| ruled(cx, drafts, slot, Some(scene))),
            shots: self.shots,
            title: self.title,
            report: features::of_report(cx, said, |sentence| {
                let told = cx.scenes().of_sentence(sentence).number();
                scenes.is_empty() || told.is_some_and(|scene| scenes.contains(&scene))
            }),
        }
    }

    /// The options of one slot (its index in [`SLOTS`]) given the scores, and what was chosen for the other slot
    /// before.
    pub fn options(
        &self,
        slot: usize,
        scored: &Scored,
        settled: Option<&Settled>,
    ) -> Vec<(u64, Vec<f32>)> {
        options::options(&Ground {
            candidates: &self.candidates,
            chains: &self.chains,
            sentences: &self.sentences,
            own: &scored.own[slot],
            other: &scored.own[1 - slot],
            tally: &scored.tallies[slot],
            tally_both: &scored.tallies[2],
            ruled: &self.ruled[slot],
            ruled_other: &self.ruled[1 - slot],
            shots: self.shots,
            sizes: &scored.sizes[slot],
            sizes_other: &scored.sizes[1 - slot],
            sizes_both: &scored.sizes[2],
            settled,
            title: self.title,
        })
    }
}

/// How likely the words of a whole report make it that nobody, one, two, or more were killed (or hurt):
/// log-probabilities. No value comes from them: they weigh the options that words give.
pub type Sizes = [f32; SIZES];

/// How many sizes are told apart.
const SIZES: usize = 4;

/// The class of a number among [`Sizes`].
pub fn size_of(n: u64) -> usize {
    n.min(3) as usize
}

/// The sizes by a model of four classes.
pub fn sizes(model: &Linear, report: &Features) -> Sizes {
    let mut out = [0.0; SIZES];
    model.scores(report, &mut out);
    softmax(&mut out);
    out.map(|p| p.max(1e-4).ln())
}

/// What came out for one slot.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// The number chosen: the first of equals.
    pub number: u64,
    /// How likely it is, 0–1.
    pub chance: f32,
    /// How likely it is 0, 1, or more; they sum to 1.
    pub shares: [f32; 3],
}

/// The options of a slot with the chance of each; the chances sum to 1.
pub type Judged = Vec<(u64, f32)>;

/// Judges the options of a slot.
pub fn judged(options: &[(u64, Vec<f32>)], judge: &Trees) -> Judged {
    let mut chances: Vec<f32> = options.iter().map(|(_, row)| judge.score(row)).collect();
    softmax(&mut chances);
    options.iter().map(|(n, _)| *n).zip(chances).collect()
}

/// The likeliest option, 0 where there are none, and the shares.
pub fn settled(judged: &Judged) -> Settled {
    let mut best = (0, 0.0);
    let mut shares = [0.0; 3];
    for &(n, p) in judged {
        if p > best.1 {
            best = (n, p);
        }
        shares[n.min(2) as usize] += p;
    }
    Settled {
        number: best.0,
        chance: best.1,
        shares,
    }
}

/// The sample of one report: what the training command asks for. The report as a whole, of however many happenings it tells: its label may be
/// that of any of them, and judges trained so do better on single happenings, too.
pub fn sample(cx: &Passes<'_>) -> Sample {
    let mut drafts = killed::claims(cx);
    drafts.extend(injured::claims(cx));
    of_drafts(cx, &drafts)
}

fn of_drafts(cx: &Passes<'_>, drafts: &[Draft]) -> Sample {
    let candidates = candidates::find(cx);
    let chains = chains::link(cx, &candidates);
    let title = title(cx);
    let of = features::of_all(cx, &candidates, &chains, title);
    let (features, said): (Vec<Features>, Vec<Vec<u64>>) =
        of.into_iter().map(|of| (of.all, of.said)).unzip();
    let report = features::of_report(cx, said.iter().flatten().copied(), |_| true);
    Sample {
        features,
        said,
        sentences: candidates
            .iter()
            .map(|candidate| cx.doc.token(candidate.head).sentence_index())
            .collect(),
        scenes: candidates
            .iter()
            .map(|candidate| cx.scenes().of_token(cx, candidate.head).number())
            .collect(),
        candidates,
        chains,
        ruled: SLOTS.map(|slot| ruled(cx, drafts, slot, None)),
        shots: tells_of_shots(cx),
        title,
        report,
    }
}

/// How many sentences the title has, where the text begins with one.
pub(super) fn title(cx: &Passes<'_>) -> usize {
    let titles = cx.text.blocks().iter();
    let end = titles
        .filter(|block| block.kind == BlockKind::Title)
        .map(|block| block.span.end())
        .max()
        .unwrap_or(0);
    cx.doc
        .sentences()
        .take_while(|sentence| cx.doc.bytes(sentence.clone()).end <= end)
        .count()
}

fn ruled(cx: &Passes<'_>, drafts: &[Draft], slot: Slot, scene: Option<usize>) -> Vec<Ruled> {
    drafts
        .iter()
        .filter(|draft| draft.slot == slot && is_own(cx, draft, scene))
        .filter_map(|draft| {
            let count = draft.value.count()?;
            Some(Ruled {
                low: count.low,
                all: draft.scope.is_anybody(),
                bare: counted::is_bare_plural(count),
                basis: draft.rule.basis,
            })
        })
        .collect()
}

/// Whether a draft tells of the report's own happening (scene 0 or none), or of that of a scene.
fn is_own(cx: &Passes<'_>, draft: &Draft, scene: Option<usize>) -> bool {
    let other = || other::other_happening(cx, draft.slot, draft.anchor);
    let wanted = scene.filter(|&scene| scene > 0).map(Other::Scene);
    draft.other.clone().or_else(other) == wanted
}

/// Whether a report tells of shots at people, and not of a war's strikes.
pub(super) fn tells_of_shots(cx: &Passes<'_>) -> bool {
    let (mut shots, mut war) = (0_usize, 0_usize);
    for token in cx.doc.tokens() {
        match token.lemma() {
            "shoot" | "shooting" | "gunshot" | "gunfire" | "gunman" | "gun" | "bullet"
            | "handgun" | "rifle" | "firearm" | "shooter" | "shot" => shots += 1,
            "airstrike" | "shelling" | "drone" | "missile" | "rocket" | "bombing" | "militant"
            | "militia" | "insurgent" | "bombardment" | "artillery" | "warplane" | "rebel"
            | "troop" | "civilian" | "hostage" | "fighter" | "soldier" | "sniper"
            | "quadcopter" | "tank" | "ceasefire" | "occupation" | "martyr" | "displaced" => {
                war += 1
            }
            _ => {}
        }
    }
    shots > 0 && war * 3 <= shots
}
