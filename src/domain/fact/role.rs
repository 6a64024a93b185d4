//! Roles: for whom a notice is. What a role may do stands in `person`.

/// What a person, or a unit's answer, may do. A playbook's move names the roles that may make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees everything that is not restricted, changes nothing.
    Viewer,
    /// Duty operator (值守员).
    Operator,
    /// Shift leader (带班).
    Leader,
    /// Section staff (科室).
    Section,
    /// Township (属地乡镇街道).
    Township,
    /// Member unit (成员单位).
    Member,
    /// Enforcement (执法).
    Enforcement,
    /// Operation-and-maintenance third party (运维).
    Maintenance,
    /// Administrator.
    Admin,
}

/// One row a role: its key in configuration, playbooks and JSON.
pub const ROLES: &[(Role, &str)] = &[
    (Role::Viewer, "viewer"),
    (Role::Operator, "operator"),
    (Role::Leader, "leader"),
    (Role::Section, "section"),
    (Role::Township, "township"),
    (Role::Member, "member"),
    (Role::Enforcement, "enforcement"),
    (Role::Maintenance, "maintenance"),
    (Role::Admin, "admin"),
];

impl Role {
    /// The key in configuration, playbooks and JSON.
    pub fn key(self) -> &'static str {
        ROLES.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        ROLES.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}
