//! The products that customers have subscribed to. Names are those that agents know; ids are invented.

/// What kind of product it is, which decides the shape of its subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Licences bought before new commerce: no `productType`, upper-case ids.
    LegacyLicense,
    /// Azure bought before new commerce.
    LegacyAzure,
    /// Licences of new commerce.
    Nce,
    /// An Azure plan.
    AzurePlan,
    /// A reservation under an Azure plan.
    Reservation,
    /// Software, perpetual or by subscription.
    Software,
    /// A savings plan for Azure.
    SavingsPlan,
    /// Software as a service of another publisher, bought on the marketplace.
    Marketplace,
}

/// A product.
#[derive(Debug)]
pub struct Product {
    /// Its name.
    pub name: &'static str,
    /// Its kind.
    pub family: Family,
    /// The offer; legacy ones are upper case, those of new commerce name product, SKU and availability.
    pub offer: &'static str,
    /// The SKU that users get licences of: its GUID and part number. `None` when there is nothing to assign.
    pub sku: Option<(&'static str, &'static str)>,
    /// The service plans in the SKU.
    pub plans: &'static [&'static str],
    /// Whether it needs another subscription to be added to.
    pub add_on: bool,
}

/// Every product. One SKU has no service plans, and one part number holds a slash, as on the real wire.
pub const PRODUCTS: &[Product] = &[
    legacy(
        "Office 365 Business Premium",
        "A1F2C3D4-0001-4C1E-8A01-0F1E2D3C4B01",
        Some(("51a70000-0000-4000-8000-000000000001", "O365_BUSINESS_PREMIUM")),
        &["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", "TEAMS1"],
    ),
    legacy(
        "Office 365 E3",
        "A1F2C3D4-0002-4C1E-8A01-0F1E2D3C4B02",
        Some(("51a70000-0000-4000-8000-000000000002", "ENTERPRISEPACK")),
        &["EXCHANGE_S_ENTERPRISE", "SHAREPOINTENTERPRISE"],
    ),
    legacy(
        "Exchange Online (Plan 1)",
        "A1F2C3D4-0003-4C1E-8A01-0F1E2D3C4B03",
        Some(("51a70000-0000-4000-8000-000000000003", "EXCHANGESTANDARD")),
        &["EXCHANGE_S_STANDARD"],
    ),
    Product {
        name: "Extra File Storage (Add-on)",
        family: Family::LegacyLicense,
        offer: "A1F2C3D4-0004-4C1E-8A01-0F1E2D3C4B04",
        sku: Some(("51a70000-0000-4000-8000-000000000004", "SHAREPOINTSTORAGE/GOV")),
        plans: &[],
        add_on: true,
    },
    nce(
        "Microsoft 365 Business Standard",
        "DZH318Z0BXWC:0001:DZH318Z0BMJX",
        Some(("51a70000-0000-4000-8000-000000000005", "O365_BUSINESS_PREMIUM_NCE")),
        &["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", "TEAMS1"],
    ),
    nce(
        "Microsoft 365 Business Premium",
        "DZH318Z0BXWD:0002:DZH318Z0BMJY",
        Some(("51a70000-0000-4000-8000-000000000006", "SPB")),
        &["EXCHANGE_S_STANDARD", "INTUNE_A", "AAD_PREMIUM"],
    ),
    nce(
        "Microsoft 365 E5",
        "DZH318Z0BXWF:0001:DZH318Z0BMK0",
        Some(("51a70000-0000-4000-8000-000000000007", "SPE_E5")),
        &["EXCHANGE_S_ENTERPRISE", "AAD_PREMIUM_P2"],
    ),
    nce(
        "Power BI Pro",
        "DZH318Z0BXWG:000K:DZH318Z0BMK1",
        Some(("51a70000-0000-4000-8000-000000000008", "POWER_BI_PRO")),
        &["BI_AZURE_P2"],
    ),
    Product {
        name: "Audio Conferencing (Add-on)",
        family: Family::Nce,
        offer: "DZH318Z0BXWH:0003:DZH318Z0BMK2",
        sku: Some(("51a70000-0000-4000-8000-000000000009", "MCOMEETADV")),
        plans: &["MCOMEETADV"],
        add_on: true,
    },
    plain("Azure plan", Family::AzurePlan, "DZH318Z0BXWP:0001:DZH318Z0BMK8"),
    plain("Microsoft Azure", Family::LegacyAzure, "MS-AZR-0145P"),
    plain(
        "Reserved VM Instance, Standard_D2s_v5, 3 years",
        Family::Reservation,
        "DZH318Z0BXWR:00VQ:DZH318Z0BMKA",
    ),
    plain("Windows Server 2025 Standard, 16 cores", Family::Software, "DG7GMGF0BXWS:0004:DG7GMGF0BMKB"),
];

/// Products that nobody has bought by chance: they come to customers here, and with those who show a case.
pub const EXTRA: &[Product] = &[
    plain("Azure savings plan for compute, 1 year", Family::SavingsPlan, "DZH318Z0BXWV:0001:DZH318Z0BMKD"),
    plain("Firma Segura (SaaS)", Family::Marketplace, "DZH318Z0BXWM:0002:DZH318Z0BMKE"),
];

type Sku = Option<(&'static str, &'static str)>;

const fn legacy(
    name: &'static str,
    offer: &'static str,
    sku: Sku,
    plans: &'static [&'static str],
) -> Product {
    Product { name, family: Family::LegacyLicense, offer, sku, plans, add_on: false }
}

const fn nce(name: &'static str, offer: &'static str, sku: Sku, plans: &'static [&'static str]) -> Product {
    Product { name, family: Family::Nce, offer, sku, plans, add_on: false }
}

const fn plain(name: &'static str, family: Family, offer: &'static str) -> Product {
    Product { name, family, offer, sku: None, plans: &[], add_on: false }
}
