"""Every error that a user can cause. `code` is the heading of its explanation in docs/errors.md."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import ClassVar


class ScoGraphError(Exception):
    """An error that the user can mend; the message says what, where, and the way out."""

    code: ClassVar[str] = "error"

    def __reduce__(self) -> tuple[object, ...]:
        # The usual way back from a pickle would call __init__ with the message.
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(kind: type[ScoGraphError], args: tuple[object, ...], state: dict[str, object]) -> ScoGraphError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class ProjectNotFound(ScoGraphError):
    """There is no sco-graph.toml in the directory or above it."""

    code = "project-not-found"

    def __init__(self, start: Path) -> None:
        super().__init__(f"{start}: no sco-graph.toml here or above. Make a project with `sco-graph init DIR`.")


class ProjectInvalid(ScoGraphError):
    """sco-graph.toml, or a file that it names, cannot be used as it stands."""

    code = "project-invalid"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


class DocumentUnreadable(ScoGraphError):
    """A file that the project lists as a document yields no text."""

    code = "document-unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}. Mend or convert the file, or name it under `exclude`.")


class EvidenceBroken(ScoGraphError):
    """A claim's evidence is not what the stored text says at its place."""

    code = "evidence-broken"

    def __init__(self, claim: str, document: str, start: int, end: int) -> None:
        super().__init__(
            f"{document}#char={start},{end}: the words there are not those that claim {claim} rests on. "
            "Nothing was released. Delete the cache directory and build again; if it stays, report it."
        )


class NotBuilt(ScoGraphError):
    """The project has no released generation yet."""

    code = "not-built"

    def __init__(self, root: Path) -> None:
        super().__init__(f"{root}: no generation has been released yet. Run `sco-graph build`.")


class BuildRunning(ScoGraphError):
    """Another process is building this project."""

    code = "build-running"

    def __init__(self, state: Path) -> None:
        super().__init__(f"{state}: another build of this project is running. Wait until it has ended.")


class ClusterUnavailable(ScoGraphError):
    """A cluster's scheduler cannot be reached, or its workers are gone."""

    code = "cluster-unavailable"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"{address}: {reason}. Nothing was released; what was read stays cached. "
            "See that `dask scheduler` and `dask worker` run there, or build without --scheduler."
        )


class ClusterDiffers(ScoGraphError):
    """A worker of a cluster has another version of the program, of a library or of the language pipeline."""

    code = "cluster-differs"

    def __init__(self, address: str, worker: str, reason: str) -> None:
        super().__init__(
            f"{address}: worker {worker}: {reason}. Nothing was released, since it could read documents otherwise. "
            "Install the same versions there, and start it anew."
        )


class ListUnreadable(ScoGraphError):
    """A list of addresses to fetch cannot be read."""

    code = "list-unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Give an address a line, or a table with a column of addresses.")


class GenerationGone(ScoGraphError):
    """A generation that was opened earlier has been deleted by later builds."""

    code = "generation-gone"

    def __init__(self, generation_id: str) -> None:
        super().__init__(f"generation {generation_id} has been replaced by later builds and deleted. Ask again.")


class GenerationNotKept(ScoGraphError):
    """A link names a generation that is not on disk: later builds have deleted it, or it was made elsewhere."""

    code = "generation-not-kept"

    def __init__(self, generation_id: str, current: str) -> None:
        self.generation_id, self.current = generation_id, current
        super().__init__(
            f"generation {generation_id} is not kept here. A release or dump made from it names it in its manifest; "
            f"ask again without `generation` for the current one, {current}."
        )


class UnknownName(ScoGraphError):
    """A name given on the command line or in a request means nothing here."""

    code = "unknown-name"

    def __init__(self, what: str, name: str, known: tuple[str, ...] = ()) -> None:
        hint = f" Known: {', '.join(known)}." if known else ""
        super().__init__(f"there is no {what} {name!r}.{hint}")


class AmbiguousName(ScoGraphError):
    """A name could mean more than one entity."""

    code = "ambiguous-name"

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        self.candidates = candidates
        super().__init__(f"{name!r} can mean {', '.join(candidates)}. Give one of these identifiers.")


class DecisionInvalid(ScoGraphError):
    """A decision could not be carried out as it stands."""

    code = "decision-invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}. Nothing was written.")


class QueryInvalid(ScoGraphError):
    """A query cannot be parsed, is not read-only, or its parameters do not fit."""

    code = "query-invalid"

    def __init__(self, name: str, reason: str, place: tuple[int, int] | None = None) -> None:
        """Set `place` to the line and column of a syntax error, both counted from 1, in code points."""
        self.place = place
        super().__init__(f"{name}: {reason}")


class QueryTooCostly(ScoGraphError):
    """A query was stopped because it passed the limit of time, of memory or of the size of its answer."""

    code = "query-too-costly"

    def __init__(self, name: str, limit: str) -> None:
        super().__init__(f"{name}: stopped after {limit}. Narrow it, or raise the limit in sco-graph.toml.")


class TooManyQueries(ScoGraphError):
    """A query found no place among those that run, or lost it to others that waited."""

    code = "too-many-queries"

    def __init__(self) -> None:
        super().__init__("Too many queries are running. Ask again in a moment; a narrower query is answered sooner.")


class ExportNotPossible(ScoGraphError):
    """A format cannot hold what was asked for."""

    code = "export-not-possible"

    def __init__(self, format_name: str, reason: str) -> None:
        super().__init__(f"{format_name}: {reason}")


class ToolMissing(ScoGraphError):
    """A program outside Python that the command needs is not installed."""

    code = "tool-missing"

    def __init__(self, tool: str, way_out: str) -> None:
        super().__init__(f"{tool} is not installed. {way_out}")


class InputsInvalid(ScoGraphError):
    """Authority data or a document's metadata violates a shape, and no claim is to blame."""

    code = "inputs-invalid"

    def __init__(self, report: str) -> None:
        super().__init__(f"authority data or metadata violate the shapes, so nothing was released:\n{report}")


class DirectoryNotEmpty(ScoGraphError):
    """A directory that is to be made holds files already."""

    code = "directory-not-empty"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: holds files already. Name a new or an empty directory.")


class DataNotPlain(ScoGraphError):
    """Data hold a blank node or a quoted triple, which nobody could refer to once it is published."""

    code = "data-not-plain"

    def __init__(self, triple: str) -> None:
        super().__init__(f"{triple}: its subject and object must be IRIs or values. Give the blank node an IRI.")


class ValidationIncomplete(ScoGraphError):
    """A part of the graph could not be checked against the shapes."""

    code = "validation-incomplete"

    def __init__(self, reason: str) -> None:
        super().__init__(f"A part of the graph was not checked: {reason}. Free some memory, and validate again.")


class PublicationRefused(ScoGraphError):
    """A static site cannot be written to the directory that was asked for."""

    code = "publication-refused"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Nothing was written. Give a new directory, or that of a publication.")


class BasesDiffer(ScoGraphError):
    """Two generations have no identifier in common, since their bases differ."""

    code = "bases-differ"

    def __init__(self, old: str, new: str) -> None:
        super().__init__(
            f"the identifiers of the one begin with {old}, those of the other with {new}, so that everything differs. "
            "Build the older state once more with the newer base, or take --format patch."
        )


class GenerationDamaged(ScoGraphError):
    """A generation on disk is not what was written."""

    code = "generation-damaged"

    def __init__(self, generation_id: str, path: Path, reason: str) -> None:
        super().__init__(
            f"generation {generation_id}: {path} {reason}. Nothing was changed. `sco-graph generations` lists the "
            "others; `sco-graph build` makes the present state anew."
        )


class ReleaseRefused(ScoGraphError):
    """A generation cannot be released under the name, or at the date, that was asked for."""

    code = "release-refused"

    def __init__(self, version: str, reason: str) -> None:
        super().__init__(f"{version}: {reason} Nothing was written.")


class ReleaseDamaged(ScoGraphError):
    """A release is not what its SHA256SUMS say."""

    code = "release-damaged"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Take the release from version control or from another copy.")


class PublicationFailed(ScoGraphError):
    """A process that made pages of a static site died."""

    code = "publication-failed"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Nothing was written. Publish again with fewer --workers.")


class StoreAddressInvalid(ScoGraphError):
    """The address of another store cannot be used, or what would give its password cannot be read."""

    code = "store-address-invalid"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url}: {reason}. Give the address of its SPARQL endpoint; user and password go into the variables "
            "SCO_GRAPH_STORE_USER and SCO_GRAPH_STORE_PASSWORD, or into ~/.netrc."
        )


class StoreUnreachable(ScoGraphError):
    """Another store does not answer."""

    code = "store-unreachable"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url}: no answer: {reason}. Start the server or mend the address, and give the command again."
        )


class StoreTooSlow(ScoGraphError):
    """Another store has not answered in time."""

    code = "store-too-slow"

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(
            f"{url}: no whole answer within {seconds:g} seconds. Narrow the query, or raise `seconds` in the table "
            "[query] of sco-graph.toml. A push goes on where it stopped when it is given again."
        )


class StoreRefused(ScoGraphError):
    """Another store has answered with an error, or with something that is no answer."""

    code = "store-refused"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}.")


class NotPushed(ScoGraphError):
    """Another store holds no whole generation of this project."""

    code = "not-pushed"

    def __init__(self, url: str, base: str) -> None:
        super().__init__(
            f"{url}: no generation with identifiers below {base} is there as a whole. Run `sco-graph push {url}`."
        )


class PushRefused(ScoGraphError):
    """A generation cannot be pushed to a store as it is."""

    code = "push-refused"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}. Nothing was changed.")


class AddressInUse(ScoGraphError):
    """The server cannot listen on the address that was asked for."""

    code = "address-in-use"

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: {reason}. End the other program, or give another --port.")


class ReviewRefused(ScoGraphError):
    """A review in the browser was asked for on an address that other machines can reach."""

    code = "review-refused"

    def __init__(self, host: str) -> None:
        super().__init__(f"a review is for this machine only, and others may reach {host}. Leave --host out.")


class SystemRefused(ScoGraphError):
    """The operating system refused a file: no such directory, no permission, no space, a disk that fails."""

    code = "system-refused"

    _WAYS_OUT: ClassVar[dict[int, str]] = {
        **dict.fromkeys(
            (errno.ENOSPC, errno.EDQUOT), " Make room on that disk, for files as well as bytes, and try again."
        ),
        **dict.fromkeys(
            (errno.EACCES, errno.EPERM, errno.EROFS), " Make it writable for you, or choose another place."
        ),
        **dict.fromkeys(
            (errno.EIO, errno.EBADMSG),
            " The disk may be failing: see the system's log, save what is on it, and try again.",
        ),
    }

    def __init__(self, error: OSError) -> None:
        self.error = error
        way_out = self._WAYS_OUT.get(error.errno or 0, "")
        super().__init__(f"{error.filename or 'a file'}: {error.strerror or error}.{way_out}")
