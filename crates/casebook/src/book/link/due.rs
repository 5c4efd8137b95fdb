//! What a step of linking is to do.

use store::{
    Error, Store,
    steps::{self, Step},
};

/// What a step is to link.
pub(super) struct Due {
    pub before: Step,
    pub to: Step,
    /// Whether all dossiers are made anew, too.
    pub anew: bool,
    /// Reports and accounts that are to be linked anew though nobody judged them.
    pub disturbed: Vec<String>,
}

impl Due {
    /// What is due; `None` when nothing is.
    pub fn find(store: &mut Store, reader: &str) -> Result<Option<Self>, Error> {
        let relink = store.setting("relink")?.is_some_and(|it| it == "1");
        store.read(&mut |database| {
            let ready = steps::ready(database, reader)?;
            let before = steps::last(database)?;
            let disturbed = steps::disturbed(database)?;
            // A purge may have taken the last report; reports that are being read again wait.
            let reports = if ready.all {
                ready.reports.max(before.reports_to)
            } else {
                ready.reports
            };
            let anew = relink || before.reader != reader;
            let same = reports == before.reports_to && ready.judgements <= before.judgements_to;
            let nothing = !anew && same && disturbed.is_empty();
            if nothing || reports < before.reports_to || reports == 0 {
                return Ok(None);
            }
            let to = Step {
                number: before.number + 1,
                reader: reader.to_owned(),
                reports_to: reports,
                judgements_to: ready.judgements.max(before.judgements_to),
            };
            Ok(Some(Self {
                before,
                to,
                anew,
                disturbed,
            }))
        })
    }
}
