//! All customers in memory: found as one types, filtered, sorted.
//!
//! Partner Center's API searches by prefix only, so the application loads every page once and searches
//! here. What is searched lies in folded text (lower case, no accents), one customer after the other, so
//! that a search is one run of `memchr::memmem` over it, block by block. Rows are added as pages come,
//! changed and removed in place, and columns are filled in as their values arrive. A [`Selection`] is what
//! the list shows of it all, kept up to date at the price of what is new.
//!
//! Folding beyond ASCII and the order of letters are the caller's ([`Fold`], [`Collate`]): the browser has
//! the Unicode tables, and compiling them in would cost more than this whole crate.
//!
//! ```
//! use customer_index::{Collate, Customer, CustomerIndex, Fold, Key, Query, Selection, Sort, Wanted};
//!
//! struct Plain;
//! impl Fold for Plain {
//!     fn fold(&self, text: &str) -> String {
//!         text.to_lowercase()
//!     }
//! }
//! impl Collate for Plain {
//!     fn weigh(&self, letters: &[char]) -> Vec<u32> {
//!         letters.iter().map(|letter| u32::from(letter.to_ascii_lowercase())).collect()
//!     }
//! }
//!
//! let mut index = CustomerIndex::default();
//! for (id, name) in [("2", "Viajes Norte"), ("1", "Aceites Norte"), ("3", "Hotel Miramar")] {
//!     index.push(Customer { id, name, domain: "a.example", relationship: 1 }, &Plain);
//! }
//! let sort = Some(Sort { key: Key::Name, descending: false });
//! let wanted = Wanted { query: Query::new("norte", &Plain), filters: Vec::new(), sort };
//! let mut selection = Selection::default();
//! selection.update(&index, &wanted, &Plain);
//! assert_eq!(selection.rows(), [1, 0]);
//! ```
#![deny(missing_docs)]

mod block;
mod collate;
mod column;
mod filter;
mod fold;
mod index;
mod lines;
mod marks;
mod order;
mod query;
mod row_set;
mod search;
mod selection;
mod sieve;
mod sort;
mod table;

pub use collate::Collate;
pub use column::Value;
pub use filter::{Filter, Test};
pub use fold::Fold;
pub use index::{Customer, CustomerIndex};
pub use marks::marks;
pub use query::Query;
pub use row_set::RowSet;
pub use selection::{Selection, Wanted};
pub use sort::{Key, Sort};

#[cfg(test)]
mod tests;
