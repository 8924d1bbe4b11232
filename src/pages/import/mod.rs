//! Users of a customer, from a file or typed: six steps on one page, each with an address, Back at any time.

mod columns;
mod find;
mod grid;
mod plan;
mod problems;
mod repair;
mod results;
mod rows;
mod run;
mod sheets;
mod source;
mod words;
mod workbook;

use std::rc::Rc;

use account_rules::{Means, gives_licences, user_imports};
use futures_util::FutureExt;
use leptos::prelude::{document, request_animation_frame, untrack};
use partner_center::{Customer, CustomerId, Timestamp};

use super::form::bar;
use super::{customer, lost};
use crate::i18n::{self, t};
use crate::paths::{CustomerKey, CustomerTab, ImportStep, Page};
use crate::router::{self, Step};
use crate::state::{Held, Import, root};
use crate::ui::{El, Show, Watched, button, el, heading, is_gone, link, live, load, shared, small_icon};
use user_import::Field;

/// The page at a step.
pub(super) fn page(key: CustomerKey, step: ImportStep) -> El {
    let why_not = match user_imports(root().config.cloud) {
        Means::Api => None,
        Means::ByHand => Some(t::import::by_hand()),
        Means::None => Some(t::import::not_here()),
    };
    if let Some(why_not) = why_not {
        return el("div", "page page-narrow stack-24")
            .child(heading(t::import::title()))
            .child(el("p", "measure").text(why_not));
    }
    match key {
        CustomerKey::Domain(domain) => customer::by_domain(domain),
        CustomerKey::Id(text) | CustomerKey::Neither(text) => match CustomerId::parse(&text) {
            Some(id) => by_id(id, step),
            None => lost::page(t::customer::wrong_key_title(), t::customer::wrong_key_text()),
        },
    }
}

fn failed(panel: El) -> El {
    el("div", "page").child(heading(t::import::title())).child(panel)
}

fn waiting() -> El {
    el("div", "page")
        .attr("aria-busy", "true")
        .child(heading(t::import::title()))
        .child(el("p", "support late").text(t::import::loading()))
}

fn by_id(id: CustomerId, step: ImportStep) -> El {
    let is_own = state().customer.peek(|of| of == &id.as_str().to_ascii_lowercase());
    if is_own {
        return opened(id, step);
    }
    let freed = shared(false);
    el("div", "contents").live(move || {
        freed.with(|_| ());
        Some(untrack(|| match state().held() {
            Some(held) => failed(occupied(held, &freed)),
            None => opened(id.clone(), step),
        }))
    })
}

/// What stands in the way of another import, and the way to it.
fn occupied(held: Held, freed: &Rc<Watched<bool>>) -> El {
    // Whoever wanted to type a user here reads this first.
    state().by_hand.set(false);
    let name = state().known.peek(|all| all.first().map(|own| own.name.clone()).unwrap_or_default());
    let (words, step) = match held {
        Held::Run => (t::import::held_run(&name), ImportStep::Run),
        Held::Passwords => (t::import::held_passwords(&name), ImportStep::Results),
        Held::Rows => (t::import::held_rows(&name), ImportStep::Repair),
    };
    let freed = freed.clone();
    let drop = (held == Held::Rows).then(|| {
        let drop = move || {
            state().start_over();
            freed.set(true);
        };
        button("btn btn-small", drop).text(t::import::held_drop())
    });
    let go = link("btn btn-small", &at(step).href()).text(t::import::held_go());
    bar("bar-warn", "warn", &words, Some(el("div", "bar-actions").child(go).maybe(drop)))
}

fn opened(id: CustomerId, step: ImportStep) -> El {
    // From step to step the customer stays; it was read with the first one.
    if state().customer.peek(|of| of == &id.as_str().to_ascii_lowercase())
        && let Some(own) = state().known.peek(|all| all.first().cloned())
    {
        return content(&own.name, step);
    }
    load(t::import::failed(), waiting, failed, move || {
        let id = id.clone();
        async move {
            let answer = root().client.customer(&id).await;
            root().customers.learn(&id, &answer);
            let show: Show = match answer {
                Ok(customer) => Box::new(move || {
                    state().turn_to(&customer);
                    content(name(&customer), step)
                }),
                Err(error) if is_gone(&error.kind) => {
                    Box::new(|| lost::page(t::customer::gone_title(), t::customer::gone_text()))
                }
                Err(error) => return Err(error),
            };
            Ok(show)
        }
        .boxed_local()
    })
}

fn name(customer: &Customer) -> &str {
    let company = &customer.company_profile;
    if company.company_name.trim().is_empty() { &company.domain } else { &company.company_name }
}

/// The state that outlives this page.
fn state() -> &'static Import {
    &root().import
}

/// The customer of the page.
fn key() -> CustomerKey {
    CustomerKey::Id(state().customer.peek(Clone::clone))
}

fn at(step: ImportStep) -> Page {
    Page::Import(key(), step)
}

fn go(step: ImportStep) {
    untrack(|| router::go(&at(step), Step::Push));
}

fn back_to_customer() -> Page {
    Page::Customer(key(), CustomerTab::Users)
}

/// The steps that can be gone to now.
fn reachable(step: ImportStep) -> bool {
    let run = state().run.get();
    // The rows of a run are not changed, and another file comes after its end.
    match step {
        ImportStep::Source => run.is_none_or(|run| run.finished.get()),
        ImportStep::Columns | ImportStep::Repair => run.is_none() && state().now.with(Option::is_some),
        ImportStep::Plan => {
            run.is_none() && state().now.with(|now| now.as_ref().is_some_and(|now| now.problem.is_none()))
        }
        ImportStep::Run | ImportStep::Results => run.is_some(),
    }
}

fn content(customer: &str, step: ImportStep) -> El {
    let step = if untrack(|| reachable(step)) {
        step
    } else {
        // An old link, or a reload: what the step needs is not here.
        state().by_hand.set(false);
        let now = if state().run.peek(Option::is_some) { ImportStep::Run } else { ImportStep::Source };
        request_animation_frame(move || router::go(&at(now), Step::Replace));
        return el("div", "page").child(heading(t::import::title()));
    };
    let crumbs = el("nav", "crumbs")
        .attr("aria-label", t::customer::path())
        .child(link("", &back_to_customer().href()).child(el("bdi", "").text(customer)))
        .child(small_icon("chevron-right"))
        .child(el("span", "").text(t::import::title()));
    let title = heading(t::import::title());
    document().set_title(&[step_name(step), " · ", t::import::title(), " · Cartera"].concat());
    if matches!(step, ImportStep::Columns | ImportStep::Repair | ImportStep::Plan) {
        follow_trouble();
    }
    let (content, foot) = match step {
        ImportStep::Source => source::parts(),
        ImportStep::Columns => columns::parts(),
        ImportStep::Repair => repair::parts(),
        ImportStep::Plan => plan::parts(),
        ImportStep::Run => run::parts(),
        ImportStep::Results => results::parts(),
    };
    let class = if step == ImportStep::Repair { "page page-fixed repair" } else { "page" };
    let page = el("div", class)
        .child(crumbs)
        .child(title)
        .child(steps(step))
        .live(move || {
            // With the source, too: another file would take its place.
            state().run.with(Option::is_none).then(mapline)?
        })
        .child(content);
    el("div", "contents").child(page).child(foot)
}

/// Where the rows are lost, since the file or the program beside the page has gone, the first step says why.
fn follow_trouble() {
    live(Box::new(|| {
        if state().now.with(Option::is_none) && state().trouble.with(Option::is_some) {
            untrack(|| go(ImportStep::Source));
        }
    }));
}

/// Whether users of this cloud can be given what a column of this kind holds.
fn has(field: Field) -> bool {
    field != Field::Licences || gives_licences(root().config.cloud)
}

/// Why there are no licences, in a cloud that gives none.
fn no_licences() -> Option<El> {
    (!has(Field::Licences)).then(|| {
        let words = [t::users::by_hand(), " ", t::import::licences_left()].concat();
        el("p", "why measure").child(small_icon("info")).child(el("span", "").text(&words))
    })
}

fn step_name(step: ImportStep) -> &'static str {
    match step {
        ImportStep::Source => t::import::source(),
        ImportStep::Columns => t::import::columns(),
        ImportStep::Repair => t::import::repair(),
        ImportStep::Plan => t::import::plan(),
        ImportStep::Run => t::import::run(),
        ImportStep::Results => t::import::results(),
    }
}

/// All steps; those that can be gone to are links.
fn steps(now: ImportStep) -> El {
    let place = ImportStep::ALL.into_iter().position(|step| step == now).unwrap_or_default();
    let items = ImportStep::ALL.into_iter().enumerate().map(move |(at_place, step)| {
        let is_done = at_place < place;
        let dot = el("span", "dot");
        let dot =
            if is_done { dot.child(small_icon("check")) } else { dot.text(&(at_place + 1).to_string()) };
        let item = el("li", if is_done { "is-done" } else { "" }).child(dot);
        if at_place == place {
            return item.attr("aria-current", "step").text(step_name(step));
        }
        item.live(move || {
            Some(if reachable(step) {
                link("", &at(step).href()).text(step_name(step))
            } else {
                el("span", "").text(step_name(step))
            })
        })
    });
    el("ol", "steps").attr("aria-label", t::import::steps()).children(items)
}

/// What is on the desk, in a line.
fn mapline() -> Option<El> {
    let now = state().now.get()?;
    let name = source_name();
    let used = now.columns.iter().filter(|column| column.field.is_some()).count();
    let number = |n: usize| i18n::number(n);
    let mut form: Vec<String> = Vec::new();
    if !now.hash.is_empty() {
        let template = words::template(now.template);
        form.extend((!template.is_empty()).then(|| template.to_owned()));
        form.push(words::separator(now.separator).to_owned());
        form.push(words::encoding(now.encoding));
    }
    let mut columns = t::import::used(&number(now.columns.len()), &number(used));
    if !now.ignored.is_empty() {
        columns = [&columns, "; ", &t::import::unused(&now.ignored.join(", "))].concat();
    }
    let line = el("p", "mapline")
        .child(
            el("span", "line").child(small_icon("file")).child(el("b", "").child(el("bdi", "").text(&name))),
        )
        .maybe((!form.is_empty()).then(|| el("span", "support").text(&form.join(", "))))
        .child(el("span", "support").text(&columns));
    Some(line.child(link("", &at(ImportStep::Columns).href()).text(t::import::change_columns())))
}

/// What the rows come from is called.
fn source_name() -> String {
    let typed = state().now.with(|now| now.as_ref().is_none_or(|now| now.hash.is_empty()));
    state().source.with(|source| match source {
        Some(source) if !source.name.is_empty() => source.name.clone(),
        _ if typed => t::import::typed().to_owned(),
        _ => t::import::pasted().to_owned(),
    })
}

/// The foot of a step: back, what is to be known, and what comes next.
fn foot(back: &Page, note: El, next: El) -> El {
    el("div", "foot").child(link("btn", &back.href()).text(t::import::back())).child(note).child(next)
}

/// A length of time, in words.
fn span_of(millis: u64) -> String {
    let minutes = usize::try_from(millis.div_ceil(60_000)).unwrap_or(usize::MAX);
    if millis < 60_000 {
        t::import::under_a_minute().to_owned()
    } else {
        t::import::minutes(&i18n::number(minutes))
    }
}

/// How long ago something was, in words.
fn age(at: Timestamp) -> String {
    let seconds = crate::platform::time::now().since(at).as_secs();
    i18n::age(usize::try_from(seconds).unwrap_or(usize::MAX))
}

/// A state: symbol and words.
fn status(symbol: &str, tone: &str, words: &str) -> El {
    el("span", ["status ", tone].concat().trim_end())
        .child(small_icon(symbol))
        .child(el("span", "").text(words))
}
