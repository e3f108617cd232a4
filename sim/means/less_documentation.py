"""Less documentation: an "antipilot" sets some demands on documentation aside, and something may be lost by it."""

from __future__ import annotations

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Contacts, Queries
from sim.care.standing import by_inhabitants, from_all_together
from sim.core.arrays import F, I
from sim.core.vocabulary import Profession

_WHO_REVIEW = (Profession.PRIMARY_CARE_NURSE, Profession.HOME_NURSE, Profession.CARE_MANAGER)


class LessDocumentation(Means):
    """Demands that nobody uses the answers to are dropped; dropping more than those costs knowledge."""

    MECHANISM = (
        "Documentation after contacts and after visits in daily care takes less time, for everybody covered, and the "
        "time freed loads the same staff less. What is cut beyond the needless part is knowledge that the record no "
        "longer keeps, so the next contact knows less and home nurses ask more. It costs staff time to agree on what "
        "may be left out and to follow up safety."
    )

    def recorded_share(self, cut: float) -> float:
        """Return the share of what is known that is still written down when a share of documentation is cut."""
        return min((1.0 - cut) / (1.0 - self.setting("needless_share")), 1.0)

    def documentation_factor(self, here: Here, batch: Contacts) -> F:
        """Cut documentation after contacts."""
        return 1.0 - self.setting("contact_documentation_cut") * self._strength(here, batch.person)

    def visit_documentation_factor(self, here: Here, person: I) -> F:
        """Cut documentation after visits in daily care."""
        return 1.0 - self.setting("visit_documentation_cut") * self._strength(here, person)

    def recorded_factor(self, here: Here, batch: Contacts) -> F:
        """Keep less in the record where more is cut than was needless."""
        lost = 1.0 - self.recorded_share(self.setting("contact_documentation_cut"))
        return 1.0 - lost * self._strength(here, batch.person)

    def query_rate_factor(self, here: Here, batch: Queries) -> F:
        """Let home nurses ask more where notes of daily care are missing that were needed."""
        lost = 1.0 - self.recorded_share(self.setting("visit_documentation_cut"))
        return 1.0 + self.setting("questions_per_lost_note") * lost * self._strength(here, batch.person)

    def _strength(self, here: Here, person: I) -> F:
        return here.offered[person] * here.fidelity

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the time to agree on what may be left out, and to follow it up."""
        minutes = by_inhabitants(here, self.setting("review_minutes_per_10000_inhabitants_week"))
        return from_all_together(here, minutes * here.fidelity * here.coverage, _WHO_REVIEW)
