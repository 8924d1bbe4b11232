//! What a column can mean.

/// What a column can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The name to sign in with: `ana@contoso.com`, or its part before the `@`.
    SignIn,
    /// The domain of the sign-in name, where that has a column of its own.
    Domain,
    /// The name that is shown.
    DisplayName,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// First and last name in one, to be split.
    FullName,
    /// The first password.
    Password,
    /// Where licences are used, an ISO code.
    Location,
    /// Licences to assign: names or ids, with `;`, `+` or a line break between them.
    Licences,
    /// Roles of the directory, likewise.
    Roles,
    /// The customer, by domain or Microsoft ID.
    Customer,
    /// Job title.
    JobTitle,
    /// Department.
    Department,
    /// Office.
    Office,
    /// Telephone at work.
    OfficePhone,
    /// Mobile telephone.
    MobilePhone,
    /// Fax.
    Fax,
    /// Another mail address.
    AlternateEmail,
    /// The mail nickname, which is the local part of a sign-in name where that has no column.
    Nickname,
    /// Street and number.
    Street,
    /// City.
    City,
    /// State or province.
    State,
    /// Postal code.
    PostalCode,
    /// Country of the address; the location where that has no column.
    Country,
    /// Whether sign-in is blocked, which cannot be asked for when a user is created.
    BlockSignIn,
    /// The column in which Partner Center writes its results.
    Status,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::SignIn,
        Self::Domain,
        Self::DisplayName,
        Self::FirstName,
        Self::LastName,
        Self::FullName,
        Self::Password,
        Self::Location,
        Self::Licences,
        Self::Roles,
        Self::Customer,
        Self::JobTitle,
        Self::Department,
        Self::Office,
        Self::OfficePhone,
        Self::MobilePhone,
        Self::Fax,
        Self::AlternateEmail,
        Self::Nickname,
        Self::Street,
        Self::City,
        Self::State,
        Self::PostalCode,
        Self::Country,
        Self::BlockSignIn,
        Self::Status,
    ];

    /// Its name, for texts, machines and what is remembered.
    pub fn key(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in_name",
            Self::Domain => "domain",
            Self::DisplayName => "display_name",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::FullName => "full_name",
            Self::Password => "password",
            Self::Location => "location",
            Self::Licences => "licences",
            Self::Roles => "roles",
            Self::Customer => "customer",
            Self::JobTitle => "job_title",
            Self::Department => "department",
            Self::Office => "office",
            Self::OfficePhone => "office_phone",
            Self::MobilePhone => "mobile_phone",
            Self::Fax => "fax",
            Self::AlternateEmail => "alternate_email",
            Self::Nickname => "nickname",
            Self::Street => "street",
            Self::City => "city",
            Self::State => "state",
            Self::PostalCode => "postal_code",
            Self::Country => "country",
            Self::BlockSignIn => "block_sign_in",
            Self::Status => "status",
        }
    }

    /// The field of this key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// The most characters. Sources: contract.md §1.6 (50 for names, which is a warning here), Microsoft's documented
    /// properties of a user for the rest. The service does not take all of them when a user is created; they are checked
    /// nevertheless, since they may be entered elsewhere.
    pub fn longest(self) -> usize {
        match self {
            Self::FirstName
            | Self::LastName
            | Self::Department
            | Self::OfficePhone
            | Self::MobilePhone
            | Self::Fax
            | Self::Nickname => 64,
            Self::JobTitle | Self::Office | Self::City | Self::State | Self::Country => 128,
            Self::PostalCode => 40,
            Self::Street | Self::Licences | Self::Roles => 1024,
            _ => 256,
        }
    }

    /// Whether it reaches the service when a user is created (contract.md §2.9), or decides what does.
    pub fn is_sent(self) -> bool {
        matches!(
            self,
            Self::SignIn
                | Self::Domain
                | Self::DisplayName
                | Self::FirstName
                | Self::LastName
                | Self::FullName
                | Self::Password
                | Self::Location
                | Self::Licences
                | Self::Roles
                | Self::Customer
        )
    }
}
