//! What a run would do, before anything is sent.

use std::collections::HashSet;

use crate::{Checked, User};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// It is created.
    Create,
    /// A user of this name is there already, and is left alone.
    AlreadyThere,
    /// A user of this name was deleted in the last 30 days: restore that one, or take another name.
    Deleted,
    /// The row has errors.
    Invalid,
}

/// The customer's users, as one scan found them. Names are compared without case.
#[derive(Clone, Default)]
pub struct There {
    active: HashSet<Box<str>>,
    deleted: HashSet<Box<str>>,
}

impl There {
    /// Adds a user that is there.
    pub fn add(&mut self, sign_in: &str) {
        self.active.insert(sign_in.to_ascii_lowercase().into());
    }

    /// Adds a user that was deleted and can be restored.
    pub fn add_deleted(&mut self, sign_in: &str) {
        self.deleted.insert(sign_in.to_ascii_lowercase().into());
    }

    /// What becomes of a user.
    pub fn intent(&self, user: User<'_>) -> Intent {
        let name = user.sign_in.to_ascii_lowercase();
        if !user.is_valid {
            Intent::Invalid
        } else if self.active.contains(name.as_str()) {
            Intent::AlreadyThere
        } else if self.deleted.contains(name.as_str()) {
            Intent::Deleted
        } else {
            Intent::Create
        }
    }
}

/// How many there are; no names.
impl std::fmt::Debug for There {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} users, {} deleted", self.active.len(), self.deleted.len())
    }
}

/// A licence that rows want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// Its id.
    pub id: String,
    /// How many users of this plan want one.
    pub wanted: u32,
    /// How many are free; `None` if the customer's licences are not known, or it has none of this id.
    pub free: Option<u32>,
}

impl Seats {
    /// How many are missing.
    pub fn short(&self) -> u32 {
        self.free.map_or(0, |free| self.wanted.saturating_sub(free))
    }
}

/// What a run would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// For each row, in the order of the file.
    pub intents: Vec<Intent>,
    /// The licences that are wanted, in the order in which rows name them.
    pub seats: Vec<Seats>,
    /// How many users to create want a licence and have no location, without which the service assigns none.
    pub without_location: u32,
    /// How many writes it takes: a user, its licences in one, each role.
    pub writes: u32,
}

impl Plan {
    /// How many rows have this intent.
    pub fn count(&self, intent: Intent) -> usize {
        self.intents.iter().filter(|known| **known == intent).count()
    }

    /// How long it takes, in milliseconds: writes of `latency` each, `at_once` of them side by side, not more than
    /// `per_minute` where the service limits them.
    pub fn time(&self, latency: u64, at_once: u32, per_minute: Option<u32>) -> u64 {
        let writes = u64::from(self.writes);
        let by_latency = writes.div_ceil(u64::from(at_once.max(1))).saturating_mul(latency);
        let by_limit = per_minute.map_or(0, |limit| writes.saturating_mul(60_000) / u64::from(limit.max(1)));
        by_latency.max(by_limit)
    }
}

/// Plans the creation of users. `free` are the customer's licences with their free seats.
pub fn plan(checked: &Checked, there: &There, free: &[(String, u32)]) -> Plan {
    plan_of(checked.users(), there, free)
}

/// The same for some of them, in their order: those of one customer.
pub fn plan_of<'a>(users: impl Iterator<Item = User<'a>>, there: &There, free: &[(String, u32)]) -> Plan {
    let mut plan = Plan { intents: Vec::new(), seats: Vec::new(), without_location: 0, writes: 0 };
    for user in users {
        let intent = there.intent(user);
        plan.intents.push(intent);
        if intent != Intent::Create {
            continue;
        }
        plan.writes += 1 + u32::from(!user.licences.is_empty());
        plan.writes += u32::try_from(user.roles.lines().count()).unwrap_or(0);
        plan.without_location += u32::from(!user.licences.is_empty() && user.location.is_empty());
        for id in user.licences.lines() {
            if let Some(seats) = plan.seats.iter_mut().find(|seats| seats.id == id) {
                seats.wanted += 1;
            } else {
                let free =
                    free.iter().find(|(known, _)| known.eq_ignore_ascii_case(id)).map(|(_, free)| *free);
                plan.seats.push(Seats { id: id.to_owned(), wanted: 1, free });
            }
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::Native;
    use crate::{Known, Learned, Mapping, check, recognise};

    #[test]
    fn rows_seats_writes_and_time_are_told_beforehand() {
        let text = "Email;Name;Licenses;Usage location;Roles\na@a.es;A;one+two;ES;reader\nb@a.es;B;one;;\n\
                    C@a.es;C;one;ES;\nd@a.es;D;;;\nbad;E;one;ES;\n";
        let sheet = recognise(text, &Native).unwrap();
        let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
        let checked = check(&sheet, &mapping, &Known::default(), &Native).unwrap();
        let mut there = There::default();
        there.add("c@A.es");
        there.add_deleted("d@a.es");
        let plan = plan(&checked, &there, &[("one".to_owned(), 1)]);
        let intents =
            [Intent::Create, Intent::Create, Intent::AlreadyThere, Intent::Deleted, Intent::Invalid];
        assert_eq!(plan.intents, intents);
        let seats: Vec<(&str, u32, Option<u32>, u32)> = plan
            .seats
            .iter()
            .map(|seats| (seats.id.as_str(), seats.wanted, seats.free, seats.short()))
            .collect();
        assert_eq!(seats, [("one", 2, Some(1), 1), ("two", 1, None, 0)]);
        assert_eq!((plan.writes, plan.without_location, plan.count(Intent::Create)), (5, 1, 2));
        assert_eq!((plan.time(100, 2, None), plan.time(100, 2, Some(60))), (300, 5000));
    }
}
