//! Paths and queries as they come from the wire.

/// Undoes percent-encoding. A broken escape stays as it is; bytes that are no UTF-8 become U+FFFD.
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |offset: usize| bytes.get(i + offset).and_then(|b| char::from(*b).to_digit(16));
        if bytes[i] == b'%'
            && let (Some(high), Some(low)) = (hex(1), hex(2))
            && let Ok(byte) = u8::try_from(high * 16 + low)
        {
            decoded.push(byte);
            i += 3;
        } else {
            decoded.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub fn percent_encode(text: &str) -> String {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
    encoded
}

/// The parts of a path, decoded. Empty parts are left out, so that a trailing and a double slash (both are
/// sent by official clients) change nothing.
pub fn segments(path: &str) -> Vec<String> {
    path.split('/').filter(|part| !part.is_empty()).map(percent_decode).collect()
}

/// A query's parameters. Names are compared without case; the first of several wins.
#[derive(Clone, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads what follows the `?`. A `+` stands for a space, as .NET clients write it.
    pub fn parse(query: &str) -> Self {
        let decode = |text: &str| percent_decode(&text.replace('+', " "));
        Self(
            query
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decode(name), decode(value)))
                .collect(),
        )
    }

    /// Every value of a parameter that may be given several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_broken_ones_kept() {
        for (text, decoded) in [("a%20b", "a b"), ("%C3%B1", "ñ"), ("100%", "100%"), ("%zz%4", "%zz%4")] {
            assert_eq!(percent_decode(text), decoded);
        }
        assert_eq!(percent_decode(&percent_encode("{\"a\":\"ñ 🦀&=%\"}")), "{\"a\":\"ñ 🦀&=%\"}");
    }

    #[test]
    fn slashes_too_many_change_nothing() {
        assert_eq!(segments("/v1//customers/"), ["v1", "customers"]);
    }

    #[test]
    fn parameters_are_found_without_case() {
        let query = Query::parse("Size=2&filter=%7B%7D&a+b=c+d&flag&size=9");
        assert_eq!(query.get("size"), Some("2"));
        assert_eq!(query.all("SIZE").collect::<Vec<_>>(), ["2", "9"]);
        assert_eq!(query.get("filter"), Some("{}"));
        assert_eq!(query.get("A B"), Some("c d"));
        assert_eq!(query.get("flag"), Some(""));
        assert_eq!(query.get("none"), None);
    }
}
