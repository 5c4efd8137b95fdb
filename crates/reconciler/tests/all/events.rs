//! The reconciler on events with perfect claims: what a careful reader marked in each report goes in, the figures at
//! the top, the verdicts and the disputes are held against what that reader put there.
//!
//! The data lie outside the project (`bench/events` of the shared folder); where they are absent the test says so and
//! passes. With `--nocapture` it prints every figure, and with `CROSSBEARING_MISSES` set every miss.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use model::*;
use serde_json::Value as Json;

use super::{gold, script};

/// Right and all, by metric.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (usize, usize)>);

impl Tally {
    fn add(&mut self, name: &'static str, right: bool) -> bool {
        let entry = self.0.entry(name).or_default();
        entry.0 += usize::from(right);
        entry.1 += 1;
        right
    }

    fn share(&self, name: &str) -> f64 {
        let &(right, all) = self.0.get(name).unwrap_or(&(0, 1));
        right as f64 / all.max(1) as f64
    }
}

/// What the careful reader calls one toll: the number said and the range.
struct Toll {
    stated: Option<u64>,
    low: u64,
    high: Option<u64>,
}

impl Toll {
    fn of(json: &Json) -> Option<Self> {
        Some(Self {
            stated: json["stated"].as_u64(),
            low: json["low"].as_u64()?,
            high: json["high"].as_u64(),
        })
    }

    fn holds(&self, n: u64) -> bool {
        match self.stated {
            Some(stated) => n == stated || n == self.low,
            None => (self.low..=self.high.unwrap_or(u64::MAX)).contains(&n),
        }
    }
}

/// The scope words of these events, as the reader would give them.
fn scope(words: &str) -> Scope {
    let mut scope = Scope {
        words: words.to_owned(),
        ..Scope::default()
    };
    match words {
        "" | "all" => scope.words = String::new(),
        "children" | "minors" => scope.age = AgeGroup::Children,
        "women" => scope.sex = Some(Sex::Female),
        "men" => scope.sex = Some(Sex::Male),
        "residents" | "civilians" => scope.role = Role::Civilian,
        "attackers" | "attacker" | "terrorists" => scope.role = Role::Attacker,
        "fighters" | "rebels" | "militants" => scope.role = Role::Fighter,
        "soldiers" | "police" | "guards" | "gendarmes" | "security forces" | "policemen" => {
            scope.role = Role::SecurityForce;
        }
        "prisoners" | "detained" | "inmates" => scope.role = Role::Detainee,
        "hostages" => scope.role = Role::Hostage,
        "aid workers" => scope.role = Role::AidWorker,
        "foreigners" => scope.nationality = Some("foreign".into()),
        other => scope.kind = Some(other.to_owned()),
    }
    scope
}

/// Words that tell a figure as one that stood before, near enough to it: a stand-in for what a reader finds by syntax.
const BEFORE: &[&str] = &[
    "earlier",
    "initially",
    "initial",
    "previous",
    "previously",
    "at first",
    "as first",
    "up from",
    "down from",
    "had said",
    "had put",
    "had given",
    "had reported",
    "had spoken",
    "had counted",
    "had informed",
    "originally",
    "until then",
];

/// Whether the words around a quote tell its figure as one that stood before.
fn course(text: &Text, quote: &Quote) -> Option<Course> {
    let at = text.as_str().find(&quote.exact)?;
    let body = text.as_str();
    let start = body[..at].rfind(['.', '\n', ';']).map_or(0, |at| at + 1);
    let end = at + quote.exact.len();
    let tail = body[end..]
        .find(['.', '\n', ',', ';'])
        .map_or(end, |to| end + to);
    let around = body[start..tail].to_lowercase();
    let said = |word: &&str| {
        around.split(*word).count() > 1
            && around
                .split(*word)
                .next()
                .is_none_or(|head| !head.ends_with(char::is_alphabetic))
    };
    BEFORE.iter().any(said).then_some(Course {
        standing: Standing::Earlier,
        change: None,
        from: None,
        why: None,
    })
}

/// The claims of an event with what a perfect reader knows beside them: which is its report's own toll.
fn readings(folder: &Path, event: &Json) -> (Vec<Reading>, BTreeMap<ClaimId, String>) {
    let rows: BTreeMap<String, Json> = gold::lines(&folder.join("claims.jsonl"))
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap_or_default().to_owned(), row))
        .collect();
    let (mut readings, ids) = gold::readings(folder);
    let names: BTreeMap<ClaimId, String> = ids.into_iter().map(|(row, id)| (id, row)).collect();
    for reading in &mut readings {
        for account in &mut reading.accounts {
            for claim in &mut account.claims {
                let row = &rows[&names[&claim.id]];
                claim.scope = scope(row["scope"].as_str().unwrap_or_default());
                if claim.value.count().is_some() {
                    claim.course = course(&reading.text, claim.quote());
                }
                let claimed = row["stance"] == "claimed";
                if claimed && claim.speakers.len() > 1 {
                    claim.speakers[0].interested = true;
                    claim.speakers[0].party_kind = PartyKind::ArmedGroup;
                }
            }
        }
        let report = reading
            .accounts
            .iter()
            .flat_map(|account| &account.claims)
            .find_map(|claim| rows[&names[&claim.id]]["report"].as_str());
        let Some(tolls) = report.map(|report| &event["tolls"][report]) else {
            continue;
        };
        for slot in [Slot::Killed, Slot::Injured] {
            let toll = Toll::of(&tolls[slot.name()]);
            for everybody in [true, false] {
                let mut found = false;
                let own = reading
                    .accounts
                    .iter_mut()
                    .filter(|account| account.kind == AccountKind::Main)
                    .flat_map(|account| &mut account.claims);
                for claim in own.filter(|claim| claim.slot == slot) {
                    let is = claim.value.count().is_some_and(|count| {
                        toll.as_ref().is_some_and(|toll| {
                            toll.holds(count.stated.unwrap_or(count.low))
                                && (everybody || toll.stated.is_some())
                                && count.bound != Bound::Vague
                        })
                    }) && claim.scope.is_all() == everybody
                        && claim.stance.kind != StanceKind::Denied;
                    claim.own = claim.own.max(Some(if is { 1000 } else { 0 }));
                    if is {
                        claim.course = None;
                    }
                    found |= is;
                }
                if found {
                    break;
                }
            }
        }
    }
    (readings, names)
}

fn within(stands: &Json, n: u64) -> bool {
    let range = |range: &[Option<u64>; 2]| {
        let [low, high] = *range;
        low.is_some_and(|low| (low..=high.unwrap_or(low + 1)).contains(&n))
    };
    stands["stated"].as_u64() == Some(n) || ranges(stands).iter().any(range)
}

fn ranges(stands: &Json) -> Vec<[Option<u64>; 2]> {
    let mut out = vec![[stands["low"].as_u64(), stands["high"].as_u64()]];
    for range in stands["accept"].as_array().into_iter().flatten() {
        out.push([range[0].as_u64(), range[1].as_u64()]);
    }
    out
}

/// One event with perfect claims, held against what a careful reader finds.
struct Check<'a> {
    name: String,
    event: &'a Json,
    dossier: &'a Dossier,
    /// Claim → the row that it was made of.
    names: BTreeMap<ClaimId, String>,
    tally: &'a mut Tally,
    misses: bool,
}

fn event(folder: &Path, tally: &mut Tally, misses: bool) {
    let text = std::fs::read_to_string(folder.join("event.json")).expect("an event");
    let event: Json = serde_json::from_str(&text).expect("an event in JSON");
    let (readings, names) = readings(folder, &event);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut check = Check {
        name: name.into_owned(),
        event: &event,
        dossier: &reconciler::dossier(&readings, &script::policy()),
        names,
        tally,
        misses,
    };
    check.tolls();
    check.headlines();
    check.disputes();
}

impl Check<'_> {
    fn say(&self, line: String) {
        if self.misses {
            println!("{} {line}", self.name);
        }
    }

    fn row(&self, id: &ClaimId) -> String {
        self.names.get(id).cloned().unwrap_or_default()
    }

    fn letter(&self, id: &ReportId) -> Option<String> {
        let mut claims = self.dossier.claims.iter();
        let claim = claims.find(|claim| claim.report == *id)?;
        let row = self.row(&claim.id);
        Some(row.split('-').next().unwrap_or("").to_owned())
    }

    fn tolls(&mut self) {
        for slot in [Slot::Killed, Slot::Injured] {
            let agreed = self.dossier.agreed(slot);
            let votes: BTreeMap<String, Option<u64>> = agreed
                .iter()
                .flat_map(|agreed| &agreed.votes)
                .filter_map(|vote| Some((self.letter(&vote.report)?, vote.n)))
                .collect();
            for (report, tolls) in self.event["tolls"].as_object().into_iter().flatten() {
                let n = votes.get(report).copied().flatten();
                let toll = Toll::of(&tolls[slot.name()]);
                let right = match &toll {
                    Some(toll) => self.tally.add("toll", n.is_some_and(|n| toll.holds(n))),
                    None => self.tally.add("silent", n.is_none_or(|n| n == 0)),
                };
                if !right {
                    self.say(format!(
                        "TOLL {report} {slot} gold {} said {n:?}",
                        tolls[slot.name()]
                    ));
                }
            }
        }
    }

    fn headlines(&mut self) {
        for (slot, stands) in self.event["stands"].as_object().into_iter().flatten() {
            let slot = Slot::from_name(slot).expect("a slot");
            let agreed = self.dossier.agreed(slot);
            let right = agreed.is_some_and(|agreed| within(stands, agreed.n));
            let metric = match slot {
                Slot::Killed => "killed headline",
                Slot::Injured => "injured headline",
                _ => "other headlines",
            };
            if !self.tally.add(metric, right) {
                let votes: Vec<String> = agreed
                    .iter()
                    .flat_map(|agreed| &agreed.votes)
                    .map(|vote| format!("{:?}={:?}", self.letter(&vote.report), vote.n))
                    .collect();
                self.say(format!(
                    "HEADLINE {slot} gold {:?} said {:?} {votes:?} {}",
                    ranges(stands),
                    agreed.map(|agreed| &agreed.label),
                    stands["why"]
                ));
            }
            if let Some(agreed) = agreed {
                self.say(format!(
                    "  {slot} {} {:?} earlier {:?} differs {:?} ({}) gold {}: {}",
                    agreed.label,
                    agreed.verdict,
                    agreed
                        .earlier
                        .iter()
                        .map(|step| &step.label)
                        .collect::<Vec<_>>(),
                    agreed
                        .differs
                        .iter()
                        .map(|step| &step.label)
                        .collect::<Vec<_>>(),
                    agreed.why,
                    stands["verdict"],
                    stands["why"]
                ));
            }
            if matches!(slot, Slot::Killed | Slot::Injured) {
                self.verdicts(slot, stands);
            }
        }
    }

    fn verdicts(&mut self, slot: Slot, stands: &Json) {
        let agreed = self.dossier.agreed(slot);
        let finding = self.dossier.findings.iter().find(|finding| {
            finding.slot == slot
                && finding.scope.role == Role::All
                && finding.scope.side.is_none()
                && finding.scope.age == AgeGroup::Unsaid
        });
        let fits = |verdict: Option<Verdict>| {
            use Verdict::*;
            let want: &[Verdict] = match stands["verdict"].as_str() {
                Some("single") => &[SingleOrigin, Unconfirmed, Corroborated],
                Some("agreed") => &[Corroborated, SingleOrigin],
                Some("revised") => &[Revised, Corroborated],
                _ => &[Disputed],
            };
            verdict.is_some_and(|verdict| want.contains(&verdict))
        };
        self.tally.add(
            "verdict at the top",
            fits(agreed.map(|agreed| agreed.verdict)),
        );
        if !self
            .tally
            .add("verdict", fits(finding.map(|finding| finding.verdict)))
        {
            self.say(format!(
                "VERDICT {slot} gold {} ({}) said {:?}: {}",
                stands["verdict"],
                stands["why"],
                finding.map(|finding| finding.verdict),
                finding.map_or("", |finding| &finding.why)
            ));
        }
        let ranges = ranges(stands);
        let low = ranges
            .iter()
            .filter_map(|range| range[0])
            .min()
            .unwrap_or(0);
        let high = ranges
            .iter()
            .filter_map(|range| range[1].or(Some(range[0]? * 2)))
            .max();
        let ucdp = finding.and_then(|finding| finding.numbers.as_ref());
        let best = ucdp.and_then(|numbers| numbers[RuleName::Ucdp].best);
        let metric = if slot == Slot::Killed {
            "killed ucdp"
        } else {
            "injured ucdp"
        };
        if !self.tally.add(
            metric,
            best.is_some_and(|best| (low..=high.unwrap_or(low)).contains(&best)),
        ) {
            let used: Vec<String> = ucdp
                .iter()
                .flat_map(|numbers| &numbers[RuleName::Ucdp].used)
                .map(|id| self.row(id))
                .collect();
            self.say(format!(
                "UCDP {slot} gold {low} {high:?} said {best:?} of {used:?}"
            ));
        }
    }

    fn disputes(&mut self) {
        let mut gold: BTreeSet<&str> = self.event["disputes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|dispute| dispute["slot"].as_str())
            .collect();
        for (slot, stands) in self.event["stands"].as_object().into_iter().flatten() {
            if stands["verdict"] == "disputed" {
                gold.insert(slot);
            }
        }
        let disputed: BTreeSet<&str> = self
            .dossier
            .findings
            .iter()
            .filter(|finding| finding.verdict == Verdict::Disputed)
            .map(|finding| finding.slot.name())
            .collect();
        let counts = |slot: &str| {
            Slot::from_name(slot).is_some_and(|slot| slot.group() == SlotGroup::Counts)
        };
        for slot in &gold {
            let right = disputed.contains(slot);
            self.tally.add(
                if counts(slot) {
                    "recall, counts"
                } else {
                    "recall, others"
                },
                right,
            );
            if !self.tally.add("dispute recall", right) {
                for dispute in self.event["disputes"].as_array().into_iter().flatten() {
                    if dispute["slot"] == **slot {
                        self.say(format!("MISSED {dispute}"));
                    }
                }
                if !self.event["disputes"]
                    .to_string()
                    .contains(&format!("\"slot\":\"{slot}\""))
                {
                    self.say(format!(
                        "MISSED {slot}: {}",
                        self.event["stands"][slot]["why"]
                    ));
                }
            }
        }
        self.false_disputes(&gold, &disputed);
    }

    fn false_disputes(&mut self, gold: &BTreeSet<&str>, disputed: &BTreeSet<&str>) {
        let counts = |slot: &str| {
            Slot::from_name(slot).is_some_and(|slot| slot.group() == SlotGroup::Counts)
        };
        for slot in disputed {
            let right = gold.contains(slot);
            self.tally.add(
                if counts(slot) {
                    "precision, counts"
                } else {
                    "precision, others"
                },
                right,
            );
            if !self.tally.add("dispute precision", right) {
                for finding in self.dossier.findings.iter().filter(|finding| {
                    finding.slot.name() == *slot && finding.verdict == Verdict::Disputed
                }) {
                    let against: Vec<String> = finding
                        .relations
                        .iter()
                        .filter(|relation| {
                            matches!(
                                relation.kind,
                                RelationKind::Contradicts | RelationKind::Tension
                            )
                        })
                        .map(|relation| {
                            format!("{} {}", self.row(&relation.a), self.row(&relation.b))
                        })
                        .collect();
                    self.say(format!(
                        "FALSE DISPUTE {slot} {:?}: {} {against:?}",
                        finding.scope.words, finding.why
                    ));
                }
            }
        }
    }
}

#[test]
fn figures_of_events_with_perfect_claims() {
    let Some(root) = testing::shared("bench/events") else {
        return;
    };
    let mut folders: Vec<_> = std::fs::read_dir(&root)
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("event.json").is_file())
        .collect();
    folders.sort();
    let misses = std::env::var_os("CROSSBEARING_MISSES").is_some();
    let mut tally = Tally::default();
    for folder in &folders {
        event(folder, &mut tally, misses);
    }
    for (name, (right, all)) in &tally.0 {
        println!("{name:20} {right:4} of {all:4}  {:.3}", tally.share(name));
    }
}
