//! Files made here, by hand: what is drawn on their pages, and the blocks that come of it.

use super::*;

/// A file of these pages, each of what is drawn on it, and what it says of itself.
fn file(pages: &[String], info: &str) -> Vec<u8> {
    let font = |name: &str| {
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
    };
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray \
                   /Length 1 >>\nstream\n0\nendstream";
    let kids: Vec<String> = (0..pages.len())
        .map(|n| format!("{} 0 R", 10 + 2 * n))
        .collect();
    let mut objects = vec![
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (
            2,
            format!(
                "<< /Type /Pages /Kids [{}] /Count {} >>",
                kids.join(" "),
                pages.len()
            ),
        ),
        (3, font("Times-Roman")),
        (4, picture.to_owned()),
        (5, format!("<< {info} >>")),
    ];
    for (n, drawn) in pages.iter().enumerate() {
        let contents = 11 + 2 * n;
        objects.push((
            10 + 2 * n,
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {contents} 0 R \
                 /Resources << /Font << /F 3 0 R >> /XObject << /P 4 0 R >> >> >>"
            ),
        ));
        objects.push((
            contents,
            format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        ));
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, body) in objects {
        places.push((number, out.len()));
        out.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let xref = out.len();
    out.extend(b"xref\n");
    for (number, at) in &places {
        out.extend(format!("{number} 1\n{at:010} 00000 n \n").bytes());
    }
    out.extend(
        format!("trailer\n<< /Size 100 /Root 1 0 R /Info 5 0 R >>\nstartxref\n{xref}\n%%EOF\n")
            .bytes(),
    );
    out
}

/// Lines drawn one below the other from a place on; an empty one is a gap.
fn lines(x: u32, top: u32, size: u32, words: &[&str]) -> String {
    let step = size * 12 / 10;
    let rows = words.iter().zip(0..).filter(|(words, _)| !words.is_empty());
    rows.map(|(words, n)| text(x, top - n * step, size, words))
        .collect()
}

fn text(x: u32, y: u32, size: u32, words: &str) -> String {
    let words = words.replace('(', "\\(").replace(')', "\\)");
    format!("BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

/// The blocks that come of pages.
#[track_caller]
fn check(pages: &[String], wanted: &[&str]) {
    let page = read(&file(pages, "")).unwrap();
    let got: Vec<String> = page
        .blocks
        .iter()
        .map(|block| format!("{:?}: {}", block.kind, &page.text[block.span.range()]))
        .collect();
    assert_eq!(got, wanted);
}

const FIRST: &[&str] = &[
    "At least nine people were killed and fourteen wound-",
    "ed when a car bomb went off at a mill in the town of",
    "Orrin on Monday, the mayor said. A 61-year-old man",
    "was among them.",
];
const WHOLE: &str = "Paragraph: At least nine people were killed and fourteen wounded when a car bomb went off at a \
    mill in the town of Orrin on Monday, the mayor said. A 61-year-old man was among them.";

#[test]
fn lines_become_paragraphs_and_parted_words_whole() {
    let title = text(60, 760, 20, "Nine killed in Orrin");
    check(
        &[[title, lines(60, 700, 11, FIRST)].concat()],
        &["Heading: Nine killed in Orrin", WHOLE],
    );
    // A gap, or a first line that stands further in, begins a paragraph.
    let gap = [FIRST, &["", "Two others were hurt, she said."]].concat();
    let second = "Paragraph: Two others were hurt, she said.";
    check(&[lines(60, 700, 11, &gap)], &[WHOLE, second]);
    let indented = text(80, 700 - 4 * 13, 11, "Two others were hurt, she said.");
    check(
        &[[lines(60, 700, 11, FIRST), indented].concat()],
        &[WHOLE, second],
    );
    let list = lines(
        60,
        700,
        11,
        &[
            "Those killed were:",
            "- Anna Vell, of Orrin",
            "- Tom Lind, of Vell",
        ],
    );
    check(
        &[list],
        &[
            "Paragraph: Those killed were:",
            "ListItem: Anna Vell, of Orrin",
            "ListItem: Tom Lind, of Vell",
        ],
    );
}

#[test]
fn a_mark_at_a_line_s_end_stays_where_the_word_has_one() {
    let words = [
        "The 61-year-old was named as Abu Bakr al-",
        "Hassan by the police. Another, a 61-year-",
        "old woman, was not named by the govern-",
        "ment. It was the government of Arvela.",
    ];
    check(
        &[lines(60, 700, 11, &words)],
        &[
            "Paragraph: The 61-year-old was named as Abu Bakr al-Hassan by the police. Another, a 61-year-old woman, \
             was not named by the government. It was the government of Arvela.",
        ],
    );
}

#[test]
fn spaces_are_where_they_stand_on_the_page() {
    // Kerning is no space; a shift as wide as one is.
    let kerned =
        "BT /F 11 Tf 60 700 Td [(Ni) 30 (ne) -300 (people) -280 (w) 20 (ere killed.)] TJ ET\n";
    check(
        &[kerned.to_owned()],
        &["Paragraph: Nine people were killed."],
    );
    let bold = [
        text(60, 700, 11, "Nine people were killed."),
        text(60, 700, 11, "Nine people were killed."),
    ];
    check(&[bold.concat()], &["Paragraph: Nine people were killed."]);
    let unseen = format!("3 Tr {}", text(60, 700, 11, "Nine people were killed."));
    check(&[unseen], &["Paragraph: Nine people were killed."]);
}

#[test]
fn columns_drawn_line_by_line_are_read_one_after_the_other() {
    let left: Vec<String> = (1..=6)
        .map(|n| format!("left line number {n} of the report"))
        .collect();
    let right: Vec<String> = (1..=6)
        .map(|n| format!("right line number {n} of the rest"))
        .collect();
    let rows = left.iter().zip(&right).zip(0..).map(|((left, right), n)| {
        [
            text(60, 700 - 13 * n, 11, left),
            text(320, 700 - 13 * n, 11, right),
        ]
        .concat()
    });
    check(
        &[rows.collect::<String>()],
        &[&format!(
            "Paragraph: {} {}",
            left.join(" "),
            right.join(" ")
        )],
    );
    // A table has gaps too.
    let rows = (0..6).map(|n| {
        [
            text(60, 700 - 26 * n, 11, "Orrin"),
            text(320, 700 - 26 * n, 11, "9"),
        ]
        .concat()
    });
    check(&[rows.collect::<String>()], &["Paragraph: Orrin 9"; 6]);
}

#[test]
fn a_sentence_goes_on_over_pages_and_what_stands_on_each_is_furniture() {
    let page = |n: u32, words: &[&str]| {
        [
            text(60, 780, 8, "Lake Tribune, international"),
            lines(60, 700, 11, words),
            text(300, 20, 8, &format!("Page {n} of 2")),
        ]
        .concat()
    };
    check(
        &[page(1, &FIRST[..2]), page(2, &FIRST[2..])],
        &[
            WHOLE,
            "Boilerplate: Lake Tribune, international",
            "Boilerplate: Page 1 of 2",
            "Boilerplate: Lake Tribune, international",
            "Boilerplate: Page 2 of 2",
        ],
    );
}

#[test]
fn what_stands_askew_is_put_apart() {
    let stamp = "q 0.7 0.7 -0.7 0.7 200 300 cm BT /F 60 Tf (DRAFT) Tj ET Q\n";
    check(
        &[[stamp, &lines(60, 700, 11, FIRST)].concat()],
        &[WHOLE, "Boilerplate: DRAFT"],
    );
}

#[test]
fn the_file_says_who_made_it_and_when() {
    let info = "/Title (Nine killed) /Author <FEFF0041006E0061002000560065006C006C> \
        /CreationDate (D:20310304093000+01'00')";
    let page = read(&file(&[lines(60, 700, 11, FIRST)], info)).unwrap();
    assert_eq!(page.meta.title.as_deref(), Some("Nine killed"));
    assert_eq!(page.made.byline.as_deref(), Some("Ana Vell"));
    assert_eq!(
        page.made.published.as_deref(),
        Some("2031-03-04T09:30:00+01:00")
    );
    let page = read(&file(
        &[lines(60, 700, 11, FIRST)],
        "/Title (release.docx) /Author (avell)",
    ))
    .unwrap();
    assert_eq!((page.meta.title, page.made.byline), (None, None));
}

#[test]
fn pages_without_text_are_told() {
    let refused = |pages: &[String]| read(&file(pages, "")).unwrap_err().code;
    let picture = "q 600 0 0 800 0 0 cm /P Do Q".to_owned();
    assert_eq!(refused(&[picture.clone(), picture.clone()]), "pdf-scanned");
    assert_eq!(refused(&["".to_owned()]), "no-text");
    let page = read(&file(&[lines(60, 700, 11, FIRST), picture], "")).unwrap();
    assert_eq!(
        page.odd[0].1,
        "1 of its 2 pages are pictures; what is written there is not read"
    );
}

/// What a file gives, by whatever it is: text that is no longer than the file could hold, or why there is none. It
/// takes a second at most, and no fault of a crate comes through.
#[track_caller]
fn told(bytes: &[u8]) -> Result<Page, Refused> {
    let began = std::time::Instant::now();
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes)));
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    let read = read.expect("a fault comes through");
    match &read {
        Ok(page) => {
            assert!(page.text.len() < 8 * bytes.len());
            for block in &page.blocks {
                assert!(page.text.get(block.span.range()).is_some());
            }
        }
        Err(refused) => assert!(!refused.message.is_empty() && !refused.hint.is_empty()),
    }
    read
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A file whose page is packed.
fn packed_file(words: &[&str]) -> Vec<u8> {
    let drawn = packed(lines(60, 700, 11, words).as_bytes());
    let bytes = file(&["HERE".to_owned()], "");
    let whole = "<< /Length 4 >>\nstream\nHERE";
    let at = bytes
        .windows(whole.len())
        .position(|it| it == whole.as_bytes())
        .unwrap();
    let head = format!(
        "<< /Filter /FlateDecode /Length {} >>\nstream\n",
        drawn.len()
    );
    [
        &bytes[..at],
        head.as_bytes(),
        &drawn,
        &bytes[at + whole.len()..],
    ]
    .concat()
}

#[test]
fn damage_anywhere_gives_text_or_says_why_there_is_none() {
    for whole in [
        file(&[lines(60, 700, 11, FIRST)], "/Title (Nine)"),
        packed_file(FIRST),
    ] {
        assert!(told(&whole).unwrap().text.starts_with("At least nine"));
        let (mut read, mut refused) = (0, 0);
        let mut count = |one: Result<Page, Refused>| match one {
            Ok(_) => read += 1,
            Err(_) => refused += 1,
        };
        for at in (0..whole.len()).step_by(7) {
            count(told(&whole[..at]));
            let mut flipped = whole.clone();
            flipped[at] ^= if at % 2 == 0 { 0x55 } else { 0xff };
            count(told(&flipped));
            let gone = [&whole[..at], &whole[(at + 9).min(whole.len())..]].concat();
            count(told(&gone));
        }
        // Most damage leaves the page whole; what is cut off before the page is not read.
        assert!(read > whole.len() / 14 && refused > 20, "{read} {refused}");
        assert_eq!(told(&whole[..whole.len() / 4]).unwrap_err(), DAMAGED);
    }
}

#[test]
fn a_page_that_is_drawn_many_times_over_is_refused() {
    let long = packed(&b"BT (Nine) Tj ET\n".repeat(60_000));
    let bytes = packed_file(FIRST);
    let words = String::from_utf8_lossy(&bytes).replace(
        "/Contents 11 0 R",
        &format!("/Contents [{}]", "50 0 R ".repeat(10_000)),
    );
    // Without its table of places, the file is searched for its objects.
    let head = &words.as_bytes()[..words.find("11 0 obj").unwrap()];
    let stream = format!(
        "50 0 obj\n<< /Filter /Fl /Length {} >>\nstream\n",
        long.len()
    );
    let tail = b"\nendstream\nendobj\ntrailer\n<< /Size 100 /Root 1 0 R >>\n%%EOF\n";
    let whole = [head, stream.as_bytes(), &long, tail].concat();
    assert_eq!(told(&whole).unwrap_err(), TOO_MUCH);
}

#[test]
fn what_may_unpack_to_anything_is_refused_before_it_does() {
    let bomb = packed(&packed(&vec![0; 100_000_000]));
    for about in [
        "/Filter [/Fl /Fl]",
        "/Filter [/Fl#61teDecode /Fl] /Encrypt 9 0 R",
        "/Filter 60 0 R",
    ] {
        let bytes = file(&["HERE".to_owned()], "");
        let whole = "<< /Length 4 >>\nstream\nHERE";
        let at = bytes
            .windows(whole.len())
            .position(|it| it == whole.as_bytes())
            .unwrap();
        let head = format!("<< {about} /Length {} >>\nstream\n", bomb.len());
        let rest = &bytes[at + whole.len()..];
        let end = rest.windows(5).position(|it| it == b"xref\n").unwrap();
        let tail = b"60 0 obj\n[/FlateDecode /FlateDecode]\nendobj\ntrailer\n<< /Size 100 /Root 1 0 R >>\n%%EOF\n";
        let whole = [&bytes[..at], head.as_bytes(), &bomb, &rest[..end], tail].concat();
        assert_eq!(told(&whole).unwrap_err().code, "pdf-too-large", "{about}");
    }
}

#[test]
fn damage_and_locks_are_told_and_nothing_panics() {
    let whole = file(&[lines(60, 700, 11, FIRST)], "");
    assert_eq!(told(b"%PDF-1.7").unwrap_err(), DAMAGED);
    assert_eq!(told(b"%PDF-1.7\n[[[[[[").unwrap_err(), DAMAGED);
    let deep = [b"%PDF-1.7\n1 0 obj\n".to_vec(), b"[".repeat(1_000_000)].concat();
    assert!(told(&deep).is_err());
    let deep = file(
        &[format!(
            "{} {}",
            "[".repeat(500_000),
            lines(60, 700, 11, FIRST)
        )],
        "",
    );
    let _ = told(&deep);
    let locked = String::from_utf8(whole).unwrap().replace(
        "/Root 1 0 R",
        "/Root 1 0 R /ID [(0123456789012345) (0123456789012345)] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 \
         /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) >>",
    );
    assert_eq!(read(locked.as_bytes()).unwrap_err(), LOCKED);
}

#[test]
fn forms_that_draw_each_other_without_end_are_broken_off() {
    // Each form draws the next ten times: ten billion strokes.
    let mut whole = String::from_utf8(file(&["/X1 Do".to_owned()], "")).unwrap();
    let resources = (1..=10)
        .map(|n| format!("/X{n} {} 0 R ", 50 + n))
        .collect::<String>();
    whole = whole.replace(
        "/XObject << /P 4 0 R >>",
        &format!("/XObject << {resources} >>"),
    );
    let forms: String = (1..=10)
        .map(|n| {
            let drawn = match n {
                10 => "0 0 m 1 1 l S".to_owned(),
                n => format!("/X{} Do ", n + 1).repeat(10),
            };
            format!(
                "{} 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << {resources} >> \
                 >> /Length {} >>\nstream\n{drawn}\nendstream\nendobj\n",
                50 + n,
                drawn.len()
            )
        })
        .collect();
    // Without its table of places, the file is searched for its objects.
    let at = whole.find("xref\n").unwrap();
    whole.truncate(at);
    whole.push_str(&forms);
    whole.push_str("trailer\n<< /Size 100 /Root 1 0 R >>\n%%EOF\n");
    let few = |steps| {
        catch_unwind(AssertUnwindSafe(|| {
            read_within(whole.as_bytes(), glyphs::MOST, steps)
        }))
    };
    assert!(few(100_000).is_err_and(|cause| cause.is::<TooMuch>()));
}
