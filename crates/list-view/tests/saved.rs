//! Saved views survive being kept, and nothing of another release is destroyed.

use list_view::{SavedView, SavedViews, Stored};

fn two() -> SavedViews {
    let mut saved = SavedViews::default();
    assert_eq!(saved.save(" España ", "country=ES".to_owned()), Some(0));
    assert_eq!(saved.save("«Fin» & \"más\"", "end=30".to_owned()), Some(1));
    saved
}

#[test]
fn they_come_back_as_they_were() {
    let mut saved = two();
    saved.default = Some(1);
    assert_eq!(SavedViews::parse(&saved.print()), Stored::Views(saved));
}

#[test]
fn the_same_name_is_the_same_view() {
    let mut saved = two();
    assert_eq!(saved.save("España", "country=ES&sort=end".to_owned()), Some(0));
    assert_eq!(
        saved.views[0],
        SavedView { name: "España".to_owned(), query: "country=ES&sort=end".to_owned() }
    );
    assert_eq!(saved.views.len(), 2);
}

#[test]
fn what_another_release_wrote_is_not_understood() {
    for text in ["", "x", "{}", "cartera-views 2", "cartera-views 1\nname", "cartera-views 1\n*name"] {
        assert_eq!(SavedViews::parse(text), Stored::NotUnderstood, "{text}");
    }
    assert_eq!(SavedViews::parse("cartera-views 1"), Stored::Views(SavedViews::default()));
}

#[test]
fn the_default_follows_its_view() {
    let mut saved = two();
    saved.default = Some(1);
    saved.remove(0);
    assert_eq!(saved.default, Some(0));
    saved.remove(0);
    assert_eq!((saved.default, saved.views.len()), (None, 0));
    saved.remove(0);
}

#[test]
fn names_are_short_and_there_are_not_too_many() {
    let mut saved = SavedViews::default();
    assert_eq!(saved.save("  ", String::new()), None);
    saved.save(&"n".repeat(400), String::new());
    assert_eq!(saved.views[0].name.chars().count(), 60);
    assert_eq!(saved.save("a\tb\nc", String::new()), Some(1), "a name is one line");
    assert_eq!(saved.views[1].name, "abc");
    let all = (0..100).filter_map(|n| saved.save(&n.to_string(), String::new())).count();
    assert_eq!(all, 48);
    assert_eq!(saved.save("0", "q=x".to_owned()), Some(2), "one that is there can still be changed");
}

#[test]
fn a_view_is_renamed_to_what_no_other_is_called() {
    let mut saved = two();
    let other = saved.views[1].name.clone();
    for (name, done) in
        [("", false), (" \t", false), (other.as_str(), false), (" Iberia ", true), ("Iberia", true)]
    {
        assert_eq!(saved.rename(0, name), done, "{name}");
    }
    assert_eq!((saved.position("Iberia"), saved.position("España")), (Some(0), None));
    assert!(!saved.rename(9, "x"));
}
