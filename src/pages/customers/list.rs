//! What is searched for, what was found, and where the view is.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

use customer_index::{CustomerIndex, Query};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle, untrack};

use crate::i18n::{self, t};
use crate::paths::Page;
use crate::router::{self, Step};
use crate::state::root;
use crate::ui::{Watched, at_end, live};

/// Browsers allow about a hundred changes of the address in half a minute.
const ADDRESS_PAUSE: Duration = Duration::from_millis(300);
/// A screen reader is told when typing has paused, not with every key.
const ANNOUNCE_PAUSE: Duration = Duration::from_millis(700);

/// The rows that were found.
#[derive(Default)]
pub(super) struct Found {
    query: Query,
    generation: u32,
    /// Rows of the index that were looked at.
    upto: usize,
    /// The hits; unused while the query is empty, when every row is one.
    rows: Vec<usize>,
}

impl Found {
    /// How many.
    pub(super) fn count(&self) -> usize {
        if self.query.is_empty() { self.upto } else { self.rows.len() }
    }

    /// The rows of the index at these places of the list.
    pub(super) fn rows(&self, places: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        places.filter_map(
            |place| if self.query.is_empty() { Some(place) } else { self.rows.get(place).copied() },
        )
    }

    /// What is searched for.
    pub(super) fn query(&self) -> &Query {
        &self.query
    }

    /// Another query or other customers are another edition: nothing of the earlier one can be kept.
    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    fn update(&mut self, index: &CustomerIndex, query: &Query, generation: u32) {
        if self.query != *query || self.generation != generation {
            self.rows.clear();
            self.upto = 0;
            self.query = query.clone();
            self.generation = generation;
        }
        if !self.query.is_empty() {
            index.search(&self.query, self.upto, &mut self.rows);
        }
        self.upto = index.len();
    }
}

/// The search of the list.
pub(super) struct List {
    /// As typed.
    pub text: Watched<String>,
    /// The result.
    pub found: Watched<Found>,
    /// The text that the address is to show next.
    pending: Timer,
}

impl List {
    /// Begins with what the address says, and keeps both alike.
    pub(super) fn new() -> Rc<Self> {
        let text = untrack(searched).unwrap_or_default();
        let list = Rc::new(Self {
            text: Watched::new(text),
            found: Watched::new(Found::default()),
            pending: Timer::default(),
        });
        let finding = list.clone();
        live(Box::new(move || {
            let customers = &root().customers;
            let query = finding.text.with(|text| Query::new(text, &customers.fold));
            customers.index.with(|index| {
                finding.found.update(|found| found.update(index, &query, customers.generation.get()));
            });
        }));
        follow_address(list.clone());
        // The page's listeners keep the list until the browser collects them: stopping cannot wait for that.
        let ending = list.clone();
        at_end(move || ending.pending.stop());
        list
    }

    /// Searches for `text`. The address follows, without a step of the history for each letter.
    pub(super) fn search(&self, text: String) {
        self.text.set(text);
        let page = Page::Customers { search: self.text.peek(|text| text.trim().to_owned()) };
        self.pending.restart(ADDRESS_PAUSE, move || router::go(&page, Step::Replace));
    }

    /// Searches for nothing.
    pub(super) fn clear(&self) {
        self.search(String::new());
    }

    /// How many there are, found, or on the way.
    pub(super) fn count_in_words(&self) -> String {
        let customers = &root().customers;
        let (all, complete) = (customers.len(), customers.is_complete());
        let found = self.found.with(Found::count);
        self.text.with(|text| match (text.trim(), complete) {
            ("", _) if all == 0 => String::new(),
            ("", true) => t::customers::all(all),
            ("", false) => t::customers::so_far(all),
            (query, true) => t::customers::found(found, &i18n::number(all), query),
            (query, false) => t::customers::found_so_far(found, query),
        })
    }
}

/// What the address says is searched for; `None` on another page.
fn searched() -> Option<String> {
    match router::current() {
        Some(Page::Customers { search }) => Some(search),
        _ => None,
    }
}

/// Back and Forward change the address: the field follows.
fn follow_address(list: Rc<List>) {
    let before = RefCell::new(untrack(searched));
    live(Box::new(move || {
        let now = searched();
        if before.replace(now.clone()) != now
            && let Some(search) = now
            && list.text.peek(|text| text.trim() != search)
        {
            list.text.set(search);
        }
    }));
}

/// Tells a screen reader the count when loading ends and when a search has settled.
pub(super) fn announce(list: &Rc<List>) {
    let list = list.clone();
    let timer = Rc::new(Timer::default());
    let ending = timer.clone();
    at_end(move || ending.stop());
    live(Box::new(move || {
        list.text.with(|_| ());
        let reading = root().customers.is_reading();
        let list = list.clone();
        if reading {
            timer.stop();
        } else {
            timer.restart(ANNOUNCE_PAUSE, move || root().announcement.set(untrack(|| list.count_in_words())));
        }
    }));
}

/// A time-out that a new one replaces.
#[derive(Default)]
struct Timer(Cell<Option<TimeoutHandle>>);

impl Timer {
    fn restart(&self, pause: Duration, work: impl FnOnce() + 'static) {
        if let Some(old) = self.0.replace(set_timeout_with_handle(work, pause).ok()) {
            old.clear();
        }
    }

    fn stop(&self) {
        if let Some(old) = self.0.take() {
            old.clear();
        }
    }
}
