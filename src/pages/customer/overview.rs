//! Who the customer is: name and ids above, relationship and billing beside the work.

use partner_center::{Address, BillingProfile, Customer};

use super::tasks;
use crate::i18n::{self, t};
use crate::pages::portals::portal_links;
use crate::pages::words::relation;
use crate::paths::Page;
use crate::ui::{El, copy_button, el, heading, icon, link, small_icon};

/// Name, domain and Microsoft ID.
pub(super) fn identity(customer: &Customer) -> El {
    let profile = &customer.company_profile;
    let name = if profile.company_name.trim().is_empty() { &profile.domain } else { &profile.company_name };
    let id = customer.id.as_str().to_ascii_lowercase();
    let crumbs = el("nav", "crumbs")
        .attr("aria-label", t::customer::path())
        .child(link("", &Page::all_customers().href()).text(t::customer::customers()))
        .child(small_icon("chevron-right"))
        .child(el("span", "clip").attr("aria-current", "page").child(el("bdi", "").text(name)));
    let ids = el("p", "meta idline")
        .child(
            el("span", "")
                .child(el("span", "sr").text(t::customer::domain()).text(": "))
                .child(el("bdi", "").text(&profile.domain))
                .child(copy_button(profile.domain.clone(), t::customer::copy_domain())),
        )
        .child(
            el("span", "")
                .child(el("span", "sr").text(t::customer::id()).text(": "))
                .child(el("span", "mono").text(&id))
                .child(copy_button(id, t::customer::copy_id())),
        );
    el("div", "head").child(el("div", "").child(crumbs).child(heading(name)).child(ids))
}

/// What can be done, relationship, company and billing.
pub(super) fn rail(customer: &Customer) -> El {
    el("div", "rail stack stack-24")
        .child(section(t::customer::tasks(), tasks::list(customer)))
        .child(section(t::customer::relationship(), relationship(customer)))
        .child(section(t::customer::company(), company(customer)))
        .child(section(t::customer::billing(), billing(customer.billing_profile.as_ref())))
        .child(section(
            t::portals::title(),
            el("div", "stack stack-4 links")
                .children(portal_links(&customer.id.as_str().to_ascii_lowercase())),
        ))
}

fn section(title: &str, content: El) -> El {
    el("section", "section").child(el("h2", "").text(title)).child(content)
}

fn relationship(customer: &Customer) -> El {
    let domains: Vec<String> = customer
        .custom_domains
        .iter()
        .filter(|domain| **domain != customer.company_profile.domain)
        .cloned()
        .collect();
    let delegated = customer.allow_delegated_access.map(|allowed| {
        if allowed {
            el("span", "status is-ok").child(icon("ok")).text(t::customer::delegated_yes())
        } else {
            el("span", "status").child(icon("minus")).text(t::customer::delegated_no())
        }
    });
    facts([
        (t::customer::kind(), Some(el("span", "").text(relation(customer.relationship_to_partner)))),
        (t::customer::delegated(), delegated),
        (t::columns::agreement(), super::agreement::state(customer.id.clone())),
        (t::customer::reseller(), lines(customer.associated_partner_id.as_slice())),
        (t::customer::other_domains(), lines(&domains)),
    ])
}

/// Where the company is, or why that is not known.
fn company(customer: &Customer) -> El {
    let address = customer.company_profile.address.as_ref().and_then(|address| lines(&postal_lines(address)));
    match address {
        Some(address) => facts([(t::customer::address(), Some(address))]),
        None => el("p", "support").text(t::customer::no_address()),
    }
}

pub(super) fn billing(profile: Option<&BillingProfile>) -> El {
    let Some(profile) = profile else {
        return el("p", "support").text(t::customer::billing_none());
    };
    let person = filled([profile.first_name.as_deref(), profile.last_name.as_deref()]).join(" ");
    let contact = filled([Some(person.as_str()), profile.email.as_deref()]);
    let culture = profile.culture.as_deref().or(profile.language.as_deref()).map(i18n::language_name);
    facts([
        (t::customer::company(), lines(&filled([Some(profile.company_name.as_str())]))),
        (
            t::customer::address(),
            profile.default_address.as_ref().and_then(|address| lines(&postal_lines(address))),
        ),
        (t::customer::contact(), lines(&contact)),
        (t::customer::notices(), lines(&filled([culture.as_deref()]))),
    ])
}

/// Names and their values, as far as there are any.
pub(super) fn facts<const N: usize>(facts: [(&str, Option<El>); N]) -> El {
    let pairs = facts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    el("dl", "facts facts-1")
        .children(pairs.flat_map(|(name, value)| [el("dt", "").text(name), el("dd", "").child(value)]))
}

pub(super) fn lines(lines: &[String]) -> Option<El> {
    let lines = lines.iter().map(|line| el("bdi", "").text(line));
    (lines.len() > 0).then(|| el("span", "lines").children(lines))
}

pub(super) fn filled<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Vec<String> {
    texts.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// The address, line by line. The order of the country's own post comes with its rules, in the form.
pub(super) fn postal_lines(address: &Address) -> Vec<String> {
    let town = filled([address.postal_code.as_deref(), address.city.as_deref()]).join(" ");
    let town = filled([Some(town.as_str()), address.state.as_deref()]).join(", ");
    let country =
        if address.country.is_empty() { String::new() } else { i18n::region_name(&address.country) };
    filled([
        address.address_line1.as_deref(),
        address.address_line2.as_deref(),
        address.address_line3.as_deref(),
        Some(town.as_str()),
        Some(country.as_str()),
    ])
}
