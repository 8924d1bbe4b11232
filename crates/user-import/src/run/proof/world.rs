//! A world: customers, devices with the engine on them, a network, an administrator, a person, and time.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};

use sandbox::core::faults::{Kind, Rule};
use serde_json::json;

use super::dice::Dice;
use super::service::{ROLES, SKUS, Service, domain};
use super::{Bug, Fault, Fired, wire};
use crate::run::{
    Answer, Batch, CallId, Counts, Effect, Event, Millis, Person, Request, Run, SETTLE, Secret, Ticket,
};
use crate::{Identity, Password, Past};

thread_local! {
    /// Whether everything is told as it happens.
    pub(super) static TELL: Cell<bool> = const { Cell::new(false) };
}

/// How long after the caller has given up a request may still arrive.
const LATEST_LANDING: Millis = 44_000;
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
        /// What goes wrong with it in the service.
        spoil: Option<(Kind, u64)>,
        /// How long the answer is on its way.
        down: Millis,
    },
    /// Something that is due happens in the service.
    Due,
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

/// A request as it is on its way.
#[derive(Debug, Clone)]
enum Work {
    Users { deleted: bool, sort: &'static str, descending: bool, token: Option<String> },
    Create { row: usize, password: String, request_id: String },
    Licences { user: String },
    Assign { row: usize, user: String },
    Roles { user: String },
    Give { row: usize, role: usize, user: String },
    Reset { user: String, password: String },
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
    /// By lane and whether deleted users are listed: how the listing is sorted, and how to go on after each of its pages.
    listings: HashMap<(usize, bool), (&'static str, bool, Vec<String>)>,
    /// How to go on after a page whose answer is on its way.
    tokens: HashMap<CallId, String>,
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
    pub(super) service: RefCell<Service>,
    pub(super) lanes: usize,
    /// Number, lane, person.
    pub(super) rows: Vec<(u32, usize, Option<Person>)>,
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
        let service = RefCell::new(Service::new(dice.next()));
        let mut world = Self {
            // More than a fifth of thousands of calls is a service that nobody would go on using.
            rate: [5, 10, 20, if rows > 100 { 20 } else { 40 }][dice.below(4)],
            dice,
            faults,
            bug,
            // Long enough after the beginning for a clock to be set back.
            now: 100_000_000,
            queue: BTreeMap::new(),
            order: 0,
            service,
            lanes,
            rows: Vec::new(),
            storms: Vec::new(),
            role_lost: None,
            gone_from: None,
            factor_from: None,
            quota: None,
            task_forbidden: false,
            page_size: if rows > 100 { 500 } else { 8 },
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
            let licences = if self.dice.one_in(4) { SKUS.map(str::to_owned).to_vec() } else { Vec::new() };
            let person = Person {
                sign_in: format!("Secretname{index}@Tenant{}", &domain(lane)["tenant".len()..]),
                display_name: format!("Hiddenperson {index}"),
                first_name: "Hiddenperson".to_owned(),
                last_name: index.to_string(),
                // Mostly: without one the service refuses licences.
                location: if self.dice.one_in(2) || !licences.is_empty() && !self.dice.one_in(8) {
                    "ES".to_owned()
                } else {
                    String::new()
                },
                password: self.dice.one_in(4).then(|| Password::given(&format!("Gehe1m!{index}"))),
                licences,
                roles: if self.dice.one_in(8) { ROLES.map(str::to_owned).to_vec() } else { Vec::new() },
            };
            let number = u32::try_from(index + 2).unwrap_or(u32::MAX);
            self.rows.push((number, lane, (!is_invalid).then_some(person)));
        }
    }

    /// What will happen anyhow, at times of its own.
    fn fate(&mut self, rows: usize) {
        let span = 2_000 + 100 * rows as u64;
        let lag = self.dice.from(1, LONGEST_LAG);
        let memory = *["honour", "ten_minutes", "in_flight"].get(self.dice.below(3)).unwrap_or(&"honour");
        let service = self.service.get_mut();
        service.tick(self.now);
        service.configure(&json!({
            "lag_ms": if self.faults & Fault::Lag.bit() == 0 { 0 } else { lag },
            "request_ids": if self.faults & Fault::KnowsIds.bit() == 0 { "ignore" } else { memory },
        }));
        if self.faults & Fault::NoSeats.bit() != 0 {
            (0..self.lanes).for_each(|lane| service.seats(lane, rows as u64 / 10));
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
                let service = self.service.get_mut();
                if let Some(id) = service.create_by_other(lane, &person) {
                    service.delete_by_other(lane, &id);
                    self.fired.count(Fault::SoftDeleted);
                }
            } else if self.has(Fault::RefusedRow) && self.dice.one_in(10) {
                // The service has its reasons: this is no domain of the customer's.
                if let Some(person) = &mut self.rows[row].2 {
                    person.sign_in = format!("Secretname{row}@elsewhere.example");
                }
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
        let service = self.service.get_mut();
        service.tick(self.now);
        if service.create_by_other(lane, &person).is_none() {
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
            Happening::Arrives { device, life, call, lane, work, spoil, down } => {
                let (answer, token) = self.serve(device, lane, &work, spoil);
                let Some(call) = call else { return };
                if let Some(token) = token {
                    self.devices[device].tokens.insert(call, token);
                }
                self.answer(device, life, call, down, answer);
            }
            Happening::Due => self.service.get_mut().tick(self.now),
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

    /// What the service does with a request that has arrived, and how to go on after a page.
    fn serve(
        &mut self,
        device: usize,
        lane: usize,
        work: &Work,
        spoil: Option<(Kind, u64)>,
    ) -> (Answer, Option<String>) {
        let mut faults = Vec::new();
        let with = |kind, seconds| Rule { seconds: Some(seconds), ..Rule::always(kind) };
        if let Some((Kind::LateLanding, seconds)) = spoil {
            faults.push(with(Kind::LateLanding, seconds));
        } else {
            faults.extend(self.troubles(device, lane, work));
            faults.extend(spoil.map(|(kind, seconds)| with(kind, seconds)));
        }
        if matches!(work, Work::Users { .. }) && self.has(Fault::PageOrder) && self.dice.one_in(2) {
            faults.push(Rule::always(if self.dice.one_in(2) { Kind::PageOrder } else { Kind::RepeatId }));
        }
        let service = self.service.get_mut();
        let customer = service.customer(lane);
        let person = |row: usize| self.rows[row].2.as_ref();
        let request = match work {
            Work::Users { deleted, sort, descending, token } => {
                wire::list(&customer, *deleted, self.page_size, sort, *descending, token.as_deref())
            }
            Work::Create { row, password, request_id } => match person(*row) {
                Some(person) => wire::create(&customer, person, password, request_id),
                None => return (Answer::Refused("400".to_owned()), None),
            },
            Work::Licences { user } => wire::below(sandbox::Method::Get, &customer, user, "licenses"),
            Work::Roles { user } => wire::below(sandbox::Method::Get, &customer, user, "directoryroles"),
            Work::Assign { row, user } => {
                wire::assign(&customer, user, person(*row).map_or(&[], |person| &person.licences))
            }
            Work::Give { row, role, user } => {
                let role = person(*row).and_then(|person| person.roles.get(*role));
                wire::give_role(&customer, user, role.map_or("", String::as_str))
            }
            Work::Reset { user, password } => wire::reset(&customer, user, password),
        };
        let response = service.handle(self.now, &request, faults);
        let answer = match work {
            Work::Users { .. } => return wire::users(&response),
            Work::Create { .. } => wire::created(&response),
            Work::Licences { .. } | Work::Roles { .. } => wire::held(&response),
            Work::Assign { .. } | Work::Give { .. } | Work::Reset { .. } => wire::done(&response),
        };
        match (&answer, work) {
            (Answer::Refused(_), Work::Create { .. }) => self.fired.count(Fault::RefusedRow),
            (Answer::Refused(code), Work::Assign { .. }) if code == "60012" => {
                self.fired.count(Fault::NoSeats);
            }
            _ => {}
        }
        (answer, None)
    }

    /// What keeps the service from doing what it is asked for, now.
    fn troubles(&mut self, device: usize, lane: usize, work: &Work) -> Option<Rule> {
        let now = self.now;
        let kind = if self.gone_from.is_some_and(|from| from <= now) && lane == 0 {
            self.fired.count(Fault::CustomerGone);
            Kind::NoRelationship
        } else if !self.devices[device].has_token {
            Kind::Expired
        } else if self.factor_from.is_some_and(|from| from <= now) && !self.devices[device].has_factor {
            self.fired.count(Fault::StepUp);
            if self.dice.one_in(2) { Kind::Mfa } else { Kind::MfaHeader }
        } else if let Some(rule) = self.storm(lane) {
            return Some(rule);
        } else if matches!(work, Work::Create { .. })
            && self.role_lost.is_some_and(|(from, to)| (from..to).contains(&now))
        {
            self.fired.count(Fault::RoleLost);
            if self.dice.one_in(2) { Kind::Forbidden } else { Kind::RoleMissing }
        } else if self.task_forbidden && matches!(work, Work::Assign { .. }) {
            self.fired.count(Fault::TaskForbidden);
            Kind::ConditionalAccess
        } else {
            return None;
        };
        Some(Rule::always(kind))
    }

    /// A pause that the service asks for, in one of its forms.
    fn storm(&mut self, lane: usize) -> Option<Rule> {
        let now = self.now;
        let (_, to, is_mute) =
            self.storms.iter().find(|(from, to, _)| (*from..*to).contains(&now)).filter(|_| lane == 0)?;
        let seconds = (to - now).div_ceil(1000);
        let kind = if *is_mute {
            Kind::ThrottleBare
        } else {
            *[Kind::Throttle, Kind::ThrottleDate, Kind::ThrottleText].get(self.dice.below(3))?
        };
        self.fired.count(if *is_mute { Fault::MuteStorm } else { Fault::Storm });
        Some(Rule { seconds: Some(seconds), ..Rule::always(kind) })
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
        let lanes = self.lanes;
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
        let service = &self.service;
        let batches = (0..lanes).map(|lane| Batch {
            customer: service.borrow_mut().customer(lane),
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
        let lanes = self.lanes;
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
                let token = found.tokens.remove(call);
                if let (Request::Users { deleted, page, .. }, Some(token)) = (&request, token)
                    && let Some((.., tokens)) = found.listings.get_mut(&(lane, *deleted))
                {
                    tokens.truncate(*page as usize);
                    tokens.push(token);
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
        let (up, down) = (self.dice.from(10, 150), self.dice.from(10, 150));
        let arrives = |call, spoil, down| {
            let work = work.clone();
            Happening::Arrives { device, life, call, lane, work, spoil, down }
        };
        let Some(fault) = self.strikes() else {
            return self.later(up, arrives(Some(call), None, down));
        };
        if !is_create && fault == Fault::LateLanding {
            // Reads that arrive late are no different from lost ones.
            return self.answer(device, life, call, down, Answer::Unknown { answered: false });
        }
        self.fired.count(fault);
        let lost = self.dice.from(50, 110_000);
        let one_of = |dice: &mut Dice, kinds: [Kind; 4]| kinds.get(dice.below(4)).map(|kind| (*kind, 1));
        match fault {
            Fault::NotSent => self.answer(device, life, call, 5, Answer::NotSent),
            Fault::DropBefore => {
                self.answer(device, life, call, lost, Answer::Unknown { answered: false });
            }
            Fault::DropAfter => {
                self.later(up, arrives(None, Some((Kind::LostAnswer, 0)), 0));
                self.answer(device, life, call, lost.max(up), Answer::Unknown { answered: false });
            }
            Fault::LateLanding => {
                let lost = lost.min(90_000);
                self.answer(device, life, call, lost, Answer::Unknown { answered: false });
                let after = lost + self.dice.from(1, LATEST_LANDING);
                let seconds = after.saturating_sub(up).div_ceil(1000);
                self.later(up, arrives(None, Some((Kind::LateLanding, seconds)), 0));
                self.later(up + seconds * 1000, Happening::Due);
            }
            Fault::Duplicate => {
                let first = self.dice.one_in(2);
                let second = up + self.dice.from(1, 3_000);
                self.later(up, arrives(first.then_some(call), None, down));
                self.later(second, arrives((!first).then_some(call), None, down));
            }
            Fault::ErrorBefore => {
                let kinds = [Kind::ErrorBefore, Kind::ErrorEmpty, Kind::Html, Kind::ErrorBefore];
                let spoil = one_of(&mut self.dice, kinds);
                self.later(up, arrives(Some(call), spoil, down));
            }
            Fault::ErrorAfter => self.later(up, arrives(Some(call), Some((Kind::ErrorAfter, 0)), down)),
            Fault::Garbage => {
                let kinds = [Kind::Garbage, Kind::Truncated, Kind::Empty200, Kind::BrokenBody];
                let spoil = one_of(&mut self.dice, kinds);
                self.later(up, arrives(Some(call), spoil, down));
            }
            _ => {
                let slow = self.dice.from(20_000, 95_000);
                self.later(up, arrives(Some(call), None, slow));
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
        if let Request::Users { lane, deleted, page } = request {
            return Some((*lane, self.listing(device, *lane, *deleted, *page)?));
        }
        let run = self.devices[device].run.as_ref()?;
        let user = |row: usize| run.user_id(row).map(str::to_owned);
        let work = match request {
            Request::Users { .. } => return None,
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

    /// A page of a listing. Where pages come in another order each time, so does the whole.
    fn listing(&mut self, device: usize, lane: usize, deleted: bool, page: u32) -> Option<Work> {
        const SORTS: [&str; 4] = ["DisplayName", "UserPrincipalName", "FirstName", "LastName"];
        if page == 0 {
            let is_shuffled = self.has(Fault::PageOrder);
            // Long lists are kept in one order: sorting thousands of users for each page is most of the time there is.
            let at = if is_shuffled && self.rows.len() <= 100 { self.dice.below(4) } else { 0 };
            let descending = is_shuffled && self.dice.one_in(2);
            let begun = (*SORTS.get(at)?, descending, Vec::new());
            self.devices[device].listings.insert((lane, deleted), begun);
        }
        let (sort, descending, tokens) = self.devices[device].listings.get(&(lane, deleted))?;
        let token = match page.checked_sub(1) {
            None => None,
            Some(before) => Some(tokens.get(before as usize)?.clone()),
        };
        Some(Work::Users { deleted, sort, descending: *descending, token })
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
            listings: HashMap::new(),
            tokens: HashMap::new(),
            renewals: 0,
            tries: HashMap::new(),
        }
    }
}
