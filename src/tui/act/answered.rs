//! Record what a unit answered to orders.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::TaskId;
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::tui::act::sent::{OnOrders, key, of_all, shared};
use crate::tui::act::{Act, ActCtx, Dialog, LeftOut, Place, Purpose, all};
use crate::tui::form::field::{asked, choice, text};
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

/// The kinds of a unit's answer, with their words.
const KINDS: &[(&str, Tui)] = &[
    ("received", Tui::AnswerReceived),
    ("on_scene", Tui::AnswerOnScene),
    ("done", Tui::AnswerDone),
    ("returned", Tui::AnswerReturned),
];

const ON: OnOrders = OnOrders {
    verb: Tui::Answered,
    judge: decide::task::may_answer,
    purpose: |ids| Purpose::new(Answered(ids)),
};

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered: |ctx| ON.offered(ctx),
};

/// Record what a unit answered to these orders.
#[derive(Debug)]
pub struct Answered(pub Vec<TaskId>);

impl Dialog for Answered {
    fn key(&self) -> String {
        key("answered", &self.0)
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let many = ON.named(form, ctx, &self.0)?.len();
        let kinds = KINDS.iter().map(|row| choice(row.0, row.1.text(ctx.lang)));
        let label = Tui::AnswerKind.text(ctx.lang);
        let kind = asked(Slot::Kind, label, kinds.collect(), "", ctx.lang);
        let words = text(Slot::Comment, Tui::Words.text(ctx.lang), "", false);
        form.fields = vec![of_all(kind, ctx, many), of_all(words, ctx, many)];
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let comment = Clean::from(form.text(&Slot::Comment));
        let words = shared(ctx.board, comment, self.0.len());
        let kind = Clean::from(form.text(&Slot::Kind));
        let one = |task| Command::Answered {
            task,
            kind: kind.clone(),
            words: words.clone(),
        };
        Ok(all(self.0.iter().cloned().map(one)))
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(ON.left_out(ctx, &self.0))
    }
}
