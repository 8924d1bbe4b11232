//! The resources of the API that the application uses, one file each.

mod audit;
mod country;
mod customer;
mod profile;
mod relationship;
mod session;
mod subscription;

pub use audit::*;
pub use country::*;
pub use customer::*;
pub use profile::*;
pub use relationship::*;
pub use session::*;
pub use subscription::*;
