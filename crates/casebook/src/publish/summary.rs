//! The first screen in plain words: where and when, the figures, what is disputed, who is held responsible, who is at risk, what is asked.
//!
//! What comes in: a view. What goes out: rows and lines of [`Phrase`]s, which the terminal, the page and Markdown lay out each in its own way. It
//! names outlets and speakers in full, no letters and no rules; every figure, voice and quote is one of the dossier's.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Agreed, Claim, ClaimId, Finding, FindingId, Party, PartyKind, Relation, RelationKind, Slot,
    SlotGroup, SpeakerKind, StanceKind, Step, Value, Verdict, When, WhenPrecision,
};

use super::{view::View, words};

/// Disputes on the first screen.
pub const DISPUTES: usize = 5;
/// Earlier figures that are told one by one.
const STEPS: usize = 4;
/// Voices that are named behind one figure or value.
const VOICES: usize = 2;
/// Values of one dispute.
const VALUES: usize = 4;

/// A few words, each of its own kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    /// Words of the program.
    Plain(String),
    /// A figure or a value.
    Strong(String),
    /// A name as a report gives it.
    Name(String),
    /// Words of a report, to be put between quotation marks.
    Quote(String),
    /// The outlet that prints a claim.
    Source(String, ClaimId),
}

/// Words in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase(pub Vec<Bit>);

/// One line of the table of figures.
pub struct Row {
    /// What is counted.
    pub slot: Slot,
    /// The finding on everybody, where there is one.
    pub finding: Option<FindingId>,
    /// Whether somebody contradicts the figure.
    pub disputed: bool,
    /// The figure with its bound: "more than 210".
    pub figure: String,
    /// Who gives it, as of when.
    pub by: Phrase,
    /// How it moved, and who says otherwise; empty where neither.
    pub course: Phrase,
}

/// One dispute.
pub struct Dispute {
    /// The finding.
    pub finding: Option<FindingId>,
    /// What is disputed: "How many were killed".
    pub about: String,
    /// Each value with who gives it, and at the end how many more there are.
    pub sides: Vec<Phrase>,
}

/// A heading with lines under it.
pub struct Block {
    /// The heading.
    pub title: &'static str,
    /// The finding on it that is disputed, where one is.
    pub disputed: Option<FindingId>,
    /// The lines, the most important first.
    pub lines: Vec<Phrase>,
}

/// The first screen.
pub struct Summary {
    /// Where it happened; empty where no report says.
    pub place: String,
    /// When it happened; empty where no report says.
    pub when: String,
    /// How many reports and outlets, from when to when.
    pub sources: String,
    /// The figures.
    pub figures: Vec<Row>,
    /// Every dispute but that on who did it, where the blocks tell of it, the most important first.
    pub disputes: Vec<Dispute>,
    /// Who is held responsible, who is at risk, what is asked; empty ones are left out.
    pub blocks: Vec<Block>,
}

impl Phrase {
    fn plain(mut self, words: &str) -> Self {
        self.push(Bit::Plain(words.to_owned()));
        self
    }

    fn strong(mut self, words: impl Into<String>) -> Self {
        self.push(Bit::Strong(words.into()));
        self
    }

    fn push(&mut self, bit: Bit) {
        self.0.push(bit);
    }

    fn add(mut self, other: Phrase) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Makes the first screen of a dossier.
pub fn of(view: &View) -> Summary {
    let incident = &view.dossier.incident;
    let mut blocks = vec![
        Block {
            title: "Who is held responsible",
            disputed: who_disputed(view),
            lines: responsible(view),
        },
        Block {
            title: "Who is at risk, and how people are treated",
            disputed: None,
            lines: at_risk(view),
        },
        Block {
            title: "What is asked",
            disputed: None,
            lines: asked(view),
        },
    ];
    blocks.retain(|block| !block.lines.is_empty());
    let who = blocks.iter().any(|block| block.disputed.is_some());
    Summary {
        place: incident
            .place
            .as_ref()
            .map(Value::label)
            .unwrap_or_default(),
        when: incident.when.as_ref().map(words::when).unwrap_or_default(),
        sources: sources(view),
        figures: view
            .dossier
            .agreed
            .iter()
            .filter(|agreed| !agreed.claims.is_empty() || agreed.n > 0)
            .map(|agreed| row(view, agreed))
            .collect(),
        disputes: disputes(view, who),
        blocks,
    }
}

/// `5 reports by 4 outlets, 21 February to 12 March 2020`.
fn sources(view: &View) -> String {
    let reports = &view.dossier.reports;
    let outlets: BTreeSet<&str> = reports
        .iter()
        .filter_map(|card| card.report.source.name.as_deref())
        .collect();
    let mut out = words::many(reports.len(), "report");
    if reports.len() > 1 && !outlets.is_empty() {
        out.push_str(&format!(" by {}", words::many(outlets.len(), "outlet")));
    }
    let mut days = reports
        .iter()
        .filter_map(|card| Some(card.report.published.as_ref()?.start.date()));
    if let Some(first) = days.next() {
        let (first, last) = days.fold((first, first), |(low, high), day| {
            (low.min(day), high.max(day))
        });
        out.push_str(", ");
        out.push_str(&words::days_between(first, last));
    }
    out
}

/// The year that need not be said.
fn year(view: &View) -> Option<i16> {
    let incident = view.dossier.incident.when.as_ref();
    let report = || view.dossier.reports.first()?.report.published.as_ref();
    incident.or_else(report).map(|when| when.start.year())
}

/// The day a figure stood at, with the hour where it is known.
fn moment(view: &View, claim: &Claim) -> Option<String> {
    let say = |when: &When| {
        let day = words::short_day(when.start.date(), year(view));
        match when.precision {
            WhenPrecision::Minute | WhenPrecision::Hour => {
                format!("{day}, {:02}:{:02}", when.start.hour(), when.start.minute())
            }
            _ => day,
        }
    };
    match &claim.as_of {
        Some(when) if when.precision <= WhenPrecision::Day => Some(format!("as of {}", say(when))),
        _ => {
            let card = view.report(&claim.report)?;
            Some(say(card.report.published.as_ref()?))
        }
    }
}

/// The outlet, as a link to the claim.
fn source(view: &View, claim: &Claim) -> Bit {
    let name = view
        .report(&claim.report)
        .and_then(|card| card.report.source.name.as_deref())
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let name = name.map_or_else(
        || format!("report {}", view.letter(&claim.report)),
        str::to_owned,
    );
    Bit::Source(name, claim.id.clone())
}

/// `Ilse Marren of Saint Anna hospital (Lake Tribune)`; the outlet alone where it speaks itself.
fn voice(view: &View, claim: &Claim) -> Phrase {
    let mut out = Phrase::default();
    match speaker(view, claim) {
        Some(who) => {
            out.push(Bit::Name(who));
            out = out.plain(" (");
            out.push(source(view, claim));
            out.plain(")")
        }
        None => {
            out.push(source(view, claim));
            out
        }
    }
}

/// Who says it, where it is not the outlet itself and goes by more than a pronoun.
fn speaker(view: &View, claim: &Claim) -> Option<String> {
    let first = claim.speakers.first()?;
    match first.kind {
        SpeakerKind::Publisher => None,
        SpeakerKind::Unnamed => Some("unnamed sources".to_owned()),
        _ => {
            let link = view.chain(claim).into_iter().next()?;
            let outlet = view.report(&claim.report).map(|card| view.source(card));
            let itself = outlet.is_some_and(|outlet| same_name(&outlet, &link.name));
            if itself || is_pronoun(&link.name) {
                return None;
            }
            Some(match link.of {
                Some(of) => format!("{} of {of}", link.name),
                None => link.name,
            })
        }
    }
}

/// Whether a speaker is the outlet by name, whatever its case, marks and article, and whatever the outlet adds behind: "(press release)".
fn same_name(outlet: &str, speaker: &str) -> bool {
    let (outlet, speaker) = (Party::slug(outlet), Party::slug(speaker));
    let rest = outlet.strip_prefix(&speaker);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-') && speaker.contains('-'))
}

/// Words that stand for somebody and name nobody.
fn is_pronoun(name: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "i", "we", "us", "he", "she", "it", "they", "them", "him", "her", "you", "this", "that",
        "those", "these", "who", "others",
    ];
    PRONOUNS.contains(&name.trim().to_lowercase().as_str())
}

/// Whether the words name one party, and are no "gunmen" or "Two suicide bombers".
fn is_named(party: &Party) -> bool {
    let mut words = party.name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let proper = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    words.any(proper) || proper(first) && party.name.split_whitespace().count() == 1
}

/// Up to [`VOICES`] different voices, and how many more.
fn voices(view: &View, claims: &[&Claim]) -> Phrase {
    let mut seen = BTreeSet::new();
    let mut told: Vec<&Claim> = Vec::new();
    for claim in claims {
        let who = match (speaker(view, claim), source(view, claim)) {
            (Some(who), _) | (None, Bit::Source(who, _)) => who,
            (None, _) => String::new(),
        };
        if seen.insert(who.to_lowercase()) {
            told.push(claim);
        }
    }
    let named = told.len().min(VOICES);
    let mut out = Phrase::default();
    for (at, claim) in told.iter().take(named).enumerate() {
        if at > 0 {
            let last = at + 1 == told.len();
            out = out.plain(if last { " and " } else { ", " });
        }
        out = out.add(voice(view, claim));
    }
    match told.len() - named {
        0 => out,
        n => out.plain(&format!(" and {n} more")),
    }
}

fn claims<'a>(view: &View<'a>, ids: &[ClaimId]) -> Vec<&'a Claim> {
    ids.iter().filter_map(|id| view.claim(id)).collect()
}

fn everybody<'a>(view: &View<'a>, slot: Slot) -> Option<&'a Finding> {
    let mut findings = view.dossier.findings.iter();
    findings.find(|finding| finding.slot == slot && finding.scope.is_all())
}

fn row(view: &View, agreed: &Agreed) -> Row {
    let by_claims = claims(view, &agreed.claims);
    let mut by = Phrase::default();
    if let Some(first) = by_claims.first() {
        by = by.add(voice(view, first));
        if let Some(moment) = moment(view, first) {
            by = by.plain(&format!(", {moment}"));
        }
        let reports: BTreeSet<_> = by_claims.iter().map(|claim| &claim.report).collect();
        let more = reports.len().max(agreed.reports.len()) - 1;
        if more > 0 {
            by = by.plain(&format!(", and {}", words::many(more, "more report")));
        }
    } else if let [only] = agreed.reports.as_slice()
        && let Some(card) = view.report(only)
    {
        by.push(Bit::Name(view.source(card)));
    }
    if agreed.verdict == Verdict::Unconfirmed {
        by = by.plain("; unconfirmed");
    }
    let disputed = agreed.verdict == Verdict::Disputed;
    let mut course = moved(view, agreed, by_claims.first().copied());
    if !agreed.differs.is_empty() {
        if !course.is_empty() {
            course = course.plain("; ");
        }
        course = course.add(others(view, &agreed.differs, !disputed));
    }
    Row {
        slot: agreed.slot,
        finding: everybody(view, agreed.slot).map(|finding| finding.id.clone()),
        disputed,
        figure: figure(agreed),
        by,
        course,
    }
}

/// The figure of a slot as it is said, with its bound.
pub fn figure(agreed: &Agreed) -> String {
    match agreed.label.trim() {
        "" => words::number(agreed.n),
        label => quantity(label),
    }
}

/// A figure's label; where its words hold no quantity ("prisoners"), that there are some.
fn quantity(label: &str) -> String {
    const VAGUE: &[&str] = &[
        "dozen",
        "dozens",
        "score",
        "scores",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "several",
        "many",
        "few",
        "fewer",
        "multiple",
        "some",
        "number",
        "numbers",
        "tens",
        "numerous",
        "handful",
        "couple",
        "countless",
        "various",
        "half",
        "most",
        "majority",
        "all",
        "nobody",
        "none",
        "one",
        "two",
        "three",
    ];
    let lower = label.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| word.starts_with(|c: char| c.is_ascii_digit()) || VAGUE.contains(&word)) {
        words::grouped(label)
    } else {
        "some".to_owned()
    }
}

/// The first number in a label.
fn number_in(label: &str) -> Option<u64> {
    let digits = label.split(|c: char| !c.is_ascii_digit());
    digits.filter_map(|digits| digits.parse().ok()).next()
}

/// How the figure came to be what it is: the one before it, the reason where one is given, those before that.
fn moved(view: &View, agreed: &Agreed, claim: Option<&Claim>) -> Phrase {
    let Some((last, before)) = agreed.earlier.split_last() else {
        return Phrase::default();
    };
    let way = number_in(&last.label).map(|n| n.cmp(&agreed.n));
    let mut out = Phrase::default()
        .plain(match way {
            Some(std::cmp::Ordering::Less) => "up from ",
            Some(std::cmp::Ordering::Greater) => "lowered from ",
            _ => "before: ",
        })
        .add(step(view, last));
    if let Some(why) = claim.and_then(|claim| claim.course.as_ref()?.why.as_ref()) {
        out = out.plain(", because ");
        out.push(Bit::Quote(why.exact.clone()));
    }
    // The newest of those before.
    let shown = &before[before.len().saturating_sub(STEPS)..];
    for (at, it) in shown.iter().enumerate() {
        out = out
            .plain(if at > 0 { ", " } else { "; earlier " })
            .strong(quantity(&it.label));
    }
    out
}

/// A figure and the day it stood at: `14 (21 February)`.
fn step(view: &View, step: &Step) -> Phrase {
    let out = Phrase::default().strong(quantity(&step.label));
    let claim = claims(view, &step.claims).into_iter().next();
    match claim.and_then(|claim| moment(view, claim)) {
        Some(day) => {
            let day = day.strip_prefix("as of ").unwrap_or(&day).to_owned();
            out.plain(&format!(" ({day})"))
        }
        None => out,
    }
}

fn others(view: &View, differs: &[Step], named: bool) -> Phrase {
    let mut out = Phrase::default().plain("others say ");
    for (at, step) in differs.iter().take(VALUES).enumerate() {
        if at > 0 {
            out = out.plain(if named { "; " } else { ", " });
        }
        out = out.strong(quantity(&step.label));
        let first = claims(view, &step.claims).into_iter().next();
        if let Some(claim) = first.filter(|_| named) {
            out = out.plain(" (").add(voice(view, claim)).plain(")");
        }
    }
    match differs.len().saturating_sub(VALUES) {
        0 => out,
        more => out.plain(&format!(" and {more} more")),
    }
}

/// How much a dispute matters: the less, the more.
fn rank(slot: Slot, all: bool) -> u8 {
    match (slot, all) {
        (Slot::Killed, true) => 0,
        (Slot::Responsibility, _) => 1,
        (Slot::Injured, true) => 2,
        (Slot::Missing, true) => 3,
        (Slot::Actor, _) => 5,
        (Slot::Killed, false) => 6,
        (Slot::Event, _) => 7,
        (Slot::Status | Slot::Control, _) => 8,
        (Slot::When, _) => 10,
        (Slot::Means, _) => 11,
        (Slot::Where | Slot::Target, _) => 12,
        (slot, true) if slot.group() == SlotGroup::Counts => 4,
        (slot, false) if slot.group() == SlotGroup::Counts => 9,
        _ => 13,
    }
}

/// The disputes, but for those on who did it where `who` tells of them elsewhere.
fn disputes(view: &View, who: bool) -> Vec<Dispute> {
    let mut out: Vec<(u8, Dispute)> = Vec::new();
    let top = |slot: Slot| {
        view.dossier
            .agreed(slot)
            .filter(|agreed| agreed.verdict == Verdict::Disputed && !agreed.differs.is_empty())
    };
    let mut findings: Vec<(u8, &Finding)> = view
        .dossier
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Disputed)
        .filter(|finding| !(who && is_who(finding.slot)))
        .map(|finding| (rank(finding.slot, finding.scope.is_all()), finding))
        .collect();
    findings.sort_by_key(|(rank, _)| *rank);
    let mut told = BTreeSet::new();
    for (rank, finding) in findings {
        let mut against: Vec<(&Relation, &Claim)> = view.against(finding);
        against.retain(|(relation, _)| relation.kind == RelationKind::Contradicts);
        let mut sides = match top(finding.slot).filter(|_| finding.scope.is_all()) {
            Some(agreed) => sides(view, agreed),
            None => positions(view, finding),
        };
        if sides.len() < 2 {
            // The other side stands in another finding; what it was told with needs no second telling.
            if !against.is_empty() && against.iter().all(|(it, _)| told.contains(it)) {
                continue;
            }
            for (_, claim) in against.iter().take(VALUES - 1) {
                sides.push(opposed(view, finding, claim));
            }
            sides.dedup();
        }
        told.extend(against.iter().map(|(relation, _)| *relation));
        // Where all but one figure was set aside, nothing stands against it.
        if sides.len() < 2 {
            continue;
        }
        let dispute = Dispute {
            finding: Some(finding.id.clone()),
            about: about(view, finding),
            sides,
        };
        out.push((rank, dispute));
    }
    for agreed in &view.dossier.agreed {
        let finding = everybody(view, agreed.slot);
        let told = finding.is_some_and(|finding| finding.verdict == Verdict::Disputed);
        if !told && top(agreed.slot).is_some() {
            let dispute = Dispute {
                finding: finding.map(|finding| finding.id.clone()),
                about: words::how_many(agreed.slot, ""),
                sides: sides(view, agreed),
            };
            out.push((rank(agreed.slot, true), dispute));
        }
    }
    out.sort_by_key(|(rank, _)| *rank);
    out.into_iter().map(|(_, dispute)| dispute).collect()
}

fn about(view: &View, finding: &Finding) -> String {
    let scope = if finding.scope.is_all() {
        String::new()
    } else {
        let scope = view.scope(&finding.scope);
        scope.strip_prefix("the ").unwrap_or(&scope).to_owned()
    };
    match finding.slot.group() {
        SlotGroup::Counts => words::how_many(finding.slot, &scope),
        _ => words::question(finding.slot).to_owned(),
    }
}

/// The figure at the top and those that differ, each with its voices.
fn sides(view: &View, agreed: &Agreed) -> Vec<Phrase> {
    let side = |label: String, ids: &[ClaimId]| {
        let out = Phrase::default().strong(label);
        match claims(view, ids).as_slice() {
            [] => out,
            by => out.add(says(view, by)),
        }
    };
    let mut out = vec![side(figure(agreed), &agreed.claims)];
    for step in agreed.differs.iter().take(VALUES - 1) {
        out.push(side(quantity(&step.label), &step.claims));
    }
    let more = agreed.differs.len().saturating_sub(VALUES - 1);
    if more > 0 {
        out.push(Phrase::default().plain(&format!("and {}", words::many(more, "more figure"))));
    }
    out
}

/// A claim of another finding that contradicts this one: `against killed, students: 12, according to …`.
fn opposed(view: &View, finding: &Finding, claim: &Claim) -> Phrase {
    let mut out = Phrase::default().plain("against ");
    if claim.slot.group() == SlotGroup::Counts {
        if claim.slot != finding.slot {
            out = out.plain(&format!("{}, ", words::slot(claim.slot).to_lowercase()));
        }
        out.push(Bit::Name(view.scope(&claim.scope)));
        out = out.plain(": ");
        out.push(said(&claim.value));
    } else {
        out.push(Bit::Quote(claim.quote().exact.clone()));
    }
    out.add(says(view, &[claim]))
}

/// The standing positions of a finding, each with its voices; things and kinds of one code are one.
fn positions(view: &View, finding: &Finding) -> Vec<Phrase> {
    let mut standing: Vec<(&Value, Vec<ClaimId>)> = Vec::new();
    for position in finding.positions.iter().filter(|it| it.standing) {
        let same = standing
            .iter_mut()
            .find(|(value, _)| one_code(value, &position.value));
        match same {
            Some((_, claims)) => claims.extend(position.claims.iter().cloned()),
            None => standing.push((&position.value, position.claims.clone())),
        }
    }
    let mut out: Vec<Phrase> = standing
        .iter()
        .take(VALUES)
        .map(|(value, claims)| {
            let claims = view.by_place(claims);
            let mut out = Phrase::default();
            let quote = claims.first().map(|claim| claim.quote().exact.clone());
            out.push(match quote {
                Some(quote) if value.words().trim().is_empty() => Bit::Quote(quote),
                _ if finding.slot.group() == SlotGroup::People && value.count().is_none() => {
                    Bit::Quote(value.words().to_owned())
                }
                _ => said(value),
            });
            out.add(says(view, &claims))
        })
        .collect();
    let more = standing.len().saturating_sub(VALUES);
    if more > 0 {
        out.push(Phrase::default().plain(&format!("and {more} more")));
    }
    out
}

/// Whether two values are things or kinds of one code.
fn one_code(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Thing { code: a, .. }, Value::Thing { code: b, .. })
        | (Value::Kind { code: a, .. }, Value::Kind { code: b, .. }) => a == b && a != "other",
        _ => false,
    }
}

fn said(value: &Value) -> Bit {
    match value {
        Value::Words { words } | Value::Thing { words, .. } => Bit::Quote(words.clone()),
        Value::Kind { code, words } | Value::Act { code, words } if code == "other" => {
            Bit::Quote(words.clone())
        }
        Value::Kind { code, .. } if code == "unclaimed" => {
            Bit::Strong("nobody has claimed it".to_owned())
        }
        Value::When(when) => Bit::Strong(words::when(when)),
        Value::Count(count) => Bit::Strong(quantity(&count.label())),
        value => Bit::Strong(value.label()),
    }
}

/// Who says it and how: `, according to X, in Y; denied by Z, in Y`.
fn says(view: &View, all: &[&Claim]) -> Phrase {
    let mut out = Phrase::default();
    let mut kinds: Vec<&'static str> = Vec::new();
    for claim in all {
        let kind = words::according(claim.stance.kind);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    for (at, kind) in kinds.into_iter().enumerate() {
        let own: Vec<&Claim> = all
            .iter()
            .filter(|claim| words::according(claim.stance.kind) == kind)
            .copied()
            .collect();
        out = out
            .plain(if at > 0 { "; " } else { ", " })
            .plain(&format!("{kind} "))
            .add(voices(view, &own));
    }
    out
}

/// How somebody is brought together with the deed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Claims,
    Denies,
    Blamed,
    Suspected,
    Cleared,
    Named,
}

impl Part {
    /// `None` where a speaker is read as the doer by name: a person who tells of a deed is no party to it by that.
    fn of(claim: &Claim, party: &Party) -> Option<Self> {
        let speaker = claim.speaker();
        let own = speaker.party.as_ref() == Some(&party.id)
            || party.name.eq_ignore_ascii_case(&speaker.name)
            || claim.rule == "responsibility/claimed";
        if own && party.kind == PartyKind::Person && claim.slot == Slot::Actor {
            return None;
        }
        Some(match (claim.slot, claim.stance.kind) {
            (_, StanceKind::Denied) if own => Part::Denies,
            (_, StanceKind::Denied) => Part::Cleared,
            _ if own => Part::Claims,
            (_, StanceKind::Possible | StanceKind::Unconfirmed) => Part::Suspected,
            (Slot::Responsibility, _) if speaker.kind != SpeakerKind::Publisher => Part::Blamed,
            _ => Part::Named,
        })
    }
}

fn is_who(slot: Slot) -> bool {
    matches!(slot, Slot::Responsibility | Slot::Actor)
}

fn who_disputed(view: &View) -> Option<FindingId> {
    let mut findings = view.dossier.findings.iter();
    findings
        .find(|finding| is_who(finding.slot) && finding.verdict == Verdict::Disputed)
        .map(|finding| finding.id.clone())
}

/// A line for each party that claims the deed, is blamed for it, suspected of it, or denies it; those of whom most is told first, and last those
/// that are only named.
fn responsible(view: &View) -> Vec<Phrase> {
    let mut parties: BTreeMap<&str, BTreeMap<Part, Vec<&Claim>>> = BTreeMap::new();
    let mut unclaimed: Vec<&Claim> = Vec::new();
    for claim in &view.dossier.claims {
        match (&claim.value, claim.slot) {
            (Value::Kind { code, .. }, Slot::Responsibility) if code == "unclaimed" => {
                unclaimed.push(claim);
            }
            // A bare "gunmen" names nobody.
            (Value::Party(party), Slot::Responsibility | Slot::Actor)
                if !is_pronoun(&party.name)
                    && (claim.slot == Slot::Responsibility || is_named(party)) =>
            {
                if let Some(part) = Part::of(claim, party) {
                    let parts = parties.entry(&party.id).or_default();
                    parts.entry(part).or_default().push(claim);
                }
            }
            _ => {}
        }
    }
    // A state's body is no doer because one outlet makes it the subject of a sentence.
    parties.retain(|_, parts| {
        let named: Vec<&&Claim> = parts.values().flatten().collect();
        let reports: BTreeSet<_> = named.iter().map(|claim| &claim.report).collect();
        let state = named.iter().all(|claim| is_state(&claim.value));
        let told = named
            .iter()
            .any(|claim| claim.speaker().kind != SpeakerKind::Publisher);
        parts.keys().any(|part| *part != Part::Named) || !state || told || reports.len() > 1
    });
    let mut parties: Vec<_> = parties.into_iter().collect();
    parties.sort_by_key(|(_, parts)| {
        let named = parts.keys().all(|part| *part == Part::Named);
        let n: usize = parts.values().map(Vec::len).sum();
        (named, std::cmp::Reverse(n))
    });
    let mut out = Vec::new();
    for (id, parts) in &parties {
        let mut line = Phrase::default().strong(view.party(id)).plain(": ");
        for (at, (part, by)) in parts.iter().enumerate() {
            if at > 0 {
                line = line.plain("; ");
            }
            line = match part {
                Part::Claims => line.plain("claims it (").add(printed(view, by)).plain(")"),
                Part::Denies => line.plain("denies it (").add(printed(view, by)).plain(")"),
                Part::Blamed => line.plain("blamed by ").add(voices(view, by)),
                Part::Suspected => line.plain("suspected, according to ").add(voices(view, by)),
                Part::Cleared => line
                    .plain("not responsible, according to ")
                    .add(voices(view, by)),
                Part::Named => line.plain("named by ").add(voices(view, by)),
            };
        }
        out.push(line);
    }
    if !unclaimed.is_empty() {
        out.push(
            Phrase::default()
                .plain("Nobody has claimed it, according to ")
                .add(voices(view, &unclaimed)),
        );
    }
    out
}

fn is_state(value: &Value) -> bool {
    match value {
        Value::Party(party) => matches!(party.kind, PartyKind::State | PartyKind::Authority),
        _ => false,
    }
}

/// The outlets that print the claims, each once.
fn printed(view: &View, claims: &[&Claim]) -> Phrase {
    let mut out = Phrase::default();
    let mut told = BTreeSet::new();
    for claim in claims {
        if told.insert(&claim.report) {
            if told.len() > 1 {
                out = out.plain(", ");
            }
            out.push(source(view, claim));
        }
    }
    out
}

/// What is said of people in danger, beyond the figures for everybody.
fn at_risk(view: &View) -> Vec<Phrase> {
    const SLOTS: &[Slot] = &[
        Slot::HumanShields,
        Slot::Danger,
        Slot::AtRisk,
        Slot::Hostages,
        Slot::Held,
        Slot::ChildRecruitment,
        Slot::DetentionWithoutCharge,
        Slot::Conditions,
        Slot::Displaced,
        Slot::Safety,
    ];
    let mut out = Vec::new();
    for slot in SLOTS {
        for finding in &view.dossier.findings {
            let counts = slot.group() == SlotGroup::Counts;
            let tabled = finding.scope.is_all() && view.dossier.agreed(*slot).is_some();
            if finding.slot != *slot || counts && tabled {
                continue;
            }
            let mut line = Phrase::default();
            let scope = view.scope(&finding.scope);
            line = line.plain(words::slot(*slot));
            if !finding.scope.is_all() {
                line = line.plain(", ");
                line.push(Bit::Name(scope));
            }
            line = line.plain(": ");
            out.push(line.add(joined(positions(view, finding))));
        }
    }
    out
}

/// Several phrases as one.
pub fn joined(phrases: Vec<Phrase>) -> Phrase {
    let mut out = Phrase::default();
    for (at, phrase) in phrases.into_iter().enumerate() {
        out = out.plain(if at > 0 { "; " } else { "" }).add(phrase);
    }
    out
}

/// Who asks whom for what.
fn asked(view: &View) -> Vec<Phrase> {
    let mut out = Vec::new();
    let findings = view.dossier.findings.iter();
    for finding in findings.filter(|finding| finding.slot == Slot::Appeal) {
        for position in finding.positions.iter().filter(|it| it.standing) {
            let claims = view.by_place(&position.claims);
            let Some(first) = claims.first() else {
                continue;
            };
            let mut line = Phrase::default();
            if let Some(who) = speaker(view, first) {
                line.push(Bit::Name(who));
                line = line.plain(": ");
            }
            line.push(Bit::Quote(view.said(position)));
            line = line.plain(" (").add(printed(view, &claims)).plain(")");
            out.push(line);
        }
    }
    out
}
