//! Writes the hand-built dossier in all four forms into a folder: `cargo run -p crossbearing-casebook --example fixture -- DIR`.

use std::path::PathBuf;

use casebook::publish::{html, json, markdown, terminal};

#[path = "../src/publish/fixture/mod.rs"]
mod fixture;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    for (name, (dossier, texts)) in [("market", fixture::market()), ("empty", fixture::empty())] {
        let options = terminal::Options {
            width: 100,
            colour: false,
        };
        for (ending, out) in [
            ("html", html::render(&dossier, &texts)),
            ("json", json::render(&dossier, &texts)),
            ("md", markdown::render(&dossier, &texts)),
            ("txt", terminal::render(&dossier, &texts, &options)),
        ] {
            std::fs::write(folder.join(format!("{name}.{ending}")), out)?;
        }
    }
    Ok(())
}
