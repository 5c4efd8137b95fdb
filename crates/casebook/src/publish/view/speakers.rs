//! Speaker chains as printed.

use model::{Claim, ReportCard, ReportId, Speaker, SpeakerKind};

use super::index::View;

/// One link of a speaker chain, as printed.
pub struct Link {
    /// Who.
    pub name: String,
    /// The body the person speaks for.
    pub of: Option<String>,
    /// Whether that is a party to the events.
    pub interested: bool,
}

impl Link {
    /// `Ilse Marren (Saint Anna hospital)`.
    pub fn label(&self) -> String {
        match &self.of {
            Some(of) => format!("{} ({of})", self.name),
            None => self.name.clone(),
        }
    }
}

impl View<'_> {
    /// The chain of a claim, from the one who says it to the source that prints it. The publisher of a file that names
    /// none goes by its report's letter.
    pub fn chain(&self, claim: &Claim) -> Vec<Link> {
        claim
            .speakers
            .iter()
            .map(|speaker| self.link(speaker, &claim.report))
            .collect()
    }

    fn link(&self, speaker: &Speaker, report: &ReportId) -> Link {
        let body = speaker.affiliation.as_deref().map(str::trim);
        let (name, of) = match (speaker.kind, speaker.name.trim(), body) {
            (SpeakerKind::Unnamed, ..) => ("unnamed reports".to_owned(), None),
            (SpeakerKind::Publisher, "", _) => (format!("report {}", self.letter(report)), None),
            (_, "", None | Some("")) => ("a speaker without a name".to_owned(), None),
            (_, "", Some(body)) => (body.to_owned(), None),
            (_, name, Some(body)) if !body.is_empty() && body != name => {
                (name.to_owned(), Some(body.to_owned()))
            }
            (_, name, _) => (name.to_owned(), None),
        };
        Link {
            name,
            of,
            interested: speaker.interested,
        }
    }

    /// The source's name, or that the file names none.
    pub fn source(&self, card: &ReportCard) -> String {
        match &card.report.source.name {
            Some(name) if !name.trim().is_empty() => name.clone(),
            _ => "source not named".to_owned(),
        }
    }
}
