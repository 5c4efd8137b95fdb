//! One item of a feed becomes a report: its page, or what the feed itself holds of it.

use fetch::{Conditions, Polite, Response};
use model::{Note, Severity, parts};
use reader::{Input, text::Metadata};
use store::{
    Error, Store,
    arrivals::{Arrival, Capture, Outcome},
    feeds::{Settled, Waiting},
};

use super::{Entry, later};
use crate::book::add::{AddOptions, Added, Arriving, Ready, taken};

/// How often a page that cannot be had now is tried.
const TRIES: i64 = 5;
/// Minutes until it is tried again, the first time; twice as long each time after.
const AGAIN: u64 = 10;
/// Most seconds for which a site may ask to be left alone.
pub(super) const LONGEST_ASKED: u64 = 7 * 24 * 60 * 60;
/// Minutes for which a feed stays in hand while one of its items is fetched.
pub(super) const IN_HAND: u64 = 15;

/// Why a page was not taken.
struct Refused {
    message: String,
    hint: Option<String>,
    /// Whether it may be had later.
    may_pass: bool,
    /// Seconds until the site wants to be asked again.
    retry_after: Option<u64>,
}

/// What an item has become.
enum Made {
    Arrival(Box<Arrival>, Vec<Note>),
    PassedOver(&'static str),
    Refused(Refused),
}

/// Takes items of one feed.
pub(super) struct Taking<'a> {
    pub store: &'a mut Store,
    pub client: &'a Polite,
    pub options: &'a AddOptions<'a>,
    /// Address of the feed.
    pub feed: &'a str,
}

impl Taking<'_> {
    /// Takes an item: fetches its page and adds it, settled in the same transaction. `entry` is what the feed says of
    /// it, where it came just now.
    pub(super) fn take(
        &mut self,
        item: &Waiting,
        entry: Option<&Entry>,
        out: &mut Added,
    ) -> Result<(), Error> {
        let named = item.link.as_deref().or(entry.map(|it| it.id.as_str()));
        let subject = named.unwrap_or(self.feed).to_owned();
        let made = match self.page(item, entry)? {
            Made::Refused(why) => match self.own(item, entry, &why)? {
                Some(made) => made,
                None => return self.refused(item, &subject, why, out),
            },
            made => made,
        };
        let until = later((self.options.now)(), IN_HAND * 60);
        match made {
            Made::Arrival(arrival, notes) => {
                let id = arrival.id().to_string();
                let done = self.store.write(&mut |tx| {
                    // Another process may have been quicker.
                    if !tx.item_waits(self.feed, &item.item)? {
                        return Ok(None);
                    }
                    let outcome = tx.add(&arrival)?;
                    let settled = match outcome {
                        Outcome::Purged => Settled::Passed,
                        _ => Settled::Taken(&id),
                    };
                    tx.settle_item(self.feed, &item.item, &settled, &until)?;
                    Ok(Some(outcome))
                })?;
                if let Some(outcome) = done {
                    out.count(outcome);
                    notes.into_iter().for_each(|note| out.tell(note));
                }
            }
            Made::PassedOver(why) => {
                self.settle(item, &Settled::Passed)?;
                *out.passed_over.entry(why.to_owned()).or_default() += 1;
            }
            Made::Refused(why) => return self.refused(item, &subject, why, out),
        }
        Ok(())
    }

    /// The page that an item's link leads to.
    fn page(&mut self, item: &Waiting, entry: Option<&Entry>) -> Result<Made, Error> {
        let Some(link) = &item.link else {
            return Ok(Made::Refused(Refused {
                message: "the feed gives no link to it".to_owned(),
                hint: None,
                may_pass: false,
                retry_after: None,
            }));
        };
        let response = match self.client.get(link, &Conditions::default()) {
            Ok(response) => response,
            Err(error) => {
                let told = error.to_string();
                let told = told.strip_prefix(&format!("{link}: ")).unwrap_or(&told);
                let (message, hint) = parts(told);
                return Ok(Made::Refused(Refused {
                    message: message.to_owned(),
                    hint: hint.map(str::to_owned),
                    may_pass: error.may_pass(),
                    retry_after: error.retry_after(),
                }));
            }
        };
        let received = store::log::time((self.options.now)());
        let Response {
            status,
            address,
            redirects,
            headers,
            body,
        } = response;
        let capture = Capture {
            address: Some(link.clone()),
            final_address: (address != *link).then(|| address.clone()),
            redirects,
            status: Some(status),
            ..self.capture(item, entry, &received)
        };
        let media_type = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
            .map(|(_, value)| value.clone());
        let input = Input {
            name: link.clone(),
            bytes: body,
            given: Metadata {
                url: Some(address),
                media_type,
                fetched_at: Some(received),
                ..Metadata::default()
            },
        };
        // What the feed says of the item stands in where the page does not say it.
        let told = Metadata {
            title: entry.and_then(|it| it.title.clone()),
            published: item.published.clone(),
            ..Metadata::default()
        };
        self.ready(input, told, Capture { headers, ..capture }, None)
    }

    /// The text that the feed itself holds of an item, where it holds all of it.
    fn own(
        &mut self,
        item: &Waiting,
        entry: Option<&Entry>,
        why: &Refused,
    ) -> Result<Option<Made>, Error> {
        let Some((entry, full)) = entry.and_then(|it| Some((it, it.full.as_ref()?))) else {
            return Ok(None);
        };
        let received = store::log::time((self.options.now)());
        let capture = Capture {
            address: item.link.clone(),
            method: "feed-text".to_owned(),
            ..self.capture(item, Some(entry), &received)
        };
        let input = Input {
            name: item.link.clone().unwrap_or_else(|| self.feed.to_owned()),
            bytes: full.text.clone().into_bytes(),
            given: Metadata {
                title: entry.title.clone(),
                byline: entry.byline.clone(),
                url: item.link.clone(),
                published: item.published.clone(),
                language: entry.language.clone(),
                media_type: Some(format!("{}; charset=utf-8", full.media_type)),
                fetched_at: Some(received),
                ..Metadata::default()
            },
        };
        let note = Note {
            severity: Severity::Warning,
            code: "feed-text".to_owned(),
            subject: input.name.clone(),
            message: format!(
                "its page was not taken ({}); the text that its feed holds was",
                why.message
            ),
            hint: why.hint.clone(),
            quote: None,
        };
        let made = self.ready(input, Metadata::default(), capture, Some(note))?;
        Ok((!matches!(made, Made::Refused(_))).then_some(made))
    }

    /// How an item was received.
    fn capture(&self, item: &Waiting, entry: Option<&Entry>, received: &str) -> Capture {
        let id = entry.map_or(item.item.as_str(), |it| &it.id);
        Capture {
            received: received.to_owned(),
            method: "feed".to_owned(),
            tool: self.options.tool.clone(),
            operator: Some(self.options.who.clone()),
            container: Some(serde_json::json!({"feed": self.feed, "item": id}).to_string()),
            ..Capture::default()
        }
    }

    fn ready(
        &self,
        mut input: Input,
        told: Metadata,
        capture: Capture,
        note: Option<Note>,
    ) -> Result<Made, Error> {
        let refused = |note: Note| {
            Made::Refused(Refused {
                message: note.message,
                hint: note.hint,
                may_pass: false,
                retry_after: None,
            })
        };
        let mut extracted = match crossbearing::extract(&input) {
            Ok(extracted) => extracted,
            Err(note) => return Ok(refused(note)),
        };
        let mut lacks = Metadata::default();
        if extracted.report.published.is_none() {
            lacks.published = told.published;
        }
        if extracted.report.title.is_none() {
            lacks.title = told.title;
        }
        if lacks != Metadata::default() {
            input.given = input.given.or(lacks);
            extracted = match crossbearing::extract(&input) {
                Ok(extracted) => extracted,
                Err(note) => return Ok(refused(note)),
            };
        }
        extracted.notes.extend(note);
        let arriving = Arriving { input, capture };
        match taken(&arriving, extracted, &self.store.bytes(), self.options) {
            Ready::Arrival(arrival, notes) => Ok(Made::Arrival(arrival, notes)),
            Ready::PassedOver(why, _) => Ok(Made::PassedOver(why)),
            Ready::Failed(note) => Ok(refused(note)),
            Ready::Stopped(error) => Err(error),
        }
    }

    /// Writes down that an item was not taken: for good, or until later.
    fn refused(
        &mut self,
        item: &Waiting,
        subject: &str,
        why: Refused,
        out: &mut Added,
    ) -> Result<(), Error> {
        let again = why.may_pass && item.tries + 1 < TRIES;
        let doubled = (AGAIN * 60) << item.tries.clamp(0, TRIES);
        let next = later(
            (self.options.now)(),
            doubled.max(why.retry_after.unwrap_or(0).min(LONGEST_ASKED)),
        );
        let settled = if again {
            Settled::Later(&why.message, &next)
        } else {
            Settled::Failed(&why.message)
        };
        self.settle(item, &settled)?;
        let what = if again { "; it is tried again" } else { "" };
        out.tell(Note {
            severity: Severity::Warning,
            code: "not-fetched".to_owned(),
            subject: subject.to_owned(),
            message: format!("{}{what}", why.message),
            hint: why.hint,
            quote: None,
        });
        Ok(())
    }

    fn settle(&mut self, item: &Waiting, settled: &Settled<'_>) -> Result<(), Error> {
        let until = later((self.options.now)(), IN_HAND * 60);
        self.store.write(&mut |tx| {
            if tx.item_waits(self.feed, &item.item)? {
                tx.settle_item(self.feed, &item.item, settled, &until)?;
            }
            Ok(())
        })
    }
}
