//! Files taken apart: what comes of them, and where they are broken off.

use super::*;

/// A container of as many documents as its words say, or else of one file of JSON lines.
const BOX: Format = Format {
    name: "a box",
    endings: &["box"],
    begins: |_, _| false,
    seeks: false,
    open: |mut source, _| {
        let mut words = String::new();
        source.bytes.read_to_string(&mut words).unwrap();
        if words == "panic at once" {
            panic!("planted");
        }
        if words == "panic" {
            return Box::new(std::iter::from_fn(|| panic!("planted")));
        }
        let Ok(n) = words.parse() else {
            let file = Document {
                name: Some("inner.jsonl".into()),
                index: 1,
                bytes: words.into_bytes(),
                ..Document::default()
            };
            return Box::new(std::iter::once(Member::Document(file)));
        };
        Box::new((1..=n).map(|index| {
            Member::Document(Document {
                index,
                bytes: vec![b'a'; 100],
                ..Document::default()
            })
        }))
    },
};

/// Opens a box, which stands in no table, and gives the names of its documents and the codes of its notes.
fn check(words: &'static str, limits: Limits, names: &[&str], codes: &[&str]) {
    let how = How {
        limits,
        ..How::default()
    };
    let mut documents = Documents::of("a.jsonl", io::empty(), how);
    documents.open.clear();
    documents.read.set(words.len() as u64);
    let path = vec!["a.box".into()];
    let told = documents.enter(&BOX, path, "a".into(), words.as_bytes(), None);
    documents.whole = told.map(Err);
    let (mut got, mut notes) = (Vec::new(), Vec::new());
    for one in documents {
        match one {
            Taken::Report(input) => got.push(input.name),
            Taken::Told(note) => notes.push(note.code),
            Taken::PassedOver(why, count) => notes.push(format!("{count} {why}")),
        }
    }
    assert_eq!((got, notes), (strings(names), strings(codes)), "{words}");
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

#[test]
fn every_format_of_containers_is_taken_out_of_others() {
    let all: Vec<&str> = FORMATS.iter().flat_map(|it| it.endings).copied().collect();
    assert_eq!(all, endings::CONTAINERS);
}

#[test]
fn one_file_gives_as_much_as_its_limits_allow() {
    let limits = Limits {
        ratio: 1000,
        ..Limits::default()
    };
    let over = ["container-too-large"];
    check("2", limits, &["a:1", "a:2"], &[]);
    let documents = Limits {
        documents: 1,
        ..limits
    };
    check("3", documents, &["a:1"], &over);
    let all = Limits { all: 250, ..limits };
    check("9", all, &["a:1", "a:2"], &over);
    let ratio = Limits {
        ratio: 101,
        ..limits
    };
    check("9", ratio, &["a:1", "a:2"], &over);
}

#[test]
fn a_fault_in_a_format_is_told() {
    check("panic", Limits::default(), &[], &["container-failed"]);
    check(
        "panic at once",
        Limits::default(),
        &[],
        &["container-failed"],
    );
}

#[test]
fn a_file_that_cannot_be_taken_in_part_is_taken_whole_or_not_at_all() {
    let path = std::env::temp_dir().join(format!("crossbearing-large-{}.zip", std::process::id()));
    let mut zip = ::zip::ZipWriter::new(File::create(&path).unwrap());
    zip.start_file("a.txt", ::zip::write::SimpleFileOptions::default())
        .unwrap();
    io::Write::write_all(&mut zip, b"Nine were killed.").unwrap();
    zip.finish().unwrap();
    let of = |file| {
        let limits = Limits {
            file,
            ..Limits::default()
        };
        let how = How {
            limits,
            ..How::default()
        };
        let name = path.to_string_lossy();
        let all = Documents::of_file(&name, File::open(&path).unwrap(), how);
        all.map(|one| match one {
            Taken::Report(_) => "a report".to_owned(),
            Taken::Told(note) => note.code,
            Taken::PassedOver(why, _) => why.to_owned(),
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(of(1_000), ["a report"]);
    assert_eq!(of(20), ["container-too-large"]);
    let _ = std::fs::remove_file(path);
}

#[test]
fn a_container_in_a_container_is_taken_apart_and_no_deeper_than_allowed() {
    const LINES: &str = "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    let limits = Limits::default();
    let inner = ["a/inner.jsonl:1", "a/inner.jsonl:2"];
    check(LINES, limits, &inner, &[]);
    let flat = Limits { depth: 1, ..limits };
    check(LINES, flat, &[], &["too-deep"]);
}

#[test]
fn of_many_notes_some_are_told_and_the_others_counted_by_how_bad_they_are() {
    let odd = "{\"text\": \"One.\", \"title\": 9}\n".repeat(30);
    let file = format!("{odd}{}", "nonsense\n".repeat(7));
    for limits in [Limits::default(), Limits::streamed()] {
        let how = How {
            limits,
            ..How::default()
        };
        let (mut reports, mut notes) = (0, Vec::new());
        for one in Documents::of("a.jsonl", file.as_bytes(), how) {
            match one {
                Taken::Report(_) => reports += 1,
                Taken::Told(note) => notes.push(note),
                Taken::PassedOver(why, _) => panic!("{why}"),
            }
        }
        assert_eq!((reports, notes.len()), (30, 22));
        let (bad, rest) = (&notes[20], &notes[21]);
        assert_eq!(bad.message, "and 7 more of its reports cannot be taken");
        assert_eq!(rest.message, "and 10 more things in it are odd");
        assert_eq!(
            (bad.severity, rest.severity),
            (Severity::Error, Severity::Warning)
        );
    }
}
