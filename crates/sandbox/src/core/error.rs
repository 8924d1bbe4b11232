//! Refusals, in the bodies that the service uses for them.

use serde_json::json;

use super::wire::Response;

/// The longest description that the service sends, in characters.
pub const MAX_DESCRIPTION: usize = 1024;

/// A refusal: HTTP status, the service's own code, and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The service's code. It travels as a JSON number.
    pub code: u32,
    /// What is wrong, in English.
    pub description: String,
    /// Details, a line each; `property: what is wrong` for fields.
    pub data: Vec<String>,
}

impl ApiError {
    /// A refusal without details.
    pub fn new(status: u16, code: u32, description: impl Into<String>) -> Self {
        Self { status, code, description: description.into(), data: Vec::new() }
    }

    /// The same refusal with details.
    #[must_use]
    pub fn with_data(mut self, data: Vec<String>) -> Self {
        self.data = data;
        self
    }

    /// 400/2000: an id that is no GUID.
    pub fn bad_id() -> Self {
        Self::new(400, 2000, "The identifier is not valid: it must be a GUID.")
    }

    /// 400/3000: a parameter or a property that cannot be used.
    pub fn invalid(description: impl Into<String>) -> Self {
        Self::new(400, 3000, description)
    }

    /// 400/3000: a property that cannot be used, by a line of its own.
    pub fn property(line: impl Into<String>) -> Self {
        Self::invalid("A property is not valid.").with_data(vec![line.into()])
    }

    /// 400/3000: properties that are not there.
    pub fn missing(lines: Vec<String>) -> Self {
        Self::invalid("A required property is missing.").with_data(lines)
    }

    /// 400/20000: a country in which the partner cannot sell.
    pub fn unsupported_country(code: &str, property: &str) -> Self {
        Self::new(400, 20000, format!("The country is not supported: {code}."))
            .with_data(vec![format!("{property}: {code} is not supported")])
    }

    /// 404/3000: an organisation that is not there.
    pub fn unknown_customer() -> Self {
        Self::new(404, 3000, "The organization does not exist.")
    }

    /// 403/20002: an organisation that was a customer and is none any more.
    pub fn no_relationship() -> Self {
        Self::new(403, 20002, "There is no relationship between the partner and the customer.")
    }

    /// 404/1000: a path or a thing that is not there.
    pub fn not_found(description: impl Into<String>) -> Self {
        Self::new(404, 1000, description)
    }

    /// 500 without a code of its own: something in the stand-in itself failed.
    pub fn internal(description: impl Into<String>) -> Self {
        Self::new(500, 0, description)
    }

    /// The answer. Codes from 600000 on come from newer services, whose body has another shape.
    pub fn response(&self) -> Response {
        let description: String = self.description.chars().take(MAX_DESCRIPTION).collect();
        let body = if (600_000..700_000).contains(&self.code) {
            json!({
                "code": self.code, "message": description, "description": description,
                "errorName": error_name(self.code), "isRetryable": false, "parameters": {},
                "errorMessageExtended": format!("InternalErrorCode={}", self.code),
            })
        } else {
            json!({
                "code": self.code, "description": description, "data": self.data, "source": "PartnerFD",
            })
        };
        Response::json(self.status, &body)
    }
}

/// How newer services name their refusals. Only the name of 600061 was seen; the others are ours.
fn error_name(code: u32) -> &'static str {
    match code {
        600_002 => "OrganizationRegistrationNumberNotSupported",
        600_006 => "ActionNotAllowed",
        600_049 => "OrganizationRegistrationNumberMissing",
        600_050 => "OrganizationRegistrationNumberInvalid",
        600_051 => "PhoneNumberMissing",
        600_061 => "PartnerConfirmedAgreementAlreadyExists",
        _ => "RequestRefused",
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        // The kind of failure only: SQLite's own text may quote values.
        let kind = error.sqlite_error_code().map_or_else(|| "other".to_owned(), |code| format!("{code:?}"));
        Self::internal(format!("The sandbox could not use its database ({kind})."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_range_of_codes_has_its_body() {
        let body = |code| {
            let response = ApiError::new(400, code, "no").response();
            serde_json::from_slice::<serde_json::Value>(&response.body).unwrap()
        };
        assert_eq!(body(2000)["source"], "PartnerFD");
        assert_eq!(body(2000)["data"], json!([]));
        assert_eq!(body(600_061)["isRetryable"], false);
        assert_eq!(body(600_061)["code"], 600_061);
    }

    #[test]
    fn descriptions_are_cut_between_characters() {
        let body = ApiError::new(400, 3000, "ñ".repeat(2000)).response().body;
        assert!(String::from_utf8(body).unwrap().contains(&format!("\"{}\"", "ñ".repeat(1024))));
    }
}
