//! The list of tables.

mod column;
mod derived;
mod kept;
mod people;
mod proposals;
mod working;

use super::Table;

/// A table by its name.
///
/// # Panics
///
/// When there is none, which is a mistake in the code.
pub fn table(name: &str) -> &'static Table {
    let found = TABLES.iter().find(|table| table.name == name);
    found.unwrap_or_else(|| panic!("no table {name}"))
}

/// All tables; one stands after those that it names rows of.
pub const TABLES: &[Table] = &[
    kept::SETTINGS,
    kept::TEXTS,
    kept::REPORTS,
    kept::CAPTURES,
    kept::JUDGEMENTS,
    kept::TOMBSTONES,
    kept::LOG,
    kept::STEPS,
    kept::CASES,
    kept::CASE_MEMBERS,
    derived::READINGS,
    derived::ACCOUNTS,
    derived::CLAIMS,
    derived::QUOTES,
    derived::NAMES,
    derived::INCIDENTS,
    derived::INCIDENT_REPORTS,
    derived::FINDINGS,
    derived::RELATIONS,
    derived::NEAR_DUPLICATES,
    derived::ORIGINS,
    derived::LINEAGE,
    working::LINKED_WORDS,
    working::LINKED_REPORTS,
    working::LINKED_FURNITURE,
    kept::FEEDS,
    kept::FEED_ITEMS,
    proposals::PROPOSALS,
    proposals::PROPOSAL_REQUESTS,
    people::PEOPLE,
    people::SESSIONS,
    people::FAILED_LOGINS,
    people::TOKENS,
    people::VISITS,
    people::SAVED_VIEWS,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn tables_stand_after_those_they_name() {
        let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
        for table in TABLES {
            for column in table.columns {
                if let Some(to) = column.refers {
                    assert!(seen.contains(&to), "{}.{}", table.name, column.name);
                }
                assert!(
                    column.doc.ends_with('.') || column.doc.ends_with('…'),
                    "{}",
                    column.doc
                );
            }
            seen.extend(table.columns.iter().map(|column| (table.name, column.name)));
            for name in table
                .key
                .iter()
                .chain(table.unique.iter().copied().flatten())
            {
                table.at(name);
            }
            for name in table.indexes.iter().copied().flatten() {
                table.at(name);
            }
        }
    }
}
