//! The post that a page of a social network was saved for: the title quotes it, the page goes on with other posts.
//!
//! What comes in: the blocks of a page and its title. What goes out: the same blocks, those outside the post marked as
//! boilerplate. A page whose title quotes no post, or whose blocks hold none of it, is left alone.

use model::{Block, BlockKind};

/// What stands in a title between who posts and what, as networks write it.
const SAYS: &[&str] = &[" on X: ", " on Twitter: "];
/// Words by which a block is known for a piece of the post, and the fewest of a post worth looking for.
const ALIKE: usize = 6;
/// Words of a post that are looked for.
const MOST: usize = 120;

/// Marks what a page shows beside the post that its title quotes.
pub(super) fn mark(text: &str, blocks: &mut [Block], title: &str) {
    let Some(post) = quoted(title) else { return };
    let mut post = words(post);
    post.truncate(MOST);
    if post.len() < ALIKE {
        return;
    }
    let of_post = |block: &Block| {
        let said = words(&text[block.span.range()]);
        let holds = |hay: &[String], needle: &[String]| {
            !needle.is_empty() && hay.windows(needle.len()).any(|some| some == needle)
        };
        let start = &said[..said.len().min(ALIKE)];
        holds(&post, start) && said.len() > 2 || holds(&said, &post[..ALIKE])
    };
    let body = |block: &Block| !matches!(block.kind, BlockKind::Boilerplate | BlockKind::Title);
    let keep: Vec<bool> = blocks
        .iter()
        .map(|block| !body(block) || of_post(block))
        .collect();
    if !blocks
        .iter()
        .zip(&keep)
        .any(|(block, keep)| *keep && body(block))
    {
        return;
    }
    for (block, keep) in blocks.iter_mut().zip(keep) {
        if !keep {
            block.kind = BlockKind::Boilerplate;
        }
    }
}

/// The words of the post in a title: "Lake Watch on X: "Three hurt in Kelmoor" / X".
fn quoted(title: &str) -> Option<&str> {
    let rest = SAYS.iter().find_map(|says| title.split_once(says))?.1;
    let rest = rest.trim_start().strip_prefix(['"', '“', '«'])?;
    Some(rest.rfind(['"', '”', '»']).map_or(rest, |end| &rest[..end]))
}

/// Words in lower case, letters and digits only, addresses left out.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .filter(|word| !word.contains("://"))
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use model::Span;

    use super::*;

    #[track_caller]
    fn check(title: &str, lines: &[&str]) {
        let mut text = String::new();
        let mut blocks = Vec::new();
        let bare = |line: &str| line.trim_start_matches('#').to_owned();
        for line in lines {
            let start = text.len();
            text.push_str(&bare(line));
            blocks.push(Block {
                span: Span::new(start, text.len()),
                kind: BlockKind::Paragraph,
            });
            text.push('\n');
        }
        mark(&text, &mut blocks, title);
        for (block, line) in blocks.iter().zip(lines) {
            let marked = block.kind == BlockKind::Boilerplate;
            assert_eq!(marked, line.starts_with('#'), "{line}");
        }
    }

    #[test]
    fn only_the_post_of_the_title_stays() {
        check(
            "Lake Watch on X: \"Arvela: three people were hurt in the shelling of Kelmoor this morning. \
             https://t.example/a\" / X",
            &[
                "#Arvela: two days ago 14 soldiers were killed in Vell.",
                "Lake Watch@lakewatch Arvela: three people were hurt in the shelling of Kelmoor this morning.",
                "#4 replies",
                "#My prayers for the 9 dead of last week",
            ],
        );
    }

    #[test]
    fn other_pages_are_left_alone() {
        let lines = ["Three people were hurt in Kelmoor.", "Two died in Vell."];
        check("Three people hurt in Kelmoor", &lines);
        check(
            "Lake Watch on X: \"Read our report on the year in Arvela\" / X",
            &lines,
        );
        check("Lake Watch on X: \"Kelmoor\"", &lines);
    }
}
