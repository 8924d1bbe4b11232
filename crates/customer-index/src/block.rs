//! A few hundred customers.
//!
//! The arena is cut into blocks so that a change moves the bytes of one block only: a removed or changed
//! text is cut out at once, and there is no garbage to collect. It also grows without ever copying the
//! whole, which in a wasm memory would leave a hole as large as the arena.

use crate::Customer;
use crate::fold::{Fold, fold_into};
use crate::lines::Lines;
use crate::sieve::Sieve;

/// Customers in a block. Their folded texts are about 30 KB: moving them takes microseconds, and starting a
/// search once more per block is lost in its run. Fewer in unit tests, to cross many borders.
pub(crate) const ROWS: usize = if cfg!(test) { 8 } else { 512 };

/// Between name and domain: no word can contain it, so no hit spans both.
const FIELD_END: char = '\u{1f}';
/// After the last field, and after each id.
const ROW_END: char = '\u{1e}';

#[derive(Clone, Copy, Default)]
struct Row {
    /// How much of the row's shown text is the name.
    name_len: usize,
    relationship: u8,
}

/// Up to [`ROWS`] rows, in order. A removed row stays, with empty texts.
#[derive(Default)]
pub(crate) struct Block {
    /// Name and domain, folded.
    pub(crate) folded: Lines,
    /// The ids in lower case; apart, because most words cannot be in one and need not look.
    pub(crate) ids: Lines,
    /// Name and domain, as they are.
    shown: Lines,
    rows: Vec<Row>,
    sieve: Sieve,
}

impl Block {
    /// How many rows there are, removed ones included.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds a row at the end.
    pub(crate) fn push(&mut self, customer: Customer<'_>, fold: &dyn Fold) {
        self.folded.push(&|out| write_folded(customer, fold, out));
        self.ids.push(&|out| {
            let start = out.len();
            out.push_str(customer.id);
            out[start..].make_ascii_lowercase();
            out.push(ROW_END);
        });
        self.shown.push(&|out| {
            out.push_str(customer.name);
            out.push_str(customer.domain);
        });
        let row = self.rows.len();
        self.rows.push(Row { name_len: customer.name.len(), relationship: customer.relationship });
        self.sieve.add_text(self.folded.get(row));
        self.sieve.add_id(self.ids.get(row));
        if self.rows.len() == ROWS {
            for lines in [&mut self.folded, &mut self.ids, &mut self.shown] {
                lines.close();
            }
        }
    }

    /// Gives a row other texts and another relationship, but no other id.
    pub(crate) fn update(&mut self, row: usize, customer: Customer<'_>, fold: &dyn Fold) {
        let mut text = String::new();
        write_folded(customer, fold, &mut text);
        self.folded.replace(row, &text);
        self.sieve.add_text(&text);
        text.clear();
        text.push_str(customer.name);
        text.push_str(customer.domain);
        self.shown.replace(row, &text);
        if let Some(changed) = self.rows.get_mut(row) {
            *changed = Row { name_len: customer.name.len(), relationship: customer.relationship };
        }
    }

    /// Cuts a row's texts out. Its number stays, so that the numbers of all other rows do.
    pub(crate) fn remove(&mut self, row: usize) {
        for lines in [&mut self.folded, &mut self.ids, &mut self.shown] {
            lines.replace(row, "");
        }
        if let Some(removed) = self.rows.get_mut(row) {
            *removed = Row::default();
        }
    }

    /// A row as it went in; `None` when it was removed.
    pub(crate) fn get(&self, row: usize) -> Option<Customer<'_>> {
        if !self.is_live(row) {
            return None;
        }
        let Row { name_len, relationship } = *self.rows.get(row)?;
        let (name, domain) = self.shown.get(row).split_at(name_len);
        Some(Customer { id: self.id(row), name, domain, relationship })
    }

    /// Whether the row is there and was not removed.
    pub(crate) fn is_live(&self, row: usize) -> bool {
        !self.ids.range(row).is_empty()
    }

    /// The id; empty when the row was removed.
    pub(crate) fn id(&self, row: usize) -> &str {
        self.ids.get(row).strip_suffix(ROW_END).unwrap_or_default()
    }

    /// The relationship; 0 when the row was removed.
    pub(crate) fn relationship(&self, row: usize) -> u8 {
        self.rows.get(row).map_or(0, |found| found.relationship)
    }

    /// The domain as it is searched.
    pub(crate) fn folded_domain(&self, row: usize) -> &str {
        let line = self.folded.get(row);
        line.split_once(FIELD_END).map_or("", |(_, domain)| domain.trim_end_matches(ROW_END))
    }

    /// What may be in the texts of this block.
    pub(crate) fn sieve(&self) -> &Sieve {
        &self.sieve
    }

    /// Bytes reserved for this block.
    pub(crate) fn bytes_held(&self) -> usize {
        [&self.folded, &self.ids, &self.shown].map(Lines::bytes_held).iter().sum::<usize>()
            + self.rows.capacity() * size_of::<Row>()
            + self.sieve.bytes_held()
    }
}

fn write_folded(customer: Customer<'_>, fold: &dyn Fold, out: &mut String) {
    fold_into(customer.name, fold, out);
    out.push(FIELD_END);
    fold_into(customer.domain, fold, out);
    out.push(ROW_END);
}
