//! A case folder's claims, marked by a careful reader, as the claims a perfect reader would make.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use model::*;
use serde_json::Value as Json;

use super::script;

/// The folder with the benchmark cases: `$CROSSBEARING_SHARED`, else `shared` beside the project.
pub fn shared() -> PathBuf {
    std::env::var_os("CROSSBEARING_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    )
}

/// The lines of a JSON-lines file.
pub fn lines(path: &Path) -> Vec<Json> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect()
}

/// Reads a case folder into readings, and tells which claim has which id there.
pub fn readings(folder: &Path) -> (Vec<Reading>, Vec<(String, ClaimId)>) {
    let rows = lines(&folder.join("claims.jsonl"));
    let mut letters: Vec<&str> = rows
        .iter()
        .filter_map(|row| row["report"].as_str())
        .collect();
    letters.sort_unstable();
    letters.dedup();
    let parties = parties(&rows);
    let mut ids = Vec::new();
    let readings = letters
        .into_iter()
        .map(|letter| {
            let raw = std::fs::read_to_string(folder.join(format!("report-{letter}.txt")))
                .expect("the report");
            let own: Vec<&Json> = rows.iter().filter(|row| row["report"] == letter).collect();
            reading(&parties, letter, raw, &own, &mut ids)
        })
        .collect();
    (readings, ids)
}

fn reading(
    parties: &BTreeSet<String>,
    letter: &str,
    raw: String,
    rows: &[&Json],
    ids: &mut Vec<(String, ClaimId)>,
) -> Reading {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in raw.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if end > at {
            blocks.push(Block {
                span: Span::new(at, end),
                kind: BlockKind::Paragraph,
            });
        }
        at += line.len();
    }
    let text = Text::new(raw, blocks);
    let report = ReportId::of(&[letter.as_bytes(), text.as_str().as_bytes()]);
    let account = AccountId::of(&[report.as_str().as_bytes()]);
    let claims = rows
        .iter()
        .map(|row| {
            let claim = claim(row, parties, &text, &report, &account);
            ids.push((
                row["id"].as_str().unwrap_or_default().to_owned(),
                claim.id.clone(),
            ));
            claim
        })
        .collect();
    Reading {
        report: Report {
            id: report.clone(),
            source: Source {
                id: format!("s:report-{letter}"),
                name: None,
                kind: PartyKind::Outlet,
            },
            title: None,
            byline: None,
            url: None,
            published: None,
            language: Some("en".into()),
            media_type: "text/plain".into(),
            encoding: "UTF-8".into(),
            text: text.id().clone(),
        },
        text,
        accounts: vec![Account {
            id: account,
            report,
            kind: AccountKind::Main,
            label: String::new(),
            claims,
        }],
        notes: Vec::new(),
    }
}

/// Finds the words in the text; a no-break space counts as a space.
fn locate(text: &Text, words: &str) -> Span {
    let chars: Vec<(usize, char)> = text
        .as_str()
        .char_indices()
        .map(|(at, c)| (at, if c == '\u{a0}' { ' ' } else { c }))
        .collect();
    let words: Vec<char> = words.chars().collect();
    let from = (0..chars.len().saturating_sub(words.len() - 1))
        .find(|&from| {
            words
                .iter()
                .enumerate()
                .all(|(i, c)| chars[from + i].1 == *c)
        })
        .unwrap_or_else(|| {
            panic!(
                "words not in the text: {}",
                words.iter().collect::<String>()
            )
        });
    let end = chars
        .get(from + words.len())
        .map_or(text.as_str().len(), |(at, _)| *at);
    Span::new(chars[from].0, end)
}

fn claim(
    row: &Json,
    parties: &BTreeSet<String>,
    text: &Text,
    report: &ReportId,
    account: &AccountId,
) -> Claim {
    let said = |key: &str| row[key].as_str().unwrap_or_default();
    let quote = text.quote(locate(text, said("quote")));
    let slot = Slot::from_name(said("slot")).expect("a slot");
    let value = value(slot, row, &quote);
    let scope = scope(said("scope"));
    let speakers = row["speaker"]
        .as_array()
        .map(|links| {
            links
                .iter()
                .filter_map(Json::as_str)
                .map(|link| speaker(link, parties))
                .collect()
        })
        .unwrap_or_default();
    let stance = match said("stance") {
        "reported" => StanceKind::Reported,
        "claimed" => StanceKind::Claimed,
        "possible" => StanceKind::Possible,
        "denied" => StanceKind::Denied,
        "unconfirmed" => StanceKind::Unconfirmed,
        _ => StanceKind::Asserted,
    };
    Claim {
        id: Claim::id_of(report, slot, &scope, &value, &quote),
        slot,
        value,
        scope,
        as_of: said("as_of")
            .parse::<Date>()
            .ok()
            .map(|day| When::day(day, "", "")),
        stance: Stance {
            kind: stance,
            cue: None,
        },
        speakers,
        direct: row["direct_quote"] == true,
        actor: row["actor"]
            .as_str()
            .map(|name| Party::named(name, PartyKind::Unknown)),
        addressee: row["addressee"]
            .as_str()
            .map(|name| Party::named(name, PartyKind::Unknown)),
        quotes: vec![quote],
        report: report.clone(),
        account: account.clone(),
        rule: "gold".into(),
        reader: "gold".into(),
    }
}

/// Bodies that act, hold a place or are counted as a side in the case: parties to it.
fn parties(rows: &[Json]) -> BTreeSet<String> {
    rows.iter()
        .flat_map(|row| {
            let control = (row["slot"] == "control")
                .then(|| row["value"].as_str())
                .flatten();
            let side = row["scope"].as_str().and_then(side);
            [row["actor"].as_str(), control, side]
        })
        .flatten()
        .map(str::to_owned)
        .collect()
}

/// The body in "Lake Front members", "suspected Lake Front members".
fn side(scope: &str) -> Option<&str> {
    let side = scope.strip_suffix(" members")?;
    Some(side.strip_prefix("suspected ").unwrap_or(side))
}

/// "Mira Tosk (Child Aid)", "Child Aid", "unnamed reports", "outlet".
fn speaker(link: &str, parties: &BTreeSet<String>) -> Speaker {
    let (name, affiliation) = link
        .strip_suffix(')')
        .and_then(|link| link.split_once(" ("))
        .map_or((link, None), |(name, body)| (name, Some(body.to_owned())));
    let kind = match (name, &affiliation) {
        ("outlet", _) => SpeakerKind::Publisher,
        ("unnamed reports", _) => SpeakerKind::Unnamed,
        // "Lake Front (its news outlet)" is the body, not a person.
        (_, Some(_)) if !parties.contains(name) => SpeakerKind::Person,
        _ => SpeakerKind::Body,
    };
    let affiliation = affiliation.filter(|_| kind == SpeakerKind::Person);
    let body = affiliation.clone().unwrap_or_else(|| name.to_owned());
    Speaker {
        party: matches!(kind, SpeakerKind::Person | SpeakerKind::Body).then(|| Party::slug(&body)),
        party_kind: match name {
            "Reuters" => PartyKind::Agency,
            "The Guardian" | "outlet" => PartyKind::Outlet,
            _ => PartyKind::Unknown,
        },
        kind,
        name: name.to_owned(),
        interested: parties.contains(&body),
        affiliation,
        quote: None,
    }
}

fn scope(words: &str) -> Scope {
    let mut scope = Scope {
        words: if words == "all" {
            String::new()
        } else {
            words.to_owned()
        },
        ..Scope::default()
    };
    match words {
        "children" | "minors" | "foreign children" => scope.age = AgeGroup::Children,
        "residents" => scope.role = Role::Civilian,
        _ => {
            scope.side = side(words).map(Party::slug);
            if scope.side.is_some() {
                scope.role = Role::Fighter;
            }
        }
    }
    scope
}

/// "about 850", "200 or more", "more than 210", "several", "20 other nationalities".
fn count(words: &str) -> Count {
    let number = words.split(' ').find_map(|word| word.parse::<u64>().ok());
    let raw = match number {
        Some(n) if words.starts_with("about") => format!("~{n}"),
        Some(n) if words.ends_with("or more") => format!(">={n}"),
        Some(n) if words.starts_with("more than") => format!(">{n}"),
        Some(n) => n.to_string(),
        None => words.to_owned(),
    };
    script::count(&raw)
}

fn value(slot: Slot, row: &Json, quote: &Quote) -> Value {
    let said = row["value"].as_str().unwrap_or_default();
    let words = quote.exact.clone();
    let party = |name: &str| Value::Party(Party::named(name, PartyKind::Unknown));
    match slot {
        Slot::Nationality => Value::Count(count(said)),
        slot if slot.group() == SlotGroup::Counts => Value::Count(count(said)),
        Slot::When => Value::When(When::day(said.parse().expect("a date"), words, "")),
        Slot::Where => {
            let parts: Vec<&str> = said.split(", ").collect();
            Value::Place(script::place(&parts.join("/").replace(' ', "-")))
        }
        Slot::Means => Value::Thing {
            code: if said == "car bomb" {
                "car_bomb"
            } else {
                "explosive_vehicle"
            }
            .to_owned(),
            words,
            count: row["count"]
                .as_u64()
                .map(|n| Count::said(n, Bound::Exact, "")),
        },
        Slot::Control => party(said),
        Slot::Responsibility => party(row["actor"].as_str().unwrap_or_default()),
        Slot::Event => Value::Kind {
            code: "attack".to_owned(),
            words,
        },
        Slot::Status => Value::Kind {
            code: "ongoing".to_owned(),
            words,
        },
        Slot::Safety => Value::Kind {
            code: "safe".to_owned(),
            words,
        },
        Slot::Appeal => Value::Act {
            code: if said.is_empty() { "help" } else { said }.replace(' ', "_"),
            words,
        },
        _ => Value::Words { words },
    }
}
