//! All SQL of the room.

mod categories;
mod counts;
mod desk_views;
mod drafts;
mod duplicates;
mod elsewhere;
mod figures;
mod forward_words;
mod history;
mod imports;
mod lists;
mod moderated;
mod near;
mod not_fixed;
mod own;
mod posted;
mod posters;
mod published;
mod rows;
mod suggestions;
mod supporters;
mod uploads;

pub use categories::{read_book, save_category};
pub use counts::{Count, add_counts, all_counts};
pub use desk_views::{DeskView, erase_views, forget_view, keep_view, views_of};
pub use drafts::{Draft, draft, forget_draft, forget_stale_drafts, save_draft};
pub use duplicates::{all_merged_into, keep_set_aside, merged_into, root_of, set_aside, set_aside_of, suggest_again};
pub use elsewhere::{
    channel, channels, count_forwards, forget_old_news, forward, forward_by_key, last_agency_words, note_asked,
    open_forwards, put_forward, remove_channel, request_to_change, save_channel, save_forward, save_letter_key,
    take_news,
};
pub use figures::{
    FIGURE_DAYS, close_gap, count_reporting, days_to_write, each_day, keep_day, keep_reporting, mark_days, open_gap,
    open_gaps, read_day, read_figures,
};
pub use forward_words::{later_words, next_later_words, put_later_words, save_later_words};
pub use history::{
    add_step, add_steps, erase_words_of, forget_old_originals, open_question, step, steps, updates_between,
    was_redacted, was_reopened_from_outside,
};
pub use imports::{
    ImportRow, ImportedRow, NewImport, Origin, acted_on, asides, begin_import, count_import, end_import, import,
    imported, imports, keep_asides, keep_origins, origin_of, origins_known, remove_imported, undo_import,
    unpublished_of,
};
pub use lists::{
    Filter, LateWindow, Order, count_overdue, forget_waits_of_old, is_unpublished, late_page, lower, newest_at,
    page_of, raise, rows_of, set_first_version, sitemap, wait_for_desk, wait_no_more, waiting_since, waits_of_old,
};
pub use moderated::{Spoken, erase_moderated, erase_moderated_words_of, put_part, put_words, spoken};
pub use near::{NearRequest, near, nearest_address, point_of};
pub use not_fixed::{erase_not_fixed, not_fixed_by, not_fixed_count, say_not_fixed};
pub use own::{
    contact_of, count_made, erase_person, forget_old_contact, is_own_secret, made_back, of_person, reporter_address,
    save_reply_key, save_reporter,
};
pub use posted::{Posted, claim_sent, forget_old_sent, keep_posted, keep_sent_code, posted, sent};
pub use posters::{Poster, insert_poster, poster, posters_of, withdraw_poster};
pub use published::{publish_counts, publish_each};
pub use rows::{by_code, by_code_to_change, codes_taken, insert, insert_all, is_code_taken, update};
pub use suggestions::{
    DecidedCase, KnownSuggestions, decided_cases, known_suggestions, reject_suggestion, unreject_suggestion,
};
pub use supporters::{
    Supporter, add_supporter, count_affected, erase_supporter, is_supporter, remove_supporter, supported_by,
};
pub use uploads::{
    Upload, UploadState, forget_old_uploads, forget_upload, put_upload, save_upload, upload, upload_body, uploads,
};
