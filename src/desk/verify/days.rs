//! The readings of the days that are over, held against the roots that the ledger has of them; like the chain a few at a time.

use crate::desk::verify::{REST, SOME};
use crate::domain::days::{Days, dropped};
use crate::store::received::Received;
use crate::store::{Store, StoreError};
use std::time::Instant;

/// One look at all readings, by the roots up to that entry. `None` where the program ends.
pub(super) async fn look(mut reader: Box<dyn Store>, upto: u64) -> Option<Result<Days, StoreError>> {
    let begin = move || {
        let roots = reader.roots(upto);
        (reader, roots)
    };
    let (back, roots) = tokio::task::spawn_blocking(begin).await.ok()?;
    reader = back;
    let roots = match roots {
        Ok(roots) if roots.is_empty() => return Some(Ok(Days::default())),
        Ok(roots) => roots,
        Err(error) => return Some(Err(error)),
    };
    let mut look = Received::of(&roots);
    loop {
        let step = move || {
            let began = Instant::now();
            let more = reader.look_on(&mut look, SOME);
            (reader, look, more, began.elapsed())
        };
        let (back, on, more, took) = tokio::task::spawn_blocking(step).await.ok()?;
        (reader, look) = (back, on);
        match more {
            Ok(true) => tokio::time::sleep(took * REST).await,
            Ok(false) => break,
            Err(error) => return Some(Err(error)),
        }
    }
    // A look takes a while: what was dropped meanwhile stands in the roots that came since.
    let end = move || reader.roots(u64::MAX);
    let since = tokio::task::spawn_blocking(end).await.ok()?;
    Some(since.map(|since| look.judge(&roots, dropped(&since))))
}
