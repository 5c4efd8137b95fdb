//! First-level divisions with their written abbreviations, and regions, islands and waters that no list of divisions
//! holds.
//!
//! Lists only; nothing here decides. Points are rounded middles (degrees north, degrees east).

/// A first-level division: country, GeoNames code (`US.OH`), degrees north, degrees east, abbreviations split by `|`.
/// Those after `/` count only behind a comma and a place ("LA", "IN", "Ore.").
pub(super) type Division = (&'static str, f32, f32, &'static str);

/// Divisions that news abbreviates, or whose middle lies far from where people live.
#[rustfmt::skip]
pub(super) const DIVISIONS: &[Division] = &[
    ("US.AL", 32.75, -86.75, "Ala./AL"), ("US.AK", 64.0, -150.0, "Alas./AK"), ("US.AZ", 34.5, -111.5, "Ariz./AZ"),
    ("US.AR", 34.75, -92.5, "Ark./AR"), ("US.CA", 37.25, -119.75, "Calif.|Cal./CA"), ("US.CO", 39.0, -105.5, "Colo./CO"),
    ("US.CT", 41.67, -72.67, "Conn./CT"), ("US.DE", 39.0, -75.5, "/Del.|DE"), ("US.DC", 38.9, -77.02, "D.C.|Washington D.C.|Washington, D.C.|Washington DC/DC"),
    ("US.FL", 28.75, -82.5, "Fla./FL"), ("US.GA", 32.75, -83.5, "/Ga.|GA"), ("US.HI", 20.75, -156.5, "/HI"),
    ("US.ID", 44.5, -114.25, "/ID|Ida."), ("US.IL", 40.0, -89.25, "/Ill.|IL"), ("US.IN", 40.0, -86.25, "Ind./IN"),
    ("US.IA", 42.0, -93.5, "/IA|Ia."), ("US.KS", 38.5, -98.5, "Kan.|Kans./KS"), ("US.KY", 38.2, -84.9, "Ky./KY"),
    ("US.LA", 31.0, -92.0, "/La.|LA"), ("US.ME", 45.5, -69.25, "/ME|Me."), ("US.MD", 39.0, -76.75, "/Md.|MD"),
    ("US.MA", 42.37, -71.11, "/Mass.|MA"), ("US.MI", 44.25, -85.5, "Mich./MI"), ("US.MN", 46.25, -94.25, "Minn./MN"),
    ("US.MS", 32.75, -89.75, "/Miss.|MS"), ("US.MO", 38.25, -92.5, "/Mo.|MO"), ("US.MT", 47.0, -109.75, "/Mont.|MT"),
    ("US.NE", 41.5, -99.75, "Neb.|Nebr./NE"), ("US.NV", 39.25, -116.75, "Nev./NV"), ("US.NH", 43.67, -71.5, "N.H./NH"),
    ("US.NJ", 40.17, -74.5, "N.J.|NJ"), ("US.NM", 34.5, -106.0, "N.M./NM"), ("US.NY", 43.0, -75.5, "/N.Y.|NY"),
    ("US.NC", 35.5, -80.0, "N.C./NC"), ("US.ND", 47.5, -100.5, "N.D./ND"), ("US.OH", 40.25, -83.0, "/OH|O."),
    ("US.OK", 35.5, -97.5, "Okla./OK"), ("US.OR", 44.0, -120.5, "/Ore.|OR"), ("US.PA", 41.0, -77.75, "/Pa.|PA|Penn."),
    ("US.RI", 41.75, -71.5, "R.I./RI"), ("US.SC", 34.0, -81.0, "S.C./SC"), ("US.SD", 44.5, -100.25, "S.D./SD"),
    ("US.TN", 35.75, -86.25, "Tenn./TN"), ("US.TX", 31.25, -99.25, "Tex./TX"), ("US.UT", 39.25, -111.75, "/UT"),
    ("US.VT", 44.0, -72.75, "/Vt.|VT"), ("US.VA", 37.55, -77.45, "/Va.|VA"), ("US.WA", 47.5, -120.5, "Wash./WA|Washington state"),
    ("US.WV", 38.5, -80.5, "W.Va.|W. Va./WV"), ("US.WI", 44.5, -90.0, "Wis.|Wisc./WI"), ("US.WY", 43.0, -107.5, "Wyo./WY"),
    ("CA.01", 55.0, -114.7, "Alta./AB"), ("CA.02", 53.99, -125.0, "B.C.|BC"), ("CA.03", 55.0, -97.0, "/Man.|MB"),
    ("CA.04", 46.5, -66.2, "N.B./NB"), ("CA.05", 53.5, -60.0, "/N.L.|NL|Nfld."), ("CA.07", 45.0, -63.0, "N.S./NS"),
    ("CA.08", 50.0, -85.0, "Ont./ON"), ("CA.09", 46.4, -63.2, "P.E.I.|PEI/PE"), ("CA.10", 52.0, -72.0, "Que./QC"),
    ("CA.11", 54.0, -106.0, "Sask./SK"), ("CA.12", 63.0, -135.0, "/YT"), ("CA.13", 65.0, -118.0, "N.W.T./NT"), ("CA.14", 66.0, -95.0, "/NU"),
    ("AU.01", -35.5, 149.0, "ACT/ACT"), ("AU.02", -33.0, 147.0, "NSW|N.S.W."), ("AU.03", -19.5, 133.5, "/NT"), ("AU.04", -22.0, 144.4, "Qld/QLD"),
    ("AU.05", -30.0, 135.0, "/SA"), ("AU.06", -42.0, 146.6, "/Tas"), ("AU.07", -37.0, 145.0, "/Vic|VIC"), ("AU.08", -25.0, 122.0, "/WA"),
    ("GB.ENG", 52.16, -0.7, ""), ("GB.SCT", 56.0, -4.0, ""), ("GB.WLS", 52.5, -3.5, ""), ("GB.NIR", 54.5, -6.5, "/NI"),
];

/// What a row of [`REGIONS`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// A region, island or territory of about the size of a first-level division.
    Region,
    /// A quarter, valley or strip of the size of a county.
    District,
    /// A part of the world, a sea, an ocean: no place that an incident is put at.
    Macro,
}

/// A region: names split by `|`, country code (empty for several), degrees north, degrees east, radius in kilometres,
/// extent.
pub(super) type Region = (&'static str, &'static str, f32, f32, u16, Extent);

use Extent::{District, Macro, Region as Area};

/// Regions, islands and waters of the world.
#[rustfmt::skip]
pub(super) const REGIONS: &[Region] = &[
    ("West Bank", "PS", 32.0, 35.25, 60, Area), ("Gaza Strip|Gaza", "PS", 31.42, 34.36, 20, Area), ("East Jerusalem", "PS", 31.79, 35.24, 8, District),
    ("Golan Heights|Golan", "SY", 32.98, 35.75, 30, Area), ("Galilee", "IL", 32.8, 35.4, 40, Area), ("Negev|Negev Desert", "IL", 30.8, 34.8, 80, Area),
    ("Kurdistan Region|Iraqi Kurdistan|Kurdistan|Kurdistan Region of Iraq", "IQ", 36.2, 44.3, 130, Area), ("Rojava", "SY", 36.6, 40.0, 150, Area),
    ("Sinai|Sinai Peninsula|North Sinai", "EG", 29.5, 33.8, 130, Area), ("Upper Egypt", "EG", 26.5, 31.8, 200, Area),
    ("Bekaa Valley|Beqaa Valley|Bekaa|Beqaa", "LB", 33.9, 36.0, 40, Area), ("Jordan Valley", "", 32.2, 35.55, 50, Area), ("Eastern Ghouta|Ghouta", "SY", 33.52, 36.45, 15, District),
    ("Darfur", "SD", 13.0, 24.5, 300, Area), ("Kordofan", "SD", 12.5, 30.0, 250, Area), ("Nuba Mountains", "SD", 11.5, 30.5, 100, Area), ("Equatoria", "SS", 4.8, 31.6, 250, Area),
    ("Crimea|Crimean Peninsula", "UA", 45.3, 34.4, 130, Area), ("Donbas|Donbass|Donets Basin", "UA", 48.3, 38.3, 150, Area), ("Transnistria|Transdniestria", "MD", 46.85, 29.5, 80, Area),
    ("Abkhazia", "GE", 43.0, 41.0, 70, Area), ("South Ossetia", "GE", 42.3, 44.0, 50, Area), ("Nagorno-Karabakh|Nagorno Karabakh|Karabakh|Artsakh", "AZ", 39.8, 46.75, 70, Area),
    ("North Caucasus", "RU", 43.5, 44.5, 250, Area), ("South Caucasus", "", 41.5, 45.0, 300, Macro), ("Siberia", "RU", 60.0, 105.0, 2000, Area), ("Russian Far East|Far East", "RU", 60.0, 140.0, 1500, Area),
    ("Kashmir", "IN", 34.0, 76.0, 200, Area), ("Indian-administered Kashmir|Indian-controlled Kashmir", "IN", 33.8, 75.3, 150, Area), ("Swat Valley|Swat", "PK", 35.2, 72.4, 60, District), ("Waziristan", "PK", 32.6, 69.8, 80, Area), ("North Waziristan", "PK", 32.95, 69.95, 50, District), ("South Waziristan", "PK", 32.3, 69.8, 50, District), ("Tribal Areas|FATA|Federally Administered Tribal Areas", "PK", 33.0, 70.2, 150, Area), ("Baluchistan", "PK", 28.5, 65.5, 300, Area),
    ("Tibet", "CN", 31.7, 88.0, 600, Area), ("Xinjiang", "CN", 41.0, 85.0, 700, Area), ("Inner Mongolia", "CN", 44.0, 113.0, 800, Area), ("Manchuria", "CN", 45.0, 126.0, 500, Area),
    ("Mindanao", "PH", 7.8, 125.0, 200, Area), ("Luzon", "PH", 16.0, 121.0, 250, Area), ("Central Luzon", "PH", 15.4, 120.8, 80, Area), ("Visayas|the Visayas", "PH", 11.0, 123.5, 200, Area), ("Sulu", "PH", 6.0, 121.0, 60, Area),
    ("Java", "ID", -7.3, 110.0, 400, Area), ("Sumatra", "ID", 0.0, 102.0, 700, Area), ("Sulawesi", "ID", -2.0, 121.0, 400, Area), ("Borneo", "", 1.0, 114.0, 500, Area), ("Kalimantan", "ID", -1.0, 114.0, 450, Area), ("Timor", "", -9.2, 125.0, 200, Area), ("New Guinea", "", -5.0, 140.0, 900, Area), ("West Papua", "ID", -4.0, 137.0, 400, Area),
    ("Tigray", "ET", 13.9, 39.0, 150, Area), ("Ogaden", "ET", 7.0, 44.0, 250, Area), ("Puntland", "SO", 9.0, 49.5, 200, Area), ("Somaliland", "SO", 9.5, 45.0, 250, Area), ("Jubaland", "SO", 0.5, 42.0, 200, Area),
    ("Zanzibar", "TZ", -6.13, 39.36, 50, Area), ("Niger Delta", "NG", 5.0, 6.2, 150, Area), ("Biafra", "NG", 5.8, 7.5, 150, Area), ("Casamance", "SN", 12.8, -15.3, 120, Area), ("Azawad", "ML", 18.5, -1.0, 400, Area), ("Kivu", "CD", -2.5, 28.0, 200, Area), ("Katanga", "CD", -9.5, 26.0, 350, Area), ("Kasai", "CD", -5.5, 22.0, 250, Area), ("Rift Valley", "KE", 0.0, 36.0, 250, Area), ("Cabo Delgado", "MZ", -12.3, 39.5, 150, Area), ("Matabeleland", "ZW", -19.5, 28.0, 200, Area), ("Mashonaland", "ZW", -17.2, 30.7, 200, Area),
    ("Bavaria", "DE", 49.0, 11.5, 180, Area), ("Catalonia", "ES", 41.8, 1.5, 120, Area), ("Basque Country", "ES", 43.0, -2.6, 70, Area), ("Brittany", "FR", 48.2, -3.0, 120, Area), ("Normandy", "FR", 49.0, 0.0, 130, Area), ("Provence", "FR", 43.8, 6.0, 100, Area), ("Corsica", "FR", 42.15, 9.1, 80, Area), ("Sardinia", "IT", 40.1, 9.0, 130, Area), ("Sicily", "IT", 37.6, 14.2, 130, Area), ("Tuscany", "IT", 43.4, 11.0, 100, Area), ("Crete", "GR", 35.2, 24.9, 120, Area), ("Lapland", "FI", 67.9, 26.5, 250, Area), ("Jutland", "DK", 56.0, 9.2, 150, Area), ("Flanders", "BE", 51.0, 4.0, 80, Area), ("Wallonia", "BE", 50.4, 4.9, 90, Area), ("Transylvania", "RO", 46.5, 24.5, 150, Area), ("Danube Delta", "RO", 45.1, 29.3, 50, Area), ("Vojvodina", "RS", 45.4, 19.9, 90, Area), ("Republika Srpska", "BA", 44.2, 17.9, 140, Area), ("Kaliningrad", "RU", 54.7, 21.2, 90, Area), ("Thrace", "", 41.5, 26.5, 120, Area), ("Anatolia", "TR", 39.0, 33.0, 500, Area), ("Northern Cyprus", "CY", 35.25, 33.5, 70, Area),
    ("Ulster", "", 54.5, -7.0, 90, Area), ("Yorkshire", "GB", 54.0, -1.5, 80, Area), ("Midlands|the Midlands", "GB", 52.6, -1.5, 90, Area), ("West Midlands", "GB", 52.5, -1.8, 50, Area), ("East Midlands", "GB", 52.9, -0.8, 70, Area), ("Cornwall", "GB", 50.4, -4.9, 60, Area), ("South West England|South-West England", "GB", 51.0, -3.0, 120, Area), ("East Anglia", "GB", 52.4, 1.0, 80, Area), ("Cotswolds", "GB", 51.8, -1.9, 50, Area), ("Lake District", "GB", 54.5, -3.1, 30, District),
    ("New England", "US", 43.8, -71.5, 250, Area), ("Midwest", "US", 42.0, -90.0, 700, Area), ("Deep South", "US", 32.8, -87.0, 500, Area), ("Long Island", "US", 40.8, -73.1, 90, Area), ("Upstate New York|upstate New York", "US", 43.0, -75.5, 200, Area), ("Bay Area|San Francisco Bay Area", "US", 37.75, -122.2, 70, Area), ("Silicon Valley", "US", 37.37, -122.05, 25, District), ("Orange County", "US", 33.7, -117.8, 35, District), ("Upper Peninsula", "US", 46.4, -86.5, 200, Area), ("Cape Cod", "US", 41.7, -70.2, 50, District), ("Central Valley", "US", 36.8, -119.8, 250, Area), ("San Fernando Valley", "US", 34.2, -118.5, 20, District), ("Pacific Northwest", "US", 46.0, -121.0, 400, Area), ("Appalachia", "US", 37.5, -81.5, 400, Area), ("Southern California", "US", 34.0, -117.2, 200, Area), ("Northern California", "US", 39.5, -121.8, 250, Area), ("Twin Cities", "US", 44.96, -93.2, 40, District), ("Panhandle|Florida Panhandle", "US", 30.6, -85.5, 150, Area), ("Hampton Roads", "US", 36.97, -76.37, 40, District), ("Tidewater", "US", 37.0, -76.5, 60, District),
    ("Labrador", "CA", 54.0, -61.0, 300, Area), ("Newfoundland", "CA", 48.8, -56.0, 200, Area), ("Vancouver Island", "CA", 49.6, -125.7, 200, Area), ("Cape Breton", "CA", 46.2, -60.8, 70, District), ("Fraser Valley", "CA", 49.2, -121.8, 50, District), ("Greater Toronto Area|GTA", "CA", 43.7, -79.4, 50, District),
    ("Patagonia", "", -46.0, -70.0, 800, Area), ("Amazon|Amazonia", "BR", -4.0, -62.0, 1200, Area), ("Yucatan|Yucatán Peninsula", "MX", 20.5, -89.0, 200, Area), ("Hispaniola", "", 18.8, -71.0, 250, Area), ("Gold Coast", "AU", -28.0, 153.4, 40, District), ("Hunter Valley", "AU", -32.6, 151.2, 60, District), ("North Island", "NZ", -39.0, 176.0, 300, Area), ("South Island", "NZ", -43.8, 170.8, 350, Area), ("Hokkaido", "JP", 43.4, 142.8, 200, Area), ("Honshu", "JP", 36.5, 138.5, 500, Area), ("Kyushu", "JP", 32.8, 130.9, 150, Area), ("Okinawa", "JP", 26.5, 128.0, 80, Area), ("Jeju", "KR", 33.4, 126.6, 40, Area), ("Punjab region", "", 31.0, 74.0, 250, Area), ("Bengal", "", 24.0, 88.0, 250, Area),
    ("Korea|Korean Peninsula", "", 38.0, 127.3, 350, Area), ("Ireland island", "", 53.3, -8.0, 200, Area),
    ("Soviet Union|USSR|U.S.S.R.", "", 60.0, 90.0, 3000, Macro), ("Yugoslavia", "", 44.0, 19.5, 350, Macro), ("Czechoslovakia", "", 49.4, 17.6, 300, Macro), ("East Germany", "DE", 52.3, 12.7, 200, Area), ("West Germany", "DE", 50.7, 8.8, 300, Area),
    ("Africa", "", 7.2, 21.1, 4000, Macro), ("Europe", "", 48.7, 9.1, 2500, Macro), ("Asia", "", 29.8, 89.3, 4000, Macro), ("North America", "", 46.1, -100.5, 4000, Macro), ("South America", "", -14.6, -57.7, 3500, Macro), ("Oceania", "", -18.3, 138.5, 4000, Macro), ("Latin America", "", -15.0, -60.0, 4500, Macro), ("Central America", "", 14.0, -87.0, 800, Macro), ("Americas|the Americas", "", 19.0, -96.0, 7000, Macro),
    ("Middle East|Mideast", "", 29.0, 41.0, 1800, Macro), ("Near East", "", 33.0, 38.0, 1200, Macro), ("North Africa|Northern Africa", "", 28.0, 10.0, 2500, Macro), ("West Africa|Western Africa", "", 12.0, -3.0, 1800, Macro), ("East Africa|Eastern Africa", "", 1.0, 36.0, 1800, Macro), ("Central Africa", "", 3.0, 20.0, 1500, Macro), ("Southern Africa", "", -22.0, 24.0, 1500, Macro), ("Sub-Saharan Africa", "", 0.0, 20.0, 3500, Macro), ("Horn of Africa", "", 8.0, 44.0, 900, Macro), ("Sahel", "", 15.0, 5.0, 2500, Macro), ("Maghreb", "", 32.0, 3.0, 1500, Macro), ("Levant", "", 33.5, 36.5, 400, Macro),
    ("Western Europe", "", 48.0, 5.0, 1000, Macro), ("Eastern Europe", "", 52.0, 28.0, 1200, Macro), ("Central Europe", "", 49.0, 16.0, 700, Macro), ("Northern Europe", "", 61.0, 15.0, 1200, Macro), ("Southern Europe", "", 41.0, 14.0, 1200, Macro), ("Scandinavia", "", 63.0, 15.0, 900, Macro), ("Balkans|the Balkans", "", 43.0, 21.0, 500, Macro), ("Baltic States|the Baltics|Baltics", "", 57.0, 25.0, 300, Macro), ("Caucasus", "", 42.5, 45.0, 400, Macro), ("European Union|EU|E.U.", "", 50.0, 10.0, 1800, Macro),
    ("South Asia", "", 23.0, 78.0, 1800, Macro), ("Southeast Asia|South-East Asia|South East Asia", "", 8.0, 110.0, 2000, Macro), ("East Asia", "", 36.0, 115.0, 2000, Macro), ("Central Asia", "", 44.0, 66.0, 1300, Macro), ("Indochina", "", 16.0, 105.0, 800, Macro), ("Caribbean|the Caribbean|West Indies", "", 17.0, -70.0, 1500, Macro),
    ("Arctic", "", 80.0, 0.0, 2500, Macro), ("Atlantic|Atlantic Ocean", "", 10.0, -30.0, 5000, Macro), ("Pacific|Pacific Ocean|South Pacific", "", 0.0, -160.0, 7000, Macro), ("Indian Ocean", "", -10.0, 75.0, 4000, Macro), ("Arctic Ocean", "", 85.0, 0.0, 2000, Macro), ("Mediterranean|Mediterranean Sea", "", 35.0, 18.0, 1700, Macro), ("Black Sea", "", 43.3, 34.3, 500, Macro), ("Caspian Sea", "", 41.9, 50.7, 500, Macro), ("Baltic Sea", "", 58.0, 20.0, 600, Macro), ("North Sea", "", 56.0, 3.0, 450, Macro), ("Red Sea", "", 20.3, 38.5, 1000, Macro), ("Dead Sea", "", 31.5, 35.5, 40, Macro), ("Aegean Sea|Aegean", "", 38.5, 25.0, 300, Macro), ("Adriatic Sea|Adriatic", "", 43.0, 15.0, 400, Macro), ("Arabian Sea", "", 15.0, 65.0, 1200, Macro), ("Persian Gulf|Arabian Gulf", "", 26.9, 51.5, 450, Macro), ("Gulf of Aden", "", 12.0, 48.0, 450, Macro), ("Gulf of Mexico", "", 25.0, -90.0, 800, Macro), ("Caribbean Sea", "", 15.0, -75.0, 1200, Macro), ("South China Sea", "", 13.0, 114.0, 1100, Macro), ("East China Sea", "", 29.0, 125.0, 600, Macro), ("Yellow Sea", "", 36.0, 123.5, 400, Macro), ("Sea of Japan", "", 40.0, 135.0, 600, Macro), ("Bay of Bengal", "", 15.0, 88.0, 900, Macro), ("English Channel", "", 50.2, -0.5, 250, Macro), ("Irish Sea", "", 53.7, -5.0, 120, Macro), ("Suez Canal", "EG", 30.6, 32.3, 90, Macro), ("Strait of Hormuz", "", 26.6, 56.3, 90, Macro), ("Panama Canal", "PA", 9.1, -79.7, 45, Macro), ("Lake Victoria", "", -1.0, 33.0, 170, Macro), ("Lake Chad", "", 13.0, 14.2, 80, Macro), ("Lake Erie", "", 42.2, -81.2, 190, Macro), ("Lake Michigan", "US", 43.5, -87.0, 250, Macro), ("Lake Ontario", "", 43.7, -77.9, 150, Macro), ("Lake Superior", "", 47.5, -88.0, 280, Macro), ("Lake Huron", "", 44.8, -82.2, 200, Macro), ("Great Lakes", "", 45.0, -84.0, 600, Macro), ("Lake Titicaca", "", -15.8, -69.4, 90, Macro), ("Great Plains", "", 42.0, -102.0, 900, Macro), ("Himalayas|Himalaya", "", 28.5, 84.0, 1200, Macro), ("Andes", "", -20.0, -67.0, 3000, Macro), ("Alps|the Alps", "", 46.5, 9.8, 500, Macro), ("Ural Mountains|Urals", "RU", 60.0, 59.0, 900, Macro), ("Sahara|Sahara Desert", "", 23.0, 10.0, 2400, Macro), ("Antarctic", "", -80.0, 0.0, 2500, Macro),
];

/// First-level divisions that are one town, and that town: the federal districts of the world.
pub(super) const SEATS: &[(&str, &str)] = &[
    ("Australian Capital Territory", "Canberra"),
    ("District of Columbia", "Washington"),
    ("Federal Capital Territory", "Abuja"),
    ("Federal District", "Brasilia"),
    ("Islamabad", "Islamabad"),
    ("Kuala Lumpur", "Kuala Lumpur"),
];
