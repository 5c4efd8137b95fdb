//! Sentences of many kinds of events, each with the figure that belongs at the top: what the judge of candidates is
//! held to. The incidents are invented.
//!
//! Needs the prepared model, gazetteer and encoder.

use std::path::Path;

use casebook::data::DataDir;
use crossbearing::{Group, Input, Policy};
use model::Slot;

/// What the top of a dossier must give for a report of these words: the slot, the number, the words.
const SENTENCES: &[(Slot, u64, &str)] = &[
    (
        Slot::Killed,
        52,
        "The toll of the bombing at Varnholt fish market climbed to 52 after a porter of 19 died of burns in \
         intensive care, surgeon Ilka Brandt said.",
    ),
    (
        Slot::Killed,
        29,
        "Twenty-nine people have now died of the attack on the Orsk depot, prosecutors said on Wednesday. A clerk of \
         the depot died in hospital overnight.",
    ),
    (
        Slot::Killed,
        64,
        "Sixty-four died in the fire-bombing of the Lomo hall, the mayor said. The suspect was shot dead by police \
         two days later.",
    ),
    (
        Slot::Killed,
        118,
        "The interior ministry put the dead of the Kalvar bombings at 118. Seven of them died on the way to hospital, \
         a nurse said.",
    ),
    (
        Slot::Killed,
        73,
        "At least 73 were killed when shells struck the Ostra camp, the Relief Union said. Several of the dead had \
         been counted twice before.",
    ),
    (
        Slot::Killed,
        41,
        "Forty-one beekeepers were killed in the raid on Tessin, the prefect said.",
    ),
    (
        Slot::Killed,
        16,
        "Gunmen killed 16 ferrymen at the Dorn crossing, the governor said.",
    ),
    (
        Slot::Killed,
        23,
        "Twenty-three Velmarians were killed when a bomb went off beneath their coach, officials said.",
    ),
    (
        Slot::Killed,
        9,
        "The ambush cost nine rangers their lives, the park authority said.",
    ),
    (
        Slot::Killed,
        87,
        "The death toll now stands at 87, the civil protection agency said of the blast in Karsk.",
    ),
    (
        Slot::Killed,
        300,
        "Militants killed 300 people in the town of Bessel on Monday, officials said.",
    ),
    (
        Slot::Killed,
        412,
        "The governor said 412 pilgrims had died in the crush at Tal Oran.",
    ),
    (
        Slot::Hostages,
        31,
        "Thirty-one pupils were taken by gunmen from a school in Lower Tarn, the head teacher said.",
    ),
    (
        Slot::AtRisk,
        1300,
        "Some 1,300 people remain trapped in the old town of Varek, the mayor said.",
    ),
    (
        Slot::Freed,
        64,
        "The army said it had freed 64 of the captives held in the forest of Nadir.",
    ),
    (
        Slot::Missing,
        17,
        "Seventeen fishermen are still unaccounted for, the coastguard said after the shelling of the harbour.",
    ),
    (
        Slot::Displaced,
        8000,
        "More than 8,000 have fled their homes since the raid on Dessa, the aid group said.",
    ),
    (
        Slot::Injured,
        230,
        "The hospital at Marn treated 230 people for burns after the explosion, its director said.",
    ),
    (
        Slot::Captured,
        45,
        "Police detained 45 people after the riot in Tolm, a spokesman said.",
    ),
    (
        Slot::Escaped,
        120,
        "About 120 inmates got away during the assault on the jail, the warden said.",
    ),
];

#[test]
fn each_sentence_gives_its_figure() {
    static LOADED: testing::Needed<reader::Resources> = testing::Needed::new();
    let load = |folder: &Path| DataDir::locate(Some(folder)).and_then(|data| data.load());
    let Some(resources) = LOADED.get(&testing::PREPARED, load) else {
        return;
    };
    let policy = Policy {
        version: String::new(),
    };
    let mut wrong = Vec::new();
    for (slot, n, words) in SENTENCES {
        let text = format!(
            "Title: News from the region\nSource: Lake Tribune\nPublished: 2031-05-07\n\n{words}\n"
        );
        let input = Input {
            name: "report".to_owned(),
            bytes: text.into_bytes(),
            ..Input::default()
        };
        let reading = crossbearing::read(&input, resources).expect("a report");
        let dossier = crossbearing::reconcile(&Group::of("sentence", &[reading]), &policy)
            .expect("a dossier");
        let said = dossier.agreed(*slot).map(|top| top.n);
        if said != Some(*n) {
            wrong.push(format!("{slot}: wanted {n}, said {said:?}: {words}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
