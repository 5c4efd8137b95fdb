//! `crossbearing publish` and `export --profile public`: nothing of what was planted leaves, and what is public stays.
//! All people are invented.

use std::{
    fs,
    path::{Path, PathBuf},
};

use casebook::export::FORMATS;
use serde_json::Value;
use store::database::{Database, Sqlite};

use super::common::{as_ana as run, done, folder, run as plainly};

const REPORTS: &[(&str, &str)] = &[
    (
        "a.txt",
        "Title: Girl, 9, injured and man killed in Lisbon market blast\nSource: Lake Tribune\nPublished: 2031-03-04\n\
         URL: https://lake-tribune.example/2031/03/zelmira-quandt-injured\n\n\
         LISBON, Portugal — At least 34 people were killed and 61 injured when a car bomb exploded at the Alvorne \
         market \
         in Lisbon on Monday, police spokeswoman Marta Lindqvist said.\n\n\
         Zelmira Quandt, 9, was injured in the blast 🙂. Her mother Bronte O'Kellan was also wounded and was taken to \
         hospital, the Red Cross said.\n\n\
         Ignaz Vorhold, 54, a baker, was killed. OKellan's neighbour, Teodora Hruska, said she saw a white van. \
         \"Zelmira was lying in the road, call +41 79 555 01 42,\" Hruska said.\n\n\
         The family lives at 14 Kestrel Lane, Lisbon. They can be reached at zq.kin@postbox.example or \
         +41 79 555 01 42, or on Telegram: teohruska.\n\n\
         Two people were reported missing at 38.72251, -9.13932, near the market, the fire service said. Witnesses \
         posted \
         pictures as @hruska_teo and on t.me/kestrelwatch.\n",
    ),
    (
        "b.txt",
        "Title: Zelmira Quandt among wounded of market attack\nSource: Coast Radio\nAuthor: Teodora Hruska\n\
         Published: 2031-03-05\n\n\
         At least 30 people were killed by a car bomb at a market in Lisbon on Monday, the Interior Ministry of \
         Portugal \
         said.\n\nليلى حداد was injured, according to the Red Cross. Bronte O’Kellan and Zelmira Quandt were among 60 \
         wounded people, said Doctors Without Borders.\n\n\
         Teodora Hruska told Coast Radio that 40 people had been killed. Nine children were held by the police, Marta \
         Lindqvist, a spokeswoman for the police, said on Tuesday. \"We found three survivors at 14 Kestrel Lane,\" \
         rescuer Obed Marchetti said.\n",
    ),
    (
        "zelmira-quandt.txt",
        "Source: Harbour Post\nPublished: 2031-03-05\n\n\
         at least 31 people were killed by a car bomb at a market in lisbon on monday and the girl zelmira quandt was \
         injured, her brother jorun quandt said, write to him on instagram as jorun.q99\n",
    ),
];

/// What nobody may find, in small letters: whole and in parts.
const PLANTED: &[&str] = &[
    "zelmira",
    "quandt",
    "bronte",
    "kellan",
    "teodora",
    "hruska",
    "obed",
    "marchetti",
    "jorun",
    "ليلى",
    "حداد",
    "حدّاد",
    "kestrel",
    "zq.kin",
    "postbox",
    "555 01",
    "5550142",
    "555-01",
    "+41",
    "teohruska",
    "hruska_teo",
    "t.me",
    "q99",
    "38.72",
    "9.139",
    "alvorne",
];
const DEAD: &[&str] = &["ignaz", "vorhold"];

/// A casebook of the reports, read.
fn filled(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::create_dir(folder.join("reports")).unwrap();
    for (name, text) in REPORTS {
        fs::write(folder.join("reports").join(name), text).unwrap();
    }
    done(&folder, &["init"]);
    done(&folder, &["add", "reports"]);
    done(&folder, &["run"]);
    folder
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push(path);
        }
    }
}

/// Every byte of every file, in small letters, and the names of the files.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    files(folder, &mut all);
    let small = |path: &PathBuf| fs::read(path).unwrap().to_ascii_lowercase();
    all.iter()
        .map(|path| (path.display().to_string(), small(path)))
        .collect()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    // UTF-8 as it is, and as JSON escapes it.
    let escaped: String = words
        .encode_utf16()
        .map(|unit| {
            if unit < 128 {
                char::from(unit as u8).to_string()
            } else {
                format!("\\u{unit:04x}")
            }
        })
        .collect();
    let any = |of: &[u8]| bytes.windows(of.len()).any(|it| it == of);
    any(words.as_bytes()) || any(escaped.as_bytes())
}

fn leaks(folder: &Path, planted: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for (path, bytes) in bytes(folder) {
        let own = path
            .strip_prefix(&folder.display().to_string())
            .unwrap_or(&path)
            .to_lowercase();
        for words in planted
            .iter()
            .filter(|it| holds(&bytes, it) || own.contains(**it))
        {
            out.push(format!("{words} in {own}"));
        }
    }
    out
}

/// The published dossiers.
fn dossiers(folder: &Path) -> Vec<Value> {
    let mut all = Vec::new();
    files(&folder.join("dossiers"), &mut all);
    all.sort();
    let json = all
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "json"));
    json.map(|it| serde_json::from_slice(&fs::read(it).unwrap()).unwrap())
        .collect()
}

/// Every quote in a value holds the words that stand at its place in its text.
fn check_quotes(value: &Value, texts: &[(String, Vec<char>)], checked: &mut usize) {
    match value {
        Value::Array(all) => all.iter().for_each(|it| check_quotes(it, texts, checked)),
        Value::Object(map) => {
            if let (Some(exact), Some(text)) = (map.get("exact"), map.get("text")) {
                let (_, points) = texts
                    .iter()
                    .find(|(id, _)| text == id)
                    .expect("the text of a quote");
                let at = |key: &str| map[key].as_u64().unwrap() as usize;
                let words: String = points[at("start")..at("end")].iter().collect();
                assert_eq!(exact, &words);
                assert!(!words.is_empty());
                *checked += 1;
            }
            map.values().for_each(|it| check_quotes(it, texts, checked));
        }
        _ => {}
    }
}

#[test]
fn nothing_planted_leaves_and_what_is_public_stays() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("publish");
    done(&folder, &["publish", "out"]);
    let out = folder.join("out");
    assert_eq!(leaks(&out, PLANTED), Vec::<String>::new());
    assert_eq!(leaks(&out, DEAD), Vec::<String>::new());
    let all = bytes(&out);
    for stays in [
        "marta lindqvist",
        "red cross",
        "interior ministry of portugal",
        "fire service",
        "lake tribune",
        "lisbon",
    ] {
        for ending in [".json", ".html", ".db", "claims.csv"] {
            let found = all
                .iter()
                .any(|(path, bytes)| path.ends_with(ending) && holds(bytes, stays));
            assert!(found, "{stays} is not in any {ending}");
        }
    }
    // What a copy is made of, and nothing else.
    let mut files: Vec<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".db"))
        .collect();
    files.sort();
    let wanted = [
        "README.txt",
        "claims.csv",
        "dossiers",
        "findings.csv",
        "incidents.csv",
        "incidents.geojson",
        "reports.csv",
    ];
    assert_eq!(files, wanted);
    let published = dossiers(&out);
    let (mut checked, mut killed) = (0, Vec::new());
    for dossier in &published {
        let texts: Vec<(String, Vec<char>)> = dossier["texts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                (
                    it["id"].as_str().unwrap().to_owned(),
                    it["text"].as_str().unwrap().chars().collect(),
                )
            })
            .collect();
        check_quotes(dossier, &texts, &mut checked);
        let claims = dossier["claims"].as_array().unwrap();
        killed.extend(
            claims
                .iter()
                .filter(|it| it["slot"] == "killed")
                .map(|it| it["value"]["low"].as_u64().unwrap()),
        );
        assert_eq!(dossier["notes"][0]["code"], "public-profile");
    }
    assert!(
        checked > 20 && killed.contains(&34) && killed.contains(&30),
        "{checked} {killed:?}"
    );
    // Another copy is the same to the byte: ids are opaque and lasting.
    done(&folder, &["publish", "again"]);
    let again = dossiers(&folder.join("again"));
    assert_eq!(published, again);
    let known = done(&folder, &["list", "--json"]);
    for dossier in &published {
        assert!(!known.contains(dossier["incident"]["case"].as_str().unwrap()));
    }
}

#[test]
fn the_sqlite_file_opens_and_is_searched() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("publish-sqlite");
    done(&folder, &["publish", "out"]);
    let mut copy = Sqlite::open(&folder.join("out/casebook.db")).unwrap();
    let mut number = |sql: &str| copy.number(sql, &[]).unwrap();
    assert!(
        number("SELECT count(*) FROM incident_list WHERE killed >= 30 AND place LIKE 'Lisbon%'")
            > 0
    );
    assert!(number("SELECT count(*) FROM claim_list WHERE outlet = 'Lake Tribune'") > 5);
    assert_eq!(number("SELECT count(*) FROM report_list"), 3);
    assert!(number("SELECT count(*) FROM claims_fts WHERE claims_fts MATCH 'killed'") > 1);
    assert_eq!(
        number(
            "SELECT count(*) FROM claims_fts WHERE claims_fts MATCH 'zelmira OR quandt OR hruska'"
        ),
        0
    );
    let tables = number(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('texts', 'captures', 'log', 'judgements', 'people', \
        'sessions', \
         'settings', 'readings')",
    );
    assert_eq!(tables, 0);
    // No more is said of where than to a tenth of a degree.
    let fine = "SELECT count(*) FROM incidents WHERE \
        abs(latitude * 100 - round(latitude * 100)) > 1e-6";
    assert_eq!(number(fine), 0);
}

#[test]
fn tables_of_the_public_profile_leak_nothing_and_the_whole_casebook_has_none() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("publish-tables");
    fs::create_dir(folder.join("t")).unwrap();
    let tables = [
        "csv-incidents=t/i.csv",
        "csv-findings=t/f.csv",
        "csv-claims=t/c.csv",
    ];
    done(
        &folder,
        &[&["export", "--profile", "public"][..], &tables].concat(),
    );
    assert_eq!(leaks(&folder.join("t"), PLANTED), Vec::<String>::new());
    // The same without the profile has the names, so the test looks at the right thing.
    done(&folder, &[&["export", "--force"][..], &tables].concat());
    assert!(leaks(&folder.join("t"), PLANTED).len() > 5);
    let refused = run(
        &folder,
        &["export", "jsonl=t/all.jsonl", "--profile", "public"],
    );
    assert!(
        refused.code != 0 && refused.err.contains("no public form"),
        "{}",
        refused.err
    );
    assert!(!folder.join("t/all.jsonl").exists());
    let there = run(&folder, &["publish", "reports"]);
    assert!(
        there.code != 0 && there.err.contains("there already"),
        "{}",
        there.err
    );
}

/// Puts a name where no mask reaches: the id of every place of an incident.
fn plant(folder: &Path, case: &str) {
    fn change(value: &mut Value) {
        match value {
            Value::Array(all) => all.iter_mut().for_each(change),
            Value::Object(map) => {
                if map.contains_key("lat") && map.contains_key("parts") {
                    map.insert("id".to_owned(), "site:zelmira-quandt".into());
                }
                map.values_mut().for_each(change);
            }
            _ => {}
        }
    }
    let place = store::Place::Folder(folder.join("casebook"));
    let mut book = store::Store::open(&place).unwrap();
    let members = store::results::members(book.database(), case).unwrap();
    let dossier = store::results::dossier(book.database(), case)
        .unwrap()
        .unwrap();
    let mut value = serde_json::to_value(&dossier).unwrap();
    change(&mut value);
    let dossier = serde_json::from_value(value).unwrap();
    book.write(&mut |tx| tx.put_incident(&dossier, &members, 0))
        .unwrap();
}

#[test]
fn an_incident_that_would_say_too_much_is_left_out_and_stops_no_other() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("publish-leak");
    let other = "Title: Shooting in Osaka kills 3\nSource: Lake Tribune\nPublished: 2031-06-09\n\n\
        Three people were shot dead in Osaka, Japan on Monday, police said.\n";
    fs::write(folder.join("other.txt"), other).unwrap();
    done(&folder, &["add", "other.txt"]);
    done(&folder, &["run"]);
    done(&folder, &["config", "set", "publish.places", "site"]);
    let listed: Value = serde_json::from_str(&done(&folder, &["list", "--json"])).unwrap();
    let all = listed["incidents"].as_array().unwrap();
    assert!(all.len() > 1, "{listed}");
    let case = |words: &str| -> String {
        let found = all
            .iter()
            .find(|it| it["title"].as_str().unwrap().contains(words));
        found.unwrap()["case_id"].as_str().unwrap().to_owned()
    };
    let planted = case("Lisbon");
    plant(&folder, &planted);
    let told = run(&folder, &["publish", "out"]);
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(
        told.err.contains(&format!(
            "left out {planted}: a hidden name is left in `id`"
        )),
        "{}",
        told.err
    );
    assert!(
        !told.err.to_lowercase().contains("zelmira")
            && !told.out.to_lowercase().contains("zelmira")
    );
    // The others are there, whole, and the copy says that it lacks one.
    let out = folder.join("out");
    assert_eq!(leaks(&out, PLANTED), Vec::<String>::new());
    let published = dossiers(&out);
    assert_eq!(published.len(), all.len() - 1);
    assert!(
        published
            .iter()
            .any(|it| it["incident"]["title"].as_str().unwrap().contains("Osaka"))
    );
    let about = fs::read_to_string(out.join("README.txt")).unwrap();
    assert!(about.contains("One incident is left out"), "{about}");
    let mut copy = Sqlite::open(&out.join("casebook.db")).unwrap();
    let n = copy.number("SELECT count(*) FROM incidents", &[]).unwrap();
    assert_eq!(n as usize, published.len());
    // So it is with tables, and for programs.
    let table = run(
        &folder,
        &[
            "export",
            "csv-incidents=i.csv",
            "--profile",
            "public",
            "--json",
        ],
    );
    assert_eq!(table.code, 1, "{}", table.err);
    let table: Value = serde_json::from_str(&table.out).unwrap();
    assert_eq!(table["left_out"][0]["case"], planted.as_str());
    assert_eq!(
        fs::read_to_string(folder.join("i.csv"))
            .unwrap()
            .lines()
            .count(),
        all.len()
    );
    // And with every other format; none tells of the one that is left out.
    fs::create_dir(folder.join("all")).unwrap();
    let all_formats: Vec<String> = FORMATS
        .iter()
        .map(|it| format!("{}=all/{}.{}", it.name, it.name, it.ending))
        .collect();
    for what in &all_formats {
        let told = run(&folder, &["export", what, "--profile", "public"]);
        assert_eq!(told.code, 1, "{what}: {}", told.err);
        assert!(
            told.err.contains(&format!("left out {planted}")),
            "{}",
            told.err
        );
    }
    // What is packed is looked into, too; Parquet has the cells of the tables.
    for name in ["xlsx.xlsx", "docx.docx"] {
        let file = fs::File::open(folder.join("all").join(name)).unwrap();
        let unpacked = folder.join("all").join(format!("unpacked {name}"));
        zip::ZipArchive::new(file)
            .unwrap()
            .extract(unpacked)
            .unwrap();
    }
    let said = plainly(&folder, &["text", "all/pdf.pdf"]).out;
    assert!(said.contains("Osaka"), "{said}");
    fs::write(folder.join("all/pdf.txt"), said).unwrap();
    assert_eq!(leaks(&folder.join("all"), PLANTED), Vec::<String>::new());
    let named = leaks(&folder.join("all"), &[&planted]);
    assert_eq!(named, Vec::<String>::new());
    let full = run(&folder, &["export", "csv-incidents=f.csv"]);
    assert_eq!(full.code, 0, "{}", full.err);
}

#[test]
fn a_project_may_name_the_adult_dead_and_say_less_of_where() {
    if !testing::prepared() {
        return;
    }
    let text = "Title: Shooting in Lisbon\nSource: Lake Tribune\nPublished: 2031-03-04\n\n\
        Ignaz Vorhold, 54, was shot dead in Lisbon, Portugal on Monday, police said. Rosmund Quell, 9, was injured in \
        the attack.\n";
    let folder = folder("publish-choice");
    fs::write(folder.join("a.txt"), text).unwrap();
    done(&folder, &["init"]);
    done(&folder, &["add", "a.txt"]);
    done(&folder, &["run"]);
    done(&folder, &["publish", "hidden"]);
    assert_eq!(leaks(&folder.join("hidden"), DEAD), Vec::<String>::new());
    done(&folder, &["config", "set", "publish.dead", "shown"]);
    done(&folder, &["config", "set", "publish.places", "country"]);
    done(&folder, &["publish", "out"]);
    let out = folder.join("out");
    assert_eq!(
        leaks(&out, &["rosmund", "quell", "lisbon"]),
        Vec::<String>::new()
    );
    let mut copy = Sqlite::open(&out.join("casebook.db")).unwrap();
    let mut number = |sql: &str| copy.number(sql, &[]).unwrap();
    assert_eq!(
        number("SELECT count(*) FROM incidents WHERE latitude IS NOT NULL"),
        0
    );
    assert!(number("SELECT count(*) FROM incidents WHERE place = 'Portugal'") > 0);
    assert!(number("SELECT count(*) FROM claims WHERE quote LIKE '%Ignaz Vorhold%'") > 0);
}

#[test]
fn an_export_is_narrowed_as_the_list_is() {
    if !testing::prepared() {
        return;
    }
    let folder = filled("export-narrowed");
    let rows = |args: &[&str]| -> usize {
        done(
            &folder,
            &[&["export", "csv-incidents=n.csv", "--force"], args].concat(),
        );
        let text = fs::read_to_string(folder.join("n.csv")).unwrap();
        text.lines().filter(|line| line.starts_with("k:")).count()
    };
    let listed = |args: &[&str]| -> u64 {
        let args = [&["list", "--json", "--passing"], args].concat();
        let out = run(&folder, &args).out;
        let page: serde_json::Value = serde_json::from_str(&out).unwrap();
        page["all"].as_u64().unwrap()
    };
    let all = rows(&[]);
    assert!(all > 0 && all as u64 == listed(&[]));
    for narrow in [
        &["--disputed"][..],
        &["--from", "2300-01-01"],
        &["--to", "1900-01-01"],
    ] {
        assert_eq!(rows(narrow) as u64, listed(narrow), "{narrow:?}");
    }
    assert_eq!(rows(&["--from", "2300-01-01"]), 0);
    assert_eq!(rows(&["--from", "1900-01-01", "--profile", "public"]), all);
    let refused = run(&folder, &["export", "jsonl=n.jsonl", "--disputed"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("cannot be narrowed"),
        "{}",
        refused.err
    );
    let refused = run(&folder, &["export", "acled=a.csv", "--from", "Monday"]);
    assert!(refused.err.contains("not a day"), "{}", refused.err);
}
