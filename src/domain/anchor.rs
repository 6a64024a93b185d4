//! An anchor: the end of a ledger, number and hash, as it is written down where the ledger's owner cannot reach. Pure.
//!
//! On paper it is short enough to be typed: the number, the first 96 bits of the hash, and a check of two bytes that finds a
//! slip of the pen. To make another ledger that fits it takes 2^96 attempts. In a file it is a whole line.

mod judge;

use crate::domain::ledger::{Hash, Tip};
use crate::domain::text::{hex, unhex};
use crate::domain::time::{Moment, UTC};
use sha2::{Digest, Sha256};

pub use judge::{AnchorFit, judge};

/// So many bytes of the hash stand on paper.
const SHORT: usize = 12;

/// The end of a ledger as it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The number of the last entry.
    pub seq: u64,
    /// Its hash, or the beginning of it.
    pub hash: Vec<u8>,
    /// When it was written down; unknown of one from paper.
    pub at: Option<Moment>,
    /// The hash of the ledger's first entry, by which it is told from every other; unknown of one from paper.
    pub genesis: Option<Hash>,
    /// The signature of a room's key over all of it but the time.
    pub seal: Option<Seal>,
}

/// A room's signature (Ed25519, RFC 8032) with its public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The public key.
    pub key: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
}

/// What a signature of an anchor begins with, so that it is none of anything else.
const SEALED: &[u8] = b"lookout anchor 1\0";

/// Why a text is no anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnchor {
    /// It has not the shape of one.
    Shape,
    /// Its check does not fit: a letter was mistaken.
    Check,
}

impl Anchor {
    /// The end of a ledger that begins with `genesis`, as it is now.
    pub fn of(tip: &Tip, genesis: Hash, at: Moment) -> Self {
        Self {
            seq: tip.seq,
            hash: tip.hash.to_vec(),
            at: Some(at),
            genesis: Some(genesis),
            seal: None,
        }
    }

    /// Whether the entry of that number has the hash that was written down.
    pub fn fits(&self, hash: &Hash) -> bool {
        hash.starts_with(&self.hash)
    }

    /// As typed from paper: `57:3f2a-91bc-…` with its check, or the number and the whole hash.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(text: &str) -> Result<Self, NoAnchor> {
        let (seq, rest) = text.trim().split_once([':', '：']).ok_or(NoAnchor::Shape)?;
        let seq = seq.trim().parse().map_err(|_| NoAnchor::Shape)?;
        let digits: String = rest.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let bytes = unhex(&digits).ok_or(NoAnchor::Shape)?;
        let hash = match bytes.len() {
            32 => bytes,
            len if len == SHORT + 2 => {
                let (hash, given) = bytes.split_at(SHORT);
                if given != check(seq, hash) {
                    return Err(NoAnchor::Check);
                }
                hash.to_vec()
            }
            _ => return Err(NoAnchor::Shape),
        };
        Ok(Self {
            seq,
            hash,
            at: None,
            genesis: None,
            seal: None,
        })
    }

    /// What a room's key signs.
    pub fn message(&self) -> Vec<u8> {
        let genesis = self.genesis.unwrap_or_default();
        [SEALED, &genesis, &self.seq.to_le_bytes(), &self.hash].concat()
    }

    /// The line of a file: when, the number, the hash, the hash of the ledger's first entry; the key and its signature where
    /// it is signed.
    pub fn line(&self) -> String {
        let at = self.at.unwrap_or_default().rfc3339(UTC);
        let genesis = self.genesis.unwrap_or_default();
        let seal = self.seal.as_ref();
        let seal = seal.map(|seal| format!(" {} {}", hex(&seal.key), hex(&seal.signature)));
        let seal = seal.unwrap_or_default();
        format!("{at} {} {} {}{seal}", self.seq, hex(&self.hash), hex(&genesis))
    }

    /// Reads a line back.
    ///
    /// # Errors
    /// It is none.
    pub fn read(line: &str) -> Result<Self, NoAnchor> {
        let read = || {
            let mut words = line.split_ascii_whitespace();
            let at = Moment::parse_rfc3339(words.next()?)?;
            let seq = words.next()?.parse().ok()?;
            let mut hash = || Hash::try_from(unhex(words.next()?)?).ok();
            let tip = Tip { seq, hash: hash()? };
            let mut anchor = Self::of(&tip, hash()?, at);
            if let Some(key) = words.next() {
                let (key, signature) = (unhex(key)?, unhex(words.next()?)?);
                anchor.seal = Some(Seal { key, signature });
            }
            words.next().is_none().then_some(anchor)
        };
        read().ok_or(NoAnchor::Shape)
    }
}

/// The check of a number and the beginning of a hash.
fn check(seq: u64, hash: &[u8]) -> [u8; 2] {
    let mut sum = Sha256::new();
    sum.update(seq.to_le_bytes());
    sum.update(hash);
    let [one, two, ..] = <[u8; 32]>::from(sum.finalize());
    [one, two]
}

impl Tip {
    /// As it is printed to be typed again: the number, six groups of the hash, one of the check.
    pub fn typed(&self) -> String {
        let hash: Vec<u8> = self.hash.iter().take(SHORT).copied().collect();
        let all = [hash.as_slice(), &check(self.seq, &hash)].concat();
        let groups: Vec<String> = all.chunks(2).map(hex).collect();
        format!("{}:{}", self.seq, groups.join("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_is_read_back_and_fits_its_own_hash_alone(seq: u64, hash: Hash, other: Hash, genesis: Hash, ms in 0i64..4_000_000_000_000) {
            let tip = Tip { seq, hash };
            let typed = Anchor::parse(&tip.typed()).expect("it is one");
            prop_assert_eq!(typed.seq, seq);
            prop_assert!(typed.fits(&hash));
            prop_assert_eq!(typed.fits(&other), hash[..SHORT] == other[..SHORT]);
            let whole = Anchor::parse(&format!(" {seq}: {} ", hex(&hash))).expect("it is one");
            prop_assert!(whole.fits(&hash) && (other == hash || !whole.fits(&other)));
            let kept = Anchor::of(&tip, genesis, Moment::from_ms(ms / 1000 * 1000));
            prop_assert_eq!(Anchor::read(&kept.line()), Ok(kept));
        }

        #[test]
        fn one_wrong_letter_is_noticed(seq in 0u64..100_000, hash: Hash, at in 0usize..28, by in 1u32..16) {
            let typed = Tip { seq, hash }.typed();
            let (number, digits) = typed.split_once(':').expect("a number");
            let mut nth = 0;
            let mut change = |letter: char| {
                let value = letter.to_digit(16)?;
                let is_it = nth == at;
                nth += 1;
                is_it.then(|| char::from_digit((value + by) % 16, 16))?
            };
            let wrong: String = digits.chars().map(|letter| change(letter).unwrap_or(letter)).collect();
            let wrong = format!("{number}:{wrong}");
            prop_assert_ne!(&wrong, &typed);
            // Two bytes of check: one in 65,536 slips by, and is then a hash that no ledger fits.
            prop_assert!(Anchor::parse(&wrong) == Err(NoAnchor::Check) || !Anchor::parse(&wrong).expect("read").fits(&hash));
        }
    }

    #[test]
    fn what_is_no_anchor_is_refused() {
        for text in [
            "",
            "57",
            "57:",
            ":ab",
            "57:zz",
            "57:3f2a-91bc",
            "x:3f2a",
            "57:3f2a91bc04de77a1c35b0f128e1c00",
        ] {
            assert_eq!(Anchor::parse(text), Err(NoAnchor::Shape), "{text}");
        }
        for line in ["", "2026-11-27T03:00:00Z 57", "now 57 00 00"] {
            assert_eq!(Anchor::read(line), Err(NoAnchor::Shape), "{line}");
        }
    }
}
