// One key does what a link or field marked `data-key` does, unless someone is typing. They can be turned off (WCAG 2.1.4).

const OFF = "pairs-keys-off";
const dialog = document.getElementById("pairs-keys");
const on = document.getElementById("pairs-keys-on");

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable], dialog") !== null;

function words(marked) {
  const read = marked.cloneNode(true);
  for (const hidden of read.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  const said = marked.getAttribute("aria-label") ?? read.textContent;
  return said.trim().replace(/\s+/g, " ");
}

function explain() {
  const lines = [...document.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, words(one)]);
  dialog.querySelector("dl").replaceChildren(...[...lines, ["?", "Show the keys"]].flatMap(([key, said]) => {
    const [name, does] = [document.createElement("dt"), document.createElement("dd")];
    name.textContent = key;
    does.textContent = said;
    return [name, does];
  }));
  dialog.showModal();
}

on.checked = localStorage.getItem(OFF) === null;
on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
dialog.querySelector("button").addEventListener("click", () => dialog.close());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?") return explain();
  const marked = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (!marked || !on.checked) return;
  event.preventDefault();
  marked.matches("input, textarea, select") ? marked.focus() : marked.click();
});

for (const one of document.querySelectorAll("[data-print]")) one.addEventListener("click", () => window.print());

// A family that was opened from a list leads back to the list as it was chosen.
const LIST = "pairs-list";
const back = document.querySelector("a[data-back-to]");
if (document.querySelector("[data-list]") && !back) {
  const menu = document.querySelector(".pairs-bar__link[aria-current]")?.firstChild.textContent;
  if (menu) sessionStorage.setItem(LIST, JSON.stringify([location.pathname + location.search, menu]));
} else if (back && sessionStorage.getItem(LIST)) {
  [back.href, back.textContent] = JSON.parse(sessionStorage.getItem(LIST));
}

// Whoever shows the screen to a family hides what is about safety, on every page, until the key is pressed again.
const shared = document.querySelector("[data-shared]");
if (shared) {
  const isShared = () => document.body.classList.contains("pairs-is-shared");
  const say = () => shared.setAttribute("aria-pressed", isShared());
  shared.addEventListener("click", () => {
    document.body.classList.toggle("pairs-is-shared");
    isShared() ? sessionStorage.setItem("pairs-is-shared", "1") : sessionStorage.removeItem("pairs-is-shared");
    say();
  });
  say();
}
