#![doc = include_str!("../README.md")]

mod activity;
mod acts;
mod commands;
mod decide;
mod joining;
mod letters;
mod model;
mod pages;
mod retention;
mod room;
mod store;

pub use commands::{
    Change, Look, NewAssembly, answer_recommendation, answer_seat, begin_draw, change, create, draw_panel, enter,
    look_at_table, publish, recommend, register, save, undo_entered, withdraw, work_out,
};
pub use decide::{AsideWhy, Begin};
pub use model::{ASSEMBLY, Assembly, Draw, Facts, Kind, MemberState, Plan, RECOMMENDATION, Recommendation, State};
pub use room::{MIGRATIONS, room};
pub use store::draws as draws_of;
