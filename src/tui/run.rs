//! The loop of the local console: terminal and boards in, frames and acts out. Ends with the terminal as it was.
//!
//! Everything waiting is taken in before one frame is drawn, at most sixty a second, and only once the terminal has
//! taken the last one. While nothing changes nothing wakes.

mod keeping;
mod signals;

use crate::desk::board::Board;
use crate::desk::board::sight::seen_by;
use crate::desk::{Event, Reply};
use crate::domain::person::Role;
use crate::domain::time::{Moment, Span};
use crate::tui::call::TerminalCall;
use crate::tui::run::keeping::{Keeping, Kept};
use crate::tui::run::signals::{Heard, Signals};
use crate::tui::seat::manner::Manner;
use crate::tui::seat::{Drafts, Now, Out, Settings};
use crate::tui::session::{Session, Wake};
use crate::tui::terminal::{FromTerminal, Terminal};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::watch;
use tokio::time::Instant;

/// The least time between two frames.
const FRAME: Duration = Duration::from_millis(16);

/// A desk that has not come round for so long hangs: it does every second.
const STUCK: Duration = Duration::from_secs(3);

/// Keeps drafts on disk; whether that went well. Called beside the loop.
pub type Keep = Arc<dyn Fn(&Drafts) -> bool + Send + Sync>;

/// What the console is connected to.
pub struct Wires {
    /// The newest board.
    pub board: watch::Receiver<Arc<Board>>,
    /// When the desk's loop last came round.
    pub beat: watch::Receiver<std::time::Instant>,
    /// The way into the desk.
    pub events: Sender<Event>,
    /// Answers to this seat's acts.
    pub answers: UnboundedReceiver<Reply>,
    /// What a changed configuration gives the seat; `None` where it never changes.
    pub manner: Option<watch::Receiver<Option<Manner>>>,
    /// Keeps on disk what was written and not sent; whether that went well.
    pub keep: Keep,
    /// The room's time.
    pub now: Box<dyn Fn() -> Moment + Send>,
    /// How many times as fast as real time it runs.
    pub speed: u32,
}

/// Why the console ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The person left.
    Left,
    /// The process was told to end, by this signal's number.
    Signal(i32),
    /// The terminal is gone.
    Gone,
    /// The desk has ended: a fault that stands in the log.
    NoDesk,
}

/// How the console ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Why.
    pub why: Why,
    /// What was written in dialogs and not sent.
    pub drafts: Drafts,
}

/// Runs the console until it is left; a lone ESC waits `lone_esc_ms` for the rest of a sequence. The terminal is restored
/// before this returns, also by a panic.
///
/// # Errors
/// There is no terminal, or signals cannot be listened to.
pub async fn run(
    settings: Settings,
    line: TerminalCall,
    lone_esc_ms: u64,
    mut wires: Wires,
) -> io::Result<End> {
    let mut signals = Signals::listen()?;
    let (keys, mut typed) = unbounded_channel();
    let terminal = Terminal::enter(keys)?;
    let role = settings.who.role;
    let mut console = Console {
        live: seen_by(wires.board.borrow_and_update().clone(), role),
        role,
        session: Session::new(settings, line, Terminal::size(), lone_esc_ms),
        terminal,
        since: Instant::now(),
        drawn: None,
        resized: false,
        keeping: Keeping::new(Arc::clone(&wires.keep)),
    };
    console
        .session
        .sees(&Arc::clone(&console.live), console.now(&wires));
    let why = console.turn(&mut wires, &mut typed, &mut signals).await;
    // The person gets their terminal back before anything waits for a disk.
    console.terminal.leave();
    console.keeping.settle().await;
    Ok(End {
        why,
        drafts: console.session.drafts(),
    })
}

/// The local console while it runs.
struct Console {
    /// The newest board as the person may see it.
    live: Arc<Board>,
    role: Role,
    session: Session,
    terminal: Terminal,
    since: Instant,
    drawn: Option<Instant>,
    resized: bool,
    /// Keeps what was written and not sent.
    keeping: Keeping,
}

/// What woke the loop.
enum Woken {
    Typed(Option<FromTerminal>),
    Board(bool),
    Told(Option<Reply>),
    Time,
    /// The terminal has taken a frame; `false` where its writer has ended.
    Taken(bool),
    Heard(Heard),
    /// The configuration was read again.
    Furnished(Option<Manner>),
    /// What was written was kept, or was not.
    Kept(Kept),
}

/// Waits for a changed configuration, for ever where none comes.
async fn furnished(manner: &mut Option<watch::Receiver<Option<Manner>>>) -> Option<Manner> {
    if let Some(receiver) = manner {
        if receiver.changed().await.is_ok() {
            return receiver.borrow_and_update().clone();
        }
        *manner = None;
    }
    std::future::pending().await
}

impl Console {
    fn now(&self, wires: &Wires) -> Now {
        let hand = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        Now {
            room: (wires.now)(),
            hand: Span::from_ms(hand),
        }
    }

    async fn turn(
        &mut self,
        wires: &mut Wires,
        typed: &mut UnboundedReceiver<FromTerminal>,
        signals: &mut Signals,
    ) -> Why {
        let mut taken = self.terminal.taken();
        loop {
            // First what came is drawn, if its time has come; then one thing is waited for. A burst of boards or keys comes
            // round so often, but within a frame's time it is drawn once.
            let now = self.now(wires);
            self.listen(wires, now);
            self.keeping.beat(|| self.session.drafts());
            self.draw(now);
            let (until, listen) = (self.until(wires, now), self.listens_at(wires));
            let woken = tokio::select! {
                // In this order, or a flood of boards would hold up what a person does: whoever ends the console ends it now,
                // a key is heard before what it might be pressed about changes, an answer is read before its board. Time
                // comes last, for whatever else woke the loop lets it look at the clock as well.
                biased;
                heard = signals.next() => Woken::Heard(heard),
                bytes = typed.recv() => Woken::Typed(bytes),
                told = wires.answers.recv() => Woken::Told(told),
                changed = wires.board.changed() => Woken::Board(changed.is_ok()),
                took = taken.changed(), if !self.terminal.is_idle() => Woken::Taken(took.is_ok()),
                manner = furnished(&mut wires.manner) => Woken::Furnished(manner),
                kept = self.keeping.ended() => Woken::Kept(kept),
                () = tokio::time::sleep_until(until) => Woken::Time,
                () = tokio::time::sleep_until(listen) => Woken::Taken(true),
            };
            if let Some(why) = self.take(woken, wires) {
                return why;
            }
        }
    }

    /// Whoever plays another role (in the training city) sees that role's board.
    fn follow_role(&mut self, wires: &mut Wires, now: Now) {
        let role = self.session.seat().who.role;
        if role != self.role {
            self.role = role;
            self.live = seen_by(wires.board.borrow_and_update().clone(), role);
            self.session.sees(&Arc::clone(&self.live), now);
        }
    }

    /// Takes in what happened; `Some` where the console ends.
    fn take(&mut self, woken: Woken, wires: &mut Wires) -> Option<Why> {
        let now = self.now(wires);
        let live = Arc::clone(&self.live);
        let outs = match woken {
            Woken::Heard(Heard::End(number)) => return Some(Why::Signal(number)),
            Woken::Typed(None | Some(FromTerminal::Gone)) | Woken::Taken(false) => return Some(Why::Gone),
            Woken::Typed(Some(FromTerminal::Bytes(bytes))) => {
                let outs = self.session.bytes(&bytes, &live, now);
                // Only now: one of these keys may have taken another role, whose board is another one.
                self.follow_role(wires, now);
                outs
            }
            Woken::Board(false) | Woken::Told(None) => return Some(Why::NoDesk),
            Woken::Board(true) => {
                self.live = seen_by(wires.board.borrow_and_update().clone(), self.role);
                self.session.sees(&Arc::clone(&self.live), now);
                Vec::new()
            }
            Woken::Told(reply) => {
                // The answer may be about a board that is newer than the one last seen.
                self.live = seen_by(wires.board.borrow_and_update().clone(), self.role);
                if let Some(reply) = reply {
                    self.session.told(&reply, &Arc::clone(&self.live), now);
                }
                Vec::new()
            }
            Woken::Heard(Heard::Size) => {
                self.resized = true;
                Vec::new()
            }
            Woken::Heard(Heard::Stop) => vec![Out::Suspend],
            Woken::Heard(Heard::Continue) => {
                if self.terminal.resume().is_err() {
                    return Some(Why::Gone);
                }
                self.resized = true;
                Vec::new()
            }
            Woken::Furnished(manner) => {
                if let Some(manner) = manner {
                    self.session.furnish(manner);
                    self.follow_role(wires, now);
                }
                Vec::new()
            }
            Woken::Kept(kept) => {
                if let Some(went_well) = self.keeping.take(kept) {
                    self.session.kept(went_well, now);
                }
                Vec::new()
            }
            Woken::Time if self.session.is_dirty() => Vec::new(),
            Woken::Time => self.session.woken(&live, now),
            Woken::Taken(true) => Vec::new(),
        };
        outs.into_iter().find_map(|out| self.perform(out, wires))
    }

    fn perform(&mut self, out: Out, wires: &Wires) -> Option<Why> {
        match out {
            Out::Request(act) => wires
                .events
                .send(Event::Request(act))
                .is_err()
                .then_some(Why::NoDesk),
            Out::Quit => Some(Why::Left),
            // It goes on with SIGCONT.
            Out::Suspend => self.terminal.suspend().is_err().then_some(Why::Gone),
            Out::Keep => {
                self.keeping.ask();
                None
            }
            Out::Copy(_) | Out::Repaint => None,
        }
    }

    /// A desk that hangs publishes nothing: from here it is seen that it does, and that it came back.
    fn listen(&mut self, wires: &Wires, now: Now) {
        let quiet = wires.beat.borrow().elapsed();
        let stuck = quiet > STUCK;
        // While it hangs, how long is drawn anew each time.
        if !stuck && self.live.stuck.is_none() {
            return;
        }
        let quiet = i64::try_from(quiet.as_millis()).unwrap_or(i64::MAX);
        let since = now.room - Span::from_ms(quiet.saturating_mul(i64::from(wires.speed.max(1))));
        self.live = Arc::new(Board {
            stuck: stuck.then_some(since),
            ..(*self.live).clone()
        });
        self.session.sees(&Arc::clone(&self.live), now);
    }

    /// When to listen again whether the desk still comes round. Draws nothing while it does.
    fn listens_at(&self, wires: &Wires) -> Instant {
        let here = Instant::now();
        if self.live.stuck.is_some() {
            return here + Duration::from_secs(1);
        }
        let quiet = wires.beat.borrow().elapsed();
        here + STUCK.saturating_sub(quiet) + FRAME
    }

    /// Draws once everything is taken in, the last frame has been taken, and its time has come.
    fn draw(&mut self, now: Now) {
        let ready = self.terminal.is_inside() && self.terminal.is_idle();
        if !ready || self.drawn.is_some_and(|at| at.elapsed() < FRAME) {
            return;
        }
        if std::mem::take(&mut self.resized) {
            // Asked once for a whole burst of resizes.
            self.session.resized(Terminal::size());
        }
        if self.session.is_dirty() {
            let bytes = self.session.frame(&self.live, now);
            if !bytes.is_empty() {
                self.drawn = Some(Instant::now());
            }
            self.terminal.send(bytes);
        }
    }

    /// When the loop wakes by itself.
    fn until(&self, wires: &Wires, now: Now) -> Instant {
        let here = Instant::now();
        if self.session.is_dirty() || self.resized {
            let ready = self.terminal.is_inside() && self.terminal.is_idle();
            return match (ready, self.drawn) {
                (true, Some(at)) => at + FRAME,
                (true, None) => here,
                // The writer will say when it has taken the last frame, SIGCONT when there is a screen again.
                (false, _) => here + Duration::from_secs(3600),
            };
        }
        let Wake { room, hand_ms } = self.session.wake(&self.live, now);
        let by_room = (room - now.room).ms().max(0) / i64::from(wires.speed.max(1));
        let by_hand = hand_ms.map_or(i64::MAX, |at| (at - now.hand.ms()).max(0));
        let wait = u64::try_from(by_room.min(by_hand)).unwrap_or(0);
        here + Duration::from_millis(wait.saturating_add(1).min(3_600_000))
    }
}
