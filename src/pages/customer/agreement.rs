//! Whether the customer has accepted Microsoft's agreement, without which nothing can be ordered.

use account_rules::has_agreements;
use futures_util::FutureExt;
use partner_center::{AgreementType, CustomerId, Error, Timestamp};

use crate::i18n::{self, t};
use crate::state::root;
use crate::ui::{El, Show, el, icon, load};

/// The state; `None` in a cloud without such agreements.
pub(super) fn state(id: CustomerId) -> Option<El> {
    if !has_agreements(root().config.cloud) {
        return None;
    }
    let waiting = || el("span", "bone bone-40").child(el("span", "sr").text(t::columns::coming()));
    Some(load(
        t::customer::agreement_failed(),
        waiting,
        |panel| panel,
        move || {
            let id = id.clone();
            async move {
                let found = newest(&id).await?;
                let show: Show = Box::new(move || match found {
                    Some(date) => {
                        let date = date.map(i18n::date).unwrap_or_default();
                        let words = t::customer::agreed(&date);
                        el("span", "status is-ok").child(icon("ok")).text(words.trim_end())
                    }
                    None => {
                        el("span", "status is-warn").child(icon("warn")).text(t::columns::not_confirmed())
                    }
                });
                Ok(show)
            }
            .boxed_local()
        },
    ))
}

/// When it was accepted last; `None` if never. The date may be missing.
async fn newest(id: &CustomerId) -> Result<Option<Option<Timestamp>>, Error> {
    let mut pages = root().client.agreements(id, AgreementType::MicrosoftCustomerAgreement);
    let mut newest = None;
    while let Some(page) = pages.next().await {
        for agreement in page?.items {
            newest = newest.max(Some(agreement.date_agreed));
        }
    }
    Ok(newest)
}
