//! Files made to do harm, ten of each format, and damage of all kinds to good ones: whatever comes, it is reports or
//! notes, soon, and never more than the limits allow.

use std::{
    io::{Cursor, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use super::{
    container::{Documents, How, Limits},
    taken::Taken,
};

/// Longest that a file may take, on a machine that does other things too.
const SOON: Duration = Duration::from_secs(5);

/// Reports of a file that are read.
const READ: usize = 100;

/// Takes a file apart and reads what is in it; how many reports came, and the codes of what was told.
#[track_caller]
fn taken(name: &str, bytes: &[u8]) -> (usize, Vec<String>) {
    let (mut reports, mut codes) = (0, Vec::new());
    let began = Instant::now();
    let all = catch_unwind(AssertUnwindSafe(|| {
        let how = How {
            limits: Limits::streamed(),
            ..How::default()
        };
        for one in Documents::of(name, bytes, how) {
            match one {
                Taken::Report(input) => {
                    reports += 1;
                    // A table may hold many thousands, each of which costs no more for that.
                    if reports > READ {
                        continue;
                    }
                    match crossbearing::extract(&input) {
                        Ok(found) => assert!(found.text.as_str().len() < 300 * bytes.len() + 1_000),
                        Err(note) => assert!(!note.message.is_empty()),
                    }
                }
                Taken::Told(note) => {
                    assert!(!note.message.is_empty() && note.message.len() < 20_000);
                    codes.push(note.code);
                }
                Taken::PassedOver(why, count) => assert!(!why.is_empty() && count > 0),
            }
        }
    }));
    assert!(all.is_ok(), "{name}: a fault comes through");
    assert!(began.elapsed() < SOON, "{name}: {:?}", began.elapsed());
    assert!(codes.len() < 100, "{name}: {} notes", codes.len());
    (reports, codes)
}

/// Takes each of ten hostile files, and then a good one cut off, flipped and doubled in many places.
#[track_caller]
fn check(name: &str, good: &[u8], hostile: &[Vec<u8>]) {
    assert_eq!(hostile.len(), 10, "{name}");
    let (reports, codes) = taken(name, good);
    assert!(reports > 0 && codes.is_empty(), "{name}: {codes:?}");
    for (at, bytes) in hostile.iter().enumerate() {
        taken(&format!("{at}/{name}"), bytes);
    }
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below.max(1)
    };
    let began = Instant::now();
    for _ in 0..60 {
        if began.elapsed() > Duration::from_secs(1) {
            break;
        }
        let (from, to) = (next(good.len()), next(good.len()));
        let mut flipped = good.to_vec();
        flipped[from] ^= 1 << next(8);
        flipped[to] = [0, b'"', b'<', b'\n', 0xff][next(5)];
        taken(name, &flipped);
        taken(name, &good[..from]);
        taken(
            name,
            &[&good[..from.max(to)], &good[from.min(to)..]].concat(),
        );
    }
}

const WORDS: &str =
    "Nine people were killed in a blast at the mill in Orrin on Monday, the mayor said.";

fn bytes(words: impl AsRef<str>) -> Vec<u8> {
    words.as_ref().as_bytes().to_vec()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn hostile_json() {
    let good = format!(
        "{{\"articles\": [{{\"text\": \"{WORDS}\", \"title\": null, \"headline\": \"T\"}}]}}"
    );
    let long = "x".repeat(100_000);
    check(
        "a.json",
        &bytes(&good),
        &[
            bytes("[".repeat(300_000)),
            bytes("{\"a\":".repeat(300_000)),
            bytes(format!("[{}]", "{\"text\":1},".repeat(30_000))),
            bytes(format!(
                "[{}]",
                "{\"text\":\"a\",\"title\":[[[[1]]]]},".repeat(3_000)
            )),
            bytes(format!("{{\"{long}\": \"{long}\", \"text\": \"{long}")),
            bytes("{\"text\": \"\\ud800\\u0000\"}"),
            bytes(format!(
                "{{\"text\": \"a\", \"text\": \"b\", \"c\": {}}}",
                "9".repeat(100_000)
            )),
            bytes("}]}]".repeat(100_000)),
            bytes(format!(
                "{{\"text\": \"a\", \"c\": [{}]}}",
                "{\"text\":\"b\"},".repeat(20_000) + "1"
            )),
            bytes("\"".repeat(300_001)),
        ],
    );
}

#[test]
fn hostile_json_lines() {
    let good = format!("{{\"text\": \"{WORDS}\"}}\n").repeat(3);
    check(
        "a.jsonl",
        &bytes(&good),
        &[
            bytes("\n".repeat(300_000)),
            bytes("nonsense\n".repeat(30_000)),
            bytes("{\"id\": 1}\n".repeat(30_000) + &good),
            bytes("[".repeat(300_000)),
            bytes("{\"a\":".repeat(100) + "1" + &"}".repeat(100) + "\n" + &good),
            vec![0xff; 300_000],
            [&[0xef, 0xbb, 0xbf].repeat(9)[..], &bytes(&good)].concat(),
            bytes("{\"text\": \"a\", \"title\": 9, \"source\": 9, \"byline\": {}}\n".repeat(3_000)),
            bytes("{\"text\": \"\"}\r".repeat(30_000)),
            vec![0; 300_000],
        ],
    );
}

#[test]
fn hostile_tables() {
    let good = format!("title,text\nT1,\"{WORDS}\"\nT2,\"{WORDS}\"\n");
    let wide = |words: &str| -> Vec<u8> {
        std::iter::once(0xfeffu16)
            .chain(words.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    check(
        "a.csv",
        &bytes(&good),
        &[
            bytes(format!("title,text\nT,\"{}", "x".repeat(300_000))),
            bytes("title,text\n".to_owned() + &"\"".repeat(300_001)),
            bytes(",".repeat(100_000) + "text\n" + &"x,".repeat(100_000)),
            bytes("text,".repeat(3_000) + "\n" + &",".repeat(3_000)),
            bytes("title,text\n".to_owned() + &"T\n".repeat(10_000)),
            bytes("title\ttext;a,b\n\u{0}\u{0},\u{0}\n".repeat(1_000)),
            [&wide("title,text\n\u{1f525},x\n")[..], &[0x00, 0xd8, 0x0a]].concat(),
            wide(&"title,text\nT,x\n".repeat(3_000)),
            bytes("text\r".repeat(30_000)),
            [&b"title,text\n"[..], &vec![0xff; 100_000], b",x\n"].concat(),
        ],
    );
}

const HEAD: &str = "From: Lake Post <a@b.example>\nTo: c@d.example\nSubject: Blast\nMessage-ID: <1@b>\n\
    MIME-Version: 1.0\n";

/// A mail of parts, each of which is its head and its words.
fn mail(kind: &str, parts: &[String]) -> String {
    let parts: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
    format!("{HEAD}Content-Type: {kind}; boundary=b\n\n{parts}--b--\n")
}

fn hostile_mails() -> Vec<Vec<u8>> {
    let base64 = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n";
    let deep: String = (0..3_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    let file = |name: &str| format!("Content-Type: text/plain; name=\"{name}\"\n\nNine.");
    vec![
        bytes(format!("{HEAD}{deep}")),
        bytes(mail("multipart/mixed", &vec!["\nx".to_owned(); 20_000])),
        bytes(mail(
            "multipart/alternative",
            &vec!["Content-Type: text/html\n\n<p>x".to_owned(); 2_000],
        )),
        bytes(mail(
            "multipart/mixed",
            &[format!("{base64}{}", "=?".repeat(100_000))],
        )),
        bytes(format!(
            "{HEAD}{}\n\nx",
            "X-A: =?utf-8?q?=C3?= =?x?b?/w==?=\n".repeat(5_000)
        )),
        bytes(format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n----\n"
        )),
        bytes(mail(
            "multipart/mixed",
            &[
                file("../../etc/passwd.txt"),
                file("a\u{0}b.txt"),
                file(&"x".repeat(9_000)),
            ],
        )),
        bytes(format!("{HEAD}{}", "\n--b".repeat(150_000))),
        bytes(mail(
            "multipart/alternative",
            &["Content-Type: text/html\n\n".to_owned() + &"<script>".repeat(20_000)],
        )),
        bytes(format!(
            "{HEAD}Content-Type: text/plain; charset={}\n\n\u{1}\u{2}",
            "x".repeat(9_000)
        )),
    ]
}

#[test]
fn hostile_mail() {
    let good = mail(
        "multipart/alternative",
        &[
            format!("Content-Type: text/plain\n\n{WORDS}"),
            format!("Content-Type: text/html\n\n<p>{WORDS}</p>"),
        ],
    );
    check("a.eml", &bytes(good), &hostile_mails());
}

#[test]
fn hostile_mailboxes() {
    let part = "From a@b.example Tue Mar  4 09:30:00 2031\n";
    let good = format!("{part}{HEAD}\n{WORDS}\n\n{part}{HEAD}\n{WORDS}\n");
    let mut all: Vec<Vec<u8>> = hostile_mails()
        .into_iter()
        .take(5)
        .map(|mail| [part.as_bytes(), &mail].concat())
        .collect();
    all.extend([
        bytes(format!("\n{part}").repeat(20_000)),
        bytes(format!("{part}{}", ">".repeat(300_000) + "From ")),
        bytes(format!("{part}{HEAD}\n{}", "From 10:30\n\n".repeat(20_000))),
        bytes(format!("{part}{}", "x".repeat(3_000_000))),
        bytes(format!("\n\n\n{part}{HEAD}\n\u{0}\n").repeat(500)),
    ]);
    check("a.mbox", &bytes(good), &all);
}

#[test]
fn hostile_saved_pages() {
    let head = "From: <Saved by a browser>\nSnapshot-Content-Location: https://a.example/1\nMIME-Version: 1.0\n";
    let page = |kind: &str, parts: &[String]| {
        let parts: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
        bytes(format!(
            "{head}Content-Type: {kind}; boundary=b\n\n{parts}--b--\n"
        ))
    };
    let html = |words: &str| format!("Content-Type: text/html\n\n{words}");
    let good = page("multipart/related", &[html(&format!("<p>{WORDS}</p>"))]);
    check(
        "a.mhtml",
        &good,
        &[
            page("multipart/related", &vec![html("<p>x"); 2_000]),
            page("multipart/related", &[html(&"<div>".repeat(20_000))]),
            page("multipart/related", &[html(&"<".repeat(5_000))]),
            page(
                "multipart/related",
                &[html(&"&#x110000;&amp".repeat(1_000))],
            ),
            page(
                "multipart/related",
                &[
                    "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
                        .to_owned()
                        + &"=ZZ=\n".repeat(20_000),
                ],
            ),
            page(
                "multipart/related",
                &["Content-Location: ".to_owned() + &"x".repeat(100_000)],
            ),
            page(
                "multipart/related",
                &[html("<table><tr><td>").repeat(2_000)],
            ),
            page("multipart/related", &[]),
            page("text/html", &[html("x")]),
            bytes(format!("{head}Content-Type: multipart/related\n\nx")),
        ],
    );
}

#[test]
fn hostile_web_archives() {
    let record = |length: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example\r\nContent-Length: {length}\r\n\r\n\
             {block}\r\n\r\n"
        )
    };
    let whole = |block: &str| record(&block.len().to_string(), block);
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    let good = whole(&format!("{ok}\r\n<p>{WORDS}</p>"));
    check(
        "a.warc",
        &bytes(&good),
        &[
            bytes(record("99999999999999999999", "x")),
            bytes(record("18446744073709551615", "x")),
            bytes(record("-1", "x")),
            bytes(whole("")).repeat(5_000),
            bytes(whole(&format!(
                "{ok}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"
            ))),
            bytes(whole(&format!(
                "{ok}Transfer-Encoding: chunked\r\n\r\n{}",
                "1\r\nx\r\n".repeat(20_000)
            ))),
            bytes(whole(&format!("{ok}{}\r\nx", "A: b\r\n".repeat(9_000)))),
            gzip(&gzip(good.as_bytes())),
            gzip(&vec![b'\n'; 5_000_000]),
            bytes("WARC/1.0\r\n".repeat(20_000)),
        ],
    );
}

#[test]
fn hostile_archives() {
    let words = WORDS.as_bytes();
    let good = zip(&[("a.txt", words), ("b/c.txt", words)]);
    let many: Vec<String> = (0..2_000).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), words)).collect();
    let in_itself = (0..6).fold(good.clone(), |inner, _| zip(&[("inner.zip", &inner)]));
    let mut false_size = good.clone();
    let end = false_size.len() - 10;
    false_size[end..].fill(0xff);
    let mut false_place = good.clone();
    let central = good.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    false_place[central + 42..central + 46].fill(0xff);
    let mut locked = good.clone();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    check(
        "a.zip",
        &good,
        &[
            zip(&[("a.txt", &vec![b'a'; 5_000_000])]),
            zip(&[
                ("a.txt", words),
                ("../../b.txt", words),
                ("/etc/c.txt", words),
                ("C:\\d.txt", words),
            ]),
            zip(&many),
            in_itself,
            false_size,
            false_place,
            locked,
            good.repeat(50),
            [&good[..], &vec![b'P'; 200_000]].concat(),
            bytes("PK\u{3}\u{4}".repeat(50_000)),
        ],
    );
}

#[test]
fn hostile_word_documents() {
    let body = |xml: &str| format!("<w:document xmlns:w=\"w\"><w:body>{xml}</w:body></w:document>");
    let p = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let docx = |xml: &str| zip(&[("word/document.xml", xml.as_bytes())]);
    let good = docx(&body(&p(WORDS)));
    let entity =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    check(
        "a.docx",
        &good,
        &[
            docx(&body(&format!(
                "{}{}",
                "<w:tbl><w:tr><w:tc>".repeat(5_000),
                p(WORDS)
            ))),
            docx(&body(&"<w:p>".repeat(50_000))),
            docx(&body(&"</w:tr></w:p></w:tc>".repeat(20_000))),
            docx(&format!("{entity}{}", body(&p(&"&b;".repeat(5_000))))),
            docx(&body(&"<w:del>".repeat(50_000))),
            docx(&body(&format!("<w:p w:a=\"{}", "x".repeat(200_000)))),
            docx(&body(&p("&#0;&#x110000;&nothing;").repeat(2_000))),
            docx(""),
            zip(&[
                ("word/styles.xml", b"<"),
                ("word/document.xml", b"\xff\xfe<\x00"),
            ]),
            docx(&format!("<![CDATA[{}", "]".repeat(200_000))),
        ],
    );
}

/// A file of one page, whose contents are packed as `about` says.
fn pdf(about: &str, data: &[u8]) -> Vec<u8> {
    let head = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
        /Resources << /Font << /F 5 0 R >> >> \
        >>\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>\nendobj\n";
    let stream = format!("4 0 obj\n<< {about} /Length {} >>\nstream\n", data.len());
    let tail = "\nendstream\nendobj\ntrailer\n<< /Size 9 /Root 1 0 R >>\n%%EOF\n";
    [head.as_bytes(), stream.as_bytes(), data, tail.as_bytes()].concat()
}

#[test]
fn hostile_pdf_files() {
    let drawn = format!("BT /F 11 Tf 1 0 0 1 60 700 Tm ({WORDS}) Tj ET");
    let good = pdf("/Filter /FlateDecode", &zlib(drawn.as_bytes()));
    let blank = vec![0; 1_000_000];
    check(
        "a.pdf",
        &good,
        &[
            pdf(
                "/Filter [/Fl /Fl /Fl /Fl]",
                &zlib(&zlib(&zlib(&zlib(&blank)))),
            ),
            pdf("/Filter /LZWDecode", &[0x80; 30_000]),
            pdf("/Filter [/RL /RL /RL /RL /RL /RL]", &[0x81; 30_000]),
            pdf("/Filter [/A85 /A85 /A85 /A85]", &[b'z'; 30_000]),
            pdf("/Length 4 0 R /Filter 4 0 R", drawn.as_bytes()),
            pdf("", &b"q ".repeat(50_000)),
            pdf("", &b"[".repeat(100_000)),
            pdf(
                "",
                &format!("/F {} Tf {drawn}", "9".repeat(50_000)).into_bytes(),
            ),
            [&good[..], &b"<<".repeat(20_000)].concat(),
            [
                &b"%PDF-1.4\n"[..],
                &b"1 0 obj <</Kids [1 0 R] /Type /Pages /Parent 1 0 R>> endobj\n".repeat(500),
            ]
            .concat(),
        ],
    );
}
