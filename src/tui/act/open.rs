//! Open a case on an alarm, by the loop that is chosen; its order's dialog may follow.

use crate::desk::Command;
use crate::domain::decide::opening::Opening;
use crate::domain::id::{AlarmId, CaseId, PlaybookId};
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::act::alarms::named;
use crate::tui::act::object::{alarms_of, playbooks_for};
use crate::tui::act::{Act, ActCtx, After, Dialog, Offer, Place, Purpose, key};
use crate::tui::form::field::text;
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered,
};

/// Every loop that a case on the one alarm may run by, where it has no case.
fn offered(ctx: &ActCtx<'_>) -> Vec<Offer> {
    let ids = alarms_of(ctx.board, ctx.rows);
    let [id] = &ids[..] else { return Vec::new() };
    let alarm = ctx.board.state.alarms.get(id);
    let Some(alarm) = alarm.filter(|alarm| alarm.case.is_none()) else {
        return Vec::new();
    };
    playbooks_for(ctx.board, alarm)
        .map(|playbook| {
            let what = [("what", &ctx.lang.of(&playbook.words) as &dyn std::fmt::Display)];
            let open = Open {
                alarm: id.clone(),
                playbook: playbook.id.clone(),
                then_dispatch: false,
            };
            ctx.offer(
                &fill(Tui::OpenTitle.text(ctx.lang), &what),
                "",
                Purpose::new(open),
            )
        })
        .collect()
}

/// Open a case on an alarm.
#[derive(Debug)]
pub struct Open {
    /// On which.
    pub alarm: AlarmId,
    /// By which playbook.
    pub playbook: PlaybookId,
    /// Whether the order's dialog follows.
    pub then_dispatch: bool,
}

impl Dialog for Open {
    fn key(&self) -> String {
        key("open", [self.alarm.as_str(), self.playbook.as_str()])
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let mut loops = ctx.board.room.playbooks.iter();
        let words = &loops.find(|own| own.id == self.playbook)?.words;
        named(form, ctx, std::slice::from_ref(&self.alarm), Tui::OpenCase)?;
        form.title = fill(Tui::OpenTitle.text(ctx.lang), &[("what", &ctx.lang.of(words))]);
        let title = &ctx.board.state.alarms.get(&self.alarm)?.cause.title;
        let label = Tui::CaseTitle.text(ctx.lang);
        form.fields = vec![text(Slot::Title, label, title.as_str(), true)];
        Some(())
    }

    fn command(&self, form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(Command::Open {
            playbook: self.playbook.clone(),
            opening: Box::new(Opening {
                alarm: Some(self.alarm.clone()),
                title: Clean::from(form.text(&Slot::Title)),
                ..Opening::default()
            }),
        })
    }

    fn after(&self, _touched: Vec<Stream>, opened: Option<&CaseId>) -> After {
        After {
            undoable: opened.cloned().map(Stream::Case).into_iter().collect(),
            dispatch: opened.cloned().filter(|_| self.then_dispatch),
            ..After::default()
        }
    }
}
