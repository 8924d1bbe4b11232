//! Licences: what a customer's directory has to give, and what its users were given.

use crate::{
    SkuId,
    json::{resource, wire_enum},
    uri::Query,
};

resource! {
    /// A product with licences that a customer's users can be given, and how many of them there are. A count that
    /// the service did not tell is `None`, which is not the same as none left.
    pub struct SubscribedSku {
        /// The product.
        pub product_sku: ProductSku = "productSku",
        /// Licences that can still be given out.
        pub available_units: Option<u32> = "availableUnits",
        /// Licences that are paid for and in use or free.
        pub active_units: Option<u32> = "activeUnits",
        /// Licences that users have.
        pub consumed_units: Option<u32> = "consumedUnits",
        /// Licences of suspended subscriptions.
        pub suspended_units: Option<u32> = "suspendedUnits",
        /// Active licences and those in their time of grace.
        pub total_units: Option<u32> = "totalUnits",
        /// Licences whose term is over and that still work for a while.
        pub warning_units: Option<u32> = "warningUnits",
        /// What the product consists of; empty for some.
        pub service_plans: Vec<ServicePlan> = "servicePlans",
        /// Whether it can be used: `Enabled`, `Warning`, `Suspended`.
        pub capability_status: Option<String> = "capabilityStatus",
    }
}

resource! {
    /// A licence that a user has.
    pub struct License {
        /// The product.
        pub product_sku: ProductSku = "productSku",
        /// What the product consists of; empty for some.
        pub service_plans: Vec<ServicePlan> = "servicePlans",
    }
}

resource! {
    /// A product that licences are for.
    pub struct ProductSku {
        /// Its id, which an assignment names.
        pub id: SkuId = "id",
        /// Its name.
        pub name: String = "name",
        /// Its short name: `ENTERPRISEPACK`. It may hold a slash, so it is nothing to build a path from.
        pub sku_part_number: Option<String> = "skuPartNumber",
        /// What it is for: `User`, `Tenant`.
        pub target_type: Option<String> = "targetType",
        /// Who manages its licences.
        pub license_group: LicenseGroup = "licenseGroupId",
    }
}

resource! {
    /// A part of a product, which an assignment can leave out.
    pub struct ServicePlan {
        /// Its id.
        pub id: String = "id",
        /// Its name.
        pub display_name: String = "displayName",
        /// Its technical name.
        pub service_name: String = "serviceName",
        /// Whether it can be used: `Enabled`, `Warning`, `Suspended`.
        pub capability_status: Option<String> = "capabilityStatus",
        /// What it is for: `User`, `Company`.
        pub target_type: Option<String> = "targetType",
    }
}

wire_enum! {
    /// Who manages the licences of a product.
    pub enum LicenseGroup {
        /// The customer's directory.
        Group1 = "group1",
        /// Minecraft's own service.
        Group2 = "group2",
    }
}

/// The path with the licences of all groups asked for: the service tells only the first group's by itself.
pub(crate) fn of_all_groups(path: &str) -> String {
    Query::new(path).with("licenseGroupIds", Some("Group1")).with("licenseGroupIds", Some("Group2")).build()
}
