//! What transfers are refused for.

use super::super::Call;
use crate::core::cloud::Cloud;
use crate::core::error::ApiError;

/// Who may transfer by the older contract.
pub(super) const LEGACY_ROLES: [&str; 3] = ["GlobalAdmin", "AdminAgent", "SalesAgent"];
/// Who may by that of new commerce.
pub(super) const ROLES: [&str; 1] = ["AdminAgent"];

/// Code, HTTP status, words.
const ALL: &[(u32, u16, &str)] = &[
    (800_078, 400, "A subscription cannot be transferred."),
    (900_100, 404, "The transfer does not exist."),
    (900_101, 409, "A transfer is in progress."),
    (900_102, 400, "The transfer cannot be processed: it is not open."),
    (900_103, 500, "The order of the transfer failed."),
    (900_104, 409, "The transfer has been processed by another request."),
    (900_131, 400, "The customer has Azure subscriptions from before the Azure plan."),
    (900_132, 400, "The customer's Azure plan is not active."),
    (900_133, 400, "No Azure plan was bought for the customer."),
    (900_134, 400, "The product cannot be purchased."),
    (900_135, 500, "The transfer could not be initiated."),
    (900_136, 400, "The source partner is not named: neither its tenant nor its domain was given."),
    (900_137, 403, "The partner is not enabled for transfers."),
    (900_138, 403, "Transfers are not supported in this national cloud."),
    (900_139, 403, "A transfer cannot be created without Azure subscriptions."),
    (900_145, 400, "Reservations keep the subscription from being transferred."),
    (900_146, 400, "Marketplace purchases keep the subscription from being transferred."),
    (900_147, 400, "The domain of the source partner is not valid."),
    (900_148, 400, "The source partner is the one who asks."),
    (900_160, 400, "The transfer of new commerce cannot be created for this customer."),
    (900_400, 400, "The transfer of new commerce cannot be created."),
];

/// The refusal of a code; 500 for one that is none of theirs.
pub(super) fn error(code: u32) -> ApiError {
    let (status, words) = ALL
        .iter()
        .find(|(known, ..)| *known == code)
        .map_or((500, ""), |(_, status, words)| (*status, *words));
    ApiError::new(status, code, words)
}

/// The refusal of a code that a switch asks for.
pub(in crate::core) fn refusal(code: u32) -> Option<ApiError> {
    ALL.iter().any(|(known, ..)| *known == code).then(|| error(code))
}

/// 403/900138 in every cloud but the worldwide one.
pub(super) fn cloud(call: &Call) -> Result<(), ApiError> {
    if call.cloud == Cloud::Global { Ok(()) } else { Err(error(900_138)) }
}

/// 403/900150 without one of these roles.
pub(super) fn roles(call: &Call, roles: &[&str]) -> Result<(), ApiError> {
    if call.moves.allow(roles) {
        return Ok(());
    }
    Err(ApiError::new(403, 900_150, "The role of the caller does not allow this: an Admin agent is needed."))
}
