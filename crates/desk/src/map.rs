//! A map that the server draws: the outline of land, and a circle for each place, as large as the place is uncertain.
//!
//! Comes in: the outline, and places with what they are called. Goes out: what a template makes an SVG of. The map is
//! equirectangular, true to scale in its middle. No borders are drawn: where they run is for no program to say.

use std::fmt::Write as _;

use casebook::data::Outline;

/// Width of the drawing.
const WIDTH: f64 = 2_000.0;
/// Height of the drawing.
const HEIGHT: f64 = 860.0;
/// The fewest degrees from left to right: the outline is no finer.
const NARROWEST: f64 = 14.0;
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
    /// Lines of the same longitude or latitude, as one path.
    pub lines: String,
    /// The places, those that few are seen from on top.
    pub dots: Vec<Dot>,
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

/// From degrees to the drawing.
struct View {
    west: f64,
    north: f64,
    /// Degrees from left to right, and from top to bottom.
    span: (f64, f64),
}

impl View {
    /// The smallest that has all places in it, with room around; the world where they are far apart.
    fn of(spots: &[Spot]) -> Self {
        let ends = |value: fn(&Spot) -> f64| {
            let all = spots.iter().map(value);
            all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
                (low.min(it), high.max(it))
            })
        };
        let ((west, east), (south, north)) = (ends(|it| it.lon), ends(|it| it.lat));
        let middle = ((west + east) / 2.0, (south + north) / 2.0);
        // A degree of longitude is shorter the farther north it lies.
        let shrink = middle.1.to_radians().cos().max(0.2);
        let for_width = (east - west) * (1.0 + 2.0 * ROOM);
        let for_height = (north - south) * (1.0 + 2.0 * ROOM) * (WIDTH / HEIGHT) / shrink;
        let wide = for_width.max(for_height).max(NARROWEST / shrink);
        let high = wide * (HEIGHT / WIDTH) * shrink;
        if wide > 180.0 {
            return Self {
                west: -180.0,
                north: WORLD.1,
                span: (360.0, WORLD.1 - WORLD.0),
            };
        }
        Self {
            west: (middle.0 - wide / 2.0).clamp(-180.0, 180.0 - wide),
            north: (middle.1 + high / 2.0).min(90.0),
            span: (wide, high),
        }
    }

    fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        (
            (lon - self.west) / self.span.0 * WIDTH,
            (self.north - lat) / self.span.1 * HEIGHT,
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
    /// Draws places; `None` where there are none. Without an outline they stand on lines of longitude and latitude.
    pub fn of(outline: Option<&Outline>, spots: &[Spot]) -> Option<Self> {
        if spots.is_empty() {
            return None;
        }
        let view = View::of(spots);
        Some(Self {
            size: (WIDTH as u32, HEIGHT as u32),
            land: outline.map(|it| view.land(it)).unwrap_or_default(),
            lines: view.lines(),
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
        let within = metres / DEGREE_M / view.span.1 * HEIGHT;
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
            let map = Map::of(None, spots).unwrap();
            assert_eq!(map.dots.len(), spots.len());
            for dot in &map.dots {
                assert!((0..=2_000).contains(&dot.x), "{dot:?}");
                assert!((0..=860).contains(&dot.y), "{dot:?}");
            }
        }
        assert_eq!(View::of(&far).span.0, 360.0);
        assert!(View::of(&near).span.0 < 20.0);
        assert!(Map::of(None, &[]).is_none());
    }

    #[test]
    fn a_circle_is_as_large_as_the_place_is_uncertain() {
        let map = Map::of(None, &[spot(0.0, 0.0, 200_000.0)]).unwrap();
        // 200 km are 1.8 degrees of the 14 from left to right.
        assert!((map.dots[0].within - 257).abs() <= 1, "{:?}", map.dots[0]);
        let map = Map::of(None, &[spot(0.0, 0.0, 500.0)]).unwrap();
        assert_eq!(map.dots[0].within, 0);
    }

    #[test]
    fn places_that_lie_together_are_one() {
        let spots = [
            spot(5.0, 5.0, 0.0),
            spot(5.01, 5.0, 0.0),
            spot(7.0, 9.0, 0.0),
        ];
        let map = Map::of(None, &spots).unwrap();
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
        let map = Map::of(Some(&outline), &[spot(0.0, 0.0, 0.0)]).unwrap();
        assert_eq!(map.land.matches('M').count(), 1, "{}", map.land);
        assert!(map.land.ends_with('z'));
        let mut out = String::new();
        path(&[(5, 5), (5, 5), (3, 9), (10, -2), (5, 5)], &mut out);
        assert_eq!(out, "M5 5l-2 4 7-11-5 7z");
    }
}
