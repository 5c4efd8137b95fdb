//! Prints what the reader makes of report files: `cargo run -p crossbearing-reader --example reading -- DATA_DIR
//! FILE…`.

use std::{env, fs, path::Path};

use reader::{Input, Resources, read::places::Gazetteer};

fn main() {
    let mut args = env::args().skip(1);
    let data = args.next().expect("usage: reading DATA_DIR FILE…");
    let data = Path::new(&data);
    let resources = Resources {
        pipeline: language::Pipeline::load(&data.join("en_core_web_sm-3.8.0.bin")).expect("model"),
        gazetteer: Gazetteer::from_bytes(fs::read(data.join("gazetteer.bin")).expect("gazetteer"))
            .expect("gazetteer"),
        judge: reader::claims::judge::Judge::Rules,
        files: "unnamed".to_owned(),
    };
    for file in args {
        let input = Input {
            name: file.clone(),
            bytes: fs::read(&file).expect("report"),
            ..Input::default()
        };
        match reader::read_report(&input, &resources) {
            Ok(reading) => {
                println!("== {file}");
                for account in &reading.accounts {
                    println!("-- {:?} {}", account.kind, account.label);
                    for claim in &account.claims {
                        let who: Vec<String> = claim.speakers.iter().map(|s| s.label()).collect();
                        println!(
                            "{:22} {:28} [{}] {:?}{} <{}> {} | {}",
                            claim.slot.name(),
                            claim.value.label(),
                            claim.scope.words,
                            claim.stance.kind,
                            if claim.direct { " direct" } else { "" },
                            who.join(" → "),
                            claim.rule,
                            claim.quote().exact.replace('\n', " ")
                        );
                    }
                }
            }
            Err(note) => println!("== {file}: {}", note.message),
        }
    }
}
