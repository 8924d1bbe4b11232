//! The customer's users: found as one types; those deleted in the last 30 days can still be restored by Microsoft.

use std::rc::Rc;

use account_rules::{Means, gives_licences, user_imports};
use customer_index::Fold;
use futures_util::FutureExt;
use leptos::task::spawn_local;
use partner_center::{CustomerId, DELETED_USER_DAYS_KEPT, Error, User, UserId, UserQuery};

use super::seats;
use crate::i18n::{self, t};
use crate::pages::portals;
use crate::paths::{CustomerKey, ImportStep, Page};
use crate::platform::time::now;
use crate::router::{self, Step};
use crate::state::root;
use crate::ui::{
    DropDown, El, Show, Watched, button, el, empty, fault, find, icon, is_lost, link, load, on_reconnect,
    shared, tell_if_gone,
};

/// More rows than this nobody reads: one searches.
const ROWS: usize = 200;

enum Phase {
    Reading,
    All,
    Failed(Error),
}

/// Users as they come, each with what is searched in.
struct Users {
    items: Watched<Vec<(User, String)>>,
    phase: Watched<Phase>,
}

/// The tab: licences and users. One of them failing leaves the other.
pub(super) fn section(id: CustomerId) -> El {
    let deleted = shared(false);
    let shown = deleted.clone();
    let group = [(false, t::users::active()), (true, t::users::deleted())].map(|(value, name)| {
        let (chosen, pressed) = (deleted.clone(), deleted.clone());
        button("btn", move || chosen.set_if_new(value))
            .live_attr("aria-pressed", move || Some((pressed.get() == value).to_string()))
            .text(name)
    });
    let of = id.clone();
    let users = el("section", "section")
        .child(
            el("div", "section-head").child(el("h2", "").text(t::users::title())).child(
                el("div", "group push")
                    .attr("role", "group")
                    .attr("aria-label", t::users::which())
                    .children(group),
            ),
        )
        .live(move || Some(list(&of, shown.get())));
    el("div", "stack stack-24").child(new_users(&id)).child(seats::section(id)).child(users)
}

/// The ways to new users, where this cloud has any; and what it leaves to Microsoft's portals, which are beside it.
fn new_users(id: &CustomerId) -> El {
    let cloud = root().config.cloud;
    if user_imports(cloud) != Means::Api {
        return elsewhere(t::import::by_hand(), id);
    }
    let page = Page::Import(CustomerKey::Id(id.as_str().to_ascii_lowercase()), ImportStep::Source);
    let import = link("btn", &page.href()).child(icon("table")).text(t::import::title());
    let one = button("btn btn-primary", move || {
        root().import.by_hand.set(true);
        router::go(&page, Step::Push);
    });
    let ways =
        el("p", "line wrap").child(one.child(icon("person-add")).text(t::import::add_user())).child(import);
    let rest = (!gives_licences(cloud)).then(|| elsewhere(t::users::by_hand(), id));
    el("div", "stack stack-8").child(ways).maybe(rest)
}

fn elsewhere(words: &str, id: &CustomerId) -> El {
    el("p", "line wrap").child(el("span", "support").text(words)).children(portals::portal_links(id.as_str()))
}

fn list(id: &CustomerId, deleted: bool) -> El {
    let users = Rc::new(Users { items: Watched::new(Vec::new()), phase: Watched::new(Phase::Reading) });
    read(users.clone(), id.clone(), deleted);
    let text = shared(String::new());
    let (typed, searched, counted) = (text.clone(), text.clone(), users.clone());
    let licences = Licences::new(id.clone());
    let again = id.clone();
    let (failed, reread, of) = (users.clone(), users.clone(), id.clone());
    on_reconnect(
        move || failed.phase.peek(|phase| matches!(phase, Phase::Failed(error) if is_lost(error))),
        move || read(reread.clone(), of.clone(), deleted),
    );
    let (rows, panel) = (users, licences.clone());
    let field = text.clone();
    // Who is looked for is a person: it stays out of the address.
    let find = find("find-user", t::users::search(), move || field.get(), move |text| typed.set(text));
    let note = deleted.then(|| el("p", "meta").text(&t::users::kept(usize::from(DELETED_USER_DAYS_KEPT))));
    el("div", "stack stack-8")
        .maybe(note)
        .child(find)
        .live(move || {
            let words = root().customers.fold.fold(searched.get().trim());
            rows.items.with(|items| (!items.is_empty()).then(|| table(items, &words, deleted, &licences)))
        })
        .live(move || Some(ending(&counted, &again, deleted)))
        .child(panel.part())
}

fn read(users: Rc<Users>, id: CustomerId, deleted: bool) {
    users.phase.set(Phase::Reading);
    spawn_local(async move {
        let query = UserQuery { deleted, ..UserQuery::default() };
        let mut pages = root().client.users(&id, &query);
        users.items.set(Vec::new());
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => users.items.update(|items| {
                    let fold = |user: &User| {
                        let text = [&user.display_name, " ", &user.user_principal_name].concat();
                        root().customers.fold.fold(&text)
                    };
                    items.extend(page.items.into_iter().map(|user| {
                        let folded = fold(&user);
                        (user, folded)
                    }));
                }),
                Err(error) => {
                    users.phase.set(Phase::Failed(error.clone()));
                    return tell_if_gone(&error);
                }
            }
        }
        users.phase.set(Phase::All);
    });
}

fn ending(users: &Rc<Users>, id: &CustomerId, deleted: bool) -> El {
    let count = users.items.with(Vec::len);
    let (again, id) = (users.clone(), id.clone());
    users.phase.with(|phase| match phase {
        Phase::Reading => el("p", "meta late").attr("role", "status").text(&t::users::so_far(count)),
        Phase::Failed(error) => {
            fault(t::users::failed(), error, Some(Box::new(move || read(again.clone(), id.clone(), deleted))))
        }
        Phase::All if count == 0 => empty("people", t::users::none_title(), t::users::none_text(), None),
        Phase::All => el("p", "meta").text(&t::users::count(count)),
    })
}

fn table(items: &[(User, String)], words: &str, deleted: bool, licences: &Rc<Licences>) -> El {
    let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(head("", t::users::name()))
        .child(head("", t::users::sign_in()))
        .child(head("c-128", if deleted { t::users::deleted_on() } else { t::users::location() }))
        .child(head("c-128", if deleted { t::users::gone_in() } else { t::seats::title() }));
    let found: Vec<&User> = items
        .iter()
        .filter(|(_, folded)| words.split(' ').all(|word| folded.contains(word)))
        .map(|(user, _)| user)
        .collect();
    let more = (found.len() > ROWS).then(|| el("p", "meta").text(&t::users::more(found.len() - ROWS)));
    let none = found.is_empty().then(|| el("p", "support").text(t::users::nothing()));
    let rows = found.iter().take(ROWS).map(|user| row(user, deleted, licences));
    el("div", "")
        .child(
            el("table", "table flush users")
                .attr("aria-label", t::users::title())
                .child(el("thead", "").child(heads))
                .child(el("tbody", "").children(rows)),
        )
        .maybe(none)
        .maybe(more)
}

fn row(user: &User, deleted: bool, licences: &Rc<Licences>) -> El {
    let name =
        if user.display_name.trim().is_empty() { &user.user_principal_name } else { &user.display_name };
    let line = el("tr", "")
        .child(el("th", "").attr("scope", "row").child(el("bdi", "name").text(name)))
        .child(el("td", "").child(el("bdi", "").text(&user.user_principal_name)));
    if deleted {
        let at = user.soft_deletion_time;
        let left = at.map(|at| {
            let days = now().since(at).as_secs() / 86_400;
            usize::from(DELETED_USER_DAYS_KEPT).saturating_sub(usize::try_from(days).unwrap_or(usize::MAX))
        });
        line.child(el("td", "").text(&at.map(i18n::date).unwrap_or_default()))
            .child(el("td", "").text(&left.map(t::activity::days).unwrap_or_default()))
    } else {
        let location = user.usage_location.as_deref().filter(|code| !code.is_empty());
        line.child(el("td", "").text(&location.map_or_else(|| "—".to_owned(), i18n::region_name)))
            .child(el("td", "").child(licences.button(&user.id, name)))
    }
}

/// The licences of one user, in a panel that appears at its row.
struct Licences {
    panel: Rc<DropDown>,
    customer: CustomerId,
    user: Watched<Option<UserId>>,
}

impl Licences {
    fn new(customer: CustomerId) -> Rc<Self> {
        Rc::new(Self { panel: DropDown::new(), customer, user: Watched::new(None) })
    }

    fn button(self: &Rc<Self>, user: &UserId, name: &str) -> El {
        let (this, user) = (self.clone(), user.clone());
        let button = el("button", "btn btn-small btn-subtle").attr("type", "button");
        let control = button.element().clone();
        button
            .attr("aria-label", &t::users::licences_of(name))
            .child(icon("license"))
            .text(t::users::see())
            .on("click", move |_| {
                this.user.set(Some(user.clone()));
                this.panel.toggle_at(&control);
            })
    }

    fn part(self: &Rc<Self>) -> El {
        let this = self.clone();
        self.panel.part("panel", move || this.content())
    }

    fn content(&self) -> El {
        let Some(user) = self.user.peek(Clone::clone) else { return el("div", "") };
        let customer = self.customer.clone();
        let part = load(
            t::seats::failed(),
            || el("p", "meta").text(t::seats::loading()),
            |panel| panel,
            move || {
                let (customer, user) = (customer.clone(), user.clone());
                async move {
                    let mut pages = root().client.user_licenses(&customer, &user);
                    let mut names = Vec::new();
                    while let Some(page) = pages.next().await {
                        names.extend(page?.items.into_iter().map(|licence| licence.product_sku.name));
                    }
                    let show: Show = Box::new(move || {
                        if names.is_empty() {
                            return el("p", "support").text(t::users::no_licence());
                        }
                        let lines = names.iter().map(|name| el("li", "").child(el("bdi", "").text(name)));
                        el("ul", "plain stack stack-4").children(lines)
                    });
                    Ok(show)
                }
                .boxed_local()
            },
        );
        el("div", "")
            .attr("tabindex", "-1")
            .attr("role", "region")
            .attr("aria-label", t::seats::title())
            .child(part)
    }
}
