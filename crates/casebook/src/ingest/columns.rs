//! Which values of a record are the report, and which say what is known of it: by their names, or as a person says.
//!
//! What comes in: the names of the columns of a table or the keys of a JSON object. What goes out: which of them holds
//! what. A record is anything of named values; what is in them is nobody's business here.

use super::fields::KEYS;

/// The names of values that hold the report itself, and what it is written in; the first that is not empty counts.
const BODIES: &[(&str, &str, &[&str])] = &[
    (
        "text",
        "text/plain",
        &[
            "body",
            "content",
            "article",
            "article_text",
            "full_text",
            "fulltext",
            "content_text",
            "articlebody",
            "article_body",
            "maintext",
            "plain_text",
            "story",
        ],
    ),
    (
        "html",
        "text/html",
        &["content_html", "body_html", "raw_html"],
    ),
];

/// Which names of a record a person says are what; where nothing is said, names that are common for it are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Field and name in lower case.
    said: Vec<(&'static str, String)>,
}

/// Which values of a record are what, by their number in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Those that may hold the report, and what it is written in, in the order in which they count.
    pub bodies: Vec<(usize, &'static str)>,
    /// Field and value; those that one field may be called stand after one another, the surest first.
    pub fields: Vec<(&'static str, usize)>,
    /// Names that a person gave and that are not there.
    pub missing: Vec<String>,
}

impl Columns {
    /// Takes `text=body,title=headline`: what each field is called in the file.
    ///
    /// # Errors
    ///
    /// What is wrong with the words, and which fields there are.
    pub fn parse(words: &str) -> Result<Self, String> {
        let mut said: Vec<(&'static str, String)> = Vec::new();
        for part in words.split(',').filter(|part| !part.trim().is_empty()) {
            let Some((field, name)) = part.split_once('=') else {
                return Err(format!("{part:?} is no FIELD=COLUMN; {}", fields()));
            };
            let (field, name) = (field.trim().to_lowercase(), name.trim().to_lowercase());
            let known = known(&field)
                .ok_or_else(|| format!("no field is called {field:?}; {}", fields()))?;
            if name.is_empty() {
                return Err(format!("{field} has no column; write {field}=COLUMN"));
            }
            if said.iter().any(|(field, _)| *field == known) {
                return Err(format!("{known} is said twice"));
            }
            said.push((known, name));
        }
        Ok(Self { said })
    }

    /// Whether a person said which value is the report.
    pub(super) fn says_body(&self) -> bool {
        let body = |field: &str| BODIES.iter().any(|(name, ..)| *name == field);
        self.said.iter().any(|(field, _)| body(field))
    }

    /// Which of a record's names are what.
    pub(super) fn plan(&self, names: &[&str]) -> Plan {
        let lower: Vec<String> = names.iter().map(|it| it.trim().to_lowercase()).collect();
        let at = |name: &str| lower.iter().position(|it| it == name);
        let mut out = Plan::default();
        for (field, name) in &self.said {
            match at(name) {
                None => out.missing.push(name.clone()),
                Some(place) => match BODIES.iter().find(|(body, ..)| body == field) {
                    Some((_, media, _)) => out.bodies.push((place, media)),
                    None => out.fields.push((field, place)),
                },
            }
        }
        let free = |place: &usize| self.said.iter().all(|(_, name)| *name != lower[*place]);
        if !self.says_body() {
            for (name, media, others) in BODIES {
                let all = std::iter::once(name).chain(*others);
                let places = all.filter_map(|name| at(name)).filter(free);
                out.bodies.extend(places.map(|place| (place, *media)));
            }
        }
        for (field, others) in KEYS {
            if self.said.iter().any(|(said, _)| said == field) {
                continue;
            }
            let all = std::iter::once(field).chain(*others);
            let places = all.filter_map(|name| at(name).filter(free));
            out.fields.extend(places.map(|place| (*field, place)));
        }
        out
    }
}

/// A field by one of its names.
fn known(name: &str) -> Option<&'static str> {
    let bodies = BODIES.iter().map(|(field, _, others)| (*field, *others));
    let mut all = bodies.chain(KEYS.iter().copied());
    all.find(|(field, others)| *field == name || others.contains(&name))
        .map(|(field, _)| field)
}

/// Which fields there are, for a hint.
pub(super) fn fields() -> String {
    let bodies = BODIES.iter().map(|(field, ..)| *field);
    let all: Vec<&str> = bodies.chain(KEYS.iter().map(|(field, _)| *field)).collect();
    format!("fields are {}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the names of a record are taken for, as `field:name`; bodies by what they are written in.
    #[track_caller]
    fn check(map: &str, names: &[&str], wanted: &[&str]) {
        let plan = Columns::parse(map).unwrap().plan(names);
        let bodies = plan.bodies.iter().map(|(at, media)| (*media, *at));
        let mut got: Vec<String> = bodies
            .chain(plan.fields.iter().copied())
            .map(|(field, at)| format!("{field}:{}", names[at]))
            .collect();
        got.extend(plan.missing.iter().map(|name| format!("missing:{name}")));
        assert_eq!(got, wanted, "{map} {names:?}");
    }

    #[test]
    fn common_names_are_known_and_a_person_s_word_goes_before() {
        check(
            "",
            &["id", "Headline", "BODY", "link", "outlet", "date"],
            &[
                "text/plain:BODY",
                "title:Headline",
                "source:outlet",
                "url:link",
                "published:date",
            ],
        );
        check(
            "",
            &["content_html", "content_text", "pubdate", "date"],
            &[
                "text/plain:content_text",
                "text/html:content_html",
                "published:date",
                "published:pubdate",
            ],
        );
        check(
            "text=Was steht,publisher=body",
            &["was steht", "body", "text", "title"],
            &["text/plain:was steht", "source:body", "title:title"],
        );
        check("html=page", &["text", "page"], &["text/html:page"]);
        check("text=nowhere", &["text"], &["missing:nowhere"]);
        check("", &["killed", "place"], &[]);
    }

    #[test]
    fn a_map_that_means_nothing_is_told() {
        let wrong = |words: &str| Columns::parse(words).unwrap_err();
        assert!(wrong("text").contains("no FIELD=COLUMN"));
        assert!(wrong("colour=red").contains("fields are text, html, title"));
        assert!(wrong("text=").contains("has no column"));
        assert!(wrong("text=a,body=b").contains("said twice"));
        assert_eq!(Columns::parse(" ,").unwrap(), Columns::default());
    }
}
