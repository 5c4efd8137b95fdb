//! Prints the numbers, ages and times of a plain text, for reading misses by eye.
//!
//! `cargo run --release -p crossbearing-reader --example times -- FILE [PUBLISHED]`

// An example is a program: it may read files and arguments.
#![allow(clippy::disallowed_methods)]

use std::{error::Error, fs};

use language::Pipeline;
use reader::read::{quantities, times};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: times FILE [PUBLISHED]")?;
    let published = std::env::args()
        .nth(2)
        .and_then(|words| times::parse_published(&words));
    let text = fs::read_to_string(path)?;
    let pipeline = Pipeline::load(&testing::data_folder().join(testing::PREPARED[0]))?;
    let doc = pipeline.parse_text(&text);
    let times = times::find(&doc, published.as_ref());
    let numbers = quantities::find(&doc);
    let ages = quantities::find_ages(&doc);
    for sentence in doc.sentences() {
        println!("{}", doc.slice(sentence.clone()).trim());
        for time in times
            .iter()
            .filter(|time| sentence.contains(&time.tokens.start))
        {
            let when = time.when.as_ref().map_or("-".to_owned(), |when| {
                format!("{} .. {} ({})", when.start, when.end, when.anchor)
            });
            println!(
                "    time   {:<28} {:<18} {when}",
                doc.slice(time.tokens.clone()),
                time.value
            );
        }
        for number in numbers
            .iter()
            .filter(|number| sentence.contains(&number.tokens.start))
        {
            let noun = number.noun.map_or("-", |noun| doc.token(noun).text());
            let measure = number.measure.map(|measure| format!("{measure:?}"));
            println!(
                "    number {:<28} {:<18} {noun} {}{}{}",
                doc.slice(number.tokens.clone()),
                number.count.interval(),
                measure.unwrap_or_default(),
                if number.additional { " more" } else { "" },
                if number.partitive { " of" } else { "" },
            );
        }
        for age in ages
            .iter()
            .filter(|age| sentence.contains(&age.tokens.start))
        {
            let person = age.person.map_or("-", |person| doc.token(person).text());
            let high = age.high.map_or("∞".to_owned(), |high| high.to_string());
            println!(
                "    age    {:<28} {}..{high} {person}",
                doc.slice(age.tokens.clone()),
                age.low
            );
        }
    }
    Ok(())
}
