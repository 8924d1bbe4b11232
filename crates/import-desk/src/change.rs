//! What a person has changed, and how it is taken back.

use user_import::Table;

/// How many changes can be taken back.
const MOST: usize = 500;

/// One step that is taken back as a whole.
#[derive(Default)]
pub(crate) struct Change {
    /// Row, column, the text before and after.
    cells: Vec<(usize, usize, Box<str>, Box<str>)>,
    /// Rows, and whether they are gone after it; before it they were not.
    rows: Vec<(usize, bool)>,
}

impl Change {
    /// Sets a cell.
    pub(crate) fn set(&mut self, table: &mut Table, row: usize, column: usize, text: &str) {
        let before = table.cell(row, column);
        if before != text {
            self.cells.push((row, column, before.into(), text.into()));
            table.set(row, column, text);
        }
    }

    /// Takes a row away, or brings it back.
    pub(crate) fn set_gone(&mut self, table: &mut Table, row: usize, gone: bool) {
        if table.is_gone(row) != gone {
            self.rows.push((row, gone));
            table.set_gone(row, gone);
        }
    }

    /// Adds a row, as far as there is room.
    pub(crate) fn add(&mut self, table: &mut Table) -> Option<usize> {
        let row = table.add_row()?;
        self.rows.push((row, false));
        Some(row)
    }

    /// Whether nothing was changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.rows.is_empty()
    }

    fn undo(&self, table: &mut Table) {
        for (row, column, before, _) in self.cells.iter().rev() {
            table.set(*row, *column, before);
        }
        self.rows.iter().for_each(|(row, gone)| table.set_gone(*row, !gone));
    }

    fn redo(&self, table: &mut Table) {
        self.rows.iter().for_each(|(row, gone)| table.set_gone(*row, *gone));
        for (row, column, _, after) in &self.cells {
            table.set(*row, *column, after);
        }
    }

    /// Rows that are there after it and were not before.
    fn came(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().filter(|(_, gone)| !gone).map(|(row, _)| *row)
    }

    fn went(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().filter(|(_, gone)| *gone).map(|(row, _)| *row)
    }
}

/// All changes, in their order.
#[derive(Default)]
pub(crate) struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// How many were made, those that were taken back not counted.
    count: u32,
}

impl History {
    /// Takes a change in. Nothing else can be made again afterwards.
    pub(crate) fn push(&mut self, change: Change) {
        if change.is_empty() {
            return;
        }
        self.undone.clear();
        if self.done.len() == MOST {
            self.done.remove(0);
        }
        self.done.push(change);
        self.count += 1;
    }

    /// Takes the last change back. Answers rows that are there again, and rows that are gone.
    pub(crate) fn undo(&mut self, table: &mut Table) -> Option<(Vec<usize>, Vec<usize>)> {
        let change = self.done.pop()?;
        change.undo(table);
        self.count = self.count.saturating_sub(1);
        let rows = (change.went().collect(), change.came().collect());
        self.undone.push(change);
        Some(rows)
    }

    /// Makes the last one again that was taken back. Answers as [`undo`](Self::undo).
    pub(crate) fn redo(&mut self, table: &mut Table) -> Option<(Vec<usize>, Vec<usize>)> {
        let change = self.undone.pop()?;
        change.redo(table);
        self.count += 1;
        let rows = (change.came().collect(), change.went().collect());
        self.done.push(change);
        Some(rows)
    }

    /// Whether a change can be taken back, whether one can be made again, and how many stand.
    pub(crate) fn state(&self) -> (bool, bool, u32) {
        (!self.done.is_empty(), !self.undone.is_empty(), self.count)
    }
}
