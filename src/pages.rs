//! The pages, one folder per task.

mod customer;
mod customers;
mod lost;
mod settings;
mod words;

pub(crate) use customer::CustomerPage;
pub(crate) use customers::CustomersPage;
pub(crate) use lost::LostPage;
pub(crate) use settings::{SettingsPage, change_language};
