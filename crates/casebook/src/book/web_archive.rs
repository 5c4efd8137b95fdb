//! The bytes as received, as a web archive (WARC, ISO 28500:2017): what other tools for evidence replay and check.
//!
//! Each record is a gzip member of its own, so that readers may begin at any. What a site answered is a `response` with
//! its headers; a file that somebody gave is a `resource`. Bodies are kept without their transfer encodings, and the
//! headers that told of these stand under another name. Digests are SHA-256, so that any change of a byte is found.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use flate2::{Compression, write::GzEncoder};
use store::{
    Error, Store,
    arrivals::{self, Received},
    database::Database,
    lists,
    log::{hex, sha256, time, unhex},
    results,
};

use super::outgoing::NotWritten;

/// Writes the captures of reports, in the order in which these came in: of all, or of those in the cases given. Says
/// how many. `progress` hears how many are done.
///
/// # Errors
///
/// [`NotWritten`]; bytes that are no longer those that were received are an error, too.
pub fn write(
    store: &mut Store,
    only: Option<&BTreeSet<String>>,
    now: jiff::Timestamp,
    program: &str,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, NotWritten> {
    let about = format!(
        "software: Crossbearing {program}\r\nformat: WARC File Format 1.1\r\ndescription: bytes as a casebook \
         received them\r\n"
    );
    let id = uuid(&[b"warcinfo", time(now).as_bytes(), program.as_bytes()]);
    record(
        &[
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", &id),
            ("WARC-Date", &time(now)),
            ("Content-Type", "application/warc-fields"),
        ],
        about.as_bytes(),
        out,
    )?;
    let bytes = store.bytes();
    let mut n = 0;
    for report in reports(store.database(), only)? {
        let stored = arrivals::report(store.database(), &report)?;
        for capture in arrivals::captures(store.database(), &report)? {
            let hash = unhex(&capture.sha256).ok_or_else(|| Error::Damaged {
                place: format!("captures {}", capture.seq),
                why: "its hash is no SHA-256".to_owned(),
            })?;
            let body = bytes.get(store.database(), &hash)?;
            one(&report, &stored.report.media_type, &capture, &body, out)?;
            n += 1;
            progress(n);
        }
    }
    Ok(n)
}

/// Ids of reports, the first added first.
fn reports(
    database: &mut dyn Database,
    only: Option<&BTreeSet<String>>,
) -> Result<Vec<String>, Error> {
    let mut named = BTreeSet::new();
    for case in only.into_iter().flatten() {
        let dossier = results::dossier(database, case)?;
        let cards = dossier.into_iter().flat_map(|it| it.reports);
        named.extend(cards.map(|card| card.report.id.to_string()));
    }
    let mut out = Vec::new();
    let mut from = i64::MAX;
    loop {
        let some = lists::reports(database, from, 1_000)?;
        let Some(last) = some.last() else { break };
        from = last.seq - 1;
        let some = some.into_iter().map(|it| it.id);
        out.extend(some.filter(|id| only.is_none() || named.contains(id)));
    }
    out.reverse();
    Ok(out)
}

fn one(
    report: &str,
    media: &str,
    capture: &Received,
    body: &[u8],
    out: &mut dyn Write,
) -> io::Result<()> {
    let address = capture.final_address.as_ref().or(capture.address.as_ref());
    let target = match address.filter(|it| is_address(it)) {
        Some(address) => address.clone(),
        None => format!("urn:crossbearing:{report}"),
    };
    let digest = format!("sha256:{}", capture.sha256);
    let id = uuid(&[
        report.as_bytes(),
        capture.sha256.as_bytes(),
        &capture.seq.to_be_bytes(),
    ]);
    let answered = capture.status.filter(|_| !capture.headers.is_empty());
    let (block, kind, content) = match answered {
        Some(status) => {
            let mut block = head(status, capture, body.len()).into_bytes();
            block.extend_from_slice(body);
            (
                block,
                "response",
                "application/http; msgtype=response".to_owned(),
            )
        }
        None => (body.to_vec(), "resource", plain(media)),
    };
    let block_digest = format!("sha256:{}", hex(&sha256(&block)));
    record(
        &[
            ("WARC-Type", kind),
            ("WARC-Record-ID", &id),
            ("WARC-Date", &plain(&capture.received)),
            ("WARC-Target-URI", &target),
            ("WARC-Block-Digest", &block_digest),
            ("WARC-Payload-Digest", &digest),
            ("X-Crossbearing-Report", report),
            ("X-Crossbearing-Method", &plain(&capture.method)),
            ("Content-Type", &content),
        ],
        &block,
        out,
    )
}

/// What a site answered before its page.
fn head(status: u16, capture: &Received, length: usize) -> String {
    // What these say of the bytes on their way does not hold of the bytes that are kept.
    const OF_THE_WAY: [&str; 3] = ["content-encoding", "transfer-encoding", "content-length"];
    let mut out = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in &capture.headers {
        let (name, value) = (plain(name), plain(value));
        let before = match OF_THE_WAY.contains(&name.to_ascii_lowercase().as_str()) {
            true => "X-Archive-Orig-",
            false => "",
        };
        out.push_str(&format!("{before}{name}: {value}\r\n"));
    }
    out.push_str(&format!("Content-Length: {length}\r\n\r\n"));
    out
}

/// Whether something is an address that may stand in a header as it is.
fn is_address(address: &str) -> bool {
    (address.starts_with("http://") || address.starts_with("https://"))
        && address
            .bytes()
            .all(|it| it.is_ascii_graphic() && !matches!(it, b'<' | b'>' | b'"'))
}

/// Words for a header: no line begins in them.
fn plain(words: &str) -> String {
    words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A name of a record by what it is made of: a UUID (version 8) of the first bytes of its hash.
fn uuid(of: &[&[u8]]) -> String {
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&sha256(&of.join(&0))[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex(&bytes);
    let (a, b) = (&digits[..8], &digits[8..12]);
    let (c, d, e) = (&digits[12..16], &digits[16..20], &digits[20..]);
    format!("<urn:uuid:{a}-{b}-{c}-{d}-{e}>")
}

/// Writes a record as one gzip member.
fn record(headers: &[(&str, &str)], block: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let mut member = GzEncoder::new(out, Compression::default());
    member.write_all(b"WARC/1.1\r\n")?;
    for (name, value) in headers {
        write!(member, "{name}: {value}\r\n")?;
    }
    write!(member, "Content-Length: {}\r\n\r\n", block.len())?;
    member.write_all(block)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish().map(|_| ())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::{GzDecoder, MultiGzDecoder};
    use store::arrivals::Capture;

    use super::*;

    fn capture(status: Option<u16>, headers: &[(&str, &str)], address: &str) -> Received {
        let headers = headers.iter().map(|it| (it.0.to_owned(), it.1.to_owned()));
        Received {
            seq: 7,
            sha256: hex(&sha256(b"body")),
            bytes: 4,
            capture: Capture {
                address: Some(address.to_owned()),
                final_address: None,
                redirects: Vec::new(),
                received: "2031-03-04T05:06:07.000Z".to_owned(),
                method: "http".to_owned(),
                tool: "0".to_owned(),
                operator: Some("Ana".to_owned()),
                status,
                headers: headers.collect(),
                container: None,
            },
        }
    }

    fn written(capture: &Received) -> String {
        let mut out = Vec::new();
        one("r:1", "text/html", capture, b"body", &mut out).unwrap();
        let mut words = String::new();
        GzDecoder::new(&out[..]).read_to_string(&mut words).unwrap();
        words
    }

    #[test]
    fn an_answer_keeps_its_headers_but_those_of_its_way() {
        let headers = [
            ("Content-Type", "text/html"),
            ("Content-Encoding", "gzip"),
            ("X", "a\r\nY: b"),
        ];
        let said = written(&capture(Some(200), &headers, "https://a.example/1"));
        for line in [
            "WARC-Type: response\r\n",
            "WARC-Target-URI: https://a.example/1\r\n",
            "\r\n\r\nHTTP/1.1 200\r\nContent-Type: text/html\r\n",
            "\r\nX-Archive-Orig-Content-Encoding: gzip\r\nX: a  Y: b\r\n",
            "Content-Length: 4\r\n\r\nbody\r\n\r\n",
        ] {
            assert!(said.contains(line), "{line}: {said}");
        }
        assert!(
            !said.contains("Ana"),
            "who ran it is nobody else's business"
        );
    }

    #[test]
    fn a_file_is_a_resource_and_no_address_begins_a_line() {
        let said = written(&capture(None, &[], "a.html\r\nWARC-Type: metadata"));
        assert!(
            said.starts_with("WARC/1.1\r\nWARC-Type: resource\r\n"),
            "{said}"
        );
        assert!(
            said.contains("WARC-Target-URI: urn:crossbearing:r:1\r\n"),
            "{said}"
        );
        assert_eq!(said.matches("WARC-Type").count(), 1);
    }

    #[test]
    fn records_are_members_of_their_own_with_names_of_their_own() {
        let mut out = Vec::new();
        let (a, b) = (uuid(&[b"a"]), uuid(&[b"b"]));
        assert!(
            a != b && a.len() == "<urn:uuid:>".len() + 36 && &a[24..25] == "8",
            "{a}"
        );
        for id in [&a, &b] {
            record(&[("WARC-Record-ID", id)], b"x", &mut out).unwrap();
        }
        let mut all = String::new();
        MultiGzDecoder::new(&out[..])
            .read_to_string(&mut all)
            .unwrap();
        assert_eq!(all.matches("WARC/1.1").count(), 2);
        let mut first = String::new();
        GzDecoder::new(&out[..]).read_to_string(&mut first).unwrap();
        assert_eq!(first.matches("WARC/1.1").count(), 1);
    }
}
