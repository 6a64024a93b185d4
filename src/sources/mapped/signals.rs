//! The signals of mapped rows.

use crate::domain::feed::FlawKind;
use crate::domain::id::PointId;
use crate::domain::place::Place;
use crate::domain::signal::{Severity, Signal};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::sources::gather::{Gather, Spot};
use crate::sources::mapped::Platform;
use crate::sources::mapped::form::{Piece, SignalForm, Template};
use crate::sources::mapped::row::Row;
use crate::sources::stamp;

impl Platform {
    /// The row as a signal.
    pub(super) fn read_signal(
        &self,
        n: usize,
        row: Row<'_>,
        form: &SignalForm,
        (at, place): (Moment, Option<Place>),
        gather: &mut Gather<'_>,
    ) {
        let Some(id) = self.joined(row, &form.id, "-") else {
            return gather.lose(Spot(n, "id"), "", FlawKind::Missing);
        };
        if !gather.may_be(Spot(n, &self.time_label()), at) {
            return;
        }
        let text = |field: &Option<_>| field.as_ref().and_then(|field| self.text(row, field));
        let clean = |field: &Option<_>| Clean::new(&text(field).unwrap_or_default());
        let ends = text(&form.ends).and_then(|text| {
            let time = &self.map.time;
            let ends = stamp::read(&time.stamp, &text, time.zone);
            if ends.is_none() {
                gather.flaw(Spot(n, "ends"), &text, FlawKind::NotATime);
            }
            ends
        });
        let active = form.active_from.as_ref().is_none_or(|(field, values)| {
            let text = row.text(field).unwrap_or_default();
            values.iter().any(|value| *value == text)
        });
        let point = text(&form.point).map(|code| PointId::new(&code));
        let bearing = text(&form.bearing).and_then(|text| {
            let heading = point.as_ref().and_then(|id| self.directory.point(id)?.heading);
            let bearing = text.trim_end_matches('°').trim().parse::<f64>().ok();
            let bearing = bearing.filter(|degrees| degrees.is_finite());
            if bearing.is_none() {
                gather.flaw(Spot(n, "bearing"), &text, FlawKind::NotANumber);
            }
            bearing.map(|degrees| (degrees + heading.unwrap_or(0.0)).rem_euclid(360.0))
        });
        let picture = gather.picture(Spot(n, "picture"), &text(&form.picture).unwrap_or_default());
        let (severity, severity_words) = self.severity(row, form);
        let fields = form.fields.iter().filter_map(|field| {
            let text = self.text(row, field)?;
            Some((Clean::new(field.label()), Clean::new(&text)))
        });
        let signal = Signal {
            source: self.upstream.id.clone(),
            id: Clean::new(&id),
            kind: form.kind,
            severity,
            severity_words,
            active,
            title: self.fill(row, &form.title),
            detail: self.fill(row, &form.detail),
            place,
            area: clean(&form.area),
            point,
            bearing,
            picture,
            at,
            ends,
            fields: fields.collect(),
        };
        gather.signal(Spot(n, "id"), signal);
    }

    /// How much a row matters, and its own words for it where the table does not know them. A row that says nothing is as
    /// the map says.
    fn severity(&self, row: Row<'_>, form: &SignalForm) -> (Severity, Clean) {
        let Some((field, severities)) = &form.severity_from else {
            return (form.severity, Clean::default());
        };
        let words = self.text(row, field).unwrap_or_default();
        let text = words.to_lowercase();
        match severities.iter().find(|(value, _)| *value == text) {
            Some((_, severity)) => (*severity, Clean::default()),
            None if text.is_empty() => (form.severity, Clean::default()),
            None => (Severity::UNKNOWN, Clean::new(&words)),
        }
    }

    fn fill(&self, row: Row<'_>, template: &Template) -> Clean {
        let mut words = String::new();
        for piece in &template.0 {
            match piece {
                Piece::Text(text) => words.push_str(text),
                Piece::Field(field) => words.push_str(&self.text(row, field).unwrap_or_default()),
            }
        }
        Clean::new(&words)
    }
}
