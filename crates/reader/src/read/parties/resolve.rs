//! Definite nouns and pronouns: which party known so far they mean.
//!
//! One pass in the order of the text. Sieves, the surest first: a definite noun takes the latest party of its kind,
//! subjects before others; "he" and "she" the latest person that agrees, "it" and "they" the subject of the clause that
//! reports, else of the sentence before. What no sieve settles stays unresolved.

use super::{build::Builder, called, discourse::Discourse, phrase, roles};

/// Runs over the text: people and bodies called by a noun, definite nouns, pronouns.
pub fn run(b: &mut Builder<'_>) {
    let mut discourse = Discourse::of(b.doc);
    let doc = b.doc;
    let mut last_seen = 0;
    for i in 0..doc.len() {
        let token = doc.token(i);
        if token.sentence().len() > phrase::LONGEST_SENTENCE {
            continue;
        }
        if b.taken[i] != 0 {
            if b.taken[i] != last_seen {
                last_seen = b.taken[i];
                let party = b.mentions[b.taken[i] as usize - 1].party;
                discourse.meet(b, party, b.mentions[b.taken[i] as usize - 1].head);
            }
            continue;
        }
        if called::may_call(token)
            && let Some(called) = called::called(b, i)
            && let Some(party) = roles::take(b, &mut discourse, &called)
        {
            discourse.meet(b, party, i);
            continue;
        }
        if matches!(token.tag(), "PRP" | "PRP$")
            && let Some(party) = discourse.pronoun(b, token)
        {
            b.mention(i..i + 1, party);
            discourse.meet(b, party, i);
        }
    }
}
