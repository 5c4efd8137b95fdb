//! Publishing: what public copies say, the making of one, and those that were made; for admins.

use std::{
    fs::File,
    io::Read as _,
    path::{Path as FilePath, PathBuf},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use askama::Template;
use axum::{
    Extension, Form,
    body::{Body, Bytes, HttpBody},
    extract::{
        Path, State,
        rejection::{FormRejection, PathRejection},
    },
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use casebook::book::config;
use hyper::body::{Frame as Part, SizeHint};
use serde::{Deserialize, Serialize};
use store::{lists, people::Role};

use super::form::unread;
use crate::{
    desk::Desk,
    frame::{self, Frame, moment, short},
    refusal::Refusal,
    visitor::Visitor,
    work::{Copying, Publication},
};

/// Copies that are listed, the latest.
const COPIES: usize = 50;
/// Incidents to choose from for a look at one.
const CHOICE: usize = 50;
/// The archive of a copy, as it is asked for.
const ARCHIVE: &str = "all.zip";
/// Bytes of a file that are sent at once.
const AT_ONCE: usize = 64 * 1024;

/// A file of a copy.
#[derive(Serialize)]
struct OneFile {
    name: String,
    bytes: u64,
}

/// A copy that was made.
#[derive(Serialize)]
struct OneCopy {
    name: String,
    files: Vec<OneFile>,
}

#[derive(Serialize)]
struct Publishing {
    /// Whether adults who are reported dead are named.
    dead: String,
    /// How finely places are told.
    places: String,
    /// The folder that copies are made in; absent where there is none.
    folder: Option<String>,
    /// The copy that was asked for last.
    last: Option<Publication>,
    /// Those that were made, the latest first.
    copies: Vec<OneCopy>,
    /// Incidents to look at.
    #[serde(skip)]
    incidents: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "publishing.html")]
struct Page {
    frame: Frame,
    it: Publishing,
    under_way: bool,
}

impl Page {
    fn at_time(&self, at: &str) -> String {
        moment(at)
    }

    fn stage(&self, stage: &Copying) -> &'static str {
        match stage {
            Copying::Waiting => "waits for other work",
            Copying::Making => "is being made",
            Copying::Done => "is made",
            Copying::Failed => "did not come to its end",
        }
    }

    fn size(&self, bytes: &u64) -> String {
        match *bytes {
            0..=999 => format!("{bytes} bytes"),
            1_000..=999_999 => format!("{} kB", bytes / 1_000),
            _ => format!("{:.1} MB", *bytes as f64 / 1e6),
        }
    }
}

/// The page. It loads itself again while a copy is made.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    let it = all(&desk, &visitor).await?;
    let under_way = it.last.as_ref().is_some_and(Publication::under_way);
    let mut answer = frame::html(&Page {
        frame: Frame::new(&visitor, "settings", "Publishing")?.with_json(),
        it,
        under_way,
    })?;
    if under_way {
        let head = HeaderValue::from_static("2");
        answer.headers_mut().insert("refresh", head);
    }
    Ok(answer)
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    frame::json(&all(&desk, &visitor).await?)
}

async fn all(desk: &Arc<Desk>, visitor: &Visitor) -> Result<Publishing, Refusal> {
    visitor.may(Role::Admin)?;
    let own = desk.clone();
    desk.pool
        .with(move |store| {
            let folder = own.options.copies();
            let every = lists::Filter {
                passing: true,
                ..lists::Filter::default()
            };
            let incidents = lists::incidents(store.database(), &every, CHOICE)?.lines;
            Ok(Publishing {
                dead: config::value(store, config::DEAD)?,
                places: config::value(store, config::PLACES)?,
                copies: folder.as_deref().map(copies).unwrap_or_default(),
                folder: folder.map(|it| it.display().to_string()),
                last: own.work.publication(),
                incidents: incidents
                    .into_iter()
                    .map(|it| (it.case_id, short(&it.title, 100)))
                    .collect(),
            })
        })
        .await
}

/// Whether this is the name of a copy: `2031-05-01T12-00-00Z`, and nothing that leads elsewhere.
fn is_copy(name: &str) -> bool {
    let form = "dddd-dd-ddTdd-dd-ddZ";
    let fits = |(c, like): (char, char)| match like {
        'd' => c.is_ascii_digit(),
        like => c == like,
    };
    name.len() == form.len() && name.chars().zip(form.chars()).all(fits)
}

fn copies(folder: &FilePath) -> Vec<OneCopy> {
    // Where nothing was made yet there is no folder.
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries.flatten().filter(|it| it.path().is_dir());
    let names = names.filter_map(|it| it.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|it| is_copy(it)).collect();
    names.sort_unstable_by(|a, b| b.cmp(a));
    names.truncate(COPIES);
    let copy = |name: String| OneCopy {
        files: files(folder, &name),
        name,
    };
    names.into_iter().map(copy).collect()
}

/// The files of a copy that can be had one by one, its archive first; the dossiers are in that.
fn files(folder: &FilePath, copy: &str) -> Vec<OneFile> {
    let mut out = Vec::new();
    let archive = folder.join(format!("{copy}.zip"));
    if let Ok(meta) = archive.metadata() {
        out.push(OneFile {
            name: ARCHIVE.to_owned(),
            bytes: meta.len(),
        });
    }
    let entries = std::fs::read_dir(folder.join(copy)).into_iter().flatten();
    let mut own: Vec<OneFile> = entries
        .flatten()
        .filter_map(|it| {
            let meta = it.metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some(OneFile {
                name: it.file_name().into_string().ok()?,
                bytes: meta.len(),
            })
        })
        .collect();
    own.sort_by(|a, b| a.name.cmp(&b.name));
    out.extend(own);
    out
}

/// The forms.
#[derive(Deserialize)]
pub struct Change {
    token: String,
    /// `settings`, `publish`.
    what: String,
    #[serde(default)]
    dead: String,
    #[serde(default)]
    places: String,
}

/// Sets what public copies say, or has one made.
pub async fn change(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Change>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    visitor.may(Role::Admin)?;
    let (who, now) = (visitor.who.unwrap_or_default(), desk.now());
    match form.what.as_str() {
        "settings" => {
            desk.pool
                .with(move |store| {
                    config::set(store, config::DEAD, Some(&form.dead), &who, now)?;
                    config::set(store, config::PLACES, Some(&form.places), &who, now)?;
                    Ok(())
                })
                .await?;
        }
        "publish" => publish(&desk, &who)?,
        _ => return Err(Refusal::bad("nothing was chosen", "settings or publish")),
    }
    Ok(Redirect::to("/settings/publishing").into_response())
}

fn publish(desk: &Desk, who: &str) -> Result<(), Refusal> {
    let folder = desk.options.copies().ok_or_else(|| {
        let hint = "start the desk with `--publish-to DIR`, or use `crossbearing publish DIR`";
        Refusal::bad("there is no folder for public copies", hint)
    })?;
    // The name is made of the time alone: a form says nothing of where to.
    let name = desk.now().strftime("%Y-%m-%dT%H-%M-%SZ").to_string();
    if desk.work.publish(&desk.site(), who, folder, name) {
        return Ok(());
    }
    let hint = "wait until it is there";
    Err(Refusal::new(
        StatusCode::CONFLICT,
        "a public copy is being made already",
        hint,
    ))
}

/// A file of a copy.
pub async fn download(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Refusal> {
    visitor.may(Role::Admin)?;
    let absent = || Refusal::absent("there is no such file of a public copy");
    let Path((copy, name)) = path.map_err(|_| absent())?;
    let folder = desk.options.copies().filter(|_| is_copy(&copy));
    let folder = folder.ok_or_else(absent)?;
    let at = found(&folder, &copy, &name).ok_or_else(absent)?;
    let file = File::open(&at).map_err(|_| absent())?;
    let left = file.metadata().map_err(|_| absent())?.len();
    let called = match name.as_str() {
        ARCHIVE => format!("public-{copy}.zip"),
        name => format!("public-{copy}-{name}"),
    };
    let head = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{called}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((head, Body::new(Sending { file, left })).into_response())
}

/// The place of a file that is among those listed: only so is anything opened.
fn found(folder: &FilePath, copy: &str, name: &str) -> Option<PathBuf> {
    let listed = files(folder, copy).into_iter().any(|it| it.name == name);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !listed || !name.chars().all(plain) {
        return None;
    }
    Some(match name {
        ARCHIVE => folder.join(format!("{copy}.zip")),
        name => folder.join(copy).join(name),
    })
}

/// A file on its way, a piece at a time: it may be larger than the memory.
struct Sending {
    file: File,
    left: u64,
}

impl HttpBody for Sending {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Part<Bytes>, std::io::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        // A piece of a file on this machine's disk is there sooner than another thread could be asked for it.
        let most = usize::try_from(self.left).map_or(AT_ONCE, |left| left.min(AT_ONCE));
        let mut piece = vec![0; most];
        Poll::Ready(match self.file.read(&mut piece) {
            // It became shorter meanwhile: the answer breaks off, and whoever gets it knows.
            Ok(0) => Some(Err(std::io::ErrorKind::UnexpectedEof.into())),
            Ok(n) => {
                self.left -= n as u64;
                piece.truncate(n);
                Some(Ok(Part::data(piece.into())))
            }
            Err(error) => Some(Err(error)),
        })
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use casebook::book::public_copy;

    use super::*;

    #[test]
    fn only_copies_are_named() {
        assert!(is_copy("2031-05-01T12-00-00Z"));
        for bad in [
            "",
            "..",
            "2031-05-01T12-00-00Z/..",
            "2031-05-01T12-00-0/Z",
            "٢٠٣١-05-01T12-00-00Z",
            ".2031-05-01T12-00-00Z",
        ] {
            assert!(!is_copy(bad), "{bad}");
        }
    }

    #[test]
    fn only_what_is_listed_is_opened() {
        let folder =
            std::env::temp_dir().join(format!("crossbearing-copies-{}", std::process::id()));
        let copy = "2031-05-01T12-00-00Z";
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join(copy).join("dossiers")).unwrap();
        for name in ["README.txt", public_copy::FILE] {
            std::fs::write(folder.join(copy).join(name), name).unwrap();
        }
        std::fs::write(folder.join("secret.txt"), "x").unwrap();
        std::fs::write(folder.join(format!("{copy}.zip")), "PK").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.txt", folder.join(copy).join("linked.txt")).unwrap();
        assert!(found(&folder, copy, "README.txt").is_some());
        assert!(found(&folder, copy, ARCHIVE).is_some());
        for bad in [
            "dossiers",
            "../secret.txt",
            "secret.txt",
            "linked.txt",
            "..",
            "",
            "README.txt\0",
        ] {
            assert_eq!(found(&folder, copy, bad), None, "{bad}");
        }
        let listed: Vec<String> = files(&folder, copy).into_iter().map(|it| it.name).collect();
        assert_eq!(listed, [ARCHIVE, "README.txt", public_copy::FILE]);
        assert_eq!(copies(&folder).len(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
