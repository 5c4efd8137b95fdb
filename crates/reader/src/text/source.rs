//! Publishers: what kind of body a name is, and the id it gets.

use model::{Party, PartyKind, ReportId, Source};

/// Words of a name and the kind they show; the first row that holds wins. A word is matched whole, in any case.
const KINDS: &[(&[&str], PartyKind)] = &[
    (
        &[
            "reuters",
            "afp",
            "agence france-presse",
            "associated press",
            "ap",
            "upi",
            "dpa",
            "efe",
            "ansa",
            "anadolu",
            "xinhua",
            "tass",
            "interfax",
            "kyodo",
            "yonhap",
            "news agency",
            "press agency",
            "newswire",
            "sana",
            "irna",
            "wafa",
            "petra",
            "pti",
            "ians",
            "tasnim",
            "fars",
        ],
        PartyKind::Agency,
    ),
    (
        &[
            "united nations",
            "un",
            "unicef",
            "unhcr",
            "ocha",
            "ohchr",
            "unrwa",
            "wfp",
            "unesco",
            "undp",
            "unfpa",
            "unama",
            "monusco",
            "minusma",
            "unmiss",
            "reliefweb",
            "who",
        ],
        PartyKind::Un,
    ),
    (
        &[
            "observatory",
            "airwars",
            "acled",
            "ucdp",
            "iraq body count",
            "casualty recorder",
            "documentation center",
            "documentation centre",
            "violations",
            "monitor",
            "gun violence archive",
        ],
        PartyKind::Monitor,
    ),
    (
        &[
            "human rights watch",
            "amnesty",
            "save the children",
            "red cross",
            "red crescent",
            "icrc",
            "médecins sans frontières",
            "msf",
            "doctors without borders",
            "oxfam",
            "care",
            "international rescue committee",
            "mercy corps",
            "crisis group",
            "foundation",
            "charity",
            "league",
            "relief",
            "refugee council",
            "ngo",
            "rights group",
            "aid",
        ],
        PartyKind::Ngo,
    ),
    (
        &[
            "ministry",
            "government",
            "army",
            "armed forces",
            "defence",
            "defense",
            "embassy",
            "state department",
            "white house",
            "presidency",
            "parliament",
            "navy",
            "air force",
        ],
        PartyKind::State,
    ),
    (
        &[
            "police",
            "sheriff",
            "court",
            "prosecutor",
            "hospital",
            "coroner",
            "fire department",
            "fire brigade",
        ],
        PartyKind::Authority,
    ),
];

/// Says what kind of publisher a name is; an outlet unless the name shows another.
pub(crate) fn kind(name: &str) -> PartyKind {
    let folded = format!(" {} ", words(name));
    let holds = |key: &&&str| folded.contains(&format!(" {} ", words(key)));
    KINDS
        .iter()
        .find(|(keys, _)| keys.iter().any(|key| holds(&key)))
        .map_or(PartyKind::Outlet, |(_, kind)| *kind)
}

fn words(name: &str) -> String {
    let spaced: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes the source of a report; without a name its id holds the report's hash, so that two unnamed sources are never
/// taken for one.
pub(crate) fn source(name: Option<&str>, report: &ReportId) -> Source {
    match name {
        Some(name) => Source {
            id: Party::slug(name).replacen("p:", "s:", 1),
            name: Some(name.to_owned()),
            kind: kind(name),
        },
        None => Source {
            id: format!("s:unnamed-{}", report.as_str().trim_start_matches("r:")),
            name: None,
            kind: PartyKind::Unknown,
        },
    }
}

/// A site's name without the slogan that some put behind it: "KLM 7News | Kelmoor News, Weather, Sports".
pub(super) fn without_slogan(name: &str) -> String {
    let name = name.trim();
    let first = [" | ", " - ", " – ", " — ", " • ", " :: ", " » "]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min();
    match first.map(|at| name[..at].trim()) {
        Some(first) if !first.is_empty() => first.to_owned(),
        _ => name.to_owned(),
    }
}

/// The host of an address, without `www.`; what a publisher is called when nothing better is known.
///
/// A page kept by a web archive is its first publisher's: where an address holds another, the inner one counts.
pub(crate) fn host(url: &str) -> Option<&str> {
    let inner = ["http://", "https://"]
        .iter()
        .filter_map(|scheme| url.rfind(scheme))
        .max();
    let url = inner.map_or(url, |at| &url[at..]);
    let rest = url
        .strip_prefix("https://")
        .or(url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_their_kind() {
        let check = |name, want| assert_eq!(kind(name), want, "{name}");
        check("Reuters", PartyKind::Agency);
        check("Lakeland News Agency", PartyKind::Agency);
        check("UNICEF", PartyKind::Un);
        check("Lakeland Ministry of Defence", PartyKind::State);
        check("Vell Observatory for Human Rights", PartyKind::Monitor);
        check("Lake Tribune", PartyKind::Outlet);
        check("The Sun", PartyKind::Outlet);
    }

    #[test]
    fn hosts_come_without_www() {
        assert_eq!(host("https://www.lake.example/a?b"), Some("lake.example"));
        assert_eq!(host("lake.example"), None);
        let kept = "http://web.archive.org/web/2016/http://www.lake.example/a";
        assert_eq!(host(kept), Some("lake.example"));
    }
}
