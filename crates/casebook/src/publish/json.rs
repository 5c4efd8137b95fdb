//! Placeholder until the schema is written.
use super::Texts;
use model::Dossier;
/// Renders the dossier as JSON.
pub fn render(_dossier: &Dossier, _texts: &Texts) -> String {
    String::new()
}
