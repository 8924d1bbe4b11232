//! Switches for what moves a customer: changes of subscriptions, removal, transfers.

use serde_json::{Value, json};

/// The roles that an agent can have in Partner Center.
const ROLES: [&str; 6] =
    ["GlobalAdmin", "AdminAgent", "SalesAgent", "HelpdeskAgent", "UserManagementAdmin", "BillingAdmin"];

/// Their state.
#[derive(Clone, Debug)]
pub(super) struct Moves {
    /// Milliseconds that the change of a subscription takes. More than none has it answered with 202.
    pub(super) slow_changes_ms: i64,
    /// Whether customers can be deleted with their tenant.
    pub(super) integration_sandbox: bool,
    /// The roles of the agent who is signed in.
    pub(super) roles: Vec<&'static str>,
}

impl Default for Moves {
    fn default() -> Self {
        Self {
            slow_changes_ms: 0,
            integration_sandbox: false,
            roles: vec!["GlobalAdmin", "AdminAgent", "SalesAgent"],
        }
    }
}

impl Moves {
    /// Every switch with its value.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "slow_changes": self.slow_changes_ms, "integration_sandbox": self.integration_sandbox,
            "roles": self.roles,
        })
    }

    /// Sets a switch. `None` when the value cannot be used, `Some(false)` when there is no such switch.
    pub(super) fn set(&mut self, name: &str, value: &Value) -> Option<bool> {
        match name {
            "slow_changes" => self.slow_changes_ms = value.as_u64().and_then(|ms| i64::try_from(ms).ok())?,
            "integration_sandbox" => self.integration_sandbox = value.as_bool()?,
            "roles" => {
                let role = |name: &Value| ROLES.iter().find(|role| name == **role).copied();
                self.roles = value.as_array()?.iter().map(role).collect::<Option<_>>()?;
            }
            _ => return Some(false),
        }
        Some(true)
    }

    /// Whether the agent has one of these roles.
    pub(super) fn allow(&self, roles: &[&str]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }
}
