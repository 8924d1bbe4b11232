//! Links to Microsoft's own portals for a customer. A new tab: work here stays as it is.

use account_rules::Portal;
use relationship_removal::Check;

use crate::i18n::t;
use crate::state::root;
use crate::ui::{El, link, small_icon};

/// The portals of this cloud, each with its name and its address for a customer.
pub(super) fn portals(tenant: &str) -> impl Iterator<Item = (&'static str, String)> {
    Portal::ALL.into_iter().filter_map(move |portal| {
        let address = portal.address(root().config.cloud, tenant)?;
        let name = match portal {
            Portal::PartnerCenter => t::portals::partner_center(),
            Portal::Microsoft365 => t::portals::microsoft365(),
            Portal::Entra => t::portals::entra(),
            Portal::Azure => t::portals::azure(),
        };
        Some((name, address))
    })
}

/// A link for each portal of this cloud.
pub(super) fn portal_links(tenant: &str) -> impl Iterator<Item = El> {
    portals(tenant).map(|(name, address)| outward(name, &address))
}

/// Where orders are placed, in the clouds that have it: this application places none.
pub(super) fn orders(tenant: &str) -> Option<El> {
    let address = Portal::PartnerCenter.address(root().config.cloud, tenant)?;
    Some(outward(t::portals::orders(), &address))
}

/// Where something that cannot be ended here is ended.
pub(super) fn for_end(check: Check, tenant: &str) -> Option<El> {
    let (portal, name) = match check {
        Check::Reservations | Check::SavingsPlans => (Portal::Azure, t::portals::azure()),
        _ => (Portal::PartnerCenter, t::portals::partner_center()),
    };
    Some(outward(name, &portal.address(root().config.cloud, tenant)?))
}

fn outward(name: &str, address: &str) -> El {
    let link = link("out", address).attr("target", "_blank").attr("rel", "noopener noreferrer");
    link.text(name).child(small_icon("open"))
}
