// Shows only the grades that a school of the chosen stages and system has.

const form = document.getElementById("first-start");

function stageOf(grade, system) {
  if (grade > 9) return "senior";
  return grade <= (system === "5-4" ? 5 : 6) ? "primary" : "junior";
}

function showGrades() {
  const data = new FormData(form);
  const stages = data.getAll("stages");
  for (const input of form.querySelectorAll("[data-grade]")) {
    const stage = stageOf(Number(input.dataset.grade), data.get("system"));
    document.getElementById(`div_${input.id}`).hidden =
      !stages.includes(stage) && !input.classList.contains("is-invalid");
  }
}

form.addEventListener("change", showGrades);
showGrades();
