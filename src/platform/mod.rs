//! The browser: everything that touches `window`. Nothing here knows a page.

pub(crate) mod approval;
pub(crate) mod boot;
pub(crate) mod browser;
pub(crate) mod clipboard;
pub(crate) mod download;
pub(crate) mod fold;
pub(crate) mod gateway;
pub(crate) mod host;
pub(crate) mod imports;
pub(crate) mod lists;
pub(crate) mod patterns;
pub(crate) mod probe;
pub(crate) mod sign_in;
pub(crate) mod storage;
pub(crate) mod time;
pub(crate) mod workbook;
pub(crate) mod worker;
