//! The words themselves, who stands behind them, and the reports.

use model::{Claim, Quote, ReportCard, SlotGroup};

use super::block::{Block, Run, Table, chain, labels, quoted};
use crate::{
    export::annotation::is_web,
    publish::{view::View, words},
};

/// Every claim in the words of its report, report by report.
pub(super) fn quotes(out: &mut Vec<Block>, view: &View) {
    let dossier = view.dossier;
    if dossier.claims.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Quotes".to_owned()));
    out.push(Block::Remark(vec![Run::plain(
        "The words that carry each claim stand out, with a little of what stands around them. Places count characters \
         (Unicode code points) of the report’s plain text from 0; the end is one past the last.",
    )]));
    by_report(out, view, &dossier.claims);
}

/// What the reports tell of other happenings.
pub(super) fn background(out: &mut Vec<Block>, view: &View) {
    if view.dossier.background.is_empty() {
        return;
    }
    let head = "Other happenings that the reports mention";
    out.push(Block::Heading(2, head.to_owned()));
    out.push(Block::Remark(vec![Run::plain(
        "None of this is counted above.",
    )]));
    by_report(out, view, &view.dossier.background);
}

fn by_report(out: &mut Vec<Block>, view: &View, claims: &[Claim]) {
    for card in &view.dossier.reports {
        let own = claims.iter().filter(|it| it.report == card.report.id);
        let mut own: Vec<&Claim> = own.collect();
        if own.is_empty() {
            continue;
        }
        own.sort_by_cached_key(|claim| view.place_key(claim));
        let head = format!("{}: {}", card.letter, headline(view, card));
        out.push(Block::Heading(3, head));
        for claim in own {
            out.extend(claim.quotes.iter().map(|it| quote(view, claim, it)));
        }
    }
}

fn headline(view: &View, card: &ReportCard) -> String {
    let day = card.report.published.as_ref().map(words::when);
    let title = card.report.title.as_ref().map(|it| quoted(it));
    let parts = [
        Some(view.source(card)),
        title,
        Some(day.unwrap_or_else(|| "date unknown".to_owned())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn quote(view: &View, claim: &Claim, quote: &Quote) -> Block {
    let around = |words: &str, first: bool| match (words.trim().is_empty(), first) {
        (true, _) => String::new(),
        (false, true) => format!("…{words}"),
        (false, false) => format!("{words}…"),
    };
    let said = vec![
        Run::strong(&format!("{} ", view.label(&claim.id))),
        Run::plain(&around(&quote.prefix, true)),
        Run::strong(&quote.exact),
        Run::plain(&around(&quote.suffix, false)),
    ];
    let mut about = words::slot(claim.slot).to_owned();
    if claim.slot.group() == SlotGroup::Counts || !claim.scope.is_all() {
        about.push_str(&format!(", {}", view.scope(&claim.scope)));
    }
    let mut value = claim.value.words().trim().to_owned();
    if let Some(gloss) = words::gloss(&claim.value) {
        value = match value.as_str() {
            "" => gloss,
            value => format!("{value} ({gloss})"),
        };
    }
    let mut under = about;
    if !value.is_empty() {
        under.push_str(&format!(": {value}"));
    }
    under.push_str(&format!(" · according to {}", chain(view, claim)));
    under.push_str(&format!(" · {}", words::stance(claim.stance.kind)));
    if let Some(when) = &claim.as_of {
        under.push_str(&format!(" · as of {}", words::when(when)));
    }
    under.push_str(&format!(" · characters {}–{}", quote.start, quote.end));
    if let Some(judged) = &claim.judged {
        under.push_str(match judged.kind.as_str() {
            "add" => " · added by a person",
            "correct" => " · corrected by a person",
            "accept" => " · looked at and kept by a person",
            _ => " · looked at by a person",
        });
    }
    Block::Quote(said, vec![Run::plain(&under)])
}

/// The independent voices, and why each is one.
pub(super) fn voices(out: &mut Vec<Block>, view: &View) {
    let dossier = view.dossier;
    if dossier.origins.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Independent voices".to_owned()));
    out.push(Block::Remark(vec![Run::plain(
        "Who first says it counts once, however many outlets print it: copies of one report, passages that two share, \
         and one speaker quoted by several are one voice.",
    )]));
    let rows = dossier.origins.iter().map(|origin| {
        let why: Vec<String> = origin.why.iter().map(|it| words::reason(it)).collect();
        let mut letters: Vec<&str> = origin.reports.iter().map(|it| view.letter(it)).collect();
        letters.sort_by_key(|it| (it.len(), *it));
        let party = if origin.interested {
            "; a party to the events"
        } else {
            ""
        };
        vec![
            vec![Run::plain(&origin.label)],
            vec![Run::plain(&format!(
                "{}{party}",
                words::origin_kind(origin.kind)
            ))],
            vec![Run::plain(&letters.join(", "))],
            vec![Run::plain(&labels(view, &origin.claims))],
            vec![Run::plain(&why.join("; "))],
        ]
    });
    out.push(Block::Table(Table {
        columns: &[
            ("Voice", 22),
            ("What it is", 18),
            ("Reports", 10),
            ("Claims", 22),
            ("Why one voice", 28),
        ],
        rows: rows.collect(),
    }));
}

/// The reports, and which leans on which.
pub(super) fn reports(out: &mut Vec<Block>, view: &View) {
    let dossier = view.dossier;
    out.push(Block::Heading(2, "Reports".to_owned()));
    let rows = dossier.reports.iter().map(|card| {
        let report = &card.report;
        let mut title = match (&report.title, view.opening(card)) {
            (Some(title), _) => title.clone(),
            (None, Some(opening)) => format!("begins {}", quoted(&opening)),
            (None, None) => "no headline".to_owned(),
        };
        if !card.passage.is_empty() {
            title.push_str(" (tells of it in passing)");
        }
        let day = report.published.as_ref().map(words::when);
        let address = report.url.as_ref().map(|url| Run {
            link: Some(url.clone()).filter(|it| is_web(it)),
            ..Run::plain(url)
        });
        vec![
            vec![Run::plain(&card.letter)],
            vec![Run::plain(&view.source(card))],
            vec![Run::plain(
                &day.unwrap_or_else(|| "date unknown".to_owned()),
            )],
            vec![Run::plain(&title)],
            address.into_iter().collect(),
            vec![Run::plain(&short(report.id.as_str()))],
        ]
    });
    out.push(Block::Table(Table {
        columns: &[
            ("", 5),
            ("Outlet", 17),
            ("Published", 18),
            ("Headline", 24),
            ("Address", 21),
            ("Id", 15),
        ],
        rows: rows.collect(),
    }));
    for it in &dossier.lineage {
        let mut line = format!(
            "Report {} {}",
            view.letter(&it.report),
            words::lineage(it.kind)
        );
        match (&it.on, &it.named) {
            (Some(on), _) => line.push_str(&format!(" report {}", view.letter(on))),
            (None, Some(named)) => line.push_str(&format!(" {named}")),
            (None, None) => {}
        }
        if !it.why.is_empty() {
            line.push_str(&format!(": {}", words::reason(&it.why)));
        }
        out.push(Block::Item(0, vec![Run::plain(&line)]));
    }
}

/// What is dated, in order.
pub(super) fn timeline(out: &mut Vec<Block>, view: &View) {
    let dossier = view.dossier;
    if dossier.timeline.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "What is reported of when".to_owned()));
    let rows = dossier.timeline.iter().map(|entry| {
        vec![
            vec![Run::plain(&words::when(&entry.when))],
            vec![Run::plain(&entry.what)],
            vec![Run::plain(&labels(view, &entry.claims))],
        ]
    });
    out.push(Block::Table(Table {
        columns: &[
            ("When", 30),
            ("What, in the words of the reports", 50),
            ("Claims", 20),
        ],
        rows: rows.collect(),
    }));
}

/// What the program has to tell of its own reading.
pub(super) fn notes(out: &mut Vec<Block>, view: &View) {
    let notes = &view.dossier.notes;
    if notes.is_empty() {
        return;
    }
    let head = "What the program notes on its reading";
    out.push(Block::Heading(2, head.to_owned()));
    for note in notes {
        let (_, severity) = words::severity(note.severity);
        let quote = note.quote.as_ref();
        let quote = quote.map_or_else(String::new, |it| format!(": {}", quoted(&it.exact)));
        let line = format!(
            "{severity}: {}: {}{quote}",
            view.subject(note),
            note.message
        );
        out.push(Block::Item(0, vec![Run::plain(&line)]));
    }
}

/// As much of an id as tells it apart: its kind and ten digits.
pub(super) fn short(id: &str) -> String {
    id.chars().take(12).collect()
}
