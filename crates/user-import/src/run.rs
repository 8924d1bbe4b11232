//! The run: from a plan to users, over a network that fails.
//!
//! A state machine without I/O. It is fed [`Event`]s and asks for [`Effect`]s; it has no clock, no random source and no
//! storage of its own, so that the same code runs in a browser and in a simulation of hundreds of thousands of faults.
//!
//! The way of a row: `waiting → armed → sending → created | already there | rejected | unknown`. What is unknown settles
//! for longer than the service needs to finish and to show what it did, then one listing of the users tells: there as the
//! file has it (created, but with which password is not proved), there and different (not by this import), not there (sent
//! again, a bounded number of times). What it never does:
//! - send before the journal has said so, durably ([`Effect::Write`]),
//! - forget that a row was ever sent, over answers and new starts,
//! - repeat a write whose fate is unknown without having looked,
//! - call a password right without a 2xx, or a row failed while its fate is unknown,
//! - go on with the other rows after a refusal that concerns all of them (403, a customer who left).

mod call;
mod lane;
mod port;
#[cfg(test)]
mod proof;
mod report;
mod row;
mod scan;
mod task;
#[cfg(test)]
mod tests;

pub use lane::Stop;
pub use port::{Answer, CallId, Effect, Event, Found, Millis, Person, Request, Ticket};
pub use report::{Counts, Line, Secret};
pub use row::{Outcome, Step};

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use crate::journal::{self, Noted, Past};
use crate::{Identity, Password, Random};
use lane::{Lane, MOST_AT_ONCE};
use row::{Row, Stage};

/// How long the fate of a write settles: longer than the service takes to finish it and to show it in a listing.
pub const SETTLE: Millis = 120_000;
/// How long a task that can be done twice settles.
const SETTLE_TASK: Millis = 20_000;
/// How long the fate of a write settles that was refused, in case that the network had delivered it twice.
const SETTLE_REFUSED: Millis = 45_000;
/// When a read is given up.
pub const READ_TIMEOUT: Millis = 30_000;
/// When a write is given up.
pub const WRITE_TIMEOUT: Millis = 100_000;
/// The longest time between two events that counts: a laptop that slept, or a clock that was set, settled nothing.
const LONGEST_GAP: Millis = 45_000;
/// How often a row's user is sent at most with an unknown fate.
pub const MOST_SENDS: u32 = 4;
/// How often it is looked for a user of which the service says that it is there.
const MOST_LOOKS: u32 = 3;
/// How many rows of a lane the journal is told about ahead.
const AHEAD: usize = 8;
/// From how many unknown rows on they are looked for while others are still sent.
const MANY_DUE: usize = 32;
/// How long an unknown row waits at most for others to be looked for with.
const LONGEST_DUE: Millis = 60_000;

/// A customer, and the rows for it.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The customer's Microsoft ID.
    pub customer: String,
    /// Numbers of the rows in the file, and their persons; `None` for a row with errors.
    pub rows: Vec<(u32, Option<Person>)>,
}

impl Batch {
    /// The rows of a checked file, for one customer.
    pub fn of(customer: &str, checked: &crate::Checked) -> Self {
        let row = |user: crate::User<'_>| (user.row, user.is_valid.then(|| Person::of(user)));
        Self { customer: customer.to_owned(), rows: checked.users().map(row).collect() }
    }
}

/// What keeps a run from sending.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Each has a cause and an end of its own.
pub struct Holds {
    /// A person wants a pause.
    pub person: bool,
    /// The device is offline.
    pub offline: bool,
    /// The sign-in is being renewed.
    pub renewing: bool,
    /// Somebody has to sign in.
    pub sign_in: bool,
    /// The journal cannot be written.
    pub journal: bool,
}

impl Holds {
    /// Whether anything holds the run.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// How a lane is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneState {
    /// The customer's Microsoft ID.
    pub customer: String,
    /// Why nothing new is sent, if a person has to look.
    pub stop: Option<Stop>,
    /// How long the lane waits yet, in milliseconds.
    pub waits: Millis,
    /// With which code licences are refused to the agent.
    pub no_licences: Option<String>,
    /// With which code roles are refused to the agent.
    pub no_roles: Option<String>,
}

#[derive(Debug)]
struct UnderWay {
    request: Request,
    lane: usize,
    deadline: Millis,
    /// Under which sign-in it was sent.
    epoch: u32,
}

#[derive(Debug, Default)]
struct Pending {
    rows: Vec<usize>,
    notes: String,
}

/// A run. See the module's text.
#[derive(Debug)]
pub struct Run {
    identity: Identity,
    rows: Vec<Row>,
    lanes: Vec<Lane>,
    calls: BTreeMap<CallId, UnderWay>,
    writes: BTreeMap<Ticket, Pending>,
    /// What the journal is to be told next, and the rows that may be sent when it was.
    notes: String,
    to_arm: Vec<usize>,
    /// Whether the journal is the memory, since there is no other.
    in_memory: bool,
    holds: Holds,
    is_stopping: bool,
    is_finished: bool,
    /// Sign-ins so far, and renewals since the last good answer.
    epoch: u32,
    renewals: u32,
    next: u64,
    /// Whose turn it is.
    turn: usize,
    clock: Millis,
    last_event: Option<Millis>,
    #[cfg(test)]
    bug: Option<proof::Bug>,
}

/// Asks whether a bug is planted, in the tests that prove that bugs are found; never otherwise.
macro_rules! planted {
    ($run:expr, $bug:ident) => {{
        #[cfg(test)]
        let is_planted = $run.bug == Some($crate::run::proof::Bug::$bug);
        #[cfg(not(test))]
        let is_planted = false;
        is_planted
    }};
}
use planted;

impl Run {
    /// A new run, or one that takes up where another ended: `past` is what the journal says, of the same file.
    ///
    /// Feed it an [`Event::Tick`] to begin.
    pub fn new(identity: Identity, batches: Vec<Batch>, past: Option<&Past>) -> Self {
        let mut run = Self {
            // The last line may have been cut off: what follows begins with a line of its own.
            notes: match past {
                Some(past) if past.identity == identity => "\n".to_owned(),
                // It goes on with another file.
                Some(_) => ["\n", &identity.head()].concat(),
                None => identity.head(),
            },
            identity,
            rows: Vec::new(),
            lanes: Vec::new(),
            calls: BTreeMap::new(),
            writes: BTreeMap::new(),
            to_arm: Vec::new(),
            in_memory: false,
            holds: Holds::default(),
            is_stopping: false,
            is_finished: false,
            epoch: 0,
            renewals: 0,
            next: 0,
            turn: 0,
            clock: 0,
            last_event: None,
            #[cfg(test)]
            bug: None,
        };
        for batch in batches {
            run.add(batch, past);
        }
        run
    }

    fn add(&mut self, batch: Batch, past: Option<&Past>) {
        let at = self.lanes.len();
        if past.is_none() {
            self.notes.push_str(&journal::lane_line(at, &batch.customer));
        }
        let mut lane = Lane::new(batch.customer);
        for (number, person) in batch.rows {
            let index = self.rows.len();
            let mut row = Row::new(at, number, person, &self.identity);
            if let Some(person) = &row.person {
                let name = person.sign_in.to_ascii_lowercase();
                if let Entry::Vacant(vacant) = lane.by_name.entry(name) {
                    vacant.insert(index);
                    match past.and_then(|past| past.rows.get(&row.hash)) {
                        Some(known) => take_up(&mut row, index, known, &mut lane),
                        None => lane.waiting.push_back(index),
                    }
                } else {
                    // Checked rows have no two of a name; whoever hands in others has the second left alone.
                    (row.stage, row.outcome) = (Stage::Done, Some(Outcome::Invalid));
                }
            }
            self.rows.push(row);
        }
        self.lanes.push(lane);
    }

    /// The person of a row.
    pub fn person(&self, row: usize) -> Option<&Person> {
        self.rows.get(row)?.person.as_ref()
    }

    /// The password that a row's user is created with.
    pub fn password(&self, row: usize) -> Option<&Password> {
        self.rows.get(row)?.password.as_ref()
    }

    /// The password that a row's user is being given instead.
    pub fn new_password(&self, row: usize) -> Option<&Password> {
        self.rows.get(row)?.new_password.as_ref()
    }

    /// The id of a row's user, as far as it is known.
    pub fn user_id(&self, row: usize) -> Option<&str> {
        self.rows.get(row)?.user.as_deref()
    }

    /// The Microsoft ID of a lane's customer.
    pub fn customer(&self, lane: usize) -> Option<&str> {
        self.lanes.get(lane).map(|lane| lane.customer.as_str())
    }

    /// The lane of a row.
    pub fn lane_of(&self, row: usize) -> Option<usize> {
        self.rows.get(row).map(|row| row.lane)
    }

    /// What holds the whole run.
    pub fn holds(&self) -> Holds {
        self.holds
    }

    /// How the lanes are.
    pub fn lanes(&self) -> impl Iterator<Item = LaneState> {
        self.lanes.iter().map(|lane| LaneState {
            customer: lane.customer.clone(),
            stop: lane.stop.clone(),
            waits: lane.paused_until.saturating_sub(self.clock),
            no_licences: lane.no_licences.clone(),
            no_roles: lane.no_roles.clone(),
        })
    }

    /// Whether nothing is left to do, for now.
    pub fn is_finished(&self) -> bool {
        self.is_finished
    }

    /// Whether leaving now would lose something: a call under way, or a password that is nowhere else.
    pub fn must_stay(&self) -> bool {
        !self.calls.is_empty() || self.rows.iter().any(|row| row.is_proven && row.password.is_some())
    }

    /// Drops all passwords: somebody has kept them, has signed out, or the page goes away.
    pub fn forget_passwords(&mut self) {
        for row in &mut self.rows {
            (row.password, row.new_password, row.is_proven) = (None, None, false);
        }
    }

    /// A person agrees that the row's user gets a new password, since the one that it has is not known. Answers whether
    /// that is possible; feed an event afterwards.
    pub fn reset(&mut self, row: usize, random: &mut dyn Random) -> bool {
        let Some(found) = self.rows.get_mut(row) else { return false };
        let created = matches!(found.outcome, Some(Outcome::Created | Outcome::CreatedUnproven));
        if !created || found.user.is_none() || found.new_password.is_some() {
            return false;
        }
        found.new_password = Some(Password::generate(random));
        found.task_sends = 0;
        found.stage = Stage::Following;
        let (lane, is_taken_up) = (found.lane, found.is_taken_up);
        if self.is_idle(row) {
            // A reset by the run before may arrive yet, and would replace this one.
            if is_taken_up && self.clock < SETTLE {
                self.lanes[lane].settle(row, SETTLE);
            } else {
                self.lanes[lane].following.push_back(row);
            }
        }
        self.is_finished = false;
        true
    }

    /// Takes an event, at a time, and answers what is to be done. `now` should come from a clock that is never set; one
    /// that is does no harm. `random` makes ids, passwords and jitter.
    pub fn step(&mut self, now: Millis, event: Event, random: &mut dyn Random) -> Vec<Effect> {
        let gap = now.saturating_sub(self.last_event.unwrap_or(now));
        self.last_event = Some(now);
        self.clock += gap.min(LONGEST_GAP);
        let mut out = Vec::new();
        self.take(event, random, &mut out);
        self.expire(random, &mut out);
        self.drive(random, &mut out);
        out
    }

    fn take(&mut self, event: Event, random: &mut dyn Random, out: &mut Vec<Effect>) {
        match event {
            Event::Tick => {}
            Event::Answered { call, answer, correlation } => {
                if let Some(under_way) = self.calls.remove(&call) {
                    self.answered(&under_way, answer, correlation, random, out);
                }
            }
            Event::Written(ticket, true) => {
                let Some(pending) = self.writes.remove(&ticket) else { return };
                self.armed(&pending.rows);
            }
            Event::Written(ticket, false) => {
                let Some(pending) = self.writes.remove(&ticket) else { return };
                self.disarm(&pending.rows);
                self.notes = ["\n", &pending.notes, &self.notes].concat();
                self.holds.journal = true;
            }
            Event::SignedIn => {
                self.epoch += 1;
                (self.holds.renewing, self.holds.sign_in) = (false, false);
            }
            Event::SignInFailed => (self.holds.renewing, self.holds.sign_in) = (false, true),
            Event::Offline(offline) => self.holds.offline = offline,
            Event::Pause => self.holds.person = true,
            Event::Continue => self.go_on(),
            Event::WithoutJournal => {
                (self.in_memory, self.holds.journal) = (true, false);
                for (_, pending) in std::mem::take(&mut self.writes) {
                    self.armed(&pending.rows);
                }
                let rows = std::mem::take(&mut self.to_arm);
                self.armed(&rows);
            }
            Event::OtherTab | Event::Stop => self.is_stopping = true,
        }
    }

    fn go_on(&mut self) {
        (self.holds.person, self.holds.journal, self.holds.offline) = (false, false, false);
        (self.is_stopping, self.is_finished) = (false, false);
        self.lanes.iter_mut().for_each(Lane::go_on);
        // Tasks that were barred may be tried again.
        for row in 0..self.rows.len() {
            let is_open = self.rows[row].stage == Stage::Following && self.rows[row].user.is_some();
            if is_open && self.is_idle(row) {
                self.lanes[self.rows[row].lane].following.push_back(row);
            }
        }
    }

    /// Whether nothing of a row's tasks is under way or queued.
    fn is_idle(&self, row: usize) -> bool {
        let lane = &self.lanes[self.rows[row].lane];
        !lane.following.contains(&row)
            && !lane.settling.iter().any(|(_, other)| *other == row)
            && !self.calls.values().any(|call| call.request.row() == Some(row))
    }

    fn armed(&mut self, rows: &[usize]) {
        for row in rows {
            let lane = self.rows[*row].lane;
            self.rows[*row].stage = Stage::Armed;
            self.lanes[lane].arming -= 1;
            self.lanes[lane].armed.push_back(*row);
        }
    }

    fn disarm(&mut self, rows: &[usize]) {
        for row in rows.iter().rev() {
            let lane = self.rows[*row].lane;
            self.rows[*row].stage = Stage::Waiting;
            self.lanes[lane].arming -= 1;
            self.lanes[lane].waiting.push_front(*row);
        }
    }

    /// Gives up calls that took too long: what became of them is unknown.
    fn expire(&mut self, random: &mut dyn Random, out: &mut Vec<Effect>) {
        let late: Vec<CallId> =
            self.calls.iter().filter(|(_, call)| call.deadline <= self.clock).map(|(id, _)| *id).collect();
        for id in late {
            if let Some(call) = self.calls.remove(&id) {
                out.push(Effect::Abort(id));
                self.answered(&call, Answer::Unknown { answered: false }, None, random, out);
            }
        }
    }

    /// Does what can be done now, and says when to come back.
    fn drive(&mut self, random: &mut dyn Random, out: &mut Vec<Effect>) {
        self.settled();
        if self.is_stopping || self.lanes.iter().any(|lane| lane.stop.is_some()) {
            self.release();
        }
        if !self.holds.any() {
            let mut idle = 0;
            while idle < self.lanes.len() {
                let lane = self.turn % self.lanes.len().max(1);
                self.turn = self.turn.wrapping_add(1);
                idle = if self.advance(lane, random, out) { 0 } else { idle + 1 };
            }
        }
        self.flush(out);
        self.rest(out);
    }

    /// Rows whose time to settle is over.
    fn settled(&mut self) {
        for lane in &mut self.lanes {
            while let Some((until, row)) = lane.settling.first().copied()
                && until <= self.clock
            {
                lane.settling.pop_first();
                if self.rows[row].stage == Stage::Settling {
                    if lane.due.is_empty() {
                        lane.due_since = self.clock;
                    }
                    lane.due.push(row);
                } else {
                    lane.following.push_back(row);
                }
            }
        }
    }

    /// Takes armed rows back that will not be sent.
    fn release(&mut self) {
        for at in 0..self.lanes.len() {
            if !self.is_stopping && self.lanes[at].stop.is_none() {
                continue;
            }
            let armed = std::mem::take(&mut self.lanes[at].armed);
            for row in armed.into_iter().rev() {
                self.rows[row].stage = Stage::Waiting;
                if !self.rows[row].ever_sent {
                    self.note(row, &Noted::Released);
                }
                self.lanes[at].waiting.push_front(row);
            }
            // What was sent is looked for before it is called not there, refused or not.
            let (doubtful, waiting): (VecDeque<usize>, VecDeque<usize>) =
                self.lanes[at].waiting.iter().partition(|row| self.rows[**row].in_doubt);
            self.lanes[at].waiting = waiting;
            for row in doubtful {
                self.rows[row].stage = Stage::Settling;
                self.lanes[at].settle(row, self.clock + SETTLE_REFUSED);
            }
        }
    }

    /// One thing that a lane can do now; `false` if there is none.
    fn advance(&mut self, at: usize, random: &mut dyn Random, out: &mut Vec<Effect>) -> bool {
        let can_send = self.can_send(at);
        let lane = &self.lanes[at];
        if can_send && !lane.is_blind && lane.scan.as_ref().is_some_and(|scan| scan.call.is_none()) {
            self.send_page(at, out);
            return true;
        }
        if !lane.is_scanned {
            let is_needed = lane.scan.is_none() && !lane.by_name.is_empty() && !lane.is_blind;
            if is_needed {
                self.begin_scan(at, true);
            }
            return is_needed;
        }
        if can_send && !lane.following.is_empty() && self.send_task(at, out) {
            return true;
        }
        if self.should_look(at) {
            self.begin_scan(at, false);
            return true;
        }
        let lane = &self.lanes[at];
        if self.is_stopping || lane.stop.is_some() {
            return false;
        }
        if can_send && let Some(row) = self.lanes[at].armed.pop_front() {
            self.send_create(row, random, out);
            return true;
        }
        self.arm(at, random)
    }

    fn can_send(&self, at: usize) -> bool {
        let lane = &self.lanes[at];
        let all: u32 = self.lanes.iter().map(|lane| lane.under_way).sum();
        let is_early = self.clock < lane.paused_until && !planted!(self, RetryAfterIgnored);
        !is_early && lane.under_way < lane.window && all < MOST_AT_ONCE
    }

    /// Whether it is time to look for unknown rows: one listing should tell of many.
    fn should_look(&self, at: usize) -> bool {
        let lane = &self.lanes[at];
        let is_idle = self.is_stopping
            || lane.stop.is_some()
            || lane.waiting.is_empty() && lane.armed.is_empty() && lane.arming == 0;
        !lane.due.is_empty()
            && lane.scan.is_none()
            && !lane.is_blind
            && (is_idle || lane.due.len() >= MANY_DUE || self.clock >= lane.due_since + LONGEST_DUE)
    }

    /// Tells the journal which rows are sent next.
    fn arm(&mut self, at: usize, random: &mut dyn Random) -> bool {
        let lane = &mut self.lanes[at];
        let ahead = lane.arming + lane.armed.len();
        // Half of them at a time, so that a write to the journal tells of several.
        if ahead > AHEAD / 2 || lane.waiting.is_empty() {
            return false;
        }
        let count = lane.waiting.len().min(AHEAD - ahead);
        let rows: Vec<usize> = lane.waiting.drain(..count).collect();
        lane.arming += count;
        for row in &rows {
            let found = &mut self.rows[*row];
            found.stage = Stage::Arming;
            if found.password.is_none() {
                found.password = Some(Password::generate(random));
            }
            if found.request_id.is_none() {
                found.request_id = Some(guid(random));
            }
            if !planted!(self, JournalAfterSend) {
                self.note(*row, &Noted::Sending);
            }
        }
        if self.in_memory || planted!(self, JournalAfterSend) {
            self.armed(&rows);
        } else {
            self.to_arm.extend(rows);
        }
        true
    }

    /// Adds a line about a row to what the journal is to be told.
    fn note(&mut self, row: usize, noted: &Noted) {
        let found = &self.rows[row];
        let request = found.request_id.as_deref().unwrap_or_default();
        let mut line = journal::line(row, found.lane, &found.hash, noted, request);
        if planted!(self, NameInJournal)
            && let Some(person) = &found.person
        {
            line = line.replace(&found.hash, &person.sign_in);
        }
        self.notes.push_str(&line);
    }

    /// Writes what there is to the journal, one write after the other: what is in it is in the order in which it was so.
    fn flush(&mut self, out: &mut Vec<Effect>) {
        if self.in_memory {
            self.notes.clear();
        }
        if self.notes.is_empty() || self.holds.journal || !self.writes.is_empty() {
            return;
        }
        let rows = std::mem::take(&mut self.to_arm);
        let ticket = Ticket(self.new_id());
        let text = std::mem::take(&mut self.notes);
        out.push(Effect::Write(ticket, text.clone()));
        self.writes.insert(ticket, Pending { rows, notes: text });
    }

    /// When to come back, or that there is nothing left.
    fn rest(&mut self, out: &mut Vec<Effect>) {
        let mut next: Option<Millis> = self.calls.values().map(|call| call.deadline).min();
        let mut sooner = |time: Millis| next = Some(next.map_or(time, |next| next.min(time)));
        // While something holds the run, its end is an event.
        for lane in self.lanes.iter().filter(|_| !self.holds.any()) {
            if let Some((until, _)) = lane.settling.first() {
                sooner(*until);
            }
            let scans =
                !lane.is_blind && (lane.scan.is_some() || !lane.is_scanned && !lane.by_name.is_empty());
            let creates = !self.is_stopping && lane.stop.is_none() && !lane.armed.is_empty();
            if self.clock < lane.paused_until && (scans || creates || !lane.following.is_empty()) {
                sooner(lane.paused_until);
            }
            if !lane.due.is_empty() && !lane.is_blind && lane.scan.is_none() {
                sooner(lane.due_since + LONGEST_DUE);
            }
        }
        if let Some(next) = next {
            self.is_finished = false;
            out.push(Effect::Wake(next.saturating_sub(self.clock).clamp(1, LONGEST_GAP)));
        } else if self.calls.is_empty() && self.writes.is_empty() && !self.holds.any() && !self.is_finished {
            self.is_finished = true;
            out.push(Effect::Finished);
        }
    }

    fn new_id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

/// Takes up a row where another run ended. Passwords were never kept: none of before is right for certain.
fn take_up(row: &mut Row, index: usize, known: &journal::PastRow, lane: &mut Lane) {
    row.ever_sent = known.ever_sent;
    row.is_taken_up = true;
    if known.licensed {
        row.licences = Step::Done;
    }
    if known.roles {
        row.roles = Step::Done;
    }
    row.reads_first = true;
    let created = match &known.last {
        Noted::Created => Some(Outcome::Created),
        Noted::Unproven => Some(Outcome::CreatedUnproven),
        Noted::Refused(code) => {
            (row.stage, row.outcome) = (Stage::Done, Some(Outcome::Rejected(code.clone())));
            return;
        }
        Noted::There if known.ever_sent => {
            (row.stage, row.outcome) = (Stage::Done, Some(Outcome::AlreadyThere));
            return;
        }
        _ => None,
    };
    if created.is_some() {
        (row.stage, row.outcome) = (Stage::Following, created);
        row.password = None;
        // Queued by the first listing, which tells its id.
    } else if known.ever_sent {
        (row.stage, row.was_unknown) = (Stage::Settling, true);
        lane.settle(index, SETTLE);
    } else {
        row.reads_first = false;
        lane.waiting.push_back(index);
    }
}

/// A random id in the form that the service expects.
fn guid(random: &mut dyn Random) -> String {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = journal::hex(&bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// A random number for jitter.
fn jitter(random: &mut dyn Random) -> u64 {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
