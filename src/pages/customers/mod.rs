//! The customer list: every customer at once, found as one types.

mod export;
mod search;
mod table;

use leptos::prelude::*;

use crate::i18n::{self, t};
use crate::platform::time::now;
use crate::state::{Customers, Phase, root};
use crate::ui::{Empty, Fault, Heading, Icon, advice, announce};
use export::ExportButton;
use search::{Search, SearchField};
use table::{CustomerTable, Skeleton};

/// What stands below the search field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Loading,
    Failed,
    NoCustomers,
    Table,
    NothingFound,
}

/// The page.
#[component]
pub(crate) fn CustomersPage() -> impl IntoView {
    let root = root();
    let customers = root.customers;
    customers.start(&root.client());
    let search = Search::new(customers);
    announce_counts(customers, search);

    let body = Memo::new(move |_| {
        customers.version().track();
        let phase = customers.phase().get();
        match (customers.with_index(customer_index::CustomerIndex::is_empty), phase) {
            (true, Phase::Complete) => Body::NoCustomers,
            (true, Phase::Stopped(_)) => Body::Failed,
            (true, _) => Body::Loading,
            (false, _) if search.found.with(|found| found.count() == 0) => Body::NothingFound,
            (false, _) => Body::Table,
        }
    });
    view! {
        <div class="page page-fixed list">
            <div class="head">
                <div>
                    <Heading text=t::customers::title().to_owned() />
                    <Freshness customers=customers />
                </div>
                <div class="head-actions">
                    <ExportButton customers=customers search=search />
                </div>
            </div>
            <StoppedBar customers=customers />
            <div class="tools">
                <SearchField search=search />
            </div>
            {move || match body.get() {
                Body::Loading => view! { <Skeleton /> }.into_any(),
                Body::Failed => view! { <FirstPageFailed customers=customers /> }.into_any(),
                Body::NoCustomers => {
                    view! {
                        <Empty icon="people" title=t::customers::none_title() text=t::customers::none_text() />
                    }
                        .into_any()
                }
                Body::NothingFound => view! { <NothingFound customers=customers search=search /> }.into_any(),
                Body::Table => view! { <CustomerTable customers=customers search=search /> }.into_any(),
            }}
            <div class="listfoot meta">
                <span>{move || count_in_words(customers, search)}</span>
            </div>
        </div>
    }
}

/// How many there are, found, or on the way.
fn count_in_words(customers: Customers, search: Search) -> String {
    customers.version().track();
    let all = customers.with_index(customer_index::CustomerIndex::len);
    let complete = customers.phase().with(|phase| *phase == Phase::Complete);
    let query = search.text.get();
    let query = query.trim();
    match (query.is_empty(), complete) {
        (true, _) if all == 0 => String::new(),
        (true, true) => t::customers::all(all),
        (true, false) => t::customers::so_far(all),
        (false, true) => {
            t::customers::found(search.found.with(search::Found::count), &i18n::number(all), query)
        }
        (false, false) => t::customers::found_so_far(search.found.with(search::Found::count), query),
    }
}

/// Tells a screen reader the count when loading ends and when a search has settled, not with every key and page.
fn announce_counts(customers: Customers, search: Search) {
    let pending: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let stop = move || {
        if let Some(handle) = pending.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move |_| {
        search.text.track();
        let reading = customers.phase().with(|phase| *phase == Phase::Reading);
        stop();
        if !reading {
            let later = set_timeout_with_handle(
                move || announce_if_there(customers, search),
                std::time::Duration::from_millis(700),
            );
            pending.set_value(later.ok());
        }
    });
    on_cleanup(stop);
}

fn announce_if_there(customers: Customers, search: Search) {
    untrack(|| announce(count_in_words(customers, search)));
}

/// How old the list is, and a button to read it again.
#[component]
fn Freshness(customers: Customers) -> impl IntoView {
    let client = root().client;
    let tick = RwSignal::new(());
    // The age changes without any event: look at the clock now and then.
    let clock = set_interval_with_handle(move || tick.set(()), std::time::Duration::from_secs(20)).ok();
    on_cleanup(move || {
        if let Some(clock) = clock {
            clock.clear();
        }
    });
    let reading = move || customers.phase().with(|phase| *phase == Phase::Reading);
    view! {
        <p class="meta line">
            {move || {
                tick.track();
                match customers.completed().get() {
                    _ if reading() && customers.completed().get().is_some() => {
                        t::customers::reading_anew().to_owned()
                    }
                    Some(at) => {
                        let seconds = usize::try_from(now().since(at).as_secs()).unwrap_or(usize::MAX);
                        t::customers::read_age(&i18n::age(seconds))
                    }
                    None => t::customers::loading().to_owned(),
                }
            }}
            <button
                type="button"
                class="btn btn-icon btn-small"
                aria-label=t::customers::refresh()
                aria-disabled=move || reading().then_some("true")
                on:click=move |_| customers.refresh(&client.get_value())
            >
                <Icon name="refresh" />
            </button>
        </p>
    }
}

/// The first page failed: nothing to show but that.
#[component]
fn FirstPageFailed(customers: Customers) -> impl IntoView {
    move || match customers.phase().get() {
        Phase::Stopped(error) => Some(view! {
            <Fault
                title=t::customers::failed()
                error=error
                retry=Callback::new(move |()| customers.resume())
            />
        }),
        _ => None,
    }
}

/// A later page failed: what is here stays usable, and nobody takes it for all.
#[component]
fn StoppedBar(customers: Customers) -> impl IntoView {
    move || {
        let phase = customers.phase().get();
        let count = customers.with_index(customer_index::CustomerIndex::len);
        let Phase::Stopped(error) = phase else { return None };
        if count == 0 {
            return None;
        }
        let text = if customers.completed().get().is_some() {
            t::customers::stopped_refresh().to_owned()
        } else {
            t::customers::stopped(count)
        };
        Some(view! {
            <div class="bar bar-warn" role="alert">
                <Icon name="warn" />
                <div class="bar-text">
                    <b>{text}</b>
                    " "
                    {advice(&error)}
                </div>
                <div class="bar-actions">
                    <button type="button" class="btn btn-small" on:click=move |_| customers.resume()>
                        {t::customers::resume()}
                    </button>
                </div>
            </div>
        })
    }
}

#[component]
fn NothingFound(customers: Customers, search: Search) -> impl IntoView {
    view! {
        {move || {
            let query = search.text.get();
            let complete = customers.phase().with(|phase| *phase == Phase::Complete);
            let text =
                if complete { t::customers::nothing_text() } else { t::customers::nothing_yet_text() };
            view! {
                <Empty icon="search" title=t::customers::nothing_title(query.trim()) text=text>
                    <button type="button" class="btn" on:click=move |_| search.clear()>
                        {t::customers::clear()}
                    </button>
                </Empty>
            }
        }}
    }
}
