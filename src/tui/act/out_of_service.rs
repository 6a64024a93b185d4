//! Take alarms out of service for maintenance (停用), with a reason.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::{AlarmId, CaseId};
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::tui::act::alarms::{Judge, able, key, left_out, named};
use crate::tui::act::object::alarms_of;
use crate::tui::act::{Act, ActCtx, After, Dialog, LeftOut, Offer, Place, Purpose};
use crate::tui::form::field::text;
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

const JUDGE: Judge = |alarm, _| decide::alarm::may_hold(alarm);

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered: |ctx| {
        if alarms_of(ctx.board, ctx.rows).is_empty() {
            return Vec::new();
        }
        let words = Tui::OutOfService.text(ctx.lang);
        vec![match able(ctx, JUDGE, Tui::OutOfService) {
            Ok(ids) => ctx.offer(words, "", Purpose::new(OutOfService(ids))),
            Err(why) => Offer::new(words, "", Err(why)),
        }]
    },
};

/// Take these alarms out of service.
#[derive(Debug)]
pub struct OutOfService(pub Vec<AlarmId>);

impl Dialog for OutOfService {
    fn key(&self) -> String {
        key("out-of-service", &self.0)
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        named(form, ctx, &self.0, Tui::OutOfService)?;
        form.fields = vec![text(Slot::Comment, Tui::Reason.text(ctx.lang), "", true)];
        Some(())
    }

    fn command(&self, form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(Command::OutOfService {
            alarms: self.0.clone(),
            reason: Clean::from(form.text(&Slot::Comment)),
        })
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(left_out(ctx, &self.0, JUDGE))
    }

    fn after(&self, touched: Vec<Stream>, _opened: Option<&CaseId>) -> After {
        After::undoable(touched)
    }
}
