"""The recipes of docs/cluster.md for Ray and Dask give the bytes of one machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import INCIDENTS, ROOT, reports

import crossbearing

AROUND = {
    "Ray": ("import ray\nray.init(num_cpus=2, include_dashboard=False, logging_level='ERROR')\n", ""),
    "Dask": ("import dask\ndask.config.set(scheduler='processes', num_workers=2)\n", ""),
}


@pytest.mark.parametrize("name", list(AROUND))
def test_a_recipe_gives_the_bytes_of_one_machine(name: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    recipe = page.split(f"\n## {name}\n")[1].split("```python\n")[1].split("```")[0]
    files = [path for incident in INCIDENTS for path in reports(incident)]
    script = tmp_path / "recipe.py"
    before, _ = AROUND[name]
    script.write_text(
        f"{recipe}\nif __name__ == '__main__':\n"
        + "".join(f"    {line}\n" for line in before.splitlines())
        + f"    import pyarrow.parquet\n    made = dossiers({[str(path) for path in files]!r})\n"
        + f"    pyarrow.parquet.write_table(made, {str(tmp_path / 'made.parquet')!r})\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    import pyarrow.parquet

    made = pyarrow.parquet.read_table(tmp_path / "made.parquet").column("dossier").to_pylist()
    assert sorted(made) == sorted(it.json() for it in crossbearing.dossiers(files))
