//! What files `add` takes, and what becomes of what is in them.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{REPORT, common, common::folder};

/// A casebook in a fresh folder.
pub fn casebook(test: &str) -> PathBuf {
    let folder = folder(test);
    let ran = common::run(&folder, &["init"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

/// Adds, and gives what became of it; `code` is the exit status.
#[track_caller]
pub fn add(folder: &Path, code: i32, words: &[&str]) -> (Value, String) {
    let ran = common::run(folder, &[&["add", "--json"], words].concat());
    assert_eq!(ran.code, code, "{words:?}: {}", ran.err);
    let added = serde_json::from_str(&ran.out);
    (
        added.unwrap_or_else(|error| panic!("{words:?}: {error}: {}", ran.err)),
        ran.err,
    )
}

/// The one report that a search finds.
#[track_caller]
pub fn found(folder: &Path, words: &str) -> Value {
    let ran = common::run(folder, &["search", words, "--json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    let reports: Vec<&Value> = found
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["id"].as_str().is_some_and(|id| id.starts_with("r:")))
        .collect();
    assert_eq!(reports.len(), 1, "{words}: {found}");
    let id = reports[0]["id"].as_str().unwrap();
    let ran = common::run(folder, &["show", id, "--json"]);
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err))
}

/// Whether the casebook is as its log says.
#[track_caller]
pub fn intact(folder: &Path) {
    let ran = common::run(folder, &["audit", "verify", "--json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    assert_eq!(found["faults"], Value::Array(Vec::new()), "{found}");
}

/// Files in an archive.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A PDF file of one page with these lines; its table of places is left out, as damaged files do.
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let drawn: String = lines
        .iter()
        .zip(0..)
        .map(|(words, n)| format!("BT /F 11 Tf 60 {} Td ({words}) Tj ET\n", 700 - 14 * n))
        .collect();
    format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> >> >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n{drawn}\nendstream\nendobj\n\
         5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>\nendobj\n\
         6 0 obj\n<< /Title (Blast at a quarry) /CreationDate (D:20310304093000Z) >>\nendobj\n\
         trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\n%%EOF\n",
        drawn.len()
    )
    .into_bytes()
}

/// A Word document of one paragraph.
pub fn docx(words: &str) -> Vec<u8> {
    let body = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>\
         <w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    );
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", body.as_bytes()),
    ])
}

fn page(words: &str) -> String {
    format!(
        "<html><head><title>News</title></head><body><article><h1>News</h1><p>{words}</p><p>The police said that \
         they were looking into it, and that nobody had been held so far.</p></article></body></html>"
    )
}

fn record(kind: &str, number: usize, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://lake.example/{number}\r\n\
         WARC-Date: 2031-03-04T05:06:07Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

fn response(number: usize, status: u16, kind: &str, body: &str) -> String {
    let block = format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n\r\n{body}");
    record("response", number, &block)
}

#[test]
fn documents_of_every_format_come_in() {
    let folder = casebook("formats-documents");
    fs::write(
        folder.join("release.pdf"),
        pdf(&[
            "Three miners were killed when a quarry was shelled near",
            "Dornach on Monday, the governor of the province said.",
        ]),
    )
    .unwrap();
    fs::write(
        folder.join("note.docx"),
        docx("Two women were killed in a raid on Sellin."),
    )
    .unwrap();
    let packed = gzip(b"Four guards were wounded at a checkpoint in Tarvel.");
    fs::write(folder.join("brief.txt.gz"), packed).unwrap();
    fs::write(folder.join("picture.bmp"), "BM").unwrap();
    let (added, _) = add(&folder, 0, &["release.pdf", "note.docx", "brief.txt.gz"]);
    assert_eq!(added["new"], 3);
    // A folder holds the same, and what is no report is counted.
    let (added, _) = add(&folder, 0, &["."]);
    assert_eq!(
        (&added["new"], &added["again"]),
        (&0.into(), &3.into()),
        "{added}"
    );
    let others = "files in folders whose names do not end as a report's";
    assert_eq!(added["passed_over"][others], 1, "{added}");
    let shown = found(&folder, "quarry shelled");
    assert_eq!(shown["report"]["media_type"], "application/pdf");
    assert_eq!(shown["report"]["title"], "Blast at a quarry");
    assert_eq!(shown["report"]["published"]["start"], "2031-03-04T09:30:00");
    let text = common::run(&folder, &["text", "release.pdf"]).out;
    assert!(
        text.contains("was shelled near Dornach on Monday"),
        "{text}"
    );
    found(&folder, "raid Sellin");
    found(&folder, "checkpoint Tarvel");
    intact(&folder);
}

#[test]
fn a_mail_is_a_report_and_so_is_what_is_attached_to_it() {
    let folder = casebook("formats-mail");
    let head = "From: Lake Desk <desk@lake.example>\r\nSubject: Raid on Sellin\r\nMessage-ID: <1@lake.example>\r\n\
        Date: Tue, 4 Mar 2031 09:30:00 +0000\r\nMIME-Version: 1.0\r\n";
    let base64 = |bytes: &[u8]| {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for (at, group) in bytes.chunks(3).enumerate() {
            let bits = group
                .iter()
                .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
            let bits = bits << (8 * (3 - group.len()));
            for n in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * n) & 63) as usize] as char;
                out.push(if n > group.len() { '=' } else { letter });
            }
            if at % 19 == 18 {
                out.push_str("\r\n");
            }
        }
        out
    };
    let part = |head: &str, body: &str| format!("--b\r\n{head}\r\n\r\n{body}\r\n");
    let attached = |name: &str, bytes: &[u8]| {
        let head = format!(
            "Content-Type: application/octet-stream; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; filename=\"{name}\""
        );
        part(&head, &base64(bytes))
    };
    let inner = zip(&[("deep.txt", b"Six farmers were shot dead in Morvane.")]);
    let mail = [
        format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n"),
        part(
            "Content-Type: text/plain; charset=iso-8859-1",
            "Two women were killed in a raid on Sellin, a caf=E9 owner said.",
        )
        .replace(
            "charset=iso-8859-1",
            "charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable",
        ),
        attached(
            "release.pdf",
            &pdf(&["Three miners were killed when a quarry was shelled."]),
        ),
        attached("more.zip", &inner),
        attached("photo.jpg", b"JPEG"),
        "--b--\r\n".to_owned(),
    ]
    .concat();
    fs::write(folder.join("a.eml"), &mail).unwrap();
    let (added, _) = add(&folder, 0, &["a.eml"]);
    assert_eq!(added["new"], 3, "{added}");
    let others = "attachments of mails of a kind that is not read";
    assert_eq!(added["passed_over"][others], 1, "{added}");
    let shown = found(&folder, "raid Sellin");
    assert_eq!(shown["report"]["title"], "Raid on Sellin");
    assert_eq!(shown["report"]["source"]["name"], "Lake Desk");
    assert_eq!(shown["report"]["url"], "mid:1@lake.example");
    assert_eq!(shown["report"]["published"]["start"], "2031-03-04T09:30:00");
    assert_eq!(shown["report"]["encoding"], "windows-1252");
    let shown = found(&folder, "farmers Morvane");
    let place: Value =
        serde_json::from_str(shown["captures"][0]["container"].as_str().unwrap()).unwrap();
    assert_eq!(place["path"], serde_json::json!(["a.eml", "more.zip"]));
    assert_eq!(place["member"], "deep.txt");

    // The same mail in a box of some thousand others is known; nothing comes in twice.
    let mut mailbox = format!("From desk@lake.example Tue Mar  4 09:30:00 2031\r\n{mail}\r\n");
    for n in 0..3000 {
        mailbox.push_str(&format!(
            "From a@b Tue Mar  4 09:30:00 2031\r\nFrom: a@b.example\r\nSubject: {n}\r\nMessage-ID: <{n}@b>\r\n\r\n\
             Report number {n}: {n} goats were stolen.\r\n\r\n"
        ));
    }
    fs::write(folder.join("all.mbox"), mailbox).unwrap();
    let (added, _) = add(&folder, 0, &["all.mbox"]);
    assert_eq!(added["new"], 3000, "{added}");
    assert_eq!(added["again"], 3, "{added}");
    intact(&folder);
}

#[test]
fn tables_and_json_say_or_are_told_what_their_columns_are() {
    let folder = casebook("formats-tables");
    let table = "Headline;Body;Link;Date\nRaid;\"Two women were killed; the raid on Sellin was long.\";\
        https://lake.example/1;2031-03-04\nNothing;;;\n";
    fs::write(folder.join("a.csv"), table).unwrap();
    fs::write(
        folder.join("odd.csv"),
        "was,wer\n\"Six farmers were shot dead in Morvane.\",Ana Vell\n",
    )
    .unwrap();
    let list = r#"{"status": "ok", "articles": [{"id": 1},
        {"title": "Quarry", "content": "Three miners were killed when a quarry was shelled.", "source": {"id": null,
        "name": "Hill Post"}, "author": ["Ana Vell", "Tom Lind"], "publishedAt": "2031-03-05T10:00:00Z"}]}"#;
    fs::write(folder.join("list.json"), list).unwrap();
    let (added, err) = add(&folder, 0, &["a.csv", "odd.csv", "list.json"]);
    assert_eq!(added["new"], 2, "{added}");
    assert!(
        err.contains("odd.csv: passed over: no column of the table is the text of reports")
            && err.contains("its columns are \"was\", \"wer\"")
            && err.contains("hint: say which column is what: --map text=COLUMN"),
        "{err}"
    );
    let passed = &added["passed_over"];
    assert_eq!(passed["rows of tables without a text"], 1, "{passed}");
    assert_eq!(passed["objects of JSON without a text"], 1, "{passed}");
    let shown = found(&folder, "raid Sellin");
    assert_eq!(shown["report"]["url"], "https://lake.example/1");
    assert_eq!(shown["report"]["title"], "Raid");
    let place: Value =
        serde_json::from_str(shown["captures"][0]["container"].as_str().unwrap()).unwrap();
    assert_eq!(place["index"], 2);
    let shown = found(&folder, "miners quarry");
    assert_eq!(shown["report"]["source"]["name"], "Hill Post");
    assert_eq!(shown["report"]["byline"], "Ana Vell, Tom Lind");
    assert_eq!(shown["report"]["published"]["start"], "2031-03-05T10:00:00");
    let (added, _) = add(&folder, 0, &["odd.csv", "--map", "text=was,author=wer"]);
    assert_eq!(added["new"], 1, "{added}");
    assert_eq!(
        found(&folder, "farmers Morvane")["report"]["byline"],
        "Ana Vell"
    );
    let (_, err) = add(&folder, 1, &["odd.csv", "--map", "text=wo"]);
    assert!(
        err.contains("no column is called \"wo\"; its columns are \"was\", \"wer\""),
        "{err}"
    );
    let ran = common::run(&folder, &["add", "odd.csv", "--map", "colour=was"]);
    assert!(
        ran.code == 2 && ran.err.contains("fields are text, html, title"),
        "{}",
        ran.err
    );
    intact(&folder);
}

#[test]
fn a_web_archive_gives_its_pages_and_counts_the_rest() {
    let folder = casebook("formats-warc");
    let english = page(
        "Two women were killed when gunmen raided the village of Sellin on Monday, and a third was hurt.",
    );
    let french = page(
        "Deux femmes ont perdu la vie quand des hommes sont venus dans le village de Sellin lundi, et une autre fut \
         conduite vers une clinique voisine avec ses enfants.",
    )
    .replace("<html>", "<html lang=\"fr\">")
    .replace(
        "The police said that they were looking into it, and that nobody had been held so far.",
        "La police poursuit ses recherches dans les environs, selon le maire du village voisin.",
    );
    let sport = page(
        "The home side won the final in the last minute, and the coach said that he was glad of it.",
    );
    let archive = [
        record("warcinfo", 0, "software: test"),
        response(1, 200, "text/html", &english),
        response(2, 200, "text/html; charset=utf-8", &french),
        response(3, 404, "text/html", "gone"),
        response(4, 200, "image/png", "PNG"),
        response(5, 200, "text/html", &sport),
    ]
    .concat();
    fs::write(folder.join("day.warc.gz"), gzip(archive.as_bytes())).unwrap();
    let words = ["day.warc.gz", "--in-scope", "--lang", "en"];
    let (added, err) = add(&folder, 0, &words);
    assert_eq!(added["new"], 1, "{added} {err}");
    let passed = &added["passed_over"];
    let counted = [
        ("records that are no responses", 1),
        ("responses that say there is no page (status)", 1),
        ("responses that are no pages", 1),
        ("no word of violence in it", 2),
    ];
    let language = passed["in a language that is not wanted"]
        .as_u64()
        .unwrap_or(0);
    let scope = passed["no word of violence in it"].as_u64().unwrap_or(0);
    assert_eq!(language + scope, 2, "{passed}");
    for (why, n) in &counted[..3] {
        assert_eq!(passed[why], *n, "{why}: {passed}");
    }
    // Of all languages but one, and whatever it speaks of.
    let (added, _) = add(&folder, 0, &["day.warc.gz", "--lang", "fr"]);
    assert_eq!(added["new"], 1, "{added}");
    assert_eq!(
        added["passed_over"]["in a language that is not wanted"], 2,
        "{added}"
    );
    let ran = common::run(&folder, &["add", "day.warc.gz", "--lang", "en"]);
    assert!(
        ran.out.contains("added 1 report; 1 known already")
            && ran
                .out
                .contains("1 passed over: responses that are no pages"),
        "{}",
        ran.out
    );
    intact(&folder);
}

#[test]
fn a_list_names_files_and_addresses() {
    let folder = casebook("formats-list");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    let list = "# what came today\n\na.txt\nfile:///etc/passwd\nhttp://169.254.169.254/latest/\n\
        http://[::ffff:127.0.0.1]/\nnowhere.txt\n";
    fs::write(folder.join("list"), list).unwrap();
    let (added, err) = add(&folder, 1, &["--from", "list"]);
    assert_eq!(added["new"], 1, "{added}");
    for (name, why) in [
        ("file:///etc/passwd", "is no address of the web"),
        ("http://169.254.169.254/latest/", "link-local"),
        ("http://[::ffff:127.0.0.1]/", "this machine itself"),
        ("nowhere.txt", "no such file"),
    ] {
        let told = err.lines().find(|line| line.contains(name));
        assert!(told.is_some_and(|line| line.contains(why)), "{name}: {err}");
    }
    let ran = common::run_with_input(&folder, &["add", "--from", "-"], b"a.txt\n");
    assert!(
        ran.code == 0 && ran.out.contains("1 known already"),
        "{} {}",
        ran.out,
        ran.err
    );
    let ran = common::run(&folder, &["add", "--from", "missing"]);
    assert!(
        ran.code == 1 && ran.err.contains("the list missing cannot be read"),
        "{}",
        ran.err
    );
    intact(&folder);
}

#[test]
fn many_notes_of_a_kind_are_counted() {
    let folder = casebook("formats-notes");
    let lines: String = (0..500)
        .map(|n| format!("{{\"text\": \"Report {n}: {n} goats were stolen in Ostrel.\"}}\n"))
        .collect();
    fs::write(folder.join("a.jsonl"), lines).unwrap();
    let (added, err) = add(&folder, 0, &["a.jsonl"]);
    assert_eq!(added["new"], 500);
    assert_eq!(added["notes"].as_array().unwrap().len(), 100, "{added}");
    assert_eq!(added["more_notes"]["no-publication-date"], 400, "{added}");
    assert!(
        err.contains("400 more notes of the kind no-publication-date"),
        "{err}"
    );
}
