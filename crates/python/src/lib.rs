//! The Python package `crossbearing`, its part in Rust: what Python hands over becomes what the façade and the casebook
//! take, and what they give becomes values of Python. Nothing is decided here.
//!
//! Whatever takes long lets go of the interpreter's lock and looks for Ctrl-C between portions. The bytes are those of
//! the program. The part in Python (`python/crossbearing`) makes tables of it, and runs it on clusters.

mod blocks;
mod book;
mod cluster;
mod dossier;
mod error;
mod files;
mod incidents;
mod inputs;
mod packages;
mod process;
mod reading;
mod resources;
mod values;

use pyo3::prelude::*;

/// What `import crossbearing` finds in Rust.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::{
        blocks::{
            Best, FarEnds, Furniture, Groups, Lists, Parts, block_limits, block_near_copies,
            block_records, block_scores, block_sentences,
        },
        book::{Casebook, create},
        cluster::{Documents, document, link_rows, read_rows, reconcile_rows},
        dossier::Dossier,
        error::CrossbearingError,
        files::dossiers,
        incidents::{Incident, Incidents, link},
        packages::{packages, prepare},
        reading::{Reading, read},
    };

    use pyo3::prelude::*;

    /// Says the version, and which formats a casebook leaves in.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        let formats = casebook::export::FORMATS.iter();
        let formats: Vec<(&str, &str)> = formats.map(|it| (it.name, it.about)).collect();
        module.add("FORMATS", formats)
    }
}
