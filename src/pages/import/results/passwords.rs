//! Passwords, which are in this tab only: masked, shown and copied one by one, set anew, saved as a file.

use std::rc::Rc;

use account_rules::gives_licences;
use csv_export::Sheet;
use user_import::run::Secret;

use super::super::{status, words};
use super::{SHOWN, offer};
use crate::i18n::{self, t};
use crate::state::{Drive, root};
use crate::ui::{El, Watched, button, copy_and_tell, el, icon};

fn secret_of(drive: &Rc<Drive>, row: usize) -> Option<String> {
    drive.with(|run| {
        run.report().nth(row).and_then(|line| match line.secret {
            Secret::Proven(password) => Some(password.reveal().to_owned()),
            _ => None,
        })
    })
}

/// The passwords, masked, with what can be done about each.
pub(super) fn passwords(
    drive: &Rc<Drive>,
    shown: &Rc<Watched<Vec<usize>>>,
    sheets: &Rc<Watched<bool>>,
) -> Option<El> {
    drive.tick.with(|()| ());
    let kept = drive.kept.get();
    let open = shown.get();
    let (rows, count, unproven) = drive.with(|run| {
        let lines: Vec<_> = run.report().collect();
        let made: Vec<usize> = drive
            .order()
            .iter()
            .map(|row| *row as usize)
            .filter(|row| lines.get(*row).is_some_and(|line| line.secret != Secret::None))
            .collect();
        let unproven: Vec<usize> = made
            .iter()
            .copied()
            .filter(|row| lines.get(*row).is_some_and(|line| line.secret == Secret::NotKnown))
            .collect();
        let rows: Vec<El> = made
            .iter()
            .take(SHOWN)
            .filter_map(|row| {
                let (line, person) = (lines.get(*row)?, run.person(*row)?);
                let step = words::step(line.licences).map(|(symbol, tone, said)| status(symbol, tone, &said));
                let known = matches!(line.secret, Secret::Proven(_));
                let resetting = run.new_password(*row).is_some();
                let (cell, acts) =
                    secret(drive, *row, &person.display_name, known, resetting, open.contains(row), shown);
                Some(
                    el("tr", "")
                        .child(
                            el("th", "").attr("scope", "row").child(el("bdi", "").text(&person.display_name)),
                        )
                        .child(el("td", "only-wide").child(el("bdi", "").text(&person.sign_in)))
                        .child(el("td", "only-wide").maybe(step))
                        .child(el("td", "").child(cell))
                        .child(el("td", "act-cell").child(acts)),
                )
            })
            .collect();
        (rows, made.len(), unproven)
    });
    if count == 0 {
        return None;
    }
    let known = count - unproven.len();
    let heading = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(heading("", t::import::user()))
        .child(heading("only-wide", t::import::sign_in_name()))
        .child(heading("c-160 only-wide", t::import::licence()))
        .child(heading("", t::import::password()))
        .child(heading("c-128", "").child(el("span", "sr").text(t::import::show_these())));
    let print = sheets.clone();
    let paper = (known > 0 && !kept).then(|| {
        button("btn btn-small", move || print.set(true)).child(icon("print")).text(t::import::sheets())
    });
    let resets = unproven.len();
    let all = drive.clone();
    let may_reset = gives_licences(root().config.cloud);
    let reset = (resets > 1 && !kept && may_reset).then(|| {
        button("btn btn-small", move || {
            for row in &unproven {
                all.reset(*row);
            }
        })
        .text(&t::import::reset_all(resets))
    });
    let more = (count > SHOWN).then(|| el("p", "meta").text(&t::import::more_rows(count - SHOWN)));
    Some(
        el("section", "section")
            .child(
                el("div", "section-head")
                    .child(el("h2", "").text(t::import::passwords()))
                    .child(
                        el("span", "count")
                            .text(&t::import::progress(&i18n::number(count), &i18n::number(known))),
                    )
                    .child(el("span", "push line").maybe(reset).maybe(paper)),
            )
            .child(
                el("table", "table flush users")
                    .attr("aria-label", t::import::passwords())
                    .child(el("thead", "").child(heads))
                    .child(el("tbody", "").children(rows)),
            )
            .maybe(more)
            .maybe((resets > 0 && !may_reset).then(|| el("p", "support measure").text(t::users::by_hand()))),
    )
}

fn secret(
    drive: &Rc<Drive>,
    row: usize,
    name: &str,
    known: bool,
    resetting: bool,
    open: bool,
    shown: &Rc<Watched<Vec<usize>>>,
) -> (El, El) {
    if resetting {
        return (status("clock", "", t::import::resetting()), el("span", ""));
    }
    if !known {
        let drive = drive.clone();
        let reset = button("btn btn-small", move || {
            drive.reset(row);
        });
        let act = if gives_licences(root().config.cloud) {
            reset.attr("aria-label", &t::import::reset_of(name)).text(t::import::reset())
        } else {
            el("span", "")
        };
        return (el("span", "support").text(t::import::password_unknown()), act);
    }
    let cell = if open {
        // Known while it is asked for, and nowhere else in the page.
        el("code", "").text(&secret_of(drive, row).unwrap_or_default())
    } else {
        el("span", "mask").attr("aria-hidden", "true").text("•••• •••• ••••")
    };
    let (toggled, copied) = (shown.clone(), drive.clone());
    let (symbol, label) =
        if open { ("eye-off", t::import::hide(name)) } else { ("eye", t::import::show(name)) };
    let toggle = button("btn btn-icon btn-small", move || {
        toggled.update(|all| match all.iter().position(|known| *known == row) {
            Some(place) => {
                all.remove(place);
            }
            None => all.push(row),
        });
    })
    .attr("id", &["show-", &row.to_string()].concat())
    .attr("aria-label", &label)
    .child(icon(symbol));
    let copy = button("btn btn-icon btn-small", move || {
        if let Some(password) = secret_of(&copied, row) {
            copy_and_tell(password);
        }
    });
    let copy = copy.attr("aria-label", &t::import::copy(name)).child(icon("copy"));
    (cell, el("span", "line").child(toggle).child(copy))
}

/// Everybody with their password, for the one who hands them on.
pub(super) fn download(drive: &Rc<Drive>) {
    let header = [t::import::user(), t::import::sign_in_name(), t::import::password(), t::import::outcome()];
    let mut sheet = Sheet::new(i18n::separator(), &header).with_exact(2);
    let mut count = 0;
    drive.with(|run| {
        let lines: Vec<_> = run.report().collect();
        for row in drive.order() {
            let (Some(line), Some(person)) = (lines.get(*row as usize), run.person(*row as usize)) else {
                continue;
            };
            let password = match line.secret {
                Secret::Proven(password) => password.reveal(),
                Secret::NotKnown => "",
                Secret::None => continue,
            };
            let (_, _, said) = words::outcome(&line.outcome, true);
            sheet.row(&[&person.display_name, &person.sign_in, password, said]);
            count += 1;
        }
    });
    offer(
        "export_import_passwords",
        t::import::file_passwords(),
        &sheet.finish(),
        t::import::passwords(),
        count,
    );
}
