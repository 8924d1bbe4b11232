//! What Microsoft knows of the customer's company, and of whom it sends bills to.

use partner_center::Customer;

use super::overview;
use crate::i18n::t;
use crate::ui::{El, el};

/// Both, beside each other.
pub(super) fn section(customer: &Customer) -> El {
    let profile = &customer.company_profile;
    let company = overview::facts([
        (t::customer::company(), overview::lines(&overview::filled([Some(profile.company_name.as_str())]))),
        (t::customer::domain(), overview::lines(&overview::filled([Some(profile.domain.as_str())]))),
        (
            t::customer::address(),
            profile.address.as_ref().and_then(|address| overview::lines(&overview::postal_lines(address))),
        ),
        (t::account::mail(), overview::lines(&overview::filled([profile.email.as_deref()]))),
        (
            t::account::registration(),
            overview::lines(&overview::filled([profile.organization_registration_number.as_deref()])),
        ),
    ]);
    let part = |title: &str, hint: &str, content: El| {
        el("section", "section")
            .child(el("h2", "").text(title))
            .child(el("p", "meta measure").text(hint))
            .child(content)
    };
    el("div", "halves").child(part(t::account::company(), t::account::company_hint(), company)).child(part(
        t::customer::billing(),
        t::account::billing_hint(),
        overview::billing(customer.billing_profile.as_ref()),
    ))
}
