//! What the customer owns beside subscriptions: reservations and software.

use futures_util::FutureExt;
use partner_center::{CustomerId, Entitlement, EntitlementType};

use crate::i18n::{self, t};
use crate::pages::words::ends;
use crate::state::root;
use crate::ui::{El, Show, el, load};

/// The section. Its failure does not touch the rest of the page.
pub(super) fn section(id: CustomerId) -> El {
    let waiting = || el("p", "meta late").attr("role", "status").text(t::entitlements::loading());
    let part = load(
        t::entitlements::failed(),
        waiting,
        |panel| panel,
        move || {
            let mut pages = root().client.entitlements(&id, EntitlementType::Unknown);
            async move {
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
    el("section", "section").child(el("h2", "").text(t::entitlements::title())).child(part)
}

fn content(all: &[Entitlement]) -> El {
    if all.is_empty() {
        return el("p", "support").text(t::entitlements::none());
    }
    let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(head("", t::subscriptions::product()))
        .child(head("", t::entitlements::kind()))
        .child(head("num", t::subscriptions::quantity()))
        .child(head("num x-due", t::subscriptions::ends()));
    let columns = ["", "c-s", "c-q", "c-d"].map(|class| el("col", class));
    el("table", "table flush subs")
        .attr("aria-label", t::entitlements::title())
        .child(el("colgroup", "").children(columns))
        .child(el("thead", "").child(heads))
        .child(el("tbody", "").children(all.iter().map(row)))
}

fn row(item: &Entitlement) -> El {
    let kind = match item.entitlement_type {
        EntitlementType::VirtualMachineReservedInstance => t::entitlements::reservation(),
        EntitlementType::Software => t::entitlements::software(),
        EntitlementType::Unknown => t::subscriptions::unknown(),
    };
    let quantity = item.quantity.and_then(|n| usize::try_from(n).ok()).map(i18n::number).unwrap_or_default();
    // The service names the product by its id only.
    let product = match &item.sku_id {
        Some(sku) => [item.product_id.as_str(), " · ", sku].concat(),
        None => item.product_id.clone(),
    };
    el("tr", "")
        .child(el("th", "").attr("scope", "row").child(el("span", "mono").text(&product)))
        .child(el("td", "").text(kind))
        .child(el("td", "num").text(&quantity))
        .child(el("td", "num x-due").text(&ends(item.expiry_date)))
}
