//! Subscriptions of a customer.

use super::Attributes;
use crate::{
    SubscriptionId, Timestamp,
    json::{resource, wire_enum},
};

resource! {
    /// A subscription. Legacy ones have no product type.
    pub struct Subscription {
        /// The subscription's id.
        pub id: SubscriptionId = "id",
        /// The offer: a GUID for legacy ones, `product:sku:availability` for new commerce.
        pub offer_id: String = "offerId",
        /// The offer's name.
        pub offer_name: String = "offerName",
        /// The name that the partner gave it.
        pub friendly_name: Option<String> = "friendlyName",
        /// The id in Azure, for Azure subscriptions.
        pub entitlement_id: Option<String> = "entitlementId",
        /// What kind of product it is; absent for legacy ones.
        pub product_type: Option<ProductType> = "productType",
        /// Licences, or 1 for what is paid by use.
        pub quantity: Option<u32> = "quantity",
        /// What the quantity counts: `Licenses`, `License(s)`, `Usage-based`, `none`.
        pub unit_type: Option<String> = "unitType",
        /// The subscription that this one is an add-on to.
        pub parent_subscription_id: Option<SubscriptionId> = "parentSubscriptionId",
        /// When it was created.
        pub creation_date: Option<Timestamp> = "creationDate",
        /// Since when it is in effect.
        pub effective_start_date: Option<Timestamp> = "effectiveStartDate",
        /// Until when the customer is bound. See [`Timestamp::is_no_end`].
        pub commitment_end_date: Option<Timestamp> = "commitmentEndDate",
        /// Until when new commerce allows to cancel it.
        pub cancellation_allowed_until_date: Option<Timestamp> = "cancellationAllowedUntilDate",
        /// Its state.
        pub status: SubscriptionStatus = "status",
        /// Whether it renews itself; `None` where it was not said.
        pub auto_renew_enabled: Option<bool> = "autoRenewEnabled",
        /// Whether it is a trial.
        pub is_trial: bool = "isTrial",
        /// How it is billed.
        pub billing_type: BillingType = "billingType",
        /// How often it is billed: `monthly`, `annual`.
        pub billing_cycle: Option<String> = "billingCycle",
        /// Its term as an ISO 8601 duration: `P1M`, `P1Y`, `P3Y`.
        pub term_duration: Option<String> = "termDuration",
        /// The indirect reseller that owns it (MPN ID), or empty.
        pub partner_id: Option<String> = "partnerId",
        /// Why it is suspended; empty when it is not.
        pub suspension_reasons: Vec<String> = "suspensionReasons",
        /// The kind of contract: `subscription`, `productKey`.
        pub contract_type: Option<String> = "contractType",
        /// The order that it came with.
        pub order_id: Option<String> = "orderId",
        /// What the service would pay back if it were cancelled; empty where it said nothing.
        pub refund_options: Vec<RefundOption> = "refundOptions",
        /// What may be done with it, in the service's words: `edit`, `cancel`.
        pub actions: Vec<String> = "actions",
        /// Holds the version that a change must name.
        pub attributes: Attributes = "attributes",
    }
}

resource! {
    /// What is paid back for a cancelled subscription.
    pub struct RefundOption {
        /// `Full` or `Partial`.
        pub refund_type: String = "type",
        /// Until when.
        pub expires_at: Option<Timestamp> = "expiresAt",
    }
}

resource! {
    /// A kind of product.
    pub struct ProductType {
        /// `OnlineServicesNCE`, `Azure`, `Software` and others.
        pub id: String = "id",
        /// The kind in words.
        pub display_name: String = "displayName",
    }
}

wire_enum! {
    /// The state of a subscription.
    pub enum SubscriptionStatus {
        /// Not said.
        None = "none",
        /// In use.
        Active = "active",
        /// Being set up.
        Pending = "pending",
        /// Users are blocked; new commerce goes on billing.
        Suspended = "suspended",
        /// The term is over; users can still work for a while.
        Expired = "expired",
        /// Only administrators have access.
        Disabled = "disabled",
        /// Cancelled within the allowed window (new commerce).
        Canceled = "canceled",
        /// Gone, its data too.
        Deleted = "deleted",
    }
}

wire_enum! {
    /// How a subscription is billed.
    pub enum BillingType {
        /// Not billed.
        None = "none",
        /// By use.
        Usage = "usage",
        /// By licence.
        License = "license",
        /// A benefit such as a reservation.
        Benefit = "benefit",
    }
}
