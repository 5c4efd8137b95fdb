//! Writes what the judge that is loaded says of each candidate of report files, a line of JSON each: to hold beside
//! what training said.
//!
//!     CROSSBEARING_JUDGE=FOLDER cargo run --release -p crossbearing-score --example judge_verdicts -- FILES…

use reader::{
    Input,
    claims::{judge, passes, segments},
    text,
};
use score::Engine;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::load()?;
    for file in std::env::args().skip(1) {
        let input = Input {
            bytes: std::fs::read(&file)?,
            ..Input::default()
        };
        let Ok(extracted) = text::extract(&input) else {
            continue;
        };
        let read = engine.resources().read(&extracted);
        let judge = &engine.resources().judge;
        let (sample, verdicts) = passes::run(&extracted, &read, &mut segments::opens, |passes| {
            (judge::sample(passes), judge::verdicts(passes, judge))
        });
        let Some(verdicts) = verdicts else {
            continue;
        };
        for (at, verdict) in verdicts.iter().enumerate() {
            let words = &extracted.text.as_str()[sample.at[at].0.clone()];
            println!(
                "{}",
                serde_json::json!({"file": file, "k": at, "words": words, "slot": verdict.slots,
                    "own": verdict.own_figure})
            );
        }
    }
    Ok(())
}
