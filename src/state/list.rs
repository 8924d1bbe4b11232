//! What the customer list remembers while somebody is on another page.

use std::cell::{Cell, RefCell};

use customer_index::{CustomerIndex, RowSet};

use crate::ui::Watched;

/// Rows are those of the index of all customers.
pub(crate) struct ListState {
    /// The chosen rows.
    pub selected: Watched<RowSet>,
    /// The row that shows its details.
    pub open: Watched<Option<usize>>,
    /// Where choosing a range begins.
    pub anchor: Cell<Option<usize>>,
    /// The row that the keyboard was on last.
    pub cursor: Cell<Option<usize>>,
    /// Where the list was scrolled to: Back finds it again.
    pub scrolled: RefCell<Scrolled>,
}

/// A place that a list was scrolled to.
#[derive(Default)]
pub(crate) struct Scrolled {
    /// For which address.
    pub key: String,
    /// How far, in pixels.
    pub top: i32,
    /// How high the open row's detail was, in pixels: it counts as long as it is out of view and cannot be measured.
    pub open: i32,
}

impl ListState {
    pub(super) fn new() -> Self {
        Self {
            selected: Watched::new(RowSet::default()),
            open: Watched::new(None),
            anchor: Cell::new(None),
            cursor: Cell::new(None),
            scrolled: RefCell::default(),
        }
    }

    /// This row is nobody's any more.
    pub(super) fn forget(&self, row: usize) {
        self.selected.update(|selected| selected.set(row, false));
        self.open.set_if_new(self.open.peek(|open| open.filter(|open| *open != row)));
    }

    /// Finds the rows in another index: the same customers, as far as they are still there.
    pub(super) fn move_to(&self, old: &CustomerIndex, new: &CustomerIndex) {
        let moved = |row: usize| new.row_of(old.get(row)?.id);
        let mut selected = RowSet::default();
        self.selected.peek(|rows| rows.rows().filter_map(moved).for_each(|row| selected.set(row, true)));
        self.selected.set_if_new(selected);
        self.open.set_if_new(self.open.peek(|open| open.and_then(moved)));
        self.anchor.set(self.anchor.get().and_then(moved));
        self.cursor.set(self.cursor.get().and_then(moved));
    }
}
