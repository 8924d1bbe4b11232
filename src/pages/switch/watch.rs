//! A transfer that is under way is looked at again and again, ever more seldom, while its page is shown.

use std::cell::Cell;
use std::rc::Rc;

use leptos::task::spawn_local;
use partner_center::{Clock, CustomerId, TransferId};
use partner_transfers::{State, next_look, phase, state};

use crate::platform::time::{BrowserClock, now};
use crate::state::root;
use crate::ui::at_end;

/// Begins to look, until it has ended, the page goes, or it has been watched for long enough.
pub(super) fn begin(customer: &CustomerId, transfer: &TransferId) {
    let (customer, transfer) = (customer.clone(), transfer.clone());
    let goes_on = Rc::new(Cell::new(true));
    let stopped = goes_on.clone();
    at_end(move || stopped.set(false));
    spawn_local(async move {
        let began = now();
        let mut looks = 0;
        while let Some(pause) = next_look(looks, now().since(began)) {
            BrowserClock.sleep(pause).await;
            if !goes_on.get() {
                return;
            }
            look(&customer, &transfer, false).await;
            looks += 1;
        }
    });
}

/// Looks once. A failure is not told: the next look is near, and the page has a button for those who wait. What is shown
/// stays as it is while nothing is other, unless somebody asked.
pub(super) async fn look(customer: &CustomerId, transfer: &TransferId, asked: bool) {
    let time = root().client.service_now();
    if let Ok(now) = root().client.transfer(customer, transfer).await {
        let before = root().transfers.of(customer).into_iter().find(|one| one.id == *transfer);
        let is_other = before.is_none_or(|before| {
            before != now || phase(&before, time) != phase(&now, root().client.service_now())
        });
        if is_other || asked {
            root().transfers.learn_one(customer, &now);
        }
    }
}

/// Whether it has to be watched.
pub(super) fn is_wanted(customer: &CustomerId, transfer: &TransferId) -> bool {
    let now = root().client.service_now();
    let all = root().transfers.of(customer);
    all.iter().any(|one| one.id == *transfer && state(one, now) == State::InProgress)
}
