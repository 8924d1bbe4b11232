//! The person at one customer's transfers, doing what the application offers, and some things that it does not.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use partner_center::{CallRecord, ErrorKind, PartnerId, Transfer};
use partner_transfers::{Act, Acted, Asked, Decision, Place, Sent, act, ask, offer, role};
use serde_json::json;

use super::claims::{Decided, Held, Told, is_shown, is_wanted, must};
use super::scene::{OTHER, OWN, Scene, Side, is_sent, other_acts};
use super::tally::{Dice, Tally};
use super::weather::{Weather, change};
use super::wishes::{New, some_act, something_new};
use crate::adapter::{World, done};

/// The writes that left, each with whether the client goes on with it.
pub(crate) type Calls = Rc<RefCell<Vec<(String, bool)>>>;

pub(crate) fn listen(world: &World) -> Calls {
    let calls = Calls::default();
    let list = calls.clone();
    world.client.observe(Rc::new(move |record: &CallRecord| {
        if !record.method.is_read() {
            list.borrow_mut().push((record.request_id.clone(), record.repeats_after.is_some()));
        }
    }));
    calls
}

/// What has been sent and is not known.
enum Open {
    New(New, Decision, usize),
    Answer(Transfer, Act, usize),
}

pub(crate) struct Person<'w> {
    pub(crate) world: &'w World,
    pub(crate) calls: &'w Calls,
    pub(crate) scene: Scene,
    pub(crate) decided: Vec<Decided>,
    /// Whether a colleague may have ended the relationship.
    pub(crate) may_leave: bool,
    known: Vec<Transfer>,
    open: Option<Open>,
    weather: Weather,
}

impl<'w> Person<'w> {
    pub(crate) fn new(world: &'w World, calls: &'w Calls, scene: Scene) -> Self {
        let (decided, known) = (Vec::new(), Vec::new());
        Self { world, calls, scene, decided, may_leave: false, known, open: None, weather: Weather::Calm }
    }

    /// What happens between what the person does.
    pub(crate) fn others(&mut self, dice: &mut Dice) {
        let second = 1000;
        let day = 24 * 3600 * second;
        // Also to seconds before a request of today expires, so that it does while something is under way.
        let ms = dice.of(&[
            second,
            second,
            20 * second,
            90 * second,
            16 * 60 * second,
            day,
            30 * day - 8 * second,
            31 * day,
        ]);
        self.world.pass(Duration::from_millis(ms));
        let is_new = self.known.is_empty() && matches!(self.scene.side, Side::Asked | Side::Offered);
        if is_new || dice.below(3) == 0 {
            let wanted = self.scene.other_wants(dice, &self.known);
            other_acts(self.world, &wanted);
        }
        let faster = (dice.below(3) == 0).then(|| self.scene.other_wants(dice, &self.known));
        self.weather = change(self.world, dice, faster);
        if dice.below(40) == 0 {
            let gone = json!({ "customer": self.scene.customer.as_str(), "remove": true });
            let request = sandbox::Request::new(sandbox::Method::Post, "/.sandbox/colleague");
            self.world.handle(&request.with_body(gone.to_string()));
            self.may_leave = true;
        }
    }

    /// What the person does next.
    pub(crate) fn turn(&mut self, dice: &mut Dice, tally: &mut Tally) -> Held {
        if dice.below(10) > 0 && self.open.is_some() {
            return self.go_on(tally);
        }
        // A new decision, though the last one may be open: a person may do that.
        if let Some(Open::New(_, _, number) | Open::Answer(_, _, number)) = self.open.take() {
            self.decided[number].is_open = false;
        }
        if let Ok(now) = done(self.world.client.transfers(&self.scene.customer)) {
            self.known = now;
        }
        let makes = matches!(self.scene.side, Side::Asking | Side::Offering);
        if makes && (self.known.is_empty() || dice.below(3) == 0) {
            let new = something_new(&self.scene, dice);
            let mut decision = Decision::default();
            decision.further_part = dice.below(3) == 0;
            return self.request(new, decision, None, tally);
        }
        if self.known.is_empty() {
            return Ok(());
        }
        let one = self.known[usize::try_from(dice.below(self.known.len() as u64)).unwrap()].clone();
        let wanted = some_act(&self.scene, dice, &one);
        self.answer(one, wanted, None, tally)
    }

    /// Looks again for what is open; sends nothing.
    pub(crate) fn go_on(&mut self, tally: &mut Tally) -> Held {
        match self.open.take() {
            Some(Open::New(new, decision, number)) => self.request(new, decision, Some(number), tally),
            Some(Open::Answer(one, wanted, number)) => self.answer(one, wanted, Some(number), tally),
            None => Ok(()),
        }
    }

    /// From now on nothing goes wrong.
    pub(crate) fn calm(&mut self) {
        self.weather = Weather::Calm;
    }

    fn place(&self) -> Place<'_> {
        let World { client, .. } = self.world;
        Place { client, clock: self.world.clock(), customer: &self.scene.customer, told: &|_| () }
    }

    fn begin(&mut self, number: Option<usize>, act: Option<(Transfer, &Act)>) -> usize {
        self.world.read();
        self.calls.borrow_mut().clear();
        number.unwrap_or_else(|| {
            let act = act.map(|(one, wanted)| {
                let lines = match wanted {
                    Act::Accept(lines) => lines.iter().map(|(id, _)| id.clone()).collect(),
                    _ => Vec::new(),
                };
                (wanted.kind(), one.id, lines)
            });
            self.decided.push(Decided { act, calls: Vec::new(), told: Told::Unsettled, is_open: false });
            self.decided.len() - 1
        })
    }

    /// Notes how it ended; `most` calls may have left.
    fn end(&mut self, number: usize, most: usize, told: Told) -> Held {
        let calls = self.calls.take();
        let left = calls.iter().filter(|(_, goes_on)| !goes_on).count();
        must!(left <= most, "{left} calls left for one decision, where {most} may");
        let is_open = matches!(told, Told::Unsettled);
        let decided = &mut self.decided[number];
        decided.calls.extend(calls.into_iter().map(|(id, _)| id));
        (decided.told, decided.is_open) = (told, is_open);
        let is_calm = self.weather == Weather::Calm && most == 1 && !self.may_leave;
        must!(!is_open || !is_calm, "nothing went wrong, and nobody can say");
        Ok(())
    }

    fn request(
        &mut self,
        new: New,
        mut decision: Decision,
        number: Option<usize>,
        tally: &mut Tally,
    ) -> Held {
        let most = usize::from(!decision.is_open());
        let is_again = number.is_some();
        let number = self.begin(number, None);
        let own = PartnerId::parse(OWN).unwrap();
        let asked = match &new {
            New::Ask(wanted) => done(ask(self.place(), &own, wanted, &mut decision)),
            New::Offer(lines) => {
                let other = PartnerId::parse(OTHER).unwrap();
                done(offer(self.place(), &own, &other, lines, &mut decision))
            }
        };
        let read = self.world.read();
        let (what, most, told) = match asked {
            Asked::Done(made) => {
                must!(is_shown(&read, &made), "told that {} was made, and no read shows it", made.id);
                let told = Told::Done(made.id.clone());
                self.known.push(*made);
                (if is_again { "made, found later" } else { "made" }, most, told)
            }
            Asked::Open(one) => ("open already", 0, Told::Open(one.id)),
            Asked::Refused(error) => {
                must!(error.kind != ErrorKind::OutcomeUnknown, "what is open was called refused");
                ("request refused", most, Told::Nothing)
            }
            Asked::Unsettled(_) => {
                self.open = Some(Open::New(new, decision, number));
                ("request unsettled", most, Told::Unsettled)
            }
        };
        tally.count(what, 1);
        self.end(number, most, told)
    }

    fn answer(&mut self, one: Transfer, wanted: Act, number: Option<usize>, tally: &mut Tally) -> Held {
        let sent = if number.is_some() { Sent::Before } else { Sent::Not };
        let number = self.begin(number, Some((one.clone(), &wanted)));
        let own = PartnerId::parse(OWN).unwrap();
        let Some(part) = role(&one, Some(&own)) else { return Err("neither partner is this one".to_owned()) };
        let acted = done(act(self.place(), part, &one, &wanted, sent));
        let read = self.world.read();
        let is_legal = matches!(wanted, Act::Cancel) == is_sent(&one);
        let most = usize::from(sent == Sent::Not && is_legal);
        let (what, told) = match acted {
            Acted::Done(now) => {
                must!(is_shown(&read, &now), "told {:?}, and no read shows it", wanted.kind());
                must!(
                    is_wanted(wanted.kind(), &now),
                    "told {:?} of one that is {:?}",
                    wanted.kind(),
                    now.status
                );
                (if sent == Sent::Not { "answered" } else { "answered, found later" }, Told::Done(now.id))
            }
            Acted::Otherwise(_) => ("otherwise", Told::Nothing),
            Acted::Gone => ("gone", Told::Gone),
            Acted::Refused(error) => {
                must!(error.kind != ErrorKind::OutcomeUnknown, "what is open was called refused");
                ("answer refused", Told::Nothing)
            }
            Acted::Unsettled(_) => {
                self.open = Some(Open::Answer(one, wanted, number));
                ("answer unsettled", Told::Unsettled)
            }
        };
        tally.count(what, 1);
        self.end(number, most, told)
    }
}
