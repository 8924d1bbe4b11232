//! Paths and queries: written percent-encoded, and taken from the service's links.

use std::fmt::Write as _;

/// Percent-encodes everything but the characters that no part of a URI gives a meaning (RFC 3986, 2.3).
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A path with a query that grows.
pub(crate) struct Query(String);

impl Query {
    pub(crate) fn new(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// Adds a parameter, if it has a value.
    pub(crate) fn with(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(name);
            self.0.push('=');
            self.0.push_str(&encode(value));
        }
        self
    }

    pub(crate) fn build(self) -> String {
        self.0
    }
}

/// The service's JSON form of a filter on one field. Only the value may hold anything.
pub(crate) fn filter(field: &str, value: &str, operator: &str) -> String {
    // A text can always be written as JSON; through `json!` the writer of floats would come along.
    let value = json_value::quoted(value);
    format!(r#"{{"Field":"{field}","Value":{value},"Operator":"{operator}"}}"#)
}

/// The path and query below the API's base that a link of the service means.
///
/// The service writes `/customers?..`, `/v1/customers?..` and `customers?..`, and was once followed to
/// `/v1//v1/customers`: empty segments and leading versions are dropped. An absolute link counts only if
/// `serves_origin` owns its scheme and host, for whoever follows it sends a token there. `None` for links
/// elsewhere and for anything that a browser could read as another place than it seems.
pub(crate) fn join(link: &str, serves_origin: impl Fn(&str) -> bool) -> Option<String> {
    let link = link.trim();
    // Browsers drop some controls, and take a backslash for a slash.
    if link.contains(|c: char| c.is_control() || c == '\\' || c == ' ') {
        return None;
    }
    let link = link.split_once('#').map_or(link, |(before, _fragment)| before);
    let (path, query) = link.split_once('?').map_or((link, None), |(path, query)| (path, Some(query)));
    let path = if path.starts_with("//") {
        return None;
    } else if let Some((scheme, rest)) = path.split_once("://") {
        let host = rest.split('/').next()?;
        serves_origin(&format!("{scheme}://{host}")).then_some(())?;
        &rest[host.len()..]
    } else if path.split('/').next()?.contains(':') {
        return None; // another scheme
    } else {
        path
    };

    let mut segments =
        path.split('/').filter(|segment| !segment.is_empty()).skip_while(|first| is_version(first));
    let mut joined = String::with_capacity(link.len() + 1);
    segments.try_for_each(|segment| {
        joined.push('/');
        joined.push_str(segment);
        (!is_dots(segment)).then_some(())
    })?;
    if joined.is_empty() {
        return None;
    }
    if let Some(query) = query {
        joined.push('?');
        joined.push_str(query);
    }
    Some(joined)
}

fn is_version(segment: &str) -> bool {
    segment.eq_ignore_ascii_case("v1")
}

/// Whether a URL parser would take the segment for 'here' or 'one up', which leaves the API's base.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

#[cfg(test)]
mod tests;
