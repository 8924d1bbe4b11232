//! What is known of a row.

use super::port::{CallId, Person};
use crate::{Identity, Password};

/// Where a row is on its way to a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing of it is under way.
    Waiting,
    /// The journal is being told that it will be sent.
    Arming,
    /// It may be sent.
    Armed,
    /// It is under way.
    Sending(CallId),
    /// Its fate is not known, and it is too early to look.
    Settling,
    /// A listing that will tell is under way.
    Verifying,
    /// Its creation is decided, and its licences, roles or new password may be open.
    Following,
    /// Nothing is left to do.
    Done,
}

/// What became of the creation of a row's user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The row has errors and was not tried.
    Invalid,
    /// Not tried, or not tried to an end, and nothing of it is there.
    NotTried,
    /// Created: the service said so.
    Created,
    /// It is there as the file has it, after it was sent; whether by that, and with which password, is not proved.
    CreatedUnproven,
    /// A user of this name was there, or came from elsewhere. It was left alone.
    AlreadyThere,
    /// A deleted user has the name: restore it, or take another name.
    Deleted,
    /// The service refused it, with this code.
    Rejected(String),
    /// It is not there after all attempts.
    NotCreated,
    /// What became of it is not known.
    Unknown,
}

/// What became of a step after the creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing was wanted.
    Nothing,
    /// Not begun, or not to an end.
    Open,
    /// Done, and proved.
    Done,
    /// Refused, with this code.
    Refused(String),
    /// Not there after all attempts.
    NotDone,
    /// What became of it is not known.
    Unknown,
}

/// Steps after the creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    Licences,
    Role(usize),
    Reset,
}

#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // Independent facts, not a state.
pub(super) struct Row {
    pub(super) lane: usize,
    /// The row of the file.
    pub(super) number: u32,
    pub(super) person: Option<Person>,
    pub(super) hash: String,
    pub(super) stage: Stage,
    pub(super) outcome: Option<Outcome>,
    /// Never taken back, neither by an answer nor by a new start.
    pub(super) ever_sent: bool,
    /// Whether it was sent since a listing last showed that it is not there. A refusal takes no doubt away: the network
    /// may have delivered the request twice, and the answer may be the second's.
    pub(super) in_doubt: bool,
    /// The same, before the attempt that is under way.
    pub(super) was_in_doubt: bool,
    /// Whether a run before had it.
    pub(super) is_taken_up: bool,
    /// Whether an attempt may have been applied without an answer to say so.
    pub(super) was_unknown: bool,
    /// The code with which the service said that the name is taken.
    pub(super) exists: Option<String>,
    /// The code with which it was refused, where it may be tried again.
    pub(super) code: Option<String>,
    pub(super) sends: u32,
    pub(super) looks: u32,
    pub(super) request_id: Option<String>,
    pub(super) correlation: Option<String>,
    pub(super) user: Option<String>,
    pub(super) password: Option<Password>,
    /// Whether the password is the user's: a 2xx said so.
    pub(super) is_proven: bool,
    pub(super) new_password: Option<Password>,
    pub(super) licences: Step,
    pub(super) roles: Step,
    /// The role that is next.
    pub(super) role: usize,
    pub(super) task_sends: u32,
    /// Whether what the user has is to be read before the next task is sent.
    pub(super) reads_first: bool,
}

impl Row {
    pub(super) fn new(lane: usize, number: u32, person: Option<Person>, identity: &Identity) -> Self {
        let wants = |list: Option<&Vec<String>>| {
            if list.is_some_and(|list| !list.is_empty()) { Step::Open } else { Step::Nothing }
        };
        let is_valid = person.is_some();
        Self {
            lane,
            number,
            hash: person.as_ref().map(|person| identity.hash(&person.sign_in)).unwrap_or_default(),
            stage: if is_valid { Stage::Waiting } else { Stage::Done },
            outcome: (!is_valid).then_some(Outcome::Invalid),
            ever_sent: false,
            in_doubt: false,
            was_in_doubt: false,
            is_taken_up: false,
            was_unknown: false,
            exists: None,
            code: None,
            sends: 0,
            looks: 0,
            request_id: None,
            correlation: None,
            user: None,
            password: person.as_ref().and_then(|person| person.password.clone()),
            is_proven: false,
            new_password: None,
            licences: wants(person.as_ref().map(|person| &person.licences)),
            roles: wants(person.as_ref().map(|person| &person.roles)),
            person,
            role: 0,
            task_sends: 0,
            reads_first: false,
        }
    }

    /// The next task after the creation.
    pub(super) fn task(&self) -> Option<Task> {
        if self.new_password.is_some() {
            Some(Task::Reset)
        } else if self.licences == Step::Open {
            Some(Task::Licences)
        } else if self.roles == Step::Open {
            Some(Task::Role(self.role))
        } else {
            None
        }
    }
}
