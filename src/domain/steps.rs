//! When the clock was set while something went on: its timeline keeps the times at which it was written down.

use crate::domain::time::Span;

/// After how many lines of a timeline the clock was set, and by how much.
pub type Steps = Vec<(usize, Span)>;

/// Notes by how much the clock was set after so many lines.
pub fn note(steps: &mut Steps, after: usize, by: Span) {
    match steps.last_mut().filter(|step| step.0 == after) {
        Some(step) => step.1 = step.1 + by,
        None => steps.push((after, by)),
    }
}

/// By how much it was set between the first line and that one.
pub fn until(steps: &Steps, line: usize) -> Span {
    let before = steps.iter().filter(|step| step.0 <= line);
    Span::from_ms(before.map(|step| step.1.ms()).sum())
}
