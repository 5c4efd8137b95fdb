//! A case folder's claims, marked by a careful reader, as the claims a perfect reader would make.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use model::*;
use serde_json::Value as Json;

use super::page::{self, Page};
use super::script;

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
            let page = page::read(folder, letter);
            let own: Vec<&Json> = rows.iter().filter(|row| row["report"] == letter).collect();
            reading(&parties, letter, page, &own, &mut ids)
        })
        .collect();
    (readings, ids)
}

fn reading(
    parties: &BTreeSet<String>,
    letter: &str,
    page: Page,
    rows: &[&Json],
    ids: &mut Vec<(String, ClaimId)>,
) -> Reading {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in page.text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if end > at {
            blocks.push(Block {
                span: Span::new(at, end),
                kind: BlockKind::Paragraph,
            });
        }
        at += line.len();
    }
    let text = Text::new(page.text, blocks);
    let report = ReportId::of(&[letter.as_bytes(), text.as_str().as_bytes()]);
    let account = AccountId::of(&[report.as_str().as_bytes()]);
    let mut accounts: Vec<Account> = [AccountKind::Main, AccountKind::Background]
        .map(|kind| Account {
            id: account.clone(),
            report: report.clone(),
            kind,
            label: String::new(),
            claims: Vec::new(),
        })
        .into();
    for row in rows {
        let Some(span) = locate(&text, row["quote"].as_str().unwrap_or_default()) else {
            println!("{} {}: words not in the text", letter, row["id"]);
            continue;
        };
        let claim = claim(row, parties, text.quote(span), &report, &account);
        ids.push((
            row["id"].as_str().unwrap_or_default().to_owned(),
            claim.id.clone(),
        ));
        let background = row["account"] == "background";
        accounts[usize::from(background)].claims.push(claim);
    }
    let report = Report {
        id: report.clone(),
        source: Source {
            id: format!("s:report-{letter}"),
            kind: if page.name.as_deref().is_some_and(|name| {
                parties
                    .iter()
                    .any(|party| name.to_lowercase().contains(&party.to_lowercase()))
            }) {
                PartyKind::State
            } else {
                PartyKind::Outlet
            },
            name: page.name,
        },
        title: None,
        byline: None,
        url: None,
        published: page.published,
        language: Some("en".into()),
        media_type: "text/plain".into(),
        encoding: "UTF-8".into(),
        text: text.id().clone(),
        container: None,
        fetched_at: None,
    };
    reader::keyed(Reading::new(report, text, accounts, Vec::new()))
}

/// Finds the words in the text; a no-break space counts as a space, a curly apostrophe as a straight one.
fn locate(text: &Text, words: &str) -> Option<Span> {
    let plain = |c: char| match c {
        '\u{a0}' => ' ',
        '’' => '\'',
        c => c,
    };
    let chars: Vec<(usize, char)> = text
        .as_str()
        .char_indices()
        .map(|(at, c)| (at, plain(c)))
        .collect();
    let words: Vec<char> = words.chars().map(plain).collect();
    let from = (0..(chars.len() + 1).saturating_sub(words.len())).find(|&from| {
        words
            .iter()
            .enumerate()
            .all(|(i, c)| chars[from + i].1 == *c)
    })?;
    let end = chars
        .get(from + words.len())
        .map_or(text.as_str().len(), |(at, _)| *at);
    Some(Span::new(chars[from].0, end))
}

fn claim(
    row: &Json,
    parties: &BTreeSet<String>,
    quote: Quote,
    report: &ReportId,
    account: &AccountId,
) -> Claim {
    let said = |key: &str| row[key].as_str().unwrap_or_default();
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
    let claim = Claim {
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
        evidence: Evidence::default(),
        rule: "gold".into(),
        reader: "gold".into(),
        own: None,
        course: None,
        judged: None,
    };
    script::decoded(Basis::Stated, Certainty::Sure, claim)
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
        words: words.to_owned(),
        ..Scope::default()
    };
    match words {
        "" | "all" => scope.words = String::new(),
        "children" | "minors" | "foreign children" | "sons" => scope.age = AgeGroup::Children,
        "women" => scope.sex = Some(Sex::Female),
        "men" => scope.sex = Some(Sex::Male),
        "residents" | "civilians" => scope.role = Role::Civilian,
        "attackers" | "attacker" => scope.role = Role::Attacker,
        "fighters" => scope.role = Role::Fighter,
        "security forces" | "guards" | "soldiers and officials" => scope.role = Role::SecurityForce,
        "aid workers" => scope.role = Role::AidWorker,
        _ => {
            scope.side = Some(Party::slug(side(words).unwrap_or(words)));
            if side(words).is_some() {
                scope.role = Role::Fighter;
            }
        }
    }
    scope
}

/// "about 850", "200 or more", "more than 210", "21 to 25", "several", "20 other nationalities".
fn count(words: &str) -> Option<Count> {
    let numbers: Vec<u64> = words
        .split(' ')
        .filter_map(|word| word.replace(',', "").parse().ok())
        .collect();
    let raw = match numbers.as_slice() {
        [low, high] if words.contains(" to ") => format!("{low}..{high}"),
        [n, ..] if words.starts_with("about") => format!("~{n}"),
        [n, ..] if words.ends_with("or more") || words.starts_with("at least") => {
            format!(">={n}")
        }
        [n, ..] if words.starts_with("more than") => format!(">{n}"),
        [n, ..] if words.starts_with("at most") || words.starts_with("up to") => {
            format!("<={n}")
        }
        [n, ..] if words.starts_with("fewer than") => format!("<{n}"),
        [n, ..] => n.to_string(),
        [] if words.is_empty() => return None,
        [] if script::vague(words) => words.to_owned(),
        [] => return Some(Count::range(2, None, Bound::Vague, words)),
    };
    Some(script::count(&raw))
}

/// The kind of thing a reader would know by its words.
fn thing(words: &str) -> &'static str {
    let kinds = [
        ("car bomb", "car_bomb"),
        ("truck bomb", "car_bomb"),
        ("explosives-packed", "explosive_vehicle"),
        ("suicide", "suicide_bomb"),
        ("truck", "vehicle"),
        ("missile", "missile"),
        ("drone", "drone"),
        ("rifle", "firearm"),
        ("pistol", "firearm"),
        ("bomb", "bomb"),
    ];
    kinds
        .iter()
        .find(|(part, _)| words.contains(part))
        .map_or("weapon", |(_, code)| code)
}

fn value(slot: Slot, row: &Json, quote: &Quote) -> Value {
    let said = row["value"].as_str().unwrap_or_default();
    let words = quote.exact.clone();
    let party = |name: &str| Value::Party(Party::named(name, PartyKind::Unknown));
    match slot {
        slot if slot.group() == SlotGroup::Counts || slot == Slot::Nationality => {
            count(said).map_or(Value::Words { words }, Value::Count)
        }
        Slot::When => match format!("{}{said}", if said.len() == 5 { "2023-" } else { "" }).parse()
        {
            Ok(day) => Value::When(When::day(day, words, "")),
            Err(_) => Value::Words { words },
        },
        Slot::Where => {
            let parts: Vec<&str> = said.split(", ").collect();
            let mut place = script::place(&parts.join("/").replace(' ', "-"));
            if let [site, name] = parts.as_slice() {
                place.site = Some((*site).to_owned());
                place.name = (*name).to_owned();
                place.parts.remove(0);
                place.precision = PlacePrecision::Site;
            }
            if parts.len() < 3
                || place
                    .site
                    .as_deref()
                    .is_some_and(|site| site.contains("depot"))
            {
                place.country = None;
            }
            Value::Place(place)
        }
        Slot::Means => Value::Thing {
            code: thing(said).to_owned(),
            words: said.to_owned(),
            count: row["count"]
                .as_u64()
                .map(|n| Count::said(n, Bound::Exact, "")),
        },
        Slot::Control | Slot::Target => party(said),
        Slot::Responsibility => party(row["actor"].as_str().unwrap_or(said)),
        Slot::Event => Value::Kind {
            code: if said == "siege" { "siege" } else { "attack" }.to_owned(),
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
