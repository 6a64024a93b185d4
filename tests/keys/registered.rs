//! Key stories of a section (科室) at its own console: what it may write down, and that it takes its own steps back.

use super::episode::Walk;
use super::press;
use lookout::domain::id::{CaseId, PlaybookId};
use lookout::domain::person::Role;
use lookout::lang::LANGS;
use lookout::tui::form::{Field, Filled, Slot};
use lookout::tui::pick::Run;
use lookout::tui::seat::Mode;

/// The loops that the list of what may be written down opens a dialog for; and the reasons for what it does not.
fn listed(walk: &mut Walk) -> (Vec<String>, Vec<String>) {
    walk.story.keys("i");
    let Mode::Pick(pick) = &walk.story.seat.mode else {
        panic!("no list: {}", walk.story.screen())
    };
    let (mut open, mut blocked) = (Vec::new(), Vec::new());
    for item in pick.found() {
        match &item.run {
            Run::Ask(purpose) => open.push(purpose.key().replace("intake", "").trim().to_owned()),
            Run::Say(why) => blocked.push(why.clone()),
            other @ (Run::Action(_) | Run::Copy(_) | Run::Role(_)) => panic!("{other:?}"),
        }
    }
    walk.story.keys("Esc");
    open.sort();
    (open, blocked)
}

fn fill(field: &mut Field) {
    match &mut field.value {
        Filled::Choice(_, at) => *at = 1,
        Filled::Text(edit) if field.slot == Slot::Title => edit.insert("夜间异响"),
        Filled::Text(edit) => edit.insert("1"),
    }
}

/// The case that is written down by the list and the dialog.
fn writes(walk: &mut Walk, playbook: &str) -> Option<CaseId> {
    walk.story.keys("i").types(playbook).keys("Enter");
    let Mode::Form(open) = &mut walk.story.seat.mode else {
        panic!("no dialog: {}", walk.story.screen())
    };
    let needed = open.form.fields.iter_mut().filter(|field| field.needed);
    needed.for_each(fill);
    press(&mut walk.story);
    assert_eq!(walk.done(), 1, "{}", walk.story.screen());
    let cases = &walk.desk.board().state.cases;
    let own = cases
        .values()
        .filter(|case| case.matter.playbook == PlaybookId::new(playbook));
    own.map(|case| case.id.clone()).next_back()
}

#[test]
fn a_section_writes_down_what_its_loops_name_it_for_and_whoever_may_nothing_reads_why() {
    for (lang, ..) in LANGS {
        let mut walk = Walk::new(*lang);
        walk.role("section");
        let (open, blocked) = listed(&mut walk);
        assert_eq!(open, ["episode", "petition", "problem"]);
        // The lottery and a declaration are the duty room's.
        assert_eq!(blocked.len(), 2, "no loop that is not its own: {blocked:?}");
        for playbook in &open {
            let case = writes(&mut walk, playbook);
            let case = case.unwrap_or_else(|| panic!("{playbook}: {}", walk.story.screen()));
            let by = &walk.case(case.as_str()).matter;
            assert_eq!(by.title.as_str(), "夜间异响");
        }
        walk.role("township");
        let (open, blocked) = listed(&mut walk);
        assert_eq!(open, Vec::<String>::new());
        let why = lang.pick("不能这样做", "may not do this");
        assert!(
            !blocked.is_empty() && blocked.iter().all(|said| said.contains(why)),
            "{blocked:?}"
        );
    }
}

#[test]
fn a_section_takes_back_the_step_that_it_made() {
    for (lang, ..) in LANGS {
        let mut walk = Walk::new(*lang);
        walk.role("section");
        let case = writes(&mut walk, "episode").expect("an episode");
        let before = walk.stage(case.as_str()).to_owned();
        walk.story.keys("4 5");
        walk.step(case.as_str(), "propose", &[(Slot::Comment, "consulted")]);
        assert_eq!(walk.stage(case.as_str()), "proposed");
        walk.story.keys("z");
        press(&mut walk.story);
        assert_eq!(walk.done(), 1, "{}", walk.story.screen());
        assert_eq!(walk.stage(case.as_str()), before);
        assert_eq!(walk.story.seat.who.role, Role::Section);
    }
}
