//! The HTTP shell: carries requests to the core and answers back, and serves the built application.

mod args;
mod assets;
mod cors;
mod deliver;
mod guard;
mod headers;
mod serve;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

pub use args::{Args, HELP, parse};
pub use serve::{Bound, bind};

use crate::core::clock::{Clock, SeededRandom};
use crate::core::sandbox::Sandbox;
use crate::core::store::Store;

/// The computer's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// The `sandbox` command: 0 when it was stopped, 1 when it failed, 2 when it could not begin.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let args = match parse(arguments) {
        Ok(Some(args)) => args,
        Ok(None) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("sandbox: {problem}\nTry --help.");
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("sandbox: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(run_until_stopped(args));
    // A read of stdin cannot be cancelled and must not hold the process back.
    runtime.shutdown_background();
    code
}

async fn run_until_stopped(args: Args) -> ExitCode {
    // The port first: a taken one should be known before a hundred thousand customers are made.
    let listener = match serve::listen(args.port).await {
        Ok(listener) => listener,
        Err(problem) => {
            eprintln!("sandbox: {problem}");
            return ExitCode::from(2);
        }
    };
    let exit_with_stdin = args.exit_with_stdin;
    let bound = match open(&args).and_then(|sandbox| bind(listener, sandbox, args)) {
        Ok(bound) => bound,
        Err(problem) => {
            eprintln!("sandbox: {problem}");
            return ExitCode::from(2);
        }
    };
    // Signals are listened for from the first poll on. Whoever reads the line below may send one at once.
    let mut stopped = std::pin::pin!(stopped(exit_with_stdin));
    tokio::select! {
        biased;
        () = &mut stopped => return ExitCode::SUCCESS,
        () = std::future::ready(()) => {}
    }
    println!("sandbox ready {}", bound.origin());
    tokio::select! {
        () = bound.serve() => ExitCode::FAILURE,
        () = &mut stopped => ExitCode::SUCCESS,
    }
}

/// Opens the data that the arguments name.
fn open(args: &Args) -> Result<Sandbox, String> {
    if let Store::File(path) = &args.store
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("the folder {} cannot be made: {error}", folder.display()))?;
    }
    let clock = SystemClock;
    // Good enough for ids that only have to differ: nothing here is a secret.
    let random = SeededRandom::for_purpose(clock.now().cast_unsigned(), u64::from(std::process::id()), "ids");
    let sandbox = Sandbox::open(&args.store, args.config.clone(), Box::new(clock), Box::new(random))
        .map_err(|error| error.to_string())?;
    let made = sandbox.parameters();
    if made.customers != args.config.customers || made.seed != args.config.seed {
        eprintln!(
            "sandbox: the data file was made with --customers {} --seed {} and is kept as it is",
            made.customers, made.seed
        );
    }
    Ok(sandbox)
}

/// Waits for Ctrl-C, a termination signal or, when asked to, the end of stdin.
async fn stopped(with_stdin: bool) {
    let stdin = async {
        if with_stdin {
            let _ = tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated() => {}
        () = stdin => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
