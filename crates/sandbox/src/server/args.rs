//! The command line.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use site_hosting::Deployment;

use crate::core::cloud::Cloud;
use crate::core::config::Config;
use crate::core::faults::Rule;
use crate::core::store::Store;

/// What `--help` prints.
pub const HELP: &str = "\
A stand-in for the Partner Center API, for development, tests and demonstrations.

Usage: sandbox --port P [options]

  --port P            the port on 127.0.0.1; 0 picks a free one
  --memory            keep the data in memory (the default)
  --data FILE         keep the data in a SQLite file, over restarts
  --customers N       how many customers to make (1200)
  --seed N            the seed of everything that is made up (1)
  --latency MS        let every answer of the API wait
  --cloud NAME        global (the default), us-government, china or germany
  --cases             add the customers who show a case of removal or of a transfer
  --dist DIR          serve the built application, too
  --base PATH         where the application is served (/)
  --deployment FILE   serve it with the headers of this file (those of the repository's deploy.toml)
  --faults SPEC       kind:rate[:path][,…], for instance throttle:0.1,html:0.05:/customers
  --allow-origin O    let pages of this origin call the API; may be given several times
  --connect O         let the application's pages call this origin, too; may be given several times
  --exit-with-stdin   stop when stdin is closed
  --help              this text

Prints one line to stdout when it is ready: sandbox ready http://127.0.0.1:P";

/// What the command line says.
#[derive(Clone, Debug)]
pub struct Args {
    /// The port; 0 for any.
    pub port: u16,
    /// Where the data is kept.
    pub store: Store,
    /// How the sandbox begins.
    pub config: Config,
    /// The folder of the built application.
    pub dist: Option<PathBuf>,
    /// Where it is served: begins and ends with a slash.
    pub base: String,
    /// What its answers have to be.
    pub deployment: Deployment,
    /// Origins whose pages may call the API.
    pub origins: Vec<String>,
    /// Further origins that the pages served here may call.
    pub connect: Vec<String>,
    /// Whether the end of stdin ends the process.
    pub exit_with_stdin: bool,
}

impl Default for Args {
    fn default() -> Self {
        Self {
            port: 0,
            store: Store::Memory,
            config: Config::default(),
            dist: None,
            base: "/".to_owned(),
            deployment: Deployment::standard(),
            origins: Vec::new(),
            connect: Vec::new(),
            exit_with_stdin: false,
        }
    }
}

/// Reads the arguments after the program's name. `None` when help is asked for.
///
/// # Errors
/// A sentence that names the argument and what it should be.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Option<Args>, String> {
    let mut arguments = arguments;
    let mut args = Args::default();
    let mut port = None;
    while let Some(argument) = arguments.next() {
        let name = argument.to_string_lossy().into_owned();
        let mut value = || arguments.next().ok_or_else(|| format!("{name} needs a value"));
        match name.as_str() {
            "--help" | "-h" => return Ok(None),
            "--memory" => args.store = Store::Memory,
            "--exit-with-stdin" => args.exit_with_stdin = true,
            "--cases" => args.config.cases = true,
            "--port" => port = Some(number(&name, &value()?)?),
            "--data" => args.store = Store::File(value()?.into()),
            "--customers" => args.config.customers = number(&name, &value()?)?,
            "--seed" => args.config.seed = number(&name, &value()?)?,
            "--latency" => args.config.latency_ms = number(&name, &value()?)?,
            "--cloud" => args.config.cloud = cloud(&text(&name, value()?)?)?,
            "--dist" => args.dist = Some(value()?.into()),
            "--base" => args.base = base(&text(&name, value()?)?)?,
            "--deployment" => args.deployment = deployment(&PathBuf::from(value()?))?,
            "--faults" => args.config.faults = Rule::parse_list(&text(&name, value()?)?)?,
            "--allow-origin" => args.origins.push(origin(&name, &text(&name, value()?)?)?),
            "--connect" => args.connect.push(origin(&name, &text(&name, value()?)?)?),
            _ => return Err(format!("there is no option {name}")),
        }
    }
    args.port = port.ok_or("--port is missing (0 picks a free one)")?;
    Ok(Some(args))
}

fn text(name: &str, value: OsString) -> Result<String, String> {
    value.into_string().map_err(|_| format!("the value of {name} is not UTF-8"))
}

fn number<N: std::str::FromStr>(name: &str, value: &OsString) -> Result<N, String> {
    let number = value.to_str().and_then(|value| value.parse().ok());
    number.ok_or_else(|| format!("{name} needs a number, not \"{}\"", value.to_string_lossy()))
}

fn cloud(name: &str) -> Result<Cloud, String> {
    Cloud::parse(name)
        .ok_or_else(|| format!("--cloud needs global, us-government, china or germany, not \"{name}\""))
}

fn base(path: &str) -> Result<String, String> {
    let plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-._~".contains(&b));
    if path.starts_with('/') && path.ends_with('/') && plain && !path.contains("//") {
        Ok(path.to_owned())
    } else {
        Err(format!("--base needs a path that begins and ends with a slash, not \"{path}\""))
    }
}

fn deployment(file: &Path) -> Result<Deployment, String> {
    let text = fs::read_to_string(file).map_err(|error| {
        format!("--deployment needs a file such as deploy.toml: {} {error}", file.display())
    })?;
    Deployment::parse(&text)
}

fn origin(name: &str, text: &str) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '*', ' ']) => Ok(text.to_ascii_lowercase()),
        _ => Err(format!("{name} needs an origin such as https://portal.example, not \"{text}\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Args>, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn every_option_is_read() {
        let line = "--port 0 --data a/b.sqlite --customers 7 --seed 9 --latency 20 --dist d --base /p/a/ \
                    --faults html:1 --cloud china --allow-origin https://A.example --connect http://127.0.0.1:9 --exit-with-stdin";
        let args = read(line).unwrap().unwrap();
        assert_eq!((args.config.customers, args.config.seed, args.config.latency_ms), (7, 9, 20));
        assert_eq!(args.config.cloud, Cloud::China);
        assert_eq!(args.store, Store::File("a/b.sqlite".into()));
        assert_eq!((args.base.as_str(), args.config.faults.len()), ("/p/a/", 1));
        assert_eq!(args.origins, ["https://a.example"]);
        assert_eq!(args.connect, ["http://127.0.0.1:9"]);
        assert!(args.deployment.headers.contains_key("Cross-Origin-Embedder-Policy"), "the repository's own");
        assert!(args.exit_with_stdin && args.config.cloud == Cloud::China);
        assert!(read("--help").unwrap().is_none());
    }

    #[test]
    fn what_cannot_be_is_named() {
        for line in [
            "",
            "--port",
            "--port x",
            "--port 70000",
            "--port 0 --base portal/",
            "--port 0 --base //x/",
            "--port 0 --allow-origin *",
            "--port 0 --connect 'self'",
            "--port 0 --faults nonsense",
            "--port 0 --cloud mars",
            "--port 0 --deployment no/such/file",
            concat!("--port 0 --deployment ", env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
            "--port 0 --what",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
