//! When a report was published, as its metadata and its address say.

use super::metadata::Metadata;
use crate::read::times;

/// When a report was published: as its metadata say, else as its address does. A page that an archive already held on
/// an earlier day was not first published on the day given; nor was one whose address names a day that ends more than
/// a day before.
pub(super) fn published(meta: &Metadata) -> Option<model::When> {
    let given = meta.published.as_deref().and_then(times::parse_published);
    let address = meta.url.as_deref().unwrap_or_default();
    let archived = times::archived(address);
    let named = times::in_address(address);
    let known = match (given, archived) {
        (Some(given), Some(archived)) if archived.end <= given.start => archived,
        (Some(given), _) => given,
        (None, archived) => return named.or(archived),
    };
    let long_before = |named: &model::When| named.end.duration_until(known.start).as_hours() >= 24;
    if let Some(named) = named.clone().filter(long_before) {
        return Some(named);
    }
    Some(match named {
        Some(named) => in_its_own_zone(known, &named),
        None => known,
    })
}

/// When a report was fetched, as its metadata say.
pub(super) fn fetched(meta: &Metadata) -> Option<model::When> {
    meta.fetched_at.as_deref().and_then(times::parse_published)
}

/// A publication time stamped in UTC whose page names the day before or after: that day is the reporter's own,
/// "today" is meant by it, and the hour must allow it. The day is put in front of the words, where
/// [`times::local_day`] looks first.
fn in_its_own_zone(stamp: model::When, named: &model::When) -> model::When {
    let utc = ["Z", "+00:00", "+0000", "GMT", "UTC"]
        .iter()
        .any(|end| stamp.words.trim_end().ends_with(end));
    let hour = stamp.start.hour();
    let (day, own) = (stamp.start.date(), named.date());
    let before = day.yesterday().is_ok_and(|day| day == own) && hour < 12;
    let after = day.tomorrow().is_ok_and(|day| day == own) && hour >= 10;
    if stamp.precision != model::WhenPrecision::Minute || !utc || !(before || after) {
        return stamp;
    }
    model::When {
        words: format!("{own}, {}", stamp.words),
        anchor: "the page names its own day".to_owned(),
        ..stamp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The day that "today" means on a page stamped with `stamp` at an address with `path`.
    fn local(stamp: &str, path: &str) -> String {
        let meta = Metadata {
            published: Some(stamp.to_owned()),
            url: Some(format!("https://lake.example/{path}/fire")),
            ..Metadata::default()
        };
        let when = published(&meta).expect("a date");
        times::local_day(&when).expect("a day").to_string()
    }

    #[test]
    fn a_stamp_in_utc_is_of_the_day_that_the_address_names() {
        assert_eq!(
            local("2031-03-05T02:11:03+00:00", "2031/03/04"),
            "2031-03-04"
        );
        assert_eq!(local("2031-03-04T22:30:00Z", "2031/03/05"), "2031-03-05");
        assert_eq!(
            local("2031-03-05T00:05:00Z", "news/2031/mar/04"),
            "2031-03-04"
        );
        // The hour does not allow it, or the stamp names its own zone.
        assert_eq!(local("2031-03-05T15:00:00Z", "2031/03/04"), "2031-03-05");
        assert_eq!(
            local("2031-03-05T02:11:03+01:00", "2031/03/04"),
            "2031-03-05"
        );
        assert_eq!(local("2031-03-05T02:11:03Z", "2031/03/05"), "2031-03-05");
    }
}
