//! What is absent is counted or fails, and what is damaged fails, seen from outside: this binary runs itself.

use std::{fs, path::Path, process::Command};

use testing::Needed;

/// The test that the others run: it asks for a file of the data folder that holds "sound", and for labelled data.
#[test]
fn asks() {
    static LOADED: Needed<()> = Needed::new();
    if std::env::var_os("ASKED").is_none() {
        return;
    }
    let loaded = LOADED.get(&["file.bin"], |folder| {
        let words =
            fs::read_to_string(folder.join("file.bin")).map_err(|error| error.to_string())?;
        (words == "sound")
            .then_some(())
            .ok_or("of another version".to_owned())
    });
    assert_eq!(loaded.is_some(), testing::shared("labels").is_some());
}

/// Runs [`asks`] with a data folder that holds this; whether it passed, and all that was printed.
fn ask(test: &str, file: Option<&str>, required: bool) -> (bool, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    if let Some(words) = file {
        fs::write(folder.join("file.bin"), words).unwrap();
        fs::write(folder.join("labels"), "").unwrap();
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "asks"])
        .env("ASKED", "1")
        .env("CROSSBEARING_DATA", &folder)
        .env("CROSSBEARING_SHARED", &folder)
        .env("CROSSBEARING_REQUIRE_DATA", if required { "1" } else { "" });
    let output = command.output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    (output.status.success(), out + &err)
}

#[test]
fn what_is_absent_is_skipped_and_counted() {
    let (passed, said) = ask("absent", None, false);
    assert!(passed, "{said}");
    for line in [
        "skips: 1 tests skipped: absent: prepared data, ",
        "skips: 1 tests skipped: absent: labelled data, ",
    ] {
        assert!(said.contains(line), "{said}");
    }
}

#[test]
fn what_is_absent_fails_where_it_is_required() {
    let (passed, said) = ask("required", None, true);
    assert!(
        !passed && said.contains("absent: prepared data, "),
        "{said}"
    );
    assert!(said.contains("no test may be skipped"), "{said}");
}

#[test]
fn what_is_damaged_fails_always() {
    for required in [false, true] {
        let (passed, said) = ask("damaged", Some("noise"), required);
        assert!(
            !passed && said.contains("damaged: prepared data, "),
            "{said}"
        );
        assert!(said.contains("of another version"), "{said}");
    }
}

#[test]
fn what_is_there_is_used_and_nothing_is_said() {
    let (passed, said) = ask("there", Some("sound"), true);
    assert!(passed && !said.contains("skipped:"), "{said}");
}
