//! Linear models over hashed features: follow-the-regularised-leader, one example at a time.
//!
//! Comes in: labelled examples. Goes out: a model. The same examples and settings give the same model bit for bit: the
//! order is shuffled by a fixed seed and everything runs on one thread. The method is FTRL-Proximal (McMahan and
//! others, 2013, "Ad click prediction: a view from the trenches", algorithm 1): rates per weight, and an L1 penalty
//! that leaves most of the table at zero.

use reader::learned::{Features, Linear, sigmoid, softmax};

/// One labelled thing.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its features.
    pub features: Features,
    /// Its class; for a model of one class 0 is no and 1 is yes.
    pub class: usize,
    /// How much it counts; 1 is usual.
    pub weight: f32,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The table has 2^bits buckets.
    pub bits: u8,
    /// Classes; 1 for a yes or no.
    pub classes: usize,
    /// Times all examples are gone through.
    pub rounds: usize,
    /// Learning rate α of the paper.
    pub rate: f32,
    /// Penalty on the size of weights; over 0 it leaves rare features at zero.
    pub l1: f32,
    /// Penalty on the square of weights.
    pub l2: f32,
    /// Seed of the shuffle.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bits: 18,
            classes: 1,
            rounds: 6,
            rate: 0.3,
            l1: 0.0,
            l2: 1.0,
            seed: 1,
        }
    }
}

/// One state a weight: the sum of gradients less what the weight already says, and the sum of their squares.
struct Leader {
    z: Vec<f32>,
    n: Vec<f32>,
    settings: Settings,
}

impl Leader {
    fn weight(&self, at: usize) -> f32 {
        let Settings { rate, l1, l2, .. } = self.settings;
        let z = self.z[at];
        if z.abs() <= l1 {
            return 0.0;
        }
        -(z - z.signum() * l1) / ((1.0 + self.n[at].sqrt()) / rate + l2)
    }

    fn update(&mut self, at: usize, gradient: f32) {
        let weight = self.weight(at);
        let n = self.n[at] + gradient * gradient;
        let sigma = (n.sqrt() - self.n[at].sqrt()) / self.settings.rate;
        self.z[at] += gradient - sigma * weight;
        self.n[at] = n;
    }
}

/// Trains a model. The last bucket and class of the leader's table are the biases, which no penalty holds down.
///
/// # Panics
/// When an example's class is not one of the settings' (0 and 1 for one class): a slip of the calling command.
pub fn train(examples: &[Example], settings: Settings) -> Linear {
    let classes = settings.classes;
    let size = classes << settings.bits;
    let mask = (1_u64 << settings.bits) - 1;
    let mut leader = Leader {
        z: vec![0.0; size],
        n: vec![0.0; size],
        settings,
    };
    let mut biases = Leader {
        z: vec![0.0; classes],
        n: vec![0.0; classes],
        settings: Settings {
            l1: 0.0,
            l2: 0.0,
            ..settings
        },
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = settings.seed;
    let mut scores = vec![0.0_f32; classes];
    for _ in 0..settings.rounds {
        shuffle(&mut order, &mut random);
        for example in order.iter().map(|at| &examples[*at]) {
            let value = 1.0 / (example.features.len().max(1) as f32).sqrt();
            for (class, score) in scores.iter_mut().enumerate() {
                *score = biases.weight(class);
            }
            for feature in example.features.hashes() {
                let bucket = (feature & mask) as usize * classes;
                for (class, score) in scores.iter_mut().enumerate() {
                    *score += value * leader.weight(bucket + class);
                }
            }
            if classes == 1 {
                scores[0] = sigmoid(scores[0]) - example.class as f32;
            } else {
                softmax(&mut scores);
                scores[example.class] -= 1.0;
            }
            for (class, error) in scores.iter().enumerate() {
                let gradient = error * example.weight;
                if gradient.abs() < 1e-6 {
                    continue;
                }
                biases.update(class, gradient);
                for feature in example.features.hashes() {
                    let bucket = (feature & mask) as usize * classes;
                    leader.update(bucket + class, gradient * value);
                }
            }
        }
    }
    let weights: Vec<f32> = (0..size).map(|at| leader.weight(at)).collect();
    let bias = (0..classes).map(|class| biases.weight(class)).collect();
    Linear::quantised(settings.bits, bias, &weights)
}

/// Fisher and Yates' shuffle by a 64-bit linear congruential generator (Knuth's constants).
fn shuffle(order: &mut [usize], random: &mut u64) {
    for i in (1..order.len()).rev() {
        *random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let j = ((*random >> 33) as usize) % (i + 1);
        order.swap(i, j);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reader::learned::{hash, mix};

    /// Things with a colour and a size; noise features tell nothing.
    fn examples(classes: usize) -> Vec<Example> {
        (0..600_u64)
            .map(|i| {
                let (colour, size) = (i % 3, (i / 3) % 2);
                let mut features = Features::new();
                features.pair(hash("colour"), colour);
                features.pair(hash("size"), size);
                features.pair(hash("noise"), mix(i, 7) % 50);
                let class = if classes == 1 {
                    usize::from(colour == 1)
                } else {
                    colour as usize
                };
                Example {
                    features,
                    class,
                    weight: 1.0,
                }
            })
            .collect()
    }

    #[test]
    fn what_can_be_told_is_learned() {
        for classes in [1, 3] {
            let examples = examples(classes);
            let settings = Settings {
                bits: 12,
                classes,
                ..Settings::default()
            };
            let model = train(&examples, settings);
            let mut scores = vec![0.0; classes];
            for example in &examples {
                model.scores(&example.features, &mut scores);
                let said = if classes == 1 {
                    usize::from(scores[0] > 0.0)
                } else {
                    (0..classes)
                        .max_by(|a, b| scores[*a].total_cmp(&scores[*b]))
                        .unwrap()
                };
                assert_eq!(said, example.class);
            }
        }
    }

    #[test]
    fn the_same_examples_give_the_same_bytes() {
        let settings = Settings {
            bits: 10,
            ..Settings::default()
        };
        let once = train(&examples(1), settings).write();
        assert_eq!(once, train(&examples(1), settings).write());
        assert_ne!(
            once,
            train(
                &examples(1),
                Settings {
                    seed: 2,
                    ..settings
                }
            )
            .write()
        );
    }
}
