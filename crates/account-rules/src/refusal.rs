//! Which fields a refusal of the service is about.

use partner_center::{Error, ErrorKind};

use crate::Field;

/// Codes that are about one field and name it in their text only.
const FIELDS_OF_CODES: [(u32, Field); 5] = [
    (20_000, Field::Country),
    (600_002, Field::Registration),
    (600_049, Field::Registration),
    (600_050, Field::Registration),
    (600_051, Field::Phone),
];

/// The fields that the service refuses, each once, with what it says of it; empty where it names none, and the refusal is
/// about the whole.
pub fn refused_fields(error: &Error) -> Vec<(Field, String)> {
    let mut fields: Vec<(Field, String)> = Vec::new();
    let mut add = |field, reason: &str| {
        if !fields.iter().any(|(known, _)| *known == field) {
            fields.push((field, reason.to_owned()));
        }
    };
    if let Some((_, field)) = FIELDS_OF_CODES.iter().find(|(code, _)| error.details.code == Some(*code)) {
        add(*field, &error.details.message);
    }
    if let ErrorKind::Invalid(named) = &error.kind {
        for refused in named {
            if let Some(field) = Field::of_service(&refused.field) {
                add(field, &refused.reason);
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use partner_center::{ErrorDetails, FieldError, Method, Timestamp};

    use super::*;

    fn error(code: u32, named: &[&str]) -> Error {
        let fields = named
            .iter()
            .map(|field| FieldError { field: (*field).to_owned(), reason: format!("{field} is wrong") });
        let details = ErrorDetails {
            method: Method::Post,
            route: "customers",
            status: Some(400),
            code: Some(code),
            message: "refused".to_owned(),
            note: "",
            request_id: String::new(),
            correlation_id: String::new(),
            at: Timestamp::default(),
        };
        Error { kind: ErrorKind::Invalid(fields.collect()), details: Box::new(details) }
    }

    #[test]
    fn a_refusal_lands_on_its_fields() {
        for (code, named, expected) in [
            (27_002, &["State"][..], &[Field::State][..]),
            (600_050, &[], &[Field::Registration]),
            (600_051, &["phoneNumber"], &[Field::Phone]),
            (20_000, &[], &[Field::Country]),
            (3000, &["companyProfile.domain", "billingProfile.email"], &[Field::Domain, Field::Email]),
            (3000, &["whatever"], &[]),
            (3000, &[], &[]),
        ] {
            let fields: Vec<Field> =
                refused_fields(&error(code, named)).into_iter().map(|(field, _)| field).collect();
            assert_eq!(fields, expected, "{code} {named:?}");
        }
        assert_eq!(refused_fields(&error(600_051, &[]))[0].1, "refused");
    }
}
