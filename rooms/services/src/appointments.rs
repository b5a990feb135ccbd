//! Appointments: where and when a service sees people, who comes when, and who waits for a place.

mod commands;
mod decide;
mod fill;
mod job;
mod letters;
mod model;
mod simulate;
mod store;

pub use commands::{Booked, Owner, book, cancel, mark, save_plan, wait};
pub use decide::{Free, free_of, last_day};
pub use job::job_kind;
pub use model::{Appointment, AppointmentState, MarkAct, NewPlan, Plan, Wait};
pub use simulate::simulate_meetings;
pub use store::{
    all_of, appointment_of, booked_of_day, erase, give_up_draft, has_plans, plan, plans_of, plans_open, taken_between,
    wait_of,
};

pub(crate) use commands::{hand_over, hours_of, release};
