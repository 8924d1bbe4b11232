//! How much a customer may use before somebody is warned.

use crate::json::resource;
use json_value::{Number, Value};

resource! {
    /// A monthly budget for what is billed by use, in the currency of the partner's contract.
    pub struct SpendingBudget {
        /// The amount as the service writes it (`1500.50`); `None` where no budget is set.
        pub amount: Option<Amount> = "amount",
    }
}

/// An amount of money in the service's own digits: nothing here calculates with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount(String);

impl Amount {
    /// The digits, with a point before the cents.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl crate::json::FromJson for Amount {
    fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self(Number::as_str(number).to_owned())),
            Value::String(text) => Some(Self(text.clone())),
            _ => None,
        }
    }
}
