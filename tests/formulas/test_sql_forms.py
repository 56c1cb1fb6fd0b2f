"""The SQL of formulas: forms that indexes serve, holes by agreed names, functions known to both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from partita.formulas.check import check_formula
from partita.formulas.functions import FUNCTIONS
from partita.formulas.scope import Scope
from partita.formulas.tree import Not, Tree
from partita.formulas.types import Boolean
from partita.storage import functions, predicates
from partita.storage.postgresql_functions import definitions
from partita.storage.statements import DIALECTS
from tests.formulas.world import SCOPE, WHERE_SCOPE, Data, World, open_sqlite

WORLD = World()


def tree_of(text: str, scope: Scope = SCOPE) -> Tree:
    tree, findings = check_formula(text, None, scope, Boolean(), "x")
    assert tree is not None, [finding.text("en") for finding in findings]
    return tree


def sql(tree: Tree, dialect: str) -> str:
    where = predicates.where(tree, "t.main", WORLD, dialect, WORLD.tables["t.main"].alias("r"))
    compiled = where.compile(dialect=DIALECTS[dialect], compile_kwargs={"literal_binds": False})
    return " ".join(str(compiled).split())


@pytest.mark.parametrize(
    ("text", "sqlite"),
    [
        ("kind == high", "r.kind = ?"),
        ("kind != high", "r.kind IS NOT ?"),
        ("kind in (low, high)", "r.kind IN (?, ?)"),
        ("name == 'Ёлка'", "r.name__fold = ?"),
        ("note == 'Ёлка'", "p_fold(r.note) = ?"),
        ("name < 'я'", "r.name__fold < ?"),
        ("qty > 5", "r.qty > ?"),
        ("price >= 12.5", "r.price >= ?"),
        ("price == cost", "r.price IS r.cost"),
        ("weight > price", "r.weight > p_scaled(p_exact(r.price, 2), 3)"),
        ("price > settings.limit", "r.price > p_scaled(?, 2)"),
        ("day < today()", "r.day < ?"),
        ("at >= now()", "r.at >= ?"),
        ("boss == user", "r.boss IS ?"),
        ("flag", "r.flag IS 1"),
        ("not flag", "r.flag IS NOT 1"),
        ("day is empty", "r.day IS NULL"),
        ("red in tags", "instr(r.tags, ?) > 0"),
    ],
)
def test_plain_conditions_keep_forms_that_indexes_serve(text: str, sqlite: str) -> None:
    assert sql(tree_of(text), "sqlite") == sqlite


def test_on_postgresql_an_equality_with_a_given_value_can_use_an_index() -> None:
    found = sql(tree_of("boss == user"), "postgresql")
    assert found.startswith("r.boss = ")
    assert "IS NOT DISTINCT" not in found


def test_on_postgresql_text_is_ordered_by_code_points_whatever_the_locale() -> None:
    assert sql(tree_of("user.name < settings.word"), "postgresql").count('COLLATE "C"') >= 2


def test_sqlite_finds_records_by_an_index_of_the_folded_twin(make_database: Callable[..., str]) -> None:
    engine = open_sqlite(make_database("sqlite"))
    record = WORLD.tables["t.main"].alias("r")
    with engine.begin() as conn:
        Data.make(1).fill(conn, WORLD)
        for column in ("name__fold", "boss", "price", "day"):
            conn.exec_driver_sql(f"CREATE INDEX i_{column} ON t__main ({column})")
        for text in ("name == 'ёлка'", "boss == user", "price > 5.5", "price == settings.limit", "day <= today()"):
            where = predicates.where(tree_of(text), "t.main", WORLD, "sqlite", record)
            query = str(sa.select(record.c.id).where(where).compile(conn, compile_kwargs={"render_postcompile": True}))
            plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (None,) * query.count("?")).all()
            assert "USING" in plan[0][3], (text, plan)
            assert "INDEX i_" in plan[0][3], (text, plan)
    engine.dispose()


def test_holes_have_the_agreed_names() -> None:
    tree = tree_of(
        "user == boss or price > settings.limit or day < today() or at < now() or date(at) == day "
        "or has_role(user, role.head)"
    )
    assert predicates.parameters(tree) == {"user", "settings__limit", "today", "now", "zone", "role__t__head"}
    where = tree_of("name == this.name and org.region == this.region and user.department is empty", WHERE_SCOPE)
    assert predicates.parameters(where) == {"this__name", "this__region", "user__department"}
    for dialect in DIALECTS:
        clause = predicates.where(where, "t.main", WORLD, dialect, WORLD.tables["t.main"])
        holes = {bind.key for bind in sa.sql.visitors.iterate(clause) if isinstance(bind, sa.BindParameter)}
        assert {hole for hole in holes if "__" in hole} == predicates.parameters(where)


def test_what_cannot_be_sql_is_refused() -> None:
    with pytest.raises(predicates.NoSql, match=r"old\.qty"):
        sql(tree_of("old.qty == 1"), "sqlite")


def test_every_function_is_known_to_both_databases() -> None:
    native = {"coalesce", "min", "max", "abs", "today", "now", "items", "has_role", "round", "days", "hours", "minutes"}
    made = {statement.split("partita_")[1].split("(")[0] for statement in definitions()}
    for function in FUNCTIONS.values():
        if function.sql and function.name not in native:
            assert function.name in functions.names(), function.name
    assert functions.names() <= made


def test_deeply_nested_conditions_stay_small() -> None:
    text = "qty"
    for _ in range(14):
        text = f"(stock if {text} == id else org.id)"
    for tree in (tree_of(f"{text} == 1"), Not(tree_of(f"{text} == 1"))):
        for dialect in DIALECTS:
            assert len(sql(tree, dialect)) < 6_000
