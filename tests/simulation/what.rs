//! What may happen in a step of a day.

use crate::upstream::Mood;
use lookout::domain::time::Span;

/// What happens in a step, before time passes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    /// Something begins upstream.
    Begins(usize),
    /// Something ends upstream.
    Ends(usize),
    /// Somebody acts at that process.
    Acts(usize),
    /// A process starts.
    Starts,
    /// It ends as it is told to.
    Stops(usize),
    /// It is killed.
    Killed(usize),
    /// It is killed at so many steps on the disk from now, before or after the last of them.
    KilledWithin(usize, u32, bool),
    /// It stands still.
    Paused(usize, Span),
    /// The machine sleeps.
    Sleeps(Span),
    /// Its clock is set.
    ClockSet(Span),
    /// The process can write nothing.
    Full(usize),
    /// It can write nothing beside the ledger.
    Beside(usize),
    /// It can read no entry.
    Unread(usize),
    /// The outcome of its next append is not known; whether it stands, how often that cannot be found out.
    Unknown(usize, bool, u32),
    /// It can read and write again.
    Mended(usize),
    /// An upstream is in that mood for so long.
    Mooded(usize, Mood, Span),
    /// An older copy is put in the place of the ledger.
    Restored(u64),
}

impl What {
    /// Whether it is something that goes wrong.
    pub(crate) fn is_fault(self) -> bool {
        !matches!(
            self,
            Self::Begins(_) | Self::Ends(_) | Self::Acts(_) | Self::Starts | Self::Mended(_)
        )
    }
}
