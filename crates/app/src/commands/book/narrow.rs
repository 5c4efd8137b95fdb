//! Which incidents of a casebook are meant.

use clap::Args;
use store::lists::Filter;

use crate::failure::Failure;

/// By what incidents are chosen.
#[derive(Args)]
pub struct Narrow {
    /// Only incidents on or after this day.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Only incidents on or before this day.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Only incidents in this country.
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// Only incidents with a figure, a place or anything else in dispute.
    #[arg(long)]
    disputed: bool,
}

impl Narrow {
    /// Whether any are left out.
    pub fn is_any(&self) -> bool {
        self.disputed
            || [&self.from, &self.to, &self.country]
                .iter()
                .any(|it| it.is_some())
    }

    /// The same as the store takes it; with those told in passing only where `passing` asks for them.
    pub fn filter(self, passing: bool) -> Result<Filter, Failure> {
        for day in [&self.from, &self.to].into_iter().flatten() {
            if day.parse::<jiff::civil::Date>().is_err() {
                return Err(Failure::new(
                    format!("{day}: not a day"),
                    "write it as 2031-03-04",
                ));
            }
        }
        Ok(Filter {
            from: self.from,
            to: self.to,
            country: self.country,
            disputed: self.disputed,
            passing,
            ..Filter::default()
        })
    }
}
