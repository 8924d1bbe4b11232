//! The address as Microsoft knows it: theirs and mine, side by side.

use std::time::Duration;

use account_rules::{Entry, Field, words};
use futures_util::FutureExt;
use partner_center::{Address, AddressStatus, AddressVerdict};

use super::{put, said};
use crate::i18n::{self, t};
use crate::state::{AddressState, Form, root, typed_profile};
use crate::ui::{El, advice, button, el, icon, small_icon};

/// What the check means for going on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) enum Verdict {
    /// It was not asked about as it is now.
    Unasked,
    /// It is being asked about.
    Asking,
    /// It can be used: it is known, the person decided, or nobody could tell.
    Settled,
    /// The person has to decide.
    Open,
}

/// The fields that the check is about, as they are now.
fn now(form: &Form) -> Vec<(Field, String)> {
    Field::ADDRESS.map(|field| (field, form.peek(Entry::Field(field)).trim().to_owned())).to_vec()
}

fn key(fields: &[(Field, String)]) -> String {
    fields.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
}

/// What the check means for going on. Who calls this is told of changes.
pub(in crate::pages) fn verdict(form: &Form) -> Verdict {
    form.typed.with(|_| ());
    let now = key(&now(form));
    form.address.with(|state| match state {
        AddressState::Asking => Verdict::Asking,
        AddressState::Failed { asked, .. } if *asked == now => Verdict::Settled,
        AddressState::Told { asked, verdict, choice, .. } if *asked == now => {
            if choice.is_some() || is_good(verdict.status) { Verdict::Settled } else { Verdict::Open }
        }
        _ => Verdict::Unasked,
    })
}

fn is_good(status: AddressStatus) -> bool {
    use AddressStatus::{NotValidated, Unknown, Verified, VerifiedShippable};
    matches!(status, Verified | VerifiedShippable | NotValidated | Unknown)
}

/// Asks about the address after a pause, if its fields can be sent as they are.
pub(in crate::pages) fn check(form: &'static Form, pause: Duration) {
    if verdict(form) != Verdict::Unasked || !form.wrong(&Field::ADDRESS).is_empty() {
        return;
    }
    let profile = typed_profile(form);
    let mine = now(form);
    form.address.set(AddressState::Asking);
    let ask = async move {
        let asked = key(&mine);
        let state = match root().client.check_address(&profile).await {
            Ok(verdict) => AddressState::Told { asked, verdict, mine, choice: None },
            Err(error) => AddressState::Failed { asked, error },
        };
        form.address.set(state);
    };
    form.address_check.after(pause, ask.boxed_local());
}

/// What came of the check, below the address.
pub(in crate::pages) fn address_check(form: &'static Form) -> El {
    el("div", "contents").attr("aria-live", "polite").live(move || {
        form.typed.with(|_| ());
        let now = key(&now(form));
        form.address.with(|state| match state {
            AddressState::Asking => Some(el("p", "meta").text(t::address::asking())),
            AddressState::Failed { asked, error } if *asked == now => {
                let again = button("btn btn-small", move || {
                    form.address.set(AddressState::Unasked);
                    check(form, Duration::ZERO);
                });
                let words = t::address::failed(&advice(error));
                Some(said("unknown", &words).child(again.text(t::fault::retry())))
            }
            AddressState::Told { asked, verdict, mine, choice } if *asked == now => {
                Some(told(form, verdict, mine, *choice))
            }
            _ => None,
        })
    })
}

fn told(
    form: &'static Form,
    verdict: &AddressVerdict,
    mine: &[(Field, String)],
    choice: Option<usize>,
) -> El {
    if verdict.suggestions.is_empty() || is_good(verdict.status) {
        return plain(form, verdict.status, choice);
    }
    let legend = el("legend", "line").child(small_icon("info")).child(
        el("span", "").child(el("b", "").text(t::address::other_spelling())).text(" ").text(
            if verdict.suggestions.len() > 1 { t::address::choose_one() } else { t::address::choose() },
        ),
    );
    let best = verdict.suggestions.first().map(spoken).unwrap_or_default();
    let written = fields_spoken(mine);
    let cards =
        el("div", "choice-2").child(card(form, 0, choice, t::address::mine(), &written, &best, "del"));
    let suggestions = verdict.suggestions.iter().enumerate().map(|(at, suggestion)| {
        card(form, at + 1, choice, t::address::suggested(), &spoken(suggestion), &written, "ins")
    });
    el("fieldset", "choice").child(legend).child(cards.children(suggestions))
}

/// What is said where there is nothing to choose from.
fn plain(form: &'static Form, status: AddressStatus, choice: Option<usize>) -> El {
    let (good, words) = match status {
        AddressStatus::Verified | AddressStatus::VerifiedShippable => (true, t::address::known()),
        AddressStatus::NotValidated | AddressStatus::Unknown => (true, t::address::not_checked()),
        AddressStatus::StreetPartial => (false, t::address::no_number()),
        AddressStatus::PremisesPartial => (false, t::address::no_door()),
        _ => (false, t::address::unknown()),
    };
    let line = el("p", if good { "status is-ok" } else { "status is-warn" })
        .child(icon(if good { "ok" } else { "warn" }))
        .child(el("span", "").text(words));
    if good {
        return line;
    }
    let keep = button("btn btn-small", move || choose(form, 0))
        .attr("aria-pressed", if choice.is_some() { "true" } else { "false" })
        .text(t::address::keep());
    el("div", "line wrap").child(line).child(keep)
}

/// One of the addresses, as a card that can be chosen.
fn card(
    form: &'static Form,
    at: usize,
    choice: Option<usize>,
    title: &str,
    lines: &[String],
    others: &[String],
    mark: &str,
) -> El {
    let radio = el("input", "")
        .attr("type", "radio")
        .attr("name", &[form.prefix, "-address"].concat())
        .attr("id", &[form.prefix, "-address-", &at.to_string()].concat())
        .on("change", move |_| choose(form, at));
    let radio = if choice == Some(at) { radio.attr("checked", "") } else { radio };
    let others = others.join(" ");
    let address = el("span", "addr diff").children(lines.iter().map(|line| {
        let mut out = el("bdi", "");
        for (number, word) in words(line, &others).into_iter().enumerate() {
            let space = if number == 0 { "" } else { " " };
            out = out.text(space).child(el(if word.differs { mark } else { "span" }, "").text(word.text));
        }
        out
    }));
    el("label", if choice == Some(at) { "pickcard is-on" } else { "pickcard" })
        .child(radio)
        .child(el("span", "").child(el("b", "").text(title)).child(address))
}

/// Takes one of the addresses: 0 for the one that was typed.
fn choose(form: &'static Form, at: usize) {
    let AddressState::Told { verdict, mine, .. } = form.address.peek(Clone::clone) else { return };
    let chosen = match at.checked_sub(1).and_then(|at| verdict.suggestions.get(at)) {
        Some(suggestion) => merged(suggestion, &mine),
        None => mine.clone(),
    };
    for (field, text) in &chosen {
        put(form, *field, text);
    }
    form.address.set(AddressState::Told { asked: key(&chosen), verdict, mine, choice: Some(at) });
    form.rebuild();
}

/// The suggestion; what it leaves out was not meant to go.
fn merged(suggestion: &Address, mine: &[(Field, String)]) -> Vec<(Field, String)> {
    let of = |field: Field| match field {
        Field::AddressLine1 => suggestion.address_line1.as_deref(),
        Field::AddressLine2 => suggestion.address_line2.as_deref(),
        Field::City => suggestion.city.as_deref(),
        Field::State => suggestion.state.as_deref(),
        Field::PostalCode => suggestion.postal_code.as_deref(),
        _ => None,
    };
    let text = |field, mine: &String| {
        of(field).filter(|text| !text.is_empty()).map_or_else(|| mine.clone(), str::to_owned)
    };
    mine.iter().map(|(field, mine)| (*field, text(*field, mine))).collect()
}

fn spoken(address: &Address) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    fields_spoken(&[
        (Field::AddressLine1, text(&address.address_line1)),
        (Field::AddressLine2, text(&address.address_line2)),
        (Field::PostalCode, text(&address.postal_code)),
        (Field::City, text(&address.city)),
        (Field::State, text(&address.state)),
        (Field::Country, address.country.clone()),
    ])
}

/// An address in lines.
fn fields_spoken(fields: &[(Field, String)]) -> Vec<String> {
    let of = |wanted: Field| {
        fields.iter().find(|(field, _)| *field == wanted).map(|(_, text)| text.as_str()).unwrap_or_default()
    };
    let town = [of(Field::PostalCode), of(Field::City)].join(" ");
    let country = i18n::region_name(of(Field::Country));
    let state = of(Field::State);
    let place = if state.is_empty() { country } else { [state, ", ", &country].concat() };
    [of(Field::AddressLine1), of(Field::AddressLine2), &town, &place]
        .into_iter()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}
