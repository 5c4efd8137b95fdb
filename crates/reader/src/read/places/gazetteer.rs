//! The gazetteer as it is used: one block of bytes with an index over folded names.
//!
//! What comes in: the bytes that [`super::build`] wrote. What goes out: records for a name. It knows no text and
//! takes no decision.
//!
//! Layout, all numbers little endian: 8 bytes magic; four `u32` lengths in bytes (records, names, lists, index) and
//! the [`checksum`] of what follows; then these parts in that order. A record is [`RECORD`] bytes. A name is one
//! length byte and that many bytes of UTF-8. A list is a `u32` count and that many postings. The index is an `fst`
//! map from folded name to either a posting (bit 63 set) or the byte offset of a list. A posting is the record's
//! number shifted left by two, with the [`NameKind`] in the low bits.

use std::sync::{Arc, OnceLock};

use fst::{Automaton, IntoStreamer, Streamer};

/// First bytes of the file; a change of layout changes them.
pub(super) const MAGIC: &[u8; 8] = b"CBGAZ\x00\x00\x01";

/// Bytes of one record.
pub(super) const RECORD: usize = 36;

/// Bytes before the first part.
pub(super) const HEADER: usize = 28;

/// Bit that marks an index value as a posting of its own.
pub(super) const SINGLE: u64 = 1 << 63;

/// Latitude of a record that has no point.
pub(super) const NO_POINT: i32 = i32::MIN;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A country or territory.
    Country,
    /// A first-level division.
    Region,
    /// A second-level division.
    District,
    /// A populated place.
    City,
    /// A region, island or valley that is no division.
    Area,
    /// The same, of the size of a district.
    SmallArea,
    /// A part of the world, a sea: not a place an incident is put at.
    Macro,
}

impl RecordKind {
    pub(super) fn code(self) -> u8 {
        self as u8
    }

    fn from_code(code: u8) -> Option<Self> {
        use RecordKind::*;
        [Country, Region, District, City, Area, SmallArea, Macro]
            .get(usize::from(code))
            .copied()
    }
}

/// How a name belongs to its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The name the source prints.
    Main,
    /// Another name or spelling.
    Alternate,
    /// The words for its people: "Syrian".
    People,
    /// A short form that counts only behind a comma and a place: "LA".
    AfterComma,
}

impl NameKind {
    pub(super) fn code(self) -> u32 {
        self as u32
    }

    fn from_code(code: u32) -> Self {
        match code & 3 {
            0 => NameKind::Main,
            1 => NameKind::Alternate,
            2 => NameKind::People,
            _ => NameKind::AfterComma,
        }
    }
}

/// Inhabitants from which a town may hold places that go by names of their own.
const LARGE: u32 = 100_000;

/// Number of a record in its gazetteer.
pub type RecordId = u32;

/// One record, read out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record<'a> {
    /// GeoNames id; 0 for a region of our own list.
    pub geonames: u32,
    /// Name.
    pub name: &'a str,
    /// Degrees north and east, if known.
    pub point: Option<(f64, f64)>,
    /// Inhabitants; for a division, those of its places; 0 when not known.
    pub population: u32,
    /// ISO 3166-1 alpha-2 code; empty for none.
    pub country: &'a str,
    /// What it is.
    pub kind: RecordKind,
    /// First-level division it lies in.
    pub region: Option<RecordId>,
    /// Second-level division it lies in.
    pub district: Option<RecordId>,
    /// Metres around the point.
    pub radius_m: u32,
    /// Whether it is the seat of its country.
    pub capital: bool,
}

/// Names of the world's populated places and divisions, with coordinates. Read from the bytes that `prepare` made.
#[derive(Clone)]
pub struct Gazetteer {
    bytes: Arc<Vec<u8>>,
    records: usize,
    names: (usize, usize),
    lists: (usize, usize),
    index: fst::Map<Part>,
    /// Towns of [`LARGE`] inhabitants or more from south to north, found when first asked for.
    large: OnceLock<Arc<Vec<(f64, RecordId)>>>,
}

/// A range of shared bytes.
#[derive(Clone)]
struct Part {
    bytes: Arc<Vec<u8>>,
    start: usize,
    end: usize,
}

/// A number that a change of any byte changes; never 0. Eight bytes at a time: it is computed at every start.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut state = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        // Multiplying by an odd number loses nothing, so that two states that differ go on differing.
        state = (state ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^= state >> 29;
    }
    ((state >> 32) ^ state) as u32 | 1
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }
}

/// Why bytes are no gazetteer.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// Not a gazetteer, or one of another version.
    #[error("not a gazetteer of this version; run `crossbearing prepare` to make it anew")]
    Magic,
    /// Cut short or damaged.
    #[error("the gazetteer is cut short or damaged; run `crossbearing prepare` to make it anew")]
    Damaged,
}

impl Gazetteer {
    /// Takes the bytes that [`super::build`] wrote. Copies nothing but the block itself; checks the lengths and the
    /// checksum.
    ///
    /// # Errors
    /// If the bytes are of another format or cut short.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, GazetteerError> {
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return Err(GazetteerError::Magic);
        }
        let bytes: Arc<Vec<u8>> = bytes.into();
        let length = |i: usize| {
            let at = 8 + 4 * i;
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
        };
        let mut at = HEADER;
        let mut parts = [(0, 0); 4];
        for (i, part) in parts.iter_mut().enumerate() {
            let end = at + length(i);
            *part = (at, end);
            at = end;
        }
        if at != bytes.len() || length(0) % RECORD != 0 {
            return Err(GazetteerError::Damaged);
        }
        let index = Part {
            bytes: Arc::clone(&bytes),
            start: parts[3].0,
            end: parts[3].1,
        };
        let index = fst::Map::new(index).map_err(|_| GazetteerError::Damaged)?;
        // Nothing else guards against a panic in the index, whose nodes are offsets. A file without a checksum was
        // made by an earlier version; the index has one of its own.
        let whole = match length(4) as u32 {
            0 => index.as_fst().verify().is_ok(),
            sum => sum == checksum(&bytes[HEADER..]),
        };
        if !whole {
            return Err(GazetteerError::Damaged);
        }
        Ok(Self {
            records: length(0) / RECORD,
            names: parts[1],
            lists: parts[2],
            index,
            bytes,
            large: OnceLock::new(),
        })
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.records
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// Number of names.
    pub fn name_count(&self) -> usize {
        self.index.len()
    }

    /// The record of this number, if there is one.
    pub fn record(&self, id: RecordId) -> Option<Record<'_>> {
        let start = HEADER + (id as usize).checked_mul(RECORD)?;
        if id as usize >= self.records {
            return None;
        }
        let bytes = &self.bytes[start..start + RECORD];
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        let (lat, lon) = (word(8) as i32, word(12) as i32);
        let country = std::str::from_utf8(&bytes[20..22])
            .unwrap_or("")
            .trim_matches('\0');
        Some(Record {
            geonames: word(0),
            name: self.name(word(4)),
            point: (lat != NO_POINT).then(|| (f64::from(lat) / 1e5, f64::from(lon) / 1e5)),
            population: word(16),
            country,
            kind: RecordKind::from_code(bytes[22])?,
            capital: bytes[23] & 1 != 0,
            region: word(24).checked_sub(1),
            district: word(28).checked_sub(1),
            radius_m: word(32),
        })
    }

    fn name(&self, offset: u32) -> &str {
        let names = &self.bytes[self.names.0..self.names.1];
        let at = offset as usize;
        let Some(&length) = names.get(at) else {
            return "";
        };
        names
            .get(at + 1..at + 1 + usize::from(length))
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or("")
    }

    /// The records that bear a name, however it is spelt in capitals, accents and marks.
    pub fn named(&self, name: &str) -> Vec<(RecordId, NameKind)> {
        self.lookup(&super::fold::fold(name))
    }

    /// The records that bear this folded name, in the order of the file.
    pub(super) fn lookup(&self, folded: &str) -> Vec<(RecordId, NameKind)> {
        self.index
            .get(folded)
            .map(|value| self.postings(value))
            .unwrap_or_default()
    }

    fn postings(&self, value: u64) -> Vec<(RecordId, NameKind)> {
        let open = |posting: u32| (posting >> 2, NameKind::from_code(posting));
        if value & SINGLE != 0 {
            return vec![open(value as u32)];
        }
        let lists = &self.bytes[self.lists.0..self.lists.1];
        let word = |at: usize| {
            lists
                .get(at..at + 4)
                .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        };
        let at = value as usize;
        let count = word(at).unwrap_or(0) as usize;
        (1..=count)
            .map_while(|i| word(at + 4 * i))
            .map(open)
            .collect()
    }

    /// Large towns whose latitude is within some degrees of this one.
    pub(super) fn large_near(&self, latitude: f64, degrees: f64) -> &[(f64, RecordId)] {
        let large = self.large.get_or_init(|| {
            let mut out: Vec<(f64, RecordId)> = (0..self.records as RecordId)
                .filter_map(|id| Some((id, self.record(id)?)))
                .filter(|(_, record)| record.kind == RecordKind::City && record.population >= LARGE)
                .filter_map(|(id, record)| Some((record.point?.0, id)))
                .collect();
            out.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            Arc::new(out)
        });
        let from = large.partition_point(|one| one.0 < latitude - degrees);
        let to = large.partition_point(|one| one.0 <= latitude + degrees);
        &large[from..to.max(from)]
    }

    /// Names within `edits` edits of a folded name that begin with its first letter, with the records they lead to.
    pub(super) fn near(&self, folded: &str, edits: u8) -> Vec<(String, Vec<(RecordId, NameKind)>)> {
        let automaton = Near {
            name: folded.as_bytes(),
            edits,
        };
        let mut stream = self.index.search(&automaton).into_stream();
        let mut out = Vec::new();
        while let Some((key, value)) = stream.next() {
            if let Ok(key) = std::str::from_utf8(key) {
                out.push((key.to_owned(), self.postings(value)));
            }
        }
        out
    }
}

/// Accepts keys within a few edits of a name; the state is one row of the edit table.
struct Near<'a> {
    name: &'a [u8],
    edits: u8,
}

impl Automaton for &Near<'_> {
    /// Row of the table and whether no byte was read yet.
    type State = (Vec<u8>, bool);

    fn start(&self) -> Self::State {
        ((0..=self.name.len().min(250) as u8).collect(), true)
    }

    fn is_match(&self, (row, _): &Self::State) -> bool {
        row.last().is_some_and(|&last| last <= self.edits)
    }

    fn can_match(&self, (row, _): &Self::State) -> bool {
        row.iter().any(|&cell| cell <= self.edits)
    }

    fn accept(&self, (row, first): &Self::State, byte: u8) -> Self::State {
        if *first && self.name.first() != Some(&byte) {
            return (vec![u8::MAX; row.len()], false);
        }
        let mut next = Vec::with_capacity(row.len());
        next.push(row[0].saturating_add(1));
        for (i, pair) in row.windows(2).enumerate() {
            let change = pair[0].saturating_add(u8::from(self.name[i] != byte));
            let insert = pair[1].saturating_add(1);
            let delete = next[i].saturating_add(1);
            next.push(change.min(insert).min(delete));
        }
        (next, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::places::testing;

    #[test]
    fn names_lead_to_records() {
        let gazetteer = testing::gazetteer();
        for (name, records) in [
            ("Darmuk", 1),
            ("DARMOUK", 1),
            ("دارموك", 1),
            ("Millbrook", 2),
            ("Hasnak County", 1),
            ("hasnak", 1),
            ("Harnokia", 1),
            // An airport code and a transcription are no names.
            ("DMK", 0),
            ("dar mu ke", 0),
            ("", 0),
        ] {
            assert_eq!(gazetteer.named(name).len(), records, "{name}");
        }
        let (id, kind) = gazetteer.named("Hasnakah")[0];
        assert_eq!(kind, NameKind::Alternate);
        let record = gazetteer.record(id);
        assert!(record.is_some_and(|record| record.name == "Al Ḩasnakah"
            && record.country == "QZ"
            && record.kind == RecordKind::City));
        assert_eq!(gazetteer.record(u32::MAX), None);
    }

    #[test]
    fn near_names_are_found_within_the_edits_allowed() {
        let gazetteer = testing::gazetteer();
        let names = |edits| -> Vec<String> {
            gazetteer
                .near("darmoik", edits)
                .into_iter()
                .map(|found| found.0)
                .collect()
        };
        assert_eq!(names(0), Vec::<String>::new());
        assert_eq!(names(1), ["darmouk"]);
        assert_eq!(names(2), ["darmouk", "darmuk"]);
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let bytes = testing::bytes();
        assert!(matches!(
            Gazetteer::from_bytes(Vec::new()),
            Err(GazetteerError::Magic)
        ));
        assert!(matches!(
            Gazetteer::from_bytes(b"PK zip file, not a gazetteer".to_vec()),
            Err(GazetteerError::Magic)
        ));
        assert!(matches!(
            Gazetteer::from_bytes(bytes[..bytes.len() - 1].to_vec()),
            Err(GazetteerError::Damaged)
        ));
        assert_eq!(bytes, testing::bytes());
        // A bit anywhere.
        for at in HEADER..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1 << (at % 8);
            let got = Gazetteer::from_bytes(bytes);
            assert!(matches!(got, Err(GazetteerError::Damaged)), "byte {at}");
        }
        // The same in the index of a file that has no checksum.
        let mut old = bytes.clone();
        old[24..28].fill(0);
        assert!(Gazetteer::from_bytes(old.clone()).is_ok());
        let last = old.len() - 10;
        old[last] ^= 4;
        assert!(matches!(
            Gazetteer::from_bytes(old),
            Err(GazetteerError::Damaged)
        ));
    }
}
