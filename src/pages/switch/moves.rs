//! What moves with the subscriptions and what does not, in words.

use partner_transfers::{Chosen, Effect, effects};

use crate::i18n::t;
use crate::ui::{El, el, icon};

/// Both lists, side by side where there is room.
pub(super) fn lists(chosen: Chosen, legacy: bool) -> El {
    let all = effects(chosen, legacy);
    let list = |moving: bool| {
        let (symbol, class) = if moving { ("ok", "status is-ok") } else { ("minus", "status") };
        let lines = all.iter().filter(move |effect| effect.is_moving() == moving).map(move |effect| {
            el("li", "")
                .child(el("span", class).child(icon(symbol)))
                .child(el("span", "").text(words(*effect)))
        });
        el("ul", "plain moves").children(lines)
    };
    let part =
        |title: &str, moving| el("div", "stack stack-8").child(el("h3", "").text(title)).child(list(moving));
    el("div", "stack stack-24").child(part(t::switch::moves(), true)).child(part(t::switch::stays(), false))
}

fn words(effect: Effect) -> &'static str {
    match effect {
        Effect::Azure => t::switch::moves_azure(),
        Effect::Licences => t::switch::moves_licences(),
        Effect::Reservations => t::switch::moves_reservations(),
        Effect::SavingsPlans => t::switch::moves_savings(),
        Effect::Software => t::switch::moves_software(),
        Effect::Prices => t::switch::stays_prices(),
        Effect::Access => t::switch::stays_access(),
        Effect::Delegation => t::switch::stays_delegation(),
        Effect::CostHistory => t::switch::stays_costs(),
        Effect::Marketplace => t::switch::stays_marketplace(),
        Effect::Legacy => t::switch::stays_legacy(),
    }
}
