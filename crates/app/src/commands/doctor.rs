//! `crossbearing doctor`.

use std::{path::PathBuf, process::ExitCode};

use casebook::{
    book::{
        config,
        doctor::{self, Condition},
    },
    data::{DataDir, pins},
};
use clap::Args;
use serde_json::{Value, json};

use super::book::{At, now};
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Says what is installed, in which version and where, what is wrong with it or with the casebook, and how to mend
/// that.
///
/// The casebook is looked at where one is named, or is there. `--mend` mends what can be mended without loss:
/// it makes an index of words again that is out of step, writes derived rows again, removes files that a process left
/// behind that was killed.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    at: At,
    /// Mend what can be mended without losing anything.
    #[arg(long)]
    mend: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// The folder that holds the language model, the gazetteer and the encoder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// One thing looked at.
struct Check {
    what: &'static str,
    condition: Condition,
    says: String,
    hint: Option<String>,
    mended: bool,
}

impl Doctor {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let data = DataDir::locate(self.data.as_deref())?;
        let mut checks = look(&data);
        checks.extend(self.casebook(screen, &data));
        let healthy = checks
            .iter()
            .all(|check| check.condition != Condition::Wrong);
        if self.json {
            screen.json(&to_json(&checks).to_string())?;
        } else {
            screen.data(&to_text(&checks))?;
        }
        Ok(if healthy {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(FAILED)
        })
    }

    /// What is to be said of the casebook.
    fn casebook(&self, screen: &Screen, data: &DataDir) -> Vec<Check> {
        let place = self.at.place();
        let mut store = match store::Store::open(&place) {
            Ok(store) => store,
            // Nobody asked for one, and none is there.
            Err(store::Error::Absent { .. }) if !self.at.named() => return Vec::new(),
            Err(error) => return vec![Check::of(doctor::failed("casebook", &error))],
        };
        let mut out = vec![Check {
            what: "casebook",
            condition: Condition::Well,
            says: place.to_string(),
            hint: None,
            mended: false,
        }];
        let set = config::value(&mut store, config::READER);
        let fast = set.is_ok_and(|reader| reader == "fast");
        // Where it cannot be loaded, a line above says why.
        let reader = data.clone().fast(fast).load().ok().map(|it| it.version());
        let who = self.at.actor().who;
        let how = doctor::Look {
            reader,
            mend: self.mend.then_some((who.as_str(), now())),
            clock: std::time::SystemTime::now(),
        };
        let progress = screen.counting("looking at the casebook:", "things");
        let found = doctor::look(&mut store, &how, &mut |n| progress.set(n));
        progress.end();
        out.extend(found.into_iter().map(Check::of));
        out
    }
}

impl Check {
    fn of(finding: doctor::Finding) -> Self {
        Self {
            what: finding.what,
            condition: finding.condition,
            says: finding.says,
            hint: finding.hint,
            mended: finding.mended,
        }
    }
}

fn look(data: &DataDir) -> Vec<Check> {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    let model = data.load_pipeline().map(|pipeline| {
        let path = data.model();
        format!(
            "{} {} ({})",
            pipeline.name(),
            pipeline.version(),
            path.display()
        )
    });
    let gazetteer = data.load_gazetteer().map(|gazetteer| {
        let (places, names) = (gazetteer.len(), gazetteer.name_count());
        format!(
            "{places} places under {names} names ({})",
            data.gazetteer().display()
        )
    });
    let encoder = data.load_encoder().map(|encoder| {
        format!(
            "{} layers of {} numbers, {} word pieces, by {:?} ({})",
            encoder.layers(),
            encoder.width(),
            encoder.vocabulary().len(),
            encoder.kernel(),
            data.encoder().display()
        )
    });
    let packages: Vec<String> = pins()
        .iter()
        .map(|pin| format!("{} {}", pin.name, pin.version))
        .collect();
    let ok = |what, says: String| Check {
        what,
        condition: Condition::Well,
        says,
        hint: None,
        mended: false,
    };
    let loaded = |what, result: Result<String, casebook::Error>| match result.map_err(Failure::from)
    {
        Ok(says) => ok(what, says),
        Err(failure) => Check {
            condition: Condition::Wrong,
            hint: failure.hint,
            ..ok(what, failure.message)
        },
    };
    vec![
        ok(
            "program",
            format!("crossbearing {}", env!("CARGO_PKG_VERSION")),
        ),
        ok("reader", format!("version {}", reader::VERSION)),
        ok(
            "dossier schema",
            format!("version {}", model::SCHEMA_VERSION),
        ),
        ok(
            "machine",
            format!(
                "{} {}, {threads} threads",
                std::env::consts::OS,
                std::env::consts::ARCH
            ),
        ),
        ok("data folder", data.path().display().to_string()),
        ok("pinned packages", packages.join(", ")),
        loaded("language model", model),
        loaded("gazetteer", gazetteer),
        loaded("encoder", encoder),
    ]
}

fn to_text(checks: &[Check]) -> String {
    let mut out = String::new();
    for check in checks {
        let word = match check.condition {
            Condition::Well if check.mended => "MENDED: ",
            Condition::Well => "",
            Condition::Note => "note: ",
            Condition::Wrong => "PROBLEM: ",
        };
        out.push_str(&format!("{:16} {word}{}\n", check.what, check.says));
        if let Some(hint) = &check.hint {
            out.push_str(&format!("{:16} hint: {hint}\n", ""));
        }
    }
    out
}

fn to_json(checks: &[Check]) -> Value {
    let mut out = serde_json::Map::new();
    for check in checks {
        let mut value = match check.condition {
            Condition::Wrong => json!({"ok": false, "problem": check.says, "hint": check.hint}),
            Condition::Note => json!({"ok": true, "is": check.says, "hint": check.hint}),
            Condition::Well => json!({"ok": true, "is": check.says}),
        };
        if check.mended {
            value["mended"] = true.into();
        }
        out.insert(check.what.replace(' ', "_"), value);
    }
    Value::Object(out)
}
