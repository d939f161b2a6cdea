// A question that depends on another answer is shown when it applies: data-when names the question, data-is its answers; none: any.

for (const part of document.querySelectorAll("[data-when]")) {
  const form = part.closest("form");
  const answers = part.dataset.is.split(" ").filter(Boolean);
  const show = () => {
    const given = new FormData(form).getAll(part.dataset.when).filter(Boolean);
    const applies = answers.length ? answers.some((answer) => given.includes(answer)) : given.length > 0;
    part.classList.toggle("is-needless", !applies);
  };
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}
