//! An import of users: the file on the desk, what is known of its customers, and the run. It outlives the page: whoever comes
//! back finds everything as it was, and a run goes on while one looks elsewhere.

mod calls;
mod drive;
mod known;

pub(crate) use drive::Drive;
pub(crate) use known::{KnownCustomer, Scan, Seat};

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use import_desk::{
    Answer, Ask, Batch, Bytes, Failed, Open, Overview, Planned, Refused, from_bytes, to_bytes,
};
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use partner_center::Timestamp;
use user_import::{Encoding, Field, Identity, MAX_BYTES, Past, Separator};
use wasm_bindgen::JsValue;

use super::root;
use crate::platform::worker::Worker;
use crate::platform::{imports, storage, workbook};
use crate::ui::Watched;

/// Where the rows come from.
#[derive(Clone, Default)]
pub(crate) struct Source {
    /// The file's name; empty for what was pasted or typed.
    pub name: String,
    /// The file, or the text that was pasted.
    content: Content,
    /// How a person wants it read.
    pub encoding: Option<Encoding>,
    pub separator: Option<Separator>,
    pub header_row: Option<u32>,
}

#[derive(Clone, Default)]
enum Content {
    /// Typed by hand.
    #[default]
    Nothing,
    File(JsValue),
    Text(String),
}

/// Why there is nothing to work with.
#[derive(Clone)]
pub(crate) enum Trouble {
    /// The file cannot be read as a list of users.
    Refused(Refused),
    /// It is larger than anybody may open.
    TooLarge,
    /// The browser could not read it: it has gone, or is a folder.
    Unreadable,
    /// The program beside the page did not come, or stopped.
    NoWorker,
    /// Several files at once.
    Several,
    /// A workbook that cannot be read, and why.
    Workbook(String),
}

/// What another import would take the place of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// A run that is under way.
    Run,
    /// Passwords that are nowhere else.
    Passwords,
    /// Rows that somebody has worked on.
    Rows,
}

/// A workbook that was opened.
#[derive(Clone)]
pub(crate) struct Book {
    pub name: String,
    /// Its sheets: name, rows, and whether it is hidden.
    pub sheets: Vec<(String, u32, bool)>,
    /// What is to be said of the sheet that was read: kind, count and first places, by tabs.
    pub notes: Vec<String>,
}

/// Runs that were not ended: when each was last written of, and what is known of it.
type Pasts = Vec<(Timestamp, Rc<Past>)>;

/// What the root asks of a run without knowing it: by these the program of a run stays in the part that is fetched with its page.
struct Hooks {
    signed_in: Box<dyn Fn()>,
    end: Box<dyn Fn()>,
}

/// See the module's text.
pub(crate) struct Import {
    /// The Microsoft ID of whose users these are, in lower case; empty for none.
    pub customer: Watched<String>,
    pub source: Watched<Option<Source>>,
    pub trouble: Watched<Option<Trouble>>,
    /// The workbook that the rows come from, if they do.
    pub book: Watched<Option<Book>>,
    /// How many questions are open.
    pub asking: Watched<u32>,
    /// How things stand on the desk.
    pub now: Watched<Option<Rc<Overview>>>,
    /// Told when rows may be others than they were.
    pub rows: Watched<()>,
    /// What is known of customers, the one of the page first.
    pub known: Watched<Vec<Rc<KnownCustomer>>>,
    /// Who was found at them.
    there: Watched<Vec<import_desk::Found>>,
    pub plan: Watched<Option<Planned>>,
    /// Runs that were begun in this browser and not ended: when, and what is known of them. `None` before that is read.
    pub past: Watched<Option<Pasts>>,
    /// The import that is to be gone on with although its file was another one.
    with_this: Watched<Option<String>>,
    /// Whether this browser keeps a journal. Without one a run that is cut off cannot be taken up again.
    pub keeps: Watched<bool>,
    /// The run, from its beginning on.
    pub run: Watched<Option<Rc<Drive>>>,
    /// Which fields the grid has columns for.
    pub layout: Watched<Option<Vec<Option<Field>>>>,
    /// Whether one looks for a text in the rows.
    pub finding: Watched<bool>,
    /// Whether another tab runs an import for this customer.
    pub elsewhere: Watched<bool>,
    /// Whether somebody wants to type users: the page begins with an empty row.
    pub by_hand: Cell<bool>,
    /// A run is being begun.
    pub beginning: Cell<bool>,
    worker: RefCell<Option<Rc<Worker>>>,
    /// Which desk it is: what another one answers late is nobody's business any more.
    desk: Cell<u32>,
    hooks: RefCell<Option<Hooks>>,
}

impl Import {
    pub(super) fn new() -> Self {
        Self {
            customer: Watched::new(String::new()),
            source: Watched::new(None),
            trouble: Watched::new(None),
            book: Watched::new(None),
            asking: Watched::new(0),
            now: Watched::new(None),
            rows: Watched::new(()),
            known: Watched::new(Vec::new()),
            there: Watched::new(Vec::new()),
            plan: Watched::new(None),
            past: Watched::new(None),
            with_this: Watched::new(None),
            keeps: Watched::new(true),
            run: Watched::new(None),
            layout: Watched::new(None),
            finding: Watched::new(false),
            elsewhere: Watched::new(false),
            by_hand: Cell::new(false),
            beginning: Cell::new(false),
            worker: RefCell::new(None),
            desk: Cell::new(0),
            hooks: RefCell::new(None),
        }
    }

    /// Whether a run of any customer is under way.
    pub(crate) fn is_running(&self) -> bool {
        self.run.peek(|run| run.as_ref().is_some_and(|run| !run.is_finished()))
    }

    /// What would be lost if another import took the place of what is here.
    pub(crate) fn held(&self) -> Option<Held> {
        if let Some(run) = self.run.peek(Clone::clone) {
            return if run.is_finished() {
                run.has_passwords().then_some(Held::Passwords)
            } else {
                Some(Held::Run)
            };
        }
        let is_changed = self.now.peek(Option::is_some) && root().guard.unload.peek(Option::is_some);
        is_changed.then_some(Held::Rows)
    }

    /// Puts a run away that has ended, and whose passwords are not only here: another one takes its place.
    fn put_away(&self) {
        if let Some(run) = self.run.peek(Clone::clone) {
            run.settled();
        }
    }

    /// Forgets everything, a run's passwords first.
    pub(crate) fn forget(&'static self) {
        self.start_over();
        self.customer.set(String::new());
        self.known.set(Vec::new());
        self.there.set(Vec::new());
        self.past.set(None);
        spawn_local(imports::forget());
    }

    fn end_run(&self) {
        if let Some(hooks) = self.hooks.take() {
            (hooks.end)();
        }
    }

    /// Somebody has signed in again: a run that waited for it goes on.
    pub(crate) fn signed_in(&self) {
        if let Some(hooks) = &*self.hooks.borrow() {
            (hooks.signed_in)();
        }
    }

    /// Clears the desk, for another file. A run that goes on is stopped by its page alone.
    pub(crate) fn start_over(&self) {
        self.end_run();
        self.run.set(None);
        self.plan.set(None);
        self.now.set(None);
        self.source.set(None);
        self.trouble.set(None);
        if self.book.peek(Option::is_some) {
            self.book.set(None);
            spawn_local(workbook::close());
        }
        self.elsewhere.set(false);
        self.with_this.set_if_new(None);
        self.worker.replace(None);
        self.desk.set(self.desk.get().wrapping_add(1));
        root().guard.unload.set_if_new(None);
    }

    /// Clears the desk for another file of a person who has nothing left to lose here.
    pub(crate) fn anew(&self) {
        self.put_away();
        self.start_over();
    }

    /// Leaves the rows on the desk and takes the run away: what is left is tried by another one.
    pub(crate) fn again(&self) {
        self.put_away();
        self.end_run();
        self.run.set(None);
        self.plan.set(None);
        root().guard.unload.set_if_new(None);
    }

    fn worker(&self) -> Option<Rc<Worker>> {
        if self.worker.borrow().as_ref().is_some_and(|worker| worker.is_gone()) {
            self.worker.replace(None);
        }
        if self.worker.borrow().is_none() {
            self.worker.replace(Worker::start("import"));
        }
        self.worker.borrow().clone()
    }

    /// Asks the desk. `None` if there is no answer.
    pub(crate) async fn ask(&self, ask: &Ask, file: Option<&JsValue>) -> Option<Answer> {
        self.asking.update(|count| *count += 1);
        let answer = match self.worker() {
            Some(worker) => worker.ask(&to_bytes(ask), file).await,
            None => None,
        };
        self.asking.update(|count| *count -= 1);
        answer.as_deref().and_then(from_bytes)
    }

    /// Asks, and takes in how things stand afterwards.
    pub(crate) fn tell(&'static self, ask: Ask) {
        spawn_local(async move {
            self.told(ask, None).await;
        });
    }

    /// The same, for who waits for it.
    pub(crate) async fn told(&'static self, ask: Ask, file: Option<JsValue>) {
        let desk = self.desk.get();
        let answer = self.ask(&ask, file.as_ref()).await;
        if self.desk.get() != desk {
            return;
        }
        match answer {
            Some(Answer::Overview(overview)) => {
                self.leave_out_licences(&overview);
                let changes = overview.changes > 0;
                self.now.set(Some(Rc::new(*overview)));
                self.rows.set(());
                // A run says by itself what would be lost.
                if self.run.peek(Option::is_none) {
                    root().guard.unload.set_if_new(changes.then_some(super::Loss::Changes));
                }
            }
            Some(Answer::Refused(refused)) => {
                self.now.set(None);
                self.trouble.set(Some(Trouble::Refused(refused)));
            }
            Some(_) => {}
            None => {
                let gone = self.worker.borrow().as_ref().is_none_or(|worker| worker.is_gone());
                if gone || file.is_some() {
                    self.now.set(None);
                    self.trouble.set(Some(if gone { Trouble::NoWorker } else { Trouble::Unreadable }));
                }
            }
        }
    }

    /// In a cloud that gives no licences through Partner Center a column of them is left out: none is checked, counted or sent.
    fn leave_out_licences(&'static self, now: &Overview) {
        let wanted = |column: &import_desk::Column| column.field == Some(Field::Licences);
        if !account_rules::gives_licences(root().config.cloud)
            && let Some(at) = now.columns.iter().position(wanted)
        {
            self.tell(Ask::Choose((u32::try_from(at).unwrap_or(u32::MAX), None)));
        }
    }

    /// Opens a file, or what was made of a workbook, under the name that it is shown with. Answers whether anybody may open
    /// one of this size.
    pub(crate) fn open_file(&'static self, name: String, file: web_sys::File) -> bool {
        #[allow(clippy::cast_precision_loss)] // a limit of 32 million
        if file.size() > MAX_BYTES as f64 {
            return false;
        }
        let content = Content::File(file.into());
        self.open(Source { name, content, ..Source::default() });
        true
    }

    /// Opens a text that was pasted.
    pub(crate) fn open_text(&'static self, text: String) {
        self.open(Source { content: Content::Text(text), ..Source::default() });
    }

    /// Reads the same again, as the person wants it.
    pub(crate) fn open(&'static self, source: Source) {
        self.trouble.set(None);
        self.plan.set(None);
        self.source.set(Some(source.clone()));
        spawn_local(async move {
            let (bytes, file) = match source.content {
                Content::Nothing => return,
                Content::File(file) => (Vec::new(), Some(file)),
                Content::Text(text) => (text.into_bytes(), None),
            };
            if let Some(learned) = storage::read(storage::Preference::Columns) {
                let _ = self.ask(&Ask::Learn(learned), None).await;
            }
            let open = Open {
                bytes: Bytes(bytes),
                encoding: source.encoding,
                separator: source.separator,
                header_row: source.header_row,
            };
            self.told(Ask::Open(open), file).await;
            self.tell_found();
            self.tell_known();
        });
    }

    /// Begins with an empty row.
    pub(crate) fn open_blank(&'static self, columns: Vec<(String, Field)>) {
        self.trouble.set(None);
        self.plan.set(None);
        self.source.set(Some(Source::default()));
        spawn_local(async move {
            self.told(Ask::Blank(columns), None).await;
            self.tell_found();
            self.tell_known();
        });
    }

    /// Says what a column is, and remembers it for files like this one.
    pub(crate) fn choose(&'static self, column: u32, field: Option<Field>) {
        spawn_local(async move {
            self.told(Ask::Choose((column, field)), None).await;
            if let Some(Answer::Text(learned)) = self.ask(&Ask::Learned, None).await {
                // It holds headings and no cell.
                storage::write(storage::Preference::Columns, Some(&learned));
            }
        });
    }

    /// What a run would do now.
    pub(crate) fn make_plan(&'static self) {
        spawn_local(async move {
            if let Some(Answer::Plan(plan)) = self.ask(&Ask::Plan, None).await {
                self.plan.set(Some(plan));
            }
        });
    }

    /// Rows as a file in their own columns, with what became of them.
    pub(crate) async fn failed_rows(&self, headings: Vec<String>, rows: Vec<Failed>) -> Option<String> {
        self.text(Ask::Failed((headings, rows))).await
    }

    /// A text from the desk.
    pub(crate) async fn text(&self, ask: Ask) -> Option<String> {
        match self.ask(&ask, None).await {
            Some(Answer::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Reads which runs were begun and not ended.
    pub(crate) fn read_past(&'static self) {
        spawn_local(async move {
            let found = imports::journals().await;
            self.keeps.set_if_new(found.is_some());
            let past = found
                .unwrap_or_default()
                .into_iter()
                .filter_map(|(at, text)| Some((Timestamp::from_millis(at), Rc::new(Past::parse(&text)?))));
            self.past.set(Some(past.collect()));
        });
    }

    /// The run that was begun with this very file, or that the person goes on with by this one, and when it was last heard of.
    pub(crate) fn to_take_up(&self) -> Option<(Timestamp, Rc<Past>)> {
        let hash = self.now.with(|now| now.as_ref().map(|now| now.hash.clone()))?;
        let chosen = self.with_this.get();
        let known = self.known.with(|all| all.iter().map(|known| known.id.clone()).collect::<Vec<_>>());
        self.past.with(|past| {
            let is_it = |past: &Past| {
                // The same file may be for another customer today.
                let is_here = |id: &String| known.iter().any(|known| known.as_str().eq_ignore_ascii_case(id));
                let Identity { file, import, .. } = &past.identity;
                (!hash.is_empty() && *file == hash || chosen.as_ref() == Some(import))
                    && past.customers.iter().all(is_here)
            };
            past.iter().flatten().find(|(_, past)| is_it(past)).cloned()
        })
    }

    /// The latest run of the customer that was not ended, and when it was last heard of.
    pub(crate) fn not_ended(&self) -> Option<(Timestamp, Rc<Past>)> {
        let own = self.customer.get();
        self.past.with(|past| {
            let is_own = |past: &Past| past.customers.iter().any(|id| id.eq_ignore_ascii_case(&own));
            past.iter().flatten().find(|(_, past)| is_own(past)).cloned()
        })
    }

    /// Goes on with a run by another file than it was begun with: rows are known by their sign-in names.
    pub(crate) fn go_on_with_this(&self, past: &Past) {
        self.with_this.set(Some(past.identity.import.clone()));
    }

    /// Forgets a run that was not ended.
    pub(crate) fn give_up(&'static self, past: &Past) {
        let import = past.identity.import.clone();
        spawn_local(async move {
            imports::drop_journal(&import).await;
            self.read_past();
        });
    }

    /// Begins the run, or takes it up again. Nothing is sent before the rows are here and no other tab is at it.
    pub(crate) fn begin(&'static self) {
        if self.is_running() || self.beginning.replace(true) {
            return;
        }
        spawn_local(async move {
            let held = imports::hold(&self.customer.peek(Clone::clone)).await;
            self.elsewhere.set_if_new(!held);
            if held && let Some(Answer::People(people)) = self.ask(&Ask::People, None).await {
                self.start(people);
            }
            self.beginning.set(false);
        });
    }

    fn start(&'static self, people: Vec<Batch>) {
        let past = untrack(|| self.to_take_up()).map(|(_, past)| past);
        let hash = self.now.peek(|now| now.as_ref().map(|now| now.hash.clone())).unwrap_or_default();
        let identity = match &past {
            Some(past) if hash.is_empty() => past.identity.clone(),
            Some(past) => Identity { file: hash, ..past.identity.clone() },
            None => new_identity(hash),
        };
        let run = Drive::begin(identity, people, past.as_deref());
        let (resumed, ended) = (run.clone(), run.clone());
        let hooks =
            Hooks { signed_in: Box::new(move || resumed.signed_in()), end: Box::new(move || ended.end()) };
        self.hooks.replace(Some(hooks));
        self.run.set(Some(run));
    }
}

fn new_identity(file: String) -> Identity {
    let random = || {
        use user_import::Random;
        let mut bytes = [0; 16];
        drive::BrowserBytes.fill(&mut bytes);
        bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect::<String>()
    };
    Identity { import: random(), file, salt: random() }
}
