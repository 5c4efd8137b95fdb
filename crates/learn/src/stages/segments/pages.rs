//! Pages made of single reports, as a blotter strings them together.

use crate::data::{self, Incident};

/// A text, and the bytes at which known incidents begin.
pub type Marked = (String, Vec<usize>);

/// Words with which a page leads over to its next report; most have none.
const LEADS: [&str; 12] = [
    "",
    "",
    "",
    "",
    "In a separate incident, ",
    "",
    "",
    "Also ",
    "Earlier, ",
    "",
    "",
    "In another shooting, ",
];

/// A report of one incident: whole, with its header lines, and in parts for pages.
pub struct Single {
    /// With its header lines.
    pub whole: String,
    /// Its day as written.
    pub published: String,
    /// State and town.
    pub town: String,
    /// Its text.
    pub text: String,
}

/// The incidents with one report.
pub fn single_reports(incidents: &[Incident]) -> Vec<Single> {
    let mut out = Vec::new();
    for incident in incidents {
        let [report] = incident.reports.as_slice() else {
            continue;
        };
        let whole = data::Report {
            url: String::new(),
            ..report.clone()
        };
        out.push(Single {
            whole: whole.page(),
            published: report.published.replace(['\n', '\r'], " "),
            town: format!("{} {}", incident.gold.state, incident.gold.city_or_county),
            text: report.text.clone(),
        });
    }
    out
}

/// Pages made of reports, those of one town together where there are several.
pub fn pages(reports: &[Single], most: usize) -> Vec<Marked> {
    let parts: Vec<Option<String>> = reports
        .iter()
        .enumerate()
        .map(|(at, one)| part(&one.text, at))
        .collect();
    let mut order: Vec<usize> = (0..reports.len())
        .filter(|at| parts[*at].is_some())
        .collect();
    order.sort_by(|a, b| reports[*a].town.cmp(&reports[*b].town).then(a.cmp(b)));
    let mut out = Vec::new();
    let mut at = 0;
    while out.len() < most && !order.is_empty() {
        let number = out.len();
        let size = 2 + number % 4;
        // Neighbours in the list by town, then by another step each time around.
        let step = 1 + at / order.len() * 7;
        let mut text = format!(
            "Published: {}\n\n",
            reports[order[at % order.len()]].published
        );
        let head = text.len();
        let mut marks = Vec::new();
        let break_between = if number % 3 == 0 { " " } else { "\n\n" };
        for k in 0..size {
            let one = order[(at + k * step) % order.len()];
            let Some(part) = &parts[one] else { continue };
            marks.push(text.len() - head);
            let lead = if k == 0 {
                ""
            } else {
                LEADS[(number + k * 5) % LEADS.len()]
            };
            let starts_low =
                part.starts_with("A ") || part.starts_with("An ") || part.starts_with("The ");
            let (lead, part) = match (lead, starts_low) {
                ("" | "Also ", _) | (_, false) => (String::new(), part.clone()),
                (lead, true) => (lead.to_owned(), part[..1].to_lowercase() + &part[1..]),
            };
            text.push_str(&lead);
            text.push_str(&if number % 3 == 0 {
                part.replace(['\n', '\r'], " ")
            } else {
                part
            });
            text.push_str(break_between);
        }
        out.push((text, marks));
        at += size;
    }
    out
}

/// The first sentences of a report from the one that tells of a shot.
fn part(text: &str, number: usize) -> Option<String> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.len() > 60)
        .collect();
    let tells = |line: &&str| {
        ["shot", "shooting", "gunshot", "gunfire"]
            .iter()
            .any(|word| line.contains(word))
    };
    let from = lines.iter().position(tells)?;
    let wanted = [300, 450, 650, 900][number % 4];
    let mut out = String::new();
    for line in &lines[from..] {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(line);
        if out.len() >= wanted {
            break;
        }
    }
    // A page has no room for a report that is one endless line.
    (out.len() < 2_500 && out.len() > 150).then_some(out)
}
