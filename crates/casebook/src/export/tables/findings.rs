//! A row a finding: slot, whom it counts, verdict, what each number rule gives.

use model::{Dossier, Finding, RuleName, RuleRange};

use super::column::{Head, Table, TypedColumn, typed};
use crate::export::cell::{
    Cell,
    Kind::{Flag, Integer, Text},
};

/// The table.
pub(in crate::export) const FINDINGS: Table = Table { heads, rows };

type Of = fn(&Dossier, &Finding) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[TypedColumn<Of>] = &[
    ("case", Text, "the incident's name for good", |of, _| of.incident.case.as_str().into()),
    ("finding", Text, "its id", |_, it| it.id.as_str().into()),
    ("slot", Text, "what it is about", |_, it| it.slot.name().into()),
    ("everybody", Flag, "whether it is about everybody", |_, it| it.scope.is_all().into()),
    ("role", Text, "the part that those counted play", |_, it| it.scope.role.name().into()),
    ("side", Text, "the party they belong to", |_, it| it.scope.side.as_ref().into()),
    ("age", Text, "their age", |_, it| it.scope.age.name().into()),
    ("sex", Text, "their sex", |_, it| it.scope.sex.map(model::Sex::name).into()),
    ("nationality", Text, "their nationality", |_, it| it.scope.nationality.as_ref().into()),
    ("kind", Text, "what they are: a noun", |_, it| it.scope.kind.as_ref().into()),
    ("verdict", Text, "how its positions stand to each other", |_, it| Cell::code(it.verdict)),
    ("why", Text, "why that verdict", |_, it| (&it.why).into()),
    ("standing", Text, "the values that stand", |_, it| values(it, true)),
    ("not_standing", Text, "the values that were replaced or set aside", |_, it| values(it, false)),
    ("claims", Integer, "how many claims hold them", |_, it| claims(it).into()),
    ("origins", Integer, "how many independent voices those carry", |of, it| of.voices_in(it).into()),
];

type OfRule = fn(&RuleRange) -> Cell;

/// Columns of each number rule, behind its name.
#[rustfmt::skip]
const RULES: &[TypedColumn<OfRule>] = &[
    ("low", Integer, "smallest figure", |it| it.low.into()),
    ("best", Integer, "best figure, of rules that have one", |it| it.best.into()),
    ("high", Integer, "largest figure; empty for no limit", |it| it.high.into()),
];

fn heads() -> Vec<Head> {
    let rules = RuleName::ALL.iter().map(|rule| rule.spec());
    let of_rules = rules.flat_map(|rule| {
        typed(RULES).into_iter().map(move |head| Head {
            name: format!("{}_{}", rule.key, head.name),
            holds: format!("number rule {}: {}", rule.name, head.holds),
            ..head
        })
    });
    typed(COLUMNS).into_iter().chain(of_rules).collect()
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
