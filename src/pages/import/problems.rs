//! What was found in the rows, by kind: how often, where, and what settles all of a kind at once.

use import_desk::{Ask, Filter, Group};
use leptos::prelude::untrack;
use user_import::{Code, Field, Severity};

use super::{columns, repair, state, words};
use crate::i18n::{self, t};
use crate::ui::{El, button, el, icon, small_icon, value_of};

/// How many groups of a kind are shown.
const SHOWN: usize = 30;

pub(super) fn aside() -> El {
    el("aside", "issues")
        .attr("aria-labelledby", "import-problems")
        .child(
            el("div", "section-head")
                .child(el("h2", "").attr("id", "import-problems").text(t::import::problems())),
        )
        .live(repair::scan)
        .live(groups)
        .live(seats)
}

fn groups() -> Option<El> {
    let now = state().now.get()?;
    if let Some(problem) = &now.problem {
        return Some(el("p", "support").text(&words::refused(problem)));
    }
    if now.groups.is_empty() {
        return Some(
            el("p", "status is-ok").child(icon("ok")).child(el("span", "").text(t::import::no_problems())),
        );
    }
    let kinds = [
        (Severity::Error, t::import::you_decide()),
        (Severity::Warning, t::import::look_at()),
        (Severity::Fixed, t::import::put_right()),
    ];
    Some(el("div", "").children(kinds.into_iter().filter_map(|(severity, title)| {
        let all: Vec<&Group> = now.groups.iter().filter(|group| group.severity == severity).collect();
        if all.is_empty() {
            return None;
        }
        let write = (severity == Severity::Fixed).then(|| {
            button("btn btn-small", || state().tell(Ask::FixEverything))
                .child(icon("fix"))
                .text(t::import::fix_all())
        });
        let list = el("ul", "plain").children(all.iter().take(SHOWN).map(|group| item(group)));
        Some(el("div", "").child(el("h3", "meta").text(title)).child(list).maybe(write))
    })))
}

/// In which rows: `3, 5–9 and more`.
fn places(group: &Group) -> String {
    let ranges: Vec<String> = group
        .rows
        .iter()
        .map(|(first, last)| {
            let number = |n: u32| i18n::number(n as usize);
            if first == last { number(*first) } else { [&number(*first), "–", &number(*last)].concat() }
        })
        .collect();
    let is_one = matches!(group.rows[..], [(first, last)] if first == last);
    let ranges = ranges.join(", ");
    let rows = if is_one { t::import::row_at(&ranges) } else { t::import::rows_at(&ranges) };
    if group.more { [&rows, " ", t::import::and_more()].concat() } else { rows }
}

fn item(group: &Group) -> El {
    let (symbol, tone) = match group.severity {
        Severity::Error => ("bad", "status is-bad"),
        Severity::Warning => ("warn", "status is-warn"),
        Severity::Fixed => ("fix", "status"),
    };
    let key = group.key.clone();
    let see =
        button("btn btn-small btn-subtle", move || state().tell(Ask::Filter(Filter::Group(key.clone()))));
    let name = words::code(group.key.code);
    let title = el("p", "line")
        .child(el("b", "").text(name))
        .child(el("span", "count push").text(&i18n::number(group.count as usize)));
    let secret = group.key.field == Some(Field::Password);
    let sample = group.key.value.as_ref().unwrap_or(&group.sample);
    let mut said = String::new();
    if !secret && !sample.trim().is_empty() {
        said = ["«", sample, "» "].concat();
    }
    if let Some(fix) = group.fix.as_ref().filter(|_| group.severity == Severity::Fixed && !secret) {
        said = [&said, &t::import::used_as(fix), ". "].concat();
    }
    said.push_str(&places(group));
    let acts = el("p", "line wrap").children(acts(group)).child(
        see.attr("aria-label", &[t::import::show_these(), ": ", name].concat()).text(t::import::show_these()),
    );
    el("li", "issue")
        .child(el("span", tone).child(icon(symbol)))
        .child(el("div", "").child(title).child(el("p", "meta").child(el("bdi", "").text(&said))).child(acts))
}

fn act(words: &str, ask: Ask) -> El {
    button("btn btn-small", move || state().tell(ask.clone())).text(words)
}

/// What settles all of a group.
fn acts(group: &Group) -> Vec<El> {
    let key = group.key.clone();
    let mut acts = Vec::new();
    if group.severity == Severity::Error && group.can_fix {
        let fix = group.fix.as_deref().unwrap_or_default();
        let words = if fix.is_empty() {
            t::import::generate().to_owned()
        } else if group.key.code == Code::SignInForeignDomain {
            t::import::fix_one_text(fix.rsplit('@').next().unwrap_or(fix))
        } else if group.count == 1 {
            t::import::fix_one_text(fix)
        } else {
            t::import::fix_these().to_owned()
        };
        acts.push(act(&words, Ask::FixAll(key.clone())));
    }
    match (group.key.code, &group.key.value) {
        (Code::SignInForeignDomain, Some(domain)) => {
            let (own, words) = (domain.clone(), t::import::own_domain(domain));
            acts.push(button("btn btn-small", move || state().own_domain(&own)).text(&words));
        }
        (Code::LicenceUnknown, Some(value)) => acts.push(choice(group, value, columns::licences())),
        (Code::RoleUnknown, Some(value)) => acts.push(choice(group, value, columns::roles())),
        (Code::LocationUnknown, Some(value)) => {
            acts.push(choice(group, value, untrack(crate::pages::form::countries)));
        }
        _ => {}
    }
    if group.severity == Severity::Error {
        acts.push(act(&t::import::take_away(group.count as usize), Ask::DeleteAll(key)));
    }
    acts
}

/// One value for all cells of a group.
fn choice(group: &Group, value: &str, choices: Vec<(String, String)>) -> El {
    let key = group.key.clone();
    let options = choices.into_iter().map(|(id, name)| el("option", "").attr("value", &id).text(&name));
    let select = el("select", "")
        .attr("aria-label", &t::import::set_to(value))
        .child(el("option", "").attr("value", "").text(t::import::set_all()))
        .children(options)
        .on("change", move |event| {
            let chosen = value_of(&event);
            if !chosen.is_empty() {
                state().tell(Ask::SetAll((key.clone(), chosen)));
            }
        });
    el("span", "input input-small").child(select).child(small_icon("chevron-down"))
}

/// Which licences the rows use up, and how many are free.
fn seats() -> Option<El> {
    let now = state().now.get()?;
    if now.wanted.is_empty() {
        return None;
    }
    let own = state().known.with(|all| all.first().cloned())?;
    let seats = own.licences.get()?;
    let lines = now.wanted.iter().filter_map(|(id, wanted)| {
        let seat = seats.iter().find(|seat| seat.id.eq_ignore_ascii_case(id))?;
        let number = |n: u32| i18n::number(n as usize);
        Some(match seat.free {
            Some(free) => {
                let words = t::import::seats_of(&number(free), &seat.name, &number(*wanted));
                let short = *wanted > free;
                el("li", if short { "status is-warn" } else { "status" })
                    .child(icon(if short { "warn" } else { "license" }))
                    .child(el("span", "").text(&words))
            }
            None => el("li", "status")
                .child(icon("license"))
                .child(el("span", "").text(&t::import::seats_unknown(&seat.name, &number(*wanted)))),
        })
    });
    Some(
        el("div", "")
            .child(el("h3", "meta").text(t::import::free_seats()))
            .child(el("ul", "plain stack stack-4").children(lines)),
    )
}
