//! `crossbearing add`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::{
    book::{self, AddOptions, Added},
    files,
    ingest::Columns,
};
use clap::Args;
use store::Store;

use super::{At, count, fetching, now, pretty};
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Takes reports into the casebook, as they were received.
///
/// Takes files, folders, patterns, `-` for standard input, and addresses of pages (http and https), which are fetched
/// as their sites allow. What the casebook has already is passed over, so that a command that was cut off can be given
/// again: nothing comes in twice and nothing is lost.
///
/// A report is plain text, a page (HTML), a PDF file with text or a Word document (DOCX). Several come in a ZIP
/// archive, a web archive (WARC, also in gzip), a mail with what is attached to it (EML, MHTML), a mailbox (mbox), a
/// table (CSV, TSV: a row is a report) or JSON (an object is one); each of these may lie in another.
#[derive(Args)]
pub struct Add {
    /// Reports: files, folders, patterns, `-`, addresses of pages.
    #[arg(required_unless_present = "from", value_name = "FILES")]
    files: Vec<String>,
    /// Also take what a list names: a file or an address a line; `-` reads the list from standard input.
    #[arg(long, value_name = "LIST")]
    from: Option<PathBuf>,
    /// What the columns of tables and the keys of JSON are called: text=body,title=headline,published=date. Fields are
    /// text, html, title, source, byline, url, published, language, fetched_at; names that are common are known.
    #[arg(long, value_name = "FIELD=COLUMN,…", value_parser = Columns::parse)]
    map: Option<Columns>,
    /// Only take reports in these languages, by their codes: en,fr.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = language)]
    lang: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Only say what would come in.
    #[arg(long)]
    dry_run: bool,
    /// Pass over reports in which no word speaks of violence, of people hurt or held, or of arms.
    #[arg(long)]
    in_scope: bool,
    #[command(flatten)]
    fetching: fetching::Fetching,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Add {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let actor = self.at.actor();
        let options = AddOptions {
            who: actor.who,
            tool: actor.tool,
            dry_run: self.dry_run,
            in_scope_only: self.in_scope,
            languages: self.lang,
            columns: self.map.unwrap_or_default(),
            now: &now,
        };
        let mut names = self.files;
        if let Some(list) = &self.from {
            names.extend(listed(list)?);
        }
        let (addresses, files): (Vec<String>, Vec<String>) = names
            .into_iter()
            .partition(|name| fetching::is_address(name));
        let mut progress = screen.amount("adding", "reports");
        let added = book::add(
            &mut store,
            &files,
            &mut std::io::stdin(),
            &options,
            &mut |far| progress.set(far.reports, far.read, far.total),
        );
        progress.end();
        let mut added = added?;
        if !addresses.is_empty() {
            fetch(&mut store, &addresses, &self.fetching, &options, &mut added)?;
        }
        screen.notes(&added.notes);
        for (code, n) in &added.more_notes {
            let more = count(*n, "more note");
            screen.say(&format!("{more} of the kind {code}"));
        }
        if self.json {
            screen.json(&pretty(&added)?)?;
        } else {
            let would = if self.dry_run { "would add" } else { "added" };
            let mut out = format!("{would} {}", count(added.new, "report"));
            if added.known + added.again > 0 {
                out.push_str(&format!("; {} known already", added.known + added.again));
            }
            if added.purged > 0 {
                out.push_str(&format!("; {} purged before, left out", added.purged));
            }
            for (why, n) in &added.passed_over {
                out.push_str(&format!("; {n} passed over: {why}"));
            }
            if added.errors > 0 {
                out.push_str(&format!("; {} could not be taken", added.errors));
            }
            out.push('\n');
            if added.new > 0 && !self.dry_run {
                out.push_str("next: crossbearing run\n");
            }
            screen.data(&out)?;
        }
        Ok(if added.failed() {
            ExitCode::from(FAILED)
        } else {
            ExitCode::SUCCESS
        })
    }
}

/// A code of a language as pages say it: `en`, `fra`; what follows a hyphen in it is not looked at.
fn language(code: &str) -> Result<String, String> {
    let code = code.trim();
    let main = code.split(['-', '_']).next().unwrap_or_default();
    let letters = main.bytes().all(|byte| byte.is_ascii_alphabetic());
    match letters && matches!(main.len(), 2 | 3) {
        true => Ok(main.to_lowercase()),
        false => Err(
            "a language is a code of two or three letters, as of ISO 639: en, fr, ar, swa"
                .to_owned(),
        ),
    }
}

/// Most bytes of a list of names: some hundred thousand addresses.
const MAX_LIST: u64 = 64_000_000;

/// The names in a list, one a line; blank lines and those that begin with `#` are none.
fn listed(list: &Path) -> Result<Vec<String>, Failure> {
    let hint = "give a file with the name of a file or an address on each line";
    let unread = |why: String| {
        Failure::new(
            format!("the list {} cannot be read: {why}", list.display()),
            hint,
        )
    };
    let bytes = if list == Path::new("-") {
        files::take_all(std::io::stdin().lock(), MAX_LIST)
    } else {
        files::read(list, MAX_LIST)
    };
    let bytes = bytes.map_err(|error| unread(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unread("it is not UTF-8".to_owned()))?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let named = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(named.map(str::to_owned).collect())
}

/// Fetches pages and adds them, one after another.
fn fetch(
    store: &mut Store,
    addresses: &[String],
    how: &fetching::Fetching,
    options: &AddOptions<'_>,
    added: &mut Added,
) -> Result<(), Failure> {
    let client = how.client(store)?;
    for address in addresses {
        match client.get(address, &fetch::Conditions::default()) {
            Ok(response) => {
                let arriving = fetching::arriving(address, response, options);
                book::add_one(store, &arriving, options, added)?;
            }
            Err(error) => added.tell(fetching::note(address, &error)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_codes() {
        assert_eq!(language(" en-GB"), Ok("en".to_owned()));
        assert_eq!(language("FRA"), Ok("fra".to_owned()));
        for wrong in ["", "e", "english", "e1", "\u{e9}t", "-en", "en fr"] {
            assert!(language(wrong).unwrap_err().contains("ISO 639"), "{wrong}");
        }
    }
}
