//! The county's air onto the board: the stations that should speak for it, its hours with their quorum, its day so far.

use crate::desk::board::Board;
use crate::desk::update::trend::{TREND, put};
use crate::domain::air::Hour;
use crate::domain::air::unit::{Station, UnitHour};
use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::time::Moment;
use imbl::Vector;
use std::collections::{BTreeMap, BTreeSet};

/// Computes anew the hours that `touched` names; all of them where other stations should speak now.
pub(super) fn settle(board: &mut Board, mut touched: BTreeSet<Moment>, now: Moment) {
    let stations = stations(board, now);
    if stations != board.stations {
        board.stations = stations;
        touched.extend(board.county_hours.iter().map(|(hour, _)| *hour));
    }
    if touched.is_empty() {
        return;
    }
    for hour in touched {
        let of = hour_of(board, hour);
        put(&mut board.county_hours, (hour, of));
    }
    let hour = board.county(now).map(|of| of.hour);
    board.county_day = hour.and_then(|hour| board.day_so_far(&board.stations, hour));
}

fn hour_of(board: &Board, hour: Moment) -> UnitHour {
    let standard = board.standard_at(hour);
    let each = board.stations.iter();
    let each = each.map(|station| (station.clone(), board.hour_of(standard, &station.id, hour)));
    let each: Vec<(Station, Hour)> = each.collect();
    UnitHour::of(standard, hour, &each)
}

/// The stations that should speak, by their ids: every air station that the directory names or an upstream describes,
/// and whatever else measures air and has spoken within the time of the trends. Models are none.
fn stations(board: &Board, now: Moment) -> Vector<Station> {
    let named = board.points.values().filter(|point| point.kind == PointKind::Air);
    let mut found: BTreeMap<&PointId, bool> = named.map(|point| (&point.id, point.background)).collect();
    for (id, air) in &board.air {
        let known: Option<&Point> = board.points.get(id);
        let measures = known.is_none_or(|point| point.kind == PointKind::Other) && !air.modelled;
        if measures && now.age_of(air.hour) < TREND {
            found
                .entry(id)
                .or_insert_with(|| known.is_some_and(|point| point.background));
        }
    }
    let stations = found.into_iter();
    stations
        .map(|(id, background)| Station {
            id: id.clone(),
            background,
        })
        .collect()
}
