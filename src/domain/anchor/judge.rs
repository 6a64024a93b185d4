//! A ledger held against what was written down of it: the one place that says how the two stand.

use crate::domain::anchor::Anchor;
use crate::domain::ledger::Hash;

/// How a ledger stands to what was written down of it, or to another ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorFit {
    /// It holds all that was written down, up to that entry.
    Holds(u64),
    /// All that it has fits, and it ends too early: its end was cut off, or an older copy stands in its place.
    Short {
        /// Its last entry.
        ends: u64,
        /// The last entry that was written down.
        known: u64,
    },
    /// The first entry that is another one lies here, and all before it are the same.
    Differs {
        /// At the earliest.
        from: u64,
        /// At the latest.
        to: u64,
    },
    /// It begins with another entry: another room's, or written anew from its first entry.
    Other,
}

/// Judges a ledger by anchors. `hash` tells the hash of an entry up to `ends`; `genesis` is that of its first.
///
/// # Errors
/// A hash cannot be read.
pub fn judge<E>(
    anchors: &[Anchor],
    (genesis, ends): (Hash, u64),
    mut hash: impl FnMut(u64) -> Result<Option<Hash>, E>,
) -> Result<AnchorFit, E> {
    let is_other = |anchor: &Anchor| ends > 0 && anchor.genesis.is_some_and(|own| own != genesis);
    let mut sorted: Vec<&Anchor> = anchors.iter().filter(|anchor| anchor.seq > 0).collect();
    sorted.sort_by_key(|anchor| anchor.seq);
    let mut held = 0;
    for anchor in &sorted {
        if is_other(anchor) {
            return Ok(AnchorFit::Other);
        }
        if anchor.seq > ends {
            continue;
        }
        if !hash(anchor.seq)?.is_some_and(|hash| anchor.fits(&hash)) {
            let (from, to) = (held + 1, anchor.seq);
            return Ok(AnchorFit::Differs { from, to });
        }
        held = anchor.seq;
    }
    let known = sorted.last().map_or(0, |anchor| anchor.seq);
    Ok(if known > ends {
        AnchorFit::Short { ends, known }
    } else {
        AnchorFit::Holds(held)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::Tip;
    use crate::domain::time::Moment;
    use proptest::prelude::*;
    use std::convert::Infallible;

    /// A chain of so many entries, with another content from one of them on.
    fn chain(len: u64, other_from: u64) -> Vec<Hash> {
        let hash = |seq: u64| {
            let mut hash = [u8::from(seq >= other_from); 32];
            hash[1..9].copy_from_slice(&seq.to_le_bytes());
            hash
        };
        (1..=len).map(hash).collect()
    }

    fn at(chain: &[Hash], seq: u64) -> Option<Hash> {
        chain.get(usize::try_from(seq).ok()?.checked_sub(1)?).copied()
    }

    fn judged(anchors: &[Anchor], chain: &[Hash]) -> AnchorFit {
        let genesis = at(chain, 1).unwrap_or_default();
        let judged: Result<_, Infallible> =
            judge(anchors, (genesis, chain.len() as u64), |seq| Ok(at(chain, seq)));
        match judged {
            Ok(standing) => standing,
            Err(never) => match never {},
        }
    }

    fn anchors(chain: &[Hash], places: &[u64]) -> Vec<Anchor> {
        let genesis = at(chain, 1).unwrap_or_default();
        let anchor = |seq: &u64| {
            let hash = at(chain, *seq).expect("an entry");
            Anchor::of(&Tip { seq: *seq, hash }, genesis, Moment::default())
        };
        places.iter().map(anchor).collect()
    }

    proptest! {
        #[test]
        fn the_first_entry_that_differs_lies_in_the_interval_that_is_named(
            len in 2u64..60, places in prop::collection::vec(1u64..60, 1..8), from in 1u64..60, left in 0u64..60,
        ) {
            let from = from.min(len);
            let places: Vec<u64> = places.into_iter().map(|place| place.min(len)).collect();
            let anchors = anchors(&chain(len, u64::MAX), &places);
            let last = places.iter().max().copied().unwrap_or(0);
            // As it was, and as it goes on: nothing is wrong.
            prop_assert_eq!(judged(&anchors, &chain(len, u64::MAX)), AnchorFit::Holds(last));
            prop_assert_eq!(judged(&anchors, &chain(len + 9, len + 1)), AnchorFit::Holds(last));
            // Written anew from an entry on.
            let told = judged(&anchors, &chain(len, from));
            let after = places.iter().filter(|place| **place >= from).min();
            let before = places.iter().filter(|place| **place < from).max().copied().unwrap_or(0);
            match after {
                _ if from == 1 => prop_assert_eq!(told, AnchorFit::Other),
                Some(to) => prop_assert_eq!(told, AnchorFit::Differs { from: before + 1, to: *to }),
                None => prop_assert_eq!(told, AnchorFit::Holds(last)),
            }
            // Cut off.
            let ends = left.min(len);
            let told = judged(&anchors, &chain(ends, u64::MAX));
            if last > ends {
                prop_assert_eq!(told, AnchorFit::Short { ends, known: last });
            } else {
                prop_assert_eq!(told, AnchorFit::Holds(last));
            }
        }
    }
}
