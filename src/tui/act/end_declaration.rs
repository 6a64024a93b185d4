//! End a declared state before its time: a stop, a maintenance, a calibration that is over sooner.

use crate::desk::Command;
use crate::desk::board::Board;
use crate::domain::declared;
use crate::domain::declared::Declared;
use crate::domain::fact::declared::Subject;
use crate::domain::id::{EnterpriseId, PointId};
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::lang::{Lang, domain as say, fill, when};
use crate::tui::act::{Act, ActCtx, Dialog, Offer, Place, Purpose};
use crate::tui::form::{Flaw, Form, FormCtx};
use crate::tui::view::RowId;

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered,
};

/// The declared states of the row's point or enterprise.
fn offered(ctx: &ActCtx<'_>) -> Vec<Offer> {
    let [row] = ctx.rows else { return Vec::new() };
    let board = ctx.board;
    let all = &board.state.declared;
    let at_point = |id: &PointId| {
        let point = board.points.get(id);
        let here = point.map(|point| declared::at_point(all, point, ctx.now).collect());
        here.unwrap_or_default()
    };
    let firm = EnterpriseId::from(Clean::new(row.text()));
    let here: Vec<&Declared> = match row {
        RowId::Point(id) => at_point(id),
        RowId::Alarm(id) => {
            let point = board.state.alarms.get(id);
            let point = point.and_then(|alarm| alarm.cause.point.as_ref());
            point.map(at_point).unwrap_or_default()
        }
        RowId::Other(_) => declared::of_enterprise(all, &firm, &board.points, ctx.now).collect(),
        RowId::Case(_) | RowId::Task(_) | RowId::Source(_) | RowId::Group(_) => Vec::new(),
    };
    let words = Tui::EndDeclaration.text(ctx.lang);
    let offer = |declared: &Declared| {
        let purpose = Purpose::new(EndDeclaration(declared.id));
        ctx.offer(words, &declared_words(ctx.lang, board, declared), purpose)
    };
    here.into_iter().map(offer).collect()
}

/// The end of a declared state; the number of the entry that declared it.
#[derive(Debug)]
pub struct EndDeclaration(pub u32);

impl Dialog for EndDeclaration {
    fn key(&self) -> String {
        format!("end-declaration {}", self.0)
    }

    /// `None` where it is over.
    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let declared = ctx.board.state.declared.get(&self.0)?;
        if declared.what.until <= ctx.now {
            return None;
        }
        Tui::EndDeclaration.text(ctx.lang).clone_into(&mut form.title);
        form.verb.clone_from(&form.title);
        form.about.push(declared_words(ctx.lang, ctx.board, declared));
        form.about.push(Tui::EndDeclarationNote.text(ctx.lang).to_owned());
        Some(())
    }

    fn command(&self, _form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(Command::EndDeclaration(self.0))
    }
}

/// A declared state in words: of what, which, until when, who said so.
fn declared_words(lang: Lang, board: &Board, declared: &Declared) -> String {
    let name = match &declared.what.of {
        Subject::Point(id) => board.points.get(id).map(|point| point.name.as_str()),
        Subject::Enterprise(id) => board.room.directory.enterprise(id).map(|firm| firm.name.as_str()),
    };
    let id = match &declared.what.of {
        Subject::Point(id) => id.as_str(),
        Subject::Enterprise(id) => id.as_str(),
    };
    fill(
        Tui::DeclaredUntil.text(lang),
        &[
            ("of", &name.filter(|name| !name.is_empty()).unwrap_or(id)),
            ("what", &say::declared_kind(lang, declared.what.kind)),
            (
                "until",
                &when::stamp(declared.what.until, board.at, board.room.zone),
            ),
            ("words", &declared.what.words),
        ],
    )
}
