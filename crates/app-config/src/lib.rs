//! Reads and checks `config.json`, the one file that a partner edits after deployment.
//!
//! It is fetched at run time, so that one build serves every partner. Reading never stops at the
//! first mistake: all faults are returned, each with its place, so that one visit mends the file.
#![deny(missing_docs)]

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

/// Who has to agree before a reseller relationship is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovalApproval {
    /// Nobody but who does it.
    None,
    /// A second person, who signs a file.
    File,
}

/// Somebody who may agree to a removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approver {
    /// The name that this person signs in with. Nobody agrees to what is his own.
    pub id: String,
    /// The public key: ECDSA on P-256, as a `SubjectPublicKeyInfo` in base64.
    pub key: String,
}

/// How the API is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Through a gateway that holds the tokens: nothing secret in the browser.
    Gateway,
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
    /// What a later release will understand.
    NotYet,
    /// Not a list of `{"id", "key"}` with a public key on P-256.
    NotAnApprover,
}

const MODES: &[&str] = &["gateway"];
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
const APPROVALS: &[&str] = &["none", "file", "host"];
/// How every public key on P-256 begins in base64, and how long it is.
const KEY: (&str, usize) = ("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE", 124);

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
    let mode = reader.one_of("mode", MODES).map(|_| Mode::Gateway);
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

    fn removal_approval(&mut self) -> RemovalApproval {
        if self.map.get("removalApproval").is_none() {
            return RemovalApproval::None;
        }
        match self.one_of("removalApproval", APPROVALS) {
            Some(1) => RemovalApproval::File,
            Some(2) => {
                self.fault("removalApproval", FaultKind::NotYet);
                RemovalApproval::None
            }
            _ => RemovalApproval::None,
        }
    }

    /// Those who may agree. Where they are needed there has to be one.
    fn approvers(&mut self, needed: bool) -> Vec<Approver> {
        let Some(list) = self.map.get("approvers").cloned() else {
            if needed {
                self.fault("approvers", FaultKind::Missing);
            }
            return Vec::new();
        };
        let Value::Array(list) = list else {
            self.fault("approvers", FaultKind::NotAList);
            return Vec::new();
        };
        if list.is_empty() && needed {
            self.fault("approvers", FaultKind::NotAList);
        }
        let mut approvers = Vec::new();
        for (index, item) in list.iter().enumerate() {
            match approver(item) {
                Some(approver) => approvers.push(approver),
                None => self.fault(format!("approvers[{index}]"), FaultKind::NotAnApprover),
            }
        }
        approvers
    }

    fn hosts(&mut self) -> Vec<String> {
        let hosts = self.list("hosts").unwrap_or_default();
        for (index, _) in hosts.iter().enumerate().filter(|(_, host)| !is_origin(host)) {
            self.fault(format!("hosts[{index}]"), FaultKind::NotAnOrigin);
        }
        hosts
    }
}

fn approver(item: &Value) -> Option<Approver> {
    let member = |name: &str| Some(item.as_object()?.get(name)?.as_str()?.trim().to_owned());
    let (id, key) = (member("id")?, member("key")?);
    let of_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    let fits = key.starts_with(KEY.0) && key.len() == KEY.1 && key.bytes().all(of_base64);
    (fits && !id.is_empty()).then_some(Approver { id, key })
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
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["en", "es"];

    #[track_caller]
    fn faults(text: &str) -> Vec<(String, FaultKind)> {
        let faults = parse(text, KNOWN).expect_err("this file has faults");
        faults.into_iter().map(|fault| (fault.place, fault.kind)).collect()
    }

    #[test]
    fn a_good_file_is_read() {
        let text = "\u{feff}{\"mode\":\"gateway\",\"api\":\"/v1/\",\"cloud\":\"us-government\",\"languages\":[\"es\"],\"hosts\":[\"https://portal.example:8443\"]}";
        let config = parse(text, KNOWN).expect("this file is right");
        assert_eq!(config.api, "/v1");
        assert_eq!(config.cloud, Cloud::UsGovernment);
        assert_eq!(config.languages, ["es"]);
        assert_eq!(config.hosts, ["https://portal.example:8443"]);
    }

    #[test]
    fn what_is_left_out_has_a_default_where_one_is_safe() {
        let config = parse(r#"{"mode":"gateway","api":"https://gate.example/pc","cloud":"global"}"#, KNOWN);
        let config = config.expect("this file is right");
        assert_eq!(config.languages, KNOWN);
        assert!(config.hosts.is_empty());
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_places() {
        let found = faults(
            r#"{"mode":"magic","api":"//evil.example","cloud":"Mars","languages":["es","xx"],"hosts":["*","http://portal.example"],"apii":1}"#,
        );
        let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["mode", "api", "cloud", "languages[1]", "hosts[0]", "hosts[1]", "apii"]);
    }

    #[test]
    fn who_has_to_agree_is_read_and_checked() {
        let with = |more: &str| {
            parse(&format!(r#"{{"mode":"gateway","api":"/v1","cloud":"global",{more}}}"#), KNOWN)
        };
        let key = format!("{}{}==", KEY.0, "A".repeat(KEY.1 - KEY.0.len() - 2));
        let config = with(&format!(
            r#""removalApproval":"file","approvers":[{{"id":"luz@southgate.example","key":"{key}"}}]"#
        ));
        let config = config.expect("this file is right");
        assert_eq!(config.removal_approval, RemovalApproval::File);
        assert_eq!(config.approvers[0].id, "luz@southgate.example");
        assert_eq!(
            with(r#""removalApproval":"none""#).map(|c| c.removal_approval),
            Ok(RemovalApproval::None)
        );
        for (more, place, kind) in [
            (r#""removalApproval":"host""#.to_owned(), "removalApproval", FaultKind::NotYet),
            (r#""removalApproval":"all""#.to_owned(), "removalApproval", FaultKind::NotOneOf(APPROVALS)),
            (r#""removalApproval":"file""#.to_owned(), "approvers", FaultKind::Missing),
            (r#""removalApproval":"file","approvers":[]"#.to_owned(), "approvers", FaultKind::NotAList),
            (r#""approvers":"x""#.to_owned(), "approvers", FaultKind::NotAList),
            (r#""approvers":[{"id":"x","key":"MFkw"}]"#.to_owned(), "approvers[0]", FaultKind::NotAnApprover),
            (format!(r#""approvers":[{{"key":"{key}"}}]"#), "approvers[0]", FaultKind::NotAnApprover),
        ] {
            let faults = with(&more).expect_err("this file has a fault");
            assert_eq!(faults, [Fault { place: place.to_owned(), kind }], "{more}");
        }
    }

    #[test]
    fn a_file_that_is_not_json_says_where_the_reader_stopped() {
        let found = faults("{\n  \"mode\": gateway\n}");
        assert!(matches!(found[0].1, FaultKind::NotJson { line: 2, .. }), "{found:?}");
        assert_eq!(faults("[]")[0].1, FaultKind::NotAnObject);
        assert!(matches!(faults("<!doctype html>")[0].1, FaultKind::NotJson { line: 1, .. }));
    }

    #[test]
    fn wrong_types_and_missing_settings_are_faults_of_their_setting() {
        let found = faults(r#"{"api":7,"languages":"es","hosts":{}}"#);
        let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["mode", "api", "cloud", "languages", "hosts"]);
    }
}
