//! What stands in the ledger's way, in words, and what to do about it.

use crate::domain::ledger_fault::{LedgerFault, Misfit, Missing};
use crate::lang::{Lang, fill, trouble};

/// What stands in its way, in one line.
pub fn what(lang: Lang, fault: &LedgerFault) -> String {
    match fault {
        LedgerFault::DiskFull => lang.pick("磁盘已满", "the disk is full").to_owned(),
        LedgerFault::ReadOnlyDisk => lang.pick("磁盘只读", "the disk is read-only").to_owned(),
        LedgerFault::NoRight(no) => {
            let rights = format!("{:04o}", no.mode);
            fill(
                lang.pick(
                    "账户 {account} 无权写 {path}（属账户 {owner}、组 {group}，权限 {rights}）",
                    "account {account} may not write {path}: it belongs to account {owner} and group {group}, rights {rights}",
                ),
                &[
                    ("account", &no.account),
                    ("path", &no.path),
                    ("owner", &no.owner),
                    ("group", &no.group),
                    ("rights", &rights),
                ],
            )
        }
        LedgerFault::Locked(by) if by.is_empty() => lang
            .pick("被其他程序锁住", "it is locked by another program")
            .to_owned(),
        LedgerFault::Locked(by) => fill(
            lang.pick("被程序 {by} 锁住", "it is locked by {by}"),
            &[("by", by)],
        ),
        LedgerFault::Unknown(why) => fill(
            lang.pick(
                "最后一笔记上没有还不知道：{why}",
                "whether the last entry was recorded is not known yet: {why}",
            ),
            &[("why", &what(lang, why))],
        ),
        LedgerFault::WentBack { ours, theirs } => fill(
            lang.pick(
                "台账不是原来那一本：读到第 {ours} 条，文件现在到第 {theirs} 条",
                "it is not the ledger that was read: read up to entry {ours}, the file now ends at {theirs}",
            ),
            &[("ours", ours), ("theirs", theirs)],
        ),
        LedgerFault::Lost { what, kept } => {
            let missing = match what {
                Missing::File => lang.pick("台账文件不在了", "the ledger's file is gone"),
                Missing::Own => lang.pick(
                    "台账的位置上换成了别的文件",
                    "another file stands in the ledger's place",
                ),
                Missing::Log => lang.pick("台账的日志文件（-wal）不在了", "the ledger's log (-wal) is gone"),
            };
            if kept.is_empty() {
                missing.to_owned()
            } else {
                let also = lang.pick("；内容已另存为 {file}", "; its content is kept as {file}");
                format!("{missing}{}", fill(also, &[("file", kept)]))
            }
        }
        LedgerFault::Damaged(words) => fill(
            lang.pick(
                "台账文件有损坏（{words}）",
                "the ledger's file is damaged ({words})",
            ),
            &[("words", words)],
        ),
        LedgerFault::NotAnchored(seq) => fill(
            lang.pick(
                "台账与锚点文件不符：第 {seq} 条不是当时记下的那一条",
                "the ledger does not fit the anchor file: entry {seq} is not the one that was recorded",
            ),
            &[("seq", seq)],
        ),
        LedgerFault::NoAnswer(path) => fill(
            lang.pick("{path} 所在的磁盘没有应答", "the disk of {path} does not answer"),
            &[("path", path)],
        ),
        LedgerFault::Broken { entry, why } => fill(
            lang.pick(
                "台账第 {entry} 条对不上链：{why}",
                "entry {entry} of the ledger does not hold: {why}",
            ),
            &[("entry", entry), ("why", &misfit(lang, why))],
        ),
        LedgerFault::NotPosted { channel, why } => {
            format!("{channel}: {}", trouble::of_code(lang, why.as_str()))
        }
        LedgerFault::NoKey(path) => fill(
            lang.pick(
                "锚点未写：没有 anchor.key 指定的密钥 {path}，无法签名",
                "no anchor is written: there is no key {path}, which anchor.key names to sign it",
            ),
            &[("path", path)],
        ),
        LedgerFault::Said(words) => words.to_string(),
    }
}

/// Why an entry of the chain does not hold.
pub fn misfit(lang: Lang, why: &Misfit) -> String {
    match why {
        Misfit::Missing(next) => fill(
            lang.pick(
                "此条不在，其后是第 {n} 条",
                "it is missing; the next one stored is {n}",
            ),
            &[("n", next)],
        ),
        Misfit::CutOff(stored) => fill(
            lang.pick(
                "此条不在，台账原有 {n} 条",
                "it is missing; {n} entries were stored",
            ),
            &[("n", stored)],
        ),
        Misfit::Hash => lang
            .pick(
                "哈希与其内容及前一条不符",
                "its hash does not fit its content and the entry before it",
            )
            .to_owned(),
        Misfit::Anew => lang
            .pick(
                "不是原先那一条，链被改写",
                "it is not the entry that was stored: the chain was written anew",
            )
            .to_owned(),
        Misfit::Unreadable(words) => fill(
            lang.pick("读不出（{words}）", "it cannot be read ({words})"),
            &[("words", words)],
        ),
    }
}

/// What a person can do about it.
pub fn remedy(lang: Lang, fault: &LedgerFault) -> &'static str {
    match fault {
        LedgerFault::DiskFull => lang.pick(
            "腾出空间，或在 store.path 中换一个磁盘。",
            "Free some space, or name another disk in store.path.",
        ),
        LedgerFault::ReadOnlyDisk => lang.pick(
            "以可写方式重新挂载，或在 store.path 中换一个磁盘。",
            "Mount it for writing, or name another disk in store.path.",
        ),
        LedgerFault::NoRight(no) if no.owner == no.account => lang.pick(
            "用 chmod u+w 放开写权限。",
            "Give yourself the right: chmod u+w.",
        ),
        LedgerFault::NoRight(no) if no.is_folder => lang.pick(
            "台账旁边还要写日志：两个账户同组，文件夹 chgrp 到该组并 chmod g+rws；或以其所属账户运行。",
            "One group for both accounts: chgrp the folder to it and chmod g+rws it; or run as the account it belongs to.",
        ),
        LedgerFault::NoRight(_) => lang.pick(
            "两个账户同组，文件 chgrp 到该组并 chmod g+rw，文件夹 chmod g+rws；或以其所属账户运行。",
            "One group for both accounts: chgrp file and folder to it, chmod g+rw the file, g+rws the folder; or run as its account.",
        ),
        LedgerFault::Locked(_) => lang.pick(
            "结束该程序，或等它放开；随后自动恢复记录。",
            "End that program or wait until it lets go; recording goes on by itself.",
        ),
        LedgerFault::Unknown(why) => remedy(lang, why),
        LedgerFault::WentBack { .. } => lang.pick(
            "放回较新的那一本；若就用现有的这一本，先退出，再 lookout restore 该文件。",
            "Put the newer one back; to go on with the one that is there, leave, then lookout restore that file.",
        ),
        LedgerFault::Lost { .. } => lang.pick(
            "退出所有 lookout，用 lookout restore 放回另存的文件或备份。",
            "Leave every lookout, then put the kept file or a backup back: lookout restore FILE.",
        ),
        LedgerFault::Damaged(_) => lang.pick(
            "退出所有 lookout，用 lookout salvage 台账 新文件 抢救，再以 lookout restore 换回新文件或备份。",
            "Leave every lookout; read out what is left: lookout salvage LEDGER NEW; then lookout restore NEW, or a backup.",
        ),
        LedgerFault::NotAnchored(_) => lang.pick(
            "用 lookout audit verify --against 锚点文件 查明从哪一条起不同，再与备份对照；若就用现有的这一本，在 anchor.file 中换一个新文件。",
            "lookout audit verify --against the anchor file names where it differs; to go on all the same, name a new file in anchor.file.",
        ),
        LedgerFault::NoAnswer(_) => lang.pick(
            "查该磁盘或网络共享；应答后自动补记。",
            "Check that disk or share; what is due is written once it answers.",
        ),
        LedgerFault::Broken { .. } => lang.pick(
            "链恢复完好之前不受理任何操作：lookout audit verify 核对，用 lookout restore 放回完好的备份。",
            "No act is taken until it is whole again: lookout audit verify, then put a whole backup back: lookout restore FILE.",
        ),
        LedgerFault::NotPosted { .. } => lang.pick(
            "请查该渠道的地址、密钥与网络；随后自动再发。",
            "Check that channel's address and secret, and the network; it is tried again by itself.",
        ),
        LedgerFault::NoKey(_) => lang.pick(
            "以台账所属的账户运行 lookout audit key 生成密钥，或放回原来的密钥；随后自动补记。",
            "Make it with lookout audit key as the account the ledger belongs to, or put the old one back; what is due is written then.",
        ),
        LedgerFault::Said(_) => lang.pick("请查磁盘与权限。", "Check the disk and the rights."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::ChannelId;
    use crate::domain::ledger_fault::NoRight;
    use crate::lang::LANGS;

    #[test]
    fn everything_in_the_ledgers_way_has_words_and_a_remedy_in_both_languages() {
        let no = |owner, is_folder| {
            LedgerFault::NoRight(Box::new(NoRight {
                path: "room.db".into(),
                is_folder,
                owner,
                group: 100,
                mode: 0o640,
                account: 1000,
            }))
        };
        let lost = |what, kept: &str| LedgerFault::Lost {
            what,
            kept: kept.into(),
        };
        let every = [
            LedgerFault::DiskFull,
            LedgerFault::ReadOnlyDisk,
            no(1000, false),
            no(0, true),
            no(0, false),
            LedgerFault::Unknown(Box::new(LedgerFault::DiskFull)),
            LedgerFault::WentBack { ours: 9, theirs: 7 },
            LedgerFault::NotAnchored(9),
            LedgerFault::NotPosted {
                channel: ChannelId::new("hook"),
                why: "HTTP 503".into(),
            },
            LedgerFault::NoKey("/mnt/apart/key".into()),
            LedgerFault::NoAnswer("/mnt/apart/anchors".into()),
            lost(Missing::File, ""),
            lost(Missing::Own, "room.db-kept"),
            lost(Missing::Log, "room.db-kept"),
            LedgerFault::Locked("".into()),
            LedgerFault::Locked("sqlite3 (17)".into()),
            LedgerFault::Damaged("a page".into()),
            "the disk said so".into(),
        ];
        let broken = [
            Misfit::Missing(9),
            Misfit::CutOff(9),
            Misfit::Hash,
            Misfit::Anew,
            Misfit::Unreadable("column 4".into()),
        ];
        let broken = broken.map(|why| LedgerFault::Broken { entry: 7, why });
        for (lang, ..) in LANGS {
            for fault in every.iter().chain(&broken) {
                let words = what(*lang, fault);
                assert!(!words.is_empty() && !words.contains('{'), "{words}");
                assert!(!remedy(*lang, fault).is_empty());
            }
        }
    }
}
