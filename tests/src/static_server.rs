//! A plain server of files, as any host is: the built site with the headers of `deploy.toml`, and nothing behind it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use site_hosting::{Deployment, Rules, Settings};

use crate::environment;
use crate::site::Site;

struct Served {
    folder: PathBuf,
    base: &'static str,
    rules: Rules,
}

/// Serves a site on a free port of this machine, as long as this process lives. Answers where.
pub(crate) fn serve(site: &Site) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    let text = |path: PathBuf| {
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let deployment = Deployment::parse(&text(environment::root().join("deploy.toml"))).expect("deploy.toml");
    // A copy may lack its settings.
    let settings = fs::read_to_string(site.folder().join("config.json")).unwrap_or_else(|_| "{}".to_owned());
    let rules = Rules { deployment, settings: Settings::read(&settings).unwrap_or_default() };
    let served = Arc::new(Served { folder: site.folder().to_owned(), base: site.base(), rules });
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let served = Arc::clone(&served);
            // A browser that leaves is no failure.
            thread::spawn(move || drop(served.answer_all(&stream)));
        }
    });
    format!("http://{address}")
}

impl Served {
    fn answer_all(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream).lines();
        while let Some(first) = lines.next() {
            let first = first?;
            // Its headers change nothing: there are no conditions and no compression here.
            for line in lines.by_ref() {
                if line?.is_empty() {
                    break;
                }
            }
            let mut words = first.split(' ');
            let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let path = target.split('?').next().unwrap_or_default();
            let (status, name, body) = self.find(method, path);
            let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
            let kind = self.rules.deployment.content_type(&name).unwrap_or("text/plain; charset=utf-8");
            let own = [
                ("Content-Type".to_owned(), kind.to_owned()),
                ("Cache-Control".to_owned(), self.rules.cache(&name).to_owned()),
            ];
            for (name, value) in self.rules.headers(&name, false).into_iter().chain(own) {
                head.extend([&name, ": ", &value, "\r\n"]);
            }
            let mut stream = stream;
            stream.write_all(head.as_bytes())?;
            stream.write_all(b"\r\n")?;
            stream.write_all(if method == "HEAD" { &[] } else { &body })?;
        }
        Ok(())
    }

    /// The status, the name of the file and its bytes.
    fn find(&self, method: &str, path: &str) -> (&'static str, String, Vec<u8>) {
        let missing = || ("404 Not Found", "404.txt".to_owned(), b"Not found\n".to_vec());
        if !["GET", "HEAD"].contains(&method) {
            return ("405 Method Not Allowed", "405.txt".to_owned(), Vec::new());
        }
        let Some(name) = path.strip_prefix(self.base) else { return missing() };
        let is_inside =
            Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        match fs::read(self.folder.join(name)) {
            Ok(body) if is_inside && !name.is_empty() => return ("200 OK", name.to_owned(), body),
            _ => {}
        }
        if self.rules.deployment.content_type(name).is_some() {
            return missing();
        }
        match fs::read(self.folder.join("index.html")) {
            Ok(body) => ("200 OK", "index.html".to_owned(), body),
            Err(_) => missing(),
        }
    }
}
