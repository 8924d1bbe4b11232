//! A typed client of the Partner Center REST API.
//!
//! ```
//! # async fn example(client: partner_center::Client) -> Result<(), partner_center::Error> {
//! use partner_center::CustomerQuery;
//!
//! let mut pages = client.customers(&CustomerQuery::default());
//! while let Some(page) = pages.next().await {
//!     for customer in page?.items {
//!         println!("{}", customer.company_profile.company_name);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! It knows no browser, no clock and no random source: a [`Transport`], a [`Clock`] and a [`Random`] are handed
//! in. Answers are read as the service writes them, which is not always as it is documented; see each resource.
//! Failed reads are repeated, throttled calls wait, and a write that may have happened is never repeated blindly.
//! Many calls in the background go through a [`Pacer`].

#![deny(missing_docs)]

mod calls;
mod client;
mod error;
mod ids;
mod json;
mod pace;
mod pages;
mod refusal;
mod resources;
mod retry;
mod send;
mod text;
mod time;
mod transport;
mod uri;

pub use calls::{CallProof, DirectoryRole, NewUser, UserPage};
pub use client::{CallRecord, Client, Observer};
pub use error::{Error, ErrorDetails, ErrorKind, FieldError};
pub use ids::{
    AgreementTemplateId, CustomerId, PartnerId, SkuId, SubscriptionId, TransferId, UserId, is_guid,
};
pub use json::MAX_BODY_BYTES;
pub use pace::{CALLS_PER_MINUTE, Pacer};
pub use pages::{Bookmark, Page, Pages};
pub use refusal::lacks_second_factor;
pub use resources::*;
pub use retry::{BASE_DELAY, MAX_DELAY, MAX_REPEATS, MAX_WAIT};
pub use send::Answer;
pub use text::MAX_MESSAGE_CHARS;
pub use time::Timestamp;
pub use transport::{Clock, Method, Random, Request, Response, Transport, TransportError};
pub use uri::encode;

/// Properties are tried with the same values in every run.
#[cfg(test)]
fn seeded() -> proptest::prelude::ProptestConfig {
    use proptest::{prelude::ProptestConfig, test_runner::RngSeed};
    ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() }
}
