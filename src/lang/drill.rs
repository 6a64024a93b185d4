//! Words of drills: what came of it and where the time went.

use crate::texts;

texts! {
    /// Texts of `lookout drill`.
    DrillText {
        Figure: "指标", "figure";
        Expected: "应为", "expected";
        Counted: "台账", "ledger";
        Met: "相符", "equal";
        Missed: "不符", "differs";
        ChainGood: "哈希链完好：{count} 条", "the chain holds: {count} entries";
        ChainBroken: "哈希链第 {seq} 条不符：{why}", "the chain breaks at entry {seq}: {why}";
        FoldGood: "从头折叠与运行时状态一致", "folded from nothing, the state is the one the desk had";
        FoldBad: "从头折叠与运行时状态不一致", "folded from nothing, the state is another than the desk had";
        Spent: "用时 {whole} 秒：编排 {generate}，决策 {decide}，存储 {store}（{commits} 次提交），投递 {outbox}，核算 {figures}", "{whole} s: script {generate}, decide {decide}, store {store} ({commits} commits), outbox {outbox}, figures {figures}";
        Peak: "内存峰值 {mb} MB", "peak memory {mb} MB";
        Kept: "台账留在 {path}", "the ledger stays at {path}";
        NoTemporary: "无法使用临时目录：{why}", "the temporary folder cannot be used: {why}";
    }
}
