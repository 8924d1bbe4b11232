//! Who may do what in Partner Center. The service judges in the end; this is so that nobody fills in a form in vain.

use partner_center::AgentRole::{self, AdminAgent, GlobalAdmin, SalesAgent, Unknown, UserAdmin};

use crate::Work;

/// The roles that a work needs one of; empty where every agent may do it. Removing needs an Admin or a Sales agent today and a global
/// administrator before; users are made by whoever administers users, or the customer by delegation.
fn needed(work: Work) -> &'static [AgentRole] {
    match work {
        Work::Read => &[],
        Work::Change | Work::Agree => &[GlobalAdmin, AdminAgent, SalesAgent, UserAdmin],
        Work::Remove | Work::Ask => &[GlobalAdmin, AdminAgent, SalesAgent],
        Work::Switch => &[GlobalAdmin, AdminAgent],
        Work::Import | Work::License => &[GlobalAdmin, AdminAgent, UserAdmin],
    }
}

/// Whether somebody with these roles may do a work. Where the roles are not known, or one of them is not, nothing is refused.
pub fn may(work: Work, roles: Option<&[AgentRole]>) -> bool {
    let needed = needed(work);
    needed.is_empty()
        || roles.is_none_or(|roles| roles.iter().any(|role| *role == Unknown || needed.contains(role)))
}

#[cfg(test)]
mod tests {
    use partner_center::AgentRole::{BillingAdmin, HelpdeskAgent};

    use super::*;

    const ALL: [Work; 6] = [Work::Read, Work::Change, Work::Remove, Work::Ask, Work::Switch, Work::Import];

    #[test]
    fn each_role_may_what_it_may() {
        for (role, allowed) in [
            (GlobalAdmin, [true; 6]),
            (AdminAgent, [true; 6]),
            (SalesAgent, [true, true, true, true, false, false]),
            (UserAdmin, [true, true, false, false, false, true]),
            (HelpdeskAgent, [true, false, false, false, false, false]),
            (BillingAdmin, [true, false, false, false, false, false]),
        ] {
            assert_eq!(ALL.map(|work| may(work, Some(&[role]))), allowed, "{role:?}");
        }
        assert!(may(Work::Switch, Some(&[SalesAgent, AdminAgent])));
    }

    #[test]
    fn what_is_not_known_refuses_nothing_and_no_role_at_all_does() {
        for work in ALL {
            assert!(may(work, None) && may(work, Some(&[Unknown])));
            assert_eq!(may(work, Some(&[])), work == Work::Read);
        }
    }
}
