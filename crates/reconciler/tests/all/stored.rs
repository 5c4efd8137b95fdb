//! Readings that were kept as JSON give the dossier that they gave before.

use model::Reading;
use reconciler::dossier;

use super::script::{policy, readings};

#[test]
fn a_dossier_of_kept_readings_is_the_same_byte_for_byte() {
    let read = readings(
        r#"
        # Lake Tribune, 2031-05-16
        event siege "The siege of Varda prison – né “Kelmoor” – is over"
        when 2031-05-11 "Gunmen of the Lake Front stormed the prison on 11 May"
        where Varda-prison/Varda/Lakeland "On 11 May they fired on the gate of Varda prison"
        killed 12 by=Ivo-Brand@the-Hill-Army! "On the first day 12 guards were killed in the attack"
        when 2031-05-14 basis=further "Fighting spread to the Low Quarter on Wednesday"
        killed 7 "On Wednesday seven more were killed in the fighting"
        status ongoing "the battle continues"
        # Hill Post, 2031-05-12
        ^ By our correspondent, Reuters
        when 2031-05-11 "Gunmen attacked Varda prison on Sunday"
        killed 12 by=U.S. "On Sunday twelve guards were killed in the attack"
    "#,
    );
    let json = serde_json::to_string(&read).unwrap();
    let back: Vec<Reading> = serde_json::from_str(&json).unwrap();
    assert_eq!(back, read);
    assert!(read[0].sentences.all.iter().any(|it| !it.days.is_empty()));
    assert_eq!(read[1].keys.agency.as_deref(), Some("Reuters"));
    let shown =
        |readings: &[Reading]| serde_json::to_string(&dossier(readings, &policy())).unwrap();
    assert_eq!(shown(&back), shown(&read));
    // What a reading carries for later steps is not published.
    assert!(!shown(&read).contains("shingles") && !shown(&read).contains("fights"));
}
