//! What a claim rests on, in types: how the reader came to it, how sure it is, and what the words say beside the value.
//!
//! The reader writes these values where it reads the words. Nothing that takes a reading looks at words or at the name
//! of a rule again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// How the reader came to the value of a claim.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The words state it.
    #[default]
    Stated,
    /// A count of people told of one by one.
    Enumerated,
    /// The sum of a list: "77 soldiers, 39 fighters and 7 civilians".
    SumOfList,
    /// People beside others told of before: "two more bodies".
    Others,
    /// Such people added to those told of before.
    WithOthers,
    /// A part of people just counted: "six, including two children".
    Including,
    /// The figure that the report as a whole gives for everybody.
    ReportToll,
    /// A day that stands near the event and not in its clause.
    Near,
    /// A day or a place that the report names besides that of the event.
    Further,
    /// A day inferred from the day of publication.
    Publication,
    /// The day of what came after the event, where the report gives no other.
    FollowUp,
    /// A settlement that one item of a round-up names as the place of its event.
    Settlement,
    /// A town that is not named: a place in it or near it is.
    Around,
    /// A town that the web address of the report alone gives.
    Address,
    /// A person charged with the deed, or held for it.
    Charged,
    /// Whoever does the deed in the report's own words, with nobody blaming them.
    Doer,
    /// Whoever says that they did it.
    ClaimedDeed,
    /// Nobody has claimed it.
    Unclaimed,
}

/// How sure the reader is of a value that it chose among several.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// No other value is nearly as likely.
    #[default]
    Sure,
    /// More likely than any other.
    Likely,
    /// Others are nearly as likely.
    Open,
}

/// What the words of a claim say beside its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A figure called an early one: "initially", "a preliminary toll".
    Early,
    /// What is not certain is called likely: "likely killed", not "possibly killed".
    Likely,
    /// Members of one family: "five cousins".
    Kin,
    /// People told of beside others: "three others", "her other children".
    Others,
    /// People described without saying that they are all: "her two sons", "the child".
    Described,
    /// People picked from others: "one of the wounded", "somebody".
    Picked,
    /// Control said to be complete: "fully under control".
    Complete,
    /// Control said to be over: "held it until the evening".
    Lost,
    /// A party called only what anybody may be called: "gunmen", "a suspected group".
    Unnamed,
    /// A party called by a word for attackers: "gunmen", "rebels".
    Attackers,
    /// A party called by a word for the forces of a state: "army", "police".
    Forces,
    /// A party that is nobody: "no group".
    Nobody,
}

/// A kind of site; one of them stands for all words that mean it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SiteKind {
    /// A prison, jail or place of detention.
    Prison,
    /// A hospital or clinic.
    Hospital,
    /// A school, college or university.
    School,
    /// A mosque.
    Mosque,
    /// A church, chapel or cathedral.
    Church,
    /// A market or bazaar.
    Market,
    /// A camp or settlement.
    Camp,
    /// A military base, barracks or outpost.
    Base,
    /// A checkpoint or roadblock.
    Checkpoint,
    /// A bridge.
    Bridge,
    /// An airport or airbase.
    Airport,
    /// A station or terminal.
    Station,
    /// A hotel or guesthouse.
    Hotel,
    /// An embassy or consulate.
    Embassy,
}

/// A sort of firearm; two of them are two weapons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Firearm {
    /// A pistol or revolver.
    Handgun,
    /// A rifle or carbine.
    Rifle,
    /// A shotgun.
    Shotgun,
    /// A machine gun.
    MachineGun,
}

impl Firearm {
    /// The name in plain words.
    pub fn name(self) -> &'static str {
        match self {
            Firearm::Handgun => "handgun",
            Firearm::Rifle => "rifle",
            Firearm::Shotgun => "shotgun",
            Firearm::MachineGun => "machine gun",
        }
    }
}

/// A kind of past event that a statement on the background tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PastKind {
    /// A defeat or the loss of a place.
    Defeat,
    /// The seizure of a place.
    Seizure,
    /// The start of something.
    Start,
    /// The founding or proclamation of something.
    Founding,
    /// A truce or treaty.
    Truce,
    /// A killing or an attack.
    Killing,
    /// An invasion or offensive.
    Invasion,
    /// A withdrawal.
    Withdrawal,
    /// An arrest or sentence.
    Arrest,
    /// An election or coup.
    Election,
}

/// What the words of a claim hold beside its value, by slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Detail {
    /// `where`: a site, taken apart.
    Site {
        /// Its kind, where its words hold one.
        kind: Option<SiteKind>,
        /// Its own name, folded, without articles, kind and the name of its town; empty where it has none.
        name: String,
    },
    /// `means`: a weapon.
    Weapon {
        /// The sort of firearm, where it is one and its words name the sort.
        firearm: Option<Firearm>,
        /// How many, where the article or the first word says so: "a car bomb" is one.
        number: Option<u64>,
    },
    /// `when`: weekdays named by words that no day in the report anchors, 1 for Monday to 7 for Sunday.
    Weekdays {
        /// The weekdays, in order, each once.
        days: BTreeSet<u8>,
    },
    /// `background`: a past event in one year.
    Past {
        /// The year.
        year: u16,
        /// The kinds of event that the words tell.
        kinds: BTreeSet<PastKind>,
        /// Words in lower case that may show that two statements speak of one event.
        content: BTreeSet<String>,
        /// Capitalised words, folded.
        names: BTreeSet<String>,
    },
}

/// What a claim rests on. The default is a plain statement of which the reader is sure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// How the reader came to the value.
    #[serde(default)]
    pub basis: Basis,
    /// How sure it is of the value.
    #[serde(default)]
    pub certainty: Certainty,
    /// What the words say beside the value.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub marks: BTreeSet<Mark>,
    /// What the words hold beside the value, by slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

impl Evidence {
    /// Whether the words bear this mark.
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// Whether it is a plain statement of which the reader is sure.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_evidence_is_short_and_reads_back() {
        let plain = serde_json::to_string(&Evidence::default()).unwrap();
        assert_eq!(plain, r#"{"basis":"stated","certainty":"sure"}"#);
        let site = Evidence {
            marks: [Mark::Early].into(),
            detail: Some(Detail::Site {
                kind: Some(SiteKind::Prison),
                name: "dulmira".into(),
            }),
            ..Evidence::default()
        };
        let json = serde_json::to_string(&site).unwrap();
        assert_eq!(serde_json::from_str::<Evidence>(&json).unwrap(), site);
        assert!(site.has(Mark::Early) && !site.has(Mark::Kin) && !site.is_plain());
    }
}
