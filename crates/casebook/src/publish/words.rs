//! Codes in, plain words out: the one place where the product's wording of slots, verdicts, stances, dates and counts
//! stands.
//!
//! Nothing here says what happened: the words are "reported", "according to", "claimed". The lists are long because
//! they are lists.

use jiff::civil::{Date, DateTime};
use model::{
    AgeGroup, BlockKind, Bound, Count, LineageKind, OriginKind, PartyKind, Place, PlacePrecision,
    RelationKind, Role, Section, Severity, Sex, Slot, StanceKind, Value, Verdict, When,
    WhenPrecision,
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

/// A whole number with a narrow no-break space between thousands.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

/// Words with the digits of their numbers grouped as [`number`] does.
pub fn grouped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut digits = String::new();
    for c in words.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        match digits.parse() {
            Ok(n) if !digits.starts_with('0') => out.push_str(&number(n)),
            _ => out.push_str(&digits),
        }
        digits.clear();
        out.push(c);
    }
    out.pop();
    out
}

/// A range of whole numbers in words: `23`, `20 to 30`, `211 or more`, `at most 40`, `any number`.
pub fn range(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if high == low => number(low),
        Some(high) if low == 0 => format!("at most {}", number(high)),
        Some(high) => format!("{} to {}", number(low), number(high)),
        None if low == 0 => "any number".to_owned(),
        None => format!("{} or more", number(low)),
    }
}

/// The interval a count allows, in words.
pub fn count(count: &Count) -> String {
    range(count.low, count.high)
}

/// A code in words: `car_bomb` → `car bomb`.
pub fn code(code: &str) -> String {
    code.replace('_', " ")
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1]
}

fn weekday(date: Date) -> &'static str {
    use jiff::civil::Weekday;
    match date.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

/// A day in full: `Thu 20 January 2022`.
pub fn day(date: Date) -> String {
    format!(
        "{} {} {} {}",
        weekday(date),
        date.day(),
        month(date),
        date.year()
    )
}

/// A day without its weekday, and without its year where that goes without saying: `20 January`.
pub fn short_day(date: Date, year: Option<i16>) -> String {
    let day = format!("{} {}", date.day(), month(date));
    if year == Some(date.year()) {
        day
    } else {
        format!("{day} {}", date.year())
    }
}

/// From one day to another, or the one: `21 February to 12 March 2020`.
pub fn days_between(first: Date, last: Date) -> String {
    if first == last {
        return short_day(first, None);
    }
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format!("{} to {}", first.day(), short_day(last, None));
    }
    let year = (first.year() == last.year()).then(|| first.year());
    format!("{} to {}", short_day(first, year), short_day(last, None))
}

fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn days(first: Date, last: Date) -> String {
    if first == last {
        return day(first);
    }
    let year = |date: Date| {
        if first.year() == last.year() {
            String::new()
        } else {
            format!(" {}", date.year())
        }
    };
    if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} {} to {}", weekday(first), first.day(), day(last))
    } else {
        format!(
            "{} {} {}{} to {}",
            weekday(first),
            first.day(),
            month(first),
            year(first),
            day(last)
        )
    }
}

/// The last moment that belongs to the interval.
fn last_moment(when: &When) -> DateTime {
    when.end
        .checked_sub(jiff::SignedDuration::from_secs(1))
        .unwrap_or(when.end)
        .max(when.start)
}

/// A time, as finely as it is known: `Thu 20 January 2022`, `Thu 20 January 2022, 18:00–24:00`, `January 2022`,
/// `Thu 20 to Sun 23 January 2022`.
pub fn when(when: &When) -> String {
    let (first, last) = (when.start.date(), last_moment(when).date());
    match when.precision {
        WhenPrecision::Minute => format!("{}, {}", day(first), clock(when.start)),
        WhenPrecision::Hour => format!("{}, about {}", day(first), clock(when.start)),
        WhenPrecision::PartOfDay if first == last => {
            let end = clock(when.end);
            let end = if end == "00:00" { "24:00" } else { &end };
            format!("{}, {}–{}", day(first), clock(when.start), end)
        }
        WhenPrecision::PartOfDay => format!(
            "{}, {} to {}, {}",
            day(first),
            clock(when.start),
            day(last),
            clock(when.end)
        ),
        WhenPrecision::Month if first.month() == last.month() => {
            format!("{} {}", month(first), first.year())
        }
        WhenPrecision::Year if first.year() == last.year() => first.year().to_string(),
        WhenPrecision::Season | WhenPrecision::Month | WhenPrecision::Year => {
            format!(
                "{} {} to {} {}",
                month(first),
                first.year(),
                month(last),
                last.year()
            )
        }
        WhenPrecision::Day | WhenPrecision::Week | WhenPrecision::Interval => days(first, last),
    }
}

/// A time as [`when`] gives it, but a part of a day by its name: `Thu 20 January 2022, morning`, `night of Thu 20 to
/// Fri 21 January 2022`.
pub fn moment(when: &When) -> String {
    if when.precision != WhenPrecision::PartOfDay {
        return self::when(when);
    }
    let (first, last) = (when.start.date(), last_moment(when).date());
    let hours = |at: DateTime| (at.hour(), at.minute());
    let part = match (hours(when.start), hours(when.end), first == last) {
        ((5, 0), (12, 0), true) => "morning",
        ((11, 0), (14, 0), true) => "around midday",
        ((12, 0), (18, 0), true) => "afternoon",
        ((17, 0), (0, 0), true) => "evening",
        ((18, 0), (6, 0), false) => return format!("night of {}", days(first, last)),
        _ => return self::when(when),
    };
    format!("{}, {part}", day(first))
}

/// A place, finest part first: `Old Mill market, Dunmere, Tollan`.
pub fn place(place: &Place) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let all = place
        .site
        .iter()
        .chain([&place.name])
        .chain(&place.parts)
        .map(|part| part.trim());
    for part in all {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    let name = parts.join(", ");
    if place.precision == PlacePrecision::Unresolved {
        format!("{name} (not in the gazetteer)")
    } else {
        name
    }
}

/// What a value comes to, beside its words: the interval of a count, the date of a time, the kind of a thing. `None`
/// when the words say all there is.
pub fn gloss(value: &Value) -> Option<String> {
    let gloss = match value {
        Value::Count(it) => match it.bound {
            Bound::About => format!("{}, reading “about” as ±10 %", count(it)),
            _ => count(it),
        },
        Value::When(it) => when(it),
        Value::Place(it) => place(it),
        Value::Party(_) | Value::Words { .. } => return None,
        Value::Kind { code: it, .. } | Value::Act { code: it, .. } if it == "other" => return None,
        Value::Kind { code: it, .. } | Value::Act { code: it, .. } => code(it),
        Value::Thing {
            code: it,
            count: Some(many),
            ..
        } => format!("{}, {}", code(it), count(many)),
        Value::Thing { code: it, .. } => code(it),
    };
    let same = gloss.to_lowercase() == value.words().trim().to_lowercase();
    (!gloss.is_empty() && !same).then_some(gloss)
}

/// A singular English noun in the plural; what is plural already stays.
pub fn plural(noun: &str) -> String {
    let noun = noun.trim();
    let cut = |end: &str, put: &str| noun.strip_suffix(end).map(|stem| format!("{stem}{put}"));
    match noun {
        "" | "people" | "police" | "personnel" | "staff" => return noun.to_owned(),
        "person" => return "people".to_owned(),
        "child" => return "children".to_owned(),
        _ => {}
    }
    let vowel = noun.len() > 1
        && noun.ends_with('y')
        && noun[..noun.len() - 1].ends_with(['a', 'e', 'o', 'u']);
    if noun.ends_with('s') && !noun.ends_with("ss") || noun.ends_with("men") {
        noun.to_owned()
    } else if let Some(men) = cut("man", "men") {
        men
    } else if let Some(ies) = cut("y", "ies").filter(|_| !vowel) {
        ies
    } else if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

/// `1 report`, `2 reports`.
pub fn many(n: usize, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{} {one}s", number(n as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    fn check(from: DateTime, to: DateTime, precision: WhenPrecision, words: &str) {
        let it = When {
            start: from,
            end: to,
            precision,
            words: String::new(),
            anchor: String::new(),
        };
        assert_eq!(when(&it), words);
    }

    #[test]
    fn times_are_as_fine_as_they_are_known() {
        use WhenPrecision::*;
        let at = |d: i8, h: i8| datetime(2022, 1, d, h, 0, 0, 0);
        check(at(20, 0), at(21, 0), Day, "Thu 20 January 2022");
        check(
            at(20, 18),
            at(21, 0),
            PartOfDay,
            "Thu 20 January 2022, 18:00–24:00",
        );
        check(
            at(20, 0),
            at(24, 0),
            Interval,
            "Thu 20 to Sun 23 January 2022",
        );
        check(
            at(1, 0),
            datetime(2022, 2, 1, 0, 0, 0, 0),
            Month,
            "January 2022",
        );
        check(at(1, 0), datetime(2023, 1, 1, 0, 0, 0, 0), Year, "2022");
        check(
            at(20, 14),
            at(20, 15),
            Hour,
            "Thu 20 January 2022, about 14:00",
        );
        check(
            datetime(2022, 12, 30, 0, 0, 0, 0),
            datetime(2023, 1, 2, 0, 0, 0, 0),
            Interval,
            "Fri 30 December 2022 to Sun 1 January 2023",
        );
        check(
            at(20, 20),
            at(21, 4),
            PartOfDay,
            "Thu 20 January 2022, 20:00 to Fri 21 January 2022, 04:00",
        );
    }

    #[test]
    fn parts_of_days_go_by_their_names() {
        let check = |from: DateTime, to: DateTime, words: &str| {
            let it = When {
                start: from,
                end: to,
                precision: WhenPrecision::PartOfDay,
                words: String::new(),
                anchor: String::new(),
            };
            assert_eq!(moment(&it), words);
        };
        let at = |d: i8, h: i8| datetime(2022, 1, d, h, 0, 0, 0);
        check(at(20, 5), at(20, 12), "Thu 20 January 2022, morning");
        check(at(20, 17), at(21, 0), "Thu 20 January 2022, evening");
        check(
            at(20, 18),
            at(21, 6),
            "night of Thu 20 to Fri 21 January 2022",
        );
        check(at(20, 3), at(20, 4), "Thu 20 January 2022, 03:00–04:00");
    }

    #[test]
    fn the_last_day_of_all_time_does_not_panic() {
        let it = When::day(Date::MAX, "", "");
        assert!(!when(&it).is_empty());
        assert_eq!(day(date(2024, 2, 29)), "Thu 29 February 2024");
    }

    #[test]
    fn ranges_read_as_words() {
        assert_eq!(range(23, Some(23)), "23");
        assert_eq!(range(211, None), "211 or more");
        assert_eq!(range(0, Some(40)), "at most 40");
        assert_eq!(range(0, None), "any number");
        assert_eq!(number(1234567), "1\u{202F}234\u{202F}567");
        assert_eq!(number(1234), "1234");
    }

    #[test]
    fn nouns_take_their_plural() {
        for (one, several) in [
            ("student", "students"),
            ("policeman", "policemen"),
            ("deputy", "deputies"),
            ("boy", "boys"),
            ("coach", "coaches"),
            ("terrorists", "terrorists"),
            ("child", "children"),
        ] {
            assert_eq!(plural(one), several);
        }
    }

    #[test]
    fn a_gloss_that_says_nothing_new_is_left_out() {
        let value = Value::Count(Count::said(23, Bound::Exact, "23"));
        assert_eq!(gloss(&value), None);
        let value = Value::Count(Count::said(210, Bound::MoreThan, "more than 210"));
        assert_eq!(gloss(&value).as_deref(), Some("211 or more"));
    }
}
