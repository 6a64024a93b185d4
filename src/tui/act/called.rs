//! Record a call that delivered orders, with what was said on the telephone.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::TaskId;
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::tui::act::sent::{OnOrders, key, of_all, shared};
use crate::tui::act::{Act, ActCtx, Dialog, LeftOut, Place, Purpose, all};
use crate::tui::form::field::text;
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

const ON: OnOrders = OnOrders {
    verb: Tui::Called,
    judge: |task| decide::task::called(task, Clean::default()).map(drop),
    purpose: |ids| Purpose::new(Called(ids)),
};

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered: |ctx| ON.offered(ctx),
};

/// Record a call that delivered these orders.
#[derive(Debug)]
pub struct Called(pub Vec<TaskId>);

impl Dialog for Called {
    fn key(&self) -> String {
        key("called", &self.0)
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let tasks = ON.named(form, ctx, &self.0)?;
        let field = text(Slot::Comment, Tui::CallWords.text(ctx.lang), "", true);
        form.fields.push(of_all(field, ctx, tasks.len()));
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let comment = Clean::from(form.text(&Slot::Comment));
        let words = shared(ctx.board, comment, self.0.len());
        let one = |task| Command::Called {
            task,
            words: words.clone(),
        };
        Ok(all(self.0.iter().cloned().map(one)))
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(ON.left_out(ctx, &self.0))
    }
}
