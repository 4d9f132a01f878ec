/* Reads the QR code in a photo, here in the browser: works on plain http and from a file, without a camera permission. */
const SIDES = [1000, 1600, 640];

/** The text of the QR code in a picture file, "" when none is found. `decode` is the decoder of the qr module. */
export async function textOfPhoto(file, decode) {
  const picture = await createImageBitmap(file);
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    try {
      return decode(paper.getImageData(0, 0, canvas.width, canvas.height));
    } catch { /* not at this size */ }
  }
  return "";
}
