//! A row a finding: slot, whom it counts, verdict, what each number rule gives.

use model::{Dossier, Finding, RuleName, RuleRange};

use super::column::{Column, Table, heads};
use crate::export::cell::Cell;

/// The table.
pub(in crate::export) const FINDINGS: Table = Table { columns, rows };

type Of = fn(&Dossier, &Finding) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[Column<Of>] = &[
    ("case", "the incident's name for good", |of, _| of.incident.case.as_str().into()),
    ("finding", "its id", |_, it| it.id.as_str().into()),
    ("slot", "what it is about", |_, it| it.slot.name().into()),
    ("everybody", "whether it is about everybody", |_, it| it.scope.is_all().into()),
    ("role", "the part that those counted play", |_, it| it.scope.role.name().into()),
    ("side", "the party they belong to", |_, it| it.scope.side.as_ref().into()),
    ("age", "their age", |_, it| it.scope.age.name().into()),
    ("sex", "their sex", |_, it| it.scope.sex.map(model::Sex::name).into()),
    ("nationality", "their nationality", |_, it| it.scope.nationality.as_ref().into()),
    ("kind", "what they are: a noun", |_, it| it.scope.kind.as_ref().into()),
    ("verdict", "how its positions stand to each other", |_, it| Cell::code(it.verdict)),
    ("why", "why that verdict", |_, it| (&it.why).into()),
    ("standing", "the values that stand", |_, it| values(it, true)),
    ("not_standing", "the values that were replaced or set aside", |_, it| values(it, false)),
    ("claims", "how many claims hold them", |_, it| claims(it).into()),
    ("origins", "how many independent voices those carry", |of, it| of.voices_in(it).into()),
];

type OfRule = fn(&RuleRange) -> Cell;

/// Columns of each number rule, behind its name.
#[rustfmt::skip]
const RULES: &[Column<OfRule>] = &[
    ("low", "smallest figure", |it| it.low.into()),
    ("best", "best figure, of rules that have one", |it| it.best.into()),
    ("high", "largest figure; empty for no limit", |it| it.high.into()),
];

fn columns() -> Vec<(String, String)> {
    let rules = RuleName::ALL.iter().map(|rule| rule.spec());
    let of_rules = rules.flat_map(|rule| {
        heads(RULES).into_iter().map(move |(name, holds)| {
            let name = format!("{}_{name}", rule.key);
            (name, format!("number rule {}: {holds}", rule.name))
        })
    });
    heads(COLUMNS).into_iter().chain(of_rules).collect()
}

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    let findings = dossier.findings.iter();
    findings
        .map(|finding| {
            let numbers = finding.numbers.as_ref();
            let of_rules = RuleName::ALL.iter().flat_map(|rule| {
                let range = numbers.map(|numbers| &numbers[*rule]);
                RULES
                    .iter()
                    .map(move |(.., cell)| range.map_or(Cell::Empty, cell))
            });
            let cells = COLUMNS.iter().map(|(.., cell)| cell(dossier, finding));
            cells.chain(of_rules).collect()
        })
        .collect()
}

fn values(finding: &Finding, standing: bool) -> Cell {
    let positions = finding.positions.iter();
    let positions = positions.filter(|position| position.standing == standing);
    Cell::list(positions.map(|position| position.value.label()))
}

fn claims(finding: &Finding) -> usize {
    let positions = finding.positions.iter();
    positions.map(|position| position.claims.len()).sum()
}
