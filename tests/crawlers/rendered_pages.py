"""Pages that build themselves, each in its own way, by the path that they are found at."""

from __future__ import annotations

from tests.crawlers.rendered_site import ARTICLES, Answer, shell

SHOW = "document.getElementById('app').innerHTML = '<div id=policy>' + text + '</div>';"
LOAD = f"fetch('/api').then(answer => answer.text()).then(text => {{ {SHOW} }});"
CONSENT = (
    "<div id=mur style='position:fixed;inset:0;background:#fff'><div id=onetrust-banner-sdk>"
    "<p>Avant de continuer : votre vie privée nous importe. Nous utilisons des cookies.</p>"
    "<button id=accepter>Tout accepter</button></div></div><div id=app></div>"
)
ACCEPT = f"document.getElementById('accepter').onclick = () => {{ document.getElementById('mur').remove(); {LOAD} }};"
PAGES = {
    "/spa": shell(f"setTimeout(() => {{ {LOAD} }}, 1500)"),
    # Written by the server, once more by the script, then the first copy taken away: never both at rest.
    "/twice": shell(
        "const first = document.getElementById('policy');"
        "setTimeout(() => { const copy = first.cloneNode(true); first.append(...copy.childNodes); }, 900);"
        "setTimeout(() => { for (let n = first.children.length / 2; n > 0; n--) first.lastChild.remove(); }, 2200);",
        f"<div id=policy>{ARTICLES}</div>",
    ),
    "/endless": shell(
        "const list = document.getElementById('policy'); let n = 0;"
        "const more = () => { list.insertAdjacentHTML('beforeend', "
        "`<section style='height:1500px'>Lot ${++n}</section>`); };"
        "more(); addEventListener('scroll', () => {"
        "  if (scrollY + innerHeight >= document.documentElement.scrollHeight - 50) setTimeout(more, 200); });",
        "<div id=policy></div>",
    ),
    "/wall": shell(ACCEPT, CONSENT),
    "/wall-standing": shell(ACCEPT, CONSENT),
    "/wall-of-server": Answer(
        shell(
            "document.getElementById('accepter').onclick = () => {"
            " document.cookie = 'consent=1; path=/'; location.reload(); };",
            CONSENT,
        ).body,
        body_with_cookie=f"<html><body><div id=policy>{ARTICLES}</div></body></html>",
    ),
    "/app": shell(
        "text = '<h1>' + location.hash + '</h1>' + navigator.language + ' ' + navigator.userAgent;" + SHOW
    ),
    "/never": shell("document.body.append('Bienvenue dans la boutique. '.repeat(60))", "<main></main>"),
    "/huge": shell("text = 'Clause interminable. '.repeat(100000);" + SHOW),
    "/away": shell("location.href = 'https://ailleurs.example/conditions'"),
    "/forbidden": shell("location.href = '/prive/conditions'"),
    "/moves": shell("location.replace('/moved')"),
    "/moved": shell(LOAD),
    "/restless": shell(
        "setInterval(() => { document.getElementById('policy').append('Encore. ') }, 300)",
        "<div id=policy>Article.</div>",
    ),
    "/clock": shell(
        "setInterval(() => { document.getElementById('vues').textContent = Date.now() }, 200)",
        f"<div id=policy><p id=vues></p>{ARTICLES}</div>",
    ),
    "/part1": shell(LOAD),
    "/useless": shell(
        "new Image().src = '/image.png'; navigator.sendBeacon('/beacon'); new EventSource('/events');"
        "navigator.serviceWorker?.register('/worker.js'); open('/popup');" + LOAD
    ),
    "/posts": shell(
        "fetch('/query', {method: 'POST', body: 'q'}).then(answer => answer.text()).then(text => {"
        + SHOW
        + "});"
    ),
}
RULES = {
    "/wall": {"dismiss": ["#nulle-part", "#accepter"]},
    "/wall-of-server": {"dismiss": ["#accepter"]},
}
ROBOTS = "User-agent: *\nDisallow: /prive\n"
