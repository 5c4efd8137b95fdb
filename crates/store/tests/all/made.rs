//! Casebooks and reports made for the tests; incidents, people and outlets are invented.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use model::{
    Account, AccountKind, Block, BlockKind, Claim, PartyKind, Quote, Reading, Report, Source, Span,
    Text,
};
use store::{
    Actor, Place, Store,
    arrivals::{Capture, Outcome, prepare},
};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A casebook in a place of its own, which goes when the test ends.
pub struct Made {
    pub store: Store,
    pub folder: PathBuf,
    pub place: Place,
}

impl Drop for Made {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn actor() -> Actor {
    Actor {
        who: "Ana".to_owned(),
        tool: "0.1.0".to_owned(),
    }
}

pub fn now() -> jiff::Timestamp {
    "2031-03-04T05:06:07Z".parse().unwrap()
}

/// An empty folder for a test.
pub fn folder() -> PathBuf {
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("crossbearing-store-{}-{n}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Where casebooks can be made: a folder, and a schema of a server where there is one.
pub fn places() -> Vec<(PathBuf, Place)> {
    let own = folder();
    let mut out = vec![(own.clone(), Place::Folder(own))];
    if let Some(server) = testing::postgres() {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let schema = format!("t{}_{n}", std::process::id());
        let mut database = store::database::Postgres::connect(&server).unwrap();
        store::database::Database::script(
            &mut database,
            &format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"),
        )
        .unwrap();
        let address = format!("{server}?options=-csearch_path%3D{schema}");
        out.push((folder(), Place::Server(address)));
    }
    out
}

/// New casebooks, one an engine.
pub fn stores() -> Vec<Made> {
    let make = |(folder, place): (PathBuf, Place)| Made {
        store: Store::create(&place, &actor(), now()).unwrap(),
        folder,
        place,
    };
    places().into_iter().map(make).collect()
}

/// A report of one paragraph below a headline.
pub fn report(title: &str, body: &str) -> (Vec<u8>, Report, Text) {
    let whole = format!("{title}\n\n{body}");
    let bytes = whole.clone().into_bytes();
    let blocks = vec![
        Block {
            span: Span::new(0, title.len()),
            kind: BlockKind::Title,
        },
        Block {
            span: Span::new(title.len() + 2, whole.len()),
            kind: BlockKind::Paragraph,
        },
    ];
    let text = Text::new(whole, blocks);
    let report = Report {
        id: Report::id_of(&bytes, None),
        source: Source {
            id: "s:lake-watch".to_owned(),
            name: Some("Lake Watch".to_owned()),
            kind: PartyKind::Outlet,
        },
        title: Some(title.to_owned()),
        byline: None,
        url: None,
        published: Some(model::When::day(
            jiff::civil::date(2031, 3, 3),
            "2031-03-03",
            "",
        )),
        language: Some("en".to_owned()),
        media_type: "text/plain".to_owned(),
        encoding: "utf-8".to_owned(),
        container: None,
        fetched_at: None,
        text: text.id().clone(),
    };
    (bytes, report, text)
}

pub fn capture(address: &str) -> Capture {
    Capture {
        address: Some(address.to_owned()),
        received: store::log::time(now()),
        method: "file".to_owned(),
        tool: "0.1.0".to_owned(),
        operator: Some("Ana".to_owned()),
        ..Capture::default()
    }
}

/// Adds a report; gives what became of it.
pub fn add(store: &mut Store, title: &str, body: &str, address: &str) -> Outcome {
    let (bytes, report, text) = report(title, body);
    let arrival = prepare(
        &bytes,
        &report,
        &text,
        &[],
        capture(address),
        &store.bytes(),
    )
    .unwrap();
    store.write(&mut |tx| tx.add(&arrival)).unwrap()
}

/// The id of a report that [`add`] adds.
pub fn id(title: &str, body: &str) -> String {
    report(title, body).1.id.to_string()
}

/// A reading of a stored report with one claim: that `words` stand for so many killed.
pub fn reading(store: &mut Store, id: &str, words: &str, n: u64) -> (i64, Reading) {
    let stored = store::arrivals::report(store.database(), id).unwrap();
    let at = stored.text.as_str().find(words).unwrap();
    let quote = stored.text.quote(Span::new(at, at + words.len()));
    let account = Account::id_of(&stored.report.id, 0);
    let value = model::Value::Count(model::Count::said(n, model::Bound::AtLeast, words));
    let scope = model::Scope::default();
    let claim = Claim {
        id: Claim::id_of(
            &stored.report.id,
            model::Slot::Killed,
            &scope,
            &value,
            &quote,
        ),
        slot: model::Slot::Killed,
        value,
        scope,
        as_of: None,
        stance: model::Stance::asserted(),
        speakers: vec![model::Speaker {
            kind: model::SpeakerKind::Person,
            name: "Mara Vell".to_owned(),
            affiliation: Some("Varda hospital".to_owned()),
            party: None,
            party_kind: PartyKind::Unknown,
            interested: false,
            quote: None,
        }],
        direct: false,
        actor: None,
        addressee: None,
        quotes: vec![quote],
        report: stored.report.id.clone(),
        account: account.clone(),
        evidence: model::Evidence::default(),
        rule: "killed/test".to_owned(),
        reader: "1".to_owned(),
        own: None,
        course: None,
        judged: None,
    };
    let account = Account {
        id: account,
        report: stored.report.id.clone(),
        kind: AccountKind::Main,
        label: String::new(),
        claims: vec![claim],
    };
    let reading = Reading::new(stored.report, stored.text, vec![account], stored.notes);
    (stored.seq, reading)
}

/// The quote of the one claim of a reading.
pub fn quote(reading: &Reading) -> &Quote {
    &reading.accounts[0].claims[0].quotes[0]
}
