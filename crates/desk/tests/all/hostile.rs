//! A report that would like to run, to lead astray and to be too large.

use crate::{client::get, made};

/// Markup that must not come through, in all places where words of a report stand.
const EVIL: &str =
    "<script>alert(1)</script><svg onload=alert(2)><img src=x onerror=alert(3)>\"'><b id=evil>";

/// Pages whose words come from reports, or from their address.
const PAGES: &[&str] = &[
    "/review",
    "/sources",
    "/settings",
    "/decisions",
    "/news",
    "/incidents?passing=1",
    "/audit",
    "/search?q=vellmar",
    "/search?q=vellmar&within=claims",
    "/search?q=iron&within=names",
    "/search?q=%3Cscript%3Ealert(1)",
    "/incidents?q=%22%3E%3Cscript%3E&country=%22%3E%3Cscript%3E&kind=%3Csvg%3E",
    "/audit?subject=%3Cscript%3E",
    "/incidents/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "/reports/%22%3E%3Cscript%3E",
    "/%3Cscript%3E",
];

fn report(title: &str) -> Vec<u8> {
    format!(
        "Title: {title}\nSource: Post {EVIL}\nByline: By {EVIL}\nURL: javascript:alert(document.domain)\n\
         Published: 2031-03-04T10:00:00Z\n\nVELLMAR, 4 March (Reuters {EVIL}) — At least 12 people were killed and 30 \
         injured when a bomb exploded at the market of Vellmar on Tuesday, police spokesman Ivo {EVIL} Brandt said.\n\n\
         \"We saw {EVIL} \u{202e}daed 99\u{202c} people,\" said {EVIL} Mira Tolven, a \u{2067}doctor\u{2069} at the \
         hospital. The group <a href=\"javascript:alert(4)\">Iron Hand</a> claimed responsibility.\n\n\
         It was not clear {EVIL} whether 7 people were still missing \u{1b}[2J.\n"
    )
    .into_bytes()
}

#[test]
fn nothing_of_it_runs_anywhere() {
    let long = format!("{EVIL}\u{202e}{}", "x".repeat(1_100_000));
    let short = format!("Bomb kills 12 at market {EVIL}");
    let page = format!(
        "<html><head><title>{EVIL}</title><link rel=canonical href='javascript:alert(5)'></head><body><article>\
         <h1>Blast kills 12 in Vellmar</h1><p>At least 12 people were killed in a blast at the market of Vellmar on 4 \
         March 2031, the mayor said. {}</p><script>alert(6)</script><p onclick='alert(7)'>Thirty people were injured \
         in the blast, he added. Police said that the bomb was hidden in a cart.</p></article></body></html>",
        EVIL.replace('<', "&lt;")
    );
    let files = [
        ("one.txt", report(&short)),
        ("long.txt", report(&long)),
        ("page.html", page.into_bytes()),
    ];
    let Some(place) = made::of_samples("hostile", &files) else {
        return;
    };
    let at = made::serve(&place);
    let mut paths: Vec<String> = PAGES.iter().map(|it| (*it).to_owned()).collect();
    let mut found = 0;
    let listed = get(at, "/incidents.json?passing=1&q=vellmar", &[]).json();
    for it in listed["incidents"].as_array().unwrap() {
        let path = format!("/incidents/{}", it["case_id"].as_str().unwrap());
        let json = get(at, &format!("{path}.json"), &[]).json();
        for claim in json["dossier"]["claims"].as_array().unwrap().iter().take(9) {
            paths.push(format!("/claims/{}", claim["id"].as_str().unwrap()));
        }
        for report in json["incident"]["reports"].as_array().unwrap() {
            paths.push(report["href"].as_str().unwrap().to_owned());
            found += 1;
        }
        paths.push(format!("{path}?voices=all"));
        paths.push(path);
    }
    assert!(found >= 3, "the reports tell of an incident: {listed}");
    let mut escaped = 0;
    for path in &paths {
        let answer = get(at, path, &[]);
        assert!(
            matches!(answer.status, 200 | 400 | 404),
            "{path}: {}",
            answer.status
        );
        let text = answer.text();
        // The desk's own script is the only one.
        assert_eq!(text.matches("<script").count(), 1, "{path}");
        assert!(text.contains("<script src=\"/assets/desk-"), "{path}");
        for tag in text
            .split('<')
            .skip(1)
            .map(|it| it.split('>').next().unwrap())
        {
            let lower = tag.to_lowercase();
            // Outside of what stands in quotation marks: the names of the tag and its attributes.
            assert_eq!(lower.matches('"').count() % 2, 0, "{path}: <{tag}>");
            let bare: String = lower.split('"').step_by(2).collect();
            assert!(!bare.contains('\''), "{path}: <{tag}>");
            for name in bare.split_whitespace().skip(1) {
                let name = name.trim_end_matches(['=', '/']);
                assert!(
                    !name.starts_with("on") && !["style", "srcdoc", "evil"].contains(&name),
                    "{path}: <{tag}>"
                );
            }
            // Pictures of ours alone: what attributes they have is looked at above.
            assert!(
                !lower.starts_with("img") && !lower.starts_with("iframe"),
                "{path}: <{tag}>"
            );
        }
        for link in text
            .split("href=\"")
            .skip(1)
            .map(|it| it.split('"').next().unwrap())
        {
            let own = link.starts_with(['/', '#', '?']) && !link.starts_with("//");
            let fine = own || link.starts_with("https://") || link.starts_with("http://");
            assert!(fine, "{path}: {link}");
        }
        assert!(
            !text.contains("srcdoc=") && !text.contains("<base"),
            "{path}"
        );
        assert!(!text.contains(['\u{202e}', '\u{2067}', '\u{1b}']), "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'"),
            "{path}"
        );
        escaped += text.matches("&#60;script&#62;").count();
        let most = if path.starts_with("/reports/") {
            1_500_000
        } else {
            200_000
        };
        assert!(text.len() < most, "{path}: {} bytes", text.len());
    }
    assert!(
        escaped > 20,
        "its words are shown, and only shown: {escaped}"
    );
}
