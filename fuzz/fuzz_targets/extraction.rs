//! Any bytes as a report's file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::testing::check_extraction(bytes));
