//! A dossier as Markdown: everything in tables and lists, to paste into a report or an issue.
//!
//! What comes in: a dossier and its texts. What goes out: GitHub-flavoured Markdown without raw HTML. Words of reports
//! are escaped, so that they cannot become headings, links or markup; each source stands whole at the end in a code
//! block.

use model::{Claim, Dossier, Finding, RuleName, SlotGroup, Texts};

use super::{
    clean, numbers, parts as of_part,
    summary::{self, Bit, Phrase},
    view::View,
    votes, words,
};

/// Renders the dossier as Markdown. The same dossier gives the same bytes.
pub fn render(dossier: &Dossier, texts: &Texts) -> String {
    let view = View::new(dossier, texts);
    let mut out = String::new();
    head(&mut out, &view);
    parts(&mut out, &view);
    for section in view.sections() {
        out.push_str(&format!("\n## {}\n", section.title));
        for finding in section.findings {
            one(&mut out, &view, finding);
        }
    }
    for (title, claims) in [
        ("Other claims", view.unplaced()),
        (
            "Other incidents mentioned",
            dossier.background.iter().collect(),
        ),
    ] {
        if !claims.is_empty() {
            out.push_str(&format!("\n## {title}\n\n"));
            ledger(&mut out, &view, &claims);
        }
    }
    lists(&mut out, &view);
    if !dossier.claims.is_empty() {
        out.push_str("\n## Ledger\n\nEvery claim; places count Unicode code points, the end is one past the last.\n\n");
        ledger(&mut out, &view, &dossier.claims.iter().collect::<Vec<_>>());
    }
    sources(&mut out, &view);
    out.push_str(&format!(
        "\n---\n\nMade by Crossbearing {}, dossier schema {}, incident `{}`, version `{}`. Crossbearing says who reported what, in which words; a verdict tells how the reports stand to each other.\n",
        escape(&dossier.version), escape(&dossier.schema), dossier.incident.case, dossier.incident.id
    ));
    out
}

/// Words on one line with every character that Markdown gives a meaning taken literally.
fn escape(words: &str) -> String {
    let mut out = String::new();
    let line = clean::line(words);
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let special = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '@' => true,
            // Entities, and addresses that would become links by themselves.
            '&' => next == '#' || next.is_ascii_alphanumeric(),
            ':' => next == '/',
            _ => false,
        };
        // A list or a rule only starts at the beginning of a line.
        let starts = at == 0 && matches!(c, '-' | '+' | '=')
            || c == '.' && line[..at].chars().all(|c| c.is_ascii_digit());
        if special || starts {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn quoted(words: &str) -> String {
    format!("“{}”", escape(clean::unquoted(words)))
}

/// A table row; cells are ready to print.
fn row(out: &mut String, cells: &[String]) {
    out.push_str("| ");
    out.push_str(&cells.join(" | "));
    out.push_str(" |\n");
}

fn table(out: &mut String, titles: &[&str]) {
    row(
        out,
        &titles.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>(),
    );
    row(
        out,
        &titles.iter().map(|_| "---".to_owned()).collect::<Vec<_>>(),
    );
}

fn head(out: &mut String, view: &View) {
    let dossier = view.dossier;
    out.push_str(&format!("# {}\n\n", escape(&dossier.incident.title)));
    out.push_str(&format!(
        "{} · {} · {}",
        words::many(dossier.reports.len(), "report"),
        words::many(dossier.claims.len(), "claim"),
        words::many(view.voices(), "independent origin"),
    ));
    if !dossier.incident.title_claims.is_empty() {
        out.push_str(&format!(
            " · title from {}",
            labels(view, &dossier.incident.title_claims)
        ));
    }
    if dossier.findings.is_empty() {
        out.push_str("\n\nNo finding: nothing was read from these reports that fits a slot.");
    }
    in_short(out, view);
    out.push_str("\n## Reports\n\n");
    table(
        out,
        &[
            "Report",
            "Source",
            "Published",
            "Title",
            "Address",
            "Claims",
        ],
    );
    for card in &dossier.reports {
        row(
            out,
            &[
                escape(&card.letter),
                escape(&view.source(card)),
                card.report
                    .published
                    .as_ref()
                    .map_or("date unknown".to_owned(), words::when),
                {
                    let title = match (&card.report.title, view.opening(card)) {
                        (Some(title), _) => escape(title),
                        (None, Some(opening)) => format!("begins {}", quoted(&opening)),
                        (None, None) => String::new(),
                    };
                    match card.passage.as_str() {
                        "" => title,
                        passage => format!("{title} (in passing: {})", quoted(passage)),
                    }
                },
                card.report.url.as_deref().map_or(String::new(), escape),
                card.claims.to_string(),
            ],
        );
    }
}

/// The summary: where, when, the figures, what is disputed, who is held responsible, who is at risk, what is asked.
fn in_short(out: &mut String, view: &View) {
    let summary = summary::of(view);
    out.push_str("\n\n");
    for (title, words) in [("Where", &summary.place), ("When", &summary.when)] {
        if !words.is_empty() {
            out.push_str(&format!("- {title}: {}\n", escape(words)));
        }
    }
    if !summary.figures.is_empty() {
        out.push_str("\n## Figures\n\n");
        table(
            out,
            &[
                "Who",
                "How many",
                "Who says so, and when",
                "How it moved, who differs",
            ],
        );
        for it in &summary.figures {
            let disputed = match (it.disputed, it.course.is_empty()) {
                (false, _) => "",
                (true, true) => "disputed",
                (true, false) => "disputed: ",
            };
            row(
                out,
                &[
                    words::slot(it.slot).to_owned(),
                    format!("**{}**", escape(&it.figure)),
                    phrase(&it.by),
                    format!("{disputed}{}", phrase(&it.course)),
                ],
            );
        }
    }
    if !summary.disputes.is_empty() {
        out.push_str("\n## In dispute\n\n");
        for dispute in &summary.disputes {
            out.push_str(&format!("- {}\n", escape(&dispute.about)));
            for side in &dispute.sides {
                out.push_str(&format!("  - {}\n", phrase(side)));
            }
        }
    }
    for block in &summary.blocks {
        let disputed = if block.disputed.is_some() {
            " (disputed)"
        } else {
            ""
        };
        out.push_str(&format!("\n## {}{disputed}\n\n", block.title));
        for line in &block.lines {
            out.push_str(&format!("- {}\n", phrase(line)));
        }
    }
    let votes = votes::lines(view);
    if !votes.is_empty() {
        out.push_str("\n## What each report gives\n\n");
    }
    for line in votes {
        out.push_str(&format!(
            "- {}: {}\n",
            words::slot(line.slot),
            escape(line.why)
        ));
        for held in &line.held {
            let from = labels(view, &held.claims);
            let from = if from.is_empty() {
                from
            } else {
                format!(" ({from})")
            };
            out.push_str(&format!("  - {}{from}\n", escape(&held.says())));
        }
    }
}

fn phrase(phrase: &Phrase) -> String {
    let bits = phrase.0.iter().map(|bit| match bit {
        Bit::Plain(words) => words.clone(),
        Bit::Strong(words) => format!("**{}**", escape(words)),
        Bit::Name(words) | Bit::Source(words, _) => escape(words),
        Bit::Quote(words) => quoted(words),
    });
    bits.collect()
}

/// The parts of an incident of several days.
fn parts(out: &mut String, view: &View) {
    let dossier = view.dossier;
    if dossier.parts.is_empty() {
        return;
    }
    out.push_str("\n## Parts\n\nThe incident went on for more than one day; a claim belongs to a part where its own sentence names the day.\n");
    for part in &dossier.parts {
        out.push_str(&format!(
            "\n### {}\n\n{}\n",
            escape(&part.title),
            escape(&part.why)
        ));
        for quote in &part.quotes {
            let letter = dossier
                .report_of_text(&quote.text)
                .map_or("?", |card| card.letter.as_str());
            out.push_str(&format!("\n- {}: {}", escape(letter), quoted(&quote.exact)));
        }
        out.push_str(&format!("\n\nClaims: {}\n", labels(view, &part.claims)));
        if of_part::shown(part).next().is_some() {
            out.push('\n');
            table(
                out,
                &["About", "Of whom", "Positions", "Interval", "Verdict"],
            );
        }
        for finding in of_part::shown(part) {
            let held: Vec<String> = finding
                .positions
                .iter()
                .map(|position| {
                    format!(
                        "{} ({})",
                        quoted(&view.said(position)),
                        labels(view, &position.claims)
                    )
                })
                .collect();
            let interval = finding.numbers.as_ref();
            row(
                out,
                &[
                    words::slot(finding.slot).to_owned(),
                    escape(&view.scope(&finding.scope)),
                    held.join("; "),
                    interval.map_or_else(String::new, |all| {
                        numbers::rule(all, RuleName::Interval).says()
                    }),
                    words::verdict(finding.verdict).to_owned(),
                ],
            );
        }
    }
    for sum in &dossier.part_sums {
        out.push_str(&format!(
            "\n{}, parts added: **{}** by the rule sum_of_parts, as no report gives a total: {} ({})\n",
            words::slot(sum.slot),
            words::range(sum.low, sum.high),
            escape(&sum.arithmetic),
            labels(view, &sum.claims)
        ));
    }
}

fn labels(view: &View, ids: &[model::ClaimId]) -> String {
    let labels: Vec<&str> = view
        .by_place(ids)
        .into_iter()
        .map(|claim| view.label(&claim.id))
        .collect();
    labels.join(", ")
}

fn one(out: &mut String, view: &View, finding: &Finding) {
    out.push_str(&format!(
        "\n### {} {}",
        words::verdict_glyph(finding.verdict),
        words::slot(finding.slot)
    ));
    if finding.slot.group() == SlotGroup::Counts || !finding.scope.is_all() {
        out.push_str(&format!(", {}", escape(&view.scope(&finding.scope))));
    }
    out.push_str(&format!(": {}\n\n", words::verdict(finding.verdict)));
    if !finding.why.is_empty() {
        out.push_str(&format!("{}\n\n", escape(&finding.why)));
    }
    table(
        out,
        &[
            "Position",
            "Comes to",
            "According to",
            "Stance",
            "Origins",
            "Claims",
            "Stands",
        ],
    );
    for position in &finding.positions {
        let claims = view.by_place(&position.claims);
        let mut chains: Vec<String> = claims.iter().map(|claim| chain(view, claim)).collect();
        chains.dedup();
        let mut stances: Vec<&str> = claims
            .iter()
            .map(|claim| words::stance(claim.stance.kind))
            .collect();
        stances.dedup();
        let mut origins: Vec<String> = view
            .origin_labels(position)
            .into_iter()
            .map(|origin| escape(&origin.label))
            .collect();
        if position.interested {
            origins.push("a party speaking for itself".to_owned());
        }
        let stands = match (position.standing, position.why.is_empty()) {
            (true, _) => "yes".to_owned(),
            (false, true) => "set aside".to_owned(),
            (false, false) => format!("set aside: {}", escape(&position.why)),
        };
        row(
            out,
            &[
                quoted(&view.said(position)),
                words::gloss(&position.value).map_or(String::new(), |gloss| escape(&gloss)),
                chains.join("; "),
                stances.join("; "),
                origins.join("; "),
                labels(view, &position.claims),
                stands,
            ],
        );
    }
    if let Some(all) = &finding.numbers {
        out.push('\n');
        table(
            out,
            &["Rule", "Figure", "What the rule does", "Used", "Set aside"],
        );
        for rule in numbers::rules(all) {
            let aside: Vec<String> = rule
                .range
                .set_aside
                .iter()
                .map(|(id, why)| format!("{}: {}", view.label(id), escape(why)))
                .collect();
            row(
                out,
                &[
                    rule.spec.name.to_owned(),
                    rule.says(),
                    escape(rule.spec.does),
                    labels(view, &rule.range.used),
                    aside.join("; "),
                ],
            );
        }
    }
    let across = view.against(finding);
    let own = finding
        .relations
        .iter()
        .filter(|relation| !across.iter().any(|(it, _)| it == relation));
    let all: Vec<_> = own
        .map(|relation| (relation, None))
        .chain(
            across
                .iter()
                .map(|(relation, other)| (*relation, Some(other))),
        )
        .collect();
    if !all.is_empty() {
        out.push('\n');
    }
    for (relation, other) in all {
        out.push_str(&format!(
            "- {} {} {}",
            view.label(&relation.a),
            words::relation(relation.kind),
            view.label(&relation.b)
        ));
        if let Some(other) = other {
            out.push_str(&format!(
                " ({}: {}, {})",
                words::slot(other.slot),
                quoted(other.value.words()),
                chain(view, other)
            ));
        }
        if !relation.why.is_empty() {
            out.push_str(&format!(": {}", escape(&relation.why)));
        }
        out.push('\n');
    }
}

fn chain(view: &View, claim: &Claim) -> String {
    let links: Vec<String> = view
        .chain(claim)
        .iter()
        .map(|link| {
            let of = link
                .of
                .as_ref()
                .map_or(String::new(), |of| format!(" ({})", escape(of)));
            let party = if link.interested { "\\*" } else { "" };
            format!("{}{of}{party}", escape(&link.name))
        })
        .collect();
    links.join(" → ")
}

fn ledger(out: &mut String, view: &View, claims: &[&Claim]) {
    table(
        out,
        &[
            "Claim",
            "About",
            "Of whom",
            "Value",
            "Comes to",
            "Words",
            "Place",
            "According to",
            "Stance",
            "As of",
        ],
    );
    for claim in claims {
        let quotes: Vec<String> = claim
            .quotes
            .iter()
            .map(|quote| quoted(&quote.exact))
            .collect();
        let places: Vec<String> = claim
            .quotes
            .iter()
            .map(|quote| format!("{}–{}", quote.start, quote.end))
            .collect();
        row(
            out,
            &[
                view.label(&claim.id).to_owned(),
                words::slot(claim.slot).to_owned(),
                escape(&view.scope(&claim.scope)),
                escape(claim.value.words()),
                words::gloss(&claim.value).map_or(String::new(), |gloss| escape(&gloss)),
                quotes.join(" "),
                places.join(", "),
                chain(view, claim),
                words::stance(claim.stance.kind).to_owned(),
                claim.as_of.as_ref().map_or(String::new(), words::when),
            ],
        );
    }
    if claims
        .iter()
        .any(|claim| claim.speakers.iter().any(|speaker| speaker.interested))
    {
        out.push_str("\n\\* a party to the events, speaking for itself\n");
    }
}

fn lists(out: &mut String, view: &View) {
    let dossier = view.dossier;
    if !dossier.timeline.is_empty() {
        out.push_str("\n## Timeline\n\n");
        table(out, &["When", "What, in the reports’ words", "Claims"]);
        for entry in &dossier.timeline {
            row(
                out,
                &[
                    words::when(&entry.when),
                    escape(&entry.what),
                    labels(view, &entry.claims),
                ],
            );
        }
    }
    if !dossier.origins.is_empty() {
        out.push_str("\n## Independent origins\n\n");
        table(
            out,
            &[
                "Origin",
                "Kind",
                "A party to the events",
                "Claims",
                "Why one voice",
            ],
        );
        for origin in &dossier.origins {
            let why: Vec<String> = origin.why.iter().map(|why| escape(why)).collect();
            row(
                out,
                &[
                    escape(&origin.label),
                    words::origin_kind(origin.kind).to_owned(),
                    if origin.interested { "yes" } else { "no" }.to_owned(),
                    labels(view, &origin.claims),
                    why.join("; "),
                ],
            );
        }
    }
    if !dossier.lineage.is_empty() {
        out.push_str("\n## Who leans on whom\n\n");
        for it in &dossier.lineage {
            out.push_str(&format!(
                "- Report {} {}",
                view.letter(&it.report),
                words::lineage(it.kind)
            ));
            if let Some(on) = &it.on {
                out.push_str(&format!(" report {}", view.letter(on)));
            }
            if let Some(named) = &it.named {
                out.push_str(&format!(" {}", escape(named)));
            }
            if let Some(overlap) = it.overlap.filter(|_| it.why.is_empty()) {
                out.push_str(&format!(
                    ", {:.0} % of five-word passages shared",
                    overlap * 100.0
                ));
            }
            if !it.why.is_empty() {
                out.push_str(&format!(": {}", escape(&it.why)));
            }
            out.push('\n');
        }
    }
    if !dossier.notes.is_empty() {
        out.push_str("\n## Notes\n\n");
        for note in &dossier.notes {
            let (glyph, word) = words::severity(note.severity);
            let quote = note
                .quote
                .as_ref()
                .map_or(String::new(), |quote| format!(": {}", quoted(&quote.exact)));
            let hint = note
                .hint
                .as_ref()
                .map_or(String::new(), |hint| format!(" (hint: {})", escape(hint)));
            out.push_str(&format!(
                "- {glyph} {word}: {}: {}{quote}{hint}\n",
                escape(&view.subject(note)),
                escape(&note.message)
            ));
        }
    }
}

fn sources(out: &mut String, view: &View) {
    out.push_str("\n## Sources\n");
    for card in &view.dossier.reports {
        out.push_str(&format!(
            "\n### {}: {}\n\n",
            escape(&card.letter),
            escape(&view.source(card))
        ));
        match view.texts.get(&card.report.text) {
            Some(text) => {
                let text = clean::block(text.as_str());
                // A fence longer than any run of its own character in the text cannot be closed by the text.
                let longest = text.split(|c| c != '~').map(str::len).max().unwrap_or(0);
                let fence = "~".repeat(longest.max(2) + 1);
                out.push_str(&format!("{fence}text\n{}\n{fence}\n", text.trim_end()));
            }
            None => out.push_str("The text of this report is not at hand.\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn words_cannot_become_markup() {
        assert_eq!(
            escape("# a | b\n<i> [x](y) *"),
            "\\# a \\| b \\<i\\> \\[x\\](y) \\*"
        );
        assert_eq!(escape("1. no list"), "1\\. no list");
        assert_eq!(escape("- no list"), "\\- no list");
        assert_eq!(escape("a & b &amp; &#60;"), "a & b \\&amp; \\&\\#60;");
        assert_eq!(escape("https://a.example"), "https\\://a.example");
    }

    #[test]
    fn every_claim_position_and_report_is_there() {
        let (dossier, texts) = fixture::market();
        let out = render(&dossier, &texts);
        let view = View::new(&dossier, &texts);
        for claim in dossier.claims.iter().chain(&dossier.background) {
            assert!(
                out.contains(&format!("| {} |", view.label(&claim.id))),
                "{}",
                claim.id
            );
        }
        for text in texts.values() {
            assert!(out.contains(text.as_str().trim_end()));
        }
        assert!(!out.contains("\n<script") && out.contains("\\<script\\>"));
    }

    #[test]
    fn tables_keep_their_columns() {
        let (dossier, texts) = fixture::market();
        let out = render(&dossier, &texts);
        let columns = |line: &str| line.replace("\\|", "").matches('|').count();
        for table in out.split("\n\n").filter(|it| it.starts_with("| ")) {
            let mut lines = table.lines();
            let first = columns(lines.next().unwrap());
            for line in lines.filter(|line| line.starts_with('|')) {
                assert_eq!(columns(line), first, "{line}");
            }
        }
    }

    #[test]
    fn a_text_cannot_close_its_fence() {
        let (mut dossier, _) = fixture::empty();
        let text = model::Text::new("a\n~~~~\n# b".into(), Vec::new());
        dossier.reports[0].report.text = text.id().clone();
        let out = render(&dossier, &[(text.id().clone(), text)].into());
        assert!(out.contains("~~~~~text\na\n~~~~\n# b\n~~~~~\n"));
    }

    #[test]
    fn an_empty_dossier_says_so() {
        let (dossier, texts) = fixture::empty();
        assert!(render(&dossier, &texts).contains("No finding"));
    }
}
