//! What linking asks of the words of a report: the reader's last step.
//!
//! Comes in: a reading with its claims. Goes out: [`Keys`], which hold no words and no language. It does not know other
//! reports: which word is rare, and which sentence is page furniture, the linker finds.

mod agencies;
mod counted;
mod kinds;
mod names;
mod passages;
mod tokens;

pub use counted::{place, tally, words};
pub use names::key as name;

use std::collections::BTreeMap;

use model::{AccountId, BlockKind, Glossary, Keys, PlaceWords, Reading, Slot, Text, Value};

/// The keys of a reading.
pub fn find(reading: &Reading) -> Keys {
    let title = reading.report.title.as_deref().unwrap_or_default();
    let passages = passages::Passages::of(reading);
    let agency = agencies::of(reading);
    Keys {
        words: words(title, &passages::main(reading), passages::path(reading)),
        passages: passages::further(reading)
            .map(|account| {
                let body = passages.body(reading, account);
                (account.id.clone(), words("", &body, ""))
            })
            .collect(),
        places: places(reading),
        shingles: shingles(&reading.text),
        agency: agency.map(str::to_owned),
        names: names::find(reading, agency),
    }
}

/// The written words behind the hashes of a report, or of its account of a further incident.
pub fn glossary(reading: &Reading, account: Option<&AccountId>) -> Glossary {
    let further = account.map(|id| {
        let account = reading.accounts.iter().find(|it| it.id == *id);
        account.map_or_else(String::new, |account| {
            passages::Passages::of(reading).body(reading, account)
        })
    });
    let words = match further {
        Some(body) => counted::glossary(["", &body, ""]),
        None => {
            let title = reading.report.title.as_deref().unwrap_or_default();
            counted::glossary([title, &passages::main(reading), passages::path(reading)])
        }
    };
    let divisions = kinds::kinds().divisions();
    Glossary {
        words,
        divisions: divisions.map(|(at, name)| (at, name.to_owned())).collect(),
    }
}

/// The running text of a reading as far as linking looks at it, a block a line.
pub fn body(reading: &Reading) -> String {
    passages::main(reading)
}

/// The words of the places that claims give as those of an event.
fn places(reading: &Reading) -> BTreeMap<String, PlaceWords> {
    let mut out = BTreeMap::new();
    for claim in reading.accounts.iter().flat_map(|it| &it.claims) {
        if let (Slot::Where, Value::Place(given)) = (claim.slot, &claim.value) {
            for name in [&given.name, &given.words].into_iter().chain(&given.parts) {
                out.entry(name.clone()).or_insert_with(|| place(name));
            }
        }
    }
    out
}

/// The five-word runs of a text's own words, boilerplate left out, sorted, each once.
fn shingles(text: &Text) -> Vec<u64> {
    let mut all = Vec::new();
    if text.blocks().is_empty() {
        all = model::words::shingles(&model::words::fold(text.as_str()));
    }
    for block in text.blocks() {
        if block.kind == BlockKind::Boilerplate {
            continue;
        }
        let words = model::words::fold(text.slice(block.span));
        // A heading of two words is no passage.
        if words.len() >= model::words::SHINGLE {
            all.extend(model::words::shingles(&words));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
