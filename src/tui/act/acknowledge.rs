//! Acknowledge alarms (确认): a person has seen them; with a comment and an end.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::{AlarmId, CaseId};
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::lang::tui::Tui;
use crate::tui::act::alarms::{Judge, able, ends, key, left_out, named};
use crate::tui::act::object::alarms_of;
use crate::tui::act::{Act, ActCtx, After, Dialog, LeftOut, Place, Purpose};
use crate::tui::action::Action;
use crate::tui::form::field::{choice, choices, text};
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

/// The ends that are offered beside the room's own.
const ENDS: &[Span] = &[Span::hours(1), Span::hours(4), Span::hours(12), Span::hours(24)];

const JUDGE: Judge = |alarm, now| decide::alarm::acknowledge(alarm, Clean::default(), None, now).map(drop);

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: Some((Action::Acknowledge, ask)),
    offered: |ctx| {
        let there = !alarms_of(ctx.board, ctx.rows).is_empty();
        let offer = || ctx.offer_of(Tui::Acknowledge, Action::Acknowledge, ask(ctx));
        there.then(offer).into_iter().collect()
    },
};

fn ask(ctx: &ActCtx<'_>) -> Result<Purpose, String> {
    able(ctx, JUDGE, Tui::Acknowledge).map(|ids| Purpose::new(Acknowledge(ids)))
}

/// Acknowledge these alarms.
#[derive(Debug)]
pub struct Acknowledge(pub Vec<AlarmId>);

impl Dialog for Acknowledge {
    fn key(&self) -> String {
        key("acknowledge", &self.0)
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        named(form, ctx, &self.0, Tui::Acknowledge)?;
        let own = ctx.board.room.ack_expires;
        let usual = ENDS.iter().copied().filter(|span| *span != own);
        let mut all = ends(ctx, std::iter::once(own).chain(usual));
        all.push(choice("", Tui::NoEnd.text(ctx.lang)));
        form.fields = vec![
            text(Slot::Comment, Tui::Comment.text(ctx.lang), "", false),
            choices(Slot::Until, Tui::Expires.text(ctx.lang), all, ""),
        ];
        Some(())
    }

    fn command(&self, form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(Command::Acknowledge {
            alarms: self.0.clone(),
            comment: Clean::from(form.text(&Slot::Comment)),
            until: form.moment(&Slot::Until),
        })
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(left_out(ctx, &self.0, JUDGE))
    }

    fn after(&self, touched: Vec<Stream>, _opened: Option<&CaseId>) -> After {
        After::undoable(touched)
    }
}
