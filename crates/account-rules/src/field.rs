//! The fields of a customer's account, as forms and the service name them.

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The company's name on bills, which the list shows.
    CompanyName,
    /// The number under which the company is registered.
    Registration,
    /// The first part of the domain below `onmicrosoft.com`.
    Domain,
    /// The country, two letters.
    Country,
    /// Street and number.
    AddressLine1,
    /// More of the address.
    AddressLine2,
    /// City.
    City,
    /// State or province.
    State,
    /// Postal code.
    PostalCode,
    /// The contact's first name.
    FirstName,
    /// The contact's last name.
    LastName,
    /// The contact's mail address.
    Email,
    /// The contact's telephone number.
    Phone,
    /// The language of letters and bills.
    Language,
    /// How letters and bills write dates and figures.
    Culture,
}

impl Field {
    /// Those that the address check looks at.
    pub const ADDRESS: [Self; 6] =
        [Self::Country, Self::AddressLine1, Self::AddressLine2, Self::City, Self::State, Self::PostalCode];

    /// All, in the order of a form.
    pub const ALL: [Self; 15] = [
        Self::CompanyName,
        Self::Registration,
        Self::Domain,
        Self::Country,
        Self::AddressLine1,
        Self::AddressLine2,
        Self::City,
        Self::State,
        Self::PostalCode,
        Self::FirstName,
        Self::LastName,
        Self::Email,
        Self::Phone,
        Self::Language,
        Self::Culture,
    ];

    /// Where it is in the billing profile; the company profile for the second and the third.
    pub fn path(self) -> &'static str {
        match self {
            Self::CompanyName => "companyName",
            Self::Registration => "organizationRegistrationNumber",
            Self::Domain => "domain",
            Self::Country => "defaultAddress.country",
            Self::AddressLine1 => "defaultAddress.addressLine1",
            Self::AddressLine2 => "defaultAddress.addressLine2",
            Self::City => "defaultAddress.city",
            Self::State => "defaultAddress.state",
            Self::PostalCode => "defaultAddress.postalCode",
            Self::FirstName => "firstName",
            Self::LastName => "lastName",
            Self::Email => "email",
            Self::Phone => "defaultAddress.phoneNumber",
            Self::Language => "language",
            Self::Culture => "culture",
        }
    }

    /// Where the billing profile holds it a second time: its contact is in the address too.
    pub fn twin_path(self) -> Option<&'static str> {
        match self {
            Self::FirstName => Some("defaultAddress.firstName"),
            Self::LastName => Some("defaultAddress.lastName"),
            _ => None,
        }
    }

    /// Whether it is part of the billing profile, which alone can be changed later.
    pub fn is_of_profile(self) -> bool {
        !matches!(self, Self::Registration | Self::Domain)
    }

    /// The field that the service means, whatever stands before it and in whatever case: `State`,
    /// `billingProfile.defaultAddress.postalCode`.
    pub fn of_service(name: &str) -> Option<Self> {
        let last = name.rsplit(['.', '/']).next()?;
        Self::ALL
            .into_iter()
            .find(|field| field.path().rsplit('.').next().is_some_and(|own| own.eq_ignore_ascii_case(last)))
    }

    /// The most characters that the service takes.
    pub fn longest(self) -> usize {
        match self {
            Self::AddressLine1 | Self::AddressLine2 => 200,
            Self::FirstName | Self::LastName => 50,
            Self::Domain => 27,
            _ => 256,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_names_lead_to_the_field() {
        for (name, field) in [
            ("State", Some(Field::State)),
            ("billingProfile.defaultAddress.PostalCode", Some(Field::PostalCode)),
            ("companyProfile.domain", Some(Field::Domain)),
            ("COMPANYNAME", Some(Field::CompanyName)),
            ("phoneNumber", Some(Field::Phone)),
            ("whatever", None),
            ("", None),
        ] {
            assert_eq!(Field::of_service(name), field, "{name}");
        }
    }
}
