//! The application in a portal's frame: what only frames load. `pc-embed/1` itself is decided in `crates/embed-protocol`;
//! windows, ports and what a script sees of the page are `public/lazy/embed.js`; here is what both mean to the application.

mod apply;
mod connection;
mod glue;
mod later;
mod portal;
mod transport;

use std::rc::Rc;
use std::time::Duration;

use app_config::{Config, Mode};
use embed_protocol::{Ability, Context};
use futures_util::FutureExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use partner_center::{Clock, Transport};

use crate::platform::time::BrowserClock;
use connection::Connection;

pub(crate) use apply::{begin, follow};

/// How long a portal has for its welcome and its first words.
const PATIENCE: Duration = Duration::from_secs(5);

/// A portal that answered.
pub(crate) struct Met {
    /// How calls are made; `None` where the deployment has a gateway for that.
    pub transport: Option<Rc<dyn Transport>>,
    /// What it said of the place.
    pub context: Box<Context>,
    connection: &'static Connection,
}

/// Looks for the portal around this frame. `None` if none of those that the settings list answers in time.
pub(crate) fn meet(config: Config) -> LocalBoxFuture<'static, Option<Met>> {
    async move {
        let connection = Connection::open();
        glue::meet(&config.hosts, connection).await.ok()?;
        let first = connection.first_context().boxed_local();
        let context = match select(first, BrowserClock.sleep(PATIENCE)).await {
            Either::Left((context, _)) => context,
            Either::Right(_) => return None,
        };
        let transport = (config.mode == Mode::Host)
            .then(|| transport::choose(connection, &config, connection.can(Ability::Calls)));
        Some(Met { transport, context, connection })
    }
    .boxed_local()
}
