//! Who the people of a noun are: role, age, sex, side, nationality.

use language::Token;
use model::{AgeGroup, Role, Scope, Sex};

use super::{
    super::person_nouns::{self, PersonNoun},
    introduced::Peopled,
    side::{is_in_armed_group, side_of},
};

/// Who the people of a noun are, by the noun, what stands before it, the body they belong to and their age.
pub(super) fn scope_of(
    cx: &Peopled<'_>,
    token: Token<'_>,
    noun: &PersonNoun,
    named: bool,
    age: Option<u32>,
) -> Scope {
    let lemma = person_nouns::singular(token.lower());
    let member_of_body = lemma == "member";
    let mut scope = Scope {
        role: noun.role,
        age: noun.age,
        sex: noun.sex,
        kind: noun.narrows.then_some(lemma),
        ..Scope::default()
    };
    side_of(cx, token, &mut scope);
    for child in token.children() {
        if child.dep() == "prep"
            && child.lower() == "of"
            && member_of_body
            && let Some(inner) = child.child("pobj")
            && !matches!(inner.lemma(), "family" | "household" | "clan")
        {
            side_of(cx, inner, &mut scope);
        }
    }
    modifiers(cx, token, &mut scope);
    if matches!(scope.role, Role::All | Role::Official) && is_in_armed_group(cx, token) {
        scope.role = Role::Fighter;
    }
    if let Some(years) = age
        && (scope.age == AgeGroup::Unsaid || named)
    {
        scope.age = if years < 18 {
            AgeGroup::Children
        } else {
            AgeGroup::Unsaid
        };
    }
    scope
}

/// Narrows the scope by adjectives and nouns before the head: "underage", "female", "civilian", "Palestinian".
fn modifiers(cx: &Peopled<'_>, token: Token<'_>, scope: &mut Scope) {
    for child in token.children() {
        if !matches!(child.dep(), "amod" | "compound" | "nmod") || child.i > token.i {
            continue;
        }
        match child.lower() {
            "underage" | "child" | "teenage" | "minor" | "infant" => {
                scope.age = AgeGroup::Children;
            }
            "elderly" => scope.age = AgeGroup::Elderly,
            "adult" => scope.age = AgeGroup::Adults,
            "female" => scope.sex = Some(Sex::Female),
            "male" => scope.sex = Some(Sex::Male),
            "civilian" | "innocent" => scope.role = Role::Civilian,
            "armed" | "rebel" | "militant" if scope.role == Role::All => scope.role = Role::Fighter,
            "aid" | "humanitarian" | "health" | "medical" => scope.role = Role::AidWorker,
            "security" | "police" | "military" | "army" => scope.role = Role::SecurityForce,
            "suspected" | "alleged" => {}
            _ => {
                if child.entity_label() == "NORP" && cx.read.parties.info_at(child.i).is_none() {
                    scope.nationality = Some(child.text().to_owned());
                }
            }
        }
    }
}
