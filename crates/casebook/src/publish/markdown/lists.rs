//! What follows the findings: the ledger, timeline, origins, lineage, notes and the sources whole.

use model::Claim;

use super::syntax::{chain, escape, labels, quoted, row, table};
use crate::publish::{clean, view::View, words};

pub(super) fn ledger(out: &mut String, view: &View, claims: &[&Claim]) {
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

pub(super) fn lists(out: &mut String, view: &View) {
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
            let why: Vec<String> = origin
                .why
                .iter()
                .map(|why| escape(&words::reason(why)))
                .collect();
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
                out.push_str(&format!(": {}", escape(&words::reason(&it.why))));
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

pub(super) fn sources(out: &mut String, view: &View) {
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
