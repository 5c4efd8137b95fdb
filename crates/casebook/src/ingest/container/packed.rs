//! Files in gzip: out of it, whatever is in them.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use crate::files;

/// Whether bytes are in gzip.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// Unpacks: at most `most` bytes of the beginning, and what follows. What is damaged fails where it is read.
pub(super) fn unpack<'a>(packed: impl Read + 'a, most: u64) -> (Vec<u8>, Box<dyn Read + 'a>) {
    let mut unpacked = MultiGzDecoder::new(packed);
    let mut head = Vec::new();
    match unpacked.by_ref().take(most).read_to_end(&mut head) {
        Ok(_) => (head, Box::new(unpacked)),
        Err(error) => (head, Box::new(Broken(error.kind(), error.to_string()))),
    }
}

/// What fails with an error that was met before, as often as it is asked: whoever looks ahead must not take the error
/// with them, or the file would be an empty one.
struct Broken(io::ErrorKind, String);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(self.0, self.1.clone()))
    }
}

/// The name of what is in a packed file: without its last ending.
pub(super) fn inner_name(name: &str) -> String {
    let at = name.len().saturating_sub(3);
    match name.as_bytes()[at..].eq_ignore_ascii_case(b".gz") {
        true => name[..at].to_owned(),
        false => name.to_owned(),
    }
}

/// All bytes, `limit` at most.
///
/// # Errors
///
/// What is wrong with them, in words.
pub(super) fn whole(bytes: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    files::take_all(bytes, limit).map_err(|error| match error {
        files::ReadError::TooLarge { .. } => error.to_string(),
        error => format!("it is damaged: {error}"),
    })
}

/// Whether an error says that packed bytes are damaged or break off, and not that a disk cannot be read.
pub(super) fn damaged(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(words: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(words).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn what_is_packed_comes_out_and_what_is_damaged_says_so() {
        let words = b"Nine people were killed in Kelmoor. ".repeat(100);
        let bytes = packed(&words);
        let (head, rest) = unpack(&bytes[..], 10);
        assert!(begins(&bytes) && head == words[..10]);
        assert_eq!(whole(rest, 10_000).unwrap(), words[10..]);
        let (_, rest) = unpack(&bytes[..], 10);
        assert!(whole(rest, 100).unwrap_err().contains("more than"));
        let (head, rest) = unpack(&bytes[..bytes.len() - 12], 1_000_000);
        assert!(!head.is_empty());
        assert!(whole(rest, 10_000).unwrap_err().contains("damaged"));
        let (_, mut rest) = unpack(&b"\x1f\x8b\x08\x00 this is no archive"[..], 10);
        assert!(rest.read(&mut [0]).is_err());
        assert!(rest.read(&mut [0]).is_err());
    }

    #[test]
    fn names_lose_one_ending() {
        assert_eq!(inner_name("a/b.txt.GZ"), "a/b.txt");
        assert_eq!(inner_name("İ.gz"), "İ");
        assert_eq!(inner_name("plain"), "plain");
    }
}
