//! Links to Microsoft's own portals for a customer. A new tab: work here stays as it is.

use account_rules::Portal;

use crate::i18n::t;
use crate::state::root;
use crate::ui::{El, link, small_icon};

/// A link for each portal of this cloud.
pub(super) fn portal_links(tenant: &str) -> impl Iterator<Item = El> {
    Portal::ALL.into_iter().filter_map(move |portal| {
        let address = portal.address(root().config.cloud, tenant)?;
        let name = match portal {
            Portal::PartnerCenter => t::portals::partner_center(),
            Portal::Microsoft365 => t::portals::microsoft365(),
            Portal::Entra => t::portals::entra(),
            Portal::Azure => t::portals::azure(),
        };
        let link = link("", &address).attr("target", "_blank").attr("rel", "noopener noreferrer");
        Some(link.text(name).child(small_icon("open")))
    })
}
