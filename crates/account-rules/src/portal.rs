//! Microsoft's own portals, opened for a customer, cloud by cloud.

use app_config::Cloud;

/// A portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portal {
    /// Partner Center: orders and all that this application leaves to it.
    PartnerCenter,
    /// The Microsoft 365 admin center.
    Microsoft365,
    /// The Microsoft Entra admin center.
    Entra,
    /// The Azure portal.
    Azure,
}

impl Portal {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::PartnerCenter, Self::Microsoft365, Self::Entra, Self::Azure];

    /// Its address for a customer, by Microsoft ID; `None` in a cloud without it. The German cloud is closed.
    pub fn address(self, cloud: Cloud, tenant: &str) -> Option<String> {
        let (before, after) = match (self, cloud) {
            (Self::PartnerCenter, Cloud::Global | Cloud::UsGovernment) => {
                ("https://partner.microsoft.com/commerce/customers/", "/subscriptions")
            }
            (Self::Microsoft365, Cloud::Global) => (
                "https://admin.microsoft.com/Partner/BeginClientSession.aspx?CTID=",
                "&CSDEST=o365admincenter",
            ),
            (Self::Microsoft365, Cloud::UsGovernment) => (
                "https://portal.office365.us/Partner/BeginClientSession.aspx?CTID=",
                "&CSDEST=MicrosoftOnline",
            ),
            (Self::Microsoft365, Cloud::China) => (
                "https://portal.partner.microsoftonline.cn/Partner/BeginClientSession.aspx?CTID=",
                "&CSDEST=MicrosoftOnline",
            ),
            (Self::Entra, Cloud::Global) => ("https://entra.microsoft.com/", ""),
            (Self::Entra, Cloud::UsGovernment) => ("https://entra.microsoft.us/", ""),
            (Self::Entra, Cloud::China) => ("https://entra.microsoftonline.cn/", ""),
            (Self::Azure, Cloud::Global) => ("https://portal.azure.com/", ""),
            (Self::Azure, Cloud::UsGovernment) => ("https://portal.azure.us/", ""),
            (Self::Azure, Cloud::China) => ("https://portal.azure.cn/", ""),
            (Self::PartnerCenter, Cloud::China) | (_, Cloud::Germany) => return None,
        };
        // An id has nothing that would have to be encoded; what is none leads nowhere.
        let is_id = tenant.len() == 36 && tenant.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        is_id.then(|| [before, tenant, after].concat())
    }
}

/// Microsoft's page on exporting the costs of Azure.
pub const COST_EXPORTS: &str =
    "https://learn.microsoft.com/azure/cost-management-billing/costs/tutorial-improved-exports";

/// The public page that tells which tenant a domain belongs to; `domain` as it stands in an address.
pub fn tenant_page(domain: &str) -> String {
    ["https://login.microsoftonline.com/", domain, "/v2.0/.well-known/openid-configuration"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "5e170000-0000-4000-8000-00000000c500";

    #[test]
    fn each_cloud_has_its_own() {
        let hosts = |cloud| {
            Portal::ALL
                .iter()
                .filter_map(|portal| portal.address(cloud, ID))
                .map(|address| address.split('/').nth(2).unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let global =
            ["partner.microsoft.com", "admin.microsoft.com", "entra.microsoft.com", "portal.azure.com"];
        assert_eq!(hosts(Cloud::Global), global);
        assert!(hosts(Cloud::UsGovernment)[1..].iter().all(|host| host.rsplit('.').next() == Some("us")));
        assert!(hosts(Cloud::China).iter().all(|host| host.rsplit('.').next() == Some("cn")));
        assert!(hosts(Cloud::Germany).is_empty());
    }

    #[test]
    fn every_address_names_the_customer_and_nothing_else_gets_in() {
        for cloud in [Cloud::Global, Cloud::UsGovernment, Cloud::China] {
            for portal in Portal::ALL {
                assert!(portal.address(cloud, ID).is_none_or(|address| address.contains(ID)));
                assert_eq!(portal.address(cloud, "x\"><script>"), None);
                assert_eq!(portal.address(cloud, ""), None);
            }
        }
    }
}
