//! How the units answered to the fires they were sent to: who was there, and had it out, in time. Who never came is late.

use crate::domain::case::Case;
use crate::domain::case::timely::{Milestone, Timely, timely};
use crate::domain::playbook::meaning::straw_fire;
use crate::lang::Lang;
use crate::lang::report::Rep;
use crate::report::straw::FIRES;
use crate::report::{Books, Row, ids, percent};

/// Somebody at the fire; one that was out when they came was reached too.
pub(super) const ARRIVAL: Milestone<'_> = (straw_fire::RECEIVED, &[straw_fire::ON_SCENE, straw_fire::OUT]);
/// The fire out.
pub(super) const OUT: Milestone<'_> = (straw_fire::ON_SCENE, &[straw_fire::OUT]);

/// How those fires stand to a goal that somebody was to reach: true ones, and those that a unit was sent to.
pub(super) fn stand<'a>(books: &Books, fires: &[&'a Case], goal: Milestone<'_>) -> Vec<(&'a Case, Timely)> {
    let Some(playbook) = books.playbook(FIRES) else {
        return Vec::new();
    };
    let asked = |case: &&&Case| case.is_real() && (case.is_true() || !case.tasks.is_empty());
    let asked = fires.iter().filter(asked);
    let stand = asked.filter_map(|case| Some((*case, timely(case, playbook, goal, books.now)?)));
    stand.filter(|(_, stands)| stands.is_settled()).collect()
}

/// The mean of those that came, in minutes, with how many of how many these are; a dash where nobody came.
pub(super) fn minutes(of: &[(&Case, Timely)]) -> String {
    let took: Vec<i64> = of
        .iter()
        .filter_map(|(_, stands)| Some(stands.took()?.as_secs()))
        .collect();
    let mean = match i64::try_from(took.len()) {
        Ok(n) if n > 0 => (took.iter().sum::<i64>() / n / 60).to_string(),
        Ok(_) | Err(_) => "—".to_owned(),
    };
    format!("{mean} ({}/{})", took.len(), of.len())
}

/// Shares and means of both goals.
pub(super) fn rows(books: &Books, fires: &[&Case], lang: Lang) -> Vec<Row> {
    let goals = [
        (ARRIVAL, "arrived_on_time", Rep::ArrivedOnTime),
        (OUT, "out_on_time", Rep::OutOnTime),
    ];
    let shares = goals.map(|(goal, key, words)| {
        let all = stand(books, fires, goal);
        let good = all
            .iter()
            .filter(|(_, stands)| !stands.is_late())
            .map(|(case, _)| *case);
        let good = ids(good);
        let share = format!(
            "{} ({}/{})",
            percent(good.len(), all.len()),
            good.len(),
            all.len()
        );
        Row::new(key, vec![words.text(lang).to_owned(), share], good)
    });
    let goals = [
        (ARRIVAL, "arrival_minutes", Rep::ArrivalMinutes),
        (OUT, "out_minutes", Rep::OutMinutes),
    ];
    let means = goals.map(|(goal, key, words)| {
        let all = stand(books, fires, goal);
        let came = all.iter().filter(|(_, stands)| stands.took().is_some());
        let came = ids(came.map(|(case, _)| *case));
        Row::new(key, vec![words.text(lang).to_owned(), minutes(&all)], came)
    });
    let never = stand(books, fires, ARRIVAL);
    let never = never.iter().filter(|(_, stands)| *stands == Timely::Never);
    let never = ids(never.map(|(case, _)| *case));
    let cells = vec![Rep::NeverCame.text(lang).to_owned(), never.len().to_string()];
    let never = Row::new("never_came", cells, never);
    shares.into_iter().chain([never]).chain(means).collect()
}

/// Those too late for either goal.
pub(super) fn late<'a>(books: &Books, fires: &[&'a Case]) -> Vec<&'a Case> {
    let late = |goal| {
        stand(books, fires, goal)
            .into_iter()
            .filter(|(_, stands)| stands.is_late())
    };
    let mut all: Vec<&Case> = late(ARRIVAL).chain(late(OUT)).map(|(case, _)| case).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all.dedup_by(|a, b| a.id == b.id);
    all
}
