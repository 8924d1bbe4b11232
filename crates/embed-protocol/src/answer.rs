//! What hosts answer.

use json_value::Value;

/// The answer to a call, without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The reason phrase, empty where there is none.
    pub reason: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
}

/// Reads the answer to `http.request`: `{status, reason?, headers?: [[name, value]]}`.
///
/// `None` when it is none: the call may have been made all the same.
pub fn http_answer(value: &Value) -> Option<HttpAnswer> {
    let members = value.as_object()?;
    let status = match members.get("status")? {
        Value::Number(number) => number.as_u64().filter(|status| (100..=599).contains(status))?,
        _ => return None,
    };
    let mut headers = Vec::new();
    if let Some(list) = members.get("headers") {
        for pair in list.as_array()? {
            let [name, value] = pair.as_array()?.as_slice() else { return None };
            headers.push((name.as_str()?.to_ascii_lowercase(), value.as_str()?.to_owned()));
        }
    }
    let reason = members.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(HttpAnswer { status: u16::try_from(status).ok()?, reason, headers })
}

/// A token as a host hands it over. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// What goes behind `Bearer`.
    pub token: String,
    /// The Microsoft ID of the tenant that it was issued for, in lower case.
    pub tenant: String,
    /// For how many seconds it holds, counted from now.
    pub seconds: u64,
}

/// How many seconds a token holds at the most: Microsoft's hold up to 90 minutes, and long-lived ones a day.
const DAY: u64 = 24 * 60 * 60;

/// Reads the answer to `auth.getToken`: `{token, tenant, expiresIn}`. `None` when it is none: characters that no token has
/// would end the header that it goes into.
pub fn token(value: &Value) -> Option<Token> {
    let members = value.as_object()?;
    let token = members.get("token")?.as_str()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let tenant = members.get("tenant")?.as_str()?.to_ascii_lowercase();
    let seconds = match members.get("expiresIn")? {
        Value::Number(number) => number.as_u64()?.min(DAY),
        _ => return None,
    };
    let fits = !token.is_empty() && token.bytes().all(plain) && !tenant.is_empty();
    fits.then(|| Token { token: token.to_owned(), tenant, seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        json_value::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn an_answer_is_read() {
        let answer = http_answer(&value(r#"{"status":429,"headers":[["Retry-After","7"]]}"#)).unwrap();
        assert_eq!((answer.status, answer.reason.as_str()), (429, ""));
        assert_eq!(answer.headers, [("retry-after".to_owned(), "7".to_owned())]);
        for text in [
            "1",
            "{}",
            r#"{"status":99}"#,
            r#"{"status":700}"#,
            r#"{"status":"200"}"#,
            r#"{"status":200,"headers":{}}"#,
            r#"{"status":200,"headers":[["a"]]}"#,
            r#"{"status":200,"headers":[["a",1]]}"#,
        ] {
            assert_eq!(http_answer(&value(text)), None, "{text}");
        }
    }

    #[test]
    fn a_token_is_read_and_one_that_would_break_its_header_is_not() {
        let read = token(&value(r#"{"token":"a.b-c_d","tenant":"ABC","expiresIn":600}"#)).unwrap();
        assert_eq!((read.token.as_str(), read.tenant.as_str(), read.seconds), ("a.b-c_d", "abc", 600));
        let long = token(&value(r#"{"token":"a","tenant":"b","expiresIn":99999999}"#)).unwrap();
        assert_eq!(long.seconds, DAY);
        for text in [
            r#"{"token":"a\r\nX: y","tenant":"b","expiresIn":1}"#,
            r#"{"token":"a b","tenant":"b","expiresIn":1}"#,
            r#"{"token":"","tenant":"b","expiresIn":1}"#,
            r#"{"token":"a","tenant":"","expiresIn":1}"#,
            r#"{"token":"a","expiresIn":1}"#,
            r#"{"token":"a","tenant":"b"}"#,
            r#"{"token":"a","tenant":"b","expiresIn":-1}"#,
        ] {
            assert!(token(&value(text)).is_none(), "{text}");
        }
    }
}
