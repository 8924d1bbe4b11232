//! The dry run: who is created, who is there, which seats are short, how long it takes, what is sent.

use import_desk::{Planned, PlannedCustomer};
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use partner_center::CustomerId;

use super::{repair, span_of, state};
use crate::i18n::{self, t};
use crate::pages::form::{bar, primary};
use crate::paths::{CustomerKey, ImportStep};
use crate::state::{Scan, root};
use crate::ui::{El, button, el, icon, live, shared};

/// How long a write takes where nothing has been measured yet, in milliseconds.
const USUAL: u64 = 700;
/// How many are under way at once.
const AT_ONCE: u64 = 4;
/// How many calls a minute the service is known to take.
const PER_MINUTE: u64 = 500;

pub(super) fn parts() -> (El, El) {
    live(Box::new(|| {
        // Anew for whatever changes it: rows, seats, who is there.
        state().rows.with(|()| ());
        untrack(|| state().make_plan());
    }));
    read_named_customers();
    let content = el("div", "stack stack-24")
        .live(taking_up)
        .live(other_file)
        .live(keep_repairs)
        .live(|| state().elsewhere.get().then(|| bar("bar-warn", "lock", t::import::elsewhere(), None)))
        .live(named_customers)
        .maybe(super::no_licences())
        .live(|| {
            let plan = state().plan.get()?;
            Some(
                el("div", "stack stack-24")
                    .children(plan.customers.iter().map(customer))
                    .maybe(left_out(&plan)),
            )
        })
        .live(repair::scan);
    let note = el("span", "meta").live_text(|| {
        let writes = state().plan.with(|plan| plan.as_ref().map_or(0, writes));
        if writes == 0 { String::new() } else { t::import::plan_time(&span_of(time(writes))) }
    });
    let next = primary(
        || {
            let count = state().plan.with(|plan| plan.as_ref().map_or(0, create));
            if state().to_take_up().is_some() {
                t::import::take_up().to_owned()
            } else {
                t::import::start(count)
            }
        },
        why,
        || {
            if untrack(why).is_none() {
                state().begin();
            }
        },
    );
    // Once it runs, its page is the next one.
    let gone = shared(false);
    live(Box::new(move || {
        if state().run.with(Option::is_some) && !gone.peek(|gone| *gone) {
            gone.set(true);
            super::go(ImportStep::Run);
        }
    }));
    (content, super::foot(&super::at(ImportStep::Repair), note, next))
}

fn create(plan: &Planned) -> usize {
    plan.customers.iter().map(|customer| customer.create as usize).sum()
}

fn writes(plan: &Planned) -> u64 {
    plan.customers.iter().map(|customer| u64::from(customer.writes)).sum()
}

/// How long so many writes take at the present pace: by what calls have taken here, and what the service allows.
fn time(writes: u64) -> u64 {
    let latency = root().calls.usual().unwrap_or(USUAL);
    (writes.div_ceil(AT_ONCE) * latency).max(writes * 60_000 / PER_MINUTE)
}

fn why() -> Option<String> {
    let scanning =
        state().known.with(|all| all.iter().any(|known| matches!(known.scan.get(), Scan::Reading(_))));
    let taken = state().to_take_up().is_some();
    let nothing = state().plan.with(|plan| plan.as_ref().is_none_or(|plan| create(plan) == 0));
    if scanning {
        Some(t::import::plan_waits().to_owned())
    } else if nothing && !taken {
        Some(t::import::nothing_valid().to_owned())
    } else {
        None
    }
}

/// This file was begun before.
fn taking_up() -> Option<El> {
    let (at, past) = state().to_take_up()?;
    let forget = button("btn btn-small", move || state().give_up(&past)).text(t::import::past_forget());
    let words = t::import::past(&super::age(at));
    Some(bar("", "history", &words, Some(el("div", "bar-actions").child(forget))))
}

/// Another one was begun, and not with this file: it has changed since, or is the repaired one.
fn other_file() -> Option<El> {
    let is_typed = state().now.with(|now| now.as_ref().is_none_or(|now| now.hash.is_empty()));
    if is_typed || state().to_take_up().is_some() {
        return None;
    }
    let (at, past) = state().not_ended()?;
    let (taken, words) = (past.clone(), t::import::past_changed(&super::age(at)));
    let with_this = button("btn btn-small", move || state().go_on_with_this(&taken));
    let forget = button("btn btn-small", move || state().give_up(&past)).text(t::import::past_forget());
    let acts = el("div", "bar-actions").child(with_this.text(t::import::past_with_this())).child(forget);
    Some(bar("bar-warn", "warn", &words, Some(acts)))
}

/// What was changed in the page is nowhere else.
fn keep_repairs() -> Option<El> {
    let changes = state().now.with(|now| now.as_ref().map_or(0, |now| now.changes));
    if changes == 0 || state().run.with(Option::is_some) {
        return None;
    }
    let save = button("btn btn-small", repair::export).text(t::import::export_repaired());
    let acts = el("div", "bar-actions").child(save);
    Some(bar("", "info", t::import::keep_repairs(), Some(acts)))
}

/// Reads what is to be known of the customers that rows name.
fn read_named_customers() {
    let names = state().now.peek(|now| now.as_ref().map(|now| now.customers.clone())).unwrap_or_default();
    for (name, _) in names {
        let known = state().known.peek(|all| all.iter().any(|known| is_called(known, &name)));
        if known {
            continue;
        }
        spawn_local(async move {
            let id = match CustomerKey::parse(&name) {
                CustomerKey::Id(id) => CustomerId::parse(&id),
                CustomerKey::Domain(domain) => {
                    crate::pages::customer::find_by_domain(&root().client, &domain).await.ok().flatten()
                }
                CustomerKey::Neither(_) => None,
            };
            if let Some(id) = id
                && let Ok(customer) = root().client.customer(&id).await
            {
                state().know(&customer);
                state().tell_known();
            }
        });
    }
}

fn is_called(known: &crate::state::KnownCustomer, name: &str) -> bool {
    known.id.as_str().eq_ignore_ascii_case(name) || known.domain.eq_ignore_ascii_case(name)
}

/// Those that are not this partner's.
fn named_customers() -> Option<El> {
    let names = state().now.with(|now| now.as_ref().map(|now| now.customers.clone()))?;
    let unknown: Vec<String> = state().known.with(|all| {
        let is_unknown = |name: &String| !all.iter().any(|known| is_called(known, name));
        names.into_iter().map(|(name, _)| name).filter(is_unknown).collect()
    });
    let lines = unknown.iter().map(|name| {
        el("li", "status is-warn")
            .child(icon("warn"))
            .child(el("span", "").text(&t::import::customer_unknown(name)))
    });
    (!unknown.is_empty()).then(|| {
        el("section", "section")
            .child(el("h2", "").text(t::import::customers_read()))
            .child(el("ul", "plain stack stack-4").children(lines))
    })
}

fn line(symbol: &str, tone: &str, words: &str) -> El {
    el("li", ["status ", tone].concat().trim_end()).child(icon(symbol)).child(el("span", "").text(words))
}

fn left_out(plan: &Planned) -> Option<El> {
    (plan.invalid > 0).then(|| {
        el("ul", "plain").child(line("bad", "is-bad", &t::import::plan_invalid(plan.invalid as usize)))
    })
}

fn customer(plan: &PlannedCustomer) -> El {
    let known = state()
        .known
        .with(|all| all.iter().find(|known| known.id.as_str().eq_ignore_ascii_case(&plan.id)).cloned());
    let title = known.as_ref().map_or_else(|| plan.id.clone(), |known| known.name.clone());
    let number = |n: u32| i18n::number(n as usize);
    let mut lines = vec![line("person-add", "", &t::import::plan_create(plan.create as usize))];
    if plan.there > 0 {
        lines.push(line("minus", "", &t::import::plan_there(plan.there as usize)));
    }
    if plan.deleted > 0 {
        lines.push(line("warn", "is-warn", &t::import::plan_deleted(plan.deleted as usize)));
    }
    let names = known.as_ref().and_then(|known| known.licences.get()).unwrap_or_default();
    for (id, wanted, free) in &plan.seats {
        let name = names
            .iter()
            .find(|seat| seat.id.eq_ignore_ascii_case(id))
            .map_or(id.as_str(), |seat| seat.name.as_str());
        lines.push(match free {
            Some(free) if *free == u32::MAX => {
                line("license", "", &t::import::seats_unknown(name, &number(*wanted)))
            }
            Some(free) if wanted > free => {
                line("warn", "is-warn", &t::import::plan_short(name, &number(wanted - free)))
            }
            Some(free) => {
                line("ok", "is-ok", &t::import::plan_enough(&number(*free), name, &number(*wanted)))
            }
            None => line("license", "", &t::import::seats_unknown(name, &number(*wanted))),
        });
    }
    if plan.without_location > 0 {
        lines.push(line("warn", "is-warn", &t::import::plan_no_location(plan.without_location as usize)));
    }
    if plan.create > 0 {
        let (licences, roles) = plan.given;
        lines.push(line(
            "info",
            "",
            &t::import::plan_sends(&number(licences), &number(roles), &number(plan.writes)),
        ));
        let words = match plan.passwords {
            0 => t::import::plan_generated().to_owned(),
            own => t::import::plan_passwords(&number(own)),
        };
        lines.push(line("key", "", &words));
    }
    el("section", "section")
        .child(el("h2", "").text(t::import::plan_title()).text(": ").child(el("bdi", "").text(&title)))
        .child(el("ul", "plain stack stack-8").children(lines))
}
