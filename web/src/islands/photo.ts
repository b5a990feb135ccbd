// Shows the photo that was taken or chosen, and makes a large one smaller before it is sent.
//
// <fieldset data-island="photo"> with file inputs of the same name; the one used last counts.
import { smaller } from "./picture";

export function mount(field: HTMLElement): void {
  const inputs = [...field.querySelectorAll<HTMLInputElement>("input[type=file]")];
  const shown = document.createElement("img");
  shown.className = "shown";
  shown.alt = "";
  shown.hidden = true;
  field.append(shown);
  for (const input of inputs) input.addEventListener("change", () => void take(input, inputs, shown));
}

async function take(input: HTMLInputElement, inputs: HTMLInputElement[], shown: HTMLImageElement): Promise<void> {
  const photo = input.files?.[0];
  URL.revokeObjectURL(shown.src);
  shown.hidden = !photo;
  if (!photo) return;
  for (const other of inputs) if (other !== input) other.value = "";
  shown.src = URL.createObjectURL(photo);
  const small = await smaller(photo);
  if (small === photo || input.files?.[0] !== photo) return;
  const files = new DataTransfer();
  files.items.add(small);
  input.files = files.files;
}
