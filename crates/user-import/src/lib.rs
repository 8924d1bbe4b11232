//! From a file to users of a customer, in the order of the data's way:
//! [`decode`], [`recognise`], [`Mapping::suggest`], [`check`].
//!
//! ```
//! use user_import::{Field, Known, Learned, Mapping, check, decode, native::Native, recognise};
//!
//! let file = b"Nombre;Apellidos;Correo\r\nJos\xe9;Ruiz;jose\r\nAna;Sanz;ana@contoso.com\r\n";
//! let decoded = decode(file, None, &Native)?;
//! let sheet = recognise(&decoded.text, &Native)?;
//! let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
//! let known = Known { domain: Some("contoso.com"), ..Known::default() };
//! let checked = check(&sheet, &mapping, &known, &Native)?;
//! let user = checked.user(0).expect("the first row");
//! assert_eq!((user.row, user.sign_in, user.display_name), (2, "jose@contoso.com", "José Ruiz"));
//! # Ok::<(), user_import::Refusal>(())
//! ```
#![deny(missing_docs)]

mod check;
mod decode;
mod field;
mod journal;
mod letters;
mod map;
#[cfg(feature = "native")]
pub mod native;
mod password;
mod plan;
mod recognise;
mod refusal;
pub mod run;
mod table;

pub use check::{Checked, Choice, Code, Issue, Known, Severity, User, check};
pub use decode::{Decoded, Encoding, MAX_BYTES, decode};
pub use field::Field;
pub use journal::{Identity, Noted, Past, file_hash};
pub use letters::{Decode, Letters};
pub use map::{Column, Confidence, Learned, Mapping};
pub use password::{GENERATED, LONGEST, Password, Random, SHORTEST};
pub use plan::{Intent, Plan, Seats, There, plan};
pub use recognise::{Aside, Sheet, Template, recognise};
pub use refusal::{Content, Refusal, RefusalKind};
pub use table::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS, Separator, Table};

/// Properties are tried with the same values in every run.
#[cfg(test)]
fn seeded() -> proptest::prelude::ProptestConfig {
    use proptest::{prelude::ProptestConfig, test_runner::RngSeed};
    ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() }
}
