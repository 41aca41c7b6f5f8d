"""What is no text goes out of the selected HTML; links become absolute, images their alternative text."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.select_html import drop_nodes

# None of these holds words of a policy: embedded media and drawings are addresses and code.
_NO_TEXT = (
    "script,style,noscript,template,svg,math,canvas,iframe,frame,object,embed,audio,video,map"
    ",link,meta,title,base,head"
)
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_PROTECTED_EMAIL = 'a[href*="/email-protection"]'
PROTECTED_EMAIL_LABEL = "[email protected]"
# Marks of emphasis around blocks would be written into them ("**## Title**"), and hide what they are.
_AROUND_BLOCKS = (
    ":is(b,strong,i,em,u,s,del,mark,summary,legend,caption):has(h1,h2,h3,h4,h5,h6,ul,ol,table)"
    ",a:has(ul,ol,table)"
)


def clean_html(tree: LexborHTMLParser, base_url: str) -> None:
    """Clean a tree of selected content, in place. `base_url` "" leaves links as they are."""
    drop_nodes(tree.css(_NO_TEXT))
    # The address of an image rotates between hosts; its alternative text is what a person hears read.
    for image in tree.css("img"):
        _replace_with_text(image, " ".join((image.attributes.get("alt") or "").split()))
    hide_protected_emails(tree)
    empty = []
    for link in tree.css("a[href]"):
        href = (link.attributes.get("href") or "").strip()
        if not link.text().strip():
            empty.append(link)
        elif href and not href.startswith("#") and base_url:
            link.attrs["href"] = absolute_link(href, base_url)
    drop_nodes(empty)
    _mend_structure(tree)


def _mend_structure(tree: LexborHTMLParser) -> None:
    """Put right what the writer would make no heading, list or item of."""
    for wrapper in tree.css(_AROUND_BLOCKS):
        wrapper.unwrap()
    # An empty line would end the item, and what follows it stand outside the list.
    drop_nodes([line_break for line_break in tree.css("li br + br") if _follows_break(line_break)])
    # The writer knows where a list starts, not that one of its items says so.
    for item in tree.css("ol:not([start]) > li[value]:first-child"):
        if item.parent is not None and (item.attributes.get("value") or "").isdecimal():
            item.parent.attrs["start"] = item.attributes["value"]


def _follows_break(line_break: LexborNode) -> bool:
    before = line_break.prev
    while before is not None and before.is_text_node and not (before.text_content or "").strip():
        before = before.prev
    return before is not None and before.tag == "br"


def hide_protected_emails(tree: LexborHTMLParser) -> None:
    """Write e-mail addresses that Cloudflare hides alike each time: their code changes with every request."""
    for link in tree.css(_PROTECTED_EMAIL):
        link.attrs["href"] = (link.attributes.get("href") or "").split("#")[0]
        link.inner_html = PROTECTED_EMAIL_LABEL
    for span in tree.css("[data-cfemail]"):
        _replace_with_text(span, PROTECTED_EMAIL_LABEL)


@lru_cache(maxsize=8192)
def absolute_link(href: str, base_url: str) -> str:
    """A link's target against the page's address, as browsers write it; left alone if that cannot be."""
    try:
        parts = urlsplit(urljoin(base_url, "".join(href.split("\n")).strip()))
    except ValueError:
        return href
    if parts.scheme not in ("http", "https"):
        return href
    written = (quote(part, safe=_SAFE) for part in (parts.path or "/", parts.query, parts.fragment))
    return urlunsplit((parts.scheme, parts.netloc.lower(), *written))


def base_of(tree: LexborHTMLParser, page_url: str) -> str:
    """Address that relative links of a page refer to: its `<base href>` if it has one, else its own."""
    base = tree.css_first("base[href]")
    return urljoin(page_url, (base.attributes.get("href") or "").strip()) if base is not None else page_url


def _replace_with_text(node: LexborNode, text: str) -> None:
    if text:
        node.replace_with(text)
    else:
        node.decompose()
