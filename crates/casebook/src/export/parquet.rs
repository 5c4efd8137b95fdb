//! Apache Parquet: the tables with types, for pandas, R, DuckDB and Spark.
//!
//! Source: Apache Parquet format 2.11: logical types String and Timestamp (local, in microseconds). Every column may be
//! empty. Words stand as they are, without the apostrophe that keeps a spreadsheet from computing them.
//!
//! Rows are kept column by column until a group of them is full, so that many incidents need little memory.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::civil::{DateTime, date};
use model::Dossier;
use parquet::{
    basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type},
    errors::ParquetError,
    file::{
        properties::{EnabledStatistics, WriterProperties},
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::Type,
};

use super::{
    cell::{Cell, Kind},
    format::{Format, Sink},
    tables::{self, Head, Table},
};

/// A row an incident.
pub(super) const INCIDENTS: Format = Format {
    name: "parquet-incidents",
    ending: "parquet",
    texts: false,
    about: "Parquet, the table of `csv-incidents` with types: numbers, moments, yes and no",
    columns: || types(&tables::INCIDENTS),
    open: |_, out| open(&tables::INCIDENTS, out),
};

/// A row a finding.
pub(super) const FINDINGS: Format = Format {
    name: "parquet-findings",
    ending: "parquet",
    texts: false,
    about: "Parquet, the table of `csv-findings` with types",
    columns: || types(&tables::FINDINGS),
    open: |_, out| open(&tables::FINDINGS, out),
};

/// A row a claim.
pub(super) const CLAIMS: Format = Format {
    name: "parquet-claims",
    ending: "parquet",
    texts: false,
    about: "Parquet, the table of `csv-claims` with types",
    columns: || types(&tables::CLAIMS),
    open: |_, out| open(&tables::CLAIMS, out),
};

/// A row a report.
pub(super) const REPORTS: Format = Format {
    name: "parquet-reports",
    ending: "parquet",
    texts: false,
    about: "Parquet, the table of `csv-reports` with types",
    columns: || types(&tables::REPORTS),
    open: |_, out| open(&tables::REPORTS, out),
};

/// Rows of a group, at most.
const ROWS: usize = 65_536;
/// Bytes of values of a group, about.
const BYTES: usize = 16 << 20;

fn told(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}

/// What the writer of the format has written and nobody has taken yet. That writer may be sent to another thread, and
/// asks the same of what it writes to.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        own.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The values of a column in one group.
enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Decimal(Vec<f64>),
    Flag(Vec<bool>),
}

struct Column {
    kind: Kind,
    values: Values,
    /// 1 for each row that has a value, 0 for one that has none.
    levels: Vec<i16>,
}

impl Column {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Integer | Kind::Time => Values::Integer(Vec::new()),
            Kind::Decimal => Values::Decimal(Vec::new()),
            Kind::Flag => Values::Flag(Vec::new()),
        };
        Self {
            kind,
            values,
            levels: Vec::new(),
        }
    }

    /// Takes the cell of the next row; gives about how many bytes that is.
    fn push(&mut self, cell: Cell) -> io::Result<usize> {
        self.levels.push(i16::from(cell != Cell::Empty));
        let kind = self.kind;
        let bytes = match (&mut self.values, cell) {
            (_, Cell::Empty) => 0,
            (Values::Text(own), Cell::Text(words) | Cell::Number(words)) => {
                let bytes = words.len() + size_of::<ByteArray>();
                own.push(words.into_bytes().into());
                bytes
            }
            (Values::Integer(own), Cell::Number(digits)) if kind == Kind::Integer => {
                // A count that no column holds is the largest that it holds; the words of the claim stand beside it.
                own.push(match digits.parse::<u64>() {
                    Ok(n) => n.try_into().unwrap_or(i64::MAX),
                    Err(_) => digits.parse().map_err(io::Error::other)?,
                });
                size_of::<i64>()
            }
            (Values::Integer(own), Cell::Time(moment)) if kind == Kind::Time => {
                own.push(microseconds(moment));
                size_of::<i64>()
            }
            (Values::Decimal(own), Cell::Number(digits)) => {
                own.push(digits.parse().map_err(io::Error::other)?);
                size_of::<f64>()
            }
            (Values::Flag(own), Cell::Flag(flag)) => {
                own.push(flag);
                size_of::<bool>()
            }
            (_, cell) => {
                // Cells that do not fit their column are a fault of the table; no word of a report is told.
                let is = match cell {
                    Cell::Text(_) => "words",
                    Cell::Number(_) => "a number",
                    Cell::Time(_) => "a time",
                    _ => "yes or no",
                };
                return Err(io::Error::other(format!(
                    "{is} in a column of kind {kind:?}"
                )));
            }
        };
        Ok(bytes + size_of::<i16>())
    }

    fn write(self, group: &mut SerializedRowGroupWriter<'_, Written>) -> Result<(), ParquetError> {
        match self.values {
            Values::Text(own) => column::<ByteArrayType>(group, &own, &self.levels),
            Values::Integer(own) => column::<Int64Type>(group, &own, &self.levels),
            Values::Decimal(own) => column::<DoubleType>(group, &own, &self.levels),
            Values::Flag(own) => column::<BoolType>(group, &own, &self.levels),
        }
    }
}

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Written>,
    values: &[T::T],
    levels: &[i16],
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else {
        return Err(ParquetError::General("more columns than names".to_owned()));
    };
    writer
        .typed::<T>()
        .write_batch(values, Some(levels), None)?;
    writer.close()
}

/// Microseconds since the beginning of 1970, in the time of the place.
fn microseconds(moment: DateTime) -> i64 {
    const BEGIN: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);
    let since = moment.duration_since(BEGIN).as_micros();
    // Civil times reach from the year -9999 to 9999, which is less than a fortieth of what fits.
    since.try_into().unwrap_or(i64::MAX)
}

struct Parquet<'a> {
    table: &'static Table,
    out: &'a mut dyn Write,
    writer: SerializedFileWriter<Written>,
    written: Written,
    kinds: Vec<Kind>,
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
    most: usize,
}

fn open<'a>(table: &'static Table, out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    Ok(Box::new(Parquet::new(table, out, ROWS)?))
}

fn kind(head: &Head) -> Kind {
    head.kind.unwrap_or(Kind::Text)
}

/// Name of each column and its type; what it holds stands with the same table as CSV.
fn types(table: &Table) -> Vec<(String, String)> {
    let heads = (table.heads)().into_iter();
    let name = |kind| match kind {
        Kind::Text => "words (UTF-8)",
        Kind::Integer => "a whole number (INT64)",
        Kind::Decimal => "a number (DOUBLE)",
        Kind::Time => "a moment of local time (TIMESTAMP without zone, microseconds)",
        Kind::Flag => "yes or no (BOOLEAN)",
    };
    heads
        .map(|head| {
            let is = name(kind(&head)).to_owned();
            (head.name, is)
        })
        .collect()
}

fn field(head: &Head) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match kind(head) {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Decimal => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Time => {
            let local = LogicalType::timestamp(false, TimeUnit::MICROS);
            (Physical::INT64, Some(local))
        }
    };
    let field = Type::primitive_type_builder(&head.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    Ok(Arc::new(field.build()?))
}

impl<'a> Parquet<'a> {
    /// Begins a file with so many rows a group at most.
    fn new(table: &'static Table, out: &'a mut dyn Write, most: usize) -> io::Result<Self> {
        let heads = (table.heads)();
        let fields: Result<Vec<_>, _> = heads.iter().map(field).collect();
        let schema = Type::group_type_builder("schema").with_fields(fields.map_err(told)?);
        let schema = schema.build().map_err(told)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            // What is kept of each page until the end would grow with the table.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .build();
        let written = Written::default();
        let writer = SerializedFileWriter::new(written.clone(), schema.into(), properties.into());
        let mut own = Self {
            table,
            out,
            writer: writer.map_err(told)?,
            written,
            kinds: heads.iter().map(kind).collect(),
            columns: Vec::new(),
            rows: 0,
            bytes: 0,
            most,
        };
        own.clear();
        Ok(own)
    }

    fn clear(&mut self) -> Vec<Column> {
        (self.rows, self.bytes) = (0, 0);
        let empty = self.kinds.iter().map(|kind| Column::new(*kind)).collect();
        std::mem::replace(&mut self.columns, empty)
    }

    /// Writes the rows at hand as a group.
    fn group(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let columns = self.clear();
        let mut group = self.writer.next_row_group().map_err(told)?;
        for column in columns {
            column.write(&mut group).map_err(told)?;
        }
        group.close().map_err(told)?;
        self.out.write_all(&self.written.take())
    }
}

impl Sink for Parquet<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        for row in (self.table.rows)(dossier) {
            for (column, cell) in self.columns.iter_mut().zip(row) {
                self.bytes += column.push(cell)?;
            }
            self.rows += 1;
            if self.rows >= self.most || self.bytes >= BYTES {
                self.group()?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.group()?;
        self.writer.finish().map_err(told)?;
        self.out.write_all(&self.written.take())
    }
}

#[cfg(test)]
mod tests {
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::Field,
    };

    use super::*;
    use crate::publish::fixture;

    fn read(bytes: Vec<u8>) -> (usize, Vec<Vec<(String, Field)>>) {
        let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let row = |row: Result<parquet::record::Row, _>| row.unwrap().into_columns();
        let rows = file.get_row_iter(None).unwrap().map(row).collect();
        (file.num_row_groups(), rows)
    }

    /// What a cell is once it is read again.
    fn same(cell: &Cell, field: &Field) -> bool {
        match (cell, field) {
            (Cell::Empty, Field::Null) => true,
            (Cell::Text(a) | Cell::Number(a), Field::Str(b)) => a == b,
            (Cell::Number(a), Field::Long(b)) => *a == b.to_string(),
            (Cell::Number(a), Field::Double(b)) => a.parse() == Ok(*b),
            (Cell::Flag(a), Field::Bool(b)) => a == b,
            (Cell::Time(a), Field::TimestampMicros(b)) => microseconds(*a) == *b,
            _ => false,
        }
    }

    #[test]
    fn every_cell_comes_back_with_its_kind() {
        let dossiers = [fixture::market().0, fixture::empty().0];
        for (table, format) in [
            (&tables::INCIDENTS, &INCIDENTS),
            (&tables::FINDINGS, &FINDINGS),
            (&tables::CLAIMS, &CLAIMS),
            (&tables::REPORTS, &REPORTS),
        ] {
            let mut bytes = Vec::new();
            format
                .write(&dossiers, Default::default(), &mut bytes)
                .unwrap();
            let heads = (table.heads)();
            let put: Vec<Vec<Cell>> = dossiers.iter().flat_map(|it| (table.rows)(it)).collect();
            let (groups, rows) = read(bytes);
            assert_eq!((groups, rows.len()), (1, put.len()), "{}", format.name);
            for (row, cells) in rows.iter().zip(&put) {
                for (((name, field), head), cell) in row.iter().zip(&heads).zip(cells) {
                    assert_eq!(*name, head.name);
                    assert!(
                        same(cell, field),
                        "{}: {name}: {cell:?} {field:?}",
                        format.name
                    );
                }
            }
        }
    }

    #[test]
    fn a_full_group_is_written_before_the_next() {
        let market = fixture::market().0;
        let claims = market.claims.len() + market.background.len();
        let mut bytes = Vec::new();
        let mut own = Parquet::new(&tables::CLAIMS, &mut bytes, 4).unwrap();
        for _ in 0..3 {
            own.put(&market).unwrap();
            assert!(own.rows < 4 && own.written.take().is_empty());
        }
        own.end().unwrap();
        let (groups, rows) = read(bytes);
        assert_eq!((groups, rows.len()), ((claims * 3).div_ceil(4), claims * 3));
    }

    #[test]
    fn a_table_without_rows_has_its_columns() {
        let mut bytes = Vec::new();
        CLAIMS.write(&[], Default::default(), &mut bytes).unwrap();
        let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let schema = file.metadata().file_metadata().schema();
        assert_eq!(schema.get_fields().len(), tables::CLAIMS.columns().len());
        assert_eq!(file.num_row_groups(), 0);
    }

    #[test]
    fn what_does_not_fit_its_column_is_told() {
        let mut number = Column::new(Kind::Integer);
        number.push(Cell::from(u64::MAX)).unwrap();
        number.push(Cell::from(7_u64)).unwrap();
        number.push(Cell::Number("-7".to_owned())).unwrap();
        assert!(number.push(Cell::Number("7.5".to_owned())).is_err());
        assert!(matches!(number.values, Values::Integer(own) if own == [i64::MAX, 7, -7]));
        let told = Column::new(Kind::Flag)
            .push(Cell::from("secret"))
            .unwrap_err()
            .to_string();
        assert_eq!(told, "words in a column of kind Flag");
    }

    #[test]
    fn moments_count_from_the_beginning_of_1970() {
        let day = date(2031, 3, 4).at(6, 30, 0, 0);
        assert_eq!(microseconds(day), 1_930_372_200_000_000);
        assert_eq!(
            microseconds(date(1969, 12, 31).at(23, 59, 59, 0)),
            -1_000_000
        );
        assert!(microseconds(DateTime::MAX) < i64::MAX && microseconds(DateTime::MIN) > i64::MIN);
    }
}
