//! An order's number in the world (单号): no other order has it, not of this ledger, of one that was restored, nor of another room.
//!
//! `4c8e2a91-01KB2X9G7QK3M5ZT-F20261127-0001.1`: the ledger by its first entry, a time-ordered part (ten digits of time and
//! six of what the order says, in Crockford's base 32, as a ULID writes them), and the number that people read.

use crate::domain::fact::task::Order;
use crate::domain::id::TaskId;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use sha2::{Digest, Sha256};

/// Crockford's base 32: digits and capitals without I, L, O, U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number of the order `task`, made at `at` in the ledger whose first entry has the hash `genesis`.
pub fn of(genesis: &[u8; 32], task: &TaskId, order: &Order, at: Moment) -> Clean {
    let mut sum = Sha256::new();
    sum.update(genesis);
    for text in [task.as_str(), order.unit.as_str(), order.text.as_str()] {
        sum.update((text.len() as u64).to_le_bytes());
        sum.update(text);
    }
    let said = sum
        .finalize()
        .iter()
        .take(8)
        .fold(0, |n: u64, byte| (n << 8) | u64::from(*byte));
    let time = at.ms().max(0).unsigned_abs();
    let (time, said) = (base32(time, 10), base32(said, 6));
    Clean::new(&format!("{}-{time}{said}-{task}", ledger(genesis)))
}

/// The order of this ledger that a number names, by the number people read; `None` where it is of another ledger.
pub fn named(genesis: &[u8; 32], number: &str) -> Option<TaskId> {
    let rest = number.strip_prefix(&ledger(genesis))?.strip_prefix('-')?;
    rest.split_once('-').map(|(_, task)| TaskId::new(task))
}

/// A ledger in eight digits.
fn ledger(genesis: &[u8; 32]) -> String {
    let start = genesis
        .first_chunk()
        .map_or(0, |start| u32::from_be_bytes(*start));
    format!("{start:08x}")
}

/// The last `digits` digits of a number.
fn base32(number: u64, digits: u32) -> String {
    let digit = |place: u32| DIGITS.get((number >> (5 * place)) as usize & 31);
    let digits = (0..digits).rev().filter_map(digit);
    digits.map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Span;

    const AT: Moment = Moment::from_ms(1_790_000_000_000);

    fn order(text: &str) -> Order {
        Order {
            text: Clean::new(text),
            ..Order::default()
        }
    }

    #[test]
    fn two_orders_never_share_a_number_and_later_ones_sort_later() {
        let (one, other) = ([1; 32], [2; 32]);
        let task = TaskId::new("F20260921-0001.1");
        let first = of(&one, &task, &order("go"), AT);
        assert_eq!(first.as_str().len(), 8 + 1 + 16 + 1 + 16);
        let others = [
            of(&other, &task, &order("go"), AT),
            of(&one, &task, &order("stay"), AT),
            of(&one, &TaskId::new("F20260921-0001.2"), &order("go"), AT),
        ];
        assert!(others.iter().all(|number| *number != first));
        let later = of(&one, &task, &order("go"), AT + Span::from_ms(1));
        assert!(later > first, "{later} {first}");
    }

    #[test]
    fn a_number_names_its_order_in_its_own_ledger_alone() {
        let task = TaskId::new("F20260921-0001.1");
        let number = of(&[1; 32], &task, &order("go"), AT);
        assert_eq!(named(&[1; 32], number.as_str()), Some(task));
        assert_eq!(named(&[2; 32], number.as_str()), None);
        assert_eq!(named(&[1; 32], "F20260921-0001.1"), None);
    }
}
