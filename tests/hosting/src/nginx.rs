//! A running nginx.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::free_port;

/// How long it may take to listen.
const STARTING: Duration = Duration::from_secs(20);

/// A server of its own, in a folder of its own. It ends with this value.
pub struct Nginx {
    child: Child,
    folder: TempDir,
    /// Where it listens.
    pub port: u16,
    /// Where it listens as well, if its configuration says so.
    pub secure: u16,
}

impl Nginx {
    /// Starts it. `files` are put beside its main file, where `include` looks for them; `http` stands in the `http` block. In all of
    /// it `PORT` and `SECURE` stand for the ports to listen at, and `FOLDER` for its folder.
    ///
    /// Between the choice of a port and the moment at which nginx binds it, somebody else may have bound it. Whoever answers there is
    /// then not this nginx, so that no connection tells whether it is up, and it is started again with other ports.
    pub fn start(files: &[(String, String)], http: &str) -> Self {
        let mut said = String::new();
        for _ in 0..5 {
            match Self::try_start(files, http) {
                Ok(nginx) => return nginx,
                Err(words) if words.contains("Address already in use") => said = words,
                Err(words) => panic!("nginx does not start: {words}"),
            }
        }
        panic!("nginx finds no port: {said}");
    }

    fn try_start(files: &[(String, String)], http: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let (port, secure) = (free_port(), free_port());
        let place = folder.path().to_string_lossy().into_owned();
        let filled = |text: &str| {
            let text = text.replace("PORT", &port.to_string()).replace("SECURE", &secure.to_string());
            text.replace("FOLDER", &place)
        };
        for (name, text) in files {
            let file = folder.path().join("conf").join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, filled(text)).expect("a file");
        }
        let module = brotli().map_or_else(String::new, |path| format!("load_module {};\n", path.display()));
        let main = format!(
            "{module}pid FOLDER/pid;\nerror_log FOLDER/error.log alert;\nevents {{ worker_connections 256; }}\nhttp {{\n\
             access_log off;\nclient_body_temp_path FOLDER/tmp/body;\nproxy_temp_path FOLDER/tmp/proxy;\n\
             fastcgi_temp_path FOLDER/tmp/fastcgi;\nuwsgi_temp_path FOLDER/tmp/uwsgi;\nscgi_temp_path FOLDER/tmp/scgi;\n{http}\n}}\n"
        );
        fs::create_dir_all(folder.path().join("conf")).expect("a folder");
        fs::create_dir_all(folder.path().join("tmp")).expect("a folder");
        let file = folder.path().join("conf/nginx.conf");
        fs::write(&file, filled(&main)).expect("its file");
        // Killed: in this mode nginx may sleep through a signal to end. The shell waits for the end of its stdin, which is ours: when the test's process ends in whatever way, so does nginx.
        let script = "exec 3<&0; \"$0\" -p \"$1\" -c conf/nginx.conf -g 'daemon off; master_process off;' & own=$!; \
                      (cat <&3 >/dev/null; kill -9 $own 2>/dev/null) & wait $own";
        let mut child = Command::new("sh")
            .args(["-c", script])
            .arg(program())
            .arg(&place)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a shell");
        let begin = Instant::now();
        // It writes its number when it has bound its ports.
        while fs::read(folder.path().join("pid")).map_or(true, |number| number.is_empty()) {
            let ended = child.try_wait().expect("its state").is_some();
            if ended || begin.elapsed() > STARTING {
                let mut said = String::new();
                // Whoever waits for our end keeps its end of that pipe open.
                drop(child.stdin.take());
                if ended {
                    let _ = child.stderr.take().expect("its words").read_to_string(&mut said);
                }
                return Err(format!("{said}\n{}", fs::read_to_string(file).unwrap_or_default()));
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(Self { child, folder, port, secure })
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // The shell ends after nginx, whose process is its own.
        let _ = self.child.wait();
    }
}

/// The program: what set-up unpacked, else what is installed.
fn program() -> PathBuf {
    let home = std::env::home_dir().unwrap_or_default();
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("XDG_CACHE_HOME").unwrap_or_else(|| home.join(".cache")).join("cartera");
    let tools = set("CARTERA_TOOLS").unwrap_or_else(|| cache.join("tools"));
    let unpacked = tools.join("nginx-debian/usr/sbin/nginx");
    let found = set("CARTERA_NGINX").or_else(|| {
        [unpacked, "/usr/sbin/nginx".into(), "/usr/bin/nginx".into(), "/usr/local/bin/nginx".into()]
            .into_iter()
            .find(|path| path.is_file())
    });
    found.expect("no nginx: `cargo xtask test --only unit` sets it up")
}

/// Its module for files that are compressed already.
fn brotli() -> Option<PathBuf> {
    let modules = program().parent()?.parent()?.join("lib/nginx/modules/ngx_http_brotli_static_module.so");
    modules.is_file().then_some(modules)
}

/// Whether this nginx can send files that are compressed already.
pub fn has_brotli() -> bool {
    brotli().is_some()
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Path::parent).expect("the repository").to_owned()
}
