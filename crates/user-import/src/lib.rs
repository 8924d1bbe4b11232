//! From a file to users of a customer, in the order of the data's way: [`decode`], [`recognise`], [`Mapping`], [`check`],
//! [`plan`], [`run`], its report.
//!
//! Pure: no I/O, no clock, no random source, no Unicode tables. What a browser has is handed in: [`Decode`], [`Letters`],
//! [`Random`]. Reading never fails but by a [`Refusal`] of the file as a whole, which names its place; everything else is
//! an [`Issue`] of a row. Nothing in here prints a name or a password: `Debug` of what holds them shows numbers only.
//!
//! ```
//! use user_import::run::{Batch, Effect, Event, Request, Run};
//! use user_import::{Identity, Intent, Known, Learned, Mapping, There, native::Native};
//! use user_import::{check, decode, file_hash, plan, recognise};
//!
//! # struct MyRandom;
//! # impl user_import::Random for MyRandom {
//! #     fn fill(&mut self, bytes: &mut [u8]) {
//! #         (0..).zip(bytes).for_each(|(at, byte): (u8, _)| *byte = at.wrapping_mul(37));
//! #     }
//! # }
//!
//! let file = b"Nombre;Apellidos;Correo\r\nJos\xe9;Ruiz;jose\r\nAna;Sanz;ana@contoso.com\r\n";
//! let decoded = decode(file, None, &Native)?;
//! let sheet = recognise(&decoded.text, &Native)?;
//! let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
//! let known = Known { domain: Some("contoso.com"), ..Known::default() };
//! let checked = check(&sheet, &mapping, &known, &Native)?;
//! let user = checked.user(0).expect("the first row");
//! assert_eq!((user.row, user.sign_in, user.display_name), (2, "jose@contoso.com", "José Ruiz"));
//!
//! // The dry run: Ana is there already.
//! let mut there = There::default();
//! there.add("ana@contoso.com");
//! let planned = plan(&checked, &there, &[]);
//! assert_eq!(planned.intents, [Intent::Create, Intent::AlreadyThere]);
//!
//! // The run asks for effects; whoever drives it makes the calls and feeds back what came of them.
//! let identity = Identity { import: "1".into(), file: file_hash(file), salt: "random".into() };
//! let mut run = Run::new(identity, vec![Batch::of("customer id", &checked)], None);
//! let effects = run.step(0, Event::Tick, &mut MyRandom);
//! let first = Request::Users { lane: 0, deleted: false, page: 0 };
//! assert!(effects.iter().any(|effect| matches!(effect, Effect::Send(_, request) if *request == first)));
//! assert_eq!(run.counts().sum(), 2);
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
pub use journal::{DONE, Identity, Noted, Past, file_hash};
pub use letters::{Decode, Letters};
pub use map::{Column, Confidence, Learned, Mapping};
pub use password::{GENERATED, LONGEST, Password, Random, SHORTEST};
pub use plan::{Intent, Plan, Seats, There, plan, plan_of};
pub use recognise::{Aside, Chosen, Sheet, Template, recognise, recognise_as};
pub use refusal::{Content, Refusal, RefusalKind};
pub use table::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS, Separator, Table};

/// Properties are tried with the same values in every run.
#[cfg(test)]
fn seeded() -> proptest::prelude::ProptestConfig {
    use proptest::{prelude::ProptestConfig, test_runner::RngSeed};
    ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() }
}
