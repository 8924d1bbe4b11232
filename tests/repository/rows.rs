//! `src/ui/virtual_rows.rs`, as it is: which rows of a long list are built.

#[path = "../../src/ui/virtual_rows.rs"]
mod virtual_rows;

use proptest::prelude::*;
use virtual_rows::{OVERSCAN, closed, visible};

#[test]
fn a_long_list_has_few_rows() {
    assert_eq!(visible(0, 800, 34, 20_000, OVERSCAN).start, 0);
    assert!(visible(0, 800, 34, 20_000, OVERSCAN).len() <= 60);
    assert!(visible(340_000, 1_600, 34, 20_000, OVERSCAN).len() <= 120);
    assert_eq!(visible(i32::MAX, 800, 34, 20_000, OVERSCAN).end, 20_000);
}

#[test]
fn nothing_odd_breaks_it() {
    assert_eq!(visible(0, 800, 34, 0, OVERSCAN), 0..0);
    for (top, view, height) in [(-500, 800, 34), (0, 0, 34), (0, -1, 34), (100, 800, 0), (100, 800, -5)] {
        let range = visible(top, view, height, 10, OVERSCAN);
        assert!(range.start < range.end && range.end <= 10, "{top} {view} {height}: {range:?}");
    }
}

#[test]
fn an_open_row_moves_what_is_below_it() {
    assert_eq!(closed(1_000, 34, None), 1_000);
    // Row 2 ends at 102; what it shows is 80 high.
    for (top, as_closed) in [(0, 0), (102, 102), (103, 102), (182, 102), (183, 103), (1_080, 1_000)] {
        assert_eq!(closed(top, 34, Some((2, 80))), as_closed, "{top}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_in_view_is_built(top in 0..4_000_000, view in 1..4_000, height in 20..60, rows in 1_usize..100_000) {
        let range = visible(top, view, height, rows, OVERSCAN);
        prop_assert!(range.start < range.end && range.end <= rows);
        for pixel in [top, top + view - 1] {
            let row = usize::try_from(pixel / height).unwrap();
            prop_assert!(row >= rows || range.contains(&row), "{row} of {range:?}");
        }
    }
}
