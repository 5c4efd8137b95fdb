//! Lists of incidents saved under a name.

use store::{Store, people::Role};

use crate::{
    client::{encoded, get, post},
    made,
};

#[test]
fn a_list_is_saved_shown_and_taken_out() {
    let Some(place) = made::of_samples("saved", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let page = get(at, "/incidents?kind=airstrike&page=1", &[]);
    assert!(page.text().contains("Save this list"));
    let token = page.token();
    let change = |what: &str, name: &str, query: &str| {
        let (name, query) = (encoded(name), encoded(query));
        let form = format!("token={token}&what={what}&name={name}&query={query}");
        post(at, "/saved", &form, &[])
    };
    let name = "Strikes <b>\u{202e}from the air";
    let done = change("save", name, "kind=airstrike&page=9&odd=%3Cscript%3E&");
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/incidents?kind=airstrike")
    );
    let listed = get(at, "/incidents.json", &[]).json();
    assert_eq!(listed["saved"][0]["name"], name);
    assert_eq!(listed["saved"][0]["href"], "/incidents?kind=airstrike");
    assert_eq!(listed["saved"][0]["who"], "Ana");
    let text = get(at, "/incidents", &[]).text();
    assert!(
        text.contains("<bdi>Strikes &#60;b&#62;\u{fffd}from the air</bdi>"),
        "{text}"
    );
    let here = "href=\"/incidents?kind=airstrike\" aria-current=\"page\"";
    assert!(!text.contains(here));
    assert!(
        get(at, "/incidents?kind=airstrike", &[])
            .text()
            .contains(here)
    );
    // Another of the same name takes its place; the log says who saved what.
    assert_eq!(change("save", name, "disputed=1&q=the+siege").status, 303);
    let listed = get(at, "/incidents.json", &[]).json();
    assert_eq!(listed["saved"].as_array().unwrap().len(), 1);
    assert_eq!(
        listed["saved"][0]["href"],
        "/incidents?q=the%20siege&disputed=1"
    );
    let log = get(at, "/audit.json", &[]).json();
    let entry = &log["entries"][0];
    assert_eq!(
        (&entry["what"], &entry["who"]),
        (&"list saved".into(), &"Ana".into())
    );
    for (what, name, query, status) in [
        ("save", "", "disputed=1", 400),
        ("save", &"x".repeat(81), "disputed=1", 400),
        ("save", "all", "page=2", 400),
        ("save", "odd", "from=yesterday", 400),
        ("remove", "of nobody", "", 404),
        ("burn", name, "", 400),
    ] {
        assert_eq!(
            change(what, name, query).status,
            status,
            "{what} {name} {query}"
        );
    }
    assert_eq!(
        post(at, "/saved", "token=0&what=remove&name=x", &[]).status,
        403
    );
    assert_eq!(change("remove", name, "").status, 303);
    assert_eq!(
        get(at, "/incidents.json", &[]).json()["saved"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    // What stands in the casebook by another hand leads nowhere else.
    let odd = "INSERT INTO saved_views VALUES ('odd', '\"><script>&kind=siege', 'x', 'y'), ('bad', 'from=1', 'x', 'y')";
    Store::open(&place).unwrap().database().script(odd).unwrap();
    let listed = get(at, "/incidents.json", &[]).json();
    let hrefs: Vec<&str> = listed["saved"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["href"].as_str())
        .collect();
    assert!(
        hrefs.iter().all(|it| *it == "/incidents?kind=siege"),
        "{hrefs:?}"
    );
}

#[test]
fn who_may_only_read_saves_nothing() {
    let place = made::empty("saved-readers");
    made::person(&place, "ana", Role::Admin, "river table seven owl");
    made::person(&place, "rea", Role::Reader, "river table seven owl");
    let at = made::serve(&place);
    let page = get(at, "/login", &[]);
    let password = encoded("river table seven owl");
    let form = format!("token={}&name=rea&password={password}", page.token());
    let answer = post(
        at,
        "/login",
        &form,
        &[&format!("Cookie: {}", page.cookie())],
    );
    let cookie = format!("Cookie: {}", answer.cookie());
    let page = get(at, "/incidents?disputed=1", &[&cookie]);
    assert!(!page.text().contains("Save this list"));
    let form = format!("token={}&what=save&name=x&query=disputed%3D1", page.token());
    assert_eq!(post(at, "/saved", &form, &[&cookie]).status, 403);
}
