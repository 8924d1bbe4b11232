//! Who works here, where the id token is all that tells.

use app_config::Cloud;
use partner_center::{Agent, AgentRole, Partner, PartnerId, PartnerKind, Session};
use sign_in::Claims;

/// The template's id of the role that may do everything in a directory; the same in every tenant.
const GLOBAL_ADMIN: &str = "62e90394-69f5-4237-9190-012177145e10";

/// What an id token tells. It knows roles of the directory, and none of Partner Center's: who administers everything is known to
/// be allowed everything, and of others nothing is known.
pub(crate) fn session_of(claims: &Claims, cloud: Cloud) -> Session {
    let is_admin = claims.directory_roles.iter().flatten().any(|role| role == GLOBAL_ADMIN);
    Session {
        partner: Some(Partner {
            id: PartnerId::parse(&claims.tenant),
            name: String::new(),
            kind: PartnerKind::Unknown,
        }),
        agent: Some(Agent {
            id: Some(claims.person.clone()),
            display_name: claims.name.clone(),
            user_principal_name: claims.user_name.clone(),
        }),
        roles: is_admin.then(|| vec![AgentRole::GlobalAdmin]),
        cloud: Some(cloud.word().to_owned()),
    }
}
