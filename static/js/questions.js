// Hides questions whose condition does not hold. Without this script they stand there with words that say when to answer.
const asked = [...document.querySelectorAll("[data-only-if]")].map((control) => ({
  field: control.closest(".field"),
  on: control.dataset.onlyIf,
  value: control.dataset.onlyIfValue,
}));
const given = (name) =>
  [...document.getElementsByName(name)]
    .filter((control) => control.closest(".field") && !control.closest(".field").hidden)
    .filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked)
    .map((control) => control.value);
const show = () => {
  for (const { field, on, value } of asked) {
    if (field) field.hidden = !given(on).includes(value) && !field.classList.contains("field-error");
  }
};
if (asked.length) {
  document.addEventListener("change", show);
  show();
}
