// "Leave this page" puts another site in the place of this one. Shift pressed three times does it too.

const link = document.querySelector(".pairs-leave__go");
const WITHIN = 5_000;
let pressed = [];

function leave() {
  document.body.hidden = true;
  location.replace(link.href);
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keyup", (event) => {
  const now = Date.now();
  pressed = event.key === "Shift" ? [...pressed.filter((at) => now - at < WITHIN), now] : [];
  if (link && pressed.length === 3) leave();
});

// A page that the browser kept whole is asked for again: it may be closed by now.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
