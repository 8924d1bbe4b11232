//! Who the customer is: name and ids above, relationship and billing beside the work.

use leptos::prelude::*;
use partner_center::{Address, Customer};

use crate::i18n::{self, t};
use crate::pages::words::relation;
use crate::paths::Page;
use crate::ui::{CopyButton, Heading, Icon};

/// Name, domain and Microsoft ID.
#[component]
pub(super) fn Identity(customer: Customer) -> impl IntoView {
    let profile = customer.company_profile;
    let name =
        if profile.company_name.trim().is_empty() { profile.domain.clone() } else { profile.company_name };
    let id = customer.id.as_str().to_ascii_lowercase();
    view! {
        <div class="head">
            <div>
                <nav class="crumbs" aria-label=t::customer::path()>
                    <a href=Page::Customers { search: String::new() }.href()>{t::customer::customers()}</a>
                    <Icon name="chevron-right" class="icon-16 icon-flip" />
                    <span class="clip" aria-current="page"><bdi>{name.clone()}</bdi></span>
                </nav>
                <Heading text=name />
                <p class="meta idline">
                    <span>
                        <span class="sr">{t::customer::domain()} ": "</span>
                        <bdi>{profile.domain.clone()}</bdi>
                        <CopyButton text=profile.domain label=t::customer::copy_domain() />
                    </span>
                    <span>
                        <span class="sr">{t::customer::id()} ": "</span>
                        <span class="mono">{id.clone()}</span>
                        <CopyButton text=id label=t::customer::copy_id() />
                    </span>
                </p>
            </div>
        </div>
    }
}

/// Relationship and billing.
#[component]
pub(super) fn Rail(customer: Customer) -> impl IntoView {
    let delegated = customer.allow_delegated_access.map(|allowed| {
        if allowed {
            view! { <span class="status is-ok"><Icon name="ok" />{t::customer::delegated_yes()}</span> }
        } else {
            view! { <span class="status"><Icon name="minus" />{t::customer::delegated_no()}</span> }
        }
        .into_any()
    });
    let domains = customer.custom_domains.iter().filter(|domain| **domain != customer.company_profile.domain);
    let domains: Vec<String> = domains.cloned().collect();
    let other_domains = (!domains.is_empty()).then(|| lines(domains));
    view! {
        <div class="rail stack stack-24">
            <section class="section">
                <h2>{t::customer::relationship()}</h2>
                <dl class="facts facts-1">
                    <dt>{t::customer::kind()}</dt>
                    <dd>{relation(customer.relationship_to_partner)}</dd>
                    {fact(t::customer::delegated(), delegated)}
                    {fact(t::customer::reseller(), customer.associated_partner_id.map(IntoAny::into_any))}
                    {fact(t::customer::other_domains(), other_domains)}
                </dl>
            </section>
            <section class="section">
                <h2>{t::customer::billing()}</h2>
                {match customer.billing_profile {
                    None => view! { <p class="support">{t::customer::billing_none()}</p> }.into_any(),
                    Some(billing) => {
                        let person = [billing.first_name, billing.last_name];
                        let person: Vec<String> = person.into_iter().flatten().collect();
                        let contact = [Some(person.join(" ")), billing.email];
                        let contact = filled(contact.into_iter().flatten());
                        let address = billing.default_address.map(|address| postal_lines(&address));
                        let culture = billing.culture.or(billing.language).map(IntoAny::into_any);
                        view! {
                            <dl class="facts facts-1">
                                {fact(t::customer::company(), Some(billing.company_name.into_any()))}
                                {fact(t::customer::address(), address.map(lines))}
                                {fact(t::customer::contact(), (!contact.is_empty()).then(|| lines(contact)))}
                                {fact(t::customer::notices(), culture)}
                            </dl>
                        }
                            .into_any()
                    }
                }}
            </section>
        </div>
    }
}

/// A name and its value, if there is one.
fn fact(name: &'static str, value: Option<AnyView>) -> Option<AnyView> {
    value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> }.into_any())
}

fn lines(lines: Vec<String>) -> AnyView {
    let lines = lines.into_iter().map(|line| view! { <bdi>{line}</bdi> }).collect_view();
    view! { <span class="lines">{lines}</span> }.into_any()
}

fn filled(texts: impl Iterator<Item = String>) -> Vec<String> {
    texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The address, line by line. The order of the country's own post comes with its rules, in the form.
fn postal_lines(address: &Address) -> Vec<String> {
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    let town = filled([part(&address.postal_code), part(&address.city)].into_iter()).join(" ");
    let town = filled([town, part(&address.state)].into_iter()).join(", ");
    filled(
        [
            part(&address.address_line1),
            part(&address.address_line2),
            part(&address.address_line3),
            town,
            if address.country.is_empty() { String::new() } else { i18n::region_name(&address.country) },
        ]
        .into_iter(),
    )
}
