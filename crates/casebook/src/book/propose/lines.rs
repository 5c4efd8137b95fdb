//! What is taken out of a model's answer: JSON objects, wherever they stand in it. Models put fences, lists and talk
//! around them, and stop in the middle of one.

use serde_json::{Map, Value};

/// Objects that are taken from one answer, at most.
const MOST: usize = 200;
/// Places in an answer at which an object is looked for, at most.
const TRIES: usize = 20_000;

/// A line as a model wrote it. Nothing of it is kept but what stands in the report's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub slot: String,
    /// What it says.
    pub value: String,
    /// Whom it counts.
    pub scope: String,
    /// The words.
    pub quote: String,
    /// Who says so.
    pub speaker: String,
    /// How firmly.
    pub stance: String,
    /// About where the words begin in what was sent, in code points.
    pub at: Option<usize>,
}

/// The lines of an answer, and how many objects in it were no lines, or too many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// The lines.
    pub lines: Vec<Line>,
    /// Objects without slot or quote, and what was cut off.
    pub unread: u64,
    /// Those beyond the first so many.
    pub too_many: u64,
}

/// Takes lines out of an answer.
pub fn lines(answer: &str) -> Lines {
    let mut out = Lines::default();
    let mut at = 0;
    for _ in 0..TRIES {
        let Some(found) = answer[at..].find('{') else {
            return out;
        };
        at += found;
        let mut stream = serde_json::Deserializer::from_str(&answer[at..]).into_iter::<Value>();
        match stream.next() {
            Some(Ok(value)) => {
                at += stream.byte_offset().max(1);
                out.take(&value, 0);
            }
            // A line that was begun, as far as one can tell.
            _ => {
                let rest = answer[at + 1..].trim_start();
                out.unread += u64::from(rest.starts_with("\"slot\""));
                at += 1;
            }
        }
    }
    out.unread += 1;
    out
}

impl Lines {
    /// Takes an object, or those in the lists that it holds: `{"claims": [{…}]}`.
    fn take(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Object(map) if map.contains_key("slot") || map.contains_key("quote") => {
                match line(map) {
                    Some(_) if self.lines.len() == MOST => self.too_many += 1,
                    Some(line) => self.lines.push(line),
                    None => self.unread += 1,
                }
            }
            Value::Object(map) if depth < 3 => {
                let lists: Vec<&Value> = map
                    .values()
                    .filter(|it| it.is_array() || it.is_object())
                    .collect();
                if lists.is_empty() {
                    self.unread += u64::from(!map.is_empty());
                }
                lists.into_iter().for_each(|it| self.take(it, depth + 1));
            }
            Value::Array(list) if depth < 3 => {
                list.iter().for_each(|it| self.take(it, depth + 1));
            }
            _ => self.unread += 1,
        }
    }
}

fn line(map: &Map<String, Value>) -> Option<Line> {
    let words = |name: &str| match map.get(name) {
        Some(Value::String(words)) => words.trim().to_owned(),
        Some(Value::Number(n)) => n.to_string(),
        Some(Value::Array(list)) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            words.join(", ")
        }
        _ => String::new(),
    };
    let out = Line {
        slot: words("slot").to_lowercase(),
        value: words("value"),
        scope: words("scope"),
        quote: words("quote"),
        speaker: words("speaker"),
        stance: words("stance"),
        at: map
            .get("at")
            .and_then(Value::as_u64)
            .and_then(|it| usize::try_from(it).ok()),
    };
    (!out.slot.is_empty() && !out.quote.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &str, quotes: &[&str], unread: u64) {
        let found = lines(answer);
        let own: Vec<&str> = found.lines.iter().map(|it| it.quote.as_str()).collect();
        assert_eq!((own.as_slice(), found.unread), (quotes, unread), "{answer}");
    }

    #[test]
    fn objects_are_found_wherever_they_stand() {
        let one = r#"{"slot": "killed", "value": 7, "quote": "seven died"}"#;
        check(one, &["seven died"], 0);
        check(
            &format!("Here you are:\n```json\n{one}\n{one}\n```\nBye {{}}"),
            &["seven died"; 2],
            0,
        );
        check(&format!("[{one}, {one}]"), &["seven died"; 2], 0);
        check(&format!("{{\"claims\": [{one}]}}"), &["seven died"], 0);
        check(
            &format!("<think>{{maybe}}</think>{one}"),
            &["seven died"],
            0,
        );
        check("", &[], 0);
        check("I cannot help with that.", &[], 0);
        let line = &lines(one).lines[0];
        assert_eq!(
            (line.value.as_str(), line.scope.as_str(), line.at),
            ("7", "", None)
        );
    }

    #[test]
    fn what_is_no_line_is_counted() {
        check(r#"{"slot": "killed", "value": 7}"#, &[], 1);
        check(r#"{"quote": "seven died"}"#, &[], 1);
        check(r#"{"thought": "nothing"}"#, &[], 1);
        check(
            "{\"slot\": \"killed\", \"quote\": \"seven died\"}\n{\"slot\": \"injured\", \"quote\": \"two we",
            &["seven died"],
            1,
        );
        check(r#"{"slot": {"a": 1}, "quote": ["x", 3]}"#, &[], 1);
    }

    #[test]
    fn an_answer_made_to_cost_time_costs_little() {
        let begun = std::time::Instant::now();
        for part in [
            "{",
            "{\"slot\":",
            "{\"a\":[",
            "{\"a",
            "[{\"slot\":\"",
            "{\"slot\":{}",
        ] {
            lines(&part.repeat(400_000));
        }
        let most = lines(&"{\"slot\":\"killed\",\"quote\":\"x\"}\n".repeat(1_000));
        assert_eq!((most.lines.len(), most.too_many), (MOST, 800));
        assert!(
            begun.elapsed() < std::time::Duration::from_secs(20),
            "{:?}",
            begun.elapsed()
        );
    }
}
