//! The calls of a run, each one attempt: what came of it is told as it is, and judged by the run.

use partner_center::{Bookmark, CustomerId, Error, ErrorKind, NewUser, User, UserId, UserQuery};
use user_import::run::{Answer, Found, Person, Request, Run};

use crate::state::root;

/// A call with everything that it needs, so that it holds nothing of the run while it is under way.
pub(super) enum Call {
    Users(CustomerId, bool, Option<Bookmark>),
    /// Whom, with which password, and the id of the request.
    Create(CustomerId, Box<(Person, String)>, String),
    Licences(CustomerId, UserId),
    Assign(CustomerId, UserId, Vec<String>),
    Roles(CustomerId, UserId),
    GiveRole(CustomerId, UserId, String),
    Reset(CustomerId, UserId, String),
    /// What was asked for is not there: it never leaves.
    Nothing,
}

/// What came of it, the service's id of the call, and how a list of users goes on.
pub(super) type Ended = (Answer, Option<String>, Option<Bookmark>);

impl Call {
    /// What a run asks for.
    pub(super) fn of(run: &Run, request: &Request, bookmark: Option<Bookmark>) -> Self {
        Self::try_of(run, request, bookmark).unwrap_or(Self::Nothing)
    }

    fn try_of(run: &Run, request: &Request, bookmark: Option<Bookmark>) -> Option<Self> {
        let customer = |lane: usize| CustomerId::parse(run.customer(lane)?);
        let of_row = |row: usize| customer(run.lane_of(row)?);
        let user = |row: usize| UserId::parse(run.user_id(row)?);
        Some(match request {
            Request::Users { lane, deleted, .. } => Self::Users(customer(*lane)?, *deleted, bookmark),
            Request::Create { row, request_id } => {
                let password = run.password(*row)?.reveal().to_owned();
                let person = Box::new((run.person(*row)?.clone(), password));
                Self::Create(of_row(*row)?, person, request_id.clone())
            }
            Request::Licences { row } => Self::Licences(of_row(*row)?, user(*row)?),
            Request::Assign { row } => {
                Self::Assign(of_row(*row)?, user(*row)?, run.person(*row)?.licences.clone())
            }
            Request::Roles { row } => Self::Roles(of_row(*row)?, user(*row)?),
            Request::GiveRole { row, role } => {
                Self::GiveRole(of_row(*row)?, user(*row)?, run.person(*row)?.roles.get(*role)?.clone())
            }
            Request::Reset { row } => {
                Self::Reset(of_row(*row)?, user(*row)?, run.new_password(*row)?.reveal().to_owned())
            }
        })
    }

    /// Makes the call.
    pub(super) async fn make(self) -> Ended {
        let client = &root().client;
        let done = |proof: partner_center::CallProof| (Answer::Done, Some(proof.correlation_id), None);
        let held = |(ids, correlation): (Vec<String>, String)| (Answer::Held(ids), Some(correlation), None);
        let ended = match self {
            Self::Users(customer, deleted, from) => {
                let query = UserQuery { deleted, ..UserQuery::default() };
                let page = client.users_page(&customer, &query, from).await;
                page.map(|(page, next, correlation)| {
                    // One that could not be read might be the very one that is looked for.
                    let items = page.items.into_iter().map(found).collect();
                    let answer = if page.skipped == 0 {
                        Answer::Users(items, next.is_some())
                    } else {
                        Answer::Unknown { answered: true }
                    };
                    (answer, Some(correlation), next)
                })
            }
            Self::Create(customer, with, request_id) => {
                let (person, password) = &*with;
                let user = NewUser {
                    user_principal_name: &person.sign_in,
                    display_name: &person.display_name,
                    first_name: &person.first_name,
                    last_name: &person.last_name,
                    usage_location: &person.location,
                    password,
                };
                let made = client.create_user(&customer, &user, request_id).await;
                made.map(|(id, proof)| {
                    (Answer::Created(id.as_str().to_owned()), Some(proof.correlation_id), None)
                })
            }
            Self::Licences(customer, user) => client.held_licenses(&customer, &user).await.map(held),
            Self::Assign(customer, user, skus) => {
                client.assign_licenses(&customer, &user, &skus).await.map(done)
            }
            Self::Roles(customer, user) => client.held_roles(&customer, &user).await.map(held),
            Self::GiveRole(customer, user, role) => client.give_role(&customer, &user, &role).await.map(done),
            Self::Reset(customer, user, password) => {
                client.reset_password(&customer, &user, &password).await.map(done)
            }
            Self::Nothing => return (Answer::NotSent, None, None),
        };
        ended.unwrap_or_else(|error| {
            let correlation = error.details.status.map(|_| error.details.correlation_id.clone());
            (failed(&error), correlation, None)
        })
    }
}

fn found(user: User) -> Found {
    Found {
        id: user.id.as_str().to_owned(),
        sign_in: user.user_principal_name,
        display_name: user.display_name,
        first_name: user.first_name.unwrap_or_default(),
        last_name: user.last_name.unwrap_or_default(),
        location: user.usage_location.unwrap_or_default(),
    }
}

fn failed(error: &Error) -> Answer {
    let details = &error.details;
    let code = || match (details.code, details.status) {
        (Some(code), _) => code.to_string(),
        (None, Some(status)) => status.to_string(),
        (None, None) => String::new(),
    };
    match &error.kind {
        ErrorKind::SignInAgain => Answer::SignInAgain,
        ErrorKind::StepUp => Answer::StepUp,
        ErrorKind::Wait(wait) => Answer::Throttled(u64::try_from(wait.as_millis()).ok()),
        ErrorKind::Conflict => Answer::Exists(code()),
        ErrorKind::NotAllowed => Answer::Forbidden(code()),
        ErrorKind::NoRelationship => Answer::Gone(code()),
        ErrorKind::NotFound | ErrorKind::Invalid(_) | ErrorKind::Rejected => Answer::Refused(code()),
        ErrorKind::Offline => Answer::NotSent,
        ErrorKind::OutcomeUnknown | ErrorKind::Unavailable | ErrorKind::Unreadable | ErrorKind::Cancelled => {
            Answer::Unknown { answered: details.status.is_some() }
        }
    }
}
