//! A number as a named rule gives it.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

use crate::ClaimId;

/// How a rule's numbers are told to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleReading {
    /// A range: "200 to 211".
    Range,
    /// Three estimates: "low 200, best 211, high none".
    Estimates,
    /// One number: "200".
    Number,
}

/// What publishers say of a rule. Whoever adds a rule adds one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSpec {
    /// The name in the published JSON.
    pub key: &'static str,
    /// The name where room is short.
    pub short: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// What it does, in one clause.
    pub does: &'static str,
    /// How its numbers are told.
    pub reading: RuleReading,
}

macro_rules! rules {
    ($(
        $(#[$doc:meta])*
        $variant:ident = $key:literal, $short:literal, $name:literal, $reading:ident, $does:literal;
    )*) => {
        /// A named number rule. See the reconciler's `rules` for the source of each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum RuleName { $($(#[$doc])* #[serde(rename = $key)] $variant),* }

        impl RuleName {
            /// All rules in the order they are shown.
            pub const ALL: &'static [RuleName] = &[$(RuleName::$variant),*];

            /// Its row.
            pub fn spec(self) -> &'static RuleSpec {
                match self {
                    $(RuleName::$variant => &RuleSpec {
                        key: $key,
                        short: $short,
                        name: $name,
                        does: $does,
                        reading: RuleReading::$reading,
                    }),*
                }
            }
        }
    };
}

rules! {
    /// Intersection of the standing intervals, or their hull when disputed.
    Interval = "interval", "interval", "Interval", Range,
        "what all standing figures allow together; when they are disputed, from the smallest to the largest they allow";
    /// Low, best, high after UCDP's practice.
    Ucdp = "ucdp", "UCDP", "UCDP", Estimates,
        "low, best and high estimate, after the practice of the Uppsala Conflict Data Program";
    /// Most conservative figure after ACLED's practice.
    Acled = "acled", "ACLED", "ACLED", Number,
        "the most conservative figure, after ACLED’s practice (“tens” 10, “dozens” 12, “hundreds” 100)";
    /// Min–max over independent origins after Iraq Body Count's practice.
    Ibc = "ibc", "IBC", "IBC", Range,
        "smallest and largest figure over independent origins, after Iraq Body Count’s practice";
    /// Min–max after Airwars' practice.
    Airwars = "airwars", "Airwars", "Airwars", Range,
        "minimum and highest claim still standing, after Airwars’ practice (a vague plural 2, “dozens” 12 to 24)";
    /// The newest figure of each speaker.
    Latest = "latest", "latest", "Latest", Range, "the newest figure of each speaker";
}

impl RuleName {
    /// The rule printed as `key`, if there is one.
    pub fn from_key(key: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|rule| rule.spec().key == key)
    }
}

/// A range a rule gives, the claims it used and those it set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleRange {
    /// Smallest.
    pub low: Option<u64>,
    /// The rule's own best figure, for rules that have one.
    pub best: Option<u64>,
    /// Largest; `None` is no limit or none given.
    pub high: Option<u64>,
    /// Claims the rule used, sorted.
    pub used: Vec<ClaimId>,
    /// Claims it set aside, each with the reason.
    pub set_aside: Vec<(ClaimId, String)>,
}

/// What a rule that was not applied gave.
static NOTHING: RuleRange = RuleRange {
    low: None,
    best: None,
    high: None,
    used: Vec::new(),
    set_aside: Vec::new(),
};

/// What one rule gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleResult {
    /// The rule.
    pub name: RuleName,
    /// What it gave.
    pub range: RuleRange,
}

/// What the named number rules give on one finding, in the order they are shown. Published as an object with the rules'
/// names as keys.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Numbers(pub Vec<RuleResult>);

impl Numbers {
    /// The results in the order they are shown.
    pub fn iter(&self) -> impl Iterator<Item = &RuleResult> {
        self.0.iter()
    }
}

impl std::ops::Index<RuleName> for Numbers {
    type Output = RuleRange;

    /// What this rule gave; nothing at all where it was not applied.
    fn index(&self, name: RuleName) -> &RuleRange {
        let found = self.0.iter().find(|result| result.name == name);
        found.map_or(&NOTHING, |result| &result.range)
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(
            self.0
                .iter()
                .map(|result| (result.name.spec().key, &result.range)),
        )
    }
}

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Results;

        impl<'de> Visitor<'de> for Results {
            type Value = Numbers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of named rules")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Numbers, A::Error> {
                let mut out = Vec::new();
                while let Some((rule, range)) = map.next_entry()? {
                    out.push(RuleResult { name: rule, range });
                }
                Ok(Numbers(out))
            }
        }

        from.deserialize_map(Results)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Numbers {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Numbers".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let range = serde_json::Value::from(generator.subschema_for::<RuleRange>());
        let mut properties = serde_json::Map::new();
        for rule in RuleName::ALL {
            let mut property = range.clone();
            property["description"] = format!("{}: {}.", rule.spec().name, rule.spec().does).into();
            properties.insert(rule.spec().key.to_owned(), property);
        }
        let required: Vec<&str> = RuleName::ALL.iter().map(|rule| rule.spec().key).collect();
        schemars::json_schema!({
            "description": "What the named number rules give on one finding.",
            "type": "object",
            "properties": properties,
            "required": required,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_published_under_their_names_and_come_back() {
        let numbers = Numbers(
            RuleName::ALL
                .iter()
                .zip(1..)
                .map(|(&rule, n)| RuleResult {
                    name: rule,
                    range: RuleRange {
                        low: Some(n),
                        ..NOTHING.clone()
                    },
                })
                .collect(),
        );
        let json = serde_json::to_string(&numbers).unwrap();
        assert!(json.starts_with("{\"interval\":{\"low\":1,"), "{json}");
        assert_eq!(serde_json::from_str::<Numbers>(&json).unwrap(), numbers);
        assert_eq!(numbers[RuleName::Ucdp].low, Some(2));
        assert_eq!(Numbers::default()[RuleName::Ucdp], NOTHING);
    }

    #[test]
    fn keys_go_both_ways() {
        for &rule in RuleName::ALL {
            assert_eq!(RuleName::from_key(rule.spec().key), Some(rule));
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.spec().key);
        }
    }
}
