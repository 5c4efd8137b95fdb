//! A disk that is full: a small file system of the test's own, filled up to some bytes.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use store::judgements;

use super::{common, done, json, lines, open, run, sample, twin, verified};

/// Set in the process that has a namespace of its own, where anybody may mount.
const INSIDE: &str = "CROSSBEARING_TEST_NAMESPACE";
/// Kilobytes left free, from not even a page of the database to nearly enough.
const LEFT: [u64; 7] = [0, 8, 40, 100, 300, 900, 3_000];

/// A file system in memory, unmounted with it.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Mounts one, here or in a namespace of a user of its own. `None` where the test ran there, or cannot run.
    fn mounted(test: &str, megabytes: u32) -> Option<Self> {
        let folder = common::folder(&format!("hard-full-{test}"));
        let size = format!("size={megabytes}m");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(&folder)
            .stderr(Stdio::null())
            .status();
        if mount.is_ok_and(|status| status.success()) {
            return Some(Self { folder });
        }
        let why = "absent: a file system of its own (mount -t tmpfs as root, or unshare -rm)";
        if std::env::var_os(INSIDE).is_some() {
            panic!("{why}");
        }
        let may = Command::new("unshare")
            .args(["-rm", "mount", "-t", "tmpfs", "tmpfs"])
            .arg(&folder)
            .stderr(Stdio::null())
            .status();
        if !may.is_ok_and(|status| status.success()) {
            testing::cannot(why);
            return None;
        }
        let name = std::thread::current().name().unwrap_or_default().to_owned();
        let inside = Command::new("unshare")
            .arg("-rm")
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", &name, "--nocapture"])
            .env(INSIDE, "1")
            .status();
        assert!(inside.unwrap().success(), "in a namespace of its own");
        None
    }

    /// Leaves so many kilobytes free.
    fn fill(&self, kilobytes: u64) {
        let mut file = File::create(self.folder.join("filler")).unwrap();
        let page = [1; 4096];
        while file.write_all(&page).is_ok() {}
        let size = file.metadata().unwrap().len();
        file.set_len(size.saturating_sub(kilobytes * 1024)).unwrap();
    }

    fn free(&self) {
        fs::remove_file(self.folder.join("filler")).unwrap();
    }

    /// Gives a command with so much room; `true` where that was enough. Whatever it said, the casebook is whole.
    fn with(&self, kilobytes: u64, words: &[&str]) -> bool {
        self.fill(kilobytes);
        let ran = run(&self.folder, words);
        self.free();
        verified(&mut open(&self.folder, "casebook"));
        if ran.code == 0 {
            return true;
        }
        let told = format!("{words:?} with {kilobytes} kB: {}", ran.err);
        assert_eq!(ran.code, 1, "{told}");
        assert!(
            ran.err.contains("the disk is full") && ran.err.contains("hint:"),
            "{told}"
        );
        assert!(ran.err.lines().count() <= 4, "{told}");
        false
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.folder).status();
    }
}

#[test]
fn what_does_not_fit_comes_in_once_there_is_room() {
    let Some(disk) = Disk::mounted("add", 48) else {
        return;
    };
    for left in [0, 8, 40, 200] {
        disk.fill(left);
        let ran = run(&disk.folder, &["init"]);
        disk.free();
        assert!(
            ran.code == 1 && ran.err.contains("the disk is full"),
            "{left}: {}",
            ran.err
        );
        assert_eq!(disk.names(), [""; 0], "{left}");
    }
    done(&disk.folder, &["init"]);
    let from = common::folder("hard-full-add-from");
    fs::write(from.join("a.jsonl"), lines(0, 1_500)).unwrap();
    let file = from.join("a.jsonl").display().to_string();
    let fitted: Vec<bool> = LEFT
        .iter()
        .map(|left| disk.with(*left, &["add", &file]))
        .collect();
    assert!(!fitted[0] && !fitted[3], "{fitted:?}");
    done(&disk.folder, &["add", &file]);
    let audit = verified(&mut open(&disk.folder, "casebook"));
    assert_eq!((audit.reports, audit.captures), (1_500, 1_500));
    // The same as where there was room from the beginning.
    let folder = common::folder("hard-full-add-twin");
    done(&folder, &["init"]);
    done(&folder, &["add", &file]);
    twin::same(
        &mut open(&disk.folder, "casebook"),
        &mut open(&folder, "casebook"),
    );
    let bytes = |folder: &Path| twin::files(&folder.join("casebook").join(store::BYTES));
    assert!(
        bytes(&disk.folder) == bytes(&folder),
        "no file is left over, none is half written"
    );
    // What a process that was killed left over is taken away.
    let part = disk
        .folder
        .join("casebook")
        .join(store::BYTES)
        .join("ab/ab12.gz-1.part");
    fs::create_dir_all(part.parent().unwrap()).unwrap();
    fs::write(&part, "half").unwrap();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(9_000);
    File::options()
        .write(true)
        .open(&part)
        .unwrap()
        .set_modified(old)
        .unwrap();
    let told = run(&disk.folder, &["doctor", "--mend"]);
    assert!(!part.exists(), "{}{}", told.out, told.err);
}

#[test]
fn what_was_begun_ends_once_there_is_room() {
    if !testing::prepared() {
        return;
    }
    let Some(disk) = Disk::mounted("run", 64) else {
        return;
    };
    let folder = common::folder("hard-full-run-twin");
    for place in [&disk.folder, &folder] {
        done(place, &["init"]);
        done(
            place,
            &["add", &sample("depot-shooting"), &sample("river-strike")],
        );
    }
    done(&folder, &["run"]);
    let fitted: Vec<bool> = [0, 40, 300, 700]
        .iter()
        .map(|left| disk.with(*left, &["run"]))
        .collect();
    assert!(!fitted[0], "{fitted:?}");
    done(&disk.folder, &["run"]);
    twin::same(
        &mut open(&disk.folder, "casebook"),
        &mut open(&folder, "casebook"),
    );
    decisions(&disk);
    copies(&disk);
}

/// A decision is taken down whole or not at all.
fn decisions(disk: &Disk) {
    let claims = "SELECT id FROM claims ORDER BY seq";
    let claims = open(&disk.folder, "casebook")
        .database()
        .rows(claims, &[])
        .unwrap();
    let judged = || {
        judgements::all(open(&disk.folder, "casebook").database(), i64::MAX)
            .unwrap()
            .len()
    };
    let mut failed = 0;
    for (left, claim) in LEFT.iter().zip(&claims) {
        let before = judged();
        let claim = claim.words(0);
        let words = ["review", "accept", &claim, "--reason", "seen in the page"];
        let fitted = disk.with(*left, &words);
        assert_eq!(judged() - before, usize::from(fitted), "with {left} kB");
        failed += usize::from(!fitted);
    }
    assert!(failed > 0);
}

/// What is written elsewhere on the disk is whole or not there, and in nobody's way.
fn copies(disk: &Disk) {
    let before = disk.names();
    let whole = fs::metadata(disk.folder.join("casebook").join(store::FILE))
        .unwrap()
        .len()
        / 1024;
    for left in [0, 40, 200, whole / 2] {
        for words in [
            &["export", "jsonl=all.jsonl"][..],
            &["export", "csv-claims=claims.csv"],
            &["export", "parquet-claims=claims.parquet"],
            &["export", "xlsx=all.xlsx"],
            &["export", "docx=all.docx"],
            &["backup", "copy"],
        ] {
            if disk.with(left, words) {
                let name = words[1].rsplit('=').next().unwrap();
                let made = disk.folder.join(name);
                if made.is_dir() {
                    fs::remove_dir_all(made).unwrap();
                } else {
                    fs::remove_file(made).unwrap();
                }
            }
            assert_eq!(disk.names(), before, "{words:?} with {left} kB");
        }
    }
    assert!(!disk.with(0, &["backup", "copy"]) && !disk.with(0, &["export", "jsonl=all.jsonl"]));
    done(&disk.folder, &["backup", "copy"]);
    done(&disk.folder, &["export", "jsonl=all.jsonl"]);
    done(
        &disk.folder,
        &["restore", "all.jsonl", "--casebook", "again"],
    );
    let list = json(&disk.folder, &["list"]);
    assert_eq!(json(&disk.folder, &["list", "--casebook", "copy"]), list);
    assert_eq!(json(&disk.folder, &["list", "--casebook", "again"]), list);
}
