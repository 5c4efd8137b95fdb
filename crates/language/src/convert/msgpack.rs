//! Reads msgpack, as much of it as spaCy's model files use.
//!
//! What comes in: bytes from a package. What goes out: a [`Value`] tree. It never panics; broken or too deep input is
//! `None`.

/// A decoded value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    Nil,
    /// A truth value.
    Bool(bool),
    /// A whole number; signed ones as their two's complement.
    Int(u64),
    /// A fraction.
    Float(f64),
    /// A string; also a byte string that is UTF-8 (old packers wrote keys so).
    Str(String),
    /// Bytes.
    Bin(Vec<u8>),
    /// A list.
    List(Vec<Value>),
    /// A map, in file order.
    Map(Vec<(Value, Value)>),
}

impl Value {
    /// Decodes the one value in `bytes`.
    pub(crate) fn read(bytes: &[u8]) -> Option<Value> {
        Reader { bytes }.value(0)
    }

    /// The value under a string key.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        let is_key = |k: &Value| match k {
            Value::Str(text) => text == key,
            Value::Bin(bytes) => bytes == key.as_bytes(),
            _ => false,
        };
        self.map()?.iter().find(|(k, _)| is_key(k)).map(|(_, v)| v)
    }

    pub(crate) fn map(&self) -> Option<&[(Value, Value)]> {
        match self {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    pub(crate) fn list(&self) -> Option<&[Value]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn int(&self) -> Option<u64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn bin(&self) -> Option<&[u8]> {
        match self {
            Value::Bin(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// Nesting beyond this is refused, so that a hostile file cannot overflow the stack.
const MAX_DEPTH: usize = 64;

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.bytes.split_at_checked(n)?;
        self.bytes = rest;
        Some(head)
    }

    /// A big-endian unsigned number of `n` bytes.
    fn number(&mut self, n: usize) -> Option<u64> {
        Some(
            self.take(n)?
                .iter()
                .fold(0, |sum, &byte| sum << 8 | u64::from(byte)),
        )
    }

    fn text(&mut self, n: usize) -> Option<Value> {
        Some(Value::Str(String::from_utf8(self.take(n)?.to_vec()).ok()?))
    }

    fn items(&mut self, n: usize, depth: usize) -> Option<Value> {
        let mut items = Vec::with_capacity(n.min(self.bytes.len()));
        for _ in 0..n {
            items.push(self.value(depth)?);
        }
        Some(Value::List(items))
    }

    fn entries(&mut self, n: usize, depth: usize) -> Option<Value> {
        let mut entries = Vec::with_capacity(n.min(self.bytes.len()));
        for _ in 0..n {
            entries.push((self.value(depth)?, self.value(depth)?));
        }
        Some(Value::Map(entries))
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        let tag = self.take(1)?[0];
        let depth = depth + 1;
        match tag {
            0x00..=0x7f => Some(Value::Int(u64::from(tag))),
            0x80..=0x8f => self.entries(usize::from(tag & 15), depth),
            0x90..=0x9f => self.items(usize::from(tag & 15), depth),
            0xa0..=0xbf => self.text(usize::from(tag & 31)),
            0xc0 => Some(Value::Nil),
            0xc2 | 0xc3 => Some(Value::Bool(tag == 0xc3)),
            0xc4..=0xc6 => {
                let n = self.number(1 << (tag - 0xc4))? as usize;
                Some(Value::Bin(self.take(n)?.to_vec()))
            }
            0xca => Some(Value::Float(f64::from(f32::from_bits(
                self.number(4)? as u32
            )))),
            0xcb => Some(Value::Float(f64::from_bits(self.number(8)?))),
            0xcc..=0xcf => Some(Value::Int(self.number(1 << (tag - 0xcc))?)),
            0xd0 => Some(Value::Int(self.number(1)? as u8 as i8 as i64 as u64)),
            0xd1 => Some(Value::Int(self.number(2)? as u16 as i16 as i64 as u64)),
            0xd2 => Some(Value::Int(self.number(4)? as u32 as i32 as i64 as u64)),
            0xd3 => Some(Value::Int(self.number(8)?)),
            0xd9..=0xdb => {
                let n = self.number(1 << (tag - 0xd9))? as usize;
                self.text(n)
            }
            0xdc | 0xdd => {
                let n = self.number(2 << (tag - 0xdc))? as usize;
                self.items(n, depth)
            }
            0xde | 0xdf => {
                let n = self.number(2 << (tag - 0xde))? as usize;
                self.entries(n, depth)
            }
            0xe0..=0xff => Some(Value::Int(tag as i8 as i64 as u64)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_nested_values() {
        let bytes = b"\x82\xa1a\x93\x01\xc2\xcd\x01\x00\xc4\x01b\xff";
        let value = Value::read(bytes).unwrap();
        let list = value.get("a").unwrap().list().unwrap();
        assert_eq!(list, [Value::Int(1), Value::Bool(false), Value::Int(256)]);
        assert_eq!(value.get("b"), Some(&Value::Int(u64::MAX)));
    }

    #[test]
    fn broken_input_is_none() {
        assert_eq!(Value::read(b""), None);
        assert_eq!(Value::read(b"\xdf\xff\xff\xff\xff"), None);
        assert_eq!(Value::read(&[0x91; 1000]), None);
        assert_eq!(Value::read(b"\xc6\xff\xff\xff\xff\x00"), None);
    }
}
