//! A sign-in under way: what it was asked with, kept until the answer is here.

use std::fmt;

use app_config::Registration;
use json_value::{Value, object};
use sha2::{Digest, Sha256};

use crate::fault::{Failure, Fault};
use crate::form::{self, parameter};
use crate::{Entropy, base64url, endpoint, issuer};

/// How long an answer may take: 10 minutes, in milliseconds.
pub const LIFE: i64 = 10 * 60 * 1000;

/// Why somebody is asked to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To work. Whoever is signed in to Microsoft in this browser is let in without a question.
    Work,
    /// To work after having signed out: which account is asked.
    Account,
    /// To go on after a reload: without a window or a question, or not at all.
    Silent,
    /// The API asks for a second factor. With the claims that it asks for, if it names any.
    StepUp(Option<String>),
}

/// A sign-in that was begun.
#[derive(Debug)]
pub struct Requested {
    /// The address at which the person signs in.
    pub address: String,
    /// What has to be remembered.
    pub pending: Pending,
}

/// What was asked, for whoever gets the answer. It is used once: whoever reads it out of a store deletes it there first.
#[derive(Clone, PartialEq, Eq)]
pub struct Pending {
    state: String,
    nonce: String,
    verifier: String,
    /// The one authority that may answer.
    issuer: String,
    redirect: String,
    return_path: String,
    created: i64,
    is_step_up: bool,
    is_silent: bool,
}

/// An answer that was judged: the code, ready to be exchanged.
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The form to send to [`token_address`](crate::token_address).
    pub form: String,
    /// What the id token has to hold.
    pub nonce: String,
    /// Where to go afterwards. As it was given: to be judged by [`return_path`](crate::return_path).
    pub return_path: String,
    /// Whether the API had asked for a second factor.
    pub is_step_up: bool,
}

impl Pending {
    /// Begins a sign-in. `redirect` is the registered address to come back to; `now` in milliseconds since 1970. `None` if there is
    /// no randomness.
    pub fn begin(
        registration: &Registration,
        redirect: &str,
        return_path: &str,
        purpose: &Purpose,
        entropy: &dyn Entropy,
        now: i64,
    ) -> Option<Requested> {
        let random = || {
            let mut bytes = [0; 32];
            entropy.fill(&mut bytes).then(|| base64url::encode(&bytes))
        };
        let pending = Self {
            state: random()?,
            nonce: random()?,
            verifier: random()?,
            issuer: issuer(registration),
            redirect: redirect.to_owned(),
            return_path: return_path.to_owned(),
            created: now,
            is_step_up: matches!(purpose, Purpose::StepUp(_)),
            is_silent: *purpose == Purpose::Silent,
        };
        // Synchronous: a window may only be opened in the very task of the click.
        let challenge = base64url::encode(&Sha256::digest(pending.verifier.as_bytes()));
        let scope = scope(registration);
        let mut members = vec![
            ("client_id", registration.client.as_str()),
            ("response_type", "code"),
            // In a query the code would go into the logs of whoever serves this site.
            ("response_mode", "fragment"),
            ("redirect_uri", redirect),
            ("scope", &scope),
            ("state", &pending.state),
            ("nonce", &pending.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        match purpose {
            Purpose::Work => {}
            Purpose::Account => members.push(("prompt", "select_account")),
            Purpose::Silent => members.push(("prompt", "none")),
            Purpose::StepUp(claims) => {
                members.push(("prompt", "login"));
                members.extend(claims.as_deref().map(|claims| ("claims", claims)));
            }
        }
        let address = [&endpoint(registration, "authorize"), "?", &form::print(&members)].concat();
        Some(Requested { address, pending })
    }

    /// What names this sign-in between the windows.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// Whether the person was to be asked nothing.
    pub fn is_silent(&self) -> bool {
        self.is_silent
    }

    /// Judges the answer, as the fragment or the query of the address that was come back to.
    ///
    /// # Errors
    /// [`Fault::State`], [`Fault::Late`], [`Fault::Issuer`], or what the authority says.
    pub fn accept(self, registration: &Registration, answer: &str, now: i64) -> Result<Exchange, Failure> {
        let own = |fault| Err(Failure::own(fault));
        if parameter(answer, "state").as_ref() != Some(&self.state) {
            return own(Fault::State);
        }
        // A clock that was set back meanwhile makes nothing late.
        if now.saturating_sub(self.created) > LIFE {
            return own(Fault::Late);
        }
        let answers = parameter(answer, "iss");
        if self.issuer != issuer(registration) || answers.is_some_and(|issuer| issuer != self.issuer) {
            return own(Fault::Issuer);
        }
        if let Some(failure) = Failure::of_form(answer) {
            return Err(failure);
        }
        let Some(code) = parameter(answer, "code").filter(|code| !code.is_empty()) else {
            return own(Fault::Unreadable);
        };
        let form = form::print(&[
            ("grant_type", "authorization_code"),
            ("client_id", &registration.client),
            ("code", &code),
            ("redirect_uri", &self.redirect),
            ("code_verifier", &self.verifier),
            ("scope", &scope(registration)),
        ]);
        Ok(Exchange { form, nonce: self.nonce, return_path: self.return_path, is_step_up: self.is_step_up })
    }

    /// As a text, for the tab's own storage: only where this page itself goes to the authority.
    pub fn print(&self) -> String {
        let created = self.created.to_string();
        object(&[
            ("state", self.state.as_str()),
            ("nonce", &self.nonce),
            ("verifier", &self.verifier),
            ("issuer", &self.issuer),
            ("redirect", &self.redirect),
            ("return", &self.return_path),
            ("created", &created),
            ("stepUp", if self.is_step_up { "yes" } else { "" }),
            ("silent", if self.is_silent { "yes" } else { "" }),
        ])
    }

    /// Reads such a text.
    pub fn read(text: &str) -> Option<Self> {
        let value = json_value::parse(text.as_bytes()).ok()?;
        let member = |name: &str| Some(value.as_object()?.get(name)?.as_str()?.to_owned());
        Some(Self {
            state: member("state").filter(|state| !state.is_empty())?,
            nonce: member("nonce")?,
            verifier: member("verifier")?,
            issuer: member("issuer")?,
            redirect: member("redirect")?,
            return_path: member("return")?,
            created: member("created")?.parse().ok()?,
            is_step_up: member("stepUp")? == "yes",
            is_silent: member("silent")? == "yes",
        })
    }
}

/// The form that renews the tokens.
pub(crate) fn renewal(registration: &Registration, refresh: &str) -> String {
    form::print(&[
        ("grant_type", "refresh_token"),
        ("client_id", &registration.client),
        ("refresh_token", refresh),
        ("scope", &scope(registration)),
    ])
}

fn scope(registration: &Registration) -> String {
    ["openid profile offline_access ", registration.scope].concat()
}

/// Nothing of it: whoever reads it in a log could take the sign-in over.
impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exchange")
    }
}

/// The text of a JSON member.
pub(crate) fn text(value: &Value, name: &str) -> Option<String> {
    Some(value.as_object()?.get(name)?.as_str()?.to_owned())
}
