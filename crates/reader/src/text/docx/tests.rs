//! Files made here, and the blocks that come of them.

use std::io::Write;

use super::*;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        out.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        out.write_all(xml.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document {W}><w:body>{body}</w:body></w:document>")
}

/// A file of this body has these blocks.
#[track_caller]
fn check(body: &str, wanted: &[&str]) {
    let styles = "<w:styles><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
        <w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style></w:styles>";
    let bytes = packed(&[
        ("word/styles.xml", styles),
        ("word/document.xml", &document(body)),
    ]);
    let page = read(&bytes).unwrap();
    let got: Vec<String> = page
        .blocks
        .iter()
        .map(|block| format!("{:?}: {}", block.kind, &page.text[block.span.range()]))
        .collect();
    assert_eq!(got, wanted);
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn paragraphs_headings_lists_and_tables_are_blocks() {
    let styled = |style: &str, words: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let list = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>a class</w:t></w:r></w:p>";
    let row = format!(
        "<w:tr><w:tc>{}</w:tc><w:tc>{}{}</w:tc></w:tr>",
        p("Killed"),
        p("9"),
        p("of them 2")
    );
    let body = [
        styled("Titel", "Blast in Orrin"),
        styled("berschrift1", "What happened"),
        "<w:p><w:r><w:t xml:space=\"preserve\">Nine people </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>were \
         killed</w:t></w:r><w:r><w:tab/><w:t>&amp; two &#8220;hurt&#8221;.</w:t></w:r></w:p>".to_owned(),
        list.to_owned(),
        format!("<w:tbl>{row}</w:tbl>"),
    ]
    .concat();
    check(
        &body,
        &[
            "Title: Blast in Orrin",
            "Heading: What happened",
            "Paragraph: Nine people were killed & two “hurt”.",
            "ListItem: a class",
            "Paragraph: Killed\t9 of them 2",
        ],
    );
}

#[test]
fn what_was_deleted_or_stands_there_twice_is_no_text() {
    let body = format!(
        "<w:p><w:r><w:t>Nine</w:t></w:r><w:del><w:r><w:delText>Ten</w:delText></w:r></w:del>\
         <w:ins><w:r><w:t> men</w:t></w:r></w:ins></w:p>\
         <mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        p("in a box"),
        p("in a box")
    );
    check(&body, &["Paragraph: Nine men", "Paragraph: in a box"]);
}

#[test]
fn the_file_says_who_made_it_and_when() {
    let core = "<cp:coreProperties><dc:title>Blast &amp; fire</dc:title><dc:creator>Ana Vell</dc:creator>\
        <dcterms:created>2031-03-04T09:00:00Z</dcterms:created></cp:coreProperties>";
    let notes = format!("<w:footnotes>{}</w:footnotes>", p("A note."));
    let head = format!("<w:hdr>{}</w:hdr>", p("Ministry"));
    let page = read(&packed(&[
        ("docProps/core.xml", core),
        ("word/header1.xml", &head),
        ("word/footnotes.xml", &notes),
        ("word/document.xml", &document(&p("Nine were killed."))),
    ]))
    .unwrap();
    assert_eq!(page.text, "Nine were killed.\n\nA note.\n\nMinistry");
    assert_eq!(page.blocks[2].kind, BlockKind::Boilerplate);
    assert_eq!(page.meta.title.as_deref(), Some("Blast & fire"));
    assert_eq!(page.made.byline.as_deref(), Some("Ana Vell"));
    assert_eq!(page.made.published.as_deref(), Some("2031-03-04T09:00:00Z"));
}

#[test]
fn how_a_paragraph_was_before_a_change_is_not_how_it_is() {
    check(
        "<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"berschrift1\"/><w:numPr/></w:pPr></w:pPrChange></w:pPr>\
         <w:r><w:t>Nine were killed.</w:t></w:r></w:p>",
        &["Paragraph: Nine were killed."],
    );
}

#[test]
fn tables_in_tables_are_read_so_deep_and_no_deeper() {
    let nested = |deep: usize, words: &str| {
        format!(
            "{}{}{}",
            "<w:tbl><w:tr><w:tc>".repeat(deep),
            p(words),
            "</w:tc></w:tr></w:tbl>".repeat(deep)
        )
    };
    let whole = document(&nested(MAX_DEEP, "Nine."));
    let page = read(&packed(&[("word/document.xml", &whole)])).unwrap();
    assert_eq!((page.text.as_str(), page.odd.len()), ("Nine.", 0));
    // What lies deeper would be carried outwards once for each table: a hundred gigabytes here.
    let words = "words ".repeat(200_000);
    let deep = format!("{}{}{}", p("Nine."), nested(100_000, &words), p("Two."));
    let began = std::time::Instant::now();
    let page = read(&packed(&[("word/document.xml", &document(&deep))])).unwrap();
    assert_eq!(page.text, "Nine.\n\nTwo.");
    assert_eq!(page.odd[0].0, "docx-too-deep");
    assert!(
        page.odd[0].1.contains("99984 within them"),
        "{}",
        page.odd[0].1
    );
    assert!(began.elapsed().as_secs() < 20);
}

#[test]
fn all_parts_have_one_limit_and_what_is_cut_is_told() {
    let large = format!("<w:hdr>{}{}</w:hdr>", p("Ministry"), " ".repeat(20_000_000));
    let page = read(&packed(&[
        ("word/document.xml", &document(&p("Nine were killed."))),
        ("word/header1.xml", &large),
        ("word/header2.xml", &large),
        ("word/header3.xml", &large),
    ]))
    .unwrap();
    assert_eq!(page.text, "Nine were killed.\n\nMinistry\n\nMinistry");
    let (code, message, _) = &page.odd[0];
    assert_eq!(*code, "docx-too-large");
    assert!(message.ends_with("not read: word/header3.xml"), "{message}");
    let head = format!("<w:hdr>{}<w:p <", p("Ministry"));
    let page = read(&packed(&[
        ("word/document.xml", &document(&p("Nine were killed."))),
        ("word/header1.xml", &head),
    ]))
    .unwrap();
    let (code, message, _) = &page.odd[0];
    assert_eq!(*code, "docx-damaged");
    assert!(message.contains("in word/header1.xml"), "{message}");
    let many: Vec<String> = (0..45).map(|n| format!("word/header{n}.xml")).collect();
    let head = format!("<w:hdr>{}</w:hdr>", p("Ministry"));
    let body = document(&p("Nine were killed."));
    let mut parts = vec![("word/document.xml", body.as_str())];
    parts.extend(many.iter().map(|name| (name.as_str(), head.as_str())));
    let page = read(&packed(&parts)).unwrap();
    assert_eq!(
        page.odd[0].1,
        "only 40 of its notes, heads and feet are read, 5 are not"
    );
}

#[test]
fn a_part_whose_packing_breaks_off_is_told() {
    let words: String = (0..9_000).map(|n| p(&format!("{n} were hurt."))).collect();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    out.start_file("word/document.xml", options).unwrap();
    out.write_all(document(&words).as_bytes()).unwrap();
    let mut bytes = out.finish().unwrap().into_inner();
    // The sum of the bytes is not what the file says that it is.
    let at = bytes
        .windows(10)
        .position(|it| it == b"8999 were ")
        .unwrap();
    bytes[at] = b'7';
    let page = read(&bytes).unwrap();
    assert!(page.text.starts_with("0 were hurt."));
    assert_eq!(page.odd[0].0, "docx-damaged");
}

#[test]
fn bombs_and_damage_are_told() {
    let entities = format!(
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document {W}><w:p><w:r><w:t>Nine \
         &b; men</w:t></w:r></w:p></w:document>"
    );
    let page = read(&packed(&[("word/document.xml", &entities)])).unwrap();
    assert_eq!(page.text, "Nine men");
    let bomb = document(&" ".repeat(MAX_ALL as usize + 1));
    let refused = read(&packed(&[("word/document.xml", &bomb)])).unwrap_err();
    assert_eq!(refused.code, "docx-too-large");
    let deep = document(&format!("{}{}", "<w:p>".repeat(200_000), p("Nine.")));
    assert_eq!(
        read(&packed(&[("word/document.xml", &deep)])).unwrap().text,
        "Nine."
    );
    let cut = document(&p("Nine were killed."));
    let cut = format!("{}<w:p <", &cut[..cut.len() - 30]);
    let page = read(&packed(&[("word/document.xml", &cut)])).unwrap();
    assert_eq!(page.text, "Nine were killed.");
    assert_eq!(page.odd.len(), 1);
    assert_eq!(read(b"PK\x03\x04word/").unwrap_err().code, "docx-damaged");
}
