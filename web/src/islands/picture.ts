/** Pixels of the longer side that a report needs; the town keeps no larger one. */
const SIDE = 2_560;
/** Bytes below which nothing is gained. */
const SMALL = 1_500_000;

/** A smaller JPEG of a photo, so that it is sent in seconds over a weak network; the photo itself where it cannot be made. */
export async function smaller(photo: File): Promise<File> {
  if (photo.size < SMALL || !("createImageBitmap" in window)) return photo;
  try {
    const picture = await createImageBitmap(photo);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    return made && made.size < photo.size ? new File([made], "photo.jpg", { type: "image/jpeg" }) : photo;
  } catch {
    // What the browser cannot draw, the town decodes or refuses in a sentence.
    return photo;
  }
}
