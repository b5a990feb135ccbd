//! A lottery is begun, and a panel is drawn from it.

use super::{keeping::committed, own_assembly, touch, working};
use crate::{
    decide::{self, Begin},
    letters::{self, Why},
    model::{Assembly, Draw, Entrant, Kind, Member, MemberState, State},
    store,
};
use civic::{Actor, Moment};
use database::Tx;
use lottery::Seed;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Begins to work a lottery out, beside the request.
///
/// # Errors
/// Refusals of [`decide::begin`]; `NotAllowed`.
pub async fn begin_draw(town: &Town, actor: Actor, code: String, asked: Begin) -> Result<Draw, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut assembly = own_assembly(tx, &actor, &code)?;
            let mut draw = store::draws(tx, &code)?.pop().ok_or_else(|| Refusal::conflict("assembly-unpublished"))?;
            let members = store::members(tx, &code)?;
            let (kind, reason, source) = decide::begin(&assembly, &draw, &members, &asked, now)?;
            (draw.kind, draw.reason, draw.source) = (kind, reason, source);
            (draw.state, draw.state_at) = (State::Working, now);
            draw.fault.clear();
            store::keep_draw(tx, &code, &draw)?;
            working::ask(tx, &code, draw.number, now, own.chance())?;
            touch(tx, &mut assembly, now)?;
            let said = json!({
                "draw": draw.number, "kind": draw.kind, "reason": draw.reason, "source": draw.source,
                "free": decide::seats_left(&members, now),
            });
            let entry = Entry::about(assembly.subject(), "assembly.draw_begun", &actor, now, own.chance());
            tx.commit(entry.publicly(&said)?, draw).map_err(Stop::from)
        })
        .await
}

/// Draws a panel from the lottery that is ready, once: who was drawn is written to, and the seed of the next draw is committed to.
/// `value` is the public value that was named beforehand.
///
/// # Errors
/// Refusals of [`decide::may_draw`]; `NotAllowed`.
pub async fn draw_panel(town: &Town, actor: Actor, code: String, number: i64, value: String) -> Result<Draw, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut assembly = own_assembly(tx, &actor, &code)?;
            let draws = store::draws(tx, &code)?;
            let mut draw = draws.into_iter().find(|one| one.number == number).ok_or(Stop::NotFound)?;
            draw.value = decide::may_draw(&draw, &value)?;
            let panels = store::file(tx, &code, number, "panels")?.ok_or(Stop::NotFound)?;
            let seed = Seed::read(&draw.whole_seed()).map_err(Stop::fault)?;
            let panel = seed.number(draw.facts.panels, &draw.facts.panels_sha256).map_err(Stop::fault)?;
            let tickets = tickets_of(&panels, panel);
            if draw.kind == Kind::Again {
                dismiss(&own, tx, &assembly, &draw.reason, now)?;
            }
            seat(&own, tx, &assembly, &tickets, number, now)?;
            draw.facts.drawn = counted(tx, &assembly, now)?;
            (draw.state, draw.state_at, draw.panel) = (State::Drawn, now, Some(i64::from(panel)));
            store::keep_draw(tx, &code, &draw)?;
            let next = committed(number + 1, own.chance(), now);
            store::add_draw(tx, &code, &next)?;
            touch(tx, &mut assembly, now)?;
            let said = json!({
                "draw": number, "kind": draw.kind, "seed": draw.seed, "value": draw.value, "panel": panel,
                "seats": tickets.len(), "panels_sha256": draw.facts.panels_sha256, "next_seed_sha256": next.seed_sha256,
            });
            let entry = Entry::about(assembly.subject(), "assembly.drawn", &actor, now, own.chance());
            tx.commit(entry.publicly(&said)?, draw).map_err(Stop::from)
        })
        .await
}

/// The tickets of a panel, from the file of all panels.
fn tickets_of(panels: &str, panel: u32) -> Vec<String> {
    let of = format!("{panel},");
    panels.lines().filter_map(|line| line.strip_prefix(&of)).map(str::to_owned).collect()
}

fn dismiss(town: &Town, tx: &mut Tx<'_>, assembly: &Assembly, reason: &str, now: Moment) -> Result<(), Stop> {
    let code = assembly.code.as_str();
    for member in store::members(tx, code)?.iter().filter(|one| one.sits(now)) {
        if let Some(entrant) = store::entrant_of_ticket(tx, code, &member.ticket)? {
            letters::write(town, tx, assembly, &entrant, Why::Dismissed(reason), now)?;
        }
    }
    Ok(store::dismiss_all(tx, code)?)
}

/// Gives seats out and writes to who was drawn. Whoever was erased since the lottery was worked out leaves their seat free.
fn seat(
    town: &Town,
    tx: &mut Tx<'_>,
    assembly: &Assembly,
    tickets: &[String],
    draw: i64,
    now: Moment,
) -> Result<(), Stop> {
    let code = assembly.code.as_str();
    let answer_by = now.plus_days(i64::from(assembly.plan.reply_days));
    for ticket in tickets {
        let entrant: Option<Entrant> = store::entrant_of_ticket(tx, code, ticket)?;
        let state = if entrant.is_some() { MemberState::Asked } else { MemberState::Declined };
        let secret = civic::secret(town.chance());
        let member = Member { draw, ticket: ticket.clone(), state, asked_at: now, answer_by, replaced_in: None };
        store::add_member(tx, code, &member, &lottery::sha256_hex(&secret))?;
        if let Some(entrant) = entrant {
            letters::write(town, tx, assembly, &entrant, Why::Drawn(&secret, answer_by), now)?;
        }
    }
    Ok(())
}

/// Who sits now, by category and feature.
fn counted(tx: &mut Tx<'_>, assembly: &Assembly, now: Moment) -> Result<Vec<Vec<u32>>, Stop> {
    let code = assembly.code.as_str();
    let categories = decide::categories(&assembly.plan.quotas)?;
    let whole = decide::assembly_of(assembly.plan.seats, &categories, &store::pool(tx, code)?);
    let members = store::members(tx, code)?;
    let sits = |id: &str| members.iter().any(|one| one.ticket == id && one.sits(now));
    let panel: Vec<usize> =
        whole.volunteers.iter().enumerate().filter(|(_, one)| sits(&one.id)).map(|(place, _)| place).collect();
    Ok(lottery::seats_by_feature(&whole, &panel))
}
