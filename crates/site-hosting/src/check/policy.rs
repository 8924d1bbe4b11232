//! The Content-Security-Policy, directive by directive.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Check};

/// Directives that a site may add: they loosen nothing.
const HARMLESS: [&str; 5] =
    ["report-to", "report-uri", "upgrade-insecure-requests", "sandbox", "block-all-mixed-content"];

fn directives(policy: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for directive in policy.split(';') {
        let mut words = directive.split_whitespace();
        if let Some(name) = words.next() {
            // The first of a name counts, as in a browser.
            found.entry(name.to_ascii_lowercase()).or_insert_with(|| words.map(str::to_owned).collect());
        }
    }
    found
}

impl Check<'_> {
    /// Holds the policy of an answer against what it has to be. `path`: of the site; `like`: the document whose rules count.
    pub(super) fn policy(&mut self, path: &str, like: &str, answer: &Answer) {
        const RULE: &str = "Content-Security-Policy";
        let header = "content-security-policy";
        let wanted_line = self.rules.policy(like, self.target.secure);
        let count = answer.headers.iter().filter(|(name, _)| name == header).count();
        // Two policies hold both, which is never what the files say; with a comma they are two as well.
        if count != 1 || answer.header(header).contains(',') {
            let found = if count == 0 {
                "no policy".to_owned()
            } else {
                format!("{count} headers: {}", answer.header(header))
            };
            self.note(
                RULE,
                path,
                false,
                found,
                format!("Send it once: Content-Security-Policy: {wanted_line}"),
            );
            return;
        }
        let (wanted, found) = (directives(&wanted_line), directives(&answer.header(header)));
        for (name, sources) in &wanted {
            let words = |sources: &BTreeSet<String>| sources.iter().cloned().collect::<Vec<_>>().join(" ");
            let own = found.get(name);
            let change = format!("Send: {name} {}", words(sources));
            self.note(
                &format!("{RULE}: {name}"),
                path,
                own == Some(sources),
                own.map_or("missing".to_owned(), words),
                change,
            );
        }
        for name in
            found.keys().filter(|name| !wanted.contains_key(*name) && !HARMLESS.contains(&name.as_str()))
        {
            self.note(
                &format!("{RULE}: {name}"),
                path,
                false,
                "a directive that nobody asked for",
                "Take it out: it may loosen another one.",
            );
        }
    }
}
