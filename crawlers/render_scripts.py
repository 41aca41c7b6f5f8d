"""What is asked of a rendered page, in its own language."""

from __future__ import annotations

# What has appeared: [selectors still missing, characters of the text, a mark that changes with the text]. Digits count
# alike, or a page with a clock would never be at rest. What is no CSS to a browser is left to the extraction to judge.
PROBE = """
([filled, present]) => {
  const find = (selector) => {
    try { return [...document.querySelectorAll(selector)]; } catch { return null; }
  };
  const missing = [];
  let text = "";
  for (const selector of filled) {
    const found = find(selector);
    if (found === null) continue;
    const own = found.map((element) => element.textContent).join("\\n");
    if (!own.trim()) missing.push(selector);
    text += own;
  }
  for (const selector of present) {
    const found = find(selector);
    if (found !== null && found.length === 0) missing.push(selector);
  }
  if ((present.length || !filled.length) && document.body) text += document.body.textContent;
  let mark = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    mark = (Math.imul(mark, 31) + (code >= 48 && code <= 57 ? 48 : code)) | 0;
  }
  return [missing, text.length, `${text.length}:${mark}`];
}
"""

# Once to the end as it is when the way begins: what grows meanwhile is not followed.
SCROLL = """
async (mostSteps) => {
  const end = document.documentElement.scrollHeight;
  const step = Math.max(window.innerHeight, end / mostSteps);
  for (let top = 0; top < end; top += step) {
    window.scrollTo({top, behavior: "instant"});
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  window.scrollTo({top: end, behavior: "instant"});
}
"""

COUNT_CHARS = "() => document.documentElement.outerHTML.length"
