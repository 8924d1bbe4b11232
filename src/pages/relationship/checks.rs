//! What was looked at, what blocks first, each with what can be done about it in place.

use std::rc::Rc;

use partner_center::{CustomerId, Timestamp};
use relationship_removal::{Blocker, Check, Checked, Finding, Fix, Looked, Step, Verdict};

use super::{fixes, run, words};
use crate::i18n::{self, t};
use crate::pages::portals;
use crate::paths::{CustomerKey, Page, SwitchView};
use crate::platform::time::now;
use crate::state::root;
use crate::ui::{El, Watched, button, el, fault, icon, link, live, shared};

/// How many things of a check are shown before somebody asks for more.
const SHOWN: usize = 20;

/// What somebody is about to do, to be looked at once more.
pub(super) type Plan = Rc<Watched<Vec<(Step, String)>>>;

/// The section.
pub(super) fn section(id: &CustomerId, tick: &Rc<Watched<()>>) -> El {
    let removal = &root().removal;
    let (again, plan) = (id.clone(), shared(Vec::new()));
    let refresh = button("btn btn-small", move || run::look(&again))
        .live_attr("aria-disabled", || removal.looking.get().then(|| "true".to_owned()))
        .child(icon("refresh"))
        .text(t::removal::check_again());
    let head = el("div", "section-head")
        .child(el("h2", "").attr("id", "h-checks").text(t::removal::before()))
        .child(el("span", "push line").child(refresh));
    let (told, windows) = (tick.clone(), open_windows(tick));
    let (listed, id) = (plan.clone(), id.clone());
    el("section", "section")
        .attr("aria-labelledby", "h-checks")
        .child(head)
        .child(el("p", "meta").attr("role", "status").live_text(move || summary(&told)))
        .child(fixes::part(&id, &plan))
        .live(move || {
            // A window has closed: what can be done about it is another thing now.
            windows.with(|_| ());
            removal.looked.with(|looked| match looked {
                None => Some(waiting()),
                Some(Looked::Checked(checked)) => Some(list(checked, &id, &listed)),
                Some(Looked::Gone(_) | Looked::NotReseller(_)) => {
                    root().missed.set(());
                    Some(el("p", "support").text(t::customer::gone_text()))
                }
                Some(Looked::Failed(error)) => {
                    let id = id.clone();
                    Some(fault(t::removal::check_failed(), error, Some(Box::new(move || run::look(&id)))))
                }
            })
        })
}

/// How many windows to cancel are open, by the service's clock.
fn open_windows(tick: &Rc<Watched<()>>) -> Rc<Watched<usize>> {
    let (open, tick) = (shared(0), tick.clone());
    let count = open.clone();
    live(Box::new(move || {
        tick.get();
        let now = root().client.service_now();
        let open = root().removal.looked.with(|looked| match looked {
            Some(Looked::Checked(checked)) => {
                checked.blockers().filter(|one| one.window().is_some_and(|until| now <= until)).count()
            }
            _ => 0,
        });
        count.set_if_new(open);
    }));
    open
}

/// How many block, and when that was found.
fn summary(tick: &Watched<()>) -> String {
    let removal = &root().removal;
    if removal.looking.get() {
        return t::removal::checking().to_owned();
    }
    tick.get();
    removal.looked.with(|looked| {
        let Some(Looked::Checked(checked)) = looked else { return String::new() };
        let (blocks, unknown, passed) = checked.counts();
        let counts = t::removal::counts(&i18n::number(blocks), &i18n::number(passed), &i18n::number(unknown));
        let seconds = removal.looked_at.get().map_or(0, |at| now().since(at).as_secs());
        let age = i18n::age(usize::try_from(seconds).unwrap_or(usize::MAX));
        [&counts, " ", &t::removal::checked(&age)].concat()
    })
}

fn waiting() -> El {
    el("div", "stack late")
        .attr("role", "img")
        .attr("aria-label", t::removal::checking())
        .children(["bone bone-80", "bone bone-60", "bone bone-80"].map(|class| el("span", class)))
}

/// What blocks first, then what nobody knows, then the rest.
fn list(checked: &Checked, id: &CustomerId, plan: &Plan) -> El {
    let now = root().client.service_now();
    let rank = |finding: &&Finding| match finding.verdict {
        Verdict::Blocks(_) => 0,
        Verdict::Unknown(_) => 1,
        Verdict::Passed => 2,
    };
    let ordered = (0..3).flat_map(|wanted| checked.findings().iter().filter(move |one| rank(one) == wanted));
    el("div", "stack")
        .child(el("ul", "plain checks").children(ordered.map(|finding| row(finding, id, now, plan))))
        .maybe(fixes::offer(checked, now, plan))
}

fn row(finding: &Finding, id: &CustomerId, now: Timestamp, plan: &Plan) -> El {
    let (name, what) = words::check(finding.check);
    let (class, symbol, state, said) = match &finding.verdict {
        Verdict::Blocks(_) => ("status is-bad", "bad", t::removal::blocks(), what.to_owned()),
        Verdict::Unknown(why) => ("status is-warn", "unknown", t::removal::unknown(), words::why(why)),
        Verdict::Passed => ("status is-ok", "ok", t::removal::passed(), t::removal::none().to_owned()),
    };
    let state = el("span", class).child(icon(symbol)).child(el("span", "sr").text(state).text(": "));
    let body =
        el("p", "line line-base wrap").child(el("b", "").text(name)).child(el("span", "support").text(&said));
    let again = matches!(finding.verdict, Verdict::Unknown(_)).then(|| {
        let id = id.clone();
        let press = button("btn btn-small", move || run::look(&id)).text(t::fault::retry());
        el("div", "checkact").child(press)
    });
    let things = match &finding.verdict {
        Verdict::Blocks(blockers) => Some(things(finding.check, blockers, id, now, plan)),
        _ => None,
    };
    el("li", "checkrow").child(state).child(el("div", "checkbody").child(body)).maybe(again).maybe(things)
}

/// The things that block, the first of them at once: there may be hundreds.
fn things(check: Check, blockers: &[Blocker], id: &CustomerId, now: Timestamp, plan: &Plan) -> El {
    let tenant = id.as_str().to_ascii_lowercase();
    let rows = |some: &[Blocker]| -> Vec<El> {
        some.iter().map(|blocker| thing(check, blocker, &tenant, now, plan)).collect()
    };
    let (first, rest) = blockers.split_at(blockers.len().min(SHOWN));
    let body = el("tbody", "").children(rows(first));
    let columns = ["", "x-note", "x-do"].map(|class| el("col", class));
    let table = el("table", "table fixes")
        .attr("aria-label", &t::removal::things(words::check(check).0))
        .child(el("colgroup", "").children(columns))
        .child(body.clone());
    if rest.is_empty() {
        return table;
    }
    let (rest, tenant, plan) = (rest.to_vec(), tenant.clone(), plan.clone());
    let more = shared(true);
    let pressed = more.clone();
    el("div", "fixes").child(table).live(move || {
        let (pressed, rest, tenant, plan, body) =
            (pressed.clone(), rest.clone(), tenant.clone(), plan.clone(), body.clone());
        let words = t::removal::show_all(rest.len());
        more.get().then(|| {
            let press = button("btn btn-small btn-subtle", move || {
                let _ = body
                    .clone()
                    .children(rest.iter().map(|blocker| thing(check, blocker, &tenant, now, &plan)));
                pressed.set(false);
            });
            press.text(&words)
        })
    })
}

fn thing(check: Check, blocker: &Blocker, tenant: &str, now: Timestamp, plan: &Plan) -> El {
    let name = words::name(blocker);
    let act = match (blocker.step(now), blocker.fix(now)) {
        (Some(step), _) => {
            let word = words::step(&step);
            let what = t::removal::fix_named(&name, word);
            let (plan, label) = (plan.clone(), what.clone());
            let press = button("btn btn-small", move || plan.set(vec![(step.clone(), what.clone())]));
            Some(press.attr("aria-label", &label).text(word))
        }
        (None, Fix::Portal) => portals::for_end(check, tenant),
        (None, Fix::Transfer) => {
            let page = Page::Switch(CustomerKey::Id(tenant.to_owned()), SwitchView::All);
            Some(
                link("", &page.href())
                    .attr("aria-label", &t::removal::open_of(&name))
                    .text(t::removal::open()),
            )
        }
        _ => None,
    };
    el("tr", "")
        .child(el("th", "").attr("scope", "row").child(el("bdi", "").text(&name)))
        .child(el("td", "support").text(&words::note(check, blocker, now)))
        .child(el("td", "act-end").maybe(act))
}
