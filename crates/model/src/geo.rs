//! Distance on the globe.

/// Mean radius of the earth in metres.
const EARTH_M: f64 = 6_371_008.8;
/// Metres that make a degree of latitude.
pub const DEGREE_M: f64 = 111_195.0;

/// Metres along the great circle between two points in degrees (north, east).
pub fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (d_lat, d_lon) = (lat_b - lat_a, (b.1 - a.1).to_radians());
    let h = (d_lat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (d_lon / 2.0).sin().powi(2);
    2.0 * EARTH_M * h.clamp(0.0, 1.0).sqrt().asin()
}

/// Metres on a flat map around the two points, well enough for what is near: for what was learned from them.
pub fn flat_metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let mut east = (a.1 - b.1).abs();
    if east > 180.0 {
        east = 360.0 - east;
    }
    let east = east * ((a.0 + b.0) / 2.0).to_radians().cos();
    let north = a.0 - b.0;
    (north * north + east * east).sqrt() * DEGREE_M
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_about_111_km() {
        assert!((metres((0.0, 0.0), (1.0, 0.0)) - 111_195.0).abs() < 10.0);
        assert_eq!(metres((90.0, 0.0), (90.0, 0.0)), 0.0);
        let (a, b) = ((50.0, 10.0), (50.1, 10.1));
        assert!((flat_metres(a, b) / metres(a, b) - 1.0).abs() < 0.001);
        assert!(flat_metres((0.0, 179.9), (0.0, -179.9)) < 30_000.0);
    }
}
