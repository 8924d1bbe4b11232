//! The rows in view, in a real table.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlElement, ResizeObserver};

use super::search::{Found, Search};
use crate::i18n::t;
use crate::pages::words::relation;
use crate::paths::{CustomerKey, Page};
use crate::state::{Customers, Phase, decode_relationship};
use crate::ui::visible;

/// The height of a row before one has been measured: the default density.
const ROW_HEIGHT: f64 = 34.0;

/// The table. Only the rows in view are in the document; empty rows above and below stand for the others.
#[component]
pub(super) fn CustomerTable(customers: Customers, search: Search) -> impl IntoView {
    let scroller: NodeRef<html::Div> = NodeRef::new();
    let top = RwSignal::new(0.0);
    let view_height = RwSignal::new(800.0);
    let row_height = RwSignal::new(ROW_HEIGHT);
    let count = Memo::new(move |_| search.found.with(Found::count));
    let range = Memo::new(move |_| visible(top.get(), view_height.get(), row_height.get(), count.get()));
    // Marks belong to a query: another query, other rows, although of the same customers.
    let edition = Memo::new(move |before: Option<&u32>| {
        search.query.track();
        customers.generation().track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let rows = move || {
        let edition = edition.get();
        let places = range.get();
        search.found.with(|found| {
            found.rows(places).into_iter().map(|(place, row)| (place, row, edition)).collect::<Vec<_>>()
        })
    };
    let space = move |rows: usize| format!("{}px", as_f64(rows) * row_height.get());

    let measure = move || {
        let Some(scroller) = scroller.get_untracked() else { return };
        let _ = view_height.try_set(f64::from(scroller.client_height()));
        if let Ok(Some(row)) = scroller.query_selector("tbody tr[aria-rowindex]") {
            let height = row.get_bounding_client_rect().height();
            if height >= 1.0 && row_height.try_get_untracked().is_some_and(|old| (old - height).abs() > 0.25)
            {
                row_height.set(height);
            }
        }
    };
    watch_size(scroller, measure);
    keep_scroll(customers, search, scroller, top);

    view! {
        <div
            node_ref=scroller
            class="scroll listbox"
            on:scroll=move |event| {
                let scroller: HtmlElement = event_target(&event);
                top.set(f64::from(scroller.scroll_top()));
                let text = search.text.get_untracked();
                customers.scrolled.set_value((text, scroller.scroll_top()));
            }
        >
            <table
                class="table customers"
                aria-label=t::customers::table()
                aria-rowcount=move || {
                    let known = customers.phase().with(|phase| *phase == Phase::Complete);
                    if known { (count.get() + 1).to_string() } else { "-1".to_owned() }
                }
            >
                <Columns />
                <tbody>
                    <tr class="space" aria-hidden="true">
                        <td colspan="3" style:height=move || space(range.get().start)></td>
                    </tr>
                    <For each=rows key=|row| *row let((place, row, _))>
                        <Row customers=customers search=search place=place row=row />
                    </For>
                    <tr class="space" aria-hidden="true">
                        <td colspan="3" style:height=move || space(count.get().saturating_sub(range.get().end))></td>
                    </tr>
                </tbody>
            </table>
        </div>
    }
}

#[allow(clippy::cast_precision_loss)] // rows, far below 2^53
fn as_f64(rows: usize) -> f64 {
    rows as f64
}

#[component]
fn Columns() -> impl IntoView {
    view! {
        <colgroup>
            <col />
            <col class="w-dom" />
            <col class="w-rel" />
        </colgroup>
        <thead>
            <tr aria-rowindex="1">
                <th scope="col" class="x-name">{t::customers::company()}</th>
                <th scope="col" class="x-dom">{t::customers::domain()}</th>
                <th scope="col" class="x-rel">{t::customers::relationship()}</th>
            </tr>
        </thead>
    }
}

#[component]
fn Row(customers: Customers, search: Search, place: usize, row: usize) -> impl IntoView {
    let customer = customers.with_index(|index| {
        let customer = index.get(row)?;
        Some((
            customer.id.to_owned(),
            customer.name.to_owned(),
            customer.domain.to_owned(),
            customer.relationship,
        ))
    });
    customer.map(|(id, name, domain, relationship)| {
        let shown_name = if name.trim().is_empty() { domain.clone() } else { name };
        view! {
            // The header is row 1.
            <tr aria-rowindex=place + 2>
                <th scope="row" class="x-name">
                    <a class="name" href=Page::Customer(CustomerKey::Id(id)).href() title=shown_name.clone()>
                        <bdi>{marked(customers, search, &shown_name)}</bdi>
                    </a>
                </th>
                <td class="x-dom">
                    <bdi>{marked(customers, search, &domain)}</bdi>
                </td>
                <td class="x-rel">{relation(decode_relationship(relationship))}</td>
            </tr>
        }
    })
}

/// The text with what was searched for marked in it.
fn marked(customers: Customers, search: Search, text: &str) -> Vec<AnyView> {
    let ranges = search
        .query
        .with_untracked(|query| customers.with_fold(|fold| customer_index::marks(text, query, fold)));
    let mut parts = Vec::with_capacity(ranges.len() * 2 + 1);
    let mut at = 0;
    for range in ranges {
        parts.push(text[at..range.start].to_owned().into_any());
        at = range.end;
        parts.push(view! { <mark>{text[range].to_owned()}</mark> }.into_any());
    }
    parts.push(text[at..].to_owned().into_any());
    parts
}

/// Measures when the table is there and whenever its box changes.
fn watch_size(scroller: NodeRef<html::Div>, measure: impl Fn() + Copy + 'static) {
    let observer: StoredValue<Option<(ResizeObserver, Closure<dyn FnMut()>)>, LocalStorage> =
        StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(scroller) = scroller.get() else { return };
        let callback = Closure::<dyn FnMut()>::new(measure);
        if let Ok(watch) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            watch.observe(&scroller);
            observer.set_value(Some((watch, callback)));
        }
        request_animation_frame(measure);
    });
    on_cleanup(move || {
        if let Some((watch, _callback)) = observer.try_update_value(Option::take).flatten() {
            watch.disconnect();
        }
    });
}

/// Back finds the list where it was; another search begins at its top.
fn keep_scroll(customers: Customers, search: Search, scroller: NodeRef<html::Div>, top: RwSignal<f64>) {
    let go = move |pixels: i32| {
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(pixels);
            top.set(f64::from(scroller.scroll_top()));
        }
    };
    Effect::new(move |before: Option<customer_index::Query>| {
        let query = search.query.get();
        match before {
            None => {
                let (text, pixels) = customers.scrolled.get_value();
                if pixels > 0 && text == search.text.get_untracked() {
                    request_animation_frame(move || go(pixels));
                }
            }
            Some(before) if before != query => go(0),
            Some(_) => {}
        }
        query
    });
}

/// The very grid that is coming.
#[component]
pub(super) fn Skeleton() -> impl IntoView {
    view! {
        <div class="scroll listbox late">
            <table class="table customers" aria-label=t::customers::loading() aria-busy="true">
                <Columns />
                <tbody>
                    {(0..12)
                        .map(|row| {
                            let width = ["bone bone-60", "bone bone-80", "bone bone-40"][row % 3];
                            view! {
                                <tr>
                                    <td class="x-name"><span class=width></span></td>
                                    <td class="x-dom"><span class="bone bone-80"></span></td>
                                    <td class="x-rel"><span class="bone bone-60"></span></td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
