//! The document around its parts.

use model::{Dossier, Texts};

use super::{
    findings,
    head::head,
    lists::{ledger, lists, sources},
    parts::parts,
    syntax::escape,
};
use crate::publish::view::View;

/// Renders the dossier as Markdown. The same dossier gives the same bytes.
pub fn render(dossier: &Dossier, texts: &Texts) -> String {
    let view = View::new(dossier, texts);
    let mut out = String::new();
    head(&mut out, &view);
    parts(&mut out, &view);
    for section in view.sections() {
        out.push_str(&format!("\n## {}\n", section.title));
        for finding in section.findings {
            findings::one(&mut out, &view, finding);
        }
    }
    for (title, claims) in [
        ("Other claims", view.unplaced()),
        (
            "Other incidents mentioned",
            dossier.background.iter().collect(),
        ),
    ] {
        if !claims.is_empty() {
            out.push_str(&format!("\n## {title}\n\n"));
            ledger(&mut out, &view, &claims);
        }
    }
    lists(&mut out, &view);
    if !dossier.claims.is_empty() {
        out.push_str("\n## Ledger\n\nEvery claim; places count Unicode code points, the end is one past the last.\n\n");
        ledger(&mut out, &view, &dossier.claims.iter().collect::<Vec<_>>());
    }
    sources(&mut out, &view);
    out.push_str(&format!(
        "\n---\n\nMade by Crossbearing {}, dossier schema {}, incident `{}`, version `{}`. Crossbearing says who \
         reported what, in which words; a verdict tells how the reports stand to each other.\n",
        escape(&dossier.version), escape(&dossier.schema), dossier.incident.case, dossier.incident.id
    ));
    out
}
