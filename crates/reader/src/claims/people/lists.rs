//! People told of side by side.

use language::Token;

use super::{
    super::grammar::is_plural, group::Group, introduced::Peopled, names::is_name, noun::group_at,
};

/// Every group in a coordination that `token` heads: "a man, his wife and two children" gives three.
pub fn coordinated(cx: &Peopled<'_>, token: Token<'_>) -> Vec<Group> {
    let mut out = Vec::new();
    let mut at = Some(token);
    let mut steps = 0;
    while let Some(token) = at {
        if let Some(group) = group_at(cx, token) {
            out.push(group);
        }
        // A list hangs each member on the one before it; an apposition of people ("the victims, a man and a boy")
        // restates. "14 civilians, most of them children, were killed" is no list: the part has a subject of its own.
        at = token
            .children()
            .find(|child| {
                child.i > token.i
                    && (child.dep() == "conj"
                        || child.dep() == "appos" && goes_on(cx, token, *child))
                    && child.child_of(&["nsubj", "nsubjpass"]).is_none()
            })
            // "Omar Belk, a friend, and Sara Dunn, a neighbour": a name after an apposition goes on with the list.
            .or_else(|| {
                let single = !is_plural(token) && cx.quantity_of(token.i).is_none();
                let beside = token
                    .children()
                    .find(|child| child.dep() == "appos" && !is_name(cx, *child))
                    .filter(|_| single)?;
                let next = beside.child("conj")?;
                is_name(cx, next).then_some(next)
            });
        steps += 1;
        if steps > 60 {
            break;
        }
    }
    out
}

/// "a couple, their daughter and one of their sons", "Omar Belk, Sara Dunn, and his nephew": an apposition of kin, or
/// of a name to a name, that goes on as a list is more people, not the same again.
fn goes_on(cx: &Peopled<'_>, token: Token<'_>, beside: Token<'_>) -> bool {
    let kin = || {
        beside
            .children()
            .any(|child| child.dep() == "poss" && matches!(child.lower(), "his" | "her" | "their"))
    };
    let comma = || (token.i + 1..beside.i).any(|i| cx.doc.token(i).text() == ",");
    let names = || is_name(cx, token) && is_name(cx, beside) && comma();
    beside.child("conj").is_some() && (kin() || names())
}
