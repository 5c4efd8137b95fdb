//! How a number came about, and what is known of one claim, as text.
//!
//! What comes in: a dossier, its texts, and a claim's label or id or a slot's name. What goes out: lines of text that
//! lead from every number to the words behind it: the rule, the claims it used, those it set aside and why, the
//! origins, and the claim's own words in their paragraph.

use model::{Claim, ClaimId, Dossier, Finding, Slot, Texts};

use super::{
    clean, numbers, parts,
    terminal::{
        Options,
        ink::{Ink, Style},
    },
    view::View,
    votes, words,
};

/// Lines being gathered.
struct Lines<'a> {
    out: Vec<String>,
    options: &'a Options,
}

impl Lines<'_> {
    fn put(&mut self, indent: usize, style: Style, words: &str) {
        let mut ink = Ink::default();
        ink.add(style, &clean::line(words));
        let width = self.options.width.max(40);
        self.out
            .extend(ink.wrap(width, indent, indent + 2, self.options.colour));
    }

    fn end(mut self) -> String {
        self.out.push(String::new());
        self.out.join("\n")
    }
}

/// Everything known of one claim: its words in their paragraph, who says them, how firmly, and every finding, part,
/// rule and relation that it is in. `wanted` is a label (`A3`) or an id, or the first digits of one; `None` when no
/// claim or more than one has it.
pub fn claim(dossier: &Dossier, texts: &Texts, wanted: &str, options: &Options) -> Option<String> {
    let view = View::new(dossier, texts);
    let claim = wanted_claim(&view, wanted)?;
    let mut lines = Lines {
        out: Vec::new(),
        options,
    };
    let title = format!("{}  {}", view.label(&claim.id), about(&view, claim));
    lines.put(0, Style::Strong, &title);
    lines.put(2, Style::Soft, claim.id.as_str());
    let card = view.report(&claim.report);
    for quote in &claim.quotes {
        lines.put(
            2,
            Style::Plain,
            &format!(
                "words: “{}”, code points {} to {} of report {}",
                clean::unquoted(&quote.exact),
                quote.start,
                quote.end,
                view.letter(&claim.report)
            ),
        );
    }
    if let Some(text) = card.and_then(|card| texts.get(&card.report.text))
        && let Some(span) = text.span_of(claim.quote())
        && let Some(block) = text.blocks().iter().find(|it| it.span.contains(span))
    {
        let words = text.slice(block.span);
        lines.put(2, Style::Plain, &format!("in its paragraph: {words}"));
    }
    if let Some(card) = card {
        let day = card
            .report
            .published
            .as_ref()
            .map_or_else(|| "date unknown".to_owned(), words::when);
        let title = card.report.title.as_deref().unwrap_or("no headline");
        lines.put(
            2,
            Style::Plain,
            &format!(
                "report {}: {}, {day}, {title}",
                card.letter,
                view.source(card)
            ),
        );
    }
    lines.put(
        2,
        Style::Plain,
        &format!("said by: {}", chain(&view, claim)),
    );
    let cue = claim.stance.cue.as_ref();
    let cue = cue.map_or_else(String::new, |cue| format!(", by the words “{}”", cue.exact));
    let direct = if claim.direct {
        ", in direct speech"
    } else {
        ""
    };
    lines.put(
        2,
        Style::Plain,
        &format!("stance: {}{cue}{direct}", words::stance(claim.stance.kind)),
    );
    if let Some(when) = &claim.as_of {
        lines.put(2, Style::Plain, &format!("as of: {}", words::when(when)));
    }
    let main = dossier.claims.iter().any(|it| it.id == claim.id);
    lines.put(
        2,
        Style::Plain,
        if main {
            "account: the report's account of this incident"
        } else {
            "account: another one; no figure of the whole incident uses it"
        },
    );
    lines.put(
        2,
        Style::Plain,
        &format!("read by: rule {}, reader {}", claim.rule, claim.reader),
    );
    for origin in dossier
        .origins
        .iter()
        .filter(|it| it.claims.contains(&claim.id))
    {
        let why = words::reason(&origin.why.join("; "));
        let why = if why.is_empty() {
            why
        } else {
            format!(" – {why}")
        };
        lines.put(
            2,
            Style::Plain,
            &format!(
                "origin: {} ({}){why}",
                origin.label,
                words::origin_kind(origin.kind)
            ),
        );
    }
    uses(&mut lines, &view, claim);
    Some(lines.end())
}

/// The findings, agreed figures, parts, sums and relations that a claim is in.
fn uses(lines: &mut Lines<'_>, view: &View<'_>, claim: &Claim) {
    let dossier = view.dossier;
    let has = |ids: &[ClaimId]| ids.contains(&claim.id);
    for finding in &dossier.findings {
        for position in finding.positions.iter().filter(|it| has(&it.claims)) {
            lines.put(
                2,
                Style::Strong,
                &format!("finding: {}", of_finding(view, finding)),
            );
            let stands = match (position.standing, position.why.as_str()) {
                (true, _) => "stands".to_owned(),
                (false, "") => "no longer stands".to_owned(),
                (false, why) => format!("no longer stands: {}", words::reason(why)),
            };
            lines.put(
                4,
                Style::Plain,
                &format!("its position “{}” {stands}", view.said(position)),
            );
            for rule in finding.numbers.iter().flat_map(numbers::rules) {
                if has(&rule.range.used) {
                    lines.put(
                        4,
                        Style::Plain,
                        &format!("rule {} used it: {}", rule.spec.key, rule.says()),
                    );
                }
                for (_, why) in rule
                    .range
                    .set_aside
                    .iter()
                    .filter(|(id, _)| *id == claim.id)
                {
                    lines.put(
                        4,
                        Style::Plain,
                        &format!(
                            "rule {} set it aside: {}",
                            rule.spec.key,
                            words::reason(why)
                        ),
                    );
                }
            }
        }
    }
    for agreed in &dossier.agreed {
        for vote in agreed.votes.iter().filter(|it| has(&it.claims)) {
            let n = vote.n.map_or_else(|| "nobody".to_owned(), words::number);
            lines.put(
                2,
                Style::Plain,
                &format!(
                    "{}, reports taken together: report {} gives {n} by it; taken: {} – {}",
                    words::slot(agreed.slot),
                    view.letter(&vote.report),
                    words::number(agreed.n),
                    words::reason(&agreed.why)
                ),
            );
        }
    }
    for part in dossier.parts.iter().filter(|it| has(&it.claims)) {
        lines.put(
            2,
            Style::Plain,
            &format!("part: {} – {}", part.title, words::reason(&part.why)),
        );
    }
    for sum in dossier.part_sums.iter().filter(|it| has(&it.claims)) {
        lines.put(
            2,
            Style::Plain,
            &format!("rule sum_of_parts used it: {}", sum.arithmetic),
        );
    }
    for relation in dossier.findings.iter().flat_map(|it| &it.relations) {
        if relation.a != claim.id && relation.b != claim.id {
            continue;
        }
        let side = |id: &ClaimId| match view.claim(id) {
            Some(other) if *id != claim.id => {
                format!("{} ({})", view.label(id), about(view, other))
            }
            _ => view.label(id).to_owned(),
        };
        lines.put(
            2,
            Style::Plain,
            &format!(
                "relation: {} {} {}: {}",
                side(&relation.a),
                words::relation(relation.kind),
                side(&relation.b),
                words::reason(&relation.why)
            ),
        );
    }
}

/// The findings of a slot (`killed`), each with every position, rule, claim used and claim set aside; and the figure of
/// the reports taken together. `None` when there is no such slot.
pub fn findings(dossier: &Dossier, texts: &Texts, slot: &str, options: &Options) -> Option<String> {
    let slot = Slot::from_name(&slot.to_lowercase().replace([' ', '-'], "_"))?;
    let view = View::new(dossier, texts);
    let mut lines = Lines {
        out: Vec::new(),
        options,
    };
    for line in votes::lines(&view).iter().filter(|it| it.slot == slot) {
        lines.put(
            0,
            Style::Strong,
            &format!(
                "{}, reports taken together: {} – {}",
                words::slot(slot),
                words::number(line.n),
                words::reason(line.why)
            ),
        );
        for held in &line.held {
            lines.put(2, Style::Plain, &held.says());
            for id in &held.claims {
                said(&mut lines, &view, id, 4, "");
            }
        }
    }
    for finding in dossier.findings.iter().filter(|it| it.slot == slot) {
        one(&mut lines, &view, finding, 0, "");
    }
    for part in &dossier.parts {
        let shown = parts::shown(part).filter(|finding| finding.slot == slot);
        for finding in shown {
            one(
                &mut lines,
                &view,
                finding,
                0,
                &format!("part {}: ", part.title),
            );
        }
    }
    for sum in dossier.part_sums.iter().filter(|it| it.slot == slot) {
        lines.put(
            0,
            Style::Strong,
            &format!(
                "parts added, as no report gives a total (rule sum_of_parts): {}",
                sum.arithmetic
            ),
        );
        for id in &sum.claims {
            said(&mut lines, &view, id, 2, "");
        }
    }
    if lines.out.is_empty() {
        lines.put(
            0,
            Style::Plain,
            &format!("no report says anything of {}", slot.name()),
        );
    }
    Some(lines.end())
}

fn one(lines: &mut Lines<'_>, view: &View<'_>, finding: &Finding, indent: usize, first: &str) {
    let title = format!("{first}{}", of_finding(view, finding));
    lines.put(indent, Style::Strong, &title);
    for position in &finding.positions {
        let stands = match (position.standing, position.why.as_str()) {
            (true, _) => String::new(),
            (false, "") => " – no longer stands".to_owned(),
            (false, why) => format!(" – no longer stands: {}", words::reason(why)),
        };
        let heard = view.origin_labels(position);
        let origins: Vec<&str> = heard.iter().map(|origin| origin.label.as_str()).collect();
        lines.put(
            indent + 2,
            Style::Plain,
            &format!(
                "· {} from {}: {}{stands}",
                words::gloss(&position.value)
                    .unwrap_or_else(|| format!("“{}”", view.said(position))),
                View::many(&heard),
                origins.join(", ")
            ),
        );
        for id in &position.claims {
            said(lines, view, id, indent + 4, "");
        }
    }
    for rule in finding.numbers.iter().flat_map(numbers::rules) {
        let used: Vec<&str> = rule.range.used.iter().map(|id| view.label(id)).collect();
        let used = match used.len() {
            0 => String::new(),
            _ => format!("; used {}", used.join(", ")),
        };
        lines.put(
            indent + 2,
            Style::Plain,
            &format!("rule {}: {}{used}", rule.spec.key, rule.says()),
        );
        for (id, why) in &rule.range.set_aside {
            lines.put(
                indent + 4,
                Style::Soft,
                &format!("set aside {}: {}", view.label(id), words::reason(why)),
            );
        }
    }
}

fn said(lines: &mut Lines<'_>, view: &View<'_>, id: &ClaimId, indent: usize, first: &str) {
    if let Some(claim) = view.claim(id) {
        lines.put(
            indent,
            Style::Plain,
            &format!(
                "{first}{} “{}”, {}, {}",
                view.label(id),
                clean::unquoted(&claim.quote().exact),
                words::stance(claim.stance.kind),
                chain(view, claim)
            ),
        );
    }
}

/// Slot, people, verdict and why.
fn of_finding(view: &View<'_>, finding: &Finding) -> String {
    let whom = if finding.slot.group() == model::SlotGroup::Counts {
        format!(", {}", view.scope(&finding.scope))
    } else {
        String::new()
    };
    let why = match finding.why.as_str() {
        "" => String::new(),
        why => format!(" – {}", words::reason(why)),
    };
    format!(
        "{}{whom}: {}{why}",
        words::slot(finding.slot),
        words::verdict(finding.verdict)
    )
}

fn about(view: &View<'_>, claim: &Claim) -> String {
    let whom = if claim.scope.is_all() {
        String::new()
    } else {
        format!(", {}", view.scope(&claim.scope))
    };
    let gloss = words::gloss(&claim.value).map_or_else(String::new, |gloss| format!(" = {gloss}"));
    format!(
        "{}{whom}: “{}”{gloss}",
        words::slot(claim.slot),
        clean::unquoted(claim.value.words())
    )
}

fn chain(view: &View<'_>, claim: &Claim) -> String {
    let links: Vec<String> = view
        .chain(claim)
        .iter()
        .map(|link| {
            let mark = if link.interested { "*" } else { "" };
            format!("{}{mark}", link.label())
        })
        .collect();
    links.join(" → ")
}

fn wanted_claim<'a>(view: &View<'a>, wanted: &str) -> Option<&'a Claim> {
    let all = || view.dossier.claims.iter().chain(&view.dossier.background);
    let by_label = all().find(|claim| view.label(&claim.id).eq_ignore_ascii_case(wanted));
    if by_label.is_some() {
        return by_label;
    }
    let digits = wanted.strip_prefix("c:").unwrap_or(wanted);
    let mut found =
        all().filter(|claim| !digits.is_empty() && claim.id.as_str()[2..].starts_with(digits));
    let first = found.next()?;
    found.all(|other| other.id == first.id).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn a_claim_is_told_with_its_words_chain_stance_and_uses() {
        let (dossier, texts) = fixture::market();
        let out = claim(&dossier, &texts, "a2", &Options::default()).unwrap();
        let again = claim(
            &dossier,
            &texts,
            out.lines().nth(1).unwrap().trim(),
            &Options::default(),
        );
        assert_eq!(again.as_ref(), Some(&out), "the id names the same claim");
        for words in [
            "in its paragraph: ",
            "said by: ",
            "stance: ",
            "account: ",
            "read by: rule ",
            "finding: ",
        ] {
            assert!(out.contains(words), "{words} in\n{out}");
        }
        assert!(claim(&dossier, &texts, "Z99", &Options::default()).is_none());
    }

    #[test]
    fn every_number_of_a_slot_leads_to_its_claims() {
        let (dossier, texts) = fixture::market();
        let out = findings(&dossier, &texts, "killed", &Options::default()).unwrap();
        let view = View::new(&dossier, &texts);
        for finding in dossier.findings.iter().filter(|it| it.slot == Slot::Killed) {
            for id in finding.positions.iter().flat_map(|it| &it.claims) {
                assert!(out.contains(view.label(id)), "{} in\n{out}", view.label(id));
            }
        }
        for words in [
            "rule ucdp",
            "set aside",
            "reports taken together",
            "sum_of_parts",
        ] {
            assert!(out.contains(words), "{words} in\n{out}");
        }
        assert!(findings(&dossier, &texts, "no such slot", &Options::default()).is_none());
        let none = findings(&dossier, &texts, "displaced", &Options::default()).unwrap();
        assert!(!none.is_empty());
    }
}
