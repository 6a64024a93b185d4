//! The sample board on this terminal, to be looked at: `cargo test --test show -- --ignored`.

#[expect(dead_code, reason = "each test binary uses a part of it")]
mod common;

use lookout::domain::id::{OperatorId, SeatId};
use lookout::domain::person::{Operator, Role};
use lookout::lang::Lang;
use lookout::tui::action::Action;
use lookout::tui::call::TerminalCall;
use lookout::tui::input::pause_of_env;
use lookout::tui::keys::Keymap;
use lookout::tui::look::glyphs::FULL;
use lookout::tui::look::{Depth, Theme};
use lookout::tui::run::{Wires, run};
use lookout::tui::seat::{Drafts, Settings};
use std::sync::Arc;

#[test]
#[ignore = "it is for people to look at"]
fn the_sample_board_is_shown() {
    let get = |name: &str| std::env::var(name).ok();
    let crowd = get("SHOW_CROWD").and_then(|n| n.parse().ok());
    let mut board = crowd.map_or_else(common::board, common::crowded);
    if get("SHOW_TRAINING").is_some() {
        let mut room = (*board.room).clone();
        room.training = true;
        board.room = Arc::new(room);
    }
    let first = get("SHOW_THEME").unwrap_or_else(|| "dark".into());
    let mut themes = vec![Theme::embedded(&first)];
    let rest = lookout::tui::look::THEMES
        .iter()
        .map(|row| row.0)
        .filter(|name| *name != first);
    themes.extend(rest.map(Theme::embedded));
    let settings = Settings {
        id: SeatId::new("show"),
        who: Operator {
            id: OperatorId::new("zhiban-1"),
            role: Role::Operator,
        },
        lang: get("SHOW_LANG")
            .and_then(|key| Lang::by_key(&key))
            .unwrap_or_default(),
        can_chinese: true,
        themes,
        depth: Depth::of_env(&get),
        glyphs: &FULL,
        air: lookout::domain::air::Norm::Hj633,
        keymap: Keymap::default(),
        screen: Action::Overview,
        drafts: Drafts::new(),
    };
    let (_publish, board) = tokio::sync::watch::channel(Arc::new(board));
    let (events, _inbox) = std::sync::mpsc::channel();
    let (_answers, told) = tokio::sync::mpsc::unbounded_channel();
    let (_beat, beat) = tokio::sync::watch::channel(std::time::Instant::now());
    let wires = Wires {
        board,
        beat,
        events,
        answers: told,
        manner: None,
        keep: Arc::new(|_| false),
        now: Box::new(common::now),
        speed: 1,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let pause = pause_of_env(&get);
    let end = runtime.block_on(run(settings, TerminalCall::of_env(&get), pause, wires));
    runtime.shutdown_background();
    assert!(end.is_ok(), "{end:?}");
}
