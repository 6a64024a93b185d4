//! Lists to pick from: the palette, the help, everything that can be done with a row, what is written down by hand, what is
//! done to the shift. What they offer of acts stands with the acts.

use crate::desk::board::Board;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::act::{ActCtx, Head, Offer, Place, offers};
use crate::tui::action::{ACTIONS, Action, Group, Row};
use crate::tui::keys::Key;
use crate::tui::panel::Panel;
use crate::tui::pick::{Item, Pick, Run};
use crate::tui::seat::{Mode, Now, Seat};
use crate::tui::view::RowId;
use std::sync::Arc;

/// The actions that there are: another role may be taken in the training city alone.
fn there(board: &Board) -> impl Iterator<Item = &'static Row> {
    let training = board.room.training;
    ACTIONS
        .iter()
        .filter(move |row| training || row.action != Action::Role)
}

impl Seat {
    /// What acts are asked over: the board on the screen, the rows that are meant.
    pub(super) fn act_ctx<'a>(&'a self, board: &'a Board, rows: &'a [RowId], now: Now) -> ActCtx<'a> {
        ActCtx {
            form: self.form_ctx(board, now),
            who: &self.who,
            keymap: &self.keymap,
            rows,
            marked: self
                .views
                .get(&self.screen)
                .is_some_and(|view| !view.marks.is_empty()),
            last: self.done.last().map_or(&[], Vec::as_slice),
        }
    }

    /// Every action, to be found by words, initials or its name, and everything that can be done with the row.
    pub(super) fn palette(&self, live: &Board, now: Now) -> Pick {
        let mut items: Vec<Item> = there(live).map(|row| self.item(row)).collect();
        let rows = self.view().targets();
        let board = self.frozen.as_deref().unwrap_or(live);
        let here = offers(Place::Rows, &self.act_ctx(board, &rows, now));
        let known = |offer: &Offer| items.iter().any(|item| item.words == offer.words);
        let new: Vec<Offer> = here
            .into_iter()
            .filter(|offer| offer.purpose.is_ok() && !known(offer))
            .collect();
        items.extend(new.into_iter().map(|offer| self.item_of(offer)));
        Pick::new(Tui::PaletteTitle.text(self.lang).to_owned(), items)
    }

    /// Every action under its headings, what this screen offers first.
    pub(super) fn help(&self, live: &Board) -> Pick {
        let panel = Panel::of(self.screen);
        let title = panel.map_or("", |panel| (panel.title)(self.lang));
        let here = panel.map_or(&[][..], |panel| panel.actions);
        let mut items: Vec<Item> = here
            .iter()
            .map(|action| Item {
                head: title.to_owned(),
                ..self.item(action.row())
            })
            .collect();
        let rest = there(live).filter(|row| !here.contains(&row.action));
        items.extend(rest.map(|row| self.item(row)));
        Pick::new(fill(Tui::HelpTitle.text(self.lang), &[("screen", &title)]), items)
    }

    fn item(&self, row: &Row) -> Item {
        let keys: Vec<String> = self.keymap.keys(row.action).iter().map(Key::to_string).collect();
        Item {
            head: group(row.group).text(self.lang).to_owned(),
            words: row.text.text(self.lang).to_owned(),
            note: keys.join("  "),
            id: row.id.to_owned(),
            run: Run::Action(row.action),
        }
    }

    /// What can be done opens its dialog; what cannot now says why.
    fn item_of(&self, offer: Offer) -> Item {
        let head = match (&offer.purpose, offer.head) {
            (Err(_), _) => Tui::GroupBlocked.text(self.lang).to_owned(),
            (Ok(_), Head::Steps) => Tui::GroupSteps.text(self.lang).to_owned(),
            (Ok(_), Head::Handling) => Tui::GroupHandling.text(self.lang).to_owned(),
            (Ok(_), Head::Words(words)) => words,
        };
        let (note, key, run) = match offer.purpose {
            Ok(purpose) => (offer.note, purpose.key(), Run::Ask(purpose)),
            Err(why) => (why.clone(), String::new(), Run::Say(why)),
        };
        let id = if offer.id.is_empty() { key } else { offer.id };
        Item {
            head,
            words: offer.words,
            note,
            id,
            run,
        }
    }

    /// Everything that can be done with the row under the cursor, or with the shift on its screen.
    pub(super) fn menu(&mut self, live: &Arc<Board>, now: Now) {
        if self.screen == Action::Shift {
            return self.offer_all(Place::Shift, Tui::Shift, live, now);
        }
        let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
        let rows = self.view().targets();
        let Some(row) = rows.first() else {
            self.say(Tui::ChooseRow.text(self.lang), false, now);
            return;
        };
        let all = offers(Place::Rows, &self.act_ctx(&board, &rows, now));
        let (can, cannot): (Vec<Offer>, Vec<Offer>) =
            all.into_iter().partition(|offer| offer.purpose.is_ok());
        let of = |offers: Vec<Offer>| offers.into_iter().map(|offer| self.item_of(offer));
        let mut items: Vec<Item> = of(can).collect();
        if rows.iter().any(|row| matches!(row, RowId::Source(_))) {
            items.push(self.item(Action::AskNow.row()));
        }
        items.push(self.item(Action::Copy.row()));
        items.extend(of(cannot));
        let more = rows.len() - 1;
        let what = if more > 0 {
            format!("{} +{more}", row.text())
        } else {
            row.text().to_owned()
        };
        let title = fill(Tui::MenuTitle.text(self.lang), &[("what", &what)]);
        self.mode = Mode::Pick(Pick::new(title, items));
    }

    /// Everything that is offered in one place.
    pub(super) fn offer_all(&mut self, place: Place, title: Tui, live: &Arc<Board>, now: Now) {
        let board = self.frozen.clone().unwrap_or_else(|| Arc::clone(live));
        let rows = self.view().targets();
        let all = offers(place, &self.act_ctx(&board, &rows, now));
        let items = all.into_iter().map(|offer| self.item_of(offer)).collect();
        self.mode = Mode::Pick(Pick::new(title.text(self.lang).to_owned(), items));
    }
}

/// The heading of a group.
fn group(group: Group) -> Tui {
    match group {
        Group::Screens => Tui::GroupScreens,
        Group::Moving => Tui::GroupMoving,
        Group::Finding => Tui::GroupFinding,
        Group::Handling => Tui::GroupHandling,
        Group::Seat => Tui::GroupSeat,
    }
}
