//! What all forms have in common.

use axum::extract::rejection::FormRejection;

use crate::refusal::Refusal;

/// An address of the desk itself; of any other, and of forms, the first page.
pub fn back(to: &str) -> &str {
    // A browser takes `\` for `/`, and leaves tabs and line breaks out before it looks.
    let plain = |c: char| c.is_ascii_graphic() && c != '\\';
    let own = to.starts_with('/') && !to.starts_with("//") && to.chars().all(plain);
    let form = to == "/login" || to.starts_with("/login?");
    if own && !form && to.len() < 2_000 {
        to
    } else {
        "/incidents"
    }
}

/// A form that cannot be read.
pub fn unread(_: FormRejection) -> Refusal {
    Refusal::bad(
        "the form cannot be read",
        "open the page again and send the form from there",
    )
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(back("/incidents?country=X"), "/incidents?country=X");
        for to in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/a\r\nb",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\u{1}/evil.example",
            "/ /evil.example",
            "/é",
            "/incidents\\evil",
            "/login?to=/x",
        ] {
            assert_eq!(back(to), "/incidents", "{to}");
        }
    }
}
