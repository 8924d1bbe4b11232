//! What can go wrong with a call, by what its caller can do about it.

use crate::{Method, Timestamp};
use std::{fmt, time::Duration};

/// A call that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What the caller can do.
    pub kind: ErrorKind,
    /// What a person needs in order to ask for help.
    pub details: Box<ErrorDetails>,
}

/// The kinds of failure: one for each thing that a caller can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The sign-in has ended (401): sign in again, then repeat.
    SignInAgain,
    /// The sign-in lacks a second factor (401, code 900421): a silent renewal will not help, the person has to
    /// sign in interactively.
    StepUp,
    /// The service asks for a pause that is longer than the client waits by itself, or it kept asking: repeat
    /// after this time.
    Wait(Duration),
    /// Somebody else was faster, or an operation is under way (409, 412, or 400 with code 2055): read the
    /// resource again, compare, decide.
    Conflict,
    /// The agent may not do this (403).
    NotAllowed,
    /// There is no such thing (404, 410).
    NotFound,
    /// The partner has no relationship with this customer, or no longer (code 20002).
    NoRelationship,
    /// The service refuses what was sent (400, 422): correct the fields, if it names any.
    Invalid(Vec<FieldError>),
    /// The service refuses the call in another way (other 4xx): repeating it changes nothing.
    Rejected,
    /// A write left and no proof of its fate came back: find out what happened before doing it again.
    OutcomeUnknown,
    /// The request never left, repeatedly: check the connection.
    Offline,
    /// A read failed on the service's side or on the way, repeatedly: try later.
    Unavailable,
    /// The answer is not what it should be. [`ErrorDetails::note`] says in what way.
    Unreadable,
    /// The caller gave up a read.
    Cancelled,
}

/// A field that the service refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, as the service names it: `State`, `defaultAddress.postalCode`.
    pub field: String,
    /// What it says about it.
    pub reason: String,
}

/// Everything about a failed call that may be shown to the person who made it, and copied. Apart from the service's
/// own text it names no customer and holds nothing that was sent; [`Error`]'s `Display` leaves that text out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorDetails {
    /// The HTTP method.
    pub method: Method,
    /// The path as a template: `customers/{id}`.
    pub route: &'static str,
    /// The HTTP status, if an answer came.
    pub status: Option<u16>,
    /// The service's own code, if it sent one.
    pub code: Option<u32>,
    /// The service's text, at most [`MAX_MESSAGE_CHARS`](crate::MAX_MESSAGE_CHARS), empty if it sent none. It is
    /// for people: decisions go by status and code.
    pub message: String,
    /// What the client itself found wrong, in English, for those who read bug reports. Often empty.
    pub note: &'static str,
    /// `MS-RequestId` of the last HTTP call.
    pub request_id: String,
    /// `MS-CorrelationId` of the last HTTP call.
    pub correlation_id: String,
    /// When the last HTTP call ended.
    pub at: Timestamp,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ErrorDetails { method, route, status, code, .. } = &*self.details;
        write!(f, "{} {route}: {:?}", method.as_str(), self.kind)?;
        if let Some(status) = status {
            write!(f, ", status {status}")?;
        }
        if let Some(code) = code {
            write!(f, ", code {code}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
