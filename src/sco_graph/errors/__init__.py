"""Every error that a user can cause, by where it comes from. `code` is its heading in docs/errors.md."""

from sco_graph.errors.asking import AmbiguousName, QueryInvalid, QueryTooCostly, TooManyQueries, UnknownName
from sco_graph.errors.base import ScoGraphError
from sco_graph.errors.building import (
    BuildRunning,
    ClusterDiffers,
    ClusterUnavailable,
    EvidenceBroken,
    ValidationIncomplete,
)
from sco_graph.errors.generations import (
    BasesDiffer,
    GenerationDamaged,
    GenerationGone,
    GenerationNotKept,
    NotBuilt,
    ReleaseDamaged,
    ReleaseDrifted,
    ReleaseRefused,
)
from sco_graph.errors.giving import (
    AddressInUse,
    ExportNotPossible,
    OutputRefused,
    PublicationFailed,
    PublicationRefused,
    ReviewRefused,
)
from sco_graph.errors.inputs import (
    DataNotPlain,
    DecisionInvalid,
    DirectoryNotEmpty,
    DocumentUnreadable,
    InputsInvalid,
    ListUnreadable,
    ProjectInvalid,
    ProjectNotFound,
)
from sco_graph.errors.machine import SystemRefused, ToolMissing
from sco_graph.errors.stores import (
    NotPushed,
    PushRefused,
    StoreAddressInvalid,
    StoreRefused,
    StoreTooSlow,
    StoreUnreachable,
)

__all__ = [
    "AddressInUse",
    "AmbiguousName",
    "BasesDiffer",
    "BuildRunning",
    "ClusterDiffers",
    "ClusterUnavailable",
    "DataNotPlain",
    "DecisionInvalid",
    "DirectoryNotEmpty",
    "DocumentUnreadable",
    "EvidenceBroken",
    "ExportNotPossible",
    "GenerationDamaged",
    "GenerationGone",
    "GenerationNotKept",
    "InputsInvalid",
    "ListUnreadable",
    "NotBuilt",
    "NotPushed",
    "OutputRefused",
    "ProjectInvalid",
    "ProjectNotFound",
    "PublicationFailed",
    "PublicationRefused",
    "PushRefused",
    "QueryInvalid",
    "QueryTooCostly",
    "ReleaseDamaged",
    "ReleaseDrifted",
    "ReleaseRefused",
    "ReviewRefused",
    "ScoGraphError",
    "StoreAddressInvalid",
    "StoreRefused",
    "StoreTooSlow",
    "StoreUnreachable",
    "SystemRefused",
    "TooManyQueries",
    "ToolMissing",
    "UnknownName",
    "ValidationIncomplete",
]
