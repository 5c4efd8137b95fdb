//! One report's version of one happening.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Claim, Note, Report, ReportId, Text};

/// Which happening of the report an account tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// What the report is about.
    Main,
    /// An older or other happening it mentions.
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The report.
    pub report: Report,
    /// Its text.
    pub text: Text,
    /// Its accounts, the main one first. Empty when nothing in scope was found.
    pub accounts: Vec<Account>,
    /// What the reader wants to tell.
    pub notes: Vec<Note>,
}
