//! The stand-in for Partner Center, as a process of its own.

use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;

use crate::environment;
use crate::site::Site;
use crate::static_server;

/// What the sandbox is started with.
#[derive(Clone, Debug)]
pub struct SandboxOptions {
    /// How many customers the list holds.
    pub customers: u32,
    /// What everything invented depends on.
    pub seed: u64,
    /// Milliseconds that every answer of the API waits.
    pub latency_ms: u32,
    /// The cloud that it stands for.
    pub cloud: &'static str,
    /// Further origins that the application's pages may call.
    pub connect: Vec<String>,
    /// Origins whose pages may call the API.
    pub origins: Vec<String>,
    /// The port; 0 for any.
    pub port: u16,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            customers: 1200,
            seed: 1,
            latency_ms: 0,
            cloud: "global",
            connect: Vec::new(),
            origins: Vec::new(),
            port: 0,
        }
    }
}

/// A running sandbox. It ends with this value, or when the test's process ends in whatever way. In a demonstration there is a
/// plain server of files in its place, and nothing can be asked of it.
pub struct Sandbox {
    child: Option<RefCell<Child>>,
    origin: String,
    /// Kept open, since a program that writes into a closed pipe is stopped.
    _stdout: Option<BufReader<ChildStdout>>,
    log: Arc<Mutex<String>>,
}

impl Sandbox {
    /// Starts it on a free port and waits for its word that it is ready.
    pub fn start(site: &Site, options: &SandboxOptions) -> Self {
        let program = environment::sandbox();
        let mut command = Command::new(&program);
        command.args(["--exit-with-stdin", "--memory", "--cloud", options.cloud]);
        command.args(["--port", &options.port.to_string()]);
        command.args(["--customers", &options.customers.to_string(), "--seed", &options.seed.to_string()]);
        command.args(["--latency", &options.latency_ms.to_string(), "--base", site.base()]);
        command.arg("--dist").arg(site.folder());
        if let Some(file) = site.deployment() {
            command.arg("--deployment").arg(file);
        }
        for (name, origins) in [("--connect", &options.connect), ("--allow-origin", &options.origins)] {
            for origin in origins {
                command.args([name, origin]);
            }
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let stderr = BufReader::new(child.stderr.take().expect("its log"));
        let log = Arc::new(Mutex::new(String::new()));
        let written = Arc::clone(&log);
        // It ends with the program.
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let mut log = written.lock().unwrap_or_else(PoisonError::into_inner);
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the sandbox's first line");
        let origin = line.trim().strip_prefix("sandbox ready ").expect("the sandbox's word that it is ready");
        let origin = origin.to_owned();
        Self { origin, child: Some(RefCell::new(child)), _stdout: Some(stdout), log }
    }

    /// A plain server of files in its place.
    pub(crate) fn plain(site: &Site) -> Self {
        Self { origin: static_server::serve(site), child: None, _stdout: None, log: Arc::default() }
    }

    /// Whether it is there: not in a demonstration, whose sandbox is in the page.
    pub fn is_there(&self) -> bool {
        self.child.is_some()
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Where it answers, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Puts these faults in place of those in force: a list of rules, as its README describes them.
    pub async fn set_faults(&self, rules: Value) {
        let request = reqwest::Client::new().put(format!("{}/.sandbox/faults", self.origin)).json(&rules);
        let answer = request.send().await.expect("an answer of the sandbox's control path");
        assert!(answer.status().is_success(), "the sandbox refuses {rules}: {}", answer.status());
    }

    /// Changes switches, such as `latency_ms`.
    pub async fn switch(&self, switches: Value) {
        let request = reqwest::Client::new().post(format!("{}/.sandbox/config", self.origin)).json(&switches);
        let answer = request.send().await.expect("an answer of the sandbox's control path");
        assert!(answer.status().is_success(), "the sandbox refuses {switches}: {}", answer.status());
    }

    /// Calls the control path, by the method and path that its README gives, and answers what it says.
    pub async fn control(&self, method: reqwest::Method, path: &str, body: &Value) -> Value {
        let request = reqwest::Client::new().request(method, format!("{}/.sandbox/{path}", self.origin));
        let answer = request.json(body).send().await.expect("an answer of the sandbox's control path");
        assert!(answer.status().is_success(), "the sandbox refuses {path} {body}: {}", answer.status());
        answer.json().await.expect("JSON")
    }

    /// What a colleague does at this moment, as the sandbox's README describes it.
    pub async fn colleague(&self, does: Value) -> Value {
        self.control(reqwest::Method::POST, "colleague", &does).await
    }

    /// How many customers were made so far.
    pub async fn customers_made(&self) -> usize {
        let answer = reqwest::get(format!("{}/.sandbox/ledger", self.origin)).await.expect("the ledger");
        let ledger: Value = answer.json().await.expect("the ledger as JSON");
        let entries = ledger["entries"].as_array().expect("entries").iter();
        entries.filter(|entry| entry["action"] == "created" && entry["kind"] == "customer").count()
    }

    /// A resource as the service has it now.
    pub async fn read(&self, path: &str) -> Value {
        let answer =
            reqwest::get(format!("{}/v1{path}", self.origin)).await.expect("an answer of the sandbox");
        answer.json().await.expect("JSON")
    }

    /// How often a fault of this kind has happened.
    pub async fn faults_so_far(&self, kind: &str) -> u64 {
        let answer = reqwest::get(format!("{}/.sandbox/ledger", self.origin)).await.expect("the ledger");
        let ledger: Value = answer.json().await.expect("the ledger as JSON");
        ledger["faults"][kind].as_u64().unwrap_or(0)
    }

    /// Ends it: from now on nobody answers at its address.
    pub fn stop(&self) {
        let Some(child) = &self.child else { return };
        let mut child = child.borrow_mut();
        // It fails only where it has ended already.
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop();
    }
}
