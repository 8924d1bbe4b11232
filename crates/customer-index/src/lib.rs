//! All customers in memory, found as one types.
//!
//! Partner Center's API searches by prefix only, so the application loads every page once and searches
//! here. What is searched lies in one folded text (lower case, no accents), one customer after the
//! other, so that a search is one run of `memchr::memmem` over it.
//!
//! Folding beyond ASCII is the caller's ([`Fold`]): the browser has the Unicode tables, and compiling
//! them in would cost more than this whole crate.
#![deny(missing_docs)]

mod marks;
mod query;

pub use marks::marks;
pub use query::Query;

use std::collections::HashMap;
use std::ops::Range;

/// Between the fields of a customer: no word can contain it, so no hit spans two fields.
const FIELD_END: char = '\u{1f}';
/// After the last field.
const ROW_END: char = '\u{1e}';

/// Lower case without accents, for text that is not ASCII.
pub trait Fold {
    /// Folds `text`. Folding twice changes nothing; folding character by character gives the same as
    /// folding at once.
    fn fold(&self, text: &str) -> String;
}

/// Folds ASCII here and asks `fold` for the rest. Control characters become blanks.
fn fold_into(text: &str, fold: &dyn Fold, out: &mut String) {
    let start = out.len();
    if text.is_ascii() {
        out.push_str(text);
    } else {
        out.push_str(&fold.fold(text));
    }
    let clean = out[start..].contains(|c: char| c.is_ascii_control());
    if clean {
        let blanks: String =
            out[start..].chars().map(|c| if c.is_ascii_control() { ' ' } else { c }).collect();
        out.truncate(start);
        out.push_str(&blanks);
    }
    out[start..].make_ascii_lowercase();
}

/// A customer as the list call gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer<'a> {
    /// The Microsoft ID (tenant id), lower case.
    pub id: &'a str,
    /// The company name, as it is.
    pub name: &'a str,
    /// The primary domain name.
    pub domain: &'a str,
    /// A number of the caller's for the relationship.
    pub relationship: u8,
}

#[derive(Clone, Copy)]
struct Row {
    /// Where the customer's text begins in `folded`; the id is the last field.
    folded: usize,
    /// Where the name begins in `shown`; the domain follows it.
    shown: usize,
    name_len: usize,
    domain_len: usize,
    relationship: u8,
}

/// Every customer loaded so far, in the order in which they came.
#[derive(Default)]
pub struct CustomerIndex {
    folded: String,
    shown: String,
    rows: Vec<Row>,
    by_id: HashMap<Box<str>, usize>,
}

impl CustomerIndex {
    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a customer. Answers `false`, and changes nothing, when its id is there already: pages may
    /// overlap when customers come and go between two calls.
    pub fn push(&mut self, customer: Customer<'_>, fold: &dyn Fold) -> bool {
        let id = customer.id.to_ascii_lowercase();
        if self.by_id.contains_key(id.as_str()) {
            return false;
        }
        let row = Row {
            folded: self.folded.len(),
            shown: self.shown.len(),
            name_len: customer.name.len(),
            domain_len: customer.domain.len(),
            relationship: customer.relationship,
        };
        self.shown.push_str(customer.name);
        self.shown.push_str(customer.domain);
        fold_into(customer.name, fold, &mut self.folded);
        self.folded.push(FIELD_END);
        fold_into(customer.domain, fold, &mut self.folded);
        self.folded.push(FIELD_END);
        self.folded.push_str(&id);
        self.folded.push(ROW_END);
        self.by_id.insert(id.into_boxed_str(), self.rows.len());
        self.rows.push(row);
        true
    }

    /// The customer at `row`, counted from 0 in the order of arrival.
    pub fn get(&self, row: usize) -> Option<Customer<'_>> {
        let found = self.rows.get(row)?;
        let name_end = found.shown + found.name_len;
        let text = &self.folded[self.text(row)];
        Some(Customer {
            id: text.rsplit(FIELD_END).next().unwrap_or_default().trim_end_matches(ROW_END),
            name: &self.shown[found.shown..name_end],
            domain: &self.shown[name_end..name_end + found.domain_len],
            relationship: found.relationship,
        })
    }

    /// Where a customer is, by Microsoft ID, without regard to case.
    pub fn row_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id.to_ascii_lowercase().as_str()).copied()
    }

    /// The folded text of a row, its end mark included.
    fn text(&self, row: usize) -> Range<usize> {
        let end = self.rows.get(row + 1).map_or(self.folded.len(), |next| next.folded);
        self.rows[row].folded..end
    }

    /// Writes the rows from `from` on that have every word of `query` in name, domain or Microsoft ID
    /// to the end of `hits`, in order. An empty query finds all. `hits` is not cleared, so that a page
    /// that comes later can be added to what was found before.
    pub fn search(&self, query: &Query, from: usize, hits: &mut Vec<usize>) {
        let Some((first, rest)) = query.words().split_first() else {
            hits.extend(from..self.rows.len());
            return;
        };
        let Some(start) = self.rows.get(from).map(|row| row.folded) else { return };
        let text = self.folded.as_bytes();
        let finder = memchr::memmem::Finder::new(first.as_bytes());
        let rest: Vec<_> = rest.iter().map(|word| memchr::memmem::Finder::new(word.as_bytes())).collect();
        let (mut at, mut row) = (start, from);
        while let Some(hit) = finder.find(&text[at..]).map(|offset| at + offset) {
            // Hits are often in the next rows: a few steps, then halving.
            row += self.rows[row..].partition_point(|other| other.folded <= hit) - 1;
            let range = self.text(row);
            at = range.end;
            if rest.iter().all(|word| word.find(&text[range.clone()]).is_some()) {
                hits.push(row);
            }
            row += 1;
            if row >= self.rows.len() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests;
