//! What is kept of a run, so that it can be taken up again: no names, no addresses, no passwords.
//!
//! A text of lines, parts separated by tabs. The first has the version, the import, the hash of the file and a salt; then
//! come lanes (a number and the customer's id) and rows: number, lane, salted hash of the sign-in name, state, request id.
//! Lines are only ever added, and the last one about a row counts, but for one thing: that it was ever sent is never
//! taken back. A first line that comes again, of the same import and with another file, says that the person went on with
//! that one: it is the file from then on.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

const HEAD: &str = "cartera-import 1";
/// The last part of the first line: one that was cut off is none.
const END: &str = ".";

/// What the journal says of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// It is about to be sent, or was.
    Sending,
    /// It was not sent after all, and will not be.
    Released,
    /// The service said that it created it.
    Created,
    /// It was found after its fate had been unknown, as the file has it.
    Unproven,
    /// A user of this name was there, not by this import.
    There,
    /// A deleted user has this name.
    Deleted,
    /// The service refused it, with this code.
    Refused(String),
    /// It is not there after all attempts.
    NotCreated,
    /// Its licences are assigned.
    Licensed,
    /// Its roles are given.
    Roles,
}

impl Noted {
    fn print(&self) -> String {
        match self {
            Self::Sending => "sending".to_owned(),
            Self::Released => "released".to_owned(),
            Self::Created => "created".to_owned(),
            Self::Unproven => "unproven".to_owned(),
            Self::There => "there".to_owned(),
            Self::Deleted => "deleted".to_owned(),
            Self::Refused(code) => ["refused:", code].concat(),
            Self::NotCreated => "not_created".to_owned(),
            Self::Licensed => "licensed".to_owned(),
            Self::Roles => "roles".to_owned(),
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "sending" => Self::Sending,
            "released" => Self::Released,
            "created" => Self::Created,
            "unproven" => Self::Unproven,
            "there" => Self::There,
            "deleted" => Self::Deleted,
            "not_created" => Self::NotCreated,
            "licensed" => Self::Licensed,
            "roles" => Self::Roles,
            other => Self::Refused(other.strip_prefix("refused:")?.to_owned()),
        })
    }
}

/// Which import a journal is of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// The import's id.
    pub import: String,
    /// The hash of the file, as [`file_hash`] gives it.
    pub file: String,
    /// What sign-in names are hashed with: random, new for each import.
    pub salt: String,
}

impl Identity {
    /// The first line of a journal.
    pub(crate) fn head(&self) -> String {
        format!("{HEAD}\t{}\t{}\t{}\t{END}\n", self.import, self.file, self.salt)
    }

    /// How a sign-in name is noted.
    pub(crate) fn hash(&self, sign_in: &str) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.salt.as_bytes());
        hasher.update([0]);
        hasher.update(sign_in.to_ascii_lowercase().as_bytes());
        hex(&hasher.finalize()[..16])
    }
}

/// The hash of a file (SHA-256, in hexadecimal digits): a run is only taken up again with the same file.
pub fn file_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The line of a row.
pub(crate) fn line(row: usize, lane: usize, hash: &str, noted: &Noted, request: &str) -> String {
    // Codes come from outside.
    let state = noted.print().replace(|letter: char| letter.is_control(), " ");
    format!("row\t{row}\t{lane}\t{hash}\t{state}\t{request}\n")
}

/// The line that says that every row's fate is decided. Rows may follow it: somebody wants another password, or goes on with
/// another file.
pub const DONE: &str = "done\t\n";

/// The line of a lane.
pub(crate) fn lane_line(lane: usize, customer: &str) -> String {
    format!("lane\t{lane}\t{}\n", customer.replace(|letter: char| letter.is_control(), " "))
}

fn head(line: &str) -> Option<Identity> {
    let mut parts = line.split('\t');
    if parts.next() != Some(HEAD) {
        return None;
    }
    let mut part = || parts.next().map(str::to_owned);
    let identity = Identity { import: part()?, file: part()?, salt: part()? };
    (parts.next() == Some(END)).then_some(identity)
}

/// What a journal says of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PastRow {
    pub(crate) ever_sent: bool,
    /// The last that was noted about its creation.
    pub(crate) last: Noted,
    pub(crate) licensed: bool,
    pub(crate) roles: bool,
}

/// A run that was begun before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Which import it is of.
    pub identity: Identity,
    /// The ids of its customers.
    pub customers: Vec<String>,
    /// By hash of the sign-in name.
    pub(crate) rows: BTreeMap<String, PastRow>,
    /// Whether every row's fate was decided. What the journal does not know is whether anybody has the passwords.
    pub is_done: bool,
    /// How many lines could not be read: a line that was cut off, or one of another release.
    pub unread: usize,
}

impl Past {
    /// Reads a journal; `None` if that is none, or one of another version. What stands before its first line was cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let identity = lines.by_ref().find_map(head)?;
        let mut found = Self { identity, ..Self::default() };
        for line in lines.filter(|line| !line.is_empty()) {
            if let Some(later) = head(line)
                && (&later.import, &later.salt) == (&found.identity.import, &found.identity.salt)
            {
                found.identity = later;
                continue;
            }
            if found.read(line).is_none() {
                found.unread += 1;
            }
        }
        Some(found)
    }

    /// How many rows were sent, as far as is known.
    pub fn sent(&self) -> usize {
        self.rows.values().filter(|row| row.ever_sent).count()
    }

    fn read(&mut self, line: &str) -> Option<()> {
        let mut parts = line.split('\t');
        match parts.next()? {
            "lane" => {
                parts.next()?;
                self.customers.push(parts.next()?.to_owned());
            }
            "done" => {
                parts.next()?;
                self.is_done = true;
            }
            "row" => {
                self.is_done = false;
                let hash = parts.nth(2)?;
                let state = parts.next()?;
                // The line was cut off before its end.
                parts.next()?;
                let new = PastRow { ever_sent: false, last: Noted::Released, licensed: false, roles: false };
                let row = self.rows.entry(hash.to_owned()).or_insert(new);
                match Noted::parse(state) {
                    Some(Noted::Licensed) => row.licensed = true,
                    Some(Noted::Roles) => row.roles = true,
                    Some(noted) => {
                        row.ever_sent |= matches!(noted, Noted::Sending | Noted::Created | Noted::Unproven);
                        row.last = noted;
                    }
                    // Another release said something about this row: whatever it was, the row may have been sent.
                    None => {
                        row.ever_sent = true;
                        row.last = Noted::Sending;
                        return None;
                    }
                }
            }
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity { import: "i-1".to_owned(), file: file_hash(b"abc"), salt: "s".to_owned() }
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(file_hash(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let hash = identity().hash("Ana@A.es");
        assert_eq!(hash, identity().hash("ana@a.es"));
        assert_ne!(hash, Identity { salt: "t".to_owned(), ..identity() }.hash("ana@a.es"));
        assert_eq!(hash.len(), 32);
    }

    #[test]
    fn it_is_done_until_something_else_is_noted() {
        let row = line(0, 0, "aa", &Noted::Created, "r");
        let is_done = |lines: &[&str]| Past::parse(&(identity().head() + &lines.concat())).unwrap().is_done;
        assert!(is_done(&[&row, DONE]) && is_done(&[DONE, &row, DONE]));
        assert!(!is_done(&[&row]) && !is_done(&[DONE, &row]) && !is_done(&[&row, "done"]));
        // Which file it is gone on with says nothing of the rows.
        assert!(is_done(&[DONE, &identity().head()]));
    }

    #[test]
    fn what_was_ever_sent_stays_sent() {
        let text = [
            identity().head(),
            lane_line(0, "customer"),
            line(0, 0, "aa", &Noted::Sending, "r"),
            line(0, 0, "aa", &Noted::Released, ""),
            line(1, 0, "bb", &Noted::Sending, "r"),
            line(1, 0, "bb", &Noted::Created, "r"),
            line(1, 0, "bb", &Noted::Licensed, ""),
            line(2, 0, "cc", &Noted::Refused("27\t002".to_owned()), ""),
            "row\t3\t0\tdd\tpostponed\t\n".to_owned(),
            "hologram\t1\n".to_owned(),
            "row\t4\t0\tee\tsend".to_owned(),
        ]
        .concat();
        let past = Past::parse(&text).unwrap();
        assert_eq!(
            (past.identity.clone(), past.customers.as_slice()),
            (identity(), &["customer".to_owned()][..])
        );
        assert_eq!((past.unread, past.sent()), (3, 3));
        let row = |hash: &str| past.rows.get(hash).cloned();
        let expect = |ever_sent, last, licensed| Some(PastRow { ever_sent, last, licensed, roles: false });
        assert_eq!(row("aa"), expect(true, Noted::Released, false));
        assert_eq!(row("bb"), expect(true, Noted::Created, true));
        assert_eq!(row("cc"), expect(false, Noted::Refused("27 002".to_owned()), false));
        assert_eq!(row("dd"), expect(true, Noted::Sending, false));
        assert_eq!(row("ee"), None);
        assert_eq!(Past::parse("cartera-import 2\ta\tb\tc\t."), None);
        let head = identity().head();
        assert_eq!(Past::parse(head.trim_end_matches(".\n")), None);
        let again = [&head[..20], "\n", &head].concat();
        assert_eq!(Past::parse(&again).map(|past| past.identity), Some(identity()));
        assert_eq!(Past::parse(""), None);
        // It went on with another file; a line of another import is none of its own.
        let other = Identity { file: file_hash(b"b"), ..identity() };
        let foreign = Identity { import: "i-2".to_owned(), ..identity() };
        let past = Past::parse(&[identity().head(), other.head(), foreign.head()].concat()).unwrap();
        assert_eq!((past.identity, past.unread), (other, 1));
    }

    proptest::proptest! {
        #![proptest_config(crate::seeded())]

        #[test]
        fn nothing_breaks_it(text in "[\\PC\t\n]{0,80}") {
            let _ = Past::parse(&text);
            let _ = Past::parse(&[identity().head().as_str(), &text].concat());
        }
    }
}
