//! Stands in for `wasm-bindgen` while Trunk builds: divides the program at its split points first, and hands the main
//! part on to the real one.
//!
//! Trunk has no step between the compiler and `wasm-bindgen`, and after the latter it is too late: it drops what tells
//! which code needs which. So `cargo xtask` puts this program on `PATH` under that name; the variables below say where the
//! real one is and where the parts go.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use wasm_split_cli_support::{Options, transform};

/// The real program.
const REAL: &str = "CARTERA_WASM_BINDGEN";
/// The folder for the parts. Without it nothing is divided.
const PARTS: &str = "CARTERA_PARTS";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("site-split: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let real = env::var_os(REAL).ok_or_else(|| format!("{REAL} does not name the real wasm-bindgen"))?;
    let mut arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let program = arguments
        .iter()
        .position(|argument| Path::new(argument).extension().is_some_and(|end| end == "wasm"));
    if let (Some(parts), Some(at)) = (env::var_os(PARTS), program) {
        let main = divide(Path::new(&arguments[at]), Path::new(&parts))?;
        arguments[at] = main.into();
        // The parts share the main part's table of functions, which it would not export otherwise.
        arguments.push("--keep-lld-exports".into());
    }
    let status =
        Command::new(&real).args(&arguments).status().map_err(|error| format!("wasm-bindgen: {error}"))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Writes the parts and returns the main one. It keeps the program's name, which the glue takes over.
fn divide(program: &Path, parts: &Path) -> Result<PathBuf, String> {
    let input = std::fs::read(program).map_err(|error| format!("{}: {error}", program.display()))?;
    let main = parts.join("main").join(program.file_name().unwrap_or_default());
    std::fs::create_dir_all(parts.join("main")).map_err(|error| format!("{}: {error}", parts.display()))?;
    let mut options = Options::new(&input);
    options.output_dir = parts;
    options.main_out_path = &main;
    // Both names are given their final form when the site is put together.
    options.link_name = "./parts.js";
    options.main_module = "./main.js";
    transform(options).map_err(|error| format!("the program cannot be divided: {error:?}"))?;
    Ok(main)
}
