"""Loading: once is as good as twice, and editors keep what they wrote."""

from __future__ import annotations

import pytest

from phereclos.knowledge.files import CaseFileError
from phereclos.knowledge.models import CasePage, CaseWord, LoadedCase
from tests.knowledge.conftest import Folder

pytestmark = pytest.mark.database


def test_a_changed_file_updates_its_page(folder: Folder) -> None:
    folder.write()
    assert folder.load().loaded == ["tide-school"]
    folder.write(title="Tide School by the Sea", how_it_works=["One line", "Another"])
    assert folder.load().updated == ["tide-school"]
    page = CasePage.objects.get()
    assert page.title == "Tide School by the Sea"
    assert [line.text for line in page.how_it_works.all()] == ["One line", "Another"]
    assert CaseWord.objects.filter(word="sea", weight__gte=8).exists()
    assert folder.load().unchanged == ["tide-school"]


def test_an_editors_published_change_is_kept(folder: Folder) -> None:
    folder.write()
    folder.load()
    page = CasePage.objects.get()
    page.summary = "What an editor wrote."
    page.save_revision().publish()
    folder.write(summary="What a new file says.")
    assert folder.load().kept == ["tide-school"]
    assert CasePage.objects.get().summary == "What an editor wrote."


def test_an_editors_change_in_a_list_is_kept(folder: Folder) -> None:
    folder.write()
    folder.load()
    page = CasePage.objects.get()
    page.evidence = [*page.evidence.all()][:0]
    page.save_revision().publish()
    assert folder.load().kept == ["tide-school"]
    assert not CasePage.objects.get().evidence.exists()


def test_an_editors_draft_is_kept_and_the_page_beside_it_too(folder: Folder) -> None:
    folder.write()
    folder.load()
    page = CasePage.objects.get()
    page.summary = "A draft."
    page.save_revision()
    folder.write(summary="What a new file says.")
    assert folder.load().kept == ["tide-school"]
    assert CasePage.objects.get().summary == "An invented case for tests."
    assert CasePage.objects.get().get_latest_revision_as_object().summary == "A draft."


def test_a_page_that_an_editor_withdrew_or_took_away_does_not_come_back(folder: Folder) -> None:
    folder.write("withdrawn")
    folder.write("taken-away")
    folder.load()
    CasePage.objects.get(slug="withdrawn").unpublish()
    CasePage.objects.get(slug="taken-away").delete()
    assert folder.load().kept == ["taken-away", "withdrawn"]
    assert not CasePage.objects.live().exists()


def test_an_editors_own_page_of_the_same_name_is_theirs(folder: Folder) -> None:
    folder.write()
    folder.load()
    LoadedCase.objects.all().delete()
    folder.write(title="From a file")
    assert folder.load().kept == ["tide-school"]
    assert CasePage.objects.get().title == "Tide School"


def test_a_change_taken_back_is_no_change_and_no_old_revision_returns(folder: Folder) -> None:
    folder.write()
    folder.load()
    page = CasePage.objects.get()
    page.title = "Other"
    page.save_revision().publish()
    page.title = "Tide School"
    page.save_revision().publish()
    folder.write(title="Newer")
    assert folder.load().updated == ["tide-school"]
    assert CasePage.objects.get().get_latest_revision_as_object().title == "Newer"


def test_one_bad_file_keeps_all_out_and_is_named(folder: Folder) -> None:
    folder.write("good")
    folder.write("bad", country="Atlantis")
    with pytest.raises(CaseFileError, match=r"bad\.md: country is “Atlantis”"):
        folder.load()
    assert not CasePage.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"extra": 1}, "extra, which nothing reads"),
        ({"title": ""}, "title has no text"),
        ({"age_range": [9, 5]}, "youngest and the oldest"),
        ({"status": "TODO"}, "not in the list"),
        ({"themes": ["no_such_theme"]}, "not in the list"),
        ({"sources": [{"title": "x", "url": "javascript:alert(1)"}]}, "does not start with https"),
        ({"evidence": [{"result": "x", "year": 1, "kind": "reach"}]}, "has no finding, source, strength"),
    ],
)  # fmt: skip
def test_a_file_that_says_something_else_is_refused_with_the_reason(
    folder: Folder, changes: dict[str, object], says: str
) -> None:
    folder.write(**changes)
    with pytest.raises(CaseFileError, match=says):
        folder.load()


def test_reach_that_claims_an_effect_is_refused(folder: Folder) -> None:
    reach = {"result": "x", "year": 2020, "kind": "reach", "source": 0, "strength": "compared", "finding": "gain"}
    folder.write(evidence=[reach])
    with pytest.raises(CaseFileError, match="reach is always counted"):
        folder.load()


def test_text_instead_of_facts_is_refused(folder: Folder) -> None:
    (folder.path / "tide-school.md").write_text("Only a text.", encoding="utf-8")
    with pytest.raises(CaseFileError, match="between two lines"):
        folder.load()


def test_yaml_that_wants_to_build_objects_is_refused(folder: Folder) -> None:
    (folder.path / "x.md").write_text("---\nslug: !!python/object/apply:os.system [true]\n---\n", encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"x\.md"):
        folder.load()
