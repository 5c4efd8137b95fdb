//! Predicates and whom they befall.
//!
//! Takes the verbs, nouns and adjectives a slot lists and gives every place of the text where one of them befalls people, with
//! the phrase of those people. The walk knows active and passive voice, participles and relative clauses that hang on the noun,
//! coordinated verbs without a subject of their own, infinitives under another verb, and, where the parse goes astray, the
//! nearest phrase of people in the same clause.

use language::{Pos, Token};

use super::{
    context::Context,
    people::{self, Group},
};

/// The part people play in a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// They suffer it: object, or subject of the passive.
    Object,
    /// They do or undergo it: subject of the active.
    Subject,
}

/// Verbs that only lend tense, mood or hearsay to the infinitive below them.
const RAISING: &[&str] = &[
    "believe",
    "think",
    "report",
    "say",
    "fear",
    "presume",
    "know",
    "understand",
    "suspect",
    "feel",
    "allege",
    "seem",
    "appear",
    "continue",
    "begin",
    "start",
    "manage",
    "try",
    "attempt",
    "need",
    "expect",
    "consider",
    "declare",
    "confirm",
];

/// Verbs joined one to the next that are looked through for the voice of the first; no sentence that somebody wrote has as many.
const JOINED: usize = 48;

/// Whether `verb` is passive: a passive auxiliary or subject, or a bare participle hanging on a noun.
pub fn is_passive(verb: Token<'_>) -> bool {
    passive(verb, JOINED)
}

fn passive(verb: Token<'_>, most: usize) -> bool {
    let own = verb
        .children()
        .any(|child| matches!(child.dep(), "auxpass" | "nsubjpass" | "csubjpass" | "agent"));
    if own {
        return true;
    }
    match verb.dep() {
        "amod" => verb.tag() == "VBN" || (verb.tag() == "VBD" && verb.child("dobj").is_none()),
        // "a strike on the tower killed 101 people" may hang "killed" on the tower; a participle with an object is no passive, but for
        // what is given.
        "acl" => {
            let given = matches!(verb.lemma(), "give" | "offer" | "award" | "send" | "show");
            matches!(verb.tag(), "VBN" | "VBD") && (verb.child("dobj").is_none() || given)
        }
        "conj" => {
            verb.tag() == "VBN"
                && verb.child_of(&["nsubj", "aux", "dobj"]).is_none()
                && verb.head().pos() == Pos::Verb
                && most > 0
                && passive(verb.head(), most - 1)
        }
        "relcl" | "advcl" | "ccomp" | "xcomp" | "oprd" | "ROOT" | "dep" => {
            verb.tag() == "VBN" && verb.child_of(&["aux", "dobj", "nsubj"]).is_none()
        }
        _ => false,
    }
}

/// Whether the clause of `verb` is negated ("was not hurt", "never died", "didn't get hurt", "neither he nor she was hurt").
pub fn is_negated(verb: Token<'_>) -> bool {
    let neg = |token: Token<'_>| token.children().any(|child| child.dep() == "neg");
    if neg(verb) || matches!(verb.dep(), "xcomp" | "acomp" | "oprd") && neg(verb.head()) {
        return true;
    }
    if verb
        .children()
        .any(|child| child.dep() == "auxpass" && neg(child))
    {
        return true;
    }
    verb.child_of(&["nsubj", "nsubjpass"])
        .is_some_and(|subject| {
            subject.lower() == "neither"
                || subject.children().any(|child| child.lower() == "neither")
                || subject
                    .previous()
                    .is_some_and(|before| before.lower() == "neither")
        })
}

/// The subject of `verb`, found in its own clause or handed down: through coordination, raising verbs, relative and reduced
/// clauses. `None` where no verb on the way has one.
pub fn subject(verb: Token<'_>) -> Option<Token<'_>> {
    subject_within(verb, 0)
}

/// The verb's own subject; of two, the one that is no date: "On Sunday, May 12th, 39 villagers were killed".
fn own_subject<'a>(verb: Token<'a>, deps: &[&str]) -> Option<Token<'a>> {
    // "Council: Harnok bombed the cinema": who stands before a headline's colon only says so.
    let speaks = |token: &Token<'_>| {
        token.i + 1 < verb.i
            && token
                .doc()
                .token(token.subtree().end.min(verb.i) - 1)
                .text()
                == ":"
            || token
                .next()
                .is_some_and(|next| next.text() == ":" && next.i < verb.i)
    };
    let dated =
        |token: &Token<'_>| matches!(token.entity_label(), "DATE" | "TIME") || speaks(token);
    let first = verb.child_of(deps)?;
    if !dated(&first) {
        return Some(first);
    }
    let other = verb
        .children()
        .find(|child| child.i > first.i && deps.contains(&child.dep()) && !dated(child));
    Some(other.unwrap_or(first))
}

fn subject_within(verb: Token<'_>, depth: usize) -> Option<Token<'_>> {
    if depth > 6 {
        return None;
    }
    if let Some(own) = own_subject(verb, &["nsubj", "nsubjpass"]) {
        if matches!(own.lower(), "who" | "that" | "which") && verb.dep() == "relcl" {
            return Some(verb.head());
        }
        return Some(own);
    }
    match verb.dep() {
        "acl" | "relcl" => Some(verb.head()),
        // "found a boy shot", "was found shot": the participle speaks of whom was found.
        "ccomp" | "oprd" | "acomp" | "advcl" | "xcomp"
            if verb.tag() == "VBN"
                && matches!(
                    verb.head().lemma(),
                    "find" | "discover" | "leave" | "locate"
                ) =>
        {
            object(verb.head())
        }
        "conj" | "xcomp" | "advcl" | "pcomp" | "dep" => {
            let mut head = verb.head();
            if verb.dep() == "pcomp" {
                head = head.head();
            }
            if !matches!(head.pos(), Pos::Verb | Pos::Aux | Pos::Adj) {
                return (head.pos() == Pos::Noun || head.pos() == Pos::Propn).then_some(head);
            }
            // "allowed many members to escape", "forced them to surrender": the object of the verb above is our subject.
            if verb.dep() == "xcomp"
                && !RAISING.contains(&head.lemma())
                && let Some(object) = head.child_of(&["dobj", "dative"])
            {
                return Some(object);
            }
            subject_within(head, depth + 1)
        }
        "ccomp" if verb.child("mark").is_none() => {
            let head = verb.head();
            if matches!(
                head.lemma(),
                "let" | "help" | "see" | "leave" | "have" | "make"
            ) {
                return head.child_of(&["dobj"]);
            }
            None
        }
        _ => None,
    }
}

/// What `verb` is done to: its object, or the subject of its passive, or the noun its participle hangs on.
pub fn object(verb: Token<'_>) -> Option<Token<'_>> {
    if is_passive(verb) {
        if let Some(own) = own_subject(verb, &["nsubjpass"]) {
            if matches!(own.lower(), "who" | "that" | "which")
                && matches!(verb.dep(), "relcl" | "ccomp")
            {
                return Some(verb.head());
            }
            return Some(own);
        }
        return match verb.dep() {
            "acl" | "relcl" | "amod" => Some(verb.head()),
            _ => subject(verb),
        };
    }
    // Headlines drop the auxiliary: "Four shot outside club", "Mother, two children found dead".
    let headline = matches!(verb.tag(), "VBD" | "VBN")
        && matches!(
            verb.lemma(),
            "shoot" | "stab" | "kill" | "wound" | "injure" | "hurt" | "find" | "strike"
        )
        && verb.child_of(&["dobj", "dative", "aux", "ccomp"]).is_none()
        && !verb.children().any(|child| {
            child.dep() == "prep" && matches!(child.lower(), "at" | "into" | "toward" | "towards")
        });
    if headline {
        return verb.child("nsubj");
    }
    // "killing and wounding a number of people": one object for both.
    let shared = || {
        let other = verb.child("conj").filter(|other| {
            other.pos() == Pos::Verb && other.tag() == verb.tag() && other.i <= verb.i + 3
        })?;
        other.child("dobj")
    };
    verb.child_of(&["dobj", "dative"])
        .or_else(shared)
        .or_else(|| {
            // "the people they killed": the relative clause's own object is the noun it hangs on.
            (verb.dep() == "relcl"
                && verb
                    .child_of(&["nsubj"])
                    .is_some_and(|subject| !matches!(subject.lower(), "who" | "that" | "which")))
            .then(|| verb.head())
        })
}

/// Who does `verb`: its active subject, or the "by" phrase of its passive.
pub fn agent(verb: Token<'_>) -> Option<Token<'_>> {
    if is_passive(verb) {
        return verb
            .children()
            .find(|child| {
                child.dep() == "agent" || (child.dep() == "prep" && child.lower() == "by")
            })
            .and_then(|by| by.child("pobj"));
    }
    subject(verb)
}

/// The people `verb` befalls in this part.
pub fn people_of(cx: &Context<'_>, verb: Token<'_>, part: Part) -> Vec<Group> {
    let phrase = match part {
        Part::Object => object(verb),
        Part::Subject => {
            if is_passive(verb) && verb.child("nsubj").is_none() && verb.dep() == "amod" {
                None
            } else {
                subject(verb)
            }
        }
    };
    if verb.dep() == "relcl"
        && let Some(group) = number_before_who(cx, verb)
    {
        return vec![group];
    }
    // "15 were hurt and between two and four others were killed": the parse may hand the verb the subject of the one before it, or none.
    if part == Part::Object
        && is_passive(verb)
        && verb
            .child("nsubjpass")
            .is_none_or(|own| own.lower() != "who" && people::group_at(cx, own).is_none())
        && let Some(group) = right_before(cx, verb)
        && phrase.is_none_or(|head| head.i + 1 < group.tokens.start)
    {
        return vec![group];
    }
    let groups = match phrase {
        // "the injured boy and two others": the adjective speaks of its own noun alone.
        Some(head) if verb.dep() == "amod" => people::group_at(cx, head).into_iter().collect(),
        Some(head) => {
            let groups = people::coordinated(cx, head);
            // Whom one kills is a person, whatever the recogniser takes the name for.
            let unknown = part == Part::Object
                && matches!(
                    verb.lemma(),
                    "kill" | "murder" | "slay" | "assassinate" | "martyr"
                )
                && groups.iter().all(|group| group.head != head.i);
            let person = unknown.then(|| people::by_role(cx, head)).flatten();
            person.into_iter().chain(groups).collect()
        }
        None => Vec::new(),
    };
    // "at least 52 civilians, including 22 children, and up to 68 civilians were killed": a limit told beside the number.
    let passive = part == Part::Object && is_passive(verb);
    let limit = passive.then(|| right_before(cx, verb)).flatten();
    let limit = limit.filter(|limit| {
        let at_most = limit.count.as_ref();
        at_most.is_some_and(|count| count.bound == model::Bound::AtMost)
    });
    if passive
        && let Some(fenced) = fenced(cx, verb)
        && groups.iter().all(|group| group.head > fenced.head)
    {
        return std::iter::once(fenced).chain(limit).collect();
    }
    if !groups.is_empty() {
        let mut all = broken_off(cx, verb, companions(cx, verb, groups));
        all.extend(limit.filter(|limit| all.iter().all(|group| group.head != limit.head)));
        return all;
    }
    // "between 22 and 25 civilians were killed", "killing between three and six people": the parse has no subject or object but a
    // preposition that belongs to the number.
    let before = is_passive(verb) || part == Part::Subject;
    if before || verb.child("dobj").is_none() {
        let counted = verb
            .children()
            .filter(|child| child.dep() == "prep" && (child.i < verb.i) == before)
            .filter(|child| cx.quantity_holding(child.i).is_some())
            .find_map(|child| child.child("pobj"));
        let groups = counted.map_or_else(Vec::new, |head| people::coordinated(cx, head));
        if !groups.is_empty() {
            return companions(cx, verb, groups);
        }
    }
    // A relative clause hung on the wrong noun ("a man at the house who was hit"): "who" means the people before it.
    if verb.dep() == "relcl" && verb.children().any(|child| child.lower() == "who") {
        let who = verb
            .children()
            .find(|child| child.lower() == "who")
            .map_or(verb.i, |who| who.i);
        let near = (verb.sentence().start..who).rev().take(14);
        // "activists reported the names of those who were killed": nobody beyond a verb.
        if let Some(group) = near
            .map(|i| cx.doc.token(i))
            .take_while(|token| !matches!(token.tag(), "VBD" | "VBZ" | "VBP"))
            .find_map(|token| people::group_at(cx, token))
        {
            return vec![group];
        }
    }
    match part {
        Part::Object => after(cx, verb),
        Part::Subject => before_infinitive(cx, verb),
    }
}

/// "20 hurt, as well as seven who had been killed": a number right before "who" is meant, wherever the parse hangs the clause.
fn number_before_who(cx: &Context<'_>, verb: Token<'_>) -> Option<Group> {
    let who = verb
        .children()
        .find(|child| child.lower() == "who" && child.i < verb.i)?;
    let before = who.previous()?;
    (before.i != verb.head().i
        && cx
            .quantity_holding(before.i)
            .is_some_and(|quantity| quantity.noun.is_none()))
    .then(|| people::of_number(cx, before))
    .flatten()
}

/// People counted by a number of their own in the phrase that ends right before a passive verb.
fn right_before(cx: &Context<'_>, verb: Token<'_>) -> Option<Group> {
    let mut at = verb.i;
    let start = verb.sentence().start;
    while at > start && matches!(cx.doc.token(at - 1).pos(), Pos::Aux | Pos::Adv) && verb.i - at < 5
    {
        at -= 1;
    }
    if at == start || at == verb.i {
        return None;
    }
    let head = cx.doc.token(at - 1);
    cx.quantity_of(head.i)?;
    people::group_at(cx, head)
        .filter(|group| group.count.is_some() && group.tokens.end == at && !group.individual)
        // "39 residents from five families were killed": the families only say where from.
        .filter(|group| {
            group.tokens.start == start || cx.doc.token(group.tokens.start - 1).pos() != Pos::Adp
        })
}

/// Words that open an aside on the people just counted.
const ASIDES: &[&str] = &[
    "including",
    "among",
    "most",
    "mostly",
    "mainly",
    "many",
    "some",
    "all",
    "both",
    "almost",
    "from",
];

/// The people before an aside that ends right before a passive verb: "at least six civilians, including a woman and a child, were killed".
/// Where the aside is long the parse takes its last words for the subject.
fn fenced(cx: &Context<'_>, verb: Token<'_>) -> Option<Group> {
    let start = verb.sentence().start.max(verb.i.saturating_sub(60));
    let from = predicate_tokens(verb).start;
    let lower = |i: usize| cx.doc.token(i).lower();
    let closes = |i: usize| matches!(lower(i), "," | "–" | "—" | "-" | ")");
    if from <= start + 3 || from == verb.i {
        return None;
    }
    // "at least two of whom were children": a number of those before it.
    let of_whom = |i: usize| {
        cx.quantity_holding(i).is_some_and(|quantity| {
            let of = quantity.tokens.end;
            of + 1 < from && lower(of) == "of" && matches!(lower(of + 1), "whom" | "them")
        })
    };
    let opening = (start + 1..from - 1).find(|&i| {
        matches!(lower(i), "," | "–" | "—" | "-" | "(")
            && (ASIDES.contains(&lower(i + 1)) || of_whom(i + 1))
    })?;
    // Without a mark at its end only "including" is an aside for certain.
    if !closes(from - 1) && lower(opening + 1) != "including" {
        return None;
    }
    let finite = |i: usize| {
        let token = cx.doc.token(i);
        matches!(token.tag(), "VBD" | "VBZ" | "VBP") && matches!(token.pos(), Pos::Verb | Pos::Aux)
    };
    // Clauses inside the aside bring a verb each: "two of whom were pregnant".
    let clauses = (opening..from)
        .filter(|&i| matches!(lower(i), "whom" | "who" | "whose" | "which" | "that"))
        .count();
    if (opening..from).filter(|&i| finite(i)).count() > clauses {
        return None;
    }
    let near = (start.max(opening.saturating_sub(10))..opening).rev();
    near.map(|i| cx.doc.token(i))
        .take_while(|token| {
            (!token.is_punct() || token.text() == "-") && !matches!(token.pos(), Pos::Verb)
        })
        .filter_map(|token| people::group_at(cx, token))
        .find(|group| group.count.is_some() && !group.individual && group.name.is_none())
}

/// Members of a list that the parse hung on the verb, past a bracket or an apposition: "killed a woman, Ola (also Olla), and her four
/// sons".
fn broken_off(cx: &Context<'_>, verb: Token<'_>, mut groups: Vec<Group>) -> Vec<Group> {
    let last = groups
        .iter()
        .map(|group| group.head)
        .max()
        .unwrap_or(verb.i);
    if last < verb.i {
        return groups;
    }
    groups.extend(hung_on(cx, verb, last));
    // "hit the house, killing a child named A (14), and a child named B": the list goes on at the clause above.
    if verb.dep() == "advcl" && verb.tag() == "VBG" {
        groups.extend(hung_on(cx, verb.head(), last));
    }
    groups
}

/// People in a list that the parse goes on with at a verb above, behind `last`.
pub fn hung_on(cx: &Context<'_>, verb: Token<'_>, last: usize) -> Vec<Group> {
    verb.children()
        .filter(|child| {
            child.dep() == "conj"
                && child.i > last
                && matches!(child.pos(), Pos::Noun | Pos::Propn)
                && child.child_of(&["nsubj", "nsubjpass"]).is_none()
        })
        .flat_map(|child| people::coordinated(cx, child))
        .collect()
}

/// Those who share the lot of people just told of: "was killed along with his wife", "together with five members of the family", "seven
/// members of the family along with 18 others".
fn companions(cx: &Context<'_>, verb: Token<'_>, mut groups: Vec<Group>) -> Vec<Group> {
    let [group] = groups.as_slice() else {
        return groups;
    };
    if !group.individual && group.count.is_none() {
        return groups;
    }
    let (single, head) = (group.individual, cx.doc.token(group.head));
    let hung = verb
        .children()
        .filter(|_| single)
        .chain(head.children().filter(|child| child.i > head.i));
    let with = hung.into_iter().find_map(|child| {
        if child.dep() == "punct" || child.i + 1 >= verb.sentence().end {
            return None;
        }
        match child.lower() {
            "alongside" => child.child("pobj"),
            "with" => child
                .previous()
                .filter(|before| matches!(before.lower(), "along" | "together"))
                .and_then(|_| child.child("pobj")),
            "along" | "together" => child
                .children()
                .find(|inner| inner.lower() == "with")
                .and_then(|inner| inner.child("pobj")),
            _ => None,
        }
    });
    let mut with = with.map_or_else(Vec::new, |head| people::coordinated(cx, head));
    with.retain(|other| other.head != head.i && (single || other.count.is_some()));
    groups.extend(with);
    groups
}

/// Fallback for a verb whose object the parse lost: the first counted people right behind it, before any other verb, comma or
/// conjunction.
fn after(cx: &Context<'_>, verb: Token<'_>) -> Vec<Group> {
    if is_passive(verb)
        || verb.child_of(&["dobj"]).is_some()
            && verb.child("dobj").is_some_and(|o| o.pos() == Pos::Propn)
    {
        return Vec::new();
    }
    let end = verb.sentence().end.min(verb.i + 10);
    for i in verb.i + 1..end {
        let token = cx.doc.token(i);
        if token.is_punct()
            || matches!(token.pos(), Pos::Verb | Pos::Cconj | Pos::Sconj)
            || token.dep() == "prep" && token.lower() != "of"
        {
            break;
        }
        if let Some(group) = people::group_at(cx, token)
            && group.count.is_some()
            && group.tokens.start > verb.i
        {
            return vec![group];
        }
    }
    Vec::new()
}

/// Verbs whose object does what the infinitive behind it says.
const LETTING: &[&str] = &[
    "allow", "enable", "help", "let", "force", "cause", "lead", "permit", "order", "ask", "urge",
];

/// Fallback for "allowed many members … to escape" where the parse hung the infinitive elsewhere: the people between the letting
/// verb and the infinitive.
fn before_infinitive(cx: &Context<'_>, verb: Token<'_>) -> Vec<Group> {
    if !verb
        .children()
        .any(|child| child.lower() == "to" && child.i < verb.i)
    {
        return Vec::new();
    }
    let Some(above) = verb
        .ancestors()
        .take(6)
        .find(|above| LETTING.contains(&above.lemma()) && above.i < verb.i)
    else {
        return Vec::new();
    };
    (above.i + 1..verb.i)
        .filter_map(|i| people::group_at(cx, cx.doc.token(i)))
        .find(|group| group.tokens.start > above.i)
        .into_iter()
        .collect()
}

/// Whether the happening is not told as fact by its own clause: a future, a wish, a condition, an order.
pub fn is_irrealis(verb: Token<'_>) -> bool {
    let modal = verb.children().any(|child| {
        child.dep() == "aux"
            && matches!(
                child.lower(),
                "would"
                    | "will"
                    | "should"
                    | "shall"
                    | "'ll"
                    | "’ll"
                    | "must"
                    | "could"
                    | "can"
                    | "ca"
                    | "might"
                    | "may"
            )
    });
    let perfect = verb
        .children()
        .any(|child| child.dep() == "aux" && child.lower() == "have");
    if modal && !perfect {
        return true;
    }
    // "could have hurt somebody" did not; "may have been hurt" is a guess, which is a stance.
    let counterfactual = verb
        .children()
        .any(|child| child.dep() == "aux" && matches!(child.lower(), "would" | "could" | "should"));
    if counterfactual && perfect {
        return true;
    }
    if verb.children().any(|child| {
        child.dep() == "mark" && matches!(child.lower(), "if" | "unless" | "whether" | "lest")
    }) {
        return true;
    }
    // "tried to kill", "threatened to kill", "plotted to kill".
    let to = verb
        .children()
        .any(|child| child.lower() == "to" && child.dep() == "aux");
    to && !perfect
        && (verb.ancestors().take(2).any(|above| {
            matches!(
                above.lemma(),
                "try"
                    | "attempt"
                    | "threaten"
                    | "plot"
                    | "plan"
                    | "want"
                    | "vow"
                    | "promise"
                    | "intend"
                    | "conspire"
                    | "seek"
                    | "refuse"
                    | "aim"
                    | "order"
                    | "urge"
                    | "call"
                    | "solicit"
                    | "fail"
                    | "need"
                    | "hope"
            )
        }) || verb.dep() == "advcl" && !matches!(verb.head().lemma(), "go" | "leave"))
}

/// Tokens that show the predicate: auxiliaries, negation, particle, the verb.
pub fn predicate_tokens(verb: Token<'_>) -> std::ops::Range<usize> {
    let (mut start, mut end) = (verb.i, verb.i + 1);
    for child in verb.children() {
        if matches!(child.dep(), "aux" | "auxpass" | "neg")
            && child.i < verb.i
            && verb.i - child.i < 7
        {
            start = start.min(child.i);
        }
        if child.dep() == "prt" && child.i > verb.i && child.i - verb.i < 4 {
            end = end.max(child.i + 1);
        }
    }
    start..end
}

/// The smallest range that covers both, unless it would grow past `limit` tokens: then the second alone.
pub fn cover(
    a: std::ops::Range<usize>,
    b: std::ops::Range<usize>,
    limit: usize,
) -> std::ops::Range<usize> {
    let both = a.start.min(b.start)..a.end.max(b.end);
    if both.len() <= limit { both } else { b }
}
