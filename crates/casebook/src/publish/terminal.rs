//! Placeholder.
use super::Texts;
use model::Dossier;
/// How wide, and whether in colour.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Columns.
    pub width: usize,
    /// Whether to use colour.
    pub colour: bool,
}
/// Renders the dossier for a terminal.
pub fn render(_dossier: &Dossier, _texts: &Texts, _options: &Options) -> String {
    String::new()
}
