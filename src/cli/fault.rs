//! What went wrong at the edge: one [`Fault`] becomes words on standard error and an exit code.

use crate::bench::check::Outside;
use crate::bench::excerpt::{Excerpt, Page};
use crate::bench::fault;
use crate::bench::text::text;
use crate::cli::exit::Exit;
use crate::domain::ledger_fault::LedgerFault;
use crate::lang::{Lang, ledger};
use crate::store::StoreError;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::BTreeMap;
use std::io;
use std::io::Write;
use std::path::Path;

/// So many cells a line of a file takes where it is shown; a longer one is cut around what is meant.
const WIDTH: usize = 80;

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

    /// All that is wrong with a configuration, as [`told`] says it.
    pub fn config(faults: &[fault::Fault], outside: &dyn Outside, lang: Lang) -> Self {
        Self::new(Exit::Usage, told(faults, outside, lang).join("\n"))
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

/// The faults of a configuration, each in one sentence with its place first and its remedy last; below it the line that it is
/// about with a mark under what is meant, where that line may be shown.
pub fn told(faults: &[fault::Fault], outside: &dyn Outside, lang: Lang) -> Vec<String> {
    let mut pages: BTreeMap<&Path, Option<Page>> = BTreeMap::new();
    let told = faults.iter().map(|fault| {
        let page = pages
            .entry(&fault.file)
            .or_insert_with(|| page(&fault.file, outside));
        let shown = page.as_ref().and_then(|page| page.excerpt(fault));
        let shown = shown.map(|excerpt| format!("\n{}", drawn(&excerpt)));
        line(fault, lang) + &shown.unwrap_or_default()
    });
    told.collect()
}

/// A file with faults; `None` where it is no file, or no text.
fn page(file: &Path, outside: &dyn Outside) -> Option<Page> {
    let text = text(file, outside.file(file).ok()?).ok()?;
    Some(Page::new(file, text))
}

/// The line with its number, and the mark below it.
fn drawn(excerpt: &Excerpt) -> String {
    let number = usize::try_from(excerpt.number).unwrap_or(usize::MAX);
    let meant = AnnotationKind::Primary.span(excerpt.meant.clone());
    let snippet = Snippet::source(&excerpt.text)
        .line_start(number)
        .annotation(meant);
    let group = Group::with_level(Level::ERROR.no_name()).element(snippet);
    Renderer::plain().term_width(WIDTH).render(&[group])
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
