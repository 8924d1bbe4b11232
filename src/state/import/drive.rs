//! A run and what it asks for: calls, lines of its journal, and to be woken.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use import_desk::Batch as DeskBatch;
use leptos::prelude::{set_timeout, window};
use leptos::task::spawn_local;
use partner_center::{Bookmark, Timestamp};
use user_import::run::{Batch, Counts, Effect, Event, Millis, Person, Request, Run};
use user_import::{DONE, Identity, Password, Past, Random};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::calls::Call;
use crate::platform::imports;
use crate::platform::time::now;
use crate::state::{Loss, root};
use crate::ui::{Timer, Watched};

/// How often those who look at a run are told of it.
const TOLD_EVERY: Duration = Duration::from_millis(200);
/// Over what time the pace is told.
const PACE_OVER: i64 = 30_000;

/// `crypto.getRandomValues`.
pub(super) struct BrowserBytes;

impl Random for BrowserBytes {
    fn fill(&mut self, bytes: &mut [u8]) {
        let crypto = window().crypto();
        // It fails only above 65,536 bytes. Without it there would be no password that nobody can guess.
        let filled = crypto.is_ok_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok());
        assert!(filled, "no random source");
    }
}

/// How fast a run is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    /// Rows whose fate is decided.
    pub done: usize,
    /// How long it will take yet, in milliseconds; `None` before that can be told.
    pub left: Option<u64>,
}

/// A run that is under way, or has ended.
pub(crate) struct Drive {
    run: RefCell<Run>,
    /// For each row of the run: its place on the desk.
    places: Vec<u32>,
    /// Names of rows with errors, which are no persons to the run: row, name, sign-in name.
    unsent: Vec<(usize, String, String)>,
    /// The rows of the run in the order of the file.
    order: Vec<u32>,
    import: String,
    bookmarks: RefCell<Vec<(usize, bool, u32, Bookmark)>>,
    timer: Timer,
    /// Told now and then while something happens.
    pub tick: Watched<()>,
    is_told: Cell<bool>,
    pub began: Timestamp,
    pub ended: Cell<Option<Timestamp>>,
    /// When how many were decided, the latest last.
    samples: RefCell<Vec<(i64, usize)>>,
    /// Whether the person has the passwords.
    pub kept: Watched<bool>,
    /// Whether it ended and nobody has been told yet.
    pub news: Cell<bool>,
    /// Whether the activity knows of it.
    pub noted: Cell<bool>,
    is_over: Cell<bool>,
    /// The same as [`is_finished`](Drive::is_finished), told when it changes.
    pub finished: Watched<bool>,
}

impl Drive {
    /// Begins.
    pub(super) fn begin(identity: Identity, people: Vec<DeskBatch>, past: Option<&Past>) -> Rc<Self> {
        let (mut batches, mut places, mut unsent) = (Vec::new(), Vec::new(), Vec::new());
        for batch in people {
            let mut rows = Vec::with_capacity(batch.rows.len());
            for row in batch.rows {
                if !row.is_valid {
                    unsent.push((places.len(), row.display_name.clone(), row.sign_in.clone()));
                }
                places.push(row.index);
                rows.push((row.number, row.is_valid.then(|| person(row))));
            }
            batches.push(Batch { customer: batch.customer, rows });
        }
        let several = batches.len() > 1;
        let import = identity.import.clone();
        let run = Run::new(identity, batches, past);
        let mut order: Vec<u32> = (0..u32::try_from(places.len()).unwrap_or(u32::MAX)).collect();
        if several {
            // Rows of each customer are in the order of the file already.
            order = merged(&order, &places);
        }
        let drive = Rc::new(Self {
            run: RefCell::new(run),
            places,
            unsent,
            order,
            import,
            bookmarks: RefCell::default(),
            timer: Timer::default(),
            tick: Watched::new(()),
            is_told: Cell::new(false),
            began: now(),
            ended: Cell::new(None),
            samples: RefCell::default(),
            kept: Watched::new(false),
            news: Cell::new(false),
            noted: Cell::new(false),
            is_over: Cell::new(false),
            finished: Watched::new(false),
        });
        drive.listen();
        if !root().import.keeps.peek(|keeps| *keeps) {
            drive.feed(Event::WithoutJournal);
        }
        drive.feed(if window().navigator().on_line() { Event::Tick } else { Event::Offline(true) });
        drive
    }

    /// Follows whether there is a connection, and drops passwords when the page goes.
    fn listen(self: &Rc<Self>) {
        for (name, event) in [("offline", Some(true)), ("online", Some(false)), ("pagehide", None)] {
            let drive = Rc::downgrade(self);
            let heard = Closure::wrap(Box::new(move || {
                let Some(drive) = drive.upgrade() else { return };
                match event {
                    Some(offline) => drive.feed(Event::Offline(offline)),
                    // The browser may keep a page that was left as it was.
                    None => drive.forget_passwords(),
                }
            }) as Box<dyn Fn()>);
            // It fails only for a listener that is no function.
            let _ = window().add_event_listener_with_callback(name, heard.into_js_value().unchecked_ref());
        }
    }

    /// Tells the run that something happened, and does what it asks for.
    pub(crate) fn feed(self: &Rc<Self>, event: Event) {
        if self.is_over.get() {
            return;
        }
        let effects = self.run.borrow_mut().step(clock(), event, &mut BrowserBytes);
        for effect in effects {
            self.act(effect);
        }
        self.tell();
    }

    fn act(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Send(call, request) => {
                let page = match request {
                    Request::Users { lane, deleted, page } => Some((lane, deleted, page)),
                    _ => None,
                };
                let made = Call::of(&self.run.borrow(), &request, page.and_then(|page| self.bookmark(page)));
                let drive = self.clone();
                spawn_local(async move {
                    let (answer, correlation, next) = made.make().await;
                    if let (Some((lane, deleted, page)), Some(next)) = (page, next) {
                        drive.bookmarks.borrow_mut().push((lane, deleted, page + 1, next));
                    }
                    drive.feed(Event::Answered { call, answer, correlation });
                });
            }
            // What comes of it is not listened to any more: the run knows that call no longer.
            Effect::Abort(_) => {}
            Effect::Write(ticket, text) => {
                let drive = self.clone();
                spawn_local(async move {
                    let written = imports::append(&drive.import, &text).await;
                    drive.feed(Event::Written(ticket, written));
                });
            }
            Effect::Wake(after) => {
                let drive = Rc::downgrade(self);
                self.timer.restart(Duration::from_millis(after), move || {
                    if let Some(drive) = drive.upgrade() {
                        drive.feed(Event::Tick);
                    }
                });
            }
            Effect::Renew => {
                let drive = self.clone();
                spawn_local(async move {
                    // A gateway is asked whether it has renewed it; a sign-in of this page's is renewed here.
                    let renewed = match root().sign_in.renew() {
                        Some(renewal) => renewal.await,
                        None => root().client.session().await.is_ok(),
                    };
                    drive.feed(if renewed { Event::SignedIn } else { Event::SignInFailed });
                });
            }
            Effect::Finished => self.finished(),
        }
    }

    fn bookmark(&self, (lane, deleted, page): (usize, bool, u32)) -> Option<Bookmark> {
        let mut all = self.bookmarks.borrow_mut();
        if page == 0 {
            all.retain(|known| (known.0, known.1) != (lane, deleted));
        }
        all.iter()
            .rev()
            .find(|known| (known.0, known.1, known.2) == (lane, deleted, page))
            .map(|known| known.3.clone())
    }

    fn finished(self: &Rc<Self>) {
        self.ended.set(Some(now()));
        self.news.set(true);
        if !self.is_decided() {
            return;
        }
        let counts = self.counts();
        // A user was created whose password is only here: whoever closes the page now can still give another one.
        let is_settled = counts.created + counts.unproven == 0;
        let import = self.import.clone();
        spawn_local(async move {
            if is_settled {
                imports::drop_journal(&import).await;
            } else {
                // What cannot be written leaves a run that seems not to have ended: it is gone on with to the same end.
                let _ = imports::append(&import, DONE).await;
            }
            imports::let_go().await;
            root().import.read_past();
        });
    }

    /// Whether it has ended and every row's fate is known.
    pub(crate) fn is_decided(&self) -> bool {
        let counts = self.counts();
        self.is_finished() && counts.unknown + counts.not_tried == 0
    }

    /// Whether passwords are only here.
    pub(crate) fn has_passwords(&self) -> bool {
        self.run.borrow().must_stay() && !self.kept.peek(|kept| *kept)
    }

    /// The person says that there is nothing left to do: the passwords are kept, or not wanted.
    pub(crate) fn settled(self: &Rc<Self>) {
        self.forget_passwords();
        if self.is_decided() {
            let import = self.import.clone();
            spawn_local(async move {
                imports::drop_journal(&import).await;
                root().import.read_past();
            });
        }
    }

    /// Tells those who look, now and then.
    fn tell(self: &Rc<Self>) {
        let is_over = self.is_finished();
        self.finished.set_if_new(is_over);
        let loss = if is_over { self.has_passwords().then_some(Loss::Password) } else { Some(Loss::Answer) };
        root().guard.unload.set_if_new(loss);
        // The end is told at once: somebody waits for it.
        if self.is_told.replace(true) && !is_over {
            return;
        }
        let drive = Rc::downgrade(self);
        set_timeout(
            move || {
                if let Some(drive) = drive.upgrade() {
                    drive.is_told.set(false);
                    drive.sample();
                    drive.tick.set(());
                }
            },
            if is_over { Duration::ZERO } else { TOLD_EVERY },
        );
    }

    fn sample(&self) {
        let done = decided(self.counts());
        let at = now().millis();
        let mut samples = self.samples.borrow_mut();
        if samples.last().is_none_or(|(_, before)| *before != done) {
            samples.push((at, done));
        }
        while samples.len() > 2 && samples.first().is_some_and(|(first, _)| first + PACE_OVER < at) {
            samples.remove(0);
        }
    }

    /// How fast it goes. Who calls this in a live part is told of changes.
    pub(crate) fn pace(&self) -> Pace {
        self.tick.with(|()| ());
        let counts = self.counts();
        let done = decided(counts);
        let open = counts.sum() - done;
        let samples = self.samples.borrow();
        let left = match (samples.first(), samples.last()) {
            (Some((from, before)), Some((to, after))) if after > before && to > from => {
                let (time, rows) = (u64::try_from(to - from).unwrap_or(0), (after - before) as u64);
                Some(time.saturating_mul(open as u64) / rows)
            }
            _ => None,
        };
        Pace { done, left }
    }

    /// Reads the run.
    pub(crate) fn with<R>(&self, read: impl FnOnce(&Run) -> R) -> R {
        read(&self.run.borrow())
    }

    /// Somebody has signed in again: what waits for that goes on.
    pub(crate) fn signed_in(self: &Rc<Self>) {
        if self.with(|run| run.holds().sign_in) {
            self.feed(Event::SignedIn);
        }
    }

    /// How many rows came to what.
    pub(crate) fn counts(&self) -> Counts {
        self.run.borrow().counts()
    }

    /// Whether nothing is left to do.
    pub(crate) fn is_finished(&self) -> bool {
        self.run.borrow().is_finished() || self.is_over.get()
    }

    /// The rows of the run in the order of the file.
    pub(crate) fn order(&self) -> &[u32] {
        &self.order
    }

    /// What a row is called: the name that is shown, and the sign-in name.
    pub(crate) fn names(&self, run: &Run, row: usize) -> (String, String) {
        if let Some(person) = run.person(row) {
            return (person.display_name.clone(), person.sign_in.clone());
        }
        let unsent = self.unsent.iter().find(|(known, ..)| *known == row);
        unsent.map(|(_, name, sign_in)| (name.clone(), sign_in.clone())).unwrap_or_default()
    }

    /// A row's place on the desk.
    pub(crate) fn place(&self, row: usize) -> u32 {
        self.places.get(row).copied().unwrap_or(u32::MAX)
    }

    /// The person wants a new password for a row's user. Answers whether that is possible.
    pub(crate) fn reset(self: &Rc<Self>, row: usize) -> bool {
        let possible = self.run.borrow_mut().reset(row, &mut BrowserBytes);
        if possible {
            self.kept.set_if_new(false);
            self.ended.set(None);
            self.feed(Event::Tick);
        }
        possible
    }

    /// Drops all passwords.
    pub(crate) fn forget_passwords(self: &Rc<Self>) {
        self.run.borrow_mut().forget_passwords();
        self.kept.set_if_new(true);
        self.tell();
    }

    /// Ends for good: another file comes, or somebody signs out.
    pub(super) fn end(self: &Rc<Self>) {
        self.forget_passwords();
        self.is_over.set(true);
        self.timer.stop();
        spawn_local(imports::let_go());
    }
}

/// Rows whose fate is decided.
fn decided(counts: Counts) -> usize {
    counts.sum() - counts.unknown - counts.not_tried
}

/// A clock that nobody sets, in milliseconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it begins with the page, and never goes back
fn clock() -> Millis {
    window().performance().map_or(0, |performance| performance.now() as u64)
}

fn person(row: import_desk::Person) -> Person {
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    Person {
        password: (!row.password.is_empty()).then(|| Password::given(&row.password)),
        licences: lines(&row.licences),
        roles: lines(&row.roles),
        sign_in: row.sign_in,
        display_name: row.display_name,
        first_name: row.first_name,
        last_name: row.last_name,
        location: row.location,
    }
}

/// Rows by their places on the desk, without a sort of the size of one.
fn merged(rows: &[u32], places: &[u32]) -> Vec<u32> {
    let most = places.iter().copied().max().unwrap_or(0) as usize;
    let mut by_place = vec![u32::MAX; most + 1];
    for row in rows {
        if let Some(slot) = places.get(*row as usize).and_then(|place| by_place.get_mut(*place as usize)) {
            *slot = *row;
        }
    }
    by_place.into_iter().filter(|row| *row != u32::MAX).collect()
}
