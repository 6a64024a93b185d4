//! Words of the seat itself: actions, dialogs, the header and the footer. Panels have theirs beside this.

use crate::texts;

texts! {
    /// Texts of the seat.
    Tui {
        Overview: "总览", "Overview";
        Air: "空气", "Air";
        Fires: "火情", "Fires";
        Cases: "事件", "Cases";
        Alarms: "告警", "Alarms";
        Feeds: "数据源", "Feeds";
        PreviousScreen: "上一屏", "previous screen";
        NextScreen: "下一屏", "next screen";
        NextUnhandled: "下一条未处置", "next unhandled";
        Down: "下移", "down";
        Up: "上移", "up";
        First: "首行", "first row";
        Last: "末行", "last row";
        PageDown: "下一页", "page down";
        PageUp: "上一页", "page up";
        HalfDown: "下半页", "half a page down";
        HalfUp: "上半页", "half a page up";
        Left: "左移", "left";
        Right: "右移", "right";
        NextPane: "换窗格", "next pane";
        Open: "打开", "open";
        Back: "返回", "back";
        TakeIn: "收入新行", "take in new rows";
        Filter: "筛选", "filter";
        FindNext: "下一匹配", "next match";
        FindPrevious: "上一匹配", "previous match";
        Palette: "命令", "commands";
        Help: "帮助", "help";
        Sort: "排序", "order";
        Mark: "标记", "mark";
        MarkRange: "区间标记", "mark a range";
        MarkNone: "清除标记", "clear marks";
        Acknowledge: "确认", "acknowledge";
        Dispatch: "派单", "dispatch";
        Menu: "操作", "actions";
        Shelve: "搁置", "shelve";
        Note: "备注", "note";
        Undo: "撤回", "undo";
        Copy: "复制", "copy";
        Freeze: "冻结", "freeze";
        Language: "English", "中文";
        Theme: "主题", "theme";
        Repaint: "重绘", "repaint";
        Suspend: "挂起", "suspend";
        Close: "退出", "close";
        Interrupt: "取消", "cancel";

        Gone: "（已结束）{id}", "(gone) {id}";
        Edge: "{from}–{to} / {all}", "{from}–{to} of {all}";
        Waiting: "+{n} 新  r 收入", "+{n} new  r takes in";
    }
}
