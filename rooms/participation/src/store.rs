//! All SQL of the room.

mod amendments;
mod answers;
mod arguments;
mod authors;
mod erasing;
mod groups;
mod imports;
mod lists;
mod moderated;
mod processes;
mod proposals;
mod published;
mod sent;
mod supports;
mod versions;

pub use amendments::{amendment, amendment_to_change, amendments_of, insert_amendment, is_amendment_taken, settle};
pub use answers::{add_evaluation, endorse, endorsements_of, evaluations_of, unendorse};
pub use arguments::{add_argument, argument, arguments_of, arguments_since};
pub use authors::{
    add_author, add_invitation, authors_of, code_of_invitation, decides, drafts_of, forget_invitation,
    forget_old_invitations, invitations_of, named_with, remove_merged_authors,
};
pub use erasing::{delete_draft, erase_person, export_person, forget_old_drafts, forget_old_supports};
pub use groups::{
    add_group_invitation, add_member, end_if_empty, forget_group_invitation, group, group_invitations, group_to_change,
    groups_of, insert_group, is_asked, is_member, members_of, proposals_of_group, put_group_name, remove_member,
};
pub use imports::{
    CommentOrigin, ImportRow, begin_import, comment_origin, count_import, end_undo, forget_comment_origin, import,
    imported, imported_comments, imports_of, is_origin_known, is_touched, keep_comment_origin, keep_origin,
    keep_supports, proposal_of_origin, remove_imported,
};
pub use lists::{Filter, Order, SHUFFLE_PRIME, by_district, count, page_of, sitemap};
pub use moderated::{put_amendment_part, put_argument, put_part};
pub use processes::{
    categories_used, insert_process, process, process_to_change, processes, published, update_process, waiting,
};
pub use proposals::{
    by_code, by_code_to_change, carry_due, insert, is_taken, keep_comments, keep_due, merged_into, return_due, update,
};
pub use published::{counts_of_processes, decisions, each_public};
pub use sent::{handed_in_since, lock_person, same_since};
pub use supports::{
    Given, add_support, carry_supports, give, given, grade_of, is_supporter, remove_support, return_supports,
    settle_supports, supported_by,
};
pub use versions::{keep_version, version, versions_of};

use database::{DbError, Row};

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(row: &Row, index: usize) -> Result<T, DbError> {
    row.get::<String>(index)?.parse().map_err(broken)
}

fn parsed_if_any<T: std::str::FromStr<Err: std::fmt::Display>>(row: &Row, index: usize) -> Result<Option<T>, DbError> {
    row.get::<Option<String>>(index)?.map(|text| text.parse().map_err(broken)).transpose()
}

fn json(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> DbError {
    DbError::Other(format!("a row of participation cannot be read: {error}"))
}
