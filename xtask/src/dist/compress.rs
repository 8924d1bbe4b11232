//! A `.br` beside each file that is worth it.

use std::ffi::OsStr;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use crate::failure::Failure;
use crate::process::capture;
use crate::setup::Toolbox;
use crate::workspace::files;

/// The `.br` beside a file; `None` for files that are compressed in themselves, or that are one.
pub(crate) fn compressed_name(file: &Path) -> Option<PathBuf> {
    const WORTH: [&str; 9] = ["html", "js", "mjs", "css", "wasm", "json", "txt", "svg", "map"];
    let extension = file.extension().and_then(OsStr::to_str)?;
    WORTH.contains(&extension).then(|| file.with_extension(format!("{extension}.br")))
}

/// Compresses what has no `.br` yet, on all processors, as tightly as brotli can. Whoever changes a file
/// removes its `.br`.
pub(crate) fn compress(toolbox: &Toolbox, folder: &Path) -> Result<(), Failure> {
    let mut waiting: Vec<PathBuf> = files(folder)?;
    waiting.retain(|file| compressed_name(file).is_some_and(|compressed| !compressed.exists()));
    // The largest last, so that it is taken first and nobody waits for it at the end.
    waiting.sort_by_key(|file| file.metadata().map_or(0, |metadata| metadata.len()));
    let waiting = Mutex::new(waiting);
    let take = || waiting.lock().ok()?.pop();
    let work = || {
        while let Some(file) = take() {
            capture(toolbox.command("brotli").args(["-q", "11", "--keep", "--force", "--"]).arg(&file))?;
        }
        Ok(())
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(Failure::new("a compressing thread has panicked")))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_wasm_are_compressed_and_pictures_are_not() {
        let name = |file: &str| compressed_name(Path::new(file)).map(|path| path.display().to_string());
        assert_eq!(name("dist/app-1f.wasm").as_deref(), Some("dist/app-1f.wasm.br"));
        assert_eq!(name("dist/texts/es.txt").as_deref(), Some("dist/texts/es.txt.br"));
        assert_eq!(name("dist/index.html").as_deref(), Some("dist/index.html.br"));
        assert_eq!(name("dist/photo.webp"), None);
        assert_eq!(name("dist/index.html.br"), None);
        assert_eq!(name("dist/LICENSE"), None);
    }
}
