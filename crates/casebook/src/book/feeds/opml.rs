//! Lists of feeds in OPML, as feed readers give and take them.

use std::{collections::BTreeSet, fmt::Write as _};

use quick_xml::{Reader, escape::unescape, events::Event};

use super::{parse::Fault, text::characters};

/// Feeds that are taken of one list.
const MOST: usize = 20_000;

/// A feed in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: Option<String>,
}

/// The feeds of a list, each once, whatever folders they lie in.
///
/// # Errors
///
/// When it is no OPML, or names no feed.
pub fn outlines(bytes: &[u8]) -> Result<Vec<Outline>, Fault> {
    let wrong = |message: String| Fault {
        message,
        hint: Some("export the list from a feed reader as OPML".to_owned()),
    };
    let text = characters(bytes, None);
    let mut reader = Reader::from_str(&text);
    let mut out: Vec<Outline> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut opml = false;
    loop {
        let event = reader.read_event().map_err(|_| {
            wrong(format!(
                "the XML is wrong at byte {}",
                reader.error_position()
            ))
        })?;
        let (Event::Start(element) | Event::Empty(element)) = event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        match element.local_name().as_ref().to_ascii_lowercase().as_str() {
            "opml" => opml = true,
            "outline" if opml => {
                let mut found = Outline::default();
                for attribute in element.attributes().with_checks(false).flatten() {
                    let name = attribute.key.as_ref().to_ascii_lowercase();
                    let raw = attribute.value.as_ref();
                    // An entity that XML does not know stays as it is written.
                    let value = unescape(raw).map_or_else(|_| raw.to_owned(), |it| it.into_owned());
                    let value = value.trim().to_owned();
                    match name.as_str() {
                        "xmlurl" => found.address = value,
                        "title" if !value.is_empty() => found.title = Some(value),
                        "text" if !value.is_empty() => {
                            found.title.get_or_insert(value);
                        }
                        _ => {}
                    }
                }
                if !found.address.is_empty()
                    && out.len() < MOST
                    && seen.insert(found.address.clone())
                {
                    out.push(found);
                }
            }
            _ => {}
        }
    }
    if !opml {
        return Err(wrong("this is no OPML".to_owned()));
    }
    if out.is_empty() {
        return Err(wrong("the list names no feed".to_owned()));
    }
    Ok(out)
}

/// A list in OPML 2.0.
pub fn opml(title: &str, feeds: &[Outline]) -> String {
    let escape = |words: &str| crate::xml::escaped(words);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n  \
         <head><title>{}</title></head>\n  <body>\n",
        escape(title)
    );
    for feed in feeds {
        let name = escape(feed.title.as_deref().unwrap_or(&feed.address));
        let _ = writeln!(
            out,
            "    <outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{}\"/>",
            escape(&feed.address)
        );
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_as_it_went() {
        let feeds = [
            Outline {
                address: "https://outlet.example/rss?a=1&b=2".to_owned(),
                title: Some("Lake \"Tribune\" <b>".to_owned()),
            },
            Outline {
                address: "https://other.example/atom".to_owned(),
                title: Some("https://other.example/atom".to_owned()),
            },
        ];
        let text = opml("Feeds & more", &feeds);
        assert_eq!(outlines(text.as_bytes()).unwrap(), feeds);
    }

    #[test]
    fn lists_of_other_programs() {
        let list = "\u{feff}<?xml version=\"1.0\"?><!DOCTYPE opml><opml version='1.1'><head/><body>\
            <outline text='News'><outline xmlurl='https://a.example/f' text='A &nbsp; B'/>\
            <outline xmlUrl='https://a.example/f'/></outline><outline text='no feed' htmlUrl='https://x.example'/>\
            </body></opml>";
        let found = outlines(list.as_bytes()).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].address, "https://a.example/f");
        assert_eq!(found[0].title.as_deref(), Some("A &nbsp; B"));
    }

    #[test]
    fn what_is_no_list_is_told() {
        for (list, words) in [
            ("https://a.example/f\n", "no OPML"),
            ("", "no OPML"),
            ("<opml><body><outline text='x'></body>", "wrong at byte"),
            ("<opml><body/></opml>", "names no feed"),
        ] {
            let fault = outlines(list.as_bytes()).unwrap_err();
            assert!(fault.message.contains(words), "{list}: {fault:?}");
        }
    }
}
