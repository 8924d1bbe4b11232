//! The billing profile as it is sent back: whole, with every member that came, known or not.

use json_value::{Map, Value};

use super::BillingProfile;
use crate::json::{FromJson, find};

/// A billing profile that can be changed. The service replaces the whole profile, so what this client does not know has
/// to go back as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BillingDocument(Map);

impl FromJson for BillingDocument {
    fn from_json(value: &Value) -> Option<Self> {
        value.as_object().cloned().map(Self)
    }
}

impl BillingDocument {
    /// The text of a member, `companyName` or `defaultAddress.city`; empty where there is none.
    pub fn text(&self, path: &str) -> &str {
        let (object, name) = match path.split_once('.') {
            Some((outer, name)) => (find(&self.0, outer).and_then(Value::as_object), name),
            None => (Some(&self.0), path),
        };
        object.and_then(|object| find(object, name)).and_then(Value::as_str).unwrap_or_default()
    }

    /// Changes the text of a member; an empty one takes the member away, since the service refuses empty texts in places.
    pub fn set(&mut self, path: &str, text: &str) {
        let value = (!text.is_empty()).then(|| Value::from(text));
        let Some((outer, name)) = path.split_once('.') else { return self.0.set(path, value) };
        if !matches!(self.0.get_mut(outer), Some(Value::Object(_))) {
            self.0.set(outer, Some(Value::Object(Map::default())));
        }
        if let Some(Value::Object(object)) = self.0.get_mut(outer) {
            object.set(name, value);
        }
    }

    /// The version that a change must name.
    pub fn etag(&self) -> &str {
        self.text("attributes.etag")
    }

    /// The profile with its types.
    pub fn profile(&self) -> Option<BillingProfile> {
        BillingProfile::from_json(&self.value())
    }

    pub(crate) fn value(&self) -> Value {
        Value::Object(self.0.clone())
    }

    pub(crate) fn print(&self) -> String {
        self.value().print()
    }

    /// Its address alone, with what the address check asks for.
    pub(crate) fn print_address(&self) -> String {
        let mut address = Map::default();
        for name in ["addressLine1", "addressLine2", "city", "state", "postalCode", "country"] {
            let text = self.text(&["defaultAddress.", name].concat()).trim();
            address.set(name, (!text.is_empty()).then(|| text.into()));
        }
        Value::Object(address).print()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> BillingDocument {
        let text = br#"{"CompanyName":"A","later":{"x":[1]},"defaultAddress":{"city":"B"},"attributes":{"etag":"7"}}"#;
        json_value::parse(text).ok().as_ref().and_then(BillingDocument::from_json).unwrap()
    }

    #[test]
    fn what_is_not_known_goes_back_as_it_came() {
        let mut document = document();
        document.set("companyName", "C");
        document.set("defaultAddress.city", "");
        document.set("defaultAddress.state", "D");
        assert_eq!(document.etag(), "7");
        assert_eq!(
            document.print(),
            r#"{"CompanyName":"C","later":{"x":[1]},"defaultAddress":{"state":"D"},"attributes":{"etag":"7"}}"#
        );
    }

    #[test]
    fn an_address_that_was_not_there_is_made() {
        let mut document = BillingDocument(Map::default());
        document.set("defaultAddress.city", "B");
        assert_eq!(document.text("defaultAddress.city"), "B");
        assert_eq!(document.text("firstName"), "");
    }
}
