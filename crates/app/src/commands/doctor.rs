//! `crossbearing doctor`.

use std::{path::PathBuf, process::ExitCode};

use casebook::data::{DataDir, pins};
use clap::Args;
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Says what is installed, in which version and where, and what is wrong with it.
#[derive(Args)]
pub struct Doctor {
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
    state: Result<String, Failure>,
}

impl Doctor {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let data = DataDir::locate(self.data.as_deref())?;
        let checks = look(&data);
        let healthy = checks.iter().all(|check| check.state.is_ok());
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
    let ok = |what, text: String| Check {
        what,
        state: Ok(text),
    };
    let loaded = |what, result: Result<String, casebook::Error>| Check {
        what,
        state: result.map_err(Failure::from),
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
        match &check.state {
            Ok(text) => out.push_str(&format!("{:16} {text}\n", check.what)),
            Err(failure) => {
                out.push_str(&format!("{:16} PROBLEM: {}\n", check.what, failure.message));
                if let Some(hint) = &failure.hint {
                    out.push_str(&format!("{:16} hint: {hint}\n", ""));
                }
            }
        }
    }
    out
}

fn to_json(checks: &[Check]) -> Value {
    let mut out = serde_json::Map::new();
    for check in checks {
        let value = match &check.state {
            Ok(text) => json!({"ok": true, "is": text}),
            Err(failure) => json!({"ok": false, "problem": failure.message, "hint": failure.hint}),
        };
        out.insert(check.what.replace(' ', "_"), value);
    }
    Value::Object(out)
}
