//! What can go wrong here: files that are absent or of another shape; the message says which.

/// Any failure, with its message.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
