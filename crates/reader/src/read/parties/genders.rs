//! Who is a man and who a woman, as far as the text shows it or the given name makes it likely: for pronouns and bare
//! last names only.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use super::{build::Builder, lexicon::Class, phrase};

const GIVEN_NAMES: &str = include_str!("../../../../../lexicons/en/parties/given_names.txt");

/// Whether the first word of a name is one that women bear, or men; `None` for names of both or of neither list.
pub fn likely(name: &str) -> Option<bool> {
    static NAMES: OnceLock<HashMap<&'static str, bool>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let lines = GIVEN_NAMES.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split_once(' '))
            .map(|(name, sex)| (name, sex == "f"))
            .collect()
    });
    let (first, _) = name.split_once(' ')?;
    names.get(first.to_lowercase().as_str()).copied()
}

/// Learns from the text who is a man and who a woman: a pronoun that can only be one person says so. "Vell said she had
/// fled."
pub fn learn(b: &mut Builder<'_>) {
    let mut votes: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    for s in 0..b.doc.sentence_count() {
        let sentence = b.doc.sentence(s);
        if sentence.len() > phrase::LONGEST_SENTENCE {
            continue;
        }
        let mut only: Option<usize> = None;
        for i in sentence {
            if let Some(party) = b
                .party_at(i)
                .filter(|&p| b.drafts[p].class == Class::Person)
            {
                if only.is_some_and(|other| other != party) {
                    break;
                }
                only = Some(party);
                continue;
            }
            let token = b.doc.token(i);
            let female = match token.lower() {
                "she" | "her" | "hers" | "herself" => true,
                "he" | "him" | "his" | "himself" => false,
                _ => continue,
            };
            let Some(person) = only else { break };
            let governs = token.ancestors().take(12).any(|verb| {
                phrase::subject(verb).is_some_and(|subject| b.party_at(subject.i) == Some(person))
            });
            if governs {
                let vote = votes.entry(person).or_default();
                vote.0 += u32::from(female);
                vote.1 += u32::from(!female);
            }
        }
    }
    for (person, (women, men)) in votes {
        let draft = &mut b.drafts[person];
        if draft.female.is_none()
            && draft.named
            && (women == 0 || men == 0 || women.abs_diff(men) > 1)
        {
            draft.female = Some(women > men);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_name_is_a_hint() {
        assert_eq!(likely("Maria Vell"), Some(true));
        assert_eq!(likely("Donald Brand"), Some(false));
        assert_eq!(likely("Taylor Brand"), None);
        assert_eq!(likely("Maria"), None, "a last name may be a given one");
    }
}
