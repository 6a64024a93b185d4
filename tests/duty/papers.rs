//! The papers of a night on duty: issued, shown again as they went out, and saying what the night was.
//!
//! Where `LOOKOUT_PAPERS` names a folder, they are left there to be read.

use crate::effects::first;
use crate::room::Room;
use lookout::domain::id::OperatorId;
use std::path::PathBuf;

/// Issues the papers and holds them against what was played.
pub(crate) fn are_true(room: &Room) {
    let emergency = first(room, "emergency").to_string();
    let daily = issued(room, "daily", &["--date", "2025-06-12"]);
    says(
        &daily,
        &[
            "| 发现 | 60 |",
            "| 属实 | 60 |",
            "| 派单 | 60 |",
            "| 逾期未到场 | 15 |",
        ],
    );
    says(
        &daily,
        &[
            "泗门镇 | 30 | 0 | 10 |",
            "马渚镇 | 27 | 0 | 27 |",
            "临山镇 | 3 | 0 | 3 |",
        ],
    );
    let handover = issued(room, "handover", &["--shift", "20250611-night"]);
    says(
        &handover,
        &[
            "值班: zhou",
            "未送达派单: 无",
            "| 交班 | zhou |",
            "| 接班 | chen |",
            "已当面说明",
        ],
    );
    let report = format!("| {emergency} | 槽罐车侧翻泄漏 | 续报中 |");
    says(&handover, &[&report]);
    let rows = |begin: &str| handover.lines().filter(|line| line.starts_with(begin)).count();
    assert_eq!(rows("| F20250611-"), 60, "every open fire");
    let promised = ["| 泗门镇政府 |", "| 马渚镇政府 |", "| 临山镇政府 |"].map(rows);
    assert_eq!(
        promised,
        [10, 7, 3],
        "what is not answered for, and nothing that is done"
    );
    assert!(!handover.contains("误报"), "a true fire is no false alarm");
    let log = issued(room, "shift", &["--shift", "20250611-night"]);
    says(&log, &["| 派单 | 60 |", "| 新登记事件 | 61 |", "带班放行"]);
    let paper = issued(room, "emergency", &["--date", "2025-06-12", "--case", &emergency]);
    says(
        &paper,
        &[
            "突发环境事件初报",
            "突发环境事件续报",
            "苯乙烯 0.3 mg/m³",
            "缺项:",
        ],
    );
}

#[track_caller]
fn says(paper: &str, words: &[&str]) {
    for words in words {
        assert!(paper.contains(words), "no {words} in\n{paper}");
    }
}

/// A paper as the leader issues it, left where papers are wanted; asked for again it is the same, word for word.
fn issued(room: &Room, name: &str, about: &[&str]) -> String {
    let wang = OperatorId::new("wang");
    let run = |lang: &str, more: &[&str]| {
        room.runs(
            &wang,
            &[&["report", name], about, more, &["--lang", lang]].concat(),
        )
    };
    let ran = run("zh", &["--issue"]);
    assert!(
        ran.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert_eq!(run("zh", &[]).stdout, ran.stdout, "{name}");
    if let Some(folder) = std::env::var_os("LOOKOUT_PAPERS").map(PathBuf::from) {
        std::fs::create_dir_all(&folder).expect("the folder of the papers");
        for (lang, text) in [("zh", ran.stdout.clone()), ("en", run("en", &["--draft"]).stdout)] {
            std::fs::write(folder.join(format!("{name}.{lang}.md")), text).expect("a paper is left");
        }
    }
    String::from_utf8(ran.stdout).expect("text")
}
