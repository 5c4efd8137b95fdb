//! Makes the gazetteer from a folder that holds both packages unzipped, and times loading it.
//!
//! `cargo run --release -p crossbearing-reader --example build_gazetteer -- DIR OUT`

use std::{env, error::Error, fs, path::Path, time::Instant};

use reader::read::places::{Gazetteer, GazetteerSources, SOURCE_FILES, build};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(folder), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: build_gazetteer DIR OUT".into());
    };
    let mut files = Vec::new();
    for (_, path) in SOURCE_FILES {
        files.push(fs::read(Path::new(&folder).join(path))?);
    }
    let start = Instant::now();
    let bytes = build(&GazetteerSources {
        cities: &files[0],
        countries: &files[1],
        city_divisions: &files[2],
        divisions: &files[3],
        country_names: &files[4],
    })?;
    println!("built {} bytes in {:?}", bytes.len(), start.elapsed());
    fs::write(&out, &bytes)?;
    let start = Instant::now();
    let gazetteer = Gazetteer::from_bytes(fs::read(&out)?)?;
    println!(
        "loaded {} records, {} names in {:?}",
        gazetteer.len(),
        gazetteer.name_count(),
        start.elapsed()
    );
    Ok(())
}
