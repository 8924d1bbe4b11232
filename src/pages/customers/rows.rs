//! The rows in view, in a real table. Empty rows above and below stand for the others.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

use customer_index::{Query, RowSet};
use leptos::prelude::document;
use list_view::ShownColumn;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::list::{Found, List};
use super::row::Row;
use super::row_menu::RowMenu;
use crate::state::root;
use crate::ui::{El, OVERSCAN, Timer, Watched, closed, el, visible};

/// After what pause in typing the rows beyond the view are built, too: for each key, only those that one sees are.
const REST_PAUSE: Duration = Duration::from_millis(150);

/// Where the view is, in pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub top: i32,
    pub height: i32,
    /// The height of a row.
    pub row: i32,
    /// The height of what the open row shows.
    pub open: i32,
}

/// The rows in the document.
#[derive(Default)]
struct Shown {
    places: Range<usize>,
    rows: Vec<Row>,
    query: Query,
    edition: (u32, u32, u32),
    open: Option<usize>,
}

/// The body of the table.
pub(super) struct Rows {
    list: Rc<List>,
    body: El,
    above: El,
    below: El,
    menu: Rc<RowMenu>,
    columns: Vec<ShownColumn>,
    place: Rc<Watched<Place>>,
    scroller: RefCell<Option<HtmlElement>>,
    shown: RefCell<Shown>,
    /// Rows that are not in the document.
    spare: RefCell<Vec<Row>>,
    /// The row that is to have the focus once it is there.
    wanted: Cell<Option<usize>>,
    /// The rows beyond the view are built a moment later.
    rest: Timer,
}

/// A control of a row that has the focus.
struct Focus {
    row: usize,
    /// Which of the row's controls.
    control: String,
}

impl Rows {
    pub(super) fn new(
        list: Rc<List>,
        body: El,
        menu: Rc<RowMenu>,
        columns: Vec<ShownColumn>,
        place: Rc<Watched<Place>>,
    ) -> Self {
        let space = || {
            let all = columns.len() + 4;
            el("tr", "space")
                .attr("aria-hidden", "true")
                .child(el("td", "").attr("colspan", &all.to_string()))
        };
        let (above, below) = (space(), space());
        let body = body.child(above.clone()).child(below.clone());
        Self {
            list,
            body,
            above,
            below,
            menu,
            columns,
            place,
            scroller: RefCell::new(None),
            shown: RefCell::default(),
            spare: RefCell::default(),
            wanted: Cell::new(None),
            rest: Timer::default(),
        }
    }

    pub(super) fn set_scroller(&self, scroller: &HtmlElement) {
        self.scroller.replace(Some(scroller.clone()));
    }

    /// Keeps the rows that stay in view, so that the focus stays on one of them, and builds the others.
    pub(super) fn show(&self, found: &Found, place: Place, open: Option<usize>) {
        let open_at = open.and_then(|row| found.place_of(row));
        let more = open_at.map(|at| (at, place.open));
        let top = closed(place.top, place.row, more);
        let bottom = closed(place.top + place.height, place.row, more);
        let mut shown = self.shown.borrow_mut();
        let same = shown.query == *found.query() && shown.edition == found.edition() && shown.open == open;
        let searched = shown.query != *found.query();
        let overscan = if searched { 0 } else { OVERSCAN };
        if searched {
            let place = self.place.clone();
            self.rest.restart(REST_PAUSE, move || place.update(|_| {}));
        }
        let places = visible(top, bottom - top, place.row, found.count(), overscan);
        let kept = if same { overlap(&shown.places, &places) } else { places.start..places.start };
        let focus = self.focused(&shown);
        let before = std::mem::take(&mut shown.rows);
        let (mut rows, mut free) = (Vec::with_capacity(places.len()), Vec::new());
        for (at, row) in shown.places.clone().zip(before) {
            if kept.contains(&at) { rows.push(row) } else { free.push(row) }
        }
        // Those that have left the view are used for those that have come into it, the first ones first: where all
        // are others now, each stays in its place in the document.
        let stay = kept.is_empty();
        free.reverse();
        let mut new_rows = |places: Range<usize>, before: &dyn Fn() -> Node| -> Vec<Row> {
            let mut made = Vec::new();
            for (number, at) in found.rows(places.clone()).iter().zip(places) {
                let (mut row, is_there) = match free.pop() {
                    Some(row) => (row, stay),
                    None => match self.spare.borrow_mut().pop() {
                        Some(row) => (row, false),
                        None => (Row::new(&self.columns, &self.menu, &self.list), false),
                    },
                };
                if row.fill(*number, at, found.query(), open == Some(*number)) {
                    self.insert(&row, is_there, &before());
                    made.push(row);
                } else {
                    row.remove();
                }
            }
            made
        };
        let first_kept = rows.first().map(|row: &Row| row.line.element().clone().into());
        let end: Node = self.below.element().clone().into();
        let first = new_rows(places.start..kept.start, &|| first_kept.clone().unwrap_or_else(|| end.clone()));
        let last = new_rows(kept.end.max(places.start)..places.end, &|| end.clone());
        for mut row in free {
            row.remove();
            self.spare.borrow_mut().push(row);
        }
        shown.rows = first.into_iter().chain(rows).chain(last).collect();
        let hidden_detail = |hidden: bool| if hidden { place.open } else { 0 };
        let above = open_at.is_some_and(|at| at < places.start);
        let below = open_at.is_some_and(|at| at >= places.end);
        set_height(&self.above, places.start, place.row, hidden_detail(above));
        set_height(&self.below, found.count() - places.end, place.row, hidden_detail(below));
        shown.places = places;
        shown.query = found.query().clone();
        shown.edition = found.edition();
        shown.open = open;
        root().list.selected.peek(|selected| mark(&shown.rows, selected));
        self.give_focus(&shown, focus);
        self.measure_detail(&shown);
        let in_view: Vec<usize> = shown.rows.iter().map(Row::number).collect();
        drop(shown);
        self.list.look_at(in_view);
    }

    /// Shows which rows are chosen.
    pub(super) fn mark(&self, selected: &RowSet) {
        mark(&self.shown.borrow().rows, selected);
    }

    fn insert(&self, row: &Row, is_there: bool, before: &Node) {
        // All are in the body, where only this puts rows.
        let line: &Node = row.line.element();
        if !is_there {
            let _ = self.body.element().insert_before(line, Some(before));
        }
        if let Some(detail) = &row.detail {
            let _ = self.body.element().insert_before(detail.element(), line.next_sibling().as_ref());
        }
    }

    /// What of the rows has the focus now.
    fn focused(&self, shown: &Shown) -> Option<Focus> {
        let active = document().active_element()?;
        if !self.body.element().contains(Some(&active)) {
            return None;
        }
        let row = shown.rows.iter().find(|row| row.contains(&active))?;
        Some(Focus { row: row.number(), control: active.get_attribute("data-part").unwrap_or_default() })
    }

    /// The control that had the focus, or its successor, gets it back; where its row has gone, the list itself, so that
    /// the keys go on working.
    fn give_focus(&self, shown: &Shown, focus: Option<Focus>) {
        let wanted = self.wanted.get();
        let target = wanted.or(focus.as_ref().map(|focus| focus.row));
        let Some(number) = target else { return };
        let control = focus.filter(|_| wanted.is_none()).map_or_else(String::new, |focus| focus.control);
        if let Some(row) = shown.rows.iter().find(|row| row.number() == number) {
            self.wanted.set(None);
            row.focus(&control);
        } else if let Some(scroller) = &*self.scroller.borrow()
            && wanted.is_none()
            && document().active_element().is_none_or(|active| {
                // The control is another customer's now, or it has gone.
                active.tag_name() == "BODY" || self.body.element().contains(Some(&active))
            })
        {
            let _ = scroller.focus();
        }
    }

    fn measure_detail(&self, shown: &Shown) {
        let Some(detail) = shown.rows.iter().find_map(|row| row.detail.as_ref()) else { return };
        let (element, place) = (detail.element().clone(), self.place.clone());
        leptos::prelude::request_animation_frame(move || {
            let height = element.offset_height();
            if height > 0 && place.peek(|place| place.open != height) {
                place.update(|place| place.open = height);
            }
        });
    }

    /// Moves the focus by so many rows from where the keyboard was last; answers the row.
    pub(super) fn step(&self, by: isize) -> Option<usize> {
        let place = self.list.found.peek(|found| {
            let now = root().list.cursor.get().and_then(|row| found.place_of(row));
            let last = found.count().checked_sub(1)?;
            Some(match now {
                Some(now) => now.saturating_add_signed(by).min(last),
                None => self.first_in_view().min(last),
            })
        })?;
        self.go_to(place)
    }

    fn first_in_view(&self) -> usize {
        let place = self.place.peek(|place| *place);
        usize::try_from(place.top / place.row.max(1)).unwrap_or(0)
    }

    /// Puts the focus on the row at a place of the list and scrolls there.
    pub(super) fn go_to(&self, at: usize) -> Option<usize> {
        let row = self.list.found.peek(|found| found.rows(at..at + 1).first().copied())?;
        root().list.cursor.set(Some(row));
        let there = self.shown.borrow().rows.iter().any(|shown| {
            let here = shown.number() == row;
            if here {
                shown.focus("");
            }
            here
        });
        if !there && let Some(scroller) = &*self.scroller.borrow() {
            self.wanted.set(Some(row));
            let height = self.place.peek(|place| place.row);
            let top = i32::try_from(at).unwrap_or(i32::MAX).saturating_mul(height);
            scroller.set_scroll_top((top - scroller.client_height() / 2).max(0));
        }
        Some(row)
    }

    /// The row that an element stands in.
    pub(super) fn row_of(&self, element: &Element) -> Option<usize> {
        self.shown.borrow().rows.iter().find(|row| row.contains(element)).map(Row::number)
    }
}

fn mark(rows: &[Row], selected: &RowSet) {
    for row in rows {
        row.mark(selected.contains(row.number()));
    }
}

fn overlap(left: &Range<usize>, right: &Range<usize>) -> Range<usize> {
    let start = left.start.max(right.start);
    let end = left.end.min(right.end);
    if start < end { start..end } else { right.start..right.start }
}

fn set_height(space: &El, rows: usize, row: i32, more: i32) {
    if let Some(cell) = space.element().first_element_child() {
        let height = i64::try_from(rows).unwrap_or(i64::MAX).saturating_mul(i64::from(row)) + i64::from(more);
        // Through the object model: the policy forbids style attributes. It fails only for unknown properties.
        let _ = cell.unchecked_ref::<HtmlElement>().style().set_property("height", &format!("{height}px"));
    }
}
