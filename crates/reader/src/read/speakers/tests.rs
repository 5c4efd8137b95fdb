use super::*;
use crate::read::parties;

/// Parses paragraph by paragraph; `None` when the model is not there.
fn parse(text: &str) -> Option<Doc> {
    let pipeline = ::testing::pipeline()?;
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            lines.push(at..at + line.len());
        }
        at += line.len() + 1;
    }
    Some(pipeline.parse(text, &lines))
}

/// Each attribution by speech as `speakers > told | cue | content`.
fn lines(doc: &Doc) -> Vec<String> {
    let found = parties::find(doc, &[]);
    find(doc, &found)
        .iter()
        .filter(|attribution| attribution.said)
        .map(|attribution| {
            let name = |&party: &usize| found.parties[party].party.name.clone();
            let speakers: Vec<String> = attribution.speakers.iter().map(name).collect();
            let told = attribution
                .told
                .map(|party| format!(" > {}", name(&party)))
                .unwrap_or_default();
            let content: Vec<&str> = attribution
                .content
                .iter()
                .map(|range| doc.slice(range.clone()))
                .collect();
            format!(
                "{}{told} | {} | {}",
                speakers.join(" + "),
                doc.slice(attribution.cue.clone()),
                content.join(" … ")
            )
        })
        .collect()
}

fn check(text: &str, expect: &[&str]) {
    let Some(doc) = parse(text) else { return };
    let lines = lines(&doc);
    for line in expect {
        assert!(lines.iter().any(|l| l == line), "no «{line}» in {lines:#?}");
    }
}

/// The chain at the first occurrence of `at`, as labels.
fn chain_of(text: &str, at: &str, expect: &[&str], direct: bool) {
    chain_in("Lake Tribune", text, at, expect, direct);
}

fn chain_in(publisher: &str, text: &str, at: &str, expect: &[&str], direct: bool) {
    let Some(doc) = parse(text) else { return };
    let found = parties::find(&doc, &[]);
    let attributions = find(&doc, &found);
    let frozen = model::Text::new(text.to_owned(), Vec::new());
    let publisher = model::Source {
        id: "s:lake-tribune".into(),
        name: Some(publisher.into()),
        kind: model::PartyKind::Outlet,
    };
    let i = doc.token_at(text.find(at).unwrap());
    let (speakers, quoted) = chain(&frozen, &doc, &found, &attributions, i, &publisher);
    let labels: Vec<String> = speakers.iter().map(model::Speaker::label).collect();
    assert_eq!(labels, expect, "{text}");
    assert_eq!(quoted, direct, "{text}");
    for speaker in &speakers {
        if let Some(quote) = &speaker.quote {
            assert!(frozen.span_of(quote).is_some());
        }
    }
}

#[test]
fn indirect_speech() {
    check(
        "Police said on Monday that three people had died.",
        &["police | said | that three people had died"],
    );
    check(
        "Three people died in the fire, police said.",
        &["police | said | Three people died in the fire"],
    );
}

#[test]
fn inserted_cues() {
    check(
        "The bridge, police said, was closed at noon.",
        &["police | said | The bridge … was closed at noon"],
    );
}

#[test]
fn according_to() {
    check(
        "According to residents, ten houses burned.",
        &["residents | According to | ten houses burned"],
    );
}

#[test]
fn direct_speech_carried_over_sentences_and_paragraphs() {
    check(
        "“The fire is out,” said Mayor Ana Orlova. “Nobody was hurt in the houses.”\n“We will build them again \
         this year.”\nThe mayor leaves on Friday.",
        &[
            "Ana Orlova | said | “The fire is out,” … “Nobody was hurt in the houses.” … “We will build them \
             again this year.”",
        ],
    );
}

#[test]
fn a_quotation_with_dash_and_name() {
    check(
        "Many houses burned.\n“The fire came down the hill at night.”\n– Ana Orlova, teacher",
        &["Ana Orlova | – | “The fire came down the hill at night.”"],
    );
}

#[test]
fn passives_name_nobody() {
    check(
        "The attack on the post is reported to have killed ten soldiers.",
        &[" | is reported | The attack on the post … to have killed ten soldiers"],
    );
}

#[test]
fn appeals() {
    check(
        "Both UNICEF and rights groups have called for neighbouring countries to open the border.",
        &["UNICEF + rights groups | have called | neighbouring countries to open the border"],
    );
}

#[test]
fn the_report_speaks_for_who_issued_it() {
    check(
        "UNICEF issued a report on Monday. Most of the children are ill, the report said.",
        &["UNICEF | said | Most of the children are ill"],
    );
}

#[test]
fn a_report_of_the_police_is_the_police() {
    check(
        "Police closed the bridge. A police report said two men had fallen. The men are well, the report said.",
        &[
            "police | said | two men had fallen",
            "police | said | The men are well",
        ],
    );
}

#[test]
fn nobody_claims_nothing() {
    let text = "No group has claimed responsibility for the blast.";
    let Some(doc) = parse(text) else { return };
    assert_eq!(lines(&doc), Vec::<String>::new());
}

#[test]
fn chains_run_to_the_publisher() {
    chain_of(
        "Ana Orlova, a spokeswoman for Save the Children, told Reuters that twelve children had died.",
        "twelve",
        &["Ana Orlova (Save the Children)", "Reuters", "Lake Tribune"],
        false,
    );
    chain_of(
        "Twelve children died on Monday.",
        "Twelve",
        &["Lake Tribune"],
        false,
    );
    chain_of(
        "“Twelve children died,” police said.",
        "Twelve",
        &["police", "Lake Tribune"],
        true,
    );
    chain_of(
        "The fire is reported to have killed twelve children.",
        "twelve",
        &["unnamed reports", "Lake Tribune"],
        false,
    );
    // The outlet that was told is the publisher itself: no link of its own.
    chain_of(
        "Mayor Ana Orlova told the Lake Tribune that twelve children had died.",
        "twelve",
        &["Ana Orlova", "Lake Tribune"],
        false,
    );
}

#[test]
fn who_blames_says_so() {
    let text = "The mayor, Ana Orlova, blamed the Lake Front for the fire.";
    chain_of(text, "blamed", &["Ana Orlova", "Lake Tribune"], false);
}

#[test]
fn a_body_that_speaks_in_its_own_text_is_the_publisher() {
    let ministry = "Ministry of the Interior of Lakeland";
    chain_in(
        ministry,
        "The ministry said on Monday that ten houses had burned.",
        "ten",
        &[ministry],
        false,
    );
    chain_in(
        ministry,
        "The health ministry said on Monday that ten people had died.",
        "ten",
        &["health ministry", ministry],
        false,
    );
}

#[test]
fn the_agency_of_a_side_speaks_for_it() {
    let text =
        "Islamic State claimed the attack. The group’s Amaq agency said ten soldiers had died.";
    chain_of(
        text,
        "ten",
        &["Amaq (Islamic State)", "Lake Tribune"],
        false,
    );
}

#[test]
fn a_verb_taken_for_a_noun_is_no_part_of_a_name() {
    check(
        "The army shelled the town. The Ministry rejects reports that children died in the town.",
        &["Ministry | rejects reports | that children died in the town"],
    );
}

#[test]
fn thinking_is_not_saying() {
    let text = "The mayor hopes that the bridge will open soon.";
    let Some(doc) = parse(text) else { return };
    let found = parties::find(&doc, &[]);
    let hopes = find(&doc, &found);
    assert_eq!(hopes.len(), 1);
    assert!(!hopes[0].said && doc.slice(hopes[0].cue.clone()) == "hopes");
    chain_of(text, "bridge", &["Lake Tribune"], false);
}

#[test]
fn any_text_does_not_panic() {
    let long = [
        "he said she said ".repeat(400),
        "“No,” he said. ".repeat(200),
        "“".repeat(300),
        "said: “yes ".repeat(300),
    ];
    for text in [
        "",
        "“",
        "”",
        "‘“’”",
        "said said said",
        "– \n – A",
        "\u{0}",
        "🙂 said 🙂",
        "قال قال: «نعم»",
        "The mayor said:\n“It is over.”\n“Go,” she said. “Good night.”",
    ]
    .into_iter()
    .chain(long.iter().map(String::as_str))
    {
        if let Some(doc) = parse(text) {
            let found = parties::find(&doc, &[]);
            find(&doc, &found);
        }
    }
}

#[test]
fn doing_is_not_saying() {
    for text in [
        "The army continued to shell the town.",
        "Soldiers raised the flag over the bridge.",
        "The blast claimed twelve lives.",
    ] {
        let Some(doc) = parse(text) else { return };
        assert_eq!(lines(&doc), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_clause_that_closes_the_sentence_says_all_of_it() {
    check(
        "As a result of the shelling 14 people were killed and 39 were hurt, the Ministry of Roads informs.",
        &[
            "Ministry of Roads | informs | As a result of the shelling 14 people were killed and 39 were hurt",
        ],
    );
    chain_of(
        "The accident at the mine has claimed the lives of 39 people, four of them rescuers, Governor Ana \
         Orlova told reporters on Tuesday night.",
        "39",
        &["Ana Orlova", "reporters", "Lake Tribune"],
        false,
    );
    chain_of(
        "At least 19 people died and three are missing in the attack on two boats, village chief Ivo Brand told \
         the council.",
        "19",
        &["Ivo Brand", "Lake Tribune"],
        false,
    );
}

#[test]
fn headlines_name_who_says_it_before_or_behind_a_mark() {
    chain_of(
        "Police: 205 girls still held",
        "205",
        &["police", "Lake Tribune"],
        false,
    );
    chain_of(
        "Fighting leaves 187 dead: state agency",
        "187",
        &["state agency", "Lake Tribune"],
        false,
    );
    chain_of(
        "Nine shot dead in Darmuk, health ministry says",
        "Nine",
        &["health ministry", "Lake Tribune"],
        false,
    );
}

#[test]
fn whoever_gives_a_figure_says_it() {
    chain_of(
        "The health ministry gave 26 dead and 64 wounded.",
        "26",
        &["health ministry", "Lake Tribune"],
        false,
    );
    chain_of(
        "The mayor put the number of dead at more than 50.",
        "50",
        &["mayor", "Lake Tribune"],
        false,
    );
    chain_of(
        "The provincial authorities maintain 34 dead and 54 injured.",
        "34",
        &["provincial authorities", "Lake Tribune"],
        false,
    );
    chain_of(
        "By the mayor's own count 12 people died.",
        "12",
        &["mayor", "Lake Tribune"],
        false,
    );
}

#[test]
fn the_quoted_speak_and_the_paper_was_told() {
    chain_of(
        "A bomb at the pier killed at least six people, the Lake Eye quoted a harbour official as saying on Tuesday.",
        "six",
        &["harbour official", "Lake Eye", "Lake Tribune"],
        false,
    );
    chain_of(
        "Nine miners died in the fire, the Darmuk Courier quoted the mayor as saying.",
        "Nine",
        &["mayor", "Darmuk Courier", "Lake Tribune"],
        false,
    );
    chain_of(
        "The mayor told the Lake Eye that the toll had reached 12, adding that nearly 300 people had been injured.",
        "300",
        &["mayor", "Lake Eye", "Lake Tribune"],
        false,
    );
}

#[test]
fn numbers_and_those_who_condemn_say_nothing() {
    chain_of(
        "Ex-president Ivo Brand condemned the bombs, which killed 13 soldiers.",
        "13",
        &["Lake Tribune"],
        false,
    );
    chain_of(
        "The union deplored the raid in which nine miners died.",
        "nine",
        &["Lake Tribune"],
        false,
    );
    chain_of(
        "The number of dead had earlier stood at 17, but police said on Sunday morning that it had grown to 19.",
        "19",
        &["police", "Lake Tribune"],
        false,
    );
    chain_of(
        "Thursday's bomb at the pier, which killed 13 soldiers, was claimed by the Heron Brigade.",
        "13",
        &["Lake Tribune"],
        false,
    );
}

#[test]
fn a_pronoun_is_whoever_spoke_last() {
    chain_of(
        "The emergency service said a gas main had burst. Nine people died, it added.",
        "Nine",
        &["emergency service", "Lake Tribune"],
        false,
    );
    chain_of(
        "Governor Ana Orlova praised the rescuers. No civilian was hurt, she stressed.",
        "hurt",
        &["Ana Orlova", "Lake Tribune"],
        false,
    );
}
