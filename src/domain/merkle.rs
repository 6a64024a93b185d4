//! A Merkle tree: one hash that vouches for many things in their order (RFC 6962, section 2.1). Pure.
//!
//! Leaves and nodes are hashed with different beginnings, so that no node can be passed off as a leaf. It is built as the
//! leaves come and keeps no more than one hash a level.

use crate::domain::ledger::Hash;
use sha2::{Digest, Sha256};

const LEAF: [u8; 1] = [0];
const NODE: [u8; 1] = [1];

/// A tree that grows leaf by leaf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The roots of its full subtrees, the largest first.
    peaks: Vec<Hash>,
    leaves: u64,
}

impl Tree {
    /// Takes the next leaf.
    pub fn grow(&mut self, leaf: &[u8]) {
        let mut hash: Hash = Sha256::new()
            .chain_update(LEAF)
            .chain_update(leaf)
            .finalize()
            .into();
        let mut full = self.leaves;
        while full & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            hash = node(&left, &hash);
            full >>= 1;
        }
        self.peaks.push(hash);
        self.leaves += 1;
    }

    /// How many leaves it has.
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The hash that vouches for all of them; of none, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return Sha256::digest([]).into();
        };
        peaks.fold(*last, |right, left| node(left, &right))
    }
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let sum = Sha256::new().chain_update(NODE).chain_update(left);
    sum.chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::{hex, unhex};
    use proptest::prelude::*;

    /// The leaves and roots of the reference implementation of RFC 6962.
    const KNOWN: &[(&str, &str)] = &[
        (
            "",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        ),
        (
            "00",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        ),
        (
            "10",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        ),
        (
            "2021",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
        (
            "3031",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        ),
        (
            "40414243",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        ),
        (
            "5051525354555657",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        ),
        (
            "606162636465666768696a6b6c6d6e6f",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ),
    ];

    #[test]
    fn its_roots_are_those_of_the_standard() {
        let mut tree = Tree::default();
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex(&tree.root()), nothing);
        for (leaf, root) in KNOWN {
            tree.grow(&unhex(leaf).expect("hexadecimal"));
            assert_eq!(hex(&tree.root()), *root, "{} leaves", tree.leaves());
        }
    }

    fn root(leaves: &[Vec<u8>]) -> Hash {
        let mut tree = Tree::default();
        for leaf in leaves {
            tree.grow(leaf);
        }
        tree.root()
    }

    /// As the standard defines it, by halves.
    fn by_halves(leaves: &[Vec<u8>]) -> Hash {
        if let [leaf] = leaves {
            return root(std::slice::from_ref(leaf));
        }
        let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
        node(&by_halves(left), &by_halves(right))
    }

    proptest! {
        #[test]
        fn it_is_the_tree_by_halves_and_one_leaf_changed_removed_added_or_elsewhere_gives_another_root(
            leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..70),
            at: prop::sample::Index,
        ) {
            let whole = root(&leaves);
            prop_assert_eq!(whole, by_halves(&leaves));
            let at = at.index(leaves.len());
            let mut changed = leaves.clone();
            changed[at].push(7);
            prop_assert_ne!(root(&changed), whole);
            let mut removed = leaves.clone();
            removed.remove(at);
            prop_assert_ne!(root(&removed), whole);
            let mut added = leaves.clone();
            added.insert(at, vec![7]);
            prop_assert_ne!(root(&added), whole);
            let mut elsewhere = leaves.clone();
            elsewhere.swap(at, 0);
            prop_assert_eq!(root(&elsewhere) == whole, elsewhere == leaves);
        }
    }
}
