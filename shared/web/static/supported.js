document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("nhsuk-frontend-supported");
}
// What is about safety stays hidden while the screen is shared, from the first moment that a page is shown.
if (sessionStorage.getItem("pairs-is-shared")) {
  document.body.classList.add("pairs-is-shared");
}
