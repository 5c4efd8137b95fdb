//! Text in, numbers out, on the real pipeline. Places and people are made up.

use super::*;

/// Checks the numbers of `text`, printed as `words interval [noun] [flags]`; what counts nothing is printed with its
/// measure.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    let doc = pipeline.parse_text(text);
    let got: Vec<String> = find(&doc)
        .iter()
        .map(|quantity| show(&doc, quantity))
        .collect();
    assert_eq!(got, expected, "{text}");
}

fn show(doc: &Doc, quantity: &Quantity) -> String {
    let mut out = doc.slice(quantity.tokens.clone()).to_owned();
    match quantity.measure {
        Some(measure) => out.push_str(&format!(" {measure:?}")),
        None => {
            out.push_str(&format!(" {}", quantity.count.interval()));
            if quantity.kind == QuantityKind::Ordinal {
                out.push_str(" Ordinal");
            }
            if let Some(noun) = quantity.noun {
                out.push_str(&format!(" {}", doc.token(noun).text()));
            }
        }
    }
    if let Some(age) = quantity.age {
        out.push_str(&format!(" age {age}"));
    }
    if quantity.additional {
        out.push_str(" more");
    }
    if quantity.partitive {
        out.push_str(" of");
    }
    out
}

#[test]
fn bounds() {
    check(
        "At least 200 people died.",
        &["At least 200 [200, ∞) people"],
    );
    check(
        "No fewer than 1,200 people died.",
        &["No fewer than 1,200 [1200, ∞) people"],
    );
    check("More than 210 died.", &["More than 210 [211, ∞)"]);
    check(
        "Well over 40 soldiers died.",
        &["Well over 40 [41, ∞) soldiers"],
    );
    check(
        "Some 640 pupils are at home.",
        &["Some 640 [576, 704] pupils"],
    );
    check(
        "About 30 men and nearly 200 guards fled.",
        &["About 30 [27, 33] men", "nearly 200 [180, 220] guards"],
    );
    check("Up to 40 fighters fled.", &["Up to 40 [0, 40] fighters"]);
    check(
        "As many as 60 detainees fled.",
        &["As many as 60 [0, 60] detainees"],
    );
    check(
        "Fewer than 10 guards stayed.",
        &["Fewer than 10 [0, 9] guards"],
    );
    check(
        "The bomb killed 12 or more people.",
        &["12 or more [12, ∞) people"],
    );
    check("200+ people fled.", &["200+ [200, ∞) people"]);
    check(
        "More than a dozen people died.",
        &["More than a dozen [13, ∞) people"],
    );
}

#[test]
fn a_particle_of_a_verb_is_no_bound() {
    check("The toll has gone up to 38.", &["38 {38}"]);
    check("It rose up to 40 on Monday.", &["40 {40}"]);
    check("The band handed over 61 hostages.", &["61 {61} hostages"]);
    check("They took over 12 posts.", &["12 {12} posts"]);
    check("Over 61 hostages left.", &["Over 61 [62, ∞) hostages"]);
    check("Up to 38 people died.", &["Up to 38 [0, 38] people"]);
}

#[test]
fn verbs_that_bound() {
    check("The toll exceeded 90.", &["exceeded 90 [91, ∞)"]);
    check(
        "The toll had not yet reached 100.",
        &["not yet reached 100 [0, 99]"],
    );
}

#[test]
fn a_colon_before_a_list_makes_no_score() {
    check(
        "The toll reached 96: 70 rebels and 22 guards.",
        &["96 {96}", "70 {70} rebels", "22 {22} guards"],
    );
}

#[test]
fn vague_words() {
    check("Dozens of people died.", &["Dozens [12, 99] people"]);
    check(
        "Hundreds of families fled.",
        &["Hundreds [200, 999] families"],
    );
    check(
        "Tens of thousands were displaced.",
        &["Tens of thousands [20000, 99999]"],
    );
    check(
        "Several guards and a few soldiers died.",
        &["Several [3, 9] guards", "a few [3, 9] soldiers"],
    );
    check(
        "Multiple officers and many villagers were hurt.",
        &["Multiple [2, ∞) officers", "many [3, ∞) villagers"],
    );
    check("A couple of drivers were hurt.", &["A couple {2} drivers"]);
    check(
        "Several hundred people fled.",
        &["Several hundred [200, 999] people"],
    );
    check("How many people died?", &[]);
}

#[test]
fn words_and_digits() {
    check("Twenty-three people died.", &["Twenty-three {23} people"]);
    check(
        "One hundred and five people died.",
        &["One hundred and five {105} people"],
    );
    check(
        "Two and a half thousand people fled.",
        &["Two and a half thousand {2500} people"],
    );
    check(
        "1.5 million people fled.",
        &["1.5 million {1500000} people"],
    );
    check(
        "Half a dozen officers died.",
        &["Half a dozen {6} officers"],
    );
    check("Two dozen rebels died.", &["Two dozen {24} rebels"]);
    check(
        "Around 1 200 people and 1.200 children fled.",
        &["Around 1 200 [1080, 1320] people", "1.200 {1200} children"],
    );
    check("99999999999999999999999999 people", &[]);
}

#[test]
fn ranges() {
    for words in ["Between 20 and 30", "20 to 30", "20-30", "20–30"] {
        check(
            &format!("{words} gunmen attacked."),
            &[&format!("{words} [20, 30] gunmen")],
        );
    }
    check("Two or three men fled.", &["Two or three [2, 3] men"]);
    check(
        "Two to three thousand people fled.",
        &["Two to three thousand [2000, 3000] people"],
    );
    check("The toll rose from 20 to 30.", &["20 {20}", "30 {30}"]);
}

#[test]
fn nobody_both_and_one_of() {
    check(
        "No one was killed and nobody was hurt.",
        &["No one {0}", "nobody {0}"],
    );
    check("No civilians died.", &["No {0} civilians"]);
    check("None of them died.", &["None {0} them of"]);
    check("Both men died.", &["Both {2} men"]);
    check("Both the army and the rebels fled.", &[]);
    check("One of the attackers died.", &["One {1} attackers of"]);
}

#[test]
fn additions() {
    check(
        "Another 30 people were hurt.",
        &["Another 30 {30} people more"],
    );
    check(
        "Police found 12 more people.",
        &["12 more {12} people more"],
    );
    check("A further 12 were missing.", &["A further 12 {12} more"]);
    check("The bomb hurt 12 others.", &["12 {12} others more"]);
}

#[test]
fn a_person_described_by_age_is_one() {
    check(
        "A 61-year-old man was shot.",
        &["A 61-year-old man {1} man age 61"],
    );
    check(
        "The 19-year-old was shot.",
        &["The 19-year-old {1} old age 19"],
    );
    check(
        "Police held two 19-year-old men.",
        &["two {2} men age 19", "19-year-old Age age 19"],
    );
    check(
        "Ana Vell, 34, and a boy aged 12 survived.",
        &["34 Age age 34", "aged 12 Age age 12"],
    );
}

#[test]
fn what_counts_nothing() {
    check(
        "It happened on January 5, 2021 at 10:30 p.m.",
        &["5 Date", "2021 Date"],
    );
    check("The prison cost $5 million.", &["5 million Money"]);
    check("Some 20 percent fled.", &["Some 20 Percent"]);
    check(
        "They ran 5 km in three hours.",
        &["5 Unit", "three Duration"],
    );
    check(
        "It happened in the 100 block of Mill Street near Route 66.",
        &["100 Address", "66 Name"],
    );
    check("The team won 3-2.", &["3-2 Score"]);
    check("Call 555-010-1234 now.", &["555-010-1234 Score"]);
    check("The third attack failed.", &["third {3} Ordinal attack"]);
}

#[test]
fn a_noun_gives_its_count() {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    let doc = pipeline.parse_text(
        "A guard, 23 soldiers, the officer, another woman and villagers died; he knew no driver.",
    );
    let quantities = find(&doc);
    let of = |word: &str| {
        let noun = doc
            .tokens()
            .find(|token| token.lower() == word)
            .map(|token| token.i);
        noun.and_then(|noun| person_phrase(&doc, &quantities, noun))
            .map(|phrase| {
                format!(
                    "{} {} {}",
                    phrase.count.interval(),
                    phrase.definite,
                    phrase.additional
                )
            })
    };
    assert_eq!(of("guard").as_deref(), Some("{1} false false"));
    assert_eq!(of("soldiers").as_deref(), Some("{23} false false"));
    assert_eq!(of("officer").as_deref(), Some("{1} true false"));
    assert_eq!(of("woman").as_deref(), Some("{1} false true"));
    assert_eq!(of("villagers").as_deref(), Some("[2, ∞) false false"));
    assert_eq!(of("he").as_deref(), Some("{1} true false"));
    assert_eq!(of("driver").as_deref(), Some("{0} false false"));
    assert_eq!(of("died").as_deref(), None);
}

#[test]
fn ages_with_their_bounds() {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    let ages = |text: &str| {
        let doc = pipeline.parse_text(text);
        find_ages(&doc)
            .iter()
            .map(|age| {
                let person = age
                    .person
                    .map_or("-".to_owned(), |i| doc.token(i).text().to_owned());
                format!(
                    "{}..{} {person}",
                    age.low,
                    age.high.map_or("∞".into(), |high| high.to_string())
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ages("Children as young as 12 were held."),
        ["12..∞ Children"]
    );
    assert_eq!(
        ages("Boys aged between 12 and 17 were held."),
        ["12..17 Boys"]
    );
    assert_eq!(ages("A man in his 30s died."), ["30..39 man"]);
    assert_eq!(ages("An 18-month-old girl died."), ["1..1 girl"]);
    assert_eq!(
        ages("Children under the age of 18 were held."),
        ["0..17 Children"]
    );
    assert_eq!(ages("She is 19 years old."), ["19..19 She"]);
    assert_eq!(ages("He was 23."), ["23..23 He"]);
    assert_eq!(
        ages("In Velm, 12 people died on May 5, 2021."),
        Vec::<String>::new()
    );
}

#[test]
fn many_figures_are_found_in_order() {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    let doc = pipeline.parse_text(&"At least 12 people and 3 guards died. ".repeat(400));
    let found = find(&doc);
    assert_eq!(found.len(), 800);
    assert!(
        found
            .windows(2)
            .all(|pair| pair[0].tokens.end <= pair[1].tokens.start)
    );
    for text in [
        "",
        "🙂 12 🙂",
        "قتل 12 شخصا",
        "\u{0} 5",
        "- - -",
        "a a a",
        "half half of of",
    ] {
        find(&pipeline.parse_text(text));
    }
}

#[test]
fn marks_before_figures_are_bounds() {
    check("About ~10 people died.", &["About ~10 [9, 11] people"]);
    check("Police say ≈40 people died.", &["≈40 [36, 44] people"]);
    check("Police say ≥10 people died.", &["≥10 [10, ∞) people"]);
    check("Police say >10 people died.", &[">10 [11, ∞) people"]);
}

#[test]
fn marks_of_quoting_and_of_paths_are_no_bounds() {
    check("> Nine people died.", &["Nine {9} people"]);
    check(
        "Home > World > Nine people died in Vell.",
        &["Nine {9} people"],
    );
    check("<b>Nine people died.", &["Nine {9} people"]);
    check("Home > News > 9 people died in Vell.", &["9 {9} people"]);
    check("Home > News > Vell : 9 people died.", &["9 {9} people"]);
    check("Police say that > 9 people died.", &["> 9 [10, ∞) people"]);
}
