//! Licences bought and used: the figure is the fact, the bar is the glance.

use futures_util::FutureExt;
use partner_center::{CustomerId, SubscribedSku};

use crate::i18n::{self, t};
use crate::state::root;
use crate::ui::{El, Show, el, empty, load};

/// The section. Its failure does not touch the rest of the page.
pub(super) fn section(id: CustomerId) -> El {
    let waiting = || el("p", "meta late").text(t::seats::loading());
    let part = load(
        t::seats::failed(),
        waiting,
        |panel| panel,
        move || {
            let id = id.clone();
            async move {
                let mut pages = root().client.subscribed_skus(&id);
                let mut all = Vec::new();
                while let Some(page) = pages.next().await {
                    all.extend(page?.items);
                }
                let show: Show = Box::new(move || content(&all));
                Ok(show)
            }
            .boxed_local()
        },
    );
    el("section", "section").child(el("h2", "").text(t::seats::title())).child(part)
}

fn content(skus: &[SubscribedSku]) -> El {
    if skus.is_empty() {
        return empty("license", t::seats::none_title(), t::seats::none_text(), None);
    }
    let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(head("", t::subscriptions::product()))
        .child(head("c-200", t::seats::used()))
        .child(head("num c-96", t::seats::free()));
    el("table", "table flush")
        .attr("aria-label", t::seats::title())
        .child(el("thead", "").child(heads))
        .child(el("tbody", "").children(skus.iter().map(row)))
}

fn row(sku: &SubscribedSku) -> El {
    let count = |units: Option<u32>| usize::try_from(units.unwrap_or(0)).unwrap_or(0);
    // What can be given: units that are active, and those in the days of grace.
    let (used, all) = (count(sku.consumed_units), count(sku.active_units) + count(sku.warning_units));
    let free = all.saturating_sub(used);
    let figures = [i18n::number(used), " / ".to_owned(), i18n::number(all)].concat();
    let meter = el("progress", if free == 0 { "meter meter-full" } else { "meter" })
        .attr("max", &all.max(1).to_string())
        .attr("value", &used.min(all).to_string())
        .attr("aria-label", &figures);
    el("tr", "")
        .child(el("th", "").attr("scope", "row").child(el("bdi", "name").text(&sku.product_sku.name)))
        .child(el("td", "").child(el("span", "seats").child(meter).child(el("span", "num").text(&figures))))
        .child(el("td", "num").text(&i18n::number(free)))
}
