//! The routes below `/v1`, in one table.

mod agreements;
mod audit;
mod azure;
mod billing;
mod budget;
mod create;
mod customers;
mod holdings;
mod licences;
mod lookups;
pub(super) mod others;
mod relationships;
mod removal;
mod roles;
mod subscription_change;
mod subscriptions;
pub(super) mod transfers;
mod users;
mod validations;

use rusqlite::Connection;

use super::clock::Random;
use super::cloud::Cloud;
use super::error::ApiError;
use super::moves::Moves;
use super::query::{Query, segments};
use super::rules::Rules;
use super::seed::Agent;
use super::store::Parameters;
use super::wire::{Method, Request, Response};

pub(super) use billing::{apply_pending, edit as edit_billing};
pub(super) use create::make as create_customer;
pub(super) use customers::Customer;
pub(super) use customers::find_to_write as customer_to_write;
pub(super) use users::{delete_user, make as create_user, patch_user, seeded_users};
pub(super) use validations::Form as AddressForm;

/// What a route has to work with.
pub(super) struct Call<'a> {
    pub(super) connection: &'a mut Connection,
    pub(super) parameters: Parameters,
    pub(super) random: &'a mut dyn Random,
    /// Milliseconds since the Unix epoch.
    pub(super) now: i64,
    /// When reads begin to show what this call writes.
    pub(super) visible_at: i64,
    pub(super) request: &'a Request,
    pub(super) query: Query,
    /// Who is calling.
    pub(super) agent: &'static Agent,
    pub(super) rules: &'a Rules,
    /// In which form an address is judged.
    pub(super) address_form: AddressForm,
    /// Where partner and customers are.
    pub(super) cloud: Cloud,
    pub(super) moves: &'a Moves,
}

impl Call<'_> {
    /// The request's own id, if it has one.
    pub(super) fn request_id(&self) -> Option<String> {
        self.request.header("MS-RequestId").map(str::to_owned)
    }
}

type Answer = Result<Response, ApiError>;
type Handler = fn(&mut Call, &[String]) -> Answer;

/// Method, path below `/v1`, what answers. `{}` stands for an id; ids are handed on in their order. The path
/// doubles as the name of the route in logs.
const ROUTES: &[(Method, &str, Handler)] = &[
    (Method::Get, ".session", lookups::session),
    (Method::Get, "customers", customers::list),
    (Method::Post, "customers", create::create),
    (Method::Get, "customers/relationshiprequests", relationships::request),
    (Method::Get, "customers/{}", customers::read),
    (Method::Patch, "customers/{}", removal::change),
    (Method::Delete, "customers/{}", removal::delete),
    (Method::Get, "customers/{}/profiles/company", customers::company_profile),
    (Method::Get, "customers/{}/profiles/billing", billing::read),
    (Method::Put, "customers/{}/profiles/billing", billing::replace),
    (Method::Get, "customers/{}/relationships", relationships::of_customer),
    (Method::Get, "customers/{}/subscriptions", subscriptions::list),
    (Method::Get, "customers/{}/subscriptions/{}", subscriptions::read),
    (Method::Patch, "customers/{}/subscriptions/{}", subscription_change::change),
    (Method::Get, "customers/{}/subscriptions/{}/azureEntitlements", azure::list),
    (Method::Get, "customers/{}/subscriptions/{}/azureEntitlements/{}", azure::read),
    (Method::Post, "customers/{}/subscriptions/{}/azureEntitlements/{}/cancel", azure::cancel),
    (Method::Get, "customers/{}/transferseligibility", transfers::eligibility),
    (Method::Get, "customers/{}/transfers", transfers::list),
    (Method::Post, "customers/{}/transfers", transfers::create),
    (Method::Get, "customers/{}/transfers/{}", transfers::read),
    (Method::Patch, "customers/{}/transfers/{}", transfers::change),
    (Method::Delete, "customers/{}/transfers/{}", transfers::withdraw),
    (Method::Post, "customers/{}/transfers/{}/accept", transfers::accept),
    (Method::Get, "customers/{}/entitlements", subscriptions::entitlements),
    (Method::Get, "customers/{}/users", users::list),
    (Method::Post, "customers/{}/users", users::post),
    (Method::Get, "customers/{}/users/{}", users::read),
    (Method::Patch, "customers/{}/users/{}", users::patch),
    (Method::Delete, "customers/{}/users/{}", users::delete),
    (Method::Patch, "customers/{}/users/{}/resetpassword", users::reset_password),
    (Method::Post, "customers/{}/users/{}/licenseupdates", licences::update),
    (Method::Get, "customers/{}/users/{}/licenses", licences::of_user),
    (Method::Get, "customers/{}/users/{}/directoryroles", roles::of_user),
    (Method::Get, "customers/{}/subscribedskus", licences::skus),
    (Method::Get, "customers/{}/directoryroles", roles::list),
    (Method::Get, "customers/{}/directoryroles/{}/usermembers", roles::members),
    (Method::Post, "customers/{}/directoryroles/{}/usermembers", roles::add),
    (Method::Delete, "customers/{}/directoryroles/{}/usermembers/{}", roles::remove),
    (Method::Get, "agreements", agreements::templates),
    (Method::Get, "agreementtemplates/{}/document", agreements::document),
    (Method::Get, "customers/{}/agreements", agreements::of_customer),
    (Method::Post, "customers/{}/agreements", agreements::confirm),
    (Method::Get, "customers/{}/directSignedMicrosoftCustomerAgreementStatus", agreements::signed_directly),
    (Method::Get, "customers/{}/usagebudget", budget::read),
    (Method::Patch, "customers/{}/usagebudget", budget::change),
    (Method::Get, "relationships", relationships::list),
    (Method::Post, "validations/address", validations::address),
    (Method::Get, "countryvalidationrules/{}", lookups::country_rules),
    (Method::Head, "domains/{}", lookups::domain),
    (Method::Get, "auditrecords", audit::list),
];

/// What only a user can do: routes that begin like this refuse the credentials of an application alone.
const APP_AND_USER: &[&str] = &[
    "agreements",
    "agreementtemplates",
    "customers/relationshiprequests",
    "customers/{}/agreements",
    "customers/{}/directoryroles",
    "customers/{}/directSigned",
    "customers/{}/entitlements",
    "customers/{}/profiles/company",
    "customers/{}/relationships",
    "customers/{}/subscribedskus",
    "customers/{}/users",
    "relationships",
];

/// Whether a request asks for what only a user can do.
pub(super) fn needs_user(request: &Request) -> bool {
    let template = template(request);
    APP_AND_USER.iter().any(|start| template.starts_with(start))
        || (template == "customers/{}" && request.method == Method::Patch)
}

/// Whether a request is about transfers.
pub(super) fn is_transfer(request: &Request) -> bool {
    template(request).starts_with("customers/{}/transfers")
}

/// Whether a request moves a customer or something of it to where no way leads back: every one of them is written down.
pub(super) fn moves(request: &Request) -> bool {
    let template = template(request);
    request.method.writes()
        && (template == "customers/{}"
            || ["customers/{}/subscriptions", "customers/{}/transfers"]
                .iter()
                .any(|start| template.starts_with(start)))
}

/// The ids of a path that fits a route. Names are compared without case, as the service does.
fn ids(pattern: &str, path: &[String]) -> Option<Vec<String>> {
    if pattern.bytes().filter(|byte| *byte == b'/').count() + 1 != path.len() {
        return None;
    }
    let mut parts = pattern.split('/');
    // Nothing is copied before it is certain that all of it fits.
    let fits =
        |actual: &String| parts.next().is_some_and(|part| part == "{}" || part.eq_ignore_ascii_case(actual));
    if !path.iter().all(fits) {
        return None;
    }
    let ids = pattern.split('/').zip(path).filter(|(part, _)| *part == "{}");
    Some(ids.map(|(_, actual)| actual.clone()).collect())
}

/// Finds the route of a path (which begins with `v1`) and runs it. Returns its name, too.
pub(super) fn dispatch(call: &mut Call, path: &[String]) -> (&'static str, Answer) {
    let missing = || ("unknown", Err(ApiError::not_found("The resource does not exist.")));
    let Some((root, path)) = path.split_first() else { return missing() };
    if !root.eq_ignore_ascii_case("v1") {
        return missing();
    }
    let mut other_method = None;
    for (method, pattern, handler) in ROUTES {
        match ids(pattern, path) {
            Some(ids) if *method == call.request.method => {
                let allowed = call.cloud.allow(*method, pattern);
                return (pattern, allowed.and_then(|()| handler(call, &ids)));
            }
            Some(_) => other_method = Some(*pattern),
            None => {}
        }
    }
    match other_method {
        Some(pattern) => (pattern, Err(ApiError::new(405, 0, "The resource does not support this method."))),
        None => missing(),
    }
}

/// Whether a request is about a billing profile.
pub(super) fn is_billing(request: &Request) -> bool {
    template(request) == "customers/{}/profiles/billing"
}

/// The name of the route that a request would take.
pub(super) fn template(request: &Request) -> &'static str {
    let path = segments(request.path());
    let path = path.get(1..).unwrap_or_default();
    ROUTES
        .iter()
        .find(|(_, pattern, _)| ids(pattern, path).is_some())
        .map_or("unknown", |(_, pattern, _)| pattern)
}
