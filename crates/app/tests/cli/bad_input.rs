//! What is given to a casebook and is damaged, made to do harm, or odd: each ends in a clear message, whatever else
//! was given is in, and the casebook is as its log says.

use std::fs;

use super::{
    REPORT, common,
    formats::{add, casebook, docx, found, gzip, intact, pdf, zip},
};

/// Adds a good report with bad files, all at once; each of `told` is said on a line of its own, with a hint under it.
#[track_caller]
fn check(
    test: &str,
    files: &[(&str, Vec<u8>)],
    new: u64,
    told: &[(&str, &str)],
) -> std::path::PathBuf {
    let folder = casebook(test);
    fs::write(folder.join("good.txt"), REPORT).unwrap();
    let mut names = vec!["good.txt"];
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
        names.push(name);
    }
    let code = i32::from(!told.is_empty());
    let (added, err) = add(&folder, code, &names);
    assert_eq!(added["new"], 1 + new, "{added} {err}");
    let lines: Vec<&str> = err.lines().collect();
    for (name, why) in told {
        let at = lines.iter().position(|line| {
            line.starts_with("error: ") && line.contains(name) && line.contains(why)
        });
        let at = at.unwrap_or_else(|| panic!("{name}: {why}: {err}"));
        assert!(lines[at + 1].starts_with("  hint: "), "{name}: {err}");
    }
    let errors = lines
        .iter()
        .filter(|line| line.starts_with("error: "))
        .count();
    assert_eq!(errors, told.len(), "{err}");
    assert!(!err.contains("fault of the program"), "{err}");
    found(&folder, "mill Orrin");
    intact(&folder);
    // Given again, nothing comes in twice.
    let (again, _) = add(&folder, code, &names);
    assert_eq!(again["new"], 0, "{again}");
    folder
}

fn cut(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() - 30].to_vec()
}

fn record(words: &str) -> String {
    let block = format!("HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n<p>{words}</p>");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{}\r\nContent-Length: {}\r\n\r\n\
         {block}\r\n\r\n",
        words.len(),
        block.len()
    )
}

#[test]
fn what_breaks_off_keeps_what_came_before() {
    let archive = [
        record("Two women were killed in a raid on Sellin, the mayor said."),
        record("Six farmers were shot dead in Morvane on Monday, a police officer said."),
    ]
    .concat();
    let words = "Four guards were wounded at a checkpoint in Tarvel. ".repeat(100);
    let lines: String = (0..2000)
        .map(|n| {
            format!(
                "{{\"text\": \"Report {n}: {} goats were stolen.\"}}\n",
                n * 7919 % 997
            )
        })
        .collect();
    let lines = gzip(lines.as_bytes());
    let folder = check(
        "bad-cut",
        &[
            ("a.txt.gz", cut(&gzip(words.as_bytes()))),
            ("b.warc", cut(archive.as_bytes())),
            ("c.warc.gz", cut(&gzip(archive.as_bytes()))),
            ("d.zip", cut(&zip(&[("a.txt", words.as_bytes())]))),
            ("e.pdf", pdf(&["Nine"])[..200].to_vec()),
            ("f.docx", cut(&docx("Nine people were killed."))),
        ],
        1,
        &[
            ("a.txt.gz", "the file is damaged"),
            ("b.warc", "breaks off in the middle of a record"),
            ("c.warc.gz", "breaks off in the middle of a record"),
            ("d.zip", "the archive cannot be opened"),
            ("e.pdf", "the PDF file is damaged"),
            ("f.docx", "the Word document is damaged"),
        ],
    );
    found(&folder, "raid Sellin");
    // Of lines in gzip, those before the cut are in.
    fs::write(folder.join("g.jsonl.gz"), &lines[..lines.len() / 2]).unwrap();
    let (added, err) = add(&folder, 1, &["g.jsonl.gz"]);
    let new = added["new"].as_u64().unwrap();
    assert!(new > 100 && new < 2000, "{added}");
    assert!(err.contains("the file cannot be read further"), "{err}");
    intact(&folder);
}

#[test]
fn bombs_fill_no_memory() {
    let zeros = vec![b' '; 80_000_000];
    let line = [b"{\"text\": \"".to_vec(), vec![b'a'; 80_000_000]].concat();
    let many: Vec<(String, &[u8])> = (0..8)
        .map(|n| (format!("{n}.txt"), &zeros[..30_000_000]))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    let nested = (0..6).fold(b"Nine were killed.".to_vec(), |inner, n| {
        let name = if n == 0 { "a.txt" } else { "inner.zip" };
        zip(&[(name, &inner)])
    });
    check(
        "bad-bombs",
        &[
            ("a.txt.gz", gzip(&zeros)),
            ("b.jsonl.gz", gzip(&line)),
            ("c.zip", zip(&[("a.txt", &zeros)])),
            ("d.zip", zip(&many)),
            ("e.zip", nested),
        ],
        0,
        &[
            ("a.txt.gz", "more than one report can have"),
            ("b.jsonl.gz:1", "more than 32 MB"),
            ("c.zip/a.txt", "more than 32 MB"),
            ("d.zip/0.txt", "more than one report can have"),
            ("d.zip/1.txt", "it unpacks to far more than it has"),
            ("e.zip/inner.zip", "within"),
        ],
    );
}

#[test]
fn an_archive_that_leads_out_of_its_folder_is_told() {
    let files: &[(&str, &[u8])] = &[
        ("../../outside.txt", b"Nine were killed."),
        ("inside.txt", b"Six farmers were shot dead in Morvane."),
    ];
    let folder = check(
        "bad-paths",
        &[("a.zip", zip(files))],
        1,
        &[("a.zip/../../outside.txt", "leads out of the archive")],
    );
    found(&folder, "farmers Morvane");
    assert!(!folder.join("../../outside.txt").exists());
}

#[test]
fn a_document_without_text_or_with_a_password_says_so() {
    let picture = String::from_utf8(pdf(&[])).unwrap();
    let picture = picture
        .replace("/Font << /F 5 0 R >>", "/XObject << /P 5 0 R >>")
        .replace(
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length \
             1 >>\nstream\n0\nendstream",
        )
        .replace("<< /Length 0 >>\nstream\n\n", "<< /Length 26 >>\nstream\nq 600 0 0 800 0 0 cm /P Do Q\n");
    let locked = String::from_utf8(pdf(&["Nine people were killed in Orrin."])).unwrap().replace(
        "/Root 1 0 R",
        "/Root 1 0 R /ID [(0123456789012345) (0123456789012345)] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 \
         /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) >>",
    );
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 512]].concat();
    let mail = "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n\
        --b\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--b--\r\n";
    check(
        "bad-locked",
        &[
            ("scan.pdf", picture.into_bytes()),
            ("locked.pdf", locked.into_bytes()),
            ("locked.docx", old),
            ("locked.eml", mail.into()),
            ("empty.docx", docx("")),
        ],
        0,
        &[
            ("scan.pdf", "holds pictures of pages and no text"),
            ("locked.pdf", "locked with a password"),
            ("locked.docx", "old or locked with a password"),
            ("locked.eml", "the mail is encrypted"),
            ("empty.docx", "holds no text of a report"),
        ],
    );
}

#[test]
fn pages_that_are_too_large_or_too_deep_are_told_or_read_by_their_words() {
    let large = format!(
        "<html><body>{}</body></html>",
        "<p>Nine were killed.</p>".repeat(2_100_000)
    );
    let deep = format!(
        "<html><body>{}<p>Six farmers were shot dead in Morvane.</p>{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let folder = check(
        "bad-pages",
        &[
            ("large.html", large.into_bytes()),
            ("deep.html", deep.into_bytes()),
        ],
        1,
        &[("large.html", "MB is more than one report can have")],
    );
    found(&folder, "farmers Morvane");
}

#[test]
fn wrong_and_missing_encodings_are_read_and_told() {
    let said = "<html><head><meta charset=\"utf-8\"><title>x</title></head><body><p>Six farmers were shot dead in \
        Morvan\u{e9}, the pr\u{e9}fet said on Monday.</p></body></html>";
    let latin: Vec<u8> = said.chars().map(|c| c as u8).collect();
    let none: Vec<u8> = "Two women were killed in Sell\u{ee}n, a caf\u{e9} owner said on Monday."
        .chars()
        .map(|c| c as u8)
        .collect();
    let wide: Vec<u8> = "Four guards were wounded at a checkpoint in Tarvel."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let table = b"title,text\nMorvan\xe9,Seven cattle were stolen in Ostrel.\n".to_vec();
    let folder = check(
        "bad-charsets",
        &[
            ("said.html", latin),
            ("none.txt", none),
            ("wide.txt", wide),
            ("table.csv", table),
            (
                "seven.txt",
                b"+/v8-Nine were killed +IBw-here+IB0.".to_vec(),
            ),
        ],
        4,
        &[("seven.txt", "UTF-7")],
    );
    assert!(
        common::run(&folder, &["text", "none.txt"])
            .out
            .contains("café")
    );
    let ran = common::run(&folder, &["text", "table.csv"]);
    assert!(
        ran.out.contains("Morvané") && ran.err.contains("the table is not UTF-8"),
        "{} {}",
        ran.out,
        ran.err
    );
    found(&folder, "prefet");
    found(&folder, "guards Tarvel");
}

#[test]
fn days_at_the_ends_of_time_break_nothing() {
    let days = [
        "0000-00-00",
        "0000-01-01",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31",
        "9999-12-31T23:59:59-23:59",
        "10000-01-01",
        "-0001-01-01",
        "99999999999999999999",
        "31/12/9999",
        "1 January 0",
    ];
    let pages: Vec<(String, Vec<u8>)> = days
        .iter()
        .enumerate()
        .map(|(n, day)| {
            let page = format!(
                "<html><head><title>Raid {n}</title><meta property=\"article:published_time\" content=\"{day}\"></head>\
                 <body><article><p>Two women were killed in raid number {n} on Sellin on Monday, 31 December 9999, \
                 police said.</p></article></body></html>"
            );
            (format!("{n}.html"), page.into_bytes())
        })
        .collect();
    let files: Vec<(&str, Vec<u8>)> = pages
        .iter()
        .map(|(name, page)| (name.as_str(), page.clone()))
        .collect();
    let folder = check("bad-days", &files, days.len() as u64, &[]);
    let table: String = days
        .iter()
        .map(|day| format!("\"Six farmers died on {day}.\",{day}\n"))
        .collect();
    fs::write(folder.join("days.csv"), format!("text,date\n{table}")).unwrap();
    let (added, _) = add(&folder, 0, &["days.csv"]);
    assert_eq!(added["new"], days.len(), "{added}");
    intact(&folder);
    if !testing::prepared() {
        return;
    }
    let ran = common::run(&folder, &["run"]);
    assert!(
        ran.code == 0 && !ran.err.contains("fault of the program"),
        "{}",
        ran.err
    );
    assert_eq!(common::run(&folder, &["list"]).code, 0);
    intact(&folder);
}

#[test]
fn names_of_any_signs_are_kept_and_drive_no_terminal() {
    let odd = "a\nb\u{202e}txt.exe\u{1b}[2J\u{200f}.txt";
    let bad = "c\nd\u{202e}.txt";
    let inner = zip(&[(
        "in\n\u{202e}side.txt",
        b"Six farmers were shot dead in Morvane.",
    )]);
    let folder = check(
        "bad-names",
        &[
            (odd, b"Two women were killed in a raid on Sellin.".to_vec()),
            ("n.zip", inner),
        ],
        2,
        &[],
    );
    fs::write(folder.join(bad), "").unwrap();
    let ran = common::run(&folder, &["add", "."]);
    let safe =
        |text: &str| !text.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}');
    assert!(
        ran.code == 1 && ran.err.contains("the file is empty"),
        "{}",
        ran.err
    );
    assert!(safe(&ran.out) && safe(&ran.err), "{:?}", ran.err);
    let shown = found(&folder, "raid Sellin");
    let address = shown["captures"][0]["address"].as_str().unwrap();
    assert!(address.ends_with(odd), "{address:?}");
    let shown = common::run(&folder, &["show", shown["report"]["id"].as_str().unwrap()]);
    assert!(safe(&shown.out), "{:?}", shown.out);
    found(&folder, "farmers Morvane");
}

#[test]
fn what_is_no_casebook_or_of_a_later_program_is_left_alone() {
    let later = "UPDATE settings SET value = '999' WHERE name = 'schema' RETURNING value";
    for (test, sql, why) in [
        ("bad-later", Some(later), "the casebook has schema 999"),
        (
            "bad-foreign",
            Some("ALTER TABLE log RENAME TO protocol"),
            "it has tables, but not those of one",
        ),
        ("bad-words", None, "is not a casebook"),
    ] {
        let folder = casebook(test);
        fs::write(folder.join("good.txt"), REPORT).unwrap();
        let file = folder.join("casebook").join(store::FILE);
        match sql {
            Some(sql) => {
                let place = store::Place::Folder(folder.join("casebook"));
                let mut open = store::Store::open(&place).unwrap();
                open.database().rows(sql, &[]).unwrap();
            }
            None => fs::write(&file, "words, and no database at all ".repeat(100)).unwrap(),
        }
        let before = fs::read(&file).unwrap();
        let ran = common::run(&folder, &["add", "good.txt"]);
        assert!(
            ran.code == 1 && ran.err.contains(why) && ran.err.contains("hint"),
            "{why}: {}",
            ran.err
        );
        let now = fs::read(&file).unwrap();
        assert!(now == before, "{why}: the file was changed");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let folder = casebook("bad-readonly");
    fs::write(folder.join("good.txt"), REPORT).unwrap();
    add(&folder, 0, &["good.txt"]);
    fs::write(folder.join("more.txt"), REPORT.replace("nine", "ten")).unwrap();
    let inside: Vec<_> = ["casebook", "casebook/bytes"]
        .iter()
        .map(|name| folder.join(name))
        .filter(|path| path.is_dir())
        .collect();
    let allow = |mode| {
        for path in &inside {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    allow(0o555);
    let mut command = common::program(&folder, &["add", "more.txt"]);
    // The rights of files bind everybody but the system's own user.
    if fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0)
    {
        command.uid(65_534).gid(65_534);
    }
    let ran = command.output();
    allow(0o755);
    let ran = ran.unwrap();
    let err = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{err}");
    assert!(err.contains("casebook") && err.contains("hint"), "{err}");
    intact(&folder);
    let (added, _) = add(&folder, 0, &["more.txt"]);
    assert_eq!(added["new"], 1);
}
