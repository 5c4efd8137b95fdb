//! The tables: as they are published, and brought up from every older version.

use std::{fs, path::PathBuf};

use store::{
    Error, Place, Store,
    database::{Database, Dialect, Sqlite},
    schema,
};

use crate::made::{folder, places, stores};

fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Holds a file to what the code says, or writes it where that is asked for.
fn check(path: PathBuf, wanted: &str) {
    if std::env::var_os("CROSSBEARING_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "{} is not what the code says; `make schema` writes it",
        path.display()
    );
}

#[test]
fn the_page_of_tables_is_that_of_the_code() {
    check(root("../../docs/casebook-tables.md"), &schema::page());
}

/// A schema that was published never changes: a change is a new version, with a step that leads there.
#[test]
fn the_schema_of_this_version_is_as_it_was_published() {
    for (dialect, name) in [(Dialect::Sqlite, "sqlite"), (Dialect::Postgres, "postgres")] {
        let path = root(&format!("schema/{}.{name}.sql", schema::VERSION));
        check(path, &schema::create(dialect));
    }
}

#[test]
fn every_older_schema_is_brought_up_to_todays() {
    if std::env::var_os("CROSSBEARING_BLESS").is_some() {
        // The files are being written.
        return;
    }
    for version in 1..=schema::VERSION {
        let sql = fs::read_to_string(root(&format!("schema/{version}.sqlite.sql"))).unwrap();
        let place = folder();
        fs::create_dir_all(place.join(store::BYTES)).unwrap();
        let mut old = Sqlite::create(&place.join(store::FILE)).unwrap();
        old.script(&sql).unwrap();
        old.script(&format!(
            "INSERT INTO settings VALUES ('schema', '{version}')"
        ))
        .unwrap();
        drop(old);
        let mut brought = Store::open(&Place::Folder(place.clone())).unwrap();
        assert_eq!(
            brought.setting("schema").unwrap(),
            Some(schema::VERSION.to_string())
        );
        let audit = store::audit::verify(&mut brought, &mut |_| {}).unwrap();
        assert_eq!(audit.faults, [], "version {version}");
        fs::remove_dir_all(place).unwrap();
    }
}

#[test]
fn a_casebook_of_a_later_program_is_left_alone() {
    for mut made in stores() {
        let later = schema::VERSION + 1;
        let sql = format!("UPDATE settings SET value = '{later}' WHERE name = 'schema'");
        made.store.database().script(&sql).unwrap();
        let error = Store::open(&made.place).err().unwrap();
        assert!(
            matches!(error, Error::Newer { found, .. } if found == later),
            "{error}"
        );
        let sql = format!(
            "UPDATE settings SET value = '{}' WHERE name = 'schema'",
            schema::VERSION
        );
        made.store.database().script(&sql).unwrap();
    }
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    for (folder, place) in places() {
        let sql = "CREATE TABLE customers (id INTEGER PRIMARY KEY)";
        match &place {
            Place::Folder(_) => Sqlite::create(&folder.join(store::FILE))
                .unwrap()
                .script(sql)
                .unwrap(),
            Place::Server(address) => store::database::Postgres::connect(address)
                .unwrap()
                .script(sql)
                .unwrap(),
        }
        let error = Store::open(&place).err().unwrap();
        assert!(matches!(error, Error::Foreign { .. }), "{error}");
    }
    let own = folder();
    fs::write(
        own.join(store::FILE),
        "Three people were hurt in Kelmoor. ".repeat(100),
    )
    .unwrap();
    let error = Store::open(&Place::Folder(own.clone())).err().unwrap();
    assert!(matches!(error, Error::Foreign { .. }), "{error}");
    fs::remove_dir_all(own).unwrap();
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let error = Store::open(&Place::of("postgres://ana:secret@127.0.0.1:1/none"))
        .err()
        .unwrap();
    assert!(matches!(error, Error::Gone { .. }), "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
}
