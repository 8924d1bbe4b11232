//! Whether a live site is served as `deploy.toml` says, rule by rule.

mod answers;
mod headers;
mod index;
mod policy;

use std::collections::BTreeMap;

use crate::{Deployment, Rules, Settings};

/// A question to the site.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, mostly.
    pub method: &'static str,
    /// The path on the host, with the base.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// Asked over http, though the site is served over https.
    pub unencrypted: bool,
}

/// What came.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body, as it was sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// All values of a header, joined with commas; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(", ")
    }

    /// Whether the header is there, with whatever value.
    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }
}

/// How the site is asked.
pub trait Fetch {
    /// Asks once, without following redirects and without reading compressed bodies.
    ///
    /// # Errors
    /// Why there is no answer.
    fn fetch(&self, request: &Request) -> Result<Answer, String>;
}

/// One rule at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule, in a word or two: a header's name, `type`, `missing file`.
    pub rule: String,
    /// The path that was asked for.
    pub path: String,
    /// What is wrong and what to change; `None` when it holds.
    pub fault: Option<Fault>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was found.
    pub found: String,
    /// What to change.
    pub change: String,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Target {
    /// The path under which the site is served; begins and ends with a slash.
    pub base: String,
    /// Whether it is asked over https.
    pub secure: bool,
    /// Names of files and the SHA-256 of each in lower-case hexadecimal digits, where the content is to be compared.
    pub hashes: BTreeMap<String, String>,
    /// How such a digest is made.
    pub digest: fn(&[u8]) -> String,
}

/// Asks a site about every rule.
pub fn run(fetch: &dyn Fetch, deployment: Deployment, target: &Target) -> Vec<Finding> {
    let mut check = Check {
        fetch,
        target,
        rules: Rules { deployment, settings: Settings::default() },
        findings: Vec::new(),
    };
    if check.settings() {
        check.everything();
    }
    check.findings
}

/// A run.
struct Check<'a> {
    fetch: &'a dyn Fetch,
    target: &'a Target,
    rules: Rules,
    findings: Vec<Finding>,
}

impl Check<'_> {
    /// Notes a rule: whether it holds, else what was found and what to change.
    fn note(
        &mut self,
        rule: &str,
        path: &str,
        holds: bool,
        found: impl Into<String>,
        change: impl Into<String>,
    ) {
        let fault = (!holds).then(|| Fault { found: found.into(), change: change.into() });
        self.findings.push(Finding {
            rule: rule.to_owned(),
            path: format!("{}{path}", self.target.base),
            fault,
        });
    }

    /// Asks for a path of the site. No answer at all is a finding.
    fn get(&mut self, path: &str, headers: &[(&'static str, &str)]) -> Option<Answer> {
        let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let request = Request {
            method: "GET",
            path: format!("{}{path}", self.target.base),
            headers,
            unencrypted: false,
        };
        match self.fetch.fetch(&request) {
            Ok(answer) => Some(answer),
            Err(why) => {
                self.note("answer", path, false, why, "The site has to answer here.");
                None
            }
        }
    }

    /// Reads the site's own settings, on which headers depend. Without an answer nothing more is asked.
    fn settings(&mut self) -> bool {
        let Some(config) = self.get("config.json", &[]) else { return false };
        let read = Settings::read(&String::from_utf8_lossy(&config.body));
        let holds = config.status == 200 && read.is_ok();
        let found = format!("{}, {}", config.status, read.as_ref().err().map_or("JSON", String::as_str));
        self.note(
            "settings",
            "config.json",
            holds,
            found,
            "config.json has to lie beside index.html, as JSON.",
        );
        self.rules.settings = read.unwrap_or_default();
        true
    }

    fn everything(&mut self) {
        let Some(index) = self.get("", &[]) else { return };
        self.page("", &index);
        self.path_of_the_application(&index);
        self.missing_files();
        self.files(&index);
        self.documents();
        self.base_without_slash();
        self.unencrypted();
        self.api();
    }
}

#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod tests;
