//! The client: every call of the API that the application makes, as a method.

use crate::{
    Clock, CustomerId, Error, ErrorKind, Method, Pacer, Pages, Random, Request, Timestamp, Transport, UserId,
    json::{FromJson, member},
    resources::{
        ADDRESS_REFUSED, ALREADY_CONFIRMED, AddressVerdict, Agreement, AgreementConfirmation,
        AgreementTemplate, AgreementType, AuditQuery, AuditRecord, BillingDocument, BillingProfile,
        CompanyProfile, CountryRules, CreatedCustomer, Customer, CustomerQuery, Entitlement, EntitlementType,
        License, NewCustomer, PartnerRelationship, PartnerRelationshipType, RelationshipRequest,
        RelationshipRequestQuery, Session, SpendingBudget, SubscribedSku, Subscription, User, UserQuery,
        of_all_groups,
    },
    text::unescape_html,
    uri::{Query, encode},
};
use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
    time::Duration,
};

/// A client of the Partner Center REST API. Clones are one client.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Rc<Shared>,
}

/// What all clones of a client have in common.
pub(crate) struct Shared {
    pub(crate) transport: Rc<dyn Transport>,
    pub(crate) clock: Rc<dyn Clock>,
    pub(crate) random: Rc<dyn Random>,
    pub(crate) locale: RefCell<Option<String>>,
    pub(crate) observers: RefCell<Vec<Observer>>,
    /// By how many milliseconds the service's clock is ahead of this one, as its last answer said.
    pub(crate) ahead: Cell<i64>,
}

/// Somebody who is told of HTTP calls.
pub type Observer = Rc<dyn Fn(&CallRecord)>;

/// One HTTP call that has ended: for progress, an inspector, a log. It holds no id of a customer and no body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRecord {
    /// The HTTP method.
    pub method: Method,
    /// The path as a template.
    pub route: &'static str,
    /// The status; `None` if no answer came.
    pub status: Option<u16>,
    /// `MS-RequestId`: the same for repeated calls until an answer comes.
    pub request_id: String,
    /// `MS-CorrelationId`: another for every call.
    pub correlation_id: String,
    /// 1 for the first call, 2 for its first repetition.
    pub attempt: u32,
    /// When it began.
    pub started: Timestamp,
    /// How long it took.
    pub duration: Duration,
    /// How long the service asked to wait before the next call; `None` if it named no time.
    pub asked_to_wait: Option<Duration>,
    /// After what time the client will repeat it; `None` if it will not.
    pub repeats_after: Option<Duration>,
}

impl Client {
    /// A client that sends through `transport`.
    pub fn new(transport: Rc<dyn Transport>, clock: Rc<dyn Clock>, random: Rc<dyn Random>) -> Self {
        let (locale, observers, ahead) = (RefCell::default(), RefCell::default(), Cell::default());
        Self { shared: Rc::new(Shared { transport, clock, random, locale, observers, ahead }) }
    }

    /// The present by the service's clock, to the second, as far as its answers told the time (`Date`, which a browser may
    /// hide when the service is on another host); otherwise by this computer's, which may be hours off.
    pub fn service_now(&self) -> Timestamp {
        let now = self.shared.clock.now();
        Timestamp::from_millis(now.millis().saturating_add(self.shared.ahead.get()))
    }

    /// Sets the language of the service's texts (`X-Locale`), such as `es-ES`; `None` leaves it to the service.
    pub fn set_locale(&self, locale: Option<String>) {
        self.shared.locale.replace(locale);
    }

    /// Has `observer` told of every HTTP call of this client and its clones, as soon as the call has ended.
    pub fn observe(&self, observer: Observer) {
        self.shared.observers.borrow_mut().push(observer);
    }

    /// A pacer for calls in the background, at most so many a minute. It learns from all calls of this client and its
    /// clones when the service asks for a pause. Make one and keep it: its clones are one pacer.
    pub fn pacer(&self, calls_per_minute: u32) -> Pacer {
        self.observed(Pacer::new(self.shared.clock.clone(), calls_per_minute, None))
    }

    /// The same, of which so many of a minute's calls may come at once: for work that is short and that somebody waits
    /// for. What exceeds them comes the more slowly.
    pub fn pacer_with_burst(&self, calls_per_minute: u32, at_once: u32) -> Pacer {
        self.observed(Pacer::new(self.shared.clock.clone(), calls_per_minute, Some(at_once)))
    }

    fn observed(&self, pacer: Pacer) -> Pacer {
        self.observe(pacer.observer());
        pacer
    }

    /// Who is signed in. A service without such a resource (404) leaves everything unknown.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn session(&self) -> Result<Session, Error> {
        match self.read(".session", "/.session".to_owned()).await {
            Err(Error { kind: ErrorKind::NotFound, .. }) => Ok(Session::UNKNOWN),
            answer => answer,
        }
    }

    /// Customers, page after page.
    pub fn customers(&self, query: &CustomerQuery) -> Pages<Customer> {
        Pages::new(self, "customers", query.path())
    }

    /// One customer with everything that the agent may see of it.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] or [`ErrorKind::NoRelationship`] if it is not, or no longer, the partner's customer;
    /// others see [`ErrorKind`].
    pub async fn customer(&self, id: &CustomerId) -> Result<Customer, Error> {
        self.read("customers/{id}", customer_path(id, "")).await
    }

    /// Who a customer is. Not with application credentials.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn company_profile(&self, id: &CustomerId) -> Result<CompanyProfile, Error> {
        self.read("customers/{id}/profiles/company", customer_path(id, "/profiles/company")).await
    }

    /// What a customer's bills are made out to.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn billing_profile(&self, id: &CustomerId) -> Result<BillingProfile, Error> {
        self.read("customers/{id}/profiles/billing", customer_path(id, "/profiles/billing")).await
    }

    /// The billing profile as it can be sent back.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn billing_document(&self, id: &CustomerId) -> Result<BillingDocument, Error> {
        self.read("customers/{id}/profiles/billing", customer_path(id, "/profiles/billing")).await
    }

    /// Replaces the billing profile; `document` has been read before and holds the version that it changes. Answers the
    /// profile as it is now.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] if somebody changed it meanwhile; [`ErrorKind::OutcomeUnknown`] if the answer was lost: read
    /// it again and compare. See [`ErrorKind`].
    pub async fn replace_billing(
        &self,
        id: &CustomerId,
        document: &BillingDocument,
    ) -> Result<BillingDocument, Error> {
        let route = "customers/{id}/profiles/billing";
        let mut request = Request::new(Method::Put, route, customer_path(id, "/profiles/billing"));
        request.body = Some(document.print());
        // Documented as required, and never sent by official clients, which rely on the body. Both agree here.
        request.headers.push(("If-Match", ["\"", document.etag(), "\""].concat()));
        self.send(request).await?.read_written()
    }

    /// Makes a customer. `earlier` is the request id of the same call made before whose answer was lost
    /// ([`ErrorDetails::request_id`](crate::ErrorDetails)): the service is meant to repeat its answer then, password
    /// included. Whether it does is not documented for all time; that a domain has one owner is.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] or [`ErrorKind::Invalid`] if the domain is taken; [`ErrorKind::OutcomeUnknown`] if the answer
    /// was lost or says nothing: find out by the domain. See [`ErrorKind`].
    pub async fn create_customer(
        &self,
        customer: &NewCustomer,
        earlier: Option<String>,
    ) -> Result<CreatedCustomer, Error> {
        let mut request = Request::new(Method::Post, "customers", "/customers".to_owned());
        request.body = Some(customer.print());
        self.send_as(request, earlier).await?.read_written()
    }

    /// Whether an address exists, and how it is written.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] for a missing member; others see [`ErrorKind`]. That the address is wrong is not an error.
    pub async fn check_address(&self, profile: &BillingDocument) -> Result<AddressVerdict, Error> {
        let mut request =
            Request::new(Method::Post, "validations/address", "/validations/address".to_owned());
        request.body = Some(profile.print_address());
        match self.send(request).await {
            Ok(answer) if answer.response.body.is_empty() => Ok(AddressVerdict::verified()),
            Ok(answer) => answer.read(),
            Err(error) if error.details.code == Some(ADDRESS_REFUSED) => {
                Ok(AddressVerdict::of_2018(&error.details.message))
            }
            Err(error) => Err(error),
        }
    }

    /// Confirms that a customer has accepted an agreement. That it was confirmed before is no error.
    ///
    /// # Errors
    /// [`ErrorKind::OutcomeUnknown`] if the answer was lost: repeating it is safe, since a second confirmation says that
    /// there is one. See [`ErrorKind`].
    pub async fn confirm_agreement(
        &self,
        id: &CustomerId,
        confirmation: &AgreementConfirmation,
    ) -> Result<(), Error> {
        let path = customer_path(id, "/agreements");
        let mut request = Request::new(Method::Post, "customers/{id}/agreements", path);
        request.body = Some(confirmation.print());
        match self.send(request).await {
            Err(error) if error.details.code == Some(ALREADY_CONFIRMED) => Ok(()),
            // The service echoes the confirmation: anything else proves nothing.
            answer => answer?.read_written::<Agreement>().map(|_| ()),
        }
    }

    /// A customer's budget for what is billed by use. Without one the service answers an amount of null, or 404.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn usage_budget(&self, id: &CustomerId) -> Result<SpendingBudget, Error> {
        match self.read("customers/{id}/usagebudget", customer_path(id, "/usagebudget")).await {
            Err(Error { kind: ErrorKind::NotFound, .. }) => Ok(SpendingBudget { amount: None }),
            answer => answer,
        }
    }

    /// A customer's subscriptions. The service sends them in one page; follow it all the same.
    pub fn subscriptions(&self, id: &CustomerId) -> Pages<Subscription> {
        Pages::new(self, "customers/{id}/subscriptions", customer_path(id, "/subscriptions"))
    }

    /// What a customer owns beside subscriptions; [`EntitlementType::Unknown`] asks for all kinds.
    pub fn entitlements(&self, id: &CustomerId, kind: EntitlementType) -> Pages<Entitlement> {
        let path = kind.path(&customer_path(id, "/entitlements"));
        Pages::new(self, "customers/{id}/entitlements", path)
    }

    /// Users of a customer, page after page. Not with application credentials.
    pub fn users(&self, id: &CustomerId, query: &UserQuery) -> Pages<User> {
        Pages::new(self, "customers/{id}/users", query.path(&customer_path(id, "/users")))
    }

    /// One user of a customer. Not with application credentials.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if the customer has no such user; others see [`ErrorKind`].
    pub async fn user(&self, id: &CustomerId, user: &UserId) -> Result<User, Error> {
        self.read("customers/{id}/users/{id}", user_path(id, user, "")).await
    }

    /// The licences that a user has. Not with application credentials.
    pub fn user_licenses(&self, id: &CustomerId, user: &UserId) -> Pages<License> {
        let path = of_all_groups(&user_path(id, user, "/licenses"));
        Pages::new(self, "customers/{id}/users/{id}/licenses", path)
    }

    /// Products with licences that a customer's users can be given. Not with application credentials.
    pub fn subscribed_skus(&self, id: &CustomerId) -> Pages<SubscribedSku> {
        let path = of_all_groups(&customer_path(id, "/subscribedskus"));
        Pages::new(self, "customers/{id}/subscribedskus", path)
    }

    /// Agreements that a customer accepted, as the partner confirmed them; [`AgreementType::Unknown`] asks for all
    /// kinds. In the public cloud only, and not with application credentials.
    pub fn agreements(&self, id: &CustomerId, kind: AgreementType) -> Pages<Agreement> {
        let path = customer_path(id, "/agreements");
        let path = Query::new(&path).with("agreementType", Some(kind.as_query())).build();
        Pages::new(self, "customers/{id}/agreements", path)
    }

    /// Whether a customer accepted the Microsoft Customer Agreement with Microsoft itself: the partner need not
    /// confirm it then. In the public cloud only, and not with application credentials.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] if the answer says neither; others see [`ErrorKind`].
    pub async fn direct_signed_agreement_status(&self, id: &CustomerId) -> Result<bool, Error> {
        let path = customer_path(id, "/directSignedMicrosoftCustomerAgreementStatus");
        let route = "customers/{id}/directSignedMicrosoftCustomerAgreementStatus";
        let answer = self.send(Request::get(route, path)).await?;
        let body = answer.json()?;
        let is_signed = body.as_object().and_then(|object| member::<Option<bool>>(object, "isSigned")?);
        is_signed.ok_or_else(|| answer.unreadable("the answer does not say whether the agreement is signed"))
    }

    /// Agreements that customers can accept; [`AgreementType::Unknown`] asks for all kinds. In the public cloud only,
    /// and not with application credentials.
    pub fn agreement_templates(&self, kind: AgreementType) -> Pages<AgreementTemplate> {
        let path = Query::new("/agreements").with("agreementType", Some(kind.as_query())).build();
        Pages::new(self, "agreements", path)
    }

    /// The rules of a country, by its ISO 3166 code of two letters.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] or [`ErrorKind::NotFound`] for a code without rules; others see [`ErrorKind`].
    pub async fn country_rules(&self, iso2: &str) -> Result<CountryRules, Error> {
        self.read("countryvalidationrules/{code}", format!("/countryvalidationrules/{}", encode(iso2))).await
    }

    /// Whether a domain is taken already, by its full name (`contoso.onmicrosoft.com`).
    ///
    /// # Errors
    /// See [`ErrorKind`]. That it is free is not an error, though the service says 404.
    pub async fn domain_taken(&self, fqdn: &str) -> Result<bool, Error> {
        let request = Request::new(Method::Head, "domains/{domain}", format!("/domains/{}", encode(fqdn)));
        match self.send(request).await {
            Ok(_) => Ok(true),
            Err(Error { kind: ErrorKind::NotFound, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The link by which a customer's administrator accepts the partner. Not with application credentials.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] if what came is not an `https` link; others see [`ErrorKind`].
    pub async fn relationship_request(
        &self,
        query: &RelationshipRequestQuery,
    ) -> Result<RelationshipRequest, Error> {
        let answer = self.send(Request::get("customers/relationshiprequests", query.path())).await?;
        let mut request: RelationshipRequest = answer.read()?;
        // Some answers hold the link as HTML text. No link has an entity of its own: `&` begins a parameter.
        request.url = unescape_html(&request.url);
        if request.url.starts_with("https://") {
            Ok(request)
        } else {
            Err(answer.unreadable("the link of the relationship request is not an https link"))
        }
    }

    /// Relationships with other partners; [`PartnerRelationshipType::Unknown`] asks for all.
    pub fn relationships(&self, kind: PartnerRelationshipType) -> Pages<PartnerRelationship> {
        Pages::new(self, "relationships", kind.path())
    }

    /// The indirect resellers, or the provider, that a customer has beside this partner.
    pub fn reseller_relationships_of(&self, id: &CustomerId) -> Pages<PartnerRelationship> {
        Pages::new(self, "customers/{id}/relationships", customer_path(id, "/relationships"))
    }

    /// What was done in the partner's name.
    pub fn audit_records(&self, query: &AuditQuery) -> Pages<AuditRecord> {
        Pages::new(self, "auditrecords", query.path())
    }

    /// Reads a resource.
    pub(crate) async fn read<T: FromJson>(&self, route: &'static str, path: String) -> Result<T, Error> {
        self.send(Request::get(route, path)).await?.read()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}

pub(crate) fn customer_path(id: &CustomerId, rest: &str) -> String {
    format!("/customers/{}{rest}", encode(id.as_str()))
}

pub(crate) fn user_path(id: &CustomerId, user: &UserId, rest: &str) -> String {
    customer_path(id, &format!("/users/{}{rest}", encode(user.as_str())))
}
