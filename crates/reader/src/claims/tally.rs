//! What one slot counted in one report: groups with numbers of their own, and people told of one by one.

use std::ops::Range;

use model::{AgeGroup, Sex};

use super::{
    draft::Draft,
    frames,
    people::{Group, Peopled},
};

/// One person told of in the report.
#[derive(Clone, Debug)]
pub struct Person {
    /// Where first met.
    pub first: Group,
    /// Predicate of that mention.
    pub predicate: usize,
    name: Option<String>,
    years: Option<u32>,
    sex: Option<Sex>,
}

impl Person {
    /// A person, as first met.
    pub fn new(group: &Group, predicate: usize) -> Self {
        Self {
            name: group.name.clone(),
            years: group.years,
            sex: group.scope.sex,
            first: group.clone(),
            predicate,
        }
    }

    /// Whether `group` may be this person: nothing said of the two is unequal. A person "more" is never one met before,
    /// and two members of one list are two people.
    pub fn may_be(&self, group: &Group) -> bool {
        fn unequal<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
            matches!((a, b), (Some(a), Some(b)) if a != b)
        }
        let grown =
            self.first.scope.age == AgeGroup::Children && group.scope.age == AgeGroup::Adults;
        !group.additional
            && self.same_name(group)
            && !unequal(&self.years, &group.years)
            && !unequal(&self.sex, &group.scope.sex)
            && !grown
    }

    /// Whether one name may be a shorter form of the other: "Smith" of "John Smith", but not "Jane Smith".
    fn same_name(&self, group: &Group) -> bool {
        let (Some(a), Some(b)) = (&self.name, &group.name) else {
            return true;
        };
        let within = |short: &str, long: &str| {
            let strange = short
                .split(' ')
                .filter(|word| !long.split(' ').any(|other| other == *word));
            let mut strange = strange.peekable();
            let first = strange.next();
            // One word of a long name may be spelt otherwise: "Hamed", "Hamad".
            strange.next().is_none()
                && first.is_none_or(|word| {
                    short.split(' ').count() > 2
                        && long.split(' ').any(|other| same_consonants(word, other))
                })
        };
        within(a, b) || within(b, a)
    }

    /// Adds what another mention says.
    pub fn take_in(&mut self, group: &Group) {
        let longer = |name: &String| self.name.as_ref().is_none_or(|own| own.len() < name.len());
        if let Some(name) = group.name.as_ref().filter(|name| longer(name)) {
            self.name = Some(name.clone());
        }
        self.years = self.years.or(group.years);
        self.sex = self.sex.or(group.scope.sex);
    }
}

/// Whether two words differ in vowels and doubled letters only, as names written in other letters do.
fn same_consonants(a: &str, b: &str) -> bool {
    fn bare(word: &str) -> impl Iterator<Item = char> + '_ {
        let mut last = None;
        word.chars()
            .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | '’' | '\''))
            .filter(move |&c| last.replace(c) != Some(c))
    }
    bare(a).eq(bare(b)) && bare(a).next().is_some()
}

/// What one slot counted in one report.
#[derive(Default)]
pub struct Tally {
    /// Claims with a number of their own.
    pub groups: Vec<Draft>,
    /// People told of one by one.
    pub persons: Vec<Person>,
    /// Tokens of those groups that only add to others: no total.
    pub added: Vec<Range<usize>>,
    /// Tokens of the members of lists that were added up, none of which is everybody.
    pub members: Vec<Range<usize>>,
    /// Tokens of the lists that say by a word that they are everybody: "and 33 others".
    pub whole: Vec<Range<usize>>,
}

/// The words that tell of a person, with the predicate where it stands close.
pub fn person_words(cx: &Peopled<'_>, person: &Person) -> Range<usize> {
    frames::cover(
        frames::predicate_tokens(cx.doc.token(person.predicate)),
        person.first.tokens.clone(),
        22,
    )
}
