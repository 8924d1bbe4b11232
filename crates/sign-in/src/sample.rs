//! What the tests work with: invented, and the same in every run.

use std::cell::Cell;

use app_config::{Registration, Shown};

use crate::{Claims, Entropy, Expected, Fault, Grant, Pending, Purpose, base64url, issuer, parameter};

pub(crate) const TENANT: &str = "5e170000-0000-4000-8000-000000000001";
pub(crate) const CLIENT: &str = "5e170000-0000-4000-8000-000000000002";
pub(crate) const PERSON: &str = "5e170000-0000-4000-8000-000000000003";
pub(crate) const BACK: &str = "https://cartera.example/auth/callback.html";
/// 1 November 2026, in milliseconds.
pub(crate) const NOW: i64 = 1_793_491_200_000;
pub(crate) const MINUTE: i64 = 60_000;

pub(crate) fn registration() -> Registration {
    Registration {
        tenant: TENANT.to_owned(),
        client: CLIENT.to_owned(),
        shown: Shown::Popup,
        authority: "https://login.microsoftonline.com".to_owned(),
        scope: "https://api.partnercenter.microsoft.com/user_impersonation",
    }
}

/// Bytes that count on.
#[derive(Default)]
pub(crate) struct Counting(Cell<u8>);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) -> bool {
        for byte in bytes {
            self.0.set(self.0.get().wrapping_add(1));
            *byte = self.0.get();
        }
        true
    }
}

pub(crate) fn begun(purpose: &Purpose) -> (String, Pending) {
    let requested = Pending::begin(&registration(), BACK, "/customers", purpose, &Counting::default(), NOW);
    let requested = requested.expect("there are random bytes");
    (requested.address, requested.pending)
}

pub(crate) fn asked(address: &str, name: &str) -> Option<String> {
    parameter(address.split_once('?').expect("a query").1, name)
}

/// An id token with these members; those of a good one where none is given.
pub(crate) fn id_token(changes: &[(&str, &str)]) -> String {
    let second = NOW / 1000;
    let mut members: Vec<(String, String)> = [
        ("iss", format!("\"{}\"", issuer(&registration()))),
        ("aud", format!("\"{CLIENT}\"")),
        ("tid", format!("\"{TENANT}\"")),
        ("oid", format!("\"{PERSON}\"")),
        ("sub", "\"pairwise\"".to_owned()),
        ("nonce", "\"n\"".to_owned()),
        ("name", "\"Luz Prado\"".to_owned()),
        ("iat", second.to_string()),
        ("exp", (second + 3600).to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    for (name, value) in changes {
        members.retain(|(other, _)| other != name);
        if !value.is_empty() {
            members.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    let body: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("e30.{}.c2ln", base64url::encode(format!("{{{}}}", body.join(",")).as_bytes()))
}

pub(crate) fn judged(changes: &[(&str, &str)], now: i64) -> Result<Claims, Fault> {
    let issuer = issuer(&registration());
    let expected = Expected { issuer: &issuer, client: CLIENT, tenant: TENANT, nonce: Some("n") };
    Claims::check(&id_token(changes), &expected, now)
}

pub(crate) fn grant(access: &str, refresh: Option<&str>, life: i64) -> Grant {
    Grant { access: access.to_owned(), refresh: refresh.map(str::to_owned), id: None, life }
}
