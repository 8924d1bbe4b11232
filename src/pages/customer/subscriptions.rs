//! The customer's subscriptions with this partner, read only.

use std::cmp::Ordering;
use std::rc::Rc;

use csv_export::Sheet;
use customer_index::Fold;
use futures_util::FutureExt;
use partner_center::{BillingType, Client, CustomerId, Error, Subscription, SubscriptionStatus};

use super::attention;
use crate::i18n::{self, t};
use crate::pages::save::{Kind, offer};
use crate::pages::words::{ends, status};
use crate::state::root;
use crate::ui::{El, Show, button, choose, el, empty, icon, load, shared, small_icon, value_of};

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
    el("div", "stack stack-24").maybe(findings).child(
        el("div", "stack stack-8").child(el("h2", "").text(t::subscriptions::title())).child(found(all, id)),
    )
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
    let (items, text) = (Rc::new(all.items.clone()), shared((String::new(), String::new())));
    let by_state = text.clone();
    let states = states(&all.items, move |state| by_state.update(|wanted| state.clone_into(&mut wanted.1)));
    let (typed, searched, listed, exported, wanted) =
        (text.clone(), text.clone(), items.clone(), items.clone(), text);
    let find = el("div", "input find")
        .child(small_icon("search"))
        .child(el("label", "sr").attr("for", "find-sub").text(t::subscriptions::search()))
        .child(
            el("input", "")
                .attr("id", "find-sub")
                .attr("type", "search")
                .attr("autocomplete", "off")
                .attr("placeholder", t::subscriptions::search())
                .on("input", move |event| typed.update(|wanted| wanted.0 = value_of(&event))),
        );
    let id = id.as_str().to_ascii_lowercase();
    let save = move || export(&matching(&exported, &wanted.peek(Clone::clone)), &id);
    let export = button("btn btn-small", save).child(icon("download")).text(t::subscriptions::export());
    let tools = el("div", "tools").child(find).child(states).child(export);
    el("div", "stack stack-8").maybe(skipped).child(tools).live(move || {
        let found = matching(&listed, &searched.get());
        let count = el("p", "meta").attr("role", "status").text(&t::subscriptions::count(found.len()));
        Some(el("div", "stack stack-8").child(count).child(table(&found)))
    })
}

/// The states that there are, each once.
fn states(items: &[Subscription], chosen: impl Fn(&str) + 'static) -> El {
    let mut options = vec![("", t::subscriptions::any_status())];
    for item in items {
        let option = (item.status.as_str(), status(item.status).2);
        if !options.contains(&option) {
            options.push(option);
        }
    }
    choose(t::subscriptions::status(), &options, chosen)
}

/// Those in this state, if one is wanted, whose name or state has all words of the text.
fn matching(items: &[Subscription], (text, state): &(String, String)) -> Vec<Subscription> {
    let fold = &root().customers.fold;
    let text = fold.fold(text.trim());
    let has = |item: &&Subscription| {
        let folded = fold.fold(&[name(item), " ", status(item.status).2, " ", item.id.as_str()].concat());
        (state.is_empty() || item.status.as_str() == state)
            && text.split(' ').all(|word| folded.contains(word))
    };
    items.iter().filter(has).cloned().collect()
}

/// The columns of Partner Center's own export.
fn export(items: &[Subscription], customer: &str) {
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
    let columns = ["", "c-s", "c-q", "c-d"].map(|class| el("col", class));
    let heads = el("tr", "")
        .child(head("", t::subscriptions::product()))
        .child(head("", t::subscriptions::status()))
        .child(head("num", t::subscriptions::quantity()))
        .child(head("num x-due", t::subscriptions::ends()));
    el("table", "table flush subs")
        .attr("aria-label", t::subscriptions::title())
        .child(el("colgroup", "").children(columns))
        .child(el("thead", "").child(heads))
        .child(el("tbody", "").children(items.iter().map(row)))
}

fn row(item: &Subscription) -> El {
    let (symbol, class, word) = status(item.status);
    let quantity = if item.billing_type == BillingType::Usage {
        t::subscriptions::usage().to_owned()
    } else {
        item.quantity.and_then(|n| usize::try_from(n).ok()).map(i18n::number).unwrap_or_default()
    };
    el("tr", "")
        .child(el("th", "").attr("scope", "row").child(el("bdi", "name").text(name(item))))
        .child(el("td", "").child(el("span", class).child(icon(symbol)).text(word)))
        .child(el("td", "num").text(&quantity))
        .child(el("td", "num x-due").text(&ends(item.commitment_end_date)))
}
