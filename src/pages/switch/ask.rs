//! As the future partner: ask the current one for a customer's subscriptions.

use std::rc::Rc;

use leptos::prelude::untrack;
use leptos::task::spawn_local;
use partner_center::{Customer, PartnerKind, PartnerRelationshipType, TransferProduct, TransferRequest};
use partner_transfers::{Asked, Chosen, Decision, parts};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::checks::{Checks, Found};
use super::partner::{id_in, is_own};
use super::{act, checks, crumbs, key, letter, moves, name, one, partner};
use crate::i18n::t;
use crate::pages::form::{bar, primary};
use crate::pages::transfers::product;
use crate::paths::{Page, SwitchView};
use crate::state::{What, own_partner, root};
use crate::ui::{
    El, Frame, Note, Tone, button, choice_field, el, fault, heading, icon, link, shared, text_field,
};

/// What is typed on the page.
#[derive(Clone, Copy)]
pub(super) enum Typed {
    Known,
    Partner,
    PartnerName,
    PartnerDomain,
    Products,
    Count,
    Reseller,
    Email,
    OwnEmail,
}

/// Where it is kept.
pub(super) fn place(of: &str, what: Typed) -> String {
    let what = match what {
        Typed::Known => "known",
        Typed::Partner => "partner",
        Typed::PartnerName => "name",
        Typed::PartnerDomain => "domain",
        Typed::Products => "products",
        Typed::Count => "count",
        Typed::Reseller => "reseller",
        Typed::Email => "email",
        Typed::OwnEmail => "own",
    };
    ["ask/", of, "/", what].concat()
}

/// The kinds that can be asked for, as they are offered.
const PRODUCTS: [TransferProduct; 6] = [
    TransferProduct::AzureSubscription,
    TransferProduct::AzureReservation,
    TransferProduct::AzureSavingsPlan,
    TransferProduct::OnlineServicesNce,
    TransferProduct::Software,
    TransferProduct::SaaS,
];

/// A page for one customer.
struct Ask {
    customer: Customer,
    /// Its Microsoft ID in lower case.
    of: String,
    checks: Rc<Checks>,
}

pub(super) fn page(customer: &Customer) -> El {
    root().guard.for_page();
    let ask = Rc::new(Ask {
        of: customer.id.as_str().to_ascii_lowercase(),
        checks: Checks::begin(customer),
        customer: customer.clone(),
    });
    prefill(&ask);
    let (shown, id) = (ask.clone(), customer.id.clone());
    el("div", "page stack-24")
        .child(
            el("div", "stack stack-4")
                .child(crumbs(customer, true))
                .child(heading(&t::switch::ask_title(name(customer)))),
        )
        .child(el("div", "contents").live(move || {
            // The form stays as it is while it is sent: what is typed in it is kept anyway.
            let done = one::doing(&id, |doing| match &doing.what {
                What::Asked { sent, of, ended: Asked::Done(_) } if sent == of => Some(*sent),
                _ => None,
            });
            Some(match done.flatten() {
                Some(sent) => untrack(|| ended(&shown, sent)),
                None => untrack(|| form(&shown)),
            })
        }))
}

/// What is known already is not asked for.
fn prefill(ask: &Ask) {
    let transfers = &root().transfers;
    let fill = |what, text: Option<String>| {
        let at = place(&ask.of, what);
        if let Some(text) = text
            && transfers.typed.peek(|typed| typed.iter().all(|(known, _)| *known != at))
        {
            transfers.write(&at, text);
        }
    };
    let profile = ask.customer.billing_profile.as_ref();
    fill(Typed::Email, profile.and_then(|profile| profile.email.clone()));
    let agent =
        root().session.peek(|session| Some(session.as_ref()?.agent.as_ref()?.user_principal_name.clone()));
    fill(Typed::OwnEmail, agent);
}

impl Ask {
    fn text(&self, what: Typed) -> String {
        root().transfers.text(&place(&self.of, what)).trim().to_owned()
    }

    /// The kinds that are asked for; none means all.
    fn products(&self) -> Vec<TransferProduct> {
        let text = self.text(Typed::Products);
        PRODUCTS.into_iter().filter(|product| text.split(' ').any(|key| key == product.as_str())).collect()
    }

    /// Whether only some kinds are asked for.
    fn is_some(&self) -> bool {
        self.text(Typed::Products).starts_with("only")
    }

    fn wants_azure(&self) -> bool {
        !self.is_some() || self.products().iter().any(|product| product.as_str().starts_with("Azure"))
    }

    /// How many requests are sent.
    fn requests(&self) -> usize {
        // More than this nobody has; a slip of the finger is not to send a thousand.
        parts(self.text(Typed::Count).parse::<usize>().unwrap_or(1).clamp(1, 500))
    }

    fn request(&self) -> TransferRequest {
        TransferRequest {
            source_partner: id_in(&self.text(Typed::Partner)).unwrap_or_default(),
            source_partner_name: self.text(Typed::PartnerName),
            customer_name: name(&self.customer).to_owned(),
            customer_email: self.text(Typed::Email),
            own_email: self.text(Typed::OwnEmail),
            products: if self.is_some() { self.products() } else { Vec::new() },
            reseller: self.text(Typed::Reseller),
        }
    }

    /// Why one cannot send yet. Who calls this is told of changes.
    fn why(&self) -> Option<String> {
        let id = id_in(&self.text(Typed::Partner));
        let email = self.text(Typed::Email);
        let why = if act::is_busy(&self.customer.id) {
            t::switch::why_running()
        } else if own_partner().is_none() {
            t::switch::no_own_id()
        } else if id.is_none() {
            t::switch::why_partner()
        } else if id.as_deref().is_some_and(is_own) {
            t::switch::why_partner_self()
        } else if self.text(Typed::PartnerName).is_empty() {
            t::switch::why_partner_name()
        } else if self.is_some() && self.products().is_empty() {
            t::switch::why_kinds()
        } else if !account_rules::is_email(&email) {
            t::switch::why_email()
        } else if self.wants_azure() && self.checks.plan.get() == Found::No {
            t::switch::why_plan()
        } else {
            return None;
        };
        Some(why.to_owned())
    }

    fn send(&self, sent: usize) {
        let Some(own) = untrack(own_partner) else { return };
        let (wanted, of) = untrack(|| (self.request(), self.requests()));
        act::send(&self.customer.id, own, wanted, of, sent);
    }
}

fn form(ask: &Rc<Ask>) -> El {
    let (azure, effects, why, sending, words) =
        (ask.clone(), ask.clone(), ask.clone(), ask.clone(), ask.clone());
    let rail = el("aside", "rail stack").attr("aria-label", t::switch::moves()).live(move || {
        let chosen = if effects.is_some() { effects.products() } else { Vec::new() };
        let chosen = if effects.is_some() && chosen.is_empty() {
            Chosen::default()
        } else {
            Chosen::of_kinds(&chosen)
        };
        Some(moves::lists(chosen, effects.checks.legacy.get()))
    });
    let work = el("div", "stack stack-24")
        .child(partner::section(&ask.of))
        .child(products(ask))
        .child(contact(ask))
        .child(
            el("section", "section")
                .child(el("h2", "").text(t::switch::before()))
                .child(checks::list(&ask.checks, move || azure.wants_azure())),
        )
        .child(last(ask))
        .child(el("div", "line wrap foot-line").child(primary(
            move || t::switch::to_send(words.requests()),
            move || why.why(),
            move || {
                if untrack(|| sending.why()).is_none() {
                    // A new decision of the person's.
                    root().transfers.decision.set(Decision::default());
                    sending.send(0);
                }
            },
        )));
    el("div", "split split-form").child(work).child(rail)
}

fn products(ask: &Rc<Ask>) -> El {
    let choice = |value: &'static str, words: &'static str| {
        let turned = ask.clone();
        let on = (value == "only") == untrack(|| ask.is_some());
        let radio =
            el("input", "").attr("type", "radio").attr("name", "transfer-products").on("change", move |_| {
                root().transfers.write(&place(&turned.of, Typed::Products), value.to_owned());
            });
        let radio = if on { radio.attr("checked", "") } else { radio };
        el("label", "check").child(radio).child(el("span", "").text(words))
    };
    let (some, counted) = (ask.clone(), ask.clone());
    let count = Frame {
        id: "transfer-count".to_owned(),
        label: t::switch::count().to_owned(),
        required: false,
        suffix: "",
        note: Rc::new(|| Some(Note::new(Tone::Plain, t::switch::count_hint()))),
    };
    let at = place(&ask.of, Typed::Count);
    let number = [("inputmode", "numeric"), ("autocomplete", "off")];
    let is_open = shared(false);
    let (opened, followed) = (is_open.clone(), ask.clone());
    crate::ui::live(Box::new(move || opened.set_if_new(followed.is_some())));
    el("section", "section")
        .child(el("h2", "").text(t::switch::products()))
        .child(choice("", t::switch::products_all()))
        .child(choice("only", t::switch::products_some()))
        .live(move || is_open.get().then(|| untrack(|| kinds(&some))))
        .child(el("div", "fields").child(text_field(
            count,
            "span-3",
            &untrack(|| counted.text(Typed::Count)),
            &number,
            Box::new(move |text| root().transfers.write(&at, text)),
            Box::new(|| {}),
        )))
}

fn kinds(ask: &Rc<Ask>) -> El {
    let now = ask.products();
    el("div", "stack stack-4 inset").children(PRODUCTS.into_iter().map(|kind| {
        let turned = ask.clone();
        let check = el("input", "").attr("type", "checkbox").on("change", move |event| {
            let on = event.target().is_some_and(|check| check.unchecked_ref::<HtmlInputElement>().checked());
            let others = untrack(|| turned.products()).into_iter().filter(|one| *one != kind);
            let all = others.chain(on.then_some(kind)).map(TransferProduct::as_str);
            let text = std::iter::once("only").chain(all).collect::<Vec<_>>().join(" ");
            root().transfers.write(&place(&turned.of, Typed::Products), text);
        });
        let check = if now.contains(&kind) { check.attr("checked", "") } else { check };
        el("label", "check").child(check).child(el("span", "").text(product(kind)))
    }))
}

fn contact(ask: &Rc<Ask>) -> El {
    let field = |id: &str, label: &str, what, required, note: Option<&'static str>| {
        let frame = Frame {
            id: id.to_owned(),
            label: label.to_owned(),
            required,
            suffix: "",
            note: Rc::new(move || note.map(|note| Note::new(Tone::Plain, note))),
        };
        let at = place(&ask.of, what);
        let typed = Box::new(move |text| root().transfers.write(&at, text));
        let kind = [("type", "email"), ("autocomplete", "off")];
        text_field(frame, "span-3", &untrack(|| ask.text(what)), &kind, typed, Box::new(|| {}))
    };
    el("section", "section")
        .child(el("h2", "").text(t::switch::contact()))
        .child(
            el("div", "fields")
                .child(field(
                    "transfer-email",
                    t::switch::email(),
                    Typed::Email,
                    true,
                    Some(t::switch::email_hint()),
                ))
                .child(field("transfer-own-email", t::switch::own_email(), Typed::OwnEmail, false, None)),
        )
        .child(resellers(ask))
}

/// For providers: the reseller of record.
fn resellers(ask: &Rc<Ask>) -> El {
    let kind = root().session.with(|session| session.as_ref()?.partner.as_ref().map(|partner| partner.kind));
    let known = shared(Vec::<(String, String)>::new());
    if kind == Some(PartnerKind::IndirectProvider) {
        let filled = known.clone();
        spawn_local(async move {
            let kind = PartnerRelationshipType::IsIndirectCloudSolutionProviderOf;
            let mut pages = root().client.relationships(kind);
            // Without them a request has no reseller of record, which Microsoft takes all the same.
            while let Some(Ok(page)) = pages.next().await {
                let resellers = page.items.into_iter();
                let named =
                    resellers.filter_map(|one| Some((one.mpn_id.filter(|id| !id.is_empty())?, one.name)));
                filled.update(|known| known.extend(named));
            }
        });
    }
    let ask = ask.clone();
    el("div", "contents").live(move || {
        let choices = known.get();
        (!choices.is_empty()).then(|| {
            let frame = Frame {
                id: "transfer-reseller".to_owned(),
                label: t::switch::reseller().to_owned(),
                required: false,
                suffix: "",
                note: Rc::new(|| None),
            };
            let at = place(&ask.of, Typed::Reseller);
            let chosen = Box::new(move |text| root().transfers.write(&at, text));
            let now = untrack(|| ask.text(Typed::Reseller));
            el("div", "fields").child(untrack(|| choice_field(frame, "span-3", &now, &choices, chosen)))
        })
    })
}

/// What is being sent, or why it was not.
fn last(ask: &Rc<Ask>) -> El {
    let ask = ask.clone();
    el("div", "contents").live(move || {
        one::doing(&ask.customer.id, |doing| match &doing.what {
            What::Under(stage) if doing.transfer.is_none() => {
                Some(bar("", "clock", one::stage_words(*stage), None))
            }
            What::Asked { sent, of, ended } => Some(asked(&ask, *sent, *of, ended)),
            _ => None,
        })?
    })
}

fn asked(ask: &Rc<Ask>, sent: usize, of: usize, ended: &Asked) -> El {
    let number = crate::i18n::number;
    let some = (sent > 0 && sent < of)
        .then(|| el("p", "support").text(&t::switch::sent_some(&number(of), &number(sent))));
    let what = match ended {
        Asked::Done(_) => return el("div", ""),
        Asked::Open(open) => {
            let view = SwitchView::One(open.id.as_str().to_ascii_lowercase());
            let show = link("btn btn-small", &Page::Switch(key(&ask.customer), view).href());
            bar("bar-warn", "warn", t::switch::open_already(), Some(show.text(t::switch::open_it())))
        }
        Asked::Refused(error) => fault(t::switch::ask_refused(), error, None),
        Asked::Unsettled(error) => {
            let again = ask.clone();
            let look = button("btn btn-small", move || again.send(sent));
            el("div", "stack stack-8")
                .child(bar(
                    "bar-warn",
                    "warn",
                    t::switch::unsettled_what(),
                    Some(look.child(icon("refresh")).text(t::switch::look_again())),
                ))
                .maybe(error.as_ref().map(|error| fault(t::switch::unsettled(), error, None)))
        }
    };
    el("div", "stack stack-8").maybe(some).child(what)
}

/// Sent: what happens now, and the message to the customer.
fn ended(ask: &Rc<Ask>, sent: usize) -> El {
    let to = Page::Switch(key(&ask.customer), SwitchView::All);
    let again = button("btn", || root().transfers.doing.set(None)).text(t::switch::ask_again());
    let partner = ask.text(Typed::PartnerName);
    el("div", "stack stack-24")
        .child(
            el("div", "bar bar-ok")
                .attr("role", "status")
                .attr("id", "transfer-sent")
                .child(icon("ok"))
                .child(
                    el("div", "bar-text")
                        .child(el("b", "").text(&t::switch::sent_title(sent)))
                        .text(" ")
                        .text(t::switch::sent_what()),
                ),
        )
        .child(
            el("div", "line wrap")
                .child(link("btn btn-primary", &to.href()).text(t::switch::all()))
                .child(link("btn", &Page::Transfers.href()).text(t::transfers::title()))
                .child(again),
        )
        .child(letter::section(&ask.customer, &partner))
}
