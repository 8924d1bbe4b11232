//! Who has to agree before something is done that cannot be undone.

use json_value::Value;

use crate::FaultKind;
use crate::reader::Reader;

/// Who has to agree before a reseller relationship is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovalApproval {
    /// Nobody but who does it.
    None,
    /// A second person, who signs a file.
    File,
    /// Whoever the portal asks, that holds the application in a frame.
    Host,
}

/// Somebody who may agree to a removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approver {
    /// The name that this person signs in with. Nobody agrees to what is his own.
    pub id: String,
    /// The public key: ECDSA on P-256, as a `SubjectPublicKeyInfo` in base64.
    pub key: String,
}

pub(crate) const APPROVALS: &[&str] = &["none", "file", "host"];
/// How every public key on P-256 begins in base64, and how long it is.
pub(crate) const KEY: (&str, usize) = ("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE", 124);

impl Reader {
    pub(crate) fn removal_approval(&mut self) -> RemovalApproval {
        if self.map.get("removalApproval").is_none() {
            return RemovalApproval::None;
        }
        match self.one_of("removalApproval", APPROVALS) {
            Some(1) => RemovalApproval::File,
            Some(2) => RemovalApproval::Host,
            _ => RemovalApproval::None,
        }
    }

    /// Those who may agree. Where they are needed there has to be one.
    pub(crate) fn approvers(&mut self, needed: bool) -> Vec<Approver> {
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
}

fn approver(item: &Value) -> Option<Approver> {
    let member = |name: &str| Some(item.as_object()?.get(name)?.as_str()?.trim().to_owned());
    let (id, key) = (member("id")?, member("key")?);
    let of_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    let fits = key.starts_with(KEY.0) && key.len() == KEY.1 && key.bytes().all(of_base64);
    (fits && !id.is_empty()).then_some(Approver { id, key })
}
