//! The readings of the days that are over, held against the roots that the ledger has of them; like the chain a few at a time.

use crate::desk::verify::{SOME, stepped};
use crate::domain::days::{Days, dropped};
use crate::store::received::Received;
use crate::store::{Store, StoreError};

/// One look at all readings, by the roots up to that entry. `None` where the program ends.
pub(super) async fn look(reader: Box<dyn Store>, upto: u64) -> Option<Result<Days, StoreError>> {
    let begin = move || {
        let roots = reader.roots(upto);
        (reader, roots)
    };
    let (reader, roots) = tokio::task::spawn_blocking(begin).await.ok()?;
    let roots = match roots {
        Ok(roots) if roots.is_empty() => return Some(Ok(Days::default())),
        Ok(roots) => roots,
        Err(error) => return Some(Err(error)),
    };
    let look = Received::of(&roots);
    let looked = stepped((reader, look), |(reader, look)| reader.look_on(look, SOME)).await?;
    let (reader, look) = match looked {
        Ok(done) => done,
        Err(error) => return Some(Err(error)),
    };
    // A look takes a while: what was dropped meanwhile stands in the roots that came since.
    let end = move || reader.roots(u64::MAX);
    let since = tokio::task::spawn_blocking(end).await.ok()?;
    Some(since.map(|since| look.judge(&roots, dropped(&since))))
}
