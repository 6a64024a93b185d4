//! The parts that a playbook's text of an order may name, one row each: its name, what it is, how it is written.

use crate::domain::case::drill;
use crate::domain::fact::task::{Order, Sighted};
use crate::domain::id::{FieldId, MoveId};
use crate::domain::playbook::{FieldKind, Playbook, Trigger};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::order::Saying;
use crate::lang::{Lang, domain, order, when};

/// A part.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its name; one that ends in `*` stands for one name each of the playbook's own keys.
    pub name: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    value: fn(&Saying<'_>, Lang) -> String,
}

const fn part(
    name: &'static str,
    (zh, en): (&'static str, &'static str),
    value: fn(&Saying<'_>, Lang) -> String,
) -> Part {
    Part { name, zh, en, value }
}

/// The step or stage whose clock is meant, behind its name.
const CLOCK: &str = "clock.";
/// The field that is meant, behind its name.
const FIELD: &str = "field.";

/// Every part.
pub const PARTS: &[Part] = &[
    part("title", ("事由", "what the matter is"), |s, _| {
        drill::unmarked(s.case.matter.title.as_str()).to_owned()
    }),
    part(
        "what",
        (
            "要求：管控单含级别、指令号和措施，其他同事由",
            "what it demands: level, directive and measure under an episode, else the title",
        ),
        |s, _| s.what.to_owned(),
    ),
    part("severity", ("级别颜色", "its severity"), |s, lang| {
        let severity = s.order.severity;
        severity.map_or_else(String::new, |own| domain::severity(lang, own).to_owned())
    }),
    part(
        "place",
        (
            "地点和坐标；都不明时写明请先核实",
            "where, in words with its position; that it is to be found out where neither is known",
        ),
        |s, lang| order::place(s.order, lang),
    ),
    part("where", ("地点文字", "where in words"), |s, _| {
        s.order.whereabouts.to_string()
    }),
    part(
        "position",
        ("坐标（渠道的坐标系）", "its position on the maps of the channel"),
        |s, _| order::position(s.order).unwrap_or_default(),
    ),
    part("map", ("地图链接", "the link to a map"), |s, _| {
        s.order.map.to_string()
    }),
    part(
        "seen",
        (
            "发现情况：摄像头、方位、距离、风、图像",
            "all that was seen: camera, bearing, distance, wind, picture",
        ),
        |s, lang| {
            let seen = s.order.seen.as_ref();
            seen.and_then(|seen| order::seen(seen, lang)).unwrap_or_default()
        },
    ),
    part(
        "camera",
        ("发现它的摄像头或点位", "the camera or point that saw it"),
        |s, _| seen(s.order, |seen| Some(seen.by.to_string())),
    ),
    part("bearing", ("方位", "its bearing from there"), |s, _| {
        seen(s.order, |seen| Some(format!("{}°", seen.bearing?)))
    }),
    part("distance", ("距离", "how far from there"), |s, _| {
        seen(s.order, |seen| Some(order::km(seen.metres?)))
    }),
    part("wind", ("风", "the wind"), |s, _| {
        seen(s.order, |seen| Some(seen.wind.to_string()))
    }),
    part("picture", ("图像地址", "the address of a picture"), |s, _| {
        seen(s.order, |seen| Some(seen.picture.to_string()))
    }),
    part("level", ("管控级别", "the level of the episode"), |s, _| {
        let episode = s.order.episode.as_ref();
        episode.map_or_else(String::new, |own| own.level.to_string())
    }),
    part(
        "command",
        ("指令号", "the number of the episode's directive"),
        |s, _| {
            let episode = s.order.episode.as_ref();
            episode.map_or_else(String::new, |own| own.number.to_string())
        },
    ),
    part("clocks", ("各时限", "every clock by its name"), |s, lang| {
        order::clocks(s.order, s.made, lang).unwrap_or_default()
    }),
    part(
        "deadline",
        ("办结时限", "by when it must be done"),
        |s, lang| s.order.deadline.map_or_else(String::new, |at| by(s, at, lang)),
    ),
    part(
        "clock.*",
        (
            "某一步的时限，如 {clock.sign}",
            "by when one step must be made, as {clock.sign}",
        ),
        |_, _| String::new(),
    ),
    part(
        "field.*",
        (
            "登记项，如 {field.limit_kw}",
            "what is registered in a field, as {field.limit_kw}",
        ),
        |_, _| String::new(),
    ),
    part("number", ("单号", "the order's number"), |s, _| {
        s.made.number.to_owned()
    }),
    part("case", ("事件编号", "the case"), |s, _| s.case.id.to_string()),
    part("unit", ("受派单位", "the unit"), |s, _| {
        s.order.unit_name.to_string()
    }),
    part("contact", ("联系人", "the person to act"), |s, _| {
        s.order.contact.to_string()
    }),
    part("phone", ("电话", "their telephone"), |s, _| {
        s.order.phone.to_string()
    }),
    part("room", ("值班室名称", "the room"), |s, _| s.room.to_owned()),
];

fn seen(order: &Order, of: impl Fn(&Sighted) -> Option<String>) -> String {
    let seen = order.seen.as_ref();
    seen.and_then(|seen| of(seen)).unwrap_or_default()
}

/// A clock; what is past already is at once.
fn by(saying: &Saying<'_>, at: Moment, lang: Lang) -> String {
    if at <= saying.made.now {
        return lang.pick("立即", "at once").to_owned();
    }
    when::dated(at, saying.made.now, saying.made.zone)
}

/// The names of all parts that a text of this playbook may have.
pub fn known(playbook: &Playbook) -> Vec<String> {
    let fixed = PARTS.iter().map(|part| part.name.to_owned());
    let fixed = fixed.filter(|name| !name.ends_with('*'));
    let answers = playbook.moves.iter();
    let answers = answers.filter(|step| {
        let mut by_itself = step.by_itself.iter();
        by_itself.any(|by| matches!(by, Trigger::Answer(_)))
    });
    let clocks = answers.map(|step| format!("{CLOCK}{}", step.id));
    let fields = playbook.fields.iter();
    fixed
        .chain(clocks)
        .chain(fields.map(|field| format!("{FIELD}{}", field.id)))
        .collect()
}

/// A part as it is written; empty where nothing is known of it.
pub(super) fn value(saying: &Saying<'_>, name: &str, lang: Lang) -> String {
    if let Some(step) = name.strip_prefix(CLOCK) {
        return clock(saying, step, lang).unwrap_or_default();
    }
    if let Some(field) = name.strip_prefix(FIELD) {
        return field_of(saying, field, lang).unwrap_or_default();
    }
    let row = PARTS.iter().find(|part| part.name == name);
    row.map_or_else(String::new, |part| (part.value)(saying, lang))
}

/// The clock that ends with a step: orders name their clocks by its words.
fn clock(saying: &Saying<'_>, step: &str, lang: Lang) -> Option<String> {
    let words = &saying.playbook?.step(&MoveId::new(step))?.words;
    let mut clocks = saying.order.clocks.iter();
    let (_, at) = clocks.find(|(name, _)| name.as_str() == lang.of(words))?;
    Some(by(saying, *at, lang))
}

fn field_of(saying: &Saying<'_>, field: &str, lang: Lang) -> Option<String> {
    let field = saying.playbook?.field(&FieldId::new(field))?;
    let value = saying.case.state.fields.get(&field.id).map(Clean::as_str)?;
    let words = match &field.kind {
        FieldKind::Choice(all) => all.iter().find(|one| one.code.as_str() == value),
        FieldKind::Text | FieldKind::Number | FieldKind::Day => None,
    };
    Some(words.map_or(value, |one| lang.of(&one.words)).to_owned())
}
