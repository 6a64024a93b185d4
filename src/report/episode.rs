//! The control episode's report: its daily (应急管控日报) where the period is a day inside it, otherwise its summary with
//! the evaluation (总结评估). Both tell what stood at the end of the period, so that one made again later says the same.

use crate::domain::case::Case;
use crate::domain::episode::under::{
    Curtailed, Curtailing, MeasureStanding, Ratio, Verdict, cruise_day, in_place,
};
use crate::domain::episode::{Episode, LEVEL, ORDER_NO, Phase};
use crate::domain::id::UnitId;
use crate::domain::playbook::meaning;
use crate::domain::playbook::meaning::{cruise, curtailment, problem};
use crate::domain::quantity::Value;
use crate::domain::time::Span;
use crate::lang::Lang;
use crate::lang::domain::actor;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::report::{Books, Report, ReportDocument, Rhythm, Row, ids, percent};
use chrono::NaiveDate;

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "episode",
    title: Rep::EpisodeDaily,
    rhythm: Rhythm::Day,
    reads: &[],
    make,
};

/// What one part of the paper is made from.
struct Part<'a> {
    books: &'a Books,
    episode: Episode<'a>,
    /// The day it is the daily of; `None` in a summary.
    day: Option<NaiveDate>,
    /// Before the keys of its rows, where the paper has more than one part.
    prefix: String,
    lang: Lang,
}

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let (first, last) = (books.day(books.period.from), books.day(books.now));
    let all = in_period(books, (first, last));
    let runs = |e: &Episode<'_>| e.phase() != Phase::Lifted;
    // The day on which one was lifted is still a day of it.
    let one_day = books.day(books.period.until - Span::secs(1)) == first;
    let inside = |e: &Episode<'_>| runs(e) || e.lifted().is_some_and(|at| books.day(at) == last);
    let is_daily = one_day && !all.is_empty() && all.iter().all(inside);
    let title = if is_daily {
        Rep::EpisodeDaily
    } else {
        Rep::EpisodeSummary
    };
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, title.text(lang)));
    paper.say(format!("{}: {first} — {last}", Rep::Period.text(lang)));
    if all.is_empty() {
        paper.say(format!("{}: {}", Rep::Episodes.text(lang), Rep::None.text(lang)));
    }
    let several = all.len() > 1;
    for episode in all {
        let prefix = if several {
            format!("{}.", episode.case.id)
        } else {
            String::new()
        };
        let day = is_daily.then_some(last);
        Part {
            books,
            episode,
            day,
            prefix,
            lang,
        }
        .write(&mut paper);
    }
    paper
}

/// Those ordered or in force in these days; where there are none, the one that was lifted last before.
fn in_period(books: &Books, (first, last): (NaiveDate, NaiveDate)) -> Vec<Episode<'_>> {
    let touches = |episode: &Episode<'_>| {
        let mut days = episode.days(books.now, books.room.zone);
        episode.phase() == Phase::Issued || days.any(|day| first <= day && day <= last)
    };
    let own: Vec<Episode<'_>> = Episode::all(&books.state).filter(touches).collect();
    if own.is_empty() {
        return Episode::last(&books.state).into_iter().collect();
    }
    own
}

impl Part<'_> {
    fn write(&self, paper: &mut ReportDocument) {
        self.head(paper);
        let columns = [Rep::What, Rep::Value].map(|c| c.text(self.lang));
        paper.table(Rep::Figures.text(self.lang), &columns, self.figures(), "");
        self.units(paper);
        self.violations(paper);
        self.problems(paper);
        if self.day.is_none() {
            self.evaluation(paper);
        }
    }

    fn word(&self, rep: Rep) -> &'static str {
        rep.text(self.lang)
    }

    fn head(&self, paper: &mut ReportDocument) {
        let (case, books) = (self.episode.case, self.books);
        let code = self.episode.level();
        let level = books.choice(case.matter.playbook.as_str(), (LEVEL, code), self.lang);
        let stage = stage_of(self.lang, case, &books.room.playbooks);
        let stamp = |at: Option<_>| at.map_or_else(|| "—".to_owned(), |at| books.stamp(at));
        paper.say(format!(
            "{} {} · {}: {level} · {}: {} · {stage} · {} — {}",
            case.id,
            case.matter.title,
            self.word(Rep::Level),
            self.word(Rep::OrderNo),
            case.field(ORDER_NO),
            stamp(self.episode.began()),
            stamp(self.episode.lifted()),
        ));
        let Some(day) = self.episode.day(books.now, books.room.zone) else {
            return;
        };
        let of = day.of.map_or_else(|| "—".to_owned(), |of| of.to_string());
        paper.say(format!("{}: {} / {of}", self.word(Rep::Day), day.nth));
    }

    fn row(&self, (key, words): (&str, &str), value: String, of: Vec<&Case>) -> Row {
        let key = format!("{}{key}", self.prefix);
        Row::new(&key, vec![words.to_owned(), value], ids(of))
    }

    fn count(&self, (key, rep): (&str, Rep), of: Vec<&Case>) -> Row {
        self.row((key, self.word(rep)), of.len().to_string(), of)
    }

    /// A count, and under it in a daily how many of these are of its day.
    fn daily(
        &self,
        (key, rep): (&str, Rep),
        of: Vec<&Case>,
        is_of: &dyn Fn(&Case, NaiveDate) -> bool,
    ) -> Vec<Row> {
        let today = self.day.map(|day| {
            let own: Vec<&Case> = of.iter().copied().filter(|case| is_of(case, day)).collect();
            let words = format!("  {}", self.word(Rep::OfTheDay));
            self.row((&format!("{key}.day"), &words), own.len().to_string(), own)
        });
        std::iter::once(self.count((key, rep), of)).chain(today).collect()
    }

    fn figures(&self) -> Vec<Row> {
        let (books, episode) = (self.books, &self.episode);
        let days: Vec<String> = episode
            .days(books.now, books.room.zone)
            .map(|d| d.to_string())
            .collect();
        let cells = vec![self.word(Rep::ControlDays).to_owned(), days.len().to_string()];
        let mut rows = vec![Row::new(&format!("{}days", self.prefix), cells, days)];
        let measures: Vec<&Case> = episode.measures().collect();
        let there = measures
            .iter()
            .copied()
            .filter(|case| MeasureStanding::of(case) == MeasureStanding::InPlace);
        let failed = measures
            .iter()
            .copied()
            .filter(|case| MeasureStanding::of(case) == MeasureStanding::Failed);
        let share = share(in_place(measures.iter().copied()));
        rows.push(self.row(("measures", self.word(Rep::Measures)), share, there.collect()));
        rows.push(self.count(("failed", Rep::NotInPlace), failed.collect()));
        rows.extend(self.enterprises());
        rows.extend(self.finds());
        rows
    }

    fn enterprises(&self) -> Vec<Row> {
        let all: Vec<Curtailed<'_>> = self.episode.curtailments().collect();
        let pick = |keep: &dyn Fn(&Curtailed<'_>) -> bool| -> Vec<&Case> {
            all.iter().filter(|one| keep(one)).map(|one| one.case).collect()
        };
        let told = self.count(("told", Rep::Told), pick(&|one| one.is_told()));
        let came = |verdict| pick(&move |one| one.verdict() == verdict);
        let complied = came(Verdict::Kept);
        let exempt = pick(&|one| one.at() == Curtailing::Exempt);
        let zone = self.books.room.zone;
        let is_of = |case: &Case, day| {
            case.walk()
                .times(curtailment::EXCEED)
                .iter()
                .any(|at| at.date(zone) == day)
        };
        let mut rows = vec![told, self.count(("complied", Rep::Complied), complied)];
        rows.push(self.count(("exempt", Rep::Exempt), exempt));
        rows.push(self.count(("undecided", Rep::Undecided), came(Verdict::Undecided)));
        rows.push(self.count(("unseen", Rep::Unseen), came(Verdict::Unseen)));
        let violated = came(Verdict::Breached);
        rows.extend(self.daily(("violated", Rep::Violated), violated, &is_of));
        let filed = pick(&|one| one.at() == Curtailing::Filed);
        rows.push(self.count(("prosecuted", Rep::Prosecuted), filed));
        rows
    }

    /// Cruises that were run, what they found, and every problem of the episode that was not dropped as none.
    fn finds(&self) -> Vec<Row> {
        let zone = self.books.room.zone;
        let cruises: Vec<&Case> = self
            .episode
            .cruises()
            .filter(|c| cruise_day(c, zone).is_some())
            .collect();
        let km = cruises
            .iter()
            .filter_map(|case| Value::parse(case.field(cruise::KM)));
        let km = km.fold(0_i64, |sum, km| sum.saturating_add(km.micro()));
        let of_cruise = |case: &&Case| cruises.iter().any(|c| case.matter.parent.as_ref() == Some(&c.id));
        let problems = self.found();
        let finds = problems.iter().copied().filter(of_cruise).collect();
        let closed: Vec<&Case> = problems
            .iter()
            .copied()
            .filter(|case| case.is_settled())
            .collect();
        let run_on = |case: &Case, day| cruise_day(case, zone) == Some(day);
        let found_on = |case: &Case, day| case.matter.detected.date(zone) == day;
        let closed_on = |case: &Case, day| {
            case.walk()
                .times(problem::ACCEPT)
                .last()
                .is_some_and(|at| at.date(zone) == day)
        };
        let mut rows = self.daily(("cruises", Rep::Cruises), cruises.clone(), &run_on);
        let km = Value::from_micro(km).fixed(1);
        rows.push(self.row(("km", self.word(Rep::CruiseKm)), km, cruises.clone()));
        rows.extend(self.daily(("finds", Rep::Finds), finds, &found_on));
        rows.extend(self.daily(("problems", Rep::ProblemsFound), problems, &found_on));
        rows.extend(self.daily(("problems_closed", Rep::ProblemsClosed), closed, &closed_on));
        rows
    }

    fn found(&self) -> Vec<&Case> {
        let all = self.episode.problems();
        all.filter(|case| !case.is_dropped()).collect()
    }

    fn units(&self, paper: &mut ReportDocument) {
        let name = |id: &UnitId| {
            let unit = self.books.room.directory.unit(id);
            unit.map_or_else(|| id.to_string(), |unit| unit.name.to_string())
        };
        let by_unit = self.episode.by_unit();
        let rows = by_unit.iter().map(|(unit, of)| {
            let unknown = || self.word(Rep::Unknown).to_owned();
            let cells = vec![
                unit.map_or_else(unknown, name),
                share(in_place(of.iter().copied())),
            ];
            let key = unit.map_or("", UnitId::as_str);
            Row::new(
                &format!("{}unit.{key}", self.prefix),
                cells,
                ids(of.iter().copied()),
            )
        });
        let columns = [self.word(Rep::Unit), self.word(Rep::InPlace)];
        let title = self.word(Rep::ByUnit);
        paper.table(title, &columns, rows.collect(), self.word(Rep::None));
    }

    /// Every enterprise found over its limit, and apart from these those about which nobody has decided: since when, and
    /// where each stands.
    fn violations(&self, paper: &mut ReportDocument) {
        self.over(paper, Rep::Violated, Verdict::Breached);
        self.over(paper, Rep::Undecided, Verdict::Undecided);
    }

    fn over(&self, paper: &mut ReportDocument, title: Rep, verdict: Verdict) {
        let all = self.episode.curtailments();
        let over = all.filter(|one| one.verdict() == verdict);
        let rows = over.map(|one| {
            let known = one
                .enterprise()
                .and_then(|id| self.books.room.directory.enterprise(id));
            let name = known.map_or_else(|| one.case.matter.title.to_string(), |e| e.name.to_string());
            let first = one
                .case
                .walk()
                .times(curtailment::EXCEED)
                .first()
                .map(|at| self.books.stamp(*at));
            let stage = stage_of(self.lang, one.case, &self.books.room.playbooks);
            let cells = vec![name, first.unwrap_or_default(), stage];
            Row::new(one.case.id.as_str(), cells, vec![one.case.id.to_string()])
        });
        let columns = [Rep::Enterprise, Rep::At, Rep::Stage].map(|c| self.word(c));
        let title = self.word(title);
        paper.table(title, &columns, rows.collect(), self.word(Rep::None));
    }

    fn problems(&self, paper: &mut ReportDocument) {
        let open = self.found().into_iter().filter(|case| case.is_unsettled());
        let rows = open.map(|case| {
            let stage = stage_of(self.lang, case, &self.books.room.playbooks);
            let cells = vec![case.id.to_string(), case.matter.title.to_string(), stage];
            Row::new(case.id.as_str(), cells, vec![case.id.to_string()])
        });
        let columns = [Rep::Case, Rep::What, Rep::Stage].map(|c| self.word(c));
        let title = self.word(Rep::StillOpen);
        paper.table(title, &columns, rows.collect(), self.word(Rep::None));
    }

    /// The shares that it comes to, and what was written at its evaluation.
    fn evaluation(&self, paper: &mut ReportDocument) {
        let figures = self.episode.figures(self.books.now, self.books.room.zone);
        let problems = self.found();
        let closed = problems.iter().filter(|case| case.is_settled()).count();
        let of = |share: Ratio| percent(share.there, share.of);
        paper.say(format!(
            "{}: {} {} · {} {} · {} {}",
            self.word(Rep::Evaluation),
            self.word(Rep::Measures),
            of(figures.measures),
            self.word(Rep::Complied),
            of(figures.complied),
            self.word(Rep::ProblemsClosed),
            percent(closed, problems.len()),
        ));
        match self
            .episode
            .case
            .walk()
            .made(meaning::episode::EVALUATE)
            .next_back()
        {
            Some(step) => {
                let (who, when) = (actor(self.lang, step.by), self.books.stamp(step.at));
                paper.say(format!("{} ({who} {when})", step.given.comment));
            }
            None => paper.say(self.word(Rep::NotEvaluated).to_owned()),
        }
    }
}

/// So many of so many, with the share.
fn share(share: Ratio) -> String {
    format!(
        "{}/{} ({})",
        share.there,
        share.of,
        percent(share.there, share.of)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::episode::{CRUISE, CURTAILMENT, ENDS, EPISODE, MEASURE, PROBLEM};
    use crate::domain::fact::case::{Matter, MoveInput};
    use crate::domain::id::CaseId;
    use crate::domain::text::Clean;
    use crate::report::hand::{Hand, fields, told};

    fn measure(hand: &mut Hand, id: &str, unit: &str) {
        let matter = Matter {
            parent: Some(CaseId::new("E1")),
            unit: Some(UnitId::new(unit)),
            ..Matter::default()
        };
        hand.open(id, MEASURE, ("21 19:00", matter));
    }

    /// In force from the 21st to the 25th, expected to the 26th: three measures, one of them withdrawn; four enterprises; two
    /// cruises; three problems, one of them dropped.
    fn hand() -> Hand {
        let mut hand = Hand::new();
        let given = |rows: &[(&str, &str)], words: &str| MoveInput {
            fields: fields(rows),
            comment: Clean::new(words),
            ..MoveInput::default()
        };
        hand.open("E1", EPISODE, ("21 16:00", Matter::default()));
        hand.go("E1", "propose", "21 17:00");
        let order = given(
            &[(LEVEL, "yellow"), (ORDER_NO, "2026-2"), (ENDS, "2026-11-26")],
            "",
        );
        hand.give("E1", "issue", ("21 18:00", order));
        hand.go("E1", "start", "21 20:00");
        for (id, unit) in [("M1", "build"), ("M2", "build"), ("M3", "road")] {
            measure(&mut hand, id, unit);
            for step in ["send", "delivered", "sign"] {
                hand.go(id, step, "21 20:00");
            }
        }
        hand.go("M1", "done", "22 10:00");
        hand.go("M1", "pass", "22 12:00");
        hand.go("M3", "withdraw", "22 12:00");
        for id in ["C1", "C2", "C3", "C4"] {
            hand.under("E1", (id, CURTAILMENT), "21 19:00");
            hand.go(id, "tell", "21 19:10");
            hand.go(id, "told", "21 19:20");
        }
        for id in ["C1", "C2"] {
            hand.go(id, "effect", "21 20:00");
        }
        hand.go("C2", "exceed", "22 22:00");
        for (step, at) in [
            ("exceed", "22 10:00"),
            ("explain", "22 10:30"),
            ("accept", "22 11:00"),
        ] {
            hand.go("C1", step, at);
        }
        hand.go("C2", "on_site", "23 01:00");
        hand.go("C2", "corrected", "23 03:00");
        hand.go("C3", "exempt", "22 09:00");
        hand.under("E1", ("R1", CRUISE), "22 08:00");
        hand.under("E1", ("R2", CRUISE), "22 08:00");
        hand.go("R1", "start", "22 09:00");
        hand.under("R1", ("P1", PROBLEM), "22 10:00");
        hand.give("R1", "end", ("22 15:00", given(&[("km", "42.5")], "")));
        for id in ["P2", "P3"] {
            hand.under("E1", (id, PROBLEM), "23 10:00");
        }
        hand.go("P3", "drop", "23 11:00");
        for step in ["assess", "assign", "receive", "apply", "accept"] {
            hand.go("P1", step, "24 09:00");
        }
        hand.go("E1", "propose_lift", "25 08:00");
        hand.go("E1", "lift", "25 09:00");
        hand.give("E1", "evaluate", ("27 09:00", given(&[], "two units late")));
        hand
    }

    #[test]
    fn a_day_inside_the_episode_has_its_daily_as_it_stood_at_its_end() {
        let paper = make(&hand().books((Rhythm::Day, 22), "28 09:00"), Lang::En);
        let text = paper.markdown();
        for words in [
            "Episode daily",
            "yellow (III)",
            "directive number: 2026-2",
            "day: 2 / 6",
        ] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert!(!text.contains("two units late"), "{text}");
        let keys = [
            "days",
            "measures",
            "unit.build",
            "unit.road",
            "told",
            "complied",
            "exempt",
            "undecided",
            "violated",
            "cruises",
            "km",
            "finds",
            "problems",
            "problems_closed",
        ];
        assert_eq!(
            told(&paper, &keys),
            [
                "days 2 (2)",
                "measures 1/2 (50.0 %) (1)",
                "unit.build 1/2 (50.0 %) (2)",
                "unit.road 0/0 (—) (1)",
                "told 4 (4)",
                "complied 1 (1)",
                "exempt 1 (1)",
                "undecided 1 (1)",
                "violated 0 (0)",
                "cruises 1 (1)",
                "km 42.5 (1)",
                "finds 1 (1)",
                "problems 1 (1)",
                "problems_closed 0 (0)",
            ]
        );
    }

    #[test]
    fn the_day_after_and_the_whole_of_it_have_the_summary_with_the_evaluation() {
        for period in [(Rhythm::Day, 28), (Rhythm::Month, 1)] {
            let paper = make(&hand().books(period, "28 09:00"), Lang::En);
            let text = paper.markdown();
            for words in [
                "Episode summary",
                "Measures 50.0 %",
                "complied 50.0 %",
                "two units late",
            ] {
                assert!(text.contains(words), "{words} in {text}");
            }
            assert_eq!(
                told(
                    &paper,
                    &["days", "problems", "problems_closed", "undecided", "violated"]
                ),
                [
                    "days 5 (5)",
                    "problems 2 (2)",
                    "problems_closed 1 (1)",
                    "undecided 0 (0)",
                    "violated 1 (1)"
                ]
            );
        }
        let before = make(&hand().books((Rhythm::Day, 20), "28 09:00"), Lang::En);
        assert!(
            before.markdown().contains("Episodes: none"),
            "{}",
            before.markdown()
        );
    }
}
