//! The files that each kind of host wants. Every one of them has traps; each module begins with its own.

mod azure_front_door;
mod azure_static_web_apps;
mod cloudflare_pages;
mod netlify;
mod nginx;
mod s3_cloudfront;
mod upload;

use crate::{Rules, is_hashed};

/// A built site and where it will be.
#[derive(Debug, Clone)]
pub struct Site {
    /// What its answers have to be.
    pub rules: Rules,
    /// The path under which it is served; begins and ends with a slash.
    pub base: String,
    /// Its files, by their paths in its folder, with `/`.
    pub files: Vec<String>,
    /// The text of its `index.html`.
    pub index: String,
}

/// A file for a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFile {
    /// Its path in the host's folder.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether it belongs into the site's own folder and not beside it.
    pub in_site: bool,
}

/// A kind of host.
#[derive(Debug, Clone, Copy)]
pub struct Host {
    /// Its name on the command line and of its folder and guide.
    pub name: &'static str,
    write: fn(&Site) -> Result<Vec<HostFile>, String>,
}

/// All of them.
pub const ALL: [Host; 6] = [
    Host { name: "azure-static-web-apps", write: azure_static_web_apps::write },
    Host { name: "azure-front-door", write: azure_front_door::write },
    Host { name: "cloudflare-pages", write: cloudflare_pages::write },
    Host { name: "netlify", write: netlify::write },
    Host { name: "s3-cloudfront", write: s3_cloudfront::write },
    Host { name: "nginx", write: nginx::write },
];

impl Host {
    /// The host of this name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|host| host.name == name)
    }

    /// Writes its files.
    ///
    /// # Errors
    /// A sentence, where the site is more than the host takes.
    pub fn files(&self, site: &Site) -> Result<Vec<HostFile>, String> {
        (self.write)(site)
    }
}

impl Site {
    /// The path of a file on the host: with the base.
    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Files whose names change with their content, without their compressed forms.
    fn hashed(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str).filter(|file| is_hashed(file) && !has_ending(file, "br"))
    }

    /// Those documents that need something else and are there.
    fn documents(&self) -> impl Iterator<Item = &str> {
        self.rules.documents().filter(|path| self.files.iter().any(|file| file == path))
    }

    /// Endings of files, without those of compressed forms, which nobody asks for by name.
    fn endings(&self) -> impl Iterator<Item = &str> {
        self.rules.deployment.types.keys().map(String::as_str)
    }
}

fn in_site(name: &str, text: String) -> HostFile {
    HostFile { name: name.to_owned(), text, in_site: true }
}

fn beside(name: &str, text: String) -> HostFile {
    HostFile { name: name.to_owned(), text, in_site: false }
}

/// Whether a file of the build has this ending. A build writes them in lower case.
fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| own == ending)
}

/// JSON as a person would write it.
fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// The site's page under another name, for hosts that send it with a 404: whoever opens an address that the application does not know
/// sees the application's own words, and a missing file is still one.
fn not_found(site: &Site) -> HostFile {
    in_site("404.html", site.index.clone())
}

#[cfg(test)]
mod tests;
