//! The figures this program is measured by: `cargo bench`, or `cargo bench -- ledger frames` for some of its parts. One
//! module a part; each adds its rows to one table.
//!
//! A row says what was measured here and now; the target beside it is that of the same figure, or `–` where there is none.

#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::naive_bytecount,
    reason = "a bench prints its figures and trusts its own data"
)]

mod frames;
mod ledger;
mod memory;
mod parse;
mod rules;
mod standards;

use unicode_width::UnicodeWidthStr;

/// A part by its name.
type Part = (&'static str, fn(&mut Report));

/// One line of the table.
struct Row {
    figure: String,
    target: String,
    measured: String,
}

/// The table of one run.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Adds what was measured beside what it is measured by.
    pub fn add(&mut self, figure: &str, target: &str, measured: impl Into<String>) {
        self.rows.push(Row {
            figure: figure.to_owned(),
            target: target.to_owned(),
            measured: measured.into(),
        });
    }

    fn print(&self) {
        line("figure", "measured", "target");
        for row in &self.rows {
            line(&row.figure, &row.measured, &row.target);
        }
    }
}

/// One line; columns by the width that a terminal shows.
fn line(figure: &str, measured: &str, target: &str) {
    let room = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.width()));
    let (after, before) = (room(figure, 58), room(measured, 26));
    println!("{figure}{after}{before}{measured}   {target}");
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == memory::MEASURE) {
        let (work, input) = (&args[at + 1], &args[at + 2]);
        assert!(
            ledger::measure(work, input) || standards::measure(work),
            "no part measures {work}"
        );
        return;
    }
    let parts: [Part; 5] = [
        ("frames", frames::run),
        ("ledger", ledger::run),
        ("parse", parse::run),
        ("rules", rules::run),
        ("standards", standards::run),
    ];
    let asked = |part: &str| args.iter().any(|arg| arg == part);
    let all = !parts.iter().any(|part| asked(part.0));
    let mut report = Report::default();
    for (_, run) in parts.iter().filter(|part| all || asked(part.0)) {
        run(&mut report);
    }
    report.print();
}
