//! Pages: sizes and the continuation token.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::error::ApiError;
use super::filter::Filter;
use super::query::{Query, percent_encode};
use super::wire::Request;

/// The page size when none, or 0, is asked for.
pub const DEFAULT_SIZE: usize = 100;
/// The largest page. A larger size is cut to it, as our choice: what the service does is not known.
pub const MAX_SIZE: usize = 500;
/// The header that carries the token.
pub const TOKEN_HEADER: &str = "MS-ContinuationToken";

/// Which page of a list is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRequest {
    /// How many items a page holds at most.
    pub size: usize,
    /// Which items the list is made of.
    pub filter: Option<Filter>,
    /// Where the page begins, in the list's own terms: what its token held. `None` for the first page.
    pub after: Option<Value>,
}

impl PageRequest {
    /// Reads query and token. A token carries size and filter, and they win over the query's: official clients
    /// send neither with it, those that follow the link send both.
    ///
    /// # Errors
    /// 400/3000 for a size that is no number, a filter that cannot be read, a token that was not made here, or
    /// `seekOperation=Next` without a token.
    pub fn read(request: &Request, query: &Query) -> Result<Self, ApiError> {
        let seek = query.get("seekOperation").unwrap_or_default();
        match request.header(TOKEN_HEADER) {
            Some(token) if seek.is_empty() || seek.eq_ignore_ascii_case("next") || seek == "0" => {
                Self::from_token(token)
            }
            _ if !seek.is_empty() && !seek.eq_ignore_ascii_case("first") => {
                Err(ApiError::invalid("Only seekOperation=Next with a continuation token is supported."))
            }
            _ => {
                let size = match query.get("size") {
                    None | Some("") => 0,
                    Some(text) => {
                        text.parse::<usize>().map_err(|_| ApiError::invalid("The size is no number."))?
                    }
                };
                let filter =
                    query.get("filter").filter(|text| !text.is_empty()).map(Filter::parse).transpose()?;
                let size = if size == 0 { DEFAULT_SIZE } else { size.min(MAX_SIZE) };
                Ok(Self { size, filter, after: None })
            }
        }
    }

    fn from_token(token: &str) -> Result<Self, ApiError> {
        let read = || {
            let bytes = STANDARD.decode(token.trim()).ok()?;
            let value: Value = serde_json::from_slice(&bytes).ok()?;
            let size = usize::try_from(value.get("size")?.as_u64()?).ok()?.clamp(1, MAX_SIZE);
            let filter = match value.get("filter") {
                None | Some(Value::Null) => None,
                Some(filter) => Some(Filter::parse(&filter.to_string()).ok()?),
            };
            Some(Self { size, filter, after: Some(value.get("after")?.clone()) })
        };
        read().ok_or_else(|| ApiError::invalid("The continuation token is not valid."))
    }

    /// The token of the page that begins after `position`.
    pub fn token(&self, position: &Value) -> String {
        let filter = self.filter.as_ref().map(Filter::to_json);
        STANDARD.encode(json!({ "size": self.size, "filter": filter, "after": position }).to_string())
    }

    /// The members of a collection that lead on: `links` and, when there is a next page, `continuationToken`.
    /// The next link has no `/v1` of its own, as clients join the two.
    pub fn collection(&self, path: &str, items: Vec<Value>, next: Option<&Value>) -> Value {
        let mut query = format!("size={}", self.size);
        if let Some(filter) = &self.filter {
            query.push_str("&filter=");
            query.push_str(&percent_encode(&filter.to_json().to_string()));
        }
        let link = |query: &str, headers: Value| json!({ "uri": format!("{path}?{query}"), "method": "GET", "headers": headers });
        let mut body = collection(items);
        body["links"] = json!({ "self": link(&query, json!([])) });
        if let Some(position) = next {
            let token = self.token(position);
            let headers = json!([{ "key": TOKEN_HEADER, "value": token }]);
            body["links"]["next"] = link(&format!("{query}&seekOperation=Next"), headers);
            body["continuationToken"] = json!(token);
        }
        body
    }
}

/// A collection without links. `totalCount` counts the items of this page, as on the real wire.
pub fn collection(items: Vec<Value>) -> Value {
    let mut body = json!({ "totalCount": items.len(), "attributes": { "objectType": "Collection" } });
    body["items"] = Value::Array(items);
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(request: &Request) -> Result<PageRequest, ApiError> {
        PageRequest::read(request, &Query::parse(request.query()))
    }

    #[test]
    fn sizes_are_cut_and_defaulted() {
        for (query, size) in [("", 100), ("size=0", 100), ("size=7", 7), ("size=9999", 500), ("size=", 100)] {
            assert_eq!(read(&Request::get(format!("/v1/customers?{query}"))).unwrap().size, size, "{query}");
        }
        for query in ["size=-1", "size=x", "seekOperation=Next", "seekOperation=Previous", "filter=x"] {
            assert_eq!(
                read(&Request::get(format!("/v1/customers?{query}"))).unwrap_err().code,
                3000,
                "{query}"
            );
        }
    }

    #[test]
    fn a_token_carries_size_and_filter() {
        let filter = Filter::parse(r#"{"Field":"Domain","Value":"ñ🦀","Operator":"starts_with"}"#).unwrap();
        let first = PageRequest { size: 7, filter: Some(filter), after: None };
        let token = first.token(&json!("here"));
        let request = Request::get("/v1/customers?size=2&seekOperation=Next")
            .with_header("ms-continuationtoken", &token);
        assert_eq!(read(&request), Ok(PageRequest { after: Some(json!("here")), ..first }));
        let foreign =
            Request::get("/v1/customers?seekOperation=Next").with_header(TOKEN_HEADER, "c2FuZGJveA==");
        assert_eq!(read(&foreign).unwrap_err().code, 3000);
    }
}
