//! A round-up among reports on one incident stands for the happening that they share.

use model::{AccountId, AccountKind, Dossier, IncidentId, Reading, Slot};
use reconciler::{dossier, link::record::LinkingRecord};

use crate::script::{policy, readings};

/// The dossier of a script whose background accounts are told as news.
fn of(script: &str) -> Dossier {
    dossier(&told(script), &policy())
}

/// The readings of a script whose background accounts are told as news.
fn told(script: &str) -> Vec<Reading> {
    let mut readings = readings(script);
    for account in readings
        .iter_mut()
        .flat_map(|reading| &mut reading.accounts)
    {
        if account.kind == AccountKind::Background {
            account.kind = AccountKind::Further;
            account.id = AccountId::of(&[account.id.as_str().as_bytes(), b"further"]);
            account.label = "in Dulmira".into();
        }
    }
    readings
}

/// The figures of a dossier's own claims of people killed.
fn killed(dossier: &Dossier) -> Vec<String> {
    let claims = dossier.claims.iter();
    claims
        .filter(|claim| claim.slot == Slot::Killed)
        .filter_map(|claim| Some(claim.value.count()?.interval()))
        .collect()
}

const ROUND_UP: &str = "# Wire, 2031-05-07
     killed 9
     where Varda/Lakeland
     when 2031-05-05
     ~
     killed 2
     where Dulmira/Lakeland
     when 2031-05-06";

#[test]
fn the_place_and_day_that_others_give_choose_the_account() {
    let with = |own: &str| {
        of(&format!(
            "{ROUND_UP}\n# Lake Tribune, 2031-05-07\nkilled 3\n{own}"
        ))
    };
    let shared = with("where Dulmira/Lakeland\nwhen 2031-05-06");
    assert_eq!(killed(&shared), ["{2}", "{3}"]);
    let own = with("where Varda/Lakeland\nwhen 2031-05-05");
    assert_eq!(killed(&own), ["{9}", "{3}"]);
}

#[test]
fn alone_it_stands_for_what_it_is_about() {
    assert_eq!(killed(&of(ROUND_UP)), ["{9}"]);
}

#[test]
fn the_id_is_of_the_reports_whichever_account_is_taken() {
    let shared = of(&format!(
        "{ROUND_UP}\n# Lake Tribune, 2031-05-07\nkilled 3\nwhere Dulmira/Lakeland\nwhen 2031-05-06"
    ));
    assert!(
        shared
            .reports
            .iter()
            .any(|card| card.passage == "in Dulmira")
    );
    let mut ids: Vec<&[u8]> = shared
        .reports
        .iter()
        .map(|card| card.report.id.as_str().as_bytes())
        .collect();
    ids.sort_unstable();
    assert_eq!(shared.incident.id, IncidentId::of(&ids));
}

#[test]
fn a_village_of_no_list_is_a_place_in_a_round_up_and_nowhere_else() {
    let records = |basis: &str| {
        let told = told(&format!(
            "# Wire, 2031-05-07\nkilled 9\nwhere Varda/Lakeland\n~\nkilled 2\nwhere Dulmira/Lakeland {basis}"
        ));
        LinkingRecord::all(&told[0]).len()
    };
    assert_eq!(records("basis=settlement"), 2);
    assert_eq!(records("basis=stated"), 1);
}
