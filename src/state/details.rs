//! What the list shows of customers beyond the list call: read for the rows in view, a few at a time, and kept.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use customer_index::{CustomerIndex, Value};
use enrichment::{Call, Count, Queue, State};
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use list_view::Column;
use partner_center::{AgreementType, Client, CustomerId, Error, Pacer, SubscriptionStatus, Timestamp};

use super::resellers::{Known, Resellers};
use super::root;
use crate::ui::{Watched, is_lost};

/// All agents and programs of a partner share 500 calls a minute: the background takes less than half.
pub(super) const CALLS_PER_MINUTE: u32 = 200;
/// How many calls are under way at once.
const AT_ONCE: u32 = 4;
/// Values come in together, or the list would be built anew for each.
const GATHER: Duration = Duration::from_millis(120);
const DAY: i64 = 86_400_000;

/// A value of a row, as it goes into the index.
enum Found {
    Empty,
    Number(i32),
    Text(String),
}

/// What is known beyond the list call, and what is being read.
pub(crate) struct Details {
    queue: RefCell<Queue>,
    pacer: Pacer,
    resellers: Resellers,
    workers: Cell<u32>,
    /// The calls under way, to be given up when nobody waits for them any more.
    under_way: RefCell<Vec<(usize, Call, AbortHandle)>>,
    gathered: RefCell<Vec<(usize, u8, Found)>>,
    /// How many calls have failed so far.
    failures: Cell<u32>,
    /// Whether one of them failed for lack of a connection.
    lost: Cell<bool>,
    /// Tells when something came in, failed or was stopped.
    pub tick: Watched<()>,
}

impl Details {
    pub(super) fn new(client: &Client) -> Self {
        Self {
            queue: RefCell::default(),
            pacer: client.pacer(CALLS_PER_MINUTE),
            resellers: Resellers::new(),
            workers: Cell::new(0),
            under_way: RefCell::default(),
            gathered: RefCell::default(),
            failures: Cell::new(0),
            lost: Cell::new(false),
            tick: Watched::new(()),
        }
    }

    /// These rows are in view now, with these columns.
    pub(crate) fn look_at(&'static self, rows: Vec<usize>, columns: &[Column]) {
        if columns.contains(&Column::Reseller) {
            self.want_resellers();
        }
        let unwanted = self.queue.borrow_mut().look_at(rows, calls(columns));
        self.give_up(&unwanted);
        self.work();
    }

    /// No row is in view: what goes on is only what was asked for expressly.
    pub(crate) fn look_away(&self) {
        let unwanted = self.queue.borrow_mut().look_at(Vec::new(), Vec::new());
        self.give_up(&unwanted);
    }

    fn give_up(&self, unwanted: &[(usize, Call)]) {
        self.under_way.borrow_mut().retain(|(row, call, abort)| {
            let is_wanted = !unwanted.contains(&(*row, *call));
            if !is_wanted {
                abort.abort();
            }
            is_wanted
        });
    }

    /// Reads which customer came through which reseller, for all at once.
    pub(crate) fn want_resellers(&'static self) {
        if self.resellers.want(&self.pacer) {
            self.tick.set(());
        }
    }

    /// Reads these columns for all of these rows.
    pub(crate) fn sweep(&'static self, rows: Vec<usize>, columns: &[Column]) {
        self.queue.borrow_mut().sweep(rows, calls(columns));
        self.tick.set(());
        self.work();
    }

    /// Gives that up; what has come stays.
    pub(crate) fn stop(&self) {
        let unwanted = self.queue.borrow_mut().stop();
        self.give_up(&unwanted);
        self.tick.set(());
    }

    /// How far the calls are that these columns take for these rows.
    pub(crate) fn count(&self, rows: &mut dyn Iterator<Item = usize>, columns: &[Column]) -> Count {
        self.queue.borrow().count(rows, &calls(columns))
    }

    /// How far it is known which customer came through which reseller.
    pub(crate) fn resellers(&self) -> Known {
        self.resellers.known()
    }

    /// How long so many calls take at least.
    pub(crate) fn estimate(&self, calls: usize) -> Duration {
        self.pacer.estimate(calls)
    }

    /// How many calls of the sweep are over, and how many it takes.
    pub(crate) fn progress(&self) -> Option<(usize, usize)> {
        self.tick.with(|()| self.queue.borrow().progress())
    }

    /// Whether reading a row for a column has failed.
    pub(crate) fn has_failed(&self, row: usize, column: Column) -> bool {
        (column == Column::Reseller && self.resellers.known() == Known::Failed)
            || call(column).is_some_and(|call| self.queue.borrow().state(row, call) == State::Failed)
    }

    /// How many calls have failed so far: while this stays the same, no row says so that did not.
    pub(crate) fn failures(&self) -> u32 {
        self.failures.get()
    }

    /// Reads again what failed.
    pub(crate) fn retry(&'static self) {
        self.queue.borrow_mut().retry();
        self.work();
        if self.resellers.known() == Known::Failed {
            self.resellers.begin_anew();
            self.want_resellers();
        }
        self.tick.set(());
    }

    /// Reads again what failed while there was no connection.
    pub(crate) fn resume_if_offline(&'static self) {
        if self.lost.take() {
            self.retry();
        }
    }

    /// Something is there that the list does not show yet: a value, or that there will be none.
    pub(super) fn failed_or_came(&self, failed: bool) {
        self.failures.set(self.failures.get() + u32::from(failed));
        self.deliver();
    }

    /// Another index takes the place of the old one: what is known moves with the customers.
    pub(super) fn move_to(&self, old: &CustomerIndex, new: &mut CustomerIndex) {
        for (_, _, abort) in self.under_way.take() {
            abort.abort();
        }
        let queue = self.queue.take();
        self.queue.replace(queue.moved(|row| new.row_of(old.get(row)?.id)));
        self.resellers.begin_anew();
        self.gathered.borrow_mut().clear();
        for row in 0..old.end() {
            let Some(to) = old.get(row).and_then(|customer| new.row_of(customer.id)) else { continue };
            let kept = |column: &Column| column.takes_a_call() || *column == Column::FirstSeen;
            for column in Column::ALL.into_iter().filter(kept) {
                let number = number(column);
                new.set_value(to, number, old.value(row, number));
            }
        }
    }

    fn work(&'static self) {
        while self.workers.get() < AT_ONCE && self.queue.borrow_mut().has_next() {
            self.workers.set(self.workers.get() + 1);
            spawn_local(async {
                while self.queue.borrow_mut().has_next() {
                    self.pacer.turn().await;
                    // After the wait: what has left the view meanwhile is not asked for.
                    let next = self.queue.borrow_mut().take();
                    if let Some((row, call)) = next {
                        self.read(row, call).await;
                    }
                }
                self.workers.set(self.workers.get() - 1);
            });
        }
    }

    async fn read(&'static self, row: usize, call: Call) {
        let (abort, registration) = AbortHandle::new_pair();
        self.under_way.borrow_mut().push((row, call, abort));
        let id = root().customers.index.peek(|index| CustomerId::parse(index.get(row)?.id));
        let fetching = async {
            match id {
                Some(id) => fetch(call, &id).await,
                None => Ok(Vec::new()),
            }
        };
        // Given up, its row has left the view, or is another one now.
        let Ok(outcome) = Abortable::new(fetching, registration).await else { return };
        self.under_way.borrow_mut().retain(|(other, of, _)| (*other, *of) != (row, call));
        match outcome {
            Ok(values) => {
                self.queue.borrow_mut().set(row, call, State::Done);
                let values = values.into_iter().map(|(column, found)| (row, number(column), found));
                self.gathered.borrow_mut().extend(values);
            }
            Err(error) => {
                self.queue.borrow_mut().set(row, call, State::Failed);
                self.failures.set(self.failures.get() + 1);
                self.note_lost(&error);
            }
        }
        let count = self.gathered.borrow().len();
        if count <= 2 {
            set_timeout(move || self.deliver(), GATHER);
        }
    }

    pub(super) fn note_lost(&self, error: &Error) {
        self.lost.set(self.lost.get() || is_lost(error));
    }

    fn deliver(&self) {
        let values = self.gathered.take();
        root().customers.index.update(|index| {
            for (row, column, found) in &values {
                let value = match found {
                    Found::Empty => Value::Empty,
                    Found::Number(number) => Value::Number(*number),
                    Found::Text(text) => Value::Text(text),
                };
                index.set_value(*row, *column, Some(value));
            }
        });
        self.tick.set(());
    }
}

/// The column's number in the index of customers.
pub(crate) fn number(column: Column) -> u8 {
    match column {
        Column::Country => 0,
        Column::Language => 1,
        Column::Agreement => 2,
        Column::Active => 3,
        Column::NextEnd => 4,
        Column::FirstSeen => 6,
        _ => 5,
    }
}

fn call(column: Column) -> Option<Call> {
    match column {
        Column::Country | Column::Language => Some(Call::Profile),
        Column::Active | Column::NextEnd => Some(Call::Subscriptions),
        Column::Agreement => Some(Call::Agreement),
        _ => None,
    }
}

fn calls(columns: &[Column]) -> Vec<Call> {
    let mut calls = Vec::new();
    for call in columns.iter().filter_map(|column| call(*column)) {
        if !calls.contains(&call) {
            calls.push(call);
        }
    }
    calls
}

async fn fetch(call: Call, id: &CustomerId) -> Result<Vec<(Column, Found)>, Error> {
    let client = &root().client;
    let text =
        |text: Option<String>| text.filter(|text| !text.trim().is_empty()).map_or(Found::Empty, Found::Text);
    Ok(match call {
        Call::Profile => {
            let profile = client.billing_profile(id).await?;
            let country = profile.default_address.map(|address| address.country.to_ascii_uppercase());
            vec![
                (Column::Country, text(country)),
                (Column::Language, text(profile.culture.or(profile.language))),
            ]
        }
        Call::Subscriptions => {
            let mut pages = client.subscriptions(id);
            let (mut active, mut next_end) = (0, None);
            while let Some(page) = pages.next().await {
                let items = page?.items.into_iter();
                for item in items.filter(|item| item.status == SubscriptionStatus::Active) {
                    active += 1;
                    let end = item.commitment_end_date.filter(|end| !end.is_no_end()).map(day);
                    next_end = next_end.into_iter().chain(end).min();
                }
            }
            vec![
                (Column::Active, Found::Number(active)),
                (Column::NextEnd, next_end.map_or(Found::Empty, Found::Number)),
            ]
        }
        Call::Agreement => {
            let mut pages = client.agreements(id, AgreementType::MicrosoftCustomerAgreement);
            let mut any = false;
            while let Some(page) = pages.next().await {
                any |= !page?.items.is_empty();
            }
            vec![(Column::Agreement, Found::Number(any.into()))]
        }
    })
}

/// Days since 1970.
fn day(at: Timestamp) -> i32 {
    i32::try_from(at.millis().div_euclid(DAY)).unwrap_or(i32::MAX)
}

/// A time in whole minutes, at least one: an estimate is not more exact.
pub(crate) fn minutes(time: Duration) -> usize {
    usize::try_from(time.as_secs().div_ceil(60).max(1)).unwrap_or(usize::MAX)
}
