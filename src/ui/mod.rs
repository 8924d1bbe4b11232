//! Parts that look like the house and know neither a page nor the API's resources.

mod copy_button;
mod empty;
mod fault;
mod icon;
mod loader;
mod page;
mod toasts;
mod virtual_rows;

pub(crate) use copy_button::CopyButton;
pub(crate) use empty::Empty;
pub(crate) use fault::{Fault, advice};
pub(crate) use icon::Icon;
pub(crate) use loader::Loader;
pub(crate) use page::{Heading, announce};
pub(crate) use toasts::ToastRegion;
pub(crate) use virtual_rows::visible;
