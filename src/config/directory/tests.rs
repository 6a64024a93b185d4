use crate::bench::check::tests::Given;
use crate::config::Config;
use crate::config::checked::read;
use crate::domain::directory::PointKind;
use crate::domain::id::{CommunityId, EnterpriseId, PointId, TownshipId};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::water::Class;
use crate::lang::Lang;
use chrono::NaiveDate;
use std::fmt::Write as _;
use std::path::Path;

const FILES: &str = "[directory]\ncommunities_file = \"c.csv\"\nenterprises_file = \"e.csv\"\npoints_file = \"p.toml\"\nmeasures_file = \"m.csv\"\ncontacts_file = \"k.csv\"\n\
    [[township]]\nid = \"simen\"\nname = \"泗门镇\"\nunit = \"u\"\n[[unit]]\nid = \"u\"\nname = \"泗门镇政府\"\n";

fn room(files: Vec<(&'static str, &'static str)>) -> Result<Config, Vec<String>> {
    let given = Given {
        files,
        ..Given::default()
    };
    let read = read(Path::new("room/lookout.toml"), FILES, &given);
    read.map_err(|faults| {
        let line = |f: &crate::bench::fault::Fault| {
            let near = f.near.as_deref().map(|n| format!(" ~{n}")).unwrap_or_default();
            format!("{} {}: {}{near}", f.place(), f.key, f.words(Lang::En))
        };
        faults.iter().map(line).collect()
    })
}

#[test]
fn rows_of_csv_and_toml_files_become_the_directory_and_are_counted() {
    let config = room(vec![
        ("room/c.csv", "id,name,township\nhubei,湖北村,泗门镇\n"),
        (
            "room/e.csv",
            "id,name,township,community,lat,lon,sector,code,positive_list,tags,rated_kw,curtail\n\
             E1,一号厂,泗门镇,湖北村,30.17,121.04,电镀,yellow,true,ldar; soil,250.5,Ⅲ=70;Ⅱ=50\n\
             E2,二号厂,simen,,,,,,,,,\n",
        ),
        (
            "room/p.toml",
            "[[point]]\nid = \"007\"\nname = \"镀锌线\"\nkind = \"production\"\nowner = \"E1\"\npair = \"008\"\nrange = 600\n\
             [[point]]\nid = \"008\"\nname = \"废水站\"\nkind = \"treatment\"\nowner = \"E1\"\n\
             [[point]]\nid = \"S1\"\nname = \"下断面\"\nkind = \"water\"\nclass = \"III\"\nlimit = [\"total_nitrogen=3.38\"]\nlimit_since = \"2024-01-01\"\nupstream = [\"007\"]\n",
        ),
        ("room/m.csv", "unit,zh,levels\nu,工地停工,Ⅲ;Ⅱ\n"),
        ("room/k.csv", "unit,name,phone,on_call\nu,张三,1,\nu,李四,2,true\n"),
    ])
    .expect("nothing is wrong");
    let directory = &config.directory;
    let firm = directory.enterprise(&EnterpriseId::new("E1")).expect("is there");
    assert_eq!(
        (firm.township.as_ref().map(TownshipId::as_str), firm.positive_list),
        (Some("simen"), true)
    );
    assert!(firm.is_tagged("ldar") && firm.is_tagged("soil") && !firm.is_tagged("ld"));
    assert_eq!(firm.curtailed_kw("Ⅱ"), Value::from_f64(125.25));
    assert_eq!(firm.curtailed_kw("Ⅰ"), None);
    let point = directory.point(&PointId::new("007")).expect("keeps its noughts");
    assert_eq!(
        (point.kind, point.pair.clone()),
        (PointKind::Production, Some(PointId::new("008")))
    );
    assert_eq!(point.range(Quantity::Power), Some(Value::whole(600)));
    let section = &directory.points[2];
    assert_eq!(section.class, Some(Class::Three));
    assert_eq!(section.limit(Quantity::TotalNitrogen), Value::parse("3.38"));
    assert_eq!(section.limit(Quantity::Ammonia), None, "one limit a quantity");
    assert_eq!(section.limits_since, NaiveDate::from_ymd_opt(2024, 1, 1));
    assert_eq!(directory.upstream(&PointId::new("S1")).len(), 1);
    let unit = directory.unit_of_community(&CommunityId::new("hubei"));
    let unit = unit.expect("its township's");
    assert_eq!(directory.contacts_of(&unit.id)[0].name.as_str(), "李四");
    assert_eq!(directory.measures[0].levels.len(), 2);
    assert_eq!(directory.codes.len(), 4);
    let counts: Vec<(&str, usize)> = config.imports.iter().map(|i| (i.key.as_str(), i.rows)).collect();
    let expected = [
        ("communities_file", 1),
        ("contacts_file", 2),
        ("points_file", 3),
        ("enterprises_file", 2),
        ("measures_file", 1),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn every_bad_row_of_every_file_is_reported_with_its_line_and_what_was_meant() {
    let faults = room(vec![
        ("room/c.csv", "id,name,township\nhubei,湖北村,泗门鎮\n"),
        (
            "room/e.csv",
            "id,name,code,positive_list,curtail,rated_kw\nE1,a,gren,,,\nE1,b,red,maybe,,\nE2,c,,,Ⅲ:70,100\nE2,d,,,Ⅲ=70,-1\nE3,e,,,Ⅲ=70,\n",
        ),
        (
            "room/p.toml",
            "[[point]]\nid = \"a\"\nname = \"n\"\nkind = \"metre\"\n\n[[point]]\nid = \"b\"\nname = \"n\"\nkind = \"water\"\nclass = \"3\"\nowner = \"E9\"\nupsteam = [\"a\"]\nheading = 400.0\n\
             [[point]]\nid = \"c\"\nname = \"n\"\nkind = \"site\"\nlimit = 150\nlimit_since = \"march\"\nrange = \"pm01=9;pm10=x\"\n",
        ),
        ("room/m.csv", "unit,zh,level\n"),
        ("room/k.csv", "unit,name,phone\nv,张三,1\n"),
    ]);
    insta::assert_snapshot!(faults.expect_err("much is wrong").join("\n"), @r#"
    room/c.csv:2 township: nothing named “泗门鎮” is configured ~泗门镇
    room/e.csv:2 code: nothing named “gren” is configured ~green
    room/e.csv:3 positive_list: not well-formed: provided string was not `true` or `false`
    room/e.csv:4 curtail: “Ⅲ:70” cannot be understood: Ⅲ=70
    room/e.csv:5 id: “E2” stands already on line 4
    room/e.csv:5 rated_kw: -1 lies outside 0 to 1000000000
    room/e.csv:6 curtail: cannot stand without rated_kw
    room/k.csv:2 unit: nothing named “v” is configured ~u
    room/m.csv:1 level: no such key is known here ~levels
    room/m.csv:1 levels: this key is needed here
    room/p.toml:4 kind: “metre” is not known
    room/p.toml:10 class: “3” is not known ~I
    room/p.toml:11 owner: nothing named “E9” is configured ~E1
    room/p.toml:12:1 point[2].upsteam: no such key is known here ~upstream
    room/p.toml:13 heading: 400 lies outside 0 to 360
    room/p.toml:18 limit: “150” cannot be understood: stack_nox=150
    room/p.toml:19 limit_since: “march” cannot be understood: 2026-03-01
    room/p.toml:20 range: “pm01” is not known ~pm10
    room/p.toml:20 range: “pm10=x” cannot be understood: stack_nox=150
    "#);
}

#[test]
fn a_town_of_thousands_of_enterprises_finds_each_twin() {
    let mut text = "id,name\n".to_owned();
    for n in 0..5_803 {
        writeln!(text, "E{n},厂{n}").expect("into memory");
    }
    text.push_str("E17,又一家\n");
    let text: &'static str = text.leak();
    let none = |head| (head, "");
    let mut files = vec![("room/e.csv", text)];
    files.extend([
        ("room/c.csv", "id,name,township\n"),
        ("room/m.csv", "unit,zh,levels\n"),
        ("room/k.csv", "unit,name,phone\n"),
        none("room/p.toml"),
    ]);
    let faults = room(files).expect_err("one stands twice");
    assert_eq!(faults, ["room/e.csv:5805 id: “E17” stands already on line 19"]);
}
