//! What is about to be changed, as a list to be looked at first; and what was changed.

use partner_center::{CustomerId, Timestamp};
use relationship_removal::{Blocker, Checked, Step};

use super::checks::Plan;
use super::{run, words};
use crate::i18n::t;
use crate::state::root;
use crate::ui::{El, button, el, focus, icon};
use leptos::prelude::request_animation_frame;

/// The one button for all that can be done now, where that is more than one thing.
pub(super) fn offer(checked: &Checked, now: Timestamp, plan: &Plan) -> Option<El> {
    let steps: Vec<(Step, String)> = checked.blockers().filter_map(|one| planned(one, now)).collect();
    let (count, plan) = (steps.len(), plan.clone());
    (count > 1).then(|| {
        let press = button("btn btn-small", move || plan.set(steps.clone()));
        el("p", "").child(press.text(&t::removal::fix_all(count)))
    })
}

fn planned(blocker: &Blocker, now: Timestamp) -> Option<(Step, String)> {
    let step = blocker.step(now)?;
    let what = t::removal::fix_named(&words::name(blocker), words::step(&step));
    Some((step, what))
}

/// What is planned, under way, or was done.
pub(super) fn part(id: &CustomerId, plan: &Plan) -> El {
    let (id, plan) = (id.clone(), plan.clone());
    el("div", "contents")
        .live(move || {
            let steps = plan.get();
            (!steps.is_empty()).then(|| question(&id, &plan, steps))
        })
        .live(|| {
            let what = root().removal.fixing.get()?;
            let words = t::removal::fixing(&what);
            Some(el("p", "status is-run").attr("role", "status").child(icon("clock")).text(&words))
        })
        .live(|| {
            let fixed = root().removal.fixed.get();
            let line = |(done, words): &(bool, String)| {
                let (class, symbol) = if *done { ("status is-ok", "ok") } else { ("status is-warn", "warn") };
                let text = el("span", "").text(words);
                el("li", class).child(icon(symbol)).child(text)
            };
            (!fixed.is_empty()).then(|| {
                el("ul", "plain stack stack-4 done").attr("role", "status").children(fixed.iter().map(line))
            })
        })
}

/// Each once more, before anything is sent.
fn question(id: &CustomerId, plan: &Plan, steps: Vec<(Step, String)>) -> El {
    let list = steps.iter().map(|(_, what)| el("li", "").child(el("bdi", "").text(what)));
    let list = el("ul", "bullets").children(list);
    let count = steps.len();
    let (done, given_up, id) = (plan.clone(), plan.clone(), id.clone());
    let go = button("btn btn-primary", move || {
        done.set(Vec::new());
        run::fix_all(&id, steps.clone());
    });
    let not = button("btn", move || given_up.set(Vec::new()));
    request_animation_frame(|| focus("#fix-not"));
    el("div", "ask stack stack-8")
        .attr("role", "group")
        .attr("aria-labelledby", "fix-title")
        .child(el("b", "").attr("id", "fix-title").text(t::removal::fix_title()))
        .child(list)
        .child(el("p", "support").text(t::removal::fix_text()))
        .child(
            el("div", "line wrap")
                .child(not.attr("id", "fix-not").text(t::removal::fix_not()))
                .child(go.text(&t::removal::fix_go(count))),
        )
}
