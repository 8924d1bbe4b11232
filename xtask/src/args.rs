//! Reads the command line.

use std::collections::VecDeque;
use std::path::PathBuf;

use site_hosting::hosts::{self, Host};

use crate::dist::{DistOptions, base::Base};
use crate::failure::Failure;
use crate::help;
use crate::setup::{Browser, Need};

/// What the user asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help(&'static str),
    Start(ServeOptions),
    Dev(ServeOptions),
    Test(TestOptions),
    Setup(Vec<Need>),
    Dist(DistOptions),
    CheckHeaders { url: String, hashes: Option<PathBuf> },
    ReleaseCheck,
    Bench { names: Vec<String> },
    Licences,
}

/// How `start` and `dev` serve.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServeOptions {
    pub(crate) port: u16,
    pub(crate) data: Data,
    pub(crate) customers: Option<u64>,
    pub(crate) seed: Option<u64>,
    /// Milliseconds added to every API answer.
    pub(crate) latency: Option<u64>,
    pub(crate) base: Base,
    pub(crate) open: bool,
    /// Whether a sample portal around it is served, too.
    pub(crate) embed_demo: bool,
}

/// Where the sandbox keeps its data.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Data {
    Memory,
    /// Relative to where the command was typed.
    File(PathBuf),
    /// `.cartera/sandbox.sqlite` in the workspace.
    Default,
}

/// Which tests, and in which browsers. `None` is everything, respectively the default mix.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TestOptions {
    pub(crate) only: Option<Part>,
    pub(crate) browsers: Option<Vec<Browser>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Unit,
    Proof,
    Browser,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(args: impl IntoIterator<Item = String>) -> Result<Task, Failure> {
    let mut args: VecDeque<String> = args.into_iter().flat_map(split_equals).collect();
    let Some(command) = args.pop_front() else { return Ok(Task::Help(help::OVERVIEW)) };
    let (read, help): (Reader, _) = match command.as_str() {
        "start" => (|words| serve_options(words).map(Task::Start), help::START),
        "dev" => (|words| serve_options(words).map(Task::Dev), help::DEV),
        "test" => (test_options, help::TEST),
        "setup" => (needs, help::SETUP),
        "dist" => (dist_options, help::DIST),
        "check-headers" => (check_headers_options, help::CHECK_HEADERS),
        "release-check" => (|words| nothing(words, Task::ReleaseCheck), help::RELEASE_CHECK),
        "bench" => (bench_names, help::BENCH),
        "licences" => (|words| nothing(words, Task::Licences), help::LICENCES),
        "help" | "--help" | "-h" => return Ok(Task::Help(help::OVERVIEW)),
        other => {
            return Err(Failure::new(format!("there is no command '{other}'"))
                .advise("'cargo xtask --help' lists the commands"));
        }
    };
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        return Ok(Task::Help(help));
    }
    let usage = format!("see 'cargo xtask {command} --help'");
    read(Words(args)).map_err(|failure| failure.advise(usage))
}

/// Reads what comes after a command.
type Reader = fn(Words) -> Result<Task, Failure>;

/// `--port=1` is `--port 1`.
fn split_equals(arg: String) -> Vec<String> {
    match arg.split_once('=') {
        Some((name, value)) if name.starts_with("--") => vec![name.to_owned(), value.to_owned()],
        _ => vec![arg],
    }
}

/// The words after the command.
struct Words(VecDeque<String>);

impl Words {
    fn next(&mut self) -> Option<String> {
        self.0.pop_front()
    }

    fn value(&mut self, option: &str) -> Result<String, Failure> {
        self.next().ok_or_else(|| Failure::new(format!("{option} needs a value")))
    }

    fn number<T: std::str::FromStr>(&mut self, option: &str) -> Result<T, Failure> {
        let value = self.value(option)?;
        value.parse().map_err(|_| Failure::new(format!("{option} needs a number, not '{value}'")))
    }
}

fn unknown(word: &str) -> Failure {
    Failure::new(format!("'{word}' is not understood"))
}

fn serve_options(mut words: Words) -> Result<ServeOptions, Failure> {
    let mut options = ServeOptions {
        port: 8080,
        data: Data::Default,
        customers: None,
        seed: None,
        latency: None,
        base: Base::default(),
        open: false,
        embed_demo: false,
    };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--port" => options.port = words.number("--port")?,
            "--memory" | "--data" if options.data != Data::Default => {
                return Err(Failure::new("either --memory or one --data FILE"));
            }
            "--memory" => options.data = Data::Memory,
            "--data" => options.data = Data::File(words.value("--data")?.into()),
            "--customers" => options.customers = Some(words.number("--customers")?),
            "--seed" => options.seed = Some(words.number("--seed")?),
            "--latency" => options.latency = Some(words.number("--latency")?),
            "--base" => options.base = Base::parse(&words.value("--base")?)?,
            "--open" => options.open = true,
            "--embed-demo" => options.embed_demo = true,
            _ => return Err(unknown(&word)),
        }
    }
    Ok(options)
}

fn test_options(mut words: Words) -> Result<Task, Failure> {
    let mut options = TestOptions::default();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--only" => {
                options.only = Some(match words.value("--only")?.as_str() {
                    "unit" => Part::Unit,
                    "proof" => Part::Proof,
                    "browser" => Part::Browser,
                    other => {
                        return Err(Failure::new(format!(
                            "--only takes unit, proof or browser, not '{other}'"
                        )));
                    }
                });
            }
            "--browser" => {
                let value = words.value("--browser")?;
                options.browsers = Some(match value.as_str() {
                    "all" => Browser::ALL.to_vec(),
                    name => vec![Browser::named(name).ok_or_else(|| {
                        Failure::new(format!(
                            "--browser takes chromium, firefox, webkit or all, not '{name}'"
                        ))
                    })?],
                });
            }
            _ => return Err(unknown(&word)),
        }
    }
    if options.browsers.is_some() && matches!(options.only, Some(Part::Unit | Part::Proof)) {
        return Err(Failure::new("--browser has no meaning without browser tests"));
    }
    Ok(Task::Test(options))
}

fn needs(mut words: Words) -> Result<Task, Failure> {
    let mut needs = Vec::new();
    while let Some(word) = words.next() {
        match word.as_str() {
            "build" => needs.push(Need::Build),
            "demo" => needs.push(Need::Demo),
            "browsers" => needs.extend(Browser::ALL.map(Need::Browser)),
            name => needs.push(Need::Browser(Browser::named(name).ok_or_else(|| unknown(name))?)),
        }
    }
    if needs.is_empty() {
        needs.extend([Need::Build, Need::Demo]);
        needs.extend(Browser::ALL.map(Need::Browser));
    }
    Ok(Task::Setup(needs))
}

fn dist_options(mut words: Words) -> Result<Task, Failure> {
    let mut options = DistOptions::default();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--base" => options.base = Base::parse(&words.value("--base")?)?,
            "--demo" => options.demo = true,
            "--keep" => options.keep = Some(words.value("--keep")?.into()),
            "--host" => {
                let name = words.value("--host")?;
                if Host::named(&name).is_none() {
                    let names: Vec<&str> = hosts::ALL.iter().map(|host| host.name).collect();
                    return Err(Failure::new(format!("--host takes {}, not '{name}'", names.join(", "))));
                }
                options.host = Some(name);
            }
            _ => return Err(unknown(&word)),
        }
    }
    Ok(Task::Dist(options))
}

fn check_headers_options(mut words: Words) -> Result<Task, Failure> {
    let (mut url, mut hashes) = (None, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--hashes" => hashes = Some(words.value("--hashes")?.into()),
            _ if url.is_none() && (word.starts_with("https://") || word.starts_with("http://")) => {
                url = Some(word);
            }
            _ => return Err(unknown(&word)),
        }
    }
    let url = url.ok_or_else(|| {
        Failure::new("the site's address is missing, such as https://cartera.partner.example/")
    })?;
    Ok(Task::CheckHeaders { url, hashes })
}

fn bench_names(words: Words) -> Result<Task, Failure> {
    match words.0.iter().find(|word| word.starts_with('-')) {
        Some(option) => Err(unknown(option)),
        None => Ok(Task::Bench { names: words.0.into() }),
    }
}

fn nothing(mut words: Words, task: Task) -> Result<Task, Failure> {
    words.next().map_or(Ok(task), |word| Err(unknown(&word)))
}

#[cfg(test)]
mod tests;
