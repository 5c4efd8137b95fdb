//! Mails made here, and what comes of them.

use super::*;

/// What comes of a mail: of a report its name, what it is written in, its title and words.
#[track_caller]
fn check(mail: &str, wanted: &[&str]) {
    let mail = mail.replace('\n', "\r\n");
    let got = open(Source::of("a", mail.as_bytes()), &Limits::default()).map(|one| match one {
        Member::Document(it) => format!(
            "{} {} {} {}",
            it.name.unwrap_or_default(),
            it.given.media_type.unwrap_or_default(),
            it.given.title.unwrap_or_default(),
            String::from_utf8_lossy(&it.bytes).trim()
        ),
        Member::Told(note) => format!("{}: {}", note.code, note.message),
        Member::PassedOver(why, count) => format!("{count} {why}"),
    });
    let got: Vec<String> = got.collect();
    assert_eq!(got, wanted);
}

const HEAD: &str = "From: =?utf-8?q?Lake_P=C3=B6st?= <desk@lake.example>\nTo: a@b.example\n\
    Subject: Blast in\n Orrin\nDate: Tue, 04 Mar 2031 09:30:00 +0100\nMessage-ID: <7@lake.example>\n\
    MIME-Version: 1.0\n";

#[test]
fn a_message_is_a_report_by_whoever_sent_it() {
    let mail = format!("{HEAD}Content-Type: text/plain; charset=iso-8859-1\n\nNine were killed.\n");
    check(
        &mail,
        &[" text/plain; charset=iso-8859-1 Blast in Orrin Nine were killed."],
    );
    let bytes = mail.replace('\n', "\r\n");
    let place = Place {
        name: "a",
        mail: None,
        offset: None,
    };
    let members = members(bytes.as_bytes(), &place, &Limits::default());
    let [Member::Document(one)] = &members[..] else {
        panic!("{members:?}");
    };
    assert_eq!(one.given.source.as_deref(), Some("Lake Pöst"));
    assert_eq!(one.given.byline.as_deref(), Some("Lake Pöst"));
    assert_eq!(one.given.url.as_deref(), Some("mid:7@lake.example"));
    let sent = one.given.published.as_deref();
    assert_eq!(sent, Some("Tue, 04 Mar 2031 09:30:00 +0100"));
}

#[test]
fn the_page_is_taken_and_what_is_attached_to_any() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=m\n\n\
         --m\nContent-Type: multipart/alternative; boundary=a\n\n\
         --a\nContent-Type: text/plain\n\nNine were killed.\n\
         --a\nContent-Type: multipart/related; boundary=r\n\n\
         --r\nContent-Type: text/html\n\n<p>Nine were killed.\n\
         --r\nContent-Type: image/png\nContent-ID: <logo>\n\nPNG\n--r--\n--a--\n\
         --m\nContent-Type: text/plain; charset=utf-8; name=\"../more.txt\"\n\
         Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\nVHdvIHdlcmUgaHVydC4=\n\
         --m\nContent-Type: application/pdf\n\n%PDF-1.4\n\
         --m\nContent-Type: application/x-odd; name=odd.bin\n\nx\n\
         --m\nContent-Type: text/plain\n\nThe list's footer.\n--m--\n"
    );
    check(
        &mail,
        &[
            " text/html Blast in Orrin <p>Nine were killed.",
            ".._more.txt text/plain; charset=utf-8  Two were hurt.",
            "part 5.pdf   %PDF-1.4",
            "1 attachments of mails of a kind that is not read",
            "1 attachments of mails that are pictures",
            "1 short texts beside the message of a mail",
        ],
    );
    let html = format!(
        "{HEAD}Content-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\n \n\
         --a\nContent-Type: text/html\n\n<p>Nine\n--a--\n"
    );
    check(&html, &[" text/html Blast in Orrin <p>Nine"]);
}

#[test]
fn of_two_forms_the_one_with_the_words_is_taken() {
    let two = |plain: &str, page: &str| {
        format!(
            "{HEAD}Content-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\n{plain}\n\
             --a\nContent-Type: text/html\n\n{page}\n--a--\n"
        )
    };
    let words =
        "Nine people were killed in a blast at the mill in Orrin on Monday, the mayor said.";
    let page = format!("<html><style>p {{}}</style><p>{words}</p></html>");
    let html = format!(" text/html Blast in Orrin {page}");
    let plain = format!(" text/plain Blast in Orrin {words}");
    check(
        &two("View this mail in your browser: https://a.example/1", &page),
        &[&html],
    );
    check(&two(words, &page), &[&html]);
    check(
        &two(
            words,
            "<style>a long style of a page without words { }</style><img src=\"a.png\">&nbsp;",
        ),
        &[&plain],
    );
    check(
        &two(words, "<a href=\"https://a.example\">Unsubscribe</a>"),
        &[&plain],
    );
    check(&two(words, " "), &[&plain]);
    check(&two(" ", &page), &[&html]);
    // The page may stand before the plain form, or be one of an encoding of its own.
    let turned = format!(
        "{HEAD}Content-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/html\n\
         Content-Transfer-Encoding: base64\n\nPHA+TmluZSB3ZXJlIGtpbGxlZC4=\n\
         --a\nContent-Type: text/plain\n\nNine were killed.\n--a--\n"
    );
    check(&turned, &[" text/html Blast in Orrin <p>Nine were killed."]);
}

#[test]
fn a_saved_page_is_its_page_and_nothing_else() {
    let mail = "From: <Saved by a browser>\nSnapshot-Content-Location: https://lake.example/blast\n\
         Subject: Blast\nDate: Wed, 5 Mar 2031 10:00:00 -0000\nMIME-Version: 1.0\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=b\n\n\
         --b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p class=3D\"a\">Nine\n\
         --b\nContent-Type: image/png\n\nx\n--b--\n";
    check(mail, &[" text/html  <p class=\"a\">Nine"]);
}

#[test]
fn what_cannot_be_taken_is_told() {
    let locked =
        format!("{HEAD}Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n");
    check(&locked, &["bad-mail: the mail is encrypted"]);
    check(HEAD, &["bad-mail: the mail holds no text"]);
    let deep = format!(
        "{HEAD}{}",
        (0..5000)
            .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
            .collect::<String>()
    );
    let got: Vec<Member> = open(Source::of("a", deep.as_bytes()), &Limits::default()).collect();
    assert!(matches!(&got[..], [Member::Told(_)]), "{got:?}");
}

#[test]
fn mail_is_known_by_its_head() {
    assert!(begins(HEAD.as_bytes()));
    assert!(begins(
        b"From: a@b\r\nReceived: x\r\n\tby y\r\n\r\nFrom here on"
    ));
    assert!(!begins(
        b"Source: Lake Post\nTitle: Blast\n\nNine were killed."
    ));
    assert!(!begins(b"Nine were killed: three men.\n"));
    assert!(!begins(b""));
}
