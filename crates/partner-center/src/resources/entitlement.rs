//! What a customer owns beside subscriptions, and what therefore stands in the way of ending the relationship.

use crate::{
    Timestamp,
    json::{resource, wire_enum},
    uri::Query,
};

resource! {
    /// A right to use something that the partner bought for the customer. It has no id of its own.
    pub struct Entitlement {
        /// What kind of thing it is.
        pub entitlement_type: EntitlementType = "entitlementType",
        /// The product.
        pub product_id: String = "productId",
        /// The product's variant.
        pub sku_id: Option<String> = "skuId",
        /// How many, without those that are not delivered or were transferred.
        pub quantity: Option<u32> = "quantity",
        /// How many there are in each state.
        pub quantity_details: Vec<EntitlementQuantity> = "quantityDetails",
        /// The order that it came with.
        pub reference_order: Option<ReferenceOrder> = "referenceOrder",
        /// Until when it lasts. What runs on the customer's own machines has no end.
        pub expiry_date: Option<Timestamp> = "expiryDate",
        /// How far its delivery is.
        pub fulfillment_state: Option<String> = "fulfillmentState",
    }
}

resource! {
    /// How many of an entitlement are in one state.
    pub struct EntitlementQuantity {
        /// How many.
        pub quantity: Option<u32> = "quantity",
        /// The state.
        pub status: String = "status",
    }
}

resource! {
    /// The order behind an entitlement.
    pub struct ReferenceOrder {
        /// The order's id.
        pub id: String = "id",
        /// The line in the order.
        pub line_item_id: Option<String> = "lineItemId",
        /// Another id of that line.
        pub alternate_id: Option<String> = "alternateId",
    }
}

wire_enum! {
    /// A kind of entitlement.
    pub enum EntitlementType {
        /// A reservation of Azure capacity.
        VirtualMachineReservedInstance = "virtual_machine_reserved_instance" | "reserved_instance",
        /// Software, perpetual or for a term.
        Software = "software",
    }
}

impl EntitlementType {
    /// The value in a query, which is spelled otherwise than in an answer; `None` asks for all.
    fn as_query(self) -> Option<&'static str> {
        match self {
            Self::VirtualMachineReservedInstance => Some("reservedInstance"),
            Self::Software => Some("software"),
            Self::Unknown => None,
        }
    }

    /// Path and query, for a customer's path of entitlements. Ends are told only to those who ask for them.
    pub(crate) fn path(self, entitlements: &str) -> String {
        Query::new(entitlements)
            .with("entitlementType", self.as_query())
            .with("showExpiry", Some("true"))
            .build()
    }
}
