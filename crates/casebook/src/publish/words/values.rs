//! Values, places and nouns in words.

use model::{Bound, Place, PlacePrecision, Value};

use super::{numbers::count, times::when};

/// A code in words: `car_bomb` → `car bomb`.
fn code(code: &str) -> String {
    code.replace('_', " ")
}

/// A place, finest part first: `Old Mill market, Dunmere, Tollan`.
fn place(place: &Place) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let all = place
        .site
        .iter()
        .chain([&place.name])
        .chain(&place.parts)
        .map(|part| part.trim());
    for part in all {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    let name = parts.join(", ");
    if place.precision == PlacePrecision::Unresolved {
        format!("{name} (not in the gazetteer)")
    } else {
        name
    }
}

/// What a value comes to, beside its words: the interval of a count, the date of a time, the kind of a thing. `None`
/// when the words say all there is.
pub fn gloss(value: &Value) -> Option<String> {
    let gloss = match value {
        Value::Count(it) => match it.bound {
            Bound::About => format!("{}, reading “about” as ±10 %", count(it)),
            _ => count(it),
        },
        Value::When(it) => when(it),
        Value::Place(it) => place(it),
        Value::Party(_) | Value::Words { .. } => return None,
        Value::Kind { code: it, .. } | Value::Act { code: it, .. } if it == "other" => return None,
        Value::Kind { code: it, .. } | Value::Act { code: it, .. } => code(it),
        Value::Thing {
            code: it,
            count: Some(many),
            ..
        } => format!("{}, {}", code(it), count(many)),
        Value::Thing { code: it, .. } => code(it),
    };
    let same = gloss.to_lowercase() == value.words().trim().to_lowercase();
    (!gloss.is_empty() && !same).then_some(gloss)
}

/// A singular English noun in the plural; what is plural already stays.
pub fn plural(noun: &str) -> String {
    let noun = noun.trim();
    let cut = |end: &str, put: &str| noun.strip_suffix(end).map(|stem| format!("{stem}{put}"));
    match noun {
        "" | "people" | "police" | "personnel" | "staff" => return noun.to_owned(),
        "person" => return "people".to_owned(),
        "child" => return "children".to_owned(),
        _ => {}
    }
    let vowel = noun.len() > 1
        && noun.ends_with('y')
        && noun[..noun.len() - 1].ends_with(['a', 'e', 'o', 'u']);
    if noun.ends_with('s') && !noun.ends_with("ss") || noun.ends_with("men") {
        noun.to_owned()
    } else if let Some(men) = cut("man", "men") {
        men
    } else if let Some(ies) = cut("y", "ies").filter(|_| !vowel) {
        ies
    } else if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}
