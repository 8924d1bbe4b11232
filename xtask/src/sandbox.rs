//! Runs the stand-in for Partner Center, which also serves the site.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crate::args::{Data, ServeOptions};
use crate::failure::Failure;
use crate::process::{cargo, execute};
use crate::progress::step;
use crate::workspace::{SANDBOX, Workspace, create_folder};

/// How long the sandbox may take to end by itself, and how often is looked whether it has.
const STOPPING: Duration = Duration::from_secs(3);
const LOOK: Duration = Duration::from_millis(20);

/// Builds the program, in release mode: seeding many customers is slow without. Returns its path.
pub(crate) fn build(workspace: &Workspace) -> Result<PathBuf, Failure> {
    step("sandbox", || {
        let mut command = cargo();
        command.args(["build", "--quiet", "--locked", "--release", "--package", SANDBOX]);
        execute(command.current_dir(&workspace.root))
    })?;
    Ok(workspace.target.join(format!("release/{SANDBOX}{}", std::env::consts::EXE_SUFFIX)))
}

/// Fails when something else listens on the port, before anything has been built for nothing.
pub(crate) fn check_port(port: u16) -> Result<(), Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|error| {
        Failure::new(format!("port {port} of this machine cannot be used: {error}"))
            .advise("Choose another one with --port, or stop the program that has it.")
    })
}

/// A running sandbox. It ends with this value, or with this program, whichever comes first.
pub(crate) struct Sandbox {
    child: Child,
    /// The address it answers at, without the base path.
    pub(crate) origin: String,
    /// Kept open, since a program that writes into a closed pipe is stopped.
    _stdout: BufReader<ChildStdout>,
}

impl Sandbox {
    /// Starts the program and waits until it answers.
    pub(crate) fn start(program: &Path, arguments: &[String], root: &Path) -> Result<Self, Failure> {
        let mut command = Command::new(program);
        // Its stdin is ours to close: when this program ends in whatever way, so does the sandbox.
        command.args(arguments).current_dir(root).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| Failure::file(program, &error))?;
        let mut stdout =
            child.stdout.take().map(BufReader::new).ok_or_else(|| Failure::new("no pipe to the sandbox"))?;
        let mut line = String::new();
        let read = stdout.read_line(&mut line);
        let Some(origin) = read.ok().and_then(|_| ready_origin(&line)) else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Failure::new(format!("the sandbox did not start; it said '{}'", line.trim())));
        };
        Ok(Self { child, origin, _stdout: stdout })
    }

    /// Whether it has ended by itself.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }
}

impl Drop for Sandbox {
    /// Asks it to end, so that it can close its data; insists when it does not.
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        for _ in 0..STOPPING.as_millis() / LOOK.as_millis() {
            if self.ended().is_some() {
                return;
            }
            thread::sleep(LOOK);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ready_origin(line: &str) -> Option<String> {
    line.trim().strip_prefix("sandbox ready ").map(str::to_owned)
}

/// The sandbox's command line. `here` is the folder in which the user typed.
pub(crate) fn arguments(
    workspace: &Workspace,
    options: &ServeOptions,
    dist: &Path,
    here: &Path,
) -> Result<Vec<String>, Failure> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let mut arguments = vec!["--exit-with-stdin".to_owned(), "--port".to_owned(), options.port.to_string()];
    arguments.extend([
        "--dist".to_owned(),
        text(dist),
        "--base".to_owned(),
        options.base.as_str().to_owned(),
    ]);
    let file = match &options.data {
        Data::Memory => None,
        Data::File(file) => Some(here.join(file)),
        Data::Default => Some(workspace.root.join(".cartera/sandbox.sqlite")),
    };
    if let Some(file) = file {
        if let Some(folder) = file.parent() {
            create_folder(folder)?;
        }
        arguments.extend(["--data".to_owned(), text(&file)]);
    } else {
        arguments.push("--memory".to_owned());
    }
    let numbers =
        [("--customers", options.customers), ("--seed", options.seed), ("--latency", options.latency)];
    for (name, value) in numbers {
        arguments.extend(value.into_iter().flat_map(|value| [name.to_owned(), value.to_string()]));
    }
    Ok(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_told_with_the_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let failure = check_port(port).unwrap_err().to_string();
        assert!(failure.contains(&port.to_string()) && failure.contains("--port"), "{failure}");
    }

    #[test]
    fn the_origin_is_read_from_the_ready_line_only() {
        assert_eq!(
            ready_origin("sandbox ready http://127.0.0.1:8080\n").as_deref(),
            Some("http://127.0.0.1:8080")
        );
        assert_eq!(ready_origin("thread 'main' panicked"), None);
        assert_eq!(ready_origin(""), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_is_no_sandbox_is_stopped_and_quoted() {
        let arguments = ["-c", "echo oh no; exec sleep 60"].map(str::to_owned);
        let failure = Sandbox::start(Path::new("/bin/sh"), &arguments, Path::new("/")).map(drop).unwrap_err();
        assert!(failure.to_string().contains("'oh no'"), "{failure}");
    }

    #[cfg(unix)]
    #[test]
    fn a_sandbox_runs_until_it_is_dropped() {
        let arguments =
            ["-c", "echo sandbox ready http://127.0.0.1:1; exec cat >/dev/null"].map(str::to_owned);
        let mut sandbox = Sandbox::start(Path::new("/bin/sh"), &arguments, Path::new("/")).unwrap();
        assert_eq!(sandbox.origin, "http://127.0.0.1:1");
        assert_eq!(sandbox.ended(), None);
    }
}
