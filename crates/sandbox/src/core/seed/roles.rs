//! Directory roles that users of a customer can have.

use serde_json::{Value, json};

use crate::core::clock::SeededRandom;

/// A directory role.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id: the public template of the role, the same in every tenant.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Out of a thousand users, how many have it. A tenant's first administrator has the first role instead.
    pub per_mille: u64,
}

/// All of them, the global administrator first.
pub const ROLES: &[Role] = &[
    role("62e90394-69f5-4237-9190-012177145e10", "Global Administrator", 15),
    role("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", 30),
    role("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator", 25),
    role("4d6ac14f-3453-41d0-bef9-a3e0c569773a", "License Administrator", 15),
    role("b0f54661-2d74-4c50-afa3-1ec803f12efe", "Billing Administrator", 15),
    role("f023fd81-a637-4b56-95fd-791ac0226033", "Service Support Administrator", 10),
];

const fn role(id: &'static str, name: &'static str, per_mille: u64) -> Role {
    Role { id, name, per_mille }
}

/// The role with this id, in any case.
pub fn by_id(id: &str) -> Option<&'static Role> {
    ROLES.iter().find(|role| role.id.eq_ignore_ascii_case(id))
}

/// The role of a user, who mostly has none.
pub(super) fn draw(random: &mut SeededRandom) -> Option<&'static Role> {
    let mut left = random.below(1000);
    for role in ROLES {
        left = match left.checked_sub(role.per_mille) {
            Some(rest) => rest,
            None => return Some(role),
        };
    }
    None
}

impl Role {
    /// The role as the service writes it.
    pub fn to_json(&self) -> Value {
        json!({ "id": self.id, "name": self.name, "attributes": { "objectType": "DirectoryRole" } })
    }
}
