//! The log: what happened, each entry chained to the one before.
//!
//! The hash of an entry is SHA-256 over the hash before it (32 zero bytes for the first) and the entry's columns in
//! canonical bytes: for each a letter for its kind, its length as a number of 64 bits, little-endian, and its content.

use sha2::{Digest as _, Sha256};

use crate::{
    Error,
    database::{Database, Row, Value},
};

/// A SHA-256.
pub type Hash = [u8; 32];

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When, as [`time`] writes it.
    pub at: String,
    /// What happened: `added`, `judged` …
    pub what: &'static str,
    /// Who ran the program, or who decided.
    pub who: String,
    /// Id of what it happened to.
    pub subject: String,
    /// What else is to be known, JSON.
    pub detail: Option<String>,
    /// SHA-256 of the rows that it vouches for.
    pub digest: Option<Hash>,
}

/// A time as it is stored: UTC, to the millisecond, so that times sort as words.
pub fn time(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// SHA-256 of a row: of its values' canonical bytes.
pub fn digest(row: &[Value]) -> Hash {
    let mut bytes = Vec::new();
    row.iter().for_each(|value| value.canonical(&mut bytes));
    sha256(&bytes)
}

/// SHA-256 of several rows, in order.
pub fn digest_of(rows: &[Hash]) -> Hash {
    sha256(&rows.concat())
}

/// SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// In hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of 64 hexadecimal digits; `None` for anything else.
pub fn unhex(digits: &str) -> Option<Hash> {
    let mut out = Hash::default();
    if digits.len() != 2 * out.len() || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(out)
}

/// The end of the chain: number and hash of the last entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry; 0 where there is none.
    pub seq: i64,
    /// Its hash; zeroes where there is none.
    pub hash: Hash,
}

impl Head {
    /// Reads it from the table.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn read(database: &mut dyn Database) -> Result<Self, Error> {
        let row = database.first("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1", &[])?;
        Ok(row.map_or_else(Self::default, |row| Self {
            seq: row.integer(0).unwrap_or(0),
            hash: hash_at(&row, 1).unwrap_or_default(),
        }))
    }

    /// The values of the next entry's row; the head moves on to it.
    pub fn next(&mut self, entry: Entry) -> Vec<Value> {
        self.seq += 1;
        let mut row = vec![
            Value::from(self.seq),
            Value::from(entry.at),
            Value::from(entry.what),
            Value::from(entry.who),
            Value::from(entry.subject),
            Value::from(entry.detail),
            Value::from(entry.digest.map(|hash| hash.to_vec())),
        ];
        self.hash = chained(&self.hash, &row);
        row.push(Value::from(self.hash.to_vec()));
        row
    }
}

/// Whether the log has this entry, with this hash.
///
/// # Errors
///
/// What the engine says.
pub fn has(database: &mut dyn Database, entry: &Head) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM log WHERE seq = ?1 AND hash = ?2";
    let values = [entry.seq.into(), entry.hash.to_vec().into()];
    Ok(database.number(sql, &values)? > 0)
}

/// The hash of an entry from the hash before and its columns but the hash.
pub fn chained(before: &Hash, columns: &[Value]) -> Hash {
    let mut bytes = before.to_vec();
    columns.iter().for_each(|value| value.canonical(&mut bytes));
    sha256(&bytes)
}

/// The hash in a column, if it holds 32 bytes.
pub fn hash_at(row: &Row, at: usize) -> Option<Hash> {
    row.bytes(at).and_then(|bytes| bytes.try_into().ok())
}

/// A hash of a set of rows that does not depend on their order and is mended when a row comes or goes: the sum of the
/// rows' hashes as numbers of 256 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetHash(pub Hash);

impl SetHash {
    /// From its hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        unhex(digits).map(Self)
    }

    /// Puts a row in.
    pub fn add(&mut self, row: &Hash) {
        let mut carry = 0u16;
        for (own, other) in self.0.iter_mut().zip(row) {
            let sum = u16::from(*own) + u16::from(*other) + carry;
            *own = sum as u8;
            carry = sum >> 8;
        }
    }

    /// Takes a row out.
    pub fn remove(&mut self, row: &Hash) {
        let mut borrow = 0i16;
        for (own, other) in self.0.iter_mut().zip(row) {
            let left = i16::from(*own) - i16::from(*other) - borrow;
            *own = left.rem_euclid(256) as u8;
            borrow = i16::from(left < 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_hash_forgets_what_is_taken_out() {
        let row = |n: i64| digest(&[Value::from(n)]);
        let mut a = SetHash::default();
        for n in 0..50 {
            a.add(&row(n));
        }
        let mut b = SetHash::default();
        for n in (0..60).rev() {
            b.add(&row(n));
        }
        assert_ne!(a, b);
        for n in 50..60 {
            b.remove(&row(n));
        }
        assert_eq!(a, b);
    }

    #[test]
    fn kinds_and_borders_count() {
        let check = |a: &[Value], b: &[Value]| assert_ne!(digest(a), digest(b));
        check(&["ab".into(), "c".into()], &["a".into(), "bc".into()]);
        check(&[Value::Null], &["".into()]);
        check(&[Value::Integer(1)], &[Value::Real(1.0)]);
        check(&["a".into()], &[Value::Bytes(b"a".to_vec())]);
    }

    #[test]
    fn a_time_is_written_to_the_millisecond() {
        let at: jiff::Timestamp = "2031-03-04T05:06:07.89Z".parse().unwrap();
        assert_eq!(time(at), "2031-03-04T05:06:07.890Z");
        let at: jiff::Timestamp = "2031-03-04T05:06:07Z".parse().unwrap();
        assert_eq!(time(at), "2031-03-04T05:06:07.000Z");
    }
}
