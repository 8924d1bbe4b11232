//! The programs that run in workers of the browser: each is built beside the application and fetched when it is first needed.
//!
//! A worker is a package that compiles to wasm, with the script of the worker (`worker.js`) in its folder. That script imports
//! the package's glue in its first line; here the two become one file, so that a start costs two requests: this file and
//! its wasm, which is looked for beside it under any base path. Both have names that change with their content, and
//! `index.html` tells `boot.js` what they are: the page starts a worker by its [`name`](Worker::name) with
//! `cartera.worker(name)`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Mode, hash, wasm_flags};
use crate::failure::Failure;
use crate::process::execute;
use crate::setup::Toolbox;
use crate::workspace::{Workspace, read_text, write};

/// A program for a worker.
pub(crate) struct Worker {
    /// Its package.
    pub(crate) package: &'static str,
    /// What the page calls it; its files in `lazy/` begin with this.
    pub(crate) name: &'static str,
    /// What its files may have together, in KB of 1000 bytes, compressed.
    pub(crate) limit: u64,
}

/// All of them.
pub(crate) const WORKERS: &[Worker] = &[
    // Asked for were 70. Built for size alone it is 80, and reads half as fast.
    Worker { package: "import-worker", name: "import", limit: 95 },
    Worker { package: "workbook-worker", name: "workbook-reader", limit: 70 },
];

/// The one that only `dist --demo` adds: the sandbox and its database.
pub(crate) const DEMO: Worker = Worker { package: "demo-worker", name: "demo", limit: 600 };

/// The pages that start the application.
const PAGES: [&str; 2] = ["index.html", "embed.html"];
/// The folder of the site in which they lie.
pub(crate) const FOLDER: &str = "lazy/";
/// What they are built for.
const TARGET: &str = "wasm32-unknown-unknown";
/// How they are built, in a fast build too: unoptimised they would be many times slower, and they rarely change.
const PROFILE: &str = "wasm-worker";
/// What makes them smaller without making them slower.
const WASM_OPT: [&str; 4] = ["--strip-debug", "--strip-producers", "--low-memory-unused", "-O3"];

/// The folders that they are built from.
pub(super) fn sources(workspace: &Workspace) -> Vec<PathBuf> {
    let members = WORKERS.iter().flat_map(|worker| workspace.built_from(worker.package));
    members.filter_map(|name| workspace.member_folder(name)).map(Path::to_owned).collect()
}

/// Builds the workers and puts them into the site.
pub(super) fn place(
    workspace: &Workspace,
    toolbox: &Toolbox,
    mode: Mode,
    site: &Path,
) -> Result<(), Failure> {
    compile(workspace, toolbox, WORKERS, &[])?;
    let mut names = Vec::new();
    for worker in WORKERS {
        names.push(place_one(workspace, toolbox, mode, site, worker)?);
    }
    tell_pages(site, &names)
}

/// Compiles workers, with these variables set.
pub(super) fn compile(
    workspace: &Workspace,
    toolbox: &Toolbox,
    workers: &[Worker],
    variables: &[(&str, &str)],
) -> Result<(), Failure> {
    let mut build = toolbox.wasm_command("cargo");
    build.args(["build", "--quiet", "--locked", "--profile", PROFILE, "--target", TARGET]);
    build.args(workers.iter().flat_map(|worker| ["--package", worker.package]));
    build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", wasm_flags(workspace).join(" "));
    execute(build.envs(variables.iter().copied()).current_dir(&workspace.root))
}

/// Tells every page that starts the application what the scripts of these workers are called.
pub(super) fn tell_pages(site: &Path, names: &[String]) -> Result<(), Failure> {
    for page in PAGES {
        let page = site.join(page);
        if page.is_file() {
            write(&page, tell(&read_text(&page)?, names)?.as_bytes())?;
        }
    }
    Ok(())
}

/// Puts one worker into the site and returns the name of its script in [`FOLDER`].
pub(super) fn place_one(
    workspace: &Workspace,
    toolbox: &Toolbox,
    mode: Mode,
    site: &Path,
    worker: &Worker,
) -> Result<String, Failure> {
    let stem = worker.package.replace('-', "_");
    let program = workspace.target.join(TARGET).join(PROFILE).join(format!("{stem}.wasm"));
    let folder = workspace.scratch().join("workers").join(worker.name);
    let mut bind = toolbox.command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder).arg(program);
    execute(&mut bind)?;
    let wasm = folder.join(format!("{stem}_bg.wasm"));
    if mode == Mode::Optimised {
        let mut wasm_opt = toolbox.command("wasm-opt");
        execute(wasm_opt.args(WASM_OPT).arg(&wasm).arg("-o").arg(&wasm))?;
    }
    let content = fs::read(&wasm).map_err(|error| Failure::file(&wasm, &error))?;
    let wasm_name = format!("{}-{:016x}.wasm", worker.name, hash(&content));
    write(&site.join(FOLDER).join(&wasm_name), &content)?;

    let own = workspace.member_folder(worker.package).unwrap_or(&workspace.root).join("worker.js");
    let glue = read_text(&folder.join(format!("{stem}.js")))?;
    let script = join(&glue, &read_text(&own)?, &format!("{stem}_bg.wasm"), &wasm_name)
        .map_err(|failure| failure.advise(format!("of {}", own.display())))?;
    let script_name = format!("{}-{:016x}.js", worker.name, hash(script.as_bytes()));
    write(&site.join(FOLDER).join(&script_name), script.as_bytes())?;
    Ok(script_name)
}

/// Makes one script of the glue and the worker's own. That one begins with `import start, { … } from './glue.js';`: what it
/// names is in the glue, which exports nothing any more. It gets a block, so that its names and those of the glue do not meet.
fn join(glue: &str, own: &str, wasm: &str, wasm_name: &str) -> Result<String, Failure> {
    const END: &str = "export { initSync, __wbg_init as default };";
    let unexpected = |what: &str| Failure::new(format!("a worker is not put together: {what}"));
    let begin = own.find("import start").filter(|at| {
        own[..*at].lines().all(|line| line.trim_start().starts_with("//") || line.trim().is_empty())
    });
    let (_, own) = begin
        .and_then(|at| own[at..].split_once(" from './glue.js';"))
        .filter(|(names, _)| !names.contains(';'))
        .ok_or_else(|| unexpected("worker.js does not begin with import start, { … } from './glue.js';"))?;
    let begins = |script: &str, word: &str| script.lines().any(|line| line.starts_with(word));
    if begins(own, "import ") || begins(own, "export ") {
        return Err(unexpected("worker.js imports or exports something else"));
    }
    let glue = glue.trim_end().strip_suffix(END).ok_or_else(|| unexpected("the glue has another end"))?;
    let glue = glue.replace("\nexport class ", "\nclass ").replace("\nexport function ", "\nfunction ");
    let glue = glue.strip_prefix("export ").unwrap_or(&glue);
    if begins(glue, "import ") || begins(glue, "export ") {
        return Err(unexpected("the glue imports something, or exports what is neither class nor function"));
    }
    let quoted = format!("'{wasm}'");
    if glue.matches(&quoted).count() != 1 {
        return Err(unexpected("the glue does not name its wasm once"));
    }
    let glue = glue.replace(&quoted, &format!("'./{wasm_name}'"));
    Ok(format!("{glue}{{\nconst start = __wbg_init;\n{}\n}}\n", own.trim()))
}

/// Writes the names of workers into a page, where `boot.js` reads them, behind those that are there.
fn tell(html: &str, names: &[String]) -> Result<String, Failure> {
    const BEFORE: &str = " data-wasm=\"";
    const THERE: &str = " data-workers=\"";
    let names = names.join(" ");
    if let Some((start, rest)) = html.split_once(THERE) {
        return Ok(format!("{start}{THERE}{names} {rest}"));
    }
    let (start, rest) = html
        .split_once(BEFORE)
        .ok_or_else(|| Failure::new("a page does not name its wasm: Trunk.toml says how"))?;
    Ok(format!("{start}{THERE}{names}\"{BEFORE}{rest}"))
}

/// Whether a file of the site belongs to a worker.
pub(crate) fn is_of(worker: &Worker, file: &str) -> bool {
    let hash = file
        .strip_prefix(FOLDER)
        .and_then(|file| file.strip_prefix(worker.name)?.strip_prefix('-'))
        .and_then(|rest| Path::new(rest).file_stem())
        .and_then(OsStr::to_str);
    hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "export class Workbook {\n}\nexport function f() {\n}\nlet wasm;\n\
                        fetch(new URL('x_bg.wasm', import.meta.url));\n\nexport { initSync, __wbg_init as default };\n";
    const OWN: &str =
        "// What it is for.\nimport start, { Workbook } from './glue.js';\n\nlet wasm = start();\n";

    #[test]
    fn glue_and_worker_become_one_script_without_imports() {
        let script = join(GLUE, OWN, "x_bg.wasm", "x-1.wasm").unwrap();
        assert_eq!(
            script,
            "class Workbook {\n}\nfunction f() {\n}\nlet wasm;\nfetch(new URL('./x-1.wasm', import.meta.url));\n\n\
             {\nconst start = __wbg_init;\nlet wasm = start();\n}\n"
        );
    }

    #[test]
    fn what_is_not_as_it_was_is_told_and_not_shipped() {
        let glue = |from: &str, to: &str| join(&GLUE.replace(from, to), OWN, "x_bg.wasm", "x-1.wasm");
        assert!(glue("let wasm", "export const wasm").is_err());
        assert!(glue("let wasm", "import './snippet.js';\nlet wasm").is_err());
        assert!(glue("x_bg.wasm", "y_bg.wasm").is_err());
        assert!(glue("initSync, ", "").is_err());
        for own in ["let x;", "let x;\nimport start from './glue.js';", "import start from './other.js';"] {
            assert!(join(GLUE, own, "x_bg.wasm", "x-1.wasm").is_err(), "{own}");
        }
        let two = format!("{OWN}\nimport x from './x.js';\n");
        assert!(join(GLUE, &two, "x_bg.wasm", "x-1.wasm").is_err());
    }

    #[test]
    fn the_page_names_the_workers() {
        let html = "<script src=\"/boot.js\" data-js=\"a.js\" data-wasm=\"a.wasm\">";
        let told = tell(html, &["a-1.js".to_owned(), "b-2.js".to_owned()]).unwrap();
        assert_eq!(
            told,
            "<script src=\"/boot.js\" data-js=\"a.js\" data-workers=\"a-1.js b-2.js\" data-wasm=\"a.wasm\">"
        );
        assert!(tell("<script>", &[]).is_err());
        let more = tell(&told, &["c-3.js".to_owned()]).unwrap();
        assert!(more.contains(" data-workers=\"c-3.js a-1.js b-2.js\" data-wasm="), "{more}");
    }

    #[test]
    fn files_belong_to_the_worker_whose_name_they_have() {
        let worker = |name| Worker { package: "", name, limit: 0 };
        assert!(is_of(&worker("import"), "lazy/import-00112233445566ff.wasm"));
        assert!(!is_of(&worker("import"), "lazy/import-more-00112233445566ff.wasm"));
        assert!(!is_of(&worker("import"), "import-00112233445566ff.js"));
        assert!(!is_of(&worker("import"), "lazy/import-x.js"));
    }

    #[test]
    fn no_two_workers_have_one_name() {
        for (at, worker) in WORKERS.iter().enumerate() {
            assert!(WORKERS[..at].iter().all(|other| other.name != worker.name), "{}", worker.name);
        }
    }
}
