//! A map over tiles of a file on this machine.

use std::{path::Path, sync::Arc};

use casebook::data::Tiles;
use desk::Options;
use store::people::Role;
use testing::tiles::{self, png};

use crate::{client::get, made};

const REPORT: &str = "Title: Blast kills 12 in Osaka\nSource: Lake Tribune\nPublished: 2031-03-04\n\n\
    OSAKA, Japan — Twelve people were killed when a bomb exploded at a market in Osaka on Monday, police said.\n";

fn file(name: &str, metadata: &str) -> Arc<Tiles> {
    let all: Vec<_> = (0..5_u8)
        .flat_map(|z| {
            let many = 1_u32 << z;
            (0..many)
                .flat_map(move |x| (0..many).map(move |y| (z, x, y, png(&format!("{z} {x} {y}")))))
        })
        .collect();
    let bytes = tiles::file(&tiles::Made {
        tiles: &all,
        kind: tiles::PNG,
        metadata,
        leaf: 50,
        packing: (1, &|bytes| bytes.to_vec()),
    });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    Arc::new(Tiles::open(&path).unwrap())
}

#[test]
fn the_map_is_drawn_over_them_and_says_whose_they_are() {
    let Some(place) = made::of_samples("tiles", &[("osaka.txt", REPORT.into())]) else {
        return;
    };
    let bare = get(made::serve(&place), "/incidents", &[]).text();
    assert!(bare.contains("<figure class=\"map\">") && !bare.contains("<image"));
    let metadata = r#"{"attribution": "<a href='javascript:alert(1)'>&copy; Hill Maps</a> &lt;script&gt;\"x"}"#;
    let at = made::served(Options {
        clock: made::now,
        tiles: Some(file("desk.pmtiles", metadata)),
        ..Options::new(place, "Ana".to_owned())
    });
    let text = get(at, "/incidents", &[]).text();
    let images: Vec<&str> = text
        .split("<image href=\"")
        .skip(1)
        .filter_map(|it| it.split('"').next())
        .collect();
    assert!((1..=30).contains(&images.len()), "{images:?}");
    assert!(
        text.contains("Tiles: <bdi>© Hill Maps &#60;script&#62;&#34;x</bdi>"),
        "{text}"
    );
    assert!(text.contains("any on the tiles are the tiles' own") && !text.contains("javascript:"));
    for path in &images {
        let tile = get(at, path, &[]);
        assert_eq!(
            (tile.status, tile.header("content-type")),
            (200, "image/png"),
            "{path}"
        );
        assert_eq!(tile.header("x-content-type-options"), "nosniff");
        assert_eq!(tile.header("cache-control"), "private, max-age=86400");
        let words = path.trim_start_matches("/tiles/").replace('/', " ");
        assert_eq!(tile.body, png(&words));
    }
    for (path, status) in [
        ("/tiles/5/0/0", 404),
        ("/tiles/1/2/0", 404),
        ("/tiles/99/0/0", 404),
        ("/tiles/x/0/0", 404),
        ("/tiles/-1/0/0", 404),
        ("/tiles/0/0/0.png", 404),
    ] {
        assert_eq!(get(at, path, &[]).status, status, "{path}");
    }
}

#[test]
fn whoever_has_to_log_in_sees_no_tile_before() {
    let place = made::empty("tiles-people");
    made::person(&place, "ana", Role::Admin, "river table seven owl");
    let at = made::served(Options {
        clock: made::now,
        tiles: Some(file("desk-people.pmtiles", "{}")),
        ..Options::new(place.clone(), "Ana".to_owned())
    });
    assert_eq!(get(at, "/tiles/0/0/0", &[]).status, 303);
    // Without a file there is none.
    let bare = made::serve(&made::empty("tiles-none"));
    assert_eq!(get(bare, "/tiles/0/0/0", &[]).status, 404);
}
