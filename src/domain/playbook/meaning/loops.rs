//! The words of each loop of which something is asked.

/// The words of one loop, and its row.
macro_rules! vocabulary {
    (
        $(#[$doc:meta])* $name:ident of $of:literal:
        stages { $($(#[$stage_doc:meta])* $stage:ident $stage_word:literal),* $(,)? }
        further [ $($further:literal),* $(,)? ]
        moves { $($(#[$move_doc:meta])* $move:ident $move_word:literal),* $(,)? }
        fields { $($(#[$field_doc:meta])* $field:ident $field_word:literal),* $(,)? }
        codes { $($(#[$code_doc:meta])* $code:ident of $code_field:ident $code_word:literal),* $(,)? }
    ) => {
        $(#[$doc])*
        pub mod $name {
            /// The loop's key.
            pub const LOOP: &str = $of;
            $($(#[$stage_doc])* pub const $stage: super::super::StageMeaning = super::super::StageMeaning($stage_word);)*
            $($(#[$move_doc])* pub const $move: super::super::MoveMeaning = super::super::MoveMeaning($move_word);)*
            $($(#[$field_doc])* pub const $field: &str = $field_word;)*
            $($(#[$code_doc])* pub const $code: &str = $code_word;)*

            pub(in crate::domain::playbook::meaning) const VOCABULARY: super::super::Vocabulary = super::super::Vocabulary {
                of: LOOP,
                stages: &[$($stage),*],
                further: &[$($further),*],
                moves: &[$($move),*],
                fields: &[$($field),*],
                codes: &[$(($code_field, $code)),*],
            };
        }
    };
}

vocabulary! {
    /// An episode of control (应急管控).
    episode of "episode":
    stages {
        /// 拟启动.
        PROPOSED "proposed",
        /// 已发布.
        ISSUED "issued",
        /// 响应中.
        IN_FORCE "in_force",
        /// 已终止.
        LIFTED "lifted",
        /// 未启动.
        NOT_STARTED "not_started",
    }
    further ["consulting", "lifting", "evaluated", "filed"]
    moves {
        /// 评估.
        EVALUATE "evaluate",
    }
    fields {
        /// Its level.
        LEVEL "level",
        /// Its cause.
        CAUSE "cause",
        /// The number of the command's order.
        ORDER_NO "order_no",
        /// Its expected last day.
        ENDS "ends",
    }
    codes {}
}

vocabulary! {
    /// A measure of the plan under an episode (管控措施).
    measure of "measure":
    stages {
        /// 到位.
        IN_PLACE "in_place",
        /// 不到位, under rectification.
        RECTIFYING "rectifying",
        /// 已撤销.
        WITHDRAWN "withdrawn",
    }
    further ["to_send", "sending", "to_sign", "signed", "running", "checking", "ended"]
    moves {}
    fields {}
    codes {}
}

vocabulary! {
    /// A curtailed enterprise under an episode (错峰限产).
    curtailment of "curtailment":
    stages {
        /// 已通知.
        NOTIFIED "notified",
        /// 已生效.
        IN_FORCE "in_force",
        /// 超限.
        EXCEEDING "exceeding",
        /// 现场核查.
        ON_SITE "on_site",
        /// 豁免.
        EXEMPT "exempt",
        /// 已立案.
        FILED "filed",
    }
    further ["to_tell", "telling", "confirmed", "explained", "closed"]
    moves {
        /// It was checked by hand.
        CHECK "check",
        /// It drew more than its limit.
        EXCEED "exceed",
    }
    fields {
        /// The power that it may still draw, in kW.
        LIMIT_KW "limit_kw",
        /// What it is watched by: `meter` or `manual`.
        WATCH "watch",
    }
    codes {
        /// By hand.
        MANUAL of WATCH "manual",
    }
}

vocabulary! {
    /// A mobile cruise (走航).
    cruise of "cruise":
    stages {
        /// 走航中.
        RUNNING "running",
    }
    further []
    moves {}
    fields {
        /// Kilometres cruised.
        KM "km",
    }
    codes {}
}

vocabulary! {
    /// A problem to be rectified (问题整改).
    problem of "problem":
    stages {
        /// 督办.
        SUPERVISED "supervised",
        /// 已销号.
        CLOSED "closed",
        /// 不予立项.
        DROPPED "dropped",
    }
    further [
        "registered", "assessed", "assigned", "returned", "rectifying", "summoned", "committee", "applied", "look_back",
        "look_back_again", "rebounded", "held", "ended",
    ]
    moves {
        /// 销号.
        ACCEPT "accept",
        /// 反弹.
        REBOUND "rebound",
    }
    fields {
        /// 领域.
        AREA "area",
        /// 来源.
        SOURCE "source",
    }
    codes {
        /// 面源.
        AREA_SOURCE of SOURCE "area_source",
        /// 绿剑.
        GREEN_SWORD of SOURCE "green_sword",
        /// 饮用水源.
        WATER_SOURCE of SOURCE "water_source",
        /// 矿山.
        MINE of SOURCE "mine",
        /// 督察.
        INSPECTION of SOURCE "inspection",
    }
}

vocabulary! {
    /// A petition (信访).
    petition of "petition":
    stages {
        /// 待受理.
        REGISTERED "registered",
        /// 转办.
        TRANSFERRED "transferred",
        /// 不予受理.
        REFUSED "refused",
    }
    further ["accepted", "dispatched", "returned", "handling", "answering", "replied", "closed", "merged"]
    moves {}
    fields {
        /// 类别.
        MEDIUM "medium",
        /// 渠道.
        CHANNEL "channel",
    }
    codes {
        /// 噪声.
        NOISE of MEDIUM "noise",
    }
}

vocabulary! {
    /// A river section out of its class (断面异常).
    section of "section":
    stages {
        /// 已恢复.
        CLOSED "closed",
        /// 仪器故障.
        FAULT "fault",
    }
    further ["found", "instrument", "confirmed", "told", "returned", "tracing", "acting"]
    moves {}
    fields {}
    codes {}
}

vocabulary! {
    /// An inspection by lot (双随机).
    inspection of "inspection":
    stages {
        /// 已检查.
        INSPECTED "inspected",
        /// 已排除.
        EXCLUDED "excluded",
    }
    further ["drawn", "sent", "rectifying", "rechecking", "passed"]
    moves {
        /// 已检查.
        INSPECT "inspect",
        /// 发现问题.
        FIND "find",
        /// 复查通过.
        PASS "pass",
        /// 复查未通过.
        AGAIN "again",
    }
    fields {
        /// Which draw.
        DRAW "draw",
        /// Which number decided it.
        SEED "seed",
    }
    codes {}
}

vocabulary! {
    /// An environmental emergency (突发环境事件).
    emergency of "emergency":
    stages {
        /// 已电话报告.
        PHONED "phoned",
        /// 处置中.
        REPORTING "reporting",
        /// 已处置.
        RESOLVED "resolved",
        /// 终报已报.
        FINAL "final",
    }
    further ["received", "verified", "graded", "filed", "not_true"]
    moves {
        /// 初报.
        FIRST_REPORT "first_report",
        /// 续报.
        FOLLOW_UP "follow_up",
        /// 终报.
        FINAL_REPORT "final_report",
    }
    fields {
        /// 信息来源.
        CHANNEL "channel",
        /// 级别.
        LEVEL "level",
        /// 起因.
        CAUSE "cause",
        /// 污染物.
        POLLUTANT "pollutant",
        /// 监测.
        MONITORING "monitoring",
        /// 伤亡.
        HURT "hurt",
        /// 敏感点.
        SENSITIVE "sensitive",
        /// 趋势.
        TREND "trend",
        /// 预案.
        PLAN "plan",
        /// 下一步.
        ADVICE "advice",
        /// 示意图.
        SKETCH "sketch",
        /// 损失.
        LOSSES "losses",
        /// 社会影响.
        SOCIAL "social",
        /// 遗留问题.
        REMAINS "remains",
        /// 责任追究.
        ACCOUNTABILITY "accountability",
        /// 联系人.
        CONTACT "contact",
    }
    codes {}
}

vocabulary! {
    /// A fire of straw (秸秆火情).
    straw_fire of "straw-fire":
    stages {
        /// 已签收.
        RECEIVED "received",
        /// 到现场.
        ON_SCENE "on_scene",
        /// 已扑灭.
        OUT "out",
    }
    further []
    moves {
        /// 复燃.
        REKINDLE "rekindle",
    }
    fields {}
    codes {}
}

vocabulary! {
    /// A warning of a hot grid (热点网格).
    hot_grid of "hot-grid":
    stages {}
    further []
    moves {
        /// 到现场.
        ARRIVE "arrive",
        /// 上报.
        REPORT "report",
    }
    fields {
        /// Enterprises checked.
        FIRMS "firms",
    }
    codes {}
}

vocabulary! {
    /// A patch that a satellite saw (卫星图斑).
    patch of "patch":
    stages {
        /// 已核查.
        CHECKED "checked",
    }
    further []
    moves {}
    fields {}
    codes {}
}
