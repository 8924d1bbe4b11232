//! The program in parts: what every visit loads, and what a page brings along when it is first opened.
//!
//! `site-split` divides the program between the compiler and `wasm-bindgen`; here its output finds its place in the site.
//! The loader is written into the glue, since a file of its own would cost the first visit a round trip; the parts get names that
//! change with their content and go into `lazy/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Mode, hash};
use crate::failure::Failure;
use crate::process::{cargo, execute};
use crate::setup::Toolbox;
use crate::workspace::{Workspace, create_folder, files, read_text, write};

/// How the program is made small; `index.html` asks the same for the main part.
const WASM_OPT: [&str; 7] =
    ["--strip-debug", "--strip-producers", "--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz"];

/// The folder that `site-split` writes to.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.scratch().join("parts")
}

/// Has Trunk call `site-split` in the place of `wasm-bindgen`.
pub(super) fn divide(workspace: &Workspace, toolbox: &Toolbox, trunk: &mut Command) -> Result<(), Failure> {
    let real = toolbox.find("wasm-bindgen").ok_or_else(|| Failure::new("wasm-bindgen is not on PATH"))?;
    let tools = workspace.scratch().join("site-split");
    let mut build = cargo();
    build.args(["build", "--quiet", "--locked", "--package", "site-split"]).arg("--target-dir");
    execute(build.arg(&tools).current_dir(&workspace.root))?;
    let suffix = std::env::consts::EXE_SUFFIX;
    let stand_in = tools.join("bin").join(format!("wasm-bindgen{suffix}"));
    create_folder(&tools.join("bin"))?;
    let compiled = tools.join("debug").join(format!("site-split{suffix}"));
    fs::copy(&compiled, &stand_in).map_err(|error| Failure::file(&compiled, &error))?;
    let parts = folder(workspace);
    if parts.exists() {
        fs::remove_dir_all(&parts).map_err(|error| Failure::file(&parts, &error))?;
    }
    trunk
        .env("PATH", extended_path_before(&tools.join("bin"), toolbox)?)
        .env("CARTERA_WASM_BINDGEN", real)
        .env("CARTERA_PARTS", parts);
    Ok(())
}

fn extended_path_before(folder: &Path, toolbox: &Toolbox) -> Result<std::ffi::OsString, Failure> {
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(toolbox.path()));
    std::env::join_paths(folders)
        .map_err(|error| Failure::new(format!("the tools cannot be put on PATH: {error}")))
}

/// Puts the parts into the site.
pub(super) fn place(
    workspace: &Workspace,
    toolbox: &Toolbox,
    mode: Mode,
    site: &Path,
) -> Result<(), Failure> {
    let parts = folder(workspace);
    let mut loader = read_text(&parts.join("parts.js"))?;
    for file in files(&parts)? {
        let is_part = file.parent() == Some(&*parts) && file.extension().is_some_and(|end| end == "wasm");
        if !is_part {
            continue;
        }
        if mode == Mode::Optimised {
            let mut wasm_opt = toolbox.command("wasm-opt");
            execute(wasm_opt.args(WASM_OPT).arg(&file).arg("-o").arg(&file))?;
        }
        let content = fs::read(&file).map_err(|error| Failure::file(&file, &error))?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("lazy/{stem}-{:016x}.wasm", hash(&content));
        write(&site.join(&name), &content)?;
        loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{name}\""));
    }
    let glue = glue(site)?;
    let joined = join(&read_text(&glue)?, &loader)?;
    write(&glue, joined.as_bytes())
}

/// The glue: the one script that wasm-bindgen wrote.
fn glue(site: &Path) -> Result<PathBuf, Failure> {
    let is_glue = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("cartera-") && name.ends_with(".js")
    };
    files(site)?.into_iter().find(is_glue).ok_or_else(|| Failure::new("the site has no glue"))
}

/// Writes the loader into the glue: its import becomes an object, and what it imports is there already.
fn join(glue: &str, loader: &str) -> Result<String, Failure> {
    let unexpected =
        |what| Failure::new(format!("wasm-bindgen or site-split writes otherwise than before: {what}"));
    // One line for each part that the program has.
    let (mut kept, mut names) = (String::new(), Vec::new());
    for line in glue.split_inclusive('\n') {
        let import = line.trim_end().trim_end_matches(';').strip_prefix("import * as ");
        match import.and_then(|import| import.strip_suffix(" from \"./parts.js\"")) {
            Some(name) if !name.contains(char::is_whitespace) => names.push(name),
            _ => kept.push_str(line),
        }
    }
    if names.is_empty() {
        return Err(unexpected("no import of the parts"));
    }
    if kept.contains("from \"") {
        return Err(unexpected("another import"));
    }
    let own = loader
        .strip_prefix("import { initSync } from \"./main.js\";")
        .ok_or_else(|| unexpected("the loader imports something else"))?;
    let mut exported = Vec::new();
    for declaration in own.split("export const ").skip(1) {
        exported.push(declaration.split(' ').next().unwrap_or_default());
    }
    let own = own.replace("export const ", "const ");
    let mut joined = format!("{kept}\n{own}");
    for name in names {
        joined.extend(["const ", name, " = { ", &exported.join(", "), " };\n"]);
    }
    Ok(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "import { initSync } from \"./main.js\";\n\nlet x;\nexport const load_a = f(x);\nexport const load_b = f(x);\n";

    #[test]
    fn the_loader_becomes_a_part_of_the_glue() {
        let glue = "import * as import1 from \"./parts.js\"\n\nuse(import1);\n";
        let joined = join(glue, LOADER).unwrap();
        assert!(!joined.contains("import ") && !joined.contains("export "), "{joined}");
        assert!(joined.ends_with("const load_b = f(x);\nconst import1 = { load_a, load_b };\n"), "{joined}");
        let two = format!("import * as import2 from \"./parts.js\"\n{glue}use(import2);\n");
        let joined = join(&two, LOADER).unwrap();
        assert!(!joined.contains("import "), "{joined}");
        assert!(joined.contains("const import1 = {") && joined.contains("const import2 = {"), "{joined}");
    }

    #[test]
    fn what_is_not_as_it_was_is_told_and_not_shipped() {
        let both = join(
            "import * as a from \"./parts.js\"\nimport * as b from \"./parts.js\"\nuse(a, b);\n",
            LOADER,
        );
        let both = both.unwrap();
        assert!(
            both.starts_with("use(a, b);") && both.ends_with("const b = { load_a, load_b };\n"),
            "{both}"
        );
        let two = "import * as import1 from \"./parts.js\"\nimport * as import2 from \"./other.js\"\n";
        for (glue, loader) in [
            ("no import", LOADER),
            ("import * as import1 from \"./other.js\"\n", LOADER),
            (two, LOADER),
            ("import * as import1 from \"./parts.js\"\n", "export const load_a = 1;"),
        ] {
            assert!(join(glue, loader).is_err(), "{glue}");
        }
    }
}
