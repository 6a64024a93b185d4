//! Dialogs about the room at large: the draw of stations to inspect, a declared stop or maintenance and its early end.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::declared::Declared;
use crate::domain::directory::PointKind;
use crate::domain::fact::declared::{DECLARED_KINDS, Declaration, DeclaredKind, Subject};
use crate::domain::id::PointId;
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::lang::{Lang, domain as say, fill, when};
use crate::tui::form::field::{choice, text};
use crate::tui::form::intake::enterprise;
use crate::tui::form::{Choice, Desk, Form, Slot, field};

/// One in so many stations is proposed to be drawn (抽查复核 at least 20 %).
const SHARE: usize = 5;

/// The draw: how many, who is left out and why.
pub(super) fn draw(form: &mut Form, desk: &Desk<'_>) {
    let lang = desk.lang;
    let is_station = |kind| matches!(kind, PointKind::Air | PointKind::Water);
    let stations = desk
        .board
        .points
        .values()
        .filter(|point| is_station(point.kind))
        .count();
    Tui::DrawTitle.text(lang).clone_into(&mut form.title);
    form.verb.clone_from(&form.title);
    form.about
        .push(fill(Tui::DrawAmong.text(lang), &[("n", &stations)]));
    let proposed = stations.div_ceil(SHARE).to_string();
    form.fields = vec![
        text(Slot::Count, Tui::DrawCount.text(lang), &proposed, true),
        text(Slot::Point, Tui::DrawOut.text(lang), "", false),
    ];
}

/// The draw as it was filled in: `code=reason`, separated by semicolons.
pub(super) fn drawn(form: &Form, lang: Lang) -> Result<Deed, String> {
    let unfit = |what: Tui| fill(Tui::Unfit.text(lang), &[("what", &what.text(lang))]);
    let count = form.text(&Slot::Count).trim().parse();
    let count = count.map_err(|_| unfit(Tui::DrawCount))?;
    let mut excluded = Vec::new();
    let text = form.text(&Slot::Point);
    for row in text.split([';', '；']).filter(|row| !row.trim().is_empty()) {
        let (id, why) = row.split_once(['=', '＝']).ok_or_else(|| unfit(Tui::DrawOut))?;
        excluded.push((PointId::new(id.trim()), Clean::new(why.trim())));
    }
    Ok(Deed::Draw { count, excluded })
}

/// A declared state: of what, which, until when, who said so.
pub(super) fn declare(form: &mut Form, desk: &Desk<'_>, ends: Vec<Choice>) {
    let lang = desk.lang;
    Tui::DeclareTitle.text(lang).clone_into(&mut form.title);
    form.verb.clone_from(&form.title);
    let kinds = DECLARED_KINDS.iter();
    let kinds = kinds
        .map(|row| choice(row.1, say::declared_kind(lang, row.0)))
        .collect();
    form.fields = vec![
        text(Slot::Point, Tui::PointOrEnterprise.text(lang), "", true),
        field::asked(Slot::Kind, Tui::AnswerKind.text(lang), kinds, "", lang),
        field::asked(Slot::Until, Tui::Until.text(lang), ends, "", lang),
        text(Slot::Comment, Tui::Words.text(lang), "", true),
    ];
}

/// The declared state as it was filled in.
pub(super) fn declared(form: &Form, board: &Board, lang: Lang) -> Result<Deed, String> {
    let unfit = |what: Tui| fill(Tui::Unfit.text(lang), &[("what", &what.text(lang))]);
    let name = form.text(&Slot::Point);
    let name = name.trim();
    let point = board
        .points
        .values()
        .find(|p| p.id.as_str() == name || p.name.as_str() == name);
    let owner = enterprise(board, name).map(|owner| Subject::Enterprise(owner.id.clone()));
    let of = point.map(|point| Subject::Point(point.id.clone())).or(owner);
    let kind = form.text(&Slot::Kind);
    let kind = DECLARED_KINDS.iter().find(|row| row.1 == kind).map(|row| row.0);
    let until = form.moment(&Slot::Until);
    Ok(Deed::Declare(Box::new(Declaration {
        of: of.ok_or_else(|| unfit(Tui::PointOrEnterprise))?,
        kind: kind.unwrap_or(DeclaredKind::Stop),
        // From now on: the board's own moment is at most a beat old.
        from: board.at,
        until: until.ok_or_else(|| unfit(Tui::Until))?,
        words: Clean::from(form.text(&Slot::Comment)),
    })))
}

/// A declared state in words: of what, which, until when, who said so.
pub fn declared_words(lang: Lang, board: &Board, declared: &Declared) -> String {
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

/// The early end of a declared state; `None` where it is over.
pub(super) fn end_declaration(form: &mut Form, desk: &Desk<'_>, id: u32) -> Option<()> {
    let declared = desk.board.state.declared.get(&id)?;
    if declared.what.until <= desk.now {
        return None;
    }
    Tui::EndDeclaration.text(desk.lang).clone_into(&mut form.title);
    form.verb.clone_from(&form.title);
    form.about.push(declared_words(desk.lang, desk.board, declared));
    form.about
        .push(Tui::EndDeclarationNote.text(desk.lang).to_owned());
    Some(())
}
