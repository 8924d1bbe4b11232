//! The tokens of this page, and what is to be done before and after each call. In memory only.
//!
//! However many calls are under way, one renewal is: the first that needs it makes it, the others wait. A token that was never
//! accepted is not renewed for ever, and a second factor is asked for once.

use std::fmt;

use app_config::Registration;

use crate::Fault;
use crate::clock::TOLERANCE;
use crate::grant::Grant;
use crate::pending::renewal;

/// A token is renewed so long before it ends: 5 minutes, in milliseconds; of one that holds for less than 10, at half its time.
pub const MARGIN: i64 = 5 * 60 * 1000;
/// A single-page application's refresh token and all that come of it end so long after the sign-in: 24 hours, in milliseconds.
pub const RENEWABLE: i64 = 24 * 60 * 60 * 1000;
/// A renewal that did not come through is not repeated so soon, while the old token holds: 30 seconds, in milliseconds.
const REST: i64 = 30_000;

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody has signed in yet.
    NotYet,
    /// The person signed out.
    SignedOut,
    /// The sign-in has ended: its day is over, or the authority ended it.
    Ended,
    /// The API asks for a second factor: the person has to sign in once more.
    SecondFactor,
    /// It still asks for it after that: only an administrator can help.
    NoSecondFactor,
    /// The API refuses tokens that have just been issued.
    Refused,
}

/// Whether somebody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Yes.
    In,
    /// No.
    Out(Why),
}

/// What to do before a call.
#[derive(Clone, PartialEq, Eq)]
pub enum Next {
    /// Send it with this token.
    Use {
        /// The token.
        token: String,
        /// Which one it is; to be named if it is refused.
        number: u32,
    },
    /// Send this form to the token endpoint, and tell [`Tokens::renewed`]. Nobody else will.
    Renew(String),
    /// Somebody is at it: wait until he is done, then ask again.
    Wait,
    /// A person has to sign in first.
    Stop(Why),
}

/// What to do after a call that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Ask [`Tokens::next`] and send it once more.
    Again,
    /// Leave it.
    Stop(Why),
}

struct Access {
    token: String,
    renew_at: i64,
    ends_at: i64,
    came_at: i64,
    /// Whether the API has taken it.
    is_accepted: bool,
    /// Whether it came of a renewal.
    is_renewed: bool,
}

/// The tokens.
pub struct Tokens {
    registration: Registration,
    state: State,
    access: Option<Access>,
    refresh: Option<String>,
    /// When the refresh token ends.
    ends_at: i64,
    number: u32,
    is_renewing: bool,
    /// The access token was refused, so that it has to be renewed whatever its time.
    is_refused: bool,
    rests_until: i64,
    /// Whether the last sign-in was to add a second factor.
    stepped_up: bool,
    claims: Option<String>,
}

impl Tokens {
    /// No tokens yet.
    pub fn new(registration: Registration) -> Self {
        Self {
            registration,
            state: State::Out(Why::NotYet),
            access: None,
            refresh: None,
            ends_at: 0,
            number: 0,
            is_renewing: false,
            is_refused: false,
            rests_until: i64::MIN,
            stepped_up: false,
            claims: None,
        }
    }

    /// Whether somebody is signed in.
    pub fn state(&self) -> State {
        self.state
    }

    /// Of whom tokens are asked for.
    pub fn registration(&self) -> &Registration {
        &self.registration
    }

    /// Which claims the API asked for when it missed a second factor.
    pub fn claims(&self) -> Option<&str> {
        self.claims.as_deref()
    }

    /// When a person has to sign in again, in milliseconds since 1970 by this computer's clock; `None` if nobody is signed in.
    pub fn ends_at(&self) -> Option<i64> {
        (self.state == State::In).then_some(self.ends_at)
    }

    /// Takes in what a person's sign-in brought. `now` by this computer's clock, right or wrong: only time that passes is
    /// measured with it.
    pub fn signed_in(&mut self, grant: Grant, is_step_up: bool, jitter: u32, now: i64) {
        self.stepped_up = is_step_up;
        self.claims = None;
        self.ends_at = now.saturating_add(RENEWABLE);
        self.refresh = None;
        // A renewal that is under way is of the sign-in before, and will find another number.
        self.is_renewing = false;
        self.take(grant, false, jitter, now);
    }

    fn take(&mut self, grant: Grant, is_renewed: bool, jitter: u32, now: i64) {
        let life = grant.life;
        // Pages that were opened together do not renew together.
        let early = (MARGIN + i64::from(jitter % 30_000)).min(life / 2);
        self.access = Some(Access {
            token: grant.access,
            renew_at: now.saturating_add(life - early),
            ends_at: now.saturating_add(life),
            came_at: now,
            is_accepted: false,
            is_renewed,
        });
        if grant.refresh.is_some() {
            self.refresh = grant.refresh;
        }
        self.number = self.number.wrapping_add(1);
        self.is_refused = false;
        self.rests_until = i64::MIN;
        self.state = State::In;
    }

    /// Ends the sign-in and drops every token.
    pub fn end(&mut self, why: Why) {
        self.state = State::Out(why);
        self.access = None;
        self.refresh = None;
        self.is_renewing = false;
        self.is_refused = false;
        self.number = self.number.wrapping_add(1);
    }

    /// What to do before a call.
    pub fn next(&mut self, now: i64) -> Next {
        if let State::Out(why) = self.state {
            return Next::Stop(why);
        }
        if let Some(access) = &self.access {
            // A clock that was set back says nothing about a token; the API will.
            let is_fresh = now < access.renew_at && now >= access.came_at.saturating_sub(TOLERANCE);
            let can_wait = now < access.ends_at && (now < self.rests_until || self.refresh.is_none());
            if !self.is_refused && (is_fresh || can_wait) {
                return Next::Use { token: access.token.clone(), number: self.number };
            }
        }
        if self.is_renewing {
            return Next::Wait;
        }
        match &self.refresh {
            Some(refresh) if now < self.ends_at => {
                self.is_renewing = true;
                Next::Renew(renewal(&self.registration, refresh))
            }
            _ => {
                self.end(Why::Ended);
                Next::Stop(Why::Ended)
            }
        }
    }

    /// Takes in how the renewal ended that was asked for under `number`, see [`Tokens::number`]; one of a sign-in that is over changes
    /// nothing. `None`: no answer came, or the authority has trouble of its own. Then the old token goes on as long as it holds.
    pub fn renewed(&mut self, number: u32, outcome: Option<Result<Grant, Fault>>, jitter: u32, now: i64) {
        if number != self.number || !self.is_renewing {
            return;
        }
        self.is_renewing = false;
        match outcome {
            Some(Ok(grant)) => self.take(grant, true, jitter, now),
            Some(Err(Fault::Busy)) | None => self.rests_until = now.saturating_add(REST),
            Some(Err(Fault::SecondFactor)) => self.lacks_second_factor(None),
            Some(Err(_)) => self.end(Why::Ended),
        }
    }

    /// Which token is in force.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The API took the token of this number.
    pub fn accepted(&mut self, number: u32) {
        if let Some(access) = &mut self.access
            && number == self.number
        {
            access.is_accepted = true;
        }
    }

    /// The API refused the token of this number (401).
    pub fn refused(&mut self, number: u32) -> After {
        if let State::Out(why) = self.state {
            return After::Stop(why);
        }
        if number != self.number || self.is_refused {
            // There is another one, or somebody fetches it.
            return After::Again;
        }
        if self.access.as_ref().is_some_and(|access| access.is_renewed && !access.is_accepted) {
            self.end(Why::Refused);
            return After::Stop(Why::Refused);
        }
        self.is_refused = true;
        After::Again
    }

    /// The API misses a second factor in the token of this number (401, code 900421). `claims` as it asks for them.
    pub fn lacks_factor(&mut self, number: u32, claims: Option<String>) -> After {
        if let State::Out(why) = self.state {
            return After::Stop(why);
        }
        if number != self.number {
            return After::Again;
        }
        self.lacks_second_factor(claims);
        match self.state {
            State::Out(why) => After::Stop(why),
            State::In => After::Again,
        }
    }

    fn lacks_second_factor(&mut self, claims: Option<String>) {
        let why = if self.stepped_up { Why::NoSecondFactor } else { Why::SecondFactor };
        self.end(why);
        self.claims = claims;
    }
}

/// Nothing of them.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({:?})", self.state)
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Use { .. } => "Use",
            Self::Renew(_) => "Renew",
            Self::Wait => "Wait",
            Self::Stop(_) => "Stop",
        })
    }
}
