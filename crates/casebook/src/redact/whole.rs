//! Every word of a dossier taken in hand: what is of a known form is changed as that form asks, and every other string
//! is masked. It goes through the dossier's JSON, so that a field that the model gains is masked without being named
//! here.

use model::{Place, Quote};
use serde_json::{Map, Value as Json};

use super::{
    collect::Collected, excerpts::Excerpts, ids, mask::Masked, places::blurred, policy::Policy,
};

/// Members that hold codes of closed lists, numbers of versions and times.
const CODES: &[&str] = &[
    "schema",
    "version",
    "type",
    "slot",
    "bound",
    "precision",
    "role",
    "age",
    "sex",
    "kind",
    "code",
    "verdict",
    "severity",
    "basis",
    "certainty",
    "marks",
    "standing",
    "change",
    "letter",
    "start",
    "end",
    "country",
    "language",
    "media_type",
    "encoding",
    "rule",
    "reader",
    "party_kind",
];

/// What is needed to change a dossier.
pub(super) struct Whole<'a> {
    pub found: &'a Collected,
    pub excerpts: &'a Excerpts,
    pub policy: &'a Policy,
}

impl Whole<'_> {
    /// Changes a value in place; `key` is the member that it is of.
    pub fn change(&self, value: &mut Json, key: &str) {
        match value {
            Json::String(words) => *words = self.words(words, key),
            Json::Array(all) => self.array(all, key),
            Json::Object(map) => self.object(map),
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }

    fn array(&self, all: &mut [Json], key: &str) {
        // Lists of ids that were in order are in order again.
        let ids = all.iter().all(|it| it.as_str().is_some_and(ids::is_id));
        let sorted = ids && all.is_sorted_by_key(|it| it.as_str().unwrap_or_default().to_owned());
        all.iter_mut().for_each(|it| self.change(it, key));
        if sorted {
            all.sort_by_key(|it| it.as_str().unwrap_or_default().to_owned());
        }
    }

    fn object(&self, map: &mut Map<String, Json>) {
        map.remove("judged");
        map.remove("detail");
        let has = |member: &str| map.contains_key(member);
        if has("exact") && has("prefix") {
            return self.quote(map);
        }
        if has("lat") && has("lon") && has("parts") {
            return self.place(map);
        }
        let (speaker, party, report, scope) = (
            has("affiliation"),
            has("aliases"),
            has("media_type"),
            has("nationality"),
        );
        if report {
            self.report(map);
        }
        let person = speaker && map.get("kind").and_then(Json::as_str) == Some("person")
            || party && map.get("kind").and_then(Json::as_str) == Some("person");
        let hidden = person && !self.names_public(map);
        let name = map.get("name").and_then(Json::as_str).map(str::to_owned);
        for (key, value) in map.iter_mut() {
            let own = report && matches!(key.as_str(), "text" | "url");
            if !own {
                // What narrows a scope is a noun of the report.
                self.change(value, if scope && key == "kind" { "noun" } else { key });
            }
        }
        if let Some(name) = name.filter(|_| hidden) {
            map.insert(
                "name".to_owned(),
                self.found.names.what(&name).words().into(),
            );
            if speaker {
                // What a witness belongs to may say who they are.
                map.insert("affiliation".to_owned(), Json::Null);
            }
            if party {
                map.insert("aliases".to_owned(), Json::Array(Vec::new()));
            }
        }
    }

    /// Whether the name of a person may be said, as a speaker's or a party's.
    fn names_public(&self, map: &Map<String, Json>) -> bool {
        let name = map.get("name").and_then(Json::as_str).unwrap_or_default();
        self.found.officials.contains(name) && self.found.names.allows(name)
    }

    fn quote(&self, map: &mut Map<String, Json>) {
        let quote = serde_json::from_value::<Quote>(Json::Object(map.clone())).ok();
        let shown = quote.and_then(|quote| self.excerpts.quote(&quote).cloned());
        // A quote that is not among those taken is not published; the dossier is then refused for its shape.
        *map = match shown.and_then(|quote| serde_json::to_value(quote).ok()) {
            Some(Json::Object(map)) => map,
            _ => Map::new(),
        };
    }

    fn place(&self, map: &mut Map<String, Json>) {
        let tag = map.get("type").cloned();
        let place = serde_json::from_value::<Place>(Json::Object(map.clone())).ok();
        let shown = place.map(|place| blurred(place, self.policy.places));
        *map = match shown.and_then(|place| serde_json::to_value(place).ok()) {
            Some(Json::Object(map)) => map,
            _ => Map::new(),
        };
        for (key, value) in map.iter_mut() {
            // `geonames:170063` is no telephone number.
            if key != "id" {
                self.change(value, key);
            }
        }
        if let Some(tag) = tag {
            map.insert("type".to_owned(), tag);
        }
    }

    fn report(&self, map: &mut Map<String, Json>) {
        map.remove("container");
        if let Some(Json::String(text)) = map.get_mut("text") {
            *text = self.excerpts.id(&model::TextId::known(text)).to_string();
        }
        let url = map
            .get("url")
            .and_then(Json::as_str)
            .and_then(|url| self.host(url));
        map.insert("url".to_owned(), url.map_or(Json::Null, Json::String));
    }

    /// The site of an address, without what stands behind it, which often spells out a headline.
    fn host(&self, url: &str) -> Option<String> {
        let (scheme, rest) = url.split_once("://")?;
        let host = rest.split(['/', '?', '#', '\\']).next()?;
        let host = host.rsplit('@').next()?.split(':').next()?;
        let plain = !host.is_empty()
            && host
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-'));
        let scheme = scheme.to_ascii_lowercase();
        (matches!(scheme.as_str(), "http" | "https") && plain && !self.found.names.in_host(host))
            .then(|| format!("{scheme}://{}/", host.to_ascii_lowercase()))
    }

    fn words(&self, words: &str, key: &str) -> String {
        if ids::is_id(words) {
            return ids::opaque(words, &self.policy.salt);
        }
        if CODES.contains(&key) {
            return words.to_owned();
        }
        let slug = ["p:", "s:"].iter().any(|it| words.starts_with(it))
            && !words.contains(char::is_whitespace);
        if slug && matches!(key, "id" | "party" | "side") {
            let said = self.found.ids.contains(words);
            return if said {
                words.to_owned()
            } else {
                ids::opaque(words, &self.policy.salt)
            };
        }
        let mut words = words.to_owned();
        for (told, shown) in &self.found.labels {
            if words.contains(told.as_str()) {
                words = words.replace(told.as_str(), shown);
            }
        }
        let masked = Masked::of(&words, &self.found.names).text;
        ids::replaced(&masked, &self.policy.salt)
    }

    /// The member in which a hidden name is left, if there is one.
    pub fn leak(&self, value: &Json, key: &str) -> Option<String> {
        match value {
            Json::String(words) => {
                let said = ids::is_id(words)
                    || self.found.ids.contains(words)
                    || CODES.contains(&key)
                    || key == "url";
                (!said && self.found.names.leaks(words)).then(|| key.to_owned())
            }
            Json::Array(all) => all.iter().find_map(|it| self.leak(it, key)),
            Json::Object(map) => map.iter().find_map(|(key, it)| self.leak(it, key)),
            Json::Null | Json::Bool(_) | Json::Number(_) => None,
        }
    }
}

/// All quotes of a value.
pub(super) fn quotes(value: &Json, out: &mut Vec<Quote>) {
    match value {
        Json::Array(all) => all.iter().for_each(|it| quotes(it, out)),
        Json::Object(map) if map.contains_key("exact") && map.contains_key("prefix") => {
            out.extend(serde_json::from_value::<Quote>(value.clone()).ok());
        }
        Json::Object(map) => map.values().for_each(|it| quotes(it, out)),
        _ => {}
    }
}
