//! From "am I entitled?" to a fair decision: a town's services, their forms and what becomes of each application.

mod acts;
mod commands;
mod decide;
mod figures;
mod joining;
mod model;
mod pages;
mod retention;
mod room;
mod rules;
mod store;
mod views;

pub use commands::{NewService, SimulatedLife, create, publish, save, simulate};
pub use decide::{ApplicantAct, OfficerAct};
pub use figures::measure;
pub use model::{APPLICATION, Channel, Definition, LifeEvent, Outcome, SERVICE, Service};
pub use room::{MIGRATIONS, room};
pub use rules::is_entitled;
