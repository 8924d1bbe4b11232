//! Sign-in from the browser: the settings of mode `direct`, and what has to fit together.

use crate::reader::{Reader, is_loopback, is_origin};
use crate::{Cloud, FaultKind};

/// How somebody signs in where the browser holds the tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The partner's tenant, in lower case.
    pub tenant: String,
    /// The application's id in that tenant, in lower case.
    pub client: String,
    /// Where the sign-in is shown first.
    pub shown: Shown,
    /// The origin that signs people in: the cloud's, or a test's on this machine.
    pub authority: String,
    /// The permission that is asked for.
    pub scope: &'static str,
}

/// Where a sign-in is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// In a window of its own; where windows are blocked, in this one.
    Popup,
    /// In this window.
    Redirect,
}

pub(crate) const SHOWN: &[&str] = &["popup", "redirect"];
/// The settings that only mode `direct` has.
const ONLY_DIRECT: [&str; 4] = ["tenant", "clientId", "signIn", "authority"];

impl Reader {
    /// The settings of mode `direct`; elsewhere they are faults.
    pub(crate) fn registration(&mut self, is_direct: bool, cloud: Option<Cloud>) -> Option<Registration> {
        if !is_direct {
            for name in ONLY_DIRECT {
                if self.map.get(name).is_some() {
                    self.fault(name, FaultKind::OnlyDirect);
                }
            }
            return None;
        }
        let tenant = self.guid("tenant");
        let client = self.guid("clientId");
        let is_said = self.map.get("signIn").is_some();
        let shown = match is_said.then(|| self.one_of("signIn", SHOWN)).flatten() {
            Some(1) => Shown::Redirect,
            _ => Shown::Popup,
        };
        let own = self.authority();
        let endpoints = cloud?.endpoints();
        if endpoints.is_none() {
            self.fault("cloud", FaultKind::Closed);
        }
        let endpoints = endpoints?;
        Some(Registration {
            tenant: tenant?,
            client: client?,
            shown,
            authority: own.unwrap_or_else(|| endpoints.authority.to_owned()),
            scope: endpoints.scope,
        })
    }

    /// Where the API is when tokens go with the calls: where the cloud has it, and nowhere else but in a test on this machine.
    pub(crate) fn direct_api(&mut self, api: Option<String>, cloud: Option<Cloud>) -> Option<String> {
        let own = cloud?.endpoints()?.api;
        let Some(api) = api else { return Some(format!("{own}/v1")) };
        let is_test = self.map.get("authority").is_some() && (api.starts_with('/') || is_loopback(&api));
        if api != format!("{own}/v1") && !is_test {
            self.fault("api", FaultKind::NotTheClouds(own));
        }
        Some(api)
    }

    fn guid(&mut self, name: &'static str) -> Option<String> {
        let text = self.text(name)?;
        let text = text.trim().to_ascii_lowercase();
        let fits = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        if !fits {
            self.fault(name, FaultKind::NotAGuid);
        }
        fits.then_some(text)
    }

    /// Another authority than the cloud's: one on this machine, for tests.
    fn authority(&mut self) -> Option<String> {
        self.map.get("authority")?;
        let text = self.text("authority")?;
        if !(is_origin(&text) && is_loopback(&text)) {
            self.fault("authority", FaultKind::OnlyLoopback);
            return None;
        }
        Some(text)
    }
}
