//! What a person can ask the desk for. An act is one file and one row of [`ACTS`]: where it is offered, what its dialog asks,
//! what the desk is asked in the end, what undo and drafts make of it.
//!
//! Menu, palette, keys, drafts and the desk's answers go through the rows and name none of them. `ctx` is what an act is
//! asked over, `object` what marked rows are about, `alarms` and `sent` what acts on alarms and on orders have in common.

pub mod acknowledge;
mod alarms;
pub mod answered;
pub mod called;
mod ctx;
pub mod declare;
pub mod deploy;
pub mod dispatch;
pub mod draw;
pub mod duty;
pub mod end_declaration;
pub mod intake;
pub mod note;
mod object;
pub mod open;
pub mod orders;
pub mod out_of_service;
pub mod release;
pub mod resend;
pub mod sending;
mod sent;
pub mod shelve;
pub mod step;
pub mod steps;
#[cfg(test)]
mod tests;
pub mod unacknowledge;
pub mod undo;
pub mod withdraw;

use crate::desk::Command;
use crate::domain::case::photo;
use crate::domain::id::CaseId;
use crate::domain::ledger::Stream;

use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::action::Action;
use crate::tui::form::{Flaw, Form, FormCtx, Here, Slot};
use std::fmt::Debug;
use std::ops::Deref;
use std::sync::Arc;

pub use ctx::ActCtx;
pub use dispatch::of_case as dispatch_case;

/// What is left out of an act over many: which, and why.
pub type LeftOut = Vec<(String, String)>;

/// What an act's row offers.
pub type Offered = fn(&ActCtx<'_>) -> Vec<Offer>;

/// What an act's key asks for at once; or why it cannot be done.
pub type ByKey = fn(&ActCtx<'_>) -> Result<Purpose, String>;

/// Every act, in the order they are offered.
pub const ACTS: &[Act] = &[
    step::ACT,
    steps::ACT,
    acknowledge::ACT,
    shelve::ACT,
    unacknowledge::ACT,
    release::ACT,
    out_of_service::ACT,
    dispatch::ACT,
    open::ACT,
    note::ACT,
    deploy::ACT,
    resend::ACT,
    answered::ACT,
    called::ACT,
    withdraw::ACT,
    end_declaration::ACT,
    undo::ACT,
    intake::ACT,
    draw::ACT,
    declare::ACT,
    duty::ACT,
];

/// Where an act is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the menu of the rows.
    Rows,
    /// In the list of what is written down by hand (登记).
    New,
    /// In the menu of the shift.
    Shift,
}

/// An act's row.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    /// Where it is offered.
    pub place: Place,
    /// The action whose key asks for it at once, where one does.
    pub action: Option<(Action, ByKey)>,
    /// What of it can be done with the rows, and what of it cannot now.
    pub offered: Offered,
}

impl Act {
    /// What an action's key asks for.
    pub fn by_key(action: Action) -> Option<ByKey> {
        let mut keys = ACTS.iter().filter_map(|act| act.action);
        keys.find(|(own, _)| *own == action).map(|(_, by_key)| by_key)
    }

    /// Whether its dialog may be opened while no row is under the cursor.
    pub fn needs_rows(action: Action) -> bool {
        action != Action::Undo
    }
}

/// Under which heading of a menu something is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The steps of the loop.
    Steps,
    /// Everything else.
    Handling,
    /// These words.
    Words(String),
}

/// Something that a menu offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Under which heading, where it can be done.
    pub head: Head,
    /// What people read.
    pub words: String,
    /// What helps to choose.
    pub note: String,
    /// Its name in the loop's file, where it has one: it is found by it too.
    pub id: String,
    /// Whether it ends something: what goes on comes before it, so that a hasty Enter ends nothing.
    pub ends: bool,
    /// Its dialog; or why it cannot be done now.
    pub purpose: Result<Purpose, String>,
}

impl Offer {
    /// Something that can be done, or why it cannot.
    fn new(words: &str, note: &str, purpose: Result<Purpose, String>) -> Self {
        Self {
            head: Head::Handling,
            words: words.to_owned(),
            note: note.to_owned(),
            id: String::new(),
            ends: false,
            purpose,
        }
    }
}

/// What becomes of what the seat remembers, when an act is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct After {
    /// Undo takes this back.
    pub undoable: Vec<Stream>,
    /// This was taken back.
    pub taken_back: Vec<Stream>,
    /// The dialog of an order for this case follows.
    pub dispatch: Option<CaseId>,
}

impl After {
    /// Undo takes this back.
    fn undoable(touched: Vec<Stream>) -> Self {
        Self {
            undoable: touched,
            ..Self::default()
        }
    }
}

/// A dialog of an act, with what it is about.
pub trait Dialog: Debug + Send + Sync {
    /// Its name among the drafts on disk: what it is for and what it is about. Never changes.
    fn key(&self) -> String;

    /// Names what it is about, takes the versions along, proposes what goes in; `None` where what it is about is no more.
    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()>;

    /// What the desk is asked, from what was filled in.
    ///
    /// # Errors
    /// What is still wrong, and in which field.
    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw>;

    /// After a field changed: what hangs on it and was not changed by a person is proposed anew.
    fn follow(&self, _form: &mut Form, _ctx: &FormCtx<'_>, _changed: &Slot) {}

    /// Of an act over many: what of the rows is left out, and why. `None` for what is about one thing by its nature.
    fn left_out(&self, _ctx: &ActCtx<'_>) -> Option<LeftOut> {
        None
    }

    /// Whether it is about something that is there already; a matter that is written down anew may be another one each
    /// time.
    fn is_bound(&self) -> bool {
        true
    }

    /// Whether a person may ask for it by their role. A loop's steps name their own roles.
    fn may(&self, ctx: &ActCtx<'_>) -> bool {
        ctx.who.role.may_act()
    }

    /// What becomes of it when it is done: what it touched, and the case that it opened.
    fn after(&self, _touched: Vec<Stream>, _opened: Option<&CaseId>) -> After {
        After::default()
    }
}

/// What a dialog is for, and what it is about.
#[derive(Clone, Debug)]
pub struct Purpose(Arc<dyn Dialog>);

impl PartialEq for Purpose {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Deref for Purpose {
    type Target = dyn Dialog;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl Purpose {
    /// Of a dialog.
    pub fn new(dialog: impl Dialog + 'static) -> Self {
        Self(Arc::new(dialog))
    }

    /// The open dialog; `None` where what it is about is no more.
    pub fn open(&self, ctx: &FormCtx<'_>) -> Option<Form> {
        let mut form = Form::blank(ctx);
        self.fill(&mut form, ctx)?;
        // Enter presses the button at once where nothing has to be written first.
        let first = form
            .fields
            .iter()
            .position(|field| field.needed && field.is_empty());
        form.here = first.map_or(Here::Do, Here::Field);
        form.title = capital(&form.title);
        form.verb = capital(&form.verb);
        Some(form)
    }

    /// What the desk is asked.
    ///
    /// # Errors
    /// What is still wrong, and in which field.
    pub fn asked(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        if let Some(field) = form.fields.iter().find(|field| field.needed && field.is_empty()) {
            return Err(Flaw {
                slot: Some(field.slot.clone()),
                words: fill(Tui::StillEmpty.text(ctx.lang), &[("what", &field.label)]),
            });
        }
        let photo = form.text(&Slot::Photo);
        if !photo.trim().is_empty() && !photo::names_one(&photo) {
            return Err(Flaw::of(Slot::Photo, Tui::NoPhoto.text(ctx.lang)));
        }
        self.command(form, ctx)
    }
}

/// Everything that is offered in one place, in the order of the table: of steps first, then what else goes on, then what
/// ends something, then what cannot be done now.
pub fn offers(place: Place, ctx: &ActCtx<'_>) -> Vec<Offer> {
    let own = ACTS.iter().filter(|act| act.place == place);
    let mut all: Vec<Offer> = own.flat_map(|act| (act.offered)(ctx)).collect();
    all.sort_by_key(|offer| {
        let is_step = offer.head == Head::Steps;
        (offer.purpose.is_err(), !is_step, is_step && offer.ends)
    });
    all
}

/// All of these as one; one alone as itself.
fn all(commands: impl Iterator<Item = Command>) -> Command {
    let mut all: Vec<Command> = commands.collect();
    match all.pop() {
        Some(last) if all.is_empty() => last,
        last => {
            all.extend(last);
            Command::All(all)
        }
    }
}

/// A dialog's key: what it is for, and the numbers of what it is about.
fn key<'a>(what: &str, about: impl IntoIterator<Item = &'a str>) -> String {
    let about: Vec<&str> = about.into_iter().collect();
    format!("{what} {}", about.join(" "))
}

/// With a capital first letter, as titles and buttons have.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
