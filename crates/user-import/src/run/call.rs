//! What answers mean, and the creation of a row's user.

use super::port::{Answer, CallId, Effect, Request};
use super::row::{Outcome, Row, Stage, Task};
use super::{READ_TIMEOUT, Run, SETTLE, Stop, UnderWay, WRITE_TIMEOUT, guid, jitter, planted};
use crate::journal::Noted;
use crate::{Password, Random};

impl Request {
    pub(super) fn row(&self) -> Option<usize> {
        match self {
            Self::Users { .. } => None,
            Self::Create { row, .. }
            | Self::Licences { row }
            | Self::Assign { row }
            | Self::Roles { row }
            | Self::GiveRole { row, .. }
            | Self::Reset { row } => Some(*row),
        }
    }
}

impl Run {
    pub(super) fn send(&mut self, lane: usize, request: Request, out: &mut Vec<Effect>) -> CallId {
        let call = CallId(self.new_id());
        let timeout = if request.is_write() { WRITE_TIMEOUT } else { READ_TIMEOUT };
        let deadline = self.clock + timeout;
        out.push(Effect::Send(call, request.clone()));
        self.calls.insert(call, UnderWay { request, lane, deadline, epoch: self.epoch });
        self.lanes[lane].under_way += 1;
        call
    }

    pub(super) fn send_create(&mut self, row: usize, random: &mut dyn Random, out: &mut Vec<Effect>) {
        let found = &mut self.rows[row];
        // None where passwords were dropped while it waited.
        if found.password.is_none() {
            found.password = Some(Password::generate(random));
        }
        let request_id = found.request_id.get_or_insert_with(|| guid(random)).clone();
        found.ever_sent = true;
        (found.was_in_doubt, found.in_doubt) = (found.in_doubt, true);
        found.sends += 1;
        let lane = found.lane;
        let call = self.send(lane, Request::Create { row, request_id }, out);
        self.rows[row].stage = Stage::Sending(call);
        if planted!(self, JournalAfterSend) {
            self.note(row, &Noted::Sending);
        }
    }

    /// Takes an answer. What concerns more than the row is the same for all calls.
    pub(super) fn answered(
        &mut self,
        call: &UnderWay,
        answer: Answer,
        correlation: Option<String>,
        random: &mut dyn Random,
        out: &mut Vec<Effect>,
    ) {
        let at = call.lane;
        let now = self.clock;
        let lane = &mut self.lanes[at];
        lane.under_way = lane.under_way.saturating_sub(1);
        match &answer {
            Answer::Users(..) | Answer::Created(_) | Answer::Held(_) | Answer::Done => {
                lane.succeeded();
                self.renewals = 0;
            }
            Answer::NotSent | Answer::Unknown { .. } => lane.failed(now, jitter(random)),
            Answer::Throttled(hint) => {
                let hint = if planted!(self, RetryAfterIgnored) { Some(1) } else { *hint };
                lane.throttled(hint, now, jitter(random));
            }
            Answer::SignInAgain => self.sign_in_again(call.epoch, false, out),
            Answer::StepUp => self.sign_in_again(call.epoch, true, out),
            Answer::Gone(code) => {
                lane.stop = Some(Stop::Gone(code.clone()));
                lane.is_blind = true;
            }
            // The service works; it has something against this call.
            Answer::Forbidden(_) | Answer::Exists(_) | Answer::Refused(_) => self.renewals = 0,
        }
        if let Some(row) = call.request.row()
            && correlation.is_some()
        {
            self.rows[row].correlation = correlation;
        }
        match call.request {
            Request::Users { deleted, .. } => self.page(at, deleted, answer),
            Request::Create { row, .. } => self.created(row, answer),
            Request::Licences { row } => self.held(row, Task::Licences, answer),
            Request::Roles { row } => self.held(row, Task::Role(self.rows[row].role), answer),
            Request::Assign { row } => self.task_done(row, Task::Licences, answer),
            Request::GiveRole { row, role } => self.task_done(row, Task::Role(role), answer),
            Request::Reset { row } => self.task_done(row, Task::Reset, answer),
        }
    }

    /// The sign-in has ended, or lacks its second factor. It is renewed once without a person, by whichever of the calls
    /// comes first; what does not help is not repeated.
    fn sign_in_again(&mut self, epoch: u32, is_step_up: bool, out: &mut Vec<Effect>) {
        if epoch != self.epoch {
            // It was sent before the last sign-in.
            return;
        }
        if planted!(self, RenewsForEver) {
            out.push(Effect::Renew);
            return;
        }
        if is_step_up || self.renewals > 0 {
            (self.holds.renewing, self.holds.sign_in) = (false, true);
        } else if !self.holds.renewing && !self.holds.sign_in {
            self.holds.renewing = true;
            self.renewals += 1;
            out.push(Effect::Renew);
        }
    }

    fn created(&mut self, row: usize, answer: Answer) {
        let at = self.rows[row].lane;
        let until = if planted!(self, NoSettle) { self.clock } else { self.clock + SETTLE };
        // An answer of any kind ends the life of the id.
        let keeps_id = matches!(answer, Answer::NotSent | Answer::Unknown { answered: false });
        let found = &mut self.rows[row];
        if !keeps_id {
            found.request_id = None;
        }
        let settle = |found: &mut Row| found.stage = Stage::Settling;
        match answer {
            Answer::Created(id) => {
                found.user = Some(id);
                found.is_proven = true;
                self.decide(row, Outcome::Created);
            }
            Answer::Exists(_) if planted!(self, ExistsIsSuccess) => {
                found.is_proven = true;
                self.decide(row, Outcome::Created);
            }
            Answer::Exists(code) => {
                found.exists = Some(code);
                settle(found);
                self.lanes[at].settle(row, until);
            }
            Answer::Unknown { .. } if planted!(self, UnknownIsFailure) => {
                self.decide(row, Outcome::NotCreated);
            }
            Answer::Unknown { .. } if planted!(self, BlindRetry) => self.again(row),
            // A 2xx that cannot be of a creation says as little as none.
            Answer::Unknown { .. } | Answer::Users(..) | Answer::Held(_) | Answer::Done => {
                found.was_unknown = true;
                settle(found);
                self.lanes[at].settle(row, until);
            }
            Answer::NotSent | Answer::Throttled(_) | Answer::SignInAgain | Answer::StepUp => {
                // It did not happen: it is no attempt.
                found.sends -= 1;
                if matches!(answer, Answer::NotSent) {
                    found.in_doubt = found.was_in_doubt;
                }
                self.again(row);
            }
            Answer::Forbidden(code) => {
                found.stage = Stage::Waiting;
                found.code = Some(code.clone());
                if planted!(self, ForbiddenGoesOn) {
                    self.decide(row, Outcome::Rejected(code));
                } else {
                    self.lanes[at].stop = Some(Stop::Forbidden(code));
                    self.lanes[at].waiting.push_front(row);
                }
            }
            Answer::Gone(code) => {
                found.stage = Stage::Waiting;
                found.code = Some(code);
                self.lanes[at].waiting.push_front(row);
            }
            Answer::Refused(code) => self.decide(row, Outcome::Rejected(code)),
        }
    }

    /// Sends a row again, before the others: the journal knows of it.
    fn again(&mut self, row: usize) {
        let found = &mut self.rows[row];
        found.stage = Stage::Armed;
        let lane = found.lane;
        self.lanes[lane].armed.push_front(row);
    }

    /// What became of the creation is known.
    pub(super) fn decide(&mut self, row: usize, outcome: Outcome) {
        let noted = match &outcome {
            Outcome::Created => Some(Noted::Created),
            Outcome::CreatedUnproven => Some(Noted::Unproven),
            Outcome::AlreadyThere => Some(Noted::There),
            Outcome::Deleted => Some(Noted::Deleted),
            Outcome::Rejected(code) => Some(Noted::Refused(code.clone())),
            Outcome::NotCreated => Some(Noted::NotCreated),
            Outcome::Invalid | Outcome::NotTried | Outcome::Unknown => None,
        };
        if let Some(noted) = noted {
            self.note(row, &noted);
        }
        let found = &mut self.rows[row];
        let is_ours = matches!(outcome, Outcome::Created | Outcome::CreatedUnproven);
        if !is_ours || !found.is_proven {
            // Nobody knows that this is the user's password.
            found.password = None;
        }
        found.outcome = Some(outcome);
        found.stage = Stage::Done;
        if is_ours {
            self.follow(row);
        }
    }
}
