//! What a walk claims, held against what happened.

use std::collections::BTreeMap;

use partner_center::{CustomerId, ErrorKind, RelationshipToPartner};

use super::ledger::Ledger;
use crate::adapter::{World, done};

/// What one walk claims, to be held against the ledger at the end.
pub(crate) struct Claims {
    pub(crate) id: CustomerId,
    pub(crate) seed: String,
    /// Decisions to change the customer itself, and for each other path.
    pub(crate) decisions: usize,
    pub(crate) fixes: BTreeMap<String, usize>,
    pub(crate) told: Told,
    /// Whether a colleague may have ended it.
    pub(crate) colleague: bool,
    /// Whether a look said that there is none any more: then the person gives up.
    pub(crate) seen_gone: bool,
    /// Ids of calls of which the service's grant was claimed.
    pub(crate) granted: Vec<String>,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Told {
    Nothing,
    Removed,
    Gone,
    /// No call is open, and the last read says that it is there.
    There,
}

/// Holds what was claimed against what happened.
pub(crate) fn hold(world: &World, ledger: &Ledger, claims: &Claims) {
    let Claims { id, seed, told, .. } = claims;
    let ends = ledger.ends(id.as_str());
    assert!(ends <= 1, "walk {seed}: it ended {ends} times");
    let arrived = ledger.arrived(id.as_str(), "");
    assert!(arrived <= claims.decisions, "walk {seed}: {arrived} calls for {} decisions", claims.decisions);
    for (path, decisions) in &claims.fixes {
        let arrived = ledger.arrived(id.as_str(), path);
        assert!(arrived <= *decisions, "walk {seed}: {arrived} calls to {path} for {decisions} decisions");
    }
    for request in &claims.granted {
        assert!(ledger.granted(request), "walk {seed}: nothing was granted under the receipt's id");
    }
    let there = match done(world.client.customer(id)) {
        Ok(now) => now.relationship_to_partner == RelationshipToPartner::Reseller,
        Err(error) => {
            assert!(
                matches!(error.kind, ErrorKind::NoRelationship | ErrorKind::NotFound),
                "walk {seed}: {error}"
            );
            false
        }
    };
    assert_eq!(there, ends == 0, "walk {seed}: the ledger and the service disagree");
    match told {
        Told::Removed | Told::Gone => assert!(!there, "walk {seed}: told {told:?}, and it is there"),
        Told::There => {
            assert!(there || claims.colleague, "walk {seed}: told that it is there, and it is gone");
        }
        Told::Nothing => {}
    }
    if claims.decisions == 0 && !claims.colleague {
        assert!(there, "walk {seed}: nobody decided it");
    }
}
