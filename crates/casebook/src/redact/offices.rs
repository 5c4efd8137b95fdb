//! Who holds a public office or speaks for a body, as the words beside a name say.

use super::tokens::{Token, tokens};

const OFFICES: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "minister",
    "mayor",
    "governor",
    "president",
    "premier",
    "chancellor",
    "ambassador",
    "consul",
    "prosecutor",
    "sheriff",
    "commissioner",
    "commander",
    "general",
    "colonel",
    "brigadier",
    "admiral",
    "senator",
    "congressman",
    "congresswoman",
    "secretary",
    "envoy",
    "rapporteur",
    "coroner",
    "superintendent",
    "inspector",
];
/// What may stand between a name and the office after it.
const BETWEEN: &[&str] = &[
    "a",
    "an",
    "the",
    "its",
    "deputy",
    "chief",
    "senior",
    "prime",
    "police",
    "army",
    "military",
    "navy",
    "government",
    "ministry",
    "hospital",
    "fire",
    "local",
    "regional",
    "provincial",
    "national",
    "state",
    "city",
    "county",
    "district",
    "federal",
    "interior",
    "defence",
    "defense",
    "foreign",
    "health",
    "un",
    "lieutenant",
    "major",
    "country",
    "town",
];
/// Whom somebody may speak for who is no body.
const PRIVATE: &[&str] = &[
    "family",
    "families",
    "victims",
    "survivors",
    "relatives",
    "residents",
    "villagers",
    "parents",
    "prisoners",
    "hostages",
];

/// Whether words beside a name say that its bearer holds an office: "police spokeswoman Lena Marsh", "Lena Marsh, a
/// spokeswoman for the police".
pub(super) fn holds_office(text: &str, name: &str) -> bool {
    let wanted: Vec<String> = tokens(name).into_iter().map(|it| it.folded).collect();
    if wanted.is_empty() || !text.contains(name) {
        return false;
    }
    let all = tokens(text);
    let starts = 0..(all.len() + 1).saturating_sub(wanted.len());
    starts.into_iter().any(|at| {
        let here = &all[at..at + wanted.len()];
        here.iter()
            .zip(&wanted)
            .all(|(token, word)| token.folded == *word)
            && (before(&all, at) || after(text, &all, at + wanted.len()))
    })
}

fn is(token: Option<&Token>, list: &[&str]) -> bool {
    token.is_some_and(|it| list.contains(&it.folded.as_str()))
}

fn before(all: &[Token], at: usize) -> bool {
    at > 0 && all[at].joins && is(all.get(at - 1), OFFICES)
}

fn after(text: &str, all: &[Token], end: usize) -> bool {
    let Some(first) = all.get(end) else {
        return false;
    };
    if text[all[end - 1].range.end..first.range.start].trim() != "," {
        return false;
    }
    let between = all[end..]
        .iter()
        .take(4)
        .take_while(|it| is(Some(it), BETWEEN))
        .count();
    let office = end + between;
    let for_people = all[office..]
        .iter()
        .skip(1)
        .take(5)
        .any(|it| is(Some(it), PRIVATE));
    is(all.get(office), OFFICES) && !for_people
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_beside_a_name_is_told() {
        for (text, want) in [
            ("said police spokeswoman Lena Marsh.", true),
            ("Lena Marsh, a spokeswoman for the police, said", true),
            ("Lena Marsh, the deputy interior minister, said", true),
            ("Lena Marsh, a spokeswoman for the family, said", false),
            ("the mayor's daughter Lena Marsh said", false),
            ("Lena Marsh, daughter of the mayor, said", false),
            ("Lena Marsh, 9, saw the minister", false),
            ("Lena Marsh said", false),
        ] {
            assert_eq!(holds_office(text, "Lena Marsh"), want, "{text}");
        }
    }
}
