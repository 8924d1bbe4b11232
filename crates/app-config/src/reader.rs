//! Reads one setting after the other, and notes what is wrong with it.

use json_value::{Map, Value};

use crate::{Fault, FaultKind};

pub(crate) struct Reader {
    pub(crate) map: Map,
    pub(crate) faults: Vec<Fault>,
}

impl Reader {
    pub(crate) fn fault(&mut self, place: impl Into<String>, kind: FaultKind) {
        self.faults.push(Fault { place: place.into(), kind });
    }

    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        match self.map.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => Some(String::new()),
            None => {
                self.fault(name, FaultKind::Missing);
                None
            }
        }
    }

    pub(crate) fn one_of(&mut self, name: &'static str, allowed: &'static [&'static str]) -> Option<usize> {
        let text = self.text(name)?;
        let index = allowed.iter().position(|word| *word == text);
        if index.is_none() {
            self.fault(name, FaultKind::NotOneOf(allowed));
        }
        index
    }

    pub(crate) fn address(&mut self, name: &'static str) -> Option<String> {
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

    pub(crate) fn languages(&mut self, known: &'static [&'static str]) -> Vec<String> {
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

    pub(crate) fn yes_or_no(&mut self, name: &'static str, otherwise: bool) -> bool {
        match self.map.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.fault(name, FaultKind::NotYesOrNo);
                otherwise
            }
            None => otherwise,
        }
    }

    pub(crate) fn hosts(&mut self) -> Vec<String> {
        let hosts = self.list("hosts").unwrap_or_default();
        for (index, _) in hosts.iter().enumerate().filter(|(_, host)| !is_origin(host)) {
            self.fault(format!("hosts[{index}]"), FaultKind::NotAnOrigin);
        }
        hosts
    }
}

/// `https://host[:port]`, or `http` for a loopback host, which is how one develops.
pub(crate) fn is_origin(text: &str) -> bool {
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

/// Whether an address is on this machine.
pub(crate) fn is_loopback(address: &str) -> bool {
    let host = address.split("://").nth(1).unwrap_or_default();
    matches!(host.split([':', '/']).next(), Some("localhost" | "127.0.0.1"))
}
