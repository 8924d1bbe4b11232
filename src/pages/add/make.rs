//! Making the customer: once, whatever the network does.

use account_changes::{Creation, Stage, create, settle};
use account_rules::{Entry, Field, Signed, refused_fields};
use customer_index::Customer as Listed;
use journal::Outcome;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use partner_center::{
    AgreementConfirmation, AgreementType, Error, ErrorKind, NewCustomer, RelationshipToPartner,
};

use super::{AddStep, agreement, domain, go};
use crate::platform::storage::Typed;
use crate::platform::time::BrowserClock;
use crate::state::{AgreementState, Loss, Made, Work, encode_relationship, root, typed_profile};

/// What is asked for.
fn wanted() -> NewCustomer {
    let form = &root().add.form;
    let mut billing = typed_profile(form);
    for field in [Field::FirstName, Field::LastName] {
        if let Some(twin) = field.twin_path() {
            billing.set(twin, form.peek(Entry::Field(field)).trim());
        }
    }
    let has_number = untrack(|| form.input(Field::Registration)).is_some();
    let registration = form.peek(Entry::Field(Field::Registration)).trim().to_owned();
    NewCustomer {
        domain: domain::whole(),
        // Typed for another country it stays in the draft, and is not sent.
        registration: if has_number { registration } else { String::new() },
        billing: without_foreign_fields(billing),
        reseller: form.peek(Entry::Reseller),
    }
}

/// What another country's form had asked for stays in the draft, and is not sent.
fn without_foreign_fields(mut billing: partner_center::BillingDocument) -> partner_center::BillingDocument {
    let form = &root().add.form;
    for field in [Field::State, Field::PostalCode, Field::City] {
        if untrack(|| form.input(field)).is_none() {
            billing.set(field.path(), "");
        }
    }
    billing
}

/// Makes the customer.
pub(super) fn make() {
    run(None);
}

/// Looks once more what became of it.
pub(super) fn look() {
    let error = root().add.work.peek(|work| match work {
        Work::Ended(Creation::Unsettled { error, .. }) => Some(error.clone()),
        _ => None,
    });
    if let Some(error) = error {
        run(Some(error));
    }
}

fn run(lost: Option<Error>) {
    let root = root();
    let add = &root.add;
    if add.is_going() {
        return;
    }
    add.work.set(Work::Going(Stage::Sending));
    root.guard.set(Some(Loss::Answer));
    spawn_local(async move {
        let customer = wanted();
        let told = |stage| root.add.work.set(Work::Going(stage));
        let mut attempt = add.attempt.take();
        let ended = match lost {
            None => create(&root.client, &BrowserClock, &customer, &mut attempt, &told).await,
            Some(error) => settle(&root.client, &BrowserClock, &customer, &mut attempt, error, &told).await,
        };
        add.attempt.replace(attempt);
        root.guard.set(None);
        finish(ended, &customer);
    });
}

fn finish(ended: Creation, customer: &NewCustomer) {
    let root = root();
    let add = &root.add;
    let name = customer.billing.text("companyName").to_owned();
    match ended {
        Creation::Created(created) => {
            let administrator = created.user_credentials.map(|known| {
                let name = [known.user_name.as_str(), "@", &customer.domain].concat();
                (if known.user_name.contains('@') { known.user_name } else { name }, Some(known.password))
            });
            made(Made { id: created.id, name, domain: customer.domain.clone(), administrator });
        }
        Creation::Found(found) => made(Made { name, ..Made::found(&found) }),
        Creation::Refused(error) => {
            root.done.note("add_customer", Outcome::Failed, None, 0);
            let fields = refused_fields(&error);
            if matches!(error.kind, ErrorKind::Invalid(_)) {
                // Its rules may have changed since they were read.
                root.rules.read(&add.form.peek(Entry::Field(Field::Country)));
            }
            add.form.see(&fields.iter().map(|(field, _)| Entry::Field(*field)).collect::<Vec<_>>());
            add.form.refused.set(fields);
            add.work.set(Work::Ended(Creation::Refused(error)));
            crate::ui::focus("main h1");
        }
        Creation::Taken(owner, error) => {
            root.done.note("add_customer", Outcome::Failed, None, 0);
            domain::ask_again();
            add.work.set(Work::Ended(Creation::Taken(owner, error)));
            crate::ui::focus("main h1");
        }
        unsettled @ Creation::Unsettled { .. } => {
            root.done.note("add_customer", Outcome::Unknown, None, 0);
            add.work.set(Work::Ended(unsettled));
            crate::ui::focus("main h1");
        }
    }
}

/// It is there: the list shows it at once, the draft has done its work, and the agreement follows.
fn made(made: Made) {
    let root = root();
    let add = &root.add;
    let id = made.id.as_str().to_ascii_lowercase();
    root.done.note("add_customer", Outcome::Done, Some(&id), 0);
    let listed = Listed {
        id: &id,
        name: &made.name,
        domain: &made.domain,
        relationship: encode_relationship(RelationshipToPartner::Reseller),
    };
    root.customers.index.update(|index| index.push(listed, &root.customers.fold));
    Typed::NewCustomer.write(None);
    add.restored.set(false);
    let attested = untrack(agreement::is_attested);
    add.work.set(Work::Made(made));
    if attested {
        confirm();
    }
    go(AddStep::Result);
}

/// Confirms the agreement of the customer that was made.
pub(super) fn confirm() {
    let root = root();
    let add = &root.add;
    let id = add.work.peek(|work| match work {
        Work::Made(made) => Some(made.id.clone()),
        _ => None,
    });
    let (Some(id), Signed::On(date_agreed)) = (id, untrack(agreement::day)) else { return };
    let contact = untrack(agreement::signer);
    add.agreement.set(AgreementState::Sending);
    spawn_local(async move {
        let kind = AgreementType::MicrosoftCustomerAgreement;
        let result = match agreement::template().await {
            Ok(Some(template)) => {
                let confirmation = AgreementConfirmation {
                    template_id: template.template_id,
                    agreement_type: kind,
                    contact,
                    date_agreed,
                };
                root.client.confirm_agreement(&id, &confirmation).await
            }
            Ok(None) => return add.agreement.set(AgreementState::NoText),
            Err(error) => Err(error),
        };
        let outcome = if result.is_ok() { Outcome::Done } else { Outcome::Failed };
        root.done.note("create_agreement", outcome, Some(&id.as_str().to_ascii_lowercase()), 0);
        add.agreement.set(match result {
            Ok(()) => AgreementState::Confirmed,
            Err(error) => AgreementState::Failed(error),
        });
    });
}

/// Another customer, in the same place and language. While a password is not kept the person is asked first.
pub(super) fn another() {
    go(AddStep::Company);
}
