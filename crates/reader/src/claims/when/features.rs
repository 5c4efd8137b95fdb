//! What is known of a candidate for the day of the happening.
//!
//! Comes in: a time with the parse around it, and what the report as a whole is like ([`Setting`]). Goes out: features, each of three words:
//! what was looked at and what was seen. They speak of syntax, kinds of words, order and distance; no name stands in them. Whatever is a
//! number is put into one of a few ranges.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use jiff::civil::Date;
use language::{Pos, Token};
use model::{BlockKind, WhenPrecision};

use super::{
    super::{context::Context, happenings},
    candidates, rules,
};
use crate::read::times::{Form, Time};

/// What was looked at, what was seen, and what else was seen with it; `-` for nothing.
pub type Feature = [&'static str; 3];

/// Tokens to either side of a time that are looked at.
const WINDOW: usize = 40;
/// Tokens at the top of a report that tell what kind of story it is.
const LEAD: usize = 120;

/// What a report as a whole is like.
pub struct Setting {
    /// Day of publication.
    printing: Option<Date>,
    /// Tokens of violent words told as fact, in order.
    pub violent: Vec<usize>,
    /// What step of a story the lead tells: `court`, `arrest`, `mourning`, `named` or `news`.
    step: &'static str,
    /// How many times said fall on each day.
    days: BTreeMap<Date, usize>,
    /// How many of them by the clause of a happening.
    strong: BTreeMap<Date, usize>,
    /// The day that the clause of a happening names first in the text.
    first: Option<Date>,
    /// Weeks and weekends said, as first and last day.
    weeks: Vec<(Date, Date)>,
    /// Words without a day that tell the part of the day, and other cues of fresh news.
    cues: Vec<&'static str>,
    /// Range of the report's length.
    length: &'static str,
    /// Hour of the first time of day without a day, as a range.
    hour: &'static str,
    /// How many days are said, as a range.
    times: &'static str,
    /// Weekday of publication.
    weekday: &'static str,
}

impl Setting {
    /// Looks at a report.
    pub fn of(cx: &Context<'_>, printing: Option<Date>) -> Self {
        let violent: Vec<usize> = cx
            .doc
            .tokens()
            .filter(|&token| {
                matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Verb)
                    && happenings::kind_of(token).is_some_and(|(_, rank)| rank > 0)
                    && happenings::is_told(token)
            })
            .map(|token| token.i)
            .collect();
        let mut days = BTreeMap::new();
        let mut strong = BTreeMap::new();
        let mut weeks = Vec::new();
        let mut hour = "-";
        let mut first = None;
        for time in &cx.read.times {
            if !candidates::dates_a_day(cx, time) {
                continue;
            }
            let Some(when) = &time.when else { continue };
            if when.precision == WhenPrecision::Week {
                weeks.push((when.start.date(), when.end.date()));
                continue;
            }
            if time.form == Form::Bare && hour == "-" {
                hour = hour_range(time);
            }
            *days.entry(when.date()).or_insert(0) += 1;
            if rules::event_of(cx, time).is_some() {
                first = first.or(Some(when.date()));
                *strong.entry(when.date()).or_insert(0) += 1;
            }
        }
        Self {
            printing,
            step: step(cx),
            length: range(cx.doc.len(), &[30, 80, 200, 500], &LENGTHS),
            times: range(days.len(), &[1, 2, 3, 5], &COUNTS),
            cues: cues(cx),
            violent,
            days,
            strong,
            first,
            weeks,
            hour,
            weekday: printing.map_or("-", weekday),
        }
    }

    /// Days from a day to publication, as a range.
    fn ago(&self, day: Date) -> &'static str {
        let Some(printing) = self.printing else {
            return "unknown";
        };
        match (printing - day).get_days() {
            ..0 => "after",
            0 => "0",
            1 => "1",
            2 => "2",
            3 => "3",
            4..=6 => "4-6",
            7 => "7",
            8..=14 => "8-14",
            15..=31 => "15-31",
            32..=100 => "32-100",
            101..=400 => "101-400",
            _ => "years",
        }
    }

    /// Whether some day said for sure lies within a week or weekend said.
    fn in_week(&self, day: Date) -> &'static str {
        let inside = |&(start, end): &(Date, Date)| start <= day && day < end;
        match (self.weeks.is_empty(), self.weeks.iter().any(inside)) {
            (true, _) => "none",
            (_, true) => "inside",
            _ => "outside",
        }
    }

    fn agreeing(&self, day: Date) -> &'static str {
        range(
            self.days.get(&day).copied().unwrap_or(0),
            &[1, 2, 3, 5],
            &COUNTS,
        )
    }

    fn strongly(&self, day: Date) -> &'static str {
        range(
            self.strong.get(&day).copied().unwrap_or(0),
            &[1, 2, 3, 5],
            &COUNTS,
        )
    }

    /// Where a day stands among those said.
    fn rank(&self, day: Date) -> &'static str {
        let first = self.days.keys().next() == Some(&day);
        let last = self.days.keys().next_back() == Some(&day);
        match (first, last) {
            (true, true) => "only",
            (true, false) => "first",
            (false, true) => "last",
            _ => "middle",
        }
    }

    fn first_strong(&self, day: Date) -> &'static str {
        match self.first {
            None => "none",
            Some(first) if first == day => "this",
            Some(first) if first > day => "later",
            _ => "earlier",
        }
    }

    fn some_strong(&self) -> &'static str {
        if self.strong.is_empty() {
            "weak"
        } else {
            "strong"
        }
    }
}

fn weekday(date: Date) -> &'static str {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = usize::try_from(date.weekday().to_monday_zero_offset());
    at.ok().and_then(|at| DAYS.get(at)).copied().unwrap_or("-")
}

const COUNTS: [&str; 5] = ["0", "1", "2", "3-4", "5+"];
const LENGTHS: [&str; 5] = ["furniture", "note", "short", "story", "long"];

/// The name of the range that a number falls into: below the first bound, below the second …
fn range(n: usize, bounds: &[usize; 4], names: &[&'static str; 5]) -> &'static str {
    let at = bounds.iter().take_while(|&&bound| n >= bound).count();
    names.get(at).copied().unwrap_or("-")
}

/// Kinds of words, by lemma. The first that holds counts.
const KINDS: &[(&str, &[&str])] = &[
    (
        "shoot",
        &[
            "shoot",
            "kill",
            "wound",
            "injure",
            "fire",
            "gun",
            "murder",
            "stab",
            "attack",
            "strike",
            "hit",
            "slay",
            "shooting",
            "gunfire",
            "gunshot",
            "homicide",
            "slaying",
            "killing",
            "rob",
            "robbery",
            "assault",
            "bomb",
            "explode",
            "airstrike",
            "shell",
            "bombing",
            "explosion",
            "blast",
            "target",
        ],
    ),
    (
        "die",
        &["die", "succumb", "pronounce", "death", "dead", "perish"],
    ),
    (
        "court",
        &[
            "charge",
            "arraign",
            "sentence",
            "plead",
            "convict",
            "indict",
            "appear",
            "testify",
            "acquit",
            "court",
            "trial",
            "judge",
            "jury",
            "hearing",
            "prosecutor",
            "bail",
            "guilty",
            "verdict",
            "arraignment",
            "plea",
            "attorney",
            "complaint",
            "warrant",
            "bond",
            "try",
        ],
    ),
    (
        "arrest",
        &[
            "arrest",
            "book",
            "jail",
            "surrender",
            "capture",
            "detain",
            "extradite",
            "apprehend",
            "custody",
            "turn",
        ],
    ),
    (
        "mourning",
        &[
            "mourn",
            "bury",
            "vigil",
            "funeral",
            "gather",
            "honor",
            "remember",
            "memorial",
            "anniversary",
            "pray",
            "visitation",
            "obituary",
            "service",
            "candlelight",
        ],
    ),
    (
        "dispatch",
        &[
            "respond", "arrive", "dispatch", "receive", "call", "report", "hear", "alert", "find",
            "discover", "locate", "summon", "come", "respond",
        ],
    ),
    (
        "hospital",
        &[
            "take",
            "transport",
            "rush",
            "airlift",
            "hospitalize",
            "treat",
            "hospital",
            "fly",
            "surgery",
            "admit",
        ],
    ),
    (
        "publish",
        &[
            "post",
            "publish",
            "update",
            "print",
            "posted",
            "updated",
            "published",
            "photo",
            "file",
        ],
    ),
    (
        "say",
        &[
            "say", "tell", "announce", "confirm", "release", "identify", "name", "add", "describe",
            "write", "state", "issue", "learn",
        ],
    ),
    (
        "place",
        &[
            "happen", "occur", "begin", "start", "unfold", "erupt", "ensue", "break",
        ],
    ),
    (
        "search",
        &[
            "search",
            "investigate",
            "look",
            "seek",
            "ask",
            "work",
            "continue",
            "remain",
            "hold",
            "schedule",
            "plan",
        ],
    ),
    (
        "move",
        &[
            "drive", "walk", "enter", "approach", "leave", "go", "flee", "run", "get", "see",
            "stand", "sit", "sleep", "play", "argue", "fight", "knock", "pull", "stop", "try",
        ],
    ),
    ("birth", &["birth", "born", "dob", "bear"]),
    ("be", &["be", "have", "do"]),
];

/// Kind of word and the word itself, for every word of [`KINDS`]; of a word in two kinds the first counts.
static WORDS: LazyLock<HashMap<&str, (&str, &str)>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    for &(kind, words) in KINDS {
        for &word in words {
            out.entry(word).or_insert((kind, word));
        }
    }
    out
});

/// The kind of a word and, where it is in the table, the word.
fn kind(token: Token<'_>) -> (&'static str, &'static str) {
    WORDS.get(token.lemma()).copied().unwrap_or(("other", "-"))
}

/// What step of a story the top of the report tells.
fn step(cx: &Context<'_>) -> &'static str {
    let (mut court, mut arrest, mut mourning, mut named) = (0, 0, 0, 0);
    for token in cx.doc.tokens().take(LEAD) {
        match token.lemma() {
            "sentence" | "plead" | "convict" | "trial" | "jury" | "verdict" | "indict"
            | "arraign" | "testify" | "acquit" | "guilty" | "hearing" | "court" | "judge" => {
                court += 1
            }
            "charge" | "arrest" | "custody" | "apprehend" | "surrender" | "extradite" | "bail" => {
                arrest += 1
            }
            "vigil" | "funeral" | "mourn" | "anniversary" | "memorial" | "bury" | "obituary" => {
                mourning += 1
            }
            "identify" | "autopsy" | "coroner" | "ago" | "reward" | "surveillance" | "video" => {
                named += 1
            }
            _ => {}
        }
    }
    match (court, arrest, mourning, named) {
        (2.., ..) => "court",
        (_, _, 1.., _) => "mourning",
        (_, 1.., ..) => "arrest",
        (1, ..) => "court",
        (.., 1..) => "named",
        _ => "news",
    }
}

/// Words without a day that speak of fresh news or of the part of a day.
fn cues(cx: &Context<'_>) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    let mut add = |cue| {
        if !out.contains(&cue) {
            out.push(cue);
        }
    };
    let mut before = "";
    for token in cx.doc.tokens().take(600) {
        let lower = token.lower();
        if token.sentence_index() == 0 {
            match lower {
                "morning" => add("lead-morning"),
                "night" | "overnight" => add("lead-night"),
                "charged" | "arrested" | "accused" => add("lead-charged"),
                "identified" | "identify" | "id" => add("lead-identified"),
                "dies" | "died" => add("lead-dies"),
                "investigating" | "investigate" | "searching" | "search" => add("lead-searching"),
                _ => {}
            }
        }
        match lower {
            "breaking" | "developing" => add("breaking"),
            "currently" | "ongoing" | "underway" => add("now"),
            "overnight" => add("overnight"),
            "morning" => add("morning"),
            "afternoon" => add("afternoon"),
            "evening" => add("evening"),
            "night" | "midnight" => add("night"),
            "tonight" => add("tonight"),
            "today" => add("today"),
            "updated" | "update" => add("updated"),
            "remains" | "remain" => add("remains"),
            "surgery" => add("surgery"),
            "autopsy" => add("autopsy"),
            "arrested" | "arrest" => add("arrested"),
            "charged" => add("charged"),
            "identified" => add("identified"),
            "weekend" => add("weekend"),
            "week" if before == "last" => add("last-week"),
            "investigating" if matches!(before, "are" | "is" | "still") => add("investigating"),
            "searching" | "looking" if matches!(before, "are" | "is") => add("searching"),
            "hospital" => add("hospital"),
            "released" => add("released"),
            _ => {}
        }
        before = lower;
    }
    out
}

/// What stands around a time.
pub struct Around {
    /// Token that stands for the happening.
    pub event: usize,
    form: &'static str,
    part: &'static str,
    verb: &'static str,
    word: &'static str,
    noun: &'static str,
    rule: &'static str,
    clause: &'static str,
    prep: &'static str,
    sentence: &'static str,
    from_first: &'static str,
    near: &'static str,
    tense: &'static str,
    order: &'static str,
    block: &'static str,
    anchor: &'static str,
    grain: &'static str,
    turn: &'static str,
    has: Vec<&'static str>,
}

impl Around {
    /// Looks around the time at `index`.
    pub fn of(cx: &Context<'_>, setting: &Setting, index: usize) -> Self {
        let time = &cx.read.times[index];
        let (weight, event) = rules::weigh(cx, time);
        let first = cx.doc.token(time.tokens.start);
        let head = rules::clause_head(time, cx).unwrap_or(first);
        let verb = head
            .ancestors()
            .take(64)
            .find(|above| matches!(above.pos(), Pos::Verb | Pos::Aux));
        let noun = head
            .ancestors()
            .take(3)
            .find(|above| above.pos() != Pos::Adp)
            .filter(|above| matches!(above.pos(), Pos::Noun | Pos::Propn));
        let before = time.tokens.start.checked_sub(1).map(|i| cx.doc.token(i));
        let clause = match rules::event_of(cx, time) {
            Some(event) => match cx.doc.token(event).lemma() {
                "die" | "succumb" | "pronounce" => "died",
                _ if cx.doc.token(event).pos() == Pos::Verb => "verb",
                _ => "noun",
            },
            None => "none",
        };
        let sentence = first.sentence_index();
        let first_violent = setting
            .violent
            .first()
            .map(|&i| cx.doc.token(i).sentence_index());
        Self {
            event,
            form: form(cx, time),
            part: part(cx, time),
            verb: verb.map_or("none", |verb| kind(verb).0),
            word: verb.map_or("-", |verb| kind(verb).1),
            noun: noun.map_or("none", |noun| kind(noun).0),
            rule: range(weight.max(0) as usize / 10, &[1, 3, 5, 8], &RULES),
            clause,
            prep: before.map_or("-", preposition),
            sentence: match sentence {
                0 => "0",
                1 => "1",
                2 => "2",
                3..=4 => "3-4",
                5..=8 => "5-8",
                9..=16 => "9-16",
                _ => "17+",
            },
            from_first: match first_violent.map(|at| sentence as i64 - at as i64) {
                None => "none",
                Some(..0) => "before",
                Some(0) => "same",
                Some(1) => "next",
                Some(2..=3) => "2-3",
                Some(4..=8) => "4-8",
                Some(_) => "far",
            },
            near: near(setting, first, time),
            tense: verb.map_or("none", tense),
            order: match index {
                0 => "0",
                1 => "1",
                2 => "2",
                3..=5 => "3-5",
                _ => "6+",
            },
            block: block(cx, first),
            anchor: time
                .when
                .as_ref()
                .map_or("-", |when| match when.anchor.as_str() {
                    "day last said" => "last-said",
                    "day of printing" => "printing",
                    "morning after the night last said" => "after-night",
                    _ => "-",
                }),
            grain: time.when.as_ref().map_or("-", |when| match when.precision {
                WhenPrecision::Minute | WhenPrecision::Hour => "hour",
                WhenPrecision::PartOfDay => "part",
                WhenPrecision::Day => "day",
                _ => "week",
            }),
            turn: turn(cx, first),
            has: has(cx, first),
        }
    }
}

const RULES: [&str; 5] = ["0", "10", "30", "50", "80"];

fn form(cx: &Context<'_>, time: &Time) -> &'static str {
    match time.form {
        Form::Full => "full",
        Form::DayOfMonth => "day-of-month",
        Form::Weekday => "weekday",
        Form::LastWeekday => "last-weekday",
        Form::WeekdayOfWeek => "weekday-of-week",
        Form::Today => "today",
        Form::Yesterday => {
            let word = |i: usize| cx.doc.token(i).lower();
            match time.tokens.clone().map(word).next() {
                Some("yesterday") => "yesterday",
                Some("overnight") => "overnight",
                _ => "last-night",
            }
        }
        Form::Ago => "ago",
        Form::FromLast => "from-last",
        Form::Bare => "bare",
        Form::Period => "period",
        Form::Feast => "feast",
        Form::Other => "other",
    }
}

/// Whether "midnight" stands in or just before a time: it belongs to two days.
pub fn midnight(cx: &Context<'_>, time: &Time) -> bool {
    let from = time.tokens.start.saturating_sub(2);
    (from..time.tokens.end).any(|i| cx.doc.token(i).lower() == "midnight")
}

/// The part of the day a time says.
fn part(cx: &Context<'_>, time: &Time) -> &'static str {
    if midnight(cx, time) {
        return "midnight";
    }
    match time.value.split_once('T').map(|(_, part)| part) {
        None => "none",
        Some("MO") => {
            let early = time.tokens.start.saturating_sub(1)..time.tokens.end;
            let early = early.clone().any(|i| cx.doc.token(i).lower() == "early");
            if early { "early-morning" } else { "morning" }
        }
        Some("AF" | "MI" | "DT") => "afternoon",
        Some("EV") => "evening",
        Some("NI") => "night",
        Some(_) => hour_range(time),
    }
}

/// The hour of a time of day, as a range.
fn hour_range(time: &Time) -> &'static str {
    let hour = time
        .value
        .split_once('T')
        .and_then(|(_, clock)| clock.get(..2));
    match hour.and_then(|hour| hour.parse::<u8>().ok()) {
        None => "-",
        Some(0..=4) => "h00-04",
        Some(5..=8) => "h05-08",
        Some(9..=11) => "h09-11",
        Some(12..=14) => "h12-14",
        Some(15..=17) => "h15-17",
        Some(18..=20) => "h18-20",
        Some(_) => "h21-24",
    }
}

fn preposition(token: Token<'_>) -> &'static str {
    match token.lower() {
        "on" => "on",
        "at" => "at",
        "since" => "since",
        "until" | "till" => "until",
        "by" => "by",
        "after" => "after",
        "before" => "before",
        "from" => "from",
        "in" | "during" => "in",
        "of" => "of",
        "early" => "early",
        "late" => "late",
        "over" => "over",
        "around" | "about" => "about",
        "the" => "the",
        "," => "comma",
        ":" => "colon",
        _ => "-",
    }
}

/// How far the nearest violent word of the sentence stands, and on which side.
fn near(setting: &Setting, first: Token<'_>, time: &Time) -> &'static str {
    let sentence = first.sentence();
    let at = setting.violent.partition_point(|&i| i < time.tokens.start);
    let before = at
        .checked_sub(1)
        .map(|at| setting.violent[at])
        .filter(|i| sentence.contains(i));
    let after = setting
        .violent
        .get(at)
        .copied()
        .filter(|i| sentence.contains(i));
    let back = before.map_or(usize::MAX, |i| time.tokens.start - i);
    let ahead = after.map_or(usize::MAX, |i| i.saturating_sub(time.tokens.end));
    match (back, ahead) {
        (usize::MAX, usize::MAX) => "none",
        (0..=2, _) => "just-before",
        (_, 0..=2) => "just-after",
        (3..=6, _) => "before-6",
        (_, 3..=6) => "after-6",
        (7..=15, _) => "before-15",
        (_, 7..=15) => "after-15",
        _ => "far",
    }
}

fn tense(verb: Token<'_>) -> &'static str {
    let mut passive = false;
    for child in verb.children().take(16) {
        match child.dep() {
            "auxpass" => passive = true,
            "aux" => match child.lower() {
                "will" | "'ll" | "would" | "shall" | "may" | "might" => return "ahead",
                "is" | "are" | "am" => return "progressive",
                "had" => return "pluperfect",
                "has" | "have" => return "perfect",
                "to" => return "infinitive",
                _ => {}
            },
            _ => {}
        }
    }
    match (verb.tag(), passive) {
        (_, true) => "passive",
        ("VBD", _) => "past",
        ("VBN", _) => "participle",
        ("VBG", _) => "gerund",
        ("VBZ" | "VBP", _) => "present",
        _ => "bare",
    }
}

/// What kind of block or line a time stands in.
fn block(cx: &Context<'_>, first: Token<'_>) -> &'static str {
    let at = first.bytes().start;
    let blocks = cx.text.blocks();
    let index = blocks.partition_point(|block| block.span.range().end <= at);
    let kind = blocks
        .get(index)
        .filter(|block| block.span.range().contains(&at));
    match kind.map(|block| block.kind) {
        Some(BlockKind::Title) => "title",
        Some(BlockKind::Heading) => "heading",
        Some(BlockKind::Paragraph) => "paragraph",
        _ => "other",
    }
}

/// Words in the sentence of a time that turn to another happening, or say that someone was last seen.
fn turn(cx: &Context<'_>, first: Token<'_>) -> &'static str {
    let sentence = first.sentence();
    let from = first.i.saturating_sub(WINDOW).max(sentence.start);
    let to = (first.i + WINDOW).min(sentence.end);
    for i in from..to {
        match cx.doc.token(i).lower() {
            "second" | "another" | "separate" | "earlier" | "unrelated" | "previous" | "also"
            | "other" => {
                return "another";
            }
            "first" | "latest" | "recent" => return "first",
            "seen" | "last" => return "seen",
            "after" | "comes" | "since" => return "after",
            _ => {}
        }
    }
    "-"
}

/// Kinds of words in the sentence of a time, near it.
fn has(cx: &Context<'_>, first: Token<'_>) -> Vec<&'static str> {
    let sentence = first.sentence();
    let from = first.i.saturating_sub(WINDOW).max(sentence.start);
    let to = (first.i + WINDOW).min(sentence.end);
    let mut out = Vec::new();
    for i in from..to {
        let (kind, _) = kind(cx.doc.token(i));
        let tells = !matches!(kind, "other" | "be" | "move");
        if tells && !out.contains(&kind) {
            out.push(kind);
        }
    }
    out
}

fn shift_name(shift: i8) -> &'static str {
    match shift {
        0 => "as-said",
        1 => "day-after",
        -1 => "day-before",
        _ => "week-before",
    }
}

/// The features of a day said.
pub fn said(setting: &Setting, around: &Around, day: Date, shift: i8) -> Vec<Feature> {
    let ago = setting.ago(day);
    let by = shift_name(shift);
    let mut out: Vec<Feature> = vec![
        ["form", around.form, by],
        ["form-part", around.form, around.part],
        ["part", around.part, by],
        ["anchor", around.anchor, by],
        ["anchor-part", around.anchor, around.part],
        ["verb", around.verb, "-"],
        ["verb-form", around.verb, around.form],
        ["word", around.word, "-"],
        ["word-near", around.word, around.near],
        ["turn", around.turn, around.clause],
        ["first-strong", setting.first_strong(day), "-"],
        ["verb-tense", around.verb, around.tense],
        ["verb-sentence", around.verb, around.sentence],
        ["noun", around.noun, "-"],
        ["rule", around.rule, "-"],
        ["rule-order", around.rule, around.order],
        ["clause", around.clause, "-"],
        ["clause-sentence", around.clause, around.sentence],
        ["prep", around.prep, "-"],
        ["prep-form", around.prep, around.form],
        ["sentence", around.sentence, "-"],
        ["from-first", around.from_first, "-"],
        ["near", around.near, "-"],
        ["near-verb", around.near, around.verb],
        ["tense", around.tense, "-"],
        ["order", around.order, "-"],
        ["block", around.block, around.form],
        ["grain", around.grain, "-"],
        ["ago", ago, "-"],
        ["ago-form", ago, around.form],
        ["ago-step", ago, setting.step],
        ["ago-verb", ago, around.verb],
        ["verb-step", around.verb, setting.step],
        ["agree", setting.agreeing(day), setting.times],
        ["agree-strong", setting.strongly(day), setting.some_strong()],
        ["rank", setting.rank(day), setting.step],
        ["rank-ago", setting.rank(day), ago],
        ["week", setting.in_week(day), around.grain],
    ];
    for &kind in &around.has {
        out.push(["has", kind, "-"]);
        out.push(["has-form", kind, around.form]);
        out.push(["has-ago", kind, ago]);
    }
    for &cue in &setting.cues {
        out.push(["cue-ago", cue, ago]);
    }
    if shift != 0 {
        for &cue in &setting.cues {
            out.push(["shift-cue", by, cue]);
        }
        out.push(["shift-ago", by, ago]);
        out.push(["shift-agree", by, setting.agreeing(day)]);
    } else if around.form == "bare" || around.form == "today" || around.form == "overnight" {
        for &cue in &setting.cues {
            out.push(["straight-cue", around.form, cue]);
        }
    }
    out
}

/// The features of the day of publication, or of the day before.
pub fn printing(setting: &Setting, day: Date, back: i8) -> Vec<Feature> {
    let back = if back == 0 { "same" } else { "before" };
    let mut out: Vec<Feature> = vec![
        ["print", back, "-"],
        ["print-times", back, setting.times],
        ["print-strong", back, setting.some_strong()],
        ["print-step", back, setting.step],
        ["print-length", back, setting.length],
        ["print-hour", back, setting.hour],
        ["print-weekday", back, setting.weekday],
        ["print-agree", back, setting.agreeing(day)],
        ["print-week", back, setting.in_week(day)],
        [
            "print-told",
            back,
            if setting.violent.is_empty() {
                "untold"
            } else {
                "told"
            },
        ],
    ];
    for &cue in &setting.cues {
        out.push(["print-cue", back, cue]);
    }
    out
}
