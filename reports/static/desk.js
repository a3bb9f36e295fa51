// Single keys on lists and changes: j next, k previous, r mark reviewed. All of it works without this file.
// They can be turned off (WCAG 2.1.4); the choice is kept in this browser.
const OFF = "revisor.keys.off";

function rows() {
  return [...document.querySelectorAll(".entry a.title")];
}

function step(by) {
  const link = document.querySelector(by > 0 ? ".crumbs a[rel=next]" : ".crumbs a[rel=prev]");
  if (link) return link.click();
  const all = rows();
  const at = all.indexOf(document.activeElement?.closest(".entry")?.querySelector("a.title"));
  const begin = document.querySelector(".entry:target a.title") ?? all[0]; // after a mark, the neighbour
  const next = at < 0 ? begin : all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.closest(".entry").scrollIntoView({ block: "nearest" });
}

function mark() {
  const here = document.activeElement?.closest(".entry");
  (here ?? document).querySelector(here ? "button" : "[data-key=r]")?.click();
}

const KEYS = { j: () => step(1), k: () => step(-1), r: mark };

function kept() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false; // storage is forbidden: the keys work, and are off for as long as the page is open
  }
}

let off = kept();

document.addEventListener("keydown", (event) => {
  if (off || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function offer() {
  if (!rows().length && !document.querySelector(".crumbs a[rel], [data-key]")) return;
  const line = document.createElement("p");
  line.className = "keys noprint";
  const help = document.createElement("span");
  for (const [key, what] of [["j", "next"], ["k", "previous"], ["r", "mark reviewed"]]) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    help.append(cap, ` ${what}  `);
  }
  const button = document.createElement("button");
  button.className = "slim";
  button.type = "button";
  const show = () => {
    button.textContent = off ? "Turn keys on" : "Turn keys off";
    help.hidden = off;
  };
  button.addEventListener("click", () => {
    off = !off;
    try {
      localStorage.setItem(OFF, off ? "1" : "0");
    } catch {
      // as above
    }
    show();
  });
  show();
  line.append(help, button);
  document.querySelector("body > footer")?.prepend(line);
}

offer();
