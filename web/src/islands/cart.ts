// A ballot with a sum: what is left of the budget, or of the points, while one chooses. The server checks it again.
export function mount(form: HTMLElement): void {
  const shown = form.querySelector<HTMLElement>("[data-cart=left]");
  const most = Number(form.dataset.most);
  if (!shown || !Number.isSafeInteger(most)) return;
  const money = shown.dataset.currency ?? "";
  const format = new Intl.NumberFormat(form.dataset.lang === "ar" ? "ar-u-nu-latn" : form.dataset.lang, { maximumFractionDigits: 2 });
  const written = (amount: number) => (money ? `${format.format(amount / 100)} ${money}` : format.format(amount));

  const update = (): void => {
    let sum = 0;
    for (const box of form.querySelectorAll<HTMLInputElement>("[data-cents]")) if (box.checked) sum += Number(box.dataset.cents);
    for (const field of form.querySelectorAll<HTMLInputElement>("[data-points]")) sum += Math.max(0, Math.trunc(Number(field.value) || 0));
    const over = sum > most;
    const figure = document.createElement("b");
    const isolated = document.createElement("bdi");
    isolated.textContent = written(Math.abs(most - sum));
    figure.append(isolated);
    shown.replaceChildren(`${(over ? shown.dataset.over : shown.dataset.word) ?? ""} `, figure);
    shown.classList.toggle("over", over);
  };
  form.addEventListener("input", update);
  update();
}
