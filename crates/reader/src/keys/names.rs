//! What English says of the names of parties: words that may stand or not, names that are nobody's, and bodies of the
//! world under several names.

use std::collections::BTreeMap;

use model::{Claim, NameKey, Reading, Value, words};

use crate::lexicon::List;

const TEXT: &str = include_str!("../../../../lexicons/en/bodies.tsv");
static KNOWN: List = List::new(TEXT, "known");
static GENERIC: List = List::new(TEXT, "generic");
static BEFORE: List = List::new(TEXT, "before");
static AFTER: List = List::new(TEXT, "after");
static SMALL: List = List::new(TEXT, "small");

/// The names in a reading of which more is known than their words.
pub(super) fn find(reading: &Reading, agency: Option<&str>) -> BTreeMap<String, NameKey> {
    let mut out = BTreeMap::new();
    let mut add = |name: &str| {
        if !out.contains_key(name)
            && let Some(key) = key(name)
        {
            out.insert(name.to_owned(), key);
        }
    };
    agency.into_iter().for_each(&mut add);
    reading
        .report
        .source
        .name
        .as_deref()
        .into_iter()
        .for_each(&mut add);
    for claim in reading.accounts.iter().flat_map(|it| &it.claims) {
        of_claim(claim, &mut add);
    }
    out
}

/// The names in a claim.
fn of_claim(claim: &Claim, add: &mut impl FnMut(&str)) {
    let value = match &claim.value {
        Value::Party(party) => Some(party),
        _ => None,
    };
    let parties = [value, claim.actor.as_ref(), claim.addressee.as_ref()];
    for party in parties.into_iter().flatten() {
        add(&party.name);
        party.aliases.iter().for_each(|alias| add(alias));
    }
    for speaker in &claim.speakers {
        add(&speaker.name);
        let ids = [&speaker.affiliation, &speaker.party];
        ids.into_iter().flatten().for_each(|id| add(id));
    }
    claim.scope.side.iter().for_each(|side| add(side));
}

/// What is known of a name; `None` where that is only its words.
pub fn key(name: &str) -> Option<NameKey> {
    let plain = words::name(name);
    let key = bare(&plain);
    let initials = |words: &mut dyn Iterator<Item = &str>| -> String {
        words.filter_map(|word| word.chars().next()).collect()
    };
    let all = initials(&mut key.split(' '));
    let big = initials(&mut key.split(' ').filter(|word| !SMALL.contains(word)));
    let found = NameKey {
        generic: GENERIC.contains(key),
        known: KNOWN.get(key).map(str::to_owned),
        initials: (big != all).then_some(big),
        key: key.to_owned(),
    };
    let more =
        found.key != plain || found.generic || found.known.is_some() || found.initials.is_some();
    more.then_some(found)
}

/// A folded name without the words that may stand before and after it.
fn bare(folded: &str) -> &str {
    let mut name = folded;
    while let Some((first, rest)) = name.split_once(' ') {
        if !BEFORE.contains(first) {
            break;
        }
        name = rest;
    }
    while let Some((rest, last)) = name.rsplit_once(' ') {
        if !AFTER.contains(last) {
            break;
        }
        name = rest;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        crate::lexicon::check(TEXT, &[&KNOWN, &GENERIC, &BEFORE, &AFTER, &SMALL]);
    }

    #[test]
    fn a_name_has_a_key_where_more_is_known_than_its_words() {
        let of = |name: &str| key(name).unwrap_or_default();
        assert_eq!(
            of("the Lake Liberation Front group").key,
            "lake liberation front"
        );
        assert_eq!(of("so-called Lake Front").key, "lake front");
        assert!(of("the army").generic);
        assert_eq!(of("U.S.").known.as_deref(), Some("united states"));
        assert_eq!(of("Army of the Lake").initials.as_deref(), Some("al"));
        assert_eq!(key("Lake Front"), None);
        assert_eq!(key("p:lake-front"), None);
    }
}
