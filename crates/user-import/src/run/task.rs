//! What follows a creation: licences, roles, a new password. All of it can be done twice, and what was done can be read.

use super::port::{Answer, Effect, Request};
use super::row::{Stage, Step, Task};
use super::{MOST_SENDS, Run, SETTLE, SETTLE_TASK};
use crate::journal::Noted;

/// How often what a user has is read in vain.
const MOST_READS: u32 = 10;

impl Run {
    /// Queues a row's next task, if there is one.
    pub(super) fn follow(&mut self, row: usize) {
        let found = &mut self.rows[row];
        if found.task().is_none() {
            found.stage = Stage::Done;
            return;
        }
        if found.user.is_none() {
            // It was created, and no listing shows it any more: somebody was there.
            let unknown = |step: &mut Step| {
                if *step == Step::Open {
                    *step = Step::Unknown;
                }
            };
            unknown(&mut found.licences);
            unknown(&mut found.roles);
            found.new_password = None;
            found.stage = Stage::Done;
            return;
        }
        found.stage = Stage::Following;
        let lane = found.lane;
        self.lanes[lane].following.push_back(row);
    }

    /// Sends the first task that may be sent; answers whether there was one.
    pub(super) fn send_task(&mut self, at: usize, out: &mut Vec<Effect>) -> bool {
        while let Some(row) = self.lanes[at].following.pop_front() {
            let lane = &self.lanes[at];
            let found = &mut self.rows[row];
            let Some(task) = found.task() else {
                found.stage = Stage::Done;
                continue;
            };
            let is_barred = lane.is_blind
                || match task {
                    Task::Licences => lane.no_licences.is_some(),
                    Task::Role(_) => lane.no_roles.is_some(),
                    Task::Reset => false,
                };
            if task == Task::Reset && found.task_sends >= MOST_SENDS {
                self.end_task(row, task, Step::Unknown);
                continue;
            }
            if is_barred {
                // It stays open. Roles do not wait for licences that are barred.
                if task == Task::Licences
                    && found.roles == Step::Open
                    && lane.no_roles.is_none()
                    && !lane.is_blind
                {
                    let request = role_request(row, found.role, found.reads_first);
                    found.task_sends += u32::from(request.is_write());
                    self.send(at, request, out);
                    return true;
                }
                continue;
            }
            let request = match task {
                Task::Licences if found.reads_first => Request::Licences { row },
                Task::Licences => Request::Assign { row },
                Task::Role(role) => role_request(row, role, found.reads_first),
                Task::Reset => {
                    found.is_proven = false;
                    Request::Reset { row }
                }
            };
            found.task_sends += u32::from(request.is_write());
            self.send(at, request, out);
            return true;
        }
        false
    }

    /// What a user has: what is wanted and there needs no call.
    pub(super) fn held(&mut self, row: usize, task: Task, answer: Answer) {
        let Answer::Held(held) = answer else { return self.task_failed(row, task, answer, true) };
        let found = &mut self.rows[row];
        found.reads_first = false;
        let has = |wanted: &String| held.iter().any(|held| held.eq_ignore_ascii_case(wanted));
        let Some(person) = &found.person else { return };
        let is_done = match task {
            Task::Licences => person.licences.iter().all(has),
            Task::Role(role) => person.roles.get(role).is_none_or(has),
            Task::Reset => false,
        };
        if is_done {
            self.end_task(row, task, Step::Done);
        } else if found.task_sends >= MOST_SENDS {
            self.end_task(row, task, Step::NotDone);
        } else {
            let lane = found.lane;
            self.lanes[lane].following.push_front(row);
        }
    }

    /// A task was answered.
    pub(super) fn task_done(&mut self, row: usize, task: Task, answer: Answer) {
        if matches!(answer, Answer::Done) {
            self.end_task(row, task, Step::Done);
        } else {
            self.task_failed(row, task, answer, false);
        }
    }

    fn task_failed(&mut self, row: usize, task: Task, answer: Answer, is_read: bool) {
        let clock = self.clock;
        let found = &mut self.rows[row];
        let at = found.lane;
        match answer {
            Answer::NotSent | Answer::Throttled(_) | Answer::SignInAgain | Answer::StepUp => {
                if !is_read {
                    found.task_sends = found.task_sends.saturating_sub(1);
                }
                self.lanes[at].following.push_front(row);
            }
            Answer::Forbidden(code) => {
                match task {
                    Task::Reset => return self.end_task(row, task, Step::Refused(code)),
                    Task::Licences => self.lanes[at].no_licences = Some(code),
                    Task::Role(_) => self.lanes[at].no_roles = Some(code),
                }
                self.lanes[at].following.push_back(row);
            }
            Answer::Refused(code) => self.end_task(row, task, Step::Refused(code)),
            // The lane has stopped, and the task stays open.
            Answer::Gone(_) => {}
            // Lost, or said to be there already: what the user has tells, a little later.
            _ => {
                found.looks += u32::from(is_read);
                if found.looks > MOST_READS {
                    return self.end_task(row, task, Step::Unknown);
                }
                // A new password cannot be read. It may arrive late, and must not replace a newer one.
                let is_reset = task == Task::Reset;
                found.reads_first = !is_reset;
                self.lanes[at].settle(row, clock + if is_reset { SETTLE } else { SETTLE_TASK });
            }
        }
    }

    fn end_task(&mut self, row: usize, task: Task, end: Step) {
        let found = &mut self.rows[row];
        (found.task_sends, found.looks) = (0, 0);
        let mut note = None;
        match task {
            Task::Reset => {
                let new = found.new_password.take();
                // Whatever was known before, an attempt may have changed it.
                found.is_proven = end == Step::Done;
                found.password = new.filter(|_| end == Step::Done);
            }
            Task::Licences => {
                note = (end == Step::Done).then_some(Noted::Licensed);
                found.licences = end;
            }
            Task::Role(role) => {
                let count = found.person.as_ref().map_or(0, |person| person.roles.len());
                found.role = role + 1;
                if end != Step::Done {
                    found.roles = end;
                } else if found.role >= count {
                    found.roles = end;
                    note = Some(Noted::Roles);
                }
            }
        }
        if let Some(note) = note {
            self.note(row, &note);
        }
        self.follow(row);
    }
}

fn role_request(row: usize, role: usize, reads_first: bool) -> Request {
    if reads_first { Request::Roles { row } } else { Request::GiveRole { row, role } }
}
