//! What a list of incidents is narrowed to and ordered by, as it stands in an address.

use axum::{extract::Query, http::Uri};
use serde::Deserialize;
use store::{
    lists::{Filter, Order},
    search,
};

use crate::{
    frame::{encoded, short},
    refusal::Refusal,
};

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Country.
    pub country: String,
    /// Kind of event.
    pub kind: String,
    /// Words of reports.
    pub q: String,
    /// Not empty: in dispute.
    pub disputed: String,
    /// Not empty: nobody decided anything.
    pub unreviewed: String,
    /// Not empty: also those told in passing.
    pub passing: String,
    /// `killed`, `voices`; else the latest first.
    pub sort: String,
    /// From 1.
    pub page: String,
}

impl Asked {
    /// With days as they are stored.
    ///
    /// # Errors
    ///
    /// A refusal for what is no day, or days the wrong way round.
    pub fn read(mut self) -> Result<Self, Refusal> {
        (self.from, self.to) = (day(&self.from)?, day(&self.to)?);
        if !self.from.is_empty() && !self.to.is_empty() && self.from > self.to {
            return Err(Refusal::bad(
                format!(
                    "the first day, {}, comes after the last, {}",
                    self.from, self.to
                ),
                "exchange them, or leave one of them out",
            ));
        }
        Ok(self)
    }

    /// What a query asks for, with all that means nothing left out and the page too, so that what asks for the same is
    /// the same.
    ///
    /// # Errors
    ///
    /// A refusal for what cannot be read.
    pub fn of_query(query: &str) -> Result<Self, Refusal> {
        let unread = || Refusal::bad("the list cannot be read", "open it and save it from there");
        let uri = format!("/incidents?{query}").parse::<Uri>();
        let uri = uri.map_err(|_| unread())?;
        let found = Query::<Self>::try_from_uri(&uri);
        let mut own = found.map_err(|_| unread())?.0.read()?;
        own.filter()?;
        for flag in [&mut own.disputed, &mut own.unreviewed, &mut own.passing] {
            if !flag.is_empty() {
                *flag = "1".to_owned();
            }
        }
        if !matches!(own.sort.as_str(), "killed" | "voices") {
            own.sort.clear();
        }
        own.page.clear();
        Ok(own)
    }

    /// The same for the store.
    ///
    /// # Errors
    ///
    /// A refusal for words that cannot be searched for.
    pub fn filter(&self) -> Result<Filter, Refusal> {
        let some = |words: &str| Some(words.trim().to_owned()).filter(|it| !it.is_empty());
        let words = some(&self.q).map(|words| search::Query::parse(&words));
        Ok(Filter {
            from: some(&self.from),
            to: some(&self.to),
            country: some(&self.country),
            kind: some(&self.kind),
            disputed: !self.disputed.is_empty(),
            unjudged: !self.unreviewed.is_empty(),
            passing: !self.passing.is_empty(),
            words: words.transpose()?,
            order: match self.sort.as_str() {
                "killed" => Order::Killed,
                "voices" => Order::Voices,
                _ => Order::Day,
            },
            skip: 0,
        })
    }

    /// What is asked for, as it stands in an address, with `&` at the end; without the page.
    pub fn query(&self) -> String {
        let all = [
            ("from", &self.from),
            ("to", &self.to),
            ("country", &self.country),
            ("kind", &self.kind),
            ("q", &self.q),
            ("disputed", &self.disputed),
            ("unreviewed", &self.unreviewed),
            ("passing", &self.passing),
            ("sort", &self.sort),
        ];
        let set = all.into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| format!("{name}={}&", encoded(value)))
            .collect()
    }
}

/// A day as people type it, as it is stored: `2031-3-4` is `2031-03-04`.
fn day(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let parts: Vec<&str> = typed.split(['-', '/', '.']).collect();
    let read = || match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        _ => None,
    };
    let what = || format!("{}: not a day", short(typed, 40));
    read()
        .map(|day| day.to_string())
        .ok_or_else(|| Refusal::bad(what(), "write days as year, month, day: 2031-03-04"))
}
