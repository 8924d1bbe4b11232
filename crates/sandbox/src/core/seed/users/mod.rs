//! The users of a customer, those deleted lately among them.

mod make;

use serde_json::{Value, json};

use super::roles::Role;
use crate::core::dates::{self, DAY};

pub use make::of_customer;

/// How long a deleted user is kept and can be restored, in milliseconds.
pub const KEPT: i64 = 30 * DAY;
/// The most users that a customer has, deleted ones aside.
pub const MAX_USERS: u64 = 200;

/// A user.
#[derive(Clone, Debug)]
pub struct User {
    /// Its id.
    pub id: String,
    /// Its sign-in name.
    pub principal_name: String,
    /// First and last name; a mailbox of a department has none.
    pub names: Option<(String, String)>,
    /// What others see.
    pub display_name: String,
    /// Where licences are used, ISO 3166 alpha-2. Without it no licence can be given.
    pub usage_location: Option<&'static str>,
    /// A phone number, where one is known.
    pub phone: Option<String>,
    /// Where the tenant gets its users from.
    pub origin: Origin,
    /// What the user may administer.
    pub roles: Vec<&'static Role>,
    /// When the user was deleted, in milliseconds since the Unix epoch.
    pub deleted_at: Option<i64>,
}

/// Where a tenant gets its users from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// They are made in the cloud.
    Cloud,
    /// They come from a directory of the customer's own.
    Synchronised {
        /// What the other directory calls the user.
        immutable_id: String,
        /// When it was last asked, in milliseconds since the Unix epoch.
        at: i64,
        /// Whether users sign in over there, too.
        federated: bool,
    },
}

impl User {
    /// The user as the service writes it. A password is never part of it.
    pub fn to_json(&self, customer_id: &str) -> Value {
        let mut body = json!({
            "id": self.id,
            "userPrincipalName": self.principal_name,
            "displayName": self.display_name,
            "userDomainType": "none",
            "state": if self.deleted_at.is_some() { "inactive" } else { "active" },
            "links": { "self": {
                "uri": format!("/customers/{customer_id}/users/{}", self.id), "method": "GET", "headers": [],
            } },
            "attributes": { "objectType": "CustomerUser" },
        });
        if let Some((first, last)) = &self.names {
            body["firstName"] = json!(first);
            body["lastName"] = json!(last);
        }
        if let Some(location) = self.usage_location {
            body["usageLocation"] = json!(location);
        }
        if let Some(phone) = &self.phone {
            body["phoneNumber"] = json!(phone);
        }
        if let Some(at) = self.deleted_at {
            body["softDeletionTime"] = json!(dates::seconds(at));
        }
        if let Origin::Synchronised { immutable_id, at, federated } = &self.origin {
            body["immutableId"] = json!(immutable_id);
            body["lastDirectorySyncTime"] = json!(dates::seconds(*at));
            body["userDomainType"] = json!(if *federated { "federated" } else { "managed" });
        }
        body
    }

    /// The user as a member of a role.
    pub fn to_member(&self, role: &Role) -> Value {
        json!({
            "id": self.id,
            "displayName": self.display_name,
            "userPrincipalName": self.principal_name,
            "roleId": role.id,
            "attributes": { "objectType": "UserMember" },
        })
    }

    /// Whether licences can be given to this user.
    pub fn can_hold_licences(&self) -> bool {
        self.deleted_at.is_none() && self.usage_location.is_some()
    }
}
