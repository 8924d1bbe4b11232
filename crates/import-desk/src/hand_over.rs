//! What leaves the desk: the plan, the people for the run, and files in the columns of the file.

use csv_export::{Separator, Sheet};
use user_import::{Decode, Letters, User, plan_of};

use crate::desk::{Desk, Opened, small};
use crate::message::{Batch, Failed, Person, Planned, PlannedCustomer};

impl<B: Decode + Letters> Desk<B> {
    /// The id of a row's customer: its own word, else the first.
    fn id_of<'a>(&'a self, user: &User<'a>) -> &'a str {
        if user.customer.is_empty() {
            self.customers.first().map_or("", |customer| customer.id.as_str())
        } else {
            user.customer
        }
    }

    /// The users that are not taken away, by their places.
    fn users(&self) -> impl Iterator<Item = (usize, User<'_>)> {
        let opened = self.opened.iter();
        opened.flat_map(|opened| {
            let rows = (0..opened.checked.len()).filter(|row| !opened.sheet.table.is_gone(*row));
            rows.filter_map(|row| Some((row, opened.checked.user(row)?)))
        })
    }

    /// Ids of customers that rows are for, the first one first, then in the order of the rows.
    fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for (_, user) in self.users() {
            let id = self.id_of(&user);
            if user.is_valid && !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
        ids
    }

    pub(crate) fn plan(&self) -> Planned {
        let free = |id: &str| {
            let licences =
                self.customers.iter().find(|known| known.id == id).and_then(|known| known.licences.as_ref());
            let free = |licence: &crate::Licence| (licence.id.clone(), licence.free);
            licences.map(|licences| licences.iter().map(free).collect::<Vec<_>>()).unwrap_or_default()
        };
        let customers = self.ids().into_iter().map(|id| {
            let users: Vec<User<'_>> = self
                .users()
                .map(|(_, user)| user)
                .filter(|user| user.is_valid && self.id_of(user) == id)
                .collect();
            let plan = plan_of(users.iter().copied(), &self.there, &free(&id));
            let created =
                users.iter().filter(|user| self.there.intent(**user) == user_import::Intent::Create);
            let (mut given, mut passwords) = ((0, 0), 0);
            for user in created {
                given.0 += small(user.licences.lines().count());
                given.1 += small(user.roles.lines().count());
                passwords += u32::from(!user.password.is_empty());
            }
            let count = |intent| small(plan.count(intent));
            PlannedCustomer {
                create: count(user_import::Intent::Create),
                there: count(user_import::Intent::AlreadyThere),
                deleted: count(user_import::Intent::Deleted),
                seats: plan.seats.iter().map(|seats| (seats.id.clone(), seats.wanted, seats.free)).collect(),
                without_location: plan.without_location,
                writes: plan.writes,
                given,
                passwords,
                id,
            }
        });
        let customers = customers.collect();
        Planned { customers, invalid: small(self.users().filter(|(_, user)| !user.is_valid).count()) }
    }

    /// All rows by their customers. Rows with errors go with the first one: they are told of, and not sent.
    pub(crate) fn people(&self) -> Vec<Batch> {
        let mut ids = self.ids();
        if ids.is_empty() {
            ids.extend(self.customers.first().map(|customer| customer.id.clone()));
        }
        let mut batches: Vec<Batch> =
            ids.into_iter().map(|customer| Batch { customer, rows: Vec::new() }).collect();
        for (index, user) in self.users() {
            let id = self.id_of(&user);
            let own = batches.iter().position(|batch| user.is_valid && batch.customer == id).unwrap_or(0);
            if let Some(batch) = batches.get_mut(own) {
                batch.rows.push(person(index, &user));
            }
        }
        batches
    }
}

fn person(index: usize, user: &User<'_>) -> Person {
    Person {
        index: small(index),
        number: user.row,
        is_valid: user.is_valid,
        sign_in: user.sign_in.to_owned(),
        display_name: user.display_name.to_owned(),
        first_name: user.first_name.to_owned(),
        last_name: user.last_name.to_owned(),
        location: user.location.to_owned(),
        password: user.password.to_owned(),
        licences: user.licences.to_owned(),
        roles: user.roles.to_owned(),
    }
}

impl Opened {
    fn separator(&self) -> Separator {
        // What the person's spreadsheet wrote it will read.
        match self.sheet.separator {
            user_import::Separator::Semicolon => Separator::Semicolon,
            _ => Separator::Comma,
        }
    }

    /// A file with the columns of this one and further ones.
    fn file(&self, headings: &[String]) -> Sheet {
        let columns = self.mapping.columns().iter().map(|column| column.header.as_str());
        let header: Vec<&str> = columns.chain(headings.iter().map(String::as_str)).collect();
        let sheet = Sheet::new(self.separator(), &header);
        match self.mapping.column_of(user_import::Field::Password) {
            Some(column) => sheet.with_exact(column),
            None => sheet,
        }
    }

    fn put(&self, file: &mut Sheet, row: usize, more: &[String]) {
        let width = self.mapping.columns().len();
        let cells = (0..width).map(|column| self.sheet.table.cell(row, column));
        file.row(&cells.chain(more.iter().map(String::as_str)).collect::<Vec<&str>>());
    }

    pub(crate) fn failed(&self, headings: &[String], rows: &[Failed]) -> String {
        let mut file = self.file(headings);
        for row in rows {
            self.put(&mut file, row.index as usize, &row.texts);
        }
        file.finish()
    }

    pub(crate) fn export(&self) -> String {
        let mut file = self.file(&[]);
        let table = &self.sheet.table;
        (0..table.len()).filter(|row| !table.is_gone(*row)).for_each(|row| self.put(&mut file, row, &[]));
        file.finish()
    }
}
