// A digit ticks the answer of that number in the row that has the focus, and goes on to the next row.

for (const table of document.querySelectorAll(".pairs-items")) {
  table.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr");
    const wanted = row?.querySelector(`input[value="${CSS.escape(event.key)}"]`);
    if (!wanted || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    wanted.click();
    const next = row.nextElementSibling;
    (next?.querySelector("input:checked") ?? next?.querySelector("input") ?? wanted).focus();
  });
}
