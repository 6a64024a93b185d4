//! What went wrong at the edge: one [`Fault`] becomes words on standard error and an exit code.

use crate::bench::fault;
use crate::cli::exit::Exit;
use crate::domain::ledger_fault::LedgerFault;
use crate::lang::{Lang, ledger};
use crate::store::StoreError;
use std::io;
use std::io::Write;

/// Why a command ended badly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind, for the exit code.
    pub kind: Exit,
    /// What is wrong, in the person's language.
    pub words: String,
    /// What may be done about it, one line each.
    pub hints: Vec<String>,
    /// What is wrong with the ledger, where that has a remedy of its own.
    pub ledger: Option<LedgerFault>,
}

impl Fault {
    /// A fault without hints.
    pub fn new(kind: Exit, words: impl Into<String>) -> Self {
        Self {
            kind,
            words: words.into(),
            hints: Vec::new(),
            ledger: None,
        }
    }

    /// All that is wrong with a configuration: a line a fault, its place first, its remedy last.
    pub fn config(faults: &[fault::Fault], lang: Lang) -> Self {
        let lines: Vec<String> = faults.iter().map(|fault| line(fault, lang)).collect();
        Self::new(Exit::Usage, lines.join("\n"))
    }

    /// What the store said.
    pub fn store(error: &StoreError) -> Self {
        Self {
            ledger: error.is_damage().then(|| error.fault()),
            ..Self::new(Exit::Store, error.to_string())
        }
    }

    /// Writes it for a person.
    pub fn write(&self, err: &mut dyn Write, lang: Lang) -> io::Result<()> {
        writeln!(err, "{}", self.words)?;
        for hint in &self.hints {
            writeln!(err, "  {hint}")?;
        }
        if let Some(fault) = &self.ledger {
            writeln!(err, "  {}", ledger::remedy(lang, fault))?;
        }
        Ok(())
    }
}

impl From<io::Error> for Fault {
    /// Standard output could not be written; a pipe that was closed is no fault, and is told apart by its caller.
    fn from(error: io::Error) -> Self {
        let kind = if error.kind() == io::ErrorKind::BrokenPipe {
            Exit::Good
        } else {
            Exit::Outside
        };
        Self::new(kind, error.to_string())
    }
}

/// One fault of a configuration in one line: `lookout.toml:7:1 source[1].evrey: … — did you mean “every”?`.
pub fn line(fault: &fault::Fault, lang: Lang) -> String {
    let (place, words, remedy) = (fault.place(), fault.words(lang), fault.remedy(lang));
    let key = if fault.key.is_empty() {
        String::new()
    } else {
        format!(" {}", fault.key)
    };
    lang.pick(
        format!("{place}{key}：{words}。{remedy}"),
        format!("{place}{key}: {words} — {remedy}"),
    )
}
