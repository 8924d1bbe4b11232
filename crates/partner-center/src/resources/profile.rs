//! A customer's two profiles.

use crate::json::resource;

resource! {
    /// Who the customer is, as its tenant says. Nobody can change it through this API.
    pub struct CompanyProfile {
        /// The tenant; the same GUID as the customer's id.
        pub tenant_id: String = "tenantId",
        /// The primary domain.
        pub domain: String = "domain",
        /// The company's name.
        pub company_name: String = "companyName",
        /// The company's address. Only with delegated access.
        pub address: Option<Address> = "address",
        /// The company's mail address. Only with delegated access.
        pub email: Option<String> = "email",
        /// The number under which the company is registered; some countries require it.
        pub organization_registration_number: Option<String> = "organizationRegistrationNumber",
    }
}

resource! {
    /// What bills are made out to, and the contact behind them. It is changed as a whole.
    pub struct BillingProfile {
        /// The profile's own id, not the customer's.
        pub id: String = "id",
        /// The contact's first name.
        pub first_name: Option<String> = "firstName",
        /// The contact's last name.
        pub last_name: Option<String> = "lastName",
        /// The contact's mail address.
        pub email: Option<String> = "email",
        /// The culture for letters and bills: `es-ES`.
        pub culture: Option<String> = "culture",
        /// The language, two letters: `es`.
        pub language: Option<String> = "language",
        /// The company's name on bills.
        pub company_name: String = "companyName",
        /// The address on bills.
        pub default_address: Option<Address> = "defaultAddress",
        /// Holds the version that a change must name.
        pub attributes: Attributes = "attributes",
    }
}

resource! {
    /// A postal address with its contact. Which members are needed depends on the country's rules.
    pub struct Address {
        /// ISO 3166 code, two letters.
        pub country: String = "country",
        /// Region.
        pub region: Option<String> = "region",
        /// City.
        pub city: Option<String> = "city",
        /// State or province.
        pub state: Option<String> = "state",
        /// District.
        pub district: Option<String> = "district",
        /// Street and number, 1 to 200 characters.
        pub address_line1: Option<String> = "addressLine1",
        /// Second line, at most 200 characters.
        pub address_line2: Option<String> = "addressLine2",
        /// Third line.
        pub address_line3: Option<String> = "addressLine3",
        /// Postal code.
        pub postal_code: Option<String> = "postalCode",
        /// The contact's first name, at most 50 characters.
        pub first_name: Option<String> = "firstName",
        /// The contact's last name, at most 50 characters.
        pub last_name: Option<String> = "lastName",
        /// The contact's middle name.
        pub middle_name: Option<String> = "middleName",
        /// The contact's mail address.
        pub email_address: Option<String> = "emailAddress",
        /// The contact's telephone number.
        pub phone_number: Option<String> = "phoneNumber",
    }
}

resource! {
    /// What the service notes about a resource.
    pub struct Attributes {
        /// The version of the resource, opaque: base64, signed decimal numbers and the empty text were seen.
        /// It is short-lived and not to be stored.
        pub etag: Option<String> = "etag",
    }
}
