//! What guards the repository itself, and the pure files of the application. No browser, no build of the site.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod crates;
mod directions;
mod documentation;
mod icons;
mod languages;
mod letters;
mod markup;
mod pages;
mod rows;
mod source;
mod templates;
mod terms;
mod texts;
mod urls;
