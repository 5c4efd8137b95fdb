//! Any text's numbers.
#![no_main]

libfuzzer_sys::fuzz_target!(|words: &str| reader::testing::check_quantities(words));
