//! Mail (EML) and pages saved with all that belongs to them (MHTML): the message is a report, and so is each
//! attachment that holds text.
//!
//! Of a message in several forms the page (HTML) is taken, as mail programs do: the forms stand in the order of how
//! well they say it, the best last (RFC 2046), and many plain ones only say where the message can be seen. Where the
//! page has far fewer letters than the plain form, that one is taken: such a page holds a picture. What it is attached
//! to says when it was sent and by whom, not who wrote the attachment. Attachments that hold no text (pictures, sound,
//! tables of numbers) are counted by kind.

use std::collections::BTreeMap;

use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail};
use model::{Note, Severity};
use reader::text::Metadata;

use super::{
    format::{Document, Format, Member, Members, Source},
    limits::Limits,
};
use crate::files;
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

/// Most lines of a mail that may begin a part: a mail of nothing else would fill memory with parts.
const PARTS: usize = 100_000;

/// How many times as many letters the plain form has where the page is none of words.
const FEWER: usize = 4;

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
    let told = |message: String, hint: &str| -> Members<'a> {
        let told = note(Severity::Error, "bad-mail", &source.name, &message, hint);
        Box::new(std::iter::once(Member::Told(told)))
    };
    let bytes = match files::take_all(source.bytes, limit) {
        Ok(bytes) => bytes,
        Err(files::ReadError::TooLarge { .. }) => {
            let message = format!("the mail has more than {} MB", limit / 1_000_000);
            return told(message, "save its attachments as files");
        }
        Err(error) => {
            let message = format!("the mail cannot be read: {error}");
            return told(message, "fetch it again");
        }
    };
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
    if bytes.windows(3).filter(|it| *it == b"\n--").count() > PARTS {
        let message = format!("the mail may have more than {PARTS} parts");
        let hint = "open it in a mail program, and save its text";
        return vec![Member::Told(place.bad(&message, hint))];
    }
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
            let letters =
                |kind: &'static str| move |part: &ParsedMail<'_>| letters_of(part, kind, 0);
            let best = |kind: &'static str| {
                let all = part.subparts.iter().map(|part| (letters(kind)(part), part));
                all.filter(|(letters, _)| *letters > 0)
                    .max_by_key(|(letters, _)| *letters)
            };
            let own = match (best("text/html"), best("text/plain")) {
                (Some((page, own)), Some((plain, _))) if page * FEWER >= plain => Some(own),
                (_, Some((_, own))) | (Some((_, own)), None) => Some(own),
                (None, None) => part.subparts.last(),
            };
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

/// Letters and digits that the texts of a kind in a part show.
fn letters_of(part: &ParsedMail<'_>, kind: &str, depth: usize) -> usize {
    const DEEP: usize = 20;
    if !part.subparts.is_empty() {
        let inner = part.subparts.iter().filter(|_| depth < DEEP);
        return inner
            .map(|part| letters_of(part, kind, depth + 1))
            .max()
            .unwrap_or(0);
    }
    let attached = part.get_content_disposition().disposition == DispositionType::Attachment;
    if attached || !part.ctype.mimetype.eq_ignore_ascii_case(kind) {
        return 0;
    }
    let bytes = part.get_body_raw().unwrap_or_default();
    match kind {
        "text/html" => shown(&bytes),
        _ => bytes.iter().filter(|byte| is_letter(**byte)).count(),
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Letters and digits of a page outside of its tags, its scripts and its styles, roughly.
fn shown(page: &[u8]) -> usize {
    const UNSEEN: &[&[u8]] = &[b"script", b"style", b"title"];
    let (mut count, mut at) = (0, 0);
    while at < page.len() {
        if page[at] != b'<' {
            // A sign by its name shows no letters: mostly a blank.
            let rest = &page[at + 1..page.len().min(at + 10)];
            let end = rest
                .iter()
                .position(|byte| *byte == b';')
                .filter(|_| page[at] == b'&');
            count += usize::from(end.is_none() && is_letter(page[at]));
            at += end.map_or(1, |end| end + 2);
            continue;
        }
        let rest = &page[at + 1..];
        let is = |name: &&&[u8]| {
            rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name)
        };
        let end = match UNSEEN.iter().find(is) {
            _ if rest.starts_with(b"!--") => end_of(rest, b"-->"),
            Some(name) => end_of(rest, &[b"</", *name].concat()),
            None => rest.iter().position(|byte| *byte == b'>').map(|at| at + 1),
        };
        at += 1 + end.unwrap_or(rest.len());
    }
    count
}

/// Past the first place of some words, in letters of any size.
fn end_of(bytes: &[u8], words: &[u8]) -> Option<usize> {
    let mut places = bytes.windows(words.len());
    places
        .position(|it| it.eq_ignore_ascii_case(words))
        .map(|at| at + words.len())
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
mod tests;
