//! What a person does with a file, from end to end, through the messages as they cross the border.

use user_import::native::Native;
use user_import::{Code, Field, Severity};

use super::*;

struct On(Desk<Native>);

impl On {
    fn new(file: &str) -> Self {
        let mut desk = Self(Desk::new(Native));
        desk.ask(&Ask::Know(vec![customer("id-1", "marina.example"), customer("id-2", "faro.example")]));
        desk.open(file.as_bytes());
        desk
    }

    /// Asks as a page does: question and answer are bytes on their way.
    fn ask(&mut self, ask: &Ask) -> Answer {
        let asked = from_bytes(&to_bytes(ask)).expect("a question");
        let answer = self.0.ask(asked);
        assert_eq!(from_bytes(&to_bytes(&answer)), Some(answer.clone()));
        answer
    }

    #[allow(clippy::needless_pass_by_value)] // questions are made where they are asked
    fn tell(&mut self, ask: Ask) -> Overview {
        match self.ask(&ask) {
            Answer::Overview(overview) => *overview,
            other => panic!("{other:?}"),
        }
    }

    fn open(&mut self, file: &[u8]) -> Answer {
        let open = Open { bytes: Bytes(file.to_vec()), encoding: None, separator: None, header_row: None };
        self.ask(&Ask::Open(open))
    }

    fn now(&mut self) -> Overview {
        self.tell(Ask::Filter(Filter::All))
    }

    fn cells(&mut self) -> Vec<String> {
        let Answer::Rows(window) = self.ask(&Ask::Rows((0, 100))) else { panic!("rows") };
        let row = |row: &Row| row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|");
        window.rows.iter().map(row).collect()
    }
}

fn customer(id: &str, domain: &str) -> Customer {
    Customer {
        id: id.to_owned(),
        names: vec![domain.to_owned()],
        domain: domain.to_owned(),
        domains: vec![domain.to_owned()],
        location: "ES".to_owned(),
        licences: Some(vec![Licence { id: "sku".to_owned(), names: vec!["Premium".to_owned()], free: 1 }]),
        roles: Some(vec![("r-1".to_owned(), "Reader".to_owned())]),
    }
}

const FILE: &str = "Email,Display name,Location,Licences,Notes\r\n\
    ana,Ana Sanz,España,Premium,x\r\n\
    ben@old.example,Ben Roca,UK,Premium,\r\n\
    cleo@old.example,,ES,E3,\r\n\
    ana@marina.example,Ana Again,,,\r\n";

#[test]
fn a_file_is_read_and_what_was_found_is_grouped() {
    let mut desk = On::new(FILE);
    let now = desk.now();
    assert_eq!((now.rows, now.valid, now.errors, now.view), (4, 1, 3, 4));
    assert_eq!(now.ignored, ["Notes"]);
    assert_eq!(now.shown, [0, 1, 2, 3]);
    assert_eq!(now.columns[0].examples, ["ana", "ben@old.example", "cleo@old.example"]);
    let group = |code: Code| now.groups.iter().find(|group| group.key.code == code).expect("a group");
    let foreign = group(Code::SignInForeignDomain);
    assert_eq!((foreign.count, foreign.rows.as_slice()), (2, &[(3, 4)][..]));
    assert_eq!(foreign.key.value.as_deref(), Some("old.example"));
    assert_eq!(foreign.fix.as_deref(), Some("ben@marina.example"));
    assert!(foreign.can_fix);
    assert_eq!(group(Code::LicenceUnknown).key.value.as_deref(), Some("E3"));
    assert!(now.groups.is_sorted_by_key(|group| group.severity));
    assert_eq!(now.wanted, [("sku".to_owned(), 1)]);
    assert_eq!(now.head[0].1, ["Email", "Display name", "Location", "Licences", "Notes"]);
}

#[test]
fn a_group_is_settled_at_once_and_taken_back() {
    let mut desk = On::new(FILE);
    let foreign =
        desk.now().groups.iter().find(|g| g.key.code == Code::SignInForeignDomain).cloned().unwrap();
    let now = desk.tell(Ask::FixAll(foreign.key));
    assert_eq!((now.valid, now.can_undo, now.changes), (2, true, 1));
    assert!(desk.cells()[1].starts_with("ben@marina.example|"));
    let licence = now.groups.iter().find(|g| g.key.code == Code::LicenceUnknown).cloned().unwrap();
    desk.tell(Ask::SetAll((licence.key, "Premium".to_owned())));
    assert!(desk.cells()[2].ends_with("|Premium"));
    let name = desk.now().groups.iter().find(|g| g.key.code == Code::NameMissing).cloned().unwrap();
    let now = desk.tell(Ask::DeleteAll(name.key));
    assert_eq!((now.rows, now.view), (3, 3));
    let now = desk.tell(Ask::Undo);
    assert_eq!((now.rows, now.view, now.can_redo), (4, 4, true));
    assert_eq!(desk.tell(Ask::Redo).rows, 3);
    desk.tell(Ask::Undo);
    desk.tell(Ask::Undo);
    let now = desk.tell(Ask::Undo);
    assert_eq!((now.valid, now.can_undo, now.changes), (1, false, 0));
}

#[test]
fn cells_are_set_pasted_filled_and_copied_as_in_a_spreadsheet() {
    let mut desk = On::new(FILE);
    desk.tell(Ask::Edit(vec![((2, 1), "Cleo Paz".to_owned())]));
    assert_eq!(desk.cells()[2], "cleo@old.example|Cleo Paz|ES|E3");
    desk.tell(Ask::Fill(((0, 2), (3, 3))));
    assert_eq!(desk.cells()[3], "ana@marina.example|Ana Again|España|Premium");
    let Answer::Text(text) = desk.ask(&Ask::Copy(((0, 0), (1, 1)))) else { panic!("a text") };
    assert_eq!(text, "ana\tAna Sanz\r\nben@old.example\tBen Roca");
    // Beyond the end rows are added; beyond the last column nothing is.
    let now =
        desk.tell(Ask::Paste(((3, 0), "new1\tNew One\r\nnew2\tNew Two\tFR\tPremium\tmore\r\n".to_owned())));
    assert_eq!((now.rows, now.view), (5, 5));
    assert_eq!(desk.cells()[3..], ["new1|New One|España|Premium", "new2|New Two|FR|Premium"]);
    let Answer::Rows(window) = desk.ask(&Ask::Rows((4, 1))) else { panic!("rows") };
    assert_eq!(window.rows[0].number, 6);
    assert_eq!(desk.tell(Ask::Undo).rows, 4);
    assert_eq!(desk.tell(Ask::Delete((1, 2))).rows, 2);
    assert_eq!(desk.tell(Ask::Add(2)).rows, 4);
}

#[test]
fn what_is_shown_stays_until_somebody_asks_anew() {
    let mut desk = On::new(FILE);
    let now = desk.tell(Ask::Filter(Filter::Errors));
    assert_eq!(now.view, 3);
    // The row is good now, and stays under the person's hands.
    let now = desk.tell(Ask::Edit(vec![((0, 0), "ben@marina.example".to_owned())]));
    assert_eq!((now.view, now.errors), (3, 2));
    assert_eq!(desk.tell(Ask::Filter(Filter::Errors)).view, 2);
    let key = GroupKey { code: Code::SignInDuplicate, field: Some(Field::SignIn), value: None };
    assert_eq!(desk.tell(Ask::Filter(Filter::Group(key))).view, 1);
    let key =
        GroupKey { code: Code::LocationNamed, field: Some(Field::Location), value: Some("UK".to_owned()) };
    assert_eq!(desk.tell(Ask::Filter(Filter::Group(key))).view, 1);
}

#[test]
fn texts_are_found_and_replaced_without_accents_and_case() {
    let mut desk = On::new(FILE);
    let needle = |text: &str, exact, whole| Needle { text: text.to_owned(), exact, whole };
    let find = |desk: &mut On, needle, place| match desk.ask(&Ask::Find((needle, place))) {
        Answer::Found(found) => found,
        other => panic!("{other:?}"),
    };
    assert_eq!(find(&mut desk, needle("espana", false, false), (0, 0)), Some((0, 2)));
    assert_eq!(find(&mut desk, needle("espana", true, false), (0, 0)), None);
    assert_eq!(find(&mut desk, needle("ANA S", false, false), (0, 1)), Some((0, 1)));
    assert_eq!(find(&mut desk, needle("ANA", false, false), (0, 2)), Some((3, 0)));
    // From the end on it goes on at the beginning.
    assert_eq!(find(&mut desk, needle("ana", false, true), (3, 3)), Some((0, 0)));
    assert_eq!(find(&mut desk, needle("", false, false), (0, 0)), None);
    desk.tell(Ask::Replace((needle("OLD.example", false, false), "marina.example".to_owned())));
    assert_eq!(desk.now().valid, 2);
    desk.tell(Ask::Replace((needle("ñ", false, false), "n".to_owned())));
    assert!(desk.cells()[0].contains("Espana"), "{:?}", desk.cells());
}

#[test]
fn common_values_and_columns_that_the_file_has_not() {
    let mut desk = On::new("Name,Email\nAna,ana@marina.example\nBen,ben@marina.example\n");
    desk.tell(Ask::Constant((Field::Licences, "Premium".to_owned())));
    let now = desk.now();
    assert_eq!(now.wanted, [("sku".to_owned(), 2)]);
    assert_eq!(now.constants, [(Field::Licences, "Premium".to_owned())]);
    let now = desk.tell(Ask::AddColumn(("Location".to_owned(), Field::Location)));
    assert_eq!((now.shown.len(), now.columns[2].header.as_str()), (3, "Location"));
    let now = desk.tell(Ask::Edit(vec![((1, 2), "Francia".to_owned())]));
    assert!(now.groups.iter().all(|group| group.key.code != Code::SurplusCells), "{:?}", now.groups);
    let Answer::People(batches) = desk.ask(&Ask::People) else { panic!("people") };
    let places: Vec<&str> = batches[0].rows.iter().map(|row| row.location.as_str()).collect();
    assert_eq!(places, ["ES", "FR"]);
}

#[test]
fn the_plan_tells_who_is_there_and_which_seats_are_short() {
    let mut desk = On::new(FILE);
    desk.tell(Ask::Replace((
        Needle { text: "old.example".to_owned(), exact: true, whole: false },
        "marina.example".to_owned(),
    )));
    let found = Found { active: vec!["BEN@marina.example".to_owned()], deleted: Vec::new() };
    let now = desk.tell(Ask::There(found));
    assert_eq!((now.there, now.valid), (1, 2));
    assert_eq!(desk.tell(Ask::Filter(Filter::There)).view, 1);
    let Answer::Rows(window) = desk.ask(&Ask::Rows((0, 9))) else { panic!("rows") };
    assert_eq!(window.rows[0].there, 1);
    let Answer::Plan(plan) = desk.ask(&Ask::Plan) else { panic!("a plan") };
    assert_eq!(plan.invalid, 2);
    let own = &plan.customers[0];
    assert_eq!((own.id.as_str(), own.create, own.there, own.writes), ("id-1", 1, 1, 2));
    assert_eq!(own.seats, [("sku".to_owned(), 1, Some(1))]);
}

#[test]
fn rows_of_several_customers_go_to_each() {
    let mut desk = On::new(
        "Customer,Email,Name\nfaro.example,ana@faro.example,Ana\n,ben@marina.example,Ben\nID-2,cleo,Cleo\nmine.example,d@x.example,D\nFARO.example,e@marina.example,E\n",
    );
    let now = desk.now();
    assert_eq!(
        now.customers,
        [("faro.example".to_owned(), 2), ("ID-2".to_owned(), 1), ("mine.example".to_owned(), 1)]
    );
    let codes: Vec<Code> =
        now.groups.iter().filter(|g| g.severity == Severity::Error).map(|group| group.key.code).collect();
    assert_eq!(codes, [Code::CustomerUnknown, Code::SignInForeignDomain, Code::SignInForeignDomain]);
    let Answer::People(batches) = desk.ask(&Ask::People) else { panic!("people") };
    let names = |at: usize| batches[at].rows.iter().map(|row| row.sign_in.as_str()).collect::<Vec<_>>();
    assert_eq!((batches[0].customer.as_str(), batches[1].customer.as_str()), ("id-2", "id-1"));
    // Those with errors go with the first, and are not sent.
    assert_eq!(names(0), ["ana@faro.example", "cleo@faro.example", "d@x.example", "e@marina.example"]);
    assert_eq!(batches[0].rows.iter().filter(|row| row.is_valid).count(), 2);
    assert_eq!(names(1), ["ben@marina.example"]);
}

#[test]
fn failed_rows_come_out_in_their_own_columns() {
    let mut desk = On::new(
        "Name;Email;Temporary password\n=1+1;ana@marina.example;\"=;n.=s9Zx\"\nBen;ben@marina.example;\n",
    );
    let failed = Failed { index: 0, texts: vec!["Taken".to_owned(), "409".to_owned(), "c-1".to_owned()] };
    let headings = ["Reason", "Code", "Call"].map(str::to_owned).to_vec();
    let Answer::Text(file) = desk.ask(&Ask::Failed((headings, vec![failed]))) else { panic!("a file") };
    let lines: Vec<&str> = file.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], r#""Name";"Email";"Temporary password";"Reason";"Code";"Call""#);
    assert_eq!(lines[1], r#""'=1+1";"ana@marina.example";"=;n.=s9Zx";"Taken";"409";"c-1""#);
    assert_eq!(lines.len(), 2);
    // Tried again: the others are gone, and can come back.
    let now = desk.tell(Ask::Keep(vec![1]));
    assert_eq!((now.rows, now.view), (1, 1));
    assert_eq!(desk.tell(Ask::Undo).rows, 2);
}

#[test]
fn users_are_typed_on_an_empty_desk() {
    let mut desk = On(Desk::new(Native));
    desk.ask(&Ask::Know(vec![customer("id-1", "marina.example")]));
    let columns = vec![("Nombre".to_owned(), Field::DisplayName), ("Correo".to_owned(), Field::SignIn)];
    let now = desk.tell(Ask::Blank(columns));
    assert_eq!((now.rows, now.valid, now.shown.len()), (1, 0, 2));
    let now = desk.tell(Ask::Edit(vec![((0, 0), "Ana".to_owned()), ((0, 1), "ana".to_owned())]));
    assert_eq!((now.rows, now.valid), (1, 1));
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let mut desk = On::new(FILE);
    let code = |answer: Answer| match answer {
        Answer::Refused(refused) => refused.code,
        other => panic!("{other:?}"),
    };
    assert_eq!(code(desk.open(b"PK\x03\x04")), "workbook");
    assert_eq!(code(desk.open(b"")), "empty_file");
    assert_eq!(desk.ask(&Ask::Plan), Answer::Nothing);
    let Answer::Overview(now) = desk.open(b"Name,Phone\nAna,1\n") else { panic!("columns to be settled") };
    let problem = now.problem.expect("a problem");
    assert_eq!((problem.code.as_str(), problem.fields.as_slice()), ("missing_columns", &[Field::SignIn][..]));
    let now = desk.tell(Ask::Choose((1, Some(Field::SignIn))));
    assert_eq!(now.problem, None);
    let Answer::Text(learned) = desk.ask(&Ask::Learned) else { panic!("a text") };
    assert!(learned.contains("phone\tsign_in_name"), "{learned}");
    let mut other = On(Desk::new(Native));
    other.ask(&Ask::Learn(learned));
    let Answer::Overview(now) = other.open(b"Name,Phone\nAna,ana@a.example\n") else {
        panic!("known columns")
    };
    assert_eq!(now.columns[1].field, Some(Field::SignIn));
}

proptest::proptest! {
    #[test]
    fn no_message_breaks_the_desk(bytes in proptest::collection::vec(0_u8..40, 0..60)) {
        let mut desk = On::new(FILE);
        if let Some(ask) = from_bytes::<Ask>(&bytes) {
            desk.0.ask(ask);
            desk.now();
        }
    }
}
