//! Who works here: the partner, the agent and what is known of them. What is unknown is shown as unknown.

use partner_center::{Agent, Partner, Session};

use crate::i18n::t;
use crate::pages::{kind_name, role_names};
use crate::state::root;
use crate::ui::{DropDown, El, button, el, icon};

/// The agent's name in the top bar, with the rest behind it.
pub(super) fn menu() -> El {
    let panel = DropDown::new();
    let name = || {
        let name =
            root().session.with(|session| Some(session.as_ref()?.agent.as_ref()?.display_name.clone()));
        name.filter(|name| !name.is_empty())
    };
    let button = panel
        .button("btn btn-subtle")
        .child(icon("people"))
        .child(el("span", "sr").text(t::who::title()))
        .live(move || Some(el("span", "meta clip only-wide").child(el("bdi", "").text(&name()?))));
    el("div", "line").child(button).child(panel.part("panel", || {
        el("div", "stack").attr("role", "group").attr("aria-label", t::who::title()).live(|| Some(facts()))
    }))
}

fn facts() -> El {
    let session = root().session.get().unwrap_or(Session::UNKNOWN);
    let (partner, agent) = (session.partner.as_ref(), session.agent.as_ref());
    let rows = [
        (t::who::partner(), partner.and_then(|partner| joined(&partner.name, partner_id(partner)))),
        (t::who::kind(), partner.and_then(|partner| kind_name(partner.kind)).map(str::to_owned)),
        (t::who::agent(), agent.and_then(named)),
        (t::who::roles(), session.roles.as_deref().map(role_names)),
        (t::who::cloud(), Some(cloud().to_owned())),
    ];
    let list = el("dl", "facts facts-tight").children(rows.into_iter().flat_map(|(name, value)| {
        let value = value.unwrap_or_else(|| t::who::unknown().to_owned());
        [el("dt", "").text(name), el("dd", "").child(el("bdi", "").text(&value))]
    }));
    let out = root()
        .sign_in
        .is_here()
        .then(|| button("btn", || root().sign_in.sign_out()).text(t::signin::sign_out()));
    el("div", "stack").child(list).maybe(out)
}

fn partner_id(partner: &Partner) -> &str {
    partner.id.as_ref().map_or("", |id| id.as_str())
}

fn named(agent: &Agent) -> Option<String> {
    joined(&agent.display_name, &agent.user_principal_name)
}

/// Both, or the one that is there.
fn joined(first: &str, second: &str) -> Option<String> {
    let text = [first, " ", second].concat();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn cloud() -> &'static str {
    match root().config.cloud {
        app_config::Cloud::Global => t::who::global(),
        app_config::Cloud::UsGovernment => t::who::us_government(),
        app_config::Cloud::China => t::who::china(),
        app_config::Cloud::Germany => t::who::germany(),
    }
}
