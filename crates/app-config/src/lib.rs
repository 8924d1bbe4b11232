//! Reads and checks `config.json`, the one file that a partner edits after deployment.
//!
//! It is fetched at run time, so that one build serves every partner. Reading never stops at the
//! first mistake: all faults are returned, each with its place, so that one visit mends the file.
#![deny(missing_docs)]

mod approval;

pub use approval::{Approver, RemovalApproval};

use json_value::{Map, Value};

/// The settings of one deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// How the API is reached.
    pub mode: Mode,
    /// Where the API is: a path on this origin (`/v1`) or an `https` URL, without a slash at the end.
    pub api: String,
    /// The Microsoft cloud that the partner sells in.
    pub cloud: Cloud,
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
    /// By the portal that holds the application in a frame. In a tab of its own: as with a gateway.
    Host,
}

/// A Microsoft cloud. What each can do is decided elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cloud {
    /// The worldwide cloud.
    Global,
    /// For United States public bodies.
    UsGovernment,
    /// Operated by 21Vianet.
    China,
    /// Closed since 29 October 2021; kept for what still runs there.
    Germany,
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
}

const MODES: &[&str] = &["gateway", "host"];
const CLOUDS: &[&str] = &["global", "us-government", "china", "germany"];
const SETTINGS: &[&str] = &[
    "mode",
    "api",
    "cloud",
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
/// All faults of the file, in the order of the settings.
pub fn parse(text: &str, known_languages: &'static [&'static str]) -> Result<Config, Vec<Fault>> {
    let value = json_value::parse(text.trim_start_matches('\u{feff}').as_bytes()).map_err(|error| {
        let kind = FaultKind::NotJson { line: error.line, column: error.column };
        vec![Fault { place: String::new(), kind }]
    })?;
    let Value::Object(map) = value else {
        return Err(vec![Fault { place: String::new(), kind: FaultKind::NotAnObject }]);
    };
    let mut reader = Reader { map, faults: Vec::new() };
    let mode = reader.one_of("mode", MODES).map(|index| if index == 1 { Mode::Host } else { Mode::Gateway });
    let api = reader.address("api");
    let cloud = reader.one_of("cloud", CLOUDS).map(|index| match index {
        1 => Cloud::UsGovernment,
        2 => Cloud::China,
        3 => Cloud::Germany,
        _ => Cloud::Global,
    });
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
    match (mode, api, cloud) {
        (Some(mode), Some(api), Some(cloud)) if reader.faults.is_empty() => Ok(Config {
            mode,
            api,
            cloud,
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

struct Reader {
    map: Map,
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, place: impl Into<String>, kind: FaultKind) {
        self.faults.push(Fault { place: place.into(), kind });
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        match self.map.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => Some(String::new()),
            None => {
                self.fault(name, FaultKind::Missing);
                None
            }
        }
    }

    fn one_of(&mut self, name: &'static str, allowed: &'static [&'static str]) -> Option<usize> {
        let text = self.text(name)?;
        let index = allowed.iter().position(|word| *word == text);
        if index.is_none() {
            self.fault(name, FaultKind::NotOneOf(allowed));
        }
        index
    }

    fn address(&mut self, name: &'static str) -> Option<String> {
        let text = self.text(name)?;
        let path = text.starts_with('/') && !text.starts_with("//");
        if !(path || is_origin(text.split('/').take(3).collect::<Vec<_>>().join("/").as_str()))
            || text.contains(['?', '#', ' ', '\\'])
        {
            self.fault(name, FaultKind::NotAnAddress);
            return None;
        }
        Some(text.trim_end_matches('/').to_owned())
    }

    fn list(&mut self, name: &'static str) -> Option<Vec<String>> {
        let items = self.map.get(name)?.as_array().map(|items| {
            items.iter().map(|item| item.as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        });
        if items.is_none() {
            self.fault(name, FaultKind::NotAList);
        }
        items
    }

    fn languages(&mut self, known: &'static [&'static str]) -> Vec<String> {
        let all = || known.iter().map(|code| (*code).to_owned()).collect();
        if self.map.get("languages").is_none() {
            return all();
        }
        let languages = self.list("languages").unwrap_or_default();
        if languages.is_empty() && self.faults.last().is_none_or(|fault| fault.place != "languages") {
            self.fault("languages", FaultKind::NotAList);
        }
        for (index, _) in languages.iter().enumerate().filter(|(_, code)| !known.contains(&code.as_str())) {
            self.fault(format!("languages[{index}]"), FaultKind::NotOneOf(known));
        }
        languages
    }

    fn yes_or_no(&mut self, name: &'static str, otherwise: bool) -> bool {
        match self.map.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.fault(name, FaultKind::NotYesOrNo);
                otherwise
            }
            None => otherwise,
        }
    }

    fn hosts(&mut self) -> Vec<String> {
        let hosts = self.list("hosts").unwrap_or_default();
        for (index, _) in hosts.iter().enumerate().filter(|(_, host)| !is_origin(host)) {
            self.fault(format!("hosts[{index}]"), FaultKind::NotAnOrigin);
        }
        hosts
    }
}

/// `https://host[:port]`, or `http` for a loopback host, which is how one develops.
fn is_origin(text: &str) -> bool {
    let (host, secure) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(host), _) => (host, true),
        (_, Some(host)) => (host, false),
        _ => return false,
    };
    let name = host.split(':').next().unwrap_or_default();
    let port_fits =
        host.split_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_ok_and(|number| number > 0));
    let name_fits =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    name_fits && port_fits && (secure || name == "localhost" || name == "127.0.0.1")
}

#[cfg(test)]
mod tests;
