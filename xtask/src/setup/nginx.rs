//! nginx, for the tests of the gateway and of hosting.
//!
//! Debian's package is unpacked into the tools' folder and not installed: an installed one is a service that begins to
//! listen on this machine's port 80, which nobody asked for who only wanted to run the tests.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::debian;
use crate::failure::Failure;
use crate::process::{capture, find_program, run_logged};
use crate::progress::step;
use crate::workspace::{Workspace, create_folder};

/// The server and the module that sends files that are compressed already.
const PACKAGES: [&str; 2] = ["nginx", "libnginx-mod-http-brotli-static"];

/// Sees to it that nginx is there and returns the program. Its modules lie in `../lib/nginx/modules`.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let folder = workspace.tools.join("nginx-debian");
    let program = folder.join("usr/sbin/nginx");
    if is_working(&program) {
        return Ok(program);
    }
    // Where there is no Debian, what is installed has to do; the tests say what it lacks.
    let installed = find_program("nginx")
        .or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file()));
    if !debian::is_debian() {
        return installed.ok_or_else(|| {
            Failure::new("missing: nginx").advise(
                "Install nginx (with its module brotli_static, if there is one), then run the command again.",
            )
        });
    }
    let debs = workspace.cache.join("nginx-debs");
    step("nginx for the tests, unpacked", || {
        if debs.exists() {
            fs::remove_dir_all(&debs).map_err(|error| Failure::file(&debs, &error))?;
        }
        create_folder(&debs)?;
        create_folder(&folder)?;
        let log = workspace.cache.join("log/nginx.log");
        let download =
            || run_logged(Command::new("apt-get").arg("download").args(PACKAGES).current_dir(&debs), &log);
        // On a fresh machine the lists are not there yet.
        download().or_else(|_| debian::refresh(workspace).and_then(|()| download()))?;
        for package in fs::read_dir(&debs).map_err(|error| Failure::file(&debs, &error))?.flatten() {
            run_logged(Command::new("dpkg-deb").arg("--extract").arg(package.path()).arg(&folder), &log)?;
        }
        Ok(())
    })?;
    if is_working(&program) {
        return Ok(program);
    }
    Err(Failure::new("the unpacked nginx does not start")
        .advise("Install the libraries it wants: apt-get install -y libpcre2-8-0 libssl3 zlib1g libcrypt1"))
}

fn is_working(program: &std::path::Path) -> bool {
    program.is_file() && capture(Command::new(program).arg("-v")).is_ok()
}
