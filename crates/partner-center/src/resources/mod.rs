//! The resources of the API that the application uses, one file each.

mod address_check;
mod agreement;
mod audit;
mod billing_document;
mod budget;
mod country;
mod customer;
mod entitlement;
mod license;
mod new_customer;
mod profile;
mod relationship;
mod session;
mod subscription;
mod subscription_document;
mod transfer;
mod user;

pub use address_check::*;
pub use agreement::*;
pub use audit::*;
pub use billing_document::*;
pub use budget::*;
pub use country::*;
pub use customer::*;
pub use entitlement::*;
pub use license::*;
pub use new_customer::*;
pub use profile::*;
pub use relationship::*;
pub use session::*;
pub use subscription::*;
pub use subscription_document::*;
pub use transfer::*;
pub use user::*;
