//! Placeholder.
use super::Texts;
use model::Dossier;
/// Renders the dossier as Markdown.
pub fn render(_dossier: &Dossier, _texts: &Texts) -> String {
    String::new()
}
