//! The reconciler from outside: scripts of readings in, dossiers out.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read the samples and the benchmark from disk"
)]

mod agreed;
mod case_ids;
mod cases;
mod divided;
mod events;
mod focus;
mod gold;
mod heap;
mod large_incidents;
mod lineage;
mod other_relations;
mod page;
mod parts;
mod properties;
mod relations;
mod script;
mod stored;
mod verdicts;
