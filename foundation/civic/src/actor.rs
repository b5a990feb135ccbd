//! Who acts, and what they may do.

use crate::{Language, OrganisationId, PersonId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a mandate makes of a person. A visitor needs no mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Anybody, signed in or not.
    Visitor,
    /// A person with an account.
    Resident,
    /// Answers for an agency.
    Officer,
    /// Leads a process in which residents take part.
    Steward,
    /// Looks after what residents write.
    Moderator,
    /// Reads figures that are not public yet.
    Analyst,
    /// Reads everything that is on the record, and how it came there.
    Auditor,
    /// Sets up the town.
    Administrator,
    /// A program that speaks Open311 for others.
    Open311,
}

impl Role {
    /// All roles, weakest first.
    pub const ALL: [Self; 9] = [
        Self::Visitor,
        Self::Resident,
        Self::Officer,
        Self::Steward,
        Self::Moderator,
        Self::Analyst,
        Self::Auditor,
        Self::Administrator,
        Self::Open311,
    ];

    /// The word for it on the command line, in the database and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Resident => "resident",
            Self::Officer => "officer",
            Self::Steward => "steward",
            Self::Moderator => "moderator",
            Self::Analyst => "analyst",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::Open311 => "open311",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|role| role.word() == text).ok_or_else(|| {
            let words: Vec<_> = Self::ALL.iter().map(|role| role.word()).collect();
            format!("“{text}” is not a role: choose one of {}", words.join(", "))
        })
    }
}

/// How far a mandate reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// The whole town.
    Town,
    /// What one organisation answers for.
    Organisation(OrganisationId),
}

/// A role within a scope: together they say which acts a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mandate {
    /// What the person is.
    pub role: Role,
    /// For whom.
    pub scope: Scope,
}

/// Something that can be done, declared once by the room that offers it: every
/// route names its act, and only the roles of the act may take the route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// The room and the verb, as `requests.answer`.
    pub name: &'static str,
    /// Who may; [`Role::Visitor`] stands for everybody.
    pub roles: &'static [Role],
    /// Whether an officer may only do it for what their organisation answers for.
    pub by_organisation: bool,
}

impl Act {
    /// An act open to everybody.
    pub const fn public(name: &'static str) -> Self {
        Self { name, roles: &[Role::Visitor], by_organisation: false }
    }

    /// An act for these roles anywhere in town.
    pub const fn town(name: &'static str, roles: &'static [Role]) -> Self {
        Self { name, roles, by_organisation: false }
    }

    /// An act for these roles, each for what their own organisation answers for.
    pub const fn organisation(name: &'static str, roles: &'static [Role]) -> Self {
        Self { name, roles, by_organisation: true }
    }
}

/// Somebody who does something: a person, a program with a token, or an unknown visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account, when there is one.
    pub person: Option<PersonId>,
    /// How pages greet them. Private: never in the record.
    pub name: String,
    /// The pseudonym the record knows them by, as `resident-4f7k2q` or `visitor`.
    pub handle: String,
    /// What they are mandated to do; empty for visitors.
    pub mandates: Vec<Mandate>,
    /// The language they read.
    pub language: Language,
}

impl Actor {
    /// Somebody who did not sign in.
    pub fn visitor(language: Language) -> Self {
        Self { person: None, name: String::new(), handle: "visitor".to_owned(), mandates: Vec::new(), language }
    }

    /// The town itself, or who sits at its console: known to the record as `handle`, and allowed what an administrator may.
    pub fn of_town(handle: &str) -> Self {
        let mandates = vec![Mandate { role: Role::Administrator, scope: Scope::Town }];
        Self { handle: handle.to_owned(), mandates, ..Self::visitor(Language::En) }
    }

    /// Whether they have signed in (or hold a token).
    pub fn is_known(&self) -> bool {
        self.person.is_some() || !self.mandates.is_empty()
    }

    /// Whether they hold `role` anywhere.
    pub fn is(&self, role: Role) -> bool {
        role == Role::Visitor || self.mandates.iter().any(|mandate| mandate.role == role)
    }

    /// Whether they may do `act` for at least something: the check of a route.
    pub fn may(&self, act: &Act) -> bool {
        act.roles.iter().any(|role| self.is(*role))
    }

    /// Whether they may do `act` on something that `organisation` answers for: the check of a command.
    pub fn may_for(&self, act: &Act, organisation: Option<OrganisationId>) -> bool {
        if act.roles.contains(&Role::Visitor) {
            return true;
        }
        self.mandates.iter().any(|mandate| {
            act.roles.contains(&mandate.role)
                && match mandate.scope {
                    Scope::Town => true,
                    Scope::Organisation(own) => !act.by_organisation || organisation == Some(own),
                }
        })
    }

    /// The organisations they hold `role` for.
    pub fn organisations(&self, role: Role) -> impl Iterator<Item = OrganisationId> + '_ {
        self.mandates.iter().filter(move |mandate| mandate.role == role).filter_map(|mandate| match mandate.scope {
            Scope::Organisation(organisation) => Some(organisation),
            Scope::Town => None,
        })
    }
}
