//! What the list is to show, what was found, and the address that says so.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::{Rc, Weak};
use std::time::Duration;

use customer_index::{CustomerIndex, Key, Query, Selection, Wanted};
use leptos::prelude::untrack;
use list_view::{Column, Order, View};

use super::columns;
use super::rows::Rows;
use crate::i18n::{self, t};
use crate::paths::{self, Page};
use crate::platform::fold::BrowserCollate;
use crate::router::{self, Step};
use crate::state::{number, root};
use crate::ui::{Timer, Watched, at_end, live};

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

    /// All rows, in their order.
    pub(super) fn all(&self) -> &[usize] {
        self.selection.rows()
    }

    /// The place of a row in the list.
    pub(super) fn place_of(&self, row: usize) -> Option<usize> {
        self.all().iter().position(|other| *other == row)
    }

    /// How many are left out only because a value that a filter asks for is not in yet.
    pub(super) fn unknown(&self) -> usize {
        self.selection.unknown()
    }

    /// What is searched for.
    pub(super) fn query(&self) -> &Query {
        &self.selection.wanted().query
    }

    /// While this stays the same, what stands at a place of the list does too.
    pub(super) fn edition(&self) -> (u32, u32, u32) {
        (self.generation, self.selection.generation(), root().details.failures())
    }

    fn update(&mut self, index: &CustomerIndex, wanted: &Wanted, generation: u32) {
        if self.generation != generation {
            *self = Self { selection: Selection::default(), generation };
        }
        self.selection.update(index, wanted, &BrowserCollate);
    }
}

/// The list.
pub(super) struct List {
    /// The text of the search, as typed.
    pub text: Watched<String>,
    /// All else that is to be shown; its own search text is not looked at.
    pub view: Watched<View>,
    /// The result.
    pub found: Watched<Found>,
    /// The rows in the document, while there are some.
    pub rows: RefCell<Weak<Rows>>,
    /// What the address is to show next is written a moment later.
    pending: Timer,
    /// Whether it is not written yet.
    waits: Cell<bool>,
}

impl List {
    /// Begins with what the address says, and keeps both alike.
    pub(super) fn new() -> Rc<Self> {
        let view = untrack(in_address).unwrap_or_default();
        let list = Rc::new(Self {
            text: Watched::new(view.search.clone()),
            view: Watched::new(view),
            found: Watched::new(Found::default()),
            rows: RefCell::default(),
            pending: Timer::default(),
            waits: Cell::new(false),
        });
        let finding = list.clone();
        live(Box::new(move || {
            let customers = &root().customers;
            let wanted = finding.view.with(|view| Wanted {
                query: finding.text.with(|text| Query::new(text, &customers.fold)),
                filters: view.filters.iter().filter_map(columns::condition).collect(),
                sort: Some(sort(view.order)),
            });
            customers.index.with(|index| {
                finding.found.update(|found| found.update(index, &wanted, customers.generation.get()));
            });
        }));
        let resellers = list.clone();
        live(Box::new(move || {
            // Also where nothing is shown yet because of what is not in.
            let wanted = resellers.view.with(|view| view.calls_for().contains(&Column::Reseller));
            if wanted && root().customers.is_complete() {
                root().details.want_resellers();
            }
        }));
        follow_address(list.clone());
        // Who goes elsewhere in that moment finds on the way back what was there.
        let leaving = list.clone();
        router::before_leaving(move || leaving.write_now());
        // The page's listeners keep the list until the browser collects them: stopping cannot wait for that.
        let ending = list.clone();
        at_end(move || {
            ending.pending.stop();
            root().details.look_away();
        });
        list
    }

    /// Searches for `text`. The address follows, without a step of the history for each letter.
    pub(super) fn search(self: &Rc<Self>, text: String) {
        self.text.set(text);
        self.write_address();
    }

    /// Changes what is shown; the address follows.
    pub(super) fn change(self: &Rc<Self>, change: impl FnOnce(&mut View)) {
        self.view.update(|view| {
            change(view);
            view.unknown.clear();
        });
        self.write_address();
    }

    /// Sorts by a column, and the other way round when it is sorted by it already.
    pub(super) fn sort_by(self: &Rc<Self>, by: Column) {
        self.change(|view| {
            let descending = view.order.by == by && !view.order.descending;
            view.order = Order { by, descending };
        });
    }

    /// What is shown now, as one.
    pub(super) fn now(&self) -> View {
        let search = self.text.with(|text| text.trim().to_owned());
        self.view.with(|view| View { search, ..view.clone() })
    }

    /// What decides which rows are shown: while it stays, so does the place that the list is scrolled to.
    pub(super) fn key(&self) -> String {
        let view = View { columns: Vec::new(), density: None, ..self.now() };
        paths::view_query(&view)
    }

    /// The rows in view are these now: what is shown of them is read.
    pub(super) fn look_at(&self, rows: Vec<usize>) {
        root().details.look_at(rows, &self.view.peek(View::calls_for));
    }

    /// Whether anything that is shown, filtered or sorted by takes a further call for each customer.
    pub(super) fn takes_calls(&self) -> bool {
        self.view.with(|view| view.calls_for().iter().any(|column| *column != Column::Reseller))
    }

    /// Of how many of the chosen ones something can be read, and how many are chosen.
    pub(super) fn readable(&self) -> (usize, usize) {
        let columns = self.view.with(View::calls_for);
        root().list.selected.with(|selected| {
            root().details.tick.with(|()| ());
            (root().details.count(&mut selected.rows(), &columns).rows, selected.len())
        })
    }

    /// Reads what is not in yet of the chosen ones, or failed, or is old.
    pub(super) fn read_chosen(&self) {
        let rows = root().list.selected.peek(|selected| selected.rows().collect());
        root().details.sweep(rows, &self.view.peek(View::calls_for));
    }

    fn write_address(self: &Rc<Self>) {
        self.waits.set(true);
        let this = self.clone();
        self.pending.restart(ADDRESS_PAUSE, move || this.write_now());
    }

    fn write_now(&self) {
        if self.waits.take() {
            // Where there is a default view, an address that says nothing would mean that.
            let plain = root().views.saved.peek(|saved| saved.default.is_some());
            router::go(&Page::Customers(View { plain, ..untrack(|| self.now()) }), Step::Replace);
        }
    }

    /// Searches for nothing, and takes all filters away.
    pub(super) fn clear(self: &Rc<Self>) {
        self.text.set(String::new());
        self.change(|view| view.filters.clear());
    }

    /// How many there are, found, or on the way.
    pub(super) fn count_in_words(&self) -> String {
        let customers = &root().customers;
        let (all, complete) = (customers.len(), customers.is_complete());
        let found = self.found.with(Found::count);
        let filtered = self.view.with(|view| !view.filters.is_empty());
        self.text.with(|text| match (text.trim(), complete) {
            ("", _) if all == 0 => String::new(),
            ("", true) if filtered => t::customers::filtered(found, &i18n::number(all)),
            ("", false) if filtered => t::customers::filtered_so_far(found),
            ("", true) => t::customers::all(all),
            ("", false) => t::customers::so_far(all),
            (query, true) => t::customers::found(found, &i18n::number(all), query),
            (query, false) => t::customers::found_so_far(found, query),
        })
    }
}

fn sort(order: Order) -> customer_index::Sort {
    let key = match order.by {
        Column::Name => Key::Name,
        Column::Domain => Key::Domain,
        Column::Id => Key::Id,
        Column::Relationship => Key::Relationship,
        other => Key::Column(number(other)),
    };
    customer_index::Sort { key, descending: order.descending }
}

/// What the address says is shown; `None` on another page. An address that says nothing means the default view.
fn in_address() -> Option<View> {
    let Some(Page::Customers(view)) = router::current() else { return None };
    if view != View::default() {
        return Some(view);
    }
    let query = root().views.saved.peek(|saved| Some(saved.views.get(saved.default?)?.query.clone()));
    Some(query.map_or(view, |query| paths::read_view(&query)))
}

/// Back and Forward change the address: the list follows.
fn follow_address(list: Rc<List>) {
    let before = RefCell::new(untrack(in_address));
    live(Box::new(move || {
        let now = in_address();
        if before.replace(now.clone()) != now
            && let Some(now) = now
        {
            if list.text.peek(|text| text.trim() != now.search) {
                list.text.set(now.search.clone());
            }
            if list.view.peek(|view| {
                !view.shows_the_same(&View { search: view.search.clone(), ..now.clone() })
                    || !now.unknown.is_empty()
            }) {
                list.view.set(now);
            }
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
        list.view.with(|_| ());
        let reading = root().customers.is_reading();
        let list = list.clone();
        if reading {
            timer.stop();
        } else {
            timer.restart(ANNOUNCE_PAUSE, move || root().announcement.set(untrack(|| list.count_in_words())));
        }
    }));
}
