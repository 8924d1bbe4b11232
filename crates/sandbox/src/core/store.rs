//! The database: its tables, and how it is opened.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::seed::cases::FIRST_CASE;
use super::{directory, seed};

/// Where the data is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// In memory, gone with the sandbox.
    Memory,
    /// In a SQLite file that is made when it is not there.
    File(PathBuf),
}

/// Why a sandbox could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// SQLite could not open, read or write the database.
    Database(rusqlite::Error),
    /// The file was made by another version of the sandbox.
    OtherVersion {
        /// The version that the file names.
        found: i64,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(f, "the database cannot be used: {error}"),
            Self::OtherVersion { found } => write!(
                f,
                "the data file has layout {found}, this sandbox has {LAYOUT}: delete the file or name another one"
            ),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// What a database was made with. It stays with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// The seed that everything invented depends on.
    pub seed: u64,
    /// How many customers were seeded.
    pub customers: u64,
    /// When, in milliseconds since the Unix epoch. The dates of invented things are counted from here.
    pub made_at: i64,
}

/// Counts up with every change of the tables or of what a seed means.
const LAYOUT: i64 = 5;

/// More statements than there are, so that none is compiled twice.
const STATEMENTS: usize = 128;

/// Where the ordinals of customers who were created here begin: above those of every seed, former ones included.
pub(super) const FIRST_CREATED: i64 = 1 << 41;

/// Name and domain are kept a second time, folded and as bytes, since that is what filters compare and SQLite
/// folds only ASCII. `document` holds what was changed of what the seed would say, and everything about the
/// customers who were created here, one row per version; `agreement` what was confirmed here. `visible_at` is
/// later than the change when a test wants reads to lag behind writes; from `gone_at` on a customer is none any more,
/// and its relationship is `gone_to`. `attempt` holds the requests that move customers, also those that were refused.
const TABLES: &str = "
CREATE TABLE parameter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE customer (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    domain TEXT NOT NULL,
    name_key BLOB NOT NULL,
    domain_key BLOB NOT NULL,
    relationship TEXT NOT NULL,
    reseller TEXT,
    visible_at INTEGER NOT NULL,
    gone_at INTEGER,
    gone_to TEXT
);
CREATE TABLE document (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id, version)
);
CREATE TABLE agreement (seq INTEGER PRIMARY KEY, customer TEXT NOT NULL, visible_at INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE due (transfer TEXT PRIMARY KEY, customer TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE pending_name (seq INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, customer TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE answer (
    request_id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    route TEXT NOT NULL,
    body BLOB NOT NULL,
    location TEXT
);
CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    customer TEXT NOT NULL,
    id TEXT NOT NULL,
    agent TEXT,
    request_id TEXT
);
CREATE TABLE attempt (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    request_id TEXT,
    status INTEGER NOT NULL,
    repeated INTEGER NOT NULL
);
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    customer TEXT NOT NULL,
    agent TEXT NOT NULL,
    resource TEXT NOT NULL,
    operation TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT NOT NULL
);
";

/// Made after the rows are in, which is several times faster.
const INDEXES: &str = "
CREATE UNIQUE INDEX customer_id ON customer (id);
CREATE UNIQUE INDEX customer_domain ON customer (domain_key, id);
CREATE INDEX customer_name ON customer (name_key, id);
CREATE INDEX customer_reseller ON customer (reseller, name_key, id);
";

/// Opens a database, makes and seeds it where it is new. Returns what it was made with.
pub(super) fn open(store: &Store, wanted: Parameters) -> Result<(Connection, Parameters), OpenError> {
    let mut connection = match store {
        Store::Memory => Connection::open_in_memory()?,
        Store::File(path) => Connection::open(path)?,
    };
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise many statements would be compiled anew with each other value, to see whether another plan suits it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let found = read_parameters(&connection)?;
    if found.is_none() {
        make(&mut connection, wanted)?;
    }
    // Losing the last write in a power cut is fine for a stand-in; waiting for the disk at each one is not.
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
    Ok((connection, found.unwrap_or(wanted)))
}

/// Makes the tables and the customers.
fn make(connection: &mut Connection, wanted: Parameters) -> rusqlite::Result<()> {
    // One transaction, so that a file is either whole or empty.
    let transaction = connection.transaction()?;
    transaction.execute_batch(TABLES)?;
    transaction.execute_batch(directory::TABLES)?;
    for ordinal in (0..wanted.customers).chain(seed::special::former_ordinals()) {
        insert(&transaction, &seed::customers::row(wanted.seed, ordinal))?;
    }
    transaction.execute_batch(INDEXES)?;
    let number = |value: u64| value.cast_signed();
    for (name, value) in [
        ("layout", LAYOUT),
        ("seed", number(wanted.seed)),
        ("customers", number(wanted.customers)),
        ("made_at", wanted.made_at),
    ] {
        transaction.execute("INSERT INTO parameter VALUES (?1, ?2)", params![name, value])?;
    }
    transaction.commit()
}

/// Takes back every change: what is left is what the seed says.
pub(super) fn reset(connection: &mut Connection, parameters: Parameters) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute("DELETE FROM customer WHERE ordinal >= ?1", [FIRST_CASE.cast_signed()])?;
    let changed: Vec<i64> = transaction
        .prepare("SELECT ordinal FROM customer WHERE id IN (SELECT customer FROM ledger)")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for ordinal in changed {
        transaction.execute("DELETE FROM customer WHERE ordinal = ?1", [ordinal])?;
        insert(&transaction, &seed::customers::row(parameters.seed, ordinal.cast_unsigned()))?;
    }
    let own = ["document", "agreement", "due", "pending_name", "answer", "ledger", "attempt", "audit"];
    for table in own.iter().chain(directory::TABLE_NAMES) {
        transaction.execute(&format!("DELETE FROM {table}"), [])?;
    }
    transaction.commit()
}

/// Adds the row of a customer who is not there. Returns whether it was not.
pub(super) fn insert_missing(
    transaction: &Transaction,
    row: &seed::customers::Row,
) -> rusqlite::Result<bool> {
    let there: bool = transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM customer WHERE ordinal = ?1)")?
        .query_row([row.ordinal.cast_signed()], |row| row.get(0))?;
    if !there {
        insert(transaction, row)?;
    }
    Ok(!there)
}

fn insert(transaction: &Transaction, row: &seed::customers::Row) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO customer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, NULL, NULL)")?
        .execute(params![
            row.ordinal.cast_signed(),
            row.id,
            row.name,
            row.domain,
            super::fold::fold_case(&row.name).into_bytes(),
            super::fold::fold_case(&row.domain).into_bytes(),
            row.relationship,
            row.reseller,
        ])
        .map(drop)
}

/// `None` for a database without tables.
fn read_parameters(connection: &Connection) -> Result<Option<Parameters>, OpenError> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(None);
    }
    let read = |name: &str| {
        connection
            .query_row("SELECT value FROM parameter WHERE name = ?1", [name], |row| row.get::<_, i64>(0))
            .optional()
    };
    let layout = read("layout").ok().flatten().unwrap_or_default();
    if layout != LAYOUT {
        return Err(OpenError::OtherVersion { found: layout });
    }
    Ok(Some(Parameters {
        seed: read("seed")?.unwrap_or_default().cast_unsigned(),
        customers: read("customers")?.unwrap_or_default().cast_unsigned(),
        made_at: read("made_at")?.unwrap_or_default(),
    }))
}
