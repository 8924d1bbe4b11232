//! How the fate of a call is looked for.

use std::time::Duration;

use partner_center::{Error, ErrorKind, Transfer, TransferId};

use crate::act::Place;

/// After what times it is looked. Together a minute: longer than a write may still take on its way when its answer has
/// been given up, and longer than reads lag behind.
pub(crate) const LOOKS: [Duration; 5] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(30),
];

/// What is read of one transfer.
pub(crate) enum Seen {
    /// How it is now.
    There(Box<Transfer>),
    /// It is not among the customer's transfers.
    Gone,
    /// Nobody can say.
    Failed(Error),
}

/// Reads a transfer. That one is not found is believed only when the customer's list has none of its id either: a 404 is
/// also what a customer answers that has left, and to have an offer away can be a success.
pub(crate) async fn read(place: Place<'_>, id: &TransferId) -> Seen {
    match place.client.transfer(place.customer, id).await {
        Ok(now) => Seen::There(Box::new(now)),
        Err(error) if error.kind == ErrorKind::NotFound => match place.client.transfers(place.customer).await
        {
            Ok(there) => match there.into_iter().find(|one| one.id == *id) {
                Some(now) => Seen::There(Box::new(now)),
                None => Seen::Gone,
            },
            Err(error) => Seen::Failed(error),
        },
        Err(error) => Seen::Failed(error),
    }
}
