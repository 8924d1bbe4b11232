//! One customer's part of a run: what waits, what is under way, how fast it may go.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::port::{CallId, Millis};

/// The most calls under way, in a lane and in all together.
pub(super) const MOST_AT_ONCE: u32 = 4;
/// After how many answers without a complaint one more call may be under way.
const GOOD_ANSWERS: u32 = 8;
/// How many failures in a row make a lane rest.
const FAILURES: u32 = 3;
/// The first rest; it doubles each time.
const REST: Millis = 15_000;
/// The longest rest.
const LONGEST_REST: Millis = 300_000;
/// After how many rests without a good answer between them a person has to look.
const RESTS: u32 = 6;
/// The first wait where the service asks for a pause and names none; it doubles each time.
const BACK_OFF: Millis = 2_000;
/// The longest wait that the service does not name.
const LONGEST_BACK_OFF: Millis = 120_000;
/// The longest wait that is believed.
const LONGEST_HINT: Millis = 24 * 3_600_000;
/// After how many pauses in a row a person has to look.
const THROTTLES: u32 = 30;

/// Why a lane sends nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The agent may not create users here (403), with the service's code.
    Forbidden(String),
    /// The customer has left, with the service's code.
    Gone(String),
    /// The service fails again and again.
    Unsteady,
    /// The service asks for pauses again and again.
    Throttled,
}

/// A listing of users under way.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Whether it is the first, which decides about all rows.
    pub(super) is_first: bool,
    pub(super) deleted: bool,
    pub(super) page: u32,
    pub(super) call: Option<CallId>,
    /// The rows that wait for it.
    pub(super) rows: Vec<usize>,
    /// Rows whose name was found among the active: whether the rest fits, too, and the user's id.
    pub(super) active: HashMap<usize, (bool, String)>,
    /// Rows whose name was found among the deleted.
    pub(super) gone: BTreeSet<usize>,
}

#[derive(Debug)]
pub(super) struct Lane {
    pub(super) customer: String,
    pub(super) by_name: HashMap<String, usize>,
    pub(super) waiting: VecDeque<usize>,
    /// How many rows the journal is being told about.
    pub(super) arming: usize,
    pub(super) armed: VecDeque<usize>,
    /// Rows whose fate, or the fate of a task, may be looked at from a time on.
    pub(super) settling: BTreeSet<(Millis, usize)>,
    /// Rows whose fate may be looked at.
    pub(super) due: Vec<usize>,
    /// Since when there is one.
    pub(super) due_since: Millis,
    /// Rows with tasks after their creation.
    pub(super) following: VecDeque<usize>,
    pub(super) scan: Option<Scan>,
    /// Whether the first listing is complete.
    pub(super) is_scanned: bool,
    pub(super) under_way: u32,
    pub(super) window: u32,
    good: u32,
    pub(super) paused_until: Millis,
    failures: u32,
    rests: u32,
    throttles: u32,
    pub(super) stop: Option<Stop>,
    /// Whether users cannot be listed either.
    pub(super) is_blind: bool,
    /// With which code licences and roles are forbidden.
    pub(super) no_licences: Option<String>,
    pub(super) no_roles: Option<String>,
}

impl Lane {
    pub(super) fn new(customer: String) -> Self {
        Self {
            customer,
            by_name: HashMap::new(),
            waiting: VecDeque::new(),
            arming: 0,
            armed: VecDeque::new(),
            settling: BTreeSet::new(),
            due: Vec::new(),
            due_since: 0,
            following: VecDeque::new(),
            scan: None,
            is_scanned: false,
            under_way: 0,
            window: MOST_AT_ONCE,
            good: 0,
            paused_until: 0,
            failures: 0,
            rests: 0,
            throttles: 0,
            stop: None,
            is_blind: false,
            no_licences: None,
            no_roles: None,
        }
    }

    /// The service did what it should.
    pub(super) fn succeeded(&mut self) {
        (self.failures, self.rests, self.throttles) = (0, 0, 0);
        self.good += 1;
        if self.good >= GOOD_ANSWERS {
            self.good = 0;
            self.window = (self.window + 1).min(MOST_AT_ONCE);
        }
    }

    /// A call was lost or failed on the other side.
    pub(super) fn failed(&mut self, now: Millis, random: u64) {
        self.good = 0;
        self.failures += 1;
        let rest = if self.failures < FAILURES {
            500 + random % 1000
        } else {
            (self.failures, self.window) = (0, 1);
            self.rests += 1;
            if self.rests > RESTS {
                self.stop = self.stop.take().or(Some(Stop::Unsteady));
                self.is_blind = true;
            }
            (REST << self.rests.min(8)).min(LONGEST_REST) / 2 + random % REST
        };
        self.paused_until = self.paused_until.max(now + rest);
    }

    /// The service asked for a pause.
    pub(super) fn throttled(&mut self, hint: Option<Millis>, now: Millis, random: u64) {
        self.good = 0;
        self.window = (self.window / 2).max(1);
        self.throttles += 1;
        let back_off = (BACK_OFF << self.throttles.min(10)).min(LONGEST_BACK_OFF);
        let wait = match hint.filter(|hint| *hint > 0) {
            // Not all at once afterwards.
            Some(hint) => hint.min(LONGEST_HINT) + random % 500,
            None => back_off / 2 + random % (back_off / 2),
        };
        self.paused_until = self.paused_until.max(now + wait);
        if self.throttles > THROTTLES {
            self.stop = self.stop.take().or(Some(Stop::Throttled));
        }
    }

    /// A person wants to go on.
    pub(super) fn go_on(&mut self) {
        (self.stop, self.is_blind, self.no_licences, self.no_roles) = (None, false, None, None);
        (self.failures, self.rests, self.throttles, self.window) = (0, 0, 0, 1);
    }

    pub(super) fn settle(&mut self, row: usize, until: Millis) {
        self.settling.insert((until, row));
    }
}
