//! All SQL of the room.

mod datasets;
mod files;
mod harvests;

pub use datasets::{
    all, by_names_of_source, insert, name_is_taken, put_resource, remove_draft, remove_resource, signature, sitemap,
    some, table_name_is_taken, to_change, update, versions,
};
pub use files::{add_chunk, add_file, bytes_of, forget_loose};
pub use harvests::{HarvestSource, add_source, set_report, source, sources};
