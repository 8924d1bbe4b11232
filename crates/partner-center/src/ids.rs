//! Ids. The service spells one and the same id in lower or upper case, so they compare without ASCII case.

use crate::json::FromJson;
use json_value::Value;
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
};

/// Whether the text has the shape of a GUID: 8-4-4-4-12 hexadecimal digits, in any case, without braces.
pub fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(String);

        impl $name {
            /// The id as the service spelled it.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            fn folded(&self) -> impl Iterator<Item = u8> + '_ {
                self.0.bytes().map(|byte| byte.to_ascii_lowercase())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.eq_ignore_ascii_case(&other.0)
            }
        }

        impl Eq for $name {}

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.folded().cmp(other.folded())
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.folded().for_each(|byte| state.write_u8(byte));
                state.write_u8(0xff);
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        /// What the service calls an id is one, whatever its shape: the list must not lose a customer over it.
        impl FromJson for $name {
            fn from_json(value: &Value) -> Option<Self> {
                String::from_json(value).filter(|text| !text.is_empty()).map(Self)
            }
        }
    };
}

macro_rules! guid {
    ($(#[$doc:meta])* $name:ident) => {
        id!($(#[$doc])* $name);

        impl $name {
            /// Reads an id that a person or a link gave; blanks around it are dropped. `None` if it is not a
            /// GUID: the service would refuse it (400, code 2000).
            pub fn parse(text: &str) -> Option<Self> {
                let text = text.trim();
                is_guid(text).then(|| Self(text.to_owned()))
            }
        }
    };
}

guid!(
    /// A customer's Microsoft ID: the GUID of the customer's tenant.
    CustomerId
);
guid!(
    /// A partner's Microsoft ID: the GUID of the partner's tenant.
    PartnerId
);
guid!(
    /// A user's object id: a GUID.
    UserId
);
id!(
    /// A product that licences are for: a GUID.
    SkuId
);
id!(
    /// A version of an agreement: a GUID.
    AgreementTemplateId
);
guid!(
    /// A subscription of a customer: a GUID, in upper case for legacy ones.
    SubscriptionId
);
guid!(
    /// A request to move subscriptions to another partner: a GUID.
    TransferId
);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeSet, HashSet};

    const LOWER: &str = "7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e01";
    const UPPER: &str = "7C1F3F52-0A5E-4D0B-9C2F-2F4F6A1B9E01";

    #[test]
    fn only_guids_are_taken_from_persons() {
        for text in [LOWER, UPPER, &format!("  {LOWER}\n")] {
            assert!(CustomerId::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "me",
            &LOWER[1..],
            &format!("{{{LOWER}}}"),
            &LOWER.replace('-', ""),
            &LOWER.replace('7', "g"),
        ] {
            assert!(CustomerId::parse(text).is_none(), "{text}");
        }
        assert!(CustomerId::parse("7c1f3f520-a5e-4d0b-9c2f-2f4f6a1b9e01").is_none(), "a dash out of place");
    }

    #[test]
    fn ids_compare_without_case_and_keep_their_spelling() {
        let (lower, upper) = (CustomerId::parse(LOWER).unwrap(), CustomerId::parse(UPPER).unwrap());
        assert_eq!(lower, upper);
        assert_eq!(lower.cmp(&upper), Ordering::Equal);
        assert_eq!(upper.to_string(), UPPER);
        assert_eq!([lower.clone(), upper.clone()].into_iter().collect::<HashSet<_>>().len(), 1);
        assert_eq!([lower, upper].into_iter().collect::<BTreeSet<_>>().len(), 1);
    }

    #[test]
    fn what_the_service_calls_an_id_is_one() {
        let read = |value: &str| SubscriptionId::from_json(&Value::from(value));
        assert_eq!(read("DZH318Z0BXWC:0001").unwrap().as_str(), "DZH318Z0BXWC:0001");
        assert_eq!(read(""), None);
        assert_eq!(CustomerId::from_json(&Value::Null), None);
    }
}
