//! The two commands of every day, `cargo xtask start` and `cargo xtask test`, and what they are made of.
//!
//! Each command is a module with one `run`. They share the [`workspace`] (where things are), the
//! [`setup`] (what must be installed) and [`process`] (how a program is started).

mod args;
mod bench;
mod budget;
mod check_headers;
mod dev;
mod digest;
mod dist;
mod embed;
mod failure;
mod help;
mod licences;
mod lockfile;
mod process;
mod progress;
mod release_check;
mod sandbox;
mod setup;
mod stamp;
mod start;
mod test;
mod workspace;

use std::process::ExitCode;

use args::Task;
use failure::Failure;
use workspace::Workspace;

fn main() -> ExitCode {
    match args::parse(std::env::args().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<(), Failure> {
    if let Task::Help(text) = task {
        println!("{text}");
        return Ok(());
    }
    let workspace = Workspace::find()?;
    match task {
        Task::Help(_) => Ok(()),
        Task::Start(options) => start::run(&workspace, &options),
        Task::Dev(options) => dev::run(&workspace, &options),
        Task::Test(options) => test::run(&workspace, &options),
        Task::Setup(needs) => setup::ensure(&workspace, &needs).map(drop),
        Task::Dist(options) => dist::run(&workspace, &options),
        Task::CheckHeaders { url, hashes } => check_headers::run(&workspace, &url, hashes.as_deref()),
        Task::ReleaseCheck => release_check::run(&workspace),
        Task::Bench { names } => bench::run(&workspace, &names),
        Task::Licences => licences::run(&workspace),
    }
}
