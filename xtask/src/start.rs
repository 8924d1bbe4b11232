//! `cargo xtask start`: the application on a sandboxed Partner Center.

use std::env;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::args::ServeOptions;
use crate::dist;
use crate::failure::Failure;
use crate::sandbox::{self, Sandbox};
use crate::setup::{self, Need};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace, options: &ServeOptions) -> Result<(), Failure> {
    sandbox::check_port(options.port)?;
    let here = current_folder()?;
    let toolbox = setup::ensure(workspace, &[Need::Build])?;
    let dist = dist::build(workspace, &toolbox, &options.base)?;
    let program = sandbox::build(workspace)?;
    let arguments = sandbox::arguments(workspace, options, &dist, &here)?;
    let mut running = Sandbox::start(&program, &arguments, &workspace.root)?;
    announce(&running, options);
    loop {
        if let Some(status) = running.ended() {
            return Err(Failure::new(format!("the sandbox has ended ({status})")));
        }
        thread::sleep(Duration::from_millis(200));
    }
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
