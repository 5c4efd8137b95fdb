//! The incidents among readings, and the group of readings of each.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use model::{
    AccountId, CaseId, Comparison, Glossary, IncidentCard, IncidentId, Judgement, Note, Reading,
    ReportId, Texts,
};
use reconciler::{
    cases,
    link::{
        incidents::{self, Linker},
        record::LinkingRecord,
    },
};

use crate::{
    guard::{Stage, guard},
    linking::Records,
};

/// Readings linked into incidents, which are counted from zero.
pub struct Incidents {
    readings: BTreeMap<ReportId, Vec<Reading>>,
    found: incidents::Incidents,
    /// The reports that linking failed on, and what linking has to tell.
    notes: Vec<Note>,
}

/// The readings of one incident.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// What to call it in a note.
    pub name: String,
    /// Its readings, in any order.
    pub readings: Cow<'a, [Reading]>,
}

impl<'a> Group<'a> {
    /// Readings that are one incident as they stand.
    pub fn of(name: &str, readings: &'a [Reading]) -> Self {
        Self {
            name: name.to_owned(),
            readings: Cow::Borrowed(readings),
        }
    }

    /// Readings taken as one incident, whatever they tell of, each report once. Of a round-up counts the account that
    /// the linker finds most reports to share, so that this gives what [`Incidents`] gives where all are one incident.
    ///
    /// # Errors
    /// A [`Note`] when linking failed.
    pub fn of_all(readings: &'a [Reading]) -> Result<Self, Note> {
        let name = "all reports as one incident";
        guard(Stage::Reconcile, name, || {
            let mut linker = Linker::default();
            linker.add(readings.iter().flat_map(LinkingRecord::all));
            let found = linker.link(&[]);
            let taken = found.fullest().map(|at| {
                let taken = readings.iter().map(|reading| found.reading(at, reading));
                Cow::Owned(taken.collect())
            });
            Self {
                name: name.to_owned(),
                readings: taken.unwrap_or(Cow::Borrowed(readings)),
            }
        })
    }

    /// The texts that the quotes of the group's dossier point into.
    pub fn into_texts(self) -> Texts {
        let readings = self.readings.into_owned().into_iter();
        readings
            .map(|reading| (reading.text.id().clone(), reading.text))
            .collect()
    }
}

impl Incidents {
    /// Finds them; see [`crate::link`].
    pub(crate) fn find(readings: Vec<Reading>, judgements: &[Judgement]) -> Self {
        let (found, notes) = Records::of(&readings).found(judgements);
        let mut by: BTreeMap<ReportId, Vec<Reading>> = BTreeMap::new();
        for reading in readings {
            let texts = by.entry(reading.report.id.clone()).or_default();
            if texts
                .iter()
                .all(|known| known.text.id() != reading.text.id())
            {
                texts.push(reading);
            }
        }
        Self {
            readings: by,
            found,
            notes,
        }
    }

    /// How many incidents there are.
    pub fn len(&self) -> usize {
        self.found.groups.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The notes of linking; those of severity error name reports that are left out.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The reports of incident `at`, sorted; none when there are fewer incidents.
    pub fn reports(&self, at: usize) -> &[ReportId] {
        self.found.groups.get(at).map_or(&[], Vec::as_slice)
    }

    /// Whether a report tells of incident `at` in passing only, beside what it is about.
    pub fn tells_in_passing(&self, at: usize, report: &ReportId) -> bool {
        let told = self.found.told.get(at);
        told.is_some_and(|told| told.contains_key(report))
    }

    /// The readings of incident `at`, each as that incident takes it; `None` when there are fewer.
    ///
    /// # Errors
    /// A [`Note`] when taking them failed.
    pub fn group(&self, at: usize) -> Option<Result<Group<'static>, Note>> {
        let reports = self.found.groups.get(at)?;
        let name = self.name(at);
        Some(guard(Stage::Reconcile, &name.clone(), || {
            let readings = reports.iter().filter_map(|id| self.readings.get(id));
            let taken = readings
                .flatten()
                .map(|reading| self.found.reading(at, reading));
            Group {
                name,
                readings: Cow::Owned(taken.collect()),
            }
        }))
    }

    /// What to call incident `at` in a note: its version.
    pub(crate) fn name(&self, at: usize) -> String {
        self.id(at).map_or_else(String::new, |id| id.to_string())
    }

    /// The one incident that reports are about, where there is one; what they tell besides is told in passing only.
    pub fn only(&self) -> Option<usize> {
        let mut about = (0..self.len()).filter(|at| !self.found.passing(*at));
        let first = about.next();
        match (first, about.next()) {
            (Some(at), None) => Some(at),
            (None, _) if self.len() == 1 => Some(0),
            _ => None,
        }
    }

    /// The comparisons among the reports of incident `at`, the most alike first.
    pub fn comparisons(&self, at: usize) -> Vec<Comparison> {
        self.found.comparisons(at, &|(report, text, account)| {
            let mut texts = self.readings.get(report).into_iter().flatten();
            let reading = texts.find(|reading| reading.text.id() == text);
            reading.map_or_else(Glossary::default, |reading| {
                reader::keys::glossary(reading, account.as_ref())
            })
        })
    }

    /// The incidents whose case id or version begins so, with or without the letter of its kind.
    pub fn named(&self, begin: &str) -> Vec<usize> {
        let begins = |known: &str| known.starts_with(begin) || known[2..].starts_with(begin);
        (0..self.len())
            .filter(|at| {
                let version = self.id(*at);
                begins(self.case_id(*at).as_str())
                    || version.is_some_and(|version| begins(version.as_str()))
            })
            .collect()
    }

    /// The case id that the dossier of incident `at` will have where nothing is stored.
    pub fn case_id(&self, at: usize) -> CaseId {
        cases::derived(&self.case_parts(at))
    }

    /// What incident `at` is made of: by this it is known again when more is known.
    pub fn case_parts(&self, at: usize) -> BTreeSet<cases::Part> {
        let told = self.found.told.get(at);
        let parts = self.reports(at).iter().filter_map(|id| {
            let account = told.and_then(|told| told.get(id));
            let part = account.map_or(id.as_str(), AccountId::as_str);
            // A report given in two texts counts as the earlier one, as in the dossier.
            let texts = self.readings.get(id).into_iter().flatten();
            texts
                .map(|reading| reading.report.published.as_ref().map(|when| when.start))
                .map(|published| cases::Part::new(part, published))
                .min()
        });
        parts.collect()
    }

    /// The version that the dossier of incident `at` will have (see [`IncidentCard`]); `None` when there are fewer.
    pub fn id(&self, at: usize) -> Option<IncidentId> {
        let parts = self.found.parts(at)?;
        Some(IncidentCard::id_of(parts))
    }
}
