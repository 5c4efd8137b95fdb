//! The outline of the world's land, for maps that ask nothing of any server.
//!
//! Made from the countries of Natural Earth at 1:110 million, a shapefile. A country's border is where somebody draws
//! it: maps of the desk show land alone.

use crate::error::OutlineError;

/// The file begins so.
const MAGIC: &[u8; 8] = b"CBLAND1\n";
/// A degree, in the numbers of the file.
const DEGREE: f64 = 180.0;
/// Bytes before the first record of a shapefile.
const SHAPEFILE_HEAD: usize = 100;
/// The kind of a record that is a polygon, and of a file of them.
const POLYGON: i32 = 5;

/// The outline of the world's land: rings of points, degrees east and north.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The rings, each closed; of one in another, the inner is water.
    pub rings: Vec<Vec<(f64, f64)>>,
}

const CUT: OutlineError = OutlineError("it is cut off");
const OTHER: OutlineError = OutlineError("it is no shapefile of polygons");

impl Outline {
    /// From the polygons of a shapefile, as its specification (ESRI, 1998) has them.
    ///
    /// # Errors
    ///
    /// When it is none, or cut off.
    pub(super) fn of_shapefile(bytes: &[u8]) -> Result<Self, OutlineError> {
        let (code, kind) = (Bytes(bytes).big(0)?, Bytes(bytes).little(32)?);
        if (code, kind) != (9994, POLYGON) {
            return Err(OTHER);
        }
        // The head says how long the file is, in words of 16 bits.
        if usize::try_from(Bytes(bytes).big(24)?).map_err(|_| OTHER)? * 2 != bytes.len() {
            return Err(CUT);
        }
        let mut rings = Vec::new();
        let mut at = SHAPEFILE_HEAD;
        while at < bytes.len() {
            // Number of the record, its length in words of 16 bits, then kind, box, numbers of parts and points.
            let length = usize::try_from(Bytes(bytes).big(at + 4)?).map_err(|_| OTHER)? * 2;
            let record = Bytes(bytes.get(at + 8..at + 8 + length).ok_or(CUT)?);
            at += 8 + length;
            if record.little(0)? != POLYGON {
                continue;
            }
            let count = |at: usize| usize::try_from(record.little(at)?).map_err(|_| OTHER);
            let (parts, points) = (count(36)?, count(40)?);
            let first = 44 + 4 * parts;
            if first + 16 * points > length {
                return Err(CUT);
            }
            for part in 0..parts {
                let from = count(44 + 4 * part)?;
                let to = if part + 1 < parts {
                    count(48 + 4 * part)?
                } else {
                    points
                };
                let ring: Result<Vec<(f64, f64)>, OutlineError> = (from..to)
                    .map(|n| {
                        Ok((
                            record.real(first + 16 * n)?,
                            record.real(first + 16 * n + 8)?,
                        ))
                    })
                    .collect();
                rings.push(ring?);
            }
        }
        Ok(Self { rings })
    }

    /// The prepared file: how many rings, of each how many points, and their longitudes and latitudes in 180ths of a
    /// degree, all little-endian.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend((self.rings.len() as u32).to_le_bytes());
        for ring in &self.rings {
            out.extend((ring.len() as u32).to_le_bytes());
            for (lon, lat) in ring {
                for degrees in [lon, lat] {
                    out.extend(((degrees * DEGREE).round() as i16).to_le_bytes());
                }
            }
        }
        out
    }

    /// From the bytes of a prepared file.
    ///
    /// # Errors
    ///
    /// When they are none, or cut off.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, OutlineError> {
        let mut rest = bytes
            .strip_prefix(MAGIC)
            .ok_or(OutlineError("it is no outline"))?;
        let mut take = |n: usize| {
            let (taken, after) = rest.split_at_checked(n).ok_or(CUT)?;
            rest = after;
            Ok(taken)
        };
        let number = |bytes: &[u8]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        let mut out = Self::default();
        for _ in 0..number(take(4)?) {
            let points = number(take(4)?) as usize;
            let bytes = take(4 * points)?;
            let degrees = |at: &[u8]| f64::from(i16::from_le_bytes([at[0], at[1]])) / DEGREE;
            let ring = bytes.chunks_exact(4);
            out.rings
                .push(ring.map(|it| (degrees(it), degrees(&it[2..]))).collect());
        }
        Ok(out)
    }
}

/// Numbers of a shapefile, whose head is big-endian and whose shapes are little-endian.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn four(&self, at: usize) -> Result<[u8; 4], OutlineError> {
        let found = self.0.get(at..at + 4).and_then(|it| it.try_into().ok());
        found.ok_or(CUT)
    }

    fn big(&self, at: usize) -> Result<i32, OutlineError> {
        self.four(at).map(i32::from_be_bytes)
    }

    fn little(&self, at: usize) -> Result<i32, OutlineError> {
        self.four(at).map(i32::from_le_bytes)
    }

    fn real(&self, at: usize) -> Result<f64, OutlineError> {
        let found = self.0.get(at..at + 8).and_then(|it| it.try_into().ok());
        let number = found.map(f64::from_le_bytes).ok_or(CUT)?;
        if number.is_finite() && number.abs() <= 181.0 {
            Ok(number)
        } else {
            Err(OTHER)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shapefile of one record with these rings.
    fn shapefile(rings: &[&[(f64, f64)]]) -> Vec<u8> {
        let points: usize = rings.iter().map(|it| it.len()).sum();
        let mut record = Vec::new();
        record.extend(POLYGON.to_le_bytes());
        record.extend([0; 32]);
        record.extend((rings.len() as i32).to_le_bytes());
        record.extend((points as i32).to_le_bytes());
        let mut first = 0i32;
        for ring in rings {
            record.extend(first.to_le_bytes());
            first += ring.len() as i32;
        }
        for (lon, lat) in rings.iter().copied().flatten() {
            record.extend(lon.to_le_bytes());
            record.extend(lat.to_le_bytes());
        }
        let mut out = vec![0; SHAPEFILE_HEAD];
        out[..4].copy_from_slice(&9994i32.to_be_bytes());
        out[32..36].copy_from_slice(&POLYGON.to_le_bytes());
        out.extend(1i32.to_be_bytes());
        out.extend((record.len() as i32 / 2).to_be_bytes());
        out.extend(record);
        let words = out.len() as i32 / 2;
        out[24..28].copy_from_slice(&words.to_be_bytes());
        out
    }

    #[test]
    fn rings_come_out_as_they_were_to_a_hundredth_of_a_degree() {
        let rings: [&[(f64, f64)]; 2] = [
            &[(-180.0, -90.0), (180.0, 83.63), (0.0, 0.0)],
            &[(12.345, -1.5), (13.0, 2.0)],
        ];
        let made = Outline::of_shapefile(&shapefile(&rings)).unwrap();
        assert_eq!(made.rings, rings.map(<[(f64, f64)]>::to_vec));
        let back = Outline::from_bytes(&made.to_bytes()).unwrap();
        for (a, b) in back.rings.iter().flatten().zip(made.rings.iter().flatten()) {
            assert!((a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01);
        }
    }

    #[test]
    fn what_is_cut_off_or_something_else_is_told() {
        let whole = shapefile(&[&[(1.0, 2.0), (3.0, 4.0)]]);
        for end in 0..whole.len() {
            assert!(Outline::of_shapefile(&whole[..end]).is_err(), "{end}");
        }
        let bytes = Outline::of_shapefile(&whole).unwrap().to_bytes();
        for end in 0..bytes.len() {
            assert!(Outline::from_bytes(&bytes[..end]).is_err(), "{end}");
        }
        assert!(Outline::of_shapefile(&shapefile(&[&[(f64::NAN, 0.0)]])).is_err());
    }
}
