//! The dossier as a whole: the first screen and all parts below it.

use model::{Dossier, Texts};

use super::{
    findings,
    ink::{Ink, Style},
    layout::Options,
    lines, screen,
};
use crate::publish::view::View;

/// Renders the dossier as lines of text, the last one ended too. The same dossier and options give the same bytes.
pub fn render(dossier: &Dossier, texts: &Texts, options: &Options) -> String {
    let view = View::new(dossier, texts);
    let options = Options {
        width: options.width.max(40),
        ..*options
    };
    let mut out = screen::lines(&view, &options);
    let mut parts = vec![
        lines::reports(&view, &options),
        findings::parts(&view, &options),
    ];
    parts.extend(findings::sections(&view, &options));
    parts.extend(lines::lists(&view, &options));
    for part in parts.iter().filter(|part| !part.items.is_empty()) {
        out.push(String::new());
        let shown = part.items.len().min(part.most);
        out.extend(part.heading(part.items.len() - shown, &options));
        out.extend(part.items.iter().take(shown).flatten().cloned());
    }
    out.push(String::new());
    out.extend(tail(&view, &options));
    out.push(String::new());
    out.join("\n")
}

/// What the signs mean, and where there is more.
fn tail(view: &View, options: &Options) -> Vec<String> {
    let dossier = view.dossier;
    let party = dossier
        .claims
        .iter()
        .any(|claim| claim.speakers.iter().any(|speaker| speaker.interested));
    let mut ink = Ink::default();
    if !dossier.findings.is_empty() {
        ink.add(Style::Soft, "1 a single source · ");
    }
    if party {
        ink.add(
            Style::Soft,
            "* a party to the events, speaking for itself · ",
        );
    }
    ink.add(Style::Soft, "hint: ");
    ink.plain("the summary stands at the top; --html FILE shows every claim in its text; --finding killed how a \
        number came about; --claim A1 all about one claim");
    ink.wrap(options.width, 0, 2, options.colour)
}
