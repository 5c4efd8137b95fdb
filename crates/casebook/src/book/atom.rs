//! What changed, as an Atom feed (RFC 4287).

use std::fmt::Write as _;

use super::Change;
use crate::xml::escaped;

/// The changes as an Atom feed, the latest first. An entry holds all that one entry of the log says of an incident, and
/// keeps its id whenever and wherever the feed is written: a name-based UUID over the casebook's id and the log's
/// number. `now` stands where nothing ever changed.
pub fn atom(casebook: &str, title: &str, changes: &[Change], now: &str) -> String {
    let updated = changes.last().map_or(now, |it| &it.at);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  \
         <id>{}</id>\n  <title>{}</title>\n  <updated>{updated}</updated>\n  \
         <author><name>Crossbearing</name></author>\n",
        urn(casebook),
        escaped(title)
    );
    for together in changes.chunk_by(|a, b| a.seq == b.seq).rev() {
        let Some(first) = together.first() else {
            continue;
        };
        let words: Vec<String> = together
            .iter()
            .map(|it| format!("{}: {}", it.what, it.words))
            .collect();
        let title = if first.title.is_empty() {
            &first.case
        } else {
            &first.title
        };
        let _ = write!(
            out,
            "  <entry>\n    <id>{}</id>\n    <title>{}</title>\n    <updated>{}</updated>\n",
            urn(&format!("{casebook} {}", first.seq)),
            escaped(title),
            first.at
        );
        for one in together {
            let _ = writeln!(out, "    <category term=\"{}\"/>", escaped(one.what));
        }
        let _ = write!(
            out,
            "    <content type=\"text\">{}</content>\n  </entry>\n",
            escaped(&format!("{}\nincident {}", words.join("\n"), first.case))
        );
    }
    out.push_str("</feed>\n");
    out
}

/// A URN that is the same for the same words: a UUID of version 8 (RFC 9562), which holds a hash of one's own choice.
fn urn(words: &str) -> String {
    let hash = store::log::sha256(words.as_bytes());
    let mut uuid = [0u8; 16];
    uuid.copy_from_slice(&hash[..16]);
    uuid[6] = uuid[6] & 0x0f | 0x80;
    uuid[8] = uuid[8] & 0x3f | 0x80;
    let hex = store::log::hex(&uuid);
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(seq: i64, what: &'static str, title: &str, words: &str) -> Change {
        Change {
            seq,
            at: format!("2031-03-04T05:06:{seq:02}.000Z"),
            what,
            case: "k:79c218c8cc0123456789".to_owned(),
            title: title.to_owned(),
            words: words.to_owned(),
            other: String::new(),
            people: 0,
        }
    }

    #[test]
    fn a_feed_reader_reads_it() {
        let changes = [
            change(
                7,
                "new",
                "Blast at \"Mill & Sons\" <Orrin>\u{1}",
                "killed 9; 1 report",
            ),
            change(9, "figure", "Blast", "killed: 9 → 12"),
            change(9, "dispute", "Blast", "now in dispute: with what"),
            change(12, "merged", "", "is now part of k:1"),
        ];
        let text = atom("abc", "News", &changes, "2031-03-05T00:00:00.000Z");
        let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
        assert_eq!(feed.feed_type, feed_rs::model::FeedType::Atom);
        assert_eq!(feed.title.unwrap().content, "News");
        assert_eq!(
            feed.updated.unwrap().to_rfc3339(),
            "2031-03-04T05:06:12+00:00"
        );
        let titles: Vec<String> = feed
            .entries
            .iter()
            .map(|it| it.title.clone().unwrap().content)
            .collect();
        let wanted = [
            "k:79c218c8cc0123456789",
            "Blast",
            "Blast at \"Mill & Sons\" <Orrin>",
        ];
        assert_eq!(
            titles.iter().map(|it| it.trim()).collect::<Vec<_>>(),
            wanted
        );
        let body = feed.entries[1].content.clone().unwrap().body.unwrap();
        assert!(
            body.contains("9 → 12") && body.contains("with what"),
            "{body}"
        );
        // The ids are those of the log's entries, whatever else the feed holds.
        let fewer = atom("abc", "News", &changes[1..3], "2031-03-05T00:00:00.000Z");
        let fewer = feed_rs::parser::parse(fewer.as_bytes()).unwrap();
        assert_eq!(fewer.entries[0].id, feed.entries[1].id);
        assert!(
            fewer.entries[0].id.starts_with("urn:uuid:"),
            "{}",
            fewer.entries[0].id
        );
        let other = atom("abd", "News", &changes[1..3], "2031-03-05T00:00:00.000Z");
        let other = feed_rs::parser::parse(other.as_bytes()).unwrap();
        assert_ne!(other.entries[0].id, fewer.entries[0].id);
    }

    #[test]
    fn a_casebook_without_news_is_a_feed_too() {
        let text = atom("abc", "News", &[], "2031-03-05T00:00:00.000Z");
        assert!(
            feed_rs::parser::parse(text.as_bytes())
                .unwrap()
                .entries
                .is_empty()
        );
    }
}
