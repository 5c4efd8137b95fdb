//! A reading that is kept and taken up again is the reading that was kept: links and dossiers come out the same.

use std::{fs, path::Path};

use model::Reading;
use score::Engine;

/// The readings of all reports of a folder.
fn readings(engine: &Engine, folder: &Path) -> Vec<Reading> {
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let report = |path: &std::path::PathBuf| {
        let ending = path.extension().and_then(|it| it.to_str());
        matches!(ending, Some("txt" | "html"))
    };
    let mut files: Vec<_> = files.filter(report).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        engine.read(&reader::Input {
            name: path.display().to_string(),
            bytes: fs::read(path).unwrap(),
            ..reader::Input::default()
        })
    };
    files.iter().filter_map(|path| read(path).ok()).collect()
}

fn restored(readings: &[Reading]) -> Vec<Reading> {
    let json = serde_json::to_string(readings).unwrap();
    serde_json::from_str(&json).unwrap()
}

#[test]
fn readings_come_back_from_json_whole_and_so_do_their_dossiers() {
    static LOADED: testing::Needed<Engine> = testing::Needed::new();
    let Some(engine) = LOADED.get(&testing::PREPARED, |_| Engine::load()) else {
        return;
    };
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut all = Vec::new();
    for sample in [
        "college-siege",
        "depot-shooting",
        "market-bombing",
        "river-strike",
    ] {
        let read = readings(engine, &samples.join(sample));
        assert!(read.len() > 1, "{sample}");
        let back = restored(&read);
        assert!(back == read, "{sample}");
        let json = |readings: &[Reading]| serde_json::to_string(&engine.dossier(readings)).unwrap();
        assert_eq!(json(&back), json(&read), "{sample}");
        all.extend(read);
    }
    assert_eq!(engine.list(restored(&all)), engine.list(all));
}
