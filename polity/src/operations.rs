//! How the machinery does: what the administrator's page of operation shows.

mod concern;
mod facts;
mod machine;
mod signing;
mod view;

pub use concern::{Concern, concerns};
pub use facts::gather;
pub use machine::{Machine, note_backup};
pub use signing::{Signing, Unsigned};
pub use view::{
    BackupView, DatabaseView, DeadView, DiskView, FollowerView, JobsView, KindView, MailTroubleView, MailsView,
    OperationsView, OwnMailView, RecordView, SlowView, WebhooksView,
};
