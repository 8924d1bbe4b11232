//! The pages, one folder per task, and the one table from addresses to them.

mod activity;
mod customer;
mod customers;
mod lost;
mod narrow;
mod portals;
mod request;
mod save;
mod settings;
mod words;

pub(crate) use settings::change_language;

use crate::i18n::t;
use crate::paths::Page;
use crate::ui::El;

/// The page at an address.
pub(crate) fn build(page: Option<Page>) -> El {
    match page {
        Some(Page::Customers { .. }) => customers::page(),
        Some(Page::Customer(key, _)) => customer::page(key),
        Some(Page::Request) => request::page(),
        Some(Page::Activity) => activity::page(),
        Some(Page::Settings) => settings::page(),
        None => lost::page(t::lost::title(), t::lost::text()),
    }
}
