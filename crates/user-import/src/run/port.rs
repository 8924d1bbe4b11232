//! What a run is told and what it asks for.

use crate::Password;

/// Milliseconds.
pub type Millis = u64;

/// A user to be created.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The sign-in name with its domain.
    pub sign_in: String,
    /// The name that is shown.
    pub display_name: String,
    /// First name, or empty.
    pub first_name: String,
    /// Last name, or empty.
    pub last_name: String,
    /// Where licences are used: a code of two letters, or empty.
    pub location: String,
    /// The file's password; `None` if one is to be generated.
    pub password: Option<Password>,
    /// Ids of licences to assign.
    pub licences: Vec<String>,
    /// Ids of roles to give.
    pub roles: Vec<String>,
}

/// Nothing of the person.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

impl Person {
    /// The person of a checked row.
    pub fn of(user: crate::User<'_>) -> Self {
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        Self {
            sign_in: user.sign_in.to_owned(),
            display_name: user.display_name.to_owned(),
            first_name: user.first_name.to_owned(),
            last_name: user.last_name.to_owned(),
            location: user.location.to_owned(),
            password: (!user.password.is_empty()).then(|| Password::given(user.password)),
            licences: lines(user.licences),
            roles: lines(user.roles),
        }
    }
}

/// A user as a listing shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// Its sign-in name.
    pub sign_in: String,
    /// The name that is shown.
    pub display_name: String,
    /// First name, or empty.
    pub first_name: String,
    /// Last name, or empty.
    pub last_name: String,
    /// Its location, or empty.
    pub location: String,
}

/// Nothing of the person.
impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Found(…)")
    }
}

/// Names a call, for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub(crate) u64);

/// Names a write to the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(crate) u64);

/// A call to make. Rows and lanes are numbers, so that nothing in here names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// A page of the customer's users, active or deleted. Page 0 begins anew; the caller keeps how to go on from each
    /// page to the next, and asked for the same page twice answers with the same.
    Users {
        /// The customer.
        lane: usize,
        /// Whether deleted users are wanted.
        deleted: bool,
        /// Which page.
        page: u32,
    },
    /// Creates the row's person ([`Run::person`](super::Run::person)) with its password
    /// ([`Run::password`](super::Run::password)), which has to be changed at the first sign-in.
    Create {
        /// The row.
        row: usize,
        /// What the service may recognise a repetition by (`MS-RequestId`).
        request_id: String,
    },
    /// Reads the licences that a user has.
    Licences {
        /// The row.
        row: usize,
    },
    /// Assigns all licences of the row.
    Assign {
        /// The row.
        row: usize,
    },
    /// Reads the roles that a user has.
    Roles {
        /// The row.
        row: usize,
    },
    /// Gives one role.
    GiveRole {
        /// The row.
        row: usize,
        /// Which of the person's.
        role: usize,
    },
    /// Sets the row's new password ([`Run::new_password`](super::Run::new_password)), to be changed at the first sign-in.
    Reset {
        /// The row.
        row: usize,
    },
}

impl Request {
    /// Whether it changes something.
    pub fn is_write(&self) -> bool {
        matches!(self, Self::Create { .. } | Self::Assign { .. } | Self::GiveRole { .. } | Self::Reset { .. })
    }
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A page of users, and whether there is another.
    Users(Vec<Found>, bool),
    /// The user was created, and has this id. Only a 2xx whose body is the service's own is that.
    Created(String),
    /// What the user has: ids of licences, or of roles.
    Held(Vec<String>),
    /// Another write was done (2xx).
    Done,
    /// It certainly never left.
    NotSent,
    /// Lost, timed out, 5xx, or an answer that cannot be read: a write may have happened.
    Unknown {
        /// Whether there was an answer of any kind.
        answered: bool,
    },
    /// The service asks for a pause (429): nothing happened.
    Throttled(Option<Millis>),
    /// The sign-in has ended (401): nothing happened.
    SignInAgain,
    /// A second factor is asked for (401 with 900421): nothing happened.
    StepUp,
    /// The agent may not do this (403), with the service's code.
    Forbidden(String),
    /// The customer has left, with the service's code.
    Gone(String),
    /// There is something of this name (409), with the service's code.
    Exists(String),
    /// Refused in another way (4xx), with the service's code.
    Refused(String),
}

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Nothing else than the time that was asked for.
    Tick,
    /// A call ended. `correlation` is what Microsoft's support asks for.
    Answered {
        /// Which call.
        call: CallId,
        /// How.
        answer: Answer,
        /// The service's id of the call.
        correlation: Option<String>,
    },
    /// A write to the journal ended, durable or not at all.
    Written(Ticket, bool),
    /// Signed in again, silently or by a person.
    SignedIn,
    /// There is no way to sign in without a person.
    SignInFailed,
    /// The device is offline, or is no longer.
    Offline(bool),
    /// A person wants a pause.
    Pause,
    /// A person, or the page after a cause is gone, wants to go on: every hold but the sign-in's is lifted.
    Continue,
    /// A person agrees to go on without a journal, from memory.
    WithoutJournal,
    /// Another tab runs this import: nothing new is begun.
    OtherTab,
    /// A person wants to end: what is under way is brought to an end, nothing new is begun.
    Stop,
}

/// What a run wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make this call, and tell its end.
    Send(CallId, Request),
    /// Give this call up; its end is not asked for any more.
    Abort(CallId),
    /// Add this text to the journal, durably, and tell its end.
    Write(Ticket, String),
    /// Come back with [`Event::Tick`] after this time, or after any other event before.
    Wake(Millis),
    /// Renew the sign-in without a person, and tell its end.
    Renew,
    /// Nothing is left to do.
    Finished,
}
