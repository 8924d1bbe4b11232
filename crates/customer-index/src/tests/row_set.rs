use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::RowSet;

proptest! {
    #[test]
    fn it_holds_what_a_set_of_the_library_holds(steps in prop::collection::vec((0..400usize, any::<bool>()), 0..300)) {
        let (mut set, mut twin) = (RowSet::default(), BTreeSet::new());
        for (row, is_in) in steps {
            set.set(row, is_in);
            if is_in {
                twin.insert(row);
            } else {
                twin.remove(&row);
            }
        }
        prop_assert_eq!(set.len(), twin.len());
        prop_assert_eq!(set.is_empty(), twin.is_empty());
        prop_assert!(set.rows().eq(twin.iter().copied()));
        prop_assert!((0..500).all(|row| set.contains(row) == twin.contains(&row)));
        set.set_all(&(0..500).collect::<Vec<_>>(), true);
        prop_assert_eq!(set.len(), 500);
        set.clear();
        prop_assert!(set.is_empty() && set.rows().next().is_none());
    }
}
