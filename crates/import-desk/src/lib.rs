//! A file of users on a desk: read, mapped, checked, repaired by a person, and handed to a run.
//!
//! [`Desk`] owns the rows and lives in a worker; the page asks it ([`Ask`]) and gets windows of rows and an [`Overview`]
//! of everything else ([`Answer`]). [`Pack`] is how both cross the border. Like `user-import`, whose parts it joins, it is
//! pure: it knows no browser and no page, and sends nothing.
#![deny(missing_docs)]

mod change;
mod desk;
mod grid;
mod groups;
mod hand_over;
mod message;
mod pack;
mod range;

pub use desk::Desk;
pub use message::{
    Answer, Ask, Batch, Cell, Column, Customer, Failed, Filter, Found, Group, GroupKey, Licence, Mark,
    Needle, Open, Overview, Person, Place, Planned, PlannedCustomer, Refused, Row, Window,
};
pub use pack::{Bytes, Pack, from_bytes, to_bytes};

/// How many different names of customers a file may have.
pub const MOST_CUSTOMERS: usize = 200;
/// How many different groups of issues are told apart by what the cells hold.
pub const MOST_GROUPS: usize = 60;

#[cfg(test)]
mod tests;
