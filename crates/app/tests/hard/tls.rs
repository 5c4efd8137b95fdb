//! TLS to a server, with an authority of the test's own.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
    process::Command,
};

use super::{common, done, run, server::Server};

fn openssl(folder: &Path, words: &[&str]) {
    let ran = Command::new("openssl")
        .args(words)
        .current_dir(folder)
        .output();
    let ran = ran.expect("openssl is there");
    assert!(
        ran.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

/// Makes an authority, `NAME.pem`.
fn authority(folder: &Path, name: &str) {
    let (key, pem, who) = (
        format!("{name}.key"),
        format!("{name}.pem"),
        format!("/CN={name}"),
    );
    openssl(
        folder,
        &[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-keyout",
            &key,
            "-out",
            &pem,
            "-subj",
            &who,
        ],
    );
}

/// Makes a certificate of the server's, made out to one name, and has the server show it.
fn certify(server: &Server, folder: &Path, made_out_to: &str) {
    fs::write(
        folder.join("names"),
        format!("subjectAltName={made_out_to}\nbasicConstraints=CA:FALSE\n"),
    )
    .unwrap();
    openssl(
        folder,
        &[
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            "server.key",
            "-out",
            "server.csr",
            "-subj",
            "/CN=server",
        ],
    );
    openssl(
        folder,
        &[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ours.pem",
            "-CAkey",
            "ours.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "names",
            "-out",
            "server.crt",
        ],
    );
    // The server takes only files of its own, that nobody else may read.
    let data = server.folder.join("data");
    let owner = fs::metadata(&data).unwrap();
    for name in ["server.crt", "server.key"] {
        let to = data.join(name);
        fs::copy(folder.join(name), &to).unwrap();
        chown(&to, Some(owner.uid()), Some(owner.gid())).unwrap();
        fs::set_permissions(&to, fs::Permissions::from_mode(0o600)).unwrap();
    }
    server.stop();
    server.start();
}

#[test]
fn a_server_is_spoken_to_as_its_address_asks() {
    let Some(server) = Server::started("tls") else {
        return;
    };
    let folder = common::folder("hard-tls");
    done(&folder, &["init", "--casebook", &server.address]);
    let list = |settings: &str| {
        run(
            &folder,
            &[
                "list",
                "--casebook",
                &format!("{}?{settings}", server.address),
            ],
        )
    };
    let taken = |settings: &str| {
        let ran = list(settings);
        assert_eq!(ran.code, 0, "{settings}: {}", ran.err);
    };
    let refused = |settings: &str, words: &str| {
        let ran = list(settings);
        assert!(
            ran.code == 1 && ran.err.contains(words) && ran.err.contains("hint:"),
            "{settings}: {} {}",
            ran.code,
            ran.err
        );
    };
    // A server without TLS.
    taken("sslmode=prefer");
    taken("sslmode=disable");
    for mode in ["require", "verify-ca", "verify-full"] {
        refused(&format!("sslmode={mode}"), "speaks no TLS");
    }
    refused("sslmode=perhaps", "no such mode");

    authority(&folder, "ours");
    authority(&folder, "theirs");
    let settings = server.folder.join("data/postgresql.conf");
    let now = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{now}\nssl = on\n")).unwrap();
    certify(&server, &folder, "IP:127.0.0.1");
    let (ours, theirs) = ("sslrootcert=ours.pem", "sslrootcert=theirs.pem");
    for mode in ["disable", "prefer", "require"] {
        taken(&format!("sslmode={mode}"));
    }
    for mode in ["require", "verify-ca", "verify-full"] {
        taken(&format!("sslmode={mode}&{ours}"));
        refused(
            &format!("sslmode={mode}&{theirs}"),
            "certificate is not to be trusted",
        );
    }
    // An authority that nobody knows is none of those that browsers trust.
    refused("sslmode=verify-full", "certificate is not to be trusted");
    refused(
        "sslmode=verify-full&sslrootcert=system",
        "certificate is not to be trusted",
    );
    refused("sslmode=verify-full&sslrootcert=none.pem", "none.pem");

    // The server lets nobody in but over TLS.
    let rules = server.folder.join("data/pg_hba.conf");
    fs::write(&rules, "hostssl all all 127.0.0.1/32 trust\n").unwrap();
    certify(&server, &folder, "DNS:elsewhere.example");
    taken("sslmode=require");
    taken(&format!("sslmode=verify-ca&{ours}"));
    refused(
        &format!("sslmode=verify-full&{ours}"),
        "certificate is not to be trusted",
    );
    taken("sslmode=prefer");
    let ran = list("sslmode=disable");
    assert!(
        ran.code == 1 && ran.err.contains("the server refused"),
        "{}",
        ran.err
    );
}
