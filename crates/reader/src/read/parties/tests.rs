use super::*;

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

/// Each expected line is `words of the mention → party`, with `(body)` after a person's name and `!` after one that
/// takes sides.
fn check(text: &str, expect: &[&str]) {
    let Some(doc) = parse(text) else { return };
    let found = find(&doc, &[]);
    let lines: Vec<String> = found
        .mentions
        .iter()
        .map(|mention| {
            let info = &found.parties[mention.party];
            let body = info
                .affiliation
                .map(|body| format!(" ({})", found.parties[body].party.name))
                .unwrap_or_default();
            let side = if info.interested { "!" } else { "" };
            let words = doc.slice(mention.tokens.clone());
            format!("{words} → {}{body}{side}", info.party.name)
        })
        .collect();
    for line in expect {
        assert!(lines.iter().any(|l| l == line), "no «{line}» in {lines:#?}");
    }
}

/// None of these words may name the party.
fn check_not(text: &str, name: &str) {
    let Some(doc) = parse(text) else { return };
    let found = find(&doc, &[]);
    assert!(
        found.parties.iter().all(|info| info.party.name != name),
        "{:#?}",
        found.parties
    );
}

#[test]
fn one_party_under_all_its_names() {
    check(
        "Islamic State said it attacked the post. ISIS fighters fled. The Islamic State group denied it.",
        &[
            "Islamic State → Islamic State!",
            "ISIS fighters → Islamic State!",
            "Islamic State group → Islamic State!",
        ],
    );
}

#[test]
fn acronyms_defined_in_the_text() {
    check(
        "The Varnian Democratic Front (VDF) attacked the town. The VDF said it would go on.",
        &["VDF → Varnian Democratic Front!"],
    );
}

#[test]
fn acronyms_used_without_being_defined() {
    check(
        "Lake Relief Committee said it had sent food. An LRC spokesman said more was needed.",
        &["LRC → Lake Relief Committee"],
    );
}

#[test]
fn a_name_that_says_nothing_with_a_noun_that_does() {
    check(
        "A gang called the Herons set fire to the mill. The Herons fled.",
        &["Herons → Herons!"],
    );
    check(
        "The so-called Reed Brothers claimed the blast at the mill.",
        &["Reed Brothers → Reed Brothers"],
    );
}

#[test]
fn a_wing_takes_the_side_of_its_owner() {
    check(
        "The Varnian Army (VA) attacked the town, police said. A spokesman for the Varnian Civil Council (VCC), \
         the VA’s civilian wing, told reporters that talks went on.",
        &["Varnian Civil Council → Varnian Civil Council (Varnian Army)!"],
    );
}

#[test]
fn a_spokesman_serves_the_only_body_of_his_kind() {
    check(
        "The army shelled the town of Orsk on Monday. Army spokesman Colonel Ivo Brand said the army had hit \
         fighters.\nAn army spokesman said nobody was hurt.",
        &[
            "Ivo Brand → Ivo Brand (army)",
            "An army spokesman → army spokesman (army)!",
            "the army → army!",
        ],
    );
}

#[test]
fn an_armed_groups_own_agency() {
    check(
        "Islamic State (Amaq) said its fighters had killed ten soldiers.",
        &["Amaq → Amaq (Islamic State)!"],
    );
    check(
        "Amaq, Islamic State's news agency, said ten soldiers were dead.",
        &["Amaq → Amaq (Islamic State)!"],
    );
}

#[test]
fn one_person_under_all_names() {
    check(
        "Teo Arno Brand was shot on Monday. Teo Brand Jr. had fled, police said. His sister, Ida Brand, said \
         Brand was hurt. Brand died. “I saw it,” Brand said.",
        &[
            "Teo Brand Jr. → Teo Arno Brand",
            "Brand → Teo Arno Brand",
            "Brand → Ida Brand",
        ],
    );
    check(
        "Brooks and Vell were hurt. Bryant Brooks, 30, and Ana Vell, 34, had met that day.",
        &["Brooks → Bryant Brooks", "Vell → Ana Vell"],
    );
}

#[test]
fn persons_with_role_and_body() {
    check(
        "“It is over,” said VDF spokesperson Ana Orlova.\nThe Varnian Democratic Front (VDF) left. Orlova said \
         no more.",
        &[
            "Ana Orlova → Ana Orlova (Varnian Democratic Front)",
            "Orlova → Ana Orlova (Varnian Democratic Front)",
        ],
    );
    check(
        "Jan Meyer, UNICEF’s regional head of press, said children were safe.",
        &["Jan Meyer → Jan Meyer (UNICEF)"],
    );
    check(
        "Jan Meyer, a spokesman for Lake Relief Committee, said food had arrived.",
        &["Jan Meyer → Jan Meyer (Lake Relief Committee)"],
    );
}

#[test]
fn people_called_by_a_noun() {
    check(
        "Police said two people died. Rights groups condemned the raid, and residents fled. A security source \
         denied it.",
        &[
            "Police → police",
            "Rights groups → rights groups",
            "residents → residents",
            "A security source → security source",
        ],
    );
}

#[test]
fn definite_nouns_take_the_latest_of_their_kind() {
    check(
        "Save the Children on Monday said it had evidence of deaths.\nThe group said it had received testimony.",
        &["The group → Save the Children"],
    );
}

#[test]
fn rebels_are_no_gang_named_before() {
    check(
        "The violence is caused mainly by the drug mafias of Orsk. The armed rebels have fled, police said.",
        &["The armed rebels → armed rebels!"],
    );
}

#[test]
fn a_vice_president_is_no_president() {
    check(
        "President Ana Vell spoke on Monday. Vice President Ivo Brand left. The vice president said it was \
         over. The president said no more.",
        &["The vice president → Ivo Brand", "The president → Ana Vell"],
    );
}

#[test]
fn pronouns_take_who_is_a_man_or_a_woman() {
    check(
        "Mayor Ana Vell said she had seen it. Donald Brand left. She fled on Monday.",
        &["She → Ana Vell"],
    );
}

#[test]
fn pronouns_take_who_spoke() {
    check(
        "Mayor Ana Orlova told reporters the bridge was shut. She said it would open on Monday.",
        &["She → Ana Orlova"],
    );
}

#[test]
fn names_before_common_nouns_are_no_persons() {
    check_not(
        "Fighters stormed the Ghazir prison on Monday, police said.",
        "Ghazir",
    );
}

#[test]
fn any_text_does_not_panic() {
    for text in [
        "",
        "(",
        "() (A) (AB)",
        "🙂🙂 (سوريا)",
        "\u{0}\u{1}",
        "IS IS IS",
        "“”‘’",
        "The the THE",
    ] {
        if let Some(doc) = parse(text) {
            find(&doc, &[]);
        }
    }
}
