//! The customer list: every customer at once, found as one types.

mod columns;
mod detail;
mod export;
mod filters;
mod keys;
mod list;
mod options;
mod row;
mod row_menu;
mod rows;
mod search;
mod select;
mod table;
mod views;

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{document, request_animation_frame, set_interval_with_handle};
use partner_center::ErrorKind;

use crate::i18n::{self, t};
use crate::paths::{AddStep, Page};
use crate::platform::time::now;
use crate::state::{Action, KnownResellers as Known, Phase, minutes, root};
use crate::ui::{
    El, advice, advised_fault, at_end, button, el, empty, fault_bar, heading, icon, link, live, shared,
};
use list::List;
use list_view::Column;

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
pub(super) fn page() -> El {
    let root = root();
    root.customers.start(&root.client);
    let list = List::new();
    list::announce(&list);
    let title = el("div", "").child(heading(t::customers::title())).child(freshness());
    offer_actions(&list);
    let counted = list.clone();
    let foot = el("div", "listfoot meta").child(el("span", "").live_text(move || counted.count_in_words()));
    el("div", "page page-fixed list")
        .child(
            el("div", "head").child(title).child(
                el("div", "head-actions")
                    .children(export::button_and_reason(&list))
                    .child(link("btn", &Page::Request.href()).child(icon("link")).text(t::request::title()))
                    .child(
                        link("btn btn-primary", &Page::Add(AddStep::Who).href())
                            .child(icon("person-add"))
                            .text(t::add::title()),
                    ),
            ),
        )
        .live(stopped_bar)
        .live(not_understood(&list))
        .child(views::views(&list))
        .child(
            el("div", "tools")
                .child(search::field(&list))
                .child(filters::filters(&list))
                .child(options::options(&list)),
        )
        .live(not_judged(&list))
        .child(body(&list))
        .child(select::bar(&list))
        .child(foot)
}

/// What the palette offers while the list is shown.
fn offer_actions(list: &Rc<List>) {
    let (saved, copied, all, none) = (list.clone(), list.clone(), list.clone(), list.clone());
    root().actions.offer(vec![
        Action::new("refresh", t::customers::refresh(), || root().customers.refresh(&root().client)),
        Action::new("download", t::customers::export(), move || {
            export::unless_it_waits(&saved, export::save);
        }),
        Action::new("copy", t::customers::copy(), move || export::unless_it_waits(&copied, export::copy)),
        Action::new("check", t::customers::choose_all(), move || select::choose_all(&all, true)),
        Action::new("close", t::columns::clear(), move || none.clear()),
    ]);
}

fn body(list: &Rc<List>) -> El {
    let kind = shared(Body::Loading);
    let (decided, found) = (kind.clone(), list.clone());
    live(Box::new(move || decided.set_if_new(decide(&found))));
    let list = list.clone();
    el("div", "contents").live(move || {
        Some(match kind.get() {
            Body::Loading => table::skeleton(),
            Body::Failed => el("div", "contents").live(first_page_failed),
            Body::NoCustomers => empty("people", t::customers::none_title(), t::customers::none_text(), None),
            Body::NothingFound => nothing_found(&list),
            Body::Table => table::table(&list),
        })
    })
}

fn decide(list: &List) -> Body {
    let customers = &root().customers;
    let found = list.found.with(list::Found::count);
    match (customers.len(), found) {
        (0, _) => customers.phase.with(|phase| match phase {
            Phase::Complete => Body::NoCustomers,
            Phase::Stopped(_) => Body::Failed,
            Phase::Idle | Phase::Reading | Phase::Halted => Body::Loading,
        }),
        (_, 0) => Body::NothingFound,
        _ => Body::Table,
    }
}

/// How old the list is, and a button to read it again.
fn freshness() -> El {
    let root = root();
    let customers = &root.customers;
    let tick = shared(());
    // The age changes without any event: look at the clock now and then.
    let ticking = tick.clone();
    if let Ok(clock) = set_interval_with_handle(move || ticking.set(()), Duration::from_secs(20)) {
        at_end(move || clock.clear());
    }
    let age = move || {
        tick.get();
        refresh_when_old();
        let reading = customers.is_reading();
        match customers.completed.get() {
            None if reading => t::customers::loading().to_owned(),
            None => String::new(),
            Some(_) if reading => t::customers::reading_anew().to_owned(),
            Some(at) => {
                let seconds = usize::try_from(now().since(at).as_secs()).unwrap_or(usize::MAX);
                t::customers::read_age(&i18n::age(seconds))
            }
        }
    };
    let refresh = button("btn btn-icon btn-small", || customers.refresh(&root.client))
        .attr("aria-label", t::customers::refresh())
        .live_attr("aria-disabled", || customers.is_reading().then(|| "true".to_owned()))
        .child(icon("refresh"));
    let stop = || {
        let stops = customers.is_reading() && customers.len() > 0;
        stops.then(|| button("btn btn-small btn-subtle", || customers.halt()).text(t::columns::stop()))
    };
    el("p", "meta line").child(el("span", "").live_text(age)).child(refresh).live(stop)
}

/// Reads the list anew where somebody wants that after so many minutes, while the page is looked at.
fn refresh_when_old() {
    let customers = &root().customers;
    if root().preferences.refresh.get().is_some_and(|minutes| customers.is_older_than(minutes))
        && !customers.is_reading()
        && !document().hidden()
    {
        // Not from within what follows the phase, which this changes.
        request_animation_frame(|| customers.refresh(&root().client));
    }
}

/// The first page failed: nothing to show but that.
fn first_page_failed() -> Option<El> {
    let customers = &root().customers;
    customers.phase.with(|phase| match phase {
        Phase::Stopped(error) => {
            // Everybody has a list: where there is none, something else than Partner Center answers.
            let words = match error.kind {
                ErrorKind::NotFound => t::customers::no_api(&root().config.api),
                _ => advice(error),
            };
            Some(advised_fault(t::customers::failed(), &words, error, Some(Box::new(|| customers.resume()))))
        }
        _ => None,
    })
}

/// A later page failed: what is here stays usable, and nobody takes it for all.
fn stopped_bar() -> Option<El> {
    let customers = &root().customers;
    let count = customers.len();
    customers.phase.with(|phase| {
        let error = if let Phase::Stopped(error) = phase { Some(error) } else { None };
        if count == 0 {
            return None;
        }
        // A list that was being renewed is whole: those of before.
        let whole = customers.completed.get().is_some();
        let (text, advice) = match (phase, whole) {
            (Phase::Stopped(error), true) => (t::customers::stopped_refresh().to_owned(), advice(error)),
            (Phase::Stopped(error), false) => (t::customers::stopped(count), advice(error)),
            (Phase::Halted, true) => (t::customers::halted_refresh().to_owned(), String::new()),
            (Phase::Halted, false) => (t::customers::halted(count), t::customers::halted_advice().to_owned()),
            _ => return None,
        };
        let resume = button("btn btn-small", || customers.resume()).text(t::customers::resume());
        Some(fault_bar(&text, &advice, error, resume))
    })
}

/// A link that names what this release does not know still shows what it can, and says what it cannot.
fn not_understood(list: &Rc<List>) -> impl Fn() -> Option<El> + 'static {
    let list = list.clone();
    move || {
        let unknown = list.view.with(|view| view.unknown.join(", "));
        (!unknown.is_empty()).then(|| bar("warn", &t::columns::not_understood(&unknown)))
    }
}

/// Nobody takes the customers that pass a filter for all that would: some could not be judged. Reading what is missing
/// says first what it takes, then how far it is, and can be stopped.
fn not_judged(list: &Rc<List>) -> impl Fn() -> Option<El> + 'static {
    let list = list.clone();
    move || {
        let details = &root().details;
        if let Some((done, of)) = details.progress() {
            let progress =
                el("progress", "meter").attr("max", &of.to_string()).attr("value", &done.to_string());
            let words = t::columns::reading(of, &i18n::number(done));
            let stop = action(t::columns::stop(), Box::new(|| details.stop()));
            return Some(bar("clock", &words).child(progress.attr("aria-label", &words)).child(stop));
        }
        let unknown = list.found.with(list::Found::unknown);
        let columns = list.view.with(list_view::View::calls_for);
        if columns.is_empty() || !root().customers.is_complete() {
            return None;
        }
        if columns.contains(&Column::Reseller) {
            match details.resellers() {
                Known::Failed => {
                    let again = action(t::fault::retry(), Box::new(|| details.retry()));
                    return Some(bar("warn", t::columns::resellers_failed()).child(again));
                }
                Known::Soon if unknown > 0 => return Some(bar("clock", t::columns::resellers_reading())),
                _ => {}
            }
        }
        // Where a filter cannot judge, all have to be read; otherwise what is shown is enough.
        let wanted = {
            let list = list.clone();
            move || -> Vec<usize> {
                if unknown > 0 {
                    root()
                        .customers
                        .index
                        .peek(|index| (0..index.end()).filter(|row| index.get(*row).is_some()).collect())
                } else {
                    list.found.peek(|found| found.all().to_vec())
                }
            }
        };
        let count = details.count(&mut wanted().into_iter(), &columns);
        let (open, failed) = (count.open, count.failed);
        if open + failed == 0 {
            return None;
        }
        let takes = t::columns::takes(open + failed, &i18n::number(minutes(details.estimate(open + failed))));
        let mut words = if unknown > 0 { t::columns::not_judged(unknown) } else { String::new() };
        if failed > 0 {
            words.extend([" ", &t::columns::not_read(failed)]);
        }
        words.extend([" ", &takes]);
        let press = if open == 0 { t::fault::retry() } else { t::columns::read_all() };
        let read = action(press, Box::new(move || details.sweep(wanted(), &columns)));
        Some(bar(if unknown + failed > 0 { "warn" } else { "unknown" }, words.trim()).child(read))
    }
}

fn action(text: &str, act: Box<dyn Fn()>) -> El {
    el("div", "bar-actions").child(button("btn btn-small", act).text(text))
}

fn bar(symbol: &str, text: &str) -> El {
    let class = if symbol == "warn" { "bar bar-warn" } else { "bar" };
    el("div", class).attr("role", "status").child(icon(symbol)).child(el("div", "bar-text").text(text))
}

fn nothing_found(list: &Rc<List>) -> El {
    let list = list.clone();
    el("div", "contents").live(move || {
        let complete = root().customers.is_complete();
        let unknown = list.found.with(list::Found::unknown) > 0;
        let (title, text) = list.text.with(|text| match text.trim() {
            // Nobody was judged: that is not the same as nobody being so.
            _ if complete && unknown => (t::columns::unknown_title().to_owned(), t::columns::unknown_text()),
            "" => (t::columns::nothing_title().to_owned(), t::columns::nothing_text()),
            text => (t::customers::nothing_title(text), t::customers::nothing_text()),
        });
        let text = if complete { text } else { t::customers::nothing_yet_text() };
        let list = list.clone();
        let clear = button("btn", move || list.clear()).text(t::columns::clear());
        Some(empty("search", &title, text, Some(clear)))
    })
}
