//! Words of the Fires screen and of orders on their way.

use crate::domain::task::{Delivery, Task};
use crate::lang::{Lang, fill};
use crate::texts;

texts! {
    /// Texts of the Fires screen.
    Fires {
        Clock: "时钟", "clock";
        Where: "火情", "fire";
        Township: "属地", "township";
        Verdict: "研判", "verdict";
        Delivery: "派单", "order";
        Unopened: "待登记", "not opened";
        NoFires: "无未办结火情", "no open fires";
        Position: "坐标", "position";
        Wind: "风", "wind";
        WindFrom: "{from}风 {speed} m/s，烟向{to}", "from {from} {speed} m/s, smoke drifts {to}";
        Timeline: "经过", "Timeline";
        Orders: "派单", "Orders";
        Photo: "照片", "photo";
        Picture: "图像", "picture";
        Detected: "发现", "seen";
        Rekindles: "复燃自", "rekindles";
        Crossed: "交会定位", "crossed at";
        Alike: "疑似重复", "maybe same";
        Camera: "摄像头", "camera";
        FalseRate: "误报 {n}/{of}（{percent}%）", "false {n} of {of} ({percent} %)";
        Enterprise: "企业", "enterprise";
        Under: "上级事件", "parent case";
        Repeats: "重复于", "repeats";
        Again: "回头看", "looked back";
        Children: "子事项", "sub-cases";
        ChildCount: "{all} 件，未办结 {open}", "{all}, open {open}";
        Checklist: "处置要点", "What to do";
        Deadline: "时限", "due";
        Contact: "联系", "contact";
        Map: "位置", "Map";
        AwaitsPhoto: "待补照片", "photo awaited";
        TriedAgain: "届时重发", "is tried again then";
    }
}

/// How far an order has come, in one or two words: the last answer where there is one.
pub fn delivery(lang: Lang, task: &Task) -> String {
    match (&task.delivery, task.answers.last()) {
        (Delivery::Withdrawn { .. }, _) => lang.pick("已撤回", "withdrawn").to_owned(),
        (_, Some(answer)) => answer_kind(lang, answer.kind.as_str()).to_owned(),
        (Delivery::Pending { attempts: 0, .. } | Delivery::Trying { .. }, None) => {
            lang.pick("发送中", "sending").to_owned()
        }
        (Delivery::Pending { attempts, .. }, None) => {
            fill(lang.pick("重试 {n}", "retry {n}"), &[("n", attempts)])
        }
        (Delivery::InDoubt { .. }, None) => lang.pick("存疑", "in doubt").to_owned(),
        (Delivery::Call { .. }, None) => lang.pick("请电话", "phone now").to_owned(),
        (Delivery::Delivered { .. }, None) => lang.pick("已送达", "sent").to_owned(),
        (Delivery::Refused { .. }, None) => lang.pick("发送失败", "failed").to_owned(),
    }
}

/// A photo that is the evidence of several cases together.
pub fn shared(lang: Lang, photo: &str, cases: usize) -> String {
    let words = lang.pick("{photo}（{n} 件共用）", "{photo} (shared by {n})");
    fill(words, &[("photo", &photo), ("n", &cases)])
}

/// What is to be done about an order that needs a person.
pub fn advice(lang: Lang, task: &Task) -> Option<&'static str> {
    task.needs_person().then(|| match task.delivery {
        Delivery::InDoubt { .. } => lang.pick(
            "信已发出，无回执，可能已送达：请电话核实；x：登记通话，或再次发送",
            "it left, no answer came: ask the unit whether they have it; x: record the call, or send again",
        ),
        Delivery::Pending { .. }
        | Delivery::Trying { .. }
        | Delivery::Call { .. }
        | Delivery::Delivered { .. }
        | Delivery::Refused { .. }
        | Delivery::Withdrawn { .. } => lang.pick(
            "请立即电话通知；x：登记通话，或再次发送",
            "telephone now; x: record the call, or send again",
        ),
    })
}

/// What a channel answered when it took an order.
pub fn delivered(lang: Lang, receipt: &str) -> String {
    fill(lang.pick("已送达 · {r}", "sent · {r}"), &[("r", &receipt)])
}

/// What a unit answered, by the key of its kind.
pub fn answer_kind(lang: Lang, kind: &str) -> &str {
    match kind {
        "received" => lang.pick("已签收", "received"),
        "on_scene" => lang.pick("已到场", "on scene"),
        "done" => lang.pick("已处置", "done"),
        "returned" => lang.pick("退回", "returned"),
        "call" => lang.pick("已通话", "called"),
        other => other,
    }
}

/// A verdict by its key.
pub fn verdict(lang: Lang, key: &str) -> &str {
    match key {
        "true" => lang.pick("属实", "true"),
        "false" => lang.pick("误报", "false"),
        "duplicate" => lang.pick("重复", "duplicate"),
        "transferred" => lang.pick("移交", "transferred"),
        other => other,
    }
}

/// One of eight winds, 0 for north.
pub fn compass(lang: Lang, octant: usize) -> &'static str {
    let zh = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"];
    let en = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    lang.pick(zh, en).get(octant % 8).copied().unwrap_or_default()
}
