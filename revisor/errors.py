"""The error tree: every failure of Revisor has a name here.

RevisorError
├── ConfigError              exit 3   settings or a portal file are wrong
│   ├── PortalFileInvalid
│   └── PortalNotFound
├── NotFound                 exit 4   no such change, page or run
├── FetchError               exit 5   nothing came over the network
│   ├── HostUnreachable
│   ├── FetchTimeout
│   ├── EgressRefused
│   ├── OffPortalRedirect
│   ├── RobotsRefused
│   ├── RobotsUnavailable
│   ├── TruncatedBody
│   ├── BodyTooLarge
│   ├── HttpError
│   └── NotInArchive
├── ExtractionError          exit 6   an answer came, but no article could be read from it
│   ├── NotHtml
│   ├── EmptyBody
│   ├── UndecodableBody
│   ├── MarkupTooDeep
│   └── NoArticle
├── StorageError             exit 7   the data home
│   ├── DatabaseLocked
│   ├── ForeignDatabase
│   ├── NewerDatabase
│   └── DatabaseDamaged
├── ArchiveError             exit 8   a WARC file
│   ├── ArchiveTruncated
│   └── ArchiveInvalid
└── RunError                 exit 9   a run could not be started or ended badly
    ├── RunOverlap
    ├── CrawlerCrashed
    ├── DeadlineExceeded
    ├── ServiceRunning
    └── HistoryConflict
"""

from __future__ import annotations


class RevisorError(Exception):
    """Root of all errors that Revisor raises on purpose.

    message: what happened and where, one line, without a final stop.
    remedy: what to try next; each class has a default.
    """

    exit_code = 1
    remedy = "run `revisor doctor`"

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if remedy is not None:
            self.remedy = remedy

    @property
    def name(self) -> str:
        """The name under which users look the error up."""
        return type(self).__name__

    def __str__(self) -> str:
        return f"{self.name}: {self.message}. Try: {self.remedy}."

    def __reduce__(self) -> tuple[type[RevisorError], tuple[str, str]]:
        return type(self), (self.message, self.remedy)


class ConfigError(RevisorError):
    exit_code = 3
    remedy = "correct the setting"


class PortalFileInvalid(ConfigError):
    remedy = "correct the portal file; docs/reference/portal-file.md lists every key"


class PortalNotFound(ConfigError):
    remedy = "`revisor portals` lists the portals; put NAME.toml into HOME/portals to add one"


class NotFound(RevisorError):
    exit_code = 4
    remedy = "`revisor changes` lists what is stored"


class FetchError(RevisorError):
    exit_code = 5
    remedy = "open the address in a browser from this machine, then crawl again"


class HostUnreachable(FetchError):
    remedy = "check the host's name and the network, then crawl again"


class FetchTimeout(FetchError):
    remedy = "crawl again later, or lower the portal's pace"


class EgressRefused(FetchError):
    remedy = "if the portal truly lives on a private network, list that network under [network] allow"


class OffPortalRedirect(FetchError):
    remedy = "if the target is the same portal, add its host to the portal file's aliases"


class RobotsRefused(FetchError):
    remedy = "the portal's robots.txt forbids this address; ask its owner, or narrow the sections"


class RobotsUnavailable(FetchError):
    remedy = "the portal's robots.txt cannot be read now, which means not now (RFC 9309); crawl again later"


class TruncatedBody(FetchError):
    remedy = "the answer broke off; crawl again"


class BodyTooLarge(FetchError):
    remedy = "raise [scope] max_page_mb in the portal file if the page is really that large"


class HttpError(FetchError):
    remedy = "crawl again later; `revisor history URL --json` lists the answers of a known page"


class NotInArchive(FetchError):
    remedy = "nothing: the archive does not hold this address on this day"


class ExtractionError(RevisorError):
    exit_code = 6
    remedy = "`revisor check PORTAL URL` shows what was read; pin selectors in the portal file if needed"


class NotHtml(ExtractionError):
    remedy = "check that the address is a web page, or narrow the portal file's article pattern"


class EmptyBody(ExtractionError):
    remedy = "crawl again; if it stays empty, the portal serves an empty page"


class UndecodableBody(ExtractionError):
    remedy = "the page's encoding is not what it says; pin [text] encoding in the portal file"


class MarkupTooDeep(ExtractionError):
    pass


class NoArticle(ExtractionError):
    pass


class StorageError(RevisorError):
    exit_code = 7
    remedy = "check that the data home is writable and has space"


class DatabaseLocked(StorageError):
    remedy = "another process is writing; wait for it to end, then try again"


class ForeignDatabase(StorageError):
    remedy = "choose another --home; this file was not made by Revisor and is left as it is"


class NewerDatabase(StorageError):
    remedy = "upgrade Revisor, or choose another --home; the file is left as it is"


class DatabaseDamaged(StorageError):
    remedy = "restore the data home from a backup; the file is left as it is"


class ArchiveError(RevisorError):
    exit_code = 8
    remedy = "check the file with another WARC tool, or fetch it again; nothing was imported"


class ArchiveTruncated(ArchiveError):
    pass


class ArchiveInvalid(ArchiveError):
    pass


class RunError(RevisorError):
    exit_code = 9


class RunOverlap(RunError):
    remedy = "wait for the other run of this portal to end"


class CrawlerCrashed(RunError):
    remedy = "read the log it names; what was fetched is kept and the next run goes on"


class DeadlineExceeded(RunError):
    remedy = "raise run.deadline_minutes, or lower the portal's pages_per_run; the next run goes on"


class ServiceRunning(RunError):
    remedy = "stop that process first, or give this one a --home of its own"


class HistoryConflict(RunError):
    remedy = "import the archive into a home of its own with --home"


def _all_classes(root: type[RevisorError]) -> list[type[RevisorError]]:
    return [root, *(c for sub in root.__subclasses__() for c in _all_classes(sub))]


def by_name(name: str) -> type[RevisorError]:
    """The error class of a stored failure's name; RevisorError itself for an unknown one."""
    return next((c for c in _all_classes(RevisorError) if c.__name__ == name), RevisorError)
