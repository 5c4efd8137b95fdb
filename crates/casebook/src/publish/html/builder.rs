//! A page under construction: tags from the program, words always escaped.
//!
//! Written by hand rather than with a template engine: the page is mostly loops over nested values, a compile-time
//! engine would add two crates and its macro to every build, and here the type system keeps the one rule that matters.
//! Markup can only come from `&'static str`; everything else is escaped on the way in.

use crate::publish::clean;

/// An HTML page being written.
#[derive(Default)]
pub struct Page {
    out: String,
}

impl Page {
    /// Adds markup of the program's own.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Adds words, escaped.
    pub fn text(&mut self, words: &str) -> &mut Self {
        escape(&clean::block(words), &mut self.out);
        self
    }

    /// Opens a tag; attribute values are escaped. An attribute with an empty value is left out, except `alt`.
    pub fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            debug_assert!(
                *name != "href" || value.starts_with(['#', 'h']),
                "a link that was not checked"
            );
            if value.is_empty() && *name != "alt" {
                continue;
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(&clean::block(value), &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        self
    }

    /// Closes a tag.
    pub fn close(&mut self, tag: &'static str) -> &mut Self {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        self
    }

    /// Adds a tag with words in it.
    pub fn tag(
        &mut self,
        tag: &'static str,
        attributes: &[(&'static str, &str)],
        words: &str,
    ) -> &mut Self {
        self.open(tag, attributes).text(words).close(tag)
    }

    /// Adds a name whose writing direction is its own.
    pub fn name(&mut self, words: &str) -> &mut Self {
        self.tag("bdi", &[], words)
    }

    /// Adds words between quotation marks, in their own direction.
    pub fn quoted(&mut self, words: &str) -> &mut Self {
        self.raw("<q><bdi>")
            .text(clean::unquoted(words))
            .raw("</bdi></q>")
    }

    /// Adds a link to another site if the address is one a browser should follow, else the address as plain words.
    pub fn outside(&mut self, address: &str, words: &str) -> &mut Self {
        let address = address.trim();
        let web = ["https://", "http://"].into_iter().find(|scheme| {
            address
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        match web {
            Some(scheme) => {
                let href = format!("{scheme}{}", &address[scheme.len()..]);
                let rel = "noopener noreferrer nofollow";
                self.tag("a", &[("href", &href), ("rel", rel)], words)
            }
            None => self.name(address),
        }
    }

    /// The page so far.
    pub fn finish(self) -> String {
        self.out
    }
}

fn escape(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_attributes_are_escaped() {
        let mut page = Page::default();
        page.tag("b", &[("title", "\"><script>")], "<i>&'");
        assert_eq!(
            page.finish(),
            "<b title=\"&quot;&gt;&lt;script&gt;\">&lt;i&gt;&amp;&#39;</b>"
        );
    }

    #[test]
    fn only_web_addresses_become_links() {
        for address in [
            "javascript:alert(1)",
            "data:text/html,x",
            " JaVaScRiPt:x",
            "//x",
            "vbscript:x",
        ] {
            let mut page = Page::default();
            page.outside(address, "x");
            assert!(!page.finish().contains("href"), "{address}");
        }
        let mut page = Page::default();
        page.outside("HTTPS://a.example/?a=1&b=\"2\"", "x");
        assert_eq!(
            page.finish(),
            "<a href=\"https://a.example/?a=1&amp;b=&quot;2&quot;\" rel=\"noopener noreferrer nofollow\">x</a>"
        );
    }
}
