//! What moves with subscriptions that go to another partner, and what does not.

use partner_center::TransferProduct;

/// What is to go, counted by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chosen {
    /// Azure subscriptions.
    pub azure: usize,
    /// Reservations of Azure capacity.
    pub reservations: usize,
    /// Savings plans.
    pub savings_plans: usize,
    /// Subscriptions with licences.
    pub licences: usize,
    /// Software, and software as a service.
    pub software: usize,
}

impl Chosen {
    /// Counts them.
    pub fn count(products: impl IntoIterator<Item = TransferProduct>) -> Self {
        let mut chosen = Self::default();
        for product in products {
            match product {
                TransferProduct::AzureSubscription => chosen.azure += 1,
                TransferProduct::AzureReservation => chosen.reservations += 1,
                TransferProduct::AzureSavingsPlan => chosen.savings_plans += 1,
                TransferProduct::OnlineServicesNce => chosen.licences += 1,
                TransferProduct::Software | TransferProduct::SaaS => chosen.software += 1,
                TransferProduct::Unknown => {}
            }
        }
        chosen
    }

    /// Of each kind one: what a request for these kinds may bring. None of them means all.
    pub fn of_kinds(products: &[TransferProduct]) -> Self {
        if products.is_empty() {
            return Self { azure: 1, reservations: 1, savings_plans: 1, licences: 1, software: 1 };
        }
        Self::count(products.iter().copied())
    }

    fn has_azure(self) -> bool {
        self.azure + self.reservations + self.savings_plans > 0
    }
}

/// Something to know before subscriptions go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Azure subscriptions go with their resources, without an interruption.
    Azure,
    /// Licences go with their term and their day of renewal; quantity and term cannot be changed on the way.
    Licences,
    /// Reservations go; paid up front they can be neither cancelled nor exchanged afterwards, and in another currency they end
    /// with the cycle.
    Reservations,
    /// Savings plans go.
    SavingsPlans,
    /// Software goes.
    Software,
    /// Prices and discounts stay: the future partner's hold from that day.
    Prices,
    /// Roles in Azure are unchanged: the current partner keeps its access until the customer removes it.
    Access,
    /// The future partner gets no delegated administration by this.
    Delegation,
    /// Cost history stays with the current partner: export it before.
    CostHistory,
    /// Marketplace purchases go only where their publisher allows it.
    Marketplace,
    /// What was bought before new commerce stays.
    Legacy,
}

impl Effect {
    /// Whether it is about what goes, and not about what stays.
    pub fn is_moving(self) -> bool {
        matches!(
            self,
            Self::Azure | Self::Licences | Self::Reservations | Self::SavingsPlans | Self::Software
        )
    }
}

/// What is to be known about what was chosen: first what moves, then what does not. `legacy` says whether the customer has
/// subscriptions from before new commerce.
pub fn effects(chosen: Chosen, legacy: bool) -> Vec<Effect> {
    let all = [
        (Effect::Azure, chosen.azure > 0),
        (Effect::Licences, chosen.licences > 0),
        (Effect::Reservations, chosen.reservations > 0),
        (Effect::SavingsPlans, chosen.savings_plans > 0),
        (Effect::Software, chosen.software > 0),
        (Effect::Prices, true),
        (Effect::Access, chosen.azure > 0),
        (Effect::Delegation, true),
        (Effect::CostHistory, chosen.has_azure()),
        (Effect::Marketplace, chosen.azure > 0),
        (Effect::Legacy, legacy),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(effect, _)| effect).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_depends_on_what_goes() {
        let licences = effects(Chosen::count([TransferProduct::OnlineServicesNce]), false);
        assert_eq!(licences, [Effect::Licences, Effect::Prices, Effect::Delegation]);
        let azure = effects(Chosen::count([TransferProduct::AzureSubscription]), true);
        assert!(azure.contains(&Effect::CostHistory) && azure.contains(&Effect::Access));
        assert_eq!(azure.last(), Some(&Effect::Legacy));
        let reservation = effects(Chosen::count([TransferProduct::AzureReservation]), false);
        assert!(reservation.contains(&Effect::CostHistory) && !reservation.contains(&Effect::Access));
        let all = effects(Chosen::of_kinds(&[]), true);
        assert_eq!(all.len(), 11);
        assert_eq!(all.iter().filter(|effect| effect.is_moving()).count(), 5);
        assert!(
            all.windows(2).all(|pair| pair[0].is_moving() >= pair[1].is_moving()),
            "what moves comes first"
        );
    }
}
