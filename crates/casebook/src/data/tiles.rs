//! Pictures of a map, in a PMTiles file (version 3) on this machine: <https://github.com/protomaps/PMTiles>.
//!
//! Comes in: a file that anybody may have made. Goes out: the picture at a level, column and row. Every offset is held
//! to the file's length before it is read, and nothing is made as large as the file says that it is.

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use flate2::read::GzDecoder;

/// Bytes of the head.
const HEAD: usize = 127;
/// Bytes that a directory or the metadata may take, packed or not.
const UNPACKED: u64 = 4 << 20;
/// Bytes of the largest picture.
const PICTURE: u64 = 8 << 20;
/// Directories beneath each other.
const DEPTH: usize = 4;
/// Leaf directories that are kept at hand.
const KEPT: usize = 8;
/// The finest level that is taken.
pub const FINEST: u8 = 24;
/// Characters of what the makers of the tiles want to be said.
const SAID: usize = 400;

/// Why a file of tiles is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TilesError {
    /// It cannot be read.
    #[error("cannot read {}: {source}\n  hint: --tiles names a PMTiles file on this machine", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is something else, or broken.
    #[error("{}: {}\n  hint: {}", path.display(), fault.what, fault.hint)]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What is the matter.
        fault: Fault,
    },
}

/// What is the matter with a file of tiles, and what to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub what: &'static str,
    /// What to try.
    pub hint: &'static str,
}

const fn fault(what: &'static str, hint: &'static str) -> Fault {
    Fault { what, hint }
}

const AGAIN: &str = "copy or download it again, and check it with `pmtiles verify FILE`";
const RASTER: &str = "make a file of pictures (PNG, JPEG or WebP) of it";
const NONE: Fault = fault(
    "not a PMTiles file",
    "`pmtiles convert FILE.mbtiles FILE.pmtiles` makes one of other files",
);
const VERSION: Fault = fault(
    "a PMTiles file of another version than 3",
    "`pmtiles convert OLD.pmtiles NEW.pmtiles` makes one of version 3",
);
const CUT: Fault = fault("the file is cut off: it says that it is longer", AGAIN);
const VECTOR: Fault = fault(
    "its tiles are lines and areas (vector tiles), and no pictures",
    RASTER,
);
const KIND: Fault = fault("its tiles are of a kind that is not known here", RASTER);
const PACKING: Fault = fault(
    "its directories are packed in a way that is not read here",
    "make it with gzip or without packing, as `pmtiles convert` does",
);
const TILES_PACKED: Fault = fault("its pictures are packed a second time", RASTER);
const BROKEN: Fault = fault("a directory of it is broken", AGAIN);
const LARGE: Fault = fault("a directory of it is far too large", AGAIN);
const LEVELS: Fault = fault("its levels make no sense", AGAIN);
const EMPTY: Fault = fault(
    "it holds no tile",
    "make one that covers the places of the casebook",
);
const OTHER: Fault = fault("a tile of it is no picture of the kind that it says", AGAIN);

/// What went wrong while something was read.
enum Stopped {
    Io(std::io::Error),
    Fault(Fault),
}

impl From<std::io::Error> for Stopped {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Self::Fault(CUT),
            _ => Self::Io(error),
        }
    }
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What the pictures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

impl Picture {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// Whether bytes begin as such a picture does: nothing else is ever handed out.
    fn begins(self, bytes: &[u8]) -> bool {
        match self {
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
            Self::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        }
    }
}

/// A part of the file.
#[derive(Clone, Copy, Debug)]
struct Section {
    offset: u64,
    length: u64,
}

impl Section {
    /// A part of this part.
    fn within(self, offset: u64, length: u64) -> Result<Self, Fault> {
        let end = offset.checked_add(length).ok_or(BROKEN)?;
        if end > self.length {
            return Err(BROKEN);
        }
        let offset = self.offset.checked_add(offset).ok_or(BROKEN)?;
        Ok(Self { offset, length })
    }
}

/// An entry of a directory: so many tiles from one on, which are all the same; none where it leads to a leaf directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    tile: u64,
    run: u64,
    offset: u64,
    length: u64,
}

type Directory = Arc<Vec<Entry>>;

/// A file of tiles.
#[derive(Debug)]
pub struct Tiles {
    path: PathBuf,
    file: Mutex<File>,
    picture: Picture,
    packed: bool,
    root: Directory,
    leaves: Section,
    data: Section,
    /// Leaf directories that were read, by where they begin; the latest last.
    kept: Mutex<Vec<(u64, Directory)>>,
    levels: (u8, u8),
    attribution: String,
}

impl Tiles {
    /// Opens a file, and looks whether it can be used.
    ///
    /// # Errors
    ///
    /// [`TilesError`], which says what to try.
    pub fn open(path: &Path) -> Result<Self, TilesError> {
        Self::opened(path).map_err(|stopped| {
            let path = path.to_owned();
            match stopped {
                Stopped::Io(source) => TilesError::Read { path, source },
                Stopped::Fault(fault) => TilesError::Unfit { path, fault },
            }
        })
    }

    fn opened(path: &Path) -> Result<Self, Stopped> {
        let mut file = File::open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(NONE.into());
        }
        let mut head = [0; HEAD];
        let begun = file.by_ref().take(HEAD as u64).read(&mut head)?;
        if !head.starts_with(b"PMTiles") && !head.starts_with(b"PM") {
            return Err(NONE.into());
        }
        if !head.starts_with(b"PMTiles\x03") {
            return Err(VERSION.into());
        }
        // A few bytes may come at once.
        file.seek(SeekFrom::Start(0))?;
        if begun < HEAD {
            file.read_exact(&mut head)?;
        }
        let head = Head(head);
        let section = |at: usize| {
            let (offset, length) = (head.long(at), head.long(at + 8));
            let end = offset.checked_add(length).filter(|end| *end <= meta.len());
            end.map(|_| Section { offset, length }).ok_or(CUT)
        };
        let [root, metadata, leaves, data] =
            [section(8)?, section(24)?, section(40)?, section(56)?];
        let picture = match head.0[99] {
            2 => Picture::Png,
            3 => Picture::Jpeg,
            4 => Picture::Webp,
            1 => return Err(VECTOR.into()),
            _ => return Err(KIND.into()),
        };
        let packed = match head.0[97] {
            1 => false,
            2 => true,
            _ => return Err(PACKING.into()),
        };
        // Zero says that nobody knows; what is no picture is found out below.
        if head.0[98] > 1 {
            return Err(TILES_PACKED.into());
        }
        let levels = (head.0[100], head.0[101].min(FINEST));
        if levels.0 > levels.1 {
            return Err(LEVELS.into());
        }
        let root = directory(&part(&mut file, root, packed)?)?;
        let said = part(&mut file, metadata, packed)?;
        let own = Self {
            path: path.to_owned(),
            file: Mutex::new(file),
            picture,
            packed,
            root: Arc::new(root),
            leaves,
            data,
            kept: Mutex::default(),
            levels,
            attribution: attribution(&said),
        };
        own.check()?;
        Ok(own)
    }

    /// Looks at the first picture, and at every entry of the root directory.
    fn check(&self) -> Result<(), Stopped> {
        for entry in self.root.iter() {
            match entry.run {
                0 => self.leaves.within(entry.offset, entry.length)?,
                _ => self.data.within(entry.offset, entry.length)?,
            };
        }
        let first = self.root.first().ok_or(EMPTY)?;
        let first = self.entry(first.tile)?.ok_or(BROKEN)?;
        let bytes = self.bytes(self.data.within(first.offset, first.length)?)?;
        match self.picture.begins(&bytes) {
            true => Ok(()),
            false => Err(OTHER.into()),
        }
    }

    /// What the pictures are.
    pub fn picture(&self) -> Picture {
        self.picture
    }

    /// The coarsest and the finest level.
    pub fn levels(&self) -> (u8, u8) {
        self.levels
    }

    /// What those who made the tiles want to be said of them, as plain words; empty where they say nothing.
    pub fn attribution(&self) -> &str {
        &self.attribution
    }

    /// Whether there is a tile at a level, column and row.
    ///
    /// # Errors
    ///
    /// [`TilesError`] where the file is broken there.
    pub fn has(&self, z: u8, x: u32, y: u32) -> Result<bool, TilesError> {
        let found = id(z, x, y).map(|id| self.entry(id)).transpose();
        Ok(self.told(found)?.flatten().is_some())
    }

    /// The picture at a level, column and row; `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`TilesError`] where the file is broken there, or holds something else.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TilesError> {
        let read = || -> Result<Option<Vec<u8>>, Stopped> {
            let Some(entry) = id(z, x, y).map(|id| self.entry(id)).transpose()?.flatten() else {
                return Ok(None);
            };
            let bytes = self.bytes(self.data.within(entry.offset, entry.length)?)?;
            match self.picture.begins(&bytes) {
                true => Ok(Some(bytes)),
                false => Err(OTHER.into()),
            }
        };
        self.told(read())
    }

    fn told<T>(&self, result: Result<T, Stopped>) -> Result<T, TilesError> {
        let path = self.path.clone();
        result.map_err(|stopped| match stopped {
            Stopped::Io(source) => TilesError::Read { path, source },
            Stopped::Fault(fault) => TilesError::Unfit { path, fault },
        })
    }

    fn bytes(&self, section: Section) -> Result<Vec<u8>, Stopped> {
        if section.length > PICTURE {
            return Err(OTHER.into());
        }
        read(&mut self.file(), section)
    }

    fn file(&self) -> std::sync::MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The entry that holds a tile.
    fn entry(&self, tile: u64) -> Result<Option<Entry>, Stopped> {
        let mut directory = self.root.clone();
        for _ in 0..DEPTH {
            let after = directory.partition_point(|it| it.tile <= tile);
            let Some(entry) = after.checked_sub(1).map(|at| directory[at]) else {
                return Ok(None);
            };
            if entry.run > 0 {
                let within = tile - entry.tile < entry.run;
                return Ok(Some(entry).filter(|_| within));
            }
            directory = self.leaf(entry)?;
        }
        Err(BROKEN.into())
    }

    fn leaf(&self, entry: Entry) -> Result<Directory, Stopped> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = kept().iter().find(|(at, _)| *at == entry.offset) {
            return Ok(known.clone());
        }
        let section = self.leaves.within(entry.offset, entry.length)?;
        let made = Arc::new(directory(&part(&mut self.file(), section, self.packed)?)?);
        let mut kept = kept();
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((entry.offset, made.clone()));
        Ok(made)
    }
}

/// The head of the file: numbers from the smallest byte up.
struct Head([u8; HEAD]);

impl Head {
    fn long(&self, at: usize) -> u64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.0[at..at + 8]);
        u64::from_le_bytes(bytes)
    }
}

fn read(file: &mut File, section: Section) -> Result<Vec<u8>, Stopped> {
    file.seek(SeekFrom::Start(section.offset))?;
    let mut out = Vec::new();
    file.take(section.length).read_to_end(&mut out)?;
    // The file became shorter since it was opened.
    if out.len() as u64 != section.length {
        return Err(CUT.into());
    }
    Ok(out)
}

/// A directory or the metadata, unpacked.
fn part(file: &mut File, section: Section, packed: bool) -> Result<Vec<u8>, Stopped> {
    if section.length > UNPACKED {
        return Err(LARGE.into());
    }
    let bytes = read(file, section)?;
    if !packed || bytes.is_empty() {
        return Ok(bytes);
    }
    let mut out = Vec::new();
    let mut unpacked = GzDecoder::new(bytes.as_slice()).take(UNPACKED + 1);
    unpacked.read_to_end(&mut out).map_err(|_| BROKEN)?;
    if out.len() as u64 > UNPACKED {
        return Err(LARGE.into());
    }
    Ok(out)
}

/// The entries of a directory: columns of numbers, each in as many bytes as it needs.
fn directory(bytes: &[u8]) -> Result<Vec<Entry>, Fault> {
    let mut left = bytes;
    let many = number(&mut left)?;
    // Each entry takes a byte at least in each of the four columns.
    let many = usize::try_from(many).ok().filter(|n| *n <= left.len() / 4);
    let many = many.ok_or(BROKEN)?;
    let mut out = Vec::with_capacity(many);
    let mut tile = 0_u64;
    for at in 0..many {
        let step = number(&mut left)?;
        // In order, and no tile twice.
        if at > 0 && step == 0 {
            return Err(BROKEN);
        }
        tile = tile.checked_add(step).ok_or(BROKEN)?;
        out.push(Entry {
            tile,
            run: 0,
            offset: 0,
            length: 0,
        });
    }
    for entry in &mut out {
        entry.run = number(&mut left)?;
    }
    for entry in &mut out {
        entry.length = number(&mut left)?;
        if entry.length == 0 {
            return Err(BROKEN);
        }
    }
    let mut end = None;
    for entry in &mut out {
        // Zero: right behind the one before.
        entry.offset = match number(&mut left)? {
            0 => end.ok_or(BROKEN)?,
            n => n - 1,
        };
        end = Some(entry.offset.checked_add(entry.length).ok_or(BROKEN)?);
    }
    Ok(out)
}

/// A number of seven bits a byte, the lowest first.
fn number(left: &mut &[u8]) -> Result<u64, Fault> {
    let mut out = 0_u64;
    for shift in (0..70).step_by(7) {
        let (byte, rest) = left.split_first().ok_or(BROKEN)?;
        *left = rest;
        let bits = u64::from(byte & 0x7f);
        if shift == 63 && bits > 1 {
            return Err(BROKEN);
        }
        out |= bits << shift;
        if byte & 0x80 == 0 {
            return Ok(out);
        }
    }
    Err(BROKEN)
}

/// The number of a tile: those of coarser levels come before, and within a level they follow Hilbert's curve. `None`
/// where the level has no such column or row.
fn id(z: u8, x: u32, y: u32) -> Option<u64> {
    if z > FINEST || x >> z > 0 || y >> z > 0 {
        return None;
    }
    let before = ((1_u64 << (2 * z)) - 1) / 3;
    let (mut x, mut y, mut along) = (u64::from(x), u64::from(y), 0);
    for level in (0..z).rev() {
        let side = 1_u64 << level;
        let (right, down) = (x >> level & 1, y >> level & 1);
        along += side * side * ((3 * right) ^ down);
        (x, y) = (x & (side - 1), y & (side - 1));
        if down == 0 {
            if right == 1 {
                (x, y) = (side - 1 - x, side - 1 - y);
            }
            (x, y) = (y, x);
        }
    }
    Some(before + along)
}

/// What the metadata say who made the tiles: without the tags that stand there for pages.
fn attribution(metadata: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(metadata).unwrap_or_default();
    let said = value.get("attribution").and_then(|it| it.as_str());
    let said = said.unwrap_or_default();
    let mut out = String::new();
    let mut rest = said;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match after.split_once('>') {
            Some((_, after)) => rest = after,
            None => break,
        }
    }
    if !rest.contains('<') {
        out.push_str(rest);
    }
    for (entity, sign) in [
        ("&copy;", "©"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, sign);
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ").chars().take(SAID).collect()
}

#[cfg(test)]
mod tests;
