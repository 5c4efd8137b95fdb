//! Findings: what is reported on each, by whom, and what each number rule makes of it.

use model::{Finding, RuleName, SlotGroup};

use super::block::{Block, Run, Table, chain, labels, quoted, runs};
use crate::publish::{
    numbers, parts as of_part,
    summary::Summary,
    view::{Section, View},
    words,
};

/// The figures at the top, with who says each.
pub(super) fn top(out: &mut Vec<Block>, summary: &Summary) {
    out.push(Block::Heading(2, "Figures".to_owned()));
    if summary.figures.is_empty() {
        out.push(text("No figure was read from these reports."));
        return;
    }
    let rows = summary.figures.iter().map(|it| {
        let mut course = runs(&it.course);
        if it.disputed {
            let parted = if course.is_empty() {
                "Disputed"
            } else {
                "Disputed: "
            };
            course.insert(0, Run::strong(parted));
        }
        vec![
            vec![Run::plain(words::slot(it.slot))],
            vec![Run::strong(&it.figure)],
            runs(&it.by),
            course,
        ]
    });
    out.push(Block::Table(Table {
        columns: &[
            ("Who is counted", 17),
            ("Figure", 17),
            ("According to", 33),
            ("How it moved, and who differs", 33),
        ],
        rows: rows.collect(),
    }));
    out.push(Block::Remark(vec![Run::plain(
        "Each is the figure that independent reports, taken together, leave standing. What every number rule makes of \
         all the figures stands below, with the claims that it uses.",
    )]));
}

/// Where the reports disagree, side by side.
pub(super) fn disputes(out: &mut Vec<Block>, summary: &Summary) {
    out.push(Block::Heading(2, "Where the reports disagree".to_owned()));
    let mut any = false;
    for dispute in &summary.disputes {
        any = true;
        out.push(Block::Item(0, vec![Run::strong(&dispute.about)]));
        let sides = dispute.sides.iter();
        out.extend(sides.map(|side| Block::Item(1, runs(side))));
    }
    for block in summary.blocks.iter().filter(|it| it.disputed.is_some()) {
        any = true;
        out.push(Block::Item(0, vec![Run::strong(block.title)]));
        let lines = block.lines.iter();
        out.extend(lines.map(|line| Block::Item(1, runs(line))));
    }
    if !any {
        out.push(text("Among the claims that were read, none was found that cannot hold together with another."));
    }
}

/// Who is held responsible, who is at risk, what is asked: what is not disputed.
pub(super) fn blocks(out: &mut Vec<Block>, summary: &Summary) {
    for block in summary.blocks.iter().filter(|it| it.disputed.is_none()) {
        out.push(Block::Heading(2, block.title.to_owned()));
        let lines = block.lines.iter();
        out.extend(lines.map(|line| Block::Item(0, runs(line))));
    }
}

/// Every finding with all that is held on it.
pub(super) fn all(out: &mut Vec<Block>, view: &View) {
    let sections: Vec<Section> = view.sections();
    if sections.is_empty() {
        return;
    }
    out.push(Block::Heading(
        2,
        "What is reported, and by whom".to_owned(),
    ));
    out.push(Block::Remark(vec![Run::plain(
        "Each table has every value that is held on one point. Letters and numbers (A1) name the claims; their words \
         stand under “Quotes”. A value that is set aside is shown with the reason.",
    )]));
    for section in sections {
        out.push(Block::Heading(3, section.title.to_owned()));
        for finding in section.findings {
            one(out, view, finding);
        }
    }
}

fn one(out: &mut Vec<Block>, view: &View, finding: &Finding) {
    let mut head = words::slot(finding.slot).to_owned();
    if finding.slot.group() == SlotGroup::Counts || !finding.scope.is_all() {
        head.push_str(&format!(", {}", view.scope(&finding.scope)));
    }
    out.push(Block::Heading(
        4,
        format!("{head}: {}", words::verdict(finding.verdict)),
    ));
    if !finding.why.is_empty() {
        out.push(text(&words::reason(&finding.why)));
    }
    let rows = finding.positions.iter().map(|position| {
        let mut said = vec![Run::strong(&quoted(&view.said(position)))];
        if let Some(gloss) = words::gloss(&position.value) {
            said.push(Run::plain(&format!(" ({gloss})")));
        }
        let claims = view.by_place(&position.claims);
        let mut chains: Vec<String> = claims.iter().map(|claim| chain(view, claim)).collect();
        chains.dedup();
        let mut stances: Vec<&str> = claims
            .iter()
            .map(|it| words::stance(it.stance.kind))
            .collect();
        stances.dedup();
        let origins = view.origin_labels(position);
        let stands = match (position.standing, position.why.is_empty()) {
            (true, _) => "stands".to_owned(),
            (false, true) => "set aside".to_owned(),
            (false, false) => format!("set aside: {}", words::reason(&position.why)),
        };
        vec![
            said,
            vec![Run::plain(&format!(
                "{} ({})",
                chains.join("; "),
                stances.join("; ")
            ))],
            vec![Run::plain(&View::many(&origins))],
            vec![Run::plain(&labels(view, &position.claims))],
            vec![Run::plain(&stands)],
        ]
    });
    out.push(Block::Table(Table {
        columns: &[
            ("Value", 22),
            ("According to", 32),
            ("Voices", 11),
            ("Claims", 12),
            ("How it stands", 23),
        ],
        rows: rows.collect(),
    }));
    rules(out, view, finding);
    relations(out, view, finding);
}

/// What each number rule gives; in one line where all give the same.
fn rules(out: &mut Vec<Block>, view: &View, finding: &Finding) {
    let Some(all) = &finding.numbers else { return };
    let all = numbers::rules(all);
    let mut says: Vec<String> = all.iter().map(numbers::Rule::says).collect();
    says.dedup();
    if let [only] = says.as_slice() {
        let line = format!("By each of the {} number rules: {only}.", all.len());
        out.push(text(&line));
        return;
    }
    let rows = all.iter().map(|rule| {
        let mut aside: Vec<(String, Vec<&str>)> = Vec::new();
        for (id, why) in &rule.range.set_aside {
            let (why, label) = (words::reason(why), view.label(id));
            match aside.iter_mut().find(|it| it.0 == why) {
                Some(it) => it.1.push(label),
                None => aside.push((why, vec![label])),
            }
        }
        let aside: Vec<String> = aside
            .iter()
            .map(|(why, labels)| format!("{}: {why}", labels.join(", ")))
            .collect();
        vec![
            vec![Run::plain(rule.spec.name)],
            vec![Run::strong(&rule.says())],
            vec![Run::plain(&labels(view, &rule.range.used))],
            vec![Run::plain(&aside.join("; "))],
        ]
    });
    out.push(Block::Table(Table {
        columns: &[
            ("Number rule", 16),
            ("Gives", 26),
            ("From the claims", 22),
            ("Sets aside", 36),
        ],
        rows: rows.collect(),
    }));
}

/// What stands for or against what, beyond the verdict.
fn relations(out: &mut Vec<Block>, view: &View, finding: &Finding) {
    let across = view.against(finding);
    let own = finding.relations.iter().filter(|it| {
        let crosses = across.iter().any(|(other, _)| other == it);
        !crosses
    });
    // One claim may stand so to several, for one reason.
    let mut lines: Vec<(String, Vec<&str>, String)> = Vec::new();
    for relation in own.chain(across.iter().map(|(relation, _)| *relation)) {
        let (a, b) = (view.label(&relation.a), view.label(&relation.b));
        let head = format!("{a} {}", words::relation(relation.kind));
        let why = words::reason(&relation.why);
        match lines.iter_mut().find(|it| it.0 == head && it.2 == why) {
            Some(line) => line.1.push(b),
            None => lines.push((head, vec![b], why)),
        }
    }
    for (head, with, why) in lines {
        let parted = if why.is_empty() { "" } else { ": " };
        let line = format!("{head} {}{parted}{why}", with.join(", "));
        out.push(Block::Item(0, vec![Run::plain(&line)]));
    }
}

/// The parts of an incident of several days, and their sums where no report gives a total.
pub(super) fn parts(out: &mut Vec<Block>, view: &View) {
    let dossier = view.dossier;
    if dossier.parts.is_empty() {
        return;
    }
    out.push(Block::Heading(2, "Parts".to_owned()));
    out.push(Block::Remark(vec![Run::plain(
        "The incident went on for more than one day; a claim belongs to a part where its own sentence names the day.",
    )]));
    for part in &dossier.parts {
        out.push(Block::Heading(3, part.title.clone()));
        out.push(text(&words::reason(&part.why)));
        let rows = of_part::shown(part).map(|finding| {
            let held = finding.positions.iter();
            let held: Vec<String> = held
                .map(|it| format!("{} ({})", quoted(&view.said(it)), labels(view, &it.claims)))
                .collect();
            vec![
                vec![Run::plain(words::slot(finding.slot))],
                vec![Run::plain(&view.scope(&finding.scope))],
                vec![Run::plain(&held.join("; "))],
                vec![Run::plain(words::verdict(finding.verdict))],
            ]
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            out.push(Block::Table(Table {
                columns: &[
                    ("On", 18),
                    ("Of whom", 20),
                    ("Values", 42),
                    ("Together", 20),
                ],
                rows,
            }));
        }
    }
    for sum in &dossier.part_sums {
        out.push(Block::Text(vec![
            Run::plain(&format!(
                "{}, parts added, as no report gives a total: ",
                words::slot(sum.slot)
            )),
            Run::strong(&words::range(sum.low, sum.high)),
            Run::plain(&format!(
                " by the rule sum_of_parts: {} ({})",
                sum.arithmetic,
                labels(view, &sum.claims)
            )),
        ]));
    }
}

/// What each number rule does.
pub(super) fn meaning(out: &mut Vec<Block>) {
    out.push(Block::Heading(2, "Number rules".to_owned()));
    let rows = RuleName::ALL.iter().map(|rule| {
        let spec = rule.spec();
        vec![vec![Run::plain(spec.name)], vec![Run::plain(spec.does)]]
    });
    out.push(Block::Table(Table {
        columns: &[
            ("Rule", 20),
            ("What it does with the figures that are reported", 80),
        ],
        rows: rows.collect(),
    }));
}

fn text(words: &str) -> Block {
    Block::Text(vec![Run::plain(words)])
}
