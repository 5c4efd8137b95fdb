//! The sample reports, held in the program so that the demo works anywhere.

/// Name and text of each file of a sample, in order of name.
type Files = &'static [(&'static str, &'static str)];

/// The sample shown when none is named.
pub const FIRST: &str = "college-siege";

macro_rules! sample {
    ($name:literal: $($file:literal),* $(,)?) => {
        ($name, &[$(($file, include_str!(concat!("../../../../../samples/", $name, "/", $file)))),*] as Files)
    };
}

const SAMPLES: &[(&str, Files)] = &[
    sample!("college-siege":
        "01-dalvara-wire.txt",
        "02-kelmoor-courier.html",
        "03-interior-ministry.txt",
        "04-childrens-protection-league.html",
        "05-radio-tasdur.txt",
    ),
    sample!("depot-shooting":
        "01-kelmoor-courier.txt",
        "02-channel-nine.html",
        "03-police-release.txt",
        "04-kelmoor-courier.txt",
    ),
    sample!("market-bombing":
        "01-northern-beacon.txt",
        "02-kelmoor-courier.html",
        "03-vellspar-observer.html",
        "04-health-directorate.json",
        "04-health-directorate.txt",
        "05-open-ledger.txt",
    ),
    sample!("river-strike":
        "01-defence-forces.txt",
        "02-lantern-relief.txt",
        "03-northern-beacon.html",
        "04-open-ledger.txt",
    ),
];

/// Names of the samples.
pub fn names() -> Vec<&'static str> {
    SAMPLES.iter().map(|(name, _)| *name).collect()
}

/// The files of a sample; none for an unknown name.
pub fn files(name: &str) -> Files {
    SAMPLES
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(&[], |(_, files)| files)
}
