//! Characters that markup writes as entities.

use dom_query::Document;

/// Words with their character references resolved; some pages write them twice over.
pub(super) fn entities(words: &str) -> String {
    let mut words = words.to_owned();
    for _ in 0..2 {
        if !words.contains('&') {
            break;
        }
        let page = format!("<body>{}", words.replace('<', "&lt;"));
        let document = Document::from(page.as_str());
        words = document.select("body").text().to_string();
    }
    words
}

/// The five entities of XML and the no-break space.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
