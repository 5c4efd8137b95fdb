//! Who leans on whom, as a drawing of the reports of an incident.

use std::collections::BTreeSet;

use casebook::publish::{view::View, words};
use model::{Lineage, LineageKind};

use crate::{
    frame::short,
    graph::{ALL, Edge, Graph, MOST, Node},
};

/// Whether more reports lean on each other than a drawing shows.
pub fn crowded(view: &View) -> bool {
    let all = view.dossier.lineage.iter();
    let reports: BTreeSet<_> = all
        .flat_map(|it| [Some(&it.report), it.on.as_ref()])
        .flatten()
        .collect();
    let outside = view.dossier.lineage.iter().filter(|it| it.on.is_none());
    let named: BTreeSet<_> = outside.filter_map(|it| it.named.as_ref()).collect();
    reports.len() > MOST || reports.len() + named.len() > ALL
}

/// The drawing, where there is something to draw and it can be seen.
pub fn graph(view: &View) -> Option<Graph> {
    let mut nodes: Vec<Node> = view
        .dossier
        .reports
        .iter()
        .filter(|card| {
            let id = &card.report.id;
            let leans = |it: &Lineage| it.report == *id || it.on.as_ref() == Some(id);
            view.dossier.lineage.iter().any(leans)
        })
        .map(|card| Node {
            letter: card.letter.clone(),
            name: short(&view.source(card), 120),
            href: format!("/reports/{}", card.report.id),
        })
        .collect();
    let mut edges: Vec<Edge> = Vec::new();
    // What is drawn for two is how one leans most on the other.
    let mut all: Vec<&Lineage> = view.dossier.lineage.iter().collect();
    all.sort_by_key(|it| kind(it.kind).0);
    for it in all {
        let letter = view.letter(&it.report);
        let Some(from) = nodes.iter().position(|node| node.letter == letter) else {
            continue;
        };
        let named = short(it.named.as_deref().unwrap_or_default(), 120);
        let on = match &it.on {
            Some(on) => nodes.iter().position(|node| node.letter == view.letter(on)),
            None if named.is_empty() => None,
            None => Some(outside(&mut nodes, &named)),
        };
        let Some(on) = on else { continue };
        let (_, line, directed) = kind(it.kind);
        let whom = match nodes[on].letter.as_str() {
            "" => named,
            letter => format!("report {letter}"),
        };
        edges.push(Edge {
            from,
            on,
            kind: line,
            directed,
            title: format!("Report {letter} {} {whom}", words::lineage(it.kind)),
        });
    }
    Graph::of(&nodes, &edges)
}

/// Place of who is named and not among the reports.
fn outside(nodes: &mut Vec<Node>, named: &str) -> usize {
    let here = |node: &Node| node.letter.is_empty() && node.name == named;
    nodes.iter().position(here).unwrap_or_else(|| {
        nodes.push(Node {
            letter: String::new(),
            name: named.to_owned(),
            href: String::new(),
        });
        nodes.len() - 1
    })
}

/// How much it leans, the name of its line, and whether one leans on the other rather than both on a third.
fn kind(kind: LineageKind) -> (u8, &'static str, bool) {
    match kind {
        LineageKind::Copies => (0, "copies", true),
        LineageKind::SameAgency => (1, "agency", false),
        LineageKind::SharesPassages => (2, "shares", false),
        LineageKind::Cites => (3, "cites", true),
    }
}
