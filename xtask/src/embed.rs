//! What a portal needs to hold the application: the module in `embed/`, the page for frames, and the sample portal.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;
use crate::process::{execute, find_program};
use crate::workspace::{Workspace, read_text, write};

/// What of `embed/` every deployment carries, for portals that load it from there.
const FILES: [&str; 2] = ["cartera-embed.js", "cartera-embed.d.ts"];
/// How `index.html` begins, and the page for frames.
const ROOT: [&str; 2] = ["<html lang=\"es\" dir=\"ltr\">", "<html lang=\"es\" dir=\"ltr\" data-frame>"];

/// Puts the module and the page for frames into a built site.
pub(crate) fn place(workspace: &Workspace, site: &Path) -> Result<(), Failure> {
    for name in FILES {
        let content = read_text(&workspace.root.join("embed").join(name))?;
        write(&site.join("embed").join(name), content.as_bytes())?;
    }
    let page = frame_page(&read_text(&site.join("index.html"))?)?;
    write(&site.join("embed.html"), page.as_bytes())
}

/// The page for frames: the application's own, marked as one.
fn frame_page(index: &str) -> Result<String, Failure> {
    if index.matches(ROOT[0]).count() == 1 {
        Ok(index.replace(ROOT[0], ROOT[1]))
    } else {
        Err(Failure::new(format!("index.html does not hold {} once", ROOT[0])))
    }
}

/// The module's own tests, in node, what npm would publish among them.
pub(crate) fn test(workspace: &Workspace) -> Result<(), Failure> {
    let mut command = Command::new(node()?);
    execute(command.args(["--test", "test/"]).current_dir(workspace.root.join("embed")))
}

fn node() -> Result<PathBuf, Failure> {
    find_program("node").ok_or_else(|| Failure::new("node is not on PATH"))
}

/// The sample portal, on an origin of its own: `localhost` beside the application's `127.0.0.1`.
pub(crate) struct Portal {
    child: Child,
    /// Where it is.
    pub(crate) origin: String,
}

impl Portal {
    /// Starts it on this port.
    pub(crate) fn start(workspace: &Workspace, port: u16, app: &str) -> Result<Self, Failure> {
        let mut command = Command::new(node()?);
        command.arg(workspace.root.join("embed/demo/serve.js"));
        command.args(["--port", &port.to_string(), "--app", app]);
        // It ends with its stdin, which ends with this program.
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("the sample portal cannot be started: {error}")))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            let _ = BufReader::new(stdout).read_line(&mut line);
        }
        if let Some(origin) = line.trim().strip_prefix("host ready ") {
            return Ok(Self { origin: origin.to_owned(), child });
        }
        let _ = child.kill();
        let _ = child.wait();
        Err(Failure::new(format!("the sample portal did not start on port {port}")))
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Lets the sample portal hold a site, and make its calls.
pub(crate) fn let_in(site: &Path, portal: &str) -> Result<(), Failure> {
    let place = site.join("config.json");
    let settings = for_portal(&read_text(&place)?, portal)?;
    // Of the settings before. It may not be there.
    let _ = std::fs::remove_file(site.join("config.json.br"));
    write(&place, settings.as_bytes())
}

fn for_portal(settings: &str, portal: &str) -> Result<String, Failure> {
    let unexpected = || Failure::new("public/config.json is not as it was");
    let mut value: serde_json::Value = serde_json::from_str(settings).map_err(|_| unexpected())?;
    let members = value.as_object_mut().ok_or_else(unexpected)?;
    members.insert("mode".to_owned(), "host".into());
    members.insert("hosts".to_owned(), vec![portal].into());
    Ok(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_for_frames_is_marked_and_else_the_same() {
        let index = format!("<!doctype html>\n{}\n<body></body></html>", ROOT[0]);
        let page = frame_page(&index).unwrap();
        assert!(page.contains(" data-frame>") && page.replace(" data-frame", "") == index);
        assert!(frame_page("<html>").is_err());
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../index.html");
        assert!(frame_page(&read_text(&here).unwrap()).is_ok());
    }

    #[test]
    fn the_settings_of_the_sample_let_the_portal_in() {
        let settings = for_portal(r#"{"mode":"gateway","hosts":[]}"#, "http://localhost:8081").unwrap();
        assert!(
            settings.contains(r#""hosts":["http://localhost:8081"]"#)
                && settings.contains(r#""mode":"host""#)
        );
        assert!(for_portal("[]", "x").is_err());
    }
}
