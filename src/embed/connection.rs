//! The conversation with the portal: questions that wait for their answers, and what it wants.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use embed_protocol::{
    Ability, Ask, Context, Handshake, Heard, Link, MAX_WAITING, Order, Refusal, Tell, Welcome,
};
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use js_sys::Uint8Array;
use json_value::Value;
use partner_center::{Clock, Random};

use super::glue;
use super::later::Later;
use crate::platform::time::{BrowserClock, BrowserRandom};

/// An answer, with what came beside it.
pub(super) type Answered = (Value, Vec<u8>);

/// Why there is none.
pub(super) enum Unanswered {
    /// The question certainly never left.
    NotSent,
    /// It left, and the portal is gone, or came back anew.
    Closed,
    /// It took too long.
    Late,
    /// The portal refused.
    Refused(Refusal),
}

type Waiting = (u64, Later<Result<Answered, Unanswered>>);

/// The one portal's.
pub(crate) struct Connection {
    handshake: RefCell<Handshake>,
    link: RefCell<Link>,
    abilities: RefCell<Vec<Ability>>,
    waiting: RefCell<Vec<Waiting>>,
    is_open: Cell<bool>,
    /// How many ports there were: each counts its questions anew.
    ports: Cell<u32>,
    /// Waits for the first context.
    first: Later<Box<Context>>,
    had_first: Cell<bool>,
    /// What does what the portal wants, once the application is there.
    obey: Cell<Option<fn(Order)>>,
    /// What it wanted before that.
    early: RefCell<Vec<Order>>,
}

impl Connection {
    /// A new one, without a port yet. It lives as long as the application.
    pub(super) fn open() -> &'static Self {
        Box::leak(Box::new(Self {
            handshake: RefCell::new(attempt()),
            link: RefCell::new(Link::new()),
            abilities: RefCell::new(Vec::new()),
            waiting: RefCell::new(Vec::new()),
            is_open: Cell::new(false),
            ports: Cell::new(0),
            first: Later::new(),
            had_first: Cell::new(false),
            obey: Cell::new(None),
            early: RefCell::new(Vec::new()),
        }))
    }

    /// The hello of a new attempt.
    pub(super) fn hello(&self) -> String {
        let attempt = attempt();
        let hello = attempt.hello();
        self.handshake.replace(attempt);
        hello
    }

    /// Whether this is the welcome that was waited for.
    pub(super) fn judge(&self, text: &str, ports: u32) -> bool {
        let ports = usize::try_from(ports).unwrap_or(usize::MAX);
        let Ok(Welcome { abilities }) = self.handshake.borrow_mut().welcome(text, ports) else {
            return false;
        };
        self.abilities.replace(abilities);
        self.link.replace(Link::new());
        self.ports.set(self.ports.get() + 1);
        self.is_open.set(true);
        true
    }

    /// Whether the portal offers this.
    pub(super) fn can(&self, ability: Ability) -> bool {
        self.abilities.borrow().contains(&ability)
    }

    /// The first thing that a portal says of the place.
    pub(super) async fn first_context(&self) -> Box<Context> {
        self.first.get().await
    }

    /// Has what the portal wants done by this.
    pub(super) fn set_obey(&self, obey: fn(Order)) {
        self.obey.set(Some(obey));
        self.early.take().into_iter().for_each(obey);
    }

    /// The frame is being left, for good or until the browser brings it back: what has no answer now gets none.
    pub(super) fn closed(&self) {
        self.is_open.set(false);
        for (_, waiting) in self.waiting.take() {
            waiting.set(Err(Unanswered::Closed));
        }
    }

    /// Takes in what came over the port.
    pub(super) fn hear(&self, text: &str, body: Option<&Uint8Array>) {
        let length = body.map(|body| usize::try_from(body.length()).unwrap_or(usize::MAX));
        let heard = self.link.borrow_mut().hear(text, length);
        match heard {
            Heard::Answer { id, outcome } => {
                let mut waiting = self.waiting.borrow_mut();
                let Some(place) = waiting.iter().position(|(other, _)| *other == id) else { return };
                let answered = outcome.map(|value| (value, body.map(Uint8Array::to_vec).unwrap_or_default()));
                waiting.swap_remove(place).1.set(answered.map_err(Unanswered::Refused));
            }
            Heard::Order(Order::Context(context)) if !self.had_first.replace(true) => self.first.set(context),
            Heard::Order(order) => self.do_order(order),
            Heard::Reply(text) => drop(glue::send(&text, None)),
            Heard::Ignored(_) => {}
        }
    }

    fn do_order(&self, order: Order) {
        match self.obey.get() {
            Some(obey) => obey(order),
            None if self.early.borrow().len() < MAX_WAITING => self.early.borrow_mut().push(order),
            None => {}
        }
    }

    /// Tells the portal something; `params` is the JSON of an object.
    pub(super) fn tell(&self, what: Tell, params: &str) {
        if self.is_open.get() {
            let text = self.link.borrow_mut().tell(what, params);
            glue::send(&text, None);
        }
    }

    /// Answers an order.
    pub(super) fn answer(&self, id: u64, value: &str) {
        if self.is_open.get() {
            glue::send(&Link::answer(id, value), None);
        }
    }

    /// Asks, and waits so long. Whoever drops this gives the question up.
    pub(super) async fn ask(
        &self,
        what: Ask,
        params: &str,
        body: Option<&[u8]>,
        limit: Duration,
    ) -> Result<Answered, Unanswered> {
        if !self.is_open.get() {
            return Err(Unanswered::NotSent);
        }
        let asked = self.link.borrow_mut().ask(what, params);
        let Ok((id, text)) = asked else { return Err(Unanswered::NotSent) };
        let answer = Later::new();
        self.waiting.borrow_mut().push((id, answer.clone()));
        let _given_up = GiveUp { of: self, id, port: self.ports.get() };
        if !glue::send(&text, body) {
            return Err(Unanswered::NotSent);
        }
        match select(answer.get().boxed_local(), BrowserClock.sleep(limit)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(Unanswered::Late),
        }
    }
}

fn attempt() -> Handshake {
    Handshake::new([BrowserRandom.next_u64(), BrowserRandom.next_u64()])
}

/// A question that nobody waits for any more is taken back.
struct GiveUp<'a> {
    of: &'a Connection,
    id: u64,
    port: u32,
}

impl Drop for GiveUp<'_> {
    fn drop(&mut self) {
        if !self.of.is_open.get() || self.of.ports.get() != self.port {
            return;
        }
        self.of.waiting.borrow_mut().retain(|(id, _)| *id != self.id);
        let text = self.of.link.borrow_mut().give_up(self.id);
        if let Some(text) = text {
            glue::send(&text, None);
        }
    }
}
