//! Faults that are planted in the simulated world or its adapters: each must be found by an invariant.

/// A planted fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Planted {
    /// The store takes what was decided under a term that is over.
    NoFence,
    /// The store says that entries are stored and drops them.
    Drops,
    /// The store gives what is newer by number alone, whatever the hash.
    SinceByNumber,
    /// The store shows a follower nothing new at times, without a word.
    Blind,
    /// What is open is settled as not stored though it stands.
    SettlesNone,
    /// An append whose outcome is not known is said to have failed.
    Ghost,
    /// A lease never runs out.
    Eternal,
    /// A lease is given to whoever asks, in the same term.
    Two,
    /// The snapshot lacks an alarm.
    Snapshot,
    /// A byte of the past is changed.
    Rewrites,
    /// Each attempt carries a key of its own.
    ForgetsKey,
    /// A way without a key says that it has one.
    ClaimsKey,
    /// A source takes a list of which nothing was understood for an empty one.
    AllFlawedIsEmpty,
    /// A source takes an answer that is no list for an empty one.
    FailedIsEmpty,
    /// What a person did is appended twice.
    Twice,
    /// A seat shows as done what it has only asked for.
    PaintsEarly,
    /// From where a source is asked on is kept before what came of it.
    CursorFirst,
    /// A source takes its first page for the whole list.
    FirstPage,
    /// A value of a day that is over is changed.
    ChangesReading,
    /// What comes on a new day is kept under the number of the first.
    OneDay,
    /// Retention drops what is young.
    PrunesYoung,
}

/// All of them.
pub(crate) const PLANTED: [Planted; 21] = [
    Planted::CursorFirst,
    Planted::FirstPage,
    Planted::ChangesReading,
    Planted::OneDay,
    Planted::PrunesYoung,
    Planted::NoFence,
    Planted::Drops,
    Planted::SinceByNumber,
    Planted::Blind,
    Planted::SettlesNone,
    Planted::Ghost,
    Planted::Eternal,
    Planted::Two,
    Planted::Snapshot,
    Planted::Rewrites,
    Planted::ForgetsKey,
    Planted::ClaimsKey,
    Planted::AllFlawedIsEmpty,
    Planted::FailedIsEmpty,
    Planted::Twice,
    Planted::PaintsEarly,
];
