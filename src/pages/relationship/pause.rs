//! The seconds between the button and what it does, in which it can be called off.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{request_animation_frame, untrack};

use crate::i18n::t;
use crate::state::root;
use crate::ui::{El, Timer, Watched, at_end, button, el, focus, icon};

/// How many seconds there are.
const SECONDS: usize = 5;

/// A pause; it goes with the part of the page that made it, and what waits for it is then not done.
pub(super) struct Pause {
    on: Watched<bool>,
    left: Watched<usize>,
    timer: Timer,
}

impl Pause {
    pub(super) fn new() -> Rc<Self> {
        let pause = Rc::new(Self { on: Watched::new(false), left: Watched::new(0), timer: Timer::default() });
        let gone = pause.clone();
        at_end(move || gone.timer.stop());
        pause
    }

    /// Whether it is counting. Who calls this is told of its beginning and its end.
    pub(super) fn is_on(&self) -> bool {
        self.on.get()
    }

    /// Begins to count, unless it counts already.
    pub(super) fn begin(self: &Rc<Self>, act: Rc<dyn Fn()>) {
        if untrack(|| self.is_on()) {
            return;
        }
        self.left.set(SECONDS);
        self.on.set(true);
        root().announcement.set(t::removal::pause_told().to_owned());
        request_animation_frame(|| focus("#removal-call-off"));
        self.clone().count(act);
    }

    fn count(self: Rc<Self>, act: Rc<dyn Fn()>) {
        let this = self.clone();
        self.timer.restart(Duration::from_secs(1), move || {
            let left = this.left.peek(|left| left.saturating_sub(1));
            this.left.set(left);
            if left == 0 {
                this.on.set(false);
                act();
            } else {
                this.count(act);
            }
        });
    }

    fn call_off(&self) {
        self.timer.stop();
        self.on.set(false);
        root().toasts.tell(t::removal::called_off());
        request_animation_frame(|| focus("#removal-go"));
    }
}

/// What is shown meanwhile. Built once: a press on a button that is built anew each second could be lost.
pub(super) fn part(pause: &Rc<Pause>) -> El {
    let (off, left, done, named) = (pause.clone(), pause.clone(), pause.clone(), pause.clone());
    let meter = el("progress", "meter")
        .attr("max", &SECONDS.to_string())
        .live_attr("value", move || Some((SECONDS - done.left.get().min(SECONDS)).to_string()))
        .live_attr("aria-label", move || Some(t::removal::pause(named.left.get())));
    let words = el("span", "").live_text(move || t::removal::pause(left.left.get()));
    el("div", "stack stack-8 pause")
        .child(el("p", "status").child(icon("clock")).child(words))
        .child(meter)
        .child(
            button("btn btn-primary", move || off.call_off())
                .attr("id", "removal-call-off")
                .text(t::removal::call_off()),
        )
}
