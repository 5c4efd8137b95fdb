//! Mailboxes (mbox, RFC 4155): mail after mail, streamed; each is taken apart as a mail of its own is, its number its
//! place.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
};

use model::{Note, Severity};

use super::{
    format::{Format, Member, Source},
    limits::Limits,
    mail::{self, Place},
};
use crate::ingest::{columns::Columns, notes::note};

/// The row of the table.
pub(super) const FORMAT: Format = Format {
    name: "a mailbox",
    endings: &["mbox", "mbx"],
    begins: |head, _: &Columns| begins(head),
    seeks: false,
    open: |source, limits| Box::new(Mails::new(source, limits)),
};

/// Most bytes of a line.
const LINE: u64 = 1_000_000;

/// Whether the first line parts mails, and the head of one follows.
fn begins(head: &[u8]) -> bool {
    let end = head.iter().position(|byte| *byte == b'\n');
    let Some(end) = end.filter(|end| parts(&head[..*end])) else {
        return false;
    };
    let rest = String::from_utf8_lossy(&head[end + 1..head.len().min(end + 400)]);
    let key = rest.split_once(':').map_or("", |(key, _)| key);
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Whether a line parts mails: `From`, who sent it, and a time of day. A sentence may begin with "From" too.
fn parts(line: &[u8]) -> bool {
    let time = |it: &[u8]| {
        let digit = |at: usize| it[at].is_ascii_digit();
        digit(0) && digit(1) && it[2] == b':' && digit(3) && digit(4)
    };
    line.starts_with(b"From ") && line.len() < 500 && line.windows(5).any(time)
}

struct Mails<'a> {
    source: Source<'a>,
    limits: Limits,
    /// The mail read last, counted from one.
    mail: usize,
    /// Bytes read.
    at: u64,
    /// Where the line that parts the next mail from the last begins, once it has been read.
    parted: Option<u64>,
    ready: VecDeque<Member>,
    ended: bool,
}

impl<'a> Mails<'a> {
    fn new(source: Source<'a>, limits: &Limits) -> Self {
        Self {
            source,
            limits: *limits,
            mail: 0,
            at: 0,
            parted: None,
            ready: VecDeque::new(),
            ended: false,
        }
    }

    /// Reads one mail: where it begins, its bytes, and whether there are too many of them; `None` at the end.
    fn read(&mut self) -> io::Result<Option<(u64, Vec<u8>, bool)>> {
        let mut from = self.parted.take();
        let limit = self.limits.document * mail::TIMES;
        let (mut mail, mut too_large) = (Vec::new(), false);
        let (mut after_blank, mut line) = (true, Vec::new());
        let mut any = false;
        loop {
            line.clear();
            let mut limited = self.source.bytes.by_ref().take(LINE);
            let read = limited.read_until(b'\n', &mut line)?;
            if read == 0 {
                self.ended = true;
                let from = from.or(any.then_some(0));
                return Ok(from.map(|from| (from, mail, too_large)));
            }
            self.at += read as u64;
            if after_blank && parts(&line) {
                let here = self.at - read as u64;
                if from.is_some() || any {
                    self.parted = Some(here);
                    return Ok(Some((from.unwrap_or(0), mail, too_large)));
                }
                from = Some(here);
                after_blank = false;
                continue;
            }
            after_blank = matches!(&line[..], b"\n" | b"\r\n");
            // Blank lines before the first mail are none.
            if mail.is_empty() && after_blank && from.is_none() {
                continue;
            }
            any = true;
            // Lines that would part mails stand with a mark before them.
            let marked = line.iter().take_while(|byte| **byte == b'>').count();
            let cut = usize::from(marked > 0 && line[marked..].starts_with(b"From "));
            if mail.len() as u64 + line.len() as u64 > limit {
                too_large = true;
            } else if !too_large {
                mail.extend_from_slice(&line[cut..]);
            }
        }
    }

    fn told(&self, message: &str, hint: &str) -> Note {
        let subject = format!("{}:{}", self.source.name, self.mail);
        note(Severity::Error, "bad-mail", &subject, message, hint)
    }
}

impl Iterator for Mails<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            self.mail += 1;
            match self.read() {
                Ok(None) => {}
                Ok(Some((_, _, true))) => {
                    let limit = self.limits.document * mail::TIMES / 1_000_000;
                    let message = format!("the mail has more than {limit} MB");
                    let told = self.told(&message, "save its attachments as files");
                    self.ready.push_back(Member::Told(told));
                }
                Ok(Some((from, bytes, false))) => {
                    let place = Place {
                        name: &self.source.name,
                        mail: Some(self.mail),
                        offset: Some(from),
                    };
                    self.ready
                        .extend(mail::members(&bytes, &place, &self.limits));
                }
                Err(error) => {
                    self.ended = true;
                    let message = format!("the mailbox cannot be read further: {error}");
                    let hint = "what came before is taken";
                    let told = self.told(&message, hint);
                    self.ready.push_back(Member::Told(told));
                }
            }
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a mailbox: of a report its number, name, place and words.
    #[track_caller]
    fn check(mailbox: &str, limit: u64, wanted: &[&str]) {
        let limits = Limits {
            document: limit,
            ..Limits::default()
        };
        let source = Source::of("a", mailbox.as_bytes());
        let got = (FORMAT.open)(source, &limits).map(|one| match one {
            Member::Document(it) => format!(
                "{} {} {}: {}",
                it.index,
                it.name.unwrap_or_default(),
                it.offset.unwrap(),
                String::from_utf8_lossy(&it.bytes).trim()
            ),
            Member::Told(note) => format!("{}: {}", note.subject, note.message),
            Member::PassedOver(why, count) => format!("{count} {why}"),
        });
        let got: Vec<String> = got.collect();
        assert_eq!(got, wanted);
    }

    const PART: &str = "From desk@lake.example Tue Mar  4 09:30:00 2031\n";

    fn mail(words: &str) -> String {
        format!("{PART}From: desk@lake.example\nSubject: S\nMessage-ID: <1@x>\n\n{words}\n\n")
    }

    #[test]
    fn mails_are_parted_and_what_only_looks_like_a_part_is_not() {
        let one =
            mail("Nine were killed.\n\nFrom here on nobody passed.\n>From 10:30 on it rained.");
        let mailbox = format!("{one}{}", mail("Two were hurt."));
        let first =
            "1  0: Nine were killed.\n\nFrom here on nobody passed.\nFrom 10:30 on it rained.";
        let second = format!("2  {}: Two were hurt.", one.len());
        check(&mailbox, 1_000_000, &[first, &second]);
        assert!(begins(mailbox.as_bytes()));
        assert!(!begins(
            b"From 10:30 on it rained in Vell.\nNine were hurt.\n"
        ));
        assert!(!begins(b"From: a@b\n"));
    }

    #[test]
    fn attachments_have_the_place_of_their_mail() {
        let with = format!(
            "{PART}From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n\
             --b\nContent-Type: text/html; name=r.html\nContent-Disposition: attachment\n\n<p>Nine\n--b--\n"
        );
        let at = mail("One.").len();
        let below = format!("2  {at}: See below.");
        let attached = format!("2 2/r.html {at}: <p>Nine");
        let mailbox = format!("{}{with}", mail("One."));
        check(&mailbox, 1_000_000, &["1  0: One.", &below, &attached]);
    }

    #[test]
    fn one_mail_that_is_too_large_costs_only_itself() {
        let large = mail(&"a line of words\n".repeat(1000));
        let mailbox = format!("{}{large}{}", mail("One."), mail("Two."));
        let third = format!("3  {}: Two.", mail("One.").len() + large.len());
        check(
            &mailbox,
            1000,
            &["1  0: One.", "a:2: the mail has more than 0 MB", &third],
        );
        check("", 1000, &[]);
        check("\n\n", 1000, &[]);
    }
}
