//! The forecast of mapped rows: a day a row, or several days in one field.

use crate::domain::fact::forecast::{ForecastDay, PollutionCause};
use crate::domain::feed::FlawKind;
use crate::domain::quantity::Value;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::sources::gather::{Gather, Spot};
use crate::sources::mapped::Platform;
use crate::sources::mapped::form::{DayForm, Field, ForecastForm};
use crate::sources::mapped::row::Row;
use chrono::{Days, NaiveDate};

/// Most days that one field may list.
const MOST: usize = 31;

impl Platform {
    /// The row as a part of the forecast that was issued at `issued`.
    pub(super) fn read_forecast(
        &self,
        n: usize,
        row: Row<'_>,
        form: &ForecastForm,
        issued: Moment,
        gather: &mut Gather<'_>,
    ) {
        if !gather.may_be(Spot(n, &self.time_label()), issued) {
            return;
        }
        let text = |field: &Option<Field>| field.as_ref().and_then(|field| self.text(row, field));
        let words = Clean::new(&text(&form.cause).unwrap_or_default());
        let named = form.causes.iter().find(|known| known.0 == words.as_str());
        let named = named
            .map(|known| known.1)
            .or_else(|| PollutionCause::named(words.as_str()));
        if named.is_none() && !words.is_empty() {
            let label = form.cause.as_ref().map_or("", Field::label);
            gather.flaw(Spot(n, label), words.as_str(), FlawKind::Unknown);
        }
        let cause = named.unwrap_or(PollutionCause::Other);
        let aqi = text(&form.aqi).unwrap_or_default().into_owned();
        let label = form.aqi.as_ref().map_or("", Field::label);
        let number = |field: &Option<Field>, gather: &mut Gather<'_>| {
            let found = text(field)?;
            let value = highest(&found).and_then(Value::parse);
            let value = value.filter(|value| value.micro() >= 0);
            if value.is_none() {
                let label = field.as_ref().map_or("", Field::label);
                gather.flaw(Spot(n, label), &found, FlawKind::NotANumber);
            }
            value
        };
        let day = |date, aqi| ForecastDay {
            date,
            aqi,
            o3_8h: None,
            pm25: None,
            cause,
            words: words.clone(),
        };
        match &form.day {
            DayForm::Row(field, shape) => {
                let written = self.text(row, field).unwrap_or_default();
                let Ok(date) = NaiveDate::parse_from_str(&written, shape) else {
                    return gather.lose(Spot(n, field.label()), &written, FlawKind::NotATime);
                };
                let index = index(&aqi);
                if index.is_none() && !aqi.is_empty() {
                    gather.flaw(Spot(n, label), &aqi, FlawKind::NotANumber);
                }
                let day = ForecastDay {
                    o3_8h: number(&form.o3_8h, gather),
                    pm25: number(&form.pm25, gather),
                    ..day(date, index)
                };
                gather.understood(n);
                gather.forecast(issued, day);
            }
            DayForm::List(first) => {
                let begins = issued
                    .date(self.map.time.zone)
                    .checked_add_days(Days::new((*first).into()));
                let Some(begins) = begins else { return };
                let split = |c: char| c.is_whitespace() || matches!(c, '、' | ',' | '，' | ';' | '；' | '/');
                let cells = aqi.split(split).filter(|cell| !cell.is_empty()).take(MOST);
                for (date, cell) in begins.iter_days().zip(cells) {
                    let index = index(cell);
                    if index.is_none() {
                        gather.flaw(Spot(n, label), cell, FlawKind::NotANumber);
                    }
                    gather.understood(n);
                    gather.forecast(issued, day(date, index));
                }
            }
        }
    }
}

/// An index; of a range its upper end.
fn index(text: &str) -> Option<u16> {
    highest(text)?.parse().ok().filter(|index| *index <= 500)
}

/// The upper end of a range, or the number itself; a sign before a number makes no range.
fn highest(text: &str) -> Option<&str> {
    let text = text.trim();
    if text.starts_with(['-', '—', '–']) {
        return Some(text);
    }
    let ends = text.split(['~', '～', '-', '—', '–', '至']);
    ends.map(str::trim).rfind(|end| !end.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upper_end_of_a_range_counts_and_what_is_no_index_is_none() {
        assert_eq!(index("160"), Some(160));
        for text in ["150~170", "150-170", "150—170", "150 至 170"] {
            assert_eq!(index(text), Some(170), "{text}");
        }
        for text in ["", "~", "good", "501", "-", "-5"] {
            assert_eq!(index(text), None, "{text}");
        }
    }
}
