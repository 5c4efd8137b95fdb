//! A twin of an event: the same words in another town, which is another incident.

use super::gold::Place;

/// Towns and their countries, one for each event in turn.
const TOWNS: &[(&str, &str)] = &[
    ("Larkana", "Pakistan"),
    ("Jalingo", "Nigeria"),
    ("Popayan", "Colombia"),
    ("Kirkuk", "Iraq"),
    ("Kandahar", "Afghanistan"),
    ("Cagayan de Oro", "Philippines"),
    ("Kayes", "Mali"),
    ("Goma", "Congo"),
    ("Kassala", "Sudan"),
    ("Taiz", "Yemen"),
    ("Guwahati", "India"),
    ("Ayacucho", "Peru"),
    ("Batman", "Turkey"),
    ("Tripoli", "Libya"),
    ("Nampula", "Mozambique"),
    ("Tamale", "Ghana"),
    ("Sliven", "Bulgaria"),
    ("Tarapoto", "Peru"),
    ("Osh", "Kyrgyzstan"),
    ("Dire Dawa", "Ethiopia"),
];

/// Country names no longer than this are left as they are.
const SHORT: usize = 3;

/// The text of event `n`'s report moved to another town; header lines stay, but for names in the title and the address.
pub fn of(text: &str, place: &Place, n: usize) -> String {
    let (town, country) = TOWNS[n % TOWNS.len()];
    let (mut head, mut body) = match text.split_once("\n\n") {
        Some((head, body)) => (head.to_owned(), body.to_owned()),
        None => (text.to_owned(), String::new()),
    };
    let mut names: Vec<&str> = place.names.iter().map(String::as_str).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    for name in names {
        let pieces = name
            .split([',', '/'])
            .flat_map(|piece| piece.split(" and "))
            .filter(|piece| piece.trim().chars().count() > SHORT);
        for part in std::iter::once(name).chain(pieces) {
            body = replace(&body, part.trim(), town);
            head = in_title(&head, part.trim(), town);
        }
    }
    if place.country.chars().count() > SHORT {
        body = replace(&body, &place.country, country);
        head = in_title(&head, &place.country, country);
    }
    let head: Vec<String> = head
        .split('\n')
        .map(|line| match line.strip_prefix("URL: ") {
            Some(url) if !url.is_empty() && !url.contains(char::is_whitespace) => {
                format!("{line}?twin")
            }
            _ => line.to_owned(),
        })
        .collect();
    format!("{}\n\n{body}", head.join("\n"))
}

fn in_title(head: &str, what: &str, with: &str) -> String {
    let lines: Vec<String> = head
        .split('\n')
        .map(|line| {
            if line.starts_with("Title: ") {
                replace(line, what, with)
            } else {
                line.to_owned()
            }
        })
        .collect();
    lines.join("\n")
}

/// Replaces `what` where it begins and ends at the edge of a word.
fn replace(text: &str, what: &str, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    let mut from = 0;
    while let Some(at) = (!what.is_empty())
        .then(|| text[from..].find(what))
        .flatten()
        .map(|at| at + from)
    {
        let end = at + what.len();
        if is_edge(text, at) && is_edge(text, end) {
            out.push_str(&text[rest..at]);
            out.push_str(with);
            rest = end;
            from = end;
        } else {
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out.push_str(&text[rest..]);
    out
}

/// Whether a word begins or ends here.
fn is_edge(text: &str, at: usize) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text[..at].chars().next_back().is_some_and(is_word)
        != text[at..].chars().next().is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_is_elsewhere_and_has_another_address() {
        let place = Place {
            names: vec!["Varda".into(), "Old Mill, Varda".into()],
            country: "Lakeland".into(),
            lat: None,
            lon: None,
            within_km: None,
        };
        let text = "Title: Blast in Varda\nSource: Varda Post\nURL: https://post.example/1\n\nVARDA (VP) — A bomb in \
            Varda's Old Mill killed six, Lakelanders said. Lakeland mourns.\n\nVarda.";
        assert_eq!(
            of(text, &place, 1),
            "Title: Blast in Jalingo\nSource: Varda Post\nURL: https://post.example/1?twin\n\nVARDA (VP) — A bomb in \
             Jalingo's Jalingo killed six, Lakelanders said. Nigeria mourns.\n\nJalingo."
        );
        assert_eq!(of("Source: X", &place, 0), "Source: X\n\n");
    }
}
