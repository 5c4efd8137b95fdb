//! The timeline of an incident: what happened, as reports date it, and when the reports were published.

use casebook::publish::{view::View, words};
use jiff::civil::DateTime;
use model::{ReportCard, TimelineEntry};
use schemars::JsonSchema;
use serde::Serialize;

use super::phrase::{Link, links};
use crate::{
    frame::short,
    lanes::{Lanes, Moment},
};

/// A report, where it was published.
#[derive(Serialize, Clone, JsonSchema)]
#[schemars(rename = "PublishedReport")]
pub struct Published {
    /// The day in words; empty where it is not known.
    pub when: String,
    /// First moment that it may be; absent where nothing is known.
    #[schemars(with = "Option<String>")]
    from: Option<DateTime>,
    /// One past the last.
    #[schemars(with = "Option<String>")]
    to: Option<DateTime>,
    /// Letter of the report.
    pub report: String,
    /// Its page.
    pub href: String,
    /// Who published it.
    pub outlet: String,
    /// Its headline.
    #[serde(skip)]
    pub title: String,
}

/// A line of the list: what happened, or a report.
pub struct Entry {
    /// When, in words.
    pub when: String,
    /// What happened; empty for a report.
    pub what: String,
    /// The words.
    pub claims: Vec<Link>,
    /// The report, for one of those.
    pub report: Option<Published>,
}

/// Reports in order of publication, those of an unknown day last.
pub fn published(view: &View) -> Vec<Published> {
    let one = |card: &ReportCard| {
        let when = card.report.published.as_ref();
        Published {
            when: when.map(words::when).unwrap_or_default(),
            from: when.map(|it| it.start),
            to: when.map(|it| it.end),
            report: card.letter.clone(),
            href: format!("/reports/{}", card.report.id),
            outlet: short(&view.source(card), 120),
            title: short(card.report.title.as_deref().unwrap_or_default(), 300),
        }
    };
    let mut out: Vec<Published> = view.dossier.reports.iter().map(one).collect();
    out.sort_by_key(|it| (it.from.is_none(), it.from));
    out
}

/// Both lanes as one list in order of time.
pub fn entries(view: &View, published: &[Published]) -> Vec<Entry> {
    let happened = |it: &TimelineEntry| {
        let entry = Entry {
            when: words::when(&it.when),
            what: short(&it.what, 400),
            claims: links(view, &it.claims),
            report: None,
        };
        ((false, Some(it.when.start)), entry)
    };
    let told = |it: &Published| {
        let entry = Entry {
            when: it.when.clone(),
            what: String::new(),
            claims: Vec::new(),
            report: Some(it.clone()),
        };
        ((it.from.is_none(), it.from), entry)
    };
    let timeline = view.dossier.timeline.iter().map(happened);
    let mut out: Vec<_> = timeline.chain(published.iter().map(told)).collect();
    // What happened before the report of it, where both are of the same moment.
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, entry)| entry).collect()
}

/// The drawing of both lanes.
pub fn lanes(view: &View, published: &[Published]) -> Option<Lanes> {
    let happened: Vec<Moment> = view
        .dossier
        .timeline
        .iter()
        .map(|it| Moment {
            from: it.when.start,
            to: it.when.end,
            letter: String::new(),
            title: format!("{}: {}", words::when(&it.when), short(&it.what, 200)),
            href: links(view, &it.claims)
                .into_iter()
                .next()
                .map_or_else(|| "#timeline".to_owned(), |it| it.href),
        })
        .collect();
    let told = |it: &Published| {
        Some(Moment {
            from: it.from?,
            to: it.to?,
            letter: it.report.clone(),
            title: format!("Report {}, {}: {}", it.report, it.outlet, it.when),
            href: it.href.clone(),
        })
    };
    let told: Vec<Moment> = published.iter().filter_map(told).collect();
    Lanes::of(&happened, &told)
}
