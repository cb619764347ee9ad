import hashlib

import pytest

from matching.errors import InputError
from tests.training.benchmarks.views_sets import EXPERIENCE, JOBS, VIEWS, write_views
from training.benchmarks.job_views_set import Place, read_job_views


def test_applicants_with_both_experience_and_views_are_read_in_the_order_of_their_numbers(tmp_path):
    given = read_job_views(write_views(tmp_path))
    assert [one.id for one in given.applicants] == ["2", "11"]
    worker = given.applicants[1]
    assert [one.title for one in worker.positions] == ["Warehouse worker", "Picker"]
    assert worker.positions[0].place == Place("Springdale", "OH")
    assert worker.text == "Warehouse worker\nLoading, unloading,\nforklift driving\n\nPicker"
    assert worker.interests == ("Forklift driver",)
    assert [given.jobs[number].id for number in worker.viewed] == ["j1", "j2"]
    assert (given.left_out, given.views, len(given.jobs)) == (1, 3, 6)
    assert given.jobs[3].title == "Line cook"


def test_plain_tables_are_read_as_gzipped_ones(tmp_path):
    one = read_job_views(write_views(tmp_path / "a"))
    two = read_job_views(write_views(tmp_path / "b", gzipped=False))
    assert one.applicants == two.applicants
    raw = (tmp_path / "b" / "jobs.csv").read_bytes()
    assert two.files["jobs.csv"] == hashlib.sha256(raw).hexdigest()


def test_a_missing_table_is_named(tmp_path):
    (write_views(tmp_path) / "job_views.csv.gz").unlink()
    with pytest.raises(InputError, match="job_views is missing"):
        read_job_views(tmp_path)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"jobs": [row[:2] + row[3:] for row in JOBS]}, "jobs.csv.gz: no column Position"),
        ({"jobs": [*JOBS, JOBS[1]]}, "line 8, column Job.ID: job 'j1' is given twice"),
        ({"jobs": [*JOBS, ("j7", "", " ", "", "", "")]}, "line 8, column Position: empty"),
        ({"views": [*VIEWS, ("2", "j99", "1")]}, "line 7, column Job.ID: 'j99' is not in"),
        ({"views": [*VIEWS, ("", "j1", "1")]}, "line 7, column Applicant.ID: empty"),
        ({"views": [*VIEWS, ("2", "j1")]}, "line 7: not 3 fields"),
        ({"views": [*VIEWS, ("2", "j1", "1", "2")]}, "line 7: not 3 fields"),
        ({"experience": EXPERIENCE[:1]}, "no applicant has both"),
        ({"experience": [*EXPERIENCE, ("4", "a", "b")]}, "line 7: not 6 fields"),
        ({"experience": []}, "experience.csv.gz: no column Applicant.ID"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line_and_column(tmp_path, tables, said):
    with pytest.raises(InputError) as refused:
        read_job_views(write_views(tmp_path, **tables))
    assert said in str(refused.value)


def test_a_table_that_is_none_is_refused_with_its_name(tmp_path):
    (write_views(tmp_path) / "jobs.csv.gz").write_bytes(b"not gzipped")
    with pytest.raises(InputError, match="jobs.csv.gz: cannot be read"):
        read_job_views(tmp_path)
    (tmp_path / "jobs.csv.gz").unlink()
    (tmp_path / "jobs.csv").write_text('Job.ID,Position,City,State.Code\nj1,"never closed,a,b\n')
    with pytest.raises(InputError, match="jobs.csv, line 2: not a table"):
        read_job_views(tmp_path)
