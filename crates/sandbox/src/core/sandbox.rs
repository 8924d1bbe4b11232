//! The sandbox itself: one request in, one response out.

use std::collections::VecDeque;

use rusqlite::Connection;

use super::clock::{Clock, Random};
use super::config::Config;
use super::control::{self, Switches};
use super::error::ApiError;
use super::faults::{Fault, Faults, Kind, Stage, add_bom, refuse, spoil};
use super::idempotency::Memory;
use super::query::{Query, segments};
use super::routes::{self, Call, transfers::settle};
use super::rules::Rules;
use super::seed::partners::SERVICE;
use super::seed::{AGENT, Agent};
use super::sentinel::Sentinels;
use super::store::{self, OpenError, Parameters, Store};
use super::wire::{Ending, Request, Response};
use super::{dates, directory, guid, idempotency, ledger, seed};

/// A stand-in for Partner Center.
pub struct Sandbox {
    pub(super) connection: Connection,
    pub(super) parameters: Parameters,
    pub(super) config: Config,
    pub(super) switches: Switches,
    pub(super) faults: Faults,
    pub(super) rules: Rules,
    pub(super) sentinels: Sentinels,
    /// How far the control path has moved the clock, in milliseconds.
    pub(super) clock_offset: i64,
    clock: Box<dyn Clock>,
    pub(super) random: Box<dyn Random>,
    /// Writes whose connection was closed and that take effect at a later time.
    pub(super) late: VecDeque<(i64, Request)>,
}

impl Sandbox {
    /// Opens a sandbox, and seeds it where the store is new. A store that was made with another seed or
    /// number of customers keeps its own: see [`Sandbox::parameters`].
    ///
    /// # Errors
    /// When the database cannot be used or was made by another version.
    pub fn open(
        store: &Store,
        config: Config,
        clock: Box<dyn Clock>,
        random: Box<dyn Random>,
    ) -> Result<Self, OpenError> {
        let wanted = Parameters { seed: config.seed, customers: config.customers, made_at: clock.now() };
        let (connection, parameters) = store::open(store, wanted)?;
        let mut sandbox = Self {
            connection,
            parameters,
            switches: Switches::new(&config),
            faults: Faults::new(config.seed, config.faults.clone()),
            rules: Rules::default(),
            sentinels: Sentinels::default(),
            config,
            clock_offset: 0,
            clock,
            random,
            late: VecDeque::new(),
        };
        sandbox.begin()?;
        Ok(sandbox)
    }

    /// What the data was made with.
    pub fn parameters(&self) -> Parameters {
        self.parameters
    }

    /// Milliseconds since the Unix epoch, as this sandbox sees the time.
    pub fn now(&self) -> i64 {
        self.clock.now() + self.clock_offset
    }

    /// Lets everything happen that is due by now. [`Sandbox::handle`] begins with it; whoever holds the
    /// sandbox may call it in between.
    pub fn tick(&mut self) {
        let now = self.now();
        while self.late.front().is_some_and(|(due, _)| *due <= now) {
            if let Some((_, request)) = self.late.pop_front() {
                // Its answer has no one left to go to.
                self.perform(&request, 0);
            }
        }
        // A failing database shows itself at the next request that needs it.
        routes::apply_pending(&self.connection, now).unwrap_or_default();
        self.call(&Request::get(""), 0, &SERVICE, |call| settle(call).unwrap_or_default());
    }

    /// Answers a request: the API below `/v1`, the control path below `/.sandbox`.
    ///
    /// The control path is not guarded here. A shell that listens on a network has to.
    pub fn handle(&mut self, request: &Request) -> Response {
        self.tick();
        if request.path().starts_with("/.sandbox") {
            return control::handle(self, request);
        }
        let response = self.answer(request);
        self.finish(request, response)
    }

    /// Whether a password is that of the user with a sign-in name, and whether it has to be changed at the next
    /// sign-in. `None` when there is no such user, or nobody has set a password here.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub fn is_password(&self, sign_in: &str, password: &str) -> rusqlite::Result<Option<(bool, bool)>> {
        directory::is_right(&self.connection, sign_in, password)
    }

    /// Forgets every change, fault and switch: what is left is what the seed says.
    pub(super) fn reset(&mut self) -> rusqlite::Result<()> {
        store::reset(&mut self.connection, self.parameters)?;
        self.switches = Switches::new(&self.config);
        self.faults = Faults::new(self.config.seed, self.config.faults.clone());
        self.rules = Rules::default();
        self.sentinels.clear();
        self.clock_offset = 0;
        self.late.clear();
        self.begin()
    }

    /// Runs a request through the faults in force.
    fn answer(&mut self, request: &Request) -> Response {
        let now = self.now();
        if let Some(mut refusal) =
            self.switches.bearer.as_ref().and_then(|bearer| bearer.refusal(request, now))
        {
            refusal.route = routes::template(request);
            return refusal;
        }
        let sentinel = seed::special::sentinel_fault(request.path())
            .or_else(|| self.sentinels.fault(&self.connection, request))
            .map(Fault::usual);
        if let Some(fault) = sentinel {
            self.faults.count(fault.kind);
        }
        let early = sentinel.or_else(|| self.faults.draw(request, &[Stage::Before, Stage::During]));
        if let Some(fault) = early.filter(|fault| fault.kind.stage() == Stage::Before) {
            let mut response = refuse(fault, self.now());
            response.route = routes::template(request);
            return response;
        }
        if let Some(fault) = early.filter(|fault| fault.kind == Kind::LateLanding) {
            let due = self.now() + fault.milliseconds();
            let position = self.late.partition_point(|(other, _)| *other <= due);
            self.late.insert(position, (due, request.clone()));
            let mut response = Response::empty(500);
            response.delivery.ending = Ending::Dropped;
            response.route = routes::template(request);
            return response;
        }
        let lag =
            early.filter(|fault| fault.kind == Kind::Lag).map_or(self.switches.lag_ms, Fault::milliseconds);
        let mut response = self.perform(request, lag);
        let is_collection = !self.faults.rules.is_empty()
            && response.body.windows(b"\"items\":".len()).any(|window| window == b"\"items\":");
        let stages: &[Stage] =
            if is_collection { &[Stage::After, Stage::Collection] } else { &[Stage::After] };
        let late = sentinel.filter(|fault| fault.kind.stage() == Stage::After);
        if let Some(fault) = late.or_else(|| self.faults.draw(request, stages)) {
            let chance = self.random.next_u64();
            spoil(&mut response, fault, request, chance);
        }
        response
    }

    /// The answer without any fault. A write shows to reads `lag_ms` later.
    fn perform(&mut self, request: &Request, lag_ms: i64) -> Response {
        let now = self.now();
        let request_id =
            request.header("MS-RequestId").and_then(guid::parse).filter(|_| request.method.writes());
        let memory = self.switches.request_ids;
        if memory == Memory::InFlight && request_id.is_some() && self.is_under_way(request) {
            return ApiError::new(409, 900_278, "The operation is pending. Try again later.").response();
        }
        if let Some(id) = &request_id
            && let Ok(Some(answer)) = idempotency::recall(&self.connection, memory, id, now)
        {
            return self.noted(request, answer);
        }
        self.let_others_be_first(request, lag_ms);
        let path = segments(request.path());
        let refusal = self.switches.moves.refusal(request);
        let (route, result) = match refusal {
            Some(refusal) => (routes::template(request), Err(refusal)),
            None => self.call(request, lag_ms, &AGENT, |call| routes::dispatch(call, &path)),
        };
        let mut response = result.unwrap_or_else(|error| error.response());
        response.route = route;
        if let Some(id) = &request_id
            && response.status < 300
            && let Err(error) = idempotency::remember(&self.connection, id, now, &response)
        {
            response = ApiError::from(error).response();
        }
        self.noted(request, response)
    }

    /// The answer, after a request that moves customers was written down with it.
    fn noted(&self, request: &Request, response: Response) -> Response {
        let noted = if routes::moves(request) {
            ledger::attempt(&self.connection, self.now(), request, &response)
        } else {
            Ok(())
        };
        noted.map_or_else(|error| ApiError::from(error).response(), |()| response)
    }

    /// Whether a request with the same id has not landed yet.
    fn is_under_way(&self, request: &Request) -> bool {
        let id = |request: &Request| request.header("MS-RequestId").and_then(guid::parse);
        let own = id(request);
        self.late.iter().any(|(_, other)| id(other) == own)
    }

    /// Does something with what a route has to work with.
    pub(super) fn call<T>(
        &mut self,
        request: &Request,
        lag_ms: i64,
        agent: &'static Agent,
        act: impl FnOnce(&mut Call) -> T,
    ) -> T {
        let now = self.now();
        act(&mut Call {
            connection: &mut self.connection,
            parameters: self.parameters,
            random: self.random.as_mut(),
            now,
            visible_at: now.saturating_add(lag_ms),
            request,
            query: Query::parse(request.query()),
            agent,
            rules: &self.rules,
            address_form: self.switches.address_form,
            cloud: self.switches.cloud,
            moves: &self.switches.moves,
        })
    }

    /// Adds what every answer of the API has.
    fn finish(&mut self, request: &Request, mut response: Response) -> Response {
        for name in ["MS-RequestId", "MS-CorrelationId"] {
            let id = request.header(name).filter(|id| !id.is_empty() && id.len() <= 128 && id.is_ascii());
            let id = id.map_or_else(|| guid::random(self.random.as_mut()), str::to_owned);
            response.headers.push((name, id));
        }
        let vector = self.random.next_u64();
        response.headers.push(("MS-CV", format!("{vector:016x}.0")));
        response.headers.push(("MS-ServerId", format!("{:03}", 101 + vector % 7)));
        response.headers.push(("Date", dates::http(self.now())));
        if self.switches.bom && response.header("Content-Type").is_some_and(|kind| kind.contains("json")) {
            add_bom(&mut response.body);
        }
        response.delivery.delay_ms += self.switches.latency_ms;
        response
    }
}
