//! The features of a town that the event may have taken place in, and their names.

macro_rules! features {
    ($($name:ident: $words:literal,)*) => {
        /// A feature of a candidate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum TownFeature { $(#[doc = $words] $name),* }

        /// Names of the features, in the order of a candidate's.
        pub const FEATURES: &[&str] = &[$(stringify!($name)),*];
    };
}

features! {
    Title: "In the headline.",
    TitleTail: "In what follows the headline behind a dash or bar: the outlet and its town.",
    Lead: "In one of the first three sentences below the headline.",
    Early: "One by the sentence it first stands in.",
    Dateline: "As the place of writing before a dash.",
    Police: "In the name of the police, the sheriff or the fire brigade.",
    PoliceShare: "Share of all such names that are this town's.",
    OtherBody: "In the name of another body.",
    Violent: "In a sentence that tells of a violent event.",
    ViolentNear: "Within eight tokens of it.",
    Hangs: "On the violent word itself: 'shot in X', 'the X shooting'.",
    In: "Behind 'in'.",
    InFirst: "Behind 'in' in the first sentence below the headline or in the headline.",
    Near: "Behind 'near' or 'outside'.",
    Of: "Behind 'of'.",
    From: "Behind 'from'.",
    To: "Behind 'to' or 'toward'.",
    Arrival: "In a clause that tells that it took place or that the police came.",
    Later: "In a clause that tells what came after: arrest, court, burial.",
    Home: "Where a person is from: 'a man from X', 'of X'.",
    HomeNoun: "Before a noun for a person: 'an X man'.",
    Hospital: "In or behind the name of a hospital.",
    Court: "In or behind the name of a court or jail.",
    School: "In or behind the name of a school or university.",
    Site: "In or behind the name of another site.",
    BehindStreet: "Right behind a street: 'Mill Street in X'.",
    StreetNear: "In a sentence with a street.",
    InStreet: "In the words of a street.",
    Area: "Before 'area' or 'community'.",
    Quarter: "Before 'neighbourhood', 'section' or 'side'.",
    QuarterWithin: "The same, beside a larger town.",
    Scene: "Behind 'in' or a street, where it happened or the police came; no hospital, court, school or home.",
    SceneLead: "The same in the headline or the first three sentences.",
    SceneOther: "Another town is the scene.",
    DatelineScene: "Both dateline and scene.",
    HangsIn: "On the violent word by 'in'.",
    Qualified: "Behind a compass word or 'downtown'.",
    Person: "Looks like the name of a person.",
    Doubtful: "Too doubtful a place for the rest of the reader.",
    Evidence: "Points of evidence that it is a place, a tenth.",
    Tied: "What holds it is named behind a comma.",
    Possessive: "Before an 's.",
    Background: "In a sentence about another case.",
    Mentions: "Logarithm of the number of mentions.",
    Share: "Share of all mentions.",
    Most: "Named most.",
    First: "Named first.",
    FirstBody: "Named first below the headline.",
    Town: "A populated place of the gazetteer.",
    County: "A county or district.",
    Part: "A quarter in no gazetteer.",
    Unknown: "In no gazetteer.",
    Large: "Logarithm of the inhabitants over 10,000, a quarter.",
    Small: "Fewer than 5,000 inhabitants.",
    Alternate: "Never under its main name.",
    InState: "In a first-level division named by itself.",
    OtherState: "Not in any of those that are named.",
    InCounty: "In a county that is named.",
    HoldsTown: "A county with a town among the candidates.",
    Abroad: "In another country than most of the text.",
    Within: "Beside a larger town that is named too.",
    WithinPolice: "Beside a larger town whose police are named.",
    Around: "Beside a smaller town that is named too.",
    Publisher: "Its name is in that of the publisher.",
    OnlyTail: "Named nowhere but behind the headline.",
    OnlyTitle: "Named nowhere but in the headline.",
    OnlyHome: "Named only as where a person is from.",
    OnlySite: "Named only with a hospital, court or school.",
    OnlyBody: "Named only in names of bodies other than the police.",
    OnlyDoubtful: "Named only doubtfully.",
    OnlyLate: "First named after the eighth sentence.",
    Words: "Words of the name, less one.",
    DatelineOther: "Another town is the dateline.",
    CountyDateline: "A county as the dateline.",
    CountyPolice: "A county as that of the sheriff.",
    PartPolice: "A quarter in the name of the police.",
    DatelineIn: "The dateline, and behind 'in' in the body too.",
    SoleTown: "The only town of the gazetteer.",
    UnknownIn: "In no gazetteer, and behind 'in'.",
    PersonIn: "Looks like a person's name, yet stands behind 'in'.",
    Division: "Its name may as well be that of a division or country.",
    HoldsPlace: "A smaller place is named that lies by it or in it.",
    HoldsQuarter: "Such a place that the text calls a neighbourhood or section.",
    HoldsScene: "Such a place that is the scene.",
    Joint: "A county or town is named whose name begins with its own.",
    Host: "In the publisher's name as the report's web address has it.",
    Section: "A section of the publication by the report's web address.",
    Slug: "Behind 'in' in the page's own name in the web address.",
    OnlyHolds: "Not named itself, but a place in or by it.",
    OnlyAddress: "Named in the web address alone.",
    AddressAlone: "Named in the web address alone, and the text names no town.",
}

/// The features of one mention.
pub(super) struct Row(pub(super) Vec<f32>);

impl Row {
    /// None of them.
    pub(super) fn new() -> Self {
        Self(vec![0.0; FEATURES.len()])
    }

    /// Marks a feature that holds.
    pub(super) fn set(&mut self, feature: TownFeature, holds: bool) {
        if holds {
            self.0[feature as usize] = 1.0;
        }
    }

    /// Whether a feature was marked.
    pub(super) fn holds(&self, feature: TownFeature) -> bool {
        self.0[feature as usize] > 0.0
    }
}
