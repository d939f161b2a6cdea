import { initAll } from "./nhsuk/nhsuk-frontend.min.js";

initAll();

// A page that Back opens again is the page that it was: each of its forms is the one that may have been sent already.
const forms = [...document.querySelectorAll('input[name="intention"]')];
const known = history.state?.intentions;
if (known?.length === forms.length) {
  forms.forEach((input, place) => { input.value = known[place]; });
} else {
  history.replaceState({ ...history.state, intentions: forms.map((input) => input.value) }, "");
}
