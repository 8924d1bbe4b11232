//! What fields, findings and refusals are called. The one place from codes of an import to words.

use import_desk::Refused;
use user_import::run::{Outcome, Step};
use user_import::{Code, Confidence, Encoding, Field, Separator, Template};

use crate::i18n::{self, t};

/// A field.
pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::SignIn => t::import_field::sign_in_name(),
        Field::Domain => t::import_field::domain(),
        Field::DisplayName => t::import_field::display_name(),
        Field::FirstName => t::import_field::first_name(),
        Field::LastName => t::import_field::last_name(),
        Field::FullName => t::import_field::full_name(),
        Field::Password => t::import_field::password(),
        Field::Location => t::import_field::location(),
        Field::Licences => t::import_field::licences(),
        Field::Roles => t::import_field::roles(),
        Field::Customer => t::import_field::customer(),
        Field::JobTitle => t::import_field::job_title(),
        Field::Department => t::import_field::department(),
        Field::Office => t::import_field::office(),
        Field::OfficePhone => t::import_field::office_phone(),
        Field::MobilePhone => t::import_field::mobile_phone(),
        Field::Fax => t::import_field::fax(),
        Field::AlternateEmail => t::import_field::alternate_email(),
        Field::Nickname => t::import_field::nickname(),
        Field::Street => t::import_field::street(),
        Field::City => t::import_field::city(),
        Field::State => t::import_field::state(),
        Field::PostalCode => t::import_field::postal_code(),
        Field::Country => t::import_field::country(),
        Field::BlockSignIn => t::import_field::block_sign_in(),
        Field::Status => t::import_field::status(),
    }
}

/// Several, one after the other.
pub(super) fn fields(all: &[Field]) -> String {
    all.iter().map(|one| field(*one)).collect::<Vec<_>>().join(", ")
}

/// Something that was found.
pub(super) fn code(code: Code) -> &'static str {
    match code {
        Code::SignInMissing => t::import_code::sign_in_missing(),
        Code::SignInTooLong => t::import_code::sign_in_too_long(),
        Code::SignInCharacter => t::import_code::sign_in_character(),
        Code::SignInDots => t::import_code::sign_in_dots(),
        Code::SignInNoDomain => t::import_code::sign_in_no_domain(),
        Code::SignInCompleted => t::import_code::sign_in_completed(),
        Code::SignInDomain => t::import_code::sign_in_domain(),
        Code::SignInForeignDomain => t::import_code::sign_in_foreign_domain(),
        Code::SignInGuest => t::import_code::sign_in_guest(),
        Code::SignInDirection => t::import_code::sign_in_direction(),
        Code::SignInLetters => t::import_code::sign_in_letters(),
        Code::SignInDuplicate => t::import_code::sign_in_duplicate(),
        Code::DomainDiffers => t::import_code::domain_differs(),
        Code::NameMissing => t::import_code::name_missing(),
        Code::NameComposed => t::import_code::name_composed(),
        Code::NameSplit => t::import_code::name_split(),
        Code::NameLong => t::import_code::name_long(),
        Code::NameFormula => t::import_code::name_formula(),
        Code::TooLong => t::import_code::too_long(),
        Code::LocationUnknown => t::import_code::location_unknown(),
        Code::LocationNamed => t::import_code::location_named(),
        Code::Invisible => t::import_code::invisible_characters(),
        Code::Blanks => t::import_code::blanks(),
        Code::Composed => t::import_code::composed(),
        Code::Controls => t::import_code::control_characters(),
        Code::Direction => t::import_code::direction_characters(),
        Code::Damaged => t::import_code::damaged(),
        Code::PasswordLength => t::import_code::password_length(),
        Code::PasswordClasses => t::import_code::password_classes(),
        Code::PasswordBlanks => t::import_code::password_blanks(),
        Code::PasswordLetters => t::import_code::password_letters(),
        Code::LicenceUnknown => t::import_code::licence_unknown(),
        Code::RoleUnknown => t::import_code::role_unknown(),
        Code::CustomerUnknown => t::import_code::customer_unknown(),
        Code::NotBlocked => t::import_code::not_blocked(),
        Code::SurplusCells => t::import_code::surplus_cells(),
    }
}

/// Why a file cannot be read, where that shows, and the way out.
pub(super) fn refused(refused: &Refused) -> String {
    let names = fields(&refused.fields);
    let words = match refused.code.as_str() {
        "missing_columns" => t::import::r_missing_columns(&names),
        "two_columns_for_one_field" => t::import::r_two_columns(&names),
        code => plainly_refused(code).to_owned(),
    };
    if refused.row == 0 { words } else { [&at_row(refused.row), " ", &words].concat() }
}

fn at_row(row: u32) -> String {
    t::import::at_row(&i18n::number(row as usize))
}

fn plainly_refused(code: &str) -> &'static str {
    match code {
        "empty_file" => t::import::r_empty_file(),
        "file_too_large" => t::import::r_file_too_large(),
        "too_many_rows" => t::import::r_too_many_rows(),
        "too_many_columns" => t::import::r_too_many_columns(),
        "cell_too_long" => t::import::r_cell_too_long(),
        "nul_character" => t::import::r_nul_character(),
        "unclosed_quote" => t::import::r_unclosed_quote(),
        "workbook" => t::import::r_workbook(),
        "pdf" => t::import::r_pdf(),
        "html" => t::import::r_html(),
        "json" => t::import::r_json(),
        "unknown_encoding" => t::import::r_unknown_encoding(),
        "no_header" => t::import::r_no_header(),
        _ => t::import::r_binary(),
    }
}

/// Why a column is taken for what it is.
pub(super) fn because(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Chosen => t::import::because_chosen(),
        Confidence::Learned => t::import::because_learned(),
        Confidence::Exact => t::import::because_exact(),
        Confidence::Known => t::import::because_known(),
        Confidence::Place => t::import::because_place(),
        Confidence::Content => t::import::because_content(),
        Confidence::None => "",
    }
}

/// Whose form a file has; empty for nobody's.
pub(super) fn template(template: Template) -> &'static str {
    match template {
        Template::PartnerCenter => t::import::tpl_partner_center(),
        Template::Microsoft365Old | Template::Microsoft365 => t::import::tpl_m365(),
        Template::Entra => t::import::tpl_entra(),
        Template::Cipp => t::import::tpl_cipp(),
        Template::Google => t::import::tpl_google(),
        Template::PowerShell => t::import::tpl_powershell(),
        Template::Plain => "",
    }
}

/// What separates cells.
pub(super) fn separator(separator: Separator) -> &'static str {
    match separator {
        Separator::Comma => t::import::comma(),
        Separator::Semicolon => t::import::semicolon(),
        Separator::Tab => t::import::tab(),
        Separator::Bar => t::import::bar(),
    }
}

/// An encoding, as the Encoding Standard writes its name.
pub(super) fn encoding(encoding: Encoding) -> String {
    encoding.label().to_ascii_uppercase()
}

/// What became of a user: its symbol and tone, and the words. `ended` says whether the run is over.
pub(super) fn outcome(outcome: &Outcome, ended: bool) -> (&'static str, &'static str, &'static str) {
    match outcome {
        Outcome::Created => ("ok", "is-ok", t::import::st_created()),
        Outcome::CreatedUnproven => ("ok", "is-warn", t::import::st_unproven()),
        Outcome::AlreadyThere => ("minus", "", t::import::st_there()),
        Outcome::Deleted => ("bad", "is-bad", t::import::st_deleted()),
        Outcome::Rejected(_) => ("bad", "is-bad", t::import::st_rejected()),
        Outcome::NotCreated => ("bad", "is-bad", t::import::st_not_created()),
        Outcome::Unknown => ("unknown", "is-warn", t::import::st_unknown()),
        Outcome::NotTried if ended => ("minus", "", t::import::st_not_tried()),
        Outcome::NotTried => ("clock", "", t::import::st_queued()),
        Outcome::Invalid => ("bad", "is-bad", t::import::st_invalid()),
    }
}

/// What became of a step after it; `None` where nothing was wanted.
pub(super) fn step(step: &Step) -> Option<(&'static str, &'static str, String)> {
    let told = |symbol, tone, words: &str| Some((symbol, tone, words.to_owned()));
    match step {
        Step::Nothing => None,
        Step::Open => told("clock", "", t::import::step_open()),
        Step::Done => told("ok", "is-ok", t::import::step_done()),
        Step::Refused(code) => Some(("bad", "is-bad", t::import::step_refused(code))),
        Step::NotDone => told("bad", "is-bad", t::import::step_not_done()),
        Step::Unknown => told("unknown", "is-warn", t::import::step_unknown()),
    }
}

/// Why a user was not created, in a sentence; empty for those who were.
pub(super) fn reason(outcome: &Outcome) -> String {
    let plain = match outcome {
        Outcome::Created | Outcome::CreatedUnproven => return String::new(),
        Outcome::Rejected(code) if code.starts_with("409") => t::import::why_exists(),
        Outcome::Rejected(code) => return t::import::why_code(code),
        Outcome::Deleted => t::import::why_deleted(),
        Outcome::NotCreated => t::import::why_not_created(),
        Outcome::NotTried => t::import::why_not_tried(),
        Outcome::Unknown => t::import::why_unknown(),
        Outcome::Invalid => t::import::why_invalid(),
        Outcome::AlreadyThere => t::import::why_there(),
    };
    plain.to_owned()
}
