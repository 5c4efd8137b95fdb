//! Which pieces of a page are its article.
//!
//! What comes in: the tree of a page, its pieces, and the article's text as JSON-LD gives it. What goes out: the pieces
//! that are shown, those that are no part of the article as boilerplate. Three voices are heard: `dom_smoothie` (a port
//! of Readability) finds the element that holds the article, `rs_trafilatura` the words of it, and JSON-LD may say the
//! words outright. The two extractors go wrong on different pages, so that what both take is nearly always right, and
//! what one of them takes needs something that speaks for it: that it reads as a sentence, and stands in elements of
//! the same kind as what both take.

use std::collections::{BTreeMap, BTreeSet};

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::Readability;
use model::{BlockKind, hash};
use rs_trafilatura::{Options, page_type::PageType};

use super::{
    boxes::{AROUND, BOXES, COMMENTS, PICTURE, is_line, name_of, path, words_of},
    pieces::{Piece, Sink},
    shingles::{Shingles, hashes},
};
use crate::text::{
    lines::ends_sentence,
    metadata::{Metadata, fill},
};

/// An article shorter than this many bytes makes the whole body be looked at.
const SHORT: usize = 250;
/// Most pieces shown between the headline and the article: subtitle, byline, date.
const ABOVE: usize = 12;

/// What is known of one piece.
struct Seen {
    /// Whether it stands in the element that holds the article.
    inside: bool,
    /// Whether the second extractor has it.
    second: bool,
    /// How much of it JSON-LD has.
    said: f32,
    /// Whether it stands in a box around the article.
    boxed: bool,
    /// Whether it stands under or beside a picture.
    caption: bool,
    /// Whether it reads as a sentence.
    sentence: bool,
    /// Elements it stands in, as a number.
    place: u64,
}

/// Chooses what is shown: words and kind, in the order of the page.
pub(super) fn choose(
    document: &Document,
    pieces: &[Piece<'_>],
    said: &str,
    meta: &mut Metadata,
) -> Vec<(String, BlockKind)> {
    let readable = readable(document, meta);
    let second = second(document);
    let around = Around::of(pieces, &readable, &second);
    let body = Shingles::of(said);
    let all: usize = pieces.iter().map(|piece| piece.words.len()).sum();
    if said.len() >= SHORT && all < said.len() {
        return unshown(said);
    }
    let root = around.root.filter(|_| readable.len() >= SHORT);
    let mut seen: Vec<Seen> = pieces
        .iter()
        .map(|piece| Seen {
            inside: root.is_some_and(|root| path(&piece.node).any(|node| node.id == root)),
            second: second.holds(&piece.words) >= 0.6,
            said: body.holds(&piece.words),
            boxed: around.boxed(&piece.node),
            caption: around.captioned(piece),
            sentence: ends_sentence(&piece.words)
                && piece.words.split_whitespace().nth(5).is_some()
                && piece.linked < 0.7,
            place: place(&piece.node),
        })
        .collect();
    let both = bytes(pieces, &seen, |seen| seen.inside && seen.second);
    let second = bytes(pieces, &seen, |seen| seen.second);
    if both < SHORT && second < SHORT && body.words == 0 {
        return whole(pieces, &seen);
    }
    balance(pieces, &mut seen, root.is_some());
    let sure = |seen: &Seen| seen.inside && seen.second && !seen.boxed;
    let kept = bytes(pieces, &seen, |seen| {
        seen.inside && seen.second && !seen.boxed
    });
    let held = bytes(pieces, &seen, |seen| {
        seen.inside && seen.second && !seen.boxed && seen.said >= 0.6
    });
    let complete = body.words > 40 && held * 100 >= kept * 85;
    let mut places: BTreeMap<u64, usize> = BTreeMap::new();
    for seen in seen.iter().filter(|seen| sure(seen) && seen.sentence) {
        *places.entry(seen.place).or_default() += 1;
    }
    let told = Told {
        words: body.words,
        complete,
    };
    let first = seen.iter().position(|seen| sure(seen) && seen.sentence);
    let mut keep: Vec<bool> = pieces
        .iter()
        .zip(&seen)
        .enumerate()
        .map(|(at, (piece, seen))| {
            let above = first.is_some_and(|first| at < first && first - at <= ABOVE)
                && seen.sentence
                && !seen.boxed
                && seen.second;
            let line = !seen.sentence && is_line(&piece.node);
            piece.kind != BlockKind::Boilerplate
                && !piece.headline
                && !line
                && (score(piece, seen, &places, &told) >= 2.0 || above)
        })
        .collect();
    edges(pieces, &seen, &mut keep);
    shown(pieces, &seen, &keep)
}

/// Bytes of the chosen pieces.
fn bytes(pieces: &[Piece<'_>], seen: &[Seen], chosen: fn(&Seen) -> bool) -> usize {
    let of = pieces.iter().zip(seen).filter(|(_, seen)| chosen(seen));
    of.map(|(piece, _)| piece.words.len()).sum()
}

/// Lets one extractor speak for both where the other found nothing to speak of, and takes paragraphs out of boxes where
/// the page puts each into what is called a widget.
fn balance(pieces: &[Piece<'_>], seen: &mut [Seen], found: bool) {
    let both = bytes(pieces, seen, |seen| seen.inside && seen.second);
    let second = bytes(pieces, seen, |seen| seen.second);
    let inside = bytes(pieces, seen, |seen| seen.inside);
    if !found || both * 8 < second {
        seen.iter_mut().for_each(|seen| seen.inside = seen.second);
    } else if both * 8 < inside {
        seen.iter_mut().for_each(|seen| seen.second = seen.inside);
    }
    let named = bytes(pieces, seen, |seen| {
        seen.inside && seen.second && seen.boxed && seen.sentence
    });
    if named * 3 > bytes(pieces, seen, |seen| seen.inside && seen.second) {
        let both = seen.iter_mut().filter(|seen| seen.inside && seen.second);
        both.for_each(|seen| seen.boxed &= !seen.sentence);
    }
}

/// What JSON-LD tells of the article's text.
struct Told {
    words: usize,
    /// Whether it holds nearly all that both extractors take.
    complete: bool,
}

/// What speaks for a piece being part of the article; `places` says how many sure sentences stand in each kind of
/// element.
fn score(piece: &Piece<'_>, seen: &Seen, places: &BTreeMap<u64, usize>, told: &Told) -> f32 {
    let yes = |on: bool, weight: f32| if on { weight } else { 0.0 };
    // JSON-LD often leaves out headings and lists.
    let part = matches!(piece.kind, BlockKind::Heading | BlockKind::ListItem);
    let alike = places.get(&seen.place).is_some_and(|n| *n >= 2);
    yes(seen.inside, 1.0)
        + yes(seen.second, 1.0)
        + yes(alike, 0.5)
        + yes(seen.sentence, 0.5)
        + yes(told.words > 40 && seen.said >= 0.6, 1.5)
        - yes(told.complete && seen.said < 0.3 && !part, 0.7)
        - yes(seen.boxed, 1.5)
        - yes(piece.linked >= 0.9 && !piece.words.ends_with('.'), 1.5)
}

/// What the first extractor takes for the article, its paragraphs a line each; fills what the head of the page left
/// open.
fn readable(document: &Document, meta: &mut Metadata) -> String {
    // The extraction changes its tree.
    let Ok(mut readability) = Readability::with_document(document.clone(), None, None) else {
        return String::new();
    };
    let Ok(article) = readability.parse() else {
        return String::new();
    };
    fill(&mut meta.title, Some(article.title.trim().to_owned()));
    fill(&mut meta.byline, article.byline);
    fill(&mut meta.language, article.lang);
    let content = Document::from(article.content);
    let mut sink = Sink::default();
    sink.walk(content.root());
    let lines: Vec<&str> = sink
        .pieces
        .iter()
        .map(|piece| piece.words.as_str())
        .collect();
    lines.join("\n")
}

/// What the second extractor takes for the article.
fn second(document: &Document) -> Shingles {
    let options = Options {
        page_type: Some(PageType::Article),
        ..Options::default()
    };
    let html = document.html();
    match rs_trafilatura::extract_with_options(&html, &options) {
        Ok(result) => Shingles::of(&result.content_text),
        Err(_) => Shingles::default(),
    }
}

/// How many of the article's paragraphs each element holds: finds the one that holds the article, and tells a share box
/// from an article whose class says "share".
#[derive(Default)]
struct Around {
    held: BTreeMap<NodeId, usize>,
    total: usize,
    /// The smallest element that holds four in five of the paragraphs; so few that a stray one does not drag the whole
    /// page in.
    root: Option<NodeId>,
}

impl Around {
    /// Counts the paragraphs that the first extractor found; those of the second where it found none.
    fn of(pieces: &[Piece<'_>], readable: &str, second: &Shingles) -> Around {
        let long = |words: &&str| words.len() >= 40;
        let mut wanted: BTreeSet<&str> = readable.lines().filter(long).collect();
        if !pieces
            .iter()
            .any(|piece| wanted.contains(piece.words.as_str()))
        {
            let words = pieces.iter().map(|piece| piece.words.as_str());
            wanted = words
                .filter(long)
                .filter(|words| second.holds(words) >= 0.6)
                .collect();
        }
        let mut held: BTreeMap<NodeId, usize> = BTreeMap::new();
        let mut found = Vec::new();
        for piece in pieces {
            if wanted.contains(piece.words.as_str()) {
                found.push(piece.node);
                for node in path(&piece.node) {
                    *held.entry(node.id).or_default() += 1;
                }
            }
        }
        let total = found.len();
        let root = found
            .iter()
            .flat_map(path)
            .filter(|node| held.get(&node.id).is_some_and(|n| n * 5 >= total * 4))
            .min_by_key(|node| held[&node.id])
            .map(|node| node.id);
        Around { held, total, root }
    }

    /// Whether an element holds too much of the article to be a box in or around it.
    fn holds_many(&self, node: &NodeRef<'_>) -> bool {
        self.held.get(&node.id).copied().unwrap_or(0) * 3 > self.total.max(1)
    }

    /// Whether a piece stands under or beside a picture.
    fn captioned(&self, piece: &Piece<'_>) -> bool {
        let named = |node: &NodeRef<'_>| {
            let own = node.id == piece.node.id;
            words_of(node).any(|word| PICTURE.contains(&word.as_str()) || own && word == "media")
        };
        piece.kind == BlockKind::Caption
            || path(&piece.node)
                .take(3)
                .any(|node| named(&node) && !self.holds_many(&node))
    }

    /// Whether the element stands in a box around the article.
    fn boxed(&self, node: &NodeRef<'_>) -> bool {
        path(node).any(|node| {
            let name = name_of(&node);
            if matches!(name.as_str(), "html" | "body" | "article" | "main" | "") {
                return false;
            }
            !self.holds_many(&node)
                && (AROUND.contains(&name.as_str())
                    || words_of(&node).any(|word| {
                        BOXES.contains(&word.as_str()) || COMMENTS.contains(&word.as_str())
                    }))
        })
    }
}

/// The element of a piece and the one around it, by name and class: pieces of one article stand in the same.
fn place(node: &NodeRef<'_>) -> u64 {
    let names = path(node).take(2).map(|node| {
        let class = node.class().unwrap_or_default();
        // Numbered classes ("css-1x2y3") differ from one paragraph to the next.
        let class: String = class.chars().filter(|c| !c.is_ascii_digit()).collect();
        format!("{} {class}", name_of(&node))
    });
    names
        .flat_map(|name| hashes(&name))
        .fold(0, |state, word| hash::step(state.rotate_left(5), word))
}

/// Takes back what stands at the ends of the article, or under a heading of its own, and does not read as a sentence:
/// labels, times, tags.
fn edges(pieces: &[Piece<'_>], seen: &[Seen], keep: &mut [bool]) {
    let is_text = |at: usize| seen[at].sentence && !seen[at].caption;
    let Some(first) = (0..keep.len()).find(|&at| keep[at] && is_text(at)) else {
        return;
    };
    keep[..first].fill(false);
    let mut listed = false;
    let last = (0..keep.len())
        .rfind(|&at| keep[at] && is_text(at))
        .unwrap_or(first);
    for at in last..keep.len() {
        let own = pieces[at].kind == BlockKind::ListItem && pieces[at].linked < 0.5;
        listed = at == last && pieces[at].words.ends_with(':') || (listed && own);
        keep[at] &= at == last || listed;
    }
    // A heading without anything below it heads what was left out.
    let mut below = false;
    for at in (0..keep.len()).rev() {
        if pieces[at].kind == BlockKind::Heading {
            keep[at] &= below;
            below = false;
        } else if seen[at].inside || keep[at] {
            below = keep[at] || (below && seen[at].boxed);
        }
    }
}

/// What is shown: the article, what stands in the same element as boilerplate, and the lines between headline and
/// article, where author and date are found.
fn shown(pieces: &[Piece<'_>], seen: &[Seen], keep: &[bool]) -> Vec<(String, BlockKind)> {
    let first = keep.iter().position(|keep| *keep).unwrap_or(0);
    let from = pieces[..first]
        .iter()
        .rposition(|piece| piece.headline)
        .unwrap_or(0);
    let above = from.max(first.saturating_sub(ABOVE))..first;
    let out = pieces.iter().zip(seen).zip(keep).enumerate();
    out.filter_map(|(at, ((piece, seen), keep))| {
        let kind = match keep {
            _ if seen.caption && (seen.inside || *keep) && !seen.boxed => BlockKind::Caption,
            true => piece.kind,
            false if seen.inside || above.contains(&at) => BlockKind::Boilerplate,
            false => return None,
        };
        Some((piece.words.clone(), kind))
    })
    .collect()
}

/// A page too short to find an article in: all of it, without what stands around an article.
fn whole(pieces: &[Piece<'_>], seen: &[Seen]) -> Vec<(String, BlockKind)> {
    let of = |(piece, seen): (&Piece<'_>, &Seen)| {
        let link = piece.linked >= 0.9 && !piece.words.ends_with('.');
        let kind = match piece.kind {
            _ if seen.boxed || link || piece.headline => BlockKind::Boilerplate,
            _ if seen.caption => BlockKind::Caption,
            kind => kind,
        };
        (piece.words.clone(), kind)
    };
    pieces.iter().zip(seen).map(of).collect()
}

/// An article that the page holds only as data, for a script to show.
fn unshown(said: &str) -> Vec<(String, BlockKind)> {
    let lines = said.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    lines
        .filter(|line| !line.is_empty())
        .map(|line| (line, BlockKind::Paragraph))
        .collect()
}
