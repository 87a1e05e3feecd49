// A form that copies the text it names before it is sent. The old way of copying works without https, too.

for (const form of document.querySelectorAll("form[data-copies]")) {
  form.addEventListener("submit", () => {
    const text = document.getElementById(form.dataset.copies);
    text.focus();
    text.select();
    document.execCommand("copy");
  });
}
