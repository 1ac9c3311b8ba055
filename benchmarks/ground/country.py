"""The country that bench-loop works on: papers, tasks, officers, all by the actions.

Imported once Django is set up on the running program's database.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.ground import servers
from lantoa.access.actions import grant_mandate
from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.access.vocabulary import Role
from lantoa.config.demo import people as demo
from lantoa.documents import actions as documents
from lantoa.gateway.actions import issue_token
from lantoa.identity.actions import register_person
from lantoa.journal.models import Entry
from lantoa.kernel.actor import system_actor
from lantoa.organisations import actions as organisations
from lantoa.organisations import consequences
from lantoa.organisations.models import Body
from lantoa.organisations.queries import bodies_by_rule
from lantoa.organisations.queries.reorganisations import plan_of, register_touched
from lantoa.organisations.vocabulary import BodyKind, BodyRule, Level
from lantoa.plans import actions as plans
from lantoa.plans.models import Obligation, Progress, Task

AT_2020 = datetime(2020, 12, 21, 2, 0, tzinfo=UTC)
ON_2020 = date(2020, 12, 15)
ROUNDS = 20


def people() -> dict[str, Mandate]:
    """Open the accounts of the demo's offices."""
    return demo.register(datetime.now(UTC))


def clock(pid: int) -> float:
    """Return the processor seconds a process has used."""
    return servers.cpu_seconds([pid])


def national_board(
    held: dict[str, Mandate], provinces: int, clauses: int
) -> dict[str, Any]:
    """Dispatch, and time the national board of the paper in this process."""
    small = _directive(held, 4, "TB nhỏ")
    paper = _directive(held, clauses, "TB lớn")
    client = Client(SERVER_NAME="localhost")
    client.force_login(held[demo.SECRETARIAT].person)
    addresses = {
        each.pk: reverse("plans:paper_board", args=[each.pk]) for each in (small, paper)
    }
    counts = {}
    for each in (small, paper):
        assert client.get(addresses[each.pk]).status_code == 200
        with CaptureQueriesContext(connection) as seen:
            client.get(addresses[each.pk])
        counts[each.pk] = len(seen)
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(addresses[paper.pk])
        took.append((time.perf_counter() - start) * 1000)
    tasks = Task.objects.filter(clause__paper=paper).count()
    assert tasks == provinces * clauses
    return {
        "national_board_tasks": tasks,
        "national_board_ms": round(statistics.median(took), 1),
        "national_board_max_ms": round(max(took), 1),
        "national_board_statements": counts[paper.pk],
        "national_board_statements_grow_by": counts[paper.pk] - counts[small.pk],
    }


def _directive(held: dict[str, Mandate], clauses: int, summary: str) -> Any:
    """Issue a notice and give each of its clauses to the 63 provinces of 2020."""
    secretariat = actor_under(held[demo.SECRETARIAT])
    host = held[demo.SECRETARIAT].body
    leads = [each.body for each in bodies_by_rule(BodyRule.PROVINCES, ON_2020)]
    paper = documents.issue_notice(
        actor=secretariat,
        issuer=host,
        issued_on=AT_2020.date(),
        place="Hà Nội",
        summary=summary,
        signed_as="Chủ trì",
        implements=[],
        recipients=leads,
        clauses=[
            documents.ClauseText(str(number), f"Mục {number}", f"Việc {number}.")
            for number in range(1, clauses + 1)
        ],
        at=AT_2020,
    )
    orders = [
        plans.Order(
            clause=clause,
            lead=lead,
            work=clause.text,
            deadline_text="Năm 2026",
            due_on=date(2026, 12, 31),
        )
        for clause in paper.clauses.all()
        for lead in leads
    ]
    plans.dispatch(actor=secretariat, dispatcher=host, orders=orders, at=AT_2020)
    return paper


def derive_to_communes(held: dict[str, Mandate]) -> dict[str, Any]:
    """Give the Government a task, and let it derive it to every commune of today."""
    now = datetime.now(UTC)
    government = Body.objects.get(slug="chinh-phu")
    founder = system_actor("identity.keep", "access.grant")
    officer = _officer(founder, government, "chinhphu")
    secretariat = actor_under(held[demo.SECRETARIAT])
    paper = documents.issue_notice(
        actor=secretariat,
        issuer=held[demo.SECRETARIAT].body,
        issued_on=now.date(),
        place="Hà Nội",
        summary="Đến từng xã",
        signed_as="Chủ trì",
        implements=[],
        recipients=[government],
        clauses=[documents.ClauseText("1", "Đến từng xã", "Việc.")],
        at=now,
    )
    (task,) = plans.dispatch(
        actor=secretariat,
        dispatcher=held[demo.SECRETARIAT].body,
        orders=[
            plans.Order(
                clause=paper.clauses.get(),
                lead=government,
                work="Triển khai đến từng xã, phường, đặc khu",
                deadline_text="Năm 2027",
                due_on=date(2027, 12, 31),
            )
        ],
        at=now,
    )
    communes = list(
        Body.objects.on(now.date()).filter(
            kind=BodyKind.PEOPLES_COMMITTEE, territory__level=Level.COMMUNE
        )
    )
    start = time.perf_counter()
    derived = plans.derive(
        actor=actor_under(officer),
        task=task,
        wording=plans.Wording(
            work="Tổ chức phổ biến tại xã",
            deadline_text="Năm 2027",
            due_on=date(2027, 6, 30),
        ),
        leads=communes,
        at=now,
    )
    return {
        "derive_communes": len(derived),
        "derive_seconds": round(time.perf_counter() - start, 2),
    }


def officers(wanted: int, secret: Callable[[], str]) -> Iterator[tuple[str, int]]:
    """Yield the token of an officer and the obligation of their commune."""
    now = datetime.now(UTC)
    founder = system_actor("identity.keep", "access.grant")
    owed = Obligation.objects.filter(
        task__derived_from__isnull=False, party__body__kind=BodyKind.PEOPLES_COMMITTEE
    ).select_related("party__body")
    for number, each in enumerate(owed.order_by("pk")[:wanted]):
        with transaction.atomic():
            mandate = _officer(founder, each.party.body, f"xa-{number}")
            said = f"lt_{secret()}"
            issue_token(
                actor=actor_under(mandate),
                mandate=mandate,
                name="Đo tải",
                secret=said,
                expires_on=now.date() + timedelta(days=30),
                at=now,
            )
        yield said, each.pk


def _officer(founder: Any, body: Body, name: str) -> Mandate:
    now = datetime.now(UTC)
    person = register_person(
        actor=founder, email=f"{name}@bench.test", password="!", hashed="!", at=now
    )
    return grant_mandate(
        actor=founder,
        person=person,
        role=Role.OFFICER,
        body=body,
        office=f"Công chức {body.label}",
        starts_on=date(2020, 1, 1),
        at=now,
    )


def compare(acknowledged: dict[str, int]) -> tuple[int, int]:
    """Return how many acknowledged reports are missing, and how many stand twice."""
    connections.close_all()
    texts = [f"Báo cáo tiến độ {key}" for key in acknowledged]
    there = list(Progress.objects.filter(text__in=texts).values_list("text", flat=True))
    facts = list(
        Entry.objects.filter(
            name="plans.progress_reported", command_key__in=list(acknowledged)
        ).values_list("command_key", flat=True)
    )
    missing = len(set(texts) - set(there)) + len(set(acknowledged) - set(facts))
    doubled = (len(there) - len(set(there))) + (len(facts) - len(set(facts)))
    return missing, doubled


def reorganise(held: dict[str, Mandate]) -> dict[str, Any]:
    """Preview, apply and take back the reorganisation of 1 July 2025, and compare."""
    keeper = actor_under(held[demo.ADMINISTRATOR])
    now = datetime.now(UTC)
    row = organisations.draft_reorganisation(
        actor=keeper,
        title="Sắp xếp ngày 01/7/2025",
        basis="Nghị quyết số 202/2025/QH15",
        effective_on=date(2025, 7, 1),
        at=now,
    )
    organisations.take_known_successions(actor=keeper, reorganisation=row, at=now)
    before, openly = _dump(), _open()
    start = time.perf_counter()
    plan = plan_of(row)
    register_touched(plan)
    for each in consequences.registered():
        each.preview(plan.moves, plan.on)
    previewed = time.perf_counter() - start
    start = time.perf_counter()
    organisations.apply_reorganisation(actor=keeper, reorganisation=row, at=now)
    applied = time.perf_counter() - start
    passed = Obligation.objects.filter(passed_at__isnull=False).count()
    start = time.perf_counter()
    organisations.take_back_reorganisation(
        actor=keeper, reorganisation=row, reason="Đo thử", at=now
    )
    return {
        "reorganisation_open_tasks": openly,
        "reorganisation_passed": passed,
        "preview_seconds": round(previewed, 2),
        "apply_seconds": round(applied, 2),
        "take_back_seconds": round(time.perf_counter() - start, 2),
        "taken_back_exactly": int(_dump() == before),
    }


def _open() -> int:
    return Obligation.objects.filter(accepted_at=None, passed_at=None).count()


_TABLES = (
    "plans_task",
    "plans_taskparty",
    "plans_obligation",
    "plans_milestone",
    "access_mandate",
    "organisations_body",
    "organisations_reportsto",
    "organisations_bodysuccession",
    "organisations_councilseat",
    "conferences_venue",
    "conferences_delegation",
)


def _dump() -> dict[str, str]:
    """Return a digest of every row of each table, whatever its order."""
    found = {}
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(
                "SELECT md5(string_agg(line, '' ORDER BY line))"
                f" FROM (SELECT md5(t::text) AS line FROM {table} AS t) AS lines"
            )
            found[table] = cursor.fetchone()[0]
    return found
