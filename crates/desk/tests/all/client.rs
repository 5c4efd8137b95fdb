//! A browser's side of HTTP, as small as can be.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The token of the page's first form.
    pub fn token(&self) -> String {
        let text = self.text();
        let at = text.find("name=\"token\" value=\"").expect("a form") + 20;
        text[at..at + 64].to_owned()
    }

    /// The cookie that it sets, as it is sent back.
    pub fn cookie(&self) -> String {
        let set = self.header("set-cookie");
        set.split(';').next().unwrap_or_default().to_owned()
    }
}

/// Sends bytes as they are, and gives the answer.
pub fn raw(at: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(at).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    // What is refused early is not read to its end.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes
        .windows(4)
        .position(|it| it == b"\r\n\r\n")
        .expect("a head");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers = lines.filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_lowercase(), value.to_owned()))
    });
    Answer {
        status,
        headers: headers.collect(),
        body: bytes[end + 4..].to_vec(),
    }
}

/// Asks for a page with further headers, each a line.
pub fn get(at: SocketAddr, path: &str, headers: &[&str]) -> Answer {
    let mut request = format!("GET {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|it| it.starts_with("Host:")) {
        request.push_str(&format!("Host: {at}\r\n"));
    }
    for line in headers {
        request.push_str(&format!("{line}\r\n"));
    }
    raw(at, format!("{request}\r\n").as_bytes())
}

/// Sends a form with further headers.
pub fn post(at: SocketAddr, path: &str, form: &str, headers: &[&str]) -> Answer {
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nConnection: close\r\nHost: {at}\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n",
        form.len()
    );
    for line in headers {
        request.push_str(&format!("{line}\r\n"));
    }
    raw(at, format!("{request}\r\n{form}").as_bytes())
}

/// Words as they stand in a form.
pub fn encoded(words: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    words.bytes().map(one).collect()
}

/// Sends bytes by any method with further headers.
pub fn send(at: SocketAddr, method: &str, path: &str, body: &[u8], headers: &[&str]) -> Answer {
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nConnection: close\r\nHost: {at}\r\nContent-Length: {}\r\n",
        body.len()
    );
    for line in headers {
        request.push_str(&format!("{line}\r\n"));
    }
    let mut request = format!("{request}\r\n").into_bytes();
    request.extend(body);
    raw(at, &request)
}
