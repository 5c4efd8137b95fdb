//! The figures of one slot on one axis: each report's interval, in order of time, with who says it.
//!
//! The table is the plot: a row a figure, its bar an inline SVG in the last cell, every bar on the same scale. So the
//! words stay selectable and large on a phone, and who cannot see the bars reads the same table. Positions are
//! percentages, hence the bars stretch with the page while strokes and arrows keep their shape.

use model::{Claim, Count, Finding, Numbers, RuleName, Scope, Slot, StanceKind};

use super::builder::Page;
use super::marks::{anchor, claim_links, link};
use crate::publish::{scale::Scale, view::View, words};

/// One bar: figures of one report with the same interval, scope and speaker.
struct Row<'a> {
    claims: Vec<&'a Claim>,
    count: &'a Count,
    standing: bool,
    interested: bool,
}

/// Figures of one scope, and the rule that is drawn behind them.
struct Group<'a> {
    scope: &'a Scope,
    numbers: Option<&'a Numbers>,
    rows: Vec<Row<'a>>,
}

/// Returns the plot of a slot for a page of another's, safe as it is: empty where no finding of it has figures to
/// compare. `to` says where the words of a claim stand.
pub fn plot(view: &View, slot: Slot, to: &dyn Fn(&Claim) -> String) -> String {
    let mut page = Page::default();
    figure(&mut page, view, slot);
    let mut out = page.finish();
    for claim in view.dossier.claims.iter().filter(|it| it.slot == slot) {
        let within = format!("href=\"#{}\"", anchor(claim.id.as_str()));
        let mut link = Page::default();
        link.text(&to(claim));
        let link = format!("href=\"{}\"", link.finish());
        out = out.replace(&within, &link);
    }
    out
}

/// Writes the plot of a slot; nothing if no finding of it has a figure.
pub fn figure(page: &mut Page, view: &View, slot: Slot) {
    let groups: Vec<Group> = view
        .dossier
        .findings
        .iter()
        .filter(|finding| finding.slot == slot)
        .map(|finding| group(view, finding))
        .filter(|group| !group.rows.is_empty())
        .collect();
    if groups.is_empty() {
        return;
    }
    let rows = || groups.iter().flat_map(|group| &group.rows);
    // One number alone has nothing to be compared with.
    let numbers: Vec<_> = rows().map(|row| (row.count.low, row.count.high)).collect();
    if matches!(numbers.as_slice(), [(low, Some(high))] if low == high) {
        return;
    }
    let scale = Scale::new(
        rows()
            .flat_map(|row| {
                [
                    Some(row.count.low).filter(|low| *low > 0 || row.count.high.is_none()),
                    row.count.high,
                ]
            })
            .flatten(),
    );
    let name = words::slot(slot);
    page.raw("<figure class=\"plot\"><table><caption>");
    page.text(&format!(
        "{name}: what each report allows, in order of time ({}). Arrow: no upper limit.",
        scale.says()
    ));
    page.raw(
        "</caption>\n<thead><tr><th scope=\"col\">According to</th><th scope=\"col\">In words</th>\
        <th scope=\"col\">Interval</th></tr></thead>\n",
    );
    let several = groups.len() > 1;
    for group in &groups {
        page.raw("<tbody>\n");
        if several {
            page.raw("<tr class=\"scope\"><th colspan=\"3\" scope=\"rowgroup\">")
                .name(&view.scope(group.scope))
                .raw("</th></tr>\n");
        }
        for row in &group.rows {
            line(page, view, &scale, group, row);
        }
        page.raw("</tbody>\n");
    }
    page.raw("<tfoot><tr><td colspan=\"2\">");
    page.raw("<svg class=\"key\" aria-hidden=\"true\"><rect class=\"band\" width=\"100%\" height=\"100%\"/></svg> the \
        rule <i>interval</i>");
    page.raw("</td><td class=\"bar\">");
    axis(page, name, &scale);
    page.raw("</td></tr></tfoot></table></figure>\n");
}

fn group<'a>(view: &View<'a>, finding: &'a Finding) -> Group<'a> {
    let mut rows: Vec<Row> = Vec::new();
    for position in &finding.positions {
        for claim in view.by_place(&position.claims) {
            let Some(count) = claim.value.count() else {
                continue;
            };
            let same = rows.iter_mut().find(|row| {
                let other = row.claims[0];
                other.report == claim.report
                    && (row.count.low, row.count.high) == (count.low, count.high)
                    && speaker(other) == speaker(claim)
                    && other.stance.kind == claim.stance.kind
            });
            match same {
                Some(row) => row.claims.push(claim),
                None => rows.push(Row {
                    claims: vec![claim],
                    count,
                    standing: position.standing,
                    interested: position.interested,
                }),
            }
        }
    }
    // Unknown dates last: nothing says that they are early.
    rows.sort_by_cached_key(|row| {
        let claim = row.claims[0];
        let when = claim.as_of.as_ref().map(|when| when.start).or_else(|| {
            let card = view.report(&claim.report)?;
            card.report.published.as_ref().map(|when| when.start)
        });
        (when.is_none(), when, view.place_key(claim))
    });
    Group {
        scope: &finding.scope,
        numbers: finding.numbers.as_ref(),
        rows,
    }
}

fn speaker(claim: &Claim) -> Option<String> {
    claim.speakers.first().map(|speaker| speaker.label())
}

fn line(page: &mut Page, view: &View, scale: &Scale, group: &Group, row: &Row) {
    let claim = row.claims[0];
    let class = match (row.standing, claim.stance.kind) {
        (false, _) => "replaced",
        (true, StanceKind::Denied) => "denied",
        (true, _) => "",
    };
    page.open("tr", &[("class", class)]);
    page.raw("<th scope=\"row\">");
    let chain = view.chain(claim);
    if let Some(first) = chain.first() {
        link(page, first);
    }
    page.raw(" ");
    let ids: Vec<_> = row.claims.iter().map(|claim| claim.id.clone()).collect();
    claim_links(page, view, &ids);
    page.raw("<span class=\"date\">");
    match (
        &claim.as_of,
        view.report(&claim.report)
            .and_then(|card| card.report.published.as_ref()),
    ) {
        (Some(when), _) => page.raw("as of ").text(&words::when(when)),
        (None, Some(when)) => page.raw("published ").text(&words::day(when.date())),
        (None, None) => page.raw("date unknown"),
    };
    page.raw("</span></th><td>").quoted(&row.count.words);
    if !row.standing {
        page.raw(" <span class=\"badge\">set aside</span>");
    }
    // A figure that is denied or only feared must not look like one that is vouched for.
    if claim.stance.kind != StanceKind::Asserted {
        page.raw(" <span class=\"badge\">")
            .raw(words::stance(claim.stance.kind))
            .raw("</span>");
    }
    page.raw("</td><td class=\"bar\">");
    bar(page, scale, group, row);
    page.raw("</td></tr>\n");
}

fn percent(at: f64) -> String {
    format!("{at:.2}%")
}

fn bar(page: &mut Page, scale: &Scale, group: &Group, row: &Row) {
    let says = words::count(row.count);
    page.open(
        "svg",
        &[
            ("role", "img"),
            ("aria-label", &says),
            ("class", if row.interested { "party" } else { "" }),
        ],
    );
    page.tag("title", &[], &format!("“{}”: {says}", row.count.words));
    if let Some(numbers) = group.numbers {
        let interval = &numbers[RuleName::Interval];
        let (low, high) = (interval.low.unwrap_or(0), interval.high);
        if interval.low.is_some() || high.is_some() {
            let (from, to) = (scale.at(low), high.map_or(100.0, |high| scale.at(high)));
            // A single number still needs some width to be seen.
            let (from, width) = if to - from < 0.8 {
                (from - 0.4, 0.8)
            } else {
                (from, to - from)
            };
            page.open(
                "rect",
                &[
                    ("class", "band"),
                    ("x", &percent(from)),
                    ("width", &percent(width)),
                    ("height", "100%"),
                ],
            )
            .close("rect");
        }
    }
    for tick in &scale.ticks {
        let x = percent(scale.at(*tick));
        page.open(
            "line",
            &[("class", "grid"), ("x1", &x), ("x2", &x), ("y2", "100%")],
        )
        .close("line");
    }
    let from = percent(scale.at(row.count.low));
    match row.count.high {
        Some(high) if high == row.count.low => {}
        Some(high) => {
            let to = percent(scale.at(high));
            page.open(
                "line",
                &[
                    ("class", "reach"),
                    ("x1", &from),
                    ("x2", &to),
                    ("y1", "50%"),
                    ("y2", "50%"),
                ],
            )
            .close("line");
            stop(page, &to);
        }
        None => {
            page.open(
                "line",
                &[
                    ("class", "reach"),
                    ("x1", &from),
                    ("x2", "100%"),
                    ("y1", "50%"),
                    ("y2", "50%"),
                ],
            )
            .close("line");
            page.raw("<svg x=\"100%\" y=\"50%\" overflow=\"visible\"><path class=\"arrow\" d=\"M-1 -6 9 0 -1 6z\"/>\
                </svg>");
        }
    }
    match (row.count.stated, row.count.high) {
        (Some(stated), _)
            if stated >= row.count.low && row.count.high.is_none_or(|high| stated <= high) =>
        {
            if stated != row.count.low {
                stop(page, &from);
            }
            dot(page, &percent(scale.at(stated)));
        }
        (_, Some(high)) if high == row.count.low => dot(page, &from),
        _ => stop(page, &from),
    }
    page.raw("</svg><span class=\"says\">")
        .text(&says)
        .raw("</span>");
}

fn dot(page: &mut Page, x: &str) {
    page.open(
        "circle",
        &[("class", "dot"), ("cx", x), ("cy", "50%"), ("r", "5")],
    )
    .close("circle");
}

/// The end of an interval that is not itself the number said.
fn stop(page: &mut Page, x: &str) {
    page.open("svg", &[("x", x), ("y", "50%"), ("overflow", "visible")]);
    page.raw("<path class=\"stop\" d=\"M0 -6V6\"/></svg>");
}

fn axis(page: &mut Page, name: &str, scale: &Scale) {
    page.raw("<svg class=\"axis\" role=\"img\">");
    page.tag("title", &[], &format!("{name}: number of people"));
    page.tag(
        "desc",
        &[],
        &format!(
            "From {} to {}; {}. The rows above give each figure in words.",
            words::number(scale.from),
            words::number(scale.to),
            scale.says()
        ),
    );
    page.raw("<line class=\"rule\" x2=\"100%\" y1=\"1\" y2=\"1\"/>");
    if scale.kind == crate::publish::scale::Kind::Broken {
        page.raw("<path class=\"break\" d=\"M4 -5 8 7M9 -5 13 7\"/>");
    }
    let last = scale.ticks.len().saturating_sub(1);
    for (at, tick) in scale.ticks.iter().enumerate() {
        let place = match at {
            0 => "start",
            at if at == last && scale.at(*tick) > 97.0 => "end",
            _ => "middle",
        };
        page.tag(
            "text",
            &[
                ("x", &percent(scale.at(*tick))),
                ("y", "17"),
                ("text-anchor", place),
            ],
            &words::number(*tick),
        );
    }
    page.raw("</svg>");
}
