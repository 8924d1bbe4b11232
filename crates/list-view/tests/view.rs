//! Views go into an address and come out of it as they were.

use list_view::{Agreement, Column, Density, Filter, Order, Relationship, ShownColumn, View};
use proptest::prelude::*;

fn read(query: &[(&str, &str)]) -> View {
    let parameters: Vec<(&str, String)> =
        query.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    View::from_parameters(&parameters)
}

#[test]
fn what_is_as_usual_is_not_printed() {
    assert_eq!(View::default().parameters(), []);
    assert_eq!(View::everything().parameters(), [("view", "all".to_owned())]);
    let searched = View { search: "norte".to_owned(), ..View::everything() };
    assert_eq!(searched.parameters(), [("q", "norte".to_owned())]);
    assert!(View::everything().shows_the_same(&View::default()));
    assert!(!searched.shows_the_same(&View::default()));
}

#[test]
fn a_view_is_saved_with_its_height_and_shared_as_what_it_is() {
    let view = View { search: "norte".to_owned(), ..View::default() };
    assert_eq!(view.to_save(Density::Normal).density, Some(Density::Normal));
    let high = View { density: Some(Density::Comfortable), ..view.clone() };
    assert_eq!(high.to_save(Density::Normal).density, Some(Density::Comfortable));
    assert!(view.looks_like(&view.to_save(Density::Compact), Density::Compact));
    assert!(!view.looks_like(&view.to_save(Density::Compact), Density::Normal));
    // Whoever gets a link to the plain list sees that, and not his own default view.
    assert_eq!(View::default().to_share().parameters(), [("view", "all".to_owned())]);
    assert_eq!(view.to_share().parameters(), view.parameters());
}

#[test]
fn a_day_that_does_not_exist_is_no_filter() {
    let seen = |day: &str| Filter::parse(Column::FirstSeen, day).is_some();
    for day in ["2026-11-23", "2024-02-29", "2000-02-29", "2026-12-31"] {
        assert!(seen(day), "{day}");
    }
    for day in [
        "2026-02-31",
        "2026-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "2026-1-1",
        "+026-01-01",
        "2026-01-01-01",
        "20260101",
        "",
    ] {
        assert!(!seen(day), "{day}");
        let unknown = if day.is_empty() { vec![] } else { vec!["seen".to_owned()] };
        assert_eq!(read(&[("seen", day)]).unknown, unknown, "{day}");
    }
}

#[test]
fn what_is_not_understood_is_left_out_and_named() {
    let view = read(&[
        ("cols", "domain,hologram,domain,name"),
        ("sort", "taste"),
        ("rows", "huge"),
        ("country", "ES"),
    ]);
    assert_eq!(view.columns, [ShownColumn::usual(Column::Domain)]);
    assert_eq!(view.order, Order::default());
    assert_eq!(view.filters, [Filter::Country("ES".to_owned())]);
    assert_eq!(view.unknown, ["hologram", "name", "sort", "rows"]);
    // What somebody else added to a link is nobody's matter.
    assert_eq!(read(&[("utm_source", "mail"), ("q", "x")]).unknown, [""; 0]);
}

#[test]
fn filters_that_say_nothing_are_none() {
    for (name, value) in [("seen", "yesterday"), ("end", "soon"), ("active", "2"), ("relationship", "friend")]
    {
        let view = read(&[(name, value)]);
        assert_eq!(
            (view.filters.len(), view.unknown.as_slice()),
            (0, [name.to_owned()].as_slice()),
            "{name}"
        );
    }
    let empty = read(&[("domain", " "), ("country", "")]);
    assert_eq!((empty.filters.len(), empty.unknown.len()), (0, 0));
    assert!(read(&[("domain", &"x".repeat(300))]).filters.is_empty());
}

#[test]
fn columns_move_grow_and_go() {
    let mut view = View::default();
    view.toggle(Column::Country);
    view.shift(Column::Country, false);
    let keys =
        |view: &View| view.columns.iter().map(|shown| shown.column.key()).collect::<Vec<_>>().join(",");
    assert_eq!(keys(&view), "domain,country,relationship");
    view.shift(Column::Domain, false);
    view.shift(Column::Relationship, true);
    assert_eq!(keys(&view), "domain,country,relationship", "the ends are the ends");
    view.toggle(Column::Domain);
    view.toggle(Column::Name);
    assert_eq!(keys(&view), "country,relationship");
    assert!(view.shows(Column::Name));
    for _ in 0..100 {
        view.columns[0].resize(true);
    }
    assert_eq!(view.columns[0].width, Some(list_view::MAX_WIDTH));
    for _ in 0..100 {
        view.columns[0].resize(false);
    }
    assert_eq!(view.columns[0].width, Some(list_view::MIN_WIDTH));
    assert_eq!(
        read(&[("cols", "domain:9999,id:1")]).columns.iter().map(|c| c.pixels()).collect::<Vec<_>>(),
        [480, 80]
    );
}

#[test]
fn only_what_is_looked_at_takes_calls() {
    let view = read(&[("cols", "domain,country"), ("agreement", "no"), ("sort", "end")]);
    assert_eq!(view.calls_for(), [Column::Country, Column::Agreement, Column::NextEnd]);
    assert!(View::default().calls_for().is_empty());
}

fn filter() -> impl Strategy<Value = Filter> {
    let text = "[a-z0-9.&=%ñ-]{1,20}";
    prop_oneof![
        (0..Relationship::ALL.len()).prop_map(|at| Filter::Relationship(Relationship::ALL[at])),
        text.prop_map(Filter::DomainEnding),
        text.prop_map(Filter::Reseller),
        text.prop_map(Filter::Country),
        text.prop_map(Filter::Language),
        any::<bool>().prop_map(|yes| Filter::Agreement(if yes {
            Agreement::Confirmed
        } else {
            Agreement::Missing
        })),
        any::<bool>().prop_map(Filter::Active),
        any::<u16>().prop_map(Filter::EndsWithin),
        "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])".prop_map(Filter::SeenSince),
    ]
}

proptest! {
    #[test]
    fn a_view_survives_its_address(
        search in ".{0,30}",
        filters in prop::collection::vec(filter(), 0..6),
        columns in prop::sample::subsequence(Column::ALL.to_vec(), 0..Column::ALL.len()),
        widths in prop::collection::vec(0..20usize, 11),
        by in 0..Column::ALL.len(),
        descending: bool,
        density in prop::option::of(0..3usize),
        plain: bool,
    ) {
        let mut view = View { search, order: Order { by: Column::ALL[by], descending }, plain, ..View::default() };
        view.density = density.map(|at| Density::ALL[at]);
        for filter in filters {
            view.set_filter(filter.column(), Some(filter));
        }
        view.columns = columns.into_iter().filter(|column| *column != Column::Name).map(ShownColumn::usual).collect();
        for (shown, steps) in view.columns.iter_mut().zip(widths) {
            (0..steps).for_each(|_| shown.resize(true));
        }
        let again = View::from_parameters(&view.parameters());
        prop_assert!(again.shows_the_same(&view));
        prop_assert_eq!(View { plain, ..again }, view);
    }
}
