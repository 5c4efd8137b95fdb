//! `crossbearing text`: what is taken as the report.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_crossbearing"))
        .arg("text")
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    (
        output.status.code().expect("an exit status"),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// A fresh folder for one test, with these files.
fn folder(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("text-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Ferry sinks | Lake Tribune</title>
<meta property="og:site_name" content="Lake Tribune">
<meta property="article:published_time" content="2031-03-04T09:30:00Z"></head>
<body><nav><a href="/">Home</a></nav>
<article><h1>Ferry sinks</h1><figure><figcaption>The ferry “Mirá” in 2030.</figcaption></figure>
<p>A ferry sank off the port of Orrin on Monday and at least nine people drowned, the coast guard said.</p>
<p><a href="/x">Mayor opens new swimming pool</a></p>
<p>It had left Vell in the morning, with some forty people and a flock of sheep on board, its owner said.</p>
</article><footer>© Lake Tribune</footer></body></html>"#;

#[test]
fn a_page_is_one_line_of_json() {
    let folder = folder("json", &[("a.html", PAGE)]);
    let (code, out, err) = run(&folder, &["a.html", "--json"]);
    assert_eq!((code, out.lines().count()), (0, 1), "{err}");
    let line: Value = serde_json::from_str(&out).unwrap();
    let field = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
    assert_eq!(field("file"), "a.html");
    assert_eq!(field("title"), "Ferry sinks");
    assert_eq!(field("source"), "Lake Tribune");
    assert_eq!(field("published"), "2031-03-04T09:30Z");
    assert_eq!(field("language"), "en");
    assert_eq!(
        field("text"),
        "A ferry sank off the port of Orrin on Monday and at least nine people drowned, the coast guard said.\n\nIt \
         had left Vell in the morning, with some forty people and a flock of sheep on board, its owner said."
    );
    let frozen: Vec<char> = field("frozen").chars().collect();
    let blocks: Vec<(String, String)> = line["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|block| {
            let at = |i: usize| block["range"][i].as_u64().unwrap() as usize;
            let words = frozen[at(0)..at(1)].iter().collect();
            (block["kind"].as_str().unwrap().to_owned(), words)
        })
        .collect();
    let has = |kind: &str, words: &str| blocks.contains(&(kind.to_owned(), words.to_owned()));
    assert!(has("title", "Ferry sinks"), "{blocks:?}");
    assert!(has("caption", "The ferry “Mirá” in 2030."), "{blocks:?}");
    assert!(
        has("boilerplate", "Mayor opens new swimming pool"),
        "{blocks:?}"
    );
}

#[test]
fn what_is_printed_can_be_read_again() {
    let folder = folder("again", &[("a.html", PAGE)]);
    let (code, out, _) = run(&folder, &["a.html"]);
    assert_eq!(code, 0);
    assert!(
        out.starts_with(
            "Title: Ferry sinks\nSource: Lake Tribune\nPublished: 2031-03-04T09:30Z\n\nA ferry sank"
        ),
        "{out}"
    );
    fs::write(folder.join("b.txt"), &out).unwrap();
    let (_, again, _) = run(&folder, &["b.txt"]);
    assert_eq!(again, out);
}

#[test]
fn each_file_has_its_line_and_a_bad_one_is_remembered() {
    let folder = folder(
        "several",
        &[
            ("a.html", PAGE),
            (
                "b.txt",
                "Source: Lake Tribune\n\nTwo boats sank off Orrin.\n",
            ),
            ("c.txt", " \n"),
        ],
    );
    let (code, out, err) = run(&folder, &["--json", "c.txt", "b.txt", "a.html"]);
    assert_eq!(code, 1);
    assert!(err.contains("error: c.txt: the file is empty"), "{err}");
    let files: Vec<String> = out
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            assert!(line["text"].as_str().is_some_and(|text| !text.is_empty()));
            line["file"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(files, ["a.html", "b.txt"]);
    let (code, out, _) = run(&folder, &["a.html", "b.txt"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("==> a.html <==") && out.contains("==> b.txt <=="),
        "{out}"
    );
}

#[test]
fn no_file_is_wrong_usage() {
    let (code, out, err) = run(&folder("usage", &[]), &[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("Usage"), "{err}");
}

/// A file that is no single report is told by name, and what to try.
fn check_refused(test: &str, name: &str, text: &str, what: &str) {
    let folder = folder(test, &[(name, text)]);
    let (code, out, err) = run(&folder, &["--json", name]);
    assert_eq!((code, out.as_str()), (1, ""), "{name}");
    assert!(
        err.contains(what) && err.contains("  hint: "),
        "{name}: {err}"
    );
}

#[test]
fn wrappings_are_refused() {
    let mail = "Received: from a.example\nFrom: desk@lake.example\nSubject: Fire\nMIME-Version: 1.0\nContent-Type: \
        multipart/alternative; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>Two people died in a fire.</p>\n";
    check_refused("mail", "a.txt", mail, "an e-mail message");
    let coded = "From: desk@lake.example\nTo: me@lake.example\nContent-Transfer-Encoding: base64\nContent-Type: \
        text/plain\n\nVHdvIHBlb3BsZSBkaWVkLg==\n";
    check_refused("coded", "a.txt", coded, "an e-mail message");
    let mhtml = "From: <Saved by a browser>\nSnapshot-Content-Location: https://lake.example/a\nSubject: Fire\n\
        MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\n";
    check_refused("mhtml", "a.txt", mhtml, "a page saved as MHTML");
    let warc = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>Two died.</p>";
    check_refused("warc", "a.txt", warc, "a web archive (WARC)");
    let rss = "<?xml version=\"1.0\"?>\n<!-- made by x -->\n<rss version=\"2.0\"><channel><title>Fires &amp; \
        floods</title><item><title>Two die</title></item></channel></rss>";
    check_refused("rss", "a.txt", rss, "a feed of several reports");
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><entry><title>Two die</title></entry>\
        </feed>";
    check_refused("atom", "a.html", atom, "a feed of several reports");
    check_refused("pdf", "a.txt", "\n\n%PDF-1.7\nx", "the PDF file is damaged");
    let header = "Source: Lake Tribune\nLanguage: en\n\n";
    check_refused("header", "a.txt", header, "holds header lines");
}

#[test]
fn a_consent_layer_is_no_report() {
    let page = |layer: &str| {
        format!(
            "<html><head><title>Fire kills two in Vell</title></head><body>{layer}</body></html>"
        )
    };
    let layers = [
        r#"<div id="onetrust-consent-sdk"><p>We and our vendors use cookies and personal data.
            Set your preferences for each purpose below.</p></div>"#,
        r#"<div class="cmp-root"><h2>Before you go on</h2><p>312 partners would like to
            read data on your device for personalised advertising.</p></div>"#,
        r#"<div role="dialog"><p>Give your consent, or see what our partners do
            with personal data and cookies on your device.</p></div>"#,
    ];
    for (at, layer) in layers.iter().enumerate() {
        let name = format!("consent{at}");
        check_refused(&name, "a.html", &page(layer), "asks for consent to cookies");
    }
}

#[test]
fn one_zero_byte_is_no_binary_file() {
    let text = "Two people died in a fire in Vell on Monday,\0 the mayor said.\n";
    let folder = folder("zero", &[("a.txt", text)]);
    let (code, out, err) = run(&folder, &["a.txt"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("on Monday,\u{fffd} the mayor"), "{out}");
}

#[test]
fn sidecars_that_do_not_apply_are_told() {
    let files = [
        ("a.txt", "Two people died in a fire."),
        (
            "a.json",
            r#"{"titel": "Fire", "published": 20310304, "source": "Lake Tribune"}"#,
        ),
    ];
    let folder = folder("sidecar", &files);
    fs::write(folder.join("b.txt"), "Two people died in a fire.").unwrap();
    let wide: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(
        folder.join("b.json"),
        [&[0xff, 0xfe], wide.as_slice()].concat(),
    )
    .unwrap();
    let (code, out, err) = run(&folder, &["a.txt", "b.txt"]);
    assert_eq!(code, 1);
    assert!(out.contains("Source: Lake Tribune"), "{out}");
    for told in [
        "\"titel\"",
        "\"published\"",
        "b.json: the sidecar is not UTF-8",
    ] {
        assert!(err.contains(told), "{told}: {err}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf_8_stops_no_pattern() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("names", &[("a.txt", "Two people died in a fire.")]);
    let odd = folder.join(std::ffi::OsStr::from_bytes(b"b\xff.txt"));
    if fs::write(odd, "Three people died in a flood.").is_err() {
        return; // some file systems take no such name
    }
    let (code, out, err) = run(&folder, &["*.txt"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("fire") && out.contains("flood"), "{out}");
}
