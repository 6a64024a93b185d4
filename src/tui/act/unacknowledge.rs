//! Take acknowledgements back.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::AlarmId;
use crate::lang::tui::Tui;
use crate::tui::act::alarms::{Judge, able, key, left_out, named};
use crate::tui::act::{Act, ActCtx, Dialog, LeftOut, Place, Purpose};
use crate::tui::form::{Flaw, Form, FormCtx};

const JUDGE: Judge = |alarm, _| decide::alarm::unacknowledge(alarm).map(drop);

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered: |ctx| {
        let ids = able(ctx, JUDGE, Tui::Unacknowledge).ok();
        let purpose = ids.map(|ids| Purpose::new(Unacknowledge(ids)));
        let words = Tui::Unacknowledge.text(ctx.lang);
        purpose
            .map(|purpose| ctx.offer(words, "", purpose))
            .into_iter()
            .collect()
    },
};

/// Take the acknowledgements of these alarms back.
#[derive(Debug)]
pub struct Unacknowledge(pub Vec<AlarmId>);

impl Dialog for Unacknowledge {
    fn key(&self) -> String {
        key("unacknowledge", &self.0)
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        named(form, ctx, &self.0, Tui::Unacknowledge)
    }

    fn command(&self, _form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(Command::Unacknowledge(self.0.clone()))
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(left_out(ctx, &self.0, JUDGE))
    }
}
