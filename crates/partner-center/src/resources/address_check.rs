//! What Microsoft's address check makes of an address, in both forms that the service has answered in.
//!
//! Today it answers 200 with a status and suggestions. In 2017 and 2018 it answered 200 without a body for a good
//! address, and 400 with code 2007 for another one, whose description is a JSON text.

use json_value::Value;

use super::Address;
use crate::json::{FromJson, find, parse, resource, wire_enum};

/// The code of 2018 for an address that does not hold.
pub(crate) const ADDRESS_REFUSED: u32 = 2007;

resource! {
    /// What the check says.
    pub struct AddressVerdict {
        /// How good the address is.
        pub status: AddressStatus = "status",
        /// Addresses that may be meant, at most three.
        pub suggestions: Vec<Address> = "suggestedAddresses",
    }
}

wire_enum! {
    /// How good an address is.
    pub enum AddressStatus {
        /// It exists, and parcels arrive there.
        VerifiedShippable = "VerifiedShippable",
        /// It exists.
        Verified = "Verified",
        /// It is understood, in another spelling: a person has to say whether that is meant.
        InteractionRequired = "InteractionRequired",
        /// The street is known, not the number.
        StreetPartial = "StreetPartial",
        /// The house is known, not the part of it.
        PremisesPartial = "PremisesPartial",
        /// Several addresses could be meant.
        Multiple = "Multiple",
        /// No such address is known.
        None = "None",
        /// It was not checked.
        NotValidated = "NotValidated",
    }
}

impl AddressVerdict {
    /// A good address, as 2018's answer without a body says it.
    pub(crate) fn verified() -> Self {
        Self { status: AddressStatus::Verified, suggestions: Vec::new() }
    }

    /// What 2018's refusal says, from its description.
    pub(crate) fn of_2018(description: &str) -> Self {
        let corrected = parse(description.as_bytes()).ok().and_then(|value| {
            let object = value.as_object()?;
            let address = find(object, "corrected_address").or_else(|| find(object, "correctedAddress"))?;
            snake_or_camel(address)
        });
        match corrected {
            Some(address) => Self { status: AddressStatus::InteractionRequired, suggestions: vec![address] },
            None => Self { status: AddressStatus::None, suggestions: Vec::new() },
        }
    }
}

/// An address whose members are called `address_line1` or `addressLine1`.
fn snake_or_camel(value: &Value) -> Option<Address> {
    let mut object = value.as_object()?.clone();
    for name in ["address_line1", "address_line2", "address_line3", "postal_code"] {
        if let Some(text) = object.get(name).cloned() {
            object.set(&name.replace('_', ""), Some(text));
        }
    }
    Address::from_json(&Value::Object(object))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_of_2018_may_hold_a_better_address() {
        for text in [
            r#"{"code":60071,"reason":"x","corrected_address":{"address_line1":"Calle Mayor 12","city":"Murcia","country":"ES"}}"#,
            r#"{"code":60071,"correctedAddress":{"addressLine1":"Calle Mayor 12","city":"Murcia","country":"ES"}}"#,
        ] {
            let verdict = AddressVerdict::of_2018(text);
            assert_eq!(verdict.status, AddressStatus::InteractionRequired);
            assert_eq!(verdict.suggestions[0].address_line1.as_deref(), Some("Calle Mayor 12"));
        }
        for text in ["", "The address is wrong.", r#"{"code":60071,"corrected_address":null}"#] {
            assert_eq!(AddressVerdict::of_2018(text).status, AddressStatus::None, "{text}");
        }
    }
}
