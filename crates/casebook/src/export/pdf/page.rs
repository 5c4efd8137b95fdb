//! Blocks on pages: headings that stay with what follows, tables whose head comes again, quotes with a rule beside.

use super::{
    letters::Fonts,
    lines::{Line, Piece, lines},
};
use crate::export::document::{Block, Run, Table};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
/// Space around what is printed.
pub(super) const MARGIN: f32 = 54.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
const BOTTOM: f32 = PAGE.1 - MARGIN - 14.0;
const TEXT: f32 = 9.5;
const SMALL: f32 = 8.0;
/// Lines are so much higher than their letters.
const LEADING: f32 = 1.35;
/// Between the text of two cells.
const GAP: f32 = 7.0;

/// Something on a page; places are of its upper left corner, of words of where they stand.
pub(super) enum Item {
    /// Words.
    Words {
        x: f32,
        y: f32,
        size: f32,
        grey: bool,
        piece: Piece,
    },
    /// An area of one grey, 0 for black.
    Area {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        grey: u8,
    },
    /// An area that leads to a page of the document.
    Jump { y: f32, height: f32, to: usize },
}

/// A heading and where it stands.
pub(super) struct Mark {
    /// 1 for an incident, 2 for a part of it.
    pub level: u8,
    /// Its words.
    pub words: String,
    /// The page, counted from 0.
    pub page: usize,
    /// How far down.
    pub y: f32,
}

/// Pages that are filled from above.
pub(super) struct Pages<'a> {
    fonts: &'a Fonts,
    /// The pages.
    pub pages: Vec<Vec<Item>>,
    /// The headings.
    pub marks: Vec<Mark>,
    y: f32,
}

impl<'a> Pages<'a> {
    /// No page yet.
    pub fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            pages: Vec::new(),
            marks: Vec::new(),
            y: BOTTOM,
        }
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Goes on on another page where so much does not fit.
    fn need(&mut self, height: f32) {
        if self.pages.is_empty() || self.y + height > BOTTOM && self.y > MARGIN {
            self.turn();
        }
    }

    fn add(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    /// Writes a block.
    pub fn put(&mut self, block: &Block) {
        match block {
            Block::Heading(level, words) => self.heading(*level, words),
            Block::Text(runs) => self.paragraph(runs, TEXT, 0.0, false, 4.0),
            Block::Remark(runs) => self.remark(runs),
            Block::Item(level, runs) => self.item(*level, runs),
            Block::Quote(said, under) => self.quote(said, under),
            Block::Table(table) => self.table(table),
        }
    }

    fn heading(&mut self, level: u8, words: &str) {
        // The last is the room for what a heading stays with: further headings, and the first rows of a table.
        let (size, before, stays) = match level {
            1 => (17.0, 0.0, 200.0),
            2 => (13.0, 14.0, 130.0),
            3 => (11.0, 10.0, 100.0),
            _ => (TEXT, 8.0, 70.0),
        };
        if level == 1 {
            self.turn();
        }
        let made = lines(self.fonts, &[Run::strong(words)], size, WIDTH);
        let high = made.len() as f32 * size * LEADING;
        self.need(before + high + stays);
        if self.y > MARGIN {
            self.y += before;
        }
        if level <= 2 {
            self.marks.push(Mark {
                level,
                words: words.to_owned(),
                page: self.pages.len() - 1,
                y: self.y,
            });
        }
        for line in made {
            self.line(line, MARGIN, size, false);
        }
        self.y += 3.0;
    }

    fn line(&mut self, line: Line, x: f32, size: f32, grey: bool) {
        let high = size * LEADING;
        let y = self.y + size;
        for piece in line.0 {
            let x = x + piece.x;
            self.add(Item::Words {
                x,
                y,
                size,
                grey,
                piece,
            });
        }
        self.y += high;
    }

    fn paragraph(&mut self, runs: &[Run], size: f32, indent: f32, grey: bool, after: f32) {
        for line in lines(self.fonts, runs, size, WIDTH - indent) {
            self.need(size * LEADING);
            self.line(line, MARGIN + indent, size, grey);
        }
        self.y += after;
    }

    fn remark(&mut self, runs: &[Run]) {
        const PAD: f32 = 6.0;
        let made = lines(self.fonts, runs, SMALL + 0.5, WIDTH - 2.0 * PAD);
        let high = made.len() as f32 * (SMALL + 0.5) * LEADING + 2.0 * PAD;
        self.need(high);
        if self.y + high <= BOTTOM {
            let (x, y) = (MARGIN, self.y);
            self.add(Item::Area {
                x,
                y,
                width: WIDTH,
                height: high,
                grey: 238,
            });
        }
        self.y += PAD;
        for line in made {
            self.need((SMALL + 0.5) * LEADING);
            self.line(line, MARGIN + PAD, SMALL + 0.5, false);
        }
        self.y += PAD + 5.0;
    }

    fn item(&mut self, level: u8, runs: &[Run]) {
        let indent = 12.0 * (f32::from(level) + 1.0);
        let made = lines(self.fonts, runs, TEXT, WIDTH - indent);
        let sign = lines(
            self.fonts,
            &[Run::plain(if level == 0 { "•" } else { "–" })],
            TEXT,
            20.0,
        );
        let mut sign = sign.into_iter();
        // What is said of a point stands with its first side.
        self.need(if level == 0 {
            2.0 * TEXT * LEADING
        } else {
            TEXT * LEADING
        });
        for line in made {
            self.need(TEXT * LEADING);
            if let Some(sign) = sign.next() {
                let y = self.y;
                self.line(sign, MARGIN + indent - 9.0, TEXT, false);
                self.y = y;
            }
            self.line(line, MARGIN + indent, TEXT, false);
        }
        self.y += 2.0;
    }

    fn quote(&mut self, said: &[Run], under: &[Run]) {
        const INDENT: f32 = 12.0;
        let said = lines(self.fonts, said, TEXT, WIDTH - INDENT);
        let under = lines(self.fonts, under, SMALL, WIDTH - INDENT);
        let high = said.len() as f32 * TEXT * LEADING + under.len() as f32 * SMALL * LEADING;
        // A quote of a few lines is not parted from whose it is.
        if high < 160.0 {
            self.need(high);
        }
        let all = said
            .into_iter()
            .map(|it| (it, TEXT))
            .chain(under.into_iter().map(|it| (it, SMALL)));
        for (line, size) in all {
            self.need(size * LEADING);
            let (y, height) = (self.y, size * LEADING);
            self.add(Item::Area {
                x: MARGIN + 2.0,
                y,
                width: 1.5,
                height,
                grey: 150,
            });
            self.line(line, MARGIN + INDENT, size, size < TEXT);
        }
        self.y += 6.0;
    }

    fn table(&mut self, table: &Table) {
        let shares = table
            .columns
            .iter()
            .map(|it| WIDTH * f32::from(it.1) / 100.0);
        let widths: Vec<f32> = shares.collect();
        let laid = |cells: &[Vec<Run>]| -> Vec<Vec<Line>> {
            let cells = cells.iter().zip(&widths);
            cells
                .map(|(runs, width)| lines(self.fonts, runs, SMALL, width - GAP))
                .collect()
        };
        let head: Vec<Vec<Run>> = table
            .columns
            .iter()
            .map(|it| vec![Run::strong(it.0)])
            .collect();
        let head_high = height(&laid(&head));
        let rows: Vec<Vec<Vec<Line>>> = table.rows.iter().map(|row| laid(row)).collect();
        let first = rows.first().map_or(0.0, |row| height(row).min(120.0));
        self.need(head_high + first);
        self.head(&widths, &head);
        for row in rows {
            let high = height(&row);
            // A row that fits on a page is not parted.
            if self.y + high > BOTTOM && high + head_high < BOTTOM - MARGIN {
                self.turn();
                self.head(&widths, &head);
            }
            self.row(&widths, row, &head);
            let (x, y) = (MARGIN, self.y);
            self.add(Item::Area {
                x,
                y,
                width: WIDTH,
                height: 0.4,
                grey: 180,
            });
        }
        self.y += 6.0;
    }

    fn head(&mut self, widths: &[f32], head: &[Vec<Run>]) {
        let (x, y) = (MARGIN, self.y);
        self.add(Item::Area {
            x,
            y,
            width: WIDTH,
            height: 0.8,
            grey: 70,
        });
        let cells = head.iter().zip(widths);
        let made: Vec<Vec<Line>> = cells
            .map(|(runs, width)| lines(self.fonts, runs, SMALL, width - GAP))
            .collect();
        self.row(widths, made, &[]);
        let y = self.y;
        self.add(Item::Area {
            x,
            y,
            width: WIDTH,
            height: 0.8,
            grey: 70,
        });
    }

    /// Writes a row line by line; one that is longer than a page goes on under the head.
    fn row(&mut self, widths: &[f32], row: Vec<Vec<Line>>, head: &[Vec<Run>]) {
        let many = row.iter().map(Vec::len).max().unwrap_or(0);
        let mut cells: Vec<_> = row.into_iter().map(Vec::into_iter).collect();
        self.y += 2.5;
        let (top, high) = (self.y, many as f32 * SMALL * LEADING);
        if top + high <= BOTTOM {
            // Cell by cell, so that whoever copies the words has them in the order of reading.
            let mut x = MARGIN;
            for (cell, width) in cells.into_iter().zip(widths) {
                self.y = top;
                for line in cell {
                    self.line(line, x, SMALL, false);
                }
                x += width;
            }
            self.y = top + high + 2.5;
            return;
        }
        for _ in 0..many {
            if self.y + SMALL * LEADING > BOTTOM && !head.is_empty() {
                self.turn();
                self.head(widths, head);
                self.y += 2.5;
            }
            let y = self.y;
            let mut x = MARGIN;
            for (cell, width) in cells.iter_mut().zip(widths) {
                if let Some(line) = cell.next() {
                    self.line(line, x, SMALL, false);
                    self.y = y;
                }
                x += width;
            }
            self.y = y + SMALL * LEADING;
        }
        self.y += 2.5;
    }

    /// The incidents with the pages on which they begin, after so many pages.
    pub fn contents(&mut self, marks: &[Mark], before: usize) {
        self.turn();
        let made = lines(self.fonts, &[Run::strong("Incidents")], 15.0, WIDTH);
        for line in made {
            self.line(line, MARGIN, 15.0, false);
        }
        self.y += 8.0;
        for mark in marks.iter().filter(|it| it.level == 1) {
            let number = lines(
                self.fonts,
                &[Run::plain(&(mark.page + before + 1).to_string())],
                TEXT,
                40.0,
            );
            let made = lines(self.fonts, &[Run::plain(&mark.words)], TEXT, WIDTH - 40.0);
            let height = made.len() as f32 * TEXT * LEADING;
            self.need(height);
            let y = self.y;
            for line in number {
                let wide: f32 = line.0.iter().map(|it| it.width).sum();
                self.line(line, MARGIN + WIDTH - wide, TEXT, false);
            }
            self.y = y;
            for line in made {
                self.line(line, MARGIN, TEXT, false);
            }
            self.add(Item::Jump {
                y,
                height,
                to: mark.page + before,
            });
            self.y += 3.0;
        }
    }

    /// The line at the foot of a page.
    pub fn foot(&self, words: &str) -> Vec<Item> {
        let mut out = Vec::new();
        for line in lines(self.fonts, &[Run::plain(words)], 7.5, WIDTH) {
            let wide: f32 = line.0.iter().map(|it| it.width).sum();
            let begin = MARGIN + (WIDTH - wide) / 2.0;
            for piece in line.0 {
                let (x, y) = (begin + piece.x, PAGE.1 - MARGIN + 8.0);
                out.push(Item::Words {
                    x,
                    y,
                    size: 7.5,
                    grey: true,
                    piece,
                });
            }
        }
        out
    }
}

/// How high a row of a table is.
fn height(row: &[Vec<Line>]) -> f32 {
    row.iter().map(Vec::len).max().unwrap_or(0) as f32 * SMALL * LEADING + 5.0
}
