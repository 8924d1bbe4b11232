//! What can be done with one customer: one menu for all rows, which appears at the row that asks for it.

use std::cell::Cell;
use std::rc::Rc;

use customer_index::Customer;
use web_sys::HtmlElement;

use super::row;
use crate::i18n::t;
use crate::pages::portals::portal_links;
use crate::pages::tasks::Task;
use crate::paths::{CustomerKey, Page};
use crate::router::{self, Step};
use crate::state::{decode_relationship, root};
use crate::ui::{DropDown, El, copy_and_tell, el, icon, menu_item, menu_keys};

/// The menu, and the row that it is for.
pub(super) struct RowMenu {
    drop_down: Rc<DropDown>,
    row: Cell<usize>,
}

impl RowMenu {
    pub(super) fn new() -> Rc<Self> {
        Rc::new(Self { drop_down: DropDown::new(), row: Cell::new(0) })
    }

    /// The button of a row, whose customer may change.
    pub(super) fn button(self: &Rc<Self>, row: &Rc<Cell<usize>>) -> El {
        let (this, row) = (self.clone(), row.clone());
        let button = el("button", "btn btn-icon btn-small more").attr("type", "button");
        let control: HtmlElement = button.element().clone();
        button.attr("data-part", "act").attr("aria-haspopup", "menu").on("click", move |_| {
            this.row.set(row.get());
            this.drop_down.toggle_at(&control);
        })
    }

    /// Where it appears.
    pub(super) fn part(self: &Rc<Self>) -> El {
        let this = self.clone();
        self.drop_down.part("menu", move || this.items().unwrap_or_else(|| el("div", "")))
    }

    fn items(&self) -> Option<El> {
        root().customers.index.peek(|index| {
            let customer = index.get(self.row.get())?;
            let (id, domain) = (customer.id.to_owned(), customer.domain.to_owned());
            let page = Page::customer(CustomerKey::Id(id.clone()));
            let menu = &self.drop_down;
            let list = el("div", "")
                .child(menu_item(menu, "open", t::customers::open(), move || router::go(&page, Step::Push)))
                .child(menu_item(menu, "copy", t::customer::copy_id(), move || copy_and_tell(id.clone())))
                .child(menu_item(menu, "copy", t::customer::copy_domain(), move || {
                    copy_and_tell(domain.clone());
                }));
            let tasks = Task::ALL.map(|task| task_item(menu, task, &customer));
            let list = list.child(el("hr", "")).children(tasks);
            let portals = portal_links(customer.id).map(|link| link.attr("role", "menuitem"));
            Some(menu_keys(list.child(el("hr", "")).children(portals), row::name(&customer)))
        })
    }
}

/// A task. What cannot be done is shown all the same, with the reason.
fn task_item(menu: &Rc<DropDown>, task: Task, customer: &Customer<'_>) -> El {
    match task.place(customer.id, decode_relationship(customer.relationship)) {
        Ok(page) => menu_item(menu, task.symbol(), task.text(), move || router::go(&page, Step::Push)),
        Err(why) => el("button", "")
            .attr("type", "button")
            .attr("role", "menuitem")
            .attr("aria-disabled", "true")
            .child(icon(task.symbol()))
            .text(task.text())
            .child(el("span", "meta").text(why)),
    }
}
