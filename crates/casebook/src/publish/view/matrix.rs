//! The claim matrix: what each independent voice says on each slot and scope, and who is silent.
//!
//! It groups what the reconciler found and decides nothing: whether two claims stand against each other is a relation
//! of the dossier, whether a figure still stands is said by its position.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{Claim, ClaimId, Finding, Origin, OriginId, Position, RelationKind, ReportId, Verdict};

use super::index::View;

/// How what a voice says stands to what the others say on the same slot and scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It can hold together with what another voice says.
    Agrees,
    /// It cannot hold together with what another voice says.
    Differs,
    /// No other voice speaks of this.
    Alone,
    /// Others speak of it too, and nothing was found by which they could be compared.
    Beside,
    /// A later figure took its place, or a rule set it aside.
    SetAside,
}

impl Stand {
    /// Its symbol; always shown beside its word.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Agrees => "=",
            Self::Differs => "≠",
            Self::Alone => "1",
            Self::Beside => "+",
            Self::SetAside => "→",
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Alone => "alone",
            Self::Beside => "beside",
            Self::SetAside => "set aside",
        }
    }

    /// What it means, in one clause.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Agrees => "can hold together with what another voice says",
            Self::Differs => "cannot hold together with what another voice says",
            Self::Alone => "no other voice speaks of this",
            Self::Beside => "others speak of this too; nothing was found by which to compare them",
            Self::SetAside => "a later figure took its place, or a rule set it aside",
        }
    }

    /// All, in the order of a legend.
    pub const ALL: [Self; 5] = [
        Self::Agrees,
        Self::Differs,
        Self::Alone,
        Self::Beside,
        Self::SetAside,
    ];
}

/// A voice: one column.
pub struct Voice<'a> {
    /// The independent origin.
    pub origin: &'a Origin,
    /// The outlets that carry it, each once, with the letters of their reports.
    pub outlets: Vec<(String, Vec<&'a str>)>,
}

/// What one voice says on one slot and scope.
pub struct Cell<'a> {
    /// How it stands to the others.
    pub stand: Stand,
    /// Its values, each with the claims of this voice that hold it, in order of place.
    pub said: Vec<(&'a Position, Vec<&'a Claim>)>,
}

/// One row.
pub struct Line<'a> {
    /// What stands on the slot and scope.
    pub finding: &'a Finding,
    /// A cell for each voice, in the order of the voices; `None` where it is silent.
    pub cells: Vec<Option<Cell<'a>>>,
}

impl Line<'_> {
    /// How many of the voices speak; what nobody named says counts for none.
    pub fn speaking(&self, voices: &[Voice]) -> usize {
        let named = self.cells.iter().zip(voices);
        named
            .filter(|(cell, voice)| cell.is_some() && voice.origin.is_voice())
            .count()
    }
}

/// Some findings by voice.
pub struct Matrix<'a> {
    /// The voices that speak in these findings: named ones first, those that speak most often first.
    pub voices: Vec<Voice<'a>>,
    /// A row a finding, in the order given.
    pub lines: Vec<Line<'a>>,
}

impl<'a> View<'a> {
    /// Lays out findings by voice.
    pub fn matrix(&self, findings: &[&'a Finding]) -> Matrix<'a> {
        let mut speaks: BTreeMap<&OriginId, usize> = BTreeMap::new();
        for finding in findings {
            let heard: BTreeSet<&OriginId> = finding
                .positions
                .iter()
                .flat_map(|it| &it.origins)
                .collect();
            for id in heard {
                *speaks.entry(id).or_default() += 1;
            }
        }
        let mut voices: Vec<(&Origin, usize)> = speaks
            .iter()
            .filter_map(|(id, n)| Some((self.origin(id)?, *n)))
            .collect();
        voices.sort_by_key(|(origin, n)| {
            let unnamed = !origin.is_voice();
            (
                unnamed,
                std::cmp::Reverse(*n),
                origin.label.clone(),
                origin.id.clone(),
            )
        });
        let column: HashMap<&OriginId, usize> = (0..)
            .zip(&voices)
            .map(|(at, (origin, _))| (&origin.id, at))
            .collect();
        let lines = findings
            .iter()
            .map(|finding| self.line(finding, voices.iter().map(|it| it.0), &column))
            .collect();
        Matrix {
            voices: voices
                .iter()
                .map(|(origin, _)| self.voice(origin))
                .collect(),
            lines,
        }
    }

    fn voice(&self, origin: &'a Origin) -> Voice<'a> {
        let mut outlets: Vec<(String, Vec<&'a str>)> = Vec::new();
        let mut reports: Vec<&ReportId> = origin.reports.iter().collect();
        reports.sort_by_key(|id| (self.letter(id).len(), self.letter(id)));
        for id in reports {
            let Some(card) = self.report(id) else {
                continue;
            };
            let name = self.source(card);
            match outlets.iter_mut().find(|(own, _)| *own == name) {
                Some((_, letters)) => letters.push(&card.letter),
                None => outlets.push((name, vec![card.letter.as_str()])),
            }
        }
        Voice { origin, outlets }
    }

    fn line<'o>(
        &self,
        finding: &'a Finding,
        voices: impl Iterator<Item = &'o Origin>,
        column: &HashMap<&OriginId, usize>,
    ) -> Line<'a> {
        let (own, named): (Vec<BTreeSet<&ClaimId>>, Vec<bool>) = voices
            .map(|it| (it.claims.iter().collect(), it.is_voice()))
            .unzip();
        let mut said: Vec<Vec<(&Position, Vec<&Claim>)>> = own.iter().map(|_| Vec::new()).collect();
        for position in &finding.positions {
            for at in position.origins.iter().filter_map(|id| column.get(id)) {
                let mut claims = self.by_place(&position.claims);
                // What a voice is told to say by several claims is one voice's; those of others are theirs.
                claims.retain(|claim| own[*at].contains(&claim.id));
                if !claims.is_empty() {
                    said[*at].push((position, claims));
                }
            }
        }
        let speaks = |said: &[(&Position, Vec<&Claim>)]| said.iter().any(|(it, _)| it.standing);
        let speaking = said
            .iter()
            .zip(named)
            .filter(|(said, named)| *named && speaks(said))
            .count();
        let against: BTreeSet<&ClaimId> = self
            .against(finding)
            .into_iter()
            .filter(|(relation, _)| relation.kind == RelationKind::Contradicts)
            .flat_map(|(relation, _)| [&relation.a, &relation.b])
            .collect();
        let cells = said
            .into_iter()
            .map(|said| {
                let stand = stand(finding, &said, speaking, &against);
                (!said.is_empty()).then_some(Cell { stand, said })
            })
            .collect();
        Line { finding, cells }
    }
}

/// How a voice stands to the others: by the relations of its standing claims to claims that are not its own.
fn stand(
    finding: &Finding,
    said: &[(&Position, Vec<&Claim>)],
    speaking: usize,
    against: &BTreeSet<&ClaimId>,
) -> Stand {
    let standing = || said.iter().filter(|(position, _)| position.standing);
    if standing().next().is_none() {
        return Stand::SetAside;
    }
    // In a dispute a value is held by all who say it, whichever of their claims was compared.
    let disputed = finding.verdict == Verdict::Disputed;
    let own: BTreeSet<&ClaimId> = standing()
        .flat_map(|(position, claims)| {
            let claims = claims.iter().map(|claim| &claim.id);
            let shared = position.claims.iter().filter(move |_| disputed);
            claims.chain(shared)
        })
        .collect();
    let all: BTreeSet<&ClaimId> = said
        .iter()
        .flat_map(|(_, claims)| claims.iter().map(|claim| &claim.id))
        .collect();
    let aside: BTreeSet<&ClaimId> = finding
        .positions
        .iter()
        .filter(|position| !position.standing)
        .flat_map(|position| &position.claims)
        .collect();
    let kinds: BTreeSet<RelationKind> = finding
        .relations
        .iter()
        .filter(|relation| {
            let (a, b) = (own.contains(&relation.a), own.contains(&relation.b));
            let other = if a { &relation.b } else { &relation.a };
            a != b && !all.contains(other) && !aside.contains(other)
        })
        .map(|relation| relation.kind)
        .collect();
    if kinds.contains(&RelationKind::Contradicts) || own.iter().any(|id| against.contains(id)) {
        return Stand::Differs;
    }
    if speaking < 2 {
        return Stand::Alone;
    }
    let shared = standing().any(|(position, _)| position.origins.len() > 1);
    let agree = [
        RelationKind::Compatible,
        RelationKind::Corroborates,
        RelationKind::SamePlace,
        RelationKind::SameOrigin,
    ];
    if shared || agree.iter().any(|kind| kinds.contains(kind)) {
        Stand::Agrees
    } else {
        Stand::Beside
    }
}
