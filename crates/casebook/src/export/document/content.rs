//! A whole dossier, in the order in which it is read.

use model::{Dossier, Texts};

use super::{
    block::{Block, Run, Table},
    figures, sources,
};
use crate::publish::{summary, view::View, words};

/// What has to be known before anything else is read.
const AS_REPORTED: &str = "As reported. Everything here is what reports say, according to whom, and in which words. \
    Nothing is decided by it: words such as “disputed” or “corroborated” tell how the reports stand to each other, \
    not what happened. A program read the reports, and may have misread them; the quotes let everybody look.";

/// The blocks of a dossier.
pub(in crate::export) fn content(dossier: &Dossier) -> Vec<Block> {
    let texts = Texts::new();
    let view = View::new(dossier, &texts);
    let summary = summary::of(&view);
    let mut out = vec![Block::Heading(1, Run::plain(&dossier.incident.title).words)];
    let unsaid = |words: &str| match words {
        "" => "no report says".to_owned(),
        words => words.to_owned(),
    };
    let facts = [
        ("When", unsaid(&summary.when)),
        ("Where", unsaid(&summary.place)),
        ("Reports", summary.sources.clone()),
        ("Independent voices", words::number(view.voices() as u64)),
        ("Claims read", words::number(dossier.claims.len() as u64)),
        (
            "Incident",
            format!(
                "{}, version {}",
                dossier.incident.case,
                sources::short(dossier.incident.id.as_str())
            ),
        ),
    ];
    let rows = facts
        .iter()
        .map(|(name, says)| vec![vec![Run::plain(name)], vec![Run::strong(says)]]);
    out.push(Block::Remark(vec![Run::plain(AS_REPORTED)]));
    out.push(Block::Table(Table {
        columns: &[("As reported", 24), ("", 76)],
        rows: rows.collect(),
    }));
    figures::top(&mut out, &summary);
    figures::disputes(&mut out, &summary);
    figures::blocks(&mut out, &summary);
    figures::parts(&mut out, &view);
    figures::all(&mut out, &view);
    sources::timeline(&mut out, &view);
    sources::quotes(&mut out, &view);
    sources::background(&mut out, &view);
    sources::voices(&mut out, &view);
    sources::reports(&mut out, &view);
    figures::meaning(&mut out);
    sources::notes(&mut out, &view);
    method(&mut out, dossier);
    out
}

fn method(out: &mut Vec<Block>, dossier: &Dossier) {
    out.push(Block::Heading(2, "How this was made".to_owned()));
    for words in [
        "Each report was read by rules and by models that were trained on other texts; no claim is made without words \
         of the report that carry it. The reports were taken together where they tell of the same happening, and who \
         leans on whom was found by shared passages and by what they cite.",
        "Two figures contradict only where no number fits both, they count the same people, and neither is a later \
         figure of the other. A figure is never shown without the rule that gave it and the claims it used. A position \
         that is set aside stays in sight with the reason.",
        "The same reports give the same document, byte for byte. Who wants to check it finds each quote in the \
         report’s text at the place that stands under it.",
    ] {
        out.push(Block::Text(vec![Run::plain(words)]));
    }
    let mut readers: Vec<&str> = dossier.claims.iter().map(|it| it.reader.as_str()).collect();
    readers.sort_unstable();
    readers.dedup();
    let made = format!(
        "Made by Crossbearing {}, dossier schema {}, incident {}, version {}; claims by reader {}.",
        dossier.version,
        dossier.schema,
        dossier.incident.case,
        dossier.incident.id,
        if readers.is_empty() {
            "none".to_owned()
        } else {
            readers.join(", ")
        },
    );
    out.push(Block::Remark(vec![Run::plain(&made)]));
}

/// What stands at the foot of every page.
pub(in crate::export) fn foot() -> &'static str {
    "As reported, according to the sources named. Nothing here is decided."
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    fn words(blocks: &[Block]) -> String {
        let mut out = String::new();
        let mut runs = |all: &[Run]| {
            for run in all {
                out.push_str(&run.words);
            }
            out.push('\n');
        };
        for block in blocks {
            match block {
                Block::Heading(_, words) => runs(&[Run::plain(words)]),
                Block::Text(all) | Block::Remark(all) | Block::Item(_, all) => runs(all),
                Block::Quote(said, under) => {
                    runs(said);
                    runs(under);
                }
                Block::Table(table) => table.rows.iter().flatten().for_each(|it| runs(it)),
            }
        }
        out
    }

    #[test]
    fn every_claim_is_quoted_with_who_says_it_and_every_voice_and_report_is_named() {
        let market = fixture::market().0;
        let all = words(&content(&market));
        for claim in &market.claims {
            let quote = Run::plain(&claim.quotes[0].exact).words;
            assert!(all.contains(&quote), "{quote}");
        }
        for name in market.origins.iter().map(|it| &it.label) {
            assert!(all.contains(Run::plain(name).words.trim()), "{name}");
        }
        for name in market
            .reports
            .iter()
            .filter_map(|it| it.report.title.as_ref())
        {
            assert!(all.contains(Run::plain(name).words.trim()), "{name}");
        }
        for finding in &market.findings {
            assert!(all.contains(words::verdict(finding.verdict)));
        }
        assert!(all.contains("Nothing is decided by it"));
        let own = words(&content(&fixture::empty().0)).to_lowercase();
        for word in ["true", "false", "proven", "in fact"] {
            assert!(!own.contains(word), "{word}");
        }
    }

    #[test]
    fn columns_fill_the_width_and_rows_their_columns() {
        for dossier in [fixture::market().0, fixture::empty().0] {
            for block in content(&dossier) {
                if let Block::Table(table) = block {
                    let width: u16 = table.columns.iter().map(|it| it.1).sum();
                    assert_eq!(width, 100, "{:?}", table.columns);
                    assert!(
                        table
                            .rows
                            .iter()
                            .all(|row| row.len() == table.columns.len())
                    );
                }
            }
        }
    }

    #[test]
    fn what_steers_is_taken_out_and_space_stays_at_the_ends() {
        assert_eq!(Run::plain(" a\u{202e}b\n c ").words, " a\u{fffd}b c ");
        assert_eq!(Run::plain("").words, "");
        assert_eq!(Run::plain("قتل").words, "قتل");
    }
}
