//! What a form, a removal, a transfer and a cloud allow. Pure: no browser, no clock, no network.
#![deny(missing_docs)]

mod agreement;
mod attention;
mod cloud;
mod company_name;
mod country;
mod diff;
mod domain;
mod draft;
mod email;
mod field;
mod form;
mod kind;
mod merge;
mod portal;
mod refusal;
mod request;
mod role;

pub use agreement::{Signed, signed};
pub use attention::{DAYS_AHEAD, Finding, Holding, HoldingState, attention};
pub use cloud::{
    Means, Work, azure_transfers, gives_licences, has_agreements, has_one_partner, means, user_imports,
    user_licences,
};
pub use company_name::{Doubt, doubt};
pub use country::{COUNTRIES, Division, division, postal_name, registration_name};
pub use diff::{Word, words};
pub use domain::{LONGEST_PREFIX, alternatives, domain_prefix, domain_suffix, suggestion};
pub use draft::{Draft, Entry};
pub use email::is_email;
pub use field::Field;
pub use form::{Input, Patterns, Problem, country_code, general_rules, inputs};
pub use kind::{SubscriptionKind, subscription_kind};
pub use merge::{Merged, merge};
pub use portal::{COST_EXPORTS, Portal, tenant_page};
pub use refusal::refused_fields;
pub use request::{delegation_can_be_chosen, fill, fill_letter, relinked, with_delegation};
pub use role::may;
