//! `cargo xtask check-headers`: whether a live site is served as `deploy.toml` says.

use std::collections::BTreeMap;
use std::path::Path;

use site_hosting::check::{Finding, Target, run as ask};
use site_hosting::{Curl, Deployment};

use crate::digest::sha256;
use crate::failure::Failure;
use crate::process::find_program;
use crate::workspace::{Workspace, read_text};

pub(crate) fn run(workspace: &Workspace, url: &str, hashes: Option<&Path>) -> Result<(), Failure> {
    if find_program("curl").is_none() {
        return Err(Failure::new("missing: curl")
            .advise("Install it with this system's package manager, then run the command again."));
    }
    let (origin, base) = parts(url)?;
    let deployment =
        Deployment::parse(&read_text(&workspace.root.join("deploy.toml"))?).map_err(Failure::new)?;
    let hashes = hashes.map(read_text).transpose()?.map_or_else(BTreeMap::new, |text| listed(&text));
    let target = Target { base, secure: origin.starts_with("https://"), hashes, digest: sha256 };
    report(&ask(&Curl { origin }, deployment, &target))
}

/// Origin and base path of an address.
fn parts(url: &str) -> Result<(String, String), Failure> {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    let (origin, path) = url.split_at(end);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    if !path.chars().all(plain) || origin.len() <= start {
        return Err(Failure::new(format!(
            "'{url}' is not the address of a site, such as https://cartera.partner.example/portal/"
        )));
    }
    Ok((origin.to_owned(), format!("{}/", path.trim_end_matches('/'))))
}

/// Names and digests of a list as `sha256sum` writes it.
fn listed(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines.map(|(digest, name)| (name.to_owned(), digest.to_owned())).collect()
}

fn report(findings: &[Finding]) -> Result<(), Failure> {
    let mut last = "";
    for finding in findings {
        if finding.path != last {
            println!("\n{}", finding.path);
            last = &finding.path;
        }
        match &finding.fault {
            None => println!("  ✓ {}", finding.rule),
            Some(fault) => {
                println!(
                    "  ✗ {}\n      found: {}\n      {}",
                    finding.rule,
                    shown(&fault.found),
                    fault.change
                );
            }
        }
    }
    let faults = findings.iter().filter(|finding| finding.fault.is_some()).count();
    println!("\n{} rules asked, {} hold", findings.len(), findings.len() - faults);
    if faults == 0 {
        return Ok(());
    }
    Err(Failure::new(format!("{faults} rules do not hold"))
        .advise("Each is told above, with what to change. docs/hosting has a guide for each host."))
}

/// What a site sent, as far as a line takes it, without what a terminal would obey.
fn shown(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { '·' } else { c }).take(300).collect();
    if plain.is_empty() { "nothing".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_an_origin_and_a_base() {
        let split = |url| parts(url).unwrap();
        assert_eq!(split("https://x.example"), ("https://x.example".to_owned(), "/".to_owned()));
        assert_eq!(
            split("https://x.example:8443/p/q"),
            ("https://x.example:8443".to_owned(), "/p/q/".to_owned())
        );
        for wrong in ["https://", "https:///p/", "https://x.example/?a=b", "https://x.example/a b"] {
            assert!(parts(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_a_site_sends_does_not_command_the_terminal() {
        assert_eq!(shown("a\u{1b}[2Jb\n"), "a·[2Jb·");
        assert_eq!(shown(""), "nothing");
        assert_eq!(
            listed("00ff  lazy/a.js\n"),
            BTreeMap::from([("lazy/a.js".to_owned(), "00ff".to_owned())])
        );
    }
}
