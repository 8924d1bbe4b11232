//! What the grid shows and what is done in it: windows of rows, changes, what is found and copied.

use user_import::{Decode, Issue, Letters};

use crate::change::Change;
use crate::desk::{Desk, Opened, small};
use crate::groups;
use crate::message::{Ask, Cell, GroupKey, Mark, Needle, Place, Row, Window};
use crate::range;

/// The most rows of a window.
const MOST_ROWS: u32 = 500;

impl<B: Decode + Letters> Desk<B> {
    pub(crate) fn window(&self, from: u32, count: u32) -> Window {
        let Some(opened) = &self.opened else { return Window { from, rows: Vec::new() } };
        let places =
            from as usize..(from.saturating_add(count.min(MOST_ROWS)) as usize).min(opened.view.len());
        let rows = opened.view.get(places).unwrap_or_default();
        let rows = rows.iter().map(|row| Row { there: self.there_of(opened, *row), ..opened.row(*row) });
        Window { from, rows: rows.collect() }
    }
}

fn mark(issue: &Issue) -> Mark {
    Mark { severity: issue.severity, code: issue.code, fix: issue.fix.as_deref().map(str::to_owned) }
}

impl Opened {
    fn row(&self, row: u32) -> Row {
        let issues = self.issues(row);
        let index = row as usize;
        let cells = self.shown.iter().map(|column| {
            let is_here = |issue: &&Issue| issue.column == Some(small(column + 1));
            let mut marks: Vec<Mark> = issues.iter().filter(is_here).map(mark).collect();
            // Two or three at the most: the worst comes first.
            for at in 1..marks.len() {
                if marks[at].severity < marks[0].severity {
                    marks.swap(0, at);
                }
            }
            Cell { text: self.sheet.table.cell(index, *column).to_owned(), marks }
        });
        let is_shown = |issue: &Issue| {
            let column = issue.column.and_then(|column| column.checked_sub(1));
            column.is_some_and(|column| self.shown.contains(&(column as usize)))
        };
        Row {
            number: self.sheet.table.number(index),
            severity: self.worst(row),
            there: 0,
            cells: cells.collect(),
            notes: issues.iter().filter(|issue| !is_shown(issue)).map(mark).collect(),
        }
    }

    /// The row and column of the table at a place of the grid.
    fn at(&self, place: Place) -> Option<(usize, usize)> {
        Some((*self.view.get(place.0 as usize)? as usize, *self.shown.get(place.1 as usize)?))
    }

    /// Makes a change.
    pub(crate) fn change(&mut self, change: &mut Change, ask: Ask, letters: &dyn Letters) {
        match ask {
            Ask::Edit(cells) => {
                for (place, text) in cells {
                    if let Some((row, column)) = self.at(place) {
                        change.set(&mut self.sheet.table, row, column, &text);
                    }
                }
            }
            Ask::Paste((place, text)) => self.paste(change, place, &text),
            Ask::Fill((first, last)) => {
                for column in first.1..=last.1 {
                    let Some((row, at)) = self.at((first.0, column)) else { continue };
                    let text = self.sheet.table.cell(row, at).to_owned();
                    for below in first.0..=last.0 {
                        if let Some((row, at)) = self.at((below, column)) {
                            change.set(&mut self.sheet.table, row, at, &text);
                        }
                    }
                }
            }
            Ask::Delete((first, last)) => {
                let places = first as usize..(last as usize + 1).min(self.view.len());
                let rows = self.view.get(places.clone()).unwrap_or_default();
                for row in rows {
                    change.set_gone(&mut self.sheet.table, *row as usize, true);
                }
                if places.start < places.end {
                    self.view.drain(places);
                }
            }
            Ask::Add(count) => (0..count).for_each(|_| self.add(change)),
            Ask::Replace((needle, with)) => self.replace(change, &needle, &with, letters),
            Ask::FixAll(key) => {
                self.fix(change, |opened, issue| groups::is_in(issue, opened.text_of(issue), &key));
            }
            Ask::FixEverything => self.fix(change, |_, issue| issue.severity == user_import::Severity::Fixed),
            Ask::SetAll((key, text)) => {
                for (row, column) in self.cells_of(&key) {
                    change.set(&mut self.sheet.table, row, column, &text);
                }
            }
            Ask::DeleteAll(key) => {
                let is_in = |issue: &&Issue| groups::is_in(issue, self.text_of(issue), &key);
                let rows: Vec<u32> =
                    self.checked.issues().iter().filter(is_in).map(|issue| issue.index).collect();
                self.take_away(change, &rows);
            }
            Ask::Keep(kept) => {
                let all = 0..small(self.sheet.table.len());
                let rows: Vec<u32> = all.filter(|row| kept.binary_search(row).is_err()).collect();
                self.take_away(change, &rows);
            }
            _ => {}
        }
    }

    fn take_away(&mut self, change: &mut Change, rows: &[u32]) {
        for row in rows {
            change.set_gone(&mut self.sheet.table, *row as usize, true);
        }
        let table = &self.sheet.table;
        self.view.retain(|row| !table.is_gone(*row as usize));
    }

    fn add(&mut self, change: &mut Change) {
        if let Some(row) = change.add(&mut self.sheet.table) {
            self.view.push(small(row));
        }
    }

    /// Takes a change back, or makes it again; rows come and go.
    pub(crate) fn step(&mut self, back: bool) {
        let table = &mut self.sheet.table;
        let rows = if back { self.history.undo(table) } else { self.history.redo(table) };
        let Some((came, went)) = rows else { return };
        self.view.retain(|row| !went.contains(&(*row as usize)));
        for row in came.into_iter().map(small) {
            if let Err(place) = self.view.binary_search(&row) {
                self.view.insert(place, row);
            }
        }
    }

    fn paste(&mut self, change: &mut Change, (row, column): Place, text: &str) {
        for (down, cells) in range::parse(text).iter().enumerate() {
            let below = row as usize + down;
            if below >= self.view.len() {
                self.add(change);
            }
            for (across, text) in cells.iter().enumerate() {
                if let Some((row, column)) = self.at((small(below), column + small(across))) {
                    change.set(&mut self.sheet.table, row, column, text);
                }
            }
        }
    }

    /// The cells of a group of issues.
    fn cells_of(&self, key: &GroupKey) -> Vec<(usize, usize)> {
        let issues = self.checked.issues().iter();
        issues
            .filter(|issue| groups::is_in(issue, self.text_of(issue), key))
            .filter_map(|issue| Some((issue.index as usize, issue.column?.checked_sub(1)? as usize)))
            .collect()
    }

    /// Puts the fixes of some issues into their cells. Of several for one cell the last has all of them.
    fn fix(&mut self, change: &mut Change, is_wanted: impl Fn(&Self, &Issue) -> bool) {
        let issues = self.checked.issues().iter();
        let cells: Vec<(usize, usize, Box<str>)> = issues
            .filter(|issue| groups::can_fix(issue) && is_wanted(self, issue))
            .filter_map(|issue| {
                Some((issue.index as usize, issue.column?.checked_sub(1)? as usize, issue.fix.clone()?))
            })
            .collect();
        for (row, column, text) in cells {
            change.set(&mut self.sheet.table, row, column, &text);
        }
    }

    /// A range as text, at most as many cells as anybody can mean.
    pub(crate) fn copy(&self, first: Place, last: Place) -> String {
        let rows = first.0..=last.0.min(small(self.view.len()).saturating_sub(1));
        let cell = |place| self.at(place).map(|(row, column)| self.sheet.table.cell(row, column).to_owned());
        let cells = |row| (first.1..=last.1).filter_map(|column| cell((row, column))).collect();
        range::print(&rows.map(cells).collect::<Vec<Vec<String>>>())
    }

    /// The next cell that has a text, row by row behind a place and then from the beginning.
    pub(crate) fn find(&self, needle: &Needle, place: Place, letters: &dyn Letters) -> Option<Place> {
        let seek = Seek::new(needle, letters)?;
        let (rows, columns) = (self.view.len(), self.shown.len());
        let start = place.0 as usize * columns + place.1 as usize + 1;
        let cells = rows * columns;
        (start..cells).chain(0..start.min(cells)).find_map(|cell| {
            let place = (small(cell / columns), small(cell % columns));
            let (row, column) = self.at(place)?;
            seek.is_in(self.sheet.table.cell(row, column), letters).then_some(place)
        })
    }

    fn replace(&mut self, change: &mut Change, needle: &Needle, with: &str, letters: &dyn Letters) {
        let Some(seek) = Seek::new(needle, letters) else { return };
        for row in self.view.clone() {
            for column in self.shown.clone() {
                let text = self.sheet.table.cell(row as usize, column);
                if let Some(new) = seek.replaced(text, with, letters) {
                    change.set(&mut self.sheet.table, row as usize, column, &new);
                }
            }
        }
    }
}

/// A text that is looked for.
struct Seek<'a> {
    needle: &'a Needle,
    folded: String,
}

impl<'a> Seek<'a> {
    fn new(needle: &'a Needle, letters: &dyn Letters) -> Option<Self> {
        let folded = if needle.exact { needle.text.clone() } else { letters.fold(&needle.text) };
        (!folded.is_empty()).then_some(Self { needle, folded })
    }

    fn is_in(&self, text: &str, letters: &dyn Letters) -> bool {
        if text.is_empty() {
            return false;
        }
        let folded = if self.needle.exact { text.to_owned() } else { letters.fold(text) };
        if self.needle.whole { folded.trim() == self.folded.trim() } else { folded.contains(&self.folded) }
    }

    /// The text with every place replaced; `None` if there is none.
    fn replaced(&self, text: &str, with: &str, letters: &dyn Letters) -> Option<String> {
        if !self.is_in(text, letters) {
            return None;
        }
        if self.needle.whole {
            return Some(with.to_owned());
        }
        if self.needle.exact {
            return Some(text.replace(&self.folded, with));
        }
        // Folding may change lengths: places are looked for letter by letter.
        let (mut out, mut rest) = (String::new(), text);
        while !rest.is_empty() {
            let end = rest.char_indices().map(|(at, letter)| at + letter.len_utf8()).find(|end| {
                let folded = letters.fold(&rest[..*end]);
                folded.len() >= self.folded.len()
            });
            if let Some(end) = end.filter(|end| letters.fold(&rest[..*end]) == self.folded) {
                out.push_str(with);
                rest = &rest[end..];
            } else {
                let first = rest.chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..first]);
                rest = &rest[first..];
            }
        }
        Some(out)
    }
}
