//! Copies, citations and independent origins.
