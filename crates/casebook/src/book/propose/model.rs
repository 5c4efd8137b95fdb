//! A language model behind an OpenAI-compatible address.

use std::time::{Duration, Instant};

use fetch::Service;
use serde::Deserialize;
use serde_json::{Value, json};
use store::Error;

use super::{
    lines::{self, Lines},
    prompt,
};
use crate::book::web;

/// The variable that holds the key by which a service knows us.
pub const KEY: &str = "CROSSBEARING_PROPOSE_KEY";

/// The largest answer that is taken, in bytes.
const MOST: u64 = 4 << 20;
/// Times that a piece is asked about where that may help.
const TRIES: u32 = 3;
/// The longest time that a service may have us wait; asked for more, we stop.
const LONGEST: Duration = Duration::from_secs(60);
/// Characters of a model's name, at most.
const NAME: usize = 200;

/// Why nothing came of a request.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The service was not reached, said no, or took too long.
    #[error(transparent)]
    Service(#[from] fetch::Error),
    /// What came is no answer of a model.
    #[error(
        "{address}: what came is no chat completion\n  hint: give the address of an OpenAI-compatible API, as \
         http://127.0.0.1:11434/v1"
    )]
    NoAnswer {
        /// What was asked.
        address: String,
    },
}

impl Failed {
    /// Whether the next report would meet the same: nothing more is asked then.
    pub fn is_final(&self) -> bool {
        match self {
            Self::NoAnswer { .. } => false,
            Self::Service(error) => {
                let slow = matches!(
                    error,
                    fetch::Error::Endless { .. }
                        | fetch::Error::Unserved {
                            status: 400 | 413 | 422,
                            ..
                        }
                );
                (!error.may_pass() && !slow) || wait(error).is_some_and(|it| it > LONGEST)
            }
        }
    }
}

fn wait(error: &fetch::Error) -> Option<Duration> {
    error.retry_after().map(Duration::from_secs)
}

/// A language model that a person named.
pub struct Model {
    service: Service,
    name: String,
    time: Duration,
    wait: Box<dyn Fn(Duration) + Send + Sync>,
}

/// What a model said of a piece of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub lines: Lines,
    pub tokens_in: Option<u64>,
    pub tokens_out: Option<u64>,
    pub requests: u64,
    pub time: Duration,
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: Value,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: Option<u64>,
    #[serde(default)]
    completion_tokens: Option<u64>,
}

impl Model {
    /// The model of that name at an address; `key` is what the service wants to know us by, `time` how long it may take
    /// to answer. `program` is the version of the program.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where that is no address or no name.
    pub fn new(
        address: &str,
        name: &str,
        key: Option<String>,
        time: Duration,
        program: &str,
    ) -> Result<Self, Error> {
        let name = name.trim();
        let odd = |c: char| c.is_control() || c.is_whitespace();
        if name.is_empty() || name.chars().count() > NAME || name.contains(odd) {
            return Err(Error::Refused(
                "a model has a name without spaces\n  hint: --model NAME, as the service lists it"
                    .to_owned(),
            ));
        }
        let proxy = web::proxy();
        let agent = format!("{}/{program}", web::AGENT);
        let service = Service::new(&completions(address), &agent, key, MOST, proxy)
            .map_err(|error| Error::Refused(error.to_string()))?;
        Ok(Self {
            service,
            name: name.to_owned(),
            time,
            wait: Box::new(std::thread::sleep),
        })
    }

    /// The same, with another way to wait.
    #[must_use]
    pub fn waiting(mut self, wait: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        self.wait = Box::new(wait);
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is.
    pub fn host(&self) -> String {
        self.service.host()
    }

    /// Whether it is at this machine, so that nothing that is sent to it leaves that.
    pub fn is_here(&self) -> bool {
        self.service.is_here()
    }

    /// Who proposes, where a claim names its reader: the model and the hash of the prompt.
    pub fn by(&self) -> String {
        format!("{}/{}", self.name, prompt::hash())
    }

    /// Asks about a piece of a report, and again where that may help.
    pub(super) fn ask(&self, piece: &str, published: Option<&str>) -> Result<Said, Failed> {
        let body = json!({
            "model": self.name,
            "temperature": 0,
            "stream": false,
            "messages": [
                {"role": "system", "content": prompt::instructions()},
                {"role": "user", "content": prompt::message(piece, published)},
            ],
        })
        .to_string();
        let begun = Instant::now();
        let mut tries = 0;
        let answered = loop {
            tries += 1;
            match self.service.post(&body, self.time) {
                Ok(answered) => break answered,
                // What took its whole time once would do so again.
                Err(error @ fetch::Error::Slow { .. }) => return Err(error.into()),
                Err(error) if tries < TRIES && error.may_pass() => {
                    let pause = wait(&error).unwrap_or(Duration::from_secs(tries.into()));
                    if pause > LONGEST {
                        return Err(error.into());
                    }
                    (self.wait)(pause);
                }
                Err(error) => return Err(error.into()),
            }
        };
        let none = || Failed::NoAnswer {
            address: self.service.address(),
        };
        let completion: Completion = serde_json::from_slice(&answered.body).map_err(|_| none())?;
        let choice = completion.choices.first().ok_or_else(none)?;
        let usage = completion.usage.as_ref();
        Ok(Said {
            lines: lines::lines(&content(&choice.message.content)),
            tokens_in: usage.and_then(|it| it.prompt_tokens),
            tokens_out: usage.and_then(|it| it.completion_tokens),
            requests: tries.into(),
            time: begun.elapsed(),
        })
    }
}

/// The address of the completions of an API.
fn completions(address: &str) -> String {
    let address = address.trim();
    let (path, query) = match address.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (address, String::new()),
    };
    let path = path.trim_end_matches('/');
    match path.ends_with("/chat/completions") {
        true => format!("{path}{query}"),
        false => format!("{path}/chat/completions{query}"),
    }
}

/// The words of a message: text, or parts that hold text.
fn content(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Array(parts) => parts
            .iter()
            .filter_map(|part| part.get("text")?.as_str())
            .collect::<Vec<_>>()
            .join("\n"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_an_api_leads_to_its_completions() {
        let wanted = "http://127.0.0.1:11434/v1/chat/completions";
        for given in [
            "http://127.0.0.1:11434/v1",
            "http://127.0.0.1:11434/v1/",
            " http://127.0.0.1:11434/v1/chat/completions ",
        ] {
            assert_eq!(completions(given), wanted);
        }
        assert_eq!(
            completions("https://model.example/openai?version=2"),
            "https://model.example/openai/chat/completions?version=2"
        );
    }

    #[test]
    fn a_model_has_a_name() {
        let made = |name: &str| {
            Model::new(
                "http://127.0.0.1:1/v1",
                name,
                None,
                Duration::from_secs(1),
                "1",
            )
            .is_ok()
        };
        assert!(made("llama3.1:8b") && made(" org/name-1 "));
        assert!(!made("") && !made("two words") && !made("a\u{1b}[2J") && !made(&"x".repeat(300)));
    }

    #[test]
    fn the_words_of_an_answer_come_as_text_or_in_parts() {
        assert_eq!(content(&json!("a")), "a");
        assert_eq!(
            content(&json!([{"type": "text", "text": "a"}, {"text": "b"}, 3])),
            "a\nb"
        );
        assert_eq!(content(&Value::Null), "");
    }
}
