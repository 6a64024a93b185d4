//! Send orders again, or by another way: what their ways said stands above the choice.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::{ChannelId, TaskId};
use crate::lang::trouble;
use crate::lang::tui::Tui;
use crate::tui::act::sent::{OnOrders, key};
use crate::tui::act::{Act, ActCtx, Dialog, LeftOut, Place, Purpose, all};
use crate::tui::form::field::choice;
use crate::tui::form::{Filled, Flaw, Form, FormCtx, Slot, order};
use std::collections::BTreeSet;

/// The key of the choice that each order leaves by the way it has.
const OWN: &str = "=";

/// So many of the last things that its ways said are shown.
const SAID: usize = 4;

const ON: OnOrders = OnOrders {
    verb: Tui::Resend,
    judge: |task| decide::task::routed(task, task.way.clone()).map(drop),
    purpose: |ids| Purpose::new(Resend(ids)),
};

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered: |ctx| ON.offered(ctx),
};

/// Send these orders again.
#[derive(Debug)]
pub struct Resend(pub Vec<TaskId>);

impl Dialog for Resend {
    fn key(&self) -> String {
        key("resend", &self.0)
    }

    /// By which way each leaves now: the one it had, unless another is chosen. Of several with different ways a person
    /// chooses one for all, or that each keeps its own.
    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let tasks = ON.named(form, ctx, &self.0)?;
        if let [task] = &tasks[..] {
            let said = task.said.iter().rev().take(SAID);
            form.about.extend(said.map(|said| {
                let words = trouble::of_code(ctx.lang, said.words.as_str());
                format!("{}  {words}", said.way)
            }));
        }
        let ways: BTreeSet<&ChannelId> = tasks.iter().map(|task| &task.way).collect();
        let one = ways.first().copied().filter(|_| ways.len() == 1);
        let mut way = order::way(ctx.board, ctx.lang, one);
        if let (None, Filled::Choice(all, _)) = (one, &mut way.value) {
            all.push(choice(OWN, Tui::OwnWays.text(ctx.lang)));
        }
        form.fields.push(way);
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let chosen = form.text(&Slot::Channel);
        let own = |task: &TaskId| {
            let task = ctx.board.state.tasks.get(task).filter(|_| chosen == OWN);
            task.map_or_else(|| ChannelId::new(&chosen), |task| task.way.clone())
        };
        let one = |task: &TaskId| Command::Resend {
            way: own(task),
            task: task.clone(),
        };
        Ok(all(self.0.iter().map(one)))
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(ON.left_out(ctx, &self.0))
    }
}
