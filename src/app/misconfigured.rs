//! What is shown instead of the application when `config.json` is missing or wrong.

use app_config::{Fault, FaultKind};

use crate::i18n::t;
use crate::ui::{El, el, heading, icon, reload_button};

fn sentence(fault: &Fault) -> String {
    let place = fault.place.as_str();
    match &fault.kind {
        FaultKind::NotJson { line, column } => t::config::not_json(&column.to_string(), &line.to_string()),
        FaultKind::NotAnObject => t::config::not_object().to_owned(),
        FaultKind::Missing => t::config::lacks(place),
        FaultKind::Unknown => t::config::unknown(place),
        FaultKind::NotOneOf(allowed) => t::config::not_one_of(&allowed.join(", "), place),
        FaultKind::NotAnAddress => t::config::not_address(place),
        FaultKind::NotAnOrigin => t::config::not_origin(place),
        FaultKind::NotAList => t::config::not_list(place),
        FaultKind::NotYesOrNo => t::config::not_yes_or_no(place),
        FaultKind::NotAnApprover => t::config::not_approver(place),
        FaultKind::NotAGuid => t::config::not_guid(place),
        FaultKind::OnlyDirect => t::config::only_direct(place),
        FaultKind::OnlyLoopback => t::config::only_loopback(place),
        FaultKind::Closed => t::config::closed(place),
        FaultKind::NotTheClouds(origin) => t::config::not_clouds(origin, place),
    }
}

/// The faults, each with its place and its remedy.
pub(super) fn page(status: u16, faults: &[Fault]) -> El {
    let sentences: Vec<String> = match status {
        0 => vec![t::config::unreachable().to_owned()],
        200 => faults.iter().map(sentence).collect(),
        other => vec![t::config::missing(&other.to_string())],
    };
    let notice = el("div", "empty")
        .attr("role", "alert")
        .child(icon("bad"))
        .child(heading(t::config::title()))
        .child(el("p", "").text(t::config::text()))
        .child(el("ul", "stack stack-8").children(sentences.iter().map(|text| el("li", "").text(text))))
        .child(reload_button("btn btn-primary"));
    el("main", "main").attr("id", "main").child(el("div", "page page-narrow").child(notice))
}
