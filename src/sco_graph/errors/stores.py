"""Errors of other SPARQL stores."""

from __future__ import annotations

from sco_graph.errors.base import ScoGraphError


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
