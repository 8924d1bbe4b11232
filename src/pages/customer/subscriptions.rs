//! The customer's subscriptions with this partner, read only.

use std::cmp::Ordering;
use std::rc::Rc;

use account_rules::{SubscriptionKind, subscription_kind};
use csv_export::Sheet;
use customer_index::Fold;
use futures_util::FutureExt;
use partner_center::{BillingType, Client, CustomerId, Error, Subscription, SubscriptionStatus};

use super::{attention, overview};
use crate::i18n::{self, t};
use crate::pages::narrow::Narrow;
use crate::pages::portals;
use crate::pages::save::{Kind, offer};
use crate::pages::words::{ends, status};
use crate::paths::Parameter;
use crate::state::root;
use crate::ui::{El, Show, button, choose, copy_button, el, empty, find, icon, load, shared};

/// What narrows the subscriptions.
const PARAMETERS: &[Parameter] = &[Parameter::Text, Parameter::State, Parameter::Kind];

/// All subscriptions, and how many could not be read.
struct Subscribed {
    items: Vec<Subscription>,
    skipped: usize,
}

async fn read_all(client: &Client, id: &CustomerId) -> Result<Subscribed, Error> {
    let mut pages = client.subscriptions(id);
    let mut all = Subscribed { items: Vec::new(), skipped: 0 };
    while let Some(page) = pages.next().await {
        let page = page?;
        all.skipped += page.skipped;
        for item in page.items {
            // A few dozen: inserting costs less code than sorting.
            let at = all.items.partition_point(|other| order(other, &item) != Ordering::Greater);
            all.items.insert(at, item);
        }
    }
    Ok(all)
}

/// What works first, then by name as the language sorts.
fn order(left: &Subscription, right: &Subscription) -> Ordering {
    let rank = |item: &Subscription| item.status != SubscriptionStatus::Active;
    rank(left).cmp(&rank(right)).then_with(|| i18n::compare(name(left), name(right)))
}

fn name(subscription: &Subscription) -> &str {
    let friendly = subscription.friendly_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    friendly.unwrap_or(&subscription.offer_name)
}

fn kind(subscription: &Subscription) -> SubscriptionKind {
    let product_type = subscription.product_type.as_ref().map(|kind| kind.id.as_str());
    let by_use = subscription.billing_type == BillingType::Usage;
    subscription_kind(product_type, subscription.is_trial, by_use)
}

fn kind_name(kind: SubscriptionKind) -> &'static str {
    match kind {
        SubscriptionKind::NewCommerce => t::subscriptions::new_commerce(),
        SubscriptionKind::Legacy => t::subscriptions::legacy(),
        SubscriptionKind::Azure => t::subscriptions::azure(),
        SubscriptionKind::Trial => t::subscriptions::trial(),
        SubscriptionKind::Software => t::entitlements::software(),
        SubscriptionKind::Other => t::subscriptions::other_kind(),
    }
}

/// The section, with what one should look at above it where that is wanted. Its failure does not touch the rest of the page.
pub(super) fn section(id: CustomerId, with_findings: bool) -> El {
    let waiting = || {
        el("div", "stack late")
            .attr("role", "img")
            .attr("aria-label", t::subscriptions::loading())
            .children(["bone bone-80", "bone bone-60", "bone bone-80"].map(|class| el("span", class)))
    };
    let part = load(
        t::subscriptions::failed(),
        waiting,
        |panel| panel,
        move || {
            let id = id.clone();
            async move {
                let all = read_all(&root().client, &id).await?;
                let show: Show = Box::new(move || content(&all, &id, with_findings));
                Ok(show)
            }
            .boxed_local()
        },
    );
    el("section", "section").child(part)
}

fn content(all: &Subscribed, id: &CustomerId, with_findings: bool) -> El {
    let findings = with_findings.then(|| attention::list(&all.items));
    let orders = portals::orders(&id.as_str().to_ascii_lowercase());
    let head = el("div", "section-head")
        .child(el("h2", "").text(t::subscriptions::title()))
        .maybe(orders.map(|orders| el("span", "push").child(orders)));
    el("div", "stack stack-24")
        .maybe(findings)
        .child(el("div", "stack stack-8").child(head).child(found(all, id)))
}

fn found(all: &Subscribed, id: &CustomerId) -> El {
    if all.items.is_empty() && all.skipped == 0 {
        return empty("license", t::subscriptions::none_title(), t::subscriptions::none_text(), None);
    }
    let skipped = (all.skipped > 0).then(|| {
        el("div", "bar bar-warn")
            .child(icon("warn"))
            .child(el("div", "bar-text").text(&t::subscriptions::skipped(all.skipped)))
    });
    let (items, narrow) = (Rc::new(all.items.clone()), Narrow::new(PARAMETERS));
    let (text, typed) = narrow.of(Parameter::Text);
    let (listed, exported, wanted) = (items.clone(), items.clone(), narrow.clone());
    let find = find("find-sub", t::subscriptions::search(), text, typed);
    let id = id.as_str().to_ascii_lowercase();
    let save = move || {
        let found = wanted.values.peek(|values| matching(&exported, values));
        export(&found, &id);
    };
    let export = button("btn btn-small", save).child(icon("download")).text(t::subscriptions::export());
    let tools = el("div", "tools")
        .child(find)
        .child(kinds(&items, &narrow))
        .child(states(&items, &narrow))
        .child(export);
    el("div", "stack stack-8").maybe(skipped).child(tools).live(move || {
        let found = narrow.values.with(|values| matching(&listed, values));
        let count = el("p", "meta").attr("role", "status").text(&t::subscriptions::count(found.len()));
        Some(el("div", "stack stack-8").child(count).child(table(&found)))
    })
}

/// The states that there are, each once.
fn states(items: &[Subscription], narrow: &Narrow) -> El {
    let mut options = vec![("", t::subscriptions::any_status())];
    for item in items {
        let option = (item.status.as_str(), status(item.status).2);
        if !options.contains(&option) {
            options.push(option);
        }
    }
    let (now, chosen) = narrow.of(Parameter::State);
    choose(t::subscriptions::status(), &options, now, chosen)
}

/// The kinds that there are.
fn kinds(items: &[Subscription], narrow: &Narrow) -> El {
    let there =
        SubscriptionKind::ALL.into_iter().filter(|known| items.iter().any(|item| kind(item) == *known));
    let mut options = vec![("", t::subscriptions::any_kind())];
    options.extend(there.map(|kind| (kind.key(), kind_name(kind))));
    let (now, chosen) = narrow.of(Parameter::Kind);
    choose(t::entitlements::kind(), &options, now, chosen)
}

/// Those that have all words of the text, are in this state and of this kind, as [`PARAMETERS`] order them. What a link
/// asks for and none of them is narrows nothing, as the controls show.
fn matching(items: &[Subscription], wanted: &[String]) -> Vec<Subscription> {
    let [text, state, of_kind] = wanted else { return items.to_vec() };
    let fold = &root().customers.fold;
    let text = fold.fold(text.trim());
    let state = items.iter().map(|item| item.status).find(|known| known.as_str() == state);
    let of_kind = items.iter().map(kind).find(|known| known.key() == of_kind);
    let has = |item: &&Subscription| {
        let parts = [name(item), status(item.status).2, item.id.as_str(), kind_name(kind(item))];
        let folded = fold.fold(&parts.join(" "));
        state.is_none_or(|state| item.status == state)
            && of_kind.is_none_or(|of| kind(item) == of)
            && text.split(' ').all(|word| folded.contains(word))
    };
    items.iter().filter(has).cloned().collect()
}

/// The columns of Partner Center's own export.
pub(in crate::pages) fn export(items: &[Subscription], customer: &str) {
    let mut sheet = Sheet::new(
        i18n::separator(),
        &[
            t::subscriptions::id(),
            t::subscriptions::subscription(),
            t::subscriptions::quantity(),
            t::subscriptions::status(),
            t::customer::reseller(),
        ],
    );
    for item in items {
        let quantity = item.quantity.map(|quantity| quantity.to_string()).unwrap_or_default();
        let reseller = item.partner_id.as_deref().unwrap_or_default();
        sheet.row(&[item.id.as_str(), name(item), &quantity, status(item.status).2, reseller]);
    }
    let told = t::subscriptions::exported(items.len());
    let file = (t::subscriptions::file_name(), Kind::Csv);
    offer("export_subscriptions", file, &sheet.finish(), &told, (Some(customer), items.len()));
}

fn table(items: &[Subscription]) -> El {
    let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let columns = ["", "c-k", "c-s", "c-q", "c-d"].map(|class| el("col", class));
    let heads = el("tr", "")
        .child(head("", t::subscriptions::product()))
        .child(head("x-kind", t::entitlements::kind()))
        .child(head("", t::subscriptions::status()))
        .child(head("num", t::subscriptions::quantity()))
        .child(head("num x-due", t::subscriptions::ends()));
    let mut body = el("tbody", "");
    for item in items {
        body = row(body, item);
    }
    el("table", "table flush subs")
        .attr("aria-label", t::subscriptions::title())
        .child(el("colgroup", "").children(columns))
        .child(el("thead", "").child(heads))
        .child(body)
}

/// Puts the row into the table, and its detail below it while it is open.
fn row(body: El, item: &Subscription) -> El {
    let (symbol, class, word) = status(item.status);
    let quantity = if item.billing_type == BillingType::Usage {
        t::subscriptions::usage().to_owned()
    } else {
        item.quantity.and_then(|n| usize::try_from(n).ok()).map(i18n::number).unwrap_or_default()
    };
    let open = shared(false);
    let (pressed, told, shown, of) = (open.clone(), open.clone(), open, item.clone());
    let twist = button("btn btn-icon btn-small twister", move || pressed.update(|open| *open = !*open))
        .attr("aria-label", &t::customers::details_of(name(item)))
        .live_attr("aria-expanded", move || Some(told.get().to_string()));
    let first = el("span", "line").child(twist).child(el("bdi", "name clip").text(name(item)));
    body.child(
        el("tr", "")
            .child(el("th", "").attr("scope", "row").child(first))
            .child(el("td", "x-kind").text(kind_name(kind(item))))
            .child(el("td", "").child(el("span", class).child(icon(symbol)).text(word)))
            .child(el("td", "num").text(&quantity))
            .child(el("td", "num x-due").text(&ends(item.commitment_end_date))),
    )
    .live(move || shown.get().then(|| detail_row(&of)))
}

/// As wide as the columns that every width shows, and a cell for each of the others.
fn detail_row(item: &Subscription) -> El {
    el("tr", "detail")
        .child(el("td", "").attr("colspan", "3").child(detail(item)))
        .child(el("td", "x-kind"))
        .child(el("td", "x-due"))
}

/// What is read once: the id, the reseller, the term.
fn detail(item: &Subscription) -> El {
    let id = el("span", "line wrap")
        .child(el("span", "mono").text(item.id.as_str()))
        .child(copy_button(item.id.as_str().to_owned(), t::customer::copy_id()));
    let text = |text: &str| el("bdi", "").text(text);
    let reseller = item.partner_id.as_deref().filter(|id| !id.is_empty());
    let renews = item
        .auto_renew_enabled
        .map(|renews| if renews { t::subscriptions::renews() } else { t::subscriptions::renews_not() });
    overview::facts([
        (t::subscriptions::id(), Some(id)),
        (t::customer::reseller(), Some(text(reseller.unwrap_or_else(|| t::columns::no_reseller())))),
        (t::entitlements::kind(), Some(text(kind_name(kind(item))))),
        (t::subscriptions::ends(), Some(text(&ends(item.commitment_end_date)))),
        (t::subscriptions::renewal(), renews.map(text)),
    ])
}
