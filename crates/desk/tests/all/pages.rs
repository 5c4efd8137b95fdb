//! Every page, with and without data, and its JSON.

use casebook::book::{self, Review};
use store::Store;

use crate::{
    client::{Answer, get, post},
    made,
};

const PAGES: [&str; 11] = [
    "/news",
    "/sources",
    "/add",
    "/incidents",
    "/review",
    "/decisions",
    "/search",
    "/search?q=killed",
    "/audit",
    "/methodology",
    "/settings",
];

fn json_of(path: &str) -> String {
    match path.split_once('?') {
        Some((path, query)) => format!("{path}.json?{query}"),
        None => format!("{path}.json"),
    }
}

fn page(at: std::net::SocketAddr, path: &str) -> Answer {
    let page = get(at, path, &[]);
    assert_eq!(page.status, 200, "{path}");
    assert_eq!(
        page.header("content-type"),
        "text/html; charset=utf-8",
        "{path}"
    );
    assert!(page.text().contains("<html lang=\"en\">"), "{path}");
    let json = get(at, &json_of(path), &[]);
    assert_eq!(json.status, 200, "{path}");
    assert_eq!(
        json.header("content-type"),
        "application/json; charset=utf-8",
        "{path}"
    );
    json.json();
    page
}

#[test]
fn an_empty_casebook_has_every_page() {
    let at = made::serve(&made::empty("empty"));
    for path in PAGES {
        page(at, path);
    }
    assert!(page(at, "/incidents").text().contains("no incident yet"));
    let first = get(at, "/", &[]);
    assert_eq!(
        (first.status, first.header("location")),
        (303, "/incidents")
    );
    for path in [
        "/incidents/k:0123456789abcdef0123",
        "/reports/r:0123",
        "/nothing",
        "/incidents/%ff",
        "/incidents/x",
    ] {
        let missing = get(at, path, &[]);
        assert_eq!(missing.status, 404, "{path}");
        assert!(missing.text().contains("What to try"), "{path}");
    }
    let missing = get(at, "/incidents/k:0123456789abcdef0123.json", &[]).json();
    assert_eq!(missing["error"]["status"], 404);
    assert!(!missing["error"]["what"].as_str().unwrap().is_empty());
    assert!(!missing["error"]["hint"].as_str().unwrap().is_empty());
    for (path, status) in [
        ("/incidents?from=yesterday", 400),
        ("/incidents?page=0", 400),
        ("/incidents?page=99999999999999999999", 400),
        ("/incidents?page=1&page=2", 400),
        ("/incidents?q=%22", 400),
        ("/audit?from=x", 400),
    ] {
        assert_eq!(get(at, path, &[]).status, status, "{path}");
    }
    let wrong = post(at, "/incidents", "", &[]);
    assert_eq!(wrong.status, 405);
}

#[test]
fn the_list_is_narrowed_by_its_address() {
    let Some(place) = made::of_samples("list", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let all = |query: &str| -> Vec<serde_json::Value> {
        let listed = get(at, &format!("/incidents.json?{query}"), &[]).json();
        let incidents = listed["incidents"].as_array().unwrap().clone();
        assert_eq!(listed["all"], incidents.len(), "{query}");
        incidents
    };
    let every = all("");
    assert_eq!(every.len(), 4);
    let days: Vec<&str> = every
        .iter()
        .map(|it| it["day_from"].as_str().unwrap())
        .collect();
    let mut sorted = days.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(days, sorted, "the latest first");
    for it in all("from=2023-10-01&to=2023-12-31") {
        assert_eq!(it["day_from"], "2023-10-14");
    }
    assert_eq!(all("from=2023-10-01&to=2023-12-31").len(), 1);
    assert_eq!(all("kind=airstrike").len(), 1);
    assert_eq!(all("kind=unheard").len(), 0);
    assert_eq!(
        all("disputed=1&unreviewed=1").len(),
        every.iter().filter(|it| it["needs_review"] == true).count()
    );
    let found = all("q=Vellspar");
    assert_eq!(found.len(), 1);
    assert!(found[0]["title"].as_str().unwrap().contains("Vellspar"));
    assert_eq!(all("q=%22vegetable+stalls%22").len(), 1, "a phrase");
    assert_eq!(
        all("q=%22stalls+vegetable%22").len(),
        0,
        "the other way round"
    );
    // Ordered by the figure that is shown: the best one where there is one.
    let mut store = Store::open(&place).unwrap();
    let least = "UPDATE incidents SET killed_best = 1000, killed = 0 WHERE case_id = (SELECT case_id FROM incidents \
                 ORDER BY killed LIMIT 1)";
    store.database().script(least).unwrap();
    let killed: Vec<i64> = all("sort=killed")
        .iter()
        .map(|it| {
            let best = it["killed_ucdp"][1].as_i64();
            best.or(it["killed"].as_i64()).unwrap()
        })
        .collect();
    assert!(killed.is_sorted_by(|a, b| a >= b), "{killed:?}");
    assert_eq!(killed[0], 1000);
    assert_eq!(
        all("from=2023-10-1&to=2023/12/31").len(),
        1,
        "as people type"
    );
    let typed = self::page(at, "/incidents?from=2023-10-1").text();
    assert!(typed.contains("value=\"2023-10-01\""), "as browsers read");
    for (query, says) in [
        ("from=2023-12-31&to=2023-10-01", "comes after the last"),
        ("from=20231001", "not a day"),
        ("to=2023-02-30", "not a day"),
        ("from=1.10.2023", "not a day"),
    ] {
        let answer = get(at, &format!("/incidents.json?{query}"), &[]);
        assert_eq!(answer.status, 400, "{query}");
        let what = answer.json()["error"]["what"].to_string();
        assert!(what.contains(says), "{query}: {what}");
    }
    let page = page(at, "/incidents?q=Vellspar&disputed=1").text();
    assert!(
        page.contains("value=\"Vellspar\"")
            && page.contains("name=\"disputed\" value=\"1\" checked")
    );
    for path in PAGES {
        self::page(at, path);
    }
}

#[test]
fn every_figure_leads_to_its_words() {
    let Some(place) = made::of_samples("words", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let listed = get(at, "/incidents.json", &[]).json();
    for it in listed["incidents"].as_array().unwrap() {
        let path = format!("/incidents/{}", it["case_id"].as_str().unwrap());
        let text = page(at, &path).text();
        let json = get(at, &format!("{path}.json"), &[]).json();
        // Every claim that a finding of the dossier holds stands in the matrix, and its words in the report.
        let mut shown = std::collections::BTreeSet::new();
        let tables = json["incident"]["matrix"].as_array().unwrap();
        let of = |it: &serde_json::Value, name: &str| it[name].as_array().unwrap().clone();
        let rows: Vec<serde_json::Value> = tables
            .iter()
            .flat_map(|it| [of(it, "rows"), of(it, "single")].concat())
            .collect();
        let rows = rows.iter();
        for cell in rows
            .flat_map(|it| it["cells"].as_array().unwrap())
            .filter(|it| !it.is_null())
        {
            for said in cell["said"].as_array().unwrap() {
                for claim in said["claims"].as_array().unwrap() {
                    shown.insert(claim["id"].as_str().unwrap().to_owned());
                }
            }
        }
        let findings = json["dossier"]["findings"].as_array().unwrap();
        let positions = findings
            .iter()
            .flat_map(|it| it["positions"].as_array().unwrap());
        for id in positions.flat_map(|it| it["claims"].as_array().unwrap()) {
            assert!(shown.contains(id.as_str().unwrap()), "{path}: {id}");
        }
        let mut reports: std::collections::BTreeMap<&str, String> = Default::default();
        for link in text
            .split("href=\"")
            .skip(1)
            .filter_map(|it| it.split('"').next())
        {
            if let Some((report, anchor)) = link
                .split_once('#')
                .filter(|(to, _)| to.starts_with("/reports/"))
            {
                let page = reports
                    .entry(report)
                    .or_insert_with(|| page(at, report).text());
                assert!(page.contains(&format!("id=\"{anchor}\"")), "{link}");
            }
            if let Some(anchor) = link.strip_prefix('#') {
                assert!(
                    text.contains(&format!("id=\"{anchor}\"")),
                    "{path}#{anchor}"
                );
            }
        }
        let counted = findings
            .iter()
            .any(|it| it["slot"] == "killed" && it["positions"].as_array().unwrap().len() > 1);
        assert!(
            !counted || text.contains("<figure class=\"plot\">"),
            "{path}"
        );
        assert!(!reports.is_empty());
        assert!(text.contains("differs") && text.contains("silent"));
        // Each report has its place in the lane of reporting, drawn and in the list.
        let published = json["incident"]["published"].as_array().unwrap();
        let cards = json["dossier"]["reports"].as_array().unwrap();
        assert_eq!(published.len(), cards.len());
        let days: Vec<&str> = published
            .iter()
            .filter_map(|it| it["from"].as_str())
            .collect();
        assert!(!days.is_empty() && days.is_sorted(), "{path}: {days:?}");
        assert_eq!(
            text.matches("<span class=\"lane\">published").count(),
            cards.len()
        );
        assert!(text.contains("<figure class=\"lanes\">"), "{path}");
        let leans = json["incident"]["lineage"].as_array().unwrap();
        let drawn = leans.iter().any(|it| it["on"] != "" || it["named"] != "");
        assert_eq!(text.contains("<figure class=\"graph\">"), drawn, "{path}");
    }
}

#[test]
fn no_words_of_a_claim_are_cut_off_a_long_text() {
    let quiet = "It rained on the hills, and the shops stayed open.\n\n".repeat(4_000);
    let report = format!(
        "Title: Blast kills 12 in Orlemar\nSource: Hill Post\nPublished: 2031-03-04T10:00:00Z\n\nA blast killed 12 \
         people in Orlemar on Tuesday, police said.\n\n{quiet}\
         The blast in Orlemar wounded 37 people, police said.\n\n{quiet}"
    );
    let Some(place) = made::of_samples("long-text", &[("long.txt", report.into_bytes())]) else {
        return;
    };
    let at = made::serve(&place);
    let found = get(at, "/search.json?q=Orlemar", &[]).json();
    let href = found["found"][0]["href"].as_str().unwrap().to_owned();
    let claims = get(at, &format!("{href}.json"), &[]).json();
    let claims = claims["claims"].as_array().unwrap().clone();
    assert!(
        claims
            .iter()
            .any(|it| it["quote"].as_str().unwrap().contains("37"))
    );
    let text = page(at, &href).text();
    for claim in &claims {
        let anchor = claim["id"].as_str().unwrap().replace("c:", "q-");
        assert!(text.contains(&format!("id=\"{anchor}\"")), "{claim}");
    }
    let all = get(at, &format!("{href}?text=all"), &[]).text();
    assert!(
        text.len() < all.len() * 2 / 3,
        "what comes after is left out"
    );
}

#[test]
fn what_was_merged_leads_to_what_it_became() {
    let Some(place) = made::of_samples("merged", &[]) else {
        return;
    };
    let mut store = Store::open(&place).unwrap();
    let cases = store::results::cases(store.database()).unwrap();
    let review = Review::Merge {
        a: cases[0].clone(),
        b: cases[1].clone(),
    };
    book::decide(
        &mut store,
        &review,
        "one <b>event</b>",
        "Ana",
        made::now(),
        None,
    )
    .unwrap();
    made::run(&mut store);
    let left = store::results::cases(store.database()).unwrap();
    let gone = cases.iter().find(|it| !left.contains(it)).unwrap();
    let at = made::serve(&place);
    let answer = get(at, &format!("/incidents/{gone}"), &[]);
    assert_eq!(answer.status, 308);
    let to = answer.header("location").to_owned();
    assert!(
        cases
            .iter()
            .any(|it| to == format!("/incidents/{it}") && it != gone),
        "{to}"
    );
    let text = page(at, &to).text();
    assert!(
        text.contains("one &#60;b&#62;event&#60;/b&#62;"),
        "the decision stands there"
    );
    let json = get(at, &format!("/incidents/{gone}.json"), &[]);
    assert_eq!(json.header("location"), format!("{to}.json"));
    // The beginning of an id leads to the whole.
    let short = get(at, &to[..to.len() - 8], &[]);
    assert_eq!((short.status, short.header("location")), (308, to.as_str()));
}

#[test]
fn json_is_not_sent_twice() {
    let at = made::serve(&made::empty("etag"));
    let first = get(at, "/incidents.json", &[]);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'));
    let again = get(at, "/incidents.json", &[&format!("If-None-Match: {tag}")]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let packed = get(at, "/methodology", &["Accept-Encoding: gzip, br"]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_eq!(packed.body[..2], [0x1f, 0x8b]);
    assert_eq!(
        get(at, "/methodology", &["Accept-Encoding: gzip;q=0"]).header("content-encoding"),
        ""
    );
}

#[test]
fn sources_say_who_published_who_speaks_and_who_leans_on_whom() {
    let Some(place) = made::of_samples("sources", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let sources = get(at, "/sources.json", &[]).json();
    let of = |name: &str| sources[name].as_array().unwrap().clone();
    let reports: i64 = of("outlets")
        .iter()
        .map(|it| it["reports"].as_i64().unwrap())
        .sum();
    let mut store = Store::open(&place).unwrap();
    let all = store
        .database()
        .number("SELECT count(*) FROM reports", &[])
        .unwrap();
    assert_eq!(reports, all, "every report is somebody's");
    let voices = of("voices");
    assert!(voices.iter().all(|it| it["kind"] != "unnamed") && !voices.is_empty());
    assert!(
        voices.iter().any(|it| it["interested"] == true),
        "a party speaks"
    );
    // The same as the dossiers say.
    let mut named = std::collections::BTreeSet::new();
    for case in store::results::cases(store.database()).unwrap() {
        let dossier = store::results::dossier(store.database(), &case)
            .unwrap()
            .unwrap();
        named.extend(dossier.voices().map(|it| it.label.clone()));
    }
    let shown: std::collections::BTreeSet<String> = voices
        .iter()
        .map(|it| it["label"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(shown, named);
    assert!(!of("leanings").is_empty());
    let text = page(at, "/sources").text();
    assert!(text.contains("copies") || text.contains("cites"), "{text}");
}
