//! The country rules in force: those of the table, and what the control path has put in their place.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::country_rules;

/// What the control path has changed, by the country's upper-case code: members to replace (null removes one),
/// or `None` for a country that is to have no rules at all.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules(BTreeMap<String, Option<Map<String, Value>>>);

impl Rules {
    /// The rules of a country, as they go over the wire.
    pub(super) fn of(&self, code: &str) -> Option<Value> {
        let known = country_rules::rules(code);
        match self.0.get(&code.to_ascii_uppercase()) {
            None => known,
            Some(None) => None,
            Some(Some(changes)) => {
                let mut rules = known.unwrap_or_else(|| json!({ "iso2Code": code.to_ascii_uppercase() }));
                for (name, value) in changes {
                    match rules.as_object_mut() {
                        Some(members) if value.is_null() => drop(members.remove(name)),
                        Some(members) => drop(members.insert(name.clone(), value.clone())),
                        None => {}
                    }
                }
                Some(rules)
            }
        }
    }

    /// Whether this is a country's code.
    pub(super) fn knows(&self, code: &str) -> bool {
        match self.0.get(&code.to_ascii_uppercase()) {
            None => country_rules::is_known(code),
            Some(changes) => changes.is_some(),
        }
    }

    /// Takes a change of one country, in place of any before it. No member at all is the table again.
    ///
    /// # Errors
    /// A sentence that names what is wrong.
    pub(super) fn change(&mut self, wanted: &Value) -> Result<(), String> {
        let code =
            wanted["code"].as_str().filter(|code| !code.is_empty()).ok_or("the body needs a \"code\"")?;
        let code = code.to_ascii_uppercase();
        match wanted.get("rules") {
            Some(Value::Null) => drop(self.0.insert(code, None)),
            Some(Value::Object(members)) if members.is_empty() => drop(self.0.remove(&code)),
            Some(Value::Object(members)) => drop(self.0.insert(code, Some(members.clone()))),
            _ => return Err("the body needs \"rules\": an object, or null for none".to_owned()),
        }
        Ok(())
    }

    /// The changes as the control path shows them.
    pub(super) fn to_json(&self) -> Value {
        self.0
            .iter()
            .map(|(code, changes)| (code.clone(), changes.clone().map_or(Value::Null, Value::Object)))
            .collect::<Map<_, _>>()
            .into()
    }
}
