//! A connection to the server that breaks at the worst moment: when the server has been asked to make a transaction
//! last and its answer is lost.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use store::judgements;

use super::{common, done, json, open_at, sample, shared, verified};

/// Hands everything on between whoever connects and a server, but lets no answer through after the COMMIT with this
/// number, of all that it has seen, and hangs up. Gives its port, and how many it has seen.
fn proxy(server: String, breaks_at: usize) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Arc::new(AtomicUsize::new(0));
    let told = seen.clone();
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let server = TcpStream::connect(&server).unwrap();
            let (mut from, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut from, &mut to);
                let _ = to.shutdown(Shutdown::Both);
            });
            let seen = seen.clone();
            std::thread::spawn(move || hand_on(client, server, &seen, breaks_at));
        }
    });
    (port, told)
}

fn hand_on(mut client: TcpStream, mut server: TcpStream, seen: &AtomicUsize, breaks_at: usize) {
    let mut buffer = [0; 65_536];
    loop {
        let n = match client.read(&mut buffer) {
            Ok(n) if n > 0 => n,
            _ => break,
        };
        let commits = buffer[..n].windows(6).filter(|it| *it == b"COMMIT").count();
        if commits > 0 && seen.fetch_add(commits, Ordering::SeqCst) + commits == breaks_at {
            let _ = client.shutdown(Shutdown::Both);
            let _ = server.write_all(&buffer[..n]);
            std::thread::sleep(Duration::from_millis(300));
            break;
        }
        if server.write_all(&buffer[..n]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

#[test]
fn what_the_server_did_and_could_not_say_is_not_done_twice() {
    let Some(address) = shared("hard_unanswered").filter(|_| testing::prepared()) else {
        return;
    };
    let folder = common::folder("hard-unanswered");
    let at = ["--casebook", address.as_str()];
    done(&folder, &[&["init"], &at[..]].concat());
    done(
        &folder,
        &[&["add", &sample("depot-shooting")], &at[..]].concat(),
    );
    done(&folder, &[&["run"], &at[..]].concat());
    let list = json(&folder, &[&["list"], &at[..]].concat());
    let case = list["incidents"][0]["case_id"].as_str().unwrap().to_owned();
    let dossier = json(&folder, &[&["show", &case], &at[..]].concat());
    let claim = dossier["claims"][0]["id"].as_str().unwrap();
    let host = address
        .split(['@', '/'])
        .find(|it| it.starts_with("127.0.0.1:"))
        .unwrap();
    let (port, seen) = proxy(host.to_owned(), 1);
    let broken = address.replace(host, &format!("127.0.0.1:{port}"));
    done(
        &folder,
        &[
            "review",
            "accept",
            claim,
            "--reason",
            "seen in the page",
            "--casebook",
            &broken,
        ],
    );
    assert_eq!(
        seen.load(Ordering::SeqCst),
        1,
        "it broke, and nothing was made last after that"
    );
    let mut store = open_at(&address);
    let judged = judgements::all(store.database(), i64::MAX).unwrap();
    assert_eq!(judged.len(), 1, "{judged:?}");
    verified(&mut store);
}
