//! The end of a reseller relationship: what stands in its way, what it means, the decision, the proof.

mod approval;
mod checks;
mod decide;
mod delegation;
mod fixes;
mod pause;
mod receipt;
mod result;
mod run;
mod several;
mod words;

pub(super) use several::page as several;

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{set_interval_with_handle, untrack};
use partner_center::{Customer, CustomerId, RelationshipToPartner};
use relationship_removal::Looked;

use super::words::relation;
use crate::i18n::t;
use crate::state::{Action, Loss, root};
use crate::ui::{El, Watched, at_end, el, empty, live, shared};

/// How often what depends on the time is looked at.
const TICK: Duration = Duration::from_secs(5);

/// The part of the customer's page.
pub(super) fn section(customer: &Customer) -> El {
    if customer.relationship_to_partner != RelationshipToPartner::Reseller {
        return not_reseller(customer);
    }
    let removal = &root().removal;
    let (id, key) = (customer.id.clone(), customer.id.as_str().to_ascii_lowercase());
    removal.turn_to(&key);
    stand_in_the_way();
    if removal.looked.peek(Option::is_none) {
        run::look(&id);
    }
    let again = id.clone();
    root().actions.offer(vec![Action::new("refresh", t::removal::check_again(), move || run::look(&again))]);
    let customer = Rc::new(customer.clone());
    el("div", "contents").live(move || {
        let ended = removal.ended.with(|all| all.iter().any(|(of, _)| *of == key));
        let working = removal.working.with(|now| now.as_ref().is_some_and(|(of, _)| *of == key));
        let (id, key, customer) = (id.clone(), key.clone(), customer.clone());
        Some(untrack(|| {
            if working {
                result::working()
            } else if ended {
                result::ended(&id, &key)
            } else {
                preparation(&customer)
            }
        }))
    })
}

/// What is kept of a customer who has gone: the receipt, if this tab ended the relationship.
pub(super) fn kept(id: &CustomerId) -> Option<El> {
    let key = id.as_str().to_ascii_lowercase();
    let ended = root().removal.ended.peek(|all| all.iter().any(|(of, _)| *of == key));
    ended.then(|| {
        let name = el("div", "page").child(crate::ui::heading(t::removal::title()));
        name.child(result::ended(id, &key))
    })
}

/// While something is under way, leaving would lose its answer.
fn stand_in_the_way() {
    root().guard.for_page();
    live(Box::new(|| {
        root().guard.set(root().removal.is_busy().then_some(Loss::Answer));
    }));
}

/// The checks, and beside them the decision.
fn preparation(customer: &Rc<Customer>) -> El {
    let tick = ticking();
    el("div", "split split-wide")
        .child(
            el("div", "stack stack-24")
                .child(checks::section(&customer.id, &tick))
                .child(delegation::section(customer)),
        )
        .child(decide::section(customer))
}

/// Told every few seconds, while this part of the page is shown.
fn ticking() -> Rc<Watched<()>> {
    let tick = shared(());
    let ticking = tick.clone();
    if let Ok(clock) = set_interval_with_handle(move || ticking.set(()), TICK) {
        at_end(move || clock.clear());
    }
    tick
}

fn not_reseller(customer: &Customer) -> El {
    let what = relation(customer.relationship_to_partner);
    let text = t::removal::no_reseller_text(what);
    empty("info", t::removal::no_reseller_title(), &text, None)
}

/// Whether nothing stands in the way, as it was last looked at.
fn is_clear() -> bool {
    root()
        .removal
        .looked
        .with(|looked| matches!(looked, Some(Looked::Checked(checked)) if checked.is_clear()))
}
