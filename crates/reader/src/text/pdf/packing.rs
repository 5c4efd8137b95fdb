//! How streams are packed, and how much they unpack to, by the rules of the crate that unpacks them: it takes deflate
//! with zlib's head and without, and one packing within another.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::Filter;

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Deflate,
    Lzw,
    Runs,
    Letters,
    Hex,
    /// A picture's, which is never unpacked here and ends what is.
    Picture,
    /// That of locked files.
    Locked,
}

/// The names of the ways to pack, as files write them.
const NAMES: &[(&str, &str, Kind)] = &[
    ("FlateDecode", "Fl", Kind::Deflate),
    ("LZWDecode", "LZW", Kind::Lzw),
    ("RunLengthDecode", "RL", Kind::Runs),
    ("ASCII85Decode", "A85", Kind::Letters),
    ("ASCIIHexDecode", "AHx", Kind::Hex),
    ("DCTDecode", "DCT", Kind::Picture),
    ("CCITTFaxDecode", "CCF", Kind::Picture),
    ("JPXDecode", "JPXDecode", Kind::Picture),
    ("JBIG2Decode", "JBIG2Decode", Kind::Picture),
    ("Crypt", "Crypt", Kind::Locked),
];

impl Kind {
    /// The kind of a name whose escapes are resolved.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        let is =
            |known: &&(&str, &str, Kind)| known.0.as_bytes() == name || known.1.as_bytes() == name;
        NAMES.iter().find(is).map(|(.., kind)| *kind)
    }

    /// The kind of a filter.
    pub(super) fn of(filter: Filter) -> Self {
        match filter {
            Filter::FlateDecode => Self::Deflate,
            Filter::LzwDecode => Self::Lzw,
            Filter::RunLengthDecode => Self::Runs,
            Filter::Ascii85Decode => Self::Letters,
            Filter::AsciiHexDecode => Self::Hex,
            Filter::Crypt => Self::Locked,
            _ => Self::Picture,
        }
    }

    /// Bytes that one byte unpacks to at most: in deflate 258 of two bits, in LZW 4,096 of twelve, in runs 128 of two
    /// bytes, four of the letter `z`.
    fn most(self) -> u64 {
        match self {
            Self::Deflate => 1_032,
            Self::Lzw => 2_731,
            Self::Runs => 64,
            Self::Letters => 4,
            Self::Hex | Self::Picture | Self::Locked => 1,
        }
    }
}

/// Bytes that a stream unpacks to, all steps together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// So many, found by unpacking; more than the limit ends it.
    Exactly(u64),
    /// So many at most: what is damaged may be read in more than one way.
    AtMost(u64),
}

/// Bytes that come of so many at most, whatever they are; `None` for a packing that is not known.
pub(super) fn most(length: usize, kinds: Option<&[Kind]>) -> u64 {
    let all = kinds.map_or(Kind::Lzw.most(), |kinds| {
        let each = kinds.iter().map(|kind| kind.most());
        each.fold(1, u64::saturating_mul)
    });
    (length as u64).saturating_mul(all)
}

/// Measures a stream, which is the first `length` of `data`; where deflate ends its bytes itself, those to the end of
/// the file are looked at, so that a false length hides nothing. Nothing is unpacked to more than `limit`.
pub(super) fn size(data: &[u8], length: usize, kinds: &[Kind], limit: u64) -> Size {
    let mut now = Cow::Borrowed(&data[..length]);
    let mut all = 0u64;
    for (at, kind) in kinds.iter().enumerate() {
        let rest = &kinds[at + 1..];
        let last = rest.first().is_none_or(|kind| *kind == Kind::Picture);
        let next = match kind {
            Kind::Locked if at == 0 => continue,
            Kind::Locked | Kind::Picture => break,
            Kind::Letters => from_letters(&now),
            Kind::Hex => from_hex(&now),
            Kind::Runs => from_runs(&now, limit),
            Kind::Lzw if last => return Size::Exactly(all.saturating_add(lzw(&now))),
            Kind::Lzw => {
                let most = most(now.len(), Some(&kinds[at..]));
                return Size::AtMost(all.saturating_add(most));
            }
            Kind::Deflate => {
                let (from, most_of) = if at == 0 {
                    (data, length)
                } else {
                    (&now[..], now.len())
                };
                let found = inflated(from, limit, !last);
                all = all.saturating_add(found.size);
                // What was read last may be read in another way too.
                let left = most_of.saturating_sub(found.read.saturating_sub(AHEAD));
                if found.damaged && all <= limit {
                    return Size::AtMost(all.saturating_add(most(left, Some(&kinds[at..]))));
                }
                if last || all > limit {
                    return Size::Exactly(all);
                }
                now = Cow::Owned(found.bytes);
                continue;
            }
        };
        all = all.saturating_add(next.len() as u64);
        if all > limit {
            return Size::Exactly(all);
        }
        now = Cow::Owned(next);
    }
    Size::Exactly(all)
}

/// Bytes that deflate may have read before it finds that it cannot go on: a block's tables.
const AHEAD: usize = 512;

/// What comes of deflate.
#[derive(Default)]
struct Inflated {
    size: u64,
    bytes: Vec<u8>,
    /// Bytes of it that were read.
    read: usize,
    /// Whether something in it has no meaning.
    damaged: bool,
}

/// Unpacks deflate, behind a head of zlib or not, until there is more than the limit.
fn inflated(data: &[u8], limit: u64, keep: bool) -> Inflated {
    let head = match data {
        [method, flags, ..] => {
            let sum = u16::from_be_bytes([*method, *flags]);
            method & 0x0f == 8 && sum.is_multiple_of(31) && flags & 0x20 == 0
        }
        _ => false,
    };
    let start = if head { 2 } else { 0 };
    let mut out = Inflated::default();
    let mut unpack = Decompress::new(false);
    let mut buffer = vec![0; 65_536];
    loop {
        let (read, made) = (unpack.total_in(), unpack.total_out());
        let rest = &data[start + read as usize..];
        let step = unpack.decompress(rest, &mut buffer, FlushDecompress::None);
        let new = (unpack.total_out() - made) as usize;
        out.size = unpack.total_out();
        out.read = start + unpack.total_in() as usize;
        if keep {
            out.bytes.extend(&buffer[..new.min(buffer.len())]);
        }
        let stuck = unpack.total_in() == read && new == 0;
        match step {
            Ok(Status::StreamEnd) => return out,
            Err(_) => {
                out.damaged = true;
                return out;
            }
            // What breaks off gives no more.
            Ok(_) if stuck || out.size > limit => return out,
            Ok(_) => {}
        }
    }
}

/// How many bytes LZW makes of these: where its codes grow is said elsewhere, so that the larger of both ways counts.
fn lzw(data: &[u8]) -> u64 {
    lzw_growing(data, 0).max(lzw_growing(data, 1))
}

fn lzw_growing(data: &[u8], early: usize) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const FIRST: usize = 258;
    const ENTRIES: usize = 4_096;
    let mut lengths = vec![1u64; FIRST];
    let (mut all, mut last, mut bit) = (0u64, None::<u64>, 0);
    loop {
        let width = match lengths.len() + early {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        if bit + width > data.len() * 8 {
            return all;
        }
        let code = (bit..bit + width).fold(0, |code, bit| {
            code << 1 | usize::from(data[bit / 8] >> (7 - bit % 8) & 1)
        });
        bit += width;
        match code {
            CLEAR => {
                lengths.truncate(FIRST);
                last = None;
            }
            END => return all,
            _ => {
                let known = lengths.get(code).copied();
                let Some(length) =
                    known.or(last.filter(|_| code == lengths.len()).map(|it| it + 1))
                else {
                    return all;
                };
                all += length;
                if let Some(last) = last
                    && lengths.len() < ENTRIES
                {
                    lengths.push(last + 1);
                }
                last = Some(length);
            }
        }
    }
}

/// Bytes written in runs.
fn from_runs(data: &[u8], limit: u64) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(length) = data.get(at).copied().filter(|it| *it != 128) {
        if out.len() as u64 > limit {
            break;
        }
        let many = usize::from(length) + 1;
        match length {
            0..128 => {
                let Some(bytes) = data.get(at + 1..at + 1 + many) else {
                    break;
                };
                out.extend(bytes);
                at += 1 + many;
            }
            _ => {
                let Some(byte) = data.get(at + 1) else {
                    break;
                };
                out.extend(std::iter::repeat_n(*byte, 257 - usize::from(length)));
                at += 2;
            }
        }
    }
    out
}

/// Bytes written as two digits each.
fn from_hex(digits: &[u8]) -> Vec<u8> {
    let digits = digits.iter().take_while(|byte| **byte != b'>');
    let values: Vec<u8> = digits
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .map(|value| value as u8)
        .collect();
    let pairs = values.chunks(2);
    pairs
        .map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0))
        .collect()
}

/// Bytes written as letters, five for four (ASCII 85).
fn from_letters(letters: &[u8]) -> Vec<u8> {
    let (mut out, mut group, mut count) = (Vec::with_capacity(letters.len()), 0u32, 0);
    for byte in letters {
        match byte {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&group.to_be_bytes()[..count - 1]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_bytes() {
        assert_eq!(from_letters(b"87cUR\nD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(from_letters(b"z~>"), [0; 4]);
        assert_eq!(from_letters(b"87cUR~"), b"Hell");
        assert_eq!(from_letters(b"87cURDZ~>"), b"Hello");
        assert_eq!(from_hex(b"48 65 6c6C 6F7>"), b"Hellop");
        assert_eq!(
            from_runs(&[4, 10, 11, 12, 13, 14, 253, 3, 128, 9], 99),
            [10, 11, 12, 13, 14, 3, 3, 3, 3]
        );
    }

    #[test]
    fn codes_are_counted_as_they_grow() {
        // Clear, 'a', and twice what was just made: one, two and three letters.
        let codes = [256, 97, 258, 259, 257];
        let bits: String = codes.iter().map(|code| format!("{code:09b}")).collect();
        let mut bytes = Vec::new();
        for byte in bits.as_bytes().chunks(8) {
            let byte = std::str::from_utf8(byte).unwrap();
            bytes.push(u8::from_str_radix(&format!("{byte:0<8}"), 2).unwrap());
        }
        assert_eq!(lzw(&bytes), 6);
        assert_eq!(
            size(&bytes, bytes.len(), &[Kind::Lzw], 99),
            Size::Exactly(6)
        );
        let twice = size(&bytes, bytes.len(), &[Kind::Lzw, Kind::Deflate], 99);
        assert_eq!(twice, Size::AtMost(bytes.len() as u64 * 2_731 * 1_032));
    }

    #[test]
    fn what_is_damaged_counts_at_its_worst() {
        use std::io::Write;
        let mut out = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(&[0; 1_000]).unwrap();
        let whole = out.finish().unwrap();
        let of = |data: &[u8]| size(data, data.len(), &[Kind::Deflate], 2_000);
        assert_eq!(of(&whole), Size::Exactly(1_000));
        // What is cut off gives what it has; a block of a kind that there is not is damage.
        assert!(matches!(of(&whole[..whole.len() - 2]), Size::Exactly(_)));
        assert_eq!(of(&[0x07, 0, 0, 0]), Size::AtMost(4 * 1_032));
    }
}
