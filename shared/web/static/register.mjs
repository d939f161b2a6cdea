// A tap is sent in place, and waits for signal where there is none. A row is never shown as saved before the server said so.
const waiting = [];
const head = document.querySelector("[data-saved]");
let isSending = false;

const says = (row, name, words, under) => {
  row.className = name;
  const [line] = row.getElementsByTagName("em");
  line.replaceChildren(words, Object.assign(document.createElement("small"), { textContent: under }));
};
const counts = () => {
  document.querySelector("[data-here]").textContent = document.querySelectorAll(".pairs-taps > .is-here").length;
  const now = new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", timeZone: "Europe/London" });
  head.textContent = waiting.length ? `${waiting.length} not saved yet` : `All saved ${now}`;
  head.classList.toggle("is-waiting", waiting.length > 0);
  return now;
};
const send = async () => {
  if (isSending) return;
  isSending = true;
  while (waiting.length) {
    const [{ form, body }] = waiting;
    const row = form.closest("li");
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (!answer) break;
    waiting.shift();
    if (answer.type !== "opaqueredirect") {
      says(row, "is-waiting", "Not saved", "tap to try again");
      counts();
      continue;
    }
    says(row, "is-here", "Here", `saved ${counts()}`);
    form.querySelector("button").setAttribute("aria-pressed", "true");
    counts();
  }
  isSending = false;
};

for (const form of document.querySelectorAll("[data-tap]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const row = form.closest("li");
    if (row.classList.contains("is-here") || waiting.some((one) => one.form === form)) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("tap", "here");
    waiting.push({ form, body });
    says(row, "is-waiting", "Waiting for signal", "not saved yet");
    counts();
    send();
  });
}
addEventListener("online", send);
setInterval(send, 5000);
addEventListener("beforeunload", (event) => waiting.length && event.preventDefault());
