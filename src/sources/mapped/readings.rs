//! The points and readings of mapped rows, one point a row or one point a column.

use crate::domain::directory::{Point, PointKind};
use crate::domain::feed::FlawKind;
use crate::domain::id::PointId;
use crate::domain::place::Place;
use crate::domain::reading::{Flag, PERIODS};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::sources::gather::{Gather, Slot, Spot};
use crate::sources::mapped::Platform;
use crate::sources::mapped::form::ReadingForm;
use crate::sources::mapped::row::{Head, Row};

impl Platform {
    /// A row that is one point's.
    pub(super) fn read_point(
        &self,
        n: usize,
        row: Row<'_>,
        at: Moment,
        place: Option<Place>,
        gather: &mut Gather<'_>,
    ) {
        let Some(id) = self.point(n, row, place, gather) else {
            return;
        };
        if !gather.may_be(Spot(n, &self.time_label()), at) {
            return;
        }
        let flag = self.flag(row);
        for form in self.map.readings.iter().filter(|form| row.has(&form.from)) {
            let slot = self.slot(form, &id, at, flag);
            match self.text(row, &form.from) {
                Some(text) => gather.number(Spot(n, form.from.label()), slot, &text),
                None => gather.nothing(Spot(n, form.from.label()), slot),
            }
        }
    }

    /// The row's point, if it is wanted; taken in with its name and place.
    fn point(
        &self,
        n: usize,
        row: Row<'_>,
        place: Option<Place>,
        gather: &mut Gather<'_>,
    ) -> Option<PointId> {
        let form = self.map.point.as_ref()?;
        let name = form.name.as_ref().and_then(|field| self.text(row, field));
        let name = Clean::new(&name.unwrap_or_default());
        let id = match self.joined(row, &form.id, "-") {
            Some(code) => Some(PointId::new(&code)),
            None if form.id.is_empty() => {
                let known = self.directory.points.iter().find(|point| point.name == name);
                known.map(|point| point.id.clone())
            }
            None => None,
        };
        let Some(id) = id else {
            gather.lose(Spot(n, "point"), name.as_str(), FlawKind::Missing);
            return None;
        };
        if !self.wants(&id) {
            return None;
        }
        let town = form.township.as_ref().and_then(|field| {
            let words = self.text(row, field).unwrap_or_default();
            gather.township(Spot(n, field.label()), &words)
        });
        let called = if name.is_empty() {
            Clean::new(id.as_str())
        } else {
            name.clone()
        };
        gather.point(Point {
            place,
            township: town,
            background: !form.background.is_empty() && name.as_str().contains(&form.background),
            ..Point::new(id.clone(), called, form.kind)
        });
        Some(id)
    }

    fn wants(&self, id: &PointId) -> bool {
        self.map.only.is_empty() || self.map.only.contains(id)
    }

    fn flag(&self, row: Row<'_>) -> Flag {
        let Some(form) = &self.map.flag else {
            return Flag::Valid;
        };
        let text = row.text(&form.from).unwrap_or_default();
        let is_one_of = |values: &[String]| values.iter().any(|value| *value == text);
        if is_one_of(&form.invalid) {
            Flag::Invalid
        } else if is_one_of(&form.maintenance) {
            Flag::Maintenance
        } else {
            Flag::Valid
        }
    }

    fn slot(&self, form: &ReadingForm, point: &PointId, at: Moment, flag: Flag) -> Slot {
        let length = PERIODS.iter().find(|row| row.0 == form.period).map(|row| row.2);
        let is_model = self
            .map
            .point
            .as_ref()
            .is_some_and(|p| p.kind == PointKind::Model);
        Slot {
            point: point.clone(),
            quantity: form.quantity,
            unit: form.unit,
            period: form.period,
            at: match length {
                Some(length) if self.map.time.marks_start => at + length,
                _ => at,
            },
            flag: if is_model && flag == Flag::Valid {
                Flag::Modelled
            } else {
                flag
            },
        }
    }

    /// The wide form's points: every column but those of time and quantity.
    pub(super) fn wide_points(&self, head: &Head, quantity: usize) -> Vec<(usize, PointId)> {
        let of_time = |name: &str| self.map.time.from.iter().any(|(field, _)| field.label() == name);
        let columns = head.names.iter().enumerate();
        let columns = columns.filter(|(n, name)| *n != quantity && !name.is_empty() && !of_time(name));
        let points = columns.map(|(n, name)| (n, PointId::new(name)));
        points.filter(|(_, id)| self.wants(id)).collect()
    }

    /// A row of the wide form: one quantity at every point.
    pub(super) fn read_wide_row(
        &self,
        n: usize,
        row: Row<'_>,
        quantity: &str,
        points: &[(usize, PointId)],
        gather: &mut Gather<'_>,
    ) {
        let quantity = quantity.trim();
        if quantity.is_empty() {
            return gather.lose(Spot(n, "quantity"), "", FlawKind::Missing);
        }
        let forms = self.map.readings.iter();
        let Some(form) = forms.into_iter().find(|form| form.from.label() == quantity) else {
            return;
        };
        let (written, at) = self.time(row);
        let Some(at) = at else {
            return gather.lose(Spot(n, &self.time_label()), &written, FlawKind::NotATime);
        };
        let Row::Csv(_, record) = row else {
            return;
        };
        if !gather.may_be(Spot(n, &self.time_label()), at) {
            return;
        }
        for (column, id) in points {
            let text = record.get(*column).unwrap_or("").trim();
            let slot = self.slot(form, id, at, Flag::Valid);
            if self.map.missing.iter().any(|missing| missing == text) {
                gather.nothing(Spot(n, id.as_str()), slot);
            } else {
                gather.number(Spot(n, id.as_str()), slot, text);
            }
        }
    }
}
