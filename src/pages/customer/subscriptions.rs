//! The customer's subscriptions with this partner, read only.

use futures_util::FutureExt;
use leptos::prelude::*;
use partner_center::{BillingType, Client, CustomerId, Error, Subscription, SubscriptionStatus};

use crate::i18n::{self, t};
use crate::pages::words::status;
use crate::state::root;
use crate::ui::{Empty, Icon, Loader};

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
        all.items.extend(page.items);
        all.skipped += page.skipped;
    }
    // What works first, then by name.
    all.items
        .sort_by_cached_key(|item| (item.status != SubscriptionStatus::Active, name(item).to_lowercase()));
    Ok(all)
}

fn name(subscription: &Subscription) -> String {
    let friendly = subscription.friendly_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    friendly.unwrap_or(&subscription.offer_name).to_owned()
}

/// The section. Its failure does not touch the rest of the page.
#[component]
pub(super) fn Subscriptions(id: CustomerId) -> impl IntoView {
    let client = root().client();
    let all = Loader::new(move || {
        let (client, id) = (client.clone(), id.clone());
        async move { read_all(&client, &id).await }.boxed_local()
    });
    let body = all.view(
        t::subscriptions::failed(),
        || {
            view! {
                <div class="stack late" role="img" aria-label=t::subscriptions::loading()>
                    <span class="bone bone-80"></span>
                    <span class="bone bone-60"></span>
                    <span class="bone bone-80"></span>
                </div>
            }
            .into_any()
        },
        |_| None,
        |all| {
            if all.items.is_empty() && all.skipped == 0 {
                return view! {
                    <Empty
                        icon="license"
                        title=t::subscriptions::none_title()
                        text=t::subscriptions::none_text()
                    />
                }
                .into_any();
            }
            let skipped = (all.skipped > 0).then(|| {
                view! {
                    <div class="bar bar-warn">
                        <Icon name="warn" />
                        <div class="bar-text">{t::subscriptions::skipped(all.skipped)}</div>
                    </div>
                }
            });
            view! {
                {skipped}
                <p class="meta">{t::subscriptions::count(all.items.len())}</p>
                <Table items=all.items.clone() />
            }
            .into_any()
        },
    );
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{t::subscriptions::title()}</h2>
            </div>
            {body}
        </section>
    }
}

#[component]
fn Table(items: Vec<Subscription>) -> impl IntoView {
    view! {
        <table class="table subs" aria-label=t::subscriptions::title()>
            <colgroup>
                <col />
                <col class="c-s" />
                <col class="c-q" />
                <col class="c-d" />
            </colgroup>
            <thead>
                <tr>
                    <th scope="col">{t::subscriptions::product()}</th>
                    <th scope="col">{t::subscriptions::status()}</th>
                    <th scope="col" class="num">{t::subscriptions::quantity()}</th>
                    <th scope="col" class="num x-due">{t::subscriptions::ends()}</th>
                </tr>
            </thead>
            <tbody>{items.into_iter().map(|item| view! { <Row item=item /> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(item: Subscription) -> impl IntoView {
    let (icon, class, word) = status(item.status);
    let quantity = if item.billing_type == BillingType::Usage {
        t::subscriptions::usage().to_owned()
    } else {
        item.quantity.and_then(|n| usize::try_from(n).ok()).map(i18n::number).unwrap_or_default()
    };
    let ends = match item.commitment_end_date {
        Some(end) if end.is_no_end() => t::subscriptions::no_end().to_owned(),
        Some(end) => i18n::date(end),
        None => "—".to_owned(),
    };
    view! {
        <tr>
            <th scope="row"><bdi class="name">{name(&item)}</bdi></th>
            <td><span class=class><Icon name=icon />{word}</span></td>
            <td class="num">{quantity}</td>
            <td class="num x-due">{ends}</td>
        </tr>
    }
}
