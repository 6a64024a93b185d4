//! The random draw (随机抽取): which stations are inspected. Anyone who knows the seed, the list and what was left out
//! draws the same again, and nobody can choose the seed: it is taken from the ledger's newest hash.
//!
//! Each name is ranked by the SHA-256 of `seed|name`; the first ones are drawn. Pure; called by the desk, and again by
//! whoever audits.

use crate::domain::fact::room::Draw;
use crate::domain::id::PointId;
use crate::domain::text::{Clean, hex};
use sha2::{Digest, Sha256};

impl Draw {
    /// Draws.
    pub fn new(seed: Clean, mut among: Vec<PointId>, excluded: Vec<(PointId, Clean)>, count: u32) -> Self {
        among.sort_unstable();
        among.dedup();
        let out = |id: &&PointId| !excluded.iter().any(|(other, _)| other == *id);
        let mut ranked: Vec<([u8; 32], &PointId)> =
            among.iter().filter(out).map(|id| (rank(&seed, id), id)).collect();
        ranked.sort_unstable();
        let drawn = ranked
            .into_iter()
            .take(count as usize)
            .map(|(_, id)| id.clone())
            .collect();
        Self {
            seed,
            among,
            excluded,
            count,
            drawn,
        }
    }

    /// Whether drawing again gives the same.
    pub fn holds(&self) -> bool {
        let again = Self::new(
            self.seed.clone(),
            self.among.clone(),
            self.excluded.clone(),
            self.count,
        );
        again == *self
    }
}

/// The seed that a ledger's newest hash gives: its first eight bytes in hexadecimal.
pub fn seed(hash: &[u8; 32]) -> Clean {
    Clean::new(&hex(hash.iter().take(8)))
}

fn rank(seed: &Clean, id: &PointId) -> [u8; 32] {
    Sha256::digest(format!("{seed}|{id}").as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(n: u32) -> Vec<PointId> {
        (0..n).map(|n| PointId::new(&format!("s{n:02}"))).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_whatever_the_order_of_the_list() {
        let draw = Draw::new(Clean::new("a1"), points(40), Vec::new(), 8);
        let mut turned = points(40);
        turned.reverse();
        assert_eq!(Draw::new(Clean::new("a1"), turned, Vec::new(), 8), draw);
        assert_ne!(
            Draw::new(Clean::new("a2"), points(40), Vec::new(), 8).drawn,
            draw.drawn
        );
        assert_eq!(draw.drawn.len(), 8);
    }

    #[test]
    fn what_was_left_out_is_never_drawn_and_a_changed_record_does_not_hold() {
        let out = (PointId::new("s03"), Clean::new("being moved"));
        let mut draw = Draw::new(Clean::new("a1"), points(5), vec![out], 5);
        assert_eq!(draw.drawn.len(), 4);
        assert!(!draw.drawn.contains(&PointId::new("s03")));
        assert!(draw.holds());
        draw.drawn.swap(0, 1);
        assert!(!draw.holds());
    }

    #[test]
    fn over_many_draws_every_station_has_about_the_same_chance() {
        let mut times = std::collections::BTreeMap::new();
        for n in 0..2000 {
            let draw = Draw::new(Clean::new(&n.to_string()), points(10), Vec::new(), 3);
            for id in draw.drawn {
                *times.entry(id).or_insert(0) += 1;
            }
        }
        assert!(
            times.values().all(|count| (500..700).contains(count)),
            "{times:?}"
        );
    }
}
