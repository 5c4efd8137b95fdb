//! Whose claims may be compared: scopes folded so that the same people meet under different words.

use model::{AgeGroup, Role, Scope, Sex, Slot};

use crate::link::names::Names;

/// Whom a claim speaks of, folded: party ids as classes, limits that the slot implies left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ScopeKey {
    /// The part they play.
    pub role: Role,
    /// Class of the party they belong to.
    pub side: Option<String>,
    /// Children or not.
    pub age: AgeGroup,
    /// Women or men.
    pub sex: Option<Sex>,
    /// Folded nationality.
    pub nationality: Option<String>,
    /// What else narrows them: "student", "passenger".
    pub kind: Option<String>,
}

/// How the people of one scope stand to those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// The same, as far as said.
    Same,
    /// All of the first are among the second, which holds more.
    Part,
    /// The other way round.
    Whole,
    /// No one is in both.
    Apart,
    /// Some may be in both.
    Crossing,
}

impl ScopeKey {
    /// Folds a scope. Limits a slot implies are left out: whoever is held is a detainee, whoever is a member of a named
    /// force is its fighter or soldier.
    pub fn of(slot: Slot, scope: &Scope, names: &Names) -> Self {
        if !slot.spec().compares_people {
            return Self::default();
        }
        let implied = slot.spec().implies;
        let side = scope.side.as_ref().map(|side| names.class(side));
        let member = side.is_some()
            && matches!(
                scope.role,
                Role::Fighter | Role::SecurityForce | Role::Attacker
            );
        let role = if member || implied.contains(&scope.role) {
            Role::All
        } else {
            scope.role
        };
        Self {
            role,
            side,
            age: scope.age,
            sex: scope.sex,
            nationality: scope.nationality.as_deref().map(model::words::key),
            kind: scope.kind.clone(),
        }
    }

    /// The folded scope as ids hash it, without words.
    pub fn scope(&self) -> Scope {
        Scope {
            role: self.role,
            side: self.side.clone(),
            age: self.age,
            sex: self.sex,
            nationality: self.nationality.clone(),
            kind: self.kind.clone(),
            ..Scope::default()
        }
    }

    /// Whether it is everybody.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// How these people stand to `other`.
    pub fn to(&self, other: &Self) -> People {
        if self == other {
            return People::Same;
        }
        if self.clashes(other) {
            return People::Apart;
        }
        let inside = |part: &Self, whole: &Self| {
            (whole.role == Role::All || whole.role == part.role)
                && (whole.side.is_none() || whole.side == part.side)
                && (whole.age == AgeGroup::Unsaid || whole.age == part.age)
                && (whole.sex.is_none() || whole.sex == part.sex)
                && (whole.nationality.is_none() || whole.nationality == part.nationality)
                && (whole.kind.is_none() || whole.kind == part.kind)
        };
        match (inside(self, other), inside(other, self)) {
            (true, _) => People::Part,
            (_, true) => People::Whole,
            _ => People::Crossing,
        }
    }

    /// Whether something said of both sets them apart: two roles, two sides, children and adults. Children and a role
    /// that children do not play, or members of an armed group and residents, are apart too.
    fn clashes(&self, other: &Self) -> bool {
        fn differ<T: PartialEq>(a: &T, b: &T, unsaid: &T) -> bool {
            a != b && a != unsaid && b != unsaid
        }
        differ(&self.role, &other.role, &Role::All)
            || differ(&self.side, &other.side, &None)
            || differ(&self.age, &other.age, &AgeGroup::Unsaid)
            || differ(&self.sex, &other.sex, &None)
            || differ(&self.nationality, &other.nationality, &None)
            || grown(self, other)
            || grown(other, self)
            || outside(self, other)
            || outside(other, self)
    }
}

/// Children against fighters, forces, officials, aid workers or members of a force; children against women or men
/// without an age.
fn grown(children: &ScopeKey, other: &ScopeKey) -> bool {
    children.age == AgeGroup::Children
        && other.age == AgeGroup::Unsaid
        && (matches!(
            other.role,
            Role::Fighter
                | Role::SecurityForce
                | Role::Official
                | Role::AidWorker
                | Role::Journalist
                | Role::Attacker
        ) || (other.side.is_some() && children.side.is_none())
            || (other.sex.is_some() && children.sex.is_none()))
}

/// Civilians against members of a named side.
fn outside(civilians: &ScopeKey, other: &ScopeKey) -> bool {
    matches!(
        civilians.role,
        Role::Civilian | Role::AidWorker | Role::Journalist
    ) && civilians.side.is_none()
        && other.side.is_some()
        && other.role == Role::All
}

/// The people in a few words: "children", "members of the lake front"; "everybody" when nothing narrows them.
pub fn describe(scope: &ScopeKey, words: &str) -> String {
    if scope.is_all() {
        return "everybody".to_owned();
    }
    let words = words.trim();
    if words.is_empty() {
        "the same people".to_owned()
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(role: Role, side: Option<&str>, age: AgeGroup) -> ScopeKey {
        ScopeKey {
            role,
            side: side.map(str::to_owned),
            age,
            ..ScopeKey::default()
        }
    }

    #[test]
    fn children_fighters_and_residents_stand_as_people_do() {
        let all = ScopeKey::default();
        let children = scope(Role::All, None, AgeGroup::Children);
        let residents = scope(Role::Civilian, None, AgeGroup::Unsaid);
        let members = scope(Role::All, Some("lake front"), AgeGroup::Unsaid);
        assert_eq!(children.to(&all), People::Part);
        assert_eq!(all.to(&children), People::Whole);
        assert_eq!(children.to(&members), People::Apart);
        assert_eq!(residents.to(&members), People::Apart);
        assert_eq!(children.to(&residents), People::Crossing);
    }

    #[test]
    fn a_limit_the_slot_implies_is_left_out() {
        let held = Scope {
            role: Role::Detainee,
            age: AgeGroup::Children,
            ..Scope::default()
        };
        let names = Names::default();
        let of = |slot| ScopeKey::of(slot, &held, &names).role;
        assert_eq!(of(Slot::Held), Role::All);
        assert_eq!(of(Slot::Killed), Role::Detainee);
    }
}
