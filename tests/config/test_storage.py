import re

from django.contrib.staticfiles.finders import find
from django.core.files.storage import FileSystemStorage

from lantoa.config.storage import StaticStorage


def test_modules_import_each_other_under_their_digests(tmp_path):
    folder = FileSystemStorage(find("live"))
    names = {f"live/{name}": (folder, name) for name in folder.listdir("")[1]}
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    for name, (source, path) in names.items():
        with source.open(path) as file:
            storage.save(name, file)
    list(storage.post_process(dict(names)))
    text = (tmp_path / storage.hashed_files["live/screen.js"]).read_text()
    imported = re.findall(r'"\./([^"]+)"', text)
    assert len(imported) == 5
    assert {f"live/{name}" for name in imported} <= set(storage.hashed_files.values())
