//! A server on loopback that answers as a language model does, or as one that lies, stalls or is none.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// What it does about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Answers with these words, and counts 100 tokens sent and 10 received.
    Says(String),
    /// Answers with this body.
    Raw(String),
    /// Answers with a status, and a header where one is given.
    Status(u16, Option<(&'static str, String)>),
    /// Says nothing for so long.
    Stalls(Duration),
    /// Sends so many bytes.
    Sends(u64),
    /// Breaks off in the middle of its answer.
    BreaksOff,
}

/// A stub of a language model.
pub struct Chat {
    /// Its port on 127.0.0.1.
    pub port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Chat {
    /// Opens one; `reply` hears the body of each request. Each is answered in a thread of its own.
    ///
    /// # Panics
    /// If no port is free.
    pub fn new(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let (heard, reply) = (Arc::clone(&requests), Arc::new(reply));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (heard, reply) = (Arc::clone(&heard), Arc::clone(&reply));
                std::thread::spawn(move || {
                    let Some((head, body)) = request(&stream) else {
                        return;
                    };
                    let mut all = heard.lock().unwrap_or_else(PoisonError::into_inner);
                    all.push(format!("{head}\n\n{body}"));
                    drop(all);
                    // Who asked may have gone away.
                    let _ = answer(stream, reply(&body));
                });
            }
        });
        Self { port, requests }
    }

    /// Its address, as a program is given it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// The requests so far: head, an empty line, body.
    pub fn requests(&self) -> Vec<String> {
        let all = self.requests.lock();
        all.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn request(stream: &TcpStream) -> Option<(String, String)> {
    let mut from = BufReader::new(stream);
    let mut head = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        from.read_line(&mut line).ok().filter(|n| *n > 0)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
        head.push(line.to_owned());
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    Some((head.join("\n"), String::from_utf8(body).ok()?))
}

fn answer(mut stream: TcpStream, reply: Reply) -> std::io::Result<()> {
    let whole = |status: u16, header: &str, body: &str| {
        format!(
            "HTTP/1.1 {status} X\r\nConnection: close\r\n{header}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    match reply {
        Reply::Says(words) => {
            let body = format!(
                "{{\"choices\": [{{\"message\": {{\"role\": \"assistant\", \"content\": {}}}}}], \
                 \"usage\": {{\"prompt_tokens\": 100, \"completion_tokens\": 10}}}}",
                quoted(&words)
            );
            stream.write_all(whole(200, "", &body).as_bytes())
        }
        Reply::Raw(body) => stream.write_all(whole(200, "", &body).as_bytes()),
        Reply::Status(status, header) => {
            let header = header.map_or_else(String::new, |(name, value)| format!("{name}: {value}\r\n"));
            stream.write_all(whole(status, &header, "").as_bytes())
        }
        Reply::Stalls(time) => {
            std::thread::sleep(time);
            Ok(())
        }
        Reply::Sends(bytes) => {
            write!(stream, "HTTP/1.1 200 X\r\nContent-Length: {bytes}\r\n\r\n")?;
            let block = [b' '; 1 << 16];
            let mut left = bytes;
            while left > 0 {
                let n = left.min(block.len() as u64);
                stream.write_all(&block[..n as usize])?;
                left -= n;
            }
            Ok(())
        }
        Reply::BreaksOff => stream.write_all(
            b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n{\"choices\": [{\"message\": {\"content\": \"{\\\"slot",
        ),
    }
}

/// Words as a JSON string.
fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
