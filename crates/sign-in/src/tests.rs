//! The checklist of a sign-in, a test for each of its lines, and the bad answers.

mod answers;
mod tokens;
