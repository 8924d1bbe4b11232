//! Issues that belong together, with where they are and what would settle them.

use user_import::{Code, Issue};

use crate::MOST_GROUPS;
use crate::message::{Group, GroupKey};

/// How many ranges of rows a group names.
const MOST_RANGES: usize = 4;

/// Issues of which each text is a case of its own, to be settled for all rows that have it.
fn by_value(code: Code) -> bool {
    matches!(
        code,
        Code::LicenceUnknown
            | Code::RoleUnknown
            | Code::LocationUnknown
            | Code::LocationNamed
            | Code::CustomerUnknown
            | Code::SignInForeignDomain
    )
}

/// What tells cells of one code apart: the text, or its domain.
fn value(code: Code, cell: &str) -> String {
    match code {
        Code::SignInForeignDomain => cell.rsplit('@').next().unwrap_or_default().trim().to_ascii_lowercase(),
        _ => cell.trim().to_owned(),
    }
}

/// Whether a fix can stand in the issue's cell in place of what is there.
pub(crate) fn can_fix(issue: &Issue) -> bool {
    // First and last name in one cell are told apart only when they are sent.
    issue.fix.is_some()
        && issue.column.is_some()
        && !matches!(issue.code, Code::NameSplit | Code::NameComposed)
}

/// The group that an issue is in.
pub(crate) fn key(issue: &Issue, cell: &str) -> GroupKey {
    let value = by_value(issue.code).then(|| value(issue.code, cell));
    GroupKey { code: issue.code, field: issue.field, value }
}

/// Whether an issue is in a group.
pub(crate) fn is_in(issue: &Issue, cell: &str, group: &GroupKey) -> bool {
    issue.code == group.code
        && issue.field == group.field
        && group.value.as_ref().is_none_or(|wanted| *wanted == value(issue.code, cell))
}

/// All groups, the worst first and then the largest. `cell` is the text of an issue's cell.
pub(crate) fn groups<'a>(issues: &[Issue], cell: impl Fn(&Issue) -> &'a str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for issue in issues {
        let text = cell(issue);
        let mut key = key(issue, text);
        let same = |group: &Group, key: &GroupKey| group.severity == issue.severity && group.key == *key;
        let mut found = groups.iter().position(|group| same(group, &key));
        if found.is_none() && key.value.is_some() && groups.len() >= MOST_GROUPS {
            key.value = None;
            found = groups.iter().position(|group| same(group, &key));
        }
        let at = found.unwrap_or_else(|| {
            groups.push(Group {
                key,
                severity: issue.severity,
                count: 0,
                rows: Vec::new(),
                more: false,
                sample: text.to_owned(),
                fix: issue.fix.as_deref().map(str::to_owned),
                can_fix: true,
            });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(at) else { continue };
        group.count += 1;
        group.can_fix &= can_fix(issue);
        add_row(group, issue.row);
    }
    // Few groups, and no sort of a size to speak of in the program.
    let rank = |group: &Group| (group.severity, std::cmp::Reverse(group.count));
    for at in 1..groups.len() {
        let mut place = at;
        while place > 0 && rank(&groups[place]) < rank(&groups[place - 1]) {
            groups.swap(place, place - 1);
            place -= 1;
        }
    }
    groups
}

fn add_row(group: &mut Group, row: u32) {
    if let Some((_, last)) = group.rows.last_mut() {
        if row <= *last {
            return;
        }
        if row == *last + 1 && !group.more {
            *last = row;
            return;
        }
    }
    if group.rows.len() < MOST_RANGES {
        group.rows.push((row, row));
    } else {
        group.more = true;
    }
}
