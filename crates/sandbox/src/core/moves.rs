//! Switches for what moves a customer: changes of subscriptions, removal, transfers.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::error::ApiError;
use super::routes::{is_transfer, transfers::refusal};
use super::wire::Request;

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
    /// Whether a second request for the same, made while one is open, is refused.
    pub(super) single_requests: bool,
    /// Codes that the next writes of transfers are refused with.
    transfer_refusals: VecDeque<u32>,
    /// Lines of transfers that fail while they stand here: the ids of subscriptions, or `*`.
    transfer_failures: Vec<String>,
}

impl Default for Moves {
    fn default() -> Self {
        Self {
            slow_changes_ms: 0,
            integration_sandbox: false,
            roles: vec!["GlobalAdmin", "AdminAgent", "SalesAgent"],
            single_requests: false,
            transfer_refusals: VecDeque::new(),
            transfer_failures: Vec::new(),
        }
    }
}

impl Moves {
    /// Every switch with its value.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "slow_changes": self.slow_changes_ms, "integration_sandbox": self.integration_sandbox,
            "roles": self.roles, "single_requests": self.single_requests, "transfer_refusals": self.transfer_refusals,
            "transfer_failures": self.transfer_failures,
        })
    }

    /// Sets a switch. `None` when the value cannot be used, `Some(false)` when there is no such switch.
    pub(super) fn set(&mut self, name: &str, value: &Value) -> Option<bool> {
        match name {
            "slow_changes" => self.slow_changes_ms = value.as_u64().and_then(|ms| i64::try_from(ms).ok())?,
            "single_requests" => self.single_requests = value.as_bool()?,
            "integration_sandbox" => self.integration_sandbox = value.as_bool()?,
            "roles" => {
                let role = |name: &Value| ROLES.iter().find(|role| name == **role).copied();
                self.roles = value.as_array()?.iter().map(role).collect::<Option<_>>()?;
            }
            "transfer_refusals" => {
                let code = |code: &Value| code.as_u64().and_then(|code| u32::try_from(code).ok());
                let codes: VecDeque<u32> = value.as_array()?.iter().map(code).collect::<Option<_>>()?;
                self.transfer_refusals =
                    Some(codes).filter(|codes| codes.iter().all(|code| refusal(*code).is_some()))?;
            }
            "transfer_failures" => {
                let id = |id: &Value| id.as_str().map(str::to_ascii_lowercase);
                self.transfer_failures = value.as_array()?.iter().map(id).collect::<Option<_>>()?;
            }
            _ => return Some(false),
        }
        Some(true)
    }

    /// The refusal that a request is to meet, if it is a write of a transfer. It is met once.
    pub(super) fn refusal(&mut self, request: &Request) -> Option<ApiError> {
        if self.transfer_refusals.is_empty() || !request.method.writes() || !is_transfer(request) {
            return None;
        }
        self.transfer_refusals.pop_front().and_then(refusal)
    }

    /// Whether the line of this subscription fails now.
    pub(super) fn transfer_fails(&self, id: &str) -> bool {
        self.transfer_failures.iter().any(|failing| failing == "*" || failing.eq_ignore_ascii_case(id))
    }

    /// Whether the agent has one of these roles.
    pub(super) fn allow(&self, roles: &[&str]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }
}
