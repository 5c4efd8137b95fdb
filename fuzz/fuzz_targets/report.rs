//! Any bytes, read whole.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::testing::check_report(bytes));
