//! The key story of an emergency plan: what is ordered from units, and what enterprises are told, all at once.

use super::episode::{Walk, ordered};
use super::{Story, choose, common, press};
use lookout::domain::case::Case;
use lookout::domain::episode;
use lookout::domain::episode::Episode;
use lookout::domain::id::CaseId;
use lookout::domain::task::Task;
use lookout::domain::time::CHINA;
use lookout::lang::Lang;
use lookout::tui::seat::Mode;

/// An episode that is ordered, and its number.
fn issued(lang: Lang) -> (Walk, String) {
    let mut walk = Walk::new(lang);
    walk.story.keys("4");
    walk.forecast(&[160, 170, 120]);
    let id = walk.of(episode::EPISODE).remove(0);
    ordered(&mut walk, &id);
    walk.role("operator");
    (walk, id)
}

/// The menu's line for the whole plan is pressed; what its dialog says.
fn deploy(walk: &mut Walk, id: &str) -> String {
    walk.pick(id, "plan");
    walk.story.keys("Enter");
    let screen = walk.story.screen();
    press(&mut walk.story);
    assert_eq!(walk.done(), 1, "{}", walk.story.screen());
    screen
}

fn cases(walk: &Walk, playbook: &str) -> Vec<(Case, Vec<Task>)> {
    let state = &walk.desk.board().state;
    let one = |id: String| {
        let case = state.cases.get(&CaseId::new(&id)).expect("the case").clone();
        let own = state.tasks.values().filter(|task| task.order.case == case.id);
        let own = own.cloned().collect();
        (case, own)
    };
    walk.of(playbook).into_iter().map(one).collect()
}

fn told(walk: &Walk, id: &str) -> usize {
    let state = &walk.desk.board().state;
    let episode = Episode::of(state, &CaseId::new(id)).expect("it is one");
    episode.figures(common::now(), CHINA).told
}

#[test]
fn every_measure_of_the_plan_is_ordered_from_its_own_unit_and_every_enterprise_has_its_own_notice() {
    for (lang, says, waits) in [
        (Lang::Zh, ["下达 2 件：", "渠道："], "未送达"),
        (Lang::En, ["issue, 2: ", "by: "], "to deliver"),
    ] {
        let (mut walk, id) = issued(lang);
        let dialog = deploy(&mut walk, &id);
        assert!(says.iter().all(|words| dialog.contains(words)), "{dialog}");
        assert!(walk.story.screen().contains(waits), "{}", walk.story.screen());
        let measures = cases(&walk, episode::MEASURE);
        assert!(measures.len() > 1);
        for (case, orders) in &measures {
            let [order] = &orders[..] else {
                panic!("one order each: {orders:?}")
            };
            assert_eq!(
                (case.state.stage.as_str(), Some(&order.order.unit)),
                ("sending", case.state.unit.as_ref())
            );
            let text = order.order.text.as_str();
            // In the room's language, whoever sends it.
            let level = "黄色（Ⅲ级）";
            for said in [case.matter.title.as_str(), level, "No. 4"] {
                assert!(text.contains(said), "{said} in {text}");
            }
        }
        walk.deliver();
        assert!(
            cases(&walk, episode::MEASURE)
                .iter()
                .all(|(case, _)| case.state.stage.as_str() == "to_sign")
        );
    }
}

#[test]
fn an_enterprise_without_a_channel_is_told_when_the_call_is_recorded() {
    for (lang, says) in [
        (Lang::Zh, "没有渠道：列入后立即打电话，并登记通话"),
        (Lang::En, "without a channel: telephone now and record each call"),
    ] {
        let (mut walk, id) = issued(lang);
        deploy(&mut walk, &id);
        let dialog = deploy(&mut walk, &id);
        assert!(dialog.contains(says), "{dialog}");
        let firms = cases(&walk, episode::CURTAILMENT);
        assert!(firms.len() > 1);
        for (case, orders) in &firms {
            let [order] = &orders[..] else {
                panic!("one notice each: {orders:?}")
            };
            assert_eq!(
                (case.state.stage.as_str(), order.order.channel.as_str()),
                ("telling", "phone")
            );
            assert!(
                order.order.text.as_str().contains("600 kW"),
                "{}",
                order.order.text
            );
        }
        assert_eq!(told(&walk, &id), 0, "nobody was called yet");
        walk.story.keys("Tab r");
        let (first, _) = &firms[0];
        choose(&mut walk.story, first.id.as_str());
        walk.story
            .keys("x")
            .types(lang.pick("登记通话", "record a call"))
            .keys("Enter");
        walk.story.types("spoke to the duty phone");
        press(&mut walk.story);
        assert_eq!(walk.done(), 1, "{}", walk.story.screen());
        assert_eq!(walk.case(first.id.as_str()).state.stage.as_str(), "notified");
        assert_eq!(told(&walk, &id), 1);
    }
}

/// What the menu of an episode offers, in the words of its lines.
fn offered(story: &mut Story, id: &str) -> String {
    story.keys("r");
    choose(story, id);
    story.keys("x");
    let Mode::Pick(pick) = &story.seat.mode else {
        panic!("{}", story.screen())
    };
    let lines = pick
        .found()
        .iter()
        .map(|item| item.words.clone())
        .collect::<Vec<_>>();
    story.keys("Esc");
    lines.join("\n")
}

#[test]
fn nothing_of_the_plan_is_offered_before_the_order_and_nobody_is_told_twice() {
    let mut walk = Walk::new(Lang::Zh);
    walk.story.keys("4");
    walk.forecast(&[160, 170, 120]);
    let id = walk.of(episode::EPISODE).remove(0);
    for role in ["operator", "section", "leader"] {
        let lines = offered(&mut walk.role(role).story, &id);
        assert!(!lines.contains("下达") && !lines.contains("通知"), "{lines}");
    }
    ordered(walk.role("operator"), &id);
    walk.role("operator");
    for _ in 0..2 {
        deploy(&mut walk, &id);
    }
    let lines = offered(&mut walk.story, &id);
    assert!(!lines.contains("预案全部"), "nothing is left to send: {lines}");
}
