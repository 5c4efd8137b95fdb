//! Any text's times, printed on the day its first line says.
#![no_main]

libfuzzer_sys::fuzz_target!(|words: &str| {
    let (day, words) = words.split_once('\n').unwrap_or(("", words));
    reader::testing::check_times(words, Some(day));
});
