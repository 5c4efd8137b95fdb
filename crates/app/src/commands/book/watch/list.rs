//! The list of feeds.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::{
    book::{
        config,
        feeds::{Outline, opml, outlines},
    },
    files,
};
use store::{Store, feeds};

use super::super::{count, now, pretty};
use crate::{
    commands,
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Bytes of the largest list that is read.
const MOST: u64 = 64 << 20;

/// Puts feeds onto the list.
pub(super) fn add(
    screen: &Screen,
    store: &mut Store,
    addresses: &[String],
    list: Option<&Path>,
    who: &str,
    json: bool,
) -> Result<ExitCode, Failure> {
    let mut wanted: Vec<Outline> = addresses
        .iter()
        .map(|address| Outline {
            address: address.clone(),
            title: None,
        })
        .collect();
    if let Some(path) = list {
        let wrong = |message: String, hint: Option<String>| Failure {
            message: format!("{}: {message}", path.display()),
            hint,
            broken_pipe: false,
        };
        let bytes = files::read(path, MOST).map_err(|error| {
            let hint = "check that the file is there and may be read".to_owned();
            wrong(error.to_string(), Some(hint))
        })?;
        let found = outlines(&bytes).map_err(|fault| wrong(fault.message, fault.hint))?;
        wanted.extend(found);
    }
    let at = store::log::time(now());
    let (mut new, mut known) = (Vec::new(), 0);
    let mut refused = Vec::new();
    for feed in wanted {
        let address = match fetch::address(&feed.address) {
            Ok(address) => address,
            Err(error) => {
                refused.push(super::fetching::note(&feed.address, &error));
                continue;
            }
        };
        let title = feed.title.as_deref();
        if store.write(&mut |tx| tx.watch(&address, title, &at, who))? {
            new.push(address);
        } else {
            known += 1;
        }
    }
    screen.notes(&refused);
    if json {
        let out = serde_json::json!({"added": new, "known": known, "notes": refused});
        screen.json(&pretty(&out)?)?;
    } else {
        let mut out = format!("put {} onto the list", count(new.len() as u64, "feed"));
        if known > 0 {
            out.push_str(&format!("; {known} there already"));
        }
        if !refused.is_empty() {
            out.push_str(&format!("; {} refused", refused.len()));
        }
        out.push_str("\nnext: crossbearing watch, or crossbearing watch --once\n");
        screen.data(&out)?;
    }
    Ok(if refused.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FAILED)
    })
}

/// Takes feeds off the list.
pub(super) fn remove(
    screen: &Screen,
    store: &mut Store,
    addresses: &[String],
    who: &str,
    json: bool,
) -> Result<ExitCode, Failure> {
    let at = store::log::time(now());
    let mut gone = Vec::new();
    let mut unknown = Vec::new();
    for address in addresses {
        // As it was given, or as it was put onto the list.
        let whole = fetch::address(address).unwrap_or_else(|_| address.clone());
        if store.write(&mut |tx| tx.unwatch(&whole, &at, who))? {
            gone.push(whole);
        } else {
            unknown.push(address);
        }
    }
    if json {
        screen.json(&pretty(
            &serde_json::json!({"removed": gone, "unknown": unknown}),
        )?)?;
    } else {
        screen.data(&format!(
            "took {} off the list\n",
            count(gone.len() as u64, "feed")
        ))?;
    }
    if let Some(first) = unknown.first() {
        return Err(Failure::new(
            format!("{first}: not on the list"),
            "`crossbearing watch list` shows the addresses",
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows the list.
pub(super) fn show(
    screen: &Screen,
    store: &mut Store,
    form: Option<&Option<PathBuf>>,
    json: bool,
) -> Result<ExitCode, Failure> {
    let all = feeds::all(store.database())?;
    if let Some(to) = form {
        let outlines: Vec<Outline> = all
            .iter()
            .map(|feed| Outline {
                address: feed.address.clone(),
                title: feed.title.clone(),
            })
            .collect();
        let text = opml(&config::value(store, config::TITLE)?, &outlines);
        match to {
            Some(path) => commands::write(path, &text)?,
            None => screen.data(&text)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    if json {
        screen.json(&pretty(&all)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = String::new();
    for feed in &all {
        let title = feed.title.as_deref().unwrap_or("(not asked yet)");
        out.push_str(&format!("{title}\n  {}\n", feed.address));
        if let Some(checked) = &feed.checked {
            let next = feed.next.as_deref().unwrap_or("at any time");
            out.push_str(&format!("  asked {checked}, again {next}\n"));
        }
        if let Some(error) = &feed.error {
            let times = count(u64::try_from(feed.failures).unwrap_or(0), "time");
            out.push_str(&format!("  FAILED {times} in a row: {error}\n"));
        }
    }
    if all.is_empty() {
        out.push_str("no feed is on the list; `crossbearing watch add URL` puts one there\n");
    }
    screen.data(&out)?;
    Ok(ExitCode::SUCCESS)
}
