//! What the customer list shows: search, filters, columns, order, density. A [`View`] is printed to the query of an
//! address and read back, so that a link or Back restores it; [`SavedViews`] keeps some of them by name.
//!
//! Reading never fails. A link may come from another release or from somebody's hands: what is not understood is left
//! out, and named, so that the page can say so.
#![deny(missing_docs)]

mod column;
mod filter;
mod saved;
mod view;

pub use column::{Column, MAX_WIDTH, MIN_WIDTH, ShownColumn, WIDTH_STEP};
pub use filter::{Agreement, Filter, Relationship};
pub use saved::{SavedView, SavedViews, Stored};
pub use view::{Density, Order, USUAL_COLUMNS, View};
