//! What can be done with a customer: each task has its place, and where it cannot be done it says why.

use account_rules::Work;
use partner_center::Customer;

use super::tab_name;
use crate::i18n::t;
use crate::pages::portals::portals;
use crate::pages::tasks::{self, Task};
use crate::paths::{CustomerKey, CustomerTab, Page};
use crate::platform::browser;
use crate::router::{self, Step};
use crate::state::{Action, root};
use crate::ui::{El, copy_and_tell, el, icon, link};

/// The tasks, as links where there is a page for them.
pub(super) fn list(customer: &Customer) -> El {
    let id = customer.id.as_str().to_ascii_lowercase();
    let account = page(customer, CustomerTab::Account);
    let account = match tasks::may(Work::Change) {
        Ok(()) => open("building", t::customer::task_account(), &account),
        Err(why) => barred("building", t::customer::task_account(), why),
    };
    el("ul", "plain stack stack-8 tasks").child(account).children(Task::ALL.map(|task| {
        match task.place(&id, customer.relationship_to_partner) {
            Ok(page) => open(task.symbol(), task.text(), &page),
            Err(why) => barred(task.symbol(), task.text(), why),
        }
    }))
}

fn open(symbol: &str, name: &str, page: &Page) -> El {
    el("li", "").child(link("btn btn-small", &page.href()).child(icon(symbol)).text(name))
}

/// A task that cannot be done now: it stays where one looks for it, with the reason beside it.
fn barred(symbol: &str, name: &str, why: &str) -> El {
    let id = ["why-", symbol].concat();
    el("li", "stack stack-4")
        .child(
            el("button", "btn btn-small")
                .attr("type", "button")
                .attr("aria-disabled", "true")
                .attr("aria-describedby", &id)
                .child(icon(symbol))
                .text(name),
        )
        .child(el("span", "meta").attr("id", &id).text(why))
}

fn page(customer: &Customer, tab: CustomerTab) -> Page {
    Page::Customer(CustomerKey::Id(customer.id.as_str().to_ascii_lowercase()), tab)
}

/// What the palette offers while the page is shown.
pub(super) fn offer_actions(customer: &Customer) {
    let id = customer.id.as_str().to_ascii_lowercase();
    let domain = customer.company_profile.domain.clone();
    let mut actions: Vec<Action> = CustomerTab::ALL
        .into_iter()
        .map(|tab| {
            let page = page(customer, tab);
            Action::new("chevron-right", tab_name(tab), move || router::go(&page, Step::Push))
        })
        .collect();
    for task in Task::ALL {
        if let Ok(page) = task.place(&id, customer.relationship_to_partner) {
            actions.push(Action::new(task.symbol(), task.text(), move || router::go(&page, Step::Push)));
        }
    }
    for (name, address) in portals(&id) {
        actions.push(Action::new("open", name, move || browser::open_tab(&address)));
    }
    actions.push(Action::new("copy", t::customer::copy_id(), move || copy_and_tell(id.clone())));
    actions.push(Action::new("copy", t::customer::copy_domain(), move || copy_and_tell(domain.clone())));
    root().actions.offer(actions);
}
