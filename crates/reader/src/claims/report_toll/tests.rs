//! Text in, chains, options and the report's own toll out, on fictional sentences.

use model::{AccountKind, Claim, Slot};

use super::{
    super::{Models, claim_by, passes, segments},
    *,
};
use crate::{
    Input,
    read::{self, Annotations},
    text::{self, Document},
};

fn extracted(words: &str) -> Document {
    let input = Input {
        name: "test".to_owned(),
        bytes: format!("Source: Lake Tribune\nPublished: 2022-01-25\n\n{words}\n").into_bytes(),
        ..Input::default()
    };
    text::extract(&input).expect("readable")
}

fn parsed(extracted: &Document) -> Option<Annotations> {
    let pipeline = ::testing::pipeline()?;
    let (spelled, ranges) = read::layout::for_parsing(&extracted.text);
    let doc = pipeline
        .parse(&spelled, &ranges)
        .respelled(extracted.text.as_str());
    let gazetteer = read::places::testing::gazetteer();
    Some(read::read_doc(doc, extracted, &gazetteer))
}

/// The words of each candidate with the number of its chain.
fn chained(words: &str) -> Option<Vec<String>> {
    let extracted = extracted(words);
    let read = parsed(&extracted)?;
    Some(passes::run(&extracted, &read, &mut segments::opens, |cx| {
        let candidates = candidates::find(cx);
        let chains = chains::link(cx, &candidates);
        let told = candidates.iter().zip(chains);
        told.map(|(candidate, chain)| format!("{chain} {}", cx.doc.slice(candidate.tokens.clone())))
            .collect()
    }))
}

/// The claims of the main account in this slot by the weights that come with the program.
fn tolls(slot: Slot, words: &str) -> Option<Vec<Claim>> {
    let extracted = extracted(words);
    let read = parsed(&extracted)?;
    let reading = claim_by(
        extracted,
        &read,
        &mut segments::opens,
        &Models::rules(Some(shipped())),
    );
    Some(
        reading
            .accounts
            .into_iter()
            .filter(|account| account.kind == AccountKind::Main)
            .flat_map(|account| account.claims)
            .filter(|claim| claim.slot == slot && claim.rule.ends_with("own-toll"))
            .collect(),
    )
}

/// A sample without a candidate.
fn nobody(segments: &[Option<usize>]) -> Sample {
    Sample {
        candidates: Vec::new(),
        chains: Vec::new(),
        features: Vec::new(),
        said: Vec::new(),
        sentences: (0..segments.len()).collect(),
        segments: segments.to_vec(),
        ruled: [Vec::new(), Vec::new()],
        shots: true,
        title: 1,
        report: crate::learned::Features::new(),
    }
}

#[test]
fn every_feature_of_a_choice_has_a_name() {
    let named = |names: &[&str]| -> usize {
        let many = |name: &&str| {
            name.split_once(':')
                .map_or(Ok(1), |(_, n)| n.parse::<usize>())
        };
        names.iter().map(|name| many(name).expect("a number")).sum()
    };
    let (sample, scored) = (nobody(&[]), Scored::default());
    let killed = sample.options(0, &scored, None);
    assert_eq!(killed[0].1.len(), named(options::KILLED));
    let killed = distribution(&killed, &shipped().count_models[0]);
    let injured = sample.options(1, &scored, Some(&predicted(&killed)));
    assert_eq!(injured[0].1.len(), named(options::INJURED));
    let injured = distribution(&injured, &shipped().count_models[1]);
    let pairs = pairs::pairs(&sample, &scored, &[killed, injured]);
    assert_eq!(pairs[0].1.len(), named(pairs::FEATURES));
}

#[test]
fn her_daughter_is_somebody_else_and_the_victim_is_not() {
    let Some(said) = chained("Orla Denby, 31, and her daughter were shot. The girl survived.")
    else {
        return;
    };
    let of = |words: &str| {
        said.iter()
            .find(|line| line.ends_with(words))
            .and_then(|line| line.split(' ').next())
            .map(str::to_owned)
    };
    assert!(of("Denby").is_some());
    assert_ne!(of("Denby"), of("her daughter"), "{said:?}");
    assert_eq!(of("The girl"), of("her daughter"), "{said:?}");
}

#[test]
fn people_side_by_side_are_one_list() {
    let found = |words: &str| {
        let extracted = extracted(words);
        let read = parsed(&extracted)?;
        Some(passes::run(&extracted, &read, &mut segments::opens, |cx| {
            let lists = candidates::find(cx).into_iter();
            let lists = lists.filter(|one| one.form == Form::List);
            lists
                .map(|one| (cx.doc.slice(one.tokens.clone()).to_owned(), one.n))
                .collect::<Vec<_>>()
        }))
    };
    let Some(said) = found("Two girls and a man were shot near the mill on Friday.") else {
        return;
    };
    assert_eq!(said, [("Two girls and a man".to_owned(), Some(3))]);
    let one_person = found("Orla Denby, a teacher, was shot near the mill on Friday.");
    assert_eq!(one_person, Some(Vec::new()));
    // Ages are no people.
    let aged = found("Two men, 18 and 19, were shot near the mill on Friday.").unwrap_or_default();
    assert!(aged.iter().all(|(_, n)| *n != Some(21)), "{aged:?}");
}

#[test]
fn a_title_alone_is_no_event_of_its_own() {
    for (segments, want) in [
        (&[Some(0), Some(0), Some(1)][..], vec![0]),
        (&[Some(0), Some(1), Some(2)], vec![0, 1]),
        (&[Some(0), None, None], vec![]),
    ] {
        assert_eq!(nobody(segments).main_segments(), want, "{segments:?}");
    }
}

#[test]
fn what_is_said_of_all_who_were_shot_bears_on_both_numbers() {
    let words = "KELMOOR - Four people were shot, two of them fatally, outside a club on Foundry Lane early Sunday, \
                 police said. Two men died at the scene. The two others were taken to a hospital in stable condition.";
    for slot in SLOTS {
        let Some(claims) = tolls(slot, words) else {
            return;
        };
        let numbers: Vec<u64> = claims
            .iter()
            .filter_map(|claim| claim.value.count())
            .map(|count| count.low)
            .collect();
        assert_eq!(numbers, [2], "{slot:?}");
    }
}

#[test]
fn a_third_victim_is_counted_by_the_word() {
    let extracted = extracted("A third man was found in the yard. The man died.");
    let Some(read) = parsed(&extracted) else {
        return;
    };
    let said: Vec<u64> = passes::run(&extracted, &read, &mut segments::opens, |cx| {
        candidates::find(cx).iter().map(|c| c.ordinal).collect()
    });
    assert_eq!(said, [3, 0]);
}

#[test]
fn the_toll_is_a_claim_in_the_words_that_give_it() {
    let words = "KELMOOR - One man is dead and two women are in the hospital after a shooting on Foundry Lane, police \
                 said. The 34-year-old man was shot in the chest and died at the scene. Two women, 29 and 31, were \
                 shot in the leg and taken to a hospital in stable condition.";
    let (Some(dead), Some(hurt)) = (tolls(Slot::Killed, words), tolls(Slot::Injured, words)) else {
        return;
    };
    let number = |claims: &[Claim]| claims.first().and_then(|c| c.value.count()).map(|c| c.low);
    assert_eq!((dead.len(), number(&dead)), (1, Some(1)));
    assert_eq!((hurt.len(), number(&hurt)), (1, Some(2)));
    assert!(hurt[0].quotes[0].exact.to_lowercase().contains("two women"));
}

#[test]
fn a_threat_with_a_gun_hurts_nobody() {
    let words = "KELMOOR - A man pointed a handgun at a clerk and fled with cash on Friday, police said. No shots were \
                 fired and nobody was injured. The clerk told officers that the man threatened to shoot him.";
    for slot in SLOTS {
        let Some(claims) = tolls(slot, words) else {
            return;
        };
        assert!(claims.is_empty(), "{slot:?}");
    }
}

#[test]
fn a_war_is_left_to_the_rules() {
    let words = "Twelve civilians were killed in an airstrike on Darmuk, residents said. Rocket and artillery fire \
                 wounded 30 others. Militants shot back.";
    for slot in SLOTS {
        let Some(claims) = tolls(slot, words) else {
            return;
        };
        assert!(claims.is_empty(), "{slot:?}");
    }
}

#[test]
fn a_report_of_many_people_ends() {
    let words = "Oren Vale, 31, was shot. ".repeat(2000);
    let Some(said) = chained(&words) else { return };
    assert!(said.len() <= candidates::MAX_CANDIDATES);
}

#[test]
fn numbers_of_headlines_are_candidates() {
    for (words, want) in [
        ("Two shot in Kelmoor alley", "Two"),
        ("Five shot, one fatally, at Varda club", "one"),
        ("Child among 3 shot in Denby", "3"),
    ] {
        let Some(found) = chained(words) else { return };
        assert!(
            found
                .iter()
                .any(|one| one.split_once(' ').is_some_and(|(_, of)| of == want)),
            "{words}: {found:?}"
        );
    }
}
