//! The simple filter of the customer list.

use serde_json::{Value, json};

use super::body::Body;
use super::error::ApiError;

/// What a filter looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The company's name.
    CompanyName,
    /// The primary domain.
    Domain,
    /// The id of the indirect reseller that the customer is sold through.
    IndirectReseller,
    /// The id of the indirect provider that the customer is sold through.
    IndirectCloudSolutionProvider,
}

impl Field {
    fn parse(name: &str) -> Option<Self> {
        [Self::CompanyName, Self::Domain, Self::IndirectReseller, Self::IndirectCloudSolutionProvider]
            .into_iter()
            .find(|field| field.name().eq_ignore_ascii_case(name))
    }

    fn name(self) -> &'static str {
        match self {
            Self::CompanyName => "CompanyName",
            Self::Domain => "Domain",
            Self::IndirectReseller => "IndirectReseller",
            Self::IndirectCloudSolutionProvider => "IndirectCloudSolutionProvider",
        }
    }
}

/// Keeps customers one of whose fields begins with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What is compared.
    pub field: Field,
    /// What it has to begin with, in any case.
    pub value: String,
}

impl Filter {
    /// Reads the `filter` parameter (already percent-decoded). `starts_with` is the only operator that the
    /// service has; .NET clients spell it `StartsWith`. Names are taken in every casing, other members ignored.
    ///
    /// # Errors
    /// 400/3000 for anything else, as our choice: the service's own answer is not known.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        let body = Body::parse(text.as_bytes()).map_err(|_| ApiError::invalid("The filter is not JSON."))?;
        let operator = body.text("operator").unwrap_or_default().to_ascii_lowercase().replace('_', "");
        if operator != "startswith" {
            return Err(ApiError::invalid("The filter's operator is not supported: use starts_with."));
        }
        let field = body.text("field").and_then(|name| Field::parse(&name));
        let field = field.ok_or_else(|| ApiError::invalid("The filter's field is not supported."))?;
        let value = body.text("value").ok_or_else(|| ApiError::invalid("The filter has no value."))?;
        Ok(Self { field, value })
    }

    /// The filter as clients write it.
    pub fn to_json(&self) -> Value {
        json!({ "Field": self.field.name(), "Value": self.value, "Operator": "starts_with" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_read() {
        let expected = Filter { field: Field::CompanyName, value: "a%_'\"🦀".into() };
        for text in [
            r#"{"Field":"CompanyName","Value":"a%_'\"🦀","Operator":"starts_with"}"#,
            r#"{"field":"companyname","value":"a%_'\"🦀","operator":"StartsWith","fieldType":"simple"}"#,
        ] {
            assert_eq!(Filter::parse(text), Ok(expected.clone()), "{text}");
        }
        assert_eq!(Filter::parse(&expected.to_json().to_string()), Ok(expected));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "[]",
            r#"{"Field":"CompanyName","Value":"a","Operator":"contains"}"#,
            r#"{"Field":"Tag","Value":"a","Operator":"starts_with"}"#,
            r#"{"Field":"Domain","Operator":"starts_with"}"#,
        ] {
            assert_eq!(Filter::parse(text).unwrap_err().code, 3000, "{text}");
        }
    }
}
