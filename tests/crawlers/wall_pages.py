"""Invented pages: walls as bot managers, logins and consent tools put them up, and what is no wall."""

from __future__ import annotations

Headers = tuple[tuple[str, str], ...]
# Wall, body, status, headers and cookies.
WALL_PAGES: dict[str, tuple[str, str, int, Headers, tuple[str, ...]]] = {
    "Cloudflare, managed challenge": (
        "challenged",
        "<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>"
        "<script>window._cf_chl_opt = {};</script>",
        403,
        (("server", "cloudflare"), ("cf-mitigated", "challenge")),
        ("__cf_bm",),
    ),
    "Cloudflare, block with a page of text": (
        "challenged",
        "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>"
        + "<p>This website is using a security service to protect itself from online attacks.</p>" * 10,
        403,
        (),
        (),
    ),
    "Cloudflare, header alone": ("challenged", "", 403, (("cf-mitigated", "challenge"),), ()),
    "DataDome, frame": (
        "challenged",
        "<title>bazar.example</title><p>Please enable JS and disable any ad blocker</p>"
        "<script src='https://ct.captcha-delivery.com/c.js'></script>",
        403,
        (("x-datadome", "protected"),),
        ("datadome",),
    ),
    "DataDome, status 200": (
        "challenged",
        "<script>var dd={'host':'geo.captcha-delivery.com'}</script>",
        200,
        (),
        (),
    ),
    "Akamai, access denied": (
        "challenged",
        "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this server."
        "<p>Reference #18.2f.1 https://errors.edgesuite.net/18.2f.1",
        403,
        (("server", "AkamaiGHost"),),
        (),
    ),
    "Akamai, behavioural challenge": (
        "challenged",
        "<div id='sec-if-cpt-container'></div><script src='/_sec/cp_challenge/ak.js'></script>",
        200,
        (),
        ("_abck", "bm_sz"),
    ),
    "Imperva, frame": (
        "challenged",
        "<iframe id='main-iframe' src='/_Incapsula_Resource?CWUDNSAI=9&incident_id=1-2'>"
        "Request unsuccessful. Incapsula incident ID: 1-2</iframe>",
        200,
        (("x-iinfo", "1-2"),),
        ("visid_incap_1",),
    ),
    "AWS WAF, challenge": ("challenged", "", 202, (("x-amzn-waf-action", "challenge"),), ()),
    "AWS WAF, captcha": (
        "challenged",
        "<script>window.gokuProps = {}</script><div id='captcha-container'></div>",
        405,
        (),
        (),
    ),
    "HUMAN, press and hold": (
        "challenged",
        "<h1>Press &amp; Hold to confirm you are a human</h1><div id='px-captcha'></div>",
        403,
        (),
        ("_pxhd",),
    ),
    "Amazon, characters": (
        "challenged",
        "<h4>Enter the characters you see below</h4><form action='/errors/validateCaptcha'></form>",
        200,
        (),
        (),
    ),
    "French words": ("challenged", "<p>Vérifiez que vous êtes humain pour continuer.</p>", 200, (), ()),
    "login page": (
        "login_required",
        "<title>Connexion - Bazar</title><form><input name=id><input type=password></form>",
        200,
        (),
        (),
    ),
    "login by the browser": ("login_required", "", 401, (("www-authenticate", "Basic realm=x"),), ()),
    "shell of an application": (
        "script_required",
        "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        200,
        (),
        (),
    ),
    "empty shell": ("script_required", "<title>Bazar</title><div id='__next'></div>", 200, (), ()),
    "consent and nothing else": (
        "consent_only",
        "<div id='didomi-host'><p>Nous respectons votre vie privée.</p><button>Tout accepter</button></div>",
        200,
        (),
        (),
    ),
}

# Each is common on real pages that are not walls.
ORDINARY = {
    "Cloudflare's beacon": "<script src='https://static.cloudflareinsights.com/beacon.min.js'></script>",
    "Cloudflare's detection": "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    "Turnstile in a form": "<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>"
    "<div data-sitekey='x'></div>",
    "HUMAN's sensor": "<script src='https://client.perimeterx.net/PX1/main.min.js'></script>",
    "Imperva's sensor": "<script src='/_Incapsula_Resource?SWJIYLWA=719d34d3'></script>",
    "a captcha in the contact form": "<div class='g-recaptcha' data-sitekey='x'></div>",
    "a login form in the header": "<form action='/login'><input type=password></form><a>Sign in</a>",
    "a consent banner": "<div id='onetrust-banner-sdk'>Nous respectons votre vie privée. Tout accepter</div>",
    "a hint about JavaScript": "<noscript>Please enable JavaScript to use the basket.</noscript>",
    "words about all of it": "<p>Are you a robot? Access denied. Please log in. Enable JavaScript. Accept cookies.",
}
ALL_HEADERS = (("server", "cloudflare"), ("x-datadome", "protected"), ("x-iinfo", "1-2"))
ALL_COOKIES = ("datadome", "_abck", "ak_bmsc", "visid_incap_1", "_pxhd", "aws-waf-token", "__cf_bm")
