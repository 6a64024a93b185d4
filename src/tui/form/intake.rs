//! Intake (登记): the dialog that opens a case by hand, with the fields that its playbook asks for; and those fields in the
//! dialog of a step. A matter that repeats an earlier one is named before it is stored.

use crate::desk::board::Board;
use crate::domain::case::drill;
use crate::domain::decide::opening::Opening;
use crate::domain::decide::{fields, opening};
use crate::domain::directory::Enterprise;
use crate::domain::id::{CaseId, FieldId, PlaybookId, TownshipId};
use crate::domain::ledger::Stream;
use crate::domain::place::Place;
use crate::domain::playbook::{Field as Asked, FieldKind, Fields, Playbook};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill, when};
use crate::tui::form::field::{choice, choices, text};
use crate::tui::form::{Desk, Field, Form, Purpose, Slot, field};

/// Fills in the dialog of a case by hand; `None` where there is no such playbook.
pub(super) fn form(form: &mut Form, desk: &Desk<'_>, id: &PlaybookId, parent: Option<&CaseId>) -> Option<()> {
    let lang = desk.lang;
    let playbook = playbook(desk.board, id)?;
    let words = lang.of(&playbook.words);
    form.title = fill(Tui::IntakeTitle.text(lang), &[("what", &words)]);
    form.verb.clone_from(&form.title);
    if let Some(parent) = parent.and_then(|id| desk.board.state.cases.get(id)) {
        form.about.push(format!("{}  {}", parent.id, parent.matter.title));
        form.seen.push((Stream::Case(parent.id.clone()), parent.version));
    }
    form.fields = vec![
        text(Slot::Title, Tui::CaseTitle.text(lang), "", true),
        township(desk, playbook),
        text(Slot::Place, Tui::Position.text(lang), "", false),
        text(Slot::Enterprise, Tui::Enterprise.text(lang), "", false),
    ];
    let intake = playbook.fields.iter().filter(|field| field.intake);
    let ids: Vec<FieldId> = intake.map(|field| field.id.clone()).collect();
    form.fields
        .extend(asked(desk, playbook, &ids, &Fields::default()));
    Some(())
}

/// That the township is not known, chosen by a person.
const NOT_KNOWN: &str = "?";

/// The township. A loop that goes to its unit asks for it, and "not known" is then an answer that must be chosen.
fn township(desk: &Desk<'_>, playbook: &Playbook) -> Field {
    let (lang, label) = (desk.lang, Tui::Township.text(desk.lang));
    let names = desk.board.room.directory.townships.iter();
    let names = names.map(|t| choice(t.id.as_str(), t.name.as_str()));
    let unknown = |key| std::iter::once(choice(key, Tui::Unknown.text(lang)));
    if names.len() > 0 && playbook.goes_to_a_unit() {
        let all = unknown(NOT_KNOWN).chain(names).collect();
        field::asked(Slot::Township, label, all, "", lang)
    } else {
        choices(Slot::Township, label, unknown("").chain(names).collect(), "")
    }
}

/// The playbook's own fields that are asked, with what stands in them already.
pub(super) fn asked(desk: &Desk<'_>, playbook: &Playbook, ids: &[FieldId], known: &Fields) -> Vec<Field> {
    let own = playbook.fields.iter().filter(|field| ids.contains(&field.id));
    own.map(|field| ask(desk.lang, field, known.get(&field.id)))
        .collect()
}

fn ask(lang: Lang, field: &Asked, known: Option<&Clean>) -> Field {
    let (slot, label) = (Slot::Own(field.id.clone()), lang.of(&field.words));
    let known = known.map_or("", Clean::as_str);
    match &field.kind {
        FieldKind::Choice(all) => {
            let all = all
                .iter()
                .map(|one| choice(one.code.as_str(), lang.of(&one.words)));
            if field.needed {
                return field::asked(slot, label, all.collect(), known, lang);
            }
            let none = choice("", Tui::Unknown.text(lang));
            choices(slot, label, std::iter::once(none).chain(all).collect(), known)
        }
        FieldKind::Day => {
            let label = format!("{label} {}", Tui::DayForm.text(lang));
            text(slot, &label, known, field.needed)
        }
        FieldKind::Text | FieldKind::Number => text(slot, label, known, field.needed),
    }
}

/// What was filled in of the playbook's own fields, for a step of `case`.
pub(super) fn own(form: &Form, board: &Board, case: &CaseId) -> Vec<(FieldId, Clean)> {
    let case = board.state.cases.get(case);
    let playbook = case.and_then(|case| playbook(board, &case.matter.playbook));
    playbook
        .map(|playbook| filled(form, playbook))
        .unwrap_or_default()
}

fn filled(form: &Form, playbook: &Playbook) -> Vec<(FieldId, Clean)> {
    let own = playbook.fields.iter().map(|field| field.id.clone());
    let given = own.map(|id| {
        let value = Clean::from(form.text(&Slot::Own(id.clone())));
        (id, value)
    });
    given.filter(|(_, value)| !value.is_empty()).collect()
}

/// What the case is opened with; or what is wrong with a field.
pub(super) fn opening(
    form: &Form,
    board: &Board,
    lang: Lang,
    (id, parent): (&PlaybookId, Option<CaseId>),
) -> Result<Opening, String> {
    let wrong = |what: Tui| fill(Tui::Unfit.text(lang), &[("what", &what.text(lang))]);
    let text = |slot| Some(form.text(&slot)).filter(|text| !text.trim().is_empty());
    let place = match text(Slot::Place) {
        Some(text) => Some(position(&text).ok_or_else(|| wrong(Tui::Position))?),
        None => None,
    };
    let enterprise = match text(Slot::Enterprise) {
        Some(text) => Some(enterprise(board, text.trim()).ok_or_else(|| wrong(Tui::Enterprise))?),
        None => None,
    };
    let township = text(Slot::Township).filter(|id| id != NOT_KNOWN);
    let township = township.map(|id| TownshipId::new(&id));
    let fields = playbook(board, id).map(|playbook| filled(form, playbook));
    Ok(Opening {
        title: Clean::from(form.text(&Slot::Title)),
        place: place.or(enterprise.and_then(|e| e.place)),
        township: township.or_else(|| enterprise?.township.clone()),
        parent,
        enterprise: enterprise.map(|e| e.id.clone()),
        fields: fields.unwrap_or_default(),
        ..Opening::default()
    })
}

/// `30.05, 121.16`: degrees north and east.
fn position(text: &str) -> Option<Place> {
    let (north, east) = text.split_once([',', '，', ' '])?;
    Place::new(north.trim().parse().ok()?, east.trim().parse().ok()?)
}

/// By its key, by its whole name, or by a part of the name that no other has.
pub(super) fn enterprise<'a>(board: &'a Board, text: &str) -> Option<&'a Enterprise> {
    let all = || board.room.directory.enterprises.iter();
    let exact = all().find(|e| e.id.as_str() == text || e.name.as_str() == text);
    exact.or_else(|| {
        let mut like = all().filter(|e| e.name.as_str().contains(text));
        like.next().filter(|_| like.next().is_none())
    })
}

/// After a field changed: the township of the enterprise that is named, whether the matter repeats an earlier one, and
/// whether it is a drill.
pub fn follow(form: &mut Form, board: &Board, lang: Lang, now: Moment) {
    let Purpose::Intake { playbook: id, parent } = form.purpose.clone() else {
        return;
    };
    let Some(playbook) = playbook(board, &id) else {
        return;
    };
    let firm = form.text(&Slot::Enterprise);
    let firm = Some(firm.trim()).filter(|text| !text.is_empty());
    let firm = firm.and_then(|text| enterprise(board, text));
    let own = firm.and_then(|firm| firm.township.as_ref());
    form.propose(&Slot::Township, own.map_or("", TownshipId::as_str));
    let like = fields::likeness(playbook, &filled(form, playbook));
    let before = like.and_then(|like| opening::repeated(&board.state, playbook, &like, now));
    form.note = before.map(|id| {
        let case = board.state.cases.get(&id);
        let opened = case.map_or(String::new(), |case| {
            when::stamp(case.state.entered, now, board.room.zone)
        });
        fill(Tui::Repeats.text(lang), &[("case", &id), ("at", &opened)])
    });
    let drill = drill_note(form, board, parent.as_ref(), lang);
    form.note = form.note.take().or(drill);
}

/// That it will be a drill; or how to say so, where its title speaks of one elsewhere.
fn drill_note(form: &Form, board: &Board, parent: Option<&CaseId>, lang: Lang) -> Option<String> {
    let title = form.text(&Slot::Title);
    let above = parent.and_then(|id| board.state.cases.get(id));
    let under = above.is_some_and(|case| board.state.is_drill(case));
    let note = if under || drill::is_marked(&title) {
        Tui::IsDrill
    } else if drill::is_mentioned(&title) {
        Tui::MarkDrill
    } else {
        return None;
    };
    Some(note.text(lang).to_owned())
}

fn playbook<'a>(board: &'a Board, id: &PlaybookId) -> Option<&'a Playbook> {
    board.room.playbooks.iter().find(|playbook| playbook.id == *id)
}
