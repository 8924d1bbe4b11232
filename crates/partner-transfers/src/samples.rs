//! Transfers and subscriptions for tests.

use partner_center::*;

pub(crate) const OURS: &str = "2f0c0000-0000-4000-8000-00000000000b";
pub(crate) const THEIRS: &str = "1f0c0000-0000-4000-8000-00000000000a";
/// 2 February 2026.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_770_000_000_000);

pub(crate) fn partner(id: &str) -> PartnerId {
    PartnerId::parse(id).unwrap()
}

/// A transfer made so many minutes before [`NOW`], from one partner to the other.
pub(crate) fn transfer(
    contract: TransferContract,
    status: TransferStatus,
    (source, target): (&str, &str),
    minutes: i64,
) -> Transfer {
    Transfer {
        id: TransferId::parse(&format!("9a9b9c9d-1212-4343-8656-{minutes:012}")).unwrap(),
        status,
        contract,
        created_time: Some(Timestamp::from_millis(NOW.millis() - minutes * 60_000)),
        last_modified_time: None,
        completed_time: None,
        customer_name: String::new(),
        source_partner_tenant_id: Some(partner(source)),
        source_partner_name: String::new(),
        target_partner_tenant_id: Some(partner(target)),
        target_partner_name: String::new(),
        target_product_types: Vec::new(),
        line_items: Vec::new(),
    }
}
