//! The tables: as they are published, and brought up from every older version.

use std::{collections::BTreeMap, fs, path::PathBuf};

use store::{
    Error, Place, Store,
    database::{Database, Dialect, Sqlite},
    schema,
};

use crate::made::{add, folder, places, stores};

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
    const BODY: &str = "At least seven people were killed in Varda on Monday, officials said.";
    for mut today in stores() {
        add(&mut today.store, "Seven dead", BODY, "a.txt");
        for version in 1..=schema::VERSION {
            let dialect = today.store.database().dialect();
            let (place, mut old) = older(version, dialect);
            let columns = columns(&mut *old);
            // What is kept as it is today is put into the older one.
            for table in schema::TABLES {
                let names: Vec<&str> = table.columns.iter().map(|it| it.name).collect();
                if columns.get(table.name).is_none_or(|own| *own != names) {
                    continue;
                }
                let rows = today.store.database().rows(&table.select(""), &[]).unwrap();
                for row in rows.iter().filter(|row| row.text(0) != Some("schema")) {
                    old.execute(&table.insert(), &row.0).unwrap();
                }
            }
            let search = "INSERT INTO search_reports (rowid, words) SELECT seq, ";
            let words = match dialect {
                Dialect::Sqlite => "'seven dead' FROM reports",
                Dialect::Postgres => "to_tsvector('simple', 'seven dead') FROM reports",
            };
            old.script(&format!("{search}{words}")).unwrap();
            let bytes = today.folder.join(store::BYTES);
            if let Place::Folder(folder) = &place {
                fs::remove_dir_all(folder.join(store::BYTES)).unwrap();
                std::os::unix::fs::symlink(&bytes, folder.join(store::BYTES)).unwrap();
            } else {
                let rows = "SELECT sha256, packed FROM stored_bytes";
                for row in today.store.database().rows(rows, &[]).unwrap() {
                    old.execute("INSERT INTO stored_bytes VALUES (?1, ?2)", &row.0)
                        .unwrap();
                }
            }
            drop(old);
            let mut brought = Store::open(&place).unwrap();
            assert_eq!(
                brought.setting("schema").unwrap(),
                Some(schema::VERSION.to_string())
            );
            assert_eq!(indexes(brought.database()), indexes(today.store.database()));
            assert_eq!(
                self::columns(brought.database()),
                self::columns(today.store.database()),
                "version {version}"
            );
            assert_eq!(brought.head().unwrap(), today.store.head().unwrap());
            // It goes on as one made today.
            add(&mut brought, "Quiet", "Two were hurt in Kelmoor.", "b.txt");
            brought
                .write(&mut |tx| {
                    tx.mend_index("search_reports", "2031-03-04T05:00:00.000Z", "Ana")?;
                    tx.watch(
                        "https://outlet.example/rss",
                        None,
                        "2031-03-04T05:00:00.000Z",
                        "Ana",
                    )
                })
                .unwrap();
            let audit = store::audit::verify(&mut brought, &mut |_| {}).unwrap();
            assert_eq!(audit.faults, [], "version {version}");
            if let Place::Folder(folder) = place {
                fs::remove_dir_all(folder).unwrap();
            }
        }
    }
}

/// An empty casebook of an older schema, and the connection to it.
fn older(version: i64, dialect: Dialect) -> (Place, Box<dyn Database>) {
    let name = match dialect {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    };
    let sql = fs::read_to_string(root(&format!("schema/{version}.{name}.sql"))).unwrap();
    let wanted = |(_, place): &(PathBuf, Place)| {
        matches!(place, Place::Folder(_)) == (dialect == Dialect::Sqlite)
    };
    let (_, place) = places().into_iter().find(wanted).unwrap();
    let mut old: Box<dyn Database> = match &place {
        Place::Folder(folder) => {
            fs::create_dir_all(folder.join(store::BYTES)).unwrap();
            Box::new(Sqlite::create(&folder.join(store::FILE)).unwrap())
        }
        Place::Server(address) => Box::new(store::database::Postgres::connect(address).unwrap()),
    };
    old.script(&sql).unwrap();
    let schema = format!("INSERT INTO settings VALUES ('schema', '{version}')");
    old.script(&schema).unwrap();
    (place, old)
}

/// The columns of each table and view, in order.
fn columns(database: &mut dyn Database) -> BTreeMap<String, Vec<String>> {
    let sql = match database.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type IN ('table', 'view') ORDER BY m.name, c.cid"
        }
        Dialect::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        }
    };
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in database.rows(sql, &[]).unwrap() {
        out.entry(row.words(0)).or_default().push(row.words(1));
    }
    out
}

/// The names of all indexes.
fn indexes(database: &mut dyn Database) -> Vec<String> {
    let sql = match database.dialect() {
        Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name",
        Dialect::Postgres => {
            "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname"
        }
    };
    let rows = database.rows(sql, &[]).unwrap();
    rows.iter().map(|row| row.words(0)).collect()
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
