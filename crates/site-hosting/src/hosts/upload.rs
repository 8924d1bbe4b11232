//! Lists for stores that know nothing of a file but what is said when it is put there: media type, caching, encoding.

use super::{Site, has_ending};

/// What has to be said about one file.
pub(super) struct Upload<'a> {
    /// Its path in the site's folder.
    pub file: String,
    /// The path under which it is stored.
    pub name: &'a str,
    pub kind: &'a str,
    pub cache: &'a str,
    pub encoding: Option<&'static str>,
}

/// What tells open tabs that another release is there.
const RELEASE: &str = "release.json";

/// Every file once, then the documents: who loads one finds what it names. Last of all what offers them to open tabs.
pub(super) fn uploads(site: &Site, compressed_only: bool) -> Vec<Upload<'_>> {
    let mut uploads = Vec::new();
    for name in site.files.iter().filter(|name| !has_ending(name, "br")) {
        let Some(kind) = site.rules.deployment.content_type(name) else { continue };
        let compressed = format!("{name}.br");
        let has_compressed = site.files.contains(&compressed);
        let file = if has_compressed && compressed_only { compressed } else { name.clone() };
        let encoding = (has_compressed && compressed_only).then_some("br");
        uploads.push(Upload { file, name, kind, cache: site.rules.cache(name), encoding });
    }
    uploads.sort_by_key(|upload| (upload.name == RELEASE, has_ending(upload.name, "html"), upload.name));
    uploads
}

/// A word of a shell command.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Deployment, Rules, Settings};

    #[test]
    fn documents_come_behind_what_they_name_and_the_offer_behind_all() {
        let files = ["auth/callback.html", "index.html", "release.json", "texts/es-0123456789abcdef.txt"];
        let site = Site {
            rules: Rules { deployment: Deployment::standard(), settings: Settings::default() },
            base: "/".to_owned(),
            files: files.map(str::to_owned).to_vec(),
            index: String::new(),
        };
        let uploads = uploads(&site, false);
        let names: Vec<&str> = uploads.iter().map(|upload| upload.name).collect();
        assert_eq!(
            names,
            ["texts/es-0123456789abcdef.txt", "auth/callback.html", "index.html", "release.json"]
        );
        assert!(uploads[0].cache.contains("immutable") && !uploads[3].cache.contains("immutable"));
    }
}
