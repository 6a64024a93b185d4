//! `lookout`, `lookout watch`: the console at this terminal, with the desk behind it in the same process.

use crate::bench::check::Outside;
use crate::cli::common::Common;
use crate::cli::console::keys::keymap;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::manner::themes;
use crate::cli::room::{Opened, Writes};
use crate::cli::who::who;
use crate::cli::{Io, drafts, place, reload, room, serve};
use crate::config::Config;
use crate::domain::id::{OperatorId, SeatId};
use crate::lang::cli::CliText;
use crate::lang::{Lang, fill};
use crate::tui::action::Action;
use crate::tui::call::TerminalCall;
use crate::tui::input::pause_of_env;
use crate::tui::look::Depth;
use crate::tui::look::glyphs::{FULL, NARROW};
use crate::tui::run;
use crate::tui::run::{Keep, Why, Wires};
use crate::tui::seat::Settings;
use crate::tui::seat::manner::Manner;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch::Receiver;

/// Runs the console until it is left.
///
/// # Errors
/// The configuration, the ledger or the terminal cannot be used.
pub fn run(common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let runtime = room::runtime(stage.lang)?;
    let folder = place::state_folder(stage.outside, stage.lang).ok();
    let written = folder.map(|folder| folder.join("drafts.json"));
    let (who, ended) = runtime.block_on(async {
        let mut opened = room::start(common, stage, Writes::Can).await?;
        let (seats, manner) = tokio::sync::watch::channel(None);
        reload::watch(&mut opened, common, stage.lang, Some(seats));
        let settings = settings(&opened.config, written.as_deref(), stage.outside);
        let who = settings.who.id.clone();
        let keep = keeper(written.clone(), who.clone());
        let variable = |name: &str| stage.outside.variable(name);
        let wires = wires(&opened, &settings.id, manner, keep);
        let (line, pause) = (TerminalCall::of_env(&variable), pause_of_env(&variable));
        let ended = run::run(settings, line, pause, wires).await;
        let mut ended = ended.map_err(|error| no_terminal(&error, stage.lang));
        if let (false, Ok(end)) = (opened.running.stop(), &mut ended) {
            end.why = Why::NoDesk;
        }
        ended.map(|end| (who, end))
    })?;
    // A poll that still waits for its upstream must not keep the person's shell waiting.
    runtime.shutdown_background();
    keeper(written, who)(&ended.drafts);
    left(ended.why, stage.lang)
}

/// How a console that was left goes: one whose desk has ended says so where its screen stood.
fn left(why: Why, lang: Lang) -> Result<Exit, Fault> {
    match why {
        Why::Left => Ok(Exit::Good),
        Why::Signal(2) => Ok(Exit::Interrupted),
        Why::Signal(_) => Ok(Exit::Terminated),
        Why::Gone => Ok(Exit::Outside),
        Why::NoDesk => Err(serve::no_desk(lang)),
    }
}

/// Why the terminal cannot be used, and what goes without one.
fn no_terminal(error: &std::io::Error, lang: Lang) -> Fault {
    let words = fill(CliText::NoTerminal.text(lang), &[("why", error)]);
    Fault::new(Exit::Outside, words)
}

/// Keeps on disk what this person wrote and did not send; nothing is kept where there is no folder for it.
fn keeper(file: Option<PathBuf>, who: OperatorId) -> Keep {
    Arc::new(move |drafts| file.as_ref().is_some_and(|file| drafts::keep(file, &who, drafts)))
}

fn wires(opened: &Opened, seat: &SeatId, manner: Receiver<Option<Manner>>, keep: Keep) -> Wires {
    let clock = opened.clock.clone();
    Wires {
        board: opened.running.board.clone(),
        beat: opened.running.beat.clone(),
        events: opened.running.events.clone(),
        answers: opened.running.answers.of(seat),
        manner: Some(manner),
        keep,
        speed: clock.speed(),
        now: Box::new(move || clock.now()),
    }
}

fn settings(config: &Config, written: Option<&Path>, outside: &dyn Outside) -> Settings {
    let variable = |name: &str| outside.variable(name);
    let who = who(config, outside);
    Settings {
        id: SeatId::new(&format!("tty-{}", std::process::id())),
        lang: config.language,
        can_chinese: can_chinese(outside),
        themes: themes(config, outside),
        depth: Depth::of_env(&variable),
        glyphs: if can_chinese(outside) { &FULL } else { &NARROW },
        air: config.standard,
        // Faults of the keys were reported with those of the configuration; the training city binds none.
        keymap: keymap(config).unwrap_or_default(),
        screen: Action::Overview,
        drafts: written
            .map(|file| drafts::read(file, &who.id))
            .unwrap_or_default(),
        who,
    }
}

/// Whether the terminal shows Chinese: not the kernel's own, and not where the locale is another than UTF-8.
fn can_chinese(outside: &dyn Outside) -> bool {
    let set = |name: &&str| outside.variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(set)
        .unwrap_or_default()
        .to_lowercase();
    let utf8 = locale.contains("utf-8") || locale.contains("utf8");
    utf8 && outside.variable("TERM").as_deref() != Some("linux")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_console_whose_desk_has_ended_says_so_and_fails() {
        let fault = left(Why::NoDesk, Lang::En).expect_err("it did not end well");
        assert_eq!(fault.kind.code(), 4);
        assert!(fault.words.contains("the desk has ended"), "{}", fault.words);
        assert_eq!(left(Why::Left, Lang::En), Ok(Exit::Good));
    }
}
