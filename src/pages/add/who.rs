//! Whether the customer is new to Microsoft, and through which reseller it comes.

use account_rules::{Entry, Work};
use futures_util::FutureExt;
use partner_center::{PartnerKind, PartnerRelationshipType};

use super::{AddStep, go};
use crate::i18n::t;
use crate::pages::form::said;
use crate::pages::tasks;
use crate::paths::Page;
use crate::state::root;
use crate::ui::{El, Show, el, icon, link, load, small_icon, value_of};

pub(super) fn content() -> El {
    el("div", "stack stack-24")
        .child(
            el("section", "section")
                .child(el("h2", "").text(t::add::new_or_not()))
                .child(
                    el("div", "choice-2")
                        .live(|| {
                            let page = Page::Add(AddStep::Company);
                            Some(card(
                                "building",
                                t::add::new_title(),
                                t::add::new_text(),
                                &page,
                                Work::Change,
                            ))
                        })
                        .live(|| {
                            let (title, text) = (t::add::existing_title(), t::add::existing_text());
                            Some(card("link", title, text, &Page::Request, Work::Ask))
                        }),
                )
                .child(said("info", t::add::not_sure())),
        )
        .live(reseller)
}

fn card(symbol: &str, title: &str, text: &str, page: &Page, work: Work) -> El {
    let (card, text) = match tasks::may(work) {
        Ok(()) => (link("pickcard", &page.href()), text),
        Err(why) => (el("div", "pickcard").attr("aria-disabled", "true"), why),
    };
    card.child(icon(symbol))
        .child(el("span", "").child(el("b", "").text(title)).child(el("span", "addr").text(text)))
}

/// Indirect providers sell through resellers. Who is known to be no provider sees nothing of it.
fn reseller() -> Option<El> {
    let kind = root().session.with(|session| Some(session.as_ref()?.partner.as_ref()?.kind));
    (kind == Some(PartnerKind::IndirectProvider)).then(|| {
        el("section", "section").child(el("h2", "").text(t::add::reseller_title())).child(load(
            t::add::resellers_failed(),
            || el("p", "meta late").text(t::add::reading_resellers()),
            |panel| panel,
            || {
                async {
                    let kind = PartnerRelationshipType::IsIndirectCloudSolutionProviderOf;
                    let mut pages = root().client.relationships(kind);
                    let mut all = Vec::new();
                    while let Some(page) = pages.next().await {
                        all.extend(page?.items);
                    }
                    let show: Show = Box::new(move || {
                        let known: Vec<(String, String)> = all
                            .iter()
                            .filter_map(|partner| Some((partner.mpn_id.clone()?, partner.name.clone())))
                            .collect();
                        choice(&known)
                    });
                    Ok(show)
                }
                .boxed_local()
            },
        ))
    })
}

fn choice(known: &[(String, String)]) -> El {
    let now = root().add.form.peek(Entry::Reseller);
    let options = known.iter().map(|(id, name)| {
        let option = el("option", "").attr("value", id).text(name);
        if *id == now { option.attr("selected", "") } else { option }
    });
    let select = el("select", "")
        .attr("id", "add-reseller")
        .child(el("option", "").attr("value", "").text(t::request::none()))
        .children(options)
        .on("change", |event| root().add.set(Entry::Reseller, &value_of(&event)));
    el("div", "fields").child(
        el("div", "field span-3")
            .child(el("label", "").attr("for", "add-reseller").text(t::request::reseller()))
            .child(el("div", "input").child(select).child(small_icon("chevron-down"))),
    )
}

pub(super) fn foot() -> El {
    super::foot(None, t::add::to_company(), || None, || go(AddStep::Company))
}
