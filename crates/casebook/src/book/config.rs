//! What can be set for a casebook: each setting with its meaning, what it may be, and what holds where nobody set it.
//!
//! Settings lie in the casebook, so that all who work on it have the same, and each change is an entry of its log. They
//! are no arguments of a single command: those come with the command.

use serde::Serialize;
use store::{Error, Store};

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub meaning: &'static str,
    /// What it may be, in words.
    pub allowed: &'static str,
    /// What holds where nobody set it; empty where nothing does.
    pub default: &'static str,
    /// What follows from a change, where something does.
    pub effect: Option<&'static str>,
    /// The value as it is kept; `None` where it is not allowed.
    check: fn(&str) -> Option<String>,
}

/// A setting as it is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Set {
    /// Its name.
    pub name: &'static str,
    /// What holds.
    pub value: String,
    /// What holds where nobody set it.
    pub default: &'static str,
    /// Whether somebody set it.
    pub set: bool,
    /// What it is for.
    pub meaning: &'static str,
    /// What it may be, in words.
    pub allowed: &'static str,
}

/// Which judge says which figures count people.
pub const READER: &str = "reader";
/// How sites reach whoever fetches.
pub const CONTACT: &str = "fetch.contact";
/// Seconds between two requests to one host.
pub const PAUSE: &str = "fetch.pause";
/// The largest page that is taken.
pub const MAX_BYTES: &str = "fetch.max-bytes";
/// Minutes between two times that a feed is asked.
pub const EVERY: &str = "watch.every";
/// Whether items of feeds are passed over that are not in scope.
pub const IN_SCOPE: &str = "watch.in-scope";
/// What the casebook is called in what it publishes.
pub const TITLE: &str = "title";

/// Whether public copies name adults who are reported dead.
pub const DEAD: &str = "publish.dead";
/// How finely public copies say where something happened.
pub const PLACES: &str = "publish.places";
/// Whether the desk asks before it shows words of reports.
pub const WARNING: &str = "desk.warning";
/// What it says then.
pub const WARNING_WORDS: &str = "desk.warning-words";

/// All settings.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: READER,
        meaning: "which judge says which figures count people: `full` with the encoder, `fast` without it, about four \
                  times as fast and somewhat less well",
        allowed: "full or fast",
        default: "full",
        effect: Some("`crossbearing run` reads all reports again and makes all dossiers anew"),
        check: |value| one_of(value, &["full", "fast"]),
    },
    Setting {
        name: CONTACT,
        meaning: "how sites reach whoever fetches: a mail address or a page, sent with each request",
        allowed: "up to 200 characters of ASCII, without brackets",
        default: "",
        effect: None,
        check: |value| {
            let plain = |c: char| c.is_ascii_graphic() && !"()<>\"\\".contains(c) || c == ' ';
            let value = value.trim();
            let fits = (1..=200).contains(&value.len()) && value.chars().all(plain);
            fits.then(|| value.to_owned())
        },
    },
    Setting {
        name: PAUSE,
        meaning: "seconds between two requests to one host; its robots.txt may ask for more",
        allowed: "1 to 3600",
        default: "1",
        effect: None,
        check: |value| between(value, 1, 3600),
    },
    Setting {
        name: MAX_BYTES,
        meaning: "the largest page or feed that is fetched, in bytes; --max-bytes wins",
        allowed: "1000 to 1000000000",
        default: "33554432",
        effect: None,
        check: |value| between(value, 1_000, 1_000_000_000),
    },
    Setting {
        name: EVERY,
        meaning: "minutes between two times that `watch` asks a feed, where it asks for no longer time; --every wins",
        allowed: "1 to 10080",
        default: "30",
        effect: None,
        check: |value| between(value, 1, 10_080),
    },
    Setting {
        name: IN_SCOPE,
        meaning: "whether `watch` passes over items in which no word speaks of violence, of people hurt or held, or of \
                  arms",
        allowed: "yes or no",
        default: "no",
        effect: None,
        check: |value| one_of(value, &["yes", "no"]),
    },
    Setting {
        name: TITLE,
        meaning: "what the casebook is called in the feed of `news` and in lists of feeds",
        allowed: "up to 200 characters",
        default: "What changed in the casebook",
        effect: None,
        check: |value| {
            let value = value.trim();
            let fits = (1..=200).contains(&value.chars().count());
            (fits && !value.contains(char::is_control)).then(|| value.to_owned())
        },
    },
    Setting {
        name: DEAD,
        meaning: "whether public copies name adults who are reported dead; children and survivors are never named",
        allowed: "hidden or shown",
        default: "hidden",
        effect: None,
        check: |value| one_of(value, &["hidden", "shown"]),
    },
    Setting {
        name: PLACES,
        meaning: "how finely public copies say where something happened; what is known more finely is said by the \
        town, \
                  region or country that holds it",
        allowed: "site, town, region or country",
        default: "town",
        effect: None,
        check: |value| one_of(value, &["site", "town", "region", "country"]),
    },
    Setting {
        name: WARNING,
        meaning: "whether the desk asks each person, once a session, before it shows words of reports",
        allowed: "on or off",
        default: "off",
        effect: None,
        check: |value| one_of(value, &["on", "off"]),
    },
    Setting {
        name: WARNING_WORDS,
        meaning: "what the desk says of what awaits before it shows words of reports",
        allowed: "up to 1000 characters in one paragraph",
        default: "The pages that follow quote reports of violence: of people killed, hurt and held, of children among \
                  them, in the words of those who saw it and of those who lost somebody. Reading them, and many of \
                  them, may distress. Stop whenever you want, and talk to somebody.",
        effect: None,
        check: |value| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let fits = (1..=1_000).contains(&value.chars().count());
            (fits && !value.contains(char::is_control)).then_some(value)
        },
    },
];

fn one_of(value: &str, all: &[&str]) -> Option<String> {
    let value = value.trim().to_lowercase();
    all.contains(&value.as_str()).then_some(value)
}

fn between(value: &str, low: u64, high: u64) -> Option<String> {
    let n: u64 = value.trim().parse().ok()?;
    (low..=high).contains(&n).then(|| n.to_string())
}

/// What keeps settings of people and of the program apart in their table.
fn key(setting: &Setting) -> String {
    format!("config {}", setting.name)
}

/// A setting by its name.
///
/// # Errors
///
/// [`Error::Refused`] where there is none of that name, with the one that may be meant.
pub fn named(name: &str) -> Result<&'static Setting, Error> {
    let wanted = name.trim().to_lowercase();
    if let Some(found) = SETTINGS.iter().find(|it| it.name == wanted) {
        return Ok(found);
    }
    let nearest = SETTINGS
        .iter()
        .map(|it| (distance(&wanted, it.name), it.name))
        .chain(SETTINGS.iter().filter_map(|it| {
            // `pause` for `fetch.pause`.
            let (_, last) = it.name.split_once('.')?;
            Some((distance(&wanted, last), it.name))
        }))
        .min();
    let all: Vec<&str> = SETTINGS.iter().map(|it| it.name).collect();
    let hint = match nearest {
        Some((far, near)) if far <= 3 && far < wanted.chars().count() => {
            format!("did you mean {near}?")
        }
        _ => format!("there are {}", all.join(", ")),
    };
    Err(Error::Refused(format!(
        "{name}: no setting of a casebook\n  hint: {hint}"
    )))
}

/// How many letters have to be put in, taken out or changed to make one word of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(64).enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = before + usize::from(from != *to);
            before = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(before + 1);
        }
    }
    row[b.len()]
}

/// All settings as they are set.
///
/// # Errors
///
/// What the engine says.
pub fn list(store: &mut Store) -> Result<Vec<Set>, Error> {
    SETTINGS.iter().map(|it| read(store, it)).collect()
}

/// A setting as it is set.
///
/// # Errors
///
/// [`Error::Refused`] where there is none of that name.
pub fn get(store: &mut Store, name: &str) -> Result<Set, Error> {
    read(store, named(name)?)
}

fn read(store: &mut Store, setting: &Setting) -> Result<Set, Error> {
    // What another version of the program set, and this one does not allow, does not hold.
    let kept = store.setting(&key(setting))?;
    let kept = kept.and_then(|value| (setting.check)(&value));
    Ok(Set {
        name: setting.name,
        set: kept.is_some(),
        value: kept.unwrap_or_else(|| setting.default.to_owned()),
        default: setting.default,
        meaning: setting.meaning,
        allowed: setting.allowed,
    })
}

/// The value that holds.
///
/// # Errors
///
/// What the engine says.
pub fn value(store: &mut Store, name: &str) -> Result<String, Error> {
    Ok(get(store, name)?.value)
}

/// The number that holds, of a setting that is one.
///
/// # Errors
///
/// What the engine says.
pub fn number(store: &mut Store, name: &str) -> Result<u64, Error> {
    let set = get(store, name)?;
    Ok(set
        .value
        .parse()
        .or_else(|_| set.default.parse())
        .unwrap_or(0))
}

/// Sets a setting, or with `None` what holds where nobody sets it; gives what held before. The log says who did it.
///
/// # Errors
///
/// [`Error::Refused`] where there is none of that name, or the value is not allowed.
pub fn set(
    store: &mut Store,
    name: &str,
    to: Option<&str>,
    who: &str,
    now: jiff::Timestamp,
) -> Result<Set, Error> {
    let setting = named(name)?;
    let to = match to {
        None => None,
        Some(words) => Some((setting.check)(words).ok_or_else(|| {
            Error::Refused(format!(
                "{words}: not allowed for {}\n  hint: it may be {}",
                setting.name, setting.allowed
            ))
        })?),
    };
    let before = read(store, setting)?;
    let had = before.set.then_some(&before.value);
    if had == to.as_ref() {
        return Ok(before);
    }
    let at = store::log::time(now);
    store.write(&mut |tx| {
        match &to {
            Some(value) => tx.set(&key(setting), value)?,
            None => {
                tx.unset(&key(setting))?;
            }
        }
        let detail = serde_json::json!({"from": had, "to": to}).to_string();
        tx.tell("configured", setting.name, Some(detail), &at, who)
    })?;
    Ok(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_unset_is_allowed() {
        for setting in SETTINGS {
            if !setting.default.is_empty() {
                let kept = (setting.check)(setting.default);
                assert_eq!(kept.as_deref(), Some(setting.default), "{}", setting.name);
            }
        }
        let default = fetch::Limits::default().packed.to_string();
        assert_eq!(named(MAX_BYTES).unwrap().default, default);
    }

    #[test]
    fn an_unknown_name_says_which_may_be_meant() {
        let check = |name: &str, words: &str| {
            let told = named(name).unwrap_err().to_string();
            assert!(told.contains(words), "{told}");
        };
        check("watch.evry", "did you mean watch.every?");
        check("pause", "did you mean fetch.pause?");
        check("Reder", "did you mean reader?");
        check("colour of the sky", "there are reader, fetch.contact");
        check("", "there are reader");
        assert_eq!(named(" Watch.Every ").unwrap().name, EVERY);
    }

    #[test]
    fn a_value_that_is_not_allowed_is_none() {
        let check = |name: &str, value: &str, kept: Option<&str>| {
            let found = (named(name).unwrap().check)(value);
            assert_eq!(found.as_deref(), kept, "{name} {value:?}");
        };
        check(READER, "FAST", Some("fast"));
        check(READER, "slow", None);
        check(PAUSE, "0", None);
        check(PAUSE, "007", Some("7"));
        check(CONTACT, "desk@outlet.example\r\nX: y", None);
        check(CONTACT, "desk@outlet.example", Some("desk@outlet.example"));
        check(TITLE, "", None);
        check(EVERY, "-5", None);
        check(WARNING, "On", Some("on"));
        check(WARNING_WORDS, " two\r\nlines ", Some("two lines"));
        check(WARNING_WORDS, &"x".repeat(1_001), None);
    }
}
