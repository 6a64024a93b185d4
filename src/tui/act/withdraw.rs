//! Withdraw orders that were not answered yet.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::TaskId;
use crate::lang::tui::Tui;
use crate::tui::act::sent::{OnOrders, key};
use crate::tui::act::{Act, ActCtx, Dialog, LeftOut, Place, Purpose, all};
use crate::tui::form::{Flaw, Form, FormCtx};

const ON: OnOrders = OnOrders {
    verb: Tui::Withdraw,
    judge: |task| decide::task::withdraw(task).map(drop),
    purpose: |ids| Purpose::new(Withdraw(ids)),
};

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered: |ctx| ON.offered(ctx),
};

/// Withdraw these orders.
#[derive(Debug)]
pub struct Withdraw(pub Vec<TaskId>);

impl Dialog for Withdraw {
    fn key(&self) -> String {
        key("withdraw", &self.0)
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        ON.named(form, ctx, &self.0).map(drop)
    }

    fn command(&self, _form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(all(self.0.iter().cloned().map(Command::Withdraw)))
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(ON.left_out(ctx, &self.0))
    }
}
