//! Relations between claims, findings and the named number rules.
