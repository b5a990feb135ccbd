//! By when an end is promised: by the category, the agency that answers, and the hours in which it works.

use crate::{
    category::{Promise, WAIT_DAYS},
    model::ServiceRequest,
    room::Books,
};
use civic::{Moment, OrganisationId};
use people::organisations::WorkingHours;
use service_clock::{Calendar, Pause, Unit};

impl Books {
    /// How soon an organisation promises an end of a report of this category.
    pub(crate) fn promise_of(&self, category: &str, organisation: OrganisationId) -> Option<Promise> {
        let book = self.categories();
        book.get(category)?.definition.promise_of(&self.organisation_code(organisation))
    }

    /// By when an organisation promises an end of a report of this category, when it is made at `from`.
    pub(crate) fn due_from(
        &self,
        category: &str,
        organisation: OrganisationId,
        town: &Calendar,
        from: Moment,
    ) -> Option<Moment> {
        self.promise_of(category, organisation)?.due(&self.calendar_of(organisation, town), from)
    }

    /// When the clock of a request runs again by itself that waits for its reporter.
    pub(crate) fn wait_ends(&self, request: &ServiceRequest, town: &Calendar) -> Option<Moment> {
        let since = request.waiting?.since;
        let book = self.categories();
        let days = book.get(&request.category).map_or(WAIT_DAYS, |category| category.definition.wait_days());
        Promise::Days(days).due(&self.calendar_of(request.organisation, town), since)
    }

    /// All calendars by which something may be promised: the town's, and those of organisations that work at other times.
    pub(crate) fn calendars(&self, town: &Calendar) -> Vec<Calendar> {
        let organisations = self.organisations();
        let others = organisations.values().filter(|one| one.works != WorkingHours::default());
        std::iter::once(town.clone()).chain(others.filter_map(|one| one.works.calendar(town).ok())).collect()
    }

    /// When an organisation works in a town with this calendar.
    pub(crate) fn calendar_of(&self, id: OrganisationId, town: &Calendar) -> Calendar {
        let organisations = self.organisations();
        let own = organisations.get(&id).and_then(|organisation| organisation.works.calendar(town).ok());
        own.unwrap_or_else(|| town.clone())
    }

    /// By when an end is promised of a report whose clock stood still and runs again at `now`.
    pub(crate) fn due_after_waiting(
        &self,
        request: &ServiceRequest,
        calendar: &Calendar,
        now: Moment,
    ) -> Option<Moment> {
        let waiting = request.waiting?;
        let unit = match self.promise_of(&request.category, request.organisation) {
            Some(Promise::Hours(_)) => Unit::Hours,
            _ => Unit::Days,
        };
        let pause = Pause { from: waiting.since.timestamp(), to: now.timestamp() };
        let calendar = self.calendar_of(request.organisation, calendar);
        let moved = calendar.moved(request.opened_at.timestamp(), waiting.due?.timestamp(), pause, unit);
        moved.ok().map(Moment::from)
    }
}
