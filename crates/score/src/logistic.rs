//! Logistic regression by Newton's method with a small penalty: a few dozen dense features, deterministic.

/// Weights, the constant last.
pub fn fit(rows: &[(Vec<f64>, bool)], penalty: f64) -> Vec<f64> {
    let Some((first, _)) = rows.first() else {
        return Vec::new();
    };
    let n = first.len() + 1;
    let mut weights = vec![0.0; n];
    for _ in 0..30 {
        let mut slope = vec![0.0; n];
        let mut curve = vec![vec![0.0; n]; n];
        for (row, yes) in rows {
            let p = chance(&weights, row);
            let error = p - f64::from(u8::from(*yes));
            let weight = (p * (1.0 - p)).max(1e-9);
            let value = |i: usize| row.get(i).copied().unwrap_or(1.0);
            for i in 0..n {
                let x = value(i);
                if x == 0.0 {
                    continue;
                }
                slope[i] += error * x;
                for (j, cell) in curve[i].iter_mut().enumerate().take(i + 1) {
                    *cell += weight * x * value(j);
                }
            }
        }
        for i in 0..n {
            // The constant is not held back.
            if i + 1 < n {
                slope[i] += penalty * weights[i];
                curve[i][i] += penalty;
            }
            curve[i][i] += 1e-9;
        }
        let step = solve(curve, slope);
        let mut largest = 0.0f64;
        for (weight, step) in weights.iter_mut().zip(&step) {
            *weight -= step;
            largest = largest.max(step.abs());
        }
        if largest < 1e-8 {
            break;
        }
    }
    weights
}

/// The chance that the weights give a row.
pub fn chance(weights: &[f64], row: &[f64]) -> f64 {
    let sum: f64 = weights.iter().zip(row).map(|(w, x)| w * x).sum();
    let constant = weights.get(row.len()).copied().unwrap_or(0.0);
    1.0 / (1.0 + (-(sum + constant)).exp())
}

/// Solves a symmetric positive system of which the lower half is given (Cholesky).
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| a[i][k] * a[j][k]).sum();
            a[i][j] = if i == j {
                (a[i][i] - sum).max(1e-12).sqrt()
            } else {
                (a[i][j] - sum) / a[j][j]
            };
        }
    }
    for i in 0..n {
        let sum: f64 = (0..i).map(|k| a[i][k] * b[k]).sum();
        b[i] = (b[i] - sum) / a[i][i];
    }
    for i in (0..n).rev() {
        let sum: f64 = (i + 1..n).map(|k| a[k][i] * b[k]).sum();
        b[i] = (b[i] - sum) / a[i][i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_that_tells_gets_the_weight() {
        let rows: Vec<(Vec<f64>, bool)> = (0..200)
            .map(|i| (vec![f64::from(i % 2), f64::from(i % 3)], i % 2 == 1))
            .collect();
        let weights = fit(&rows, 1.0);
        assert!(weights[0] > 3.0 && weights[1].abs() < 0.1, "{weights:?}");
        assert!(chance(&weights, &[1.0, 0.0]) > 0.9 && chance(&weights, &[0.0, 2.0]) < 0.1);
    }
}
