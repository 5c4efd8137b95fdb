//! The words for slots, sections, verdicts, stances and kinds. The lists are long because they are lists.

use model::{
    AgeGroup, BlockKind, LineageKind, OriginKind, PartyKind, RelationKind, Role, Section, Severity,
    Sex, Slot, StanceKind, Verdict,
};

/// The slot as a heading.
pub fn slot(slot: Slot) -> &'static str {
    slot.spec().heading
}

/// A section's key for links, its title and what it holds; `None` is the section of disputed findings, which stands
/// first.
pub fn section(section: Option<Section>) -> (&'static str, &'static str, &'static str) {
    match section {
        None => (
            "disagree",
            "Where the reports disagree",
            "positions that cannot all hold",
        ),
        Some(Section::Figures) => (
            "figures",
            "Casualties",
            "people reported killed, injured or missing",
        ),
        Some(Section::Happening) => (
            "happening",
            "What happened, as reported",
            "kind, place, time, means and who is named for it",
        ),
        Some(Section::People) => (
            "people",
            "People at risk",
            "people held, trapped, escaped, freed or driven out, and what is said of them",
        ),
        Some(Section::Appeals) => ("appeals", "Appeals", "who asks whom for what"),
        Some(Section::Words) => (
            "words",
            "Statements",
            "what speakers say beyond the figures, in their words",
        ),
        Some(Section::Background) => (
            "background",
            "Background",
            "what went before; not part of this incident",
        ),
    }
}

/// The slot where room is short.
pub fn short(slot: Slot) -> &'static str {
    slot.spec().short
}

/// What is asked about a slot where its values are disputed.
pub fn question(slot: Slot) -> &'static str {
    slot.spec().question
}

/// What is asked about a number of people: "How many civilians were killed"; `who` is empty for everybody.
pub fn how_many(slot: Slot, who: &str) -> String {
    let Some(verb) = slot.spec().verb else {
        return question(slot).to_owned();
    };
    match who {
        "" => format!("How many {verb}"),
        who => format!("How many {who} {verb}"),
    }
}

/// How a value is said, to stand before who says it.
pub fn according(kind: StanceKind) -> &'static str {
    match kind {
        StanceKind::Asserted => "according to",
        StanceKind::Reported => "reported by",
        StanceKind::Claimed => "claimed by",
        StanceKind::Possible => "possible, according to",
        StanceKind::Denied => "denied by",
        StanceKind::Unconfirmed => "unconfirmed, according to",
    }
}

/// The verdict's glyph; always printed beside its word.
pub fn verdict_glyph(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disputed => "≠",
        Verdict::Revised => "→",
        Verdict::Corroborated => "=",
        Verdict::SingleOrigin => "1",
        Verdict::Unconfirmed => "?",
    }
}

/// The verdict in words.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disputed => "disputed",
        Verdict::Revised => "revised",
        Verdict::Corroborated => "corroborated",
        Verdict::SingleOrigin => "single origin",
        Verdict::Unconfirmed => "unconfirmed",
    }
}

/// What a verdict means, in one clause.
pub fn verdict_meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disputed => "positions that cannot all hold",
        Verdict::Revised => "a later figure of a running count took the place of an earlier one",
        Verdict::Corroborated => {
            "two or more independent origins say what can hold together; wire copies and shared speakers count once"
        }
        Verdict::SingleOrigin => "one independent origin says it, however many outlets print it",
        Verdict::Unconfirmed => {
            "nobody named vouches for it, or only a party to the events, or it is marked as unconfirmed"
        }
    }
}

/// The stance in words, to follow a speaker.
pub fn stance(kind: StanceKind) -> &'static str {
    match kind {
        StanceKind::Asserted => "stated",
        StanceKind::Reported => "reported",
        StanceKind::Claimed => "claimed",
        StanceKind::Possible => "said to be possible",
        StanceKind::Denied => "denied",
        StanceKind::Unconfirmed => "marked as unconfirmed",
    }
}

/// How claim `a` stands to claim `b`, to be put between their labels.
pub fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Compatible => "can hold together with",
        RelationKind::Contradicts => "cannot hold together with",
        RelationKind::Revises => "is a later figure than",
        RelationKind::PartOf => "counts people who are among those of",
        RelationKind::SameClaim => "says again what is said in",
        RelationKind::SameOrigin => "carries the same voice as",
        RelationKind::ScopeDiffers => "speaks of other people than",
        RelationKind::Tension => "pulls against",
        RelationKind::Corroborates => "independently says the same as",
        RelationKind::SamePlace => "names the same place as",
    }
}

/// What kind of body a party is.
pub fn party_kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::State => "state body",
        PartyKind::ArmedGroup => "armed group",
        PartyKind::Authority => "public authority",
        PartyKind::Civilians => "civilians",
        PartyKind::Un => "United Nations body",
        PartyKind::Ngo => "aid or rights organisation",
        PartyKind::Monitor => "monitor",
        PartyKind::Outlet => "outlet",
        PartyKind::Agency => "news agency",
        PartyKind::Political => "political body",
        PartyKind::Person => "person",
        PartyKind::Witness => "witness",
        PartyKind::Unknown => "kind not known",
    }
}

/// What makes an origin.
pub fn origin_kind(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Speaker => "speaker",
        OriginKind::Publisher => "publisher",
        OriginKind::Agency => "news agency",
        OriginKind::Unnamed => "nobody named: no voice of its own",
    }
}

/// How one report leans on another, to be put between their names.
pub fn lineage(kind: LineageKind) -> &'static str {
    match kind {
        LineageKind::Copies => "copies",
        LineageKind::SharesPassages => "shares long passages with",
        LineageKind::Cites => "cites",
        LineageKind::SameAgency => "carries the same agency copy as",
    }
}

/// How much a note matters: its glyph and word.
pub fn severity(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Info => ("·", "note"),
        Severity::Warning => ("!", "warning"),
        Severity::Error => ("✗", "left out"),
    }
}

/// The part people play, in the plural; empty for everybody.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::All => "",
        Role::Civilian => "civilians",
        Role::Fighter => "fighters",
        Role::SecurityForce => "security forces",
        Role::Detainee => "detainees",
        Role::Attacker => "attackers or suspects",
        Role::AidWorker => "aid and health workers",
        Role::Journalist => "journalists",
        Role::Official => "officials",
        Role::Hostage => "hostages",
    }
}

/// Age and sex in words; empty if neither is said.
pub fn people(age: AgeGroup, sex: Option<Sex>) -> &'static str {
    match (age, sex) {
        (AgeGroup::Unsaid, None) => "",
        (AgeGroup::Unsaid, Some(Sex::Female)) => "women and girls",
        (AgeGroup::Unsaid, Some(Sex::Male)) => "men and boys",
        (AgeGroup::Children, None) => "children",
        (AgeGroup::Children, Some(Sex::Female)) => "girls",
        (AgeGroup::Children, Some(Sex::Male)) => "boys",
        (AgeGroup::Adults, None) => "adults",
        (AgeGroup::Adults, Some(Sex::Female)) => "women",
        (AgeGroup::Adults, Some(Sex::Male)) => "men",
        (AgeGroup::Elderly, None) => "old people",
        (AgeGroup::Elderly, Some(Sex::Female)) => "old women",
        (AgeGroup::Elderly, Some(Sex::Male)) => "old men",
    }
}

/// What part of the page a block is, for those that a reader is told of.
pub fn block(kind: BlockKind) -> Option<&'static str> {
    match kind {
        BlockKind::Boilerplate => Some("page furniture"),
        BlockKind::Caption => Some("caption"),
        _ => None,
    }
}
