//! Small PMTiles files (version 3), made for tests.

/// Kinds of tiles as the file numbers them.
pub const VECTOR: u8 = 1;
/// PNG.
pub const PNG: u8 = 2;

/// An entry of a directory: tile, run, length, offset.
pub type Entry = (u64, u64, u64, u64);

/// What packs bytes.
pub type Pack<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

/// What a file is to be.
pub struct Made<'a> {
    /// Level, column, row and bytes of each tile.
    pub tiles: &'a [(u8, u32, u32, Vec<u8>)],
    /// What kind of tiles it says that it holds.
    pub kind: u8,
    /// JSON of its metadata.
    pub metadata: &'a str,
    /// Tiles in each leaf directory; 0 for none.
    pub leaf: usize,
    /// How directories and metadata are packed: the number of it and what does it.
    pub packing: (u8, Pack<'a>),
}

/// Bytes that begin as a PNG does.
pub fn png(word: &str) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n", word.as_bytes()].concat()
}

/// The number of a tile: along Hilbert's curve, level by level, as the specification draws it.
pub fn id(z: u8, x: u32, y: u32) -> u64 {
    let before: u64 = (0..z).map(|level| 1u64 << (2 * level)).sum();
    let (mut x, mut y, mut along) = (u64::from(x), u64::from(y), 0);
    let mut side = (1u64 << z) / 2;
    while side > 0 {
        let (right, down) = (u64::from(x & side > 0), u64::from(y & side > 0));
        along += side * side * ((3 * right) ^ down);
        if down == 0 {
            if right == 1 {
                x = side.wrapping_sub(1).wrapping_sub(x);
                y = side.wrapping_sub(1).wrapping_sub(y);
            }
            std::mem::swap(&mut x, &mut y);
        }
        side /= 2;
    }
    before + along
}

fn number(mut n: u64, out: &mut Vec<u8>) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// A directory of entries.
pub fn directory(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    number(entries.len() as u64, &mut out);
    let mut last = 0;
    for (id, ..) in entries {
        number(id - last, &mut out);
        last = *id;
    }
    entries.iter().for_each(|it| number(it.1, &mut out));
    entries.iter().for_each(|it| number(it.2, &mut out));
    let mut end = None;
    for (_, _, length, offset) in entries {
        number(if end == Some(*offset) { 0 } else { offset + 1 }, &mut out);
        end = Some(offset + length);
    }
    out
}

/// The file.
pub fn file(made: &Made<'_>) -> Vec<u8> {
    let mut all: Vec<(u64, &Vec<u8>, u8)> = made
        .tiles
        .iter()
        .map(|(z, x, y, bytes)| (id(*z, *x, *y), bytes, *z))
        .collect();
    all.sort_by_key(|it| it.0);
    let (mut data, mut entries) = (Vec::new(), Vec::<Entry>::new());
    let mut same: Option<&Vec<u8>> = None;
    for (id, bytes, _) in &all {
        match entries.last_mut() {
            // Tiles that follow each other and are the same stand there once.
            Some(last) if same == Some(*bytes) && last.0 + last.1 == *id => last.1 += 1,
            _ => {
                entries.push((*id, 1, bytes.len() as u64, data.len() as u64));
                data.extend_from_slice(bytes);
            }
        }
        same = Some(*bytes);
    }
    let (packing, pack) = made.packing;
    let mut leaves = Vec::new();
    if made.leaf > 0 {
        let mut above = Vec::new();
        for some in entries.chunks(made.leaf) {
            let packed = pack(&directory(some));
            above.push((some[0].0, 0, packed.len() as u64, leaves.len() as u64));
            leaves.extend(packed);
        }
        entries = above;
    }
    let (root, metadata) = (pack(&directory(&entries)), pack(made.metadata.as_bytes()));
    let mut out = b"PMTiles\x03".to_vec();
    let mut at = 127_u64;
    for section in [&root, &metadata, &leaves, &data] {
        out.extend(at.to_le_bytes());
        out.extend((section.len() as u64).to_le_bytes());
        at += section.len() as u64;
    }
    for _ in 0..3 {
        out.extend((all.len() as u64).to_le_bytes());
    }
    let levels = || all.iter().map(|it| it.2);
    let (low, high) = (levels().min().unwrap_or(0), levels().max().unwrap_or(0));
    out.extend([1, packing, 1, made.kind, low, high]);
    for degrees in [-180, -85, 180, 85] {
        out.extend((degrees * 10_000_000_i32).to_le_bytes());
    }
    out.push(low);
    out.extend([0; 8]);
    for section in [root, metadata, leaves, data] {
        out.extend(section);
    }
    out
}
