//! Files of tiles: those that are read, and those that are not.

use std::io::Write as _;

use testing::tiles::{self, Made, png};

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn plain(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

/// All tiles of three levels, each with its own words; those of the last level's first row are all the same.
fn all() -> Vec<(u8, u32, u32, Vec<u8>)> {
    let mut out = Vec::new();
    for z in 0..3_u8 {
        for (x, y) in (0..1 << z).flat_map(|x| (0..1 << z).map(move |y| (x, y))) {
            let words = if z == 2 && x < 2 && y < 2 {
                "sea".to_owned()
            } else {
                format!("{z} {x} {y}")
            };
            out.push((z, x, y, png(&words)));
        }
    }
    out
}

fn made(tiles: &[(u8, u32, u32, Vec<u8>)], leaf: usize, packed: bool) -> Vec<u8> {
    let metadata =
        r#"{"attribution": "<a href=\"https://osm.example\">&copy; OSM</a> &amp; <b>Hill"}"#;
    tiles::file(&Made {
        tiles,
        kind: tiles::PNG,
        metadata,
        leaf,
        packing: if packed { (2, &gzip) } else { (1, &plain) },
    })
}

fn open(name: &str, bytes: &[u8]) -> Result<Tiles, TilesError> {
    let path = std::env::temp_dir().join(format!(
        "crossbearing-{}-{name}.pmtiles",
        std::process::id()
    ));
    std::fs::write(&path, bytes).unwrap();
    let out = Tiles::open(&path);
    std::fs::remove_file(&path).unwrap();
    out
}

/// What a file is not taken for.
fn refused(name: &str, bytes: &[u8]) -> Fault {
    match open(name, bytes) {
        Err(TilesError::Unfit { fault, .. }) => fault,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn every_tile_is_found_in_every_kind_of_directory() {
    let tiles = all();
    for (leaf, packed) in [(0, false), (0, true), (2, true), (3, false)] {
        let file = open(
            &format!("found-{leaf}-{packed}"),
            &made(&tiles, leaf, packed),
        )
        .unwrap();
        for (z, x, y, bytes) in &tiles {
            assert_eq!(
                file.tile(*z, *x, *y).unwrap().as_ref(),
                Some(bytes),
                "{z} {x} {y}"
            );
            assert!(file.has(*z, *x, *y).unwrap());
        }
        for (z, x, y) in [
            (3, 0, 0),
            (0, 1, 0),
            (2, 4, 0),
            (2, 0, 4),
            (FINEST + 1, 0, 0),
            (255, 0, 0),
        ] {
            assert_eq!(file.tile(z, x, y).unwrap(), None, "{z} {x} {y}");
        }
        assert_eq!((file.levels(), file.picture()), ((0, 2), Picture::Png));
        assert_eq!(file.attribution(), "© OSM & Hill");
    }
    // Tiles that are the same stand in one entry.
    let entries = open("runs", &made(&tiles, 0, false)).unwrap().root.len();
    assert_eq!(entries, tiles.len() - 3);
}

#[test]
fn numbers_of_tiles_are_those_of_the_specification() {
    let check = |z: u8, x: u32, y: u32, want: u64| {
        assert_eq!(
            (id(z, x, y), tiles::id(z, x, y)),
            (Some(want), want),
            "{z} {x} {y}"
        );
    };
    check(0, 0, 0, 0);
    check(1, 0, 0, 1);
    check(1, 0, 1, 2);
    check(1, 1, 1, 3);
    check(1, 1, 0, 4);
    check(2, 0, 0, 5);
    check(12, 3423, 1763, 19_078_479);
}

#[test]
fn what_is_no_file_of_pictures_says_what_to_try() {
    let good = made(&all(), 0, true);
    let with = |at: usize, byte: u8| {
        let mut out = good.clone();
        out[at] = byte;
        out
    };
    assert_eq!(refused("empty", b""), NONE);
    assert_eq!(refused("other", b"SQLite format 3\0and more"), NONE);
    assert_eq!(refused("old", &with(7, 2)), VERSION);
    assert_eq!(refused("vector", &with(99, 1)), VECTOR);
    assert_eq!(refused("unknown", &with(99, 9)), KIND);
    assert_eq!(refused("brotli", &with(97, 3)), PACKING);
    assert_eq!(refused("packed", &with(98, 2)), TILES_PACKED);
    assert_eq!(refused("levels", &with(100, 9)), LEVELS);
    assert_eq!(refused("jpeg", &with(99, 3)), OTHER);
    assert_eq!(refused("no-tiles", &made(&[], 0, false)), EMPTY);
    let told = open("told", &with(99, 1)).unwrap_err().to_string();
    assert!(
        told.contains("vector tiles") && told.contains("\n  hint: "),
        "{told}"
    );
    let absent = Tiles::open(Path::new("/nowhere/x.pmtiles")).unwrap_err();
    assert!(absent.to_string().contains("hint: "), "{absent}");
    assert!(Tiles::open(&std::env::temp_dir()).is_err(), "a folder");
}

#[test]
fn a_file_that_is_cut_anywhere_or_wrong_in_any_byte_is_safe() {
    for (leaf, packed) in [(0, false), (2, false), (2, true)] {
        let good = made(&all(), leaf, packed);
        for end in 0..good.len() {
            assert!(
                open("cut", &good[..end]).is_err(),
                "cut at {end} of {}",
                good.len()
            );
        }
        for at in 0..good.len() {
            for byte in [0, 0x7f, 0xff, good[at] ^ 1] {
                let mut bad = good.clone();
                bad[at] = byte;
                // It is refused, or some tile of it is; whatever is given is a picture.
                let Ok(file) = open("wrong", &bad) else {
                    continue;
                };
                for (z, x, y, _) in all() {
                    if let Ok(Some(bytes)) = file.tile(z, x, y) {
                        assert!(file.picture().begins(&bytes));
                    }
                }
            }
        }
    }
}

#[test]
fn numbers_that_a_file_makes_up_cost_nothing() {
    // So many entries as would fill the memory, in a few bytes.
    let mut many = Vec::new();
    many.extend([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
    assert_eq!(directory(&many), Err(BROKEN));
    assert_eq!(directory(&[]), Err(BROKEN));
    // A number longer than 64 bits; the same tile twice; no offset before the first; nothing of nothing.
    assert_eq!(directory(&[0xff; 12]), Err(BROKEN));
    assert_eq!(directory(&[2, 1, 0, 1, 1, 1, 1, 1, 0]), Err(BROKEN));
    assert_eq!(directory(&[1, 1, 1, 1, 0]), Err(BROKEN));
    assert_eq!(directory(&[1, 1, 1, 0, 1]), Err(BROKEN));
    assert_eq!(directory(&[0]), Ok(Vec::new()));
    // A leaf directory that leads to itself ends.
    let good = made(&all(), 2, false);
    let section = |at: usize| u64::from_le_bytes(good[at..at + 8].try_into().unwrap()) as usize;
    let (root, leaves) = (section(8), section(40));
    let own = tiles::directory(&[(0, 0, 5, 0)]);
    let mut bad = good.clone();
    bad[root..root + own.len()].copy_from_slice(&own);
    bad[leaves..leaves + own.len()].copy_from_slice(&own);
    bad[16..24].copy_from_slice(&(own.len() as u64).to_le_bytes());
    let told = match open("circle", &bad) {
        Err(error) => error.to_string(),
        Ok(file) => file.tile(0, 0, 0).unwrap_err().to_string(),
    };
    assert!(told.contains("broken"), "{told}");
}
