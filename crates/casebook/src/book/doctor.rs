//! What is amiss with a casebook, and the mending of it.
//!
//! Nothing here says whether something was changed that should not have been: the audit does. Here is what keeps a
//! casebook from working well: work left over, files left behind, an index out of step, a disk nearly full.

use std::time::{Duration, SystemTime};

use store::{Error, Store, audit, feeds, health};

/// Bytes of room below which writing may soon fail.
const LITTLE_ROOM: u64 = 100 << 20;
/// Age from which on a file that nothing names is left over: a process that is at work names its files within minutes.
const OLD: Duration = Duration::from_secs(60 * 60);

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// As it should be.
    Well,
    /// Nothing is wrong, but something is to be done or known.
    Note,
    /// Something is wrong.
    Wrong,
}

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// How it is.
    pub condition: Condition,
    /// In words.
    pub says: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Whether it was mended just now.
    pub mended: bool,
}

/// Who mends, and when; `None` where nothing is to be changed.
pub type Mend<'a> = Option<(&'a str, jiff::Timestamp)>;

/// How a casebook is looked at.
pub struct Look<'a> {
    /// Version of the reader of this program, where it is known.
    pub reader: Option<String>,
    /// Whether to mend what can be mended without losing anything.
    pub mend: Mend<'a>,
    /// What time it is, for the age of files.
    pub clock: SystemTime,
}

/// Looks at one thing.
type One = fn(&mut Store, &Look<'_>) -> Result<Finding, Error>;

/// Looks at a casebook; where one thing cannot be looked at, that is its finding. `progress` hears how many things are
/// done: of a large casebook, some take a while.
pub fn look(store: &mut Store, how: &Look<'_>, progress: &mut dyn FnMut(usize)) -> Vec<Finding> {
    let looks: [(&'static str, One); 11] = [
        ("engine", engine),
        ("writing", writing),
        ("tables", tables),
        ("log chain", chain),
        ("bytes", bytes),
        ("left over files", leftovers),
        ("disk", disk),
        ("search index", index),
        ("derived rows", derived),
        ("work waiting", waiting),
        ("feeds", watched),
    ];
    let mut out = Vec::new();
    for (what, look) in looks {
        let found = look(store, how).unwrap_or_else(|error| failed(what, &error));
        out.push(found);
        progress(out.len());
    }
    out
}

/// What an error of the casebook is, as a finding.
pub fn failed(what: &'static str, error: &Error) -> Finding {
    let told = error.to_string();
    let (says, hint) = model::parts(&told);
    Finding {
        what,
        condition: Condition::Wrong,
        says: says.to_owned(),
        hint: hint.map(str::to_owned),
        mended: false,
    }
}

fn well(what: &'static str, says: impl Into<String>) -> Finding {
    Finding {
        what,
        condition: Condition::Well,
        says: says.into(),
        hint: None,
        mended: false,
    }
}

fn note(what: &'static str, says: impl Into<String>, hint: impl Into<String>) -> Finding {
    Finding {
        condition: Condition::Note,
        hint: Some(hint.into()),
        ..well(what, says)
    }
}

fn wrong(what: &'static str, says: impl Into<String>, hint: impl Into<String>) -> Finding {
    Finding {
        condition: Condition::Wrong,
        ..note(what, says, hint)
    }
}

fn mended(what: &'static str, says: impl Into<String>) -> Finding {
    Finding {
        mended: true,
        ..well(what, says)
    }
}

/// What `doctor --mend` would do.
const MENDS: &str = "`crossbearing doctor --mend` mends it";

fn engine(store: &mut Store, _: &Look<'_>) -> Result<Finding, Error> {
    let version = store.database().version()?;
    let number = version.strip_prefix("PostgreSQL ");
    let major = number.and_then(|it| {
        it.split(|c: char| !c.is_ascii_digit())
            .next()?
            .parse::<u32>()
            .ok()
    });
    if major.is_some_and(|major| major < 13) {
        return Ok(wrong(
            "engine",
            format!("{version} is older than this program knows"),
            "move the server to PostgreSQL 13 or later",
        ));
    }
    let schema = store::schema::VERSION;
    Ok(well("engine", format!("{version}, schema {schema}")))
}

fn writing(store: &mut Store, _: &Look<'_>) -> Result<Finding, Error> {
    Ok(match store.database().writer()? {
        None => well("writing", "nobody else is writing"),
        Some(who) => note(
            "writing",
            format!("{who} is writing at this moment"),
            "if that goes on for long, see what it does; a process of this program that was killed holds nothing",
        ),
    })
}

fn tables(store: &mut Store, _: &Look<'_>) -> Result<Finding, Error> {
    let faults = store.database().self_check()?;
    Ok(match &faults[..] {
        [] => well("tables", "the engine finds nothing wrong with them"),
        [first, ..] => wrong(
            "tables",
            format!("{} faults, the first: {first}", faults.len()),
            "`crossbearing audit verify` says what is damaged; a backup restores it",
        ),
    })
}

fn chain(store: &mut Store, _: &Look<'_>) -> Result<Finding, Error> {
    let (entries, faults) = audit::chain(store.database())?;
    Ok(match faults.first() {
        None => well("log chain", format!("{entries} entries, unbroken")),
        Some(first) => wrong(
            "log chain",
            format!("{}: {}", first.place, first.what),
            "`crossbearing audit verify` says what else is not as it was written; a backup restores it",
        ),
    })
}

fn bytes(store: &mut Store, _: &Look<'_>) -> Result<Finding, Error> {
    let missing = health::missing_bytes(store)?;
    Ok(match missing.first() {
        None => well("bytes", "the bytes as received of every report are there"),
        Some(first) => wrong(
            "bytes",
            format!("{} are missing, the first {first}", missing.len()),
            "copy them from a backup, or add the same file again: only the same bytes are taken for them",
        ),
    })
}

fn leftovers(store: &mut Store, how: &Look<'_>) -> Result<Finding, Error> {
    let what = "left over files";
    let before = how.clock.checked_sub(OLD).unwrap_or(SystemTime::UNIX_EPOCH);
    let files = health::leftovers(store, before)?;
    let Some(first) = files.first() else {
        return Ok(well(what, "none"));
    };
    let says = format!(
        "{} that no report names, the first {}",
        files.len(),
        first.display()
    );
    if how.mend.is_none() {
        return Ok(note(what, says, MENDS));
    }
    let removed = health::clear(store, &files)?;
    Ok(mended(what, format!("{removed} removed")))
}

fn disk(store: &mut Store, _: &Look<'_>) -> Result<Finding, Error> {
    let Some((free, size)) = health::room(store)? else {
        return Ok(well("disk", "the server's"));
    };
    let says = format!("{} MB free, the database has {} MB", free >> 20, size >> 20);
    Ok(if free < LITTLE_ROOM {
        wrong(
            "disk",
            says,
            "make room, or move the casebook to another disk",
        )
    } else if free < size {
        note(
            "disk",
            says,
            "a purge or a backup on this disk needs as much room as the database has",
        )
    } else {
        well("disk", says)
    })
}

fn index(store: &mut Store, how: &Look<'_>) -> Result<Finding, Error> {
    let what = "search index";
    let stale = health::stale_indexes(store.database())?;
    if stale.is_empty() {
        return Ok(well(what, "in step with reports, claims and names"));
    }
    let says = format!("out of step: {}", stale.join(", "));
    let Some((who, now)) = how.mend else {
        return Ok(wrong(what, says, MENDS));
    };
    let at = store::log::time(now);
    for index in &stale {
        store.write(&mut |tx| tx.mend_index(index, &at, who))?;
    }
    Ok(mended(what, format!("made again: {}", stale.join(", "))))
}

fn derived(store: &mut Store, how: &Look<'_>) -> Result<Finding, Error> {
    let what = "derived rows";
    let damaged = health::damaged_rows(store.database())?;
    let Some(first) = damaged.first() else {
        return Ok(well(what, "as the readings and dossiers say"));
    };
    let says = format!(
        "those of {} reports and incidents are not as made, the first {first}",
        damaged.len()
    );
    let Some((who, now)) = how.mend else {
        return Ok(wrong(what, says, MENDS));
    };
    let at = store::log::time(now);
    for id in &damaged {
        store.write(&mut |tx| tx.mend_rows(id, &at, who))?;
    }
    let says = format!(
        "those of {} reports and incidents made again or left to the next run",
        damaged.len()
    );
    Ok(mended(what, says))
}

fn waiting(store: &mut Store, how: &Look<'_>) -> Result<Finding, Error> {
    let what = "work waiting";
    let unlinked = health::unlinked(store.database())?;
    let without = health::without_dossier(store.database())?;
    let unread = match &how.reader {
        Some(reader) => super::waiting(store, reader)?,
        None => 0,
    };
    let parts = [
        (
            unread,
            "to be read, or read by another version of the reader",
        ),
        (unlinked, "to be linked"),
        (without, "incidents without a dossier"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, words)| format!("{n} {words}"))
        .collect();
    if !parts.is_empty() {
        return Ok(note(what, parts.join("; "), "`crossbearing run` does it"));
    }
    Ok(match how.reader {
        Some(_) => well(what, "none"),
        None => note(
            what,
            "none to be linked; whether reports are to be read cannot be told without the language model",
            "see what is said of the language model, the gazetteer and the encoder",
        ),
    })
}

fn watched(store: &mut Store, _: &Look<'_>) -> Result<Finding, Error> {
    let all = feeds::all(store.database())?;
    let waiting = feeds::waiting_in_all(store.database())?;
    let failing: Vec<&feeds::Feed> = all.iter().filter(|feed| feed.failures > 0).collect();
    let says = format!("{} watched, {waiting} items waiting", all.len());
    Ok(match failing.first() {
        None => well("feeds", says),
        Some(first) => note(
            "feeds",
            format!(
                "{says}; {} fail, the first {}: {}",
                failing.len(),
                first.address,
                first.error.as_deref().unwrap_or("nobody knows why")
            ),
            "`crossbearing watch list` shows them; `watch remove` takes one off the list",
        ),
    })
}
