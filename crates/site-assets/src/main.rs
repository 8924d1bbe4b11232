//! Writes `target/site/`: `app.css` and `texts/LANGUAGE.txt`. Run from the top of the project; Trunk's
//! `pre_build` hook does so.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use site_assets::{style, texts};

fn main() -> ExitCode {
    let out = env::args().nth(1).unwrap_or_else(|| "target/site".to_owned());
    match write_all(Path::new(&out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("site-assets: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn write_all(out: &Path) -> Result<(), String> {
    let css = style::bundle(Path::new("style/main.css")).map_err(|error| error.to_string())?;
    let write =
        |name: &str, content: &str| write_if_changed(&out.join(name), content).map_err(|e| e.to_string());
    write("app.css", &css)?;
    let folder = Path::new("src/i18n/texts");
    for file in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = file.map_err(|error| error.to_string())?.path();
        let source = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let texts =
            texts::parse(&source).map_err(|faults| format!("{}: {}", path.display(), faults.join("; ")))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        write(&format!("texts/{name}"), &texts::compile(&texts))?;
    }
    Ok(())
}

/// An untouched file keeps its time, so that a watcher does not see a change where there is none.
fn write_if_changed(path: &Path, content: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content)
}
