"""Files become records: mappings, encodings, findings, repeats, undoing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from partita.base.errors import Denied, Refused
from partita.runtime.exchange.importing import list_runs, run_import
from partita.runtime.exchange.mapping import ImportMapping, read_mapping
from partita.runtime.exchange.reading import read_lines
from partita.runtime.exchange.report import Report
from partita.runtime.exchange.undoing import undo_run
from partita.runtime.queries.cards import read_record
from partita.runtime.queries.history import read_history
from partita.runtime.queries.lists import ListRequest, count_records
from partita.runtime.records.commands import ChangeRecord
from tests.runtime.support import Desk

MAPPING: dict[str, Any] = {
    "into": "desk.inquiry",
    "key": ["reference"],
    "columns": {
        "reference": "Номер",
        "counterparty": {"source": "Клиент", "find": "name"},
        "quantity": {"source": "Количество"},
        "priority": {"source": "Срочность", "map": {"да": "high", "нет": "normal"}, "default": "normal"},
        "wanted_by": {"source": "Срок", "format": "yyyy/MM/dd"},
        "budget": {"source": "Сумма", "round": True},
        "registered_at": {"source": "Принят", "format": "dd.MM.yyyy HH:mm", "zone": "Asia/Almaty"},
        "result": "Итог",
    },
    "constants": {"channel": "import"},
    "state": {"source": "Состояние", "map": {"Новый": "accepted", "Закрыт": "done"}},
}
NAMES = ("Номер", "Клиент", "Количество", "Срочность", "Срок", "Сумма", "Принят", "Итог", "Состояние")
ROWS = [
    ("А-1", "Орион", "5", "нет", "2027/01/31", "1 200,505", "01.02.2020 10:00", "", "Новый"),
    ("А-2", "вега", "7", "", "", "", "02.02.2020 10:00", "Готово", "Закрыт"),
]


def mapping(desk: Desk, **changes: Any) -> ImportMapping:
    return read_mapping(desk.ctx("chief"), {**MAPPING, **changes})


def written(folder: Path, rows: list[tuple[Any, ...]], encoding: str = "utf-8", delimiter: str = ";") -> Path:
    path = folder / "обращения.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([NAMES, *rows])
    return path


def load(desk: Desk, path: Path, **options: Any) -> Report:
    return run_import(desk.ctx("chief"), mapping(desk), path, **options)


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.created, report.changed, report.same, report.failed)


def total(desk: Desk, type_name: str = "desk.inquiry") -> int:
    return count_records(desk.ctx("chief"), type_name, ListRequest()).value


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1251", ";"), ("utf-16", "\t")]
)
def test_encodings_and_delimiters_of_offices_are_recognised(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = list(read_lines(written(tmp_path, ROWS, encoding, delimiter)))
    assert [(line.number, line.cells["Клиент"]) for line in lines] == [(2, "Орион"), (3, "вега")]


def test_rows_become_registered_requests_with_their_past(desk: Desk, tmp_path: Path) -> None:
    assert counts(load(desk, written(tmp_path, ROWS))) == (2, 0, 0, 0)
    first, second = (read_record(desk.ctx("chief"), "desk.inquiry", n).values for n in (1, 2))
    seen = (first["number"], first["quantity"], str(first["budget"]), first["channel"])
    assert seen == ("2020-00001", 5, "1200.51", "import")
    assert first["registered_at"].isoformat() == "2020-02-01T04:00:00+00:00"
    assert (second["state"], second["result"], second["priority"]) == ("done", "Готово", "normal")
    past = [c.fields for c in read_history(desk.ctx("chief"), "desk.inquiry", 2) if c.fields]
    assert ("state", "Принят", "Выполнен") in {(f.name, f.old, f.new) for fields in past for f in fields}


def test_the_same_file_again_creates_nothing_and_a_changed_row_changes_its_record(desk: Desk, tmp_path: Path) -> None:
    load(desk, written(tmp_path, ROWS))
    assert counts(load(desk, written(tmp_path, ROWS))) == (0, 0, 2, 0)
    changed = [(*ROWS[0][:2], "6", *ROWS[0][3:]), ROWS[1]]
    assert counts(load(desk, written(tmp_path, changed))) == (0, 1, 1, 0)
    assert read_record(desk.ctx("chief"), "desk.inquiry", 1).values["quantity"] == 6
    assert total(desk) == 2


def test_a_file_without_a_key_is_recognised_row_by_row(desk: Desk, tmp_path: Path) -> None:
    columns = {"counterparty": {"source": "Клиент", "find": "name"}}
    state = {"source": "Состояние", "map": {"*": "accepted"}}
    loose = mapping(desk, key=[], columns=columns, state=state)
    path = written(tmp_path, [ROWS[0], ROWS[0], ROWS[1]])
    assert counts(run_import(desk.ctx("chief"), loose, path)) == (3, 0, 0, 0)
    assert counts(run_import(desk.ctx("chief"), loose, path)) == (0, 0, 3, 0)


def test_a_dry_run_finds_everything_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    bad = [
        *ROWS,
        ("А-3", "Неизвестный", "5", "", "", "", "", "", ""),
        ("А-4", "Орион", "500", "срочно", "31.01.2027", "", "", "", "Потерян"),
        ("", "Орион", "5", "", "", "", "", "", ""),
        ("А-1", "Орион", "5", "", "", "", "", "", ""),
        ("А-5", "Орион", "пять", "", "", "", "", "", ""),
        ("А-6", "Орион", "500", "", "", "", "", "", ""),
        ("А-7", "Орион", "5", "", "", "", "", "", "Закрыт"),
    ]
    report = load(desk, written(tmp_path, bad), dry_run=True)
    assert (counts(report), report.run, total(desk), list_runs(desk.ctx("chief"))) == ((2, 0, 0, 7), None, 0, ())
    assert [(f.line, sorted((p.code, p.field) for p in f.problems)) for f in report.findings] == [
        (4, [("E006", "counterparty")]),
        (5, [("E008", "priority"), ("E008", "state"), ("E014", "wanted_by")]),
        (6, [("E009", "reference")]),
        (7, [("E010", "reference")]),
        (8, [("W005", "quantity")]),
        (9, [("W009", "quantity")]),
        (10, [("W001", "result")]),
    ]


def test_good_rows_go_in_while_bad_ones_are_listed(desk: Desk, tmp_path: Path) -> None:
    report = load(desk, written(tmp_path, [*ROWS, ("А-3", "Никто", "5", "", "", "", "", "", "")]))
    assert (counts(report), total(desk)) == ((2, 0, 0, 1), 2)
    assert [(r.status, r.created, r.failed) for r in list_runs(desk.ctx("chief"))] == [("done", 2, 1)]


def test_missing_links_are_made_once_where_the_mapping_says_so(desk: Desk, tmp_path: Path) -> None:
    columns = {**MAPPING["columns"], "counterparty": {"source": "Клиент", "find": "name", "create": True}}
    rows = [(*row[:1], "Новая", *row[2:]) for row in ROWS]
    before = total(desk, "base.organization")
    report = run_import(desk.ctx("chief"), mapping(desk, columns=columns), written(tmp_path, rows))
    assert (counts(report), report.made, total(desk, "base.organization")) == ((2, 0, 0, 0), 1, before + 1)


def test_two_targets_of_one_name_are_a_finding(desk: Desk, tmp_path: Path) -> None:
    desk.create("base.organization", "chief", name="Орион")
    report = load(desk, written(tmp_path, ROWS[:1]))
    assert [p.code for p in report.findings[0].problems] == ["E007"]


def test_a_run_is_undone_but_what_people_touched_stays(desk: Desk, tmp_path: Path) -> None:
    desk_rows = [*ROWS, ("А-3", "Орион", "5", "", "", "", "", "", "")]
    report = load(desk, written(tmp_path, desk_rows))
    assert report.run is not None
    desk.do(ChangeRecord("desk.inquiry", 3, 1, {"quantity": 9}), "chief")
    undone = undo_run(desk.ctx("chief"), report.run)
    assert (undone.annulled, undone.deleted, [(t, i) for t, i, _ in undone.kept]) == (2, 0, [("desk.inquiry", 3)])
    states = [read_record(desk.ctx("chief"), "desk.inquiry", n).state for n in (1, 2, 3)]
    assert states == ["cancelled", "cancelled", "accepted"]
    with pytest.raises(Refused, match="E011"):
        undo_run(desk.ctx("chief"), report.run)


def test_undoing_deletes_cards_and_puts_changed_ones_back(desk: Desk, tmp_path: Path) -> None:
    cards = {"into": "base.region", "key": "name", "columns": {"name": "Имя", "code": "Код"}}
    path = tmp_path / "regions.json"
    path.write_text(json.dumps([{"Имя": "Север", "Код": "77"}, {"Имя": "Запад", "Код": "03"}]), encoding="utf-8")
    ctx = desk.ctx("chief")
    report = run_import(ctx, read_mapping(ctx, cards), path)
    assert counts(report) == (1, 1, 0, 0)
    assert report.run is not None
    undone = undo_run(ctx, report.run)
    assert (undone.deleted, undone.restored, undone.kept) == (1, 1, [])
    assert read_record(ctx, "base.region", desk.ids["north"]).values["code"] == "01"


def test_an_undone_file_can_come_again(desk: Desk, tmp_path: Path) -> None:
    cards = {"into": "base.region", "key": "name", "columns": {"name": "Имя"}}
    path = tmp_path / "regions.json"
    path.write_text('{"Имя": "Запад"}\n{"Имя": "Восток"}\n', encoding="utf-8")
    ctx = desk.ctx("chief")
    report = run_import(ctx, read_mapping(ctx, cards), path)
    assert report.run is not None
    undo_run(ctx, report.run)
    assert counts(run_import(ctx, read_mapping(ctx, cards), path)) == (2, 0, 0, 0)


def test_a_workbook_is_read_with_its_types(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "книга.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate([NAMES, ("А-9", "Орион", 5, "да", "2027/01/31", 1200.5, "", "", "")]):
        sheet.write_row(number, 0, row)
    book.close()
    pair = {**MAPPING, "columns": {n: c for n, c in MAPPING["columns"].items() if n != "priority"}}
    report = run_import(desk.ctx("chief"), read_mapping(desk.ctx("chief"), pair), path)
    assert counts(report) == (1, 0, 0, 0), report.findings
    values = read_record(desk.ctx("chief"), "desk.inquiry", 1).values
    assert (values["quantity"], str(values["budget"])) == (5, "1200.50")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"into": "desk.nothing"}, "E002"),
        ({"colums": {}}, "E001"),
        ({"columns": {"colour": "Цвет"}}, "E003"),
        ({"columns": {"lines": "Строки"}}, "E003"),
        ({"columns": {"created_at": "Создан"}}, "E003"),
        ({"columns": {"reference": {}}}, "E013"),
        ({"columns": None}, "E013"),
        ({"columns": {"reference": {"source": "Номер", "color": 1}}}, "E001"),
        ({"columns": {"reference": {"source": "Номер", "find": "name"}}}, "E012"),
        ({"columns": {"counterparty": {"source": "Клиент", "find": "nom"}}}, "E003"),
        ({"columns": {"wanted_by": {"source": "Срок", "format": "dd.QQ"}}}, "E012"),
        ({"columns": {"wanted_by": {"source": "Срок", "zone": "Mars/Olympus"}}}, "E012"),
        ({"format": "docx"}, "E012"),
        ({"register": "да"}, "E012"),
        ({"key": ["colour"]}, "E003"),
        ({"constants": {"colour": 1}}, "E003"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_place(change: dict[str, Any], code: str, seeded: Any) -> None:
    desk: Desk = seeded("sqlite")[1]
    with pytest.raises(Refused) as caught:
        read_mapping(desk.ctx("chief"), {**MAPPING, **change})
    assert code in {p.code for p in caught.value.problems}


def test_files_that_cannot_be_read_are_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"not a zip")
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    (tmp_path / "x.csv").write_text("Номер;Клиент\nА-1;Орион\n", encoding="utf-8")
    for name, code in (("x.xlsx", "E004"), ("x.json", "E004"), ("absent.csv", "E004"), ("x.csv", "E005")):
        with pytest.raises(Refused, match=code):
            load(desk, tmp_path / name)


def test_only_those_with_the_right_may_import(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Denied):
        run_import(desk.ctx("operator"), mapping(desk), written(tmp_path, ROWS))
