//! `cargo xtask start`: the application on a sandboxed Partner Center.

use std::env;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::args::ServeOptions;
use crate::dist;
use crate::embed::{self, Portal};
use crate::failure::Failure;
use crate::sandbox::{self, Sandbox};
use crate::setup::{self, Need};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace, options: &ServeOptions) -> Result<(), Failure> {
    sandbox::check_port(options.port)?;
    let here = current_folder()?;
    let toolbox = setup::ensure(workspace, &[Need::Build])?;
    if options.embed_demo {
        sandbox::check_port(options.port.saturating_add(1))?;
    }
    let dist = if options.embed_demo {
        // Not into `dist/`, whose settings let no portal in.
        let folder = workspace.scratch().join("embed-demo");
        dist::build_into(workspace, &toolbox, dist::Mode::Optimised, &options.base, &folder)?;
        folder
    } else {
        dist::build(workspace, &toolbox, &options.base)?
    };
    let program = sandbox::build(workspace)?;
    let mut arguments = sandbox::arguments(workspace, options, &dist, &here)?;
    let portal = if options.embed_demo { Some(portal(workspace, options)?) } else { None };
    if let Some(portal) = &portal {
        embed::let_in(&dist, &portal.origin)?;
        arguments.extend(["--allow-origin".to_owned(), portal.origin.clone()]);
    }
    let mut running = Sandbox::start(&program, &arguments, &workspace.root)?;
    announce(&running, options);
    if let Some(portal) = &portal {
        println!("portal {}/?app={}{}", portal.origin, running.origin, options.base.as_str());
    }
    loop {
        if let Some(status) = running.ended() {
            return Err(Failure::new(format!("the sandbox has ended ({status})")));
        }
        thread::sleep(Duration::from_millis(200));
    }
}

fn portal(workspace: &Workspace, options: &ServeOptions) -> Result<Portal, Failure> {
    Portal::start(workspace, options.port.saturating_add(1), &format!("http://127.0.0.1:{}", options.port))
}

/// The folder in which the user typed. `cargo run` keeps it.
pub(crate) fn current_folder() -> Result<std::path::PathBuf, Failure> {
    env::current_dir().map_err(|error| Failure::new(format!("the current folder is not there: {error}")))
}

/// Prints the one line that people and scripts wait for, and opens the browser when asked to.
pub(crate) fn announce(running: &Sandbox, options: &ServeOptions) {
    let address = format!("{}{}", running.origin, options.base.as_str());
    println!("ready {address}");
    if options.open && !open(&address) {
        println!("No browser could be opened: open the address by hand.");
    }
}

fn open(address: &str) -> bool {
    let program = match env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
