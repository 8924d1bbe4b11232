//! A new customer, made once.

use std::time::Duration;

use partner_center::{
    Client, Clock, CreatedCustomer, Customer, CustomerFilter, CustomerQuery, Error, ErrorKind, NewCustomer,
};

use crate::Stage;

/// After what times a customer is looked for whose making was not answered. Together longer than a write may take on its
/// way (100 seconds) less what has passed when the answer is given up, and longer than reads lag behind.
const LOOKS: [Duration; 5] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(30),
];

/// How the making of a customer ended.
#[derive(Debug)]
pub enum Creation {
    /// The service says that it made it: the one answer with the administrator's password.
    Created(Box<CreatedCustomer>),
    /// The answer was lost, and a customer with this domain and these data is there. Nobody can say any more what the
    /// password was, so it has to be set anew.
    Found(Box<Customer>),
    /// The domain is taken: by another customer of the partner, if that could be found out, or by anybody. Nothing was
    /// made.
    Taken(Option<Box<Customer>>, Error),
    /// The service refused it, or it never left. Nothing was made.
    Refused(Error),
    /// The answer was lost and nobody can say yet. Going on with the same [`Attempt`] makes at most one customer.
    Unsettled {
        /// What went wrong last.
        error: Error,
        /// Whether the domain was free when last asked. If it was, nothing had arrived by then.
        free: bool,
    },
}

/// What is known of earlier tries at making one customer. Keep it until the making has ended or its data are others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    /// The `MS-RequestId` of a call whose answer was lost.
    lost: Option<String>,
}

impl Attempt {
    /// Whether a call may have been carried out without anybody knowing.
    pub fn is_open(&self) -> bool {
        self.lost.is_some()
    }
}

/// Makes a customer, and when the answer is lost finds out what became of it.
pub async fn create(
    client: &Client,
    clock: &dyn Clock,
    customer: &NewCustomer,
    attempt: &mut Attempt,
    told: &dyn Fn(Stage),
) -> Creation {
    told(Stage::Sending);
    match client.create_customer(customer, attempt.lost.clone()).await {
        Ok(created) => {
            *attempt = Attempt::default();
            Creation::Created(Box::new(created))
        }
        Err(error) if error.kind == ErrorKind::OutcomeUnknown => {
            attempt.lost = Some(error.details.request_id.clone());
            settle(client, clock, customer, attempt, error, told).await
        }
        // An earlier call may have been carried out after all, and what is refused now is its repetition.
        Err(error) if attempt.is_open() => settle(client, clock, customer, attempt, error, told).await,
        Err(error) => match refusal(client, customer, &error).await {
            Some(taken) => taken,
            None => Creation::Refused(error),
        },
    }
}

/// Finds out what became of a call whose answer was lost, without making it again unless the customer is there: then the
/// service may still repeat its answer, password included, and cannot make a second one.
pub async fn settle(
    client: &Client,
    clock: &dyn Clock,
    customer: &NewCustomer,
    attempt: &mut Attempt,
    error: Error,
    told: &dyn Fn(Stage),
) -> Creation {
    let mut free = false;
    for pause in LOOKS {
        told(Stage::Settling);
        clock.sleep(pause).await;
        told(Stage::Verifying);
        match find(client, customer).await {
            Ok(Some(found)) => return whose(client, customer, attempt, found, error).await,
            // Not in the list: it does not exist, it is not shown yet, or the domain is somebody else's.
            Ok(None) => free = matches!(client.domain_taken(&customer.domain).await, Ok(false)),
            Err(_) => free = false,
        }
    }
    Creation::Unsettled { error, free }
}

/// The customer with this domain is there: this attempt's, or one that somebody else made meanwhile?
async fn whose(
    client: &Client,
    customer: &NewCustomer,
    attempt: &mut Attempt,
    found: Customer,
    error: Error,
) -> Creation {
    if let Some(request) = attempt.lost.take() {
        match client.create_customer(customer, Some(request.clone())).await {
            Ok(created) if created.id == found.id => return Creation::Created(Box::new(created)),
            // Its own fate does not matter: the domain has an owner, so it made nothing.
            _ => {}
        }
    }
    match has_same_data(client, customer, &found).await {
        Some(true) => Creation::Found(Box::new(found)),
        Some(false) => Creation::Taken(Some(Box::new(found)), error),
        // It could not be read. That there is a customer is known, whose is not.
        None => Creation::Unsettled { error, free: false },
    }
}

async fn has_same_data(client: &Client, customer: &NewCustomer, found: &Customer) -> Option<bool> {
    let there = client.billing_document(&found.id).await.ok()?;
    let same = ["companyName", "email", "defaultAddress.addressLine1", "defaultAddress.country"];
    Some(same.into_iter().all(|path| there.text(path).trim() == customer.billing.text(path).trim()))
}

/// A refusal that is about the domain: whose it is, as far as that can be known.
async fn refusal(client: &Client, customer: &NewCustomer, error: &Error) -> Option<Creation> {
    let may_be = matches!(error.kind, ErrorKind::Conflict | ErrorKind::Invalid(_));
    if !may_be || !matches!(client.domain_taken(&customer.domain).await, Ok(true)) {
        return None;
    }
    let owner = find(client, customer).await.ok().flatten();
    Some(Creation::Taken(owner.map(Box::new), error.clone()))
}

/// The partner's customer with this domain. The service searches by beginnings only, so each is looked at.
async fn find(client: &Client, customer: &NewCustomer) -> Result<Option<Customer>, Error> {
    let by_domain = first(client, customer, CustomerFilter::Domain(customer.domain.clone())).await;
    match by_domain {
        // The filter by domain was seen to fail where the one by name did not (500, in 2019).
        Err(_) => {
            let name = customer.billing.text("companyName").to_owned();
            first(client, customer, CustomerFilter::CompanyName(name)).await
        }
        found => found,
    }
}

async fn first(
    client: &Client,
    customer: &NewCustomer,
    filter: CustomerFilter,
) -> Result<Option<Customer>, Error> {
    let mut pages = client.customers(&CustomerQuery { filter: Some(filter), ..CustomerQuery::default() });
    while let Some(page) = pages.next().await {
        let same = |found: &Customer| found.company_profile.domain.eq_ignore_ascii_case(&customer.domain);
        if let Some(found) = page?.items.into_iter().find(same) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
