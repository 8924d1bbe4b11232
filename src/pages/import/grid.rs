//! The grid: rows of the file as a spreadsheet shows them. The focus stays on the grid as a whole and a cell of it is
//! active, so that rows can come and go while one scrolls; only what is in view is in the document.

mod cells;
mod keys;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use import_desk::{Answer, Ask, Overview, Place, Window};
use leptos::prelude::{document, request_animation_frame};
use leptos::task::spawn_local;
use user_import::Field;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlElement, HtmlInputElement, MouseEvent, ResizeObserver};

use super::{state, words};
use crate::i18n::t;
use crate::ui::{El, at_end, el, live, visible};
use cells::{RowView, column_class};

/// The height of a row, in pixels: the style sheet says the same.
const ROW: i32 = 32;
/// How many rows are fetched beyond those in view.
const AHEAD: usize = 60;
/// How many rows are built beyond those in view.
const OVER: usize = 4;

/// A range of cells: where it begins, and the cell that is active, at its other end.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Range {
    anchor: Place,
    active: Place,
}

impl Range {
    fn first(self) -> Place {
        (self.anchor.0.min(self.active.0), self.anchor.1.min(self.active.1))
    }

    fn last(self) -> Place {
        (self.anchor.0.max(self.active.0), self.anchor.1.max(self.active.1))
    }

    fn has(self, place: Place) -> bool {
        let (first, last) = (self.first(), self.last());
        (first.0..=last.0).contains(&place.0) && (first.1..=last.1).contains(&place.1)
    }
}

/// The grid of the page.
pub(super) struct Grid {
    scroller: HtmlElement,
    body: El,
    above: El,
    below: El,
    rows: RefCell<Vec<RowView>>,
    window: RefCell<Window>,
    fetching: Cell<bool>,
    /// Whether rows have changed since what is being fetched was asked for.
    stale: Cell<bool>,
    range: Cell<Range>,
    now: RefCell<Rc<Overview>>,
    editing: RefCell<Option<(Place, HtmlInputElement)>>,
    dragging: Cell<bool>,
}

/// The grid, and the box that it is in.
pub(super) fn grid(now: &Rc<Overview>) -> (Rc<Grid>, El) {
    let space = || {
        el("tr", "space")
            .attr("aria-hidden", "true")
            .child(el("td", "").attr("colspan", &(now.shown.len() + 2).to_string()))
    };
    let (above, below) = (space(), space());
    let body = el("tbody", "").child(above.clone()).child(below.clone());
    let field = |column: &u32| now.columns.get(*column as usize).and_then(|column| column.field);
    let columns = now.shown.iter().filter_map(field);
    let heads = now.shown.iter().enumerate().map(|(at, column)| {
        let name = field(column).map_or("", words::field);
        el("th", "")
            .attr("role", "columnheader")
            .attr("scope", "col")
            .attr("aria-colindex", &(at + 2).to_string())
            .text(name)
    });
    let table = el("table", "grid")
        .attr("role", "presentation")
        .child(
            el("colgroup", "")
                .child(el("col", "g-n"))
                .children(columns.map(|field| el("col", column_class(field))))
                .child(el("col", "g-mark")),
        )
        .child(
            el("thead", "").attr("role", "rowgroup").child(
                el("tr", "")
                    .attr("role", "row")
                    .attr("aria-rowindex", "1")
                    .child(
                        el("th", "")
                            .attr("role", "columnheader")
                            .attr("scope", "col")
                            .attr("aria-colindex", "1")
                            .child(el("span", "sr").text(t::import::row())),
                    )
                    .children(heads)
                    .child(
                        el("th", "")
                            .attr("role", "columnheader")
                            .attr("scope", "col")
                            .child(el("span", "sr").text(t::import::problems())),
                    ),
            ),
        )
        .child(body.clone().attr("role", "rowgroup"));
    let scroller = el("div", "scroll gridbox")
        .attr("id", "import-grid")
        .attr("role", "grid")
        .attr("tabindex", "0")
        .attr("aria-label", t::import::grid())
        .attr("aria-multiselectable", "true")
        .attr("aria-describedby", "import-keys")
        .attr("aria-colcount", &(now.shown.len() + 2).to_string())
        .child(table);
    let grid = Rc::new(Grid {
        scroller: scroller.element().clone(),
        body,
        above,
        below,
        rows: RefCell::default(),
        window: RefCell::new(Window { from: 0, rows: Vec::new() }),
        fetching: Cell::new(false),
        stale: Cell::new(false),
        range: Cell::new(Range { anchor: (0, 0), active: (0, 0) }),
        now: RefCell::new(now.clone()),
        editing: RefCell::new(None),
        dragging: Cell::new(false),
    });
    let drawn = grid.clone();
    let scroller = scroller.on("scroll", move |_| drawn.draw());
    let scroller = keys::listen(&grid, pointer(&grid, scroller));
    grid.follow();
    (grid, scroller)
}

/// Mouse and pen.
fn pointer(grid: &Rc<Grid>, scroller: El) -> El {
    let (pressed, moved, twice, ended) = (grid.clone(), grid.clone(), grid.clone(), grid.clone());
    scroller
        .on("mousedown", move |event| {
            let Some(place) = place_of(&event) else { return };
            let shift = event.unchecked_ref::<MouseEvent>().shift_key();
            pressed.dragging.set(true);
            pressed.select(place, shift);
        })
        .on("mouseover", move |event| {
            if moved.dragging.get()
                && let Some(place) = place_of(&event)
            {
                if event.unchecked_ref::<MouseEvent>().buttons() & 1 == 1 {
                    moved.select(place, true);
                } else {
                    moved.dragging.set(false);
                }
            }
        })
        .on("mouseup", move |_| ended.dragging.set(false))
        .on("dblclick", move |event| {
            if let Some(place) = place_of(&event) {
                twice.edit(place, None);
            }
        })
}

impl Grid {
    /// Draws anew when rows or the size of the box may have changed.
    fn follow(self: &Rc<Self>) {
        let grid = self.clone();
        live(Box::new(move || {
            state().rows.with(|()| ());
            if let Some(now) = state().now.peek(Clone::clone) {
                grid.now.replace(now);
                grid.fetch();
            }
        }));
        let grid = self.clone();
        let resized = Closure::wrap(Box::new(move || grid.draw()) as Box<dyn FnMut()>);
        if let Ok(observer) = ResizeObserver::new(resized.into_js_value().unchecked_ref()) {
            observer.observe(&self.scroller);
            at_end(move || observer.disconnect());
        }
    }

    fn count(&self) -> usize {
        self.now.borrow().view as usize
    }

    fn in_view(&self, over: usize) -> std::ops::Range<usize> {
        visible(self.scroller.scroll_top(), self.scroller.client_height(), ROW, self.count(), over)
    }

    /// Gets the rows in view, and some more.
    fn fetch(self: &Rc<Self>) {
        if self.fetching.replace(true) {
            self.stale.set(true);
            return;
        }
        let view = self.in_view(AHEAD);
        let ask = Ask::Rows((number(view.start), number(view.len().max(1))));
        let grid = self.clone();
        spawn_local(async move {
            let answer = state().ask(&ask, None).await;
            grid.fetching.set(false);
            if let Some(Answer::Rows(window)) = answer {
                grid.window.replace(window);
                grid.draw();
            }
            if grid.stale.replace(false) {
                grid.fetch();
            }
        });
    }

    /// Puts the rows in view into the document.
    fn draw(self: &Rc<Self>) {
        let view = self.in_view(OVER);
        let (from, to) = {
            let window = self.window.borrow();
            (window.from as usize, window.from as usize + window.rows.len())
        };
        // What is not here yet is fetched; meanwhile what is here is shown.
        if self.in_view(OVER).start < from || view.end > to {
            self.fetch();
        }
        let shown = view.start.max(from).min(to)..view.end.min(to).max(from);
        let now = self.now.borrow().clone();
        let mut rows = self.rows.borrow_mut();
        while rows.len() < shown.len() {
            let row = RowView::new(&now);
            let _ = self.body.element().insert_before(row.line.element(), Some(self.below.element()));
            rows.push(row);
        }
        let editing = self.editing.borrow().as_ref().map(|(place, _)| *place);
        let window = self.window.borrow();
        for (slot, row) in rows.iter().enumerate() {
            let place = shown.start + slot;
            match window.rows.get(place.wrapping_sub(from)).filter(|_| shown.contains(&place)) {
                Some(data) => row.fill(number(place), data, &now, self.range.get(), editing),
                None => row.hide(),
            }
        }
        height(&self.above, shown.start);
        height(&self.below, self.count().saturating_sub(shown.end));
        let _ = self.scroller.set_attribute("aria-rowcount", &(self.count() + 1).to_string());
        drop(window);
        self.mark_active();
    }

    fn mark_active(&self) {
        let id = cells::id(self.range.get().active);
        if document().get_element_by_id(&id).is_some() {
            let _ = self.scroller.set_attribute("aria-activedescendant", &id);
        } else {
            let _ = self.scroller.remove_attribute("aria-activedescendant");
        }
    }

    /// Makes a cell the active one; the others between it and where one began are chosen too.
    fn select(self: &Rc<Self>, place: Place, extend: bool) {
        self.commit();
        let before = self.range.get();
        let anchor = if extend { before.anchor } else { place };
        self.range.set(Range { anchor, active: place });
        self.reveal(place);
        self.draw();
    }

    /// Scrolls so that a place is in view.
    fn reveal(&self, place: Place) {
        let top = i32::try_from(place.0).unwrap_or(i32::MAX).saturating_mul(ROW);
        let (shown, height) = (self.scroller.scroll_top(), self.scroller.client_height() - ROW);
        if top < shown {
            self.scroller.set_scroll_top(top);
        } else if top + ROW > shown + height {
            self.scroller.set_scroll_top(top + ROW - height);
        }
        if let Some(cell) = document().get_element_by_id(&cells::id(place)) {
            let cell: HtmlElement = cell.unchecked_into();
            let (left, right) = (cell.offset_left(), cell.offset_left() + cell.offset_width());
            let (from, width) = (self.scroller.scroll_left(), self.scroller.client_width());
            if left < from {
                self.scroller.set_scroll_left(left);
            } else if right > from + width {
                self.scroller.set_scroll_left(right - width);
            }
        }
    }

    /// Goes to a cell that something was found in.
    pub(super) fn go_to(self: &Rc<Self>, place: Place) {
        self.select(place, false);
        let _ = self.scroller.focus();
    }

    /// The active cell.
    pub(super) fn active(&self) -> Place {
        self.range.get().active
    }

    /// The first and the last row that are chosen.
    pub(super) fn rows(&self) -> (u32, u32) {
        let range = self.range.get();
        (range.first().0, range.last().0)
    }

    /// Fills the chosen cells with the first row's.
    pub(super) fn fill_down(self: &Rc<Self>) {
        let range = self.range.get();
        self.commit();
        state().tell(Ask::Fill((range.first(), range.last())));
    }

    fn field_at(&self, column: u32) -> Option<Field> {
        let now = self.now.borrow();
        let column = *now.shown.get(column as usize)?;
        now.columns.get(column as usize)?.field
    }

    fn text_at(&self, place: Place) -> Option<String> {
        let window = self.window.borrow();
        let row = window.rows.get((place.0).checked_sub(window.from)? as usize)?;
        Some(row.cells.get(place.1 as usize)?.text.clone())
    }

    /// Begins to write into a cell: what it holds, or what was typed in its place.
    fn edit(self: &Rc<Self>, place: Place, typed: Option<&str>) {
        self.commit();
        let Some(text) = self.text_at(place) else { return };
        let Some(cell) = document().get_element_by_id(&cells::id(place)) else { return };
        let field = self.field_at(place.1);
        let number = self
            .window
            .borrow()
            .rows
            .get((place.0 - self.window.borrow().from) as usize)
            .map_or(0, |row| row.number);
        let name = t::import::editing(field.map_or("", words::field), &number.to_string());
        let input = el("input", "cell-input")
            .attr("aria-label", &name)
            .attr("autocomplete", "off")
            .attr("spellcheck", "false");
        let input = match field {
            Some(Field::Licences) => input.attr("list", "import-licences"),
            Some(Field::Roles) => input.attr("list", "import-roles"),
            Some(Field::Location) => input.attr("list", "import-places"),
            _ => input,
        };
        let control: HtmlInputElement = input.element().clone().unchecked_into();
        control.set_value(typed.unwrap_or(&text));
        let input = keys::editor(self, input);
        let left = self.clone();
        let input = input.on("blur", move |_| left.commit());
        cell.set_text_content(None);
        let _ = cell.append_child(input.element());
        self.editing.replace(Some((place, control.clone())));
        let _ = control.focus();
        if typed.is_none() {
            control.select();
        }
    }

    /// Ends writing, and keeps what was written.
    fn commit(self: &Rc<Self>) {
        let Some((place, control)) = self.editing.take() else { return };
        let text = control.value();
        let changed = self.text_at(place).is_none_or(|before| before != text);
        if changed {
            // Shown at once; what is to be said of it follows.
            let mut window = self.window.borrow_mut();
            let from = window.from;
            let row = window.rows.get_mut((place.0 - from) as usize);
            if let Some(cell) = row.and_then(|row| row.cells.get_mut(place.1 as usize)) {
                cell.text.clone_from(&text);
            }
        }
        self.end_edit(&control);
        if changed {
            state().tell(Ask::Edit(vec![(place, text)]));
        }
    }

    /// Ends writing, and forgets what was written.
    fn cancel(self: &Rc<Self>) {
        if let Some((_, control)) = self.editing.take() {
            self.end_edit(&control);
        }
    }

    fn end_edit(self: &Rc<Self>, control: &HtmlInputElement) {
        let field: &web_sys::Element = control;
        let had_focus = document().active_element().is_some_and(|active| active == *field);
        control.remove();
        if had_focus {
            let _ = self.scroller.focus();
        }
        self.draw();
    }
}

/// The place of the cell that an event came from.
fn place_of(event: &Event) -> Option<Place> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    if target.tag_name() == "INPUT" {
        return None;
    }
    let cell = target.closest("[data-cell]").ok()??;
    cells::place(&cell.get_attribute("data-cell")?)
}

fn height(space: &El, rows: usize) {
    if let Some(cell) = space.element().first_element_child() {
        let height = i64::try_from(rows).unwrap_or(i64::MAX).saturating_mul(i64::from(ROW));
        // Through the object model: the policy forbids style attributes.
        let _ = cell.unchecked_ref::<HtmlElement>().style().set_property("height", &format!("{height}px"));
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Puts the focus on the grid once it is there.
pub(super) fn focus_soon() {
    // Behind the heading, which the frame gives the focus to.
    request_animation_frame(|| request_animation_frame(|| crate::ui::focus("#import-grid")));
}

/// A value that an event has under a name.
fn part_of(event: &Event, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(event, &JsValue::from_str(name)).ok()
}
