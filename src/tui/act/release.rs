//! End a shelving before its time, or bring back into service.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::AlarmId;
use crate::lang::tui::Tui;
use crate::tui::act::alarms::{Judge, able, key, left_out, named};
use crate::tui::act::{Act, ActCtx, Dialog, LeftOut, Place, Purpose};
use crate::tui::form::{Flaw, Form, FormCtx};

const JUDGE: Judge = |alarm, _| decide::alarm::release(alarm).map(drop);

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered: |ctx| {
        let ids = able(ctx, JUDGE, Tui::Release).ok();
        let purpose = ids.map(|ids| Purpose::new(Release(ids)));
        let words = Tui::Release.text(ctx.lang);
        purpose
            .map(|purpose| ctx.offer(words, "", purpose))
            .into_iter()
            .collect()
    },
};

/// End the shelving of these alarms.
#[derive(Debug)]
pub struct Release(pub Vec<AlarmId>);

impl Dialog for Release {
    fn key(&self) -> String {
        key("release", &self.0)
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        named(form, ctx, &self.0, Tui::Release)
    }

    fn command(&self, _form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(Command::Release(self.0.clone()))
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(left_out(ctx, &self.0, JUDGE))
    }
}
