//! Whether a claim's speaker and scope are a gold claim's.
//!
//! The heads of the two chains are compared. A gold head `Name (Body)` is met by the person or by the body; `outlet` by
//! the publisher alone; `unnamed reports` by nobody named. Two names are one when they fold to the same, one is the
//! other's acronym, or the words of the shorter are all among the longer's ("Marsh", "Lena Marsh").

use model::{AgeGroup, Claim, Role, Scope, Sex, Speaker, SpeakerKind};

use super::GoldClaim;
use crate::words::{acronym_of, share_a_word, stems};

/// Whether the head of the claim's chain is the gold's.
pub fn right(gold: &GoldClaim, claim: &Claim) -> bool {
    let Some(wanted) = gold.speaker.first() else {
        return true;
    };
    head_right(wanted, claim.speaker())
}

fn head_right(wanted: &str, said: &Speaker) -> bool {
    if wanted == "outlet" {
        return said.kind == SpeakerKind::Publisher;
    }
    if said.kind == SpeakerKind::Publisher {
        return false;
    }
    if wanted.starts_with("unnamed") {
        return said.kind == SpeakerKind::Unnamed;
    }
    let (name, body) = match wanted.split_once(" (") {
        Some((name, body)) => (name, Some(body.trim_end_matches(')'))),
        None => (wanted, None),
    };
    let said: Vec<&str> = [Some(said.name.as_str()), said.affiliation.as_deref()]
        .into_iter()
        .flatten()
        .filter(|name| !name.is_empty())
        .collect();
    [Some(name), body]
        .into_iter()
        .flatten()
        .any(|wanted| said.iter().any(|said| same_name(wanted, said)))
}

fn same_name(a: &str, b: &str) -> bool {
    let (a_words, b_words) = (stems(a), stems(b));
    if a_words.is_empty() || b_words.is_empty() {
        return false;
    }
    let (short, long) = if a_words.len() <= b_words.len() {
        (&a_words, &b_words)
    } else {
        (&b_words, &a_words)
    };
    short.iter().all(|word| long.contains(word)) || acronym_of(a, b)
        // "SDC spokesperson" against "Syrian Democratic Council": the acronym is one word of the phrase.
        || a.split_whitespace().any(|word| word.chars().all(char::is_uppercase) && acronym_of(word, b))
}

/// Words that a scope's features may be called in gold.
fn called(scope: &Scope) -> String {
    let mut out = scope.words.clone();
    let mut add = |words: &str| {
        out.push(' ');
        out.push_str(words);
    };
    add(match scope.role {
        Role::All => "",
        Role::Civilian => "civilians residents",
        Role::Fighter => "fighters members terrorists militants attackers",
        Role::SecurityForce => "security forces soldiers guards police members",
        Role::Detainee => "detainees prisoners inmates",
        Role::Attacker => "attackers suspect gunman",
        Role::AidWorker => "aid workers nurse medics",
        Role::Journalist => "journalists",
        Role::Official => "officials director",
        Role::Hostage => "hostages",
    });
    add(match scope.age {
        AgeGroup::Unsaid => "",
        AgeGroup::Children => "children minors kids pupils",
        AgeGroup::Adults => "adults",
        AgeGroup::Elderly => "elderly",
    });
    add(match scope.sex {
        None => "",
        Some(Sex::Female) => "women girls",
        Some(Sex::Male) => "men boys",
    });
    if let Some(side) = &scope.side {
        add(&side.trim_start_matches("p:").replace('-', " "));
    }
    if let Some(nationality) = &scope.nationality {
        add(nationality);
    }
    out
}

/// Whether the claim's scope is the gold's; `None` when the gold says none.
pub fn scope_right(gold: &GoldClaim, claim: &Claim) -> Option<bool> {
    let wanted = gold.scope.as_deref()?;
    Some(if wanted == "all" {
        claim.scope.is_all()
    } else {
        share_a_word(wanted, &called(&claim.scope))
    })
}

#[cfg(test)]
mod tests {
    use model::PartyKind;

    use super::*;

    fn speaker(kind: SpeakerKind, name: &str, affiliation: Option<&str>) -> Speaker {
        Speaker {
            kind,
            name: name.into(),
            affiliation: affiliation.map(Into::into),
            party: None,
            party_kind: PartyKind::Unknown,
            interested: false,
            quote: None,
        }
    }

    #[test]
    fn a_person_or_the_body_will_do() {
        let said = speaker(
            SpeakerKind::Person,
            "Mirela Teige",
            Some("Children’s League"),
        );
        assert!(head_right("Mirela Teige (Children's League)", &said));
        assert!(head_right("Teige", &said));
        assert!(head_right("Children's League", &said));
        assert!(!head_right("Davit Orsen (army)", &said));
        assert!(!head_right("outlet", &said));
    }

    #[test]
    fn acronyms_and_roles() {
        let said = speaker(
            SpeakerKind::Role,
            "spokesperson",
            Some("Ridge Liberation Front"),
        );
        assert!(head_right("RLF", &said));
        assert!(head_right("RLF spokesperson", &said));
        assert!(!head_right("army", &said));
    }

    #[test]
    fn the_outlet_is_met_by_the_publisher_alone() {
        let publisher = speaker(SpeakerKind::Publisher, "Lake Tribune", None);
        assert!(head_right("outlet", &publisher));
        assert!(!head_right("Lake Tribune", &publisher));
        assert!(head_right(
            "unnamed reports",
            &speaker(SpeakerKind::Unnamed, "", None)
        ));
    }
}
