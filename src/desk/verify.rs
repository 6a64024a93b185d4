//! The chain verified beside the loop: at the start and every hour, a few entries at a time on a thread of its own, so that
//! neither the loop nor a frame waits for it.

mod days;

use crate::clock::Clock;
use crate::desk::Event;
use crate::domain::chain::Checked;
use crate::domain::days::Days;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::time::{Moment, Span};
use crate::store::{Store, StoreError};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// How often it looks whether it is time.
const LOOK: Duration = Duration::from_secs(1);
/// The first look; by then the start has painted and the first polls are in.
const FIRST: Duration = Duration::from_secs(2);
/// How often a chain that was found whole is verified anew.
const EVERY: Span = Span::hours(1);
/// The same for one that was not: whoever puts a whole one back need not wait.
const WHILE_BROKEN: Span = Span::mins(1);
/// Entries verified at once.
const SOME: usize = 2_000;
/// After that it rests so many times as long as it worked, as long as the look has not taken longer.
const RESTS: [(Duration, u32); 2] = [(Duration::from_secs(600), 4), (Duration::from_secs(1_200), 1)];

/// Until nobody listens any more.
pub(super) async fn run(mut reader: Box<dyn Store>, clock: Clock, events: Sender<Event>) {
    let speed = i64::from(clock.speed());
    let mut due: Option<(Moment, Moment)> = None;
    let mut wait = FIRST;
    let mut known = Days::default();
    loop {
        tokio::time::sleep(wait).await;
        wait = LOOK;
        let now = clock.now();
        // A clock that was set back is no reason to wait longer.
        if due.is_some_and(|(last, next)| (last..next).contains(&now)) {
            continue;
        }
        if due.is_none() && events.send(Event::Verified(Checked::Running)).is_err() {
            return;
        }
        let Some((back, found)) = verify(reader, now).await else {
            return;
        };
        reader = back;
        let every = match &found {
            Ok(Checked::Broken { .. }) | Err(_) => WHILE_BROKEN,
            Ok(_) => EVERY,
        };
        due = Some((now, now + Span::from_ms(every.ms() * speed)));
        let upto = match &found {
            Ok(Checked::Whole { upto, .. }) => *upto,
            Ok(_) | Err(_) => 0,
        };
        match found {
            Ok(found) => {
                if events.send(Event::Verified(found)).is_err() {
                    return;
                }
            }
            Err(error) => tracing::warn!(%error, "the chain could not be verified"),
        }
        // Readings are held against roots that the chain holds: one that does not says nothing of them.
        if upto == 0 {
            continue;
        }
        let looked = match reader.reader() {
            Ok(fresh) => days::look(fresh, upto).await,
            Err(error) => Some(Err(error)),
        };
        let found = match looked {
            Some(Ok(found)) => found,
            Some(Err(error)) => {
                tracing::warn!(%error, "the readings of past days could not be looked at");
                known.unlooked()
            }
            None => return,
        };
        if found != known {
            known = found.clone();
            if events.send(Event::Looked(found)).is_err() {
                return;
            }
        }
    }
}

/// Goes on with something as long as there is more of it, a little at a time on a thread of its own, with rests; what has
/// become of it. `None` where the program ends.
async fn stepped<T: Send + 'static>(
    mut of: T,
    step: fn(&mut T) -> Result<bool, StoreError>,
) -> Option<Result<T, StoreError>> {
    let began = Instant::now();
    loop {
        let some = move || {
            let began = Instant::now();
            let more = step(&mut of);
            (of, more, began.elapsed())
        };
        let (back, more, took) = tokio::task::spawn_blocking(some).await.ok()?;
        of = back;
        match more {
            Ok(true) => tokio::time::sleep(rest(took, began.elapsed())).await,
            Ok(false) => return Some(Ok(of)),
            Err(error) => return Some(Err(error)),
        }
    }
}

/// How long it rests after so much work: a fifth of one core is enough, but a look that is long gets on, so that the next one
/// is not late. Seventeen minutes of work are done in half an hour, and another half is left for the readings.
fn rest(took: Duration, passed: Duration) -> Duration {
    let row = RESTS.iter().find(|row| passed < row.0);
    took * row.map_or(0, |row| row.1)
}

/// One walk over the whole chain. `None` where the program ends.
async fn verify(reader: Box<dyn Store>, at: Moment) -> Option<(Box<dyn Store>, Result<Checked, StoreError>)> {
    // By a handle of its own: one that read before may still hold what it read.
    let begin = move || {
        let fresh = reader.reader();
        let walk = fresh.and_then(|fresh| {
            let walk = fresh.walk()?.past(fresh.marked());
            Ok((fresh, walk))
        });
        (reader, walk)
    };
    let (reader, begun) = tokio::task::spawn_blocking(begin).await.ok()?;
    let (fresh, walk) = match begun {
        Ok(begun) => begun,
        Err(error) => return Some((reader, Err(error))),
    };
    let walked = stepped((fresh, walk), |(fresh, walk)| fresh.walk_on(walk, SOME)).await?;
    let (fresh, walk) = match walked {
        Ok(done) => done,
        Err(error) => return Some((reader, Err(error))),
    };
    let audit = walk.end();
    if let Some((entry, why)) = audit.broken {
        let fault = LedgerFault::Broken { entry, why };
        return Some((reader, Ok(Checked::Broken { fault, at })));
    }
    let indexed = tokio::task::spawn_blocking(move || fresh.indexed()).await.ok()?;
    let found = match indexed {
        Ok(()) => Ok(Checked::Whole { upto: audit.good, at }),
        Err(error) if error.is_damage() => {
            let fault = error.fault();
            Ok(Checked::Broken { fault, at })
        }
        // That it could not be read now says nothing about it: it is tried again.
        Err(error) => Err(error),
    };
    Some((reader, found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::Fact;
    use crate::domain::fact::room::RoomFact;
    use crate::domain::ledger::{Draft, Stream};
    use crate::domain::ledger_fault::Misfit;
    use crate::domain::person::Actor;
    use crate::domain::text::Clean;
    use crate::store::{Ledger, OpenMode, Sqlite, Under};
    use std::path::Path;
    use std::sync::mpsc::Receiver;

    const NOON: Moment = Moment::from_ms(1_790_000_000_000);
    /// Far longer than it takes.
    const PATIENCE: Duration = Duration::from_secs(30);

    fn noted(store: &mut Sqlite, nth: u32) {
        let draft = Draft {
            stream: Stream::Room,
            expect: nth,
            at: NOON,
            by: Actor::Desk,
            seat: None,
            fact: Fact::Room(RoomFact::Noted {
                words: Clean::new(&format!("watchword {nth}")),
            }),
        };
        store.append(&[draft], Under::Anyone).expect("append");
    }

    fn told(heard: &Receiver<Event>) -> Checked {
        match heard.recv_timeout(PATIENCE) {
            Ok(Event::Verified(found)) => found,
            other => panic!("{other:?}"),
        }
    }

    /// Changes one byte of a word in the file, as a disk or a person does, or back; also where SQLite left the word behind.
    fn flip(path: &Path, word: &str) {
        let mut bytes = std::fs::read(path).expect("the file");
        let starts = bytes.windows(word.len()).enumerate();
        let found = starts
            .filter(|(_, window)| *window == word.as_bytes())
            .map(|(at, _)| at);
        let found: Vec<usize> = found.collect();
        assert!(!found.is_empty(), "the word is in the file");
        for at in found {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1;
            }
        }
        std::fs::write(path, bytes).expect("written");
    }

    #[test]
    fn a_long_look_rests_less_so_that_it_is_over_before_the_next_one() {
        let took = Duration::from_millis(100);
        for (work, most) in [(2, 601), (5, 961), (17, 1_801)] {
            let mut passed = Duration::ZERO;
            for _ in 0..work * 600 {
                passed += took + rest(took, passed);
            }
            assert!(
                passed.as_secs() <= most,
                "{work} minutes of work took {} s",
                passed.as_secs()
            );
        }
    }

    #[test]
    fn a_byte_changed_under_a_running_room_is_named_within_the_hour_and_a_whole_one_again_within_a_minute() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("room.db");
        let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a new file");
        (0..5_000).for_each(|nth| noted(&mut store, nth));
        assert!(store.rest().expect("it can"), "all is in the file");
        let clock = Clock::standing(NOON);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let (events, heard) = std::sync::mpsc::channel();
        runtime.spawn(run(store.reader().expect("a reader"), clock.clone(), events));
        assert_eq!(told(&heard), Checked::Running);
        assert_eq!(
            told(&heard),
            Checked::Whole {
                upto: 5_000,
                at: NOON
            }
        );
        flip(&path, "watchword 41\"");
        clock.set(NOON + Span::mins(61));
        let broken = Checked::Broken {
            fault: LedgerFault::Broken {
                entry: 42,
                why: Misfit::Hash,
            },
            at: NOON + Span::mins(61),
        };
        assert_eq!(told(&heard), broken);
        flip(&path, "vatchword 41\"");
        clock.set(NOON + Span::mins(63));
        let at = NOON + Span::mins(63);
        assert_eq!(told(&heard), Checked::Whole { upto: 5_000, at });
    }
}
