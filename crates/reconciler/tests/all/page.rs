//! A crude reading of a report's file: publisher, time and paragraphs, enough to stand the words of a gold claim
//! somewhere.

use std::path::Path;

use model::When;

use super::script;

/// What a report's file holds.
#[derive(Default)]
pub struct Page {
    /// The publisher's name.
    pub name: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// The text, a paragraph a line.
    pub text: String,
}

/// Reads `report-NAME.txt`, `NAME.txt` or `NAME.html` of a folder, with its sidecar.
pub fn read(folder: &Path, name: &str) -> Page {
    let file = |form: &str| std::fs::read_to_string(folder.join(form.replace('*', name))).ok();
    let mut page = match (
        file("report-*.txt").or_else(|| file("*.txt")),
        file("*.html"),
    ) {
        (Some(text), _) => plain(&text),
        (None, Some(html)) => html_page(&html),
        _ => panic!("no file for report {name}"),
    };
    if let Some(side) = file("*.json") {
        let side: serde_json::Value = serde_json::from_str(&side).expect("a JSON sidecar");
        page.name = page.name.or(side["source"].as_str().map(str::to_owned));
        page.published = page.published.or(side["published"].as_str().map(time));
    }
    page
}

/// A day, or a day and an hour.
fn time(words: &str) -> When {
    script::time(words.get(..13).unwrap_or(words))
}

fn plain(text: &str) -> Page {
    let mut page = Page::default();
    let mut rest = text;
    while let Some((line, tail)) = rest.split_once('\n') {
        match line.split_once(": ") {
            Some(("Source", name)) => page.name = Some(name.trim().to_owned()),
            Some(("Published", when)) => page.published = Some(time(when.trim())),
            Some(("Title" | "URL" | "Language" | "Byline", _)) => {}
            _ => break,
        }
        rest = tail;
    }
    page.text = rest.to_owned();
    page
}

fn html_page(html: &str) -> Page {
    let after = |mark: &str| {
        let from = html.find(mark)? + mark.len();
        html[from..].split('"').next().map(str::to_owned)
    };
    let mut text = String::new();
    let mut rest = html;
    let mut hidden = false;
    while let Some((words, tail)) = rest.split_once('<') {
        if !hidden {
            text.push_str(&words.split_whitespace().collect::<Vec<_>>().join(" "));
            // A space at either end belongs to the words, a tag does not.
            if words.ends_with(char::is_whitespace) {
                text.push(' ');
            }
        }
        let (tag, tail) = tail.split_once('>').unwrap_or((tail, ""));
        let name = tag
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_lowercase();
        match name.as_str() {
            "script" | "style" => hidden = true,
            "/script" | "/style" => hidden = false,
            "a" | "/a" | "em" | "/em" | "b" | "/b" | "i" | "/i" | "strong" | "/strong" | "span"
            | "/span" | "time" | "/time" | "abbr" | "/abbr" => {
                if tail.starts_with(char::is_whitespace) && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            _ => text.push('\n'),
        }
        rest = tail;
    }
    for (entity, mark) in [
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&rdquo;", "”"),
        ("&ldquo;", "“"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&nbsp;", " "),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, mark);
    }
    Page {
        name: after("og:site_name\" content=\""),
        published: after("article:published_time\" content=\"")
            .or_else(|| after("datePublished\":\""))
            .or_else(|| after("<time datetime=\""))
            .map(|when| time(&when)),
        text,
    }
}
