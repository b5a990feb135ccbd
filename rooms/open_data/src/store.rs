//! All SQL of the room.

mod datasets;
mod files;
mod harvests;
mod intakes;
mod plans;
mod saved;
mod usage;
mod version_files;

pub use datasets::{
    all, by_names_of_source, changed_since, insert, name_is_taken, put_resource, remove_draft, remove_resource,
    signature, sitemap, some, table_name_is_taken, to_change, update, versions, versions_before,
};
pub use files::{add_chunk, add_file, bytes_of, forget_file, forget_loose};
pub use harvests::{HarvestSource, add_source, set_report, source, sources};
pub use intakes::{
    add_intake, claim_intake, drop_intake, end_intake, forget_intakes, hold_intake, intake, intakes_of, is_intake_left,
    leave_intake, set_intake_file, waiting_files,
};
pub use plans::{
    Fetch, Plan, drop_fetch, drop_plan, due_fetches, due_plans, due_sources, fetches, needs_approval, plan, put_fetch,
    put_plan, set_approval, set_every,
};
pub use saved::{add_saved_view, drop_saved_view, erase_saved_views, export_saved_views, saved_views};
pub use usage::{add_uses, uses_since};
pub use version_files::{
    forget_kept, forget_own_versions, forget_versions, is_file_in_use, keep_version, show_versions, stands_since,
    version_file, version_file_before, version_files,
};
