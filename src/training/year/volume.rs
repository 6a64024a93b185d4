//! The volumes of the room's yearly report for 2023 (余姚 2023 年工作总结): what a drill's figures are held against.

/// Straw fires found and handled (秸秆火情 发现处置).
pub const FIRES: u32 = 9441;
/// What a camera took for a fire beside them; the report does not say, so this is this program's guess.
pub const FALSE_FIRES: u32 = 470;
/// Hot-grid warnings handled (热点网格预警).
pub const GRIDS: u32 = 69;
/// Enterprises checked for them (排查指导企业).
pub const GRID_FIRMS: u32 = 626;
/// Days of emergency control (应急管控).
pub const CONTROL_DAYS: u32 = 36;
/// Days of mobile cruising (走航).
pub const CRUISE_DAYS: u32 = 89;
/// Problems closed under control (闭环处置问题).
pub const CONTROL_PROBLEMS: u32 = 186;
/// Enterprise-times of curtailment (错峰生产).
pub const CURTAILMENTS: u32 = 860;
/// Area-source problems supervised (大气面源督办).
pub const SUPERVISED: u32 = 144;
/// Problems found in the year (排查问题).
pub const PROBLEMS: u32 = 1511;
/// Of them still open at its end.
pub const PROBLEMS_OPEN: u32 = 73;
/// Points checked in the Green Sword campaign (绿剑).
pub const SWORD_POINTS: u32 = 662;
/// Problems found there.
pub const SWORD_PROBLEMS: u32 = 596;
/// Petitions accepted (信访).
pub const PETITIONS: u32 = 1148;
/// Of them about noise: the base of the repeats, which the report's 7.0 % implies (652 to 662).
pub const NOISE: u32 = 657;
/// Repeated noise complaints (噪声重复投诉).
pub const NOISE_REPEATS: u32 = 46;
/// Problems at drinking-water sources (水源地).
pub const SOURCE_WATER: u32 = 11;
/// Problems at mines (矿山).
pub const MINES: u32 = 27;
/// Problems of central and provincial inspections (督察).
pub const INSPECTION: u32 = 53;
/// Satellite patches checked (卫星图斑).
pub const PATCHES: u32 = 30;
/// Days without a straw daily: 358 of 365 have one (秸秆管控日报).
pub const DAYS_WITHOUT_DAILY: u32 = 7;
/// Petitions of the year before, as the fall of 10.45 % implies.
pub const PETITIONS_BEFORE: u32 = 1282;
/// Enterprises with networked power meters (联网用电监控).
pub const METERED: u32 = 119;
/// Networked key emission points (重点排污监控点位).
pub const EMISSION_POINTS: u32 = 87;
/// Enterprises with a code (赋码).
pub const CODED: u32 = 5803;
/// Enterprises on the positive list (正面清单).
pub const POSITIVE_LIST: u32 = 90;
/// Construction sites with dust or video monitoring (工地).
pub const SITES: u32 = 67;
