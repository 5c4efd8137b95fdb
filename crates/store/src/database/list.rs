//! A list as one value of a statement, so that one statement serves lists of any length.

use super::{Dialect, Value};

/// A list of words as a value, for [`among_words`].
pub fn words<T: AsRef<str>>(list: &[T]) -> Value {
    let list: Vec<&str> = list.iter().map(AsRef::as_ref).collect();
    serde_json::Value::from(list).to_string().into()
}

/// A list of numbers as a value, for [`among_numbers`].
pub fn numbers(dialect: Dialect, list: &[i64]) -> Value {
    let list: Vec<String> = list.iter().map(ToString::to_string).collect();
    let list = list.join(",");
    match dialect {
        Dialect::Sqlite => format!("[{list}]").into(),
        Dialect::Postgres => list.into(),
    }
}

/// The condition that `column` is one of the words in the list that stands as the first value.
pub fn among_words(dialect: Dialect, column: &str) -> String {
    match dialect {
        Dialect::Sqlite => format!("{column} IN (SELECT value FROM json_each(?1))"),
        Dialect::Postgres => {
            format!("{column} IN (SELECT jsonb_array_elements_text(CAST(?1 AS text)::jsonb))")
        }
    }
}

/// The same for numbers.
pub fn among_numbers(dialect: Dialect, column: &str) -> String {
    match dialect {
        Dialect::Sqlite => format!("{column} IN (SELECT value FROM json_each(?1))"),
        Dialect::Postgres => format!("{column} = ANY(string_to_array(?1, ',')::bigint[])"),
    }
}
