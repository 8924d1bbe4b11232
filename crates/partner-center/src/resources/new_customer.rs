//! A customer that does not exist yet, and what the service answers when it does.

use std::fmt;

use json_value::{Map, Value};

use super::{BillingDocument, CompanyProfile, RelationshipToPartner};
use crate::{
    CustomerId,
    json::{FromJson, resource},
};

/// What a customer is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewCustomer {
    /// The whole domain, `contoso.onmicrosoft.com`. No two customers share one, whoever's they are.
    pub domain: String,
    /// The number under which the company is registered, where its country has it; empty otherwise: the service refuses it
    /// in other countries (code 600002).
    pub registration: String,
    /// Name, address, contact and language.
    pub billing: BillingDocument,
    /// The MPN ID of the indirect reseller that it comes through; empty for none.
    pub reseller: String,
}

impl NewCustomer {
    /// The body of the call. Members without a value are left out: the service was seen to refuse empty ones (`region`).
    pub(crate) fn print(&self) -> String {
        let mut company = Map::default();
        let mut customer = Map::default();
        put(&mut company, "domain", &self.domain);
        put(&mut company, "organizationRegistrationNumber", &self.registration);
        customer.set("companyProfile", Some(Value::Object(company)));
        customer.set("billingProfile", Some(self.billing.value()));
        put(&mut customer, "associatedPartnerId", &self.reseller);
        Value::Object(customer).print()
    }
}

fn put(object: &mut Map, name: &str, text: &str) {
    object.set(name, (!text.is_empty()).then(|| text.into()));
}

resource! {
    /// A customer that has just been made.
    pub struct CreatedCustomer {
        /// The customer's Microsoft ID.
        pub id: CustomerId = "id",
        /// Name, domain and tenant.
        pub company_profile: CompanyProfile = "companyProfile",
        /// What the partner is to the customer. The service was seen to answer `none` here for a direct partner.
        pub relationship_to_partner: RelationshipToPartner = "relationshipToPartner",
        /// How the tenant's first administrator signs in. In this answer and in no other.
        pub user_credentials: Option<Credentials> = "userCredentials",
    }
}

resource! {
    /// How a tenant's first administrator signs in.
    pub struct Credentials {
        /// The name before the `@`: `admin`.
        pub user_name: String = "userName",
        /// The password, to be changed at the first sign-in.
        pub password: Secret = "password",
    }
}

/// A text that no log and no panic may show.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl FromJson for Secret {
    fn from_json(value: &Value) -> Option<Self> {
        String::from_json(value).map(Self)
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_value_is_left_out() {
        let mut billing = BillingDocument::default();
        billing.set("companyName", "Ruiz \"e hijos\"");
        billing.set("defaultAddress.country", "ES");
        billing.set("defaultAddress.state", "");
        let customer =
            NewCustomer { domain: "ruiz.onmicrosoft.com".to_owned(), billing, ..NewCustomer::default() };
        assert_eq!(
            customer.print(),
            r#"{"companyProfile":{"domain":"ruiz.onmicrosoft.com"},"billingProfile":{"companyName":"Ruiz \"e hijos\"","defaultAddress":{"country":"ES"}}}"#
        );
        let customer =
            NewCustomer { registration: "1".to_owned(), reseller: "700001".to_owned(), ..customer };
        let printed = customer.print();
        assert!(printed.contains(r#""organizationRegistrationNumber":"1"}"#));
        assert!(printed.ends_with(r#","associatedPartnerId":"700001"}"#));
    }

    #[test]
    fn a_password_is_in_no_debug_text() {
        let answer = br#"{"id":"7c1f","userCredentials":{"userName":"admin","password":"0Krha*Io"}}"#;
        let created = CreatedCustomer::from_json(&json_value::parse(answer).unwrap()).unwrap();
        assert!(!format!("{created:?}").contains("0Krha"));
        assert_eq!(created.user_credentials.unwrap().password.reveal(), "0Krha*Io");
    }
}
