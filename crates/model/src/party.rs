//! Who acts, suffers or speaks.

use serde::{Deserialize, Serialize};

/// What kind of body a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A government, ministry, army or police force of a state.
    State,
    /// An armed group that is no state's force.
    ArmedGroup,
    /// Police, prosecutors, courts, fire and ambulance services, hospitals, coroners.
    Authority,
    /// Civilians, residents, families.
    Civilians,
    /// A body of the United Nations.
    Un,
    /// An aid or rights organisation.
    Ngo,
    /// A body that counts casualties or observes a conflict.
    Monitor,
    /// A newspaper, broadcaster or site.
    Outlet,
    /// A news agency, whose copy others print.
    Agency,
    /// A political body, party or movement without arms.
    Political,
    /// A named person who speaks for one of the above or for nobody.
    Person,
    /// Someone who saw it.
    Witness,
    /// Named, of a kind that is not known.
    Unknown,
}

/// A person, group or body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Party {
    /// Stable id: `p:` and a slug of the canonical name.
    pub id: String,
    /// Canonical name within the report: the fullest form used.
    pub name: String,
    /// Other forms met: acronyms, short names.
    pub aliases: Vec<String>,
    /// What kind of body it is.
    pub kind: PartyKind,
}

impl Party {
    /// Makes a party whose id follows from its name.
    pub fn named(name: impl Into<String>, kind: PartyKind) -> Self {
        let name = name.into();
        Self {
            id: Self::slug(&name),
            name,
            aliases: Vec::new(),
            kind,
        }
    }

    /// Returns `p:` and the name in lower case, with every run of other than letters and digits as one hyphen; a
    /// leading "the" is dropped.
    pub fn slug(name: &str) -> String {
        let lower = name.to_lowercase();
        let lower = lower.strip_prefix("the ").unwrap_or(&lower);
        let mut out = String::from("p:");
        let mut gap = false;
        for c in lower.chars() {
            if c.is_alphanumeric() {
                if gap && out.len() > 2 {
                    out.push('-');
                }
                gap = false;
                out.push(c);
            } else if c != '’' && c != '\'' {
                gap = true;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_fold_case_marks_and_the_article() {
        assert_eq!(Party::slug("The Guardian"), "p:guardian");
        assert_eq!(
            Party::slug("Mayor’s  Office (North)"),
            "p:mayors-office-north"
        );
        assert_eq!(Party::slug("جبهة"), "p:جبهة");
    }
}
