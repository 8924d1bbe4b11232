//! A world: customers, devices with the engine on them, a network, an administrator, a person, and time.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::dice::Dice;
use super::service::{By, Customer};
use super::{Bug, Fault, Fired};
use crate::run::{
    Answer, Batch, CallId, Counts, Effect, Event, Millis, Person, Request, Run, SETTLE, Secret, Ticket,
};
use crate::{Identity, Password, Past};

thread_local! {
    /// Whether everything is told as it happens.
    pub(super) static TELL: Cell<bool> = const { Cell::new(false) };
}

/// How long after the caller has given up a request may still arrive.
const LATEST_LANDING: Millis = 45_000;
/// How long a listing may lag behind.
const LONGEST_LAG: Millis = 30_000;
/// What no world comes near to.
const LONGEST_LIFE: Millis = 10 * 24 * 3_600_000;

/// What is told of a world.
#[derive(Debug, Default, Clone)]
pub(super) struct Told {
    pub(super) fired: Fired,
    pub(super) counts: Counts,
    pub(super) events: u64,
    pub(super) requests: u64,
    pub(super) starts: u64,
}

impl Told {
    pub(super) fn add(&mut self, other: &Self) {
        let (sum, more) = (&mut self.counts, &other.counts);
        sum.created += more.created;
        sum.unproven += more.unproven;
        sum.there += more.there;
        sum.deleted += more.deleted;
        sum.rejected += more.rejected;
        sum.not_created += more.not_created;
        sum.unknown += more.unknown;
        sum.not_tried += more.not_tried;
        sum.invalid += more.invalid;
        self.events += other.events;
        self.requests += other.requests;
        self.starts += other.starts;
    }
}

#[derive(Debug)]
enum Happening {
    Deliver {
        device: usize,
        life: u32,
        event: Event,
    },
    Wake {
        device: usize,
        life: u32,
    },
    Arrives {
        device: usize,
        life: u32,
        call: Option<CallId>,
        lane: usize,
        work: Work,
        is_late: bool,
        back: Back,
    },
    Written {
        device: usize,
        life: u32,
        ticket: Ticket,
    },
    Crash {
        device: usize,
    },
    Start {
        device: usize,
    },
    Sleep {
        device: usize,
    },
    ClockBack {
        device: usize,
    },
    Expiry,
    Admin {
        row: usize,
        is_twin: bool,
    },
    Tell {
        device: usize,
        event: Event,
    },
    Person {
        device: usize,
        life: u32,
    },
}

/// Makes something happen.
type Make = fn() -> Happening;

/// How an answer comes back.
#[derive(Debug, Clone, Copy)]
enum Back {
    After(Millis),
    Never,
    As5xx(Millis),
}

/// A request as it is on its way.
#[derive(Debug, Clone)]
enum Work {
    /// `begun` tells one listing from another: a page 0 that the network delivers twice begins no new one.
    Users {
        deleted: bool,
        page: u32,
        begun: u64,
    },
    Create {
        row: usize,
        password: String,
        request_id: String,
    },
    Licences {
        user: String,
    },
    Assign {
        row: usize,
        user: String,
    },
    Roles {
        user: String,
    },
    Give {
        row: usize,
        role: usize,
        user: String,
    },
    Reset {
        user: String,
        password: String,
    },
}

#[allow(clippy::struct_excessive_bools)] // Independent facts, not a state.
pub(super) struct Device {
    pub(super) run: Option<Run>,
    life: u32,
    random: Dice,
    /// What is being written, and its text.
    writing: BTreeMap<u64, (Ticket, String)>,
    wake_at: Option<Millis>,
    asleep_until: Millis,
    set_back: Millis,
    is_offline: bool,
    has_token: bool,
    has_factor: bool,
    pub(super) in_memory: bool,
    person_comes: bool,
    continues: u32,
    has_reset: bool,
    under_way: HashMap<CallId, Request>,
    /// Until when nothing may be sent in a lane.
    quiet_until: Vec<Millis>,
    /// Lanes in which a refusal of all rows was told.
    barred: HashSet<usize>,
    /// Rows whose fate is unknown, and since when.
    unknown: HashMap<usize, Millis>,
    /// When the listing of active users of a lane began.
    listing: Vec<Millis>,
    orders: HashMap<(usize, bool), (u64, Vec<usize>)>,
    /// Since something went well, or a person signed in.
    renewals: u32,
    tries: HashMap<usize, u32>,
}

pub(super) struct World {
    dice: Dice,
    faults: u64,
    rate: u64,
    bug: Option<Bug>,
    pub(super) now: Millis,
    queue: BTreeMap<(Millis, u64), Happening>,
    order: u64,
    pub(super) customers: Vec<Customer>,
    /// Number, lane, person.
    pub(super) rows: Vec<(u32, usize, Option<Person>)>,
    refused: HashSet<usize>,
    storms: Vec<(Millis, Millis, bool)>,
    role_lost: Option<(Millis, Millis)>,
    gone_from: Option<Millis>,
    factor_from: Option<Millis>,
    quota: Option<(Millis, Millis)>,
    task_forbidden: bool,
    page_size: usize,
    pub(super) storage: String,
    /// Hashes of rows that the journal says to be sent.
    noted: HashSet<String>,
    pub(super) devices: Vec<Device>,
    pub(super) fired: Fired,
    events: u64,
    /// After which events the browser is closed.
    pub(super) crashes: Vec<u64>,
    requests: u64,
    starts: u64,
    pub(super) admins_wrong: HashSet<usize>,
    pub(super) broken: Option<String>,
    /// Passwords that were ever sent.
    pub(super) secrets: Vec<String>,
}

impl World {
    pub(super) fn new(mut dice: Dice, rows: usize, faults: u64, bug: Option<Bug>) -> Self {
        let lanes = if dice.one_in(4) { 2 } else { 1 };
        let mut world = Self {
            rate: *[5, 10, 20, 40].get(usize::try_from(dice.next() % 4).unwrap_or(0)).unwrap_or(&20),
            dice,
            faults,
            bug,
            // Long enough after the beginning for a clock to be set back.
            now: 100_000_000,
            queue: BTreeMap::new(),
            order: 0,
            customers: (0..lanes).map(|_| Customer::default()).collect(),
            rows: Vec::new(),
            refused: HashSet::new(),
            storms: Vec::new(),
            role_lost: None,
            gone_from: None,
            factor_from: None,
            quota: None,
            task_forbidden: false,
            page_size: if rows > 100 { 500 } else { 5 },
            storage: String::new(),
            noted: HashSet::new(),
            devices: Vec::new(),
            fired: Fired::default(),
            events: 0,
            crashes: Vec::new(),
            requests: 0,
            starts: 0,
            admins_wrong: HashSet::new(),
            broken: None,
            secrets: Vec::new(),
        };
        world.people(rows, lanes);
        world.fate(rows);
        let devices = if world.has(Fault::SecondTab) { 2 } else { 1 };
        for device in 0..devices {
            let random = Dice::new(world.dice.next());
            world.devices.push(Device::new(random, lanes));
            let at = if device == 0 {
                0
            } else {
                world.fired.count(Fault::SecondTab);
                world.dice.from(1, 20_000)
            };
            world.later(at, Happening::Start { device });
        }
        world
    }

    fn has(&self, fault: Fault) -> bool {
        self.faults & fault.bit() != 0
    }

    fn people(&mut self, rows: usize, lanes: usize) {
        for index in 0..rows {
            let lane = index % lanes;
            let is_invalid = self.dice.one_in(20);
            let person = Person {
                sign_in: format!("Secretname{index}@Tenant{lane}.example"),
                display_name: format!("Hiddenperson {index}"),
                first_name: "Hiddenperson".to_owned(),
                last_name: index.to_string(),
                location: if self.dice.one_in(2) { "ES".to_owned() } else { String::new() },
                password: self.dice.one_in(4).then(|| Password::given(&format!("Gehe1m!{index}"))),
                licences: if self.dice.one_in(3) {
                    vec!["sku-a".to_owned(), "sku-b".to_owned()]
                } else {
                    Vec::new()
                },
                roles: if self.dice.one_in(6) {
                    vec!["role-x".to_owned(), "role-y".to_owned()]
                } else {
                    Vec::new()
                },
            };
            let number = u32::try_from(index + 2).unwrap_or(u32::MAX);
            self.rows.push((number, lane, (!is_invalid).then_some(person)));
        }
        // Some who have nothing to do with it.
        for lane in 0..lanes {
            for index in 0..7 {
                let person = Person {
                    sign_in: format!("other{index}@tenant{lane}.example"),
                    display_name: "Other".to_owned(),
                    first_name: String::new(),
                    last_name: String::new(),
                    location: String::new(),
                    password: None,
                    licences: Vec::new(),
                    roles: Vec::new(),
                };
                self.customers[lane].add(&person, "", By::Other, 0);
            }
        }
    }

    /// What will happen anyhow, at times of its own.
    fn fate(&mut self, rows: usize) {
        let span = 2_000 + 100 * rows as u64;
        let lag = self.dice.from(1, LONGEST_LAG);
        let (has_lag, shuffles, knows_ids) =
            (self.has(Fault::Lag), self.has(Fault::PageOrder), self.has(Fault::KnowsIds));
        let has_seats = self.has(Fault::NoSeats);
        for customer in &mut self.customers {
            customer.lag = if has_lag { lag } else { 0 };
            (customer.shuffles, customer.knows_ids) = (shuffles, knows_ids);
            if has_seats {
                let seats =
                    |count| (["sku-a", "sku-b"].map(|id| (id.to_owned(), count))).into_iter().collect();
                customer.seats = Some(seats(u32::try_from(rows / 10).unwrap_or(0)));
            }
        }
        for fault in [Fault::Lag, Fault::PageOrder, Fault::KnowsIds] {
            if self.has(fault) {
                self.fired.count(fault);
            }
        }
        for row in 0..rows {
            let Some(person) = self.rows[row].2.clone() else { continue };
            let lane = self.rows[row].1;
            if self.has(Fault::Present) && self.dice.one_in(10) {
                self.other(row, &person, lane, false);
                self.fired.count(Fault::Present);
            } else if self.has(Fault::SoftDeleted) && self.dice.one_in(10) {
                if let Some(id) = self.customers[lane].add(&person, "", By::Other, 0) {
                    self.customers[lane].delete(&id);
                    self.fired.count(Fault::SoftDeleted);
                }
            } else if self.has(Fault::RefusedRow) && self.dice.one_in(10) {
                self.refused.insert(row);
            }
            for (fault, is_twin) in [(Fault::SecondAdmin, false), (Fault::Twin, true)] {
                if self.has(fault) && self.dice.one_in(10) {
                    let at = self.dice.from(0, span * 2);
                    self.later(at, Happening::Admin { row, is_twin });
                }
            }
        }
        for (fault, is_mute) in [(Fault::Storm, false), (Fault::MuteStorm, true)] {
            if self.has(fault) {
                for _ in 0..self.dice.from(1, 3) {
                    let begin = self.now + self.dice.from(0, span);
                    let length = self.dice.from(1, 90_000);
                    self.storms.push((begin, begin + length, is_mute));
                }
            }
        }
        let now = self.now;
        let window = |dice: &mut Dice, longest: Millis| {
            let begin = now + dice.from(0, span);
            let is_for_good = dice.one_in(3);
            (begin, if is_for_good { Millis::MAX } else { begin + dice.from(1, longest) })
        };
        if self.faults & Fault::RoleLost.bit() != 0 {
            self.role_lost = Some(window(&mut self.dice, 600_000));
        }
        if self.faults & Fault::CustomerGone.bit() != 0 && self.dice.one_in(2) {
            self.gone_from = Some(window(&mut self.dice, 1).0);
        }
        if self.faults & Fault::StepUp.bit() != 0 {
            self.factor_from = Some(window(&mut self.dice, 1).0);
        }
        if self.faults & Fault::Quota.bit() != 0 {
            self.quota = Some(window(&mut self.dice, 60_000));
        }
        self.task_forbidden = self.has(Fault::TaskForbidden);
        let one_off: [(Fault, u64, Make); 8] = [
            (Fault::Expiry, 3, || Happening::Expiry),
            (Fault::Crash, 3, || Happening::Crash { device: 0 }),
            (Fault::Sleep, 2, || Happening::Sleep { device: 0 }),
            (Fault::ClockBack, 2, || Happening::ClockBack { device: 0 }),
            (Fault::Pause, 2, || Happening::Tell { device: 0, event: Event::Pause }),
            (Fault::StopsEarly, 1, || Happening::Tell { device: 0, event: Event::Stop }),
            (Fault::Offline, 2, || Happening::Tell { device: 0, event: Event::Offline(true) }),
            (Fault::Crash, 1, || Happening::Crash { device: 0 }),
        ];
        for (at, (fault, most, happening)) in (0..).zip(one_off) {
            if self.has(fault) {
                for _ in 0..self.dice.from(1, most) {
                    // The last is for crashes while fates settle.
                    let when = if at == 7 { self.dice.from(0, 400_000) } else { self.dice.from(0, span * 2) };
                    self.later(when, happening());
                }
            }
        }
    }

    /// Somebody else's user of a row's name.
    fn other(&mut self, row: usize, person: &Person, lane: usize, is_twin: bool) -> bool {
        let mut person = person.clone();
        if !is_twin {
            person.display_name = "Somebody else".to_owned();
        }
        if self.customers[lane].add(&person, "theirs", By::Other, self.now).is_none() {
            return false;
        }
        if is_twin {
            self.admins_wrong.insert(row);
        }
        true
    }

    fn later(&mut self, after: Millis, happening: Happening) {
        self.order += 1;
        self.queue.insert((self.now + after, self.order), happening);
    }

    fn break_(&mut self, what: &str) {
        let now = self.now;
        self.broken.get_or_insert_with(|| format!("at {now} ms: {what}"));
    }

    /// Lets everything happen, to the end.
    pub(super) fn run(&mut self) -> Result<(), String> {
        while let Some(((at, _), happening)) = self.queue.pop_first() {
            self.now = self.now.max(at);
            self.events += 1;
            if TELL.get() {
                println!("{at} {happening:?}");
            }
            self.happen(happening);
            if self.crashes.contains(&self.events) {
                self.crash(0);
            }
            if let Some(what) = self.broken.take() {
                return Err(what);
            }
            if self.events > 20_000 + 2_000 * self.rows.len() as u64 || self.now > LONGEST_LIFE {
                return Err(format!("no end after {} events, {} ms", self.events, self.now));
            }
        }
        Ok(())
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Deliver { device, life, event } => self.deliver(device, life, event),
            Happening::Wake { device, life } => {
                let found = &mut self.devices[device];
                if found.life == life && found.wake_at.is_some_and(|at| at <= self.now) {
                    found.wake_at = None;
                    self.deliver(device, life, Event::Tick);
                }
            }
            Happening::Arrives { device, life, call, lane, work, is_late, back } => {
                let answer = self.serve(device, lane, &work, is_late);
                let Some(call) = call else { return };
                let (after, answer) = match back {
                    Back::After(after) => (after, answer),
                    Back::As5xx(after) => (after, Answer::Unknown { answered: true }),
                    Back::Never => return,
                };
                self.answer(device, life, call, after, answer);
            }
            Happening::Written { device, life, ticket } => {
                let is_full = self.quota.is_some_and(|(from, to)| (from..to).contains(&self.now));
                let found = &mut self.devices[device];
                if found.life != life {
                    return;
                }
                let Some((_, text)) = found.writing.remove(&ticket.0) else { return };
                if is_full {
                    self.fired.count(Fault::Quota);
                } else {
                    self.store(&text);
                }
                self.deliver(device, life, Event::Written(ticket, !is_full));
            }
            Happening::Crash { device } => self.crash(device),
            Happening::Start { device } => self.start(device),
            Happening::Sleep { device } => {
                if self.devices[device].run.is_some() {
                    self.fired.count(Fault::Sleep);
                    self.devices[device].asleep_until = self.now + self.dice.from(60_000, 7_200_000);
                }
            }
            Happening::ClockBack { device } => {
                self.fired.count(Fault::ClockBack);
                self.devices[device].set_back += self.dice.from(1, 900_000);
            }
            Happening::Expiry => {
                for device in &mut self.devices {
                    device.has_token = false;
                }
                self.fired.count(Fault::Expiry);
            }
            Happening::Admin { row, is_twin } => {
                let (_, lane, Some(person)) = self.rows[row].clone() else { return };
                if self.other(row, &person, lane, is_twin) {
                    self.fired.count(if is_twin { Fault::Twin } else { Fault::SecondAdmin });
                }
            }
            Happening::Tell { device, event } => {
                match event {
                    Event::Pause => self.fired.count(Fault::Pause),
                    Event::Stop => self.fired.count(Fault::StopsEarly),
                    Event::Offline(is_offline) => {
                        self.devices[device].is_offline = is_offline;
                        if is_offline {
                            self.fired.count(Fault::Offline);
                            let after = self.dice.from(1, 600_000);
                            self.later(after, Happening::Tell { device, event: Event::Offline(false) });
                        }
                    }
                    _ => {}
                }
                let life = self.devices[device].life;
                self.deliver(device, life, event);
            }
            Happening::Person { device, life } => self.person(device, life),
        }
    }

    fn answer(&mut self, device: usize, life: u32, call: CallId, after: Millis, answer: Answer) {
        let correlation = Some(format!("c{}", self.order));
        self.later(
            after,
            Happening::Deliver { device, life, event: Event::Answered { call, answer, correlation } },
        );
    }

    /// What the service does with a request that has arrived.
    fn serve(&mut self, device: usize, lane: usize, work: &Work, is_late: bool) -> Answer {
        let now = self.now;
        if !is_late {
            if self.gone_from.is_some_and(|from| from <= now) && lane == 0 {
                self.fired.count(Fault::CustomerGone);
                return Answer::Gone("20002".to_owned());
            }
            if !self.devices[device].has_token {
                return Answer::SignInAgain;
            }
            if self.factor_from.is_some_and(|from| from <= now) && !self.devices[device].has_factor {
                self.fired.count(Fault::StepUp);
                return Answer::StepUp;
            }
            let storm = self.storms.iter().find(|(from, to, _)| (*from..*to).contains(&now)).copied();
            if let Some((_, to, is_mute)) = storm
                && lane == 0
            {
                self.fired.count(if is_mute { Fault::MuteStorm } else { Fault::Storm });
                // Never less than it takes to be kept: the answer is on its way for a while.
                return Answer::Throttled((!is_mute).then(|| (to - now).max(1_000)));
            }
        }
        let customer = &mut self.customers[lane];
        match work {
            Work::Users { deleted, page, begun } => {
                let (last, order) = self.devices[device].orders.entry((lane, *deleted)).or_default();
                if *page == 0 && *begun > *last {
                    (*last, *order) = (*begun, customer.order(&mut self.dice));
                }
                customer.page(*deleted, *page, self.page_size, now, order)
            }
            Work::Create { row, password, request_id } => {
                if !is_late && self.role_lost.is_some_and(|(from, to)| (from..to).contains(&now)) {
                    self.fired.count(Fault::RoleLost);
                    return Answer::Forbidden("1002".to_owned());
                }
                if self.refused.contains(row) {
                    self.fired.count(Fault::RefusedRow);
                    return Answer::Refused("27002".to_owned());
                }
                let Some(person) = &self.rows[*row].2 else { return Answer::Refused("400".to_owned()) };
                customer.create(person, password, request_id, now)
            }
            Work::Licences { user } => customer.licences(user),
            Work::Roles { user } => customer.roles(user),
            Work::Assign { row, user } => {
                if self.task_forbidden {
                    self.fired.count(Fault::TaskForbidden);
                    return Answer::Forbidden("900309".to_owned());
                }
                let wanted =
                    self.rows[*row].2.as_ref().map(|person| person.licences.clone()).unwrap_or_default();
                let answer = customer.assign(user, &wanted);
                if matches!(answer, Answer::Refused(_)) {
                    self.fired.count(Fault::NoSeats);
                }
                answer
            }
            Work::Give { row, role, user } => {
                let role = self.rows[*row].2.as_ref().and_then(|person| person.roles.get(*role).cloned());
                customer.give(user, &role.unwrap_or_default())
            }
            Work::Reset { user, password } => customer.reset(user, password),
        }
    }

    /// The browser is closed. What it was writing is there, or not, or in part.
    fn crash(&mut self, device: usize) {
        let found = &mut self.devices[device];
        if found.run.take().is_none() {
            return;
        }
        self.fired.count(Fault::Crash);
        found.life += 1;
        let writing = std::mem::take(&mut found.writing);
        if let Some((_, (_, text))) = writing.into_iter().next() {
            match self.dice.next() % 3 {
                0 => self.store(&text),
                1 if self.faults & Fault::TornWrite.bit() != 0 => {
                    let cut = usize::try_from(self.dice.next() % text.len() as u64).unwrap_or(0);
                    self.store(&text[..cut]);
                    self.fired.count(Fault::TornWrite);
                }
                _ => {}
            }
        }
        let after = self.dice.from(100, 300_000);
        self.later(after, Happening::Start { device });
    }

    /// Adds to the journal, and keeps which rows it says to be sent.
    fn store(&mut self, text: &str) {
        self.storage.push_str(text);
        for line in text.lines().filter(|line| line.contains("\tsending\t")) {
            self.noted.extend(line.split('\t').nth(3).map(str::to_owned));
        }
    }

    fn start(&mut self, device: usize) {
        self.starts += 1;
        let mut past = Past::parse(&self.storage);
        let lanes = self.customers.len();
        if self.bug == Some(Bug::StickyDropped)
            && let Some(past) = &mut past
        {
            past.rows.clear();
        }
        let is_alone = self.devices.iter().all(|device| device.run.is_none());
        if past.is_none() && is_alone {
            self.storage.clear();
            self.noted.clear();
        }
        let identity = past.as_ref().map_or_else(identity, |past| past.identity.clone());
        // Rows go to the engine lane by lane; the world keeps them in the same order.
        let batches = (0..lanes).map(|lane| Batch {
            customer: format!("customer-{lane}"),
            rows: self
                .rows
                .iter()
                .filter(|(_, other, _)| *other == lane)
                .map(|(number, _, person)| (*number, person.clone()))
                .collect(),
        });
        let mut run = Run::new(identity, batches.collect(), past.as_ref());
        run.bug = self.bug;
        let found = &mut self.devices[device];
        let random = Dice::new(found.random.next());
        let life = found.life;
        let (in_memory, was_barred) = (found.in_memory, HashSet::new());
        *found = Device::new(random, lanes);
        (found.life, found.in_memory, found.barred) = (life, in_memory, was_barred);
        found.run = Some(run);
        self.deliver(device, life, Event::Tick);
    }

    /// The row of the world that an engine's row is.
    pub(super) fn row(&self, index: usize) -> usize {
        let lanes = self.customers.len();
        let mut before = 0;
        for lane in 0..lanes {
            let count = (self.rows.len() + lanes - 1 - lane) / lanes;
            if index < before + count {
                return (index - before) * lanes + lane;
            }
            before += count;
        }
        index
    }

    fn deliver(&mut self, device: usize, life: u32, event: Event) {
        let found = &mut self.devices[device];
        if found.life != life || found.run.is_none() {
            return;
        }
        if found.asleep_until > self.now {
            let after = found.asleep_until - self.now;
            // Connections do not survive.
            let is_lost = matches!(event, Event::Answered { .. }) && self.dice.one_in(2);
            if !is_lost {
                self.later(after, Happening::Deliver { device, life, event });
            }
            return;
        }
        self.heard(device, &event);
        let found = &mut self.devices[device];
        let now = self.now.saturating_sub(found.set_back);
        let Some(run) = &mut found.run else { return };
        let effects = run.step(now, event, &mut found.random);
        for effect in effects {
            self.act(device, life, effect);
        }
        self.see(device, life);
    }

    /// What the device learns, for what it may do from now on.
    fn heard(&mut self, device: usize, event: &Event) {
        let now = self.now;
        let found = &mut self.devices[device];
        match event {
            Event::Answered { call, answer, .. } => {
                let Some(request) = found.under_way.remove(call) else { return };
                let Some(run) = &found.run else { return };
                let lane = match &request {
                    Request::Users { lane, .. } => Some(*lane),
                    other => other.row().and_then(|row| run.lane_of(row)),
                };
                let Some(lane) = lane else { return };
                if matches!(
                    answer,
                    Answer::Users(..)
                        | Answer::Created(_)
                        | Answer::Held(_)
                        | Answer::Done
                        | Answer::Exists(_)
                        | Answer::Refused(_)
                        | Answer::Forbidden(_)
                ) {
                    found.renewals = 0;
                }
                match answer {
                    Answer::Throttled(Some(wait)) => {
                        found.quiet_until[lane] = found.quiet_until[lane].max(now + wait);
                    }
                    Answer::Gone(_) => {
                        found.barred.insert(lane);
                    }
                    Answer::Forbidden(_) if matches!(request, Request::Create { .. }) => {
                        found.barred.insert(lane);
                    }
                    _ => {}
                }
                match (&request, answer) {
                    (Request::Create { row, .. }, Answer::Unknown { .. }) => {
                        found.unknown.insert(*row, now);
                    }
                    (Request::Users { deleted: false, .. }, Answer::Users(_, false)) => {
                        let began = found.listing[lane];
                        found
                            .unknown
                            .retain(|row, since| run.lane_of(*row) != Some(lane) || began < *since + SETTLE);
                    }
                    _ => {}
                }
            }
            Event::Continue => found.barred.clear(),
            _ => {}
        }
    }

    fn act(&mut self, device: usize, life: u32, effect: Effect) {
        match effect {
            Effect::Send(call, request) => self.send(device, life, call, request),
            Effect::Abort(call) => {
                let now = self.now;
                let found = &mut self.devices[device];
                if let Some(Request::Create { row, .. }) = found.under_way.remove(&call) {
                    found.unknown.insert(row, now);
                }
            }
            Effect::Write(ticket, text) => {
                self.devices[device].writing.insert(ticket.0, (ticket, text));
                // Slow enough for a crash to come in between, where that is what it is about.
                let after = self.dice.from(1, if self.has(Fault::TornWrite) { 4_000 } else { 20 });
                self.later(after, Happening::Written { device, life, ticket });
            }
            Effect::Wake(after) => {
                let at = self.now + after;
                if self.devices[device].wake_at != Some(at) {
                    self.devices[device].wake_at = Some(at);
                    self.later(after, Happening::Wake { device, life });
                }
            }
            Effect::Renew => {
                let found = &mut self.devices[device];
                found.renewals += 1;
                if found.renewals > 1 {
                    return self.break_("a renewal that had not helped was repeated");
                }
                // A renewal is no second factor.
                found.has_token = true;
                let event = if self.dice.percent(90) { Event::SignedIn } else { Event::SignInFailed };
                self.devices[device].has_token = event == Event::SignedIn;
                self.later(300, Happening::Deliver { device, life, event });
            }
            Effect::Finished => {}
        }
    }

    fn send(&mut self, device: usize, life: u32, call: CallId, request: Request) {
        self.requests += 1;
        let Some((lane, work)) = self.work(device, &request) else {
            return self.break_(&format!("{request:?} lacks what it needs"));
        };
        if let Some(what) = self.forbidden(device, lane, &request) {
            return self.break_(&what);
        }
        let now = self.now;
        let found = &mut self.devices[device];
        if let Request::Users { deleted: false, page: 0, .. } = request {
            found.listing[lane] = now;
        }
        let is_create = matches!(request, Request::Create { .. });
        if let Request::Create { row, .. } = request {
            let tries = found.tries.entry(row).or_default();
            *tries += 1;
            if *tries > 80 {
                let told = format!("row {row} was sent {tries} times");
                return self.break_(&told);
            }
        }
        found.under_way.insert(call, request);
        if found.under_way.len() > 4 {
            return self.break_("more than four calls under way");
        }
        if found.is_offline {
            return self.answer(device, life, call, 5, Answer::NotSent);
        }
        let arrives = |call, is_late, back| {
            let work = work.clone();
            Happening::Arrives { device, life, call, lane, work, is_late, back }
        };
        let (up, down) = (self.dice.from(10, 150), self.dice.from(10, 150));
        let Some(fault) = self.strikes() else {
            return self.later(up, arrives(Some(call), false, Back::After(down)));
        };
        if !is_create && fault == Fault::LateLanding {
            // Reads that arrive late are no different from lost ones.
            return self.answer(device, life, call, down, Answer::Unknown { answered: false });
        }
        self.fired.count(fault);
        let lost = self.dice.from(50, 110_000);
        match fault {
            Fault::NotSent => self.answer(device, life, call, 5, Answer::NotSent),
            Fault::DropBefore => {
                self.answer(device, life, call, lost, Answer::Unknown { answered: false });
            }
            Fault::DropAfter => {
                self.later(up, arrives(None, false, Back::Never));
                self.answer(device, life, call, lost.max(up), Answer::Unknown { answered: false });
            }
            Fault::LateLanding => {
                let lost = lost.min(90_000);
                self.answer(device, life, call, lost, Answer::Unknown { answered: false });
                let after = lost + self.dice.from(1, LATEST_LANDING);
                self.later(after, arrives(None, true, Back::Never));
            }
            Fault::Duplicate => {
                let first = self.dice.one_in(2);
                let second = up + self.dice.from(1, 3_000);
                self.later(up, arrives(first.then_some(call), false, Back::After(down)));
                self.later(second, arrives((!first).then_some(call), false, Back::After(down)));
            }
            Fault::ErrorBefore => {
                self.answer(device, life, call, up + down, Answer::Unknown { answered: true });
            }
            Fault::Garbage if self.dice.one_in(2) => {
                self.answer(device, life, call, up + down, Answer::Unknown { answered: true });
            }
            Fault::ErrorAfter | Fault::Garbage => {
                self.later(up, arrives(Some(call), false, Back::As5xx(down)));
            }
            _ => {
                let slow = self.dice.from(20_000, 95_000);
                self.later(up, arrives(Some(call), false, Back::After(slow)));
            }
        }
    }

    /// Whether a fault of the network strikes, and which.
    fn strikes(&mut self) -> Option<Fault> {
        const NETWORK: [Fault; 9] = [
            Fault::DropBefore,
            Fault::DropAfter,
            Fault::LateLanding,
            Fault::Duplicate,
            Fault::ErrorBefore,
            Fault::ErrorAfter,
            Fault::Garbage,
            Fault::Slow,
            Fault::NotSent,
        ];
        if !self.dice.percent(self.rate) {
            return None;
        }
        let kinds: Vec<Fault> = NETWORK.into_iter().filter(|fault| self.has(*fault)).collect();
        let at = usize::try_from(self.dice.next()).unwrap_or(0).checked_rem(kinds.len())?;
        kinds.get(at).copied()
    }

    fn work(&mut self, device: usize, request: &Request) -> Option<(usize, Work)> {
        let run = self.devices[device].run.as_ref()?;
        let user = |row: usize| run.user_id(row).map(str::to_owned);
        let work = match request {
            Request::Users { lane, deleted, page } => {
                return Some((*lane, Work::Users { deleted: *deleted, page: *page, begun: self.requests }));
            }
            Request::Create { row, request_id } => {
                let password = run.password(*row)?.reveal().to_owned();
                self.secrets.push(password.clone());
                Work::Create { row: self.row(*row), password, request_id: request_id.clone() }
            }
            Request::Licences { row } => Work::Licences { user: user(*row)? },
            Request::Assign { row } => Work::Assign { row: self.row(*row), user: user(*row)? },
            Request::Roles { row } => Work::Roles { user: user(*row)? },
            Request::GiveRole { row, role } => {
                Work::Give { row: self.row(*row), role: *role, user: user(*row)? }
            }
            Request::Reset { row } => {
                let password = run.new_password(*row)?.reveal().to_owned();
                Work::Reset { user: user(*row)?, password }
            }
        };
        let lane = self.devices[device].run.as_ref()?.lane_of(request.row()?)?;
        Some((lane, work))
    }

    /// What must not be sent now, and why.
    fn forbidden(&self, device: usize, lane: usize, request: &Request) -> Option<String> {
        let found = &self.devices[device];
        if self.now < found.quiet_until[lane] {
            return Some(format!(
                "{request:?} while a pause was asked for until {}",
                found.quiet_until[lane]
            ));
        }
        let Request::Create { row, .. } = request else { return None };
        if found.barred.contains(&lane) {
            return Some(format!("{request:?} after a refusal of all rows"));
        }
        if let Some(since) = found.unknown.get(row) {
            return Some(format!("{request:?} again without a look, its fate unknown since {since}"));
        }
        let (_, _, Some(person)) = &self.rows[self.row(*row)] else {
            return Some("an invalid row".to_owned());
        };
        let is_noted = || self.noted.contains(&identity().hash(&person.sign_in));
        if !found.in_memory && !is_noted() {
            return Some(format!("{request:?} before the journal says so"));
        }
        None
    }

    /// What a person does when the run waits for one.
    fn see(&mut self, device: usize, life: u32) {
        let found = &mut self.devices[device];
        let Some(run) = &found.run else { return };
        let holds = run.holds();
        let waits = holds.person || holds.sign_in || holds.journal || run.is_finished();
        if waits && !found.person_comes {
            found.person_comes = true;
            let after = self.dice.from(500, 90_000);
            self.later(after, Happening::Person { device, life });
        }
    }

    fn person(&mut self, device: usize, life: u32) {
        let found = &mut self.devices[device];
        if found.life != life {
            return;
        }
        found.person_comes = false;
        let Some(run) = &mut found.run else { return };
        let holds = run.holds();
        let event = if holds.sign_in {
            (found.has_token, found.has_factor) = (true, true);
            found.renewals = 0;
            Event::SignedIn
        } else if holds.journal {
            if self.dice.one_in(2) {
                found.in_memory = true;
                Event::WithoutJournal
            } else {
                Event::Continue
            }
        } else if holds.person {
            Event::Continue
        } else if run.is_finished() {
            let is_stopped = run.lanes().any(|lane| lane.stop.is_some() || lane.no_licences.is_some());
            if is_stopped && found.continues < 2 {
                found.continues += 1;
                Event::Continue
            } else if !found.has_reset && self.faults & Fault::SecondTab.bit() == 0 {
                found.has_reset = true;
                let rows: Vec<usize> = run
                    .report()
                    .filter(|line| line.secret == Secret::NotKnown)
                    .map(|line| line.index)
                    .collect();
                for row in rows {
                    run.reset(row, &mut found.random);
                }
                Event::Tick
            } else {
                return;
            }
        } else {
            return;
        };
        self.deliver(device, life, event);
    }

    pub(super) fn told(&self) -> Told {
        let counts = self.devices.first().and_then(|device| device.run.as_ref()).map(Run::counts);
        Told {
            fired: self.fired.clone(),
            counts: counts.unwrap_or_default(),
            events: self.events,
            requests: self.requests,
            starts: self.starts,
        }
    }

    /// The most requests that a world like this may take.
    pub(super) fn request_bound(&self) -> u64 {
        self.starts * (600 + 30 * self.rows.len() as u64)
    }

    pub(super) fn requests(&self) -> u64 {
        self.requests
    }
}

/// The same in all worlds.
fn identity() -> Identity {
    Identity { import: "import-1".into(), file: "hash".into(), salt: "salt".into() }
}

impl Device {
    fn new(random: Dice, lanes: usize) -> Self {
        Self {
            run: None,
            life: 0,
            random,
            writing: BTreeMap::new(),
            wake_at: None,
            asleep_until: 0,
            set_back: 0,
            is_offline: false,
            has_token: true,
            has_factor: false,
            in_memory: false,
            person_comes: false,
            continues: 0,
            has_reset: false,
            under_way: HashMap::new(),
            quiet_until: vec![0; lanes],
            barred: HashSet::new(),
            unknown: HashMap::new(),
            listing: vec![0; lanes],
            orders: HashMap::new(),
            renewals: 0,
            tries: HashMap::new(),
        }
    }
}
