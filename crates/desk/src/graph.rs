//! Who leans on whom as a drawing: reports in columns, whoever is leaned on to the left of who leans on it.
//!
//! Comes in: names, and who leans on whom. Goes out: what a template makes an SVG of. Each name is a box in a column,
//! so that lines run in the gaps between columns alone; a line over several has a place of its own in each.

use std::collections::BTreeMap;

/// The most reports that are drawn: above that a drawing says less than the list.
pub const MOST: usize = 12;
/// The most boxes, with those that are named and not among the reports.
pub const ALL: usize = 2 * MOST;
/// Width and height of a box.
const BOX: (usize, usize) = (150, 30);
/// From one box to the next: between columns, and within one.
const GAP: (usize, usize) = (56, 14);

/// Somebody in the drawing.
pub struct Node {
    /// Letter of a report; empty for who is named but not among the reports.
    pub letter: String,
    /// The outlet.
    pub name: String,
    /// Where it leads; empty where nowhere.
    pub href: String,
}

/// That one leans on another.
pub struct Edge {
    /// Who leans, by its place among the nodes.
    pub from: usize,
    /// On whom.
    pub on: usize,
    /// How: `copies`, `cites`, `shares`, `agency`.
    pub kind: &'static str,
    /// Whether one leans on the other, rather than both on each other.
    pub directed: bool,
    /// The same in words.
    pub title: String,
}

/// A box.
#[derive(Debug)]
pub struct Placed {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// Letter of the report.
    pub letter: String,
    /// What stands in the box.
    pub label: String,
    /// The whole name.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

/// A line.
#[derive(Debug)]
pub struct Line {
    /// The path.
    pub d: String,
    /// How one leans on the other.
    pub kind: &'static str,
    /// Whether it has an arrow at its end.
    pub arrow: bool,
    /// In words.
    pub title: String,
}

/// What a template draws.
#[derive(Debug)]
pub struct Graph {
    /// Width and height.
    pub size: (usize, usize),
    /// Of a box.
    pub of_box: (usize, usize),
    /// Boxes.
    pub nodes: Vec<Placed>,
    /// Lines.
    pub lines: Vec<Line>,
}

/// Edges between the same two are one line, that of the first; which way each is laid out, left end first.
fn laid_out(count: usize, edges: &[Edge]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut out: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, edge) in edges.iter().enumerate() {
        if edge.from == edge.on || edge.from >= count || edge.on >= count {
            continue;
        }
        let (left, right) = (edge.on, edge.from);
        if let Some(same) = out.get_mut(&(right, left)) {
            same.push(at);
        } else if let Some(same) = out.get_mut(&(left, right)) {
            same.push(at);
        } else {
            // A line that would close a ring is laid out the other way round.
            let ends: Vec<(usize, usize)> = out.keys().copied().collect();
            let key = match leads(&ends, right, left) {
                true => (right, left),
                false => (left, right),
            };
            out.insert(key, vec![at]);
        }
    }
    out
}

/// Whether a way leads from one to another.
fn leads(ends: &[(usize, usize)], from: usize, to: usize) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while let Some(now) = seen.get(at).copied() {
        if now == to {
            return true;
        }
        for (_, next) in ends.iter().filter(|(left, _)| *left == now) {
            if !seen.contains(next) {
                seen.push(*next);
            }
        }
        at += 1;
    }
    false
}

/// The column of each: one right of the rightmost that it leans on.
fn columns(count: usize, ends: &[(usize, usize)]) -> Vec<usize> {
    let mut out = vec![0; count];
    for _ in 0..count {
        for (left, right) in ends {
            out[*right] = out[*right].max(out[*left] + 1);
        }
    }
    out
}

impl Graph {
    /// Draws it; `None` where there is nothing to draw, or more than can be seen.
    pub fn of(nodes: &[Node], edges: &[Edge]) -> Option<Self> {
        let reports = nodes.iter().filter(|it| !it.letter.is_empty()).count();
        if reports > MOST || nodes.len() > ALL {
            return None;
        }
        let bundles = laid_out(nodes.len(), edges);
        if bundles.is_empty() {
            return None;
        }
        let ends: Vec<(usize, usize)> = bundles.keys().copied().collect();
        let column = columns(nodes.len(), &ends);
        // Each line as the places that it goes through: a box, one place in each column between, a box.
        let mut places: Vec<usize> = column.clone();
        let mut ways: Vec<Vec<usize>> = Vec::new();
        for (left, right) in &ends {
            let mut way = vec![*left];
            for between in column[*left] + 1..column[*right] {
                way.push(places.len());
                places.push(between);
            }
            way.push(*right);
            ways.push(way);
        }
        let rows = ordered(&places, &ways, nodes.len(), &ends);
        let x = |place: usize| places[place] * (BOX.0 + GAP.0);
        let y = |place: usize| rows[place] * (BOX.1 + GAP.1);
        let lines = ways
            .iter()
            .zip(bundles.values())
            .filter_map(|(way, bundle)| {
                let first = edges.get(*bundle.first()?)?;
                let middle = |place: &usize| (x(*place), y(*place) + BOX.1 / 2);
                let points: Vec<(usize, usize)> = way.iter().map(middle).collect();
                let backwards = way.first() == Some(&first.from);
                let title: Vec<&str> = bundle.iter().map(|at| edges[*at].title.as_str()).collect();
                Some(Line {
                    d: path(&points, backwards),
                    kind: first.kind,
                    arrow: first.directed,
                    title: title.join("\n"),
                })
            })
            .collect();
        let drawn = |at: &usize| ends.iter().any(|(left, right)| left == at || right == at);
        let placed = (0..nodes.len()).filter(drawn).map(|at| Placed {
            x: x(at),
            y: y(at),
            letter: nodes[at].letter.clone(),
            label: cut(
                &nodes[at].name,
                if nodes[at].letter.is_empty() { 19 } else { 16 },
            ),
            title: nodes[at].name.clone(),
            href: nodes[at].href.clone(),
        });
        let last = |values: &[usize]| values.iter().max().copied().unwrap_or(0);
        Some(Self {
            size: (
                last(&places) * (BOX.0 + GAP.0) + BOX.0,
                last(&rows) * (BOX.1 + GAP.1) + BOX.1,
            ),
            of_box: BOX,
            nodes: placed.collect(),
            lines,
        })
    }
}

/// The row of each place within its column: near to what it hangs together with.
fn ordered(
    places: &[usize],
    ways: &[Vec<usize>],
    count: usize,
    ends: &[(usize, usize)],
) -> Vec<usize> {
    let last = places.iter().max().copied().unwrap_or(0);
    let drawn = |at: usize| at >= count || ends.iter().any(|(a, b)| *a == at || *b == at);
    let mut columns: Vec<Vec<usize>> = (0..=last)
        .map(|column| {
            let here = (0..places.len()).filter(|at| places[*at] == column && drawn(*at));
            here.collect()
        })
        .collect();
    let pairs: Vec<(usize, usize)> = ways
        .iter()
        .flat_map(|way| way.windows(2).map(|it| (it[0], it[1])))
        .collect();
    let mut rows = vec![0; places.len()];
    let number = |column: &[usize], rows: &mut Vec<usize>| {
        for (row, at) in column.iter().enumerate() {
            rows[*at] = row;
        }
    };
    for column in &columns {
        number(column, &mut rows);
    }
    for _ in 0..4 {
        for column in &mut columns {
            let middle = |at: usize| {
                let beside = pairs.iter().filter_map(|(left, right)| match at {
                    it if it == *left => Some(rows[*right]),
                    it if it == *right => Some(rows[*left]),
                    _ => None,
                });
                let beside: Vec<usize> = beside.collect();
                // In hundredths, so that the order is the same everywhere.
                beside.iter().sum::<usize>() * 100 / beside.len().max(1)
            };
            let mut sorted: Vec<(usize, usize, usize)> = column
                .iter()
                .map(|at| (middle(*at), rows[*at], *at))
                .collect();
            sorted.sort_unstable();
            *column = sorted.into_iter().map(|(.., at)| at).collect();
            number(column, &mut rows);
        }
    }
    rows
}

/// From the box that leans to the one that is leaned on; bends lie in the gaps between columns alone.
fn path(points: &[(usize, usize)], backwards: bool) -> String {
    use std::fmt::Write as _;
    // From left to right; turned round at the end where the one that leans is on the right.
    let mut stops: Vec<(usize, usize)> = Vec::new();
    for (n, (x, y)) in points.iter().enumerate() {
        if n > 0 {
            stops.push((*x, *y));
        }
        if n + 1 < points.len() {
            stops.push((x + BOX.0, *y));
        }
    }
    if !backwards {
        stops.reverse();
    }
    let mut out = String::new();
    for (n, (x, y)) in stops.iter().enumerate() {
        let _ = match n {
            0 => write!(out, "M{x} {y}"),
            // Across a gap, with level ends.
            n if n % 2 == 1 => {
                let middle = usize::midpoint(stops[n - 1].0, *x);
                write!(out, "C{middle} {} {middle} {y} {x} {y}", stops[n - 1].1)
            }
            _ => write!(out, "H{x}"),
        };
    }
    out
}

/// The beginning of a name, where it is wider than so many small letters.
fn cut(name: &str, most: usize) -> String {
    // In tenths: capitals are wider, and signs of East Asia twice as wide.
    let width = |c: char| match c {
        c if u32::from(c) >= 0x1100 => 20,
        c if c.is_uppercase() => 13,
        _ => 10,
    };
    let mut taken = 0;
    let fits = |c: &char| {
        taken += width(*c);
        taken <= most * 10
    };
    let begin: String = name.chars().take_while(fits).collect();
    if begin.len() == name.len() {
        return begin;
    }
    let mut short = begin;
    short.pop();
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(letter: &str) -> Node {
        Node {
            letter: letter.to_owned(),
            name: format!("The Post of the Hills, edition {letter}"),
            href: format!("/reports/r:{letter}"),
        }
    }

    fn edge(from: usize, on: usize, kind: &'static str) -> Edge {
        Edge {
            from,
            on,
            kind,
            directed: kind != "shares",
            title: format!("{from} {kind} {on}"),
        }
    }

    fn graph(count: u8, edges: &[Edge]) -> Option<Graph> {
        let letter = |n: u8| char::from(b'A' + n).to_string();
        let nodes: Vec<Node> = (0..count).map(|n| node(&letter(n))).collect();
        Graph::of(&nodes, edges)
    }

    /// No box touches another or leaves the drawing.
    fn clear(graph: &Graph) {
        for (at, a) in graph.nodes.iter().enumerate() {
            assert!(a.x + BOX.0 <= graph.size.0 && a.y + BOX.1 <= graph.size.1);
            for b in &graph.nodes[at + 1..] {
                let apart =
                    a.x.abs_diff(b.x) >= BOX.0 + GAP.0 || a.y.abs_diff(b.y) >= BOX.1 + GAP.1;
                assert!(apart, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn whoever_is_leaned_on_stands_on_the_left() {
        let graph = graph(4, &[edge(1, 0, "copies"), edge(2, 1, "cites")]).unwrap();
        clear(&graph);
        let at: Vec<(&str, usize)> = graph
            .nodes
            .iter()
            .map(|it| (it.letter.as_str(), it.x))
            .collect();
        assert_eq!(at, [("A", 0), ("B", 206), ("C", 412)], "D leans on nobody");
        // From the left edge of who leans to the right edge of who is leaned on.
        assert_eq!(graph.lines[0].d, "M206 15C178 15 178 15 150 15");
        assert!(graph.nodes[0].label.ends_with('…'));
    }

    #[test]
    fn long_names_are_cut_by_how_wide_they_are() {
        assert_eq!(cut("The Hill Post", 16), "The Hill Post");
        assert_eq!(cut("the post of the hills", 16), "the post of the…");
        assert_eq!(cut(&"山".repeat(20), 16), format!("{}…", "山".repeat(7)));
        assert_eq!(cut("", 16), "");
    }

    #[test]
    fn nothing_to_draw_or_too_much_is_not_drawn() {
        assert!(graph(3, &[]).is_none());
        assert!(graph(3, &[edge(1, 1, "cites"), edge(1, 9, "cites")]).is_none());
        assert!(graph(12, &[edge(1, 0, "cites")]).is_some());
        assert!(graph(13, &[edge(1, 0, "cites")]).is_none());
    }

    #[test]
    fn a_ring_and_two_lines_between_the_same_are_drawn_once() {
        let ring = [
            edge(0, 1, "cites"),
            edge(1, 2, "cites"),
            edge(2, 0, "copies"),
            edge(2, 0, "shares"),
        ];
        let graph = graph(3, &ring).unwrap();
        clear(&graph);
        assert_eq!(graph.lines.len(), 3);
        let both = graph.lines.iter().find(|it| it.kind == "copies").unwrap();
        assert_eq!(both.title, "2 copies 0\n2 shares 0");
        // The one that closes the ring runs from left to right, its arrow at the right.
        assert!(both.d.starts_with("M150 "), "{}", both.d);
        assert!(both.arrow);
    }

    #[test]
    fn a_line_over_a_column_keeps_clear_of_its_boxes() {
        let edges = [
            edge(1, 0, "cites"),
            edge(2, 1, "cites"),
            edge(2, 0, "copies"),
        ];
        let graph = graph(3, &edges).unwrap();
        clear(&graph);
        let long = graph.lines.iter().find(|it| it.kind == "copies").unwrap();
        let level: usize = long
            .d
            .split(['C', ' ', 'H'])
            .nth(7)
            .unwrap()
            .parse()
            .unwrap();
        let between = graph.nodes.iter().find(|it| it.letter == "B").unwrap();
        assert!(
            level.abs_diff(between.y + BOX.1 / 2) > BOX.1 / 2,
            "{}",
            long.d
        );
    }

    #[test]
    fn twelve_that_all_lean_on_each_other_stay_apart() {
        let all: Vec<Edge> = (0..12)
            .flat_map(|from| (0..from).map(move |on| edge(from, on, "shares")))
            .collect();
        clear(&graph(12, &all).unwrap());
    }
}
