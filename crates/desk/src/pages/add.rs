//! Handing reports over: files, a text, addresses; and how far each was taken in and read.

use std::{io::Write as _, sync::Arc};

use askama::Template;
use axum::{
    Extension, Form,
    extract::{
        Multipart, Path, State,
        multipart::{Field, MultipartError, MultipartRejection},
        rejection::{FormRejection, PathRejection},
    },
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use casebook::book::{Incoming, Pasted, web};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{arrivals, lists, people::Role, results};

use super::{form::unread, incidents::named};
use crate::{
    desk::Desk,
    frame::{self, Frame, moment, short},
    refusal::Refusal,
    visitor::Visitor,
    work::{Folder, Job, Stage},
};

/// Bytes of all files of a form.
pub const UPLOAD: usize = 64 * 1024 * 1024;
/// Files of a form.
const FILES: usize = 200;
/// Addresses of a form.
pub const ADDRESSES: usize = 100;
/// Bytes of the form of a text.
pub const TEXT: usize = 1024 * 1024;
/// Reports that are shown one by one.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "add.html")]
struct Page {
    frame: Frame,
    jobs: Vec<Job>,
    most: usize,
}

impl Page {
    fn at_time(&self, at: &str) -> String {
        moment(at)
    }
}

#[derive(Serialize, JsonSchema)]
pub struct Jobs {
    /// The jobs, the latest first.
    pub jobs: Vec<Job>,
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    visitor.may(Role::Reviewer)?;
    frame::html(&Page {
        frame: Frame::new(&visitor, "add", "Add reports")?.with_json(),
        jobs: desk.work.jobs(),
        most: UPLOAD / 1024 / 1024,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    visitor.may(Role::Reviewer)?;
    let jobs = desk.work.jobs();
    frame::json(&Jobs { jobs })
}

/// Takes files in.
pub async fn files(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Refusal> {
    visitor.may(Role::Reviewer)?;
    let mut form = form.map_err(|_| {
        let hint = "open the page again and send the form from there";
        Refusal::bad("the form cannot be read", hint)
    })?;
    Ok(gone(of_files(&desk, &visitor, &mut form, false).await?))
}

/// Takes the files of a form in; gives the job's number. Where it is not `known` that a page of ours or a program sent
/// it, its token must be good.
pub async fn of_files(
    desk: &Desk,
    visitor: &Visitor,
    form: &mut Multipart,
    mut known: bool,
) -> Result<u64, Refusal> {
    let folder = Folder::new().map_err(|_| Refusal::fault())?;
    let mut names = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        let (field_name, file) = (
            field.name().unwrap_or_default().to_owned(),
            field.file_name(),
        );
        match (field_name.as_str(), file.map(str::to_owned)) {
            // It stands first in the form: nothing is kept of one that no page of ours has sent.
            ("token", None) => {
                let token = field.text().await.map_err(|error| broken(&error))?;
                if !known {
                    visitor.sent(&token)?;
                    known = true;
                }
            }
            ("file", Some(name)) if known && !name.is_empty() => {
                if names.len() >= FILES {
                    let hint = "send them in several goes, or as an archive (ZIP)";
                    return Err(Refusal::bad(
                        format!("more than {FILES} files at once"),
                        hint,
                    ));
                }
                let own = own_name(&name, names.len());
                keep(&folder, &own, field).await?;
                names.push(own);
            }
            _ => {}
        }
    }
    if !known {
        visitor.sent("")?;
    }
    if names.is_empty() {
        return Err(Refusal::bad(
            "no file was chosen",
            "choose one or several files",
        ));
    }
    let what = match names.as_slice() {
        [one] => short(one, 120),
        [first, rest @ ..] => format!("{} and {} more", short(first, 120), rest.len()),
        [] => String::new(),
    };
    let incoming = Incoming::Files(folder.path().to_owned());
    begin(desk, visitor, what, incoming, Some(folder))
}

/// Writes a file as it comes.
async fn keep(folder: &Folder, name: &str, mut field: Field<'_>) -> Result<(), Refusal> {
    let failed = |_| {
        let hint = "make room on the disk of the machine that serves the desk";
        Refusal::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "the file could not be kept",
            hint,
        )
    };
    let mut file = std::fs::File::create_new(folder.path().join(name)).map_err(failed)?;
    while let Some(bytes) = field.chunk().await.map_err(|error| broken(&error))? {
        file.write_all(&bytes).map_err(failed)?;
    }
    Ok(())
}

fn broken(error: &MultipartError) -> Refusal {
    let most = UPLOAD / 1024 / 1024;
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the files are larger than {most} MB together"),
            "send them in several goes, or add them with `crossbearing add` on the machine that has the casebook",
        ),
        _ => Refusal::bad("the files did not come to their end", "send the form again"),
    }
}

/// The name that a file gets: its own, without what leads elsewhere or steers; with a number where it would be a second
/// time there.
fn own_name(given: &str, number: usize) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '(' | ')');
    let plain: String = last
        .chars()
        .map(|c| if fits(c) { c } else { '_' })
        .collect();
    let plain = plain.trim().trim_start_matches('.');
    // The ending says what it is.
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 16 => (stem, format!(".{ending}")),
        _ => (plain, String::new()),
    };
    let stem: String = stem.chars().take(48).collect();
    let stem = if stem.trim().is_empty() {
        "file"
    } else {
        stem.trim()
    };
    match number {
        0 => format!("{stem}{ending}"),
        n => format!("{:03} {stem}{ending}", n + 1),
    }
}

/// The form of a text.
#[derive(Deserialize)]
pub struct Text {
    token: String,
    #[serde(flatten)]
    words: Words,
}

/// A text, and what is known of it.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Text")]
pub struct Words {
    /// The words of the report.
    #[schemars(length(min = 1))]
    text: String,
    /// Its headline.
    #[serde(default)]
    title: String,
    /// Who published it.
    #[serde(default)]
    source: String,
    /// Where, beginning with `http://` or `https://`.
    #[serde(default)]
    url: String,
    /// When it was published, as a day or a moment.
    #[serde(default)]
    published: String,
}

/// Takes a text in.
pub async fn text(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Text>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    visitor.may(Role::Reviewer)?;
    Ok(gone(of_text(&desk, &visitor, form.words)?))
}

/// Takes a text in; gives the job's number.
pub fn of_text(desk: &Desk, visitor: &Visitor, form: Words) -> Result<u64, Refusal> {
    if form.text.trim().is_empty() {
        return Err(Refusal::bad(
            "there is no text",
            "paste the words of the report",
        ));
    }
    if !form.url.trim().is_empty() && !frame::web(form.url.trim()) {
        let hint = "write it as https://paper.example/story, or leave it out";
        return Err(Refusal::bad("not the address of a page", hint));
    }
    let what = match form.title.trim() {
        "" => "a pasted text".to_owned(),
        title => format!("a pasted text: {}", short(title, 120)),
    };
    let pasted = Pasted {
        // A browser ends lines as forms do.
        text: form.text.replace("\r\n", "\n"),
        title: short(&form.title, 1_000),
        source: short(&form.source, 300),
        url: form.url,
        published: short(&form.published, 60),
    };
    begin(desk, visitor, what, Incoming::Text(Box::new(pasted)), None)
}

/// The form of addresses.
#[derive(Deserialize)]
pub struct Addresses {
    token: String,
    addresses: String,
}

/// Has pages fetched and taken in.
pub async fn addresses(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Addresses>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    visitor.may(Role::Reviewer)?;
    let all = form.addresses.split_whitespace().map(str::to_owned);
    Ok(gone(of_addresses(&desk, &visitor, all.collect())?))
}

/// Has pages fetched and taken in; gives the job's number.
pub fn of_addresses(desk: &Desk, visitor: &Visitor, all: Vec<String>) -> Result<u64, Refusal> {
    if let Some(bad) = all
        .iter()
        .find(|it| !web::is_address(it) || !frame::web(it))
    {
        let hint = "one address a line, each as https://paper.example/story";
        return Err(Refusal::bad(
            format!("{}: not the address of a page", short(bad, 80)),
            hint,
        ));
    }
    let what = match all.as_slice() {
        [] => return Err(Refusal::bad("there is no address", "one address a line")),
        [one] => short(one, 120),
        [first, rest @ ..] => format!("{} and {} more", short(first, 120), rest.len()),
    };
    if all.len() > ADDRESSES {
        let hint = "give fewer, or use `crossbearing add --from LIST`";
        return Err(Refusal::bad(
            format!("more than {ADDRESSES} addresses at once"),
            hint,
        ));
    }
    begin(desk, visitor, what, Incoming::Addresses(all), None)
}

fn begin(
    desk: &Desk,
    visitor: &Visitor,
    what: String,
    incoming: Incoming,
    folder: Option<Folder>,
) -> Result<u64, Refusal> {
    let who = visitor.who.as_deref().unwrap_or_default();
    let number = desk.work.take(&desk.site(), who, what, incoming, folder);
    number.ok_or_else(|| {
        let hint = "wait until some of it is done";
        Refusal {
            later: 10,
            ..Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too much waits already",
                hint,
            )
        }
    })
}

/// To where a job is shown.
fn gone(number: u64) -> Response {
    Redirect::to(&format!("/add/{number}")).into_response()
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TakenIn")]
struct Taken {
    id: String,
    title: String,
    claims: usize,
    incidents: Vec<(String, String)>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JobInWhole")]
pub struct Told {
    /// The job.
    #[serde(flatten)]
    pub job: Job,
    /// The reports, the first of many.
    reports: Vec<Taken>,
}

#[derive(Template)]
#[template(path = "job.html")]
struct OfJob {
    frame: Frame,
    it: Told,
    stage: &'static str,
    under_way: bool,
}

impl OfJob {
    fn at_time(&self, at: &str) -> String {
        moment(at)
    }
}

/// How far a job is: the page and its JSON. The page loads itself again until the job is done.
pub async fn job(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    visitor.may(Role::Reviewer)?;
    let name = named(path)?;
    let json = name.ends_with(".json");
    let it = told(&desk, name.strip_suffix(".json").unwrap_or(&name)).await?;
    if json {
        return frame::json(&it);
    }
    shown(&visitor, it)
}

/// What became of what was handed over under a number.
pub async fn told(desk: &Arc<Desk>, number: &str) -> Result<Told, Refusal> {
    let number = number.parse().ok();
    let job = number
        .and_then(|number| desk.work.job(number))
        .ok_or_else(|| {
            let hint =
                "the desk forgets what it took in when it ends; what came in is in the casebook";
            Refusal::new(
                StatusCode::NOT_FOUND,
                "nothing was handed over under this number",
                hint,
            )
        })?;
    let ids: Vec<String> = match &job.came {
        Some(came) => came.reports.iter().take(SHOWN).cloned().collect(),
        None => Vec::new(),
    };
    let reports = desk.pool.with(move |store| {
        let mut out = Vec::new();
        let database = store.database();
        for id in ids {
            let report = arrivals::report(database, &id)?.report;
            let cases = results::cases_of(database, &id)?;
            let incidents = lists::titles(database, &cases)?
                .into_iter()
                .map(|(case, title)| (format!("/incidents/{case}"), short(&title, 160)));
            out.push(Taken {
                title: short(report.title.as_deref().unwrap_or_default(), 200),
                claims: results::claims_of(database, &id)?.len(),
                incidents: incidents.collect(),
                id,
            });
        }
        Ok(out)
    });
    Ok(Told {
        reports: reports.await?,
        job,
    })
}

fn shown(visitor: &Visitor, it: Told) -> Result<Response, Refusal> {
    let under_way = !matches!(it.job.stage, Stage::Done | Stage::Failed);
    let mut answer = frame::html(&OfJob {
        frame: Frame::new(visitor, "add", &short(&it.job.what, 120))?.with_json(),
        stage: match it.job.stage {
            Stage::Waiting => "waits for others",
            Stage::Adding => "is being taken in",
            Stage::Reading => "is being read",
            Stage::Linking => "is being put together with other reports",
            Stage::Done => "is read",
            Stage::Failed => "did not come to its end",
        },
        under_way,
        it,
    })?;
    if under_way {
        let head = axum::http::HeaderValue::from_static("2");
        answer.headers_mut().insert("refresh", head);
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::own_name;

    #[test]
    fn names_of_files_lead_nowhere() {
        let check =
            |given: &str, number: usize, own: &str| assert_eq!(own_name(given, number), own);
        check("report.html", 0, "report.html");
        check("report.html", 1, "002 report.html");
        check("../../etc/passwd", 0, "passwd");
        check("C:\\Users\\a\\story.pdf", 0, "story.pdf");
        check(".hidden", 0, "hidden");
        check("...", 0, "file");
        check("a\u{202e}b\n<b>.txt", 0, "a_b__b_.txt");
        check("قصة.txt", 0, "قصة.txt");
        assert!(own_name(&"é".repeat(300), 0).len() < 255);
        assert!(own_name(&format!("a.{}", "x".repeat(300)), 7).len() < 255);
    }
}
