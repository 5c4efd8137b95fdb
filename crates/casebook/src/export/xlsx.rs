//! One workbook (Office Open XML), a sheet a table.
//!
//! Words are cells of words, whatever they begin with, so that none is a formula. Addresses of reports are links. Rows
//! go to a file as they come, so that many incidents need little memory; a sheet that is full goes on in another.

use std::io::{self, BufWriter, Seek, Write};

use model::Dossier;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Style, Url, Workbook, XlsxError};

use super::{
    annotation::is_web,
    cell::Cell,
    format::{Format, Sink},
    tables::{self, Table},
};

/// The format.
pub(super) const XLSX: Format = Format {
    name: "xlsx",
    ending: "xlsx",
    texts: false,
    about: "a workbook with the sheets incidents, findings, claims, reports: the tables of the same names",
    columns: || Vec::new(),
    open: |_, out| open(out),
};

/// The sheets.
const SHEETS: [(&str, &Table); 4] = [
    ("incidents", &tables::INCIDENTS),
    ("findings", &tables::FINDINGS),
    ("claims", &tables::CLAIMS),
    ("reports", &tables::REPORTS),
];
/// Rows of a sheet, its head among them.
const ROWS: u32 = 1_048_576;
/// Characters of a cell, at most.
const CHARACTERS: usize = 32_767;
/// Links of a sheet, at most; further addresses are words.
const LINKS: u32 = 60_000;

/// A sheet that is written.
struct Sheet {
    /// Its place in the workbook.
    at: usize,
    /// Sheets of its table so far.
    parts: u32,
    /// The next row.
    row: u32,
    links: u32,
}

struct Xlsx<'a> {
    out: &'a mut dyn Write,
    workbook: Workbook,
    sheets: Vec<Sheet>,
    rows: u32,
}

fn open<'a>(out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    let mut workbook = Workbook::new();
    // The same incidents give the same bytes, whenever.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(told)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut own = Xlsx {
        out,
        workbook,
        sheets: Vec::new(),
        rows: ROWS,
    };
    for which in 0..SHEETS.len() {
        let sheet = own.begin(which, 1)?;
        own.sheets.push(sheet);
    }
    Ok(Box::new(own))
}

fn told(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

impl Xlsx<'_> {
    /// Begins a sheet: names of its columns, which stay in sight.
    fn begin(&mut self, which: usize, part: u32) -> io::Result<Sheet> {
        let (name, table) = SHEETS[which];
        let at = self.workbook.worksheets().len();
        let sheet = self
            .workbook
            .add_worksheet_with_constant_memory()
            .map_err(told)?;
        let name = match part {
            1 => name.to_owned(),
            part => format!("{name} {part}"),
        };
        sheet.set_name(name).map_err(told)?;
        sheet.set_freeze_panes(1, 1).map_err(told)?;
        let bold = Style::new().set_bold();
        for (column, (name, _)) in (0..).zip(table.columns()) {
            sheet
                .set_column_width(column, 18)
                .and_then(|it| it.write_string_with_format(0, column, name, &bold))
                .map_err(told)?;
        }
        Ok(Sheet {
            at,
            parts: part,
            row: 1,
            links: 0,
        })
    }

    fn write(&mut self, which: usize, cells: &[Cell]) -> io::Result<()> {
        if self.sheets[which].row >= self.rows {
            let part = self.sheets[which].parts + 1;
            self.sheets[which] = self.begin(which, part)?;
        }
        let own = &mut self.sheets[which];
        let sheet = self.workbook.worksheet_from_index(own.at).map_err(told)?;
        for (column, cell) in (0..).zip(cells) {
            let written = match cell {
                Cell::Empty => continue,
                Cell::Flag(flag) => sheet.write_boolean(own.row, column, *flag),
                Cell::Number(digits) => match digits.parse::<f64>() {
                    Ok(n) => sheet.write_number(own.row, column, n),
                    Err(_) => sheet.write_string(own.row, column, digits),
                },
                Cell::Time(moment) => sheet.write_string(own.row, column, moment.to_string()),
                Cell::Text(words) if is_web(words) && words.len() < 2_000 && own.links < LINKS => {
                    own.links += 1;
                    sheet.write_url(own.row, column, Url::new(words))
                }
                Cell::Text(words) => sheet.write_string(own.row, column, short(words)),
            };
            written.map_err(told)?;
        }
        own.row += 1;
        Ok(())
    }
}

/// Words that fit into a cell, without characters that XML does not allow.
fn short(words: &str) -> String {
    let plain = |c: &char| !c.is_control() || matches!(c, '\t' | '\n');
    words.chars().filter(plain).take(CHARACTERS).collect()
}

impl Sink for Xlsx<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        for (which, (_, table)) in SHEETS.iter().enumerate() {
            for row in (table.rows)(dossier) {
                self.write(which, &row)?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        // It is packed into a file without a name: its bytes would else be in memory, all at once.
        let mut packed = tempfile::tempfile()?;
        let mut into = BufWriter::new(&packed);
        self.workbook.save_to_writer(&mut into).map_err(told)?;
        into.flush()?;
        drop(into);
        packed.rewind()?;
        io::copy(&mut packed, self.out).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn a_full_sheet_goes_on_in_another() {
        let market = fixture::market().0;
        let mut bytes = Vec::new();
        let mut own = Xlsx {
            out: &mut bytes,
            workbook: Workbook::new(),
            sheets: Vec::new(),
            rows: 4,
        };
        for which in 0..SHEETS.len() {
            let sheet = own.begin(which, 1).unwrap();
            own.sheets.push(sheet);
        }
        own.put(&market).unwrap();
        own.end().unwrap();
        let claims = market.claims.len() + market.background.len();
        assert_eq!(own.sheets[2].parts as usize, claims.div_ceil(3));
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(short("a\u{1}b\nc"), "ab\nc");
        assert_eq!(short(&"é".repeat(40_000)).chars().count(), CHARACTERS);
    }
}
