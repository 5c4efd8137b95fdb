//! A map that the server draws: the outline of land, and a circle for each place, as large as the place is uncertain.
//!
//! Comes in: the outline, and places with what they are called. Goes out: what a template makes an SVG of. The map is
//! equirectangular, true to scale in its middle; over tiles of a file it is Mercator's, as they are. No borders are
//! drawn: where they run is for no program to say. Tiles may have some, which are theirs.

use std::fmt::Write as _;

use casebook::data::{Outline, Tiles};

/// Width of the drawing.
const WIDTH: f64 = 2_000.0;
/// Height of the drawing.
const HEIGHT: f64 = 860.0;
/// The fewest degrees from left to right: the outline is no finer.
const NARROWEST: f64 = 14.0;
/// The same over tiles: a town and what is around it.
const NARROWEST_TILED: f64 = 0.6;
/// Tiles that are drawn, at most.
const TILES: u64 = 30;
/// Degrees north and south to which tiles reach.
const MERCATOR: f64 = 85.051_128_78;
/// Room around the places, in parts of what they span.
const ROOM: f64 = 0.18;
/// The world without its ice: south and north, in degrees.
const WORLD: (f64, f64) = (-58.0, 84.0);
/// Places so near each other in the drawing are one circle.
const NEAR: f64 = 28.0;
/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_320.0;
/// Radius of the dot that stands for a place.
const DOT: f64 = 12.0;

/// A place to draw.
pub struct Spot {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Metres within which it lies, where that is known.
    pub radius_m: Option<f64>,
    /// What is there, in a line.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Whether voices differ.
    pub disputed: bool,
}

/// What a template draws.
#[derive(Debug)]
pub struct Map {
    /// Width and height.
    pub size: (u32, u32),
    /// The land, as an SVG path; empty where the outline is not there.
    pub land: String,
    /// Lines of the same longitude or latitude, as one path; empty over tiles.
    pub lines: String,
    /// Tiles, where a file of them is at hand.
    pub tiles: Vec<Tile>,
    /// Whether the map is drawn over tiles, if there are any here.
    pub tiled: bool,
    /// What those who made the tiles want to be said of them.
    pub attribution: String,
    /// The places, those that few are seen from on top.
    pub dots: Vec<Dot>,
}

/// A tile in the drawing.
#[derive(Debug, PartialEq, Eq)]
pub struct Tile {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// Width and height.
    pub size: (i64, i64),
    /// Where its picture is.
    pub href: String,
}

/// A place, or several that lie together.
#[derive(Debug)]
pub struct Dot {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// Radius of the circle within which it lies; 0 where that is smaller than the dot.
    pub within: i64,
    /// Radius of the dot.
    pub r: i64,
    /// How many things are there.
    pub count: usize,
    /// What is there, a line each.
    pub title: String,
    /// Where the first of them leads.
    pub href: String,
    /// Whether voices differ on one of them.
    pub disputed: bool,
}

/// How degrees become a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plane {
    /// A degree north is as long everywhere.
    Equal,
    /// As Mercator drew it on a sphere: a square from -180 to 180.
    Mercator,
}

impl Plane {
    /// How far north a latitude lies in the plane, in degrees of longitude at the equator.
    fn north(self, lat: f64) -> f64 {
        match self {
            Self::Equal => lat,
            Self::Mercator => {
                let lat = lat.clamp(-MERCATOR, MERCATOR).to_radians();
                lat.tan().asinh().to_degrees()
            }
        }
    }

    /// How much longer a metre is there than at the equator.
    fn stretch(self, lat: f64) -> f64 {
        match self {
            Self::Equal => 1.0,
            Self::Mercator => 1.0 / lat.clamp(-MERCATOR, MERCATOR).to_radians().cos(),
        }
    }
}

/// From degrees to the drawing.
struct View {
    plane: Plane,
    west: f64,
    /// The upper edge, in the plane.
    north: f64,
    /// Degrees from left to right, and from top to bottom, in the plane.
    span: (f64, f64),
}

impl View {
    /// The smallest that has all places in it, with room around; the world where they are far apart.
    fn of(spots: &[Spot], plane: Plane, narrowest: f64) -> Self {
        let ends = |value: &dyn Fn(&Spot) -> f64| {
            let all = spots.iter().map(value);
            all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
                (low.min(it), high.max(it))
            })
        };
        let (west, east) = ends(&|it| it.lon);
        let (south, north) = ends(&|it| plane.north(it.lat));
        let middle = ((west + east) / 2.0, (south + north) / 2.0);
        // A degree of longitude is shorter the farther north it lies; Mercator's plane makes it longer by as much.
        let shrink = match plane {
            Plane::Equal => middle.1.to_radians().cos().max(0.2),
            Plane::Mercator => 1.0,
        };
        let for_width = (east - west) * (1.0 + 2.0 * ROOM);
        let for_height = (north - south) * (1.0 + 2.0 * ROOM) * (WIDTH / HEIGHT) / shrink;
        let wide = for_width.max(for_height).max(narrowest / shrink);
        let high = wide * (HEIGHT / WIDTH) * shrink;
        if wide > 180.0 {
            return match plane {
                Plane::Equal => Self {
                    plane,
                    west: -180.0,
                    north: WORLD.1,
                    span: (360.0, WORLD.1 - WORLD.0),
                },
                // Where they lie far apart from north to south, there is nothing beside the world.
                Plane::Mercator => {
                    let wide = for_height.max(360.0);
                    let high = wide * (HEIGHT / WIDTH);
                    Self {
                        plane,
                        west: -wide / 2.0,
                        north: (middle.1 + high / 2.0)
                            .clamp(high - 180.0, 180.0_f64.max(high - 180.0)),
                        span: (wide, high),
                    }
                }
            };
        }
        let top = match plane {
            Plane::Equal => 90.0,
            Plane::Mercator => 180.0,
        };
        Self {
            plane,
            west: (middle.0 - wide / 2.0).clamp(-180.0, 180.0 - wide),
            north: (middle.1 + high / 2.0).min(top),
            span: (wide, high),
        }
    }

    /// The tiles in view, of the finest level of which there are not too many.
    fn tiles(&self, file: &Tiles) -> Vec<Tile> {
        let (coarsest, finest) = file.levels();
        let in_view = |z: u8| {
            let many = (1_u64 << z) as f64;
            let at = |degrees: f64| ((degrees + 180.0) / 360.0 * many).clamp(0.0, many);
            // The last one begins before the edge.
            let ends = |from: f64, to: f64| (from.floor() as u64, (to.ceil() as u64).max(1) - 1);
            let across = ends(at(self.west), at(self.west + self.span.0));
            let down = ends(at(-self.north), at(self.span.1 - self.north));
            (across, down)
        };
        let count = |z: &u8| {
            let (across, down) = in_view(*z);
            (across.1 + 1 - across.0) * (down.1 + 1 - down.0)
        };
        let Some(z) = (coarsest..=finest).rev().find(|z| count(z) <= TILES) else {
            return Vec::new();
        };
        let (across, down) = in_view(z);
        let side = 360.0 / (1_u64 << z) as f64;
        let edge = |column: u64, row: u64| {
            let x = (column as f64 * side - 180.0 - self.west) / self.span.0 * WIDTH;
            let y = (self.north - 180.0 + row as f64 * side) / self.span.1 * HEIGHT;
            (x.round() as i64, y.round() as i64)
        };
        let mut out = Vec::new();
        for (row, column) in
            (down.0..=down.1).flat_map(|y| (across.0..=across.1).map(move |x| (y, x)))
        {
            let (Ok(x), Ok(y)) = (u32::try_from(column), u32::try_from(row)) else {
                continue;
            };
            // A directory that is broken there costs its tiles and not the page.
            if !file.has(z, x, y).unwrap_or(false) {
                continue;
            }
            let (from, to) = (edge(column, row), edge(column + 1, row + 1));
            out.push(Tile {
                x: from.0,
                y: from.1,
                size: (to.0 - from.0, to.1 - from.1),
                href: format!("/tiles/{z}/{x}/{y}"),
            });
        }
        out
    }

    fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        (
            (lon - self.west) / self.span.0 * WIDTH,
            (self.north - self.plane.north(lat)) / self.span.1 * HEIGHT,
        )
    }

    /// The land in view. What lies far outside is brought near the edge, where nobody sees it.
    fn land(&self, outline: &Outline) -> String {
        let mut out = String::new();
        for ring in &outline.rings {
            let points: Vec<(i64, i64)> = ring
                .iter()
                .map(|(lon, lat)| {
                    let (x, y) = self.at(*lon, *lat);
                    (
                        x.clamp(-WIDTH, 2.0 * WIDTH).round() as i64,
                        y.clamp(-WIDTH, HEIGHT + WIDTH).round() as i64,
                    )
                })
                .collect();
            let outside = |all: &dyn Fn(&(i64, i64)) -> bool| points.iter().all(all);
            if outside(&|it| it.0 < 0)
                || outside(&|it| it.0 > WIDTH as i64)
                || outside(&|it| it.1 < 0)
                || outside(&|it| it.1 > HEIGHT as i64)
            {
                continue;
            }
            path(&points, &mut out);
        }
        out
    }

    /// Lines at round degrees.
    fn lines(&self) -> String {
        let step = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0]
            .into_iter()
            .find(|step| self.span.0 / step <= 13.0)
            .unwrap_or(30.0);
        let mut out = String::new();
        let mut lon = (self.west / step).ceil() * step;
        while lon <= self.west + self.span.0 {
            let _ = write!(out, "M{:.0} 0V{HEIGHT}", self.at(lon, 0.0).0);
            lon += step;
        }
        let south = self.north - self.span.1;
        let mut lat = (south / step).ceil() * step;
        while lat <= self.north {
            let _ = write!(out, "M0 {:.0}H{WIDTH}", self.at(0.0, lat).1);
            lat += step;
        }
        out
    }
}

/// A closed ring, each point from the one before, those that fall on it left out.
fn path(points: &[(i64, i64)], out: &mut String) {
    let Some(first) = points.first() else { return };
    let _ = write!(out, "M{} {}", first.0, first.1);
    let mut last = *first;
    let mut begun = false;
    for point in points {
        let (x, y) = (point.0 - last.0, point.1 - last.1);
        if (x, y) == (0, 0) {
            continue;
        }
        // A minus sign parts two numbers as well as a space does.
        out.push(if begun { ' ' } else { 'l' });
        if begun && x < 0 {
            out.pop();
        }
        let _ = write!(out, "{x}{}{y}", if y < 0 { "" } else { " " });
        begun = true;
        last = *point;
    }
    out.push('z');
}

impl Map {
    /// Draws places; `None` where there are none. Without an outline they stand on lines of longitude and latitude;
    /// with a file of tiles, on those.
    pub fn of(outline: Option<&Outline>, tiles: Option<&Tiles>, spots: &[Spot]) -> Option<Self> {
        if spots.is_empty() {
            return None;
        }
        let view = match tiles {
            None => View::of(spots, Plane::Equal, NARROWEST),
            // No tile is drawn much larger than it was made.
            Some(tiles) => {
                let finest = 360.0 / (1_u64 << tiles.levels().1) as f64;
                View::of(
                    spots,
                    Plane::Mercator,
                    (4.0 * finest).clamp(NARROWEST_TILED, 90.0),
                )
            }
        };
        Some(Self {
            size: (WIDTH as u32, HEIGHT as u32),
            land: outline.map(|it| view.land(it)).unwrap_or_default(),
            lines: match tiles {
                None => view.lines(),
                Some(_) => String::new(),
            },
            tiles: tiles.map(|it| view.tiles(it)).unwrap_or_default(),
            tiled: tiles.is_some(),
            attribution: tiles
                .map(|it| it.attribution().to_owned())
                .unwrap_or_default(),
            dots: dots(&view, spots),
        })
    }
}

/// The places in the drawing; those that lie on each other are one.
fn dots(view: &View, spots: &[Spot]) -> Vec<Dot> {
    let mut out: Vec<Dot> = Vec::new();
    for spot in spots {
        let (x, y) = view.at(spot.lon, spot.lat);
        let metres = spot.radius_m.unwrap_or(0.0);
        let degrees = metres / DEGREE_M * view.plane.stretch(spot.lat);
        let within = degrees / view.span.1 * HEIGHT;
        let within = if within > DOT * 1.5 {
            within.min(HEIGHT).round() as i64
        } else {
            0
        };
        let beside = out.iter_mut().find(|it| {
            let (x, y) = (it.x as f64 - x, it.y as f64 - y);
            x.hypot(y) < NEAR
        });
        match beside {
            Some(dot) => {
                dot.count += 1;
                dot.disputed |= spot.disputed;
                dot.within = dot.within.max(within);
                dot.r = (DOT * (dot.count as f64).sqrt().min(3.0) + 4.0).round() as i64;
                dot.title.push('\n');
                dot.title.push_str(&spot.title);
            }
            None => out.push(Dot {
                x: x.round() as i64,
                y: y.round() as i64,
                within,
                r: DOT as i64,
                count: 1,
                title: spot.title.clone(),
                href: spot.href.clone(),
                disputed: spot.disputed,
            }),
        }
    }
    out.sort_by_key(|dot| std::cmp::Reverse(dot.within.max(dot.r)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(lat: f64, lon: f64, radius_m: f64) -> Spot {
        Spot {
            lat,
            lon,
            radius_m: Some(radius_m),
            title: format!("at {lat}, {lon}"),
            href: "/incidents/k:1".to_owned(),
            disputed: false,
        }
    }

    #[test]
    fn all_places_are_in_view_and_far_ones_show_the_world() {
        let near = [spot(10.0, 20.0, 0.0), spot(11.0, 21.5, 0.0)];
        let far = [spot(-33.0, 151.0, 0.0), spot(40.0, -74.0, 0.0)];
        let north = [spot(89.0, 179.9, 0.0)];
        for spots in [&near[..], &far[..], &north[..]] {
            let map = Map::of(None, None, spots).unwrap();
            assert_eq!(map.dots.len(), spots.len());
            for dot in &map.dots {
                assert!((0..=2_000).contains(&dot.x), "{dot:?}");
                assert!((0..=860).contains(&dot.y), "{dot:?}");
            }
        }
        assert_eq!(View::of(&far, Plane::Equal, NARROWEST).span.0, 360.0);
        assert!(View::of(&near, Plane::Equal, NARROWEST).span.0 < 20.0);
        assert!(Map::of(None, None, &[]).is_none());
    }

    #[test]
    fn a_circle_is_as_large_as_the_place_is_uncertain() {
        let map = Map::of(None, None, &[spot(0.0, 0.0, 200_000.0)]).unwrap();
        // 200 km are 1.8 degrees of the 14 from left to right.
        assert!((map.dots[0].within - 257).abs() <= 1, "{:?}", map.dots[0]);
        let map = Map::of(None, None, &[spot(0.0, 0.0, 500.0)]).unwrap();
        assert_eq!(map.dots[0].within, 0);
    }

    #[test]
    fn places_that_lie_together_are_one() {
        let spots = [
            spot(5.0, 5.0, 0.0),
            spot(5.01, 5.0, 0.0),
            spot(7.0, 9.0, 0.0),
        ];
        let map = Map::of(None, None, &spots).unwrap();
        let counts: Vec<usize> = map.dots.iter().map(|dot| dot.count).collect();
        assert_eq!(counts, [2, 1]);
        assert_eq!(map.dots[0].title, "at 5, 5\nat 5.01, 5");
    }

    #[test]
    fn land_out_of_view_is_left_out_and_rings_close() {
        let ring =
            |lon: f64, lat: f64| vec![(lon, lat), (lon + 3.0, lat), (lon, lat + 3.0), (lon, lat)];
        let outline = Outline {
            rings: vec![ring(1.0, 1.0), ring(120.0, -40.0), Vec::new()],
        };
        let map = Map::of(Some(&outline), None, &[spot(0.0, 0.0, 0.0)]).unwrap();
        assert_eq!(map.land.matches('M').count(), 1, "{}", map.land);
        assert!(map.land.ends_with('z'));
        let mut out = String::new();
        path(&[(5, 5), (5, 5), (3, 9), (10, -2), (5, 5)], &mut out);
        assert_eq!(out, "M5 5l-2 4 7-11-5 7z");
    }

    /// A file with all tiles of some levels.
    fn tiles(name: &str, levels: std::ops::Range<u8>) -> Tiles {
        use testing::tiles::{self, png};
        let all: Vec<_> = levels
            .flat_map(|z| {
                let many = 1_u32 << z;
                (0..many).flat_map(move |x| (0..many).map(move |y| (z, x, y, png("a"))))
            })
            .collect();
        let bytes = tiles::file(&tiles::Made {
            tiles: &all,
            kind: tiles::PNG,
            metadata: "{\"attribution\": \"Hill Maps\"}",
            leaf: 0,
            packing: (1, &|bytes| bytes.to_vec()),
        });
        let path = std::env::temp_dir().join(format!(
            "crossbearing-map-{}-{name}.pmtiles",
            std::process::id()
        ));
        std::fs::write(&path, bytes).unwrap();
        let file = Tiles::open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        file
    }

    #[test]
    fn tiles_cover_the_map_and_are_not_too_many() {
        let all = tiles("cover", 0..6);
        let spots: [Vec<Spot>; 5] = [
            vec![spot(10.0, 20.0, 0.0)],
            vec![spot(-33.0, 151.0, 0.0), spot(40.0, -74.0, 0.0)],
            vec![spot(60.0, 10.0, 0.0), spot(62.0, 11.5, 0.0)],
            vec![spot(84.9, 179.9, 0.0)],
            vec![spot(80.0, -170.0, 0.0), spot(-80.0, 170.0, 0.0)],
        ];
        for spots in &spots {
            let map = Map::of(None, Some(&all), spots).unwrap();
            assert!(
                (1..=TILES as usize).contains(&map.tiles.len()),
                "{:?}",
                map.tiles.len()
            );
            assert!(map.tiled && map.lines.is_empty() && map.attribution == "Hill Maps");
            for dot in &map.dots {
                let under = |it: &&Tile| {
                    let (x, y) = (dot.x - it.x, dot.y - it.y);
                    (0..=it.size.0).contains(&x) && (0..=it.size.1).contains(&y)
                };
                let tile = map
                    .tiles
                    .iter()
                    .find(under)
                    .expect("a tile under every place");
                assert!(
                    (0..=2_000).contains(&dot.x) && (0..=860).contains(&dot.y),
                    "{dot:?}"
                );
                assert!(
                    (tile.size.0 - tile.size.1).abs() <= 1,
                    "tiles are square: {tile:?}"
                );
            }
            // Each begins where the one before ends.
            for tile in &map.tiles {
                let right = map
                    .tiles
                    .iter()
                    .find(|it| it.y == tile.y && it.x > tile.x && it.x < tile.x + 2 * tile.size.0);
                assert!(
                    right.is_none_or(|it| it.x == tile.x + tile.size.0),
                    "{tile:?} {right:?}"
                );
            }
        }
    }

    #[test]
    fn a_place_stands_on_the_tile_that_holds_it() {
        let all = tiles("place", 0..6);
        // Berlin lies, by the usual reckoning, at level 5 in column 17, row 10: 40 and 54 hundredths into it.
        let map = Map::of(None, Some(&all), &[spot(52.5, 13.4, 200_000.0)]).unwrap();
        let tile = map.tiles.iter().find(|it| it.href == "/tiles/5/17/10");
        let tile = tile.expect("the finest level");
        let share = |at: i64, from: i64, size: i64| (at - from) as f64 / size as f64;
        let (x, y) = (
            share(map.dots[0].x, tile.x, tile.size.0),
            share(map.dots[0].y, tile.y, tile.size.1),
        );
        let exact = |lat: f64, lon: f64| {
            let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * 32.0;
            ((lon + 180.0) / 360.0 * 32.0 - 17.0, y - 10.0)
        };
        let want = exact(52.5, 13.4);
        assert!(
            (x - want.0).abs() < 0.01 && (y - want.1).abs() < 0.01,
            "{x} {y} {want:?}"
        );
        // 200 km there are longer in the drawing than at the equator, by the plane's stretch.
        let view = map.tiles.iter().map(|it| it.size.0).max().unwrap() as f64 / 11.25;
        let want = 200_000.0 / DEGREE_M / 52.5_f64.to_radians().cos() * view;
        assert!(
            (map.dots[0].within as f64 - want).abs() < 2.0,
            "{} {want}",
            map.dots[0].within
        );
    }

    #[test]
    fn tiles_that_are_not_there_are_not_asked_for() {
        let coarse = tiles("coarse", 0..1);
        let map = Map::of(None, Some(&coarse), &[spot(52.5, 13.4, 0.0)]).unwrap();
        assert_eq!(map.tiles.len(), 1);
        assert_eq!(map.tiles[0].href, "/tiles/0/0/0");
        let deep = tiles("deep", 5..6);
        let far = [spot(-33.0, 151.0, 0.0), spot(40.0, -74.0, 0.0)];
        let map = Map::of(None, Some(&deep), &far).unwrap();
        assert!(
            map.tiles.is_empty() && map.tiled,
            "the level is too fine for the world"
        );
    }
}
