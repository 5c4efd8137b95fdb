//! Completions and man pages: of all commands, with all their options.

use std::{fs, process::Command};

use super::common::{folder, run};

#[test]
fn completions_are_scripts_that_shells_read() {
    let folder = folder("completions");
    for (shell, words) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef crossbearing"),
        ("fish", "complete -c crossbearing"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[crossbearing]"),
    ] {
        let ran = run(&folder, &["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains(words), "{shell}");
        for command in ["watch", "--no-run", "doctor", "--mend"] {
            assert!(
                ran.out.contains(command.trim_start_matches('-')),
                "{shell}: {command}"
            );
        }
        fs::write(folder.join(shell), ran.out).unwrap();
    }
    for shell in ["bash", "zsh", "fish"] {
        // Where the shell is installed it says whether it can read its script.
        let Ok(checked) = Command::new(shell)
            .arg("-n")
            .arg(folder.join(shell))
            .output()
        else {
            assert_ne!(
                shell, "bash",
                "bash is there wherever this project is built"
            );
            continue;
        };
        assert!(
            checked.status.success(),
            "{shell}: {}",
            String::from_utf8_lossy(&checked.stderr)
        );
    }
    // And bash completes by it.
    let ask = "source ./bash; COMP_WORDS=(crossbearing watch --on); COMP_CWORD=2; \
               _crossbearing crossbearing --on watch; echo ${COMPREPLY[@]}";
    let out = Command::new("bash")
        .args(["-c", ask])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&out.stdout).trim(),
        "--once",
        "{out:?}"
    );
    assert_eq!(run(&folder, &["completions", "tcsh"]).code, 2);
}

/// The options that a command's help names.
fn options(help: &str) -> Vec<String> {
    let words = help.lines().filter_map(|line| {
        let line = line.trim_start();
        let long = line.find("--").filter(|_| line.starts_with('-'))?;
        Some(
            line[long..]
                .split([' ', '=', '[', ',', '<'])
                .next()?
                .to_owned(),
        )
    });
    words.collect()
}

#[test]
fn every_command_has_a_page_with_all_its_options() {
    let folder = folder("man");
    let ran = run(&folder, &["man", "pages"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = |name: &str| {
        let text = fs::read_to_string(folder.join("pages").join(format!("{name}.1")));
        text.unwrap_or_else(|error| panic!("{name}: {error}"))
            .replace("\\-", "-")
    };
    let help = run(&folder, &["--help"]).out;
    let commands: Vec<&str> = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("Options:")
        .next()
        .unwrap()
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() > 20, "{commands:?}");
    let mut all: Vec<Vec<&str>> = commands.iter().map(|name| vec![*name]).collect();
    for inner in ["add", "list", "remove"] {
        all.push(vec!["watch", inner]);
    }
    for words in all {
        let name = format!("crossbearing-{}", words.join("-"));
        let text = page(&name);
        assert!(text.contains(&format!(".TH {name} 1")), "{name}: {text}");
        let help = run(&folder, &[&words[..], &["--help"]].concat()).out;
        let options = options(&help);
        assert!(options.contains(&"--help".to_owned()), "{help}");
        for option in options {
            assert!(text.contains(&option), "{name} lacks {option}");
        }
    }
    let own = page("crossbearing");
    assert!(
        commands
            .iter()
            .all(|name| own.contains(&format!("crossbearing-{name}(1)"))),
        "{own}"
    );
    assert_eq!(run(&folder, &["man"]).out.replace("\\-", "-"), own);
}
