"""The pages that stand in the portal's place: of firewalls, proxies, people at work.

Each has several wordings, of which a seed gets one; noise is left as marks (`sample_portal.noise.mark`).
"""

from __future__ import annotations

from sample_portal.noise import Slot, mark

_TOKEN = mark(Slot.TOKEN)
_CLOCK = mark(Slot.CLOCK)


def bare(status: int, phrase: str) -> str:
    """What a web server or proxy says of a status when nobody has told it what to say."""
    said = f"{status} {phrase}"
    return (
        f"<html>\r\n<head><title>{said}</title></head>\r\n<body>\r\n"
        f"<center><h1>{said}</h1></center>\r\n<hr><center>web</center>\r\n</body>\r\n</html>\r\n"
    )


def _page(title: str, body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title>{head}</head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


FIREWALL = (
    _page(
        "Request Rejected",
        "<p>The requested URL was rejected. Please consult with your administrator.</p>"
        f"<p>Your support ID is: {_TOKEN}</p><p><a href='javascript:history.back();'>[Go Back]</a></p>",
    ),
    _page(
        "Access blocked",
        "<h1>Your request has been blocked</h1><p>This website uses a security service to protect itself "
        "from attacks. The action you have just performed was seen as a possible threat. If you believe "
        "that this is an error, write to the owner of the site and give the number below.</p>"
        f"<p>Incident number: {_TOKEN}</p><p>Time: {_CLOCK}</p>",
        '<meta name="robots" content="noindex, nofollow">',
    ),
    _page(
        "访问被拦截",
        "<h2>很抱歉,由于您访问的URL有可能对网站造成安全威胁,您的访问被阻断。</h2>"
        f"<p>您的请求ID是:{_TOKEN}</p><p>如有疑问,请联系网站管理员。</p>",
    ),
)

CHALLENGE = (
    _page(
        "Just a moment...",
        '<div class="main"><h1>Checking if the site connection is secure</h1>'
        "<noscript><p>Enable JavaScript and cookies to continue</p></noscript>"
        "<p>The site needs to review the security of your connection before proceeding.</p>"
        f'<form id="challenge-form" action="/?token={_TOKEN}" method="POST">'
        f'<input type="hidden" name="md" value="{_TOKEN}"></form></div>'
        f"<script>window._opt={{id:'{_TOKEN}',type:'managed'}};</script>",
        '<meta http-equiv="refresh" content="390">',
    ),
    _page(
        "Just a moment...",
        '<p id="wait">Please stand by while we are checking your browser... Redirecting...</p>'
        "<noscript>Please turn JavaScript on and reload the page.</noscript>"
        f"<script>var s='{_TOKEN}',n=0;while(n<1e6){{n++}}document.cookie='ok='+s;"
        "location.reload();</script>",
    ),
)

CAPTCHA = (
    _page(
        "Are you a robot?",
        "<h1>Unusual traffic</h1><p>We have seen unusual traffic from your network. Please type the "
        "characters below to show that it is you who sends the requests, and not a robot.</p>"
        f'<form method="post"><img src="/captcha.png?t={_TOKEN}" alt=""><input name="answer">'
        f'<input type="hidden" name="t" value="{_TOKEN}"><button>Continue</button></form>',
    ),
    _page(
        "安全验证",
        "<h3>请完成安全验证</h3><p>您的访问过于频繁,请输入图片中的字符后继续访问。</p>"
        f'<form method="post"><img src="/captcha?{_TOKEN}" alt="验证码"><input name="code">'
        "<input type='submit' value='提交'></form>",
    ),
)

LOGIN = (
    _page(
        "Sign in",
        '<h1>Staff portal</h1><form method="post" action="login">'
        '<label>User name <input name="user"></label><label>Password <input type="password" name="word">'
        f'</label><input type="hidden" name="csrf" value="{_TOKEN}"><button>Sign in</button></form>'
        "<p>Forgotten your password? Ask the help desk.</p>",
    ),
)

MAINTENANCE = (
    _page(
        "Down for maintenance",
        "<h1>We will be back soon!</h1><p>Sorry for the inconvenience. We are doing some maintenance at "
        "the moment and will be online again shortly.</p><p>The Team</p>",
    ),
    _page(
        "系统维护",
        "<h1>系统维护中</h1><p>为了给您提供更好的服务,本网站正在进行系统升级维护,期间暂停访问。"
        "给您带来的不便,敬请谅解。</p>",
    ),
)

STACK_TRACE = (
    _page(
        "HTTP Status 500 - Internal Server Error",
        "<h1>HTTP Status 500 - Internal Server Error</h1><p><b>Message</b> could not open a connection to "
        "the database</p><pre>portal.cms.DataException: could not open a connection to the database\n"
        f"\tat portal.cms.Pool.take(Pool.java:214) [request {_TOKEN}]\n"
        "\tat portal.cms.ArticleStore.find(ArticleStore.java:88)\n"
        "\tat portal.cms.PageServlet.doGet(PageServlet.java:51)\n"
        "Caused by: java.net.ConnectException: Connection refused\n\t... 42 more\n</pre>",
    ),
    (
        "Traceback (most recent call last):<br>\n"
        "  File &quot;/srv/portal/views.py&quot;, line 61, in page<br>\n"
        "  File &quot;/srv/portal/store.py&quot;, line 27, in load<br>\n"
        f"OperationalError: too many connections for role &quot;portal&quot; (at {_CLOCK})<br>\n"
    ),
    (
        "<br />\n<b>Fatal error</b>:  Uncaught Exception: no connection to database in "
        f"/var/www/portal/include/db.php:35 Stack trace: "
        "#0 /var/www/portal/index.php(12): connect() #1 {main} "
        f"thrown in <b>/var/www/portal/include/db.php</b> on line <b>35</b><br />\n<!-- {_TOKEN} -->"
    ),
)

PARKED = (
    _page(
        "lanhai-news - This domain may be for sale",
        "<h1>lanhai-news</h1><p>This domain may be for sale! <a href='https://sale.example/buy'>Make an "
        "offer</a></p><h2>Related searches</h2><ul>"
        "<li><a href='https://ads.example/1'>Cheap Flights</a></li>"
        "<li><a href='https://ads.example/2'>Online Degrees</a></li>"
        "<li><a href='https://ads.example/3'>Car Insurance</a></li></ul>"
        f"<script src='https://ads.example/feed.js?k={_TOKEN}'></script>",
    ),
    _page(
        "Domain expired",
        "<h1>This domain name has expired</h1><p>If you are its owner, renew it with your registrar. "
        "Otherwise it will soon be open to everyone.</p><p>Sponsored: <a href='https://ads.example/4'>"
        f"Web hosting from 0.99 a month</a></p><img src='https://ads.example/p.gif?{_TOKEN}' alt=''>",
    ),
)

SHELL = (
    _page(
        "Lanhai",
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'
        '<script src="/static/js/main.3f2a91c7.js"></script>',
        f'<meta name="csrf-token" content="{_TOKEN}"><link href="/static/css/main.9d1e.css">',
    ),
    _page(
        "",
        '<div id="app"><div class="loading">Loading...</div></div>'
        '<script type="module" src="/assets/index-B7kQx0Lm.js"></script>',
    ),
)
