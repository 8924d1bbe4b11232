//! What stays, and what is the same each time.

use std::path::PathBuf;

use sandbox::{Config, ManualClock, Method, OpenError, Request, Sandbox, SeededRandom, Store};
use serde_json::json;

use super::{NOW, get, id_of, json, open};

/// A file of its own for a test, removed when the test ends.
struct TempFile(PathBuf);

impl TempFile {
    fn new(name: &str) -> Self {
        let file =
            Self(std::env::temp_dir().join(format!("cartera-sandbox-{}-{name}.sqlite", std::process::id())));
        file.remove();
        file
    }

    fn remove(&self) {
        for ending in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(ending);
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        self.remove();
    }
}

fn open_file(file: &TempFile, seed: u64, customers: u64, at: i64) -> Result<Sandbox, OpenError> {
    let config = Config { seed, customers, ..Config::default() };
    let clock = Box::new(ManualClock::at(at));
    Sandbox::open(&Store::File(file.0.clone()), config, clock, Box::new(SeededRandom::new(1)))
}

#[test]
fn changes_survive_and_a_file_keeps_its_own_parameters() {
    let file = TempFile::new("reopen");
    let id = {
        let mut sandbox = open_file(&file, 5, 80, NOW).unwrap();
        let id = id_of(&mut sandbox, "Cafés Peñalara SA");
        let target = format!("/v1/customers/{id}/profiles/billing");
        let mut profile = get(&mut sandbox, &target).1;
        profile["companyName"] = json!("Bleibt SL");
        let request = Request::new(Method::Put, target).with_body(profile.to_string());
        assert_eq!(sandbox.handle(&request).status, 200);
        id
    };
    let mut sandbox = open_file(&file, 6, 99, NOW + 1_000_000).unwrap();
    let made = sandbox.parameters();
    assert_eq!((made.seed, made.customers, made.made_at), (5, 80, NOW));
    assert_eq!(id_of(&mut sandbox, "Bleibt SL"), id);
    assert_eq!(get(&mut sandbox, "/v1/customers?size=500").1["totalCount"], 80);
    assert_eq!(get(&mut sandbox, "/.sandbox/ledger").1["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_of_another_layout_is_left_alone() {
    let file = TempFile::new("layout");
    rusqlite::Connection::open(&file.0)
        .unwrap()
        .execute_batch("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)")
        .unwrap();
    let error = open_file(&file, 1, 1, NOW).err().unwrap();
    assert!(
        matches!(error, OpenError::OtherVersion { found: 0 })
            && error.to_string().contains("delete the file")
    );
    std::fs::write(&file.0, "this is no database at all, and long enough to be taken for one".repeat(20))
        .unwrap();
    assert!(matches!(open_file(&file, 1, 1, NOW), Err(OpenError::Database(_))));
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let read = |sandbox: &mut Sandbox| {
        let list = sandbox.handle(&Request::get("/v1/customers?size=500"));
        let mut bytes = vec![list.body.clone()];
        for item in json(&list)["items"].as_array().unwrap() {
            let id = item["id"].as_str().unwrap();
            for below in ["", "/subscriptions", "/subscribedskus"] {
                bytes.push(sandbox.handle(&Request::get(format!("/v1/customers/{id}{below}"))).body);
            }
        }
        bytes.push(sandbox.handle(&Request::get("/v1/auditrecords?size=500")).body);
        bytes
    };
    let (mut one, mut two) = (open(120).0, open(120).0);
    // What is read first does not matter.
    one.handle(&Request::get("/v1/auditrecords"));
    assert_eq!(read(&mut one), read(&mut two));
}
