//! Every customer in memory: adding, changing, removing, reading.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::block::{Block, ROWS};
use crate::column::{Column, Value};
use crate::fold::Fold;
use crate::table::{Table, hash};

/// A customer as the list call gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer<'a> {
    /// The Microsoft ID (tenant id). Kept in lower case; any text that tells customers apart will do.
    pub id: &'a str,
    /// The company name, as it is.
    pub name: &'a str,
    /// The primary domain name.
    pub domain: &'a str,
    /// A number of the caller's for the relationship.
    pub relationship: u8,
}

/// Every customer loaded so far, in the order in which they came.
///
/// A row is a customer's place in that order, from 0. It names the same customer as long as the index
/// lives: a removed customer leaves its row empty, and no other takes it.
pub struct CustomerIndex {
    pub(crate) blocks: Vec<Block>,
    live: usize,
    ids: Table,
    columns: Vec<Column>,
    /// Rows whose place in an order by text is no longer right, in the order of the changes.
    moved: Vec<usize>,
    edition: Edition,
}

/// What a reader compares to know whether its earlier results still hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Edition {
    /// Which index this is, 0 for none; another number too when the journal of moved rows began anew.
    pub(crate) stamp: u32,
    /// How often a row that was there has changed.
    pub(crate) changes: u32,
}

fn fresh_stamp() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
}

impl Default for CustomerIndex {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            live: 0,
            ids: Table::default(),
            columns: Vec::new(),
            moved: Vec::new(),
            edition: Edition { stamp: fresh_stamp(), changes: 0 },
        }
    }
}

impl CustomerIndex {
    /// How many customers there are; removed ones do not count.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// One more than the last row, removed ones included. [`CustomerIndex::search`] goes on from here when
    /// a page has come.
    pub fn end(&self) -> usize {
        self.blocks.last().map_or(0, |last| (self.blocks.len() - 1) * ROWS + last.len())
    }

    /// Adds a customer. Answers `false`, and changes nothing, when its id is there already: pages may
    /// overlap when customers come and go between two calls.
    pub fn push(&mut self, customer: Customer<'_>, fold: &dyn Fold) -> bool {
        if self.row_of(customer.id).is_some() {
            return false;
        }
        let row = self.end();
        if row.is_multiple_of(ROWS) {
            self.blocks.push(Block::default());
        }
        let Some(last) = self.blocks.last_mut() else { return false };
        last.push(customer, fold);
        let blocks = &self.blocks;
        self.ids.insert(hash(customer.id.as_bytes()), row, &|row| hash(id_at(blocks, row).as_bytes()));
        self.live += 1;
        true
    }

    /// Gives the customer with this id another name, domain and relationship, in place. Answers `false`
    /// when there is none.
    pub fn update(&mut self, customer: Customer<'_>, fold: &dyn Fold) -> bool {
        let Some(row) = self.row_of(customer.id) else { return false };
        let Some(before) = self.get(row) else { return false };
        let same_text = before.name == customer.name && before.domain == customer.domain;
        if same_text && before.relationship == customer.relationship {
            return true;
        }
        self.blocks[row / ROWS].update(row % ROWS, customer, fold);
        if !same_text {
            self.note_moved(row);
        }
        self.note_change();
        true
    }

    /// Removes the customer with this id, its values included. Answers `false` when there is none.
    pub fn remove(&mut self, id: &str) -> bool {
        let blocks = &self.blocks;
        let hash_of = |row: usize| hash(id_at(blocks, row).as_bytes());
        let is = |row: usize| id_at(blocks, row).eq_ignore_ascii_case(id);
        let Some(row) = self.ids.remove(hash(id.as_bytes()), &is, &hash_of) else { return false };
        self.blocks[row / ROWS].remove(row % ROWS);
        for column in &mut self.columns {
            column.set(row, None);
        }
        self.live -= 1;
        self.note_moved(row);
        self.note_change();
        true
    }

    /// The customer at `row`; `None` when it was removed, or is not there yet.
    pub fn get(&self, row: usize) -> Option<Customer<'_>> {
        self.blocks.get(row / ROWS)?.get(row % ROWS)
    }

    /// Where a customer is, by Microsoft ID, without regard to case.
    pub fn row_of(&self, id: &str) -> Option<usize> {
        self.ids.find(hash(id.as_bytes()), &|row| id_at(&self.blocks, row).eq_ignore_ascii_case(id))
    }

    /// Fills in, changes or takes away (`None`) what is known about a customer in a column. Answers `false`
    /// when there is no such customer. Columns are numbered by the caller, best from 0 without gaps.
    ///
    /// Each different value of a column is kept once, and as long as the index: good for countries, states,
    /// counts and dates, wasteful for texts that differ with every customer.
    pub fn set_value(&mut self, row: usize, column: u8, value: Option<Value<'_>>) -> bool {
        if !self.is_live(row) {
            return false;
        }
        let column = usize::from(column);
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Column::default);
        }
        if self.columns[column].set(row, value) {
            self.note_change();
        }
        true
    }

    /// What is known about a customer in a column; `None` when it is not in yet.
    pub fn value(&self, row: usize, column: u8) -> Option<Value<'_>> {
        let column = self.column(column)?;
        column.value(column.code(row))
    }

    /// The different values of a column and how many customers have each, in the order in which they first
    /// came: what a filter can offer.
    pub fn values(&self, column: u8) -> impl Iterator<Item = (Value<'_>, usize)> {
        self.column(column).into_iter().flat_map(|column| {
            (1..column.codes()).filter_map(|code| {
                let rows = column.rows_with(code);
                column.value(code).filter(|_| rows > 0).map(|value| (value, rows))
            })
        })
    }

    /// The bytes of memory reserved for all of this, to be watched by tests and shown to the curious.
    pub fn bytes_held(&self) -> usize {
        self.blocks.capacity() * size_of::<Block>()
            + self.blocks.iter().map(Block::bytes_held).sum::<usize>()
            + self.columns.capacity() * size_of::<Column>()
            + self.columns.iter().map(Column::bytes_held).sum::<usize>()
            + self.moved.capacity() * size_of::<usize>()
            + self.ids.bytes_held()
    }

    pub(crate) fn is_live(&self, row: usize) -> bool {
        self.blocks.get(row / ROWS).is_some_and(|block| block.is_live(row % ROWS))
    }

    pub(crate) fn relationship(&self, row: usize) -> u8 {
        self.blocks.get(row / ROWS).map_or(0, |block| block.relationship(row % ROWS))
    }

    pub(crate) fn column(&self, column: u8) -> Option<&Column> {
        self.columns.get(usize::from(column))
    }

    pub(crate) fn folded_domain(&self, row: usize) -> &str {
        self.blocks.get(row / ROWS).map_or("", |block| block.folded_domain(row % ROWS))
    }

    pub(crate) fn edition(&self) -> Edition {
        self.edition
    }

    pub(crate) fn moved(&self) -> &[usize] {
        &self.moved
    }

    fn note_change(&mut self) {
        self.edition.changes = self.edition.changes.wrapping_add(1);
    }

    fn note_moved(&mut self, row: usize) {
        self.moved.push(row);
        if self.moved.len() > self.end() {
            // Sorting anew is cheaper than so many moves, and the journal stays small.
            self.moved.clear();
            self.edition.stamp = fresh_stamp();
        }
    }
}

fn id_at(blocks: &[Block], row: usize) -> &str {
    blocks.get(row / ROWS).map_or("", |block| block.id(row % ROWS))
}
