//! From "am I entitled?" to a fair decision: a town's services, their forms and what becomes of each application.

mod acts;
mod appointments;
mod commands;
mod datasets;
mod decide;
mod fees;
mod figures;
mod hsds_in;
mod joining;
mod joint;
mod letter_templates;
mod model;
mod pages;
mod pilot;
mod prefill;
mod privacy;
mod queue;
mod retention;
mod room;
mod rules;
mod store;
mod take_up;
mod team;
mod trial;
mod views;

pub use appointments::{NewPlan, save_plan, simulate_meetings};
pub use commands::{NewService, SimulatedLife, create, publish, save, simulate, simulate_given_up};
pub use decide::{ApplicantAct, OfficerAct};
pub use figures::measure;
pub use joint::Joint;
pub use model::{APPLICATION, Channel, Charges, Definition, LifeEvent, Outcome, SERVICE, Service};
pub use pilot::{Arm, Pilot, begin as begin_pilot};
pub use room::{MIGRATIONS, room};
pub use rules::is_entitled;
pub use take_up::describe as describe_households;
pub use trial::show as show_draft;
