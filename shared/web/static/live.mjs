// Keeps the parts of a page that carry `data-live` and an id up to date: when the server announces a change, the page is
// fetched again and those parts are swapped. XMLHttpRequest makes a document of the answer without running scripts, and
// without the string-to-HTML calls that trusted types forbid.

const PAUSE = 500; // milliseconds between two refreshes: a burst of events is one, and a lone event is shown at once

let waiting = false;
let refreshedAt = -PAUSE;

function swap(fresh) {
  for (const old of document.querySelectorAll("[data-live][id]")) {
    const replacement = fresh.getElementById(old.id);
    const isBeingUsed = old.contains(document.activeElement);
    if (replacement && !isBeingUsed && !old.isEqualNode(replacement)) {
      old.replaceWith(document.adoptNode(replacement));
    }
  }
}

function refresh() {
  waiting = false;
  refreshedAt = performance.now();
  if (document.hidden) {
    document.addEventListener("visibilitychange", later, { once: true });
    return;
  }
  const request = new XMLHttpRequest();
  request.open("GET", window.location.href);
  request.responseType = "document";
  request.onload = () => {
    const isThisPage = request.status === 200 && request.responseURL === window.location.href.split("#")[0];
    if (isThisPage && request.responseXML) swap(request.responseXML);
  };
  request.send();
}

function later() {
  if (waiting) return;
  waiting = true;
  setTimeout(refresh, Math.max(0, refreshedAt + PAUSE - performance.now()));
}

const address = document.body.dataset.liveEvents;
if (address) {
  const events = new EventSource(address);
  events.addEventListener("message", later);
  window.addEventListener("pagehide", () => events.close());
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
}
