//! Each figure of the year against a recount of its own, over random histories with steps taken back.

use super::*;
use crate::config::playbook::embedded;
use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::id::{CaseId, PlaybookId, StageId};
use crate::domain::playbook::Playbook;
use crate::domain::time::Moment;
use crate::report::hand::{Hand, at, fields};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// When the figures are made.
const NOW: &str = "12-30 12:00";

/// The loops that some figure counts.
const LOOPS: &[&str] = &[
    "straw-fire",
    "hot-grid",
    "episode",
    "cruise",
    "curtailment",
    "problem",
    "inspection",
    "petition",
    "patch",
];

/// One matter: its loop, its month, whether it is of the year before, a number to choose words by, and its steps, each a
/// number that a move is chosen by; a step of `None` takes the last one back.
type Wish = (usize, u32, bool, usize, Vec<Option<usize>>);

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let step = prop_oneof![3 => (0usize..12).prop_map(Some), 1 => Just(None)];
    let steps = prop::collection::vec(step, 0..14);
    let one = (
        0..LOOPS.len(),
        1u32..12,
        prop::bool::weighted(0.1),
        0usize..24,
        steps,
    );
    prop::collection::vec(one, 1..24)
}

/// A matter as this test keeps it: the stages that stand, each with its moment and the verdict stated on entering it.
#[derive(Clone, Debug)]
struct Life {
    id: String,
    playbook: &'static str,
    this_year: bool,
    tag: &'static str,
    medium: &'static str,
    repeats: bool,
    firms: usize,
    parent: Option<String>,
    stands: Vec<(String, Moment, Option<String>)>,
}

impl Life {
    fn is_in(&self, stage: &str) -> bool {
        self.stands.last().is_some_and(|(own, ..)| own == stage)
    }

    fn was_in(&self, stage: &str) -> bool {
        self.stands.iter().any(|(own, ..)| own == stage)
    }

    fn first_day(&self, stage: &str) -> Option<NaiveDate> {
        let (_, at, _) = self.stands.iter().find(|(own, ..)| own == stage)?;
        Some(at.date(crate::domain::time::CHINA))
    }

    fn verdict(&self) -> Option<&str> {
        self.stands
            .iter()
            .rev()
            .find_map(|(.., verdict)| verdict.as_deref())
    }
}

const TAGS: &[&str] = &[
    "area_source",
    "green_sword",
    "water_source",
    "mine",
    "inspection",
    "patrol",
];

/// Lives it, in the ledger and in the test's own book.
fn live(hand: &mut Hand, loops: &[Playbook], (nth, wish): (usize, &Wish), episode: Option<&str>) -> Life {
    let (which, month, before, words, steps) = wish;
    let playbook = LOOPS[*which];
    let own = loops
        .iter()
        .find(|p| p.id.as_str() == playbook)
        .expect("a loop of the program");
    let first = own.stages.first().expect("a first stage").id.clone();
    let mut minute = 0;
    let mut clock = move || {
        minute += 1;
        format!("{month:02}-{:02} {:02}:{:02}", 1 + minute, nth % 24, minute)
    };
    let opened = clock();
    let (tag, medium) = (TAGS[words % TAGS.len()], ["noise", "air"][words % 2]);
    let draw = ["绿剑2026-1", "双随机1"][words % 2];
    let id = format!("{playbook}-{nth}");
    let parent = episode.filter(|_| words % 3 == 0 && *playbook != *"episode");
    let detected = at(&opened);
    let matter = Matter {
        playbook: PlaybookId::new(playbook),
        stage: first.clone(),
        detected: if *before {
            detected - Span::days(365)
        } else {
            detected
        },
        parent: parent.map(CaseId::new),
        repeats: (words % 4 == 0).then(|| CaseId::new("earlier")),
        fields: fields(&[
            ("source", tag),
            ("medium", medium),
            ("draw", draw),
            ("firms", &words.to_string()),
        ]),
        ..Matter::default()
    };
    hand.tell(&id, CaseFact::Opened(Box::new(matter)), &opened);
    let mut life = Life {
        id: id.clone(),
        playbook,
        this_year: !before,
        tag,
        medium,
        repeats: words % 4 == 0,
        firms: *words,
        parent: parent.map(str::to_owned),
        stands: vec![(first.to_string(), detected, None)],
    };
    let mut may_undo = false;
    for step in steps {
        let here = life.stands.last().expect("it stands somewhere").0.clone();
        if let Some(n) = step {
            let stage = StageId::new(&here);
            let ways: Vec<_> = own.moves_from(&stage).collect();
            if ways.is_empty() {
                continue;
            }
            let (way, when) = (ways[n % ways.len()], clock());
            hand.go(&id, way.id.as_str(), &when);
            let to = way.to.as_ref().map_or(here, ToString::to_string);
            life.stands
                .push((to, at(&when), way.verdict.as_ref().map(ToString::to_string)));
            may_undo = true;
        } else if may_undo {
            life.stands.pop();
            let back = life.stands.last().expect("where it was opened").0.clone();
            hand.back(&id, &back, &clock());
            may_undo = false;
        }
    }
    life
}

/// The figures that the histories have a say in, counted one by one.
fn recount(all: &[Life]) -> Vec<(&'static str, Option<f64>)> {
    let count = |keep: &dyn Fn(&Life) -> bool| {
        Some(all.iter().filter(|life| life.this_year && keep(life)).count() as f64)
    };
    let of = |life: &Life, playbook: &str| life.playbook == playbook;
    let problem = |life: &Life| of(life, "problem") && !life.is_in("dropped");
    let settled = |life: &Life| {
        ["closed", "look_back", "held", "look_back_again", "ended"]
            .iter()
            .any(|stage| life.is_in(stage))
    };
    let petition = |life: &Life, this_year: bool| {
        of(life, "petition")
            && life.this_year == this_year
            && !life.is_in("refused")
            && life.verdict() != Some("duplicate")
    };
    let under = |life: &Life| {
        let above = |id: &String| all.iter().find(|other| other.id == *id);
        life.parent
            .as_ref()
            .and_then(above)
            .is_some_and(|parent| of(parent, "episode"))
    };
    let last = at(NOW).date(crate::domain::time::CHINA);
    let year = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let in_force = |day: NaiveDate| {
        all.iter().filter(|life| of(life, "episode")).any(|life| {
            let end = life.first_day("lifted").unwrap_or(last);
            life.first_day("in_force")
                .is_some_and(|start| start <= day && day <= end)
        })
    };
    let control = year
        .iter_days()
        .take_while(|day| *day <= last)
        .filter(|day| in_force(*day))
        .count();

    let firms = all
        .iter()
        .filter(|life| life.this_year && of(life, "hot-grid"))
        .map(|life| life.firms);
    let before = all.iter().filter(|life| petition(life, false)).count();
    let noise = |life: &Life| petition(life, true) && life.medium == "noise";
    let (repeated, noisy) = (count(&|l| noise(l) && l.repeats), count(&noise));
    vec![
        (
            "fires",
            count(&|l| of(l, "straw-fire") && !matches!(l.verdict(), Some("false" | "duplicate"))),
        ),
        ("hot_grid_warnings", count(&|l| of(l, "hot-grid"))),
        ("hot_grid_enterprises", Some(firms.sum::<usize>() as f64)),
        ("control_days", Some(control as f64)),
        ("cruise_days", count(&|l| of(l, "cruise") && l.was_in("running"))),
        (
            "control_problems",
            count(&|l| of(l, "problem") && settled(l) && under(l)),
        ),
        (
            "curtailments",
            count(&|l| of(l, "curtailment") && l.was_in("in_force")),
        ),
        ("supervised", count(&|l| problem(l) && l.tag == "area_source")),
        ("problems_found", count(&problem)),
        ("problems_closed", count(&|l| problem(l) && settled(l))),
        ("problems_open", count(&|l| problem(l) && !settled(l))),
        (
            "green_sword_points",
            count(&|l| of(l, "inspection") && l.medium == "noise" && l.was_in("inspected")),
        ),
        (
            "green_sword_problems",
            count(&|l| problem(l) && l.tag == "green_sword"),
        ),
        ("petitions", count(&|l| petition(l, true))),
        ("petitions_last_year", (before > 0).then_some(before as f64)),
        ("noise_repeats", repeated),
        (
            "noise_repeat_share",
            repeated
                .zip(noisy)
                .filter(|(_, all)| *all > 0.0)
                .map(|(part, all)| part / all * 100.0),
        ),
        (
            "satellite_patches",
            count(&|l| of(l, "patch") && l.was_in("checked")),
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn each_figure_is_what_a_naive_recount_says(wishes in wishes()) {
        let (loops, mut hand) = (embedded(), Hand::new());
        let mut all: Vec<Life> = Vec::new();
        for (nth, wish) in wishes.iter().enumerate() {
            let episode = all.iter().rev().find(|life| life.playbook == "episode").map(|life| life.id.clone());
            all.push(live(&mut hand, &loops, (nth, wish), episode.as_deref()));
        }
        let books = hand.books((Rhythm::Year, 20), NOW);
        for (id, expected) in recount(&all) {
            let figure = FIGURES.iter().find(|figure| figure.id == id).expect("a figure of the year");
            prop_assert_eq!((figure.count)(&books).value, expected, "{}", id);
        }
    }
}

#[test]
fn a_cruise_whose_start_was_taken_back_did_not_run() {
    let mut hand = Hand::new();
    hand.open("R1", "cruise", ("20 09:00", Matter::default()));
    hand.go("R1", "start", "20 10:00");
    hand.back("R1", "planned", "20 10:01");
    let books = hand.books((Rhythm::Year, 20), NOW);
    assert_eq!(cruise_days(&books).value, Some(0.0));
}

#[test]
fn every_figure_is_counted_in_words_of_the_papers_language() {
    let books = Hand::new().books((Rhythm::Year, 20), NOW);
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut worded = BTreeSet::new();
    for (lang, strange) in [
        (Lang::Zh, (|c: char| c.is_ascii_alphabetic()) as fn(char) -> bool),
        (Lang::En, is_chinese),
    ] {
        let paper = make(&books, lang).markdown();
        for figure in FIGURES {
            let row = paper
                .lines()
                .find(|line| line.contains(&format!("| {} |", figure.id)));
            let cells: Vec<&str> = row.unwrap_or_default().split('|').map(str::trim).collect();
            let unit = cells.get(4).copied().unwrap_or_default();
            assert!(
                !unit.is_empty() && !unit.contains(strange),
                "{}: {unit}\n{paper}",
                figure.id
            );
            worded.insert(unit.to_owned());
        }
    }
    let all = FigureUnit::ALL.iter();
    let all: BTreeSet<String> = all
        .flat_map(|unit| [Lang::Zh, Lang::En].map(|lang| unit.text(lang).to_owned()))
        .collect();
    assert_eq!(worded, all, "each unit is tried");
}
