"""Phrases, in the languages of the pages we know, that head or are furniture."""

from __future__ import annotations

import re

_CLOSING = (
    r"related(?: \w+){0,3}",
    r"more (?:news|stories|from)\b.{0,40}",
    r"you (?:may|might) also (?:like|be interested).{0,20}",
    r"(?:recommended|popular|trending).{0,20}",
    r"latest (?:news|stories|posts).{0,20}",
    r"recent (?:news|posts|updates|stories).{0,20}",
    r"comments?|leave a (?:comment|reply).{0,20}",
    r"weitere (?:meldungen|themen|artikel).{0,20}",
    r"mehr zum thema.{0,10}|das könnte sie (?:auch )?interessieren|verwandte.{0,20}",
    r"à lire aussi|lire aussi|sur le même sujet",
    r"相关(?:新闻|阅读|链接|文章).{0,5}|推荐阅读|阅读下一篇.{0,5}|관련.{0,10}|이전글|다음글",
)
_LOCAL = (
    r"see also|read (?:more|next|also)|more (?:on|in|about|like|information)\b.{0,40}",
    r"share(?: (?:this|on|with).{0,30})?|follow us.{0,20}|teilen",
    r"tags?|topics|categories|advertisement|newsletter.{0,20}|sign up.{0,40}|subscribe.{0,40}",
    r"(?:press )?contacts?(?: us| person)?|kontakt|further information|weitere informationen.{0,20}",
    r"on this page|in this section|jump to.{0,20}|table of contents|content|quick links|useful links",
    r"stay (?:connected|informed)|was this page (?:helpful|useful).{0,5}",
    r"about the author.{0,5}|author|责任编辑.{0,20}|목록",
)
_TOOLS = (
    r"print(?: this(?: page)?)?|e-?mail|share|tweet|facebook|twitter|whatsapp|linkedin",
    r"back(?: to .{1,30})?|top|skip to .{1,30}|home|menu|search|close|open|next|previous|nach oben|zurück",
    r"(?:read )?more|listen|download|enlarge|drucken|font size.{0,20}",
    r"인쇄|목록|打印|关闭|分享.{0,10}|字(?:号|体).{0,10}|【纠错】(?:.{0,4}【责任编辑.{0,20}】)?|阅读下一篇",
)
_COUNTED = (
    r"(?:page )?(?:views?|hits|visits|visitors?|reads|readers)|times (?:read|viewed)|viewed|read",
    r"aufrufe|zugriffe|vues|visites|lectures|visitas|lecturas|visualizações|acessos|просмотр(?:ы|ов|а)?",
    r"点击(?:数|量|次数|率)?|浏览(?:数|量|次数)?|阅读(?:数|量|次数)?|访问(?:数|量|次数)?|조회(?:수)?|閲覧数|アクセス数",
)
_LEGAL = (
    r"^(?:copyright\b|©|\(c\)\s?\d{4}|版权所有)",
    r"all rights reserved",
    r"ICP备\s?\d",
    r"저작물은.{0,40}공공누리",
)


def _whole(*groups: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(part for group in groups for part in group)})\s?[:：»>]?", re.IGNORECASE
    )


_closing = _whole(_CLOSING)
_heads = _whole(_CLOSING, _LOCAL)
_tools = _whole(_TOOLS)
_count = r"\d[\d.,  ]{0,15}"
_counter = re.compile(
    rf"(?:{'|'.join(_COUNTED)})\s?[:：]?\s?{_count}\s?(?:times|mal|fois|veces|vezes|раза?|次|회|回)?"
    rf"|{_count}\s?(?:{'|'.join(_COUNTED)})",
    re.IGNORECASE,
)
_legal = re.compile("|".join(_LEGAL), re.IGNORECASE)


def heads_furniture(text: str) -> bool:
    """Whether a line as the first of a box says that the box is not of the article."""
    return len(text) <= 60 and _heads.fullmatch(text) is not None


def closes_article(text: str) -> bool:
    """Whether nothing of the article is to be expected after a box with this heading."""
    return len(text) <= 60 and _closing.fullmatch(text) is not None


def is_tool(text: str) -> bool:
    """Whether a line is the label of a button or link of the page."""
    return len(text) <= 60 and _tools.fullmatch(text) is not None


def is_counter(text: str) -> bool:
    """Whether a line counts the page's readers, and so differs with every answer."""
    return len(text) <= 60 and _counter.fullmatch(text) is not None


def is_legal(text: str) -> bool:
    """Whether a line is a copyright notice or the like."""
    return len(text) <= 300 and _legal.search(text) is not None
