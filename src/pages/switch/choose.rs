//! As the current partner: what goes to the other one. What cannot go stands there with its reason.

use std::rc::Rc;

use futures_util::FutureExt;
use leptos::prelude::untrack;
use partner_center::{
    AzureEntitlement, CustomerId, Subscription, SubscriptionId, Transfer, TransferId, TransferProduct,
};
use partner_transfers::{
    Act, Chosen, Refusal, Role, Sent, State, choosable, choosable_azure, is_plan, parts, spread, state,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::one::{Shown, sure};
use super::{act, costs, moves};
use crate::i18n::t;
use crate::pages::transfers::product;
use crate::state::root;
use crate::ui::{El, Show, button, el, icon, load};

/// Something that the customer has, with what was found of it.
struct Item {
    id: SubscriptionId,
    name: String,
    verdict: Result<TransferProduct, Refusal>,
}

/// What a customer has: its subscriptions, and the Azure subscriptions under its plans.
pub(super) struct Held {
    pub subscriptions: Vec<Subscription>,
    azure: Vec<AzureEntitlement>,
}

/// Everything that the choice works with.
struct Choice {
    shown: Rc<Shown>,
    role: Role,
    /// Under which request the choice is kept.
    of: TransferId,
    items: Vec<Item>,
}

/// The section, once the subscriptions are here.
pub(super) fn section(shown: &Rc<Shown>, role: Role) -> El {
    let shown = shown.clone();
    let part = load(
        t::subscriptions::failed(),
        || el("p", "support late").text(t::subscriptions::loading()),
        |panel| panel,
        move || {
            let shown = shown.clone();
            async move {
                let held = read_held(&shown.customer.id).await?;
                let show: Show = Box::new(move || content(&shown, role, &held));
                Ok(show)
            }
            .boxed_local()
        },
    );
    el("section", "section").child(el("h2", "").text(t::switch::choose())).child(part)
}

/// All subscriptions of a customer.
pub(super) async fn read_all(id: &CustomerId) -> Result<Vec<Subscription>, partner_center::Error> {
    let mut pages = root().client.subscriptions(id);
    let mut all = Vec::new();
    while let Some(page) = pages.next().await {
        all.extend(page?.items);
    }
    Ok(all)
}

async fn read_held(id: &CustomerId) -> Result<Held, partner_center::Error> {
    let subscriptions = read_all(id).await?;
    let mut azure = Vec::new();
    for plan in subscriptions.iter().filter(|one| is_plan(one)) {
        let mut pages = root().client.azure_entitlements(id, &plan.id);
        while let Some(page) = pages.next().await {
            azure.extend(page?.items);
        }
    }
    Ok(Held { subscriptions, azure })
}

fn content(shown: &Rc<Shown>, role: Role, held: &Held) -> El {
    let Some(first) = open_parts(shown).into_iter().next() else { return el("div", "") };
    let now = root().client.service_now();
    let moving: Vec<SubscriptionId> = root()
        .transfers
        .of(&shown.customer.id)
        .iter()
        .filter(|transfer| matches!(state(transfer, now), State::Pending | State::InProgress))
        .flat_map(|transfer| &transfer.line_items)
        .filter_map(|line| line.subscription_id.clone())
        .collect();
    let asked = &first.target_product_types;
    let azure = held.azure.iter().map(|one| Item {
        id: one.id.clone(),
        name: one.friendly_name.clone().unwrap_or_default(),
        verdict: choosable_azure(one, asked, &moving),
    });
    let items = azure.chain(held.subscriptions.iter().map(|one| {
        Item {
            id: one.id.clone(),
            name: one
                .friendly_name
                .clone()
                .filter(|name| !name.trim().is_empty())
                .unwrap_or_else(|| one.offer_name.clone()),
            verdict: choosable(one, asked, &moving),
        }
    }));
    // What can go comes first.
    let (can, cannot): (Vec<Item>, Vec<Item>) = items.partition(|item| item.verdict.is_ok());
    let choice = Rc::new(Choice {
        shown: shown.clone(),
        role,
        of: first.id,
        items: can.into_iter().chain(cannot).collect(),
    });
    let (told, listed) = (choice.clone(), choice.clone());
    el("div", "stack stack-24")
        .child(
            el("div", "stack stack-8")
                .child(el("p", "support measure").text(&t::switch::choose_what(choice.items.len())))
                .child(tools(&choice))
                .child(table(&choice)),
        )
        .live(move || Some(count(&told)))
        .live(move || {
            let chosen = listed.products();
            (!chosen.is_empty()).then(|| moves::lists(Chosen::count(chosen), listed.has_legacy()))
        })
        .child(costs::section(&shown.customer.id, &held.subscriptions))
        .child(buttons(&choice))
}

/// The requests of the group that wait for an answer.
fn open_parts(shown: &Shown) -> Vec<Transfer> {
    let now = root().client.service_now();
    shown.parts().into_iter().filter(|part| state(part, now) == State::Pending).collect()
}

impl Choice {
    /// What is chosen, and can go. Who calls this is told of changes.
    fn lines(&self) -> Vec<(SubscriptionId, TransferProduct)> {
        root().transfers.chosen.with(|chosen| {
            let is_chosen = |id: &SubscriptionId| chosen.iter().any(|(of, one)| *of == self.of && one == id);
            let lines = self.items.iter().filter(|item| is_chosen(&item.id));
            lines.filter_map(|item| Some((item.id.clone(), item.verdict.ok()?))).collect()
        })
    }

    fn products(&self) -> Vec<TransferProduct> {
        self.lines().into_iter().map(|(_, product)| product).collect()
    }

    fn has_legacy(&self) -> bool {
        self.items.iter().any(|item| item.verdict == Err(Refusal::Legacy))
    }

    fn is_chosen(&self, id: &SubscriptionId) -> bool {
        root().transfers.chosen.with(|chosen| chosen.iter().any(|(of, one)| *of == self.of && one == id))
    }

    /// Chooses these and no others.
    fn choose(&self, ids: impl Iterator<Item = SubscriptionId>) {
        root().transfers.chosen.update(|chosen| {
            chosen.retain(|(of, _)| *of != self.of);
            chosen.extend(ids.map(|id| (self.of.clone(), id)));
        });
    }

    fn turn(&self, id: &SubscriptionId, on: bool) {
        root().transfers.chosen.update(|chosen| {
            chosen.retain(|(of, one)| *of != self.of || one != id);
            if on {
                chosen.push((self.of.clone(), id.clone()));
            }
        });
    }

    /// Why one cannot accept yet. Who calls this is told of changes.
    fn why(&self) -> Option<String> {
        let lines = self.lines();
        let room = open_parts(&self.shown).len();
        let (_, rest) = spread(&lines, room);
        if act::is_busy(&self.shown.customer.id) {
            Some(t::switch::why_running().to_owned())
        } else if lines.is_empty() {
            Some(t::switch::why_choose().to_owned())
        } else if !rest.is_empty() {
            Some(t::switch::too_many(rest.len()))
        } else if costs::are_open(&self.shown.customer.id, &lines) {
            Some(t::switch::why_costs().to_owned())
        } else {
            None
        }
    }

    fn accept(&self) {
        let lines = untrack(|| self.lines());
        let open = open_parts(&self.shown);
        let (spread, _) = spread(&lines, open.len());
        let decided = open.into_iter().zip(spread).map(|(part, lines)| (part, Act::Accept(lines)));
        act::start(&self.shown.customer.id, self.role, decided.collect(), Sent::Not);
    }
}

fn tools(choice: &Rc<Choice>) -> El {
    let (all, none) = (choice.clone(), choice.clone());
    let all = button("btn btn-small", move || {
        let can = all.items.iter().filter(|item| item.verdict.is_ok());
        all.choose(can.map(|item| item.id.clone()));
    });
    let none = button("btn btn-small", move || none.choose(std::iter::empty()));
    el("div", "line wrap")
        .child(all.attr("id", "choose-all").child(icon("check")).text(t::switch::choose_all()))
        .child(none.text(t::switch::choose_none()))
}

fn table(choice: &Rc<Choice>) -> El {
    let head = |text: &str| el("th", "").attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(el("th", "pick").attr("scope", "col").child(el("span", "sr").text(t::switch::choose())))
        .child(head(t::subscriptions::product()))
        .child(head(t::entitlements::kind()).class("x-what"))
        .child(head(t::switch::reason()));
    let rows = choice.items.iter().map(|item| row(choice, item));
    el("div", "scroll-x choose-box").child(
        el("table", "table flush")
            .attr("aria-label", t::switch::choose())
            .child(el("colgroup", "").children(["c-32", "", "c-128", "c-why"].map(|class| el("col", class))))
            .child(el("thead", "").child(heads))
            .child(el("tbody", "").children(rows)),
    )
}

fn row(choice: &Rc<Choice>, item: &Item) -> El {
    let name = item.name.as_str();
    let kind = item.verdict.map_or_else(|_| String::new(), |kind| product(kind).to_owned());
    let why = item
        .verdict
        .err()
        .map(|refusal| el("span", "status").child(icon("minus")).text(refusal_words(refusal)));
    let pick = item.verdict.is_ok().then(|| {
        let (turned, followed) = (choice.clone(), choice.clone());
        let (id, of) = (item.id.clone(), item.id.clone());
        let check = el("input", "")
            .attr("type", "checkbox")
            .attr("aria-label", &t::switch::choose_item(name))
            .on("change", move |event| {
                let on =
                    event.target().is_some_and(|check| check.unchecked_ref::<HtmlInputElement>().checked());
                turned.turn(&id, on);
            });
        let box_: HtmlInputElement = check.element().clone().unchecked_into();
        crate::ui::live(Box::new(move || box_.set_checked(followed.is_chosen(&of))));
        el("label", "").child(check)
    });
    el("tr", "")
        .child(el("td", "pick").maybe(pick))
        .child(
            el("th", "").attr("scope", "row").child(
                el("span", "lines")
                    .child(el("bdi", "").text(name))
                    .child(el("span", "meta mono").text(item.id.as_str())),
            ),
        )
        .child(el("td", "x-what").text(&kind))
        .child(el("td", "").maybe(why))
}

fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotActive => t::switch::no_active(),
        Refusal::Trial => t::switch::no_trial(),
        Refusal::Legacy => t::switch::no_legacy(),
        Refusal::NotAsked => t::switch::no_asked(),
        Refusal::InTransfer => t::switch::no_moving(),
        Refusal::AddOn => t::switch::no_addon(),
        Refusal::Kind => t::switch::no_kind(),
        Refusal::Plan => t::switch::no_plan_moves(),
    }
}

/// How many are chosen, and how they fit into the requests.
fn count(choice: &Choice) -> El {
    let lines = choice.lines();
    let (_, rest) = spread(&lines, open_parts(&choice.shown).len());
    let words = t::switch::chosen(lines.len());
    let fits = if rest.is_empty() && lines.len() > partner_transfers::LARGEST {
        t::switch::fits(parts(lines.len()))
    } else if rest.is_empty() {
        String::new()
    } else {
        t::switch::too_many(rest.len())
    };
    let class = if rest.is_empty() { "meta" } else { "status is-warn" };
    el("p", class).attr("role", "status").attr("id", "chosen").text(&[&words, ". ", &fits].concat())
}

fn buttons(choice: &Rc<Choice>) -> El {
    let (why, accepted, rejected, id) =
        (choice.clone(), choice.clone(), choice.clone(), choice.shown.customer.id.clone());
    let busy = move || act::is_busy(&id).then(|| t::switch::why_running().to_owned());
    el("div", "line wrap foot-line")
        .child(sure("reject", t::switch::reject(), false, busy, move || {
            super::one::decide(&rejected.shown, rejected.role, &Act::Reject);
        }))
        .child(sure("accept", t::switch::accept(), true, move || why.why(), move || accepted.accept()))
}
