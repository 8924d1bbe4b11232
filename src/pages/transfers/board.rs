//! The board: a column for each stage, a card for each group of requests that belong together.

use customer_index::Fold;
use partner_center::{CustomerId, PartnerId, Transfer};
use partner_transfers::{Direction, Role, State, Turn, days_left, groups, role, state, turn};

use super::{RECEIVED, other_partner, state_words};
use crate::i18n::t;
use crate::pages::narrow::Narrow;
use crate::paths::{CustomerKey, Page, Parameter, SwitchView};
use crate::state::{own_partner, root};
use crate::ui::{El, el, empty, icon, link};

/// A group of requests that are shown as one.
struct Card {
    customer: CustomerId,
    name: String,
    role: Role,
    parts: Vec<Transfer>,
}

/// The stages, as columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Pending,
    InProgress,
    Ended,
}

impl Card {
    fn state(&self) -> State {
        let now = root().client.service_now();
        let states: Vec<State> = self.parts.iter().map(|part| state(part, now)).collect();
        // What is furthest behind decides where it stands: it is what somebody has to look at.
        [State::Pending, State::Unknown, State::InProgress]
            .into_iter()
            .find(|open| states.contains(open))
            .or_else(|| states.iter().copied().find(|one| *one != State::Complete))
            .or_else(|| states.first().copied())
            .unwrap_or(State::Unknown)
    }

    fn column(&self) -> Column {
        match self.state() {
            State::Pending => Column::Pending,
            State::InProgress | State::Unknown => Column::InProgress,
            _ => Column::Ended,
        }
    }

    fn direction(&self) -> Option<Direction> {
        Some(self.role.direction(self.parts.first()?.contract))
    }

    fn is_found(&self, folded: &str) -> bool {
        let parts =
            self.parts.iter().map(|part| other_partner(part, self.role)).collect::<Vec<_>>().join(" ");
        let all = root().customers.fold.fold(&[self.name.as_str(), " ", &parts].concat());
        folded.split(' ').all(|word| all.contains(word))
    }
}

/// All cards, the newest first within a customer.
fn cards() -> Vec<Card> {
    let own = own_partner();
    root().transfers.known.with(|known| {
        known.iter().flat_map(|one| cards_of(&one.customer, &one.transfers, own.as_ref())).collect()
    })
}

fn cards_of(customer: &CustomerId, transfers: &[Transfer], own: Option<&PartnerId>) -> Vec<Card> {
    groups(transfers)
        .into_iter()
        .filter_map(|group| {
            let first = group.first()?;
            Some(Card {
                customer: customer.clone(),
                name: name_of(customer, first),
                role: role(first, own)?,
                parts: group.into_iter().cloned().collect(),
            })
        })
        .collect()
}

/// The customer as the list calls it, or as the request does.
fn name_of(customer: &CustomerId, transfer: &Transfer) -> String {
    let listed = root().customers.index.peek(|index| {
        let row = index.row_of(&customer.as_str().to_ascii_lowercase())?;
        Some(index.get(row)?.name.to_owned())
    });
    let name = listed.filter(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| transfer.customer_name.clone())
}

/// How many that were received, or sent, have not ended. Who calls this is told of changes.
pub(super) fn count(received: bool) -> usize {
    let is_wanted = |card: &Card| {
        (card.direction() == Some(Direction::Received)) == received && card.column() != Column::Ended
    };
    cards().iter().filter(|card| is_wanted(card)).count()
}

/// The board.
pub(super) fn board(narrow: Narrow) -> El {
    el("div", "contents").live(move || {
        let received = narrow.get(Parameter::Kind) == RECEIVED;
        let text = root().customers.fold.fold(narrow.get(Parameter::Text).trim());
        let all = cards();
        let nothing = all.is_empty();
        let shown: Vec<Card> = all
            .into_iter()
            .filter(|card| {
                (card.direction() == Some(Direction::Received)) == received && card.is_found(&text)
            })
            .collect();
        if nothing {
            let scan = root().transfers.scan.with(Clone::clone);
            if scan.is_running {
                return None;
            }
            let words = if scan.is_whole { t::transfers::none_at_all() } else { t::transfers::none_text() };
            return Some(empty("swap", t::transfers::none_title(), words, None));
        }
        let columns = [
            (Column::Pending, t::transfers::pending()),
            (Column::InProgress, t::transfers::in_progress()),
            (Column::Ended, t::transfers::ended()),
        ];
        Some(el("div", "tboard").children(columns.map(|(column, name)| {
            let cards: Vec<&Card> = shown.iter().filter(|card| card.column() == column).collect();
            column_of(name, &cards)
        })))
    })
}

fn column_of(name: &str, cards: &[&Card]) -> El {
    let list = if cards.is_empty() {
        el("p", "meta").text(t::transfers::none_here())
    } else {
        el("ul", "plain").children(cards.iter().map(|card| card_of(card)))
    };
    let head =
        el("h2", "").text(name).text(" ").child(el("span", "count").text(&crate::i18n::number(cards.len())));
    el("section", "tcol").attr("aria-label", name).child(head).child(list)
}

fn card_of(card: &Card) -> El {
    let Some(first) = card.parts.first() else { return el("li", "") };
    let key = CustomerKey::Id(card.customer.as_str().to_ascii_lowercase());
    let page = Page::Switch(key, SwitchView::One(first.id.as_str().to_ascii_lowercase()));
    let partner = other_partner(first, card.role);
    let partner = match card.role {
        Role::Future => t::transfers::from(partner),
        Role::Current => t::transfers::to(partner),
    };
    el("li", "tcard")
        .child(link("", &page.href()).child(el("b", "").child(el("bdi", "").text(&card.name))))
        .child(el("span", "support").child(el("bdi", "").text(&partner)))
        .child(el("span", "meta tfoot").child(el("span", "").text(&items(&card.parts))).child(foot(card)))
}

/// How many items, as far as they are known, and in how many parts.
fn items(parts: &[Transfer]) -> String {
    let items: usize = parts.iter().map(|part| part.line_items.len()).sum();
    let items =
        if items == 0 { t::transfers::items_unknown().to_owned() } else { t::transfers::items(items) };
    if parts.len() > 1 { [&items, " ", &t::transfers::in_parts(parts.len())].concat() } else { items }
}

/// What to know at a glance: whose turn it is and how long there is, or how it ended.
fn foot(card: &Card) -> El {
    let now = root().client.service_now();
    let (symbol, class, word) = state_words(card.state());
    let days = card.parts.iter().filter_map(|part| days_left(part, now)).min();
    let ours = card.parts.iter().any(|part| turn(part, card.role, now) == Turn::Ours);
    let Some(days) = days else {
        return el("span", class).child(icon(symbol)).text(word);
    };
    let left = t::transfers::days(usize::try_from(days).unwrap_or(usize::MAX));
    let words = if ours { [t::transfers::your_turn(), ". ", &left].concat() } else { left };
    let class = if ours || days <= 7 { "status is-warn" } else { "status" };
    el("span", class).child(icon("clock")).text(&words)
}
