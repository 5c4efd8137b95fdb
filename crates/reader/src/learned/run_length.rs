//! Weights as they lie in a file: runs of zeros, which an L1 penalty leaves most of a table at, are counted instead of
//! written.
//!
//! Comes in: bytes. Goes out: the same with every run of zeros as its length: (zeros, others, the others themselves),
//! again and again, each length a LEB128 number.

/// Packs bytes.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let zeros = bytes[at..].iter().take_while(|byte| **byte == 0).count();
        at += zeros;
        // Two zeros cost less as they are than as a run of their own.
        let mut end = at;
        while end < bytes.len() && bytes[end..].iter().take(3).any(|byte| *byte != 0) {
            end += 1;
        }
        number(zeros, &mut out);
        number(end - at, &mut out);
        out.extend_from_slice(&bytes[at..end]);
        at = end;
    }
    out
}

fn number(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Unpacks what [`pack`] packed; `None` when it is cut short or says more than 64 MiB.
pub fn unpack(mut packed: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    while !packed.is_empty() {
        let zeros = read_number(&mut packed)?;
        let others = read_number(&mut packed)?;
        if out.len() + zeros > MOST {
            return None;
        }
        out.resize(out.len() + zeros, 0);
        out.extend_from_slice(packed.split_off(..others)?);
    }
    Some(out)
}

const MOST: usize = 64 << 20;

fn read_number(packed: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in [0, 7, 14, 21] {
        let byte = *packed.split_off_first()?;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let mut long = vec![0; 70_000];
        long[300] = 7;
        long[302] = 9;
        long.extend([1; 200]);
        for bytes in [&[][..], &[0], &[1], &[0, 0, 0, 5, 0, 0], &long] {
            assert_eq!(unpack(&pack(bytes)).as_deref(), Some(bytes));
        }
        assert!(pack(&long).len() < 300);
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        let packed = pack(&[0, 0, 0, 5, 6, 7]);
        assert_eq!(unpack(&packed[..packed.len() - 1]), None);
        assert_eq!(unpack(&[0xff; 9]), None);
    }
}
