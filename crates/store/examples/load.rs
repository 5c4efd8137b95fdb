//! How fast reports are added and found, and how large the casebook becomes: generated reports of 3 kB, no reading.
//!
//!     cargo run --release -p crossbearing-store --example load -- FOLDER 100000 [--lines FILE]
//!
//! Prints reports a second, the size of the database over that of the texts, and the time of searches. With `--lines`
//! the same reports are written as JSON lines, for other programs to take.

use std::{io::Write, path::PathBuf, sync::mpsc, time::Instant};

use model::{Block, BlockKind, PartyKind, Report, Source, Span, Text, When};
use store::{
    Actor, Place, Store,
    arrivals::{Arrival, Capture, prepare},
    search::{self, Query},
};

/// Reports written in one transaction.
const BATCH: usize = 1_000;

/// A generator that gives the same words every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `n`, small ones far more often: words of a language.
    fn rank(&mut self, n: usize) -> usize {
        let x = (self.next() % 1_000_000) as f64 / 1e6;
        ((n as f64 + 1.0).powf(x) - 1.0) as usize
    }
}

fn word(mut n: usize) -> String {
    let syllables = [
        "ka", "lo", "mi", "ter", "va", "sen", "dor", "pel", "ri", "ash", "un", "be",
    ];
    let mut out = String::new();
    n += 3;
    while n > 0 {
        out.push_str(syllables[n % syllables.len()]);
        n /= syllables.len();
    }
    out
}

/// A report of some 3 kB: words by rank among 60,000, a few names of its own.
fn report(n: usize) -> (Vec<u8>, Report, Text) {
    let mut dice = Dice(n as u64 * 0x9e37_79b9_7f4a_7c15 + 1);
    let title = format!(
        "{} of {} in {}",
        word(dice.rank(60_000)),
        word(100_000 + n),
        word(dice.rank(60_000))
    );
    let mut body = String::with_capacity(3_200);
    let mut blocks = vec![Block {
        span: Span::new(0, title.len()),
        kind: BlockKind::Title,
    }];
    let mut whole = format!("{title}\n\n");
    let length = 1_500 + (dice.next() % 3_000) as usize;
    while whole.len() + body.len() < length {
        body.push_str(&word(dice.rank(60_000)));
        body.push_str(if dice.next().is_multiple_of(12) {
            ". "
        } else {
            " "
        });
        if body.len() > 600 {
            let start = whole.len();
            whole.push_str(&body);
            blocks.push(Block {
                span: Span::new(start, whole.len()),
                kind: BlockKind::Paragraph,
            });
            whole.push_str("\n\n");
            body.clear();
        }
    }
    let start = whole.len();
    whole.push_str(&body);
    blocks.push(Block {
        span: Span::new(start, whole.len()),
        kind: BlockKind::Paragraph,
    });
    let bytes = whole.clone().into_bytes();
    let text = Text::new(whole, blocks);
    let day =
        jiff::civil::date(2031, 1, 1).saturating_add(jiff::Span::new().days((n % 360) as i64));
    let report = Report {
        id: Report::id_of(
            &bytes,
            Some(&format!("https://outlet-{}.example/{n}", n % 97)),
        ),
        source: Source {
            id: format!("s:outlet-{}", n % 97),
            name: Some(format!("Outlet {}", n % 97)),
            kind: PartyKind::Outlet,
        },
        title: Some(title),
        byline: None,
        url: Some(format!("https://outlet-{}.example/{n}", n % 97)),
        published: Some(When::day(day, day.to_string(), "")),
        language: Some("en".to_owned()),
        media_type: "text/plain".to_owned(),
        encoding: "utf-8".to_owned(),
        container: None,
        fetched_at: None,
        text: text.id().clone(),
    };
    (bytes, report, text)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: load FOLDER REPORTS")?);
    let n: usize = arguments
        .next()
        .ok_or("usage: load FOLDER REPORTS")?
        .parse()?;
    let lines = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => None,
        (Some("--lines"), Some(path)) => Some(path),
        _ => return Err("usage: load FOLDER REPORTS [--lines FILE]".into()),
    };
    let actor = Actor {
        who: "bench".to_owned(),
        tool: "0".to_owned(),
    };
    let now: jiff::Timestamp = "2031-03-04T05:06:07Z".parse()?;
    let mut store = Store::create(&Place::Folder(folder.clone()), &actor, now)?;
    let to = store.bytes();
    let generated = Instant::now();
    let reports: Vec<_> = (0..n).map(report).collect();
    let text: usize = reports.iter().map(|(_, _, text)| text.as_str().len()).sum();
    eprintln!(
        "generated {n} reports of {} bytes in {:.1} s",
        text / n.max(1),
        generated.elapsed().as_secs_f64()
    );
    if let Some(path) = lines {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        for (_, report, text) in &reports {
            let line = serde_json::json!({
                "id": report.id, "title": report.title, "url": report.url, "source": report.source.name,
                "text": text.as_str(),
            });
            writeln!(out, "{line}")?;
        }
        out.flush()?;
    }
    let began = Instant::now();
    let (give, take) = mpsc::sync_channel::<Result<Arrival, store::Error>>(2 * BATCH);
    let preparing = std::thread::spawn(move || {
        for (number, (bytes, report, text)) in reports.iter().enumerate() {
            let capture = Capture {
                address: Some(format!("reports/{number:06}.txt")),
                received: "2031-03-04T05:06:07.000Z".to_owned(),
                method: "file".to_owned(),
                tool: "0.1.0".to_owned(),
                operator: Some("bench".to_owned()),
                ..Capture::default()
            };
            if give
                .send(prepare(bytes, report, text, &[], capture, &to))
                .is_err()
            {
                return;
            }
        }
    });
    let mut batch = Vec::new();
    let mut write = |batch: &mut Vec<Arrival>| -> Result<(), store::Error> {
        store.write(&mut |tx| {
            for arrival in batch.iter() {
                tx.add(arrival)?;
            }
            Ok(())
        })?;
        batch.clear();
        Ok(())
    };
    for arrival in take {
        batch.push(arrival?);
        if batch.len() == BATCH {
            write(&mut batch)?;
        }
    }
    write(&mut batch)?;
    preparing
        .join()
        .map_err(|_| "the preparing thread failed")?;
    let seconds = began.elapsed().as_secs_f64();
    println!("add: {:.0} reports/s ({seconds:.1} s)", n as f64 / seconds);
    store.database().script("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let size = std::fs::metadata(folder.join(store::FILE))?.len();
    println!(
        "database over text: {:.2} ({} MB over {} MB)",
        size as f64 / text as f64,
        size / 1_000_000,
        text / 1_000_000
    );
    for words in [
        "kalo",
        "mi lo",
        "\"ka lo\"",
        &word(100_000 + n / 2),
        "sen* dorva",
        "terriash* dorva",
        "sen*",
    ] {
        let query = Query::parse(words)?;
        let began = Instant::now();
        let found = search::reports(store.database(), &query, 20)?.found.len();
        println!(
            "search {words}: {found} found in {:.1} ms",
            began.elapsed().as_secs_f64() * 1e3
        );
    }
    Ok(())
}
