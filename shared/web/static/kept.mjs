// What someone types into a form is kept on the server while they type, and their session does not end unannounced.
// A page of the public has no session, and its form is known by its address.

const PAUSE = 2_000;
const AGAIN = 10_000;
const WARNING = 120;
const page = document.body.dataset;

class KeptForm {
  constructor(form) {
    this.form = form;
    this.intention = form.querySelector('input[name="intention"]');
    const number = form.querySelector('input[name="keep_number"]');
    this.number = Number(number?.value ?? 0);
    this.kept = this.#said();
    this.note = document.createElement("p");
    this.note.className = "nhsuk-hint pairs-kept";
    this.note.setAttribute("role", "status");
    (form.querySelector(".pairs-save > div") ?? form).append(this.note);
    form.addEventListener("input", () => this.#soon(PAUSE));
    form.addEventListener("submit", (event) => this.#send(event));
  }

  get hasChanged() {
    return !this.sent && this.#said() !== this.kept;
  }

  // Everything that would be sent, but for files.
  #said() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && !name.startsWith("keep_")) fields.append(name, value);
    }
    return fields.toString();
  }

  #soon(wait) {
    if (this.timer === undefined && !this.sent) {
      this.timer = setTimeout(() => { this.timer = undefined; this.keep(); }, wait);
    }
  }

  // Without a connection the browser would leave the page for one of its own, and what is not kept would be lost.
  async #send(event) {
    if (!session || !this.hasChanged || (navigator.onLine && !this.isCutOff)) return this.#stop();
    event.preventDefault();
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await fetch("/session", { redirect: "manual" });
      this.#stop();
      this.form.requestSubmit(event.submitter);
    } catch {
      this.#say("Not saved: there is no connection. What you typed is still here. Press the button again when there is one.");
    } finally {
      this.isAsking = false;
    }
  }

  #stop() {
    this.sent = true;
    clearTimeout(this.timer);
    this.request?.abort();
  }

  async keep() {
    if (!this.hasChanged || this.request) return;
    const said = this.#said();
    const body = `${said}&keep_as=typing&keep_number=${this.number + 1}`;
    this.request = new AbortController();
    try {
      const answer = await fetch(this.form.getAttribute("action") || location.href, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body,
        redirect: "manual",
        keepalive: body.length < 60_000,
        signal: this.request.signal,
      });
      this.isCutOff = false;
      this.#heard(answer, said);
    } catch {
      this.isCutOff = true;
      if (!this.sent) this.#say("Not kept: there is no connection. It is tried again.", AGAIN);
    } finally {
      this.request = undefined;
    }
    if (this.hasChanged) this.#soon(PAUSE);
  }

  #heard(answer, said) {
    if (answer.status === 204) {
      this.number += 1;
      this.kept = said;
      const now = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      this.#say(`Kept at ${now}, not ${session ? "saved" : "sent"} yet`);
      const place = answer.headers.get("Content-Location");
      if (place) history.replaceState({ ...history.state, intentions: undefined }, "", place);
      session?.used();
    } else if (answer.status === 409) {
      // Another tab went on with the same form: from here on this one is a form of its own.
      if (!session) {
        this.kept = said;
        this.#say("Not kept: you have gone on with this page in another tab. Press Continue to keep what stands here.");
        return;
      }
      this.intention.value = crypto.randomUUID();
      this.number = 0;
    } else if (answer.status === 401) {
      this.kept = said;
      session?.ended();
    } else if (answer.status === 410) {
      this.#stop();
      this.#say("Not kept: this form was closed.");
    } else if (answer.type === "opaqueredirect") {
      this.#stop(); // it is stored already
    } else {
      this.#say("Not kept. It is tried again.", AGAIN);
    }
  }

  #say(words, again) {
    this.note.textContent = words;
    if (again) this.#soon(again);
  }
}

// A dialogue before the session ends. What other tabs do counts too, so the server is asked how long is left.
class Session {
  constructor(seconds) {
    this.used(seconds);
  }

  used(seconds = this.seconds) {
    this.seconds = seconds;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), Math.max(seconds - WARNING, 1) * 1000);
  }

  async #ask() {
    const left = await this.#left("GET");
    if (left > WARNING) {
      this.#in(left - WARNING);
    } else if (left > 0) {
      this.#warn(left);
    } else {
      this.ended();
    }
  }

  #in(seconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), seconds * 1000);
  }

  async #left(method) {
    try {
      const answer = await fetch("/session", { method, redirect: "manual" });
      return answer.ok ? (await answer.json()).seconds : 0;
    } catch {
      return WARNING + AGAIN / 1000; // without a connection nothing is known; it is asked again
    }
  }

  #warn(left) {
    this.#show("pairs-session-warning");
    this.#in(left);
  }

  ended() {
    const link = document.querySelector("#pairs-session-ended a");
    if (link) link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
    this.#show("pairs-session-ended");
  }

  async stay() {
    const left = await this.#left("POST");
    this.#hide();
    if (left > 0) this.used(left); else this.ended();
  }

  #show(id) {
    this.#hide();
    document.getElementById(id)?.showModal();
  }

  #hide() {
    for (const dialog of document.querySelectorAll("dialog.pairs-session")) dialog.close();
  }
}

const session = page.sessionSeconds ? new Session(Number(page.sessionSeconds)) : undefined;
document.querySelector("#pairs-session-warning button")?.addEventListener("click", () => session.stay());

const typed = 'textarea, input[type="text"], input[type="email"], input[type="tel"], input:not([type])';
const forms = [...document.querySelectorAll("main form")]
  .filter((form) => form.getAttribute("method") === "post" && form.querySelector(typed) && form.querySelector('[name="keep_as"]'))
  .map((form) => new KeptForm(form));

function keepAll() {
  for (const form of forms) form.keep();
}

document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keepAll(); });
window.addEventListener("pagehide", keepAll);
window.addEventListener("online", keepAll);
