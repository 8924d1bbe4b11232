//! Signs people in, and keeps the tokens: in this module's memory, and nowhere else.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use app_config::{Registration, Shown};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::prelude::window;
use leptos::task::spawn_local;
use partner_center::{Clock, Response, lacks_second_factor};
use sign_in::{
    After, Claims, Expected, Failure, Fault, Grant, Next, Pending, Purpose, Skew, State, Tokens, Why,
    challenged_claims, issuer, return_path, sign_out_address, token_address,
};

use super::Door;
use crate::paths::{self, Page};
use crate::platform::gateway::{Bearer, NoToken};
use crate::platform::sign_in::{
    BrowserEntropy, Kept, Listening, is_framed, leave_for, open_window, post_form, site_time,
};
use crate::platform::time::{BrowserClock, now};
use crate::router;
use crate::state::{root, session_of};
use crate::ui::{Watched, shared};

/// How long a window is waited for: 4 minutes.
const PATIENCE: Duration = Duration::from_secs(240);

/// How far a sign-in is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// None is under way.
    Idle,
    /// A window is open.
    Waiting,
    /// The answer is being exchanged.
    Working,
}

/// What kept somebody from signing in.
#[derive(Clone, PartialEq)]
pub(crate) enum Problem {
    /// The authority, or what it answered.
    Failure(Failure),
    /// The browser blocks windows, and something would be lost if this one left.
    Blocked,
    /// The tab keeps nothing, so this window cannot leave and come back.
    NoStore,
    /// Nothing came of the window.
    TimedOut,
    /// The authority did not answer, or may not be asked from here.
    Silent,
    /// The browser has no random bytes.
    NoRandom,
}

type Renewal = Shared<LocalBoxFuture<'static, ()>>;

/// What signs people in.
pub(crate) struct Machine {
    tokens: RefCell<Tokens>,
    renewal: RefCell<Option<Renewal>>,
    listening: RefCell<Option<Listening>>,
    /// Who signed in, by the tenant's id.
    person: RefCell<String>,
    /// Rises with every sign-in that is begun or given up.
    attempt: Cell<u32>,
    access: Rc<Watched<State>>,
    /// How far it is.
    pub phase: Watched<Phase>,
    /// What went wrong last.
    pub problem: Watched<Option<Problem>>,
    /// By how many minutes this computer's clock is ahead, if that is too many.
    pub clock: Watched<Option<i64>>,
}

thread_local! {
    static MACHINE: Cell<Option<&'static Machine>> = const { Cell::new(None) };
}

/// The one there is, once it was made.
pub(crate) fn machine() -> Option<&'static Machine> {
    MACHINE.with(Cell::get)
}

fn millis() -> i64 {
    now().millis()
}

fn jitter() -> u32 {
    let mut bytes = [0; 4];
    sign_in::Entropy::fill(&BrowserEntropy, &mut bytes);
    u32::from_le_bytes(bytes)
}

impl Machine {
    /// Makes it, once.
    pub(crate) fn start(registration: Registration, access: Rc<Watched<State>>) -> Rc<dyn Door> {
        let machine: &'static Self = Box::leak(Box::new(Self {
            tokens: RefCell::new(Tokens::new(registration)),
            renewal: RefCell::new(None),
            listening: RefCell::new(None),
            person: RefCell::new(String::new()),
            attempt: Cell::new(0),
            access,
            phase: Watched::new(Phase::Idle),
            problem: Watched::new(None),
            clock: Watched::new(None),
        }));
        MACHINE.with(|slot| slot.set(Some(machine)));
        machine.publish();
        Rc::new(machine)
    }

    fn registration(&self) -> Registration {
        self.tokens.borrow().registration().clone()
    }

    fn publish(&self) {
        self.access.set_if_new(self.tokens.borrow().state());
    }

    /// Whether this page is where an authority shows nothing.
    pub(crate) fn is_framed() -> bool {
        is_framed()
    }

    /// Why somebody is asked to sign in now.
    fn purpose(&self) -> Purpose {
        let tokens = self.tokens.borrow();
        match tokens.state() {
            State::Out(Why::SecondFactor | Why::NoSecondFactor) => {
                Purpose::StepUp(tokens.claims().map(str::to_owned))
            }
            State::Out(Why::SignedOut | Why::Refused) => Purpose::Account,
            _ => Purpose::Work,
        }
    }

    /// Signs in, within the very task of a click: a browser opens no window otherwise.
    pub(crate) fn sign_in(&'static self) {
        let shown = self.tokens.borrow().registration().shown;
        self.begin(&self.purpose(), shown);
    }

    /// Signs in in this window.
    pub(crate) fn sign_in_here(&'static self) {
        self.begin(&self.purpose(), Shown::Redirect);
    }

    fn begin(&'static self, purpose: &Purpose, shown: Shown) {
        self.give_up();
        self.problem.set(None);
        let registration = self.registration();
        let origin = window().location().origin().unwrap_or_default();
        let back = [origin, paths::callback()].concat();
        let here = router::here();
        let Some(requested) = Pending::begin(&registration, &back, &here, purpose, &BrowserEntropy, millis())
        else {
            self.problem.set(Some(Problem::NoRandom));
            return;
        };
        let (address, pending) = (requested.address, requested.pending);
        if shown == Shown::Popup {
            // Only what this window waits for may find its way here.
            Kept::Pending.take();
            if open_window(&address) {
                self.wait_for(pending);
                return;
            }
            if root().guard.loss.peek(Option::is_some) {
                self.problem.set(Some(Problem::Blocked));
                return;
            }
        }
        if Kept::Pending.put(&pending.print()) {
            leave_for(&address);
        } else {
            self.problem.set(Some(Problem::NoStore));
        }
    }

    fn wait_for(&'static self, pending: Pending) {
        self.phase.set(Phase::Waiting);
        let attempt = self.attempt.get();
        let slot = RefCell::new(Some(pending));
        let state = slot.borrow().as_ref().map(|pending| pending.state().to_owned()).unwrap_or_default();
        let listening = Listening::new(&state, move |answer| {
            if let Some(pending) = slot.take() {
                spawn_local(self.finish(pending, answer, false));
            }
        });
        self.listening.replace(listening);
        spawn_local(async move {
            BrowserClock.sleep(PATIENCE).await;
            if self.attempt.get() == attempt && self.phase.peek(|phase| *phase == Phase::Waiting) {
                self.give_up();
                self.problem.set(Some(Problem::TimedOut));
            }
        });
    }

    /// The person closed the window, or does not want to wait for it.
    pub(crate) fn give_up(&self) {
        self.attempt.set(self.attempt.get() + 1);
        self.listening.take();
        self.phase.set_if_new(Phase::Idle);
    }

    /// `came_back`: this very window was at the authority.
    async fn finish(&'static self, pending: Pending, answer: String, came_back: bool) {
        self.phase.set(Phase::Working);
        let (attempt, is_silent) = (self.attempt.get(), pending.is_silent());
        let outcome = self.exchange(pending, &answer).await;
        if self.attempt.get() != attempt {
            return;
        }
        self.listening.take();
        self.phase.set(Phase::Idle);
        match outcome {
            Ok(back) => self.entered(Some(back).filter(|_| came_back).as_deref()),
            // It was to be asked nothing, and would have been: then it is asked.
            Err(Problem::Failure(failure)) if is_silent && is_question(failure.fault) => {}
            Err(problem) => {
                if problem == Problem::Silent {
                    root().troubles.look(token_address(&self.registration()));
                }
                self.problem.set(Some(problem));
            }
        }
    }

    /// From the answer to tokens; where to go then.
    async fn exchange(&self, pending: Pending, answer: &str) -> Result<String, Problem> {
        let registration = self.registration();
        let own = |fault| Problem::Failure(Failure::own(fault));
        let exchange = pending.accept(&registration, answer, millis()).map_err(Problem::Failure)?;
        let Some((status, body)) = post_form(&token_address(&registration), &exchange.form).await else {
            return Err(Problem::Silent);
        };
        let grant = Grant::read(status, &body).map_err(Problem::Failure)?;
        let token = grant.id.clone().ok_or(own(Fault::Unreadable))?;
        let issued = Claims::read(&token).and_then(|(claims, _)| claims.issued);
        let date = site_time(&paths::asset("config.json")).await;
        let skew = Skew::measure(millis(), date, issued);
        self.clock.set_if_new(skew.minutes_ahead());
        let authority = issuer(&registration);
        let expected = Expected {
            issuer: &authority,
            client: &registration.client,
            tenant: &registration.tenant,
            nonce: Some(&exchange.nonce),
        };
        let claims = Claims::check(&token, &expected, skew.correct(millis())).map_err(own)?;
        self.person.replace(claims.person.clone());
        self.tokens.borrow_mut().signed_in(grant, exchange.is_step_up, jitter(), millis());
        root().set_session(session_of(&claims, root().config.cloud));
        Ok(exchange.return_path)
    }

    /// Somebody is in: what waited for it goes on.
    fn entered(&self, back: Option<&str>) {
        self.problem.set_if_new(None);
        Kept::Was.put("1");
        let is_page = |path: &str| Page::at(path, "").is_some();
        let wanted = back.and_then(|back| return_path(back, is_page)).filter(|back| *back != router::here());
        self.publish();
        root().sign_in.changed();
        if let Some(back) = wanted {
            router::restore(back.to_owned());
        }
        root().read_again();
    }

    async fn renew_with(&'static self, form: String, number: u32) {
        let registration = self.registration();
        let address = token_address(&registration);
        let answer = post_form(&address, &form).await;
        let outcome = answer.map(|(status, body)| {
            let grant = Grant::read(status, &body).map_err(|failure| failure.fault)?;
            let other = |(claims, _): (Claims, _)| claims.person != *self.person.borrow();
            if grant.id.as_deref().and_then(Claims::read).is_some_and(other) {
                return Err(Fault::Person);
            }
            Ok(grant)
        });
        if outcome.is_none() {
            root().troubles.look(address);
        }
        self.tokens.borrow_mut().renewed(number, outcome, jitter(), millis());
        self.renewal.take();
        self.publish();
    }

    async fn token(&'static self) -> Result<(String, u32), NoToken> {
        let mut tried = false;
        loop {
            let next = self.tokens.borrow_mut().next(millis());
            match next {
                Next::Use { token, number } => return Ok((token, number)),
                Next::Renew(form) => {
                    let number = self.tokens.borrow().number();
                    if tried {
                        self.tokens.borrow_mut().renewed(number, None, 0, millis());
                        return Err(NoToken::Offline);
                    }
                    tried = true;
                    let renewal = self.renew_with(form, number).boxed_local().shared();
                    self.renewal.replace(Some(renewal.clone()));
                    // Whoever asked may go away meanwhile; those who wait may not go with him.
                    spawn_local(renewal.clone());
                    renewal.await;
                }
                Next::Wait => {
                    let renewal = self.renewal.borrow().clone();
                    let Some(renewal) = renewal else { return Err(NoToken::Offline) };
                    tried = true;
                    renewal.await;
                }
                Next::Stop(why) => {
                    self.publish();
                    return Err(match why {
                        Why::SecondFactor | Why::NoSecondFactor => NoToken::StepUp,
                        _ => NoToken::SignIn,
                    });
                }
            }
        }
    }
}

impl Bearer for &'static Machine {
    fn token(&self) -> LocalBoxFuture<'_, Result<(String, u32), NoToken>> {
        Machine::token(self).boxed_local()
    }

    fn answered(&self, number: u32, response: &Response) -> bool {
        let mut tokens = self.tokens.borrow_mut();
        let after = if response.status != 401 {
            tokens.accepted(number);
            return false;
        } else if lacks_second_factor(response) {
            tokens.lacks_factor(number, response.header("www-authenticate").and_then(challenged_claims))
        } else {
            tokens.refused(number)
        };
        drop(tokens);
        self.publish();
        after == After::Again
    }
}

impl Door for &'static Machine {
    fn bearer(&self) -> Rc<dyn Bearer> {
        Rc::new(*self)
    }

    fn wake(&self) {
        let machine: &'static Machine = self;
        // Both are gone before anything is sent.
        let (pending, answer) = (Kept::Pending.take(), Kept::Answer.take());
        let was = Kept::Was.take().is_some();
        if let Some(answer) = answer {
            match pending.as_deref().and_then(Pending::read) {
                Some(pending) => spawn_local(machine.finish(pending, answer, true)),
                None => machine.problem.set(Some(Problem::Failure(Failure::own(Fault::State)))),
            }
        } else if was && !is_framed() && window().navigator().on_line() {
            machine.begin(&Purpose::Silent, Shown::Redirect);
        }
    }

    fn renew(&self) -> LocalBoxFuture<'static, bool> {
        let machine: &'static Machine = self;
        async move {
            let number = machine.tokens.borrow().number();
            machine.tokens.borrow_mut().refused(number);
            machine.token().await.is_ok()
        }
        .boxed_local()
    }

    fn sign_out(&self) {
        let machine: &'static Machine = self;
        machine.give_up();
        machine.tokens.borrow_mut().end(Why::SignedOut);
        for kept in [Kept::Pending, Kept::Answer, Kept::Was] {
            kept.take();
        }
        root().forget_partner();
        root().guard.set(None);
        root().session.set(None);
        let origin = window().location().origin().unwrap_or_default();
        let back = [&origin, &paths::base(), "/"].concat();
        let address = sign_out_address(&machine.registration(), &back);
        machine.publish();
        root().sign_in.changed();
        leave_for(&address);
    }
}

/// Whether the authority has something to ask.
fn is_question(fault: Fault) -> bool {
    matches!(fault, Fault::Interaction | Fault::SecondFactor | Fault::Account | Fault::Consent)
}

/// Whether somebody is signed in: nobody yet.
pub(crate) fn access() -> Rc<Watched<State>> {
    shared(State::Out(Why::NotYet))
}
