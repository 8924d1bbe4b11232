//! What a person should know about cells that are not as they were typed.

use std::collections::BTreeMap;

use crate::place::{Place, letters};

/// The most notes of each kind; what is beyond is counted only.
pub const MAX_NOTES: usize = 200;

/// What is to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// A formula: its last value is used.
    Formula,
    /// A formula that no program has calculated yet: it has no value.
    NotCalculated,
    /// A date or time: it was written as `2026-11-27`, `2026-11-27 14:30` or `14:30`.
    Date,
    /// An error such as `#N/A`: that is what stands in the row.
    Error,
    /// A whole number of more than 15 digits, of which a spreadsheet has lost the last ones.
    LongNumber,
    /// Cells that are merged: the value stands in the first of them, the others are empty.
    Merged,
    /// A row that the sheet hides, by hand or by a filter. It is read.
    HiddenRow,
    /// A column that the sheet hides. It is read.
    HiddenColumn,
}

impl NoteKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Formula,
        Self::NotCalculated,
        Self::Date,
        Self::Error,
        Self::LongNumber,
        Self::Merged,
        Self::HiddenRow,
        Self::HiddenColumn,
    ];

    /// Its name, for texts and machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Formula => "formula",
            Self::NotCalculated => "not_calculated",
            Self::Date => "date",
            Self::Error => "error",
            Self::LongNumber => "long_number",
            Self::Merged => "merged",
            Self::HiddenRow => "hidden_row",
            Self::HiddenColumn => "hidden_column",
        }
    }
}

/// One thing to be said about cells beside one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// Where: `B7`, `B7:B90`, rows `7:9`, columns `C:D`.
    pub place: String,
}

/// All that is to be said about a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// By kind, and from the top to the bottom; at most [`MAX_NOTES`] of a kind.
    pub list: Vec<Note>,
    /// How many cells, merged ranges, rows or columns there are of each kind, all told.
    pub counts: BTreeMap<NoteKind, u32>,
}

/// Rows of one column that follow one another. Column 0 stands for whole rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    first: u32,
    last: u32,
}

/// Gathers what is found cell by cell.
#[derive(Default)]
pub(crate) struct Finds {
    open: BTreeMap<(NoteKind, u32), Run>,
    /// Kind, column and rows of runs that are over.
    closed: BTreeMap<NoteKind, Vec<(u32, Run)>>,
    ranges: Vec<(Place, Place)>,
    columns: Vec<(u32, u32)>,
    counts: BTreeMap<NoteKind, u32>,
}

impl Finds {
    /// A cell, from the top to the bottom; a column of 0 stands for the row.
    pub(crate) fn cell(&mut self, kind: NoteKind, row: u32, column: u32) {
        *self.counts.entry(kind).or_default() += 1;
        let run = self.open.entry((kind, column)).or_insert(Run { first: row, last: row });
        if row > run.last + 1 {
            let over = std::mem::replace(run, Run { first: row, last: row });
            self.close(kind, column, over);
        } else {
            run.last = row;
        }
    }

    fn close(&mut self, kind: NoteKind, column: u32, run: Run) {
        let closed = self.closed.entry(kind).or_default();
        if closed.len() < MAX_NOTES {
            closed.push((column, run));
        }
    }

    /// Merged cells.
    pub(crate) fn range(&mut self, first: Place, last: Place) {
        *self.counts.entry(NoteKind::Merged).or_default() += 1;
        if self.ranges.len() < MAX_NOTES {
            self.ranges.push((first, last));
        }
    }

    /// Hidden columns, as far as there is something in them.
    pub(crate) fn columns(&mut self, first: u32, last: u32) {
        *self.counts.entry(NoteKind::HiddenColumn).or_default() += last - first + 1;
        if self.columns.len() < MAX_NOTES {
            self.columns.push((first, last));
        }
    }

    /// All of it.
    pub(crate) fn finish(mut self) -> Notes {
        for ((kind, column), run) in std::mem::take(&mut self.open) {
            self.close(kind, column, run);
        }
        let mut list = Vec::new();
        for kind in NoteKind::ALL {
            let mut runs = self.closed.remove(&kind).unwrap_or_default();
            runs.sort_unstable_by_key(|(column, run)| (run.first, *column));
            list.extend(runs.into_iter().map(|(column, run)| Note { kind, place: print(column, run) }));
            if kind == NoteKind::Merged {
                let places = self.ranges.iter().map(|(first, last)| first.print() + ":" + &last.print());
                list.extend(places.map(|place| Note { kind, place }));
            }
            if kind == NoteKind::HiddenColumn {
                let places = self.columns.iter().map(|(first, last)| letters(*first) + ":" + &letters(*last));
                list.extend(places.map(|place| Note { kind, place }));
            }
        }
        Notes { list, counts: self.counts }
    }
}

fn print(column: u32, Run { first, last }: Run) -> String {
    if column == 0 {
        return first.to_string() + ":" + &last.to_string();
    }
    let mut place = Place { row: first, column }.print();
    if last > first {
        place.push(':');
        place.push_str(&Place { row: last, column }.print());
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(finds: Finds) -> Vec<String> {
        finds.finish().list.into_iter().map(|note| format!("{} {}", note.kind.code(), note.place)).collect()
    }

    #[test]
    fn cells_below_one_another_are_one_note() {
        let mut finds = Finds::default();
        for row in 2..=50 {
            finds.cell(NoteKind::Date, row, 4);
            if row % 10 != 0 {
                finds.cell(NoteKind::Formula, row, 2);
            }
        }
        finds.cell(NoteKind::HiddenRow, 7, 0);
        finds.cell(NoteKind::HiddenRow, 8, 0);
        finds.range(Place { row: 1, column: 1 }, Place { row: 1, column: 3 });
        finds.columns(3, 3);
        let expected = [
            "formula B2:B9",
            "formula B11:B19",
            "formula B21:B29",
            "formula B31:B39",
            "formula B41:B49",
            "date D2:D50",
            "merged A1:C1",
            "hidden_row 7:8",
            "hidden_column C:C",
        ];
        assert_eq!(printed(finds), expected);
    }

    #[test]
    fn what_is_beyond_the_most_is_counted() {
        let mut finds = Finds::default();
        for row in 1..=1000 {
            finds.cell(NoteKind::Error, row * 2, 1);
        }
        let notes = finds.finish();
        assert_eq!((notes.list.len(), notes.counts[&NoteKind::Error]), (MAX_NOTES, 1000));
    }
}
