//! Starts programs and turns their failures into sentences.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::failure::Failure;
use crate::workspace::create_folder;

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end, its output on the terminal.
pub(crate) fn execute(command: &mut Command) -> Result<(), Failure> {
    let status = command.status();
    finished(command, status)
}

/// Runs to the end and returns what it wrote to stdout.
pub(crate) fn capture(command: &mut Command) -> Result<String, Failure> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(failed(command, output.status).advise(said.trim()))
    }
}

/// Runs to the end with its output in a file; when it fails, the end of that file is the advice.
pub(crate) fn run_logged(command: &mut Command, log: &Path) -> Result<(), Failure> {
    const SHOWN: usize = 15;
    if let Some(folder) = log.parent() {
        create_folder(folder)?;
    }
    let out = File::create(log).map_err(|error| Failure::file(log, &error))?;
    let err = out.try_clone().map_err(|error| Failure::file(log, &error))?;
    let status = command.stdin(Stdio::null()).stdout(out).stderr(err).status();
    finished(command, status).map_err(|failure| {
        let text = fs::read(log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        let end = lines.get(lines.len().saturating_sub(SHOWN)..).unwrap_or_default().join("\n");
        failure.advise(format!("{end}\nThe whole output is in {}", log.display()))
    })
}

fn finished(command: &Command, status: io::Result<ExitStatus>) -> Result<(), Failure> {
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(command, status)),
        Err(error) => Err(not_started(command, &error)),
    }
}

fn failed(command: &Command, status: ExitStatus) -> Failure {
    Failure::new(format!("'{}' failed ({status})", shown(command)))
}

fn not_started(command: &Command, error: &io::Error) -> Failure {
    Failure::new(format!("'{}' could not be started: {error}", shown(command)))
}

/// The command as one would type it, with the program's name instead of its path.
fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Looks a program up in `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    find_program_in(name, &env::var_os("PATH")?)
}

/// Looks a program up in a value of `PATH`.
pub(crate) fn find_program_in(name: &str, path: &OsStr) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(path).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// `PATH` with `folders` before what is there.
pub(crate) fn extended_path(folders: &[PathBuf]) -> Result<OsString, Failure> {
    let old = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().cloned().chain(env::split_paths(&old)))
        .map_err(|error| Failure::new(format!("the tools cannot be put on PATH: {error}")))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::workspace::test_folder;

    #[test]
    fn a_failure_names_the_command_and_shows_the_end_of_its_log() {
        let folder = test_folder::empty("log");
        let mut command = Command::new("/bin/sh");
        let script = "i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo line $i; done; exit 3";
        let failure = run_logged(command.args(["-c", script]), &folder.join("log")).unwrap_err().to_string();
        assert!(failure.starts_with("error: 'sh -c"), "{failure}");
        assert!(failure.contains("line 40") && !failure.contains("line 25\n"), "{failure}");
        assert!(failure.contains("The whole output is in"), "{failure}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn captured_output_is_stdout_and_a_failure_tells_stderr() {
        assert_eq!(capture(Command::new("echo").arg("hello")).unwrap(), "hello\n");
        let failure = capture(Command::new("sh").args(["-c", "echo why >&2; exit 1"])).unwrap_err();
        assert!(failure.to_string().ends_with("\n  why"), "{failure}");
        assert!(
            execute(&mut Command::new("no-such-program"))
                .unwrap_err()
                .to_string()
                .contains("could not be started")
        );
    }
}
