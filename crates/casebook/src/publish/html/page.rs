//! The page around its parts: what stands before the first and after the last.

use model::{Dossier, Texts};

use super::{builder::Page, findings, lists, masthead::masthead, parts, policy, sources};
use crate::publish::view::View;

/// Colours on light paper, as the inside of a rule.
pub const LIGHT: &str = include_str!("light.css");
/// Colours on dark paper, likewise.
pub const DARK: &str = include_str!("dark.css");
/// How a plot of figures looks.
pub const PLOT: &str = include_str!("plot.css");
/// The script's function that lights up what belongs together.
pub const LIGHTING: &str = include_str!("light.js");

const STYLE: &str = concat!(
    ":root{",
    include_str!("light.css"),
    "}\n@media (prefers-color-scheme: dark){:root{",
    include_str!("dark.css"),
    "}}\n",
    include_str!("page.css"),
    include_str!("plot.css"),
);
const SCRIPT: &str = concat!(include_str!("light.js"), include_str!("page.js"));

/// Renders the dossier as a page. The same dossier gives the same bytes.
pub fn render(dossier: &Dossier, texts: &Texts) -> String {
    let view = View::new(dossier, texts);
    let mut page = Page::default();
    head(&mut page, &view);
    page.raw(
        "<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a><a class=\"skip\" \
        href=\"#sources\">Skip to the sources</a>\n",
    );
    page.raw("<div class=\"panes\">\n<div class=\"dossier\">\n");
    masthead(&mut page, &view);
    page.raw("<main id=\"findings\">\n");
    parts::all(&mut page, &view);
    findings::all(&mut page, &view);
    lists::all(&mut page, &view);
    page.raw("</main>\n");
    footer(&mut page, &view);
    page.raw("</div>\n");
    sources::all(&mut page, &view);
    page.raw("</div>\n<script>")
        .raw(SCRIPT)
        .raw("</script>\n</body>\n</html>\n");
    page.finish()
}

fn head(page: &mut Page, view: &View) {
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.open(
        "meta",
        &[
            ("http-equiv", "Content-Security-Policy"),
            ("content", &policy::policy(STYLE, SCRIPT)),
        ],
    );
    page.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.raw("<meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n");
    page.open(
        "meta",
        &[
            ("name", "generator"),
            ("content", &format!("Crossbearing {}", view.dossier.version)),
        ],
    );
    page.raw("\n<title>")
        .text(&view.dossier.incident.title)
        .raw(" – dossier</title>\n");
    page.raw("<style>").raw(STYLE).raw("</style>\n</head>\n");
}

fn footer(page: &mut Page, view: &View) {
    page.raw("<footer><p>Crossbearing says who reported what, in which words. It does not say what is so: a verdict \
        tells how the reports stand to each other.</p><p>");
    page.text(&format!(
        "Made by Crossbearing {}, dossier schema {}, incident ",
        view.dossier.version, view.dossier.schema
    ));
    page.tag("code", &[], view.dossier.incident.case.as_str());
    page.raw(", version ");
    page.tag("code", &[], view.dossier.incident.id.as_str());
    page.raw(". The same reports give the same page, byte for byte.</p></footer>\n");
}
