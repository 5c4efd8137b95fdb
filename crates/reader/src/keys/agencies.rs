//! News agencies whose copy others print, and the tags that show it.

use model::{BlockKind, Reading, words};

/// An agency: the name it is shown by, and the forms its tags take.
struct Agency {
    name: &'static str,
    /// Full names, found anywhere in a byline, whatever the case.
    names: &'static [&'static str],
    /// Short tags, found as a whole word with exactly these letters.
    tags: &'static [&'static str],
}

/// Agencies of the world whose copy is reprinted under their name. A list: add, keep sorted.
const AGENCIES: &[Agency] = &[
    agency("AAP", &["australian associated press"], &["AAP"]),
    agency("AFP", &["agence france presse"], &["AFP"]),
    agency("ANI", &["asian news international"], &["ANI"]),
    agency("ANSA", &[], &["ANSA"]),
    agency("Anadolu Agency", &["anadolu"], &["AA"]),
    agency("Associated Press", &["associated press"], &["AP"]),
    agency("Canadian Press", &["canadian press"], &["CP"]),
    agency("EFE", &["agencia efe"], &["EFE"]),
    agency("IANS", &["indo asian news service"], &["IANS"]),
    agency("Interfax", &["interfax"], &[]),
    agency("IRNA", &["islamic republic news agency"], &["IRNA"]),
    agency("Kyodo", &["kyodo"], &[]),
    agency("PA Media", &["pa media", "press association"], &["PA"]),
    agency("Press Trust of India", &["press trust of india"], &["PTI"]),
    agency("Reuters", &["reuters"], &[]),
    agency("RIA Novosti", &["ria novosti"], &[]),
    agency("SANA", &["syrian arab news agency"], &["SANA"]),
    agency("SAPA", &["south african press association"], &["SAPA"]),
    agency("TASS", &["itar tass", "tass"], &[]),
    agency("Ukrinform", &["ukrinform"], &[]),
    agency("UPI", &["united press international"], &["UPI"]),
    agency("WAFA", &[], &["WAFA"]),
    agency("Xinhua", &["xinhua"], &[]),
    agency("Yonhap", &["yonhap"], &[]),
    agency("dpa", &["deutsche presse agentur"], &["dpa", "DPA"]),
];

const fn agency(
    name: &'static str,
    names: &'static [&'static str],
    tags: &'static [&'static str],
) -> Agency {
    Agency { name, names, tags }
}

/// Returns the agency that a byline names, if it names one.
fn in_byline(byline: &str) -> Option<&'static str> {
    // "By our staff and agencies", "with Reuters": part of the words are the outlet's own.
    let folded = format!(" {} ", words::key(byline));
    if folded.contains(" with ") || folded.contains(" and agencies ") {
        return None;
    }
    AGENCIES
        .iter()
        .find(|agency| names_it(agency, byline, &folded))
        .map(|agency| agency.name)
}

fn names_it(agency: &Agency, raw: &str, folded: &str) -> bool {
    agency
        .names
        .iter()
        .any(|name| folded.contains(&format!(" {name} ")))
        || raw
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| agency.tags.contains(&word))
}

/// Returns the agency whose copy a report says it prints: by its byline, a dateline tag ("VARDA (Reuters) –") or a
/// credit at the end ("— AFP", "© Kyodo").
pub(super) fn of(reading: &Reading) -> Option<&'static str> {
    if let Some(found) = reading.report.byline.as_deref().and_then(in_byline) {
        return Some(found);
    }
    let text = &reading.text;
    let blocks: Vec<&str> = text
        .blocks()
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Boilerplate | BlockKind::Title))
        .map(|block| text.slice(block.span))
        .collect();
    let first = blocks.iter().take(2).find_map(|block| dateline(block));
    first.or_else(|| blocks.iter().rev().take(2).find_map(|block| credit(block)))
}

/// The agency between brackets near the start of a paragraph, before a dash: "VARDA, May 6 (Reuters) - ".
fn dateline(block: &str) -> Option<&'static str> {
    let head: String = block.chars().take(80).collect();
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let after = head[close + 1..].trim_start();
    if !after.starts_with(['-', '–', '—', ':']) {
        return None;
    }
    in_byline(&head[open + 1..close])
}

/// The agency in a closing credit: a short last line that holds little else.
fn credit(block: &str) -> Option<&'static str> {
    let block = block.trim();
    let count = words::fold(block).len();
    let marked = block.starts_with(['—', '–', '-', '©', '(', '/'])
        || block.to_lowercase().starts_with("source:");
    (marked && (1..=4).contains(&count))
        .then(|| in_byline(block))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_agencies_and_people_do_not() {
        assert_eq!(in_byline("By Ana Petrova, Reuters"), Some("Reuters"));
        assert_eq!(in_byline("AP"), Some("Associated Press"));
        assert_eq!(in_byline("Agence France-Presse"), Some("AFP"));
        assert_eq!(in_byline("Our staff with AFP"), None);
        assert_eq!(in_byline("Ap Nguyen"), None);
        assert_eq!(in_byline(""), None);
    }

    #[test]
    fn datelines_and_credits_are_tags_and_mentions_are_not() {
        assert_eq!(dateline("VARDA, May 6 (Reuters) - Gunmen"), Some("Reuters"));
        assert_eq!(dateline("The mayor told AP (Reuters was there) that"), None);
        assert_eq!(credit("— AFP"), Some("AFP"));
        assert_eq!(credit("AFP said so on Tuesday"), None);
    }
}
