//! One finding: its positions, the number rules, its relations.

use model::{Finding, Numbers, SlotGroup};

use super::syntax::{chain, escape, labels, quoted, row, table};
use crate::publish::{numbers, view::View, words};

/// Writes a finding.
pub(super) fn one(out: &mut String, view: &View, finding: &Finding) {
    out.push_str(&format!(
        "\n### {} {}",
        words::verdict_glyph(finding.verdict),
        words::slot(finding.slot)
    ));
    if finding.slot.group() == SlotGroup::Counts || !finding.scope.is_all() {
        out.push_str(&format!(", {}", escape(&view.scope(&finding.scope))));
    }
    out.push_str(&format!(": {}\n\n", words::verdict(finding.verdict)));
    if !finding.why.is_empty() {
        out.push_str(&format!("{}\n\n", escape(&words::reason(&finding.why))));
    }
    positions(out, view, finding);
    if let Some(all) = &finding.numbers {
        rules(out, view, all);
    }
    relations(out, view, finding);
}

fn positions(out: &mut String, view: &View, finding: &Finding) {
    table(
        out,
        &[
            "Position",
            "Comes to",
            "According to",
            "Stance",
            "Origins",
            "Claims",
            "Stands",
        ],
    );
    for position in &finding.positions {
        let claims = view.by_place(&position.claims);
        let mut chains: Vec<String> = claims.iter().map(|claim| chain(view, claim)).collect();
        chains.dedup();
        let mut stances: Vec<&str> = claims
            .iter()
            .map(|claim| words::stance(claim.stance.kind))
            .collect();
        stances.dedup();
        let mut origins: Vec<String> = view
            .origin_labels(position)
            .into_iter()
            .map(|origin| escape(&origin.label))
            .collect();
        if position.interested {
            origins.push("a party speaking for itself".to_owned());
        }
        let stands = match (position.standing, position.why.is_empty()) {
            (true, _) => "yes".to_owned(),
            (false, true) => "set aside".to_owned(),
            (false, false) => format!("set aside: {}", escape(&words::reason(&position.why))),
        };
        row(
            out,
            &[
                quoted(&view.said(position)),
                words::gloss(&position.value).map_or(String::new(), |gloss| escape(&gloss)),
                chains.join("; "),
                stances.join("; "),
                origins.join("; "),
                labels(view, &position.claims),
                stands,
            ],
        );
    }
}

fn rules(out: &mut String, view: &View, all: &Numbers) {
    out.push('\n');
    table(
        out,
        &["Rule", "Figure", "What the rule does", "Used", "Set aside"],
    );
    for rule in numbers::rules(all) {
        let aside: Vec<String> = rule
            .range
            .set_aside
            .iter()
            .map(|(id, why)| format!("{}: {}", view.label(id), escape(&words::reason(why))))
            .collect();
        row(
            out,
            &[
                rule.spec.name.to_owned(),
                rule.says(),
                escape(rule.spec.does),
                labels(view, &rule.range.used),
                aside.join("; "),
            ],
        );
    }
}

fn relations(out: &mut String, view: &View, finding: &Finding) {
    let across = view.against(finding);
    let own = finding
        .relations
        .iter()
        .filter(|relation| !across.iter().any(|(it, _)| it == relation));
    let all: Vec<_> = own
        .map(|relation| (relation, None))
        .chain(
            across
                .iter()
                .map(|(relation, other)| (*relation, Some(other))),
        )
        .collect();
    if !all.is_empty() {
        out.push('\n');
    }
    for (relation, other) in all {
        out.push_str(&format!(
            "- {} {} {}",
            view.label(&relation.a),
            words::relation(relation.kind),
            view.label(&relation.b)
        ));
        if let Some(other) = other {
            out.push_str(&format!(
                " ({}: {}, {})",
                words::slot(other.slot),
                quoted(other.value.words()),
                chain(view, other)
            ));
        }
        if !relation.why.is_empty() {
            out.push_str(&format!(": {}", escape(&words::reason(&relation.why))));
        }
        out.push('\n');
    }
}
