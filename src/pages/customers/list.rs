//! What is searched for, what was found, and where the view is.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

use customer_index::{CustomerIndex, Key, Query, Selection, Sort, Wanted};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle, untrack};

use crate::i18n::{self, t};
use crate::paths::{Order, OrderBy, Page};
use crate::platform::fold::BrowserCollate;
use crate::router::{self, Step};
use crate::state::root;
use crate::ui::{Watched, at_end, live};

/// Browsers allow about a hundred changes of the address in half a minute.
const ADDRESS_PAUSE: Duration = Duration::from_millis(300);
/// A screen reader is told when typing has paused, not with every key.
const ANNOUNCE_PAUSE: Duration = Duration::from_millis(700);

/// The rows to show.
#[derive(Default)]
pub(super) struct Found {
    selection: Selection,
    /// Of which loading: customers that were read anew are others, whatever their rows.
    generation: u32,
}

impl Found {
    /// How many.
    pub(super) fn count(&self) -> usize {
        self.selection.rows().len()
    }

    /// The rows of the index at these places of the list.
    pub(super) fn rows(&self, places: Range<usize>) -> &[usize] {
        self.selection.rows().get(places).unwrap_or_default()
    }

    /// What is searched for.
    pub(super) fn query(&self) -> &Query {
        &self.selection.wanted().query
    }

    /// While this stays the same, what stands at a place of the list does too.
    pub(super) fn edition(&self) -> (u32, u32) {
        (self.generation, self.selection.generation())
    }

    fn update(&mut self, index: &CustomerIndex, wanted: &Wanted, generation: u32) {
        if self.generation != generation {
            *self = Self { selection: Selection::default(), generation };
        }
        self.selection.update(index, wanted, &BrowserCollate);
    }
}

/// The search of the list.
pub(super) struct List {
    /// As typed.
    pub text: Watched<String>,
    /// As chosen in the head of the table.
    pub order: Watched<Order>,
    /// The result.
    pub found: Watched<Found>,
    /// The text that the address is to show next.
    pending: Timer,
}

impl List {
    /// Begins with what the address says, and keeps both alike.
    pub(super) fn new() -> Rc<Self> {
        let (text, order) = untrack(in_address).unwrap_or_default();
        let list = Rc::new(Self {
            text: Watched::new(text),
            order: Watched::new(order),
            found: Watched::new(Found::default()),
            pending: Timer::default(),
        });
        let finding = list.clone();
        live(Box::new(move || {
            let customers = &root().customers;
            let query = finding.text.with(|text| Query::new(text, &customers.fold));
            let sort = finding.order.with(|order| sort(*order));
            let wanted = Wanted { query, filters: Vec::new(), sort: Some(sort) };
            customers.index.with(|index| {
                finding.found.update(|found| found.update(index, &wanted, customers.generation.get()));
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
        self.write_address();
    }

    /// Sorts by a column, and the other way round when it is sorted by it already.
    pub(super) fn sort_by(&self, by: OrderBy) {
        self.order.update(|order| *order = Order { by, descending: order.by == by && !order.descending });
        self.write_address();
    }

    fn write_address(&self) {
        let search = self.text.peek(|text| text.trim().to_owned());
        let page = Page::Customers { search, order: self.order.peek(|order| *order) };
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

fn sort(order: Order) -> Sort {
    let key = match order.by {
        OrderBy::Name => Key::Name,
        OrderBy::Domain => Key::Domain,
        OrderBy::Relationship => Key::Relationship,
    };
    Sort { key, descending: order.descending }
}

/// What the address says is searched for and sorted by; `None` on another page.
fn in_address() -> Option<(String, Order)> {
    match router::current() {
        Some(Page::Customers { search, order }) => Some((search, order)),
        _ => None,
    }
}

/// Back and Forward change the address: the field follows.
fn follow_address(list: Rc<List>) {
    let before = RefCell::new(untrack(in_address));
    live(Box::new(move || {
        let now = in_address();
        if before.replace(now.clone()) != now
            && let Some((search, order)) = now
        {
            if list.text.peek(|text| text.trim() != search) {
                list.text.set(search);
            }
            list.order.set_if_new(order);
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
