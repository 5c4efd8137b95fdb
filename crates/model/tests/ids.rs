//! Ids outlive the program: whoever stores one must find the same content under it in years.
//!
//! The expected ids were computed from the table in `id.rs` alone, by another program. One that changes here means that
//! every stored id of its kind goes astray: raise the number in the format tag and say so in the changelog.

use model::{
    Account, AgeGroup, Block, BlockKind, Bound, CaseId, Claim, ClaimId, Count, Finding,
    IncidentCard, Origin, Quote, Report, ReportId, Role, Scope, Sex, Slot, Span, Text, TextId,
    Value,
};

const BYTES: &[u8] = b"Two people were killed in Varda.";

fn report() -> ReportId {
    Report::id_of(BYTES, None)
}

fn claim(slot: Slot, scope: Scope, words: &str, start: usize) -> ClaimId {
    let quote = Quote {
        text: TextId::of(&[BYTES]),
        start,
        end: start + words.chars().count(),
        exact: words.to_owned(),
        prefix: String::new(),
        suffix: String::new(),
    };
    let value = match slot {
        Slot::Where | Slot::Statement => Value::Words {
            words: words.to_owned(),
        },
        _ => Value::Count(Count::said(2, Bound::Exact, words)),
    };
    Claim::id_of(&report(), slot, &scope, &value, &quote)
}

fn children() -> Scope {
    Scope {
        age: AgeGroup::Children,
        words: "a child".to_owned(),
        ..Scope::default()
    }
}

#[test]
fn ids_of_all_kinds_are_what_they_were() {
    let text = |words: &str| {
        let block = Block {
            kind: BlockKind::Paragraph,
            span: Span::new(0, words.len()),
        };
        Text::new(words.to_owned(), vec![block]).id().to_string()
    };
    let everybody = claim(Slot::Killed, Scope::default(), "Two people", 0);
    let child = claim(Slot::Killed, children(), "a child", 40);
    let women = Scope {
        role: Role::Fighter,
        side: Some("p:lake-front".to_owned()),
        sex: Some(Sex::Female),
        ..Scope::default()
    };
    let students = Scope {
        age: AgeGroup::Adults,
        sex: Some(Sex::Male),
        nationality: Some("Norwegian".to_owned()),
        kind: Some("student".to_owned()),
        ..Scope::default()
    };
    let aid = Scope {
        role: Role::AidWorker,
        age: AgeGroup::Elderly,
        ..Scope::default()
    };
    let police = Scope {
        role: Role::SecurityForce,
        ..Scope::default()
    };
    let further = Account::id_of(&report(), 1);
    let got = [
        report().to_string(),
        Report::id_of(BYTES, Some("https://lake.example/1")).to_string(),
        Report::id_of(b"", None).to_string(),
        text("Zwei Tote in Várda."),
        text(""),
        Account::id_of(&report(), 0).to_string(),
        further.to_string(),
        everybody.to_string(),
        child.to_string(),
        claim(Slot::Captured, women, "three women", 12).to_string(),
        claim(Slot::Injured, students, "several", 3).to_string(),
        claim(Slot::Missing, aid, "4", 99).to_string(),
        claim(Slot::Where, Scope::default(), "Varda", 26).to_string(),
        claim(Slot::Statement, police, "“We saw smoke.”", 70_000).to_string(),
        Finding::id_of(Slot::Killed, &Scope::default(), &[&everybody]).to_string(),
        Finding::id_of(Slot::Killed, &Scope::default(), &[&everybody, &child]).to_string(),
        Finding::id_of(Slot::Killed, &children(), &[&child]).to_string(),
        Origin::id_of("party lake police").to_string(),
        IncidentCard::id_of([report().as_str()]).to_string(),
        IncidentCard::id_of([further.as_str(), report().as_str()]).to_string(),
        CaseId::of(&[report().as_str().as_bytes(), &0_u64.to_le_bytes()]).to_string(),
    ];
    let want = [
        "r:29932fb9003b5714c04c", // report, no address
        "r:d03d86025c0cb91c7bca", // report with an address
        "r:374708fff7719dd5979e", // empty report
        "t:04eb05de7355a28edd79", // text
        "t:89e69232aa6c4f419ee8", // empty text
        "a:cfe738e358e6602884aa", // main account
        "a:2bf82e8af10cc301c779", // further account
        "c:fdd87ae50826b03c5e37", // claim on everybody
        "c:cd95f735ec02f12316a6", // claim on children
        "c:cba5c05c8d8fe24e9532", // claim on women of a side
        "c:add2a4ea9cbb45228b44", // claim on foreign students
        "c:9ffae4740c51ad46796e", // claim on old aid workers
        "c:c764d5d407d5a67619be", // claim on a place
        "c:5a82bb263cfb1e2c9a82", // claim far down
        "f:5739762f1f0687314d82", // finding on everybody
        "f:8a18cc24f640c67dcac7", // finding with two claims
        "f:a843b0236633bd01843c", // finding on children
        "o:0667657b2c64de4207b2", // origin
        "i:8563eeae2f86cdc5b795", // incident of a report
        "i:cf6fa7d04a919c84bbda", // incident of a report and an account
        "k:21f1cd56780d30cfebd6", // case that begins with a report
    ];
    assert_eq!(got, want);
}
