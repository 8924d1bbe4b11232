//! Reads and checks `config.json`, the one file that a partner edits after deployment.
//!
//! It is fetched at run time, so that one build serves every partner. Reading never stops at the
//! first mistake: all faults are returned, each with its place, so that one visit mends the file.
#![deny(missing_docs)]

mod approval;
mod cloud;
mod reader;
mod registration;

pub use approval::{Approver, RemovalApproval};
pub use cloud::{Cloud, Endpoints};
pub use registration::{Registration, Shown};

use cloud::CLOUDS;
use reader::Reader;

use json_value::Value;

/// The settings of one deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// How the API is reached.
    pub mode: Mode,
    /// Where the API is: a path on this origin (`/v1`) or an `https` URL, without a slash at the end. Of no meaning, and empty
    /// unless the file names one, in a demonstration.
    pub api: String,
    /// The Microsoft cloud that the partner sells in.
    pub cloud: Cloud,
    /// How somebody signs in; in mode `direct` only.
    pub registration: Option<Registration>,
    /// The languages on offer, best first, each a two-letter code that the application has texts for.
    pub languages: Vec<String>,
    /// Origins of portals that may hold the application in a frame. Empty: none may.
    pub hosts: Vec<String>,
    /// Whether the customer list may be kept in a browser whose user agrees. Without the setting: no.
    pub keep_customers: bool,
    /// Whether what was typed into a form may be kept over a reload, in the tab's own storage, which ends with the tab.
    /// Without the setting: yes.
    pub keep_drafts: bool,
    /// Who has to agree before a reseller relationship is removed. Without the setting: nobody else.
    pub removal_approval: RemovalApproval,
    /// Who may agree, where that is asked for.
    pub approvers: Vec<Approver>,
}

/// How the API is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Through a gateway that holds the tokens: nothing secret in the browser.
    Gateway,
    /// From the browser, which holds the tokens of whoever signs in.
    Direct,
    /// By the portal that holds the application in a frame. In a tab of its own: as with a gateway.
    Host,
    /// By nobody: invented customers in a worker of this page, for a demonstration.
    Demo,
}

/// One mistake in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: a setting's name, or `languages[1]`; empty for the file as a whole.
    pub place: String,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The file is not JSON; where the reader stopped, counted from 1.
    NotJson {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// The file is JSON, but not an object.
    NotAnObject,
    /// A setting that must be there is not.
    Missing,
    /// A setting that does not exist, most likely misspelt.
    Unknown,
    /// A value out of a list; what is allowed.
    NotOneOf(&'static [&'static str]),
    /// Neither a path on this origin nor an `https` URL.
    NotAnAddress,
    /// Not an origin such as `https://portal.example`.
    NotAnOrigin,
    /// Not a list of texts, or an empty one where one is needed.
    NotAList,
    /// Neither `true` nor `false`.
    NotYesOrNo,
    /// Not a list of `{"id", "key"}` with a public key on P-256.
    NotAnApprover,
    /// Not a GUID.
    NotAGuid,
    /// A setting of mode `direct` in another mode.
    OnlyDirect,
    /// An authority that is neither the cloud's nor on this machine.
    OnlyLoopback,
    /// Nobody can sign in to this cloud any more.
    Closed,
    /// Tokens of this cloud go only to this origin.
    NotTheClouds(&'static str),
}

const MODES: &[&str] = &["gateway", "direct", "host", "demo"];
/// Every setting. `table.rs` holds schema and documentation against it.
const SETTINGS: &[&str] = &[
    "mode",
    "api",
    "cloud",
    "tenant",
    "clientId",
    "signIn",
    "authority",
    "languages",
    "hosts",
    "keepCustomers",
    "keepDrafts",
    "removalApproval",
    "approvers",
];

/// Reads the file. `known_languages` are those that the application has texts for.
///
/// # Errors
/// All faults of the file, in the order of the settings; last what does not fit together.
pub fn parse(text: &str, known_languages: &'static [&'static str]) -> Result<Config, Vec<Fault>> {
    let value = json_value::parse(text.trim_start_matches('\u{feff}').as_bytes()).map_err(|error| {
        let kind = FaultKind::NotJson { line: error.line, column: error.column };
        vec![Fault { place: String::new(), kind }]
    })?;
    let Value::Object(map) = value else {
        return Err(vec![Fault { place: String::new(), kind: FaultKind::NotAnObject }]);
    };
    let mut reader = Reader { map, faults: Vec::new() };
    let mode = reader.one_of("mode", MODES).map(|at| match at {
        1 => Mode::Direct,
        2 => Mode::Host,
        3 => Mode::Demo,
        _ => Mode::Gateway,
    });
    let is_direct = mode == Some(Mode::Direct);
    // There the cloud says where it is, and a demonstration has it in itself.
    let is_elsewhere = is_direct || mode == Some(Mode::Demo);
    let says_api = !is_elsewhere || reader.map.get("api").is_some();
    let api = if says_api { reader.address("api") } else { None };
    let cloud = reader.one_of("cloud", CLOUDS).map(Cloud::at);
    let registration = reader.registration(is_direct, cloud);
    let languages = reader.languages(known_languages);
    let hosts = reader.hosts();
    let keep_customers = reader.yes_or_no("keepCustomers", false);
    let keep_drafts = reader.yes_or_no("keepDrafts", true);
    let removal_approval = reader.removal_approval();
    let host_is_needed = mode == Some(Mode::Host) || removal_approval == RemovalApproval::Host;
    if host_is_needed
        && hosts.is_empty()
        && !reader.faults.iter().any(|fault| fault.place.starts_with("hosts"))
    {
        reader.fault("hosts", FaultKind::NotAList);
    }
    let approvers = reader.approvers(removal_approval == RemovalApproval::File);
    for name in reader.map.keys().filter(|name| !SETTINGS.contains(name) && *name != "$schema") {
        reader.faults.push(Fault { place: name.to_owned(), kind: FaultKind::Unknown });
    }
    let api = if is_direct && (api.is_some() || !says_api) { reader.direct_api(api, cloud) } else { api };
    let api = if mode == Some(Mode::Demo) && !says_api { Some(String::new()) } else { api };
    match (mode, api, cloud) {
        (Some(mode), Some(api), Some(cloud)) if reader.faults.is_empty() => Ok(Config {
            mode,
            api,
            cloud,
            registration,
            languages,
            hosts,
            keep_customers,
            keep_drafts,
            removal_approval,
            approvers,
        }),
        _ => Err(reader.faults),
    }
}

#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
