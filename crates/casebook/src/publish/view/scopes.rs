//! Who is counted, and what parties are called.

use model::{Party, PartyKind, Scope};

use super::index::View;
use crate::publish::words;

impl View<'_> {
    /// Who is counted, in words.
    pub fn scope(&self, scope: &Scope) -> String {
        if scope.is_all() {
            return "all people".to_owned();
        }
        let people = words::people(scope.age, scope.sex);
        let mut out = match (people, words::role(scope.role)) {
            ("", role) => role.to_owned(),
            (people, "") => people.to_owned(),
            (people, role) => format!("{people} among {role}"),
        };
        if let Some(kind) = &scope.kind {
            // Words of more than one are those of a part that no noun names: "23 of them died in hospital".
            if kind.contains(char::is_whitespace) {
                join(&mut out, &format!("a part: “{}”", scope.words.trim()), ", ");
            } else {
                join(&mut out, &words::plural(kind), ", ");
            }
        }
        if let Some(nationality) = &scope.nationality {
            join(&mut out, nationality, ", ");
        }
        if let Some(side) = &scope.side {
            let name = self.side(side, &scope.words);
            let proper = name.chars().any(char::is_uppercase);
            match (proper, out.is_empty()) {
                // "of terrorists", "of a nurse": the words say who they are, not whose.
                (false, _) if name.is_ascii() => out = words::plural(&name),
                (_, true) => out = format!("people of {name}"),
                (_, false) => out = format!("{out} of {name}"),
            }
        }
        if out.is_empty() {
            out = "some people".to_owned();
        }
        out
    }

    /// A party's name, or the form of it that stands in `words`.
    fn side(&self, id: &str, words: &str) -> String {
        let known = self.party(id);
        if known.chars().any(char::is_uppercase) {
            return known;
        }
        let all: Vec<&str> = words.split_whitespace().collect();
        for from in 0..all.len() {
            for to in from + 1..=all.len() {
                let part = all[from..to].join(" ");
                if Party::slug(&part) == id {
                    return part;
                }
            }
        }
        known
    }

    /// The name of the party with this id; the id's own words if nobody names it.
    pub fn party(&self, id: &str) -> String {
        match self.parties.get(id) {
            Some(name) => (*name).to_owned(),
            None => id.trim_start_matches("p:").replace('-', " "),
        }
    }

    /// What an addressee or actor is called.
    pub fn party_label(party: &Party) -> String {
        match party.kind {
            PartyKind::Unknown | PartyKind::Person => party.name.clone(),
            kind => format!("{} ({})", party.name, words::party_kind(kind)),
        }
    }
}

fn join(out: &mut String, part: &str, with: &str) {
    if !out.is_empty() {
        out.push_str(with);
    }
    out.push_str(part);
}
