//! `deploy.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The repository's own file.
const STANDARD: &str = include_str!("../../../deploy.toml");

/// How the site is served.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// First parts of the application's own paths.
    pub routes: Vec<String>,
    /// Endings of files beside which a build lays a `.br`.
    pub compressed: Vec<String>,
    /// Directives of the Content-Security-Policy.
    pub policy: Vec<String>,
    /// Headers of every answer.
    pub headers: BTreeMap<String, String>,
    /// What comes with https.
    pub secure: Secure,
    /// How long files may be kept.
    pub cache: Cache,
    /// Files that need something else.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// Origins that the site calls in mode `direct`, by cloud.
    pub direct: BTreeMap<String, Vec<String>>,
    /// Media types by ending.
    pub types: BTreeMap<String, String>,
}

/// What comes with https.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secure {
    /// Directives added to the policy.
    pub policy: Vec<String>,
    /// Headers added.
    pub headers: BTreeMap<String, String>,
}

/// Values of `Cache-Control`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cache {
    /// Of files whose name changes with their content.
    pub hashed: String,
    /// Of all others.
    pub other: String,
}

/// A file that needs something else than the others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its path in the site.
    pub path: String,
    /// `hosts`: those of `config.json` may frame it.
    pub frames: Option<String>,
    /// A policy of its own.
    pub policy: Option<Vec<String>>,
    /// Headers that it has besides, or with another value.
    #[serde(default)]
    pub with: BTreeMap<String, String>,
    /// Headers that it does not have.
    #[serde(default)]
    pub without: Vec<String>,
    /// A `Cache-Control` of its own.
    pub cache: Option<String>,
}

impl Deployment {
    /// Reads a file.
    ///
    /// # Errors
    /// A sentence with the line, or with what a value has to be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let this: Self = toml::from_str(text).map_err(|error| format!("deploy.toml: {error}"))?;
        let own = this.documents.iter().flat_map(|document| &document.with);
        let values = this.headers.iter().chain(&this.secure.headers).chain(&this.types).chain(own);
        for (name, value) in values.map(|(name, value)| (name.as_str(), value.as_str())) {
            // What breaks a header breaks the files of half of the hosts, too.
            if value.chars().any(|c| c.is_control() || c == '"' || !c.is_ascii()) {
                return Err(format!(
                    "deploy.toml: the value of {name} has a character that no header may have here"
                ));
            }
        }
        for directive in this
            .policy
            .iter()
            .chain(this.documents.iter().filter_map(|document| document.policy.as_ref()).flatten())
        {
            if directive.contains([';', ',', '"']) || directive.chars().any(char::is_control) {
                return Err(format!("deploy.toml: '{directive}' is not one directive"));
            }
        }
        if let Some(frames) = this
            .documents
            .iter()
            .filter_map(|document| document.frames.as_deref())
            .find(|frames| *frames != "hosts")
        {
            return Err(format!("deploy.toml: frames is 'hosts' or is not there, not '{frames}'"));
        }
        Ok(this)
    }

    /// The repository's own file.
    ///
    /// # Panics
    /// Never: a test reads it.
    #[expect(clippy::expect_used, reason = "the file is a part of the program")]
    pub fn standard() -> Self {
        Self::parse(STANDARD).expect("deploy.toml")
    }

    /// The media type that a file's ending stands for; `None` for what is no file of an application.
    pub fn content_type(&self, path: &str) -> Option<&str> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let (_, ending) = name.rsplit_once('.')?;
        self.types.get(&ending.to_ascii_lowercase()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repositorys_file_is_one() {
        let standard = Deployment::standard();
        assert!(standard.policy.iter().any(|directive| directive == "base-uri 'none'"));
        assert_eq!(standard.content_type("lazy/a.wasm"), Some("application/wasm"));
        assert_eq!(standard.content_type("customers/contoso.onmicrosoft.com"), None);
        assert_eq!(standard.content_type("customers"), None);
    }

    /// What a policy lets a page of mode `direct` call is what that page calls, cloud by cloud.
    #[test]
    fn the_origins_of_direct_are_those_of_the_clouds() {
        let clouds = app_config::Cloud::ALL.into_iter();
        let endpoints = clouds.filter_map(|cloud| Some((cloud.word().to_owned(), cloud.endpoints()?)));
        let of_clouds: BTreeMap<String, Vec<String>> =
            endpoints.map(|(word, all)| (word, vec![all.authority.to_owned(), all.api.to_owned()])).collect();
        assert_eq!(Deployment::standard().direct, of_clouds);
    }

    #[test]
    fn mistakes_are_told() {
        let put = |old: &str, new: &str| Deployment::parse(&STANDARD.replacen(old, new, 1)).expect_err(new);
        assert!(put("routes =", "rotes =").contains("rotes"));
        assert!(put("\"nosniff\"", "\"no\\\"sniff\"").contains("X-Content-Type-Options"));
        assert!(put("\"object-src 'none'\"", "\"object-src 'none'; x\"").contains("not one directive"));
        assert!(put("frames = \"hosts\"", "frames = \"all\"").contains("'all'"));
    }
}
