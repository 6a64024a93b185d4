//! Ways for an upstream to be broken, a row each: on the wire, in the envelope, in the rows, in the values.

use crate::kinds::Kind;
use crate::upstream::{Mute, Wire};
use lookout::domain::time::{Moment, Span};
use serde_json::{Map, Value, json};

/// A way to be broken.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    at: At,
    pub(crate) answer: fn(&Kind, &str, Moment) -> Wire,
}

/// Which upstreams can be broken so.
enum At {
    /// All.
    All,
    /// Those that answer in JSON.
    Json,
    /// Those that answer with a table.
    Table,
    /// Those that always have readings to give.
    Speaking,
    /// Those that give readings in JSON.
    SpeakingJson,
    /// Those whose rows hold a key and a time.
    Rows,
    /// These.
    Only(&'static [&'static str]),
}

impl Fault {
    pub(crate) fn fits(&self, kind: &Kind) -> bool {
        match self.at {
            At::All => true,
            At::Json => kind.json,
            At::Table => !kind.json,
            At::Speaking => kind.speaks,
            At::SpeakingJson => kind.speaks && kind.json,
            At::Rows => kind.json && kind.id != "model",
            At::Only(ids) => ids.contains(&kind.id),
        }
    }
}

const fn fault(name: &'static str, at: At, answer: fn(&Kind, &str, Moment) -> Wire) -> Fault {
    Fault { name, at, answer }
}

fn status(status: &'static str) -> Wire {
    Wire {
        status,
        ..Wire::of("{\"message\":\"no\"}")
    }
}

fn mute(mute: Mute) -> Wire {
    Wire {
        mute: Some(mute),
        ..Wire::of("")
    }
}

fn redirect(to: &str) -> Wire {
    Wire {
        status: "302 Found",
        headers: format!("Location: {to}\r\n"),
        ..Wire::of("")
    }
}

/// A good body with every member of these names changed, wherever it stands.
fn changed(kind: &Kind, path: &str, now: Moment, change: &dyn Fn(&mut Map<String, Value>)) -> Wire {
    let mut body = kind.value(path, now);
    walk(&mut body, change);
    Wire::of(body.to_string())
}

fn walk(value: &mut Value, change: &dyn Fn(&mut Map<String, Value>)) {
    if let Value::Array(all) = value {
        for one in all {
            walk(one, change);
        }
    } else if let Value::Object(object) = value {
        for one in object.values_mut() {
            walk(one, change);
        }
        change(object);
    }
}

/// The names are other ones.
fn renamed(kind: &Kind, path: &str, now: Moment, names: &[&str]) -> Wire {
    if !kind.json {
        let body = (kind.body)(path, now);
        let name = names.first().expect("a name");
        return Wire::of(body.replacen(name, "other", 1));
    }
    changed(kind, path, now, &|object| {
        for name in names {
            if let Some(value) = object.remove(*name) {
                object.insert(format!("{name}New"), value);
            }
        }
    })
}

/// Every value is `to`; in a list each of its elements.
fn valued(kind: &Kind, path: &str, now: Moment, to: &Value) -> Wire {
    if !kind.json {
        let plain = to.as_str().map_or_else(|| to.to_string(), str::to_owned);
        let plain = if plain == "null" { String::new() } else { plain };
        let lines = (kind.body)(path, now);
        let lines = lines.lines().map(|line| {
            let cells = line.split(',').map(|cell| {
                if kind.values.contains(&cell) {
                    plain.as_str()
                } else {
                    cell
                }
            });
            cells.collect::<Vec<_>>().join(",") + "\n"
        });
        return Wire::of(lines.collect::<String>());
    }
    changed(kind, path, now, &|object| {
        for name in kind.values {
            match object.get_mut(*name) {
                Some(Value::Array(all)) => all.fill(to.clone()),
                Some(one) if !one.is_string() || kind.id == "cnemc" => *one = to.clone(),
                Some(_) | None => {}
            }
        }
    })
}

/// Something else stands where the list should.
fn listed(kind: &Kind, path: &str, now: Moment, to: &Value) -> Wire {
    if kind.list.is_empty() {
        return Wire::of(to.to_string());
    }
    changed(kind, path, now, &|object| {
        if let Some(list) = object.get_mut(kind.list) {
            *list = to.clone();
        }
    })
}

/// Every row is `to`.
fn rows(kind: &Kind, path: &str, now: Moment, to: &Value) -> Wire {
    listed(kind, path, now, &Value::Array(vec![to.clone(); 20]))
}

pub(crate) const FAULTS: &[Fault] = &[
    fault("401", At::All, |_, _, _| status("401 Unauthorized")),
    fault("403", At::All, |_, _, _| status("403 Forbidden")),
    fault("404", At::All, |_, _, _| status("404 Not Found")),
    fault("429", At::All, |_, _, _| status("429 Too Many Requests")),
    fault("500", At::All, |_, _, _| status("500 Internal Server Error")),
    fault("503 with a page", At::All, |_, _, _| Wire {
        status: "503 Service Unavailable",
        ..Wire::of("<html><title>maintenance</title></html>")
    }),
    fault("a login page with 200", At::All, |_, _, _| {
        Wire::of("<!doctype html><html><head><title>统一身份认证 登录</title></head></html>")
    }),
    fault("an empty body", At::All, |_, _, _| Wire::of("")),
    fault("204", At::All, |_, _, _| Wire {
        status: "204 No Content",
        ..Wire::of("")
    }),
    fault("blanks", At::All, |_, _, _| Wire::of("  \r\n ")),
    fault("a cut body", At::All, |kind, path, now| Wire {
        more: 500,
        ..Wire::of((kind.body)(path, now))
    }),
    fault("closed without a word", At::All, |_, _, _| mute(Mute::Closed)),
    fault("silence", At::All, |_, _, _| mute(Mute::Silent)),
    fault("redirected in a circle", At::All, |kind, _, _| {
        redirect(&format!("/{}", kind.id))
    }),
    fault("redirected elsewhere", At::All, |_, _, _| {
        redirect("http://127.0.0.2:9/login")
    }),
    fault("garbage", At::All, |_, _, _| {
        Wire::of(vec![0xff, 0x00, 0x12, 0xfe, 0x80])
    }),
    fault("half of the JSON", At::Json, |kind, path, now| {
        let body = (kind.body)(path, now);
        Wire::of(body.chars().take(body.chars().count() / 2).collect::<String>())
    }),
    fault("an error with 200", At::All, |_, _, _| {
        Wire::of("{\"code\":50014,\"message\":\"token已过期\"}")
    }),
    fault("an error in data", At::All, |_, _, _| {
        Wire::of("{\"code\":1,\"data\":{\"error\":\"db down\"}}")
    }),
    fault("a nested error under ok", At::All, |_, _, _| {
        Wire::of("{\"status\":\"ok\",\"data\":{\"status\":\"error\",\"msg\":\"no such station\"}}")
    }),
    fault("a text in data", At::All, |_, _, _| {
        Wire::of("{\"code\":200,\"data\":\"用户无权限访问该接口\"}")
    }),
    fault("a plain text", At::Json, |_, _, _| Wire::of("token expired")),
    fault("a JSON text", At::Json, |_, _, _| Wire::of("\"token expired\"")),
    fault("a number", At::Json, |_, _, _| Wire::of("0")),
    fault("null", At::Json, |_, _, _| Wire::of("null")),
    fault("JSON in a text", At::Json, |kind, path, now| {
        Wire::of(Value::String((kind.body)(path, now)).to_string())
    }),
    fault("JSON in the list's text", At::Json, |kind, path, now| {
        listed(kind, path, now, &json!("[{\"id\":1}]"))
    }),
    fault("a deep pit", At::Json, |_, _, _| Wire::of("[".repeat(100_000))),
    fault("millions of values", At::Json, |_, _, _| {
        Wire::of(format!("[{}0]", "0,".repeat(2_000_100)))
    }),
    fault("a list that is null", At::Json, |kind, path, now| {
        listed(kind, path, now, &Value::Null)
    }),
    fault("a list that is a number", At::Json, |kind, path, now| {
        listed(kind, path, now, &json!(0))
    }),
    fault(
        "a list that is an object",
        At::Only(&["nws", "openaq", "towers", "hours"]),
        |kind, path, now| listed(kind, path, now, &json!({"list": []})),
    ),
    fault(
        "the list has another name",
        At::Only(&["nws", "openaq", "towers", "hours", "model"]),
        |kind, path, now| renamed(kind, path, now, &[kind.list]),
    ),
    fault("times have another name", At::All, |kind, path, now| {
        renamed(kind, path, now, kind.times)
    }),
    fault("keys have another name", At::All, |kind, path, now| {
        renamed(kind, path, now, kind.keys)
    }),
    fault("values have another name", At::SpeakingJson, |kind, path, now| {
        renamed(kind, path, now, kind.values)
    }),
    fault(
        "all times in the future",
        At::Only(&[
            "cnemc", "archive", "openaq", "firms", "towers", "hours", "table", "wide",
        ]),
        |kind, path, now| Wire::of((kind.body)(path, now + Span::hours(3))),
    ),
    fault("all data ten days old", At::Speaking, |kind, path, now| {
        Wire::of((kind.body)(path, now - Span::hours(240)))
    }),
    fault("times in words", At::Rows, |kind, path, now| {
        changed(kind, path, now, &|object| {
            for name in kind.times {
                if object.contains_key(*name) {
                    object.insert((*name).to_owned(), json!("今天 10:31"));
                }
            }
        })
    }),
    fault("rows of another schema", At::Rows, |kind, path, now| {
        rows(kind, path, now, &json!({"number": 1, "name": "fire"}))
    }),
    fault("rows that are texts", At::Rows, |kind, path, now| {
        rows(kind, path, now, &json!("x"))
    }),
    fault("rows that are null", At::Rows, |kind, path, now| {
        rows(kind, path, now, &Value::Null)
    }),
    fault(
        "one row lost",
        At::Only(&["alertmanager", "nws", "cnemc", "towers", "hours", "answers"]),
        |kind, path, now| {
            let mut body = kind.value(path, now);
            let at = body.as_array_mut().map(std::mem::take);
            let Some(mut list) = at else {
                return changed(kind, path, now, &|object| {
                    if let Some(Value::Array(list)) = object.get_mut(kind.list) {
                        list.push(json!({"number": 1}));
                    }
                });
            };
            list.push(json!({"number": 1}));
            Wire::of(Value::Array(list).to_string())
        },
    ),
    fault("a row of other columns", At::Table, |kind, path, now| {
        let mut body = (kind.body)(path, now).into_bytes();
        body.extend(b"x\n");
        Wire::of(body)
    }),
    fault(
        "a member twice",
        At::Only(&[
            "alertmanager",
            "nws",
            "cnemc",
            "towers",
            "hours",
            "openaq",
            "answers",
        ]),
        |kind, path, now| {
            let body = (kind.body)(path, now);
            let key = kind.keys.first().expect("a key");
            Wire::of(body.replacen(&format!("\"{key}\":"), &format!("\"{key}\":9,\"{key}\":"), 1))
        },
    ),
    fault("bare NaN", At::SpeakingJson, |kind, path, now| {
        let wire = valued(kind, path, now, &json!("@"));
        Wire::of(
            String::from_utf8(wire.body)
                .expect("text")
                .replace("\"@\"", "NaN"),
        )
    }),
    fault("values with their unit", At::Speaking, |kind, path, now| {
        valued(kind, path, now, &json!("180μg/m3"))
    }),
    fault("values that are missing", At::Speaking, |kind, path, now| {
        valued(kind, path, now, &Value::Null)
    }),
    fault("values that are -999", At::Speaking, |kind, path, now| {
        valued(kind, path, now, &json!(-999))
    }),
    fault("values that are 99999", At::Speaking, |kind, path, now| {
        valued(kind, path, now, &json!(99_999))
    }),
    fault("values that are 32767", At::Speaking, |kind, path, now| {
        valued(kind, path, now, &json!(32_767))
    }),
    fault(
        "no station at all",
        At::Only(&["cnemc", "openaq", "hours"]),
        |kind, path, now| listed(kind, path, now, &json!([])),
    ),
    fault("no hour at all", At::Only(&["model"]), |kind, path, now| {
        changed(kind, path, now, &|object| {
            for (_, list) in object.iter_mut().filter(|(_, list)| list.is_array()) {
                *list = json!([]);
            }
        })
    }),
    fault(
        "a heading alone",
        At::Only(&["archive", "wide"]),
        |kind, path, now| {
            let body = (kind.body)(path, now);
            Wire::of(body.lines().next().unwrap_or_default().to_owned() + "\n")
        },
    ),
    fault("the watchdog is gone", At::Only(&["alertmanager"]), |_, _, _| {
        Wire::of("[]")
    }),
    fault(
        "the heart stands still",
        At::Only(&["towers"]),
        |kind, path, now| {
            let old = kind.value(path, now - Span::hours(2));
            changed(kind, path, now, &|object| {
                if object.contains_key("updateTime") {
                    object.insert("updateTime".to_owned(), old["data"]["updateTime"].clone());
                }
            })
        },
    ),
    fault("the heart is gone", At::Only(&["towers"]), |kind, path, now| {
        renamed(kind, path, now, &["updateTime"])
    }),
];
