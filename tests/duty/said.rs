//! The words of done things, collected from where all words for people stand, and what each of them says.

use crate::effects::Effect;
use lookout::config::playbook::embedded;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::Path;

/// By what a text is known to speak of something done, a row a kind: sent, notified, issued, in force, saved,
/// collecting, recorded.
const WORDS: &[(&[&str], &[&str])] = &[
    (
        &["送达", "已送", "已发", "发出"],
        &["sent", "delivered", "is out", "gone out"],
    ),
    (&["通知", "告知"], &["notified", "told"]),
    (&["发布", "签发", "印发"], &["issued"]),
    (&["生效"], &["in force", "into force"]),
    (&["保存", "已存", "留存"], &["saved", "kept"]),
    (&["采集"], &["collects", "collected", "collecting"]),
    (&["已记录", "记入", "已登记"], &["recorded"]),
];

/// Every text of `lang/`, and the name of every stage, that has one of these words.
pub(crate) fn collected() -> BTreeSet<String> {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang"), &mut all);
    let playbooks = embedded();
    let stages = playbooks.iter().flat_map(|playbook| &playbook.stages);
    for stage in stages {
        all.extend([stage.words.zh.to_string(), stage.words.en.to_string()]);
    }
    all.into_iter().filter(|text| is_of_done(text)).collect()
}

/// Whether a text has one of the words.
pub(crate) fn is_of_done(text: &str) -> bool {
    let text: String = text.split(['{', '}']).step_by(2).collect();
    let text = text.as_str();
    WORDS.iter().any(|(zh, en)| {
        let whole = |word: &&str| find(text, word).is_some();
        zh.iter().any(|word| text.contains(word)) || en.iter().any(whole)
    })
}

/// Where `part` stands in `text`; where it begins or ends with a letter, as a word of its own.
pub(crate) fn find(text: &str, part: &str) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let found = text.match_indices(part).find(|(at, _)| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let after = text.get(at + part.len()..).and_then(|text| text.chars().next());
        let apart = |inner: Option<char>, outer| !(letter(inner) && letter(outer));
        apart(part.chars().next(), before) && apart(part.chars().next_back(), after)
    });
    found.map(|(at, _)| at)
}

/// What the glossary explains says nothing of now.
fn files(folder: &Path, all: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder)
        .expect("a folder of the source")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            files(&path, all);
        } else if !path.ends_with("tests.rs") && !path.ends_with("glossary.rs") {
            let text = std::fs::read_to_string(&path).expect("a file of the source");
            texts(text.parse().expect("Rust"), all);
        }
    }
}

/// The literals of a file, without its attributes, documentation and tests.
fn texts(tokens: TokenStream, all: &mut Vec<String>) {
    let (mut attribute, mut test) = (false, false);
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => attribute = true,
            TokenTree::Group(_) if attribute && is_test(&token) => (attribute, test) = (false, true),
            TokenTree::Group(_) if attribute => attribute = false,
            TokenTree::Group(_) if test => test = false,
            TokenTree::Group(group) => texts(group.stream(), all),
            TokenTree::Punct(mark) if test && mark.as_char() == ';' => test = false,
            TokenTree::Literal(literal) => {
                let text = syn::parse_str::<syn::LitStr>(&literal.to_string());
                all.extend(text.ok().map(|text| text.value()));
            }
            TokenTree::Punct(_) | TokenTree::Ident(_) => {}
        }
    }
}

fn is_test(token: &TokenTree) -> bool {
    token.to_string().replace(' ', "") == "[cfg(test)]"
}

/// Texts that say of something that it is done: the text, how a person reads it, what must exist then. A count of none
/// says nothing.
pub(crate) const DONE: &[(&str, &str, Effect)] = &[
    ("已送达", "已送达", Effect::Delivered),
    ("sent", "sent", Effect::Delivered),
    ("已送达 · {r}", "已送达 · {r}", Effect::Delivered),
    ("sent · {r}", "sent · {r}", Effect::Delivered),
    ("已通知", "已通知", Effect::Told),
    ("notified", "notified", Effect::Told),
    (
        "未通知 {untold}  已通知 {notified}  已确认 {confirmed}  限产中 {held}  超限 {over}  豁免 {exempt}  有电表 {metered}",
        "已通知 {n}",
        Effect::Told,
    ),
    (
        "not notified {untold}  notified {notified}  confirmed {confirmed}  in force {held}  exceeding {over}  exempt {exempt}  metered {metered}",
        "notified {n}",
        Effect::Told,
    ),
    (
        "not notified {untold}  notified {notified}  confirmed {confirmed}  in force {held}  exceeding {over}  exempt {exempt}  metered {metered}",
        "in force {n}",
        Effect::InForce,
    ),
    (
        "notified {told}, exempt {exempt}; complied {share}; breach {breached}, undecided {undecided}, unseen {unseen}; prosecuted {filed}",
        "notified {n}",
        Effect::Told,
    ),
    ("通知企业", "通知企业 | {n}", Effect::Told),
    ("enterprises notified", "enterprises notified | {n}", Effect::Told),
    (
        "已于 {at} 由 {who} 发布，以下为留存件 {nth}",
        "已于 {at} 由 {who} 发布，以下为留存件 {nth}",
        Effect::Issued,
    ),
    (
        "issued at {at} by {who}; this is what was kept {nth}",
        "issued at {at} by {who}; this is what was kept {nth}",
        Effect::Issued,
    ),
    ("代替发布件", "代替发布件", Effect::Issued),
    (
        "in place of what was issued",
        "in place of what was issued",
        Effect::Issued,
    ),
    ("发布报告", "发布报告", Effect::Issued),
    ("issued a report", "issued a report", Effect::Issued),
    ("发布秸秆管控日报", "发布秸秆管控日报 | {n}", Effect::Issued),
    (
        "straw daily reports issued",
        "straw daily reports issued | {n}",
        Effect::Issued,
    ),
    ("已发布", "已发布", Effect::Ordered),
    ("issued", "issued", Effect::Ordered),
    ("已生效", "已生效", Effect::InForce),
    ("in force", "in force", Effect::InForce),
    ("已记录：{what}", "已记录：{what}", Effect::Recorded),
    ("recorded: {what}", "recorded: {what}", Effect::Recorded),
    ("已记录：{what}（{n} 条记录）", "（{n} 条记录）", Effect::Recorded),
    (
        "recorded: {what} ({n} entries)",
        "({n} entries)",
        Effect::Recorded,
    ),
    ("采集由 {who} 进行", "采集由 {who} 进行", Effect::Collected),
    ("collected by {who}", "collected by {who}", Effect::Collected),
];

/// The same, tried elsewhere: the text, the file of the test, its name.
pub(crate) const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "days whose readings are those that were recorded: {n}",
        "tests/duty/days.rs",
        "each_reading_changed_removed_or_added_after_its_day_is_named_with_it_in_both_languages",
    ),
    (
        "读数与当日记入台账的一致：{n} 天",
        "tests/duty/days.rs",
        "each_reading_changed_removed_or_added_after_its_day_is_named_with_it_in_both_languages",
    ),
    (
        "含 {before} 之前的读数、已过保存期而不再核对：{n} 天",
        "tests/duty/days.rs",
        "readings_are_dropped_only_once_the_ledger_has_said_so_and_their_days_are_said_to_be_past",
    ),
    (
        "days with readings from before {before}, which are kept no longer: {n}, not looked at",
        "tests/duty/days.rs",
        "readings_are_dropped_only_once_the_ledger_has_said_so_and_their_days_are_said_to_be_past",
    ),
    (
        "; its content is kept as {file}",
        "tests/duty/holder.rs",
        "a_ledger_whose_files_vanish_is_named_takes_nothing_is_kept_and_no_other_is_begun",
    ),
    (
        "{count} entries kept as {path}, every one verified, head {head}",
        "tests/duty/holder.rs",
        "a_backup_is_whole_while_the_room_runs_and_comes_back_and_an_older_copy_is_not_taken_unasked",
    ),
    (
        "what was there is kept as {path}",
        "tests/duty/holder.rs",
        "a_ledger_whose_files_vanish_is_named_takes_nothing_is_kept_and_no_other_is_begun",
    ),
    (
        "{channel} {at} 已送出",
        "tests/delivery/notices.rs",
        "a_late_fire_is_posted_to_who_stands_for_the_leader_once_a_telling",
    ),
    (
        "sent by {channel} {at}",
        "tests/delivery/notices.rs",
        "a_late_fire_is_posted_to_who_stands_for_the_leader_once_a_telling",
    ),
    (
        "to {role}, sent by {channel}: {what}",
        "tests/delivery/notices.rs",
        "a_late_fire_is_posted_to_who_stands_for_the_leader_once_a_telling",
    ),
    (
        "正在采集；台账 {path}",
        "tests/room/standing_by.rs",
        "a_second_collector_says_that_it_stands_by_until_it_collects",
    ),
    (
        "collecting; the ledger is {path}",
        "tests/room/standing_by.rs",
        "a_second_collector_says_that_it_stands_by_until_it_collects",
    ),
    (
        "待命：采集由 {who} 进行；台账 {path}",
        "tests/room/standing_by.rs",
        "a_second_collector_says_that_it_stands_by_until_it_collects",
    ),
    (
        "standing by, collected by {who}; the ledger is {path}",
        "tests/room/standing_by.rs",
        "a_second_collector_says_that_it_stands_by_until_it_collects",
    ),
    (
        "未提交，已存草稿",
        "tests/room/kept.rs",
        "what_is_said_to_be_kept_of_a_dialog_is_there_after_a_kill",
    ),
    (
        "not done; what you wrote is kept",
        "tests/room/kept.rs",
        "what_is_said_to_be_kept_of_a_dialog_is_there_after_a_kill",
    ),
    (
        "what you wrote last time is kept; Ctrl-R puts it back",
        "tests/keys.rs",
        "what_was_not_registered_does_not_prefill_the_next_callers_form_and_is_taken_back_by_a_key",
    ),
    (
        "已改的 {keys} 要到重启后才生效，其余已生效",
        "src/cli/reload/change/tests.rs",
        "every_key_of_the_configuration_takes_force_or_is_named_as_waiting",
    ),
    (
        "changed, in force only after a restart: {keys}; all else is in force",
        "src/cli/reload/change/tests.rs",
        "every_key_of_the_configuration_takes_force_or_is_named_as_waiting",
    ),
    (
        "configuration not taken, the last good one is in force: {why}",
        "tests/room/reload.rs",
        "sources_channels_operators_keys_and_theme_take_force_without_a_restart",
    ),
    (
        "已于 {at} 由 {who} 发布，但留存件与台账中的校验值不符；用 --draft 重新生成 {nth}",
        "src/cli/report/tests/issued.rs",
        "what_was_kept_and_is_not_what_was_issued_is_not_shown",
    ),
    (
        "issued at {at} by {who}, but what was kept does not have the sum in the ledger; --draft makes it anew {nth}",
        "src/cli/report/tests/issued.rs",
        "what_was_kept_and_is_not_what_was_issued_is_not_shown",
    ),
    (
        "已于 {at} 由 {who} 发布，未留存全文，以下为重新生成 {nth}",
        "src/cli/report/tests/issued.rs",
        "what_was_kept_and_is_not_what_was_issued_is_not_shown",
    ),
    (
        "issued at {at} by {who}, but its text was not kept; made anew {nth}",
        "src/cli/report/tests/issued.rs",
        "what_was_kept_and_is_not_what_was_issued_is_not_shown",
    ),
    (
        "已通知工地",
        "tests/duty/reading.rs",
        "a_stage_that_says_sent_or_told_is_not_reached_by_making_an_order",
    ),
];
