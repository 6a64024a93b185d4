//! An order as it is drawn up of what the board knows: what, where, seen by whom, by when, under which number.

use crate::desk::board::Board;
use crate::domain::case::{Case, ahead};
use crate::domain::decide::sights;
use crate::domain::episode;
use crate::domain::fact::task::{OfEpisode, Order, Sighted};
use crate::domain::id::ChannelId;
use crate::domain::place::{DATUMS, Datum, Place};
use crate::domain::playbook::Playbook;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::order::{Made, Saying};
use crate::lang::{Lang, letter, order};
use crate::tui::form::demand;
use crate::tui::part::ground;

/// The order for `case` with everything but its receiver and its words. No clock of it runs longer than the deadline.
pub(super) fn order(
    board: &Board,
    case: &Case,
    (deadline, way): (Option<Moment>, &ChannelId),
    now: Moment,
) -> Order {
    let letters = &board.room.letters;
    let lang = letters.lang;
    let drill = board.state.is_drill(case);
    let alarm = case.alarms.first().and_then(|id| board.state.alarms.get(id));
    let clocks = playbook(board, case)
        .map(|own| ahead::clocks(case, own, now))
        .unwrap_or_default();
    let clocks = clocks.into_iter().map(|(name, at)| {
        let at = deadline.map_or(at, |deadline| at.min(deadline));
        (Clean::new(lang.of(name)), at)
    });
    Order {
        case: case.id.clone(),
        title: Clean::from(letter::marked(case.matter.title.as_str(), drill, lang)),
        drill,
        severity: alarm.map(|alarm| alarm.cause.severity),
        place: case.matter.place,
        whereabouts: Clean::from(order::where_is(&board.room.directory, &case.matter, lang)),
        datum: Some(letters.datum(way)).filter(|datum| *datum != Datum::default()),
        map: map(letters.map.as_str(), case.matter.place),
        seen: seen(board, case, now),
        episode: of_episode(board, case, lang),
        clocks: clocks.collect(),
        deadline,
        ..Order::default()
    }
}

/// The words of an order that is about `what` and asks for `asked`, in the room's language.
pub(super) fn text(
    board: &Board,
    case: &Case,
    (order, what, asked): (&Order, &str, &str),
    now: Moment,
) -> String {
    let lang = board.room.letters.lang;
    let number = format!("{}.{}", case.id, case.tasks.len() + 1);
    let made = Made {
        number: &number,
        now,
        zone: board.room.zone,
    };
    let saying = Saying {
        order,
        what,
        asked,
        case,
        playbook: playbook(board, case),
        room: board.room.name.as_str(),
        made,
    };
    letter::marked(&order::text(&saying, lang), order.drill, lang)
}

fn playbook<'a>(board: &'a Board, case: &Case) -> Option<&'a Playbook> {
    let mut all = board.room.playbooks.iter();
    all.find(|own| own.id == case.matter.playbook)
}

/// The link to a map of the place, in the datum that its maker asks for.
fn map(link: &str, place: Option<Place>) -> Clean {
    let Some(place) = place.filter(|_| !link.is_empty()) else {
        return Clean::default();
    };
    let parts = DATUMS.iter().flat_map(|(datum, key)| {
        let (lat, lon) = place.to(*datum);
        let own = if *datum == Datum::default() {
            String::new()
        } else {
            format!("{key}_")
        };
        [(format!("{{{own}lat}}"), lat), (format!("{{{own}lon}}"), lon)]
    });
    let link = parts.fold(link.to_owned(), |link, (part, degrees)| {
        link.replace(&part, &format!("{degrees:.6}"))
    });
    Clean::from(link)
}

/// What was seen of it, from where, with a picture, and the wind there now; `None` of what nobody saw and no wind is known
/// for.
fn seen(board: &Board, case: &Case, now: Moment) -> Option<Box<Sighted>> {
    let lang = board.room.letters.lang;
    let wind = case
        .matter
        .place
        .and_then(|place| ground::wind(board, Some(place), now));
    let wind = wind.map(|wind| Clean::from(ground::drift(lang, wind)));
    let picture = sights::pictures(case, &board.state).next();
    let point = case.matter.point.as_ref().and_then(|id| board.points.get(id));
    if point.is_none() && wind.is_none() && picture.is_none() {
        return None;
    }
    let alarm = case.alarms.first().and_then(|id| board.state.alarms.get(id));
    let bearing = alarm.and_then(|alarm| alarm.cause.bearing);
    let from = point.and_then(|point| point.place);
    let metres = from.zip(case.matter.place).map(|(from, to)| from.distance_m(to));
    Some(Box::new(Sighted {
        by: point.map(|point| point.name.clone()).unwrap_or_default(),
        bearing: bearing.map(|degrees| degrees.round().rem_euclid(360.0) as u16),
        metres: metres.map(|metres| metres.round() as u32),
        wind: wind.unwrap_or_default(),
        picture: picture.cloned().unwrap_or_default(),
    }))
}

/// The episode that a measure is of: its level, and the number of its order.
fn of_episode(board: &Board, case: &Case, lang: Lang) -> Option<Box<OfEpisode>> {
    let above = board.state.cases.get(case.matter.parent.as_ref()?)?;
    let own = [episode::MEASURE, episode::CURTAILMENT];
    own.contains(&case.matter.playbook.as_str()).then_some(())?;
    let number = Clean::new(above.field(episode::ORDER_NO));
    let level = Clean::from(demand::level(
        playbook(board, above)?,
        above.field(episode::LEVEL),
        lang,
    ));
    Some(Box::new(OfEpisode { level, number }))
}
