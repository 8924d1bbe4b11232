//! Users of a customer's directory. Only in the name of a person, and not in every cloud.

use crate::{
    Timestamp, UserId,
    json::{resource, wire_enum},
    uri::{Query, filter},
};

/// The largest page of users.
pub const MAX_USER_PAGE: u16 = 500;

/// For how many days a deleted user can be restored. After them it is gone from the list of deleted users too.
pub const DELETED_USER_DAYS_KEPT: u16 = 30;

resource! {
    /// A user. It has no password: the service tells one only in answer to a write, and it is not to be kept.
    pub struct User {
        /// The user's object id.
        pub id: UserId = "id",
        /// The name to sign in with.
        pub user_principal_name: String = "userPrincipalName",
        /// First name.
        pub first_name: Option<String> = "firstName",
        /// Last name.
        pub last_name: Option<String> = "lastName",
        /// The name that others see.
        pub display_name: String = "displayName",
        /// The country that the user works in, ISO 3166, two letters. Without one the user cannot be given licences;
        /// a directory's first administrator has none.
        pub usage_location: Option<String> = "usageLocation",
        /// Telephone number.
        pub phone_number: Option<String> = "phoneNumber",
        /// The id in the customer's own directory, for users that come from there.
        pub immutable_id: Option<String> = "immutableId",
        /// When the user last came over from the customer's own directory.
        pub last_directory_sync_time: Option<Timestamp> = "lastDirectorySyncTime",
        /// Who checks the user's password.
        pub user_domain_type: UserDomainType = "userDomainType",
        /// Whether the user is deleted.
        pub state: UserState = "state",
        /// When the user was deleted. See [`DELETED_USER_DAYS_KEPT`].
        pub soft_deletion_time: Option<Timestamp> = "softDeletionTime",
    }
}

wire_enum! {
    /// Whether a user is deleted.
    pub enum UserState {
        /// In use.
        Active = "active",
        /// Deleted, and can be restored.
        Inactive = "inactive",
    }
}

wire_enum! {
    /// Who checks the passwords of a user's domain.
    pub enum UserDomainType {
        /// Not said.
        None = "none",
        /// Microsoft.
        Managed = "managed",
        /// The customer's own servers. Users of such a domain cannot be created here.
        Federated = "federated",
    }
}

/// Which users, how many to a page, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserQuery {
    /// Users to a page, 1 to [`MAX_USER_PAGE`]; the client stays within these bounds.
    pub page_size: u16,
    /// Deleted users in place of those in use: the service never lists both.
    pub deleted: bool,
    /// The order of display names; `None` leaves the order to the service.
    pub sort: Option<SortDirection>,
}

/// Which way a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    /// From A to Z.
    Ascending,
    /// From Z to A.
    Descending,
}

impl Default for UserQuery {
    fn default() -> Self {
        Self { page_size: MAX_USER_PAGE, deleted: false, sort: None }
    }
}

impl UserQuery {
    /// Path and query of the first page, for a customer's path of users.
    pub(crate) fn path(&self, users: &str) -> String {
        let direction = self.sort.map(|direction| match direction {
            SortDirection::Ascending => "Ascending",
            SortDirection::Descending => "Descending",
        });
        let deleted = self.deleted.then(|| filter("UserState", "Inactive", "equals"));
        Query::new(users)
            .with("size", Some(&self.page_size.clamp(1, MAX_USER_PAGE).to_string()))
            .with("filter", deleted.as_deref())
            .with("sortField", direction.map(|_| "DisplayName"))
            .with("sortDirection", direction)
            .build()
    }
}
