//! Distance on the globe and medians.

use model::geo;

/// Great-circle distance in kilometres between two points in degrees (latitude, longitude), on the globe.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    geo::metres(a, b) / 1000.0
}

/// The median; the mean of the middle two for an even number; `None` of nothing.
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    match n {
        0 => None,
        n if n % 2 == 1 => Some(values[n / 2]),
        n => Some((values[n / 2 - 1] + values[n / 2]) / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_the_equator() {
        let quarter = 2.0 * std::f64::consts::PI * 6371.0088 / 4.0;
        assert!((kilometres((0.0, 0.0), (0.0, 90.0)) - quarter).abs() < 1e-6);
        assert_eq!(kilometres((10.0, 20.0), (10.0, 20.0)), 0.0);
    }

    #[test]
    fn medians() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&mut []), None);
    }
}
