//! What is known of the customers that rows are for: domains, licences, roles, and who is there already.

use std::rc::Rc;

use import_desk::{Ask, Customer as DeskCustomer, Found, Licence};
use leptos::task::spawn_local;
use partner_center::{Customer, CustomerId, Error, User, UserQuery};

use super::Import;
use crate::state::root;
use crate::ui::Watched;

/// How far the one look at who is there has come.
#[derive(Clone)]
pub(crate) enum Scan {
    /// So many so far.
    Reading(usize),
    /// So many, and so many deleted ones that can be restored.
    Done(usize, usize),
    Failed(Error),
}

/// A licence that users can be given.
#[derive(Clone)]
pub(crate) struct Seat {
    pub id: String,
    pub name: String,
    pub part: String,
    /// `None` where the service does not tell.
    pub free: Option<u32>,
}

/// What is known of a customer.
pub(crate) struct KnownCustomer {
    pub id: CustomerId,
    pub name: String,
    pub domain: String,
    /// Domains of its users' names, and those that the person says are its own.
    pub domains: Watched<Vec<String>>,
    /// `None` until they are read, and where that fails.
    pub licences: Watched<Option<Vec<Seat>>>,
    pub roles: Watched<Option<Vec<(String, String)>>>,
    pub scan: Watched<Scan>,
    /// Deleted users that can be restored: sign-in name in lower case, and id.
    pub deleted: Watched<Vec<(String, partner_center::UserId)>>,
}

impl KnownCustomer {
    fn for_desk(&self) -> DeskCustomer {
        let licence = |seat: &Seat| Licence {
            id: seat.id.clone(),
            names: vec![seat.name.clone(), seat.part.clone()],
            free: seat.free.unwrap_or(u32::MAX),
        };
        let id = self.id.as_str().to_ascii_lowercase();
        DeskCustomer {
            names: vec![self.domain.clone()],
            domain: self.domain.clone(),
            domains: self.domains.peek(Clone::clone),
            location: String::new(),
            licences: self.licences.peek(|all| all.as_ref().map(|all| all.iter().map(licence).collect())),
            roles: self.roles.peek(Clone::clone),
            id,
        }
    }
}

impl Import {
    /// Turns to a customer. What is on the desk for another one goes, unless a run of it is under way.
    pub(crate) fn turn_to(&'static self, customer: &Customer) {
        let key = customer.id.as_str().to_ascii_lowercase();
        if self.customer.peek(|of| *of == key) {
            return;
        }
        self.start_over();
        self.customer.set(key);
        self.known.set(Vec::new());
        self.there.set(Vec::new());
        self.know(customer);
        self.read_past();
    }

    /// Reads what is to be known of a customer, once.
    pub(crate) fn know(&'static self, customer: &Customer) {
        if self.known.peek(|all| all.iter().any(|known| known.id == customer.id)) {
            return;
        }
        let company = &customer.company_profile;
        let known = Rc::new(KnownCustomer {
            id: customer.id.clone(),
            name: if company.company_name.trim().is_empty() {
                company.domain.clone()
            } else {
                company.company_name.clone()
            },
            domain: company.domain.to_ascii_lowercase(),
            domains: Watched::new(vec![company.domain.to_ascii_lowercase()]),
            licences: Watched::new(None),
            roles: Watched::new(None),
            scan: Watched::new(Scan::Reading(0)),
            deleted: Watched::new(Vec::new()),
        });
        self.known.update(|all| all.push(known.clone()));
        self.read_known(known);
    }

    /// Reads it again: licences after some were bought, users after a look failed.
    pub(crate) fn read_known(&'static self, known: Rc<KnownCustomer>) {
        let of = known.clone();
        spawn_local(async move {
            let mut pages = root().client.subscribed_skus(&of.id);
            let mut seats = Vec::new();
            while let Some(page) = pages.next().await {
                let Ok(page) = page else { return };
                seats.extend(page.items.into_iter().map(|sku| Seat {
                    id: sku.product_sku.id.as_str().to_owned(),
                    name: sku.product_sku.name,
                    part: sku.product_sku.sku_part_number.unwrap_or_default(),
                    free: sku.available_units,
                }));
            }
            of.licences.set(Some(seats));
            self.tell_known();
        });
        let of = known.clone();
        spawn_local(async move {
            let mut pages = root().client.directory_roles(&of.id);
            let mut roles = Vec::new();
            while let Some(page) = pages.next().await {
                let Ok(page) = page else { return };
                roles.extend(page.items.into_iter().map(|role| (role.id, role.name)));
            }
            of.roles.set(Some(roles));
            self.tell_known();
        });
        spawn_local(async move {
            known.scan.set(Scan::Reading(0));
            match self.scan(&known).await {
                Ok((active, deleted)) => known.scan.set(Scan::Done(active, deleted)),
                Err(error) => known.scan.set(Scan::Failed(error)),
            }
            self.tell_known();
        });
    }

    async fn scan(&'static self, known: &KnownCustomer) -> Result<(usize, usize), Error> {
        let (mut counts, mut names) = ([0; 2], [Vec::new(), Vec::new()]);
        for (which, deleted) in [(0, false), (1, true)] {
            let mut pages = root().client.users(&known.id, &UserQuery { deleted, ..UserQuery::default() });
            while let Some(page) = pages.next().await {
                let page = page?;
                counts[which] += page.items.len();
                if deleted {
                    let name = |user: &User| (user.user_principal_name.to_ascii_lowercase(), user.id.clone());
                    known.deleted.update(|all| all.extend(page.items.iter().map(name)));
                } else {
                    learn_domains(known, &page.items);
                }
                names[which].extend(page.items.into_iter().map(|user| user.user_principal_name));
                known.scan.set(Scan::Reading(counts[0] + counts[1]));
            }
        }
        let [active, deleted] = names;
        let found = Found { active, deleted };
        if self.now.peek(Option::is_some) {
            self.tell(Ask::There(found.clone()));
        }
        self.there.update(|all| all.push(found));
        Ok((counts[0], counts[1]))
    }

    /// Tells the desk who was found, once for each file: it keeps them.
    pub(super) fn tell_found(&'static self) {
        if self.now.peek(Option::is_some) {
            for found in self.there.peek(Clone::clone) {
                self.tell(Ask::There(found));
            }
        }
    }

    /// Tells the desk what is known.
    pub(crate) fn tell_known(&'static self) {
        if self.now.peek(Option::is_none) {
            return;
        }
        self.tell(Ask::Know(self.known.peek(|all| all.iter().map(|known| known.for_desk()).collect())));
    }

    /// The person says that a domain is the customer's, too: the service does not tell which ones are.
    pub(crate) fn own_domain(&'static self, domain: &str) {
        if let Some(own) = self.known.peek(|all| all.first().cloned()) {
            own.domains.update(|all| all.push(domain.to_ascii_lowercase()));
            self.tell_known();
        }
    }
}

fn learn_domains(known: &KnownCustomer, users: &[User]) {
    for user in users {
        let Some((_, domain)) = user.user_principal_name.rsplit_once('@') else { continue };
        // A guest's name has its own domain in another place.
        if user.user_principal_name.contains('#') {
            continue;
        }
        if known.domains.peek(|all| !all.iter().any(|own| own.eq_ignore_ascii_case(domain))) {
            known.domains.update(|all| all.push(domain.to_ascii_lowercase()));
        }
    }
}
