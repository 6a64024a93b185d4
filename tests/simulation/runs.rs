//! Many room-days, each of a seed of its own, on all processors.

use crate::day::{Held, LEAST, day};
use crate::room::Furniture;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How many days are gone through where `LOOKOUT_DAYS` does not say: what an unoptimised build does in a few seconds.
const DAYS: u64 = 200;

fn asked(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name}={text} is no number")),
    )
}

#[test]
fn room_days() {
    let first = asked("LOOKOUT_SEED");
    let days = asked("LOOKOUT_DAYS").unwrap_or(first.map_or(DAYS, |_| 1));
    let first = first.unwrap_or(1);
    let next = AtomicU64::new(first);
    let broken = Mutex::new(None);
    let all = Mutex::new(Held::default());
    let works = || {
        let furniture = Furniture::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            let is_over = broken.lock().unwrap_or_else(PoisonError::into_inner).is_some();
            if seed >= first + days || is_over {
                return;
            }
            match day(seed, None, &furniture) {
                Ok(held) => {
                    let least = (held.facts, held.orders, held.faults);
                    assert!(
                        least.0 >= LEAST.0 && least.1 >= LEAST.1 && least.2 >= LEAST.2,
                        "{held:?}"
                    );
                    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                    all.facts += held.facts;
                    all.orders += held.orders;
                    all.faults += held.faults;
                    all.steps += held.steps;
                }
                Err(why) => *broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(why),
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(works);
        }
    });
    if let Some(why) = broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
        panic!("{why:?}");
    }
    let all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    eprintln!("{days} room-days from seed {first}: {all:?}");
}

#[test]
fn one_seed_is_one_day() {
    let furniture = Furniture::new();
    for seed in [3, 32, 64] {
        let told = || day(seed, None, &furniture).map_err(|why| format!("{why:?}"));
        let (once, again) = (told().expect("a whole day"), told().expect("a whole day"));
        assert_eq!(once, again, "seed {seed}");
    }
}
