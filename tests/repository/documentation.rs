//! The pages for people: every link leads somewhere, and words of the screen are the screen's.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use site_assets::texts::parse;

use crate::source::{read, root};

/// Folders that are made, or not ours.
const NOT_OURS: [&str; 6] = [".git", ".cartera", "dist", "dist-hosting", "node_modules", "target"];

/// All pages: path from the root, and text.
fn pages() -> Vec<(String, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![root()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() && !NOT_OURS.contains(&name.as_str()) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The text without what stands in fences and between backticks.
fn prose(text: &str) -> String {
    let (mut out, mut fenced) = (String::new(), false);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            // Every other piece is code.
            out.extend(line.split('`').step_by(2));
            out.push('\n');
        }
    }
    out
}

/// Where links and pictures lead: `[…](here)`, `src="here"`, `srcset="here"`.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text);
    let mut found = Vec::new();
    for (start, end) in [("](", ')'), (" src=\"", '"'), (" srcset=\"", '"')] {
        let targets = prose.split(start).skip(1).filter_map(|rest| rest.split(end).next());
        found.extend(targets.map(|target| target.trim().to_owned()));
    }
    found
}

/// What the headings of a page are called in addresses.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let heading = line.trim_start_matches('#');
        if fenced || heading.len() == line.len() || !heading.starts_with(' ') {
            continue;
        }
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let anchor: String = heading.trim().to_lowercase().chars().filter(kept).collect();
        found.insert(anchor.replace(' ', "-"));
    }
    found
}

/// A path below the root with `..` resolved; `None` above it.
fn resolved(page: &str, target: &str) -> Option<String> {
    let mut path = PathBuf::from(page);
    path.pop();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    Some(path.to_string_lossy().replace('\\', "/"))
}

#[test]
fn links_and_anchors_are_read_as_a_reader_would_follow_them() {
    let page = "# A title: with *signs*\n[one](x.md) `[no](code.md)`\n```\n[no](fence.md)\n# no\n```\n<img src=\"p.png\">";
    assert_eq!(links(page), ["x.md", "p.png"]);
    assert_eq!(anchors(page).into_iter().collect::<Vec<_>>(), ["a-title-with-signs"]);
    assert_eq!(resolved("docs/agents/a.md", "../b.md").as_deref(), Some("docs/b.md"));
    assert_eq!(resolved("a.md", "../../b.md"), None);
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let (mut looked_at, mut broken) = (0, Vec::new());
    for (page, text) in pages() {
        for link in links(&text) {
            if link.is_empty() || link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            looked_at += 1;
            let (target, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let Some(file) = (if target.is_empty() { Some(page.clone()) } else { resolved(&page, target) })
            else {
                broken.push(format!("{page}: {link} leads out of the repository"));
                continue;
            };
            if !root().join(&file).exists() {
                broken.push(format!("{page}: {link} is not there"));
            } else if !anchor.is_empty() && !anchors(&read(&file)).contains(anchor) {
                broken.push(format!("{page}: {link}: there is no such heading"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(looked_at > 30, "{looked_at}");
}

/// Whether a label is this text, whatever stands in its places: `Send 1 change` is `Send {n} change`.
fn is_text(label: &str, text: &str) -> bool {
    let mut parts = text
        .split('{')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('}').map_or("", |(_, after)| after) });
    let Some(mut rest) = parts.next().and_then(|first| label.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        last = Some(part);
    }
    rest.is_empty() || last == Some("")
}

#[test]
fn words_in_bold_are_told_from_others() {
    assert!(is_text("Export", "Export") && !is_text("Export all", "Export") && !is_text("Exp", "Export"));
    assert!(is_text("Send 1 change", "Send {n} change") && !is_text("Send", "Send {n} change"));
    assert!(is_text("Open the ice", "Open {name}"));
}

#[test]
fn words_in_bold_are_on_the_screen() {
    let texts = parse(&read("src/i18n/texts/en.txt")).unwrap();
    // A place alone would fit anything.
    let known: Vec<&String> = texts
        .values()
        .flat_map(|entry| entry.forms.iter().flatten())
        .filter(|text| !text.starts_with('{'))
        .collect();
    let mut looked_at = 0;
    for (page, text) in pages().into_iter().filter(|(page, _)| page.starts_with("docs/agents/")) {
        let prose = prose(&text).replace('\n', " ");
        for label in prose.split("**").skip(1).step_by(2) {
            looked_at += 1;
            let bare = label.trim_end_matches('.');
            assert!(
                known.iter().any(|text| is_text(label, text) || is_text(bare, text)),
                "{page}: **{label}** is not a text of the application"
            );
        }
    }
    assert!(looked_at > 60, "{looked_at}");
}
