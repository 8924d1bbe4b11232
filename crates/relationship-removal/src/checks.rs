//! What is looked at before a relationship ends, and what was found.

use partner_center::{Customer, Error, SubscriptionId, Timestamp, TransferId};

use crate::{Clear, fixes::Step};

/// What is looked at: everything that Microsoft wants ended first, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Licences of new commerce: suspended is not enough, they have to be cancelled.
    NewCommerce,
    /// Subscriptions from before new commerce: they have to be suspended.
    Legacy,
    /// Azure plans, and the Azure subscriptions under them.
    AzurePlan,
    /// Reservations of Azure capacity.
    Reservations,
    /// Savings plans of Azure.
    SavingsPlans,
    /// Software, perpetual or for a term.
    Software,
    /// What was bought in the Marketplace, and whatever this release has no name for.
    Marketplace,
    /// Requests to move subscriptions from or to another partner that are not over.
    Transfers,
}

impl Check {
    /// All, in their order.
    pub const ALL: [Self; 8] = [
        Self::NewCommerce,
        Self::Legacy,
        Self::AzurePlan,
        Self::Reservations,
        Self::SavingsPlans,
        Self::Software,
        Self::Marketplace,
        Self::Transfers,
    ];

    /// Its name in files and records.
    pub fn key(self) -> &'static str {
        match self {
            Self::NewCommerce => "new-commerce",
            Self::Legacy => "legacy",
            Self::AzurePlan => "azure-plan",
            Self::Reservations => "reservations",
            Self::SavingsPlans => "savings-plans",
            Self::Software => "software",
            Self::Marketplace => "marketplace",
            Self::Transfers => "transfers",
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// What was found.
    pub verdict: Verdict,
}

/// Whether something stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing does.
    Passed,
    /// These do.
    Blocks(Vec<Blocker>),
    /// Nobody can say, which blocks as well.
    Unknown(Why),
}

/// Why nobody can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It could not be read.
    Failed(Error),
    /// So many things could not be understood: they came in a form, or in a state, that this release does not know.
    NotUnderstood(usize),
}

/// One thing that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// What it is.
    pub thing: Thing,
    /// What it is called.
    pub name: String,
    /// How many licences or units; `None` where nothing is counted.
    pub quantity: Option<u32>,
    pub(crate) way: Way,
}

/// By what a blocker is found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A subscription.
    Subscription(SubscriptionId),
    /// An Azure subscription under an Azure plan.
    Azure {
        /// The plan.
        plan: SubscriptionId,
        /// The Azure subscription's id.
        entitlement: String,
    },
    /// An entitlement, by its order.
    Order(String),
    /// A request to move subscriptions.
    Transfer(TransferId),
}

/// How a thing can be ended at all, whenever that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    Suspend,
    Cancel(Terms),
    CancelAzure,
    Portal,
    Transfer,
    Later,
}

/// When a subscription of new commerce can be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Until when it can be cancelled, by the service's clock; `None` where the service named no time.
    pub cancel_until: Option<Timestamp>,
    /// When its term ends.
    pub ends: Option<Timestamp>,
    /// Whether it then renews itself.
    pub renews: bool,
}

/// What can be done about a blocker now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fix {
    /// Suspend it: users are blocked, and the data are deleted after 90 days.
    Suspend,
    /// Cancel it, until this time.
    Cancel(Timestamp),
    /// Cancel the Azure subscription: what runs in it stops.
    CancelAzure,
    /// Wait for the end of its term, and have it not renewed.
    Wait(Terms),
    /// Only in Microsoft's portals.
    Portal,
    /// Answer the request, or take it back: where transfers are.
    Transfer,
    /// It is being set up: look again later.
    Later,
}

impl Blocker {
    /// What can be done about it at this time of the service's clock: a window closes while somebody looks at it.
    pub fn fix(&self, now: Timestamp) -> Fix {
        match self.way {
            Way::Suspend => Fix::Suspend,
            Way::Cancel(terms) => match terms.cancel_until {
                Some(until) if now <= until => Fix::Cancel(until),
                _ => Fix::Wait(terms),
            },
            Way::CancelAzure => Fix::CancelAzure,
            Way::Portal => Fix::Portal,
            Way::Transfer => Fix::Transfer,
            Way::Later => Fix::Later,
        }
    }

    /// The change that can be made here at this time; `None` where nothing can be done but wait or go elsewhere.
    pub fn step(&self, now: Timestamp) -> Option<Step> {
        match (&self.thing, self.fix(now)) {
            (Thing::Subscription(id), Fix::Suspend) => Some(Step::Suspend(id.clone())),
            (Thing::Subscription(id), Fix::Cancel(_)) => Some(Step::Cancel(id.clone())),
            (Thing::Subscription(id), Fix::Wait(Terms { renews: true, .. })) => {
                Some(Step::StopRenewal(id.clone()))
            }
            (Thing::Azure { plan, entitlement }, Fix::CancelAzure) => {
                Some(Step::CancelAzure { plan: plan.clone(), entitlement: entitlement.clone() })
            }
            _ => None,
        }
    }

    /// When the window to cancel it closes, if it has one.
    pub fn window(&self) -> Option<Timestamp> {
        match self.way {
            Way::Cancel(terms) => terms.cancel_until,
            _ => None,
        }
    }
}

/// A customer of whom everything was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The customer, as the partner sees it.
    pub customer: Customer,
    /// When it was looked at, by the service's clock.
    pub at: Timestamp,
    pub(crate) findings: Vec<Finding>,
}

impl Checked {
    /// What each check found, in their order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Everything that blocks, over all checks.
    pub fn blockers(&self) -> impl Iterator<Item = &Blocker> {
        self.findings.iter().flat_map(|finding| match &finding.verdict {
            Verdict::Blocks(blockers) => blockers.as_slice(),
            Verdict::Passed | Verdict::Unknown(_) => &[],
        })
    }

    /// How many checks block, are unknown, are passed.
    pub fn counts(&self) -> (usize, usize, usize) {
        let of = |wanted: fn(&Verdict) -> bool| self.findings.iter().filter(|f| wanted(&f.verdict)).count();
        (
            of(|verdict| matches!(verdict, Verdict::Blocks(_))),
            of(|verdict| matches!(verdict, Verdict::Unknown(_))),
            of(|verdict| matches!(verdict, Verdict::Passed)),
        )
    }

    /// Whether nothing stands in the way.
    pub fn is_clear(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdict == Verdict::Passed)
    }

    /// The way is free; what is not is handed back.
    ///
    /// # Errors
    /// Itself, where a check blocks or is unknown.
    pub fn clear(self) -> Result<Clear, Box<Self>> {
        if self.is_clear() { Ok(Clear(self)) } else { Err(Box::new(self)) }
    }
}
