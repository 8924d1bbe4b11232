//! Who works here, in words: in the top bar, and in what is taken along.

use partner_center::{AgentRole, PartnerKind};

use crate::i18n::t;
use crate::state::root;

/// How a partner sells, in words; `None` where that is not known.
pub(crate) fn kind_name(kind: PartnerKind) -> Option<&'static str> {
    match kind {
        PartnerKind::Direct => Some(t::who::direct()),
        PartnerKind::IndirectProvider => Some(t::who::provider()),
        PartnerKind::IndirectReseller => Some(t::who::reseller()),
        PartnerKind::Unknown => None,
    }
}

/// Roles in words.
pub(crate) fn role_names(roles: &[AgentRole]) -> String {
    if roles.is_empty() {
        return t::who::none().to_owned();
    }
    let names: Vec<&str> = roles
        .iter()
        .map(|role| match role {
            AgentRole::AdminAgent => t::who::admin_agent(),
            AgentRole::SalesAgent => t::who::sales_agent(),
            AgentRole::HelpdeskAgent => t::who::helpdesk_agent(),
            AgentRole::GlobalAdmin => t::who::global_admin(),
            AgentRole::BillingAdmin => t::who::billing_admin(),
            AgentRole::UserAdmin => t::who::user_admin(),
            AgentRole::Unknown => t::who::unknown(),
        })
        .collect();
    names.join(", ")
}

/// Who takes a file along. What is not known is empty here.
pub(super) struct Exporter {
    /// The name that the agent signs in with.
    pub agent: String,
    pub partner: String,
    pub kind: PartnerKind,
    pub roles: Option<Vec<AgentRole>>,
}

impl Exporter {
    /// Whoever works here now.
    pub(super) fn now() -> Self {
        root().session.peek(|session| {
            let session = session.as_ref();
            let partner = session.and_then(|all| all.partner.as_ref());
            // An id token knows no name of the partner, but its id.
            let name = |of: &partner_center::Partner| match &of.id {
                Some(id) if of.name.is_empty() => id.as_str().to_owned(),
                _ => of.name.clone(),
            };
            Self {
                agent: session
                    .and_then(|all| Some(all.agent.as_ref()?.user_principal_name.clone()))
                    .unwrap_or_default(),
                partner: partner.map(name).unwrap_or_default(),
                kind: partner.map_or(PartnerKind::Unknown, |partner| partner.kind),
                roles: session.and_then(|all| all.roles.clone()),
            }
        })
    }

    /// The roles for programs, in the service's words.
    pub(super) fn role_words(&self) -> String {
        let all: Vec<&str> = self.roles.iter().flatten().map(|role| role.as_str()).collect();
        if self.roles.is_none() { "unknown".to_owned() } else { all.join(",") }
    }
}
