use super::{render, syntax::escape};
use crate::publish::{fixture, view::View};

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
