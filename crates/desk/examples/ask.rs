//! Asks a server for pages over and over, on many connections at once, and says how long it took.
//!
//!     cargo run --release -p crossbearing-desk --example ask -- 127.0.0.1:8474 PATHS SECONDS CONNECTIONS
//!
//! PATHS is a file with a path a line, asked for in turn. Prints one JSON object: requests, requests a second, the 50th
//! and 95th percentile and the longest time in milliseconds, bytes of a page on average, answers that were no 200.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [at, paths, seconds, connections] = &arguments[..] else {
        return Err("give an address, a file of paths, seconds, connections".into());
    };
    let paths = std::fs::read_to_string(paths)?;
    let paths: Vec<&str> = paths.lines().filter(|it| !it.is_empty()).collect();
    let (seconds, connections): (f64, usize) = (seconds.parse()?, connections.parse()?);
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    let end = began + Duration::from_secs_f64(seconds);
    let found: Vec<Asked> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|_| scope.spawn(|| until(at, &paths, &next, end)))
            .collect();
        threads
            .into_iter()
            .map(|it| it.join().unwrap_or_default())
            .collect()
    });
    let took = began.elapsed().as_secs_f64();
    let mut times: Vec<f64> = found.iter().flat_map(|it| it.times.clone()).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (times.len() as f64 * share) as usize;
        times.get(place.min(times.len().saturating_sub(1))).copied()
    };
    let bytes: usize = found.iter().map(|it| it.bytes).sum();
    println!(
        "{}",
        serde_json::json!({
            "requests": times.len(), "a_second": times.len() as f64 / took, "p50": at(0.5), "p95": at(0.95),
            "most": times.last(), "bytes": bytes / times.len().max(1),
            "other": found.iter().map(|it| it.other).sum::<usize>(),
        })
    );
    Ok(())
}

/// What one connection met.
#[derive(Default)]
struct Asked {
    /// Milliseconds of each request.
    times: Vec<f64>,
    bytes: usize,
    /// Answers other than 200, and connections that broke.
    other: usize,
}

fn until(at: &str, paths: &[&str], next: &AtomicUsize, end: Instant) -> Asked {
    let mut out = Asked::default();
    while Instant::now() < end {
        let Ok(stream) = TcpStream::connect(at) else {
            out.other += 1;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let mut stream = BufReader::with_capacity(1 << 16, stream);
        while Instant::now() < end {
            let path = paths[next.fetch_add(1, Ordering::Relaxed) % paths.len()];
            let start = Instant::now();
            match ask(&mut stream, at, path) {
                Ok((status, bytes, more)) => {
                    out.times.push(start.elapsed().as_secs_f64() * 1e3);
                    out.bytes += bytes;
                    out.other += usize::from(status != 200);
                    if !more {
                        break;
                    }
                }
                Err(_) => {
                    out.other += 1;
                    break;
                }
            }
        }
    }
    out
}

/// One request; gives status, bytes of the answer, and whether the connection may be used again.
fn ask(stream: &mut BufReader<TcpStream>, at: &str, path: &str) -> io::Result<(u16, usize, bool)> {
    let head = format!("GET {path} HTTP/1.1\r\nHost: {at}\r\nAccept-Encoding: gzip\r\n\r\n");
    stream.get_mut().write_all(head.as_bytes())?;
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|it| it.parse().ok());
    let status = status.ok_or(io::ErrorKind::InvalidData)?;
    let (mut length, mut chunked, mut more) = (None, false, true);
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let lower = line.trim().to_ascii_lowercase();
        if lower.is_empty() {
            break;
        }
        if let Some(n) = lower.strip_prefix("content-length:") {
            length = n.trim().parse::<usize>().ok();
        }
        chunked |= lower.starts_with("transfer-encoding:") && lower.contains("chunked");
        more &= !(lower.starts_with("connection:") && lower.contains("close"));
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            line.clear();
            stream.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim(), 16);
            let size = size.map_err(|_| io::ErrorKind::InvalidData)?;
            let mut part = vec![0; size + 2];
            stream.read_exact(&mut part)?;
            body.extend_from_slice(&part[..size]);
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = length {
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
    } else {
        stream.read_to_end(&mut body)?;
        more = false;
    }
    Ok((status, body.len(), more))
}
