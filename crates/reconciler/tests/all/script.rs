//! Readings written by hand, as text, and dossiers shown as text.
//!
//! A report starts with `# Publisher, 2031-05-06T10` (the time may be left out, and so may the day). Each further line
//! is a claim: `slot value key=value … "words"`. Keys: `who` (children, women, civilians, prisoners, or a side), `by`
//! (links from the one who says it on, joined by `>`: `Body`, `Person@Body`, `role:residents`, `?` for nobody; a
//! trailing `!` marks a party to it), `stance`, `asof`, `actor`, `basis` and `certainty` by their names in JSON. A line
//! that starts with `|` is plain text; `^` starts a byline. Hyphens in names stand for spaces. Claims under a line `~`
//! belong to a background account.

use jiff::civil::{Date, DateTime};
use model::*;
use reconciler::{Policy, dossier};

/// Reads a script.
pub fn readings(script: &str) -> Vec<Reading> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        if line.starts_with('#') {
            blocks.push(Vec::new());
        }
        blocks
            .last_mut()
            .expect("a script starts with #")
            .push(line);
    }
    blocks
        .iter()
        .enumerate()
        .map(|(at, block)| reading(at, block))
        .collect()
}

/// The dossier of a script.
pub fn dossier_of(script: &str) -> Dossier {
    dossier(&readings(script), &policy())
}

/// A policy for tests.
pub fn policy() -> Policy {
    Policy {
        version: "test".into(),
    }
}

/// `A1`, `B2`: the report's letter and the claim's number in it.
pub fn name(dossier: &Dossier, id: &ClaimId) -> String {
    let all: Vec<&Claim> = dossier.claims.iter().chain(&dossier.background).collect();
    let claim = all
        .iter()
        .find(|claim| claim.id == *id)
        .expect("a claim of the dossier");
    let mut own: Vec<&&Claim> = all
        .iter()
        .filter(|other| other.report == claim.report)
        .collect();
    own.sort_by_key(|claim| claim.quote().start);
    let at = own.iter().position(|other| other.id == *id).unwrap();
    format!(
        "{}{}",
        dossier.report(&claim.report).unwrap().letter,
        at + 1
    )
}

/// All relations as lines `A1 kind B1: why`, sorted.
pub fn relations(dossier: &Dossier) -> Vec<String> {
    let mut out: Vec<String> = dossier
        .findings
        .iter()
        .flat_map(|finding| &finding.relations)
        .map(|relation| {
            let kind = serde_json::to_value(relation.kind).unwrap();
            format!(
                "{} {} {}: {}",
                name(dossier, &relation.a),
                kind.as_str().unwrap(),
                name(dossier, &relation.b),
                relation.why
            )
        })
        .collect();
    out.sort();
    out
}

/// All findings as lines `slot verdict: why`.
pub fn verdicts(dossier: &Dossier) -> Vec<String> {
    dossier
        .findings
        .iter()
        .map(|finding| {
            let verdict = serde_json::to_value(finding.verdict).unwrap();
            format!(
                "{} {}: {}",
                finding.slot,
                verdict.as_str().unwrap(),
                finding.why
            )
        })
        .collect()
}

/// Checks that the relations of a script are these lines, `why` included where the line has one.
#[track_caller]
pub fn check(script: &str, want: &[&str]) {
    let found = relations(&dossier_of(script));
    let short: Vec<&str> = found
        .iter()
        .zip(want.iter().map(Some).chain(std::iter::repeat(None)))
        .map(|(line, want)| {
            let long = want.is_some_and(|want| want.contains(": "));
            if long {
                line.as_str()
            } else {
                line.split(": ").next().unwrap()
            }
        })
        .collect();
    assert_eq!(short, want, "{found:#?}");
}

/// An id that sorts by place in the script (for the first fourteen), so that letters follow the script where times are
/// not given.
fn id(at: usize, head: &str, text: &str) -> ReportId {
    let make = |nonce: u32| ReportId::of(&[head.as_bytes(), text.as_bytes(), &nonce.to_le_bytes()]);
    let digit = char::from_digit(at as u32, 16).filter(|_| at < 14);
    (0..)
        .map(make)
        .find(|id| digit.is_none_or(|digit| id.as_str()[2..].starts_with(digit)))
        .expect("some hash starts with the digit")
}

fn reading(at: usize, lines: &[&str]) -> Reading {
    let head = lines[0].trim_start_matches('#').trim();
    let (name, when) = head
        .split_once(", ")
        .map_or((head, None), |(name, when)| (name, Some(when)));
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut drafts: Vec<(String, Span, bool)> = Vec::new();
    let mut byline = None;
    let mut main = true;
    for line in &lines[1..] {
        if let Some(by) = line.strip_prefix('^') {
            byline = Some(by.trim().to_owned());
            continue;
        }
        if *line == "~" {
            main = false;
            continue;
        }
        let (spec, words) = match line.strip_prefix('|') {
            Some(plain) => ("", plain.trim().to_owned()),
            None => match line.split_once('"') {
                Some((spec, words)) => (spec, words.trim_end_matches('"').to_owned()),
                None => (*line, line.replace(['=', '@', '>'], " ")),
            },
        };
        let start = text.len();
        text.push_str(&words);
        let span = Span::new(start, text.len());
        blocks.push(Block {
            span,
            kind: BlockKind::Paragraph,
        });
        text.push_str("\n\n");
        if !spec.is_empty() {
            drafts.push((spec.to_owned(), span, main));
        }
    }
    let text = Text::new(text, blocks);
    let id = id(at, head, text.as_str());
    let source = Source {
        id: format!("s:{name}"),
        name: (name != "-").then(|| name.to_owned()),
        kind: PartyKind::Outlet,
    };
    let claims = |main: bool| -> Vec<Claim> {
        drafts
            .iter()
            .filter(|(_, _, own)| *own == main)
            .map(|(spec, span, _)| claim(spec, text.quote(*span), &id, &source))
            .collect()
    };
    let account = |kind: AccountKind, claims: Vec<Claim>| Account {
        id: AccountId::of(&[id.as_str().as_bytes()]),
        report: id.clone(),
        kind,
        label: String::new(),
        claims,
    };
    let mut accounts = vec![account(AccountKind::Main, claims(true))];
    if !main {
        accounts.push(account(AccountKind::Background, claims(false)));
    }
    let report = Report {
        id: id.clone(),
        source,
        title: None,
        byline,
        url: None,
        published: when.map(time),
        language: Some("en".into()),
        media_type: "text/plain".into(),
        encoding: "UTF-8".into(),
        text: text.id().clone(),
        container: None,
        fetched_at: None,
    };
    reader::keyed(Reading::new(report, text, accounts, Vec::new()))
}

/// A day, or a day and an hour: `2031-05-06`, `2031-05-06T10`.
pub fn time(words: &str) -> When {
    match words.split_once('T') {
        None => When::day(words.parse::<Date>().expect("a date"), words, "given"),
        Some((day, hour)) => {
            let start: DateTime =
                day.parse::<Date>()
                    .expect("a date")
                    .at(hour.parse().expect("an hour"), 0, 0, 0);
            When {
                start,
                end: start.checked_add(jiff::Span::new().hours(1)).unwrap(),
                precision: WhenPrecision::Hour,
                words: words.into(),
                anchor: "given".into(),
            }
        }
    }
}

fn claim(spec: &str, quote: Quote, report: &ReportId, source: &Source) -> Claim {
    let mut words = spec.split_whitespace();
    let slot = Slot::from_name(words.next().unwrap()).unwrap_or_else(|| panic!("no slot: {spec}"));
    let mut raw = String::new();
    let mut keys: Vec<(&str, &str)> = Vec::new();
    for word in words {
        match word.split_once('=') {
            Some(pair) if !word.starts_with(['>', '<']) => keys.push(pair),
            _ => raw = word.to_owned(),
        }
    }
    let key = |name: &str| {
        keys.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    };
    let value = value(slot, &raw, &quote);
    let scope = key("who").map(scope).unwrap_or_default();
    let mut speakers: Vec<Speaker> = key("by")
        .map(|by| by.split('>').map(speaker).collect())
        .unwrap_or_default();
    speakers.push(Speaker {
        kind: SpeakerKind::Publisher,
        name: source.name.clone().unwrap_or_default(),
        affiliation: None,
        party: None,
        party_kind: PartyKind::Outlet,
        interested: false,
        quote: None,
    });
    let stance = match key("stance") {
        Some("denied") => StanceKind::Denied,
        Some("possible") => StanceKind::Possible,
        Some("unconfirmed") => StanceKind::Unconfirmed,
        Some("claimed") => StanceKind::Claimed,
        Some("reported") => StanceKind::Reported,
        _ => StanceKind::Asserted,
    };
    let named = |name: &str| format!("\"{name}\"");
    let basis = key("basis").map(|name| serde_json::from_str(&named(name)).expect("a basis"));
    let certainty =
        key("certainty").map(|name| serde_json::from_str(&named(name)).expect("a certainty"));
    let claim = Claim {
        id: Claim::id_of(report, slot, &scope, &value, &quote),
        slot,
        value,
        scope,
        as_of: key("asof").map(time),
        stance: Stance {
            kind: stance,
            cue: None,
        },
        speakers,
        direct: key("direct").is_some(),
        actor: key("actor").map(party),
        addressee: None,
        quotes: vec![quote],
        report: report.clone(),
        account: AccountId::of(&[report.as_str().as_bytes()]),
        evidence: Evidence::default(),
        rule: "test".into(),
        reader: "test".into(),
        own: None,
        course: None,
        judged: None,
    };
    decoded(
        basis.unwrap_or_default(),
        certainty.unwrap_or_default(),
        claim,
    )
}

/// A claim with what the reader makes of its words.
pub fn decoded(basis: Basis, certainty: Certainty, mut claim: Claim) -> Claim {
    claim.scope.armed = reader::claims::marks::is_armed(&claim.scope);
    claim.evidence = reader::claims::marks::evidence(basis, certainty, &claim);
    claim
}

fn party(name: &str) -> Party {
    Party::named(name.replace('-', " "), PartyKind::Unknown)
}

fn speaker(link: &str) -> Speaker {
    let (link, interested) = link
        .strip_suffix('!')
        .map_or((link, false), |link| (link, true));
    let spaced = |name: &str| name.replace('-', " ");
    let outlet = ["Reuters", "Tribune", "Post", "Herald"]
        .iter()
        .any(|word| link.contains(word));
    let party_kind = if outlet {
        PartyKind::Outlet
    } else {
        PartyKind::Unknown
    };
    let (kind, name, affiliation) = if link == "?" {
        (SpeakerKind::Unnamed, String::new(), None)
    } else if let Some(role) = link.strip_prefix("role:") {
        (SpeakerKind::Role, spaced(role), None)
    } else if let Some((person, body)) = link.split_once('@') {
        (SpeakerKind::Person, spaced(person), Some(spaced(body)))
    } else {
        (SpeakerKind::Body, spaced(link), None)
    };
    let body = affiliation
        .clone()
        .or((kind == SpeakerKind::Body).then(|| name.clone()));
    Speaker {
        kind,
        name,
        affiliation,
        party: body.map(|body| Party::slug(&body)),
        party_kind,
        interested,
        quote: None,
    }
}

fn scope(who: &str) -> Scope {
    let mut scope = Scope {
        words: who.replace('-', " "),
        ..Scope::default()
    };
    match who {
        "children" | "her-two-sons" => scope.age = AgeGroup::Children,
        "adults" => scope.age = AgeGroup::Adults,
        "women" => scope.sex = Some(Sex::Female),
        "men" => scope.sex = Some(Sex::Male),
        "civilians" | "residents" => scope.role = Role::Civilian,
        "prisoners" => scope.role = Role::Detainee,
        "fighters" => scope.role = Role::Fighter,
        "police" => scope.role = Role::SecurityForce,
        "attackers" => scope.role = Role::Attacker,
        side => scope.side = Some(Party::slug(&side.replace('-', " "))),
    }
    scope
}

/// A count from `5`, `>=5`, `>210`, `<=40`, `~640`, `20..30` or a vague word.
pub fn count(raw: &str) -> Count {
    let number = |text: &str| {
        text.parse::<u64>()
            .unwrap_or_else(|_| panic!("no number: {raw}"))
    };
    if let Some((low, high)) = raw.split_once("..") {
        return Count::range(number(low), Some(number(high)), Bound::Between, raw);
    }
    for (sign, bound) in [
        (">=", Bound::AtLeast),
        ("<=", Bound::AtMost),
        (">", Bound::MoreThan),
        ("<", Bound::FewerThan),
        ("~", Bound::About),
    ] {
        if let Some(n) = raw.strip_prefix(sign) {
            return Count::said(number(n), bound, raw);
        }
    }
    match VAGUE.iter().find(|(word, ..)| *word == raw) {
        Some((word, low, high)) => Count::range(*low, *high, Bound::Vague, *word),
        None => Count::said(number(raw), Bound::Exact, raw),
    }
}

/// Vague words and what the reader takes them to hold.
const VAGUE: [(&str, u64, Option<u64>); 6] = [
    ("several", 3, Some(9)),
    ("many", 3, None),
    ("multiple", 2, None),
    ("dozens", 12, Some(99)),
    ("hundreds", 200, Some(999)),
    ("thousands", 2000, Some(9999)),
];

/// Whether it is one of the vague words of scripts.
pub fn vague(raw: &str) -> bool {
    VAGUE.iter().any(|(word, ..)| *word == raw)
}

/// A place from `site/city/country`, or less of it; hyphens stand for spaces.
pub fn place(raw: &str) -> Place {
    let parts: Vec<String> = raw.split('/').map(|part| part.replace('-', " ")).collect();
    let (site, rest) = if parts.len() == 3 {
        (Some(parts[0].clone()), &parts[1..])
    } else {
        (None, &parts[..])
    };
    let precision = match (&site, rest.len()) {
        (Some(_), _) => PlacePrecision::Site,
        (None, 2) => PlacePrecision::City,
        _ => PlacePrecision::Country,
    };
    Place {
        id: None,
        name: rest[0].clone(),
        site,
        parts: rest.to_vec(),
        country: rest
            .last()
            .map(|country| country.chars().take(2).collect::<String>().to_uppercase()),
        lat: None,
        lon: None,
        radius_m: None,
        precision,
        words: raw.into(),
    }
}

fn value(slot: Slot, raw: &str, quote: &Quote) -> Value {
    let words = quote.exact.clone();
    match slot {
        slot if slot.group() == SlotGroup::Counts => Value::Count(count(raw)),
        Slot::When if raw.is_empty() => Value::Words { words },
        Slot::When => Value::When(time(raw)),
        Slot::Where => Value::Place(place(raw)),
        Slot::Control | Slot::Responsibility | Slot::Actor | Slot::Target => {
            Value::Party(party(raw))
        }
        Slot::Event | Slot::Status | Slot::Safety => Value::Kind {
            code: raw.into(),
            words,
        },
        Slot::Appeal => Value::Act {
            code: raw.into(),
            words,
        },
        Slot::Means => {
            let (code, count) = raw
                .split_once('*')
                .map_or((raw, None), |(code, n)| (code, Some(n)));
            Value::Thing {
                code: code.into(),
                words,
                count: count.map(self::count),
            }
        }
        Slot::Nationality if !raw.is_empty() => Value::Count(count(raw)),
        _ => Value::Words { words },
    }
}
