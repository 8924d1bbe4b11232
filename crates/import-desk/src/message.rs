//! What is asked of the desk and what it answers. Every question has one answer, in the order of the questions.

use user_import::{Aside, Code, Confidence, Encoding, Field, Separator, Severity, Template};

use crate::pack::{Bytes, choice, record};

/// A row or a cell by its place in what the grid shows: rows as filtered, columns as in [`Overview::shown`].
pub type Place = (u32, u32);

choice! {
    /// A question.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Ask {
        /// Read a file. Whatever was on the desk goes.
        Open(Open) = 0,
        /// Begin with an empty row for users that are typed, with these columns.
        Blank(Vec<(String, Field)>) = 1,
        /// What has been learned of columns before ([`Answer::Learned`]).
        Learn(String) = 2,
        /// What is known about the customers: the first is the one of rows that name none.
        Know(Vec<Customer>) = 3,
        /// Whom one scan of a customer's users found.
        There(Found) = 4,
        /// Which field a column is; `None` leaves it out.
        Choose((u32, Option<Field>)) = 5,
        /// A value for all rows that have none in this field; empty for none.
        Constant((Field, String)) = 6,
        /// A column for a field that has none, with this heading.
        AddColumn((String, Field)) = 7,
        /// Which rows the grid shows.
        Filter(Filter) = 8,
        /// A window of rows: from which on, how many.
        Rows((u32, u32)) = 9,
        /// Set cells.
        Edit(Vec<(Place, String)>) = 10,
        /// Put a text of rows and cells, as a spreadsheet has it on the clipboard, from this place on.
        Paste((Place, String)) = 11,
        /// Copy the first cell of this range down to its last: both ends included.
        Fill((Place, Place)) = 12,
        /// A range as a text for the clipboard: both ends included.
        Copy((Place, Place)) = 13,
        /// Take rows away: the first and the last one.
        Delete((u32, u32)) = 14,
        /// Add so many empty rows at the end.
        Add(u32) = 15,
        /// Take the last change back.
        Undo = 16,
        /// Make it again.
        Redo = 17,
        /// Where a text is found next, behind this place.
        Find((Needle, Place)) = 18,
        /// Replace a text everywhere in the rows that are shown.
        Replace((Needle, String)) = 19,
        /// What a group of issues proposes, for all its cells.
        FixAll(GroupKey) = 20,
        /// One text for all cells of a group.
        SetAll((GroupKey, String)) = 21,
        /// Take all rows of a group away.
        DeleteAll(GroupKey) = 22,
        /// Everything that was found and has a fix, for all cells.
        FixEverything = 23,
        /// What a run would do.
        Plan = 24,
        /// All rows, for the run.
        People = 25,
        /// Rows in the columns of the file, with three more: each by its place in the file, what went wrong, the code, and
        /// the service's id of the call.
        Failed((Vec<String>, Vec<Failed>)) = 26,
        /// All rows in the columns of the file, as they are now.
        Export = 27,
        /// What a person has corrected, to be remembered.
        Learned = 28,
        /// These rows only, by their place in the file; the others go. For trying failed ones again.
        Keep(Vec<u32>) = 29,
    }
}

choice! {
    /// An answer.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Answer {
        /// How things stand, after whatever changed them.
        Overview(Box<Overview>) = 0,
        /// The file cannot be read.
        Refused(Refused) = 1,
        /// Rows of the grid.
        Rows(Window) = 2,
        /// A text: for the clipboard, a file, or to be remembered.
        Text(String) = 3,
        /// Where something was found.
        Found(Option<Place>) = 4,
        /// What a run would do.
        Plan(Planned) = 5,
        /// Rows for the run.
        People(Vec<Batch>) = 6,
        /// There is nothing on the desk, or the question cannot be read.
        Nothing = 7,
    }
}

choice! {
    /// Which rows are shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Filter {
        /// All.
        All = 0,
        /// Those that cannot be created.
        Errors = 1,
        /// Those that somebody should look at.
        Warnings = 2,
        /// Those in which something was put right.
        Fixed = 3,
        /// Those whose user is there already.
        There = 4,
        /// Those whose name a deleted user has.
        Deleted = 5,
        /// Those of a group of issues.
        Group(GroupKey) = 6,
    }
}

record! {
    /// A file to be read.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Open {
        /// Its bytes.
        pub bytes: Bytes,
        /// How it is written, where a person chose.
        pub encoding: Option<Encoding>,
        /// What separates the cells, where a person chose.
        pub separator: Option<Separator>,
        /// Which row has the names of the columns, where a person chose; 0 for none.
        pub header_row: Option<u32>,
    }

    /// What is known about a customer.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Customer {
        /// The Microsoft ID.
        pub id: String,
        /// What a row may call it beside its id: its domain.
        pub names: Vec<String>,
        /// The domain for sign-in names without one; empty if it is not known.
        pub domain: String,
        /// Its domains; none if they are not known.
        pub domains: Vec<String>,
        /// The location where a row has none; empty for none.
        pub location: String,
        /// Its licences; `None` if they are not known.
        pub licences: Option<Vec<Licence>>,
        /// Roles: id and name; `None` if they are not known.
        pub roles: Option<Vec<(String, String)>>,
    }

    /// A licence of a customer.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Licence {
        /// Its id.
        pub id: String,
        /// Its name, and others that it is called by.
        pub names: Vec<String>,
        /// How many seats are free.
        pub free: u32,
    }

    /// Sign-in names of a customer's users.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Found {
        /// Those who are there.
        pub active: Vec<String>,
        /// Those who were deleted and can be restored.
        pub deleted: Vec<String>,
    }

    /// What is looked for.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Needle {
        /// The text.
        pub text: String,
        /// Whether small and capital letters differ.
        pub exact: bool,
        /// Whether a cell has to be this text and nothing else.
        pub whole: bool,
    }

    /// Which issues belong together.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct GroupKey {
        /// What was found.
        pub code: Code,
        /// In which field.
        pub field: Option<Field>,
        /// In cells of which text; `None` if each is another case of the same.
        pub value: Option<String>,
    }

    /// How things stand.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Overview {
        /// The hash of the file; empty for users that are typed.
        pub hash: String,
        /// Whose form it has.
        pub template: Template,
        /// How it is written.
        pub encoding: Encoding,
        /// How many places could not be read.
        pub damaged: u32,
        /// What separates its cells.
        pub separator: Separator,
        /// The row with the names of the columns; 0 for none.
        pub header_row: u32,
        /// Rows of the file that are no users.
        pub aside: Vec<(u32, Aside)>,
        /// The first rows of the file as they are, with their numbers, for choosing the header.
        pub head: Vec<(u32, Vec<String>)>,
        /// The columns.
        pub columns: Vec<Column>,
        /// What has to be settled about them before rows can be checked.
        pub problem: Option<Refused>,
        /// Headings of columns that hold something and are left out.
        pub ignored: Vec<String>,
        /// Fields that are checked and cannot be sent when a user is created.
        pub not_sent: Vec<Field>,
        /// Values for all rows.
        pub constants: Vec<(Field, String)>,
        /// Which columns the grid shows, counted from 0.
        pub shown: Vec<u32>,
        /// How many rows there are.
        pub rows: u32,
        /// How many of them can be created, as far as their cells go.
        pub valid: u32,
        /// How many cannot.
        pub errors: u32,
        /// How many somebody should look at.
        pub warnings: u32,
        /// In how many something was put right.
        pub fixed: u32,
        /// How many valid ones are there already.
        pub there: u32,
        /// How many valid ones have the name of a deleted user.
        pub deleted: u32,
        /// What was found, the worst first.
        pub groups: Vec<Group>,
        /// What rows call their customers, and how many do; at most [`MOST_CUSTOMERS`](crate::MOST_CUSTOMERS).
        pub customers: Vec<(String, u32)>,
        /// Licences that valid rows of the first customer want, by id.
        pub wanted: Vec<(String, u32)>,
        /// How many rows the grid shows.
        pub view: u32,
        /// Which.
        pub filter: Filter,
        /// Whether there is a change to take back.
        pub can_undo: bool,
        /// Whether there is one to make again.
        pub can_redo: bool,
        /// How many changes a person has made.
        pub changes: u32,
    }

    /// A column of the file.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Column {
        /// Its heading.
        pub header: String,
        /// What it means.
        pub field: Option<Field>,
        /// Why.
        pub confidence: Confidence,
        /// Whether any cell of it holds something.
        pub has_content: bool,
        /// The first few of them that differ.
        pub examples: Vec<String>,
    }

    /// Issues that belong together.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Group {
        /// Which.
        pub key: GroupKey,
        /// How much they matter.
        pub severity: Severity,
        /// How many there are.
        pub count: u32,
        /// In which rows of the file: the first few ranges, both ends included.
        pub rows: Vec<(u32, u32)>,
        /// Whether there are more ranges.
        pub more: bool,
        /// The first cell.
        pub sample: String,
        /// What it could be, or is used as.
        pub fix: Option<String>,
        /// Whether all cells of the group have a fix that can be put into them.
        pub can_fix: bool,
    }

    /// Why a file cannot be read, or its columns are not settled.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Refused {
        /// The code of [`user_import::RefusalKind`].
        pub code: String,
        /// The row of the file; 0 where none can be named.
        pub row: u32,
        /// The column, counted from 1; 0 where none can be named.
        pub column: u32,
        /// Fields that it is about.
        pub fields: Vec<Field>,
        /// Columns that it is about, counted from 1.
        pub columns: Vec<u32>,
    }

    /// Rows of the grid.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Window {
        /// The place of the first one.
        pub from: u32,
        /// They.
        pub rows: Vec<Row>,
    }

    /// A row of the grid.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Row {
        /// Its number in the file.
        pub number: u32,
        /// The worst that was found in it.
        pub severity: Option<Severity>,
        /// 1 if its user is there, 2 if a deleted user has its name.
        pub there: u8,
        /// Its cells, in the columns of [`Overview::shown`].
        pub cells: Vec<Cell>,
        /// What was found of the row as a whole, or of fields without a column.
        pub notes: Vec<Mark>,
    }

    /// A cell of the grid.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Cell {
        /// Its text.
        pub text: String,
        /// What was found in it, the worst first.
        pub marks: Vec<Mark>,
    }

    /// Something that was found.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Mark {
        /// How much it matters.
        pub severity: Severity,
        /// What it is.
        pub code: Code,
        /// The cell as it is used, or could be.
        pub fix: Option<String>,
    }

    /// What a run would do.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Planned {
        /// One for each customer that rows are for.
        pub customers: Vec<PlannedCustomer>,
        /// How many rows have errors and are left out.
        pub invalid: u32,
    }

    /// What a run would do for one customer.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PlannedCustomer {
        /// The Microsoft ID.
        pub id: String,
        /// How many users are created.
        pub create: u32,
        /// How many are there already.
        pub there: u32,
        /// How many have the name of a deleted user.
        pub deleted: u32,
        /// Licences: id, how many want one, how many are free (`None` if that is not known).
        pub seats: Vec<(String, u32, Option<u32>)>,
        /// How many want a licence and have no location.
        pub without_location: u32,
        /// How many writes it takes.
        pub writes: u32,
        /// How many licences and roles are given.
        pub given: (u32, u32),
        /// How many bring a password.
        pub passwords: u32,
    }

    /// The rows for one customer.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Batch {
        /// The Microsoft ID.
        pub customer: String,
        /// They, in the order of the file.
        pub rows: Vec<Person>,
    }

    /// A row for the run.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Person {
        /// Its place in the file, as in [`Failed`].
        pub index: u32,
        /// Its number in the file.
        pub number: u32,
        /// Whether it can be created.
        pub is_valid: bool,
        /// The sign-in name.
        pub sign_in: String,
        /// The name that is shown.
        pub display_name: String,
        /// First name.
        pub first_name: String,
        /// Last name.
        pub last_name: String,
        /// Location, an ISO code.
        pub location: String,
        /// The file's password; empty where one is to be generated.
        pub password: String,
        /// Ids of licences, one per line.
        pub licences: String,
        /// Ids of roles, one per line.
        pub roles: String,
    }

    /// A row that was not created.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Failed {
        /// Its place in the file.
        pub index: u32,
        /// What stands in the further columns.
        pub texts: Vec<String>,
    }
}

/// Without names and passwords.
macro_rules! silent {
    ($($name:ident)+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

silent! { Row Cell Mark Person Found }

impl<T: crate::Pack> crate::Pack for Box<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (**self).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        T::unpack(input).map(Self::new)
    }
}
