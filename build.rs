//! Generates the typed texts. A language with a gap fails the build.

use std::path::Path;
use std::{env, fs};

use site_assets::texts;

fn main() {
    let folder = Path::new("src/i18n/texts");
    println!("cargo::rerun-if-changed={}", folder.display());
    if let Err(fault) = generate(folder) {
        println!("cargo::error={fault}");
    }
}

fn generate(folder: &Path) -> Result<(), String> {
    let read = |path: &Path| -> Result<texts::Texts, String> {
        let source = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        texts::parse(&source).map_err(|faults| format!("{}: {}", path.display(), faults.join("; ")))
    };
    let base = read(&folder.join("en.txt"))?;
    for file in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = file.map_err(|error| error.to_string())?.path();
        let gaps = texts::gaps(&base, &read(&path)?);
        if !gaps.is_empty() {
            return Err(format!("{}: {}", path.display(), gaps.join("; ")));
        }
    }
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    fs::write(Path::new(&out).join("texts.rs"), texts::generate(&base)).map_err(|error| error.to_string())
}
