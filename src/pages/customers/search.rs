//! What is searched for, what was found, and the address that says so.

use std::ops::Range;
use std::time::Duration;

use customer_index::Query;
use leptos::html;
use leptos::prelude::*;

use crate::app::{Move, current_page, navigator};
use crate::i18n::t;
use crate::paths::Page;
use crate::state::Customers;
use crate::ui::Icon;

/// Browsers allow about a hundred changes of the address in half a minute.
const ADDRESS_PAUSE: Duration = Duration::from_millis(300);

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
    pub(super) fn rows(&self, places: Range<usize>) -> Vec<(usize, usize)> {
        let row =
            |place: usize| if self.query.is_empty() { Some(place) } else { self.rows.get(place).copied() };
        places.filter(|place| *place < self.count()).filter_map(|place| Some((place, row(place)?))).collect()
    }

    fn update(&mut self, customers: Customers, query: &Query, generation: u32) {
        if self.query != *query || self.generation != generation {
            self.rows.clear();
            self.upto = 0;
            self.query = query.clone();
            self.generation = generation;
        }
        customers.with_index(|index| {
            if !self.query.is_empty() {
                index.search(&self.query, self.upto, &mut self.rows);
            }
            self.upto = index.len();
        });
    }
}

/// The search of the list.
#[derive(Clone, Copy)]
pub(super) struct Search {
    /// As typed.
    pub text: RwSignal<String>,
    /// As searched for.
    pub query: Memo<Query>,
    /// The result.
    pub found: RwSignal<Found>,
}

impl Search {
    /// Begins with what the address says, and keeps both alike.
    pub(super) fn new(customers: Customers) -> Self {
        let page = current_page();
        let in_address = Memo::new(move |_| match page.get() {
            Some(Page::Customers { search }) => Some(search),
            _ => None,
        });
        let text = RwSignal::new(in_address.get_untracked().unwrap_or_default());
        let query = Memo::new(move |_| text.with(|text| customers.with_fold(|fold| Query::new(text, fold))));
        let found = RwSignal::new(Found::default());
        found.update_untracked(|found| {
            found.update(customers, &query.get_untracked(), customers.generation().get_untracked());
        });
        let search = Self { text, query, found };
        Effect::new(move |_| {
            customers.version().track();
            let generation = customers.generation().get();
            query.with(|query| found.update(|found| found.update(customers, query, generation)));
        });
        search.follow_address(in_address);
        search.write_address();
        search
    }

    /// Back and Forward change the address: the field follows.
    fn follow_address(self, in_address: Memo<Option<String>>) {
        Effect::new(move |before: Option<Option<String>>| {
            let now = in_address.get();
            if before.is_some_and(|before| before != now)
                && let Some(search) = now.clone().filter(|search| *search != self.text.get_untracked().trim())
            {
                self.text.set(search);
            }
            now
        });
    }

    /// The address follows the field, without a step of the history for each letter.
    fn write_address(self) {
        let navigate = StoredValue::new_local(navigator());
        let pending: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
        let stop = move || {
            if let Some(handle) = pending.try_update_value(Option::take).flatten() {
                handle.clear();
            }
        };
        Effect::new(move |before: Option<String>| {
            let search = self.text.get().trim().to_owned();
            if before.is_some_and(|before| before != search) {
                stop();
                let page = Page::Customers { search: search.clone() };
                let write = move || {
                    navigate.try_with_value(|navigate| navigate(&page, Move::Replace));
                };
                pending.set_value(set_timeout_with_handle(write, ADDRESS_PAUSE).ok());
            }
            search
        });
        on_cleanup(stop);
    }

    /// Searches for nothing.
    pub(super) fn clear(self) {
        self.text.set(String::new());
    }
}

/// The field. Esc clears it.
#[component]
pub(super) fn SearchField(search: Search) -> impl IntoView {
    let field: NodeRef<html::Input> = NodeRef::new();
    let clear = move || {
        search.clear();
        if let Some(field) = field.get_untracked() {
            // It fails only for what cannot have the focus.
            let _ = field.focus();
        }
    };
    view! {
        <div class="input find">
            <Icon name="search" class="icon-16" />
            <label class="sr" for="find">{t::customers::search()}</label>
            <input
                node_ref=field
                id="find"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=t::customers::search_hint()
                prop:value=move || search.text.get()
                on:input=move |event| search.text.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Escape" && !search.text.with_untracked(String::is_empty) {
                        event.prevent_default();
                        search.clear();
                    }
                }
            />
            {move || {
                (!search.text.with(String::is_empty))
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn btn-icon btn-small"
                                aria-label=t::customers::clear()
                                on:click=move |_| clear()
                            >
                                <Icon name="close" />
                            </button>
                        }
                    })
            }}
        </div>
    }
}
