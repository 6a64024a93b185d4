//! Words of the Shift screen and of its dialogs.

use crate::texts;

texts! {
    /// Texts of the Shift screen.
    ShiftText {
        At: "时间", "at";
        Who: "人员", "who";
        What: "内容", "what";
        About: "对象", "about";
        Nobody: "无人接班；按 x 接班", "nobody has taken it; x to take it";
        Clear: "无未处理的红、橙告警及待报事项，可以交接", "nothing stands in the way of the hand-over";
        OnDuty: "值班", "on duty";
        Leader: "带班", "leader";
        HandOver: "交接", "hand-over";
        Ready: "准备", "ready";
        Out: "交班签字", "out";
        Read: "接班阅读", "read";
        In: "接班签字", "in";
        Take: "接班", "take the shift";
        Note: "记入日志", "write into the log";
        Prepare: "准备交班", "make the hand-over ready";
        Begin: "开始阅读交班内容", "begin to read the hand-over";
        Pass: "带班放行（说明理由）", "let it pass, with a reason";
        SignOut: "交班签字", "sign out";
        SignIn: "接班签字", "sign in";
        NoteKind: "类别", "kind";
        Words: "内容", "words";
        Reason: "理由", "reason";
    }
}
