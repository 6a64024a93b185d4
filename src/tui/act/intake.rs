//! Write a matter down by hand (登记): opens a case with the fields that its playbook asks for. A matter that repeats an
//! earlier one is named before it is stored.

use crate::desk::Command;
use crate::desk::board::Board;
use crate::domain::case::{Case, drill};
use crate::domain::decide::opening::Opening;
use crate::domain::decide::{fields, opening};
use crate::domain::directory::Enterprise;
use crate::domain::id::{CaseId, FieldId, PlaybookId, TownshipId};
use crate::domain::ledger::Stream;
use crate::domain::place::Place as Position;
use crate::domain::playbook::{Fields, Playbook};
use crate::domain::text::Clean;
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill, when};
use crate::tui::act::object::case_of;
use crate::tui::act::{Act, ActCtx, After, Dialog, Head, Offer, Place, Purpose, key};
use crate::tui::form::field::{asked, choice, choices, text};
use crate::tui::form::{Field, Flaw, Form, FormCtx, Slot, asked as loops};

pub(super) const ACT: Act = Act {
    place: Place::New,
    action: None,
    offered,
};

/// Every loop of which this person may open a case by hand, those under the row's own matter first; of whoever may open none,
/// all, with the reason.
fn offered(ctx: &ActCtx<'_>) -> Vec<Offer> {
    // Of several marked rows none is the one that the new matter belongs under.
    let here = ctx.rows.first().filter(|_| ctx.rows.len() == 1);
    let here = here.and_then(|row| case_of(ctx.board, row));
    let parent = here.and_then(|id| ctx.board.state.cases.get(&id));
    let parent = parent.filter(|case| case.is_open());
    let role = ctx.who.role;
    let some = ctx
        .board
        .room
        .playbooks
        .iter()
        .any(|playbook| playbook.may_register(role));
    let blocked = |playbook: &Playbook| !some && playbook.by_hand && playbook.is_seen_by(role);
    let seen = |playbook: &&Playbook| playbook.may_register(role) || blocked(playbook);
    let all = || ctx.board.room.playbooks.iter().filter(seen);
    let under = parent.into_iter().flat_map(|parent| {
        let own = all().filter(|playbook| playbook.under.as_ref() == Some(&parent.matter.playbook));
        own.map(|playbook| offer(ctx, playbook, Some(parent)))
    });
    let alone = all().filter(|playbook| playbook.under.is_none());
    under
        .chain(alone.map(|playbook| offer(ctx, playbook, None)))
        .collect()
}

fn offer(ctx: &ActCtx<'_>, playbook: &Playbook, parent: Option<&Case>) -> Offer {
    let intake = Intake {
        playbook: playbook.id.clone(),
        parent: parent.map(|parent| parent.id.clone()),
    };
    let under = || Tui::New.text(ctx.lang).to_owned();
    Offer {
        head: Head::Words(parent.map_or_else(under, |parent| parent.id.to_string())),
        ..ctx.offer(
            ctx.lang.of(&playbook.words),
            &playbook.letter.to_string(),
            Purpose::new(intake),
        )
    }
}

/// Open a case by hand.
#[derive(Debug)]
pub struct Intake {
    /// By which playbook.
    pub playbook: PlaybookId,
    /// Under which case, where it belongs under one.
    pub parent: Option<CaseId>,
}

impl Intake {
    fn playbook<'a>(&self, board: &'a Board) -> Option<&'a Playbook> {
        let mut all = board.room.playbooks.iter();
        all.find(|playbook| playbook.id == self.playbook)
    }

    /// That it will be a drill; or how to say so, where its title speaks of one elsewhere.
    fn drill_note(&self, form: &Form, board: &Board, lang: Lang) -> Option<String> {
        let title = form.text(&Slot::Title);
        let above = self.parent.as_ref().and_then(|id| board.state.cases.get(id));
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
}

impl Dialog for Intake {
    fn key(&self) -> String {
        let parent = self.parent.as_ref().map_or("", |parent| parent.as_str());
        key("intake", [self.playbook.as_str(), parent])
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let playbook = self.playbook(ctx.board)?;
        let words = ctx.lang.of(&playbook.words);
        form.title = fill(Tui::IntakeTitle.text(ctx.lang), &[("what", &words)]);
        form.verb.clone_from(&form.title);
        let parent = self.parent.as_ref();
        if let Some(parent) = parent.and_then(|id| ctx.board.state.cases.get(id)) {
            form.about.push(format!("{}  {}", parent.id, parent.matter.title));
            form.seen.push((Stream::Case(parent.id.clone()), parent.version));
        }
        form.fields = vec![
            text(Slot::Title, Tui::CaseTitle.text(ctx.lang), "", true),
            township(ctx, playbook),
            text(Slot::Place, Tui::Position.text(ctx.lang), "", false),
            text(Slot::Enterprise, Tui::Enterprise.text(ctx.lang), "", false),
        ];
        let intake = playbook.fields.iter().filter(|field| field.intake);
        let ids: Vec<FieldId> = intake.map(|field| field.id.clone()).collect();
        form.fields
            .extend(loops::own(ctx, playbook, &ids, &Fields::default()));
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let text = |slot| Some(form.text(&slot)).filter(|text| !text.trim().is_empty());
        let unfit = |slot, what| Flaw::unfit(slot, what, ctx.lang);
        let place = match text(Slot::Place) {
            Some(text) => Some(position(&text).ok_or_else(|| unfit(Slot::Place, Tui::Position))?),
            None => None,
        };
        let firm = match text(Slot::Enterprise) {
            Some(text) => {
                let known = enterprise(ctx.board, text.trim());
                Some(known.ok_or_else(|| unfit(Slot::Enterprise, Tui::Enterprise))?)
            }
            None => None,
        };
        let township = text(Slot::Township).filter(|id| id != NOT_KNOWN);
        let township = township.map(|id| TownshipId::new(&id));
        let fields = self
            .playbook(ctx.board)
            .map(|playbook| loops::filled(form, playbook));
        Ok(Command::Open {
            playbook: self.playbook.clone(),
            opening: Box::new(Opening {
                title: Clean::from(form.text(&Slot::Title)),
                place: place.or(firm.and_then(|firm| firm.place)),
                township: township.or_else(|| firm?.township.clone()),
                parent: self.parent.clone(),
                enterprise: firm.map(|firm| firm.id.clone()),
                fields: fields.unwrap_or_default(),
                ..Opening::default()
            }),
        })
    }

    /// The township of the enterprise that is named or of the position, whether the matter repeats an earlier one, and
    /// whether it is a drill.
    fn follow(&self, form: &mut Form, ctx: &FormCtx<'_>, _changed: &Slot) {
        let Some(playbook) = self.playbook(ctx.board) else {
            return;
        };
        let own = township_of(form, ctx.board);
        form.propose(&Slot::Township, own.map_or("", TownshipId::as_str));
        let like = fields::likeness(playbook, &loops::filled(form, playbook));
        let before = like.and_then(|like| opening::repeated(&ctx.board.state, playbook, &like, ctx.now));
        let repeats = before.map(|id| {
            let case = ctx.board.state.cases.get(&id);
            let opened = case.map_or(String::new(), |case| {
                when::stamp(case.state.entered, ctx.now, ctx.board.room.zone)
            });
            fill(Tui::Repeats.text(ctx.lang), &[("case", &id), ("at", &opened)])
        });
        form.note = repeats.or_else(|| self.drill_note(form, ctx.board, ctx.lang));
    }

    fn is_bound(&self) -> bool {
        false
    }

    fn may(&self, ctx: &ActCtx<'_>) -> bool {
        let playbook = self.playbook(ctx.board);
        playbook.is_some_and(|playbook| playbook.may_register(ctx.who.role))
    }

    fn after(&self, _touched: Vec<Stream>, opened: Option<&CaseId>) -> After {
        After::undoable(opened.cloned().map(Stream::Case).into_iter().collect())
    }
}

/// That the township is not known, chosen by a person.
const NOT_KNOWN: &str = "?";

/// The township. A loop that goes to its unit asks for it, and "not known" is then an answer that must be chosen.
fn township(ctx: &FormCtx<'_>, playbook: &Playbook) -> Field {
    let (lang, label) = (ctx.lang, Tui::Township.text(ctx.lang));
    let names = ctx.board.room.directory.townships.iter();
    let names = names.map(|t| choice(t.id.as_str(), t.name.as_str()));
    let unknown = |key| std::iter::once(choice(key, Tui::Unknown.text(lang)));
    if names.len() > 0 && playbook.goes_to_a_unit() {
        let all = unknown(NOT_KNOWN).chain(names).collect();
        asked(Slot::Township, label, all, "", lang)
    } else {
        choices(Slot::Township, label, unknown("").chain(names).collect(), "")
    }
}

/// Where the matter is by what else was filled in: at its enterprise, else around its position.
fn township_of<'a>(form: &Form, board: &'a Board) -> Option<&'a TownshipId> {
    let firm = form.text(&Slot::Enterprise);
    let firm = Some(firm.trim()).filter(|text| !text.is_empty());
    let firm = firm.and_then(|text| enterprise(board, text));
    let around = || {
        let place = position(form.text(&Slot::Place).trim())?;
        let (township, _) = board.room.directory.township("", Some(place))?;
        Some(&township.id)
    };
    firm.and_then(|firm| firm.township.as_ref()).or_else(around)
}

/// `30.05, 121.16`: degrees north and east.
fn position(text: &str) -> Option<Position> {
    let (north, east) = text.split_once([',', '，', ' '])?;
    Position::new(north.trim().parse().ok()?, east.trim().parse().ok()?)
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
