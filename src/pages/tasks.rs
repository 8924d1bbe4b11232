//! What can be done with a customer beyond reading it. The one place that knows which tasks there are, where each is done,
//! and why one cannot be done: the list's menu, the customer's page and the page after adding show what stands here.

use account_rules::{self as rules, Means, Work, means};
use partner_center::RelationshipToPartner;

use crate::i18n::t;
use crate::paths::{CustomerKey, CustomerTab, ImportStep, Page, SwitchView};
use crate::state::root;

/// A task.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Users from a file.
    Import,
    /// Azure subscriptions to another partner, and from one.
    Switch,
    /// The end of the relationship.
    Remove,
}

impl Task {
    /// All, in the order in which they are shown.
    pub(super) const ALL: [Self; 3] = [Self::Import, Self::Switch, Self::Remove];

    /// Its icon.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Import => "people",
            Self::Switch => "history",
            Self::Remove => "close",
        }
    }

    /// Its name.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Import => t::tasks::import(),
            Self::Switch => t::tasks::switch(),
            Self::Remove => t::tasks::remove(),
        }
    }

    /// Where it is done for the customer with this Microsoft ID, in lower case; else why it cannot be done.
    /// `relationship` is what the partner is to the customer.
    pub(super) fn place(self, id: &str, relationship: RelationshipToPartner) -> Result<Page, &'static str> {
        let page = self.page(CustomerKey::Id(id.to_owned()));
        may(self.work())?;
        match self {
            Self::Import => by(self.work()).map(|()| page),
            Self::Remove if relationship != RelationshipToPartner::Reseller => Err(t::tasks::no_reseller()),
            // Where a switch goes by hand, its page has the form.
            Self::Switch | Self::Remove => Ok(page),
        }
    }

    fn work(self) -> Work {
        match self {
            Self::Import => Work::Import,
            Self::Switch => Work::Switch,
            Self::Remove => Work::Remove,
        }
    }

    /// Its page.
    fn page(self, of: CustomerKey) -> Page {
        match self {
            Self::Import => Page::Import(of, ImportStep::Source),
            Self::Switch => Page::Switch(of, SwitchView::All),
            Self::Remove => Page::Customer(of, CustomerTab::Relationship),
        }
    }
}

/// Whether a work can be begun here by whoever is signed in; else why not. What goes by hand can: its page says how.
pub(super) fn may(work: Work) -> Result<(), &'static str> {
    if means(work, root().config.cloud) == Means::None {
        return Err(t::tasks::not_here());
    }
    let allowed = root()
        .session
        .with(|session| rules::may(work, session.as_ref().and_then(|all| all.roles.as_deref())));
    if allowed { Ok(()) } else { Err(t::tasks::no_role()) }
}

/// Whether this cloud lets it be done here.
fn by(work: Work) -> Result<(), &'static str> {
    match means(work, root().config.cloud) {
        Means::Api => Ok(()),
        Means::ByHand => Err(t::tasks::by_hand()),
        Means::None => Err(t::tasks::not_here()),
    }
}
