//! Exit codes: how a command went, for scripts. One table; the README shows it.

use crate::lang::cli::CliText;

/// How a command went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All well.
    Good,
    /// It ran, and found something wrong: a fault, a source that does not answer, a broken entry.
    Findings,
    /// The command line or the configuration cannot be used.
    Usage,
    /// The store cannot be opened, read or written.
    Store,
    /// Something outside did not work; the same command may work later.
    Outside,
    /// Ctrl-C.
    Interrupted,
    /// SIGTERM.
    Terminated,
}

/// One row a way to end: the code and what people read.
pub const EXITS: &[(Exit, u8, CliText)] = &[
    (Exit::Good, 0, CliText::ExitGood),
    (Exit::Findings, 1, CliText::ExitFindings),
    (Exit::Usage, 2, CliText::ExitUsage),
    (Exit::Store, 3, CliText::ExitStore),
    (Exit::Outside, 4, CliText::ExitOutside),
    (Exit::Interrupted, 130, CliText::ExitInterrupted),
    (Exit::Terminated, 143, CliText::ExitTerminated),
];

/// What a shell adds to the number of the signal that ended a process, and so does the console's guardian.
pub const BY_SIGNAL: i32 = 128;

/// The table as people read it.
pub fn rows() -> Vec<(String, CliText)> {
    let own = EXITS.iter().map(|row| (row.1.to_string(), row.2));
    let by_signal = (format!("{BY_SIGNAL}+n"), CliText::ExitBySignal);
    own.chain([by_signal]).collect()
}

impl Exit {
    /// The code a shell sees.
    pub fn code(self) -> u8 {
        EXITS.iter().find(|row| row.0 == self).map_or(1, |row| row.1)
    }
}
