//! What can be wrong with a configuration, in words, and what to do about it. Said by `config::fault`.

use crate::texts;

texts! {
    /// Texts about the configuration.
    ConfigText {
        Unreadable: "文件无法读取：{why}", "the file cannot be read: {why}";
        NotUtf8: "文件不是 UTF-8 编码", "the file is not UTF-8";
        Syntax: "语法错误：{why}", "not well-formed: {why}";
        UnknownKey: "此处没有这个键", "no such key is known here";
        Missing: "缺少必需的键", "this key is needed here";
        WrongShape: "应为{want}，实为{have}", "must be {want}, is {have}";
        Unknown: "未知的值「{found}」", "“{found}” is not known";
        Nothing: "没有配置名为「{found}」的项", "nothing named “{found}” is configured";
        Empty: "不能为空", "must not be empty";
        Span: "「{found}」不是时长", "“{found}” is not a length of time";
        Url: "网址不可用：{why}", "not a usable address: {why}";
        Range: "{found} 超出范围 {low}～{high}", "{found} lies outside {low} to {high}";
        Position: "不是有效的经纬度", "not a position on the globe";
        Twice: "「{found}」在第 {line} 行已经出现", "“{found}” stands already on line {line}";
        NoVariable: "环境变量 {name} 未设置", "the environment variable {name} is not set";
        Expression: "「{found}」无法理解：{why}", "“{found}” cannot be understood: {why}";
        NotAKey: "「{found}」不是键名", "“{found}” is not the name of a key";
        Unreachable: "键 {found} 到不了这里：它属于 {owner}", "the key {found} does not arrive: it belongs to {owner}";
        Clash: "不能与 {other} 同时使用", "cannot stand together with {other}";

        Wants: "还需要 {other}", "cannot stand without {other}";
        Own: "「{code}」不是标准规则的代码，按本单位自定规则处理", "“{code}” is the code of no standard rule; it is taken as the room's own";
        Older: "旧写法，仍可读取；现在写作 {new}", "an older form, which is still read; it is written {new} now";
        Lost: "没有任何一步能到达「{stage}」", "no step leads to “{stage}”";
        Asked: "报表要用 {what}，此流程里没有", "reports ask for {what}, which this loop lacks";
        DeadEnd: "从这里走不到办结", "no way leads from here to a closed stage";

        DidYouMean: "是否应为「{near}」？", "did you mean “{near}”?";
        KnownAre: "可用：{list}", "known: {list}";
        RemedyUnreadable: "检查路径与读取权限", "check the path and the permission to read it";
        RemedyUtf8: "另存为 UTF-8 编码", "save it as UTF-8";
        RemedySyntax: "检查引号、括号与等号", "check quotes, brackets and equal signs";
        RemedyUnknownKey: "删除它，或查看 lookout config schema", "remove it, or see lookout config schema";
        RemedyMissing: "补上此键；范例见 lookout config init", "add it; lookout config init shows an example";
        RemedyShape: "改成所要求的类型", "write it in the shape asked for";
        RemedyNothing: "先配置它，或改用已有的名称", "configure it first, or use a name that exists";
        RemedyEmpty: "填写内容", "write something";
        RemedySpan: "写成 90s、15m、4h、30d 的形式", "write it like 90s, 15m, 4h or 30d";
        RemedyUrl: "以 http:// 或 https:// 开头的完整网址", "give a whole address that begins with http:// or https://";
        RemedyRange: "改到范围之内", "bring it into the range";
        RemedyPosition: "纬度 −90～90，经度 −180～180", "latitude −90 to 90, longitude −180 to 180";
        RemedyTwice: "改名或删除其中之一", "rename or remove one of the two";
        RemedyVariable: "在启动前设置该变量", "set it before the start";
        RemedyExpression: "按文档改写", "write it as the documentation shows";
        RemedyKey: "写成 a、F2、Ctrl-P、PgUp 的形式", "write it like a, F2, Ctrl-P or PgUp";
        RemedyUnreachable: "换一个键", "choose another key";
        RemedyClash: "只保留其中之一", "keep one of the two";

        RemedyWants: "补上所需的内容", "add what it needs";
        RemedyAsked: "在起这个作用的那一项写上它，或补上该项", "write it on the entry that is it, or add that entry";
        RemedyOwn: "确认代码无误", "see that the code is right";
        RemedyOlder: "把表中各键移到上一级，写在 kind 旁边", "move the keys of the table up, beside the kind";
        RemedyWay: "补一步（[[move]]），或删除该阶段", "add a step ([[move]]), or remove the stage";

        ShapeText: "文本", "text";
        ShapeInteger: "整数", "a whole number";
        ShapeNumber: "数值", "a number";
        ShapeBool: "true 或 false", "true or false";
        ShapeTime: "日期时间", "a date or time";
        ShapeArray: "列表", "a list";
        ShapeTable: "表", "a table";
    }
}
