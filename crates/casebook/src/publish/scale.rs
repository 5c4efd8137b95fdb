//! An axis of whole numbers: which part of the line it shows, and where on it a number stands.

/// How numbers are laid along the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Evenly, from nought.
    FromNought,
    /// Evenly, from a number above nought: the break must be shown.
    Broken,
    /// By the logarithm of the number plus one, so that nought has a place.
    Logarithmic,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// How numbers are laid.
    pub kind: Kind,
    /// Number at the left end.
    pub from: u64,
    /// Number at the right end; greater than `from`.
    pub to: u64,
    /// Numbers to mark, ascending, all within `from..=to`.
    pub ticks: Vec<u64>,
}

impl Scale {
    /// Makes the axis for these numbers: from nought as a rule, broken when they lie close together far from nought,
    /// logarithmic when the largest is more than a hundred times the smallest above nought.
    pub fn new(numbers: impl IntoIterator<Item = u64>) -> Self {
        let numbers: Vec<u64> = numbers.into_iter().collect();
        let most = numbers.iter().copied().max().unwrap_or(0).max(1);
        let least = numbers.iter().copied().min().unwrap_or(0);
        let above = numbers
            .iter()
            .copied()
            .filter(|n| *n > 0)
            .min()
            .unwrap_or(1);
        if most / above > 100 {
            return Self::logarithmic(most);
        }
        let spread = most - least;
        if least > 20 && spread > 0 && spread < least / 2 {
            let step = step(spread * 2);
            let from = (least - (spread / 2).min(least)) / step * step;
            if from > 0 {
                let to = above_by(most, spread / 4 + 1, step);
                return Self {
                    kind: Kind::Broken,
                    from,
                    to,
                    ticks: ticks(from, to, step),
                };
            }
        }
        let step = step(most);
        let to = above_by(most, most / 12, step);
        Self {
            kind: Kind::FromNought,
            from: 0,
            to,
            ticks: ticks(0, to, step),
        }
    }

    fn logarithmic(most: u64) -> Self {
        let mut ticks = vec![0];
        let mut power = 1u64;
        loop {
            ticks.push(power);
            if power >= most {
                break;
            }
            match power.checked_mul(10) {
                Some(next) => power = next,
                None => break,
            }
        }
        let to = (*ticks.last().unwrap_or(&1)).max(most);
        // Past six marks the labels would run into each other.
        let every = ticks.len().div_ceil(6);
        let ticks = ticks.into_iter().step_by(every).collect();
        Self {
            kind: Kind::Logarithmic,
            from: 0,
            to,
            ticks,
        }
    }

    /// Where `n` stands, in hundredths from the left; numbers off the axis stand at its end.
    pub fn at(&self, n: u64) -> f64 {
        let n = n.clamp(self.from, self.to);
        let share = match self.kind {
            Kind::Logarithmic => (n as f64 + 1.0).ln() / (self.to as f64 + 1.0).ln(),
            _ => (n - self.from) as f64 / (self.to - self.from) as f64,
        };
        share * 100.0
    }

    /// What a reader must know of the axis, in one clause.
    pub fn says(&self) -> String {
        match self.kind {
            Kind::FromNought => "axis from 0".to_owned(),
            Kind::Broken => format!(
                "broken axis: it starts at {}",
                super::words::number(self.from)
            ),
            Kind::Logarithmic => {
                "logarithmic axis: each mark is ten times the one before".to_owned()
            }
        }
    }
}

/// The smallest of 1, 2, 5 × 10ⁿ that cuts `range` into at most five, or three where the labels are long.
fn step(range: u64) -> u64 {
    let most = if range >= 5000 { 3 } else { 5 };
    let mut power = 1u64;
    loop {
        for by in [1, 2, 5] {
            let step = power.saturating_mul(by);
            if range / step <= most {
                return step;
            }
        }
        match power.checked_mul(10) {
            Some(next) => power = next,
            None => return power,
        }
    }
}

fn above_by(most: u64, by: u64, step: u64) -> u64 {
    let to = most.saturating_add(by.max(1));
    to.div_ceil(step).saturating_mul(step).max(most)
}

fn ticks(from: u64, to: u64, step: u64) -> Vec<u64> {
    let mut out = Vec::new();
    let mut at = from;
    while at <= to {
        out.push(at);
        match at.checked_add(step) {
            Some(next) => at = next,
            None => break,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: &[u64], kind: Kind, from: u64, to: u64, ticks: &[u64]) {
        let scale = Scale::new(numbers.iter().copied());
        assert_eq!((scale.kind, scale.from, scale.to), (kind, from, to));
        assert_eq!(scale.ticks, ticks);
        for n in numbers {
            assert!((0.0..=100.0).contains(&scale.at(*n)), "{n}");
        }
    }

    #[test]
    fn the_axis_follows_the_numbers() {
        check(
            &[30, 34, 51, 0, 70],
            Kind::FromNought,
            0,
            80,
            &[0, 20, 40, 60, 80],
        );
        check(
            &[1200, 1240],
            Kind::Broken,
            1180,
            1260,
            &[1180, 1200, 1220, 1240, 1260],
        );
        check(
            &[3, 5000],
            Kind::Logarithmic,
            0,
            10000,
            &[0, 1, 10, 100, 1000, 10000],
        );
        check(&[], Kind::FromNought, 0, 2, &[0, 1, 2]);
        check(&[0], Kind::FromNought, 0, 2, &[0, 1, 2]);
        check(&[7], Kind::FromNought, 0, 8, &[0, 2, 4, 6, 8]);
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        for numbers in [
            vec![u64::MAX],
            vec![u64::MAX - 5, u64::MAX],
            vec![1, u64::MAX],
        ] {
            let scale = Scale::new(numbers);
            assert!(scale.at(u64::MAX) >= scale.at(1));
            assert!(scale.ticks.len() < 30);
        }
    }
}
