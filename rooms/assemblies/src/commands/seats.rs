//! Somebody who was drawn answers by their private link.

use super::public_assembly;
use crate::{decide, model::MemberState, store};
use database::OffRecord;
use web::{Stop, Town};

/// Takes a seat, or gives it back. Whoever has the link is who was drawn.
///
/// # Errors
/// `NotFound` for a link that opens nothing; refusals of [`decide::may_answer`].
pub async fn answer_seat(town: &Town, code: String, secret: String, accepts: bool) -> Result<MemberState, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            public_assembly(tx, &code)?;
            let member = store::by_secret(tx, &code, &lottery::sha256_hex(&secret))?.ok_or(Stop::NotFound)?;
            let now = own.now();
            let state = decide::may_answer(&member, accepts, now)?;
            if state != member.state {
                store::answered(tx, &code, &member, state, now)?;
            }
            tx.commit(OffRecord("who was drawn, and takes part, is private"), state).map_err(Stop::from)
        })
        .await
}
