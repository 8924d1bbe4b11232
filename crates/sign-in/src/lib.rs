//! How somebody signs in from a browser, and what becomes of the tokens: Authorization Code with PKCE (RFC 7636) against
//! Microsoft Entra, as a single-page application.
//!
//! Pure: random bytes, the time and the answers of the authority are handed in; nothing here sends, stores or waits.
//!
//! - [`Pending::begin`] makes the address to go to and what has to be remembered until the answer is here;
//! - [`Pending::accept`] judges that answer; the code in it is exchanged with [`Pending::exchange`];
//! - [`Grant::read`] reads what the authority says to an exchange or a renewal; [`Claims::check`] judges the id token;
//! - [`Tokens`] says before each call which token goes with it, who renews it, and when a person is needed.
//!
//! No secret, no password: neither has a place in a browser.
#![deny(missing_docs)]

mod base64url;
mod claims;
mod clock;
mod fault;
mod form;
mod grant;
mod pending;
mod return_path;
mod tokens;

pub use claims::{Claims, Expected, challenged_claims};
pub use clock::{Skew, TOLERANCE};
pub use fault::{Failure, Fault};
pub use form::parameter;
pub use grant::Grant;
pub use pending::{LIFE, Pending, Purpose, Requested};
pub use return_path::return_path;
pub use tokens::{After, MARGIN, Next, RENEWABLE, State, Tokens, Why};

use app_config::Registration;

/// A source of random bytes that nobody can guess.
pub trait Entropy {
    /// Fills the bytes; answers whether it could.
    fn fill(&self, bytes: &mut [u8]) -> bool;
}

/// Who issues the id tokens of a registration: exactly this, per tenant.
pub fn issuer(registration: &Registration) -> String {
    [&registration.authority, "/", &registration.tenant, "/v2.0"].concat()
}

/// Where codes and refresh tokens are exchanged.
pub fn token_address(registration: &Registration) -> String {
    endpoint(registration, "token")
}

/// Where the authority ends its own session; it then leads to `back`, which has to be registered. Nothing in it names a person.
pub fn sign_out_address(registration: &Registration, back: &str) -> String {
    let form = form::print(&[("client_id", &registration.client), ("post_logout_redirect_uri", back)]);
    [&endpoint(registration, "logout"), "?", &form].concat()
}

fn endpoint(registration: &Registration, name: &str) -> String {
    [&registration.authority, "/", &registration.tenant, "/oauth2/v2.0/", name].concat()
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
