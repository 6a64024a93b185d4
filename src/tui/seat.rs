//! A seat (席位): what one person sees and does at one terminal. Pure: keys, boards and times come in as arguments,
//! what is to happen outside goes out as [`Out`].
//! `list` moves in lists and takes new rows in, `outside` counts what lies beside them, `filter` narrows them, `ask` opens
//! the dialogs of acts, `menu` offers what a row allows, `notice` shows what waits for the role, `answer` what the desk said, `sources` has sources asked, `turn` changes the screen.

pub mod answer;
pub mod ask;
mod copy;
mod drafts;
pub mod filter;
pub mod list;
pub mod manner;
pub mod menu;
mod notice;
mod outside;
mod sources;
pub mod turn;

use crate::desk;
use crate::desk::board::Board;
use crate::domain::air::Norm;
use crate::domain::id::{CaseId, SeatId};
use crate::domain::ledger::Stream;
use crate::domain::person::Operator;
use crate::domain::time::{Moment, Span};
use crate::lang::Lang;
use crate::lang::tui::Tui;
use crate::tui::act::{Act, Place};
use crate::tui::action::{Action, Group};
use crate::tui::edit::Edit;
use crate::tui::input::Input;
use crate::tui::keys::{Key, Keymap};
use crate::tui::look::{Depth, Glyphs, Look, Theme};
use crate::tui::panel::Panel;
use crate::tui::pick::{Pick, Picked};
use crate::tui::seat::answer::{Pending, Toast};
use crate::tui::seat::ask::Asking;
use crate::tui::seat::filter::Ready;
use crate::tui::seat::outside::Counted;
use crate::tui::view::{Ctx, View};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Two Ctrl-C within this time leave.
const TWICE: Span = Span::secs(2);

/// The same key again within this time is a key held down.
const REPEAT_MS: i64 = 120;

/// The time twice: the room's, which a drill may run faster, and the hand's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The room's moment: ages, deadlines.
    pub room: Moment,
    /// Real milliseconds since the seat was taken: how fast keys follow each other.
    pub hand: Span,
}

/// What is to happen outside the seat.
#[derive(Clone, Debug, PartialEq)]
pub enum Out {
    /// The desk is asked to do something.
    Request(Box<desk::Request>),
    /// This text goes to the person's clipboard.
    Copy(String),
    /// What was written and not sent is to be kept on disk now; [`Seat::kept`] is told what came of it.
    Keep,
    /// Everything is drawn anew.
    Repaint,
    /// The process stops until it is continued. Only at a local terminal.
    Suspend,
    /// The seat is left.
    Quit,
}

/// What has the keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Mode {
    /// The screen.
    #[default]
    Look,
    /// The filter's line.
    Filter(Edit),
    /// A list to pick from.
    Pick(Pick),
    /// A dialog.
    Form(Box<Asking>),
}

/// What one person wrote in dialogs and did not send, by dialog: fields and texts. Outlives the seat.
pub type Drafts = BTreeMap<String, Vec<(String, String)>>;

/// How a seat begins.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name in the ledger.
    pub id: SeatId,
    /// Who sits there.
    pub who: Operator,
    /// The language it begins with.
    pub lang: Lang,
    /// Whether the terminal can show Chinese; else it stays English.
    pub can_chinese: bool,
    /// The themes to choose from; the first one is the one it begins with. Empty means the dark one.
    pub themes: Vec<Theme>,
    /// How many colours the terminal has.
    pub depth: Depth,
    /// The characters it draws right.
    pub glyphs: &'static Glyphs,
    /// What the room's air is judged by: its levels have that standard's colours.
    pub air: Norm,
    /// What keys mean.
    pub keymap: Keymap,
    /// The screen it begins with.
    pub screen: Action,
    /// What was written before and not sent.
    pub drafts: Drafts,
}

/// One person's seat.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Its name in the ledger.
    pub id: SeatId,
    /// Who sits there, in which role.
    pub who: Operator,
    /// The language it speaks.
    pub lang: Lang,
    /// How things look.
    pub look: Look,
    /// What keys mean.
    pub keymap: Keymap,
    /// The screen it shows.
    pub screen: Action,
    /// What was done in each panel.
    pub views: BTreeMap<Action, View>,
    /// What has the keys.
    pub mode: Mode,
    /// The board that stands still, while the view is frozen.
    pub frozen: Option<Arc<Board>>,
    /// The last thing said to the person.
    pub toast: Option<Toast>,
    /// Acts that the desk has not answered yet, by ticket.
    pub pending: BTreeMap<u64, Pending>,
    can_chinese: bool,
    air: Norm,
    themes: Vec<Theme>,
    theme: usize,
    page: u16,
    ticket: u64,
    /// What this person did that can be undone: all of one act together, the last act last.
    done: Vec<Vec<Stream>>,
    drafts: Drafts,
    follow: Option<CaseId>,
    last_key: Option<(Key, Span)>,
    interrupted: Option<Span>,
    counted: Option<(u64, Span)>,
    ready: Option<Ready>,
    outside: Option<Counted>,
}

impl Seat {
    /// A seat as it is taken.
    pub fn new(settings: Settings) -> Self {
        let mut themes = settings.themes;
        if themes.is_empty() {
            themes.push(Theme::embedded("dark"));
        }
        let first = themes.first().expect("at least one was put in");
        let look = Look::new(first, settings.depth, settings.glyphs).painted(settings.air);
        Self {
            id: settings.id,
            who: settings.who,
            lang: if settings.can_chinese {
                settings.lang
            } else {
                Lang::En
            },
            look,
            keymap: settings.keymap,
            screen: settings.screen,
            views: BTreeMap::new(),
            mode: Mode::Look,
            frozen: None,
            toast: None,
            pending: BTreeMap::new(),
            can_chinese: settings.can_chinese,
            air: settings.air,
            themes,
            theme: 0,
            page: 10,
            ticket: 0,
            done: Vec::new(),
            drafts: settings.drafts,
            follow: None,
            last_key: None,
            interrupted: None,
            counted: None,
            ready: None,
            outside: None,
        }
    }

    /// What was done in the panel that is shown.
    pub fn view(&self) -> View {
        self.views.get(&self.screen).cloned().unwrap_or_default()
    }

    /// What is drawn from: the frozen board where there is one.
    pub fn ctx<'a>(&'a self, live: &'a Board, now: Moment) -> Ctx<'a> {
        let frozen = self.frozen.as_deref();
        Ctx {
            board: frozen.unwrap_or(live),
            keymap: &self.keymap,
            look: &self.look,
            lang: self.lang,
            now: frozen.map_or(now, |board| board.at),
        }
    }

    /// What was written and not sent, the open dialog's included.
    pub fn drafts(&self) -> Drafts {
        let mut drafts = self.drafts.clone();
        if let Mode::Form(open) = &self.mode {
            drafts::keep(&mut drafts, open.purpose.key(), &open.form);
        }
        drafts
    }

    /// The last frame had room for so many rows of the list.
    pub fn drawn(&mut self, rows: u16) {
        self.page = rows.max(1);
    }

    /// Takes what arrived from the terminal.
    pub fn update(&mut self, input: &Input, live: &Arc<Board>, now: Now) -> Vec<Out> {
        match input {
            Input::Key(key) => self.key(*key, live, now),
            Input::Paste(text) => {
                self.paste(text, live, now);
                Vec::new()
            }
            Input::Focus(_) | Input::Cursor(..) => Vec::new(),
        }
    }

    fn paste(&mut self, text: &str, live: &Arc<Board>, now: Now) {
        match &mut self.mode {
            Mode::Form(open) => open.form.paste(text),
            Mode::Pick(pick) => pick.query.insert(text),
            Mode::Filter(edit) => {
                edit.insert(text);
                let text = edit.text();
                self.filter(&text, live, now);
            }
            Mode::Look => self.say(Tui::PasteDropped.text(self.lang), false, now),
        }
    }

    fn key(&mut self, key: Key, live: &Arc<Board>, now: Now) -> Vec<Out> {
        let before = self.last_key.replace((key, now.hand));
        match self.keymap.action(key) {
            Some(Action::Interrupt) => return self.interrupt(now),
            Some(Action::Repaint) => return vec![Out::Repaint],
            Some(Action::Suspend) => return vec![Out::Suspend],
            Some(_) | None => {}
        }
        match std::mem::take(&mut self.mode) {
            Mode::Look => {
                let held = before.is_some_and(|(k, at)| k == key && now.hand.ms() - at.ms() < REPEAT_MS);
                match self.keymap.action(key) {
                    Some(action) if held && action.row().group != Group::Moving => Vec::new(),
                    Some(action) => self.act(action, live, now),
                    None => {
                        if key.writes().is_some_and(|c| !c.is_ascii()) {
                            self.say(Tui::InputMethod.text(self.lang), false, now);
                        }
                        Vec::new()
                    }
                }
            }
            Mode::Filter(edit) => self.filter_key(edit, key, live, now),
            Mode::Pick(pick) => self.pick_key(pick, key, live, now),
            Mode::Form(form) => self.form_key(form, key, live, now),
        }
    }

    fn interrupt(&mut self, now: Now) -> Vec<Out> {
        let again = self
            .interrupted
            .is_some_and(|at| now.hand.ms() - at.ms() < TWICE.ms());
        if again {
            return vec![Out::Quit];
        }
        self.interrupted = Some(now.hand);
        let outs = self.leave_mode();
        self.say(Tui::PressAgain.text(self.lang), false, now);
        outs
    }

    /// Closes whatever is open over the screen; what was written is to be kept.
    fn leave_mode(&mut self) -> Vec<Out> {
        match std::mem::take(&mut self.mode) {
            Mode::Form(open) if drafts::keep(&mut self.drafts, open.purpose.key(), &open.form) => {
                vec![Out::Keep]
            }
            Mode::Form(_) | Mode::Look | Mode::Filter(_) | Mode::Pick(_) => Vec::new(),
        }
    }

    /// What was written and not sent is on the disk now, or could not be kept there.
    pub fn kept(&mut self, kept: bool, now: Now) {
        let text = if kept { Tui::DraftKept } else { Tui::DraftLost };
        self.say(text.text(self.lang), !kept, now);
    }

    fn pick_key(&mut self, mut pick: Pick, key: Key, live: &Arc<Board>, now: Now) -> Vec<Out> {
        match pick.key(key) {
            Picked::Stay => {
                self.mode = Mode::Pick(pick);
                Vec::new()
            }
            Picked::Close => Vec::new(),
            Picked::Run(run) => self.run(run, live, now),
        }
    }

    /// Does what a key, the palette or a menu asked for.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "screens and acts have tables of their own"
    )]
    fn act(&mut self, action: Action, live: &Arc<Board>, now: Now) -> Vec<Out> {
        if Panel::of(action).is_some() {
            self.show(action, live, now);
            return Vec::new();
        }
        if Act::by_key(action).is_some() {
            self.ask_about(action, live, now);
            return Vec::new();
        }
        match action {
            Action::PreviousScreen => self.show(self.neighbour(-1), live, now),
            Action::NextScreen => self.show(self.neighbour(1), live, now),
            Action::NextUnhandled => self.next_unhandled(live, now),
            Action::Down | Action::FindNext => self.step(1),
            Action::Up | Action::FindPrevious => self.step(-1),
            Action::First => self.step(isize::MIN),
            Action::Last => self.step(isize::MAX),
            Action::PageDown => self.page(2),
            Action::PageUp => self.page(-2),
            Action::HalfDown => self.page(1),
            Action::HalfUp => self.page(-1),
            Action::Open => self.open_row(live, now),
            Action::Back => self.back(live, now),
            Action::TakeIn => {
                self.take_in(live, now);
                self.say(Tui::TakenIn.text(self.lang), false, now);
            }
            Action::Filter => self.open_filter(live, now),
            Action::Palette => self.mode = Mode::Pick(self.palette(live, now)),
            Action::Help => self.mode = Mode::Pick(self.help(live)),
            Action::Menu => self.menu(live, now),
            Action::SeeNotice => return self.see_notice(live, now),
            Action::SeeNotices => return self.see_notices(live, now),
            Action::Mark => self.mark(),
            Action::MarkRange => self.mark_range(),
            Action::MarkNone => self.mark_none(),
            Action::Copy => self.copy(live, now),
            Action::New => self.offer_all(Place::New, Tui::IntakePick, live, now),
            Action::AskNow => return self.ask_now(now),
            Action::Freeze => self.freeze(live, now),
            Action::Language => self.speak(now),
            Action::Theme => self.dress(now),
            Action::Role => self.roles(live, now),
            Action::Left | Action::Right | Action::NextPane | Action::Sort => {
                self.panel_act(action, live, now);
            }
            Action::Close => return self.close(live, now),
            Action::Repaint => return vec![Out::Repaint],
            Action::Suspend => return vec![Out::Suspend],
            Action::Interrupt => return self.interrupt(now),
            _ => {}
        }
        Vec::new()
    }
}
