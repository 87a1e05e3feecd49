"""The one file of a backup: a zip of the manifest, its seal, the database's dump and the uploads."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from library_site.backup.manifest import FORMAT, Manifest, Member, from_bytes, is_sealed, seal
from library_site.backup.problems import BackupProblem

MANIFEST, SEAL, DUMP, UPLOADS = "manifest.json", "seal.txt", "database.dump", "uploads"
CHUNK = 1 << 20
MAX_MANIFEST = 50 * 1024 * 1024
MAX_SEAL = 200


def add_file(archive: zipfile.ZipFile, name: str, source: Path) -> Member:
    """Copies a file into the archive; the dump is compressed already, and so are pictures."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as file, archive.open(name, "w", force_zip64=True) as member:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return Member(size, digest.hexdigest())


def add_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    content = manifest.to_bytes()
    archive.writestr(MANIFEST, content)
    archive.writestr(SEAL, seal(content))


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup, once its list of members is what it says. Reads no member but itself."""
    with _opened(path) as archive:
        return _manifest(archive)


def is_own(path: Path) -> bool:
    """Whether this installation made the file and nobody has changed its manifest since."""
    with _opened(path) as archive:
        _manifest(archive)
        return is_sealed(archive.read(MANIFEST), archive.read(SEAL).decode("ascii", "replace"))


def check(path: Path) -> Manifest:
    """Reads the whole file: every member must have the size and checksum of the manifest."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        for name, member in manifest.files.items():
            if _sha256(archive, name) != member.sha256:
                raise BackupProblem("broken_file")
    return manifest


def extract(path: Path, manifest: Manifest, *, dump: Path, uploads: Path | None) -> None:
    """Writes the dump to `dump` and the uploads below `uploads`, for our account only."""
    with _opened(path) as archive:
        for name in manifest.files:
            if name == DUMP:
                _write(archive, name, dump)
            elif uploads is not None:
                _write(archive, name, uploads / PurePosixPath(name).relative_to(UPLOADS))


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever is wrong with its bytes is a damaged file to us."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise BackupProblem("broken_file") from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST or archive.getinfo(SEAL).file_size > MAX_SEAL:
        raise BackupProblem("broken_file")
    manifest = from_bytes(archive.read(MANIFEST))
    if manifest.format > FORMAT:
        raise BackupProblem("newer_format", version=manifest.application)
    there = {entry.filename: entry.file_size for entry in archive.infolist()}
    # Stored, not compressed: what is unpacked is never more than what lies there.
    packed = any(entry.compress_type != zipfile.ZIP_STORED for entry in archive.infolist())
    told = {name: member.size for name, member in manifest.files.items()}
    if packed or DUMP not in told or not all(map(_is_safe, told)):
        raise BackupProblem("broken_file")
    if len(archive.infolist()) != len(there) or there.keys() - {MANIFEST, SEAL} != told.keys():
        raise BackupProblem("broken_file")
    if any(there[name] != size for name, size in told.items()):
        raise BackupProblem("broken_file")
    return manifest


def _is_safe(name: str) -> bool:
    """The dump, or a plain path below the uploads: no way out of that folder on any system."""
    if name == DUMP:
        return True
    parts = name.split("/")
    odd = any(part in {"", ".", ".."} or "\\" in part or ":" in part or "\0" in part for part in parts)
    return len(parts) > 1 and parts[0] == UPLOADS and not odd


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member:
        while chunk := member.read(CHUNK):
            yield chunk


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(archive, name):
        digest.update(chunk)
    return digest.hexdigest()


def _write(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for chunk in _chunks(archive, name):
            file.write(chunk)


def need_space(folder: Path, needed: int) -> None:
    """Refuses before the disk is full rather than after."""
    reserve = 64 * CHUNK
    if shutil.disk_usage(folder).free < needed + reserve:
        raise BackupProblem("no_space", needed=(needed + reserve) // CHUNK)
