//! What was done in this browser: what, when, for which customer, with which outcome. Ids and times only, so that it may
//! be kept: no names, no addresses, no contents.
//!
//! The text that is kept has a line for each entry, the oldest first. Lines that cannot be read are left out: a damaged
//! journal shows what it can. What another release wrote in another form is told apart, so that it is not written over.
#![deny(missing_docs)]

/// How many entries are kept; older ones go.
pub const MOST: usize = 500;

const NAME: &str = "cartera-journal ";
const HEAD: &str = "cartera-journal 1";

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused, or failed.
    Failed,
    /// The answer was lost, and what became of it is not known.
    Unknown,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Done, Self::Failed, Self::Unknown];

    /// Its name in the text.
    pub fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What, as a word of the program: letters, digits and underscores.
    pub what: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The Microsoft ID of the customer, where it was for one.
    pub customer: Option<String>,
    /// Of how many things.
    pub count: Option<u32>,
    /// The id of the request, for Microsoft's support.
    pub request: Option<String>,
}

/// What was found where a journal is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// A journal; an empty one if it was none.
    Journal(Journal),
    /// A journal of another release. It must not be written over.
    NotUnderstood,
}

/// The entries, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    entries: Vec<Entry>,
}

impl Journal {
    /// Reads what was kept.
    pub fn parse(text: &str) -> Stored {
        let mut journal = Self::default();
        let mut lines = text.lines();
        match lines.next() {
            Some(HEAD) => lines.filter_map(entry).for_each(|entry| journal.add(entry)),
            Some(head) if head.starts_with(NAME) => return Stored::NotUnderstood,
            _ => {}
        }
        Stored::Journal(journal)
    }

    /// Takes in the entries of another copy that are not here yet, each at its time.
    pub fn merge(&mut self, other: Self) {
        for entry in other.entries {
            if !self.entries.contains(&entry) {
                let place = self.entries.partition_point(|known| known.at <= entry.at);
                self.entries.insert(place, entry);
            }
        }
        let too_many = self.entries.len().saturating_sub(MOST);
        self.entries.drain(..too_many);
    }

    /// The text to be kept.
    pub fn print(&self) -> String {
        let mut text = HEAD.to_owned();
        for entry in &self.entries {
            let (at, count) = (entry.at.to_string(), entry.count.map(|count| count.to_string()));
            let or_empty = |part: &Option<String>| part.clone().unwrap_or_default();
            let parts = [
                at,
                entry.what.clone(),
                entry.outcome.key().to_owned(),
                or_empty(&entry.customer),
                or_empty(&count),
                or_empty(&entry.request),
            ];
            text.push('\n');
            // What would end a part has no place in ids and words.
            text.push_str(&parts.map(|part| part.replace(['\t', '\n', '\r'], " ")).join("\t"));
        }
        text
    }

    /// Adds an entry; of more than [`MOST`] the oldest goes.
    pub fn add(&mut self, entry: Entry) {
        if self.entries.len() == MOST {
            self.entries.remove(0);
        }
        self.entries.push(entry);
    }

    /// The entries of a customer, or all, since a moment (milliseconds since 1970), the newest first.
    pub fn since(&self, moment: i64, customer: Option<&str>) -> impl Iterator<Item = &Entry> {
        let wanted = move |entry: &&Entry| {
            entry.at >= moment
                && customer.is_none_or(|id| {
                    entry.customer.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(id))
                })
        };
        self.entries.iter().rev().filter(wanted)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn entry(line: &str) -> Option<Entry> {
    let mut parts = line.split('\t');
    let mut next = || parts.next();
    let at = next()?.parse().ok()?;
    let what = next()?.to_owned();
    let outcome = next()?;
    let outcome = Outcome::ALL.into_iter().find(|known| known.key() == outcome)?;
    let mut filled = || Some(next()?.to_owned()).filter(|part| !part.is_empty());
    let (customer, count, request) = (filled(), filled(), filled());
    Some(Entry { at, what, outcome, customer, count: count.and_then(|count| count.parse().ok()), request })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry_at(at: i64, customer: Option<&str>) -> Entry {
        Entry {
            at,
            what: "export_customers".to_owned(),
            outcome: Outcome::Done,
            customer: customer.map(str::to_owned),
            count: Some(3),
            request: None,
        }
    }

    #[test]
    fn the_newest_come_first_of_one_customer_or_of_all() {
        let mut journal = Journal::default();
        for (at, customer) in [(1, None), (2, Some("AA")), (3, Some("bb")), (4, Some("aa"))] {
            journal.add(entry_at(at, customer));
        }
        let times =
            |since, customer| journal.since(since, customer).map(|entry| entry.at).collect::<Vec<_>>();
        assert_eq!(times(0, None), [4, 3, 2, 1]);
        assert_eq!(times(2, Some("aa")), [4, 2]);
        assert_eq!(times(5, None), []);
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let mut journal = Journal::default();
        (0..600).for_each(|at| journal.add(entry_at(at, None)));
        assert_eq!(journal.len(), MOST);
        assert_eq!(journal.since(0, None).last().map(|entry| entry.at), Some(100));
    }

    #[test]
    fn lines_of_another_release_are_left_out_and_another_version_is_none() {
        let text = "cartera-journal 1\n7\tcreate_user\tdone\tab\t\treq-1\nnot a line\n8\tnew_thing\tpostponed\t\t\t\n9\tx\tfailed\t\t\t\tmore";
        let Stored::Journal(journal) = Journal::parse(text) else { panic!("it is one") };
        assert_eq!(journal.since(0, None).map(|entry| entry.at).collect::<Vec<_>>(), [9, 7]);
        assert_eq!(Journal::parse(&text.replace("journal 1", "journal 2")), Stored::NotUnderstood);
        for damaged in ["", "nonsense\n7\tx\tdone"] {
            assert_eq!(Journal::parse(damaged), Stored::Journal(Journal::default()), "{damaged}");
        }
    }

    #[test]
    fn two_copies_become_one_in_the_order_of_time_and_within_bounds() {
        let with = |times: &[i64]| {
            let mut journal = Journal::default();
            for at in times {
                journal.add(entry_at(*at, None));
            }
            journal
        };
        let times = |journal: &Journal| journal.since(0, None).map(|entry| entry.at).collect::<Vec<_>>();
        let mut journal = with(&[1, 3, 5]);
        journal.merge(with(&[1, 2, 6]));
        assert_eq!(times(&journal), [6, 5, 3, 2, 1]);
        let mut full = with(&(0..500).collect::<Vec<_>>());
        full.merge(with(&[7, 600]));
        assert_eq!((full.len(), times(&full)[0], times(&full)[499]), (MOST, 600, 1));
    }

    proptest! {
        #[test]
        fn what_was_kept_is_read(
            entries in proptest::collection::vec(
                (any::<i64>(), "[a-z_]{1,20}", 0..3_usize, "[0-9a-f-]{0,36}", any::<Option<u32>>()), 0..30
            )
        ) {
            let mut journal = Journal::default();
            for (at, what, outcome, id, count) in entries {
                let id = Some(id).filter(|id| !id.is_empty());
                let outcome = Outcome::ALL[outcome];
                journal.add(Entry { at, what, outcome, customer: id.clone(), count, request: id });
            }
            prop_assert_eq!(Journal::parse(&journal.print()), Stored::Journal(journal));
        }

        #[test]
        fn nothing_breaks_it(text: String) {
            let _ = Journal::parse(&text);
            let _ = Journal::parse(&[HEAD, "\n", &text].concat());
        }
    }
}
