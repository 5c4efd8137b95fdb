//! Pages that no tree should be built of: only their tags are taken off.

use dom_query::Document;
use model::BlockKind;

use super::{
    entities::decode,
    head,
    page::{Page, push},
    pieces::{BLOCKS, Sink, paragraphs},
    tags::{Tag, is_monstrous},
};
use crate::text::metadata::Metadata;

/// Takes the tags off and makes every run of text between block tags a paragraph: for pages that no tree should be
/// built of. What its head says is read where the head alone is no monster.
pub(super) fn strip(html: &str) -> Page {
    let head = html.find("<body").map(|at| &html[..at]);
    let head = head.filter(|head| !is_monstrous(head));
    let mut meta = head.map_or_else(Metadata::default, |head| {
        head::read(&Document::from(head)).0
    });
    head::clean(&mut meta);
    let html = &html[head.map_or(0, str::len)..];
    let mut sink = Sink::default();
    let (mut text, mut blocks) = (String::new(), Vec::new());
    if let Some(title) = &meta.title {
        push(&mut text, &mut blocks, title, BlockKind::Title);
    }
    let mut flush = |sink: &mut Sink<'_>| {
        for words in paragraphs(&std::mem::take(&mut sink.line)) {
            if meta.title.as_ref() != Some(&words) {
                push(&mut text, &mut blocks, &words, BlockKind::Paragraph);
            }
        }
    };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        sink.words(&decode(&rest[..at]));
        let tag = Tag::at(&rest[at..]);
        if BLOCKS.contains(&tag.name.as_str()) || tag.name == "br" {
            flush(&mut sink);
        }
        if tag.skip == 1 {
            sink.words("<");
        }
        rest = &rest[at + tag.skip..];
    }
    sink.words(&decode(rest));
    flush(&mut sink);
    Page {
        text,
        blocks,
        meta,
        stripped: true,
        ..Page::default()
    }
}
