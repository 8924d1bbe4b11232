//! What a form, a removal, a transfer and a cloud allow. Pure: no browser, no clock, no network.
#![deny(missing_docs)]

mod attention;
mod cloud;
mod company_name;
mod domain;
mod email;
mod field;
mod form;
mod kind;
mod merge;
mod portal;
mod request;

pub use attention::{DAYS_AHEAD, Finding, Holding, HoldingState, attention};
pub use cloud::{Means, azure_transfers, has_agreements, has_relationship_requests, user_imports};
pub use company_name::{Doubt, doubt};
pub use domain::{LONGEST_PREFIX, alternatives, domain_prefix, suggestion};
pub use field::Field;
pub use form::{Input, Patterns, Problem, country_code, inputs};
pub use kind::{SubscriptionKind, subscription_kind};
pub use merge::{Merged, merge};
pub use portal::Portal;
pub use request::{delegation_can_be_chosen, fill_letter, relinked, with_delegation};
