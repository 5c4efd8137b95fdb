//! Mail (EML) and pages saved with all that belongs to them (MHTML): the message is a report, and so is each
//! attachment that holds text.
//!
//! Of a message in several forms the plain one is taken. What it is attached to says when it was sent and by whom, not
//! who wrote the attachment. Attachments that hold no text (pictures, sound, tables of numbers) are counted by kind.

use std::{collections::BTreeMap, io::Read};

use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail};
use model::{Note, Severity};
use reader::text::Metadata;

use super::{
    format::{Document, Format, Member, Members, Source},
    limits::Limits,
};
use crate::ingest::{
    columns::Columns,
    endings::{self, CONTAINERS, REPORTS},
    notes::note,
};

/// The row of the table.
pub(super) const FORMAT: Format = Format {
    name: "a mail",
    endings: &["eml", "mhtml", "mht"],
    begins: |head, _: &Columns| begins(head),
    seeks: false,
    open,
};

/// What a mail may have more than a document: attachments are a third larger than what they hold, and there are some.
pub(super) const TIMES: u64 = 4;

/// A text beside the message that has fewer characters is a footer.
const FOOTER: usize = 200;

/// Whether bytes begin with the head of a mail.
pub(super) fn begins(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(16_384)]).to_ascii_lowercase();
    let mut keys = Vec::new();
    for line in head.lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let key = line.split_once(':').map_or("", |(key, _)| key);
        let named = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if key.is_empty() || !key.bytes().all(named) {
            return false;
        }
        keys.push(key);
    }
    let has = |names: &[&str]| names.iter().any(|name| keys.contains(name));
    let wrapped = has(&["mime-version", "content-type", "content-transfer-encoding"]);
    wrapped || has(&["from"]) && has(&["message-id", "received", "return-path"])
}

fn open<'a>(source: Source<'a>, limits: &Limits) -> Members<'a> {
    let limit = limits.document * TIMES;
    let mut bytes = Vec::new();
    let read = source.bytes.take(limit + 1).read_to_end(&mut bytes);
    let told = |message: String, hint: &str| -> Members<'a> {
        let told = note(Severity::Error, "bad-mail", &source.name, &message, hint);
        Box::new(std::iter::once(Member::Told(told)))
    };
    if let Err(error) = read {
        return told(
            format!("the mail cannot be read: {error}"),
            "fetch it again",
        );
    }
    if bytes.len() as u64 > limit {
        let message = format!("the mail has more than {} MB", limit / 1_000_000);
        return told(message, "save its attachments as files");
    }
    let place = Place {
        name: &source.name,
        mail: None,
        offset: None,
    };
    Box::new(members(&bytes, &place, limits).into_iter())
}

/// Where a mail stands.
pub(super) struct Place<'a> {
    /// What its file is called in notes.
    pub name: &'a str,
    /// Its number in a file of several.
    pub mail: Option<usize>,
    /// The byte at which it begins there.
    pub offset: Option<u64>,
}

impl Place<'_> {
    fn subject(&self) -> String {
        match self.mail {
            Some(mail) => format!("{}:{mail}", self.name),
            None => self.name.to_owned(),
        }
    }

    fn bad(&self, message: &str, hint: &str) -> Note {
        note(Severity::Error, "bad-mail", &self.subject(), message, hint)
    }
}

/// What a mail holds: the message first.
pub(super) fn members(bytes: &[u8], place: &Place<'_>, limits: &Limits) -> Vec<Member> {
    let mail = match mailparse::parse_mail(bytes) {
        Ok(mail) => mail,
        Err(error) => {
            let message = format!("the mail cannot be taken apart: {error}");
            let hint = "open it in a mail program, and save its text";
            return vec![Member::Told(place.bad(&message, hint))];
        }
    };
    let mut found = Parts {
        place,
        limit: limits.document,
        saved: mail
            .ctype
            .mimetype
            .eq_ignore_ascii_case("multipart/related")
            && mail.headers.get_first_value("To").is_none(),
        given: of_head(&mail),
        part: 0,
        message: false,
        out: Vec::new(),
        passed: BTreeMap::new(),
    };
    if found.saved {
        found.given = of_saved(&mail);
    }
    found.walk(&mail, false);
    let mut out = found.out;
    if out.is_empty() {
        let told = place.bad("the mail holds no text", "open it in a mail program");
        out.push(Member::Told(Note {
            severity: Severity::Warning,
            ..told
        }));
    }
    let passed = found.passed.into_iter();
    out.extend(passed.map(|(why, count)| Member::PassedOver(why, count)));
    out
}

/// What the head of a mail says of the message.
fn of_head(mail: &ParsedMail<'_>) -> Metadata {
    let value = |name: &str| {
        let value = mail.headers.get_first_value(name)?;
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then_some(value)
    };
    let from = mail.headers.get_first_header("From");
    let from = from.and_then(|from| mailparse::addrparse_header(from).ok());
    let from = from.and_then(|list| match list.first()? {
        MailAddr::Single(one) => Some((one.display_name.clone(), one.addr.clone())),
        MailAddr::Group(group) => Some((Some(group.group_name.clone()), String::new())),
    });
    let (name, address) = from.unwrap_or_default();
    let name = name.map(|name| name.trim().to_owned());
    let name = name.filter(|name| name.contains(char::is_alphabetic));
    let host = address
        .rsplit_once('@')
        .map(|(_, host)| host.to_lowercase());
    let id = value("Message-ID").map(|id| id.trim_matches(['<', '>', ' ']).to_owned());
    Metadata {
        title: value("Subject"),
        source: name.clone().or(host),
        byline: name,
        // The address of a message, as RFC 2392 writes it: two messages with the same words are two.
        url: id.filter(|id| !id.is_empty()).map(|id| format!("mid:{id}")),
        published: value("Date"),
        language: value("Content-Language"),
        ..Metadata::default()
    }
}

/// What the head of a saved page says of it: where it was and when it was saved.
fn of_saved(mail: &ParsedMail<'_>) -> Metadata {
    let value = |name: &str| mail.headers.get_first_value(name);
    let inner = mail.subparts.first();
    let inner = inner.and_then(|part| part.headers.get_first_value("Content-Location"));
    let address = value("Snapshot-Content-Location").or(value("Content-Location"));
    Metadata {
        url: address
            .or(inner)
            .filter(|address| address.starts_with("http")),
        fetched_at: value("Date"),
        ..Metadata::default()
    }
}

/// The parts of a mail on their way out.
struct Parts<'a> {
    place: &'a Place<'a>,
    limit: u64,
    /// Whether it is a saved page: what belongs to it is no attachment.
    saved: bool,
    given: Metadata,
    /// The part met last, counted from one.
    part: usize,
    /// Whether the message itself was met.
    message: bool,
    out: Vec<Member>,
    passed: BTreeMap<&'static str, u64>,
}

impl Parts<'_> {
    /// Takes a part and those in it; of one that is another form of what is taken, only what is attached to it.
    fn walk(&mut self, part: &ParsedMail<'_>, other_form: bool) {
        let kind = part.ctype.mimetype.to_lowercase();
        if kind == "multipart/encrypted" || kind.ends_with("pkcs7-mime") {
            let hint = "open it in a mail program that has the key, and save its text";
            let told = self.place.bad("the mail is encrypted", hint);
            self.out.push(Member::Told(told));
            return;
        }
        if kind == "multipart/alternative" {
            let plain = |part: &&ParsedMail<'_>| {
                let is_plain = part.ctype.mimetype.eq_ignore_ascii_case("text/plain");
                is_plain && part.get_body_raw().is_ok_and(|it| !blank(&it))
            };
            let own = part.subparts.iter().find(plain).or(part.subparts.last());
            for inner in &part.subparts {
                let other = own.is_some_and(|own| !std::ptr::eq(own, inner));
                self.walk(inner, other || other_form);
            }
            return;
        }
        if !part.subparts.is_empty() {
            for inner in &part.subparts {
                self.walk(inner, other_form);
            }
            return;
        }
        self.part += 1;
        self.leaf(part, &kind, other_form);
    }

    fn leaf(&mut self, part: &ParsedMail<'_>, kind: &str, other_form: bool) {
        let disposition = part.get_content_disposition();
        let attached = matches!(disposition.disposition, DispositionType::Attachment);
        let name = disposition.params.get("filename");
        let name = name.or_else(|| part.ctype.params.get("name")).cloned();
        let text = matches!(kind, "text/plain" | "text/html" | "application/xhtml+xml");
        if text && !attached && name.is_none() {
            if !other_form {
                self.text(part, kind);
            }
        } else if self.saved {
            // Pictures, styles and scripts of the page.
        } else {
            self.attachment(part, kind, name);
        }
    }

    /// Takes a text: the message, or what stands beside it.
    fn text(&mut self, part: &ParsedMail<'_>, kind: &str) {
        let Some(bytes) = self.bytes(part, "the message") else {
            return;
        };
        if blank(&bytes) || self.saved && self.message {
            return;
        }
        if self.message && bytes.len() < FOOTER {
            return self.pass("short texts beside the message of a mail");
        }
        let inner = self.message.then(|| format!("part {}", self.part));
        let mut given = self.given.clone();
        given.media_type = Some(with_charset(part, kind));
        self.message = true;
        self.push(inner, bytes, given);
    }

    fn attachment(&mut self, part: &ParsedMail<'_>, kind: &str, name: Option<String>) {
        let named = name.is_some();
        let mut name = name.unwrap_or_else(|| format!("part {}", self.part));
        // A name is a place here, and no path.
        name = name.replace(['/', '\\'], "_");
        let path = std::path::Path::new(&name);
        let fits = endings::has(path, REPORTS) || endings::has(path, CONTAINERS);
        if !fits {
            let ending = KINDS.iter().find(|(known, _)| *known == kind);
            match ending {
                Some((_, ending)) => name = format!("{name}.{ending}"),
                None => return self.pass(why(kind)),
            }
        }
        let Some(bytes) = self.bytes(part, &name) else {
            return;
        };
        if blank(&bytes) {
            return self.pass("empty attachments of mails");
        }
        let text = matches!(kind, "text/plain" | "text/html")
            && endings::has(std::path::Path::new(&name), REPORTS)
            && (named || part.ctype.params.contains_key("charset"));
        let given = Metadata {
            media_type: text.then(|| with_charset(part, kind)),
            fetched_at: self.given.published.clone(),
            ..Metadata::default()
        };
        self.push(Some(name), bytes, given);
    }

    fn push(&mut self, inner: Option<String>, bytes: Vec<u8>, given: Metadata) {
        let name = match (inner, self.place.mail) {
            (Some(inner), Some(mail)) => Some(format!("{mail}/{inner}")),
            (inner, _) => inner,
        };
        self.out.push(Member::Document(Document {
            name,
            index: self.place.mail.unwrap_or(self.part),
            offset: self.place.offset,
            bytes,
            given,
        }));
    }

    fn pass(&mut self, why: &'static str) {
        *self.passed.entry(why).or_default() += 1;
    }

    /// The bytes of a part out of the letters that mail wraps them in.
    fn bytes(&mut self, part: &ParsedMail<'_>, what: &str) -> Option<Vec<u8>> {
        let message = match part.get_body_raw() {
            Ok(bytes) if bytes.len() as u64 <= self.limit => return Some(bytes),
            Ok(_) => format!("{what:?} has more than {} MB", self.limit / 1_000_000),
            Err(error) => format!("{what:?} is damaged: {error}"),
        };
        let hint = "open the mail in a mail program, and save what it holds";
        let told = self.place.bad(&message, hint);
        self.out.push(Member::Told(told));
        None
    }
}

/// Kinds of attachments that hold text, and the ending of their files.
const KINDS: &[(&str, &str)] = &[
    ("text/plain", "txt"),
    ("text/html", "html"),
    ("text/csv", "csv"),
    ("message/rfc822", "eml"),
    ("application/pdf", "pdf"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    ("application/zip", "zip"),
    ("application/x-zip-compressed", "zip"),
    ("application/mbox", "mbox"),
];

/// Why an attachment is passed over.
fn why(kind: &str) -> &'static str {
    match kind.split('/').next().unwrap_or_default() {
        "image" => "attachments of mails that are pictures",
        "audio" => "attachments of mails that are sound",
        "video" => "attachments of mails that are film",
        _ => "attachments of mails of a kind that is not read",
    }
}

fn with_charset(part: &ParsedMail<'_>, kind: &str) -> String {
    match part.ctype.params.get("charset") {
        Some(charset) => format!("{kind}; charset={charset}"),
        None => kind.to_owned(),
    }
}

fn blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a mail: of a report its name, what it is written in, its title and words.
    #[track_caller]
    fn check(mail: &str, wanted: &[&str]) {
        let mail = mail.replace('\n', "\r\n");
        let got = open(Source::of("a", mail.as_bytes()), &Limits::default()).map(|one| match one {
            Member::Document(it) => format!(
                "{} {} {} {}",
                it.name.unwrap_or_default(),
                it.given.media_type.unwrap_or_default(),
                it.given.title.unwrap_or_default(),
                String::from_utf8_lossy(&it.bytes).trim()
            ),
            Member::Told(note) => format!("{}: {}", note.code, note.message),
            Member::PassedOver(why, count) => format!("{count} {why}"),
        });
        let got: Vec<String> = got.collect();
        assert_eq!(got, wanted);
    }

    const HEAD: &str = "From: =?utf-8?q?Lake_P=C3=B6st?= <desk@lake.example>\nTo: a@b.example\n\
        Subject: Blast in\n Orrin\nDate: Tue, 04 Mar 2031 09:30:00 +0100\nMessage-ID: <7@lake.example>\n\
        MIME-Version: 1.0\n";

    #[test]
    fn a_message_is_a_report_by_whoever_sent_it() {
        let mail =
            format!("{HEAD}Content-Type: text/plain; charset=iso-8859-1\n\nNine were killed.\n");
        check(
            &mail,
            &[" text/plain; charset=iso-8859-1 Blast in Orrin Nine were killed."],
        );
        let bytes = mail.replace('\n', "\r\n");
        let place = Place {
            name: "a",
            mail: None,
            offset: None,
        };
        let members = members(bytes.as_bytes(), &place, &Limits::default());
        let [Member::Document(one)] = &members[..] else {
            panic!("{members:?}");
        };
        assert_eq!(one.given.source.as_deref(), Some("Lake Pöst"));
        assert_eq!(one.given.byline.as_deref(), Some("Lake Pöst"));
        assert_eq!(one.given.url.as_deref(), Some("mid:7@lake.example"));
        let sent = one.given.published.as_deref();
        assert_eq!(sent, Some("Tue, 04 Mar 2031 09:30:00 +0100"));
    }

    #[test]
    fn the_plain_form_is_taken_and_what_is_attached_to_any() {
        let mail = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=m\n\n\
             --m\nContent-Type: multipart/alternative; boundary=a\n\n\
             --a\nContent-Type: text/plain\n\nNine were killed.\n\
             --a\nContent-Type: multipart/related; boundary=r\n\n\
             --r\nContent-Type: text/html\n\n<p>Nine were killed.\n\
             --r\nContent-Type: image/png\nContent-ID: <logo>\n\nPNG\n--r--\n--a--\n\
             --m\nContent-Type: text/plain; charset=utf-8; name=\"../more.txt\"\n\
             Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\nVHdvIHdlcmUgaHVydC4=\n\
             --m\nContent-Type: application/pdf\n\n%PDF-1.4\n\
             --m\nContent-Type: application/x-odd; name=odd.bin\n\nx\n\
             --m\nContent-Type: text/plain\n\nThe list's footer.\n--m--\n"
        );
        check(
            &mail,
            &[
                " text/plain Blast in Orrin Nine were killed.",
                ".._more.txt text/plain; charset=utf-8  Two were hurt.",
                "part 5.pdf   %PDF-1.4",
                "1 attachments of mails of a kind that is not read",
                "1 attachments of mails that are pictures",
                "1 short texts beside the message of a mail",
            ],
        );
        let html = format!(
            "{HEAD}Content-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\n \n\
             --a\nContent-Type: text/html\n\n<p>Nine\n--a--\n"
        );
        check(&html, &[" text/html Blast in Orrin <p>Nine"]);
    }

    #[test]
    fn a_saved_page_is_its_page_and_nothing_else() {
        let mail = "From: <Saved by a browser>\nSnapshot-Content-Location: https://lake.example/blast\n\
             Subject: Blast\nDate: Wed, 5 Mar 2031 10:00:00 -0000\nMIME-Version: 1.0\n\
             Content-Type: multipart/related; type=\"text/html\"; boundary=b\n\n\
             --b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p class=3D\"a\">Nine\n\
             --b\nContent-Type: image/png\n\nx\n--b--\n";
        check(mail, &[" text/html  <p class=\"a\">Nine"]);
    }

    #[test]
    fn what_cannot_be_taken_is_told() {
        let locked =
            format!("{HEAD}Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n");
        check(&locked, &["bad-mail: the mail is encrypted"]);
        check(HEAD, &["bad-mail: the mail holds no text"]);
        let deep = format!(
            "{HEAD}{}",
            (0..5000)
                .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
                .collect::<String>()
        );
        let got: Vec<Member> = open(Source::of("a", deep.as_bytes()), &Limits::default()).collect();
        assert!(matches!(&got[..], [Member::Told(_)]), "{got:?}");
    }

    #[test]
    fn mail_is_known_by_its_head() {
        assert!(begins(HEAD.as_bytes()));
        assert!(begins(
            b"From: a@b\r\nReceived: x\r\n\tby y\r\n\r\nFrom here on"
        ));
        assert!(!begins(
            b"Source: Lake Post\nTitle: Blast\n\nNine were killed."
        ));
        assert!(!begins(b"Nine were killed: three men.\n"));
        assert!(!begins(b""));
    }
}
