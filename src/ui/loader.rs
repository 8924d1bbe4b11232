//! A part of a page that comes from the API: waiting, there, or failed with a way to try again.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use partner_center::Error;

use super::Fault;

enum State<T> {
    Waiting,
    Ready(T),
    Failed(Error),
}

type Fetch<T> = Box<dyn Fn() -> LocalBoxFuture<'static, Result<T, Error>>>;

/// Loads one thing, and again when asked. What comes back for a page that has gone is dropped.
pub(crate) struct Loader<T: 'static> {
    state: RwSignal<State<T>, LocalStorage>,
    fetch: StoredValue<Fetch<T>, LocalStorage>,
    attempt: StoredValue<u32>,
}

impl<T> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loader<T> {}

impl<T: 'static> Loader<T> {
    /// Begins at once.
    pub(crate) fn new(fetch: impl Fn() -> LocalBoxFuture<'static, Result<T, Error>> + 'static) -> Self {
        let loader = Self {
            state: RwSignal::new_local(State::Waiting),
            fetch: StoredValue::new_local(Box::new(fetch) as Fetch<T>),
            attempt: StoredValue::new(0),
        };
        loader.run();
        loader
    }

    /// Tries again.
    pub(crate) fn retry(self) {
        self.state.set(State::Waiting);
        self.run();
    }

    fn run(self) {
        self.attempt.update_value(|attempt| *attempt += 1);
        let attempt = self.attempt.get_value();
        let future = self.fetch.with_value(|fetch| fetch());
        spawn_local(async move {
            let outcome = future.await;
            if self.attempt.try_get_value() == Some(attempt) {
                let _ = self.state.try_set(outcome.map_or_else(State::Failed, State::Ready));
            }
        });
    }

    /// The part in its present state. `failed` gives the view for a failure that has a page of its own;
    /// where it gives none, the failure is shown in place, under `title`.
    pub(crate) fn view(
        self,
        title: &'static str,
        waiting: impl Fn() -> AnyView + Send + 'static,
        failed: impl Fn(&Error) -> Option<AnyView> + Send + 'static,
        ready: impl Fn(&T) -> AnyView + Send + 'static,
    ) -> AnyView {
        let view = move || {
            self.state.with(|state| match state {
                State::Waiting => waiting(),
                State::Ready(value) => ready(value),
                State::Failed(error) => failed(error).unwrap_or_else(|| {
                    let error = error.clone();
                    view! { <Fault title=title error=error retry=Callback::new(move |()| self.retry()) /> }
                        .into_any()
                }),
            })
        };
        view.into_any()
    }
}
