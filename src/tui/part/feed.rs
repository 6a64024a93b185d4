//! Sources as cells: symbol, word and colour of how one stands at this moment.

use crate::domain::feed::{Feed, FeedState};
use crate::lang::domain as say;
use crate::tui::look::Meaning;
use crate::tui::view::Ctx;

/// How a source stands, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Symbol and word.
    pub text: String,
    /// What it means.
    pub meaning: Meaning,
    /// Whether its data may be called fresh.
    pub fresh: bool,
}

/// How `feed` stands now.
pub fn state(ctx: &Ctx<'_>, feed: &Feed) -> Standing {
    let state = feed.state_at(ctx.now);
    Standing {
        text: format!(
            "{} {}",
            ctx.look.glyphs.of_feed(state),
            say::feed_state(ctx.lang, state)
        ),
        meaning: meaning(state),
        fresh: state.is_fresh(),
    }
}

/// What a state means to the eye.
pub fn meaning(state: FeedState) -> Meaning {
    match state {
        FeedState::Ok => Meaning::Good,
        FeedState::Empty => Meaning::Text,
        FeedState::Never | FeedState::Late => Meaning::Stale,
        FeedState::Degraded => Meaning::Warn,
        FeedState::Error => Meaning::Bad,
    }
}
