//! Nouns that name people, with what the noun itself says of role, age and sex.
//!
//! A list of general English, made for this project; order within a line does not matter.

use model::{AgeGroup, Role, Sex};

/// What a noun says of the people it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonNoun {
    /// Role.
    pub role: Role,
    /// Age group.
    pub age: AgeGroup,
    /// Sex.
    pub sex: Option<Sex>,
    /// The noun narrows whom it counts though it says nothing of role, age or sex: "student", "passenger".
    pub narrows: bool,
    /// Two people by itself: "couple".
    pub pair: bool,
    /// Plural without an ending: "police", "troops", "personnel".
    pub plural: bool,
}

impl PersonNoun {
    /// A person of whom the noun says nothing more.
    pub const ANY: PersonNoun = PersonNoun {
        role: Role::All,
        age: AgeGroup::Unsaid,
        sex: None,
        narrows: false,
        pair: false,
        plural: false,
    };
}

const fn role(role: Role) -> PersonNoun {
    PersonNoun {
        role,
        ..PersonNoun::ANY
    }
}
const fn of(age: AgeGroup, sex: Option<Sex>) -> PersonNoun {
    PersonNoun {
        age,
        sex,
        ..PersonNoun::ANY
    }
}

const F: Option<Sex> = Some(Sex::Female);
const M: Option<Sex> = Some(Sex::Male);

/// Words and what they say, one line a kind.
const TABLE: &[(PersonNoun, &str)] = &[
    (
        PersonNoun::ANY,
        "person people individual victim casualty fatality survivor other another human adult member occupant relative \
         dead wounded injured deceased body corpse life martyr everyone everybody anyone somebody someone nobody \
         family household twin sibling cousin parent spouse partner friend grandchild stranger acquaintance inhabitant \
         evacuee pedestrian bystander passerby personnel",
    ),
    (
        PersonNoun {
            narrows: true,
            ..PersonNoun::ANY
        },
        "youth passenger driver motorist cyclist student pupil teacher worker employee customer clerk owner neighbor \
         neighbour patient tourist visitor guest farmer shepherd fisherman trader vendor shopper worshipper worshiper \
         pilgrim protester protestor demonstrator activist miner labourer laborer homeowner tenant roommate player \
         athlete musician actor singer professor lecturer scholar engineer lawyer attorney businessman merchant \
         landlord manager supervisor coworker colleague parishioner congregant attendee spectator fan returnee staff \
         crew trucker bartender cashier barber chef cook waiter guardian caregiver imam preacher cleric poet writer \
         author novelist artist entrepreneur pharmacist dentist footballer goalkeeper coach accountant programmer \
         blacksmith carpenter partygoer clubgoer moviegoer concertgoer churchgoer reveler reveller youngster hunter \
         witness rapper",
    ),
    (
        role(Role::Civilian),
        "civilian noncombatant resident villager citizen local townsman townspeople migrant refugee",
    ),
    (
        of(AgeGroup::Unsaid, M),
        "man male father dad husband boyfriend brother uncle grandfather gentleman guy son-in-law nephew stepfather \
         fiance grandson son father-in-law brother-in-law patriarch groom",
    ),
    (
        of(AgeGroup::Unsaid, F),
        "woman female mother wife girlfriend sister aunt grandmother lady niece stepmother mum mom fiancee daughter \
         granddaughter widow mother-in-law sister-in-law daughter-in-law matriarch bride",
    ),
    (
        of(AgeGroup::Children, None),
        "child kid minor baby infant toddler newborn teen teenager adolescent juvenile schoolchild",
    ),
    (of(AgeGroup::Children, M), "boy schoolboy stepson"),
    (of(AgeGroup::Children, F), "girl schoolgirl stepdaughter"),
    (of(AgeGroup::Elderly, None), "pensioner"),
    (
        role(Role::Fighter),
        "fighter militant insurgent rebel terrorist jihadist jihadi guerrilla militiaman combatant gunmen extremist \
         commander warlord paramilitary mercenary separatist",
    ),
    (
        role(Role::SecurityForce),
        "soldier trooper policeman policewoman officer deputy guard marine sergeant lieutenant captain corporal \
         colonel major general cop constable warder peacekeeper conscript sheriff serviceman servicemember guardsman \
         ranger agent marshal airman recruit sailor detective",
    ),
    (
        role(Role::Attacker),
        "attacker assailant gunman shooter bomber suspect perpetrator robber intruder hijacker kidnapper knifeman \
         killer burglar carjacker murderer defendant",
    ),
    (
        role(Role::Detainee),
        "prisoner inmate detainee captive convict escapee",
    ),
    (role(Role::Hostage), "hostage abductee"),
    (
        role(Role::AidWorker),
        "medic paramedic doctor nurse physician rescuer firefighter volunteer humanitarian surgeon midwife",
    ),
    (
        role(Role::Journalist),
        "journalist reporter cameraman photographer broadcaster correspondent blogger",
    ),
    (
        role(Role::Official),
        "official politician minister mayor governor lawmaker senator judge prosecutor diplomat ambassador councillor \
         councilman magistrate candidate",
    ),
    (
        PersonNoun {
            pair: true,
            ..PersonNoun::ANY
        },
        "couple pair duo",
    ),
    (
        PersonNoun {
            role: Role::SecurityForce,
            plural: true,
            ..PersonNoun::ANY
        },
        "troops police",
    ),
    (
        PersonNoun {
            plural: true,
            ..PersonNoun::ANY
        },
        "others",
    ),
];

/// Returns what the noun with this singular says, or `None` if it names no people.
pub fn lookup(singular: &str) -> Option<PersonNoun> {
    static INDEX: std::sync::OnceLock<std::collections::HashMap<&'static str, PersonNoun>> =
        std::sync::OnceLock::new();
    INDEX
        .get_or_init(|| {
            TABLE
                .iter()
                .flat_map(|(noun, words)| words.split_whitespace().map(move |word| (word, *noun)))
                .collect()
        })
        .get(singular)
        .copied()
}

const IRREGULAR: &[(&str, &str)] = &[
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("people", "person"),
    ("policemen", "policeman"),
    ("policewomen", "policewoman"),
    ("gunmen", "gunman"),
    ("firemen", "fireman"),
    ("fishermen", "fisherman"),
    ("servicemen", "serviceman"),
    ("militiamen", "militiaman"),
    ("guardsmen", "guardsman"),
    ("businessmen", "businessman"),
    ("cameramen", "cameraman"),
    ("tribesmen", "tribesman"),
    ("schoolchildren", "schoolchild"),
    ("grandchildren", "grandchild"),
    ("wives", "wife"),
    ("lives", "life"),
    ("bodies", "body"),
    ("passersby", "passerby"),
    ("passers-by", "passerby"),
    ("families", "family"),
];

/// Whether the lower-case word is a plural by form.
pub fn is_plural_form(lower: &str) -> bool {
    IRREGULAR.iter().any(|(plural, _)| *plural == lower)
        || (lower.ends_with('s')
            && !lower.ends_with("ss")
            && lookup(lower).is_none_or(|noun| noun.plural)
            && lookup(&singular(lower)).is_some())
}

/// The singular of a lower-case noun, as far as this list needs it.
pub fn singular(lower: &str) -> String {
    if let Some((_, one)) = IRREGULAR.iter().find(|(plural, _)| *plural == lower) {
        return (*one).to_owned();
    }
    if lookup(lower).is_some() {
        return lower.to_owned();
    }
    if let Some(stem) = lower.strip_suffix("ies") {
        return format!("{stem}y");
    }
    lower
        .strip_suffix('s')
        .filter(|stem| !stem.ends_with('s'))
        .unwrap_or(lower)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_know_age_sex_and_role() {
        assert_eq!(lookup("girl").unwrap().age, AgeGroup::Children);
        assert_eq!(lookup("woman").unwrap().sex, F);
        assert_eq!(lookup("soldier").unwrap().role, Role::SecurityForce);
        assert_eq!(lookup("lake"), None);
    }

    #[test]
    fn plurals_find_their_singular() {
        for (plural, one) in [
            ("women", "woman"),
            ("bystanders", "bystander"),
            ("bodies", "body"),
            ("families", "family"),
        ] {
            assert_eq!(singular(plural), one);
            assert!(is_plural_form(plural), "{plural}");
        }
        assert!(!is_plural_form("hostage"));
        assert!(is_plural_form("troops"));
    }
}
