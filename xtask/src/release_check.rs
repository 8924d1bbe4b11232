//! placeholder
use crate::failure::Failure;
use crate::workspace::Workspace;

pub(crate) fn run(_: &Workspace) -> Result<(), Failure> {
    Err(Failure::new("not yet"))
}
