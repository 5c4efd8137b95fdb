//! Every operation, once: routes and description are made from this.

use axum::http::StatusCode;
use store::{
    people::Role,
    tokens::Scope::{Add, Read, Review},
};

use super::{
    list,
    operation::Operation,
    read,
    write::{self, IF_MATCH},
};

/// All operations, in the order in which they are explained.
pub fn operations() -> Vec<Operation> {
    let all = [looks(), of_the_desk(), writes()];
    all.into_iter().flatten().collect()
}

fn looks() -> Vec<Operation> {
    vec![
        Operation::get("", "start", "Who asks, what they may do, and where everything is.", read::start)
            .scopes(&[Read, Add, Review]),
        Operation::get("/incidents", "incidents", "Incidents, page by page.", list::incidents),
        Operation::get(
            "/incidents/{id}",
            "incident",
            "An incident: what its page shows, and its dossier.",
            read::incident,
        )
        .more("An incident that was merged leads to the one that it became. Its ETag is for deciding.")
        .moves(),
        Operation::get(
            "/incidents/{id}/claims",
            "claimsOfIncident",
            "The claims of an incident, each with its words.",
            read::claims,
        )
        .moves(),
        Operation::get("/reports", "reports", "Reports, the latest added first.", list::reports),
        Operation::get(
            "/reports/{id}",
            "report",
            "A report: its text, its claims, and how it was received.",
            read::report,
        )
        .more("Its ETag is for deciding.")
        .moves(),
        Operation::get("/claims/{id}", "claim", "A claim, and what people decided on it.", read::claim)
            .more("Its ETag is for deciding.")
            .moves(),
        Operation::get(
            "/disputes",
            "disputes",
            "What waits for a decision, that with most at stake first.",
            list::disputes,
        ),
        Operation::get(
            "/judgements",
            "judgements",
            "What people decided, the latest first.",
            list::judgements,
        ),
        Operation::get("/judgements/{id}", "judgement", "A judgement.", read::judgement)
            .more("Its ETag is for taking it back."),
        Operation::get(
            "/sources",
            "sources",
            "Who published, who speaks, and who leans on whom.",
            read::sources,
        ),
        Operation::get("/search", "search", "Words in reports, claims and names.", list::search),
        Operation::get(
            "/log",
            "log",
            "What happened to the casebook, the latest first; each entry is chained to the one before.",
            list::log,
        ),
    ]
}

fn of_the_desk() -> Vec<Operation> {
    vec![
        Operation::get(
            "/jobs",
            "jobs",
            "What was handed over, the latest first.",
            read::jobs,
        )
        .scopes(&[Add, Read])
        .role(Role::Reviewer)
        .more("The desk forgets its jobs when it ends; what came in stays in the casebook."),
        Operation::get(
            "/jobs/{number}",
            "job",
            "What became of what was handed over.",
            read::job,
        )
        .scopes(&[Add, Read])
        .role(Role::Reviewer),
        Operation::get(
            "/tokens",
            "tokens",
            "One’s own tokens; an admin’s answer has everybody’s.",
            read::tokens,
        ),
        Operation::get(
            "/tokens/{id}",
            "token",
            "A token, without its words.",
            read::token,
        ),
        Operation::get("/people", "people", "Who may log in.", read::people).role(Role::Admin),
        Operation::get("/feeds", "feeds", "Feeds that are watched.", read::feeds).role(Role::Admin),
    ]
}

fn writes() -> Vec<Operation> {
    vec![
        Operation::post(
            "/judgements",
            "decide",
            "Takes a decision down.",
            StatusCode::CREATED,
            write::judgement,
        )
        .scopes(&[Review])
        .role(Role::Reviewer)
        .refused(&[404])
        .conditional()
        .more(IF_MATCH),
        Operation::post(
            "/reports",
            "addReports",
            "Hands over files, or one text.",
            StatusCode::ACCEPTED,
            write::reports,
        )
        .scopes(&[Add])
        .role(Role::Reviewer)
        .refused(&[429, 507])
        .more(
            "They are taken in, read and linked beside this: Location leads to the job. Files are 64 MB together at \
             most and may be archives; a text is 1 MB at most.",
        ),
        Operation::post(
            "/addresses",
            "addAddresses",
            "Has pages of the web fetched and taken in.",
            StatusCode::ACCEPTED,
            write::addresses,
        )
        .scopes(&[Add])
        .role(Role::Reviewer)
        .refused(&[429])
        .more("The sites are asked politely, one request after another. Location leads to the job."),
        Operation::post(
            "/tokens",
            "addToken",
            "Makes a token for whoever is logged in.",
            StatusCode::CREATED,
            write::token,
        )
        .scopes(&[Read, Add, Review])
        .more("By a cookie alone: a token that leaks must not live on in others."),
        Operation::delete("/tokens/{id}", "removeToken", "Takes a token out.", write::no_token)
            .scopes(&[Read, Add, Review])
            .more("By a cookie one’s own, for an admin any; by a token that token alone."),
    ]
}
