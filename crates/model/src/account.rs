//! One report's version of one happening.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};

use crate::{AccountId, Claim, Keys, Note, Report, ReportId, Sentences, Text, sentence};

/// Which happening of the report an account tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// What the report is about.
    Main,
    /// Another happening that it tells as news: an item of a round-up or a police blotter, a second incident.
    Further,
    /// A sum over several happenings or over a period: "five shot in three incidents", "the 40th death this year".
    Period,
    /// An older happening it mentions.
    Background,
}

/// One report's version of one happening: its claims, in order of position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Hash of the report and the account's place in it.
    pub id: AccountId,
    /// The report.
    pub report: ReportId,
    /// What the report is about, or something else it mentions.
    pub kind: AccountKind,
    /// What it tells of, in a few words of the report; empty for the main account.
    pub label: String,
    /// Its claims, in order of position in the text.
    pub claims: Vec<Claim>,
}

/// Everything the reader makes of one report: what the reconciler takes in.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "StoredReading")]
pub struct Reading {
    /// The report.
    pub report: Report,
    /// Its text.
    pub text: Text,
    /// Its accounts, the main one first. Empty when nothing in scope was found.
    pub accounts: Vec<Account>,
    /// What the reader wants to tell.
    pub notes: Vec<Note>,
    /// Its sentences, with what later steps ask of their words.
    pub sentences: Sentences,
    /// What linking asks of its words.
    pub keys: Keys,
}

/// A reading as it is stored: its sentences in code points.
#[derive(Deserialize)]
struct StoredReading {
    report: Report,
    text: Text,
    accounts: Vec<Account>,
    notes: Vec<Note>,
    #[serde(default)]
    sentences: sentence::Stored,
    #[serde(default)]
    keys: Keys,
}

impl TryFrom<StoredReading> for Reading {
    type Error = &'static str;

    fn try_from(stored: StoredReading) -> Result<Self, Self::Error> {
        let sentences = Sentences::restored(stored.sentences, &stored.text);
        Ok(Self {
            sentences: sentences.ok_or("a sentence lies outside its text")?,
            report: stored.report,
            text: stored.text,
            accounts: stored.accounts,
            notes: stored.notes,
            keys: stored.keys,
        })
    }
}

impl Serialize for Reading {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut out = to.serialize_struct("Reading", 6)?;
        out.serialize_field("report", &self.report)?;
        out.serialize_field("text", &self.text)?;
        out.serialize_field("accounts", &self.accounts)?;
        out.serialize_field("notes", &self.notes)?;
        out.serialize_field("sentences", &self.sentences.stored(&self.text))?;
        out.serialize_field("keys", &self.keys)?;
        out.end()
    }
}

impl Account {
    /// Returns the id of account `number` of a report; the main account is 0.
    pub fn id_of(report: &ReportId, number: usize) -> AccountId {
        AccountId::of(&[report.as_str().as_bytes(), &(number as u64).to_le_bytes()])
    }
}

impl Reading {
    /// A reading whose sentences and keys are not made yet.
    pub fn new(report: Report, text: Text, accounts: Vec<Account>, notes: Vec<Note>) -> Self {
        Self {
            report,
            text,
            accounts,
            notes,
            sentences: Sentences::default(),
            keys: Keys::default(),
        }
    }

    /// The same reading with another of its accounts as what it is read for; everything else it tells stands in the
    /// background. `None` when it has no such account.
    pub fn told_as(&self, account: &AccountId) -> Option<Self> {
        let at = self.accounts.iter().position(|own| own.id == *account)?;
        let mut told = self.clone();
        for own in &mut told.accounts {
            if own.kind != AccountKind::Period {
                own.kind = AccountKind::Background;
            }
        }
        told.accounts[..=at].rotate_right(1);
        told.accounts[0].kind = AccountKind::Main;
        Some(told)
    }

    /// The account it is read for.
    pub fn main(&self) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| account.kind == AccountKind::Main)
    }

    /// What the id of an incident is made of: the report, or the account where the report tells of the incident in
    /// passing.
    pub fn part(&self) -> &str {
        match self.main() {
            Some(account) if !account.label.is_empty() => account.id.as_str(),
            _ => self.report.id.as_str(),
        }
    }
}
