//! The reconciler from outside: scripts of readings in, dossiers out.

mod gold;
mod hasakah;
mod lineage;
mod properties;
mod relations;
mod script;
mod verdicts;
