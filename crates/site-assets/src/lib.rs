//! What is made of `style/` and `src/i18n/texts/` before the application is built.
//!
//! Trunk's `pre_build` hook runs this crate's binary, which writes `target/site/`: one style sheet
//! and one text file per language. The application's build script uses the same code to generate a
//! typed function per text, so that a missing, misspelt or unused text fails the build, and no
//! language is compiled into the wasm.
#![deny(missing_docs)]

pub mod style;
pub mod texts;
