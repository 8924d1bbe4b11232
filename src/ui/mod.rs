//! Parts that look like the house and know neither a page nor the API's resources.

mod bar;
mod choose;
mod copy_button;
mod dom;
mod drop_down;
mod empty;
mod fault;
mod field;
mod find;
mod icon;
pub(crate) mod keys;
mod latest;
mod loader;
mod page;
mod timer;
mod toasts;
mod virtual_rows;

pub(crate) use bar::fault_bar;
pub(crate) use choose::choose;
pub(crate) use copy_button::{copy_and_tell, copy_button};
pub(crate) use dom::{El, Run, Watched, at_end, button, el, focus, link, live, shared, value_of};
pub(crate) use drop_down::{DropDown, menu_item, menu_keys};
pub(crate) use empty::empty;
pub(crate) use fault::{advice, advised_fault, fault, trouble_words};
pub(crate) use field::{Frame, Note, Tone, choice_field, text_field};
pub(crate) use find::{find, follow};
pub(crate) use icon::{icon, small_icon};
pub(crate) use latest::Latest;
pub(crate) use loader::{Show, is_gone, is_lost, load, on_reconnect, tell_if_gone};
pub(crate) use page::{heading, reload_button};
pub(crate) use timer::Timer;
pub(crate) use toasts::toast_region;
pub(crate) use virtual_rows::{OVERSCAN, closed, visible};
