//! Whether somebody is signed in, where the browser holds the tokens. Pages follow [`SignIn::access`]; what it takes to sign in
//! lies in a part of the program of its own (`machine.rs`), which is not fetched where a gateway does it.

pub(crate) mod machine;

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use sign_in::{State, Why};

use crate::platform::gateway::Bearer;
use crate::ui::{El, Watched, shared};

/// What the other part of the program does.
pub(crate) trait Door {
    /// Gives each call its token.
    fn bearer(&self) -> Rc<dyn Bearer>;
    /// Goes on with a sign-in that this page came back from. Once, when the root is there.
    fn wake(&self);
    /// Has the tokens renewed without a person, now; whether there is one in force then.
    fn renew(&self) -> LocalBoxFuture<'static, bool>;
    /// Ends the sign-in, forgets everything and leaves for the authority.
    fn sign_out(&self);
}

/// What is shown in place of everything while nobody is signed in, and what above it when the sign-in has ended.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    /// In place of everything.
    pub page: fn() -> El,
    /// Above what is shown: nothing of it goes.
    pub bar: fn() -> El,
}

/// Who opens the door, and whether it is open.
pub(crate) struct SignIn {
    door: Option<(Rc<dyn Door>, Parts)>,
    /// Whether somebody is signed in. Always, where a gateway does it.
    pub access: Rc<Watched<State>>,
    /// Whether nobody is in yet, so that there is nothing to show.
    pub outside: Watched<bool>,
}

impl SignIn {
    /// A gateway signs people in.
    pub(crate) fn elsewhere() -> Self {
        Self { door: None, access: shared(State::In), outside: Watched::new(false) }
    }

    /// This page does.
    pub(crate) fn here(door: Rc<dyn Door>, parts: Parts, access: Rc<Watched<State>>) -> Self {
        Self { door: Some((door, parts)), access, outside: Watched::new(true) }
    }

    /// What is shown of it, where this page signs in.
    pub(crate) fn parts(&self) -> Option<Parts> {
        Some(self.door.as_ref()?.1)
    }

    /// Goes on where the page was left for the authority.
    pub(crate) fn wake(&self) {
        if let Some((door, _)) = &self.door {
            door.wake();
        }
    }

    /// Renews the tokens without a person, for work that was refused; whether it can go on. `None` where a gateway signs people in. After a
    /// `false` [`Self::access`] tells when somebody has signed in again.
    pub(crate) fn renew(&self) -> Option<LocalBoxFuture<'static, bool>> {
        Some(self.door.as_ref()?.0.renew())
    }

    /// Signs out, where this page signs in.
    pub(crate) fn sign_out(&self) {
        if let Some((door, _)) = &self.door {
            door.sign_out();
        }
    }

    /// Whether one can sign out here.
    pub(crate) fn is_here(&self) -> bool {
        self.door.is_some()
    }

    /// Takes in what has changed: who was outside is let in, and who was in stays where he is, whatever ends.
    pub(crate) fn changed(&self) {
        let outside = match self.access.peek(|state| *state) {
            State::In => false,
            State::Out(Why::NotYet | Why::SignedOut) => true,
            State::Out(_) => self.outside.peek(|outside| *outside),
        };
        self.outside.set_if_new(outside);
    }
}
