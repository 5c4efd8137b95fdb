//! Who is counted or spoken of.

use serde::{Deserialize, Serialize};

use crate::id::Canonical;

/// The part people play.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everybody; what a bare figure counts.
    #[default]
    All,
    /// Civilians, residents, passers-by, worshippers.
    Civilian,
    /// Members of an armed group.
    Fighter,
    /// Soldiers, police, guards.
    SecurityForce,
    /// Prisoners, inmates, detainees.
    Detainee,
    /// The attacker, gunman, suspect or bomber.
    Attacker,
    /// Aid and health workers, rescuers, UN staff.
    AidWorker,
    /// Journalists and media workers.
    Journalist,
    /// Officials, politicians, judges.
    Official,
    /// Hostages.
    Hostage,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 10] = [
        Role::All,
        Role::Civilian,
        Role::Fighter,
        Role::SecurityForce,
        Role::Detainee,
        Role::Attacker,
        Role::AidWorker,
        Role::Journalist,
        Role::Official,
        Role::Hostage,
    ];

    /// The published name, as ids hash it.
    pub fn name(self) -> &'static str {
        match self {
            Role::All => "all",
            Role::Civilian => "civilian",
            Role::Fighter => "fighter",
            Role::SecurityForce => "security_force",
            Role::Detainee => "detainee",
            Role::Attacker => "attacker",
            Role::AidWorker => "aid_worker",
            Role::Journalist => "journalist",
            Role::Official => "official",
            Role::Hostage => "hostage",
        }
    }
}

/// Children or not.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgeGroup {
    /// Not said.
    #[default]
    Unsaid,
    /// Under eighteen.
    Children,
    /// Eighteen and over.
    Adults,
    /// Old people.
    Elderly,
}

impl AgeGroup {
    /// The published name, as ids hash it.
    pub fn name(self) -> &'static str {
        match self {
            AgeGroup::Unsaid => "unsaid",
            AgeGroup::Children => "children",
            AgeGroup::Adults => "adults",
            AgeGroup::Elderly => "elderly",
        }
    }
}

/// Women or men.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Women and girls.
    Female,
    /// Men and boys.
    Male,
}

impl Sex {
    /// The published name, as ids hash it.
    pub fn name(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}

/// Who is counted. [`Scope::default`] is everybody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scope {
    /// The part they play.
    pub role: Role,
    /// Id of the party they belong to (`p:…`).
    pub side: Option<String>,
    /// Children or not.
    pub age: AgeGroup,
    /// Women or men.
    pub sex: Option<Sex>,
    /// Country or people they are of, as the text says.
    pub nationality: Option<String>,
    /// What else narrows them, as a singular noun: "student", "passenger", "employee".
    #[serde(default)]
    pub kind: Option<String>,
    /// Whether they bear arms in a war, as their words go: members of an armed group, soldiers. Police, warders and
    /// civil defence do not: whether they fight is seldom said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub armed: bool,
    /// The words that narrowed the scope; empty when it is everybody.
    pub words: String,
}

impl Scope {
    /// Whether it counts everybody.
    pub fn is_all(&self) -> bool {
        self.role == Role::All
            && self.side.is_none()
            && self.age == AgeGroup::Unsaid
            && self.sex.is_none()
            && self.nationality.is_none()
            && self.kind.is_none()
    }

    /// Whether it says nothing but that these are people, or only their sex: what a total counts.
    pub fn is_anybody(&self) -> bool {
        self.role == Role::All
            && self.side.is_none()
            && self.age == AgeGroup::Unsaid
            && self.nationality.is_none()
            && self.kind.is_none()
    }

    /// What two scopes must share to count the same people; the words are left out.
    #[expect(clippy::type_complexity, reason = "compared whole, never taken apart")]
    pub fn key(
        &self,
    ) -> (
        Role,
        Option<&str>,
        AgeGroup,
        Option<Sex>,
        Option<&str>,
        Option<&str>,
    ) {
        (
            self.role,
            self.side.as_deref(),
            self.age,
            self.sex,
            self.nationality.as_deref(),
            self.kind.as_deref(),
        )
    }

    /// The bytes that ids hash for it: [`Scope::key`] in the form that the module of ids describes.
    pub fn canonical(&self) -> Vec<u8> {
        Canonical::new("scope/1")
            .text(self.role.name())
            .optional(self.side.as_deref())
            .text(self.age.name())
            .optional(self.sex.map(Sex::name))
            .optional(self.nationality.as_deref())
            .optional(self.kind.as_deref())
            .bytes()
    }

    /// Whether everybody this counts is counted by `other` too, and `other` counts more: each of `other`'s limits is
    /// unsaid or the same, and at least one is unsaid where ours is said.
    pub fn is_part_of(&self, other: &Scope) -> bool {
        fn fits<T: PartialEq>(part: &T, whole: &T, unsaid: &T) -> bool {
            whole == unsaid || part == whole
        }
        self.key() != other.key()
            && fits(&self.role, &other.role, &Role::All)
            && fits(&self.side, &other.side, &None)
            && fits(&self.age, &other.age, &AgeGroup::Unsaid)
            && fits(&self.sex, &other.sex, &None)
            && fits(&self.nationality, &other.nationality, &None)
            && fits(&self.kind, &other.kind, &None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_part_of_everybody_and_not_the_reverse() {
        let children = Scope {
            age: AgeGroup::Children,
            ..Scope::default()
        };
        assert!(children.is_part_of(&Scope::default()));
        assert!(!Scope::default().is_part_of(&children));
        assert!(!children.is_part_of(&children));
    }

    #[test]
    fn fighters_and_children_are_neither_part_of_the_other() {
        let children = Scope {
            age: AgeGroup::Children,
            ..Scope::default()
        };
        let fighters = Scope {
            role: Role::Fighter,
            ..Scope::default()
        };
        assert!(!children.is_part_of(&fighters) && !fighters.is_part_of(&children));
    }

    #[test]
    fn names_are_the_published_ones() {
        fn same<T: Serialize>(value: T, name: &str) {
            assert_eq!(serde_json::to_value(value).unwrap(), name);
        }
        for role in Role::ALL {
            same(role, role.name());
        }
        for age in [
            AgeGroup::Unsaid,
            AgeGroup::Children,
            AgeGroup::Adults,
            AgeGroup::Elderly,
        ] {
            same(age, age.name());
        }
        for sex in [Sex::Female, Sex::Male] {
            same(sex, sex.name());
        }
    }
}
