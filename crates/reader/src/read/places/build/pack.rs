//! Records and names as one block of bytes.

use std::collections::BTreeMap;

use super::{
    draft::{Draft, Names},
    error::BuildError,
};
use crate::read::places::gazetteer::{HEADER, MAGIC, NO_POINT, RECORD, SINGLE, checksum};

/// Writes records, names, lists and index.
pub(super) fn pack(drafts: &[Draft], names: &Names) -> Result<Vec<u8>, BuildError> {
    let mut records = Vec::with_capacity(drafts.len() * RECORD);
    let mut blob = Vec::new();
    let mut blob_at: BTreeMap<&str, u32> = BTreeMap::new();
    for draft in drafts {
        let offset = *blob_at.entry(draft.name.as_str()).or_insert_with(|| {
            let at = blob.len() as u32;
            let mut length = draft.name.len().min(255);
            while !draft.name.is_char_boundary(length) {
                length -= 1;
            }
            blob.push(length as u8);
            blob.extend_from_slice(&draft.name.as_bytes()[..length]);
            at
        });
        let (lat, lon) = draft.point.map_or((NO_POINT, 0), |(lat, lon)| {
            ((lat * 1e5).round() as i32, (lon * 1e5).round() as i32)
        });
        let mut country = [0u8; 2];
        for (to, from) in country.iter_mut().zip(draft.country.bytes()) {
            *to = from;
        }
        records.extend_from_slice(&draft.geonames.to_le_bytes());
        records.extend_from_slice(&offset.to_le_bytes());
        records.extend_from_slice(&lat.to_le_bytes());
        records.extend_from_slice(&lon.to_le_bytes());
        records.extend_from_slice(
            &u32::try_from(draft.population)
                .unwrap_or(u32::MAX)
                .to_le_bytes(),
        );
        records.extend_from_slice(&country);
        records.push(draft.kind.code());
        records.push(u8::from(draft.capital));
        records.extend_from_slice(&draft.region.map_or(0, |record| record + 1).to_le_bytes());
        records.extend_from_slice(&draft.district.map_or(0, |record| record + 1).to_le_bytes());
        records.extend_from_slice(&draft.radius_m.to_le_bytes());
    }
    let mut lists: Vec<u8> = Vec::new();
    let mut index = fst::MapBuilder::memory();
    for (name, postings) in &names.0 {
        let value = match postings[..] {
            [only] => SINGLE | u64::from(only),
            _ => {
                let at = lists.len() as u64;
                lists.extend_from_slice(&(postings.len() as u32).to_le_bytes());
                for posting in postings {
                    lists.extend_from_slice(&posting.to_le_bytes());
                }
                at
            }
        };
        index.insert(name, value)?;
    }
    let index = index.into_inner()?;
    let mut out =
        Vec::with_capacity(HEADER + records.len() + blob.len() + lists.len() + index.len());
    out.extend_from_slice(MAGIC);
    for part in [&records, &blob, &lists, &index] {
        out.extend_from_slice(
            &u32::try_from(part.len())
                .map_err(|_| BuildError::TooLarge)?
                .to_le_bytes(),
        );
    }
    out.extend_from_slice(&[0; 4]);
    for part in [&records, &blob, &lists, &index] {
        out.extend_from_slice(part);
    }
    let sum = checksum(&out[HEADER..]).to_le_bytes();
    out[HEADER - 4..HEADER].copy_from_slice(&sum);
    Ok(out)
}
