"""Plan key: the digest of everything that a plan is made from."""

from __future__ import annotations

from pivotgen.engines.packing import pack
from pivotgen.memory.fingerprint import digest_of, engine
from pivotgen.model.extra import identity
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.source import Digest
from pivotgen.stages.context import BuildContext


def plan_key(build: BuildContext, shared: SharedInputs) -> Digest:
    """A build whose key is that of the recorded plan need not plan again."""
    files = (path.encode() for path in (*shared.assets, *shared.static))
    links = [pack((name, closure.links)) for name, closure in sorted(shared.closures.items())]
    extra = pack(identity(shared.config.declared_keys))
    pictures = pack(shared.pictures)
    authors = pack(sorted(shared.config.authors.items()))
    hosting = [pack(shared.delivery), pack(shared.hosts), pack(shared.sidecars.endings)]
    names = pack(sorted(shared.names.items()))
    values = [authors, extra, pictures, *hosting, shared.redirects, shared.lock, names]
    common = digest_of([engine(), shared.settings, *values, *files, *links])
    facts = build.ledger.inputs.key("facts")
    return digest_of([common, bytes([build.options.drafts]), facts])
