//! A value of a column, and a row of them.

use std::borrow::Cow;

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing is known.
    Null,
    /// A whole number; 0 and 1 where a column says no and yes.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Words, JSON or a time.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Value {
    /// The value in bytes that are the same for the same value and different for different ones: a letter for the
    /// kind, the length, and the content.
    pub fn canonical(&self, out: &mut Vec<u8>) {
        let (kind, content): (u8, Cow<'_, [u8]>) = match self {
            Self::Null => (b'n', Cow::Borrowed(&[])),
            Self::Integer(n) => (b'i', Cow::Owned(n.to_le_bytes().to_vec())),
            Self::Real(x) => (b'r', Cow::Owned(x.to_bits().to_le_bytes().to_vec())),
            Self::Text(text) => (b't', Cow::Borrowed(text.as_bytes())),
            Self::Bytes(bytes) => (b'b', Cow::Borrowed(bytes)),
        };
        out.push(kind);
        out.extend((content.len() as u64).to_le_bytes());
        out.extend_from_slice(&content);
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Integer(n)
    }
}

impl From<usize> for Value {
    fn from(n: usize) -> Self {
        Self::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Value {
    /// Numbers above 2⁶³ − 1 are written as that.
    fn from(n: u64) -> Self {
        Self::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Integer(i64::from(yes))
    }
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        Self::Real(x)
    }
}

impl From<&str> for Value {
    /// PostgreSQL keeps no NUL character, so none is kept anywhere.
    fn from(text: &str) -> Self {
        Self::Text(text.replace('\0', "\u{fffd}"))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.contains('\0') {
            return Self::from(text.as_str());
        }
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The values of a row, in the order of the query's columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The words of a column, if it has some.
    pub fn text(&self, at: usize) -> Option<&str> {
        match self.0.get(at) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The words of a column, empty where there are none.
    pub fn words(&self, at: usize) -> String {
        self.text(at).unwrap_or_default().to_owned()
    }

    /// The whole number of a column, if it has one.
    pub fn integer(&self, at: usize) -> Option<i64> {
        match self.0.get(at) {
            Some(Value::Integer(n)) => Some(*n),
            _ => None,
        }
    }

    /// The number of a column, if it has one.
    pub fn real(&self, at: usize) -> Option<f64> {
        match self.0.get(at) {
            Some(Value::Real(x)) => Some(*x),
            Some(Value::Integer(n)) => Some(*n as f64),
            _ => None,
        }
    }

    /// The bytes of a column, if it has some.
    pub fn bytes(&self, at: usize) -> Option<&[u8]> {
        match self.0.get(at) {
            Some(Value::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Whether a column says yes.
    pub fn yes(&self, at: usize) -> bool {
        self.integer(at) == Some(1)
    }
}
