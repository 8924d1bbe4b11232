//! One request, with the others that were made together with it: how far it is, whose turn it is, and what can be done.

use leptos::prelude::untrack;
use leptos::task::spawn_local;
use partner_center::{Customer, CustomerId, Transfer, TransferContract, TransferId};
use partner_transfers::{
    Act, Direction, Phase, Role, Sent, State, Turn, expires, groups, phase, role, state, turn,
};

use super::{act, after, choose, crumbs, letter, moves, name, watch};
use crate::i18n::{self, t};
use crate::pages::lost;
use crate::pages::transfers::{other_partner, product, product_of, state_words};
use crate::paths;
use crate::state::{Doing, What, own_partner, root};
use crate::ui::{El, button, copy_button, el, heading, icon, link, live, shared};

mod ended;
mod sure;

pub(super) use ended::stage_words;
pub(super) use sure::sure;

/// A request with its parts, as they are known now.
pub(super) struct Shown {
    pub customer: Customer,
    /// The one that the address names.
    pub id: TransferId,
}

impl Shown {
    /// The parts of the group that the request belongs to, in the order in which they were made.
    pub(super) fn parts(&self) -> Vec<Transfer> {
        let all = root().transfers.of(&self.customer.id);
        let group = groups(&all).into_iter().find(|group| group.iter().any(|one| one.id == self.id));
        group.map(|group| group.into_iter().cloned().collect()).unwrap_or_default()
    }

    /// The one that the address names.
    fn transfer(&self) -> Option<Transfer> {
        root().transfers.of(&self.customer.id).into_iter().find(|one| one.id == self.id)
    }
}

pub(super) fn page(customer: &Customer, id: &str) -> El {
    let gone = || lost::page(t::switch::gone_title(), t::switch::gone_text());
    let Some(id) = TransferId::parse(id) else { return gone() };
    let shown = std::rc::Rc::new(Shown { customer: customer.clone(), id });
    let Some(transfer) = shown.transfer() else { return gone() };
    root().guard.for_page();
    // What can be done is built anew only where it is another thing.
    let stage = shared(stage_of(&transfer));
    let (followed, of) = (stage.clone(), shown.clone());
    live(Box::new(move || {
        root().transfers.known.with(|_| ());
        if let Some(transfer) = of.transfer() {
            followed.set_if_new(stage_of(&transfer));
        }
    }));
    let (told, facts, work) = (shown.clone(), shown.clone(), shown);
    el("div", "page stack-24")
        .child(
            el("div", "stack stack-4")
                .child(crumbs(customer, true))
                .child(heading(&t::switch::title_of(name(customer)))),
        )
        .live(move || {
            root().transfers.known.with(|_| ());
            told.transfer().map(|transfer| sentence(&told.customer.id, &transfer))
        })
        .child(ended::last(&customer.id))
        .child(
            el("div", "split")
                .child(el("div", "contents").live(move || {
                    stage.with(|_| ());
                    Some(untrack(|| main(&work)))
                }))
                .child(el("aside", "rail stack").attr("aria-label", t::switch::state()).live(move || {
                    root().transfers.known.with(|_| ());
                    facts.transfer().map(|transfer| facts_of(&transfer, &facts.parts()))
                })),
        )
}

/// What decides what can be done.
fn stage_of(transfer: &Transfer) -> (State, Option<Role>) {
    (state(transfer, root().client.service_now()), role(transfer, own_partner().as_ref()))
}

/// Whose turn it is, in a sentence.
fn sentence(customer: &CustomerId, transfer: &Transfer) -> El {
    let now = root().client.service_now();
    let state = state(transfer, now);
    let (symbol, class, word) = state_words(state);
    let day = expires(transfer).map(i18n::date).unwrap_or_default();
    let turn = role(transfer, own_partner().as_ref()).map(|role| turn(transfer, role, now));
    let words = match (state, turn) {
        (State::Pending, Some(Turn::Ours)) => t::switch::turn_ours(&day),
        (State::Pending, _) => t::switch::turn_theirs(&day),
        (State::InProgress, _) => match phase(transfer, now) {
            Phase::Usual => t::switch::turn_service(),
            Phase::Long => t::switch::turn_long(),
            Phase::Stuck => t::switch::turn_stuck(),
        }
        .to_owned(),
        (State::Complete, _) => t::switch::turn_over_complete().to_owned(),
        (State::PartiallyComplete, _) => t::switch::turn_over_partial().to_owned(),
        (State::Failed, _) => t::switch::turn_over_failed().to_owned(),
        (State::Cancelled, _) => t::switch::turn_over_cancelled().to_owned(),
        (State::Rejected, _) => t::switch::turn_over_rejected().to_owned(),
        (State::Expired, _) => t::switch::turn_over_expired().to_owned(),
        (State::Unknown, _) => t::switch::turn_unknown().to_owned(),
    };
    let line = el("p", "line wrap")
        .attr("role", "status")
        .attr("id", "transfer-state")
        .child(el("span", class).child(icon(symbol)).text(word))
        .child(el("span", "").text(&words));
    if state != State::InProgress {
        return line;
    }
    let (customer, id) = (customer.clone(), transfer.id.clone());
    line.child(
        button("btn btn-small", move || {
            let (customer, id) = (customer.clone(), id.clone());
            spawn_local(async move { watch::look(&customer, &id, true).await });
        })
        .attr("id", "check-now")
        .child(icon("refresh"))
        .text(t::switch::check_now()),
    )
}

/// What is known of it.
fn facts_of(transfer: &Transfer, parts: &[Transfer]) -> El {
    let own = own_partner();
    let partner = |id: &Option<partner_center::PartnerId>, name: &str| {
        let is_own = id.is_some() && *id == own;
        let name = if name.trim().is_empty() {
            id.as_ref().map(|id| id.as_str().to_ascii_lowercase()).unwrap_or_default()
        } else {
            name.to_owned()
        };
        let you = if is_own { [" ", t::switch::you()].concat() } else { String::new() };
        el("span", "").child(el("bdi", "").text(&name)).text(&you)
    };
    let text = |text: &str| el("span", "").text(text);
    let contract = match transfer.contract {
        TransferContract::Legacy => t::switch::legacy(),
        TransferContract::NewCommerce => t::switch::new_commerce(),
    };
    let id = transfer.id.as_str().to_ascii_lowercase();
    let id_and_copy =
        el("span", "line").child(el("span", "mono").text(&id)).child(copy_button(id, t::switch::copy_id()));
    let mut rows = vec![
        (
            t::switch::partner_now().to_owned(),
            partner(&transfer.source_partner_tenant_id, &transfer.source_partner_name),
        ),
        (
            t::switch::partner_next().to_owned(),
            partner(&transfer.target_partner_tenant_id, &transfer.target_partner_name),
        ),
        (t::switch::kinds().to_owned(), text(&product_of(transfer))),
        (t::switch::contract().to_owned(), text(contract)),
    ];
    for (name, at) in
        [(t::switch::made(), transfer.created_time), (t::switch::changed(), transfer.last_modified_time)]
    {
        rows.extend(at.map(|at| (name.to_owned(), text(&i18n::date_time(at)))));
    }
    if parts.len() > 1 {
        let now = root().client.service_now();
        for (at, part) in parts.iter().enumerate() {
            let items = match part.line_items.len() {
                0 => String::new(),
                count => [", ", &t::transfers::items(count)].concat(),
            };
            let words = [state_words(state(part, now)).2, &items].concat();
            rows.push((t::switch::part(&i18n::number(at + 1)), text(&words)));
        }
    }
    rows.push((t::switch::id().to_owned(), id_and_copy));
    el("dl", "facts facts-1").children(
        rows.into_iter().flat_map(|(name, value)| [el("dt", "").text(&name), el("dd", "").child(value)]),
    )
}

/// The work: what can be done now, or what became of it.
fn main(shown: &std::rc::Rc<Shown>) -> El {
    let Some(transfer) = shown.transfer() else { return el("div", "") };
    let parts = shown.parts();
    let whole = el("div", "stack stack-24");
    let (state, role) = stage_of(&transfer);
    let Some(role) = role else { return whole.child(lines(&parts)) };
    let direction = role.direction(transfer.contract);
    match (state, direction, transfer.contract) {
        (State::Pending, Direction::Received, TransferContract::NewCommerce) => {
            whole.child(choose::section(shown, role))
        }
        (State::Pending, Direction::Received, TransferContract::Legacy) => {
            whole.child(lines(&parts)).child(offer(shown, &transfer, role))
        }
        (State::Pending, Direction::Sent, _) => whole
            .child(lines(&parts))
            .child(sent(shown, &transfer, role))
            .child(letter::section(&shown.customer, other_partner(&transfer, role))),
        (State::InProgress | State::Unknown, _, _) => {
            if watch::is_wanted(&shown.customer.id, &transfer.id) {
                watch::begin(&shown.customer.id, &transfer.id);
            }
            whole.child(lines(&parts)).child(el("p", "meta").text(t::switch::watching()))
        }
        (State::Complete | State::PartiallyComplete, _, _) => {
            whole.child(lines(&parts)).child(after::section(&parts))
        }
        _ => whole.child(lines(&parts)),
    }
}

/// What moves, or has moved, as far as this partner is told.
fn lines(parts: &[Transfer]) -> El {
    let section = el("section", "section").child(el("h2", "").text(t::switch::items()));
    let all: Vec<_> = parts.iter().flat_map(|part| &part.line_items).collect();
    if all.is_empty() {
        return section.child(el("p", "support").text(t::switch::items_later()));
    }
    let head = |text: &str| el("th", "").attr("scope", "col").text(text);
    let rows = all.into_iter().map(|line| {
        let (symbol, class, word) = state_words(line.status.into());
        let why = line.transfer_error.as_ref().map(|error| {
            let code = if error.code.is_empty() { String::new() } else { [" (", &error.code, ")"].concat() };
            el("span", "meta").text(&[error.description.as_str(), &code].concat())
        });
        let id = line.subscription_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
        let named = if line.friendly_name.is_empty() { id.as_str() } else { line.friendly_name.as_str() };
        el("tr", "")
            .child(el("th", "").attr("scope", "row").child(el("bdi", "").text(named)))
            .child(el("td", "").text(product(line.product_type)))
            .child(el("td", "").child(el("span", class).child(icon(symbol)).text(word)).maybe(why))
    });
    let heads = el("tr", "")
        .child(head(t::switch::items()))
        .child(head(t::entitlements::kind()))
        .child(head(t::switch::state()));
    section.child(
        el("div", "scroll-x").child(
            el("table", "table flush")
                .attr("aria-label", t::switch::items())
                .child(el("thead", "").child(heads))
                .child(el("tbody", "").children(rows)),
        ),
    )
}

/// The parts that can still be acted on, each with the same decision.
pub(super) fn decide(shown: &Shown, role: Role, decision: &Act) {
    let now = root().client.service_now();
    let open = shown.parts().into_iter().filter(|part| state(part, now) == State::Pending);
    act::start(&shown.customer.id, role, open.map(|part| (part, decision.clone())).collect(), Sent::Not);
}

/// An offer of the older contract: all of it, or nothing.
fn offer(shown: &std::rc::Rc<Shown>, transfer: &Transfer, role: Role) -> El {
    let legacy = moves::lists(
        partner_transfers::Chosen::count(transfer.line_items.iter().map(|line| line.product_type)),
        true,
    );
    let (accepting, rejecting, id) = (shown.clone(), shown.clone(), shown.customer.id.clone());
    let busy = move || act::is_busy(&id).then(|| t::switch::why_running().to_owned());
    el("section", "section").child(legacy).child(
        el("div", "line wrap")
            .child(sure("accept", t::switch::accept_offer(), true, busy.clone(), move || {
                decide(&accepting, role, &Act::Accept(Vec::new()));
            }))
            .child(sure("reject", t::switch::reject(), false, busy, move || {
                decide(&rejecting, role, &Act::Reject);
            })),
    )
}

/// A request that waits for the other partner.
fn sent(shown: &std::rc::Rc<Shown>, transfer: &Transfer, role: Role) -> El {
    let chosen = partner_transfers::Chosen::of_kinds(&transfer.target_product_types);
    let day = expires(transfer).map(i18n::date).unwrap_or_default();
    let text = t::switch::remind_text(&day, transfer.id.as_str());
    let mail =
        ["mailto:?subject=", &paths::encode(t::switch::remind_subject()), "&body=", &paths::encode(&text)];
    let (cancelling, id) = (shown.clone(), shown.customer.id.clone());
    let busy = move || act::is_busy(&id).then(|| t::switch::why_running().to_owned());
    el("section", "section")
        .child(moves::lists(chosen, false))
        .child(
            el("div", "line wrap")
                .child(link("btn", &mail.concat()).child(icon("mail")).text(t::switch::remind()))
                .child(sure("cancel", t::switch::cancel(), false, busy, move || {
                    decide(&cancelling, role, &Act::Cancel);
                })),
        )
        .child(el("p", "meta").text(t::switch::cancel_only()))
}

/// What is being done with a customer's transfers, or was done last. Who calls this is told of changes.
pub(super) fn doing<R>(customer: &CustomerId, read: impl FnOnce(&Doing) -> R) -> Option<R> {
    root().transfers.doing.with(|doing| doing.as_ref().filter(|one| one.customer == *customer).map(read))
}

/// Whether it is a decision about a request, and not a new one.
fn is_act(what: &What) -> bool {
    !matches!(what, What::Asked { .. })
}
