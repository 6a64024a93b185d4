//! Add words to cases: the same words to each.

use crate::desk::Command;
use crate::domain::id::CaseId;
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::tui::act::object::{cases, named, objects, without_case};
use crate::tui::act::{Act, ActCtx, Dialog, LeftOut, Place, Purpose, all, key};
use crate::tui::action::Action;
use crate::tui::form::field::text;
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: Some((Action::Note, ask)),
    offered: |ctx| {
        let purpose = ask(ctx).ok();
        purpose
            .map(|purpose| ctx.offer_of(Tui::Note, Action::Note, Ok(purpose)))
            .into_iter()
            .collect()
    },
};

fn ask(ctx: &ActCtx<'_>) -> Result<Purpose, String> {
    let cases = cases(&objects(ctx.board, ctx.rows));
    if cases.is_empty() {
        return Err(ctx.not_here(Tui::Note.text(ctx.lang)));
    }
    Ok(Purpose::new(Note(cases)))
}

/// Add words to these cases.
#[derive(Debug)]
pub struct Note(pub Vec<CaseId>);

impl Dialog for Note {
    fn key(&self) -> String {
        key("note", self.0.iter().map(CaseId::as_str))
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        named(form, ctx, &self.0, Tui::Note.text(ctx.lang))?;
        form.fields = vec![text(Slot::Comment, Tui::Words.text(ctx.lang), "", true)];
        Some(())
    }

    fn command(&self, form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let words = Clean::from(form.text(&Slot::Comment));
        let one = |case| Command::Note {
            case,
            words: words.clone(),
        };
        Ok(all(self.0.iter().cloned().map(one)))
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        let all = objects(ctx.board, ctx.rows);
        let out = all.iter().filter_map(|object| without_case(ctx, object));
        Some(out.collect())
    }
}
