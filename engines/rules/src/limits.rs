//! Every limit, with its name; each is refused with a sentence.

/// Bytes of all texts of one set of rules.
pub const TEXT_BYTES_MAX: usize = 2_000_000;
/// Parameters, scales, inputs and rules of one set.
pub const ITEMS_MAX: usize = 2_000;
/// How deep expressions may lie within one another.
pub const NESTING_MAX: usize = 48;
/// How deep the longest chain of rules, with the expressions on its way, may be.
pub const DEPTH_MAX: usize = 400;
/// Dated versions of one parameter, scale or rule.
pub const VERSIONS_MAX: usize = 200;
/// Brackets of a scale, rows of a table, exceptions or requirements of a rule, options of a choice.
pub const ROWS_MAX: usize = 1_000;
/// Characters of a name.
pub const NAME_CHARACTERS_MAX: usize = 80;
/// Characters of a text in quotation marks.
pub const QUOTE_CHARACTERS_MAX: usize = 2_000;
/// Troubles that are listed before reading stops.
pub const TROUBLES_MAX: usize = 50;
/// Members of all entities in one situation.
pub const MEMBERS_MAX: usize = 1_000;
/// Facts of one situation.
pub const FACTS_MAX: usize = 100_000;
/// Steps of one evaluation; of all evaluations together that one request of the Web API asks for.
pub const STEPS_MAX: u64 = 2_000_000;
/// Months that a total may reach back.
pub const MONTHS_MAX: u32 = 120;
/// Persons of a population.
pub const POPULATION_MAX: usize = 100_000_000;
/// Bytes of a file of tests.
pub const TEST_BYTES_MAX: usize = 5_000_000;
/// Roles of a group.
pub const ROLES_MAX: usize = 100;
/// Values that a situation of the Web API may ask for.
pub const WANTED_MAX: usize = 500;
/// Values of all nodes, for all members together, that a trace of the Web API may tell.
pub const TRACED_MAX: u32 = 5_000;
