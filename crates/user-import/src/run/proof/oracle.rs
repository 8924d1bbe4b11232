//! What has to be true of a world when everything has ended.

use std::collections::{HashMap, HashSet};

use super::Fault;
use super::service::User;
use super::world::World;
use crate::run::{Line, Outcome, Person, Run, Secret, Step};

/// After the end of a world, when everything that was on its way has happened and shows itself.
const LATER: u64 = 200_000;

/// Who is really there, by lane and by sign-in name in small letters.
type Truth = Vec<HashMap<String, User>>;

impl World {
    /// Holds what was reported against what is really there.
    pub(super) fn judge(&self) -> Result<(), String> {
        let truth = self.truth()?;
        for (at, device) in self.devices.iter().enumerate() {
            let Some(run) = &device.run else { continue };
            self.judge_report(run, at, &truth)?;
        }
        self.judge_secrets()?;
        if self.requests() > self.request_bound() {
            return Err(format!("{} requests, at most {} were due", self.requests(), self.request_bound()));
        }
        self.judge_unexpected(&truth)
    }

    fn judge_report(&self, run: &Run, device: usize, truth: &Truth) -> Result<(), String> {
        let lines: Vec<Line<'_>> = run.report().collect();
        if lines.len() != self.rows.len() || run.counts().sum() != self.rows.len() {
            return Err(format!("{} lines, sum {}", lines.len(), run.counts().sum()));
        }
        for line in &lines {
            let (number, lane, person) = &self.rows[self.row(line.index)];
            if line.row != *number || line.lane != *lane {
                return Err(format!("line {} is of row {}", line.index, line.row));
            }
            let told =
                |what: &str| format!("device {device}, row {} ({:?}): {what}", line.index, line.outcome);
            let Some(person) = person else {
                if line.outcome == Outcome::Invalid {
                    continue;
                }
                return Err(told("it has errors"));
            };
            self.judge_line(line, person, *lane, device, truth).map_err(|what| told(&what))?;
        }
        Ok(())
    }

    fn truth(&self) -> Result<Truth, String> {
        let mut service = self.service.borrow_mut();
        service.tick(self.now + LATER);
        let mut truth = Vec::new();
        let mut ours = 0;
        for lane in 0..self.lanes {
            let users = service.users(lane)?;
            let count = users.len();
            ours += users.iter().filter(|user| user.is_ours && !user.sign_in.starts_with("admin@")).count();
            let by_name: HashMap<String, User> =
                users.into_iter().map(|user| (user.sign_in.clone(), user)).collect();
            if by_name.len() != count {
                return Err("duplicate: two users of one name".to_owned());
            }
            truth.push(by_name);
        }
        let created = service.created();
        if created == ours {
            Ok(truth)
        } else {
            Err(format!("{ours} users of the import, {created} in the ledger"))
        }
    }

    fn judge_line(
        &self,
        told: &Line<'_>,
        person: &Person,
        lane: usize,
        device: usize,
        truth: &Truth,
    ) -> Result<(), String> {
        let user = truth[lane].get(&person.sign_in.to_ascii_lowercase());
        let ours = user.is_some_and(|user| user.is_ours && !user.is_deleted);
        // What another tab, or a run that could not write its journal, has created is found and not claimed.
        let others_of_ours = self.devices.len() > 1 || self.devices.iter().any(|device| device.in_memory);
        let is_as_asked = user.is_some_and(|user| {
            !user.is_deleted
                && user.display_name == person.display_name
                && user.first_name == person.first_name
                && user.last_name == person.last_name
                && (person.location.is_empty() || user.location == person.location)
        });
        match &told.outcome {
            Outcome::Created if !ours && !self.admins_wrong.contains(&self.row(told.index)) => {
                return Err("lost: it is not there, or somebody else's".to_owned());
            }
            Outcome::CreatedUnproven if !is_as_asked => {
                return Err("it is not there as the file has it".to_owned());
            }
            Outcome::CreatedUnproven if !ours && !self.admins_wrong.contains(&self.row(told.index)) => {
                return Err("it is somebody else's".to_owned());
            }
            Outcome::AlreadyThere if user.is_none_or(|user| user.is_deleted) => {
                return Err("it is not there".to_owned());
            }
            Outcome::AlreadyThere if ours && !others_of_ours => return Err("it is this import's".to_owned()),
            Outcome::Deleted if user.is_none_or(|user| !user.is_deleted) => {
                return Err("nobody of this name is deleted".to_owned());
            }
            Outcome::Rejected(_) | Outcome::NotCreated | Outcome::NotTried if ours && !others_of_ours => {
                return Err("unexpected: it is there, by this import".to_owned());
            }
            Outcome::Invalid => return Err("it has no errors".to_owned()),
            _ => {}
        }
        let mut service = self.service.borrow_mut();
        if let Secret::Proven(password) = told.secret
            && !service.is_password(&person.sign_in, password.reveal())
        {
            return Err("wrong secret: the password does not work".to_owned());
        }
        // Two tabs may do the same, each of which knows its own part only.
        let has = |wanted: &[String], held: &[String]| wanted.iter().all(|wanted| held.contains(wanted));
        if let Some(user) = user {
            if *told.licences == Step::Done
                && !has(&person.licences, &service.held(lane, &user.id, "licenses"))
            {
                return Err("licences are missing".to_owned());
            }
            if *told.roles == Step::Done
                && !has(&person.roles, &service.held(lane, &user.id, "directoryroles"))
            {
                return Err("roles are missing".to_owned());
            }
        }
        let is_quiet = self.is_quiet();
        if is_quiet && told.outcome != Outcome::Created {
            return Err(format!("device {device}: nothing was wrong, and it was not created"));
        }
        if is_quiet && (*told.licences == Step::Open || *told.roles == Step::Open) {
            return Err("nothing was wrong, and licences or roles are open".to_owned());
        }
        Ok(())
    }

    /// Whether nothing struck that could keep a row from being created.
    fn is_quiet(&self) -> bool {
        Fault::ALL.iter().all(|fault| {
            self.fired.of(*fault) == 0
                || matches!(
                    fault,
                    Fault::KnowsIds | Fault::PageOrder | Fault::Lag | Fault::Storm | Fault::Pause
                )
        })
    }

    /// Users of the import that no row tells of.
    fn judge_unexpected(&self, truth: &Truth) -> Result<(), String> {
        let wanted: HashSet<(usize, String)> = self
            .rows
            .iter()
            .filter_map(|(_, lane, person)| Some((*lane, person.as_ref()?.sign_in.to_ascii_lowercase())))
            .collect();
        for (lane, users) in truth.iter().enumerate() {
            let ours = users.values().filter(|user| user.is_ours && !user.sign_in.starts_with("admin@"));
            for user in ours {
                if !wanted.contains(&(lane, user.sign_in.clone())) {
                    return Err("unexpected: a user that no row asked for".to_owned());
                }
            }
        }
        Ok(())
    }

    /// Neither the journal nor anything that could be logged has a name or a password.
    fn judge_secrets(&self) -> Result<(), String> {
        let journal = self.storage.to_ascii_lowercase();
        let names = ["secretname", "hiddenperson", "tenant0", "gehe1m"];
        if names.iter().any(|name| journal.contains(name)) {
            return Err("the journal has a name".to_owned());
        }
        // Of the large worlds a part: each is looked for in a journal of a megabyte.
        if self.secrets.iter().take(300).any(|secret| self.storage.contains(secret.as_str())) {
            return Err("the journal has a password".to_owned());
        }
        for run in self.devices.iter().filter_map(|device| device.run.as_ref()).take(1) {
            let logged = format!("{:?}", run.report().take(12).collect::<Vec<_>>());
            let is_told = self.secrets.iter().take(300).any(|secret| logged.contains(secret.as_str()));
            if is_told || names.iter().any(|name| logged.to_ascii_lowercase().contains(name)) {
                return Err("what can be logged has a name or a password".to_owned());
            }
        }
        Ok(())
    }
}
