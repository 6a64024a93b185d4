//! What a person and a script are shown of a room: the drawn Overview in both languages, and `alarms --json`.

use crate::Room;
use crate::common::quiet::{CALM, Console, quiet};
use lookout::clock::Clock;
use lookout::desk::share::leave_feed;
use lookout::domain::feed::Feed;
use lookout::domain::time::Span;
use lookout::lang::Lang;
use lookout::store::{Notes, OpenMode, Sqlite};
use lookout::tui::action::Action;
use lookout::tui::seat::Now;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The mark of a window title of a room that is not heard.
const TITLE: &str = "\u{1b}]2;(?) ";

/// The Overview at 80×24 of a quiet room of this one source, and everything that was sent with it.
fn overview(lang: Lang, feed: &Feed) -> (String, String) {
    let board = Arc::new(quiet([feed.clone()]));
    let now = Now {
        room: Clock::Wall.now(),
        hand: Span::secs(10),
    };
    let mut console = Console::new(lang, Action::Overview, (80, 24));
    console.session.sees(&board, now);
    console.shows(&board, now);
    (console.text(), console.sent())
}

/// A screen that says something of calm, or does not name the source, while the source is not fresh.
pub(crate) fn false_calm(lang: Lang, feed: &Feed) -> Option<String> {
    let (text, sent) = overview(lang, feed);
    let calm = CALM.iter().any(|words| text.contains(words));
    (calm || !text.contains(feed.id.as_str()) || !sent.contains(TITLE)).then_some(text)
}

/// A screen that does not say that all is quiet, though it is.
pub(crate) fn no_calm(lang: Lang, feed: &Feed) -> Option<String> {
    let (text, sent) = overview(lang, feed);
    let words = lang.pick("✓ 无未处置告警", "✓ no unhandled alarms");
    (!text.contains(words) || sent.contains(TITLE)).then_some(text)
}

/// What `lookout alarms --json` says: its exit code, whether all is fresh, and which sources are not.
#[derive(Debug, PartialEq)]
pub(crate) struct Listed {
    pub(crate) code: Option<i32>,
    pub(crate) fresh: Option<bool>,
    pub(crate) gaps: BTreeSet<String>,
}

impl Room {
    /// Leaves in the ledger what a poll gave, as the collector does, and asks for the alarms.
    pub(crate) fn alarms(&self, feeds: &[Feed]) -> Listed {
        let mut store =
            Sqlite::open(&self.folder.path().join("room.db"), OpenMode::ReadWrite).expect("a ledger");
        for feed in feeds {
            leave_feed(&mut store, feed);
        }
        let lease = store.lease("duty-1", Span::secs(55));
        assert!(lease.expect("a lease").held);
        drop(store);
        let ran = self.runs(&["alarms", "--json", "--db", "room.db"]);
        let said: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
        let gaps = said["gaps"].as_array().expect("gaps").iter();
        Listed {
            code: ran.status.code(),
            fresh: said["fresh"].as_bool(),
            gaps: gaps
                .filter_map(|gap| gap["source"].as_str().map(str::to_owned))
                .collect(),
        }
    }
}
