//! What a deployment's `config.json` says about headers.

use serde_json::Value;

/// The part of `config.json` that headers depend on. The application checks the file as a whole; here what is not as
/// it should be says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Origins that may hold the application in a frame.
    pub hosts: Vec<String>,
    /// `direct`, `gateway` or another.
    pub mode: String,
    /// The cloud's name.
    pub cloud: String,
    /// Origins of `api` and `authority`, where they are not the site's own.
    pub called: Vec<String>,
}

impl Settings {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// A sentence when it is no JSON.
    pub fn read(config: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(config.trim_start_matches('\u{feff}'))
            .map_err(|error| format!("config.json: {error}"))?;
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let hosts = value["hosts"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(Self {
            hosts: hosts.filter_map(origin).collect(),
            mode: text("mode"),
            cloud: text("cloud"),
            called: [text("api"), text("authority")].iter().filter_map(|address| origin(address)).collect(),
        })
    }
}

/// The origin of an address with a scheme, if a policy can name it.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split('/').next()?.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    (["https", "http"].contains(&scheme) && !host.is_empty() && host.chars().all(plain))
        .then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_taken_and_nothing_that_could_end_a_directive() {
        let read = Settings::read(
            r#"{"mode":"gateway","api":"https://gateway.example/v1","cloud":"china","hosts":["https://portal.example","https://x;script-src *","*",3]}"#,
        )
        .unwrap();
        assert_eq!(read.hosts, ["https://portal.example"]);
        assert_eq!(
            (read.called.as_slice(), read.cloud.as_str()),
            (&["https://gateway.example".to_owned()][..], "china")
        );
        assert_eq!(Settings::read("{\"api\":\"/v1\"}").unwrap(), Settings::default());
        assert!(Settings::read("<html>").is_err());
    }
}
